//! Crossings of a resting place by many balls at once, counted as
//! [`Run::overshoots`](crate::run::Run::overshoots) counts them.

use super::slots::copy_pair;
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
    /// Offsets that count, along one direction and the other, for each ball.
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

    /// Makes room for so many packs of balls.
    pub(super) fn resize(&mut self, packs: usize) {
        for pairs in [&mut self.thresholds, &mut self.sides, &mut self.counts] {
            pairs.resize(packs, Pair::default());
        }
    }

    /// Begins to watch a ball that starts here.
    pub(super) fn put(&mut self, slot: usize, start: Point) {
        let place = Pair::of([start.x, start.y].map(Lanes::constant));
        let offset = offsets(self.rest, self.directions, place);
        let (pack, lane) = (slot / LANES, slot % LANES);
        for lane in [lane, LANES + lane] {
            self.sides[pack].set(lane, offset.get(lane));
            self.thresholds[pack].set(lane, overshoot_threshold(offset.get(lane)));
            self.counts[pack].set(lane, 0.0);
        }
    }

    /// Looks where the balls are now.
    pub(super) fn watch(&mut self, positions: &[Pair]) {
        let (rest, directions) = (self.rest, self.directions);
        let states = self.thresholds.iter().zip(&mut self.sides).zip(&mut self.counts);
        for (&place, ((threshold, side), count)) in positions.iter().zip(states) {
            let now = offsets(rest, directions, place);
            let crossed =
                threshold.less_than(now.abs()).and((now * *side).less_than(Pair::default()));
            *count = Pair::select(crossed, *count + 1.0, *count);
            *side = Pair::select(crossed, now, *side);
        }
    }

    /// Crossings so far, along the direction with more of them.
    pub(super) fn count(&self, slot: usize) -> u32 {
        let of = |count: Lanes| count.get(slot % LANES) as u32;
        self.counts[slot / LANES].split().map(of).into_iter().max().unwrap_or(0)
    }

    /// Puts a ball in the place of another.
    pub(super) fn copy(&mut self, from: usize, to: usize) {
        for pairs in [&mut self.thresholds, &mut self.sides, &mut self.counts] {
            copy_pair(pairs, |pair| pair, from, to);
        }
    }
}

/// How far balls are from the resting place along the one direction and along the other.
fn offsets(rest: Point, directions: [Vector; 2], place: Pair) -> Pair {
    let [x, y] = place.split();
    let (x, y) = (x - rest.x, y - rest.y);
    Pair::of(directions.map(|direction| x * direction.x + y * direction.y))
}
