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

/// Methods of one argument, each with the name of its function in `libm`.
macro_rules! elementary {
    ($($method:ident $function:ident),*) => {$(
        fn $method(self) -> Self {
            Self(libm::$function(self.0))
        }
    )*};
}

impl Real for Single {
    type Mask = bool;

    fn constant(value: f64) -> Self {
        Self(value as f32)
    }
    fn less_than(self, other: Self) -> bool {
        self < other
    }
    fn is_nan(self) -> bool {
        self.0.is_nan()
    }
    fn select(mask: bool, yes: Self, no: Self) -> Self {
        if mask { yes } else { no }
    }
    fn sqrt(self) -> Self {
        Self(self.0.sqrt())
    }
    fn abs(self) -> Self {
        Self(self.0.abs())
    }
    fn floor(self) -> Self {
        Self(libm::floorf(self.0))
    }
    fn atan2(self, x: Self) -> Self {
        Self(libm::atan2f(self.0, x.0))
    }
    fn powf(self, exponent: Self) -> Self {
        Self(libm::powf(self.0, exponent.0))
    }
    elementary!(
        exp expf, ln logf, log10 log10f, log2 log2f, cbrt cbrtf, sin sinf, cos cosf, tan tanf,
        asin asinf, acos acosf, atan atanf, sinh sinhf, cosh coshf, tanh tanhf
    );
}
