//! Many balls at once, each replaced by the next one as soon as it has stopped.
//!
//! A ball does here, bit for bit, what it does in [`Run`](crate::run::Run), but nothing is
//! recorded. Before each step every ball is looked at; one that has stopped gives its place to one
//! that waits or, when none does, to the last of the flock, so that all lanes stay busy. Each ball
//! is at a step of its own. Only balls that share minibatches or changes of settings have to be at
//! the same one: of them, a flock runs to its end before the next one begins.

use super::relay::Track;
use super::slots::{Slots, made};
use super::swings::Swings;
use crate::geometry::{Point, Vector};
use crate::number::{LANES, Lanes, Pair, Real};
use crate::optimizer::{Balls, Round, Steady};
use crate::rolling::Limits;
use crate::run::{DIVERGED, Leg, Plan};
use crate::surface::AnySurface;
use std::array::from_fn;

/// Balls that run at a time: enough that the last stragglers weigh little, few enough to stay in
/// the nearest cache.
const FLOCK: usize = 128;

/// A ball that waits for its start.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ball {
    /// Which one, to whom it matters.
    pub(super) id: u32,
    /// Where it starts.
    pub(super) start: Point,
    /// Peak learning rate.
    pub(super) lr: f64,
}

/// Why a ball's path ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// The gradient where it is was under the tolerance.
    Quiet,
    /// It left for good, by the rule of [`Run`](crate::run::Run).
    Diverged,
    /// There are no more steps.
    Moving,
}

/// What became of a ball.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fate {
    /// Which one.
    pub(super) ball: Ball,
    /// Where its path ended.
    pub(super) end: Point,
    /// Steps made.
    pub(super) steps: usize,
    /// Why it ended.
    pub(super) ending: Ending,
    /// Crossings of the resting place that were watched, along both directions.
    pub(super) overshoots: u32,
}

/// What a flock is asked to do.
#[derive(Debug)]
pub(super) struct Course<'a> {
    pub(super) surface: &'a dyn AnySurface,
    /// Rules, chance, tolerance and number of steps; each ball has a start of its own.
    pub(super) plan: &'a Plan,
    /// The number of first legs in which each ball has a learning rate of its own.
    pub(super) own_rates: usize,
}

/// See the [module](self). Its buffers are used again for the next balls.
#[derive(Debug, Default)]
pub(super) struct Flock {
    slots: Slots,
    /// Learning rates of the next step, where they change.
    lrs: Vec<Lanes>,
    /// Where the next gradient is taken, if not where the balls are.
    probes: Vec<Pair>,
    /// The gradients there, or of a minibatch.
    pushes: Vec<Pair>,
    indices: Vec<usize>,
}

impl Flock {
    /// Lets `balls` run and tells of each when it has stopped.
    pub(super) fn run(
        &mut self,
        course: &Course<'_>,
        balls: &[Ball],
        mut swings: Option<&mut Swings>,
        mut stopped: impl FnMut(Fate),
    ) {
        let Course { surface, plan, .. } = *course;
        let limits = Limits { quiet: square_below(plan.tolerance), far: DIVERGED };
        let batches = plan.noise.takes_batches(surface.samples());
        if let Some(rule) = steady(plan, balls).filter(|_| !batches && swings.is_none()) {
            return Track { surface, rule, limits, steps: plan.steps }.run(balls, stopped);
        }
        let in_step = batches || plan.legs.len() > 1;
        for balls in balls.chunks(if in_step { FLOCK } else { balls.len().max(1) }) {
            self.roll(course, limits, balls, swings.as_deref_mut(), &mut stopped);
        }
    }

