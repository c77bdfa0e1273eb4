//! Balls side by side: who is where, who has stopped, and who comes instead.

use super::ball_batch::{Ball, BallOutcome, Ending};
use super::ending::{Row, Stop};
use super::overshoots::{OvershootCounter, Swing};
use crate::math::geometry::{Point, Vector};
use crate::math::lockstep::Limits;
use crate::math::number::{LANES, Lanes, Pair, Real};
use crate::optimizer::{MEMORY, Memory, State};
use crate::run::last_counted;
use crate::surface::AnySurface;
use std::cmp::Reverse;

/// A ball on its way, wherever it is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct BallState {
    ball: Ball,
    state: State,
    /// Where it was before the last step; not a number at its start.
    before: Point,
    /// Of the surface where it is, if that has been looked at.
    slope: Vector,
    /// Steps made.
    pub(super) made: usize,
    /// Peak learning rate.
    pub(super) peak: f64,
    /// Nothing at its start, or where crossings are not watched.
    swing: Option<Swing>,
    /// The step at which it settled and where, while crossings after that are still counted.
    settled: Option<(usize, Point)>,
}

impl BallState {
    /// A ball that has made no step.
    pub(super) fn at_start(ball: Ball) -> Self {
        let state = State { position: ball.start, ..State::default() };
        let before = Point::new(f64::NAN, f64::NAN);
        let (slope, peak) = (Vector::default(), ball.lr);
        Self { ball, state, before, slope, made: 0, peak, swing: None, settled: None }
    }
}

/// What becomes of a ball that leaves its slot.
#[derive(Clone, Copy, Debug)]
pub(super) enum Exit {
    /// Its path ends.
    Stops(Ending),
    /// It goes on by other settings.
    GoesOn,
}

/// Places for balls: a slot is a lane of a pack.
#[derive(Debug, Default)]
pub(super) struct LanePool {
    balls: Vec<Ball>,
    pub(super) positions: Vec<Pair>,
    /// Where the balls were before their last steps.
    pub(super) befores: Vec<Pair>,
    pub(super) memories: Vec<Memory<Pair>>,
    /// Of the surface, where the balls are.
    pub(super) slopes: Vec<Pair>,
    /// Numbers of the balls' next steps, from 1; lanes without a ball count on.
    pub(super) counts: Vec<Lanes>,
    /// Peak learning rates.
    pub(super) peaks: Vec<Lanes>,
    swings: Option<OvershootCounter>,
    /// Of each slot, see [`BallState`].
    settled: Vec<Option<(usize, Point)>>,
    /// Packs in which a ball may have stopped.
    suspects: Vec<usize>,
    /// What vanishes where balls are left at rest, where that is not the slope.
    residuals: Vec<Pair>,
    /// Places whose balls leave or have left, from the last one on.
    gone: Vec<(usize, Exit)>,
}

impl LanePool {
    /// Lets everybody go; the crossings of those who come are watched by `swings`.
    pub(super) fn clear(&mut self, swings: Option<OvershootCounter>) {
        self.balls.clear();
        self.settled.clear();
        self.gone.clear();
        self.truncate();
        self.swings = swings;
    }

    /// Whether no ball is there, nor a gap that waits for one.
    pub(super) fn is_empty(&self) -> bool {
        self.balls.is_empty()
    }

    /// Balls of which it is known that they leave, or gaps that they have left.
    pub(super) fn leaving(&self) -> usize {
        self.gone.len()
    }

    /// Balls that have not left.
    pub(super) fn busy(&self) -> usize {
        self.balls.len() - self.gone.len()
    }

    /// Lets a ball in, in the place of one that has left if there is any.
    pub(super) fn add(&mut self, added: BallState) {
        let slot = self.gone.pop().map_or_else(|| self.open(), |(slot, _)| slot);
        let BallState { ball, state: State { position, memory }, before, slope, .. } = added;
        let BallState { made, peak, swing, settled, .. } = added;
        let (pack, lane) = (slot / LANES, slot % LANES);
        let axes = [(position.x, before.x, slope.x), (position.y, before.y, slope.y)];
        for (axis, (place, before, slope)) in axes.into_iter().enumerate() {
            let lane = axis * LANES + lane;
            self.positions[pack].set(lane, place);
            self.befores[pack].set(lane, before);
            self.slopes[pack].set(lane, slope);
            for (remembered, number) in self.memories[pack].iter_mut().zip(memory[axis]) {
                remembered.set(lane, number);
            }
        }
        self.counts[pack].set(lane, (made + 1) as f64);
        self.peaks[pack].set(lane, peak);
        if let Some(swings) = &mut self.swings {
            let swing = swing.unwrap_or_else(|| swings.at_start(position));
            swings.put(slot, swing);
        }
        self.balls[slot] = ball;
        self.settled[slot] = settled;
    }

