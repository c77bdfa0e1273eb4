//! Numbers, points and formulas, which know nothing of surfaces and rules.

pub mod expression;
pub mod geometry;
pub mod number;
pub mod numeral;
#[cfg(feature = "maps")]
pub mod rolling;