    fn roll(
        &mut self,
        course: &Course<'_>,
        limits: Limits,
        balls: &[Ball],
        mut swings: Option<&mut Swings>,
        stopped: &mut impl FnMut(Fate),
    ) {
        let Course { surface, plan, own_rates } = *course;
        let batches = plan.noise.takes_batches(surface.samples());
        let line = surface.description().dimension == 1;
        let (flock, waiting) = balls.split_at(balls.len().min(FLOCK));
        let mut waiting = waiting.iter();
        let Self { slots, lrs, probes, pushes, indices } = self;
        slots.fill(flock, &mut swings);
        let noise: Vec<Vector> = (1..=plan.steps).map_while(|k| plan.noise.gradient(k)).collect();
        let mut legs = plan.legs.iter().enumerate().peekable();
        let Some((_, mut leg)) = legs.next() else { return };
        let mut shares = shares_of(leg, legs.peek().map_or(plan.steps, |(_, next)| next.from));
        // No ball is out of steps before.
        let mut due = plan.steps;
        for clock in 0.. {
            slots.look(surface, limits);
            if let Some(swings) = &mut swings {
                swings.watch(&slots.positions);
            }
            if clock == due {
                due = clock + plan.steps - slots.find_out_of_steps(plan.steps);
            }
            slots.retire(waiting.len(), &mut swings, stopped);
            let packs = slots.positions.len();
            if packs == 0 {
                return;
            }
            while let Some((index, next)) = legs.next_if(|(_, next)| next.from <= clock) {
                leg = next;
                if index >= own_rates {
                    slots.peaks.fill(Lanes::constant(next.lr));
                }
                shares = shares_of(leg, legs.peek().map_or(plan.steps, |(_, next)| next.from));
            }
            let balls = Balls { positions: &mut slots.positions, memories: &mut slots.memories };
            let gradients = if leg.optimizer.looks_ahead() || batches {
                probes.resize(packs, Pair::default());
                pushes.resize(packs, Pair::default());
                leg.optimizer.probes(&balls, probes);
                match plan.noise.batch(clock + 1, surface.samples(), indices) {
                    Some(batch) => surface.batch_gradients(probes, batch, pushes),
                    None => surface.gradients(probes, pushes),
                }
                &mut *pushes
            } else {
                &mut slots.slopes
            };
            add(gradients, &noise, &slots.counts);
            let rates = if shares.is_empty() {
                &slots.peaks
            } else {
                share_out(lrs, (&slots.peaks, &slots.counts), &shares, leg.from);
                &*lrs
            };
            let round = Round { counts: &slots.counts, lrs: rates };
            leg.optimizer.steps(balls, gradients, &round);
            if line {
                for place in &mut slots.positions {
                    let [x, _] = place.split();
                    *place = Pair::of([x, Lanes::default()]);
                }
            }
            slots.go_on(&mut waiting, &mut swings);
        }
    }
}

/// Adds to each ball's gradient the noise of its step, if there is any.
fn add(gradients: &mut [Pair], noise: &[Vector], counts: &[Lanes]) {
    if noise.is_empty() {
        return;
    }
    for (gradient, counts) in gradients.iter_mut().zip(counts) {
        // Lanes without a ball count on.
        let of = |lane| noise.get(made(counts, lane)).copied().unwrap_or_default();
        let noise = from_fn::<_, LANES, _>(of);
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
        let of = |lane| shares.get(made(counts, lane).wrapping_sub(from));
        *peak * Lanes::new(|lane| of(lane).copied().unwrap_or_default())
    }));
}

/// The shares of its peak that the learning rate has in the steps of a leg which ends with step
/// `last`; none where it does not change.
fn shares_of(leg: &Leg, last: usize) -> Vec<f64> {
    if leg.schedule.is_constant() {
        return Vec::new();
    }
    (leg.from + 1..=last).map(|count| leg.schedule.share(count)).collect()
}

/// The rule of all steps of all balls, if they are alike and it has loops of its own.
fn steady(plan: &Plan, balls: &[Ball]) -> Option<Steady> {
    let ([leg], [first, others @ ..]) = (&plan.legs[..], balls) else { return None };
    let constant = plan.noise.deviation == 0.0 && leg.schedule.is_constant();
    let alike = constant && others.iter().all(|ball| ball.lr == first.lr);
    leg.optimizer.frequent().filter(|_| alike).map(|rule| Steady { rule, lr: first.lr })
}

