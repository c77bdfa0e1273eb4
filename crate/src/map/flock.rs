//! Many balls at once, in step with each other, until each has stopped.
//!
//! A ball does here, bit for bit, what it does in [`Run`](crate::run::Run), but nothing is
//! recorded. Before each step every ball is looked at; one that has stopped gives its place to the
//! last of the flock, so that all lanes stay busy. That all have made equally many steps lets them
//! share schedule, noise, minibatches and changes of settings.

use super::relay::Track;
use super::swings::Swings;
use crate::geometry::Point;
use crate::number::{LANES, Lanes, Pair, Real};
use crate::optimizer::{Balls, MEMORY, Memory, Round, Steady};
use crate::rolling::Limits;
use crate::run::{DIVERGED, Plan};
use crate::surface::AnySurface;

/// Balls that run in step: enough that the last stragglers weigh little, few enough to stay in the
/// nearest cache.
pub(super) const FLOCK: usize = 128;

/// A ball that waits for its start.
#[derive(Clone, Copy, Debug)]
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
    pub(super) id: u32,
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

/// See the [module](self). Its buffers are used again for the next flock.
#[derive(Debug, Default)]
pub(super) struct Flock {
    /// The balls that have not stopped come first, without gaps.
    ids: Vec<u32>,
    positions: Vec<Pair>,
    memories: Vec<Memory<Pair>>,
    /// Of the surface, where the balls are.
    slopes: Vec<Pair>,
    /// Peak learning rates.
    peaks: Vec<Lanes>,
    /// Learning rates of the next step.
    lrs: Vec<Lanes>,
    /// Where the next gradient is taken, if not where the balls are.
    probes: Vec<Pair>,
    /// The gradients there, or of a minibatch.
    pushes: Vec<Pair>,
    indices: Vec<usize>,
    /// Packs in which a ball may have stopped.
    suspects: Vec<usize>,
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
        for balls in balls.chunks(FLOCK) {
            self.in_step(course, limits, balls, swings.as_deref_mut(), &mut stopped);
        }
    }

    fn in_step(
        &mut self,
        course: &Course<'_>,
        limits: Limits,
        balls: &[Ball],
        mut swings: Option<&mut Swings>,
        stopped: &mut impl FnMut(Fate),
    ) {
        let Course { surface, plan, own_rates } = *course;
        let batches = plan.noise.takes_batches(surface.samples());
        self.fill(balls);
        if let Some(swings) = &mut swings {
            swings.begin(&self.positions);
        }
        let line = surface.description().dimension == 1;
        let mut legs = plan.legs.iter().enumerate().peekable();
        let mut leg = None;
        let mut ahead = false;
        let mut share = f64::NAN;
        for made in 0..=plan.steps {
            self.suspects.clear();
            surface.survey(&self.positions, &mut self.slopes, limits, &mut self.suspects);
            if let Some(swings) = &mut swings {
                swings.watch(&self.positions);
            }
            if !self.suspects.is_empty() {
                self.retire(limits, made, &mut swings, stopped);
            }
            if made == plan.steps || self.ids.is_empty() {
                break;
            }
            let count = made + 1;
            while let Some((index, next)) = legs.next_if(|(_, next)| next.from < count) {
                leg = Some(next);
                ahead = next.optimizer.looks_ahead();
                if index >= own_rates {
                    self.peaks.fill(Lanes::constant(next.lr));
                }
                share = f64::NAN;
            }
            let Some(leg) = leg else { break };
            let present = leg.schedule.share(count);
            if share != present {
                share = present;
                let rates = self.lrs.iter_mut().zip(&self.peaks);
                rates.for_each(|(lr, peak)| *lr = *peak * share);
            }
            let balls = Balls { positions: &mut self.positions, memories: &mut self.memories };
            let gradients = if ahead || batches {
                leg.optimizer.probes(&balls, &mut self.probes);
                match plan.noise.batch(count, surface.samples(), &mut self.indices) {
                    Some(batch) => {
                        surface.batch_gradients(&self.probes, batch, &mut self.pushes);
                    }
                    None => surface.gradients(&self.probes, &mut self.pushes),
                }
                &self.pushes
            } else {
                &self.slopes
            };
            let round = Round { count, lrs: &self.lrs, noise: plan.noise.gradient(count) };
            leg.optimizer.steps(balls, gradients, &round);
            if line {
                for place in &mut self.positions {
                    let [x, _] = place.split();
                    *place = Pair::of([x, Lanes::default()]);
                }
            }
        }
        for slot in 0..self.ids.len() {
            stopped(self.fate(slot, plan.steps, Ending::Moving, &swings));
        }
    }

    fn fill(&mut self, balls: &[Ball]) {
        let packs = balls.len().div_ceil(LANES);
        let zero = Lanes::default();
        self.ids.clear();
        self.ids.extend(balls.iter().map(|ball| ball.id));
        self.memories.clear();
        self.memories.resize(packs, [Pair::default(); MEMORY]);
        for pairs in [&mut self.positions, &mut self.slopes, &mut self.probes, &mut self.pushes] {
            pairs.clear();
            pairs.resize(packs, Pair::default());
        }
        for rates in [&mut self.peaks, &mut self.lrs] {
            rates.clear();
            rates.resize(packs, zero);
        }
        for (slot, ball) in balls.iter().enumerate() {
            let (pack, lane) = (slot / LANES, slot % LANES);
            self.positions[pack].set(lane, ball.start.x);
            self.positions[pack].set(LANES + lane, ball.start.y);
            self.peaks[pack].set(lane, ball.lr);
        }
    }

    /// Tells of the suspects that have stopped and closes the gaps.
    fn retire(
        &mut self,
        limits: Limits,
        made: usize,
        swings: &mut Option<&mut Swings>,
        stopped: &mut impl FnMut(Fate),
    ) {
        // Backwards, so that whoever fills a gap has been looked at.
        while let Some(pack) = self.suspects.pop() {
            let [inside, rests] = ended(self.positions[pack], self.slopes[pack], limits);
            for lane in (0..LANES).rev() {
                let slot = pack * LANES + lane;
                let ending = match (inside.holds(lane), rests.holds(lane)) {
                    _ if slot >= self.ids.len() => continue,
                    (false, _) => Ending::Diverged,
                    (true, true) => Ending::Quiet,
                    (true, false) => continue,
                };
                stopped(self.fate(slot, made, ending, swings));
                self.remove(slot, swings);
            }
        }
        let packs = self.ids.len().div_ceil(LANES);
        self.memories.truncate(packs);
        for pairs in [&mut self.positions, &mut self.slopes, &mut self.probes, &mut self.pushes] {
            pairs.truncate(packs);
        }
        self.peaks.truncate(packs);
        self.lrs.truncate(packs);
    }

    fn fate(
        &self,
        slot: usize,
        steps: usize,
        ending: Ending,
        swings: &Option<&mut Swings>,
    ) -> Fate {
        let [x, y] = self.positions[slot / LANES].split().map(|lanes| lanes.get(slot % LANES));
        let overshoots = swings.as_ref().map_or(0, |swings| swings.count(slot));
        Fate { id: self.ids[slot], end: Point::new(x, y), steps, ending, overshoots }
    }

    /// Puts the last ball in the place of another.
    fn remove(&mut self, slot: usize, swings: &mut Option<&mut Swings>) {
        let last = self.ids.len() - 1;
        self.ids.swap_remove(slot);
        let Self { positions, slopes, memories, peaks, lrs, .. } = self;
        copy_pair(positions, |pair| pair, last, slot);
        copy_pair(slopes, |pair| pair, last, slot);
        for index in 0..MEMORY {
            copy_pair(memories, |memory| &mut memory[index], last, slot);
        }
        for rates in [peaks, lrs] {
            let rate = rates[last / LANES].get(last % LANES);
            rates[slot / LANES].set(slot % LANES, rate);
        }
        if let Some(swings) = swings {
            swings.copy(last, slot);
        }
    }
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

    #[test]
    fn squares_compare_as_their_roots_do() {
        for tolerance in [1e-3, 0.1, 1.0 / 3.0, 5e-324, 1e-200, 2.0, 1e200, f64::MAX] {
            let square = square_below(tolerance);
            assert!(square.sqrt() >= tolerance, "{tolerance}");
            assert!(square.next_down().sqrt() < tolerance, "{tolerance}");
        }
    }
}
