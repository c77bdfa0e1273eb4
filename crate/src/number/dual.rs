//! Forward-mode differentiation: a number that carries its own gradient.
//!
//! Each operation applies the chain rule to the derivatives along x and y (Griewank & Walther,
//! "Evaluating Derivatives", 2008, chapter 3). Nesting, `Dual<Dual<f64>>`, yields the Hessian.

use super::Real;
use std::f64::consts::{LOG2_E, LOG10_E};
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

    /// 1 − value², under the root in the slopes of arcsine and arccosine.
    fn beside(self) -> T {
        -(self.value * self.value) + 1.0
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
    fn log10(self) -> Self {
        self.chain(self.value.log10(), T::constant(LOG10_E) / self.value)
    }
    fn log2(self) -> Self {
        self.chain(self.value.log2(), T::constant(LOG2_E) / self.value)
    }
    fn sqrt(self) -> Self {
        let value = self.value.sqrt();
        self.chain(value, T::constant(0.5) / value)
    }
    fn cbrt(self) -> Self {
        let value = self.value.cbrt();
        self.chain(value, T::constant(1.0) / (value * value * 3.0))
    }
    fn sin(self) -> Self {
        let (sin, cos) = self.value.sin_cos();
        self.chain(sin, cos)
    }
    fn cos(self) -> Self {
        let (sin, cos) = self.value.sin_cos();
        self.chain(cos, -sin)
    }
    fn sin_cos(self) -> (Self, Self) {
        let (sin, cos) = self.value.sin_cos();
        (self.chain(sin, cos), self.chain(cos, -sin))
    }
    fn tan(self) -> Self {
        let value = self.value.tan();
        self.chain(value, value * value + 1.0)
    }
    fn asin(self) -> Self {
        self.chain(self.value.asin(), T::constant(1.0) / self.beside().sqrt())
    }
    fn acos(self) -> Self {
        self.chain(self.value.acos(), T::constant(-1.0) / self.beside().sqrt())
    }
    fn atan(self) -> Self {
        self.chain(self.value.atan(), T::constant(1.0) / (self.value * self.value + 1.0))
    }
    fn atan2(self, x: Self) -> Self {
        let square = self.value * self.value + x.value * x.value;
        let (along_y, along_x) = (x.value / square, -self.value / square);
        Self {
            value: self.value.atan2(x.value),
            dx: self.dx * along_y + x.dx * along_x,
            dy: self.dy * along_y + x.dy * along_x,
        }
    }
    fn sinh(self) -> Self {
        self.chain(self.value.sinh(), self.value.cosh())
    }
    fn cosh(self) -> Self {
        self.chain(self.value.cosh(), self.value.sinh())
    }
    fn tanh(self) -> Self {
        let value = self.value.tanh();
        self.chain(value, -(value * value) + 1.0)
    }
    fn abs(self) -> Self {
        self.chain(self.value.abs(), self.value.sign())
    }
    fn floor(self) -> Self {
        let zero = T::constant(0.0);
        Self { value: self.value.floor(), dx: zero, dy: zero }
    }
    fn powf(self, exponent: Self) -> Self {
        let (base, n) = (self.value, exponent.value);
        let (zero, value) = (T::constant(0.0), base.powf(n));
        // n·baseⁿ⁻¹ and baseⁿ·ln base, without the 0·∞ of 0⁰ and of a base that is not positive.
        let lowered = n * base.powf(n - 1.0);
        let at_zero =
            T::select(n.less_than(zero), lowered, T::select(zero.less_than(n), lowered, zero));
        let along_base = T::select(
            base.less_than(zero),
            lowered,
            T::select(zero.less_than(base), lowered, at_zero),
        );
        let along_exponent = T::select(zero.less_than(base), value * base.ln(), zero);
        Self {
            value,
            dx: self.dx * along_base + exponent.dx * along_exponent,
            dy: self.dy * along_base + exponent.dy * along_exponent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Formulas that between them use every operation, over the plane around the unit disc.
    fn formulas<R: Real>(x: R, y: R) -> [R; 14] {
        let wave = (x * y).sin() * (x - y * 0.5).cos() / (y * y + 2.0);
        let growth = (x * 0.3 - 1.0).exp() + (x * x + y.powi(4) + 1.0).ln().sqrt();
        let positive = x * x + y * y * 0.3 + 0.4;
        [
            R::select(x.less_than(y), -wave, wave / 3.0) + growth - 0.25,
            positive.log10() * positive.log2(),
            (x * 2.0 - y).cbrt(),
            (x * 0.4 + y * 0.3).tan(),
            (wave * 1.5).asin() - (wave * y * 0.5).acos(),
            (x - y * y).atan(),
            y.atan2(x),
            (x * 2.0 + y).sinh() / (x - y).cosh(),
            (x * y - 0.4).tanh(),
            (x * y).abs() + (x - y).sign() * x * x,
            (x * y).min(x + y) * (x * x).max(y),
            x * (x * 3.0).floor() + y,
            positive.powf(x - y * 2.0),
            x.powf(R::constant(3.0)) * y.powf(R::constant(-2.0)),
        ]
    }

    const POINTS: [(f64, f64); 5] =
        [(0.3, -0.7), (1.4, 1.1), (-0.8, 0.2), (-1.2, -1.3), (0.9, 0.55)];

    #[track_caller]
    fn assert_near(what: &str, exact: f64, measured: f64) {
        let scale = 1.0 + exact.abs();
        assert!((exact - measured).abs() < 1e-8 * scale, "{what}: {exact}, measured {measured}");
    }

    #[test]
    fn derivatives_agree_with_central_differences() {
        let h = 1e-5;
        for (x, y) in POINTS {
            for index in 0..formulas(x, y).len() {
                let f = |x: f64, y: f64| formulas(x, y)[index];
                let d = differentiate(x, y, |x, y| formulas(x, y)[index]);
                let what = format!("formula {index} at ({x}, {y})");
                assert_eq!(d.value, f(x, y), "{what}");
                assert_near(&what, d.dx, (f(x + h, y) - f(x - h, y)) / (2.0 * h));
                assert_near(&what, d.dy, (f(x, y + h) - f(x, y - h)) / (2.0 * h));
            }
        }
    }

    /// Value, gradient and second derivatives xx, xy, yy.
    type Second = Dual<Dual<f64>>;

    fn twice(x: f64, y: f64, f: impl Fn(Second, Second) -> Second) -> Second {
        let along = |value, dx, dy| Dual { value, dx, dy };
        differentiate(along(x, 1.0, 0.0), along(y, 0.0, 1.0), f)
    }

    #[test]
    fn second_derivatives_agree_with_central_differences() {
        let h = 1e-5;
        for (x, y) in POINTS {
            for index in 0..formulas(x, y).len() {
                let g = |x: f64, y: f64| differentiate(x, y, |x, y| formulas(x, y)[index]);
                let d = twice(x, y, |x, y| formulas(x, y)[index]);
                let what = format!("formula {index} at ({x}, {y})");
                let (right, left) = (g(x + h, y), g(x - h, y));
                let (up, down) = (g(x, y + h), g(x, y - h));
                assert_near(&what, d.dx.dx, (right.dx - left.dx) / (2.0 * h));
                assert_near(&what, d.dx.dy, (up.dx - down.dx) / (2.0 * h));
                assert_near(&what, d.dy.dx, (right.dy - left.dy) / (2.0 * h));
                assert_near(&what, d.dy.dy, (up.dy - down.dy) / (2.0 * h));
            }
        }
    }

    #[test]
    fn whole_powers_hold_for_every_base() {
        for base in [-2.0_f64, -1.0, 0.0, 0.5, 3.0] {
            for n in 0..=5_i32 {
                let d = twice(base, 0.0, |x, _| x.powf(Real::constant(f64::from(n))));
                let power = |k: i32| base.powi(k.max(0));
                let n = f64::from(n);
                let expected = (power(n as i32), n * power(n as i32 - 1));
                assert_eq!((d.value.value, d.dx.value), expected, "{base}^{n}");
                assert_eq!(d.dx.dx, n * (n - 1.0) * power(n as i32 - 2), "{base}^{n}");
                assert_eq!((d.value.dx, d.dy.value, d.dy.dy), (d.dx.value, 0.0, 0.0));
            }
        }
    }

    #[test]
    fn an_exponent_may_vary_through_zero() {
        // ∂²(xʸ)/∂x∂y = xʸ⁻¹(1 + y·ln x), and ∂²(xʸ)/∂y² = xʸ·ln²x.
        let d = twice(2.0, 0.0, |x, y| x.powf(y));
        assert_eq!(d.dx.dy, 0.5);
        assert_eq!(d.dy.dy, libm::log(2.0) * libm::log(2.0));
    }

    #[test]
    fn corners_have_the_agreed_derivatives() {
        let at_zero = |f: fn(Second) -> Second| twice(0.0, 0.0, |x, _| f(x)).dx;
        let flat = Dual { value: 0.0, dx: 0.0, dy: 0.0 };
        assert_eq!(at_zero(Real::abs), flat);
        assert_eq!(at_zero(Real::sign), flat);
        assert_eq!(at_zero(Real::floor), flat);
    }
}
