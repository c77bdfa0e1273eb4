//! What is computed from a configuration beside the runs of the page.

pub mod cloud;
pub mod live;
pub mod simulate;
pub mod sweep;
