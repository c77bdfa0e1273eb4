//! Pictures drawn through plotters, on whatever backend is given.

pub mod theme;

mod arrows;
mod axes;
mod ball;
mod cloud;
mod figure;
mod fine;
mod ground;
mod heat;
mod levels;
mod piece;
mod space;
mod stage;
mod trail;
mod viewport;

pub use arrows::{Parts, overlay};
pub use ball::balls;
pub use figure::{Facts, Figure, FigureLayout, Subject, cards};
pub use fine::Fine;
pub use ground::{ground, marked};
pub use heat::heat;
pub use levels::Levels;
pub use space::Space;
pub use stage::{Stage, wanted};
pub use trail::{DASHES, TrailCursor, extend, extend_casings, trails};
pub use viewport::{Drawn, FINE, Viewport};
