//! Several numbers side by side, for computing many balls at once.
//!
//! Each lane has the bits that `f64` has: arithmetic through the vector instructions of
//! [`f64x2`](super::f64x2), elementary functions lane by lane through `libm`.

use super::Real;
use super::f64x2::{F64x2, Mask};
use std::array::from_fn;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// Registers for one number of each of the balls that are computed together.
const TWINS: usize = 2;

/// Balls that are computed together.
pub const LANES: usize = 2 * TWINS;

/// As many numbers as fit in `N` registers.
#[derive(Clone, Copy, Debug)]
pub struct Wide<const N: usize>([F64x2; N]);

/// One number of each ball.
pub type Lanes = Wide<TWINS>;

/// The x of each ball and then the y of each. A rule does the same to both, at one go.
pub type Pair = Wide<{ 2 * TWINS }>;

/// Truth values side by side.
#[derive(Clone, Copy, Debug)]
pub struct WideMask<const N: usize>([Mask; N]);

impl<const N: usize> WideMask<N> {
    /// Where both hold.
    #[inline(always)]
    pub fn and(self, other: Self) -> Self {
        Self(from_fn(|pair| self.0[pair].and(other.0[pair])))
    }

    /// Whether it holds in this lane.
    ///
    /// # Panics
    /// Where there is no such lane.
    pub fn holds(self, lane: usize) -> bool {
        self.0[lane / 2].halves()[lane % 2]
    }

    /// A bit for each lane, set where it holds; that of lane 0 is the lowest.
    #[inline(always)]
    pub fn bits(self) -> u32 {
        self.0.into_iter().rev().fold(0, |bits, mask| bits << 2 | u32::from(mask.bits()))
    }

    /// Whether it holds in all lanes.
    #[inline(always)]
    pub fn all(self) -> bool {
        self.0.into_iter().fold(Mask::BOTH, |bits, mask| bits & mask.bits()) == Mask::BOTH
    }
}

impl Pair {
    /// From x and y.
    #[inline(always)]
    pub fn of([x, y]: [Lanes; 2]) -> Self {
        Self(from_fn(|pair| if pair < TWINS { x.0[pair] } else { y.0[pair - TWINS] }))
    }

    /// x and y.
    #[inline(always)]
    pub fn split(self) -> [Lanes; 2] {
        [Wide(from_fn(|pair| self.0[pair])), Wide(from_fn(|pair| self.0[TWINS + pair]))]
    }
}

impl Wide<1> {
    /// Two numbers.
    #[inline(always)]
    pub fn of(numbers: [f64; 2]) -> Self {
        Self([F64x2::of(numbers)])
    }

    /// The two numbers.
    #[inline(always)]
    pub fn array(self) -> [f64; 2] {
        self.0[0].array()
    }
}

impl<const N: usize> Wide<N> {
    /// The numbers that `lane` gives for each lane.
    #[inline(always)]
    pub fn new(mut lane: impl FnMut(usize) -> f64) -> Self {
        Self(from_fn(|pair| {
            let low = lane(2 * pair);
            F64x2::new(low, lane(2 * pair + 1))
        }))
    }

    /// The number in a lane.
    ///
    /// # Panics
    /// When there is no such lane.
    #[inline(always)]
    pub fn get(&self, lane: usize) -> f64 {
        let [low, high] = self.0[lane / 2].halves();
        if lane.is_multiple_of(2) { low } else { high }
    }

    /// Sets the number in a lane.
    ///
    /// # Panics
    /// When there is no such lane.
    #[inline(always)]
    pub fn set(&mut self, lane: usize, value: f64) {
        let pair = &mut self.0[lane / 2];
        let [low, high] = pair.halves();
        *pair =
            if lane.is_multiple_of(2) { F64x2::new(value, high) } else { F64x2::new(low, value) };
    }

    /// Where `self <= other`.
    #[inline(always)]
    pub fn at_most(self, other: Self) -> WideMask<N> {
        WideMask(from_fn(|pair| self.0[pair].at_most(other.0[pair])))
    }

    #[inline(always)]
    fn map(self, function: impl Fn(F64x2) -> F64x2) -> Self {
        Self(self.0.map(function))
    }

