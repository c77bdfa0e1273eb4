//! Many balls at once, each replaced by the next one as soon as it has stopped.
//!
//! A ball does here, bit for bit, what it does in [`Run`](crate::run::Run), but nothing is
//! recorded. Before each step every ball is looked at; one that has stopped gives its place to one
//! that waits or, when none does, to the last of the flock, so that all lanes stay busy. Each ball
//! is at a step of its own. Only balls that share minibatches or changes of settings have to be at
//! the same one: of them, a flock runs to its end before the next one begins.

use super::relay::Track;
use super::swings::Swings;
use crate::geometry::{Point, Vector};
use crate::number::{LANES, Lanes, Pair, Real};
use crate::optimizer::{Balls, MEMORY, Memory, Round, Steady};
use crate::rolling::Limits;
use crate::run::{DIVERGED, Leg, Plan};
use crate::surface::AnySurface;
use std::array::from_fn;
use std::cmp::Reverse;

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
    /// Those that have not stopped come first, without gaps.
    balls: Vec<Ball>,
    positions: Vec<Pair>,
    memories: Vec<Memory<Pair>>,
    /// Of the surface, where the balls are.
    slopes: Vec<Pair>,
    /// Numbers of the balls' next steps, from 1.
    counts: Vec<Lanes>,
    /// Peak learning rates.
    peaks: Vec<Lanes>,
    /// Learning rates of the next step, where they change.
    lrs: Vec<Lanes>,
    /// Where the next gradient is taken, if not where the balls are.
    probes: Vec<Pair>,
    /// The gradients there, or of a minibatch.
    pushes: Vec<Pair>,
    indices: Vec<usize>,
    /// Packs in which a ball may have stopped.
    suspects: Vec<usize>,
    /// Slots of balls that have stopped, from the last one on.
    gone: Vec<(usize, Ending)>,
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
        self.fill(flock, &mut swings);
        let noise: Vec<Vector> = (1..=plan.steps).map_while(|k| plan.noise.gradient(k)).collect();
        let mut legs = plan.legs.iter().enumerate().peekable();
        let Some((_, mut leg)) = legs.next() else { return };
        let mut shares = shares_of(leg, legs.peek().map_or(plan.steps, |(_, next)| next.from));
        // No ball is out of steps before.
        let mut due = plan.steps;
        for clock in 0.. {
            self.suspects.clear();
            surface.survey(&self.positions, &mut self.slopes, limits, &mut self.suspects);
            if let Some(swings) = &mut swings {
                swings.watch(&self.positions);
            }
            self.gone.clear();
            self.find_stopped(limits);
            if clock == due {
                due = clock + plan.steps - self.find_out_of_steps(plan.steps);
            }
            if !self.gone.is_empty() {
                self.tell(&swings, stopped);
                self.close_gaps(waiting.len(), &mut swings);
                if self.balls.is_empty() {
                    return;
                }
            }
            while let Some((index, next)) = legs.next_if(|(_, next)| next.from <= clock) {
                leg = next;
                if index >= own_rates {
                    self.peaks.fill(Lanes::constant(next.lr));
                }
                shares = shares_of(leg, legs.peek().map_or(plan.steps, |(_, next)| next.from));
            }
            let balls = Balls { positions: &mut self.positions, memories: &mut self.memories };
            let gradients = if leg.optimizer.looks_ahead() || batches {
                leg.optimizer.probes(&balls, &mut self.probes);
                match plan.noise.batch(clock + 1, surface.samples(), &mut self.indices) {
                    Some(batch) => {
                        surface.batch_gradients(&self.probes, batch, &mut self.pushes);
                    }
                    None => surface.gradients(&self.probes, &mut self.pushes),
                }
                &mut self.pushes
            } else {
                &mut self.slopes
            };
            if !noise.is_empty() {
                for (gradient, counts) in gradients.iter_mut().zip(&self.counts) {
                    let of = |lane| noise.get(made(counts, lane)).copied().unwrap_or_default();
                    let noise = from_fn::<_, LANES, _>(of);
                    let [x, y] =
                        [Lanes::new(|lane| noise[lane].x), Lanes::new(|lane| noise[lane].y)];
                    *gradient = *gradient + Pair::of([x, y]);
                }
            }
            if !shares.is_empty() {
                let rates = self.lrs.iter_mut().zip(&self.peaks).zip(&self.counts);
                for ((lr, peak), counts) in rates {
                    let of = |lane| shares.get(made(counts, lane).wrapping_sub(leg.from));
                    *lr = *peak * Lanes::new(|lane| of(lane).copied().unwrap_or_default());
                }
            }
            let lrs = if shares.is_empty() { &self.peaks } else { &self.lrs };
            leg.optimizer.steps(balls, gradients, &Round { counts: &self.counts, lrs });
            if line {
                for place in &mut self.positions {
                    let [x, _] = place.split();
                    *place = Pair::of([x, Lanes::default()]);
                }
            }
            self.counts.iter_mut().for_each(|counts| *counts = *counts + 1.0);
            while let Some((slot, _)) = self.gone.pop() {
                if let Some(&ball) = waiting.next() {
                    self.put(slot, ball, &mut swings);
                }
            }
        }
    }

    fn fill(&mut self, balls: &[Ball], swings: &mut Option<&mut Swings>) {
        let packs = balls.len().div_ceil(LANES);
        self.balls.clear();
        self.balls.resize(balls.len(), Ball::default());
        self.memories.resize(packs, [Pair::default(); MEMORY]);
        for pairs in [&mut self.positions, &mut self.slopes, &mut self.probes, &mut self.pushes] {
            pairs.clear();
            pairs.resize(packs, Pair::default());
        }
        for lanes in [&mut self.counts, &mut self.peaks, &mut self.lrs] {
            lanes.clear();
            lanes.resize(packs, Lanes::constant(1.0));
        }
        if let Some(swings) = swings {
            swings.resize(packs);
        }
        for (slot, &ball) in balls.iter().enumerate() {
            self.put(slot, ball, swings);
        }
    }

    /// Lets a ball start in the place of another.
    fn put(&mut self, slot: usize, ball: Ball, swings: &mut Option<&mut Swings>) {
        let (pack, lane) = (slot / LANES, slot % LANES);
        for (axis, number) in [ball.start.x, ball.start.y].into_iter().enumerate() {
            self.positions[pack].set(axis * LANES + lane, number);
            for remembered in &mut self.memories[pack] {
                remembered.set(axis * LANES + lane, 0.0);
            }
        }
        self.counts[pack].set(lane, 1.0);
        self.peaks[pack].set(lane, ball.lr);
        if let Some(swings) = swings {
            swings.put(slot, ball.start);
        }
        self.balls[slot] = ball;
    }

    /// Finds who has stopped among the suspects.
    fn find_stopped(&mut self, limits: Limits) {
        for &pack in self.suspects.iter().rev() {
            let [inside, rests] = ended(self.positions[pack], self.slopes[pack], limits);
            for lane in (0..LANES).rev() {
                let slot = pack * LANES + lane;
                let ending = match (inside.holds(lane), rests.holds(lane)) {
                    _ if slot >= self.balls.len() => continue,
                    (false, _) => Ending::Diverged,
                    (true, true) => Ending::Quiet,
                    (true, false) => continue,
                };
                self.gone.push((slot, ending));
            }
        }
    }

    /// Finds who has not stopped and has no step left; the most steps that another has made.
    fn find_out_of_steps(&mut self, steps: usize) -> usize {
        let mut most = 0;
        for slot in 0..self.balls.len() {
            match self.made(slot) {
                made if made < steps => most = most.max(made),
                _ if self.gone.iter().any(|(gone, _)| *gone == slot) => {}
                _ => self.gone.push((slot, Ending::Moving)),
            }
        }
        self.gone.sort_unstable_by_key(|(slot, _)| Reverse(*slot));
        most
    }

    /// Steps that a ball has made.
    fn made(&self, slot: usize) -> usize {
        made(&self.counts[slot / LANES], slot % LANES)
    }

    /// Tells of those that have stopped.
    fn tell(&self, swings: &Option<&mut Swings>, stopped: &mut impl FnMut(Fate)) {
        for &(slot, ending) in &self.gone {
            let [x, y] = self.positions[slot / LANES].split().map(|lanes| lanes.get(slot % LANES));
            let overshoots = swings.as_ref().map_or(0, |swings| swings.count(slot));
            let (ball, end) = (self.balls[slot], Point::new(x, y));
            stopped(Fate { ball, end, steps: self.made(slot), ending, overshoots });
        }
    }

    /// Fills the gaps for which none of the `waiting` is left. Those that are left stay `gone`.
    fn close_gaps(&mut self, waiting: usize, swings: &mut Option<&mut Swings>) {
        let gaps = self.gone.len().saturating_sub(waiting);
        if gaps == 0 {
            return;
        }
        // The last ones, so that whoever fills a gap has not stopped.
        for index in 0..gaps {
            self.remove(self.gone[index].0, swings);
        }
        self.gone.drain(..gaps);
        let packs = self.balls.len().div_ceil(LANES);
        self.memories.truncate(packs);
        for pairs in [&mut self.positions, &mut self.slopes, &mut self.probes, &mut self.pushes] {
            pairs.truncate(packs);
        }
        for lanes in [&mut self.counts, &mut self.peaks, &mut self.lrs] {
            lanes.truncate(packs);
        }
    }

    /// Puts the last ball in the place of another.
    fn remove(&mut self, slot: usize, swings: &mut Option<&mut Swings>) {
        let last = self.balls.len() - 1;
        self.balls.swap_remove(slot);
        let Self { positions, slopes, memories, counts, peaks, .. } = self;
        copy_pair(positions, |pair| pair, last, slot);
        copy_pair(slopes, |pair| pair, last, slot);
        for index in 0..MEMORY {
            copy_pair(memories, |memory| &mut memory[index], last, slot);
        }
        for lanes in [counts, peaks] {
            let number = lanes[last / LANES].get(last % LANES);
            lanes[slot / LANES].set(slot % LANES, number);
        }
        if let Some(swings) = swings {
            swings.copy(last, slot);
        }
    }
}