/// The smallest number whose root is not under `tolerance`: a comparison of squares with it gives
/// what that of roots with the tolerance gives.
fn square_below(tolerance: f64) -> f64 {
    let mut square = tolerance * tolerance;
    while square.sqrt() >= tolerance && square > 0.0 {
        square = square.next_down();
    }
    while square.sqrt() < tolerance {
        square = square.next_up();
    }
    square
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Bounds;
    use crate::noise::Noise;
    use crate::optimizer;
    use crate::parameter::Settings;
    use crate::schedule::{PARAMETERS, Schedule};
    use crate::surface::{Candidate, Description, Group, Surface};
    use std::cell::Cell;

    thread_local! {
        static LOOKS: Cell<usize> = const { Cell::new(0) };
    }

    /// A bowl that counts how often it is looked at.
    #[derive(Debug)]
    struct Counted;

    impl Surface for Counted {
        const DESCRIPTION: Description = Description {
            id: "counted",
            name: "Counted",
            group: Group::Own,
            dimension: 2,
            formula: &["x^2 + y^2"],
            parameters: &[],
            source: "",
        };
        fn new(_: &Settings) -> Self {
            Self
        }
        fn at<R: Real>(&self, x: R, y: R) -> R {
            LOOKS.set(LOOKS.get() + 1);
            x * x + y * y
        }
        fn view(&self) -> Bounds {
            Bounds { x_min: -1.0, x_max: 1.0, y_min: -1.0, y_max: 1.0 }
        }
        fn start(&self) -> Point {
            Point::new(1.0, 1.0)
        }
        fn learning_rate(&self) -> f64 {
            0.1
        }
        fn stationary(&self) -> Vec<Candidate> {
            Vec::new()
        }
    }

    #[test]
    fn nobody_who_waits_waits_for_the_slowest() {
        let leg = Leg {
            from: 0,
            optimizer: optimizer::find("adam").expect("known").with_defaults(),
            lr: 1e-5,
            schedule: Schedule::new(&Settings::defaults(PARAMETERS)),
        };
        let start = Point::new(1.0, 1.0);
        let (steps, noise) = (500, Noise::default());
        let plan = Plan { start, steps, tolerance: 1e-3, noise, legs: vec![leg] };
        // In each flock there is one that makes all steps, and all others rest.
        let at = |id: u32| {
            if (id as usize).is_multiple_of(FLOCK) { start } else { Point::new(0.0, 0.0) }
        };
        let balls: Vec<_> =
            (0..10 * FLOCK as u32).map(|id| Ball { id, start: at(id), lr: 1e-5 }).collect();
        let course = Course { surface: &Counted, plan: &plan, own_rates: 0 };
        let mut fates = Vec::new();
        Flock::default().run(&course, &balls, None, |fate| fates.push(fate));
        fates.sort_by_key(|fate| fate.ball.id);
        for (fate, ball) in fates.iter().zip(&balls) {
            let known = match fate.ball.start == start {
                true => (steps, Ending::Moving),
                false => (0, Ending::Quiet),
            };
            assert_eq!((fate.ball.id, (fate.steps, fate.ending)), (ball.id, known));
        }
        assert_eq!(fates.len(), balls.len());
        // Ten go on in three packs; flock after flock would take 500 looks for each of them.
        assert!(LOOKS.get() < 4 * steps, "{} looks", LOOKS.get());
    }

    #[test]
    fn squares_compare_as_their_roots_do() {
        for tolerance in [1e-3, 0.1, 1.0 / 3.0, 5e-324, 1e-200, 2.0, 1e200, f64::MAX] {
            let square = square_below(tolerance);
            assert!(square.sqrt() >= tolerance, "{tolerance}");
            assert!(square.next_down().sqrt() < tolerance, "{tolerance}");
        }
    }
}