    #[inline(always)]
    fn join(self, other: Self, function: impl Fn(F64x2, F64x2) -> F64x2) -> Self {
        Self(from_fn(|pair| function(self.0[pair], other.0[pair])))
    }

    /// The same function in every lane. A call for each, once in the program: inlined, the
    /// elementary functions would be many times the size of everything else. Compiled for each
    /// function, so that compilers see which results nobody needs, such as a loss beside its slope.
    #[inline(never)]
    fn each(self, function: impl Fn(f64) -> f64) -> Self {
        Self::new(|lane| function(self.get(lane)))
    }

    /// The same function of two numbers in every lane.
    #[inline(never)]
    fn both(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self {
        Self::new(|lane| function(self.get(lane), other.get(lane)))
    }
}

impl<const N: usize> Default for Wide<N> {
    fn default() -> Self {
        Self::constant(0.0)
    }
}

impl<const N: usize> Neg for Wide<N> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        self.map(F64x2::neg)
    }
}

macro_rules! operators {
    ($($trait:ident $method:ident),*) => {$(
        impl<const N: usize> $trait for Wide<N> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                self.join(other, F64x2::$method)
            }
        }
        impl<const N: usize> $trait<f64> for Wide<N> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, constant: f64) -> Self {
                let constant = F64x2::splat(constant);
                self.map(|pair| pair.$method(constant))
            }
        }
    )*};
}
operators!(Add add, Sub sub, Mul mul, Div div);

/// Methods of one argument, each with the name of its function in `libm`.
macro_rules! elementary {
    ($($method:ident $function:ident),*) => {$(
        fn $method(self) -> Self {
            self.each(libm::$function)
        }
    )*};
}

impl<const N: usize> Real for Wide<N> {
    type Mask = WideMask<N>;

    #[inline(always)]
    fn constant(value: f64) -> Self {
        Self([F64x2::splat(value); N])
    }
    #[inline(always)]
    fn less_than(self, other: Self) -> WideMask<N> {
        WideMask(from_fn(|pair| self.0[pair].less_than(other.0[pair])))
    }
    #[inline(always)]
    fn is_nan(self) -> WideMask<N> {
        WideMask(self.0.map(F64x2::is_nan))
    }
    #[inline(always)]
    fn select(WideMask(mask): WideMask<N>, yes: Self, no: Self) -> Self {
        Self(from_fn(|pair| F64x2::select(mask[pair], yes.0[pair], no.0[pair])))
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        self.map(F64x2::sqrt)
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        self.join(other, F64x2::min)
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        self.join(other, F64x2::max)
    }
    #[inline(always)]
    fn abs(self) -> Self {
        self.map(F64x2::abs)
    }
    #[inline(never)]
    fn sin_cos(self) -> (Self, Self) {
        let mut cosines = self;
        let sines = Self::new(|lane| {
            let (sin, cos) = libm::sincos(self.get(lane));
            cosines.set(lane, cos);
            sin
        });
        (sines, cosines)
    }
    fn atan2(self, x: Self) -> Self {
        self.both(x, libm::atan2)
    }
    fn powf(self, exponent: Self) -> Self {
        self.both(exponent, libm::pow)
    }
    elementary!(
        exp exp, ln log, log10 log10, log2 log2, cbrt cbrt, sin sin, cos cos, tan tan, asin asin,
        acos acos, atan atan, sinh sinh, cosh cosh, tanh tanh, floor floor
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::number::{Dual, Root, variables};

    /// Signs, corners, what is not finite, and ordinary numbers.
    const NUMBERS: [f64; 16] = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.3,
        -2.5,
        7.9,
        1e-310,
        1e300,
        -1e300,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        0.5,
        -0.7,
        12.25,
    ];

    fn same(a: f64, b: f64) -> bool {
        a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
    }

