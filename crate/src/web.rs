//! The only part that speaks to the browser: what crosses between Rust and JavaScript.
//!
//! The catalogue and configurations cross as plain objects, input as single numbers, readouts
//! through one fixed array in wasm memory. Rust never calls back into the page.

#![allow(unreachable_pub, reason = "wasm-bindgen exports what is public here")]

#[cfg(feature = "interactive")]
mod analysis;
#[cfg(feature = "interactive")]
mod catalogue;
#[cfg(feature = "interactive")]
mod error;
#[cfg(feature = "export")]
mod export;
#[cfg(feature = "interactive")]
mod figures;
#[cfg(not(feature = "interactive"))]
mod first;
#[cfg(feature = "interactive")]
mod lab;
mod layer;
#[cfg(feature = "interactive")]
mod link;
#[cfg(feature = "maps")]
mod maps;
mod picture;
#[cfg(feature = "interactive")]
mod task;

#[cfg(feature = "interactive")]
use self::lab::Lab;
use wasm_bindgen::prelude::*;

/// Bytes that a lab with six runs and its figures stays under.
#[cfg(feature = "interactive")]
const ROOM: usize = 16 << 20;

/// Says on the console where the core has panicked, which the trap that follows does not know, and
/// takes memory once: each growth makes the shell's views of it anew, and engines may move all of it.
#[cfg(feature = "interactive")]
#[wasm_bindgen(start)]
fn start() {
    // The allocator keeps what it has been given.
    drop(std::hint::black_box(Vec::<u8>::with_capacity(ROOM)));
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

#[cfg(feature = "interactive")]
fn plain(value: &impl serde::Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}
