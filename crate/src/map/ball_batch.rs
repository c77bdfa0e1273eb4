//! Many balls at once, each replaced by the next one as soon as it has stopped.
//!
//! A ball does here, bit for bit, what it does in [`Run`](crate::run::Run), but nothing is
//! recorded. Before each step every ball is looked at; one that has stopped gives its place to one
//! that waits or, where none is to move by the same settings, to the last of those that do, so that
//! all lanes stay busy. Each ball is at a step of its own; those that move by the same settings are a
//! [`SegmentGroup`].

use super::ending::Stop;
use super::lane_pool::{BallState, LanePool};
use super::noise::BatchNoise;
use super::overshoots::OvershootCounter;
use super::segment_group::{Scratch, SegmentGroup};
use super::uniform_batch::Track;
use crate::math::geometry::Point;
use crate::math::lockstep::Limits;
use crate::optimizer::ConstantRule;
use crate::run::settling::Settling;
use crate::run::{DIVERGED, Plan};
use crate::surface::AnySurface;
use std::ptr;

/// Balls that run at a time: enough that the last stragglers weigh little, few enough to stay in
/// the nearest cache.
const FLOCK: usize = 128;

/// A ball that waits for its start.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ball {
    /// Which one, to whom it matters.
    pub(super) id: u32,
    /// Which of the course's plans is its own.
    pub(super) plan: u32,
    /// Where it starts.
    pub(super) start: Point,
    /// Peak learning rate.
    pub(super) lr: f64,
}

/// Why a ball's path ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// It came to rest, see [`Settling`].
    Quiet,
    /// A coordinate passed [`DIVERGED`], or it is moving away.
    Diverged,
    /// The gradient of the surface where it is is not finite.
    Undefined,
    /// The gradient of the last step was not finite: undefined one step before.
    Lost,
    /// There are no more steps.
    Moving,
}

/// What became of a ball.
#[derive(Clone, Copy, Debug)]
pub(super) struct BallOutcome {
    /// Which one.
    pub(super) ball: Ball,
    /// Where its path ended.
    pub(super) end: Point,
    /// Where it was before the last step; not a number if it made none.
    pub(super) before: Point,
    /// Steps made.
    pub(super) steps: usize,
    /// Why it ended.
    pub(super) ending: Ending,
    /// Crossings of the resting place that were watched, along both directions.
    pub(super) overshoots: u32,
}

/// What a batch of balls is asked to do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course<'a> {
    pub(super) surface: &'a dyn AnySurface,
    /// Whether balls move along x only.
    pub(super) line: bool,
    /// Rules, tolerance and number of steps, of which each ball names one; they differ in their
    /// settings at most. Each ball has a start of its own.
    pub(super) plans: &'a [Plan],
    /// The number of first segments in which each ball has a learning rate of its own.
    pub(super) own_rates: usize,
    /// The place whose crossings are watched, if any are.
    pub(super) rest: Option<Point>,
}

/// Steps many balls at once. Its memory is used again for the next balls.
#[derive(Debug)]
pub(super) struct BallBatch {
    chance: BatchNoise,
    spare: Vec<LanePool>,
}

impl BallBatch {
    /// Nobody yet; whoever comes meets this chance.
    pub(super) fn new(chance: BatchNoise) -> Self {
        Self { chance, spare: Vec::new() }
    }

    /// Lets `balls` run, those of a plan one after the other, and tells of each when it has stopped.
    pub(super) fn run(
        &mut self,
        course: &Course<'_>,
        balls: &[Ball],
        mut stopped: impl FnMut(BallOutcome),
    ) {
        let Course { surface, plans, own_rates, .. } = *course;
        let [Plan { tolerance, steps, .. }, ..] = *plans else { return };
        let limits = Limits { quiet: square_below(tolerance), far: DIVERGED };
        let settling = Settling::new(&plans[0], own_rates);
        if let Some(rule) = self.steady(course, balls, settling) {
            let stop = Stop { limits, rule: &*plans[0].segments[0].optimizer, settling };
            return Track { surface, rule, stop, steps }.run(balls, stopped);
        }
        let swings = course.rest.map(|rest| OvershootCounter::around(rest, surface));
        let mut groups: Vec<SegmentGroup<'_>> = Vec::new();
        let (mut scratch, mut going) = (Scratch::default(), Vec::new());
        let mut waiting = balls;
        for clock in 0.. {
            let mut join = |groups: &mut Vec<_>, plan, ball: BallState| {
                let group = self.group(groups, plan, ball.made, &swings);
                group.add(ball, own_rates, clock);
            };
            let busy: usize = groups.iter().map(|group| group.slots.busy()).sum();
            let (next, others) = waiting.split_at(waiting.len().min(FLOCK - busy));
            waiting = others;
            for &ball in next {
                join(&mut groups, &plans[ball.plan as usize], BallState::at_start(ball));
            }
            for group in &mut groups {
                group.look(course, (limits, settling), clock);
                let comes = |ball: &Ball| {
                    let plan = &plans[ball.plan as usize];
                    ptr::eq(plan, group.plan) && group.index == segment_after(plan, 0)
                };
                let leaving = group.slots.leaving();
                if leaving > 0 {
                    let coming = waiting.iter().take(leaving).take_while(|ball| comes(ball));
                    group.part(coming.count(), &mut stopped, &mut going);
                }
            }
            for (plan, ball) in going.drain(..) {
                join(&mut groups, plan, ball);
            }
            self.end(&mut groups, waiting.first().map(|ball| &plans[ball.plan as usize]));
            if groups.is_empty() && waiting.is_empty() {
                return;
            }
            // Nobody has made more.
            self.chance.reach(steps.min(clock + 1));
            for group in &mut groups {
                group.step(course, &self.chance, &mut scratch);
            }
        }
    }

