//! Numbers, points and formulas, which know nothing of surfaces and rules.

pub mod expression;
pub mod geometry;
#[cfg(feature = "maps")]
pub mod lockstep;
pub mod number;
pub mod numeral;
