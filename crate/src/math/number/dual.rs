//! Forward-mode differentiation: a number that carries its own gradient.
//!
//! Each operation applies the chain rule to the derivatives along x and y (Griewank & Walther,
//! "Evaluating Derivatives", 2008, chapter 3). Nesting, `Dual<Dual<f64>>`, yields the Hessian.

use super::{Real, Root};
use std::f64::consts::{LOG2_E, LOG10_E};
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A value with its partial derivatives along x and y.
#[derive(Clone, Copy, Debug)]
pub struct Dual<T> {
    /// The value itself.
    pub value: T,
    x: Slope<T>,
    y: Slope<T>,
}

/// A partial derivative.
#[derive(Clone, Copy, Debug)]
struct Slope<T> {
    number: T,
    /// Whether it is 0 by the form of the formula, wherever one is. Compilers know this while they
    /// compile, and leave out the arithmetic that they must keep where a 0 meets ∞ or −0.
    absent: bool,
}

/// x and y, each with its derivatives along both.
#[inline(always)]
pub fn variables<T: Real>(x: T, y: T) -> (Dual<T>, Dual<T>) {
    let (one, none) = (Slope::of(T::constant(1.0)), Slope::none());
    (Dual { value: x, x: one, y: none }, Dual { value: y, x: none, y: one })
}

/// `f` at (x, y) with both partial derivatives, exact to rounding.
#[inline(always)]
pub fn differentiate<T: Real>(x: T, y: T, f: impl FnOnce(Dual<T>, Dual<T>) -> Dual<T>) -> Dual<T> {
    let (x, y) = variables(x, y);
    f(x, y)
}

impl<T: Real> Slope<T> {
    #[inline(always)]
    fn of(number: T) -> Self {
        Self { number, absent: false }
    }
    #[inline(always)]
    fn none() -> Self {
        Self { number: T::constant(0.0), absent: true }
    }
    #[inline(always)]
    fn map(self, f: impl FnOnce(T) -> T) -> Self {
        if self.absent { self } else { Self::of(f(self.number)) }
    }
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        match (self.absent, other.absent) {
            (true, _) => other,
            (_, true) => self,
            _ => Self::of(self.number + other.number),
        }
    }
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        match (self.absent, other.absent) {
            (true, _) => other.map(T::neg),
            (_, true) => self,
            _ => Self::of(self.number - other.number),
        }
    }
    #[inline(always)]
    fn times(self, factor: T) -> Self {
        self.map(|number| number * factor)
    }
    #[inline(always)]
    fn over(self, divisor: T) -> Self {
        self.map(|number| number / divisor)
    }
    #[inline(always)]
    fn select(mask: T::Mask, yes: Self, no: Self) -> Self {
        let number = T::select(mask, yes.number, no.number);
        Self { number, absent: yes.absent && no.absent }
    }
}

impl<T: Real> Dual<T> {
    /// A number that depends on neither x nor y.
    #[inline(always)]
    pub fn fixed(value: T) -> Self {
        Self { value, x: Slope::none(), y: Slope::none() }
    }

    /// ∂/∂x.
    #[inline(always)]
    pub fn dx(self) -> T {
        self.x.number
    }

    /// ∂/∂y.
    #[inline(always)]
    pub fn dy(self) -> T {
        self.y.number
    }

    /// With both partial derivatives changed in the same way.
    #[inline(always)]
    fn with(self, value: T, change: impl Fn(Slope<T>) -> Slope<T>) -> Self {
        Self { value, x: change(self.x), y: change(self.y) }
    }

    /// From the partial derivatives of two numbers, along x and along y.
    #[inline(always)]
    fn join(self, o: Self, value: T, join: impl Fn(Slope<T>, Slope<T>) -> Slope<T>) -> Self {
        Self { value, x: join(self.x, o.x), y: join(self.y, o.y) }
    }

    /// The chain rule for a function with this `value` and `slope` here.
    #[inline(always)]
    fn chain(self, value: T, slope: T) -> Self {
        self.with(value, |along| along.times(slope))
    }

    /// The chain rule for a function of two numbers with this `value`, and its slopes along both.
    #[inline(always)]
    fn chain_both(self, o: Self, value: T, slopes: [T; 2]) -> Self {
        self.join(o, value, |own, other| own.times(slopes[0]).add(other.times(slopes[1])))
    }

    /// One of two numbers, `own` where it is chosen with `chosen`, `o` where the other one is with
    /// `passed`. Where neither is, they are equal, with the mean of both slopes, or one is NaN, and so
    /// are the slopes.
    #[inline(always)]
    fn choose(self, o: Self, value: T, chosen: T::Mask, passed: T::Mask) -> Self {
        let nan = value.is_nan();
        self.join(o, value, |own, other| {
            let mean = own.times(T::constant(0.5)).add(other.times(T::constant(0.5)));
            let absent = mean.absent;
            let tied = Slope::select(nan, Slope { number: value, absent }, mean);
            Slope::select(chosen, own, Slope::select(passed, other, tied))
        })
    }

