//! One trait for every kind of number a formula is evaluated on.
//!
//! A surface and an update rule are written once, generic over [`Real`]: on `f64` they give
//! values, on [`Dual`] exact derivatives, on [`Single`] what a 32-bit framework computes.
//! Elementary functions come from the `libm` crate, never from the platform, so that the same
//! configuration gives the same bits on every machine.

mod dual;
mod single;

pub use dual::{Dual, differentiate};
pub use single::Single;

use std::fmt::Debug;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A real number, or something that behaves like one in a formula.
pub trait Real:
    Copy
    + Debug
    + Neg<Output = Self>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Add<f64, Output = Self>
    + Sub<f64, Output = Self>
    + Mul<f64, Output = Self>
    + Div<f64, Output = Self>
{
    /// The outcome of a comparison: one truth value for each number inside.
    type Mask: Copy;

    /// The constant `value`, rounded where this type is narrower.
    fn constant(value: f64) -> Self;
    /// Where `self < other`.
    fn less_than(self, other: Self) -> Self::Mask;
    /// `yes` where the mask holds, `no` elsewhere.
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self;

    /// eˣ.
    fn exp(self) -> Self;
    /// Natural logarithm.
    fn ln(self) -> Self;
    /// Square root, correctly rounded.
    fn sqrt(self) -> Self;
    /// Sine of an angle in radians.
    fn sin(self) -> Self;
    /// Cosine of an angle in radians.
    fn cos(self) -> Self;

    /// xⁿ by repeated multiplication.
    fn powi(self, n: u32) -> Self {
        match n {
            0 => Self::constant(1.0),
            1 => self,
            _ => {
                let half = self.powi(n / 2);
                if n.is_multiple_of(2) { half * half } else { half * half * self }
            }
        }
    }
}

impl Real for f64 {
    type Mask = bool;

    fn constant(value: f64) -> Self {
        value
    }
    fn less_than(self, other: Self) -> bool {
        self < other
    }
    fn select(mask: bool, yes: Self, no: Self) -> Self {
        if mask { yes } else { no }
    }
    fn exp(self) -> Self {
        libm::exp(self)
    }
    fn ln(self) -> Self {
        libm::log(self)
    }
    fn sqrt(self) -> Self {
        f64::sqrt(self)
    }
    fn sin(self) -> Self {
        libm::sin(self)
    }
    fn cos(self) -> Self {
        libm::cos(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_multiply() {
        for n in 0..12 {
            let naive = (0..n).fold(1.0, |product, _| product * 1.5);
            assert_eq!(Real::powi(1.5_f64, n), naive, "exponent {n}");
        }
    }
}