    /// Makes room for one ball more.
    fn open(&mut self) -> usize {
        let slot = self.balls.len();
        if slot.is_multiple_of(LANES) {
            self.memories.push([Pair::default(); MEMORY]);
            for pairs in [&mut self.positions, &mut self.befores, &mut self.slopes] {
                pairs.push(Pair::default());
            }
            for lanes in [&mut self.counts, &mut self.peaks] {
                lanes.push(Lanes::constant(1.0));
            }
            if let Some(swings) = &mut self.swings {
                swings.resize(self.positions.len());
            }
        }
        self.balls.push(Ball::default());
        self.settled.push(None);
        slot
    }

    /// Takes the slopes where the balls are, and finds those whose paths end there.
    pub(super) fn look(&mut self, surface: &dyn AnySurface, stop: &Stop<'_>) {
        debug_assert!(self.gone.is_empty(), "a gap waits for a ball");
        self.suspects.clear();
        let Stop { limits, rule, settling } = *stop;
        // Elsewhere rest is not a small slope.
        let plain = !rule.decays() && !settling.freezes();
        let of_slopes = if plain { limits } else { Limits { quiet: 0.0, ..limits } };
        let Self { positions, befores, slopes, suspects, residuals, .. } = self;
        surface.survey(positions, befores, slopes, of_slopes, suspects);
        if !plain {
            rule.residuals(positions, slopes, residuals);
            let most = (0..LANES).map(|lane| {
                self.counts.iter().fold(0, |most, counts| made(counts, lane).max(most))
            });
            let frozen = settling.freezes() && settling.is_frozen(most.max().unwrap_or(0));
            let rows = positions.iter().zip(befores.iter()).zip(residuals.iter());
            for (pack, ((place, before), residual)) in rows.enumerate() {
                let [dx, dy] = residual.split();
                let square = if frozen { Lanes::constant(0.0) } else { dx * dx + dy * dy };
                let stopped = limits.stopped(place.split(), before.split(), square) != 0;
                if stopped && !suspects.contains(&pack) {
                    suspects.push(pack);
                }
            }
            suspects.sort_unstable();
        }
        if let Some(swings) = &mut self.swings {
            swings.watch(&self.positions);
        }
        for index in (0..self.suspects.len()).rev() {
            let pack = self.suspects[index];
            for lane in (0..LANES).rev() {
                let slot = pack * LANES + lane;
                if slot >= self.balls.len() {
                    continue;
                }
                let row = self.row(slot);
                match stop.ending(surface, &row) {
                    Some(Ending::Quiet) if self.swings.is_some() => {
                        self.settled[slot].get_or_insert((row.made, row.place));
                    }
                    Some(ending) => self.gone.push((slot, Exit::Stops(ending))),
                    None => {}
                }
            }
        }
        if self.swings.is_some() {
            self.find_counted();
        }
    }

    /// Finds the balls that have settled and whose crossings do not count any more.
    fn find_counted(&mut self) {
        for slot in 0..self.balls.len() {
            let Some((step, _)) = self.settled[slot] else { continue };
            let counts = self.made(slot) < last_counted(step);
            if !counts && self.gone.iter().all(|(gone, _)| *gone != slot) {
                self.gone.push((slot, Exit::Stops(Ending::Quiet)));
            }
        }
        self.gone.sort_unstable_by_key(|(slot, _)| Reverse(*slot));
    }

    /// Where a slot's ball is, and how it came there.
    fn row(&self, slot: usize) -> Row {
        let [place, before, slope] = [&self.positions, &self.befores, &self.slopes]
            .map(|pairs| numbers(&pairs[slot / LANES], slot));
        Row {
            place: Point::new(place[0], place[1]),
            before: Point::new(before[0], before[1]),
            slope: Vector::new(slope[0], slope[1]),
            made: self.made(slot),
        }
    }

    /// Finds who has not stopped and has made so many steps; no other has made more than the answer
    /// says.
    pub(super) fn find_made(&mut self, steps: usize, exit: Exit) -> usize {
        let (limit, first) = (Lanes::constant((steps + 1) as f64), Lanes::constant(1.0));
        let mut most = first;
        for (pack, &counts) in self.counts.iter().enumerate() {
            let below = counts.less_than(limit);
            most = most.max(Lanes::select(below, counts, first));
            if below.all() {
                continue;
            }
            for lane in 0..LANES {
                let slot = pack * LANES + lane;
                let leaves = slot < self.balls.len() && !below.holds(lane);
                if leaves && self.gone.iter().all(|(gone, _)| *gone != slot) {
                    self.gone.push((slot, exit));
                }
            }
        }
        self.gone.sort_unstable_by_key(|(slot, _)| Reverse(*slot));
        (0..LANES).fold(0, |number, lane| number.max(made(&most, lane)))
    }

