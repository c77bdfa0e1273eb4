//! Links: a configuration as the part of an address after `#`.

use super::error::read;
use super::plain;
use crate::configuration::{Configuration, Error};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What a link says. */
export interface Linked {
  /** Whole and valid, with defaults for what is left out or not understood. */
  configuration: any;
  /** About each thing in the link that does not count. */
  complaints: Complaint[];
}
"#;

#[wasm_bindgen]
extern "C" {
    /// What a link says, as JavaScript sees it.
    #[wasm_bindgen(typescript_type = "Linked")]
    pub type Linked;
}

/// The link of a configuration, without `#`, as short as can be; it gives the same path on every
/// machine.
///
/// # Errors
/// The first bad field and its value, or that the link would be too long.
#[wasm_bindgen]
pub fn link(configuration: JsValue) -> Result<String, Error> {
    let value = read("configuration", configuration)?;
    crate::link::write(&Configuration::strict(&value)?)
}

/// The number that a text says, as people type it; see [`numeral::read`](crate::math::numeral::read).
#[wasm_bindgen]
pub fn read_number(text: &str) -> Option<f64> {
    crate::math::numeral::read(text)
}

/// What a link says, with or without `#`, whatever it is.
///
/// # Errors
/// None in practice.
#[wasm_bindgen]
pub fn unlink(link: &str) -> Result<Linked, JsValue> {
    let (configuration, errors) = crate::link::read(link);
    let errors: Array = errors.into_iter().map(JsValue::from).collect();
    let linked = Object::new();
    Reflect::set(&linked, &"configuration".into(), &plain(&configuration.to_value())?)?;
    Reflect::set(&linked, &"complaints".into(), &errors)?;
    Ok(linked.unchecked_into())
}
