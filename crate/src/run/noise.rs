//! Seeded chance: the same seed and step give the same numbers on every machine.
//!
//! The numbers of a step follow from seed and step alone, without a running state, so that all
//! runs of a comparison meet the same noise and a path can be taken up anywhere. The mixing is
//! SplitMix64: Steele, Lea & Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.

use crate::math::geometry::Vector;

/// Where the chance of a run comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Noise {
    /// Standard deviation added to each coordinate of the gradient.
    pub deviation: f64,
    /// Samples drawn, with replacement, for the gradient of a loss from data; 0 takes all.
    pub batch: usize,
    /// Seed.
    pub seed: u32,
}

/// Streams of one step, so that its uses do not share numbers.
const GRADIENT: u64 = 0;
const BATCH: u64 = 1;

/// A sequence of numbers for one purpose at one step.
struct Sequence(u64);

impl Sequence {
    fn new(seed: u32, step: usize, stream: u64) -> Self {
        let mut mixer = Self(u64::from(seed) ^ stream.rotate_left(40));
        let start = mixer.next() ^ (step as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self(start)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Uniform in (0, 1].
    fn uniform(&mut self) -> f64 {
        ((self.next() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }
}

impl Noise {
    /// What is added to the gradient at step `count`, if anything: two independent normal numbers,
    /// by Box and Muller's transform (1958).
    pub fn gradient(&self, count: usize) -> Option<Vector> {
        if self.deviation == 0.0 {
            return None;
        }
        let mut sequence = Sequence::new(self.seed, count, GRADIENT);
        let radius = self.deviation * (-2.0 * libm::log(sequence.uniform())).sqrt();
        let (sin, cos) = libm::sincos(std::f64::consts::TAU * sequence.uniform());
        Some(Vector::new(radius * cos, radius * sin))
    }

    /// Whether a surface with this number of samples is seen through minibatches: one of all samples
    /// or more is none.
    pub fn takes_batches(&self, samples: usize) -> bool {
        self.batch != 0 && self.batch < samples
    }

    /// The samples, out of `samples`, whose gradient step `count` takes; `None` means all.
    /// Writes into `indices`, which is reused from step to step.
    pub fn batch<'a>(
        &self,
        count: usize,
        samples: usize,
        indices: &'a mut Vec<usize>,
    ) -> Option<&'a [usize]> {
        if !self.takes_batches(samples) {
            return None;
        }
        let mut sequence = Sequence::new(self.seed, count, BATCH);
        indices.clear();
        indices.extend((0..self.batch).map(|_| (sequence.next() % samples as u64) as usize));
        Some(indices)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seed_and_the_step_decide() {
        let noise = Noise { deviation: 1.0, seed: 7, ..Noise::default() };
        assert_eq!(noise.gradient(3), noise.gradient(3));
        assert_ne!(noise.gradient(3), noise.gradient(4));
        assert_ne!(noise.gradient(3), Noise { seed: 8, ..noise }.gradient(3));
        assert_eq!(Noise::default().gradient(3), None);
    }

    #[test]
    fn gradients_are_normal_with_the_deviation() {
        let noise = Noise { deviation: 2.0, seed: 1, ..Noise::default() };
        let count = 20_000;
        let drawn: Vec<f64> = (0..count)
            .flat_map(|k| {
                let v = noise.gradient(k).expect("noise");
                [v.x, v.y]
            })
            .collect();
        let n = drawn.len() as f64;
        let mean = drawn.iter().sum::<f64>() / n;
        let moment = |power: i32| drawn.iter().map(|v| (v - mean).powi(power)).sum::<f64>() / n;
        assert!(mean.abs() < 0.04, "mean {mean}");
        assert!((moment(2) - 4.0).abs() < 0.1, "variance {}", moment(2));
        // A normal distribution's fourth moment is three times its variance squared.
        assert!((moment(4) / moment(2).powi(2) - 3.0).abs() < 0.15);
    }

    #[test]
    fn batches_draw_every_sample_about_equally_often() {
        let noise = Noise { batch: 4, seed: 3, ..Noise::default() };
        let mut counts = [0_u32; 10];
        let mut indices = Vec::new();
        for step in 0..5000 {
            for index in noise.batch(step, 10, &mut indices).expect("a batch") {
                counts[*index] += 1;
            }
        }
        assert!(counts.iter().all(|count| (1800..2200).contains(count)), "{counts:?}");
        assert_eq!(noise.batch(1, 4, &mut indices), None, "all samples are no batch");
    }
}
