//! Balls of a flock that move by the same settings, each at a step of its own.

use super::chance::Chance;
use super::flock::{Course, Ending, Fate};
use super::slots::{Exit, Slots, Traveller, made};
use crate::geometry::Vector;
use crate::number::{LANES, Lanes, Pair};
use crate::optimizer::{Balls, Round};
use crate::rolling::Limits;
use crate::run::{Leg, Plan};
use std::array::from_fn;

/// See the [module](self).
#[derive(Debug)]
pub(super) struct Party<'a> {
    pub(super) plan: &'a Plan,
    /// Which leg of the plan its balls are in.
    pub(super) index: usize,
    leg: &'a Leg,
    /// The shares of its peak that the learning rate has in the steps of the leg; none where it
    /// does not change.
    shares: Vec<f64>,
    /// Balls leave when they have made so many steps.
    limit: usize,
    /// On the flock's clock, when one may have made them.
    due: usize,
    pub(super) slots: Slots,
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

impl<'a> Party<'a> {
    /// Nobody yet, in a leg of a plan; the slots are empty.
    pub(super) fn new(plan: &'a Plan, index: usize, slots: Slots) -> Self {
        let leg = &plan.legs[index];
        let next = plan.legs.get(index + 1).map_or(plan.steps, |next| next.from);
        let limit = next.min(plan.steps);
        let shares = match leg.schedule.is_constant() {
            true => Vec::new(),
            false => (leg.from + 1..=limit).map(|count| leg.schedule.share(count)).collect(),
        };
        Self { plan, index, leg, shares, limit, due: usize::MAX, slots }
    }

    /// Lets a ball in.
    pub(super) fn add(&mut self, mut ball: Traveller, own_rates: usize, clock: usize) {
        if self.index >= own_rates {
            ball.peak = self.leg.lr;
        }
        self.due = self.due.min(clock + self.limit - ball.made);
        self.slots.add(ball);
    }

    /// Finds who has stopped, and who has made all steps of the leg.
    pub(super) fn look(&mut self, course: &Course<'_>, limits: Limits, clock: usize) {
        self.slots.look(course.surface, limits);
        if clock >= self.due {
            let ends = self.limit == self.plan.steps;
            let exit = if ends { Exit::Stops(Ending::Moving) } else { Exit::GoesOn };
            self.due = clock + self.limit - self.slots.find_made(self.limit, exit);
        }
    }

    /// Tells of those that have stopped, and lets those go that go on by other settings, see
    /// [`Slots::part`].
    pub(super) fn part(
        &mut self,
        waiting: usize,
        stopped: &mut impl FnMut(Fate),
        going: &mut Vec<(&'a Plan, Traveller)>,
    ) {
        let plan = self.plan;
        self.slots.part(waiting, stopped, |ball| going.push((plan, ball)));
    }

    /// Makes a step of each ball.
    pub(super) fn step(&mut self, course: &Course<'_>, chance: &Chance, scratch: &mut Scratch) {
        let Scratch { lrs, probes, pushes } = scratch;
        let surface = course.surface;
        let (leg, slots) = (self.leg, &mut self.slots);
        let balls = Balls { positions: &mut slots.positions, memories: &mut slots.memories };
        let gradients = if leg.optimizer.looks_ahead() || chance.has_batches() {
            let packs = balls.positions.len();
            probes.resize(packs, Pair::default());
            pushes.resize(packs, Pair::default());
            leg.optimizer.probes(&balls, probes);
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
            share_out(lrs, (&slots.peaks, &slots.counts), &self.shares, leg.from);
            &*lrs
        };
        leg.optimizer.steps(balls, gradients, &Round { counts: &slots.counts, lrs });
        if course.line {
            for place in &mut slots.positions {
                let [x, _] = place.split();
                *place = Pair::of([x, Lanes::default()]);
            }
        }
        slots.counts.iter_mut().for_each(|counts| *counts = *counts + 1.0);
    }
}

/// Adds to each ball's gradient the noise of its step.
fn add(gradients: &mut [Pair], chance: &Chance, counts: &[Lanes]) {
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
