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
//! To compute a path, see [`simulate`](simulate::simulate).

pub mod catalogue;
pub mod centre;
pub mod cloud;
pub mod configuration;
pub mod curvature;
pub mod draw;
#[cfg(feature = "export")]
pub mod export;
pub mod expression;
pub mod family;
pub mod geometry;
pub mod lab;
pub mod link;
pub mod live;
#[cfg(feature = "maps")]
pub mod map;
pub mod map_parameters;
pub mod measure;
pub mod noise;
pub mod number;
pub mod numeral;
pub mod optimizer;
pub mod parameter;
pub mod places;
pub mod plane;
pub mod reason;
#[cfg(feature = "maps")]
pub mod rolling;
pub mod run;
pub mod scene;
pub mod schedule;
pub mod settling;
pub mod simulate;
pub mod surface;
pub mod sweep;
pub mod task;
pub mod theory;

#[cfg(target_arch = "wasm32")]
mod web;
