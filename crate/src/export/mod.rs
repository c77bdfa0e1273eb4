//! A run to take along: its rows, a script that computes them again, and the picture.

mod chance;
mod csv;
mod numpy;
mod python;
mod pytorch;
mod rule;
mod stages;
mod svg;

pub use csv::csv;
pub use numpy::numpy;
pub use pytorch::pytorch;
pub use svg::svg;