    /// The group of those who have made so many steps of a plan.
    fn group<'p, 'a>(
        &mut self,
        groups: &'p mut Vec<SegmentGroup<'a>>,
        plan: &'a Plan,
        made: usize,
        swings: &Option<OvershootCounter>,
    ) -> &'p mut SegmentGroup<'a> {
        let index = segment_after(plan, made);
        let known =
            groups.iter().rposition(|group| ptr::eq(group.plan, plan) && group.index == index);
        let at = known.unwrap_or_else(|| {
            let mut slots = self.spare.pop().unwrap_or_default();
            slots.clear(swings.clone());
            groups.push(SegmentGroup::new(plan, index, slots));
            groups.len() - 1
        });
        &mut groups[at]
    }

    /// Ends the groups of each plan that has no ball left and gets none; any other plan's groups may
    /// still get balls.
    fn end(&mut self, groups: &mut Vec<SegmentGroup<'_>>, next: Option<&Plan>) {
        let mut at = 0;
        while let Some(group) = groups.get(at) {
            let is_busy = |other: &SegmentGroup<'_>| !other.slots.is_empty();
            let goes_on = is_busy(group)
                || next.is_some_and(|next| ptr::eq(next, group.plan))
                || groups.iter().any(|other| ptr::eq(other.plan, group.plan) && is_busy(other));
            if goes_on {
                at += 1;
            } else {
                self.spare.push(groups.swap_remove(at).slots);
            }
        }
    }

    /// The rule of all steps of all balls, if they are alike and it has loops of its own.
    fn steady(
        &self,
        course: &Course<'_>,
        balls: &[Ball],
        settling: Settling,
    ) -> Option<ConstantRule> {
        let ([plan], [first, others @ ..]) = (course.plans, balls) else { return None };
        let [segment] = &plan.segments[..] else { return None };
        let chance = self.chance.has_noise() || self.chance.has_batches();
        let constant = segment.schedule.is_constant() && !chance && course.rest.is_none();
        let constant = constant && !settling.freezes();
        let alike = constant && others.iter().all(|ball| ball.lr == first.lr);
        segment
            .optimizer
            .frequent()
            .filter(|_| alike)
            .map(|rule| ConstantRule { rule, lr: first.lr })
    }
}

