//! What is computed from a configuration beside the runs of the page.

pub mod noise_ensemble;
pub mod rule_trace;
pub mod simulate;
pub mod simulation;
pub mod sweep;
