//! A run to take along: its rows, a script that computes them again, the picture, and films.

mod autograd;
mod csv;
mod gif;
mod noise;
mod numpy;
mod python;
mod pytorch;
mod rule;
mod stages;
mod svg;

pub use self::gif::Gif;
pub use csv::csv;
pub use numpy::numpy;
pub use pytorch::pytorch;
pub use svg::svg;
