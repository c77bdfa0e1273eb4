//! How a complaint crosses to JavaScript: as an error that any language can word.

use super::plain;
use crate::configuration::{Complaint, Value};
use crate::reason::Reason;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What is thrown where a value is refused; `message` says it in English, field and all. */
export interface Complaint extends Error {
  /** Such as `out-of-range`, the same for all values. */
  code: string;
  /** Such as `runs[0].beta`. */
  field: string;
  /** What a text about it needs besides, such as `value`, `lowest` and `highest`. */
  values: Record<string, string>;
}
"#;

impl From<Complaint> for JsValue {
    /// What the page knows as a `Complaint`.
    fn from(complaint: Complaint) -> Self {
        let error = js_sys::Error::new(&complaint.to_string());
        let values = complaint.reason.values();
        let values = values.map(|(name, value)| (name, Value::Text(value.to_string())));
        let parts = Value::map([
            ("code", complaint.reason.code().into()),
            ("field", complaint.field.as_str().into()),
            ("values", Value::map(values)),
        ]);
        // Without its parts it is an error still.
        if let Ok(parts) = plain(&parts) {
            js_sys::Object::assign(&error, parts.unchecked_ref());
        }
        error.into()
    }
}

/// Plain data for a field, as the page hands it over.
pub(super) fn read(field: &str, value: JsValue) -> Result<Value, Complaint> {
    serde_wasm_bindgen::from_value(value).map_err(|_| Complaint::new(field, Reason::Unreadable))
}
