//! Several numbers side by side, for computing many balls at once.
//!
//! Each lane gives the bits that `f64` gives. Arithmetic is written as loops of fixed length that
//! compilers turn into vector instructions (SSE2, or simd128 in a browser); elementary functions
//! go lane by lane through `libm`.

use super::Real;
use std::array::from_fn;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// Numbers side by side.
pub const LANES: usize = 4;

/// See the [module](self).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(align(16))]
pub struct Lanes(pub [f64; LANES]);

/// The x and the y of balls side by side.
pub type Pair = [Lanes; 2];

/// Truth values side by side: all bits set, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(16))]
pub struct LaneMask([u64; LANES]);

impl LaneMask {
    #[inline(always)]
    fn new(holds: impl Fn(usize) -> bool) -> Self {
        Self(from_fn(|lane| if holds(lane) { u64::MAX } else { 0 }))
    }

    /// Where either holds.
    #[inline(always)]
    pub fn or(self, other: Self) -> Self {
        Self(from_fn(|lane| self.0[lane] | other.0[lane]))
    }

    /// Where both hold.
    #[inline(always)]
    pub fn and(self, other: Self) -> Self {
        Self(from_fn(|lane| self.0[lane] & other.0[lane]))
    }

    /// Whether it holds in this lane.
    pub fn holds(self, lane: usize) -> bool {
        self.0[lane] != 0
    }

    /// Whether it holds anywhere.
    #[inline(always)]
    pub fn any(self) -> bool {
        self.0.iter().fold(0, |all, lane| all | lane) != 0
    }
}

impl Lanes {
    /// Where `self` is not at most `other`: where it is more, or either is not a number.
    #[inline(always)]
    pub fn exceeds(self, other: Self) -> LaneMask {
        #[expect(clippy::neg_cmp_op_on_partial_ord, reason = "what is not a number exceeds")]
        LaneMask::new(|lane| !(self.0[lane] <= other.0[lane]))
    }

    /// The same function in every lane. A call for each, once in the program: inlined, the
    /// elementary functions would be many times the size of everything else.
    #[inline(never)]
    fn each(self, function: fn(f64) -> f64) -> Self {
        Self(from_fn(|lane| function(self.0[lane])))
    }

    /// The same function of two numbers in every lane.
    #[inline(never)]
    fn both(self, other: Self, function: fn(f64, f64) -> f64) -> Self {
        Self(from_fn(|lane| function(self.0[lane], other.0[lane])))
    }
}

impl Neg for Lanes {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Self(from_fn(|lane| -self.0[lane]))
    }
}

macro_rules! operators {
    ($($trait:ident $method:ident $operator:tt),*) => {$(
        impl $trait for Lanes {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                Self(from_fn(|lane| self.0[lane] $operator other.0[lane]))
            }
        }
        impl $trait<f64> for Lanes {
            type Output = Self;
            #[inline(always)]
            fn $method(self, constant: f64) -> Self {
                Self(from_fn(|lane| self.0[lane] $operator constant))
            }
        }
    )*};
}
operators!(Add add +, Sub sub -, Mul mul *, Div div /);

/// Methods of one argument, each with the name of its function in `libm`.
macro_rules! elementary {
    ($($method:ident $function:ident),*) => {$(
        fn $method(self) -> Self {
            self.each(libm::$function)
        }
    )*};
}

impl Real for Lanes {
    type Mask = LaneMask;

    #[inline(always)]
    fn constant(value: f64) -> Self {
        Self([value; LANES])
    }
    #[inline(always)]
    fn less_than(self, other: Self) -> LaneMask {
        LaneMask::new(|lane| self.0[lane] < other.0[lane])
    }
    #[inline(always)]
    fn select(LaneMask(mask): LaneMask, yes: Self, no: Self) -> Self {
        let bits = |lane: usize| {
            (yes.0[lane].to_bits() & mask[lane]) | (no.0[lane].to_bits() & !mask[lane])
        };
        Self(from_fn(|lane| f64::from_bits(bits(lane))))
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        Self(from_fn(|lane| self.0[lane].sqrt()))
    }
    #[inline(always)]
    fn abs(self) -> Self {
        Self(from_fn(|lane| self.0[lane].abs()))
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
                for (index, lanes) in operations(Lanes(a), Lanes(b)).into_iter().enumerate() {
                    for lane in 0..LANES {
                        let alone = operations(a[lane], b[lane])[index];
                        let what = format!("operation {index} of {} and {}", a[lane], b[lane]);
                        assert!(same(lanes.0[lane], alone), "{what}: {}, {alone}", lanes.0[lane]);
                    }
                }
            }
        }
    }

    #[test]
    fn masks_join_and_what_is_no_number_exceeds() {
        let a = Lanes(from_fn(|lane| if lane == 0 { f64::NAN } else { lane as f64 }));
        let one = Lanes::constant(1.0);
        let above = a.exceeds(one);
        assert_eq!(above, LaneMask::new(|lane| lane != 1));
        assert_eq!(above.and(one.less_than(a)), LaneMask::new(|lane| lane > 1));
        assert_eq!(above.or(a.less_than(one)), above);
        assert!(above.any() && !one.less_than(one).any());
    }
}
