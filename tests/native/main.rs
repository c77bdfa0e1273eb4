//! Checks of the core from outside, on this machine.
#![allow(missing_docs, reason = "tests document themselves by name")]

mod configuration;
mod forms;
mod lab;
mod optimizers;
mod pictures;
mod surfaces;