    /// Everything that formulas may do with two numbers.
    fn operations<R: Real>(a: R, b: R) -> Vec<R> {
        vec![
            a + b,
            a - b,
            a * b,
            a / b,
            a + 0.3,
            a - 0.3,
            a * 0.3,
            a / 0.3,
            -a,
            R::constant(0.3),
            R::select(a.less_than(b), a, b),
            R::select(a.is_nan(), b, a),
            a.min(b),
            a.max(b),
            a.sign(),
            a.exp(),
            a.ln(),
            a.log10(),
            a.log2(),
            a.sqrt(),
            a.cbrt(),
            a.sin(),
            a.cos(),
            a.tan(),
            a.sin_cos().0,
            a.sin_cos().1,
            a.asin(),
            a.acos(),
            a.atan(),
            a.atan2(b),
            a.sinh(),
            a.cosh(),
            a.tanh(),
            a.abs(),
            a.floor(),
            a.powf(b),
            a.root_powered(Root::Cube, 4.0),
            a.powi(5),
        ]
    }

    #[test]
    fn every_lane_has_the_bits_of_a_single_number() {
        for (first, a) in NUMBERS.chunks_exact(LANES).enumerate() {
            for turn in 0..NUMBERS.len() {
                let b: [f64; LANES] =
                    from_fn(|lane| NUMBERS[(first * LANES + lane + turn) % NUMBERS.len()]);
                let a: [f64; LANES] = from_fn(|lane| a[lane]);
                for (index, lanes) in
                    operations(Lanes::new(|lane| a[lane]), Lanes::new(|lane| b[lane]))
                        .into_iter()
                        .enumerate()
                {
                    for lane in 0..LANES {
                        let alone = operations(a[lane], b[lane])[index];
                        let what = format!("operation {index} of {} and {}", a[lane], b[lane]);
                        assert!(
                            same(lanes.get(lane), alone),
                            "{what}: {}, {alone}",
                            lanes.get(lane)
                        );
                    }
                }
            }
        }
    }

    /// Value and slopes of what has kinks, ties and holes.
    fn corners<R: Real>(x: R, y: R) -> Vec<[R; 3]> {
        let (x, y) = variables(x, y);
        let zero = Dual::constant(0.0);
        let formulas = [
            x.min(y),
            x.max(y),
            x.max(zero) + y,
            x.abs().max(y.abs()),
            (x * y).min(x.ln()),
            x.sqrt().max(y),
            x.root_powered(Root::Cube, 4.0) * y,
            x.root_powered(Root::Square, 2.0),
            x.sign() * y,
        ];
        formulas.into_iter().map(|d| [d.value, d.dx(), d.dy()]).collect()
    }

    #[test]
    fn kinks_and_ties_have_the_same_slopes_in_every_lane() {
        for (a, b) in NUMBERS.iter().flat_map(|a| NUMBERS.iter().map(move |b| (*a, *b))) {
            let alone = corners(a, b);
            let lanes = corners(Lanes::constant(a), Lanes::constant(b));
            for (index, (lanes, alone)) in lanes.into_iter().zip(alone).enumerate() {
                for (lanes, alone) in lanes.into_iter().zip(alone) {
                    assert!(same(lanes.get(1), alone), "formula {index} at {a}, {b}: {alone}");
                }
            }
        }
    }

    #[test]
    fn masks_join_and_nan_compares_with_nothing() {
        let a = Lanes::new(|lane| if lane == 0 { f64::NAN } else { lane as f64 });
        let one = Lanes::constant(1.0);
        let low = a.at_most(one);
        let lanes =
            |mask: WideMask<TWINS>| (0..LANES).filter(|&lane| mask.holds(lane)).collect::<Vec<_>>();
        assert_eq!(lanes(low), [1]);
        assert_eq!(lanes(one.less_than(a)), (2..LANES).collect::<Vec<_>>());
        assert_eq!(lanes(low.and(a.less_than(one))), [0; 0]);
        assert!(one.at_most(one).all() && !low.all());
    }

    #[test]
    fn lanes_are_set_one_by_one() {
        let mut lanes = Lanes::new(|lane| lane as f64);
        lanes.set(1, 7.5);
        let pair = Pair::of([lanes, Lanes::constant(3.0)]);
        let numbers = |lanes: Lanes| -> [f64; LANES] { from_fn(|lane| lanes.get(lane)) };
        let expected: [f64; LANES] = from_fn(|lane| if lane == 1 { 7.5 } else { lane as f64 });
        assert_eq!(pair.split().map(numbers), [expected, [3.0; LANES]]);
    }
}
