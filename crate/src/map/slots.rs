//! The balls of a flock, side by side: who is where, who has stopped, and who comes instead.

use super::flock::{Ball, Ending, Fate};
use super::swings::Swings;
use crate::geometry::Point;
use crate::number::{LANES, Lanes, Pair, Real};
use crate::optimizer::{MEMORY, Memory};
use crate::rolling::Limits;
use crate::surface::AnySurface;
use std::cmp::Reverse;

/// See the [module](self). A slot is a lane of a pack.
#[derive(Debug, Default)]
pub(super) struct Slots {
    /// Those that have not stopped come first, without gaps.
    balls: Vec<Ball>,
    pub(super) positions: Vec<Pair>,
    pub(super) memories: Vec<Memory<Pair>>,
    /// Of the surface, where the balls are.
    pub(super) slopes: Vec<Pair>,
    /// Numbers of the balls' next steps, from 1.
    pub(super) counts: Vec<Lanes>,
    /// Peak learning rates.
    pub(super) peaks: Vec<Lanes>,
    /// Packs in which a ball may have stopped.
    suspects: Vec<usize>,
    /// Slots of balls that have stopped, from the last one on.
    gone: Vec<(usize, Ending)>,
}

impl Slots {
    /// Lets these balls start, and no others.
    pub(super) fn fill(&mut self, balls: &[Ball], swings: &mut Option<&mut Swings>) {
        let packs = balls.len().div_ceil(LANES);
        self.balls.clear();
        self.balls.resize(balls.len(), Ball::default());
        self.memories.resize(packs, [Pair::default(); MEMORY]);
        for pairs in [&mut self.positions, &mut self.slopes] {
            pairs.clear();
            pairs.resize(packs, Pair::default());
        }
        for lanes in [&mut self.counts, &mut self.peaks] {
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

    /// Takes the slopes where the balls are, and finds who has stopped there.
    pub(super) fn look(&mut self, surface: &dyn AnySurface, limits: Limits) {
        self.suspects.clear();
        surface.survey(&self.positions, &mut self.slopes, limits, &mut self.suspects);
        self.gone.clear();
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
    pub(super) fn find_out_of_steps(&mut self, steps: usize) -> usize {
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

    /// Tells of those that have stopped, and fills the gaps for which none of the `waiting` is left.
    pub(super) fn retire(
        &mut self,
        waiting: usize,
        swings: &mut Option<&mut Swings>,
        stopped: &mut impl FnMut(Fate),
    ) {
        for &(slot, ending) in &self.gone {
            let [x, y] = self.positions[slot / LANES].split().map(|lanes| lanes.get(slot % LANES));
            let overshoots = swings.as_ref().map_or(0, |swings| swings.count(slot));
            let (ball, end) = (self.balls[slot], Point::new(x, y));
            stopped(Fate { ball, end, steps: self.made(slot), ending, overshoots });
        }
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
        for pairs in [&mut self.positions, &mut self.slopes] {
            pairs.truncate(packs);
        }
        for lanes in [&mut self.counts, &mut self.peaks] {
            lanes.truncate(packs);
        }
    }

    /// After a step: the next balls start in the places of those that have stopped.
    pub(super) fn go_on<'a>(
        &mut self,
        waiting: &mut impl Iterator<Item = &'a Ball>,
        swings: &mut Option<&mut Swings>,
    ) {
        self.counts.iter_mut().for_each(|counts| *counts = *counts + 1.0);
        while let Some((slot, _)) = self.gone.pop() {
            if let Some(&ball) = waiting.next() {
                self.put(slot, ball, swings);
            }
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
pub(super) fn made(counts: &Lanes, lane: usize) -> usize {
    counts.get(lane) as usize - 1
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
