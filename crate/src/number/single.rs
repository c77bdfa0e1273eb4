//! 32-bit floats, for comparing with frameworks that compute in single precision.

use super::Real;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// An `f32` that takes part in generic formulas; every constant is rounded to single first.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Single(pub f32);

impl Neg for Single {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

macro_rules! operators {
    ($($trait:ident $method:ident $operator:tt),*) => {$(
        impl $trait for Single {
            type Output = Self;
            fn $method(self, other: Self) -> Self {
                Self(self.0 $operator other.0)
            }
        }
        impl $trait<f64> for Single {
            type Output = Self;
            fn $method(self, constant: f64) -> Self {
                Self(self.0 $operator constant as f32)
            }
        }
    )*};
}
operators!(Add add +, Sub sub -, Mul mul *, Div div /);

impl Real for Single {
    type Mask = bool;

    fn constant(value: f64) -> Self {
        Self(value as f32)
    }
    fn less_than(self, other: Self) -> bool {
        self < other
    }
    fn select(mask: bool, yes: Self, no: Self) -> Self {
        if mask { yes } else { no }
    }
    fn exp(self) -> Self {
        Self(libm::expf(self.0))
    }
    fn ln(self) -> Self {
        Self(libm::logf(self.0))
    }
    fn sqrt(self) -> Self {
        Self(self.0.sqrt())
    }
    fn sin(self) -> Self {
        Self(libm::sinf(self.0))
    }
    fn cos(self) -> Self {
        Self(libm::cosf(self.0))
    }
}
