//! Gradient descent with momentum, made visible.
//!
//! The core of Momentum Lab: [`optimizer`]s stepped over two-dimensional [`surface`]s, the
//! [`run`]s that follow, one [`configuration`] that says everything there is to choose, the
//! [`lab`] that holds the state of the page, and [`draw`]ings of it through plotters. Nothing
//! here knows a browser but the module `web`, which exists on wasm32 only.
//!
//! Features, all on by default: `interactive` is all surfaces, optimizers and lessons, without which
//! there is the one surface and the two rules that the page opens with; `maps` is what happens to
//! very many balls, `export` what is taken along. A page loads them when they are first used.
//!
//! ```
//! use momentum_lab::{Rule, Simulation, optimizer::Momentum, surface::Rosenbrock};
//!
//! let path = Simulation::new(Rosenbrock::default())
//!     .optimizer(Rule::<Momentum>::new(1e-3).beta(0.9))
//!     .start([-1.2, 1.0])
//!     .steps(200)
//!     .run()?;
//! println!("{:?} after {} steps", path.status(), path.points().len() - 1);
//! # assert!(path.losses()[200] < path.losses()[0]);
//! # Ok::<(), momentum_lab::configuration::Error>(())
//! ```
//!
//! A surface or an optimizer of one's own is a type that implements [`Surface`] or [`Optimizer`]; it
//! is used in the same way, see `examples/own_surface.rs` and `examples/own_optimizer.rs`. A
//! configuration as the page has it is computed by [`simulate`].

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

pub use optimizer::Optimizer;
pub use study::simulate::simulate;
pub use study::simulation::{Rule, Simulation, Trajectory};
pub use surface::Surface;

#[cfg(target_arch = "wasm32")]
mod web;
