//! Checks of the core from outside, on this machine.
#![allow(missing_docs, reason = "tests document themselves by name")]

mod agreement;
mod claims;
mod cloud;
mod configuration;
mod data;
mod drawing;
mod exports;
mod figures;
mod first_steps;
mod forms;
mod formulas;
mod identical;
mod lab;
mod links;
mod live;
mod maps;
mod messages;
mod minimum;
mod optimizers;
mod pictures;
mod plane;
mod rule_formulas;
mod scenes;
mod showing;
mod side_by_side;
mod space;
mod stationary;
mod support;
mod surfaces;
mod sweep;
mod tasks;
mod theory;