/// Steps that the ball of a lane has made, given the numbers of the next ones.
fn made(counts: &Lanes, lane: usize) -> usize {
    counts.get(lane) as usize - 1
}

/// The shares of its peak that the learning rate has in the steps of a leg which ends with step
/// `last`; none where it does not change.
fn shares_of(leg: &Leg, last: usize) -> Vec<f64> {
    if leg.schedule.is_constant() {
        return Vec::new();
    }
    (leg.from + 1..=last).map(|count| leg.schedule.share(count)).collect()
}

/// Copies a ball's pair of numbers to where another ball's is.
pub(super) fn copy_pair<T>(
    packs: &mut [T],
    pair: impl Fn(&mut T) -> &mut Pair,
    from: usize,
    to: usize,
) {
    let source = pair(&mut packs[from / LANES]);
    let [x, y] = [0, LANES].map(|axis| source.get(axis + from % LANES));
    let target = pair(&mut packs[to / LANES]);
    target.set(to % LANES, x);
    target.set(LANES + to % LANES, y);
}

/// Which balls are within bounds, and where the slope is too small to go on.
fn ended(place: Pair, slope: Pair, limits: Limits) -> [<Lanes as Real>::Mask; 2] {
    let ([x, y], [slope_x, slope_y]) = (place.split(), slope.split());
    let limit = Lanes::constant(limits.far);
    let square = slope_x * slope_x + slope_y * slope_y;
    let inside = x.abs().at_most(limit).and(y.abs().at_most(limit));
    [inside, square.less_than(Lanes::constant(limits.quiet))]
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
        let at = |id: u32| if id as usize % FLOCK == 0 { start } else { Point::new(0.0, 0.0) };
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