    /// Steps that a ball has made.
    fn made(&self, slot: usize) -> usize {
        made(&self.counts[slot / LANES], slot % LANES)
    }

    /// Tells of those that leave. Gaps stay where a path has ended and one of so many that wait is
    /// going to start; the others are filled.
    pub(super) fn part(
        &mut self,
        waiting: usize,
        stopped: &mut impl FnMut(BallOutcome),
        mut going: impl FnMut(BallState),
    ) {
        let mut ends = 0;
        for &(slot, exit) in &self.gone {
            match exit {
                Exit::Stops(ending) => {
                    stopped(self.outcome(slot, ending));
                    ends += 1;
                }
                Exit::GoesOn => going(self.state_of(slot)),
            }
        }
        let filled = self.gone.len() - ends.min(waiting);
        if filled == 0 {
            return;
        }
        // The last ones, so that whoever fills a gap has not left.
        for index in 0..filled {
            self.remove(self.gone[index].0);
        }
        self.gone.drain(..filled);
        self.truncate();
    }

    fn truncate(&mut self) {
        let packs = self.balls.len().div_ceil(LANES);
        self.memories.truncate(packs);
        for pairs in [&mut self.positions, &mut self.befores, &mut self.slopes] {
            pairs.truncate(packs);
        }
        for lanes in [&mut self.counts, &mut self.peaks] {
            lanes.truncate(packs);
        }
    }

    /// What became of a ball that has stopped.
    fn outcome(&self, slot: usize, ending: Ending) -> BallOutcome {
        let overshoots = self.swings.as_ref().map_or(0, |swings| swings.count(slot));
        let mut row = self.row(slot);
        let Some((step, place)) = self.settled[slot] else {
            return row.outcome(self.balls[slot], ending, overshoots);
        };
        (row.made, row.place) = (step, place);
        row.outcome(self.balls[slot], Ending::Quiet, overshoots)
    }

    fn state_of(&self, slot: usize) -> BallState {
        let pack = slot / LANES;
        let Row { place, before, slope, made } = self.row(slot);
        let mut memory = [[0.0; MEMORY]; 2];
        for (index, remembered) in self.memories[pack].iter().enumerate() {
            let [of_x, of_y] = numbers(remembered, slot);
            (memory[0][index], memory[1][index]) = (of_x, of_y);
        }
        BallState {
            ball: self.balls[slot],
            state: State { position: place, memory },
            before,
            slope,
            made,
            peak: self.peaks[pack].get(slot % LANES),
            swing: self.swings.as_ref().map(|swings| swings.swing(slot)),
            settled: self.settled[slot],
        }
    }

    /// Puts the last ball in the place of another.
    fn remove(&mut self, slot: usize) {
        let last = self.balls.len() - 1;
        self.balls.swap_remove(slot);
        self.settled.swap_remove(slot);
        let Self { positions, befores, slopes, memories, counts, peaks, swings, .. } = self;
        copy_pair(positions, |pair| pair, last, slot);
        copy_pair(befores, |pair| pair, last, slot);
        copy_pair(slopes, |pair| pair, last, slot);
        for index in 0..MEMORY {
            copy_pair(memories, |memory| &mut memory[index], last, slot);
        }
        for lanes in [counts, peaks] {
            let number = lanes[last / LANES].get(last % LANES);
            lanes[slot / LANES].set(slot % LANES, number);
        }
        if let Some(swings) = swings {
            swings.put(slot, swings.swing(last));
        }
    }
}

/// Steps that the ball of a lane has made, given the numbers of the next ones.
pub(super) fn made(counts: &Lanes, lane: usize) -> usize {
    counts.get(lane) as usize - 1
}

/// The numbers of a slot's ball, along x and along y.
pub(super) fn numbers(pair: &Pair, slot: usize) -> [f64; 2] {
    [0, LANES].map(|axis| pair.get(axis + slot % LANES))
}

/// Copies a ball's pair of numbers to where another ball's is.
fn copy_pair<T>(packs: &mut [T], pair: impl Fn(&mut T) -> &mut Pair, from: usize, to: usize) {
    let [x, y] = numbers(pair(&mut packs[from / LANES]), from);
    let target = pair(&mut packs[to / LANES]);
    target.set(to % LANES, x);
    target.set(LANES + to % LANES, y);
}