    /// 1 − value², under the root in the slopes of arcsine and arccosine.
    fn beside(self) -> T {
        -(self.value * self.value) + 1.0
    }
}

impl<T: PartialEq> PartialEq for Dual<T> {
    fn eq(&self, o: &Self) -> bool {
        let slopes = |d: &Self| (d.x.number == o.x.number) && (d.y.number == o.y.number);
        self.value == o.value && slopes(self)
    }
}

impl<T: Real> Neg for Dual<T> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        self.with(-self.value, |along| along.map(T::neg))
    }
}

impl<T: Real> Add for Dual<T> {
    type Output = Self;
    #[inline(always)]
    fn add(self, o: Self) -> Self {
        self.join(o, self.value + o.value, Slope::add)
    }
}

impl<T: Real> Sub for Dual<T> {
    type Output = Self;
    #[inline(always)]
    fn sub(self, o: Self) -> Self {
        self.join(o, self.value - o.value, Slope::sub)
    }
}

impl<T: Real> Mul for Dual<T> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, o: Self) -> Self {
        self.chain_both(o, self.value * o.value, [o.value, self.value])
    }
}

impl<T: Real> Div for Dual<T> {
    type Output = Self;
    #[inline(always)]
    fn div(self, o: Self) -> Self {
        let value = self.value / o.value;
        self.join(o, value, |own, other| own.sub(other.times(value)).over(o.value))
    }
}

impl<T: Real> Add<f64> for Dual<T> {
    type Output = Self;
    #[inline(always)]
    fn add(self, c: f64) -> Self {
        Self { value: self.value + c, ..self }
    }
}

impl<T: Real> Sub<f64> for Dual<T> {
    type Output = Self;
    #[inline(always)]
    fn sub(self, c: f64) -> Self {
        Self { value: self.value - c, ..self }
    }
}

impl<T: Real> Mul<f64> for Dual<T> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, c: f64) -> Self {
        self.with(self.value * c, |along| along.map(|number| number * c))
    }
}

impl<T: Real> Div<f64> for Dual<T> {
    type Output = Self;
    #[inline(always)]
    fn div(self, c: f64) -> Self {
        self.with(self.value / c, |along| along.map(|number| number / c))
    }
}

impl<T: Real> Real for Dual<T> {
    type Mask = T::Mask;

