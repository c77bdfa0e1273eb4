//! Gradient descent with momentum, made visible.
//!
//! The core of Momentum Lab: [`optimizer`]s stepped over two-dimensional [`surface`]s, the
//! [`run`]s that follow, one [`configuration`] that says everything there is to choose, the
//! [`lab`] that holds the state of the page, and [`draw`]ings of it through plotters. Nothing
//! here knows a browser but the module `web`, which exists on wasm32 only.
//!
//! Features, all on by default: `choices` is all surfaces, optimizers and lessons, without which
//! there is the one surface and the two rules that the page opens with; `maps` is what happens to
//! very many balls, `export` what is taken along. A page loads them when they are first used.
//!
//! To compute a path, see [`simulate`](study::simulate::simulate).

pub mod catalogue;
pub mod configuration;
pub mod draw;
pub mod error_kind;
#[cfg(feature = "export")]
pub mod export;
pub mod lab;
pub mod link;
#[cfg(feature = "maps")]
pub mod map;
pub mod map_parameters;
pub mod math;
pub mod optimizer;
pub mod parameter;
pub mod plane;
pub mod run;
pub mod study;
pub mod surface;
pub mod teaching;
pub mod theory;

#[cfg(target_arch = "wasm32")]
mod web;
