//! The only part that speaks to the browser: what crosses between Rust and JavaScript.
//!
//! The catalogue and configurations cross as plain objects, input as single numbers, readouts
//! through one fixed array in wasm memory. Rust never calls back into the page.

#![allow(unreachable_pub, reason = "wasm-bindgen exports what is public here")]

#[cfg(feature = "choices")]
mod analysis;
#[cfg(feature = "choices")]
mod catalogue;
#[cfg(feature = "choices")]
mod error;
#[cfg(feature = "export")]
mod export;
#[cfg(feature = "choices")]
mod figures;
#[cfg(not(feature = "choices"))]
mod first;
#[cfg(feature = "choices")]
mod lab;
mod layer;
#[cfg(feature = "choices")]
mod link;
#[cfg(feature = "maps")]
mod maps;
mod picture;
#[cfg(feature = "choices")]
mod task;

#[cfg(feature = "choices")]
use self::lab::Lab;
use wasm_bindgen::prelude::*;

/// Says on the console where the core has panicked: the trap that follows does not know.
#[cfg(feature = "choices")]
#[wasm_bindgen(start)]
fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&JsValue::from(panic.to_string()));
    }));
}

/// Turns what the browser threw into an error with a text.
fn thrown(value: JsValue) -> JsError {
    match value.dyn_ref::<js_sys::Error>() {
        Some(error) => JsError::new(&String::from(error.message())),
        None => JsError::new(&format!("{value:?}")),
    }
}

#[cfg(feature = "choices")]
fn plain(value: &impl serde::Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}
