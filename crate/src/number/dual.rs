//! Forward-mode differentiation: a number that carries its own gradient.
//!
//! Each operation applies the chain rule to the derivatives along x and y (Griewank & Walther,
//! "Evaluating Derivatives", 2008, chapter 3). Nesting, `Dual<Dual<f64>>`, yields the Hessian.

use super::Real;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A value with its partial derivatives along x and y.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dual<T> {
    /// The value itself.
    pub value: T,
    /// ∂/∂x.
    pub dx: T,
    /// ∂/∂y.
    pub dy: T,
}

/// `f` at (x, y) with both partial derivatives, exact to rounding.
pub fn differentiate<T: Real>(x: T, y: T, f: impl FnOnce(Dual<T>, Dual<T>) -> Dual<T>) -> Dual<T> {
    let (zero, one) = (T::constant(0.0), T::constant(1.0));
    f(Dual { value: x, dx: one, dy: zero }, Dual { value: y, dx: zero, dy: one })
}

impl<T: Real> Dual<T> {
    /// The chain rule for a function with this `value` and `slope` here.
    fn chain(self, value: T, slope: T) -> Self {
        Self { value, dx: self.dx * slope, dy: self.dy * slope }
    }
}

impl<T: Real> Neg for Dual<T> {
    type Output = Self;
    fn neg(self) -> Self {
        Self { value: -self.value, dx: -self.dx, dy: -self.dy }
    }
}

impl<T: Real> Add for Dual<T> {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        Self { value: self.value + o.value, dx: self.dx + o.dx, dy: self.dy + o.dy }
    }
}

impl<T: Real> Sub for Dual<T> {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        Self { value: self.value - o.value, dx: self.dx - o.dx, dy: self.dy - o.dy }
    }
}

impl<T: Real> Mul for Dual<T> {
    type Output = Self;
    fn mul(self, o: Self) -> Self {
        Self {
            value: self.value * o.value,
            dx: self.dx * o.value + self.value * o.dx,
            dy: self.dy * o.value + self.value * o.dy,
        }
    }
}

impl<T: Real> Div for Dual<T> {
    type Output = Self;
    fn div(self, o: Self) -> Self {
        let value = self.value / o.value;
        Self {
            value,
            dx: (self.dx - value * o.dx) / o.value,
            dy: (self.dy - value * o.dy) / o.value,
        }
    }
}

impl<T: Real> Add<f64> for Dual<T> {
    type Output = Self;
    fn add(self, c: f64) -> Self {
        Self { value: self.value + c, ..self }
    }
}

impl<T: Real> Sub<f64> for Dual<T> {
    type Output = Self;
    fn sub(self, c: f64) -> Self {
        Self { value: self.value - c, ..self }
    }
}

impl<T: Real> Mul<f64> for Dual<T> {
    type Output = Self;
    fn mul(self, c: f64) -> Self {
        Self { value: self.value * c, dx: self.dx * c, dy: self.dy * c }
    }
}

impl<T: Real> Div<f64> for Dual<T> {
    type Output = Self;
    fn div(self, c: f64) -> Self {
        Self { value: self.value / c, dx: self.dx / c, dy: self.dy / c }
    }
}

impl<T: Real> Real for Dual<T> {
    type Mask = T::Mask;

    fn constant(value: f64) -> Self {
        let zero = T::constant(0.0);
        Self { value: T::constant(value), dx: zero, dy: zero }
    }
    fn less_than(self, other: Self) -> T::Mask {
        self.value.less_than(other.value)
    }
    fn select(mask: T::Mask, yes: Self, no: Self) -> Self {
        Self {
            value: T::select(mask, yes.value, no.value),
            dx: T::select(mask, yes.dx, no.dx),
            dy: T::select(mask, yes.dy, no.dy),
        }
    }
    fn exp(self) -> Self {
        let value = self.value.exp();
        self.chain(value, value)
    }
    fn ln(self) -> Self {
        self.chain(self.value.ln(), T::constant(1.0) / self.value)
    }
    fn sqrt(self) -> Self {
        let value = self.value.sqrt();
        self.chain(value, T::constant(0.5) / value)
    }
    fn sin(self) -> Self {
        self.chain(self.value.sin(), self.value.cos())
    }
    fn cos(self) -> Self {
        self.chain(self.value.cos(), -self.value.sin())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A formula that uses every operation.
    fn formula<R: Real>(x: R, y: R) -> R {
        let wave = (x * y).sin() * (x - y * 0.5).cos() / (y * y + 2.0);
        let growth = (x * 0.3 - 1.0).exp() + (x * x + y.powi(4) + 1.0).ln().sqrt();
        R::select(x.less_than(y), -wave, wave / 3.0) + growth - 0.25
    }

    #[test]
    fn derivatives_agree_with_central_differences() {
        let h = 1e-5;
        for (x, y) in [(0.3, -0.7), (1.4, 2.1), (-0.8, 0.2)] {
            let d = differentiate(x, y, |x, y| formula(x, y));
            assert_eq!(d.value, formula(x, y));
            let dx = (formula(x + h, y) - formula(x - h, y)) / (2.0 * h);
            let dy = (formula(x, y + h) - formula(x, y - h)) / (2.0 * h);
            assert!((d.dx - dx).abs() < 1e-9, "{} {dx}", d.dx);
            assert!((d.dy - dy).abs() < 1e-9, "{} {dy}", d.dy);
        }
    }
}