/// The index of the segment in which a ball is that has made so many steps.
fn segment_after(plan: &Plan, made: usize) -> usize {
    plan.segments.partition_point(|segment| segment.from <= made).saturating_sub(1)
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
    use crate::math::geometry::Bounds;
    use crate::math::lockstep::Two;
    use crate::math::number::Real;
    use crate::optimizer;
    use crate::optimizer::schedule::{PARAMETERS, Schedule};
    use crate::parameter::Settings;
    use crate::run::Segment;
    use crate::run::noise::Noise;
    use crate::surface::{Built, Candidate, Data, Description, Group, Sample, Surface};
    use std::any::type_name;
    use std::cell::Cell;

    thread_local! {
        static LOOKS: Cell<usize> = const { Cell::new(0) };
        /// Those with the numbers of the loops that are compiled for a rule.
        static IN_LOOPS: Cell<usize> = const { Cell::new(0) };
    }

    /// A bowl that counts how often it is looked at.
    #[derive(Debug)]
    struct Counted {
        samples: Vec<Sample>,
    }

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
            Self { samples: vec![Sample { input: 1.0, target: 0.0 }; 3] }
        }
        fn at<R: Real>(&self, x: R, y: R) -> R {
            LOOKS.set(LOOKS.get() + 1);
            if type_name::<R>().contains(type_name::<Two>()) {
                IN_LOOPS.set(IN_LOOPS.get() + 1);
            }
            x * x + y * y
        }
        fn data(&self) -> Option<Data<'_>> {
            Some(Data { samples: &self.samples, model: |_, _| 0.0 })
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

    const STEPS: usize = 1000;
    const SLOW: usize = 5;

    fn plan(rule: &str, noise: Noise, segments: &[usize]) -> Plan {
        let segment = |&from: &usize| Segment {
            from,
            optimizer: optimizer::find(rule).expect("known").with_defaults(),
            lr: 1e-5,
            schedule: Schedule::new(&Settings::defaults(PARAMETERS)),
        };
        let segments = segments.iter().map(segment).collect();
        Plan { start: Point::default(), steps: STEPS, tolerance: 1e-3, noise, segments }
    }

    /// Of every 256 balls one makes all steps, and all others rest where they start. Gives how often
    /// the surface is looked at.
    fn looks_of(plans: &[Plan]) -> usize {
        let surface = Built::new(Counted::new(&Settings::defaults(&[])));
        let count = SLOW * 2 * FLOCK;
        let is_slow = |id: usize| id.is_multiple_of(2 * FLOCK);
        let balls: Vec<_> = (0..count)
            .map(|id| Ball {
                id: id as u32,
                plan: (id * plans.len() / count) as u32,
                start: if is_slow(id) { Point::new(1.0, 1.0) } else { Point::default() },
                lr: 1e-5,
            })
            .collect();
        let chance = BatchNoise::new(plans[0].noise, surface.samples());
        let course = Course { surface: &surface, line: false, plans, own_rates: 1, rest: None };
        let mut outcomes = Vec::new();
        LOOKS.set(0);
        IN_LOOPS.set(0);
        BallBatch::new(chance).run(&course, &balls, |outcome| outcomes.push(outcome));

        let (quick, slow) = outcomes.split_at(count - SLOW);
        for (outcomes, slow) in [(quick, false), (slow, true)] {
            let known = if slow { (STEPS, Ending::Moving) } else { (1, Ending::Quiet) };
            for outcome in outcomes {
                assert_eq!(is_slow(outcome.ball.id as usize), slow, "someone waited for the slow");
                assert_eq!((outcome.steps, outcome.ending), known);
            }
        }
        outcomes.sort_by_key(|outcome| outcome.ball.id);
        assert!(outcomes.iter().zip(0..).all(|(outcome, id)| outcome.ball.id == id));
        LOOKS.get()
    }

    #[test]
    fn nobody_who_waits_waits_for_the_slowest() {
        let (none, batches) = (Noise::default(), Noise { batch: 2, ..Noise::default() });
        let noise = Noise { deviation: 1e-9, seed: 1, ..none };
        // Five go on, in two packs; the others are looked at where they start and after a step.
        let most = 2 * STEPS + STEPS;
        assert!(looks_of(&[plan("adam", none, &[0])]) < most);
        assert!(looks_of(&[plan("adam", noise, &[0])]) < most);
        // Whose settings change, goes on with others of the same settings.
        assert!(looks_of(&[plan("adam", none, &[0, 100, 101, 400])]) < most);
        // A minibatch of two is looked at beside the whole.
        assert!(looks_of(&[plan("adam", batches, &[0])]) < 3 * most);
        // Rules that have loops of their own: eight at a time, two of which are looked at together.
        assert!(looks_of(&[plan("momentum", none, &[0])]) < 2 * 4 * STEPS);
        // Whoever moves by other settings does so beside the others.
        looks_of(&[(); SLOW].map(|()| plan("adam", none, &[0])));
        looks_of(&[(); SLOW].map(|()| plan("nesterov", batches, &[0, 100])));
    }

    #[test]
    fn rules_with_loops_of_their_own_run_in_them() {
        let (none, noise) =
            (Noise::default(), Noise { deviation: 1e-9, seed: 1, ..Noise::default() });
        for rule in ["gd", "momentum", "nesterov"] {
            looks_of(&[plan(rule, none, &[0])]);
            // Two balls are looked at together, for all their steps.
            assert!(2 * IN_LOOPS.get() > SLOW * STEPS, "{rule}: {}", IN_LOOPS.get());
            for general in [plan(rule, noise, &[0]), plan(rule, none, &[0, 100])] {
                looks_of(&[general]);
                assert_eq!(IN_LOOPS.get(), 0, "{rule}");
            }
        }
        looks_of(&[plan("adam", none, &[0])]);
        assert_eq!(IN_LOOPS.get(), 0);
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
