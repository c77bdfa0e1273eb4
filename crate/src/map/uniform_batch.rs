//! Balls side by side, each replaced by the next as soon as it has stopped.
//!
//! Each is at a step of its own, so this is for rules and plans that do not count steps.

use super::ball_batch::{Ball, BallOutcome, Ending};
use super::ending::{Row, Stop};
use crate::math::geometry::{Point, Vector};
use crate::math::lockstep::{ABREAST, LaneBlock, Moving};
use crate::optimizer::ConstantRule;
use crate::surface::AnySurface;

/// A bit for each lane.
const ALL: u32 = (1 << ABREAST) - 1;

/// What the balls have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Track<'a> {
    pub(super) surface: &'a dyn AnySurface,
    pub(super) rule: ConstantRule,
    pub(super) stop: Stop<'a>,
    /// The most steps of a ball.
    pub(super) steps: usize,
}

impl Track<'_> {
    /// Lets `balls` run and tells of each when it has stopped.
    pub(super) fn run(self, balls: &[Ball], mut stopped: impl FnMut(BallOutcome)) {
        let mut waiting = balls.iter();
        let mut block = LaneBlock::default();
        let limits = self.stop.limits;
        let mut balls = [Ball::default(); ABREAST];
        // On the clock of all lanes, which runs for longer than 32 bits can count.
        let mut begun = [u64::MAX; ABREAST];
        // A bit for each lane without a ball.
        let (mut clock, mut free) = (0_u64, ALL);
        loop {
            for lane in lanes(free) {
                let Some(ball) = waiting.next() else { break };
                block.put(lane, &Moving::at_start([ball.start.x, ball.start.y]));
                (balls[lane], begun[lane]) = (*ball, clock);
                free &= !(1 << lane);
            }
            let earliest = begun.iter().fold(u64::MAX, |least, &begun| least.min(begun));
            let left = (earliest.saturating_add(self.steps as u64) - clock) as usize;
            if free != 0 {
                let Some(other) = lanes(ALL & !free).next() else { return };
                let mut ball = block.ball(other);
                if free.count_ones() as usize == ABREAST - 1 {
                    let rolled = self.surface.roll_one(self.rule, &mut ball, left, limits);
                    let made = (clock - begun[other]) as usize + rolled.made;
                    return stopped(match rolled.stopped {
                        0 => self.out_of_steps(balls[other], ball.place, ball.before),
                        _ => self.stopped(balls[other], ball.place, ball.before, made),
                    });
                }
                // Whoever is in an empty lane must not stop the others.
                lanes(free).for_each(|lane| block.put(lane, &ball));
            }
            let rolled = self.surface.roll(self.rule, &mut block, left, limits);
            clock += rolled.made as u64;
            let mut ended = rolled.stopped & !free;
            for lane in lanes(ended) {
                let made = (clock - 1 - begun[lane]) as usize;
                let [place, before] = block.earlier(lane);
                stopped(self.stopped(balls[lane], place, before, made));
            }
            if rolled.made == left {
                for lane in lanes(ALL & !free & !ended) {
                    if clock - begun[lane] == self.steps as u64 {
                        let Moving { place, before, .. } = block.ball(lane);
                        stopped(self.out_of_steps(balls[lane], place, before));
                        ended |= 1 << lane;
                    }
                }
            }
            lanes(ended).for_each(|lane| begun[lane] = u64::MAX);
            free |= ended;
        }
    }

    /// What became of a ball that has stopped, as the loop has found out.
    fn stopped(self, ball: Ball, place: [f64; 2], before: [f64; 2], made: usize) -> BallOutcome {
        let row = row(place, before, made);
        let inside = row.place.is_within(self.stop.limits.far);
        let ending = if inside { Ending::Quiet } else { row.outside(self.surface) };
        row.outcome(ball, ending, 0)
    }

    /// A ball that has made all steps: it may have stopped with the last.
    fn out_of_steps(self, ball: Ball, place: [f64; 2], before: [f64; 2]) -> BallOutcome {
        let mut row = row(place, before, self.steps);
        (_, row.slope) = self.surface.gradient(row.place);
        let ending = self.stop.ending(self.surface, &row);
        row.outcome(ball, ending.unwrap_or(Ending::Moving), 0)
    }
}

/// A row whose slope is not known.
fn row([x, y]: [f64; 2], [old_x, old_y]: [f64; 2], made: usize) -> Row {
    let (place, before) = (Point::new(x, y), Point::new(old_x, old_y));
    Row { place, before, slope: Vector::default(), made }
}

/// The lanes whose bits are set.
fn lanes(mut bits: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lane = bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        (lane < ABREAST).then_some(lane)
    })
}
