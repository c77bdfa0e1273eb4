//! One trait for every kind of number a formula is evaluated on.
//!
//! A surface and an update rule are written once, generic over [`Real`]: on `f64` they give
//! values, on [`Dual`] exact derivatives, on `Lanes` several of either at once, on [`Single`]
//! what a 32-bit framework computes.
//! Elementary functions come from the `libm` crate, never from the platform, so that the same
//! configuration gives the same bits on every machine.

mod dual;
#[cfg(feature = "maps")]
mod f64x2;
#[cfg(feature = "maps")]
mod lanes;
mod single;

pub use dual::{Dual, differentiate, variables};
#[cfg(feature = "maps")]
pub use lanes::{LANES, Lanes, Pair, Wide, WideMask};
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
    /// Where the value is not a number.
    fn is_nan(self) -> Self::Mask;
    /// `yes` where the mask holds, `no` elsewhere.
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self;

    /// eˣ.
    fn exp(self) -> Self;
    /// Natural logarithm.
    fn ln(self) -> Self;
    /// Logarithm to base 10.
    fn log10(self) -> Self;
    /// Logarithm to base 2.
    fn log2(self) -> Self;
    /// Square root, correctly rounded.
    fn sqrt(self) -> Self;
    /// Cube root, with the sign of its argument.
    fn cbrt(self) -> Self;
    /// Sine of an angle in radians.
    fn sin(self) -> Self;
    /// Cosine of an angle in radians.
    fn cos(self) -> Self;
    /// Sine and cosine: the same numbers, at little more than the cost of one.
    fn sin_cos(self) -> (Self, Self) {
        (self.sin(), self.cos())
    }
    /// Tangent of an angle in radians.
    fn tan(self) -> Self;
    /// Angle in radians, −π/2 to π/2, whose sine this is.
    fn asin(self) -> Self;
    /// Angle in radians, 0 to π, whose cosine this is.
    fn acos(self) -> Self;
    /// Angle in radians, −π/2 to π/2, whose tangent this is.
    fn atan(self) -> Self;
    /// Angle in radians, −π to π, of the point (x, y) where `self` is y.
    fn atan2(self, x: Self) -> Self;
    /// Hyperbolic sine.
    fn sinh(self) -> Self;
    /// Hyperbolic cosine.
    fn cosh(self) -> Self;
    /// Hyperbolic tangent.
    fn tanh(self) -> Self;
    /// |x|; its derivative at 0 counts as 0.
    fn abs(self) -> Self;
    /// The largest whole number that is not above x; its derivative counts as 0.
    fn floor(self) -> Self;
    /// xʸ with 0⁰ = 1; a negative base takes whole exponents. The exponent's own derivative
    /// counts where the base is positive.
    fn powf(self, exponent: Self) -> Self;

    /// 1, 0 or −1 as x is above, at or below 0; its derivative counts as 0.
    fn sign(self) -> Self {
        let (zero, one) = (Self::constant(0.0), Self::constant(1.0));
        // The product is zero, or not a number where x is not.
        let not_above = Self::select(self.less_than(zero), -one, self * 0.0);
        Self::select(zero.less_than(self), one, not_above)
    }
    /// The smaller of both, `self` where they are equal; NaN where either is. Where they are equal,
    /// the derivative is the mean of both, as of `torch.minimum`.
    fn min(self, other: Self) -> Self {
        let smaller = Self::select(other.less_than(self), other, self);
        Self::select(other.is_nan(), other, smaller)
    }
    /// The larger of both, `self` where they are equal; NaN where either is. Where they are equal,
    /// the derivative is the mean of both, as of `torch.maximum`.
    fn max(self, other: Self) -> Self {
        let larger = Self::select(self.less_than(other), other, self);
        Self::select(other.is_nan(), other, larger)
    }
    /// A root to the power of a constant. Its derivative is that of x^(exponent/index), also at 0,
    /// where the root alone has none.
    fn root_powered(self, root: Root, exponent: f64) -> Self {
        root.of(self).powf(Self::constant(exponent))
    }

    /// x².
    #[inline(always)]
    fn square(self) -> Self {
        self * self
    }

    /// xⁿ by repeated multiplication.
    fn powi(self, n: u32) -> Self {
        match n {
            0 => Self::constant(1.0),
            1 => self,
            _ => {
                let half = self.powi(n / 2);
                if n.is_multiple_of(2) { half.square() } else { half.square() * self }
            }
        }
    }
}

/// A root that a power may follow; see [`Real::root_powered`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root {
    /// √x.
    Square,
    /// ∛x.
    Cube,
}

impl Root {
    /// 2 or 3.
    pub fn index(self) -> f64 {
        match self {
            Self::Square => 2.0,
            Self::Cube => 3.0,
        }
    }