    #[inline(always)]
    fn constant(value: f64) -> Self {
        Self::fixed(T::constant(value))
    }
    #[inline(always)]
    fn less_than(self, other: Self) -> T::Mask {
        self.value.less_than(other.value)
    }
    #[inline(always)]
    fn is_nan(self) -> T::Mask {
        self.value.is_nan()
    }
    #[inline(always)]
    fn select(mask: T::Mask, yes: Self, no: Self) -> Self {
        let value = T::select(mask, yes.value, no.value);
        yes.join(no, value, |yes, no| Slope::select(mask, yes, no))
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
    #[inline(always)]
    fn square(self) -> Self {
        self.chain(self.value.square(), self.value + self.value)
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
        self.chain_both(x, self.value.atan2(x.value), [along_y, along_x])
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
        Self::fixed(self.value.floor())
    }
    fn sign(self) -> Self {
        Self::fixed(self.value.sign())
    }
    fn min(self, o: Self) -> Self {
        let (a, b) = (self.value, o.value);
        self.choose(o, a.min(b), a.less_than(b), b.less_than(a))
    }
    fn max(self, o: Self) -> Self {
        let (a, b) = (self.value, o.value);
        self.choose(o, a.max(b), b.less_than(a), a.less_than(b))
    }
    fn root_powered(self, root: Root, exponent: f64) -> Self {
        let (zero, base) = (T::constant(0.0), self.value);
        let away = root.of(self).powf(Self::constant(exponent));
        // The slope as of x^(exponent/index), of which 0·∞ in the chain rule leaves nothing.
        let slope = match exponent {
            0.0 => zero,
            _ => base.root_powered(root, exponent - root.index()) * (exponent / root.index()),
        };
        let at_zero = self.chain(away.value, slope);
        let elsewhere = |mask, other| Self::select(mask, away, other);
        elsewhere(base.less_than(zero), elsewhere(zero.less_than(base), at_zero))
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
        // The logarithm costs as much as the power, and a constant exponent needs none.
        let along_exponent = match exponent.x.absent && exponent.y.absent {
            true => zero,
            false => T::select(zero.less_than(base), value * base.ln(), zero),
        };
        self.chain_both(exponent, value, [along_base, along_exponent])
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
                assert_near(&what, d.dx(), (f(x + h, y) - f(x - h, y)) / (2.0 * h));
                assert_near(&what, d.dy(), (f(x, y + h) - f(x, y - h)) / (2.0 * h));
            }
        }
    }

    /// Value, gradient and second derivatives xx, xy, yy.
    type Second = Dual<Dual<f64>>;

    fn twice(x: f64, y: f64, f: impl Fn(Second, Second) -> Second) -> Second {
        let (x, y) = variables(x, y);
        differentiate(x, y, f)
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
                assert_near(&what, d.dx().dx(), (right.dx() - left.dx()) / (2.0 * h));
                assert_near(&what, d.dx().dy(), (up.dx() - down.dx()) / (2.0 * h));
                assert_near(&what, d.dy().dx(), (right.dy() - left.dy()) / (2.0 * h));
                assert_near(&what, d.dy().dy(), (up.dy() - down.dy()) / (2.0 * h));
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
                assert_eq!((d.value.value, d.dx().value), expected, "{base}^{n}");
                assert_eq!(d.dx().dx(), n * (n - 1.0) * power(n as i32 - 2), "{base}^{n}");
                assert_eq!((d.value.dx(), d.dy().value, d.dy().dy()), (d.dx().value, 0.0, 0.0));
            }
        }
    }

    #[test]
    fn an_exponent_may_vary_through_zero() {
        // ∂²(xʸ)/∂x∂y = xʸ⁻¹(1 + y·ln x), and ∂²(xʸ)/∂y² = xʸ·ln²x.
        let d = twice(2.0, 0.0, |x, y| x.powf(y));
        assert_eq!(d.dx().dy(), 0.5);
        assert_eq!(d.dy().dy(), libm::log(2.0) * libm::log(2.0));
    }

    #[test]
    fn corners_have_the_agreed_derivatives() {
        let at_zero = |f: fn(Second) -> Second| twice(0.0, 0.0, |x, _| f(x)).dx();
        let flat = Dual::constant(0.0);
        assert_eq!(at_zero(Real::abs), flat);
        assert_eq!(at_zero(Real::sign), flat);
        assert_eq!(at_zero(Real::floor), flat);
    }

    #[test]
    fn min_and_max_of_equal_values_have_the_mean_slope() {
        let slopes = |d: Dual<f64>| (d.dx(), d.dy());
        let at = |x, y, f: fn(Dual<f64>, Dual<f64>) -> Dual<f64>| slopes(differentiate(x, y, f));
        assert_eq!(at(2.0, 2.0, |x, y| x.max(y * y / 2.0)), (0.5, 1.0));
        assert_eq!(at(2.0, 2.0, |x, y| (x * 3.0 - 4.0).min(y)), (1.5, 0.5));
        assert_eq!(at(0.0, 1.0, |x, y| x.max(Real::constant(0.0)) + y * y), (0.5, 2.0));
        assert_eq!(at(-0.0, 1.0, |x, _| Dual::constant(0.0).min(x)), (0.5, 0.0));
        assert_eq!(at(1.0, -1.0, |x, y| x.abs().max(y.abs())), (0.5, -0.5));
        assert_eq!(at(1.0, 2.0, |x, y| x.max(y)), (0.0, 1.0));
        assert_eq!(at(1.0, 2.0, |x, y| x.min(y)), (1.0, 0.0));
        let bend = twice(1.0, 1.0, |x, y| (x * x).max(y * y * y));
        assert_eq!((bend.dx().dx(), bend.dy().dy(), bend.dx().dy()), (1.0, 3.0, 0.0));
    }

    #[test]
    fn what_is_not_a_number_is_passed_on_with_its_slopes() {
        for (x, y) in [(-1.0, 2.0), (2.0, -1.0)] {
            for f in [Real::min, Real::max] as [fn(_, _) -> _; 2] {
                let d = differentiate(x, y, |x, y| f(x.sqrt(), y.sqrt()));
                assert!([d.value, d.dx(), d.dy()].into_iter().all(f64::is_nan), "{d:?}");
            }
        }
    }

    #[test]
    fn powers_of_roots_have_their_slope_at_zero() {
        let inf = f64::INFINITY;
        for (root, exponent, slope, bend) in [
            (Root::Cube, 4.0, 0.0, inf),
            (Root::Cube, 6.0, 0.0, 2.0),
            (Root::Cube, 3.0, 1.0, 0.0),
            (Root::Cube, 7.0, 0.0, 0.0),
            (Root::Cube, 0.0, 0.0, 0.0),
            (Root::Square, 4.0, 0.0, 2.0),
            (Root::Square, 2.0, 1.0, 0.0),
            (Root::Square, 3.0, 0.0, inf),
        ] {
            let d = twice(0.0, 0.0, |x, _| x.root_powered(root, exponent));
            let found = (d.value.value, d.dx().value, d.dx().dx());
            let value = if exponent == 0.0 { 1.0 } else { 0.0 };
            assert_eq!(found, (value, slope, bend), "{root:?} {exponent}");
            assert_eq!((d.dy().value, d.dy().dy(), d.dx().dy()), (0.0, 0.0, 0.0));
        }
        // Elsewhere the chain rule gives the same bits as before.
        for x in [-2.0, 0.3, 1e-9] {
            let [powered, chained] = [
                differentiate(x, 0.0, |x, _| x.root_powered(Root::Cube, 4.0)),
                differentiate(x, 0.0, |x, _| x.cbrt().powf(Real::constant(4.0))),
            ];
            assert_eq!((powered.value, powered.dx()), (chained.value, chained.dx()));
        }
    }
}
