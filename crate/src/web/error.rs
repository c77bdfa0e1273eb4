//! How an error crosses to JavaScript: as an error that any language can word.

use super::plain;
use crate::configuration::{Error, Value};
use crate::error_kind::{ErrorKind, Wording};
use std::collections::BTreeMap;
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

impl From<Error> for JsValue {
    /// What the page knows as a `Complaint`.
    fn from(error: Error) -> Self {
        let thrown = js_sys::Error::new(&error.to_string());
        let values = error.reason.values();
        let values = values.map(|(name, value)| (name, value.to_string()));
        describe(&thrown, error.reason.code(), &error.field, values);
        thrown.into()
    }
}

// One copy of the data for all callers, so that no getter of theirs runs while Rust reads it.
#[wasm_bindgen(raw_module = "../platform/plain.js")]
extern "C" {
    #[wasm_bindgen(js_name = plain)]
    fn plain_copy(value: &JsValue) -> JsValue;
}

/// Plain data for a field, as the page hands it over.
pub(super) fn read(field: &str, value: JsValue) -> Result<Value, Error> {
    serde_wasm_bindgen::from_value(plain_copy(&value))
        .map_err(|_| Error::new(field, ErrorKind::Unreadable))
}

/// An error about a value that the shell itself checks, such as an option that only JavaScript
/// has: a field, the code of a reason, and the values that its text needs.
///
/// # Errors
/// When a value is not plain data.
#[wasm_bindgen(unchecked_return_type = "Complaint")]
pub fn refusal(field: &str, code: &str, values: JsValue) -> Result<JsValue, JsValue> {
    let given = match read(field, values)? {
        Value::Map(values) => values,
        _ => Vec::new(),
    };
    // Only the value itself is quoted.
    let text = |name: &str, value: &Value| match value {
        Value::Text(text) if name != "value" => text.clone(),
        other => other.to_string(),
    };
    let texts = given.iter().map(|(name, value)| (name.as_str(), text(name, value)));
    let texts: BTreeMap<_, _> = texts.collect();
    let text = Wording::find(code).map(|wording| wording.filled(|name| texts.get(name).cloned()));
    let message = format!("{field}: {}", text.unwrap_or_default());
    let error = js_sys::Error::new(&message);
    describe(&error, code, field, texts.into_iter());
    Ok(error.into())
}

/// Gives an error what tells it from others: code, field and values, as texts.
fn describe<'a>(
    error: &js_sys::Error,
    code: &str,
    field: &str,
    values: impl Iterator<Item = (&'a str, String)>,
) {
    let values = Value::map(values.map(|(name, text)| (name, Value::Text(text))));
    let parts = Value::map([("code", code.into()), ("field", field.into()), ("values", values)]);
    // Without its parts it is an error still.
    if let Ok(parts) = plain(&parts) {
        js_sys::Object::assign(error, parts.unchecked_ref());
    }
}