    /// The root of `x`.
    pub fn of<R: Real>(self, x: R) -> R {
        match self {
            Self::Square => x.sqrt(),
            Self::Cube => x.cbrt(),
        }
    }
}

/// Methods of one argument, each with the name of its function in `libm`.
macro_rules! elementary {
    ($($method:ident $function:ident),*) => {$(
        fn $method(self) -> Self {
            libm::$function(self)
        }
    )*};
}

impl Real for f64 {
    type Mask = bool;

    fn constant(value: f64) -> Self {
        value
    }
    fn less_than(self, other: Self) -> bool {
        self < other
    }
    fn is_nan(self) -> bool {
        f64::is_nan(self)
    }
    fn select(mask: bool, yes: Self, no: Self) -> Self {
        if mask { yes } else { no }
    }
    fn sin_cos(self) -> (Self, Self) {
        libm::sincos(self)
    }
    fn sqrt(self) -> Self {
        f64::sqrt(self)
    }
    fn abs(self) -> Self {
        f64::abs(self)
    }
    fn floor(self) -> Self {
        libm::floor(self)
    }
    fn atan2(self, x: Self) -> Self {
        libm::atan2(self, x)
    }
    fn powf(self, exponent: Self) -> Self {
        libm::pow(self, exponent)
    }
    elementary!(
        exp exp, ln log, log10 log10, log2 log2, cbrt cbrt, sin sin, cos cos, tan tan,
        asin asin, acos acos, atan atan, sinh sinh, cosh cosh, tanh tanh
    );
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

    #[test]
    fn sine_and_cosine_together_are_those_apart() {
        let sizes = (-40..1000).map(|k| libm::pow(1.37, f64::from(k)) * 1e-9);
        let corners = [0.0, 1.4e-8, 1.1e-8, 7.5e-9, 1e300, f64::INFINITY, f64::NAN];
        for x in sizes.chain(corners).flat_map(|x| [x, -x]) {
            let (sin, cos) = Real::sin_cos(x);
            let bits = |x: f64| if x.is_nan() { 0 } else { x.to_bits() };
            assert_eq!((bits(sin), bits(cos)), (bits(libm::sin(x)), bits(libm::cos(x))), "{x}");
        }
    }

    #[test]
    fn sign_min_and_max_choose() {
        assert_eq!([-2.5, 0.0, 3.0].map(Real::sign), [-1.0, 0.0, 1.0]);
        assert!(Real::sign(f64::NAN).is_nan());
        assert_eq!((Real::min(1.0, 2.0), Real::max(1.0, 2.0)), (1.0, 2.0));
    }

    #[test]
    fn min_and_max_of_what_is_not_a_number_are_not_a_number() {
        for (a, b) in [(f64::NAN, 1.0), (1.0, f64::NAN), (f64::NAN, f64::NAN)] {
            assert!(Real::min(a, b).is_nan() && Real::max(a, b).is_nan(), "{a}, {b}");
            let [a, b] = [a, b].map(Single::constant);
            assert!(a.min(b).0.is_nan() && a.max(b).0.is_nan(), "{a:?}, {b:?}");
        }
        // The first of two equal ones, with its sign.
        for (a, b) in [(0.0, -0.0), (-0.0, 0.0)] {
            assert_eq!([Real::min(a, b), Real::max(a, b)].map(f64::to_bits), [a.to_bits(); 2]);
        }
    }

    #[test]
    fn single_precision_agrees_to_its_digits() {
        type Pair = (fn(f64) -> f64, fn(Single) -> Single);
        let pairs: [Pair; 17] = [
            (Real::exp, Real::exp),
            (Real::ln, Real::ln),
            (Real::log10, Real::log10),
            (Real::log2, Real::log2),
            (Real::sqrt, Real::sqrt),
            (Real::cbrt, Real::cbrt),
            (Real::sin, Real::sin),
            (Real::cos, Real::cos),
            (Real::tan, Real::tan),
            (Real::asin, Real::asin),
            (Real::acos, Real::acos),
            (Real::atan, Real::atan),
            (Real::sinh, Real::sinh),
            (Real::cosh, Real::cosh),
            (Real::tanh, Real::tanh),
            (Real::abs, Real::abs),
            (Real::floor, Real::floor),
        ];
        for x in [0.125, 0.5, 0.875] {
            for (index, (double, single)) in pairs.into_iter().enumerate() {
                let (double, single) = (double(x), f64::from(single(Single::constant(x)).0));
                assert!((double - single).abs() < 4e-7, "function {index} at {x}");
            }
            let angle = Real::atan2(Single::constant(x), Single::constant(-2.0));
            assert!((f64::from(angle.0) - libm::atan2(x, -2.0)).abs() < 4e-7);
            let power = Real::powf(Single::constant(x), Single::constant(1.5));
            assert!((f64::from(power.0) - libm::pow(x, 1.5)).abs() < 4e-7);
        }
    }
}
