//! Crossings of a resting place by many balls at once, counted as
//! [`Run::overshoots`](crate::run::Run::overshoots) counts them.

use super::lane_pool::numbers;
use crate::math::geometry::{Point, Vector};
use crate::math::number::{LANES, Lanes, Pair, Real};
use crate::run::overshoot_threshold;
use crate::surface::AnySurface;
use crate::theory::directions;

/// What is known of one ball's crossings: the offset that counts, the last offset that counted or 0
/// before there was one, and how many there were, each along one direction and the other.
pub(super) type Swing = [[f64; 2]; 3];

/// Counts crossings along the two eigen-directions of one resting place, for all lanes.
#[derive(Clone, Debug)]
pub(super) struct OvershootCounter {
    rest: Point,
    /// The Hessian's eigenvectors at the resting place.
    directions: [Vector; 2],
    thresholds: Vec<Pair>,
    sides: Vec<Pair>,
    counts: Vec<Pair>,
}

impl OvershootCounter {
    pub(super) fn around(rest: Point, surface: &dyn AnySurface) -> Self {
        let directions = directions(surface, rest).map(|eigen| eigen.direction);
        let [thresholds, sides, counts] = [const { Vec::new() }; 3];
        Self { rest, directions, thresholds, sides, counts }
    }

    /// Makes room for so many packs of balls.
    pub(super) fn resize(&mut self, packs: usize) {
        for pairs in [&mut self.thresholds, &mut self.sides, &mut self.counts] {
            pairs.resize(packs, Pair::default());
        }
    }

    /// That of a ball that starts here.
    pub(super) fn at_start(&self, start: Point) -> Swing {
        let place = Pair::of([start.x, start.y].map(Lanes::constant));
        let threshold = overshoot_threshold(start.x - self.rest.x, start.y - self.rest.y);
        let offsets = numbers(&offsets(self.rest, self.directions, place), 0);
        let side = offsets.map(|offset| if offset.abs() > threshold { offset } else { 0.0 });
        [[threshold; 2], side, [0.0; 2]]
    }

    /// Watches a ball from where it is.
    pub(super) fn put(&mut self, slot: usize, swing: Swing) {
        let all = [&mut self.thresholds, &mut self.sides, &mut self.counts];
        for (pairs, along) in all.into_iter().zip(swing) {
            for (axis, number) in along.into_iter().enumerate() {
                pairs[slot / LANES].set(axis * LANES + slot % LANES, number);
            }
        }
    }

    /// That of a ball.
    pub(super) fn swing(&self, slot: usize) -> Swing {
        [&self.thresholds, &self.sides, &self.counts]
            .map(|pairs| numbers(&pairs[slot / LANES], slot))
    }

    /// Looks where the balls are now.
    pub(super) fn watch(&mut self, positions: &[Pair]) {
        let (rest, directions) = (self.rest, self.directions);
        let states = self.thresholds.iter().zip(&mut self.sides).zip(&mut self.counts);
        for (&place, ((threshold, side), count)) in positions.iter().zip(states) {
            let now = offsets(rest, directions, place);
            let beyond = threshold.less_than(now.abs());
            let crossed = beyond.and((now * *side).less_than(Pair::default()));
            *count = Pair::select(crossed, *count + 1.0, *count);
            *side = Pair::select(beyond, now, *side);
        }
    }

    /// Crossings so far, along the direction with more of them.
    pub(super) fn count(&self, slot: usize) -> u32 {
        let [.., counts] = self.swing(slot);
        counts.into_iter().fold(0, |most, count| most.max(count as u32))
    }
}

/// How far balls are from the resting place along the one direction and along the other.
fn offsets(rest: Point, directions: [Vector; 2], place: Pair) -> Pair {
    let [x, y] = place.split();
    let (x, y) = (x - rest.x, y - rest.y);
    Pair::of(directions.map(|direction| x * direction.x + y * direction.y))
}
