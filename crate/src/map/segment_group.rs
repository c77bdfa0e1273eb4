//! Balls of a batch that move by the same settings, each at a step of its own.

use super::ball_batch::{BallOutcome, Course, Ending};
use super::ending::Stop;
use super::lane_pool::{BallState, Exit, LanePool, made};
use super::noise::BatchNoise;
use crate::math::geometry::Vector;
use crate::math::lockstep::Limits;
use crate::math::number::{LANES, Lanes, Pair, Real};
use crate::optimizer::{Balls, Round};
use crate::run::settling::Settling;
use crate::run::{Plan, Segment};
use std::array::from_fn;

/// The balls that are in one segment of one plan.
#[derive(Debug)]
pub(super) struct SegmentGroup<'a> {
    pub(super) plan: &'a Plan,
    /// Which segment of the plan its balls are in.
    pub(super) index: usize,
    segment: &'a Segment,
    /// The shares of its peak that the learning rate has in the steps of the segment; none where it
    /// does not change.
    shares: Vec<f64>,
    /// Balls leave when they have made so many steps.
    limit: usize,
    /// On the batch's clock, when one may have made them.
    due: usize,
    pub(super) slots: LanePool,
}

/// What is needed for a step, and used again for the next one.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// Learning rates, where they change.
    lrs: Vec<Lanes>,
    /// Where gradients are taken, if not where the balls are.
    probes: Vec<Pair>,
    /// The gradients there, or of minibatches.
    pushes: Vec<Pair>,
}

impl<'a> SegmentGroup<'a> {
    /// A group without balls for one segment of a plan; `slots` must be empty.
    pub(super) fn new(plan: &'a Plan, index: usize, slots: LanePool) -> Self {
        let segment = &plan.segments[index];
        let next = plan.segments.get(index + 1).map_or(plan.steps, |next| next.from);
        let limit = next.min(plan.steps);
        let shares = match segment.schedule.is_constant() {
            true => Vec::new(),
            false => {
                (segment.from + 1..=limit).map(|count| segment.schedule.share(count)).collect()
            }
        };
        Self { plan, index, segment, shares, limit, due: usize::MAX, slots }
    }

    /// Lets a ball in.
    pub(super) fn add(&mut self, mut ball: BallState, own_rates: usize, clock: usize) {
        if self.index >= own_rates {
            ball.peak = self.segment.lr;
        }
        self.due = self.due.min(clock + self.limit - ball.made);
        self.slots.add(ball);
    }

    /// Finds who has stopped, and who has made all steps of the segment.
    pub(super) fn look(
        &mut self,
        course: &Course<'_>,
        (limits, settling): (Limits, Settling),
        clock: usize,
    ) {
        let stop = Stop { limits, rule: &*self.segment.optimizer, settling };
        self.slots.look(course.surface, &stop);
        if clock >= self.due {
            let ends = self.limit == self.plan.steps;
            let exit = if ends { Exit::Stops(Ending::Moving) } else { Exit::GoesOn };
            self.due = clock + self.limit - self.slots.find_made(self.limit, exit);
        }
    }

    /// Tells of those that have stopped, and lets those go that go on by other settings, see
    /// [`LanePool::part`].
    pub(super) fn part(
        &mut self,
        waiting: usize,
        stopped: &mut impl FnMut(BallOutcome),
        going: &mut Vec<(&'a Plan, BallState)>,
    ) {
        let plan = self.plan;
        self.slots.part(waiting, stopped, |ball| going.push((plan, ball)));
    }

    /// Makes a step of each ball.
    pub(super) fn step(&mut self, course: &Course<'_>, chance: &BatchNoise, scratch: &mut Scratch) {
        let Scratch { lrs, probes, pushes } = scratch;
        let surface = course.surface;
        let (segment, slots) = (self.segment, &mut self.slots);
        slots.befores.copy_from_slice(&slots.positions);
        let balls = Balls { positions: &mut slots.positions, memories: &mut slots.memories };
        let gradients = if segment.optimizer.looks_ahead() || chance.has_batches() {
            let packs = balls.positions.len();
            probes.resize(packs, Pair::default());
            pushes.resize(packs, Pair::default());
            segment.optimizer.probes(&balls, probes);
            if chance.has_batches() {
                let of = |counts| from_fn(|lane| chance.batch(made(counts, lane)));
                let batches: Vec<[&[usize]; LANES]> = slots.counts.iter().map(of).collect();
                surface.batch_gradients(probes, &batches, pushes);
            } else {
                surface.gradients(probes, pushes);
            }
            &mut pushes[..]
        } else {
            &mut slots.slopes[..]
        };
        if chance.has_noise() {
            add(gradients, chance, &slots.counts);
        }
        let lrs = if self.shares.is_empty() {
            &slots.peaks
        } else {
            share_out(lrs, (&slots.peaks, &slots.counts), &self.shares, segment.from);
            &*lrs
        };
        let lost = segment.optimizer.looks_ahead() && !are_finite(gradients);
        segment.optimizer.steps(balls, gradients, &Round { counts: &slots.counts, lrs });
        if lost {
            lose(&mut slots.positions, gradients);
        }
        if course.line {
            for place in &mut slots.positions {
                let [x, _] = place.split();
                *place = Pair::of([x, Lanes::default()]);
            }
        }
        slots.counts.iter_mut().for_each(|counts| *counts = *counts + 1.0);
    }
}

/// Whether all gradients are finite numbers.
fn are_finite(gradients: &[Pair]) -> bool {
    let limit = Pair::constant(f64::INFINITY);
    gradients.iter().all(|gradient| gradient.abs().less_than(limit).all())
}

/// Makes the places of balls not a number whose gradient was none, or was infinite.
fn lose(places: &mut [Pair], gradients: &[Pair]) {
    for (place, gradient) in places.iter_mut().zip(gradients) {
        let [dx, dy] = gradient.split();
        // 0 times what is not finite is not a number.
        let finite = (dx * 0.0 + dy * 0.0).abs().less_than(Lanes::constant(1.0));
        let keep = |axis: Lanes| Lanes::select(finite, axis, Lanes::constant(f64::NAN));
        *place = Pair::of(place.split().map(keep));
    }
}

/// Adds to each ball's gradient the noise of its step.
fn add(gradients: &mut [Pair], chance: &BatchNoise, counts: &[Lanes]) {
    for (gradient, counts) in gradients.iter_mut().zip(counts) {
        let noise: [Vector; LANES] = from_fn(|lane| chance.noise(made(counts, lane)));
        let [x, y] = [Lanes::new(|lane| noise[lane].x), Lanes::new(|lane| noise[lane].y)];
        *gradient = *gradient + Pair::of([x, y]);
    }
}

/// Gives each ball its share of the peak learning rate, by the steps made since `from`.
fn share_out(
    lrs: &mut Vec<Lanes>,
    (peaks, counts): (&[Lanes], &[Lanes]),
    shares: &[f64],
    from: usize,
) {
    lrs.clear();
    lrs.extend(peaks.iter().zip(counts).map(|(peak, counts)| {
        // Lanes without a ball count on.
        let of = |lane| shares.get(made(counts, lane).wrapping_sub(from));
        *peak * Lanes::new(|lane| of(lane).copied().unwrap_or_default())
    }));
}
