//! Crossings of a resting place by many balls at once, counted as
//! [`Run::overshoots`](crate::run::Run::overshoots) counts them.

use super::flock::copy;
use crate::geometry::{Point, Vector};
use crate::number::{LANES, Lanes, Pair, Real};
use crate::run::overshoot_threshold;
use crate::surface::AnySurface;
use crate::theory::directions;

/// See the [module](self).
#[derive(Debug)]
pub(super) struct Swings {
    rest: Point,
    /// The Hessian's eigenvectors at the resting place.
    directions: [Vector; 2],
    /// Offsets that count, along both directions, for each ball.
    thresholds: Vec<Pair>,
    /// The offset at which each ball last came to the other side.
    sides: Vec<Pair>,
    counts: Vec<Pair>,
}

impl Swings {
    pub(super) fn around(rest: Point, surface: &dyn AnySurface) -> Self {
        let directions = directions(surface, rest).map(|eigen| eigen.direction);
        let [thresholds, sides, counts] = [const { Vec::new() }; 3];
        Self { rest, directions, thresholds, sides, counts }
    }

    /// Begins to watch balls that start here.
    pub(super) fn begin(&mut self, starts: &[Pair]) {
        let offsets = || starts.iter().map(|&place| offsets(self.rest, self.directions, place));
        self.sides = offsets().collect();
        self.thresholds = offsets().map(|pair| pair.map(overshoot_threshold)).collect();
        self.counts = vec![Pair::default(); starts.len()];
    }

    /// Looks where the balls are now.
    pub(super) fn watch(&mut self, positions: &[Pair]) {
        let (rest, directions) = (self.rest, self.directions);
        let states = self.thresholds.iter().zip(&mut self.sides).zip(&mut self.counts);
        for (&place, ((threshold, side), count)) in positions.iter().zip(states) {
            let now = offsets(rest, directions, place);
            for axis in 0..2 {
                let (now, threshold) = (now[axis], threshold[axis]);
                let (side, count) = (&mut side[axis], &mut count[axis]);
                let crossed = threshold
                    .less_than(now.abs())
                    .and((now * *side).less_than(Lanes::constant(0.0)));
                *count = Lanes::select(crossed, *count + 1.0, *count);
                *side = Lanes::select(crossed, now, *side);
            }
        }
    }

    /// Crossings so far, along the direction with more of them.
    pub(super) fn count(&self, slot: usize) -> u32 {
        let of = |count: &Lanes| count.get(slot % LANES) as u32;
        self.counts[slot / LANES].iter().map(of).max().unwrap_or(0)
    }

    /// Puts a ball in the place of another.
    pub(super) fn copy(&mut self, from: usize, to: usize) {
        for pairs in [&mut self.thresholds, &mut self.sides, &mut self.counts] {
            for axis in 0..2 {
                copy(pairs, |pair| &mut pair[axis], from, to);
            }
        }
    }
}

/// How far balls are from the resting place along both directions.
fn offsets(rest: Point, directions: [Vector; 2], [x, y]: Pair) -> Pair {
    let (x, y) = (x - rest.x, y - rest.y);
    directions.map(|direction| x * direction.x + y * direction.y)
}
