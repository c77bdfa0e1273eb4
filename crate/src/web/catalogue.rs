//! What there is to choose from.

use super::plain;
use crate::configuration::Value;
use wasm_bindgen::prelude::*;

/// Everything there is to choose from, as a plain object.
///
/// # Errors
/// None in practice.
#[wasm_bindgen]
pub fn catalogue() -> Result<JsValue, JsError> {
    plain(&crate::catalogue::catalogue())
}

/// The numbers that the texts of a scene quote, by name.
///
/// # Errors
/// When there is no such scene.
#[wasm_bindgen]
pub fn scene_numbers(id: &str) -> Result<JsValue, JsValue> {
    let scene = crate::teaching::lesson::find(id)
        .ok_or_else(|| JsError::new(&format!("scene: \"{id}\" is not a known scene")))?;
    let numbers = scene.measure()?.into_iter();
    Ok(plain(&Value::map(numbers.filter_map(|(name, number)| Some((name, number?.into())))))?)
}
