//! Two numbers in one vector register, of which [`Lanes`](super::Lanes) is made.
//!
//! SSE2 on x86-64, simd128 in WebAssembly: left to themselves, compilers gather numbers from
//! several balls at every step, at twice the cost. Elsewhere plain loops. All of them round as
//! IEEE 754 says, so each half has the bits that `f64` has.

pub(super) use vector::{F64x2, Mask};

impl Mask {
    /// The bits of a mask that holds in both halves.
    pub(super) const BOTH: u8 = 3;
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod vector {
    use std::arch::wasm32::*;
    use std::mem::transmute;

    #[derive(Clone, Copy, Debug)]
    #[repr(transparent)]
    pub(in super::super) struct F64x2(v128);

    #[derive(Clone, Copy, Debug)]
    #[repr(transparent)]
    pub(in super::super) struct Mask(v128);

    impl F64x2 {
        #[inline(always)]
        pub(in super::super) fn new(low: f64, high: f64) -> Self {
            Self(f64x2(low, high))
        }
        #[inline(always)]
        pub(in super::super) fn of(numbers: [f64; 2]) -> Self {
            // SAFETY: both are two numbers, and any bits are numbers.
            Self(unsafe { transmute::<[f64; 2], v128>(numbers) })
        }
        #[inline(always)]
        pub(in super::super) fn array(self) -> [f64; 2] {
            // SAFETY: as above.
            unsafe { transmute::<v128, [f64; 2]>(self.0) }
        }
        #[inline(always)]
        pub(in super::super) fn splat(value: f64) -> Self {
            Self(f64x2_splat(value))
        }
        #[inline(always)]
        pub(in super::super) fn halves(self) -> [f64; 2] {
            [f64x2_extract_lane::<0>(self.0), f64x2_extract_lane::<1>(self.0)]
        }
        #[inline(always)]
        pub(in super::super) fn add(self, o: Self) -> Self {
            Self(f64x2_add(self.0, o.0))
        }
        #[inline(always)]
        pub(in super::super) fn sub(self, o: Self) -> Self {
            Self(f64x2_sub(self.0, o.0))
        }
        #[inline(always)]
        pub(in super::super) fn mul(self, o: Self) -> Self {
            Self(f64x2_mul(self.0, o.0))
        }
        #[inline(always)]
        pub(in super::super) fn div(self, o: Self) -> Self {
            Self(f64x2_div(self.0, o.0))
        }
        #[inline(always)]
        pub(in super::super) fn neg(self) -> Self {
            Self(f64x2_neg(self.0))
        }
        #[inline(always)]
        pub(in super::super) fn abs(self) -> Self {
            Self(f64x2_abs(self.0))
        }
        #[inline(always)]
        pub(in super::super) fn sqrt(self) -> Self {
            Self(f64x2_sqrt(self.0))
        }
        #[inline(always)]
        pub(in super::super) fn min(self, o: Self) -> Self {
            Self::select(o.is_nan(), o, Self(f64x2_pmin(self.0, o.0)))
        }
        #[inline(always)]
        pub(in super::super) fn max(self, o: Self) -> Self {
            Self::select(o.is_nan(), o, Self(f64x2_pmax(self.0, o.0)))
        }
        #[inline(always)]
        pub(in super::super) fn less_than(self, o: Self) -> Mask {
            Mask(f64x2_lt(self.0, o.0))
        }
        #[inline(always)]
        pub(in super::super) fn is_nan(self) -> Mask {
            Mask(f64x2_ne(self.0, self.0))
        }
        #[inline(always)]
        pub(in super::super) fn at_most(self, o: Self) -> Mask {
            Mask(f64x2_le(self.0, o.0))
        }
        #[inline(always)]
        pub(in super::super) fn select(mask: Mask, yes: Self, no: Self) -> Self {
            Self(v128_bitselect(yes.0, no.0, mask.0))
        }
    }

    impl Mask {
        #[inline(always)]
        pub(in super::super) fn and(self, o: Self) -> Self {
            Self(v128_and(self.0, o.0))
        }
        /// A bit for each half. Engines make one instruction of it, of `i64x2_all_true` several.
        #[inline(always)]
        pub(in super::super) fn bits(self) -> u8 {
            i64x2_bitmask(self.0)
        }
        #[inline(always)]
        pub(in super::super) fn halves(self) -> [bool; 2] {
            [i64x2_extract_lane::<0>(self.0) != 0, i64x2_extract_lane::<1>(self.0) != 0]
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod vector {
    use std::arch::x86_64::*;
    use std::mem::transmute;

    #[derive(Clone, Copy, Debug)]
    #[repr(transparent)]
    pub(in super::super) struct F64x2(__m128d);

    #[derive(Clone, Copy, Debug)]
    #[repr(transparent)]
    pub(in super::super) struct Mask(__m128d);

    /// An instruction of SSE2.
    macro_rules! sse2 {
        ($function:ident($($argument:expr),*)) => {
            // SAFETY: every x86-64 has SSE2, and these touch no memory.
            unsafe { $function($($argument),*) }
        };
    }

    impl F64x2 {
        #[inline(always)]
        pub(in super::super) fn new(low: f64, high: f64) -> Self {
            Self(sse2!(_mm_set_pd(high, low)))
        }
        #[inline(always)]
        pub(in super::super) fn of(numbers: [f64; 2]) -> Self {
            // SAFETY: both are two numbers, and any bits are numbers.
            Self(unsafe { transmute::<[f64; 2], __m128d>(numbers) })
        }
        #[inline(always)]
        pub(in super::super) fn array(self) -> [f64; 2] {
            // SAFETY: as above.
            unsafe { transmute::<__m128d, [f64; 2]>(self.0) }
        }
        #[inline(always)]
        pub(in super::super) fn splat(value: f64) -> Self {
            Self(sse2!(_mm_set1_pd(value)))
        }
        #[inline(always)]
        pub(in super::super) fn halves(self) -> [f64; 2] {
            let high = sse2!(_mm_unpackhi_pd(self.0, self.0));
            [sse2!(_mm_cvtsd_f64(self.0)), sse2!(_mm_cvtsd_f64(high))]
        }
        #[inline(always)]
        pub(in super::super) fn add(self, o: Self) -> Self {
            Self(sse2!(_mm_add_pd(self.0, o.0)))
        }
        #[inline(always)]
        pub(in super::super) fn sub(self, o: Self) -> Self {
            Self(sse2!(_mm_sub_pd(self.0, o.0)))
        }
        #[inline(always)]
        pub(in super::super) fn mul(self, o: Self) -> Self {
            Self(sse2!(_mm_mul_pd(self.0, o.0)))
        }
        #[inline(always)]
        pub(in super::super) fn div(self, o: Self) -> Self {
            Self(sse2!(_mm_div_pd(self.0, o.0)))
        }
        #[inline(always)]
        pub(in super::super) fn neg(self) -> Self {
            let sign = Self::splat(-0.0).0;
            Self(sse2!(_mm_xor_pd(self.0, sign)))
        }
        #[inline(always)]
        pub(in super::super) fn abs(self) -> Self {
            let sign = Self::splat(-0.0).0;
            Self(sse2!(_mm_andnot_pd(sign, self.0)))
        }
        #[inline(always)]
        pub(in super::super) fn sqrt(self) -> Self {
            Self(sse2!(_mm_sqrt_pd(self.0)))
        }
        #[inline(always)]
        pub(in super::super) fn min(self, o: Self) -> Self {
            Self::select(o.is_nan(), o, Self(sse2!(_mm_min_pd(o.0, self.0))))
        }
        #[inline(always)]
        pub(in super::super) fn max(self, o: Self) -> Self {
            Self::select(o.is_nan(), o, Self(sse2!(_mm_max_pd(o.0, self.0))))
        }
        #[inline(always)]
        pub(in super::super) fn less_than(self, o: Self) -> Mask {
            Mask(sse2!(_mm_cmplt_pd(self.0, o.0)))
        }
        #[inline(always)]
        pub(in super::super) fn is_nan(self) -> Mask {
            Mask(sse2!(_mm_cmpunord_pd(self.0, self.0)))
        }
        #[inline(always)]
        pub(in super::super) fn at_most(self, o: Self) -> Mask {
            Mask(sse2!(_mm_cmple_pd(self.0, o.0)))
        }
        #[inline(always)]
        pub(in super::super) fn select(mask: Mask, yes: Self, no: Self) -> Self {
            let yes = sse2!(_mm_and_pd(mask.0, yes.0));
            let no = sse2!(_mm_andnot_pd(mask.0, no.0));
            Self(sse2!(_mm_or_pd(yes, no)))
        }
    }

    impl Mask {
        #[inline(always)]
        pub(in super::super) fn and(self, o: Self) -> Self {
            Self(sse2!(_mm_and_pd(self.0, o.0)))
        }
        #[inline(always)]
        pub(in super::super) fn bits(self) -> u8 {
            sse2!(_mm_movemask_pd(self.0)) as u8
        }
        #[inline(always)]
        pub(in super::super) fn halves(self) -> [bool; 2] {
            let signs = sse2!(_mm_movemask_pd(self.0));
            [signs & 1 != 0, signs & 2 != 0]
        }
    }
}

#[cfg(not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128"))))]
mod vector {
    #[derive(Clone, Copy, Debug)]
    #[repr(align(16))]
    pub(in super::super) struct F64x2([f64; 2]);

    #[derive(Clone, Copy, Debug)]
    #[repr(align(16))]
    pub(in super::super) struct Mask([u64; 2]);

    fn mask(holds: bool) -> u64 {
        if holds { u64::MAX } else { 0 }
    }

    macro_rules! arithmetic {
        ($($method:ident $operator:tt),*) => {$(
            #[inline(always)]
            pub(in super::super) fn $method(self, o: Self) -> Self {
                Self([self.0[0] $operator o.0[0], self.0[1] $operator o.0[1]])
            }
        )*};
    }

    impl F64x2 {
        arithmetic!(add +, sub -, mul *, div /);

        #[inline(always)]
        pub(in super::super) fn new(low: f64, high: f64) -> Self {
            Self([low, high])
        }
        #[inline(always)]
        pub(in super::super) fn splat(value: f64) -> Self {
            Self([value; 2])
        }
        #[inline(always)]
        pub(in super::super) fn of(numbers: [f64; 2]) -> Self {
            Self(numbers)
        }
        #[inline(always)]
        pub(in super::super) fn array(self) -> [f64; 2] {
            self.0
        }
        #[inline(always)]
        pub(in super::super) fn halves(self) -> [f64; 2] {
            self.0
        }
        #[inline(always)]
        pub(in super::super) fn neg(self) -> Self {
            Self(self.0.map(|half| -half))
        }
        #[inline(always)]
        pub(in super::super) fn abs(self) -> Self {
            Self(self.0.map(f64::abs))
        }
        #[inline(always)]
        pub(in super::super) fn sqrt(self) -> Self {
            Self(self.0.map(f64::sqrt))
        }
        #[inline(always)]
        pub(in super::super) fn min(self, o: Self) -> Self {
            let other = |i: usize| o.0[i] < self.0[i] || o.0[i].is_nan();
            let half = |i: usize| if other(i) { o.0[i] } else { self.0[i] };
            Self([half(0), half(1)])
        }
        #[inline(always)]
        pub(in super::super) fn max(self, o: Self) -> Self {
            let other = |i: usize| self.0[i] < o.0[i] || o.0[i].is_nan();
            let half = |i: usize| if other(i) { o.0[i] } else { self.0[i] };
            Self([half(0), half(1)])
        }
        #[inline(always)]
        pub(in super::super) fn less_than(self, o: Self) -> Mask {
            Mask([mask(self.0[0] < o.0[0]), mask(self.0[1] < o.0[1])])
        }
        #[inline(always)]
        pub(in super::super) fn is_nan(self) -> Mask {
            Mask(self.0.map(|half| mask(half.is_nan())))
        }
        #[inline(always)]
        pub(in super::super) fn at_most(self, o: Self) -> Mask {
            Mask([mask(self.0[0] <= o.0[0]), mask(self.0[1] <= o.0[1])])
        }
        #[inline(always)]
        pub(in super::super) fn select(Mask(mask): Mask, yes: Self, no: Self) -> Self {
            let half = |i: usize| {
                f64::from_bits((yes.0[i].to_bits() & mask[i]) | (no.0[i].to_bits() & !mask[i]))
            };
            Self([half(0), half(1)])
        }
    }

    impl Mask {
        #[inline(always)]
        pub(in super::super) fn and(self, o: Self) -> Self {
            Self([self.0[0] & o.0[0], self.0[1] & o.0[1]])
        }
        #[inline(always)]
        pub(in super::super) fn bits(self) -> u8 {
            u8::from(self.0[0] != 0) | (u8::from(self.0[1] != 0) << 1)
        }
        #[inline(always)]
        pub(in super::super) fn halves(self) -> [bool; 2] {
            self.0.map(|half| half != 0)
        }
    }
}
