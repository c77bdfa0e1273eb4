//! Balls side by side, each replaced by the next as soon as it has stopped.
//!
//! Each is at a step of its own, so this is for rules and plans that do not count steps.

use super::flock::{Ball, Ending, Fate};
use crate::geometry::Point;
use crate::optimizer::Steady;
use crate::rolling::{ABREAST, Limits, Moving, Team};
use crate::surface::AnySurface;

/// A bit for each lane.
const ALL: u32 = (1 << ABREAST) - 1;

/// What the balls have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Track<'a> {
    pub(super) surface: &'a dyn AnySurface,
    pub(super) rule: Steady,
    pub(super) limits: Limits,
    /// The most steps of a ball.
    pub(super) steps: usize,
}

impl Track<'_> {
    /// Lets `balls` run and tells of each when it has stopped.
    pub(super) fn run(self, balls: &[Ball], mut stopped: impl FnMut(Fate)) {
        let mut waiting = balls.iter();
        let mut team = Team::default();
        let mut balls = [Ball::default(); ABREAST];
        // On the clock of all lanes, which runs for longer than 32 bits can count.
        let mut begun = [u64::MAX; ABREAST];
        // A bit for each lane without a ball.
        let (mut clock, mut free) = (0_u64, ALL);
        loop {
            for lane in lanes(free) {
                let Some(ball) = waiting.next() else { break };
                team.put(lane, &at_start(ball));
                (balls[lane], begun[lane]) = (*ball, clock);
                free &= !(1 << lane);
            }
            let earliest = begun.iter().fold(u64::MAX, |least, &begun| least.min(begun));
            let left = (earliest.saturating_add(self.steps as u64) - clock) as usize;
            if free != 0 {
                let Some(other) = lanes(ALL & !free).next() else { return };
                let mut ball = team.ball(other);
                if free.count_ones() as usize == ABREAST - 1 {
                    let rolled = self.surface.roll_one(self.rule, &mut ball, left, self.limits);
                    let made = (clock - begun[other]) as usize + rolled.made;
                    return stopped(match rolled.stopped {
                        0 => self.out_of_steps(balls[other], ball.place),
                        _ => self.stopped(balls[other], ball.place, made),
                    });
                }
                // Whoever is in an empty lane must not stop the others.
                lanes(free).for_each(|lane| team.put(lane, &ball));
            }
            let rolled = self.surface.roll(self.rule, &mut team, left, self.limits);
            clock += rolled.made as u64;
            let mut ended = rolled.stopped & !free;
            for lane in lanes(ended) {
                let made = (clock - 1 - begun[lane]) as usize;
                stopped(self.stopped(balls[lane], team.before(lane), made));
            }
            if rolled.made == left {
                for lane in lanes(ALL & !free & !ended) {
                    if clock - begun[lane] == self.steps as u64 {
                        stopped(self.out_of_steps(balls[lane], team.ball(lane).place));
                        ended |= 1 << lane;
                    }
                }
            }
            lanes(ended).for_each(|lane| begun[lane] = u64::MAX);
            free |= ended;
        }
    }

    /// A ball that has stopped.
    fn stopped(self, ball: Ball, [x, y]: [f64; 2], steps: usize) -> Fate {
        let end = Point::new(x, y);
        let inside = end.is_within(self.limits.far);
        let ending = if inside { Ending::Quiet } else { Ending::Diverged };
        Fate { ball, end, steps, ending, overshoots: 0 }
    }

    /// A ball that has made all steps: it may have stopped with the last.
    fn out_of_steps(self, ball: Ball, place: [f64; 2]) -> Fate {
        let fate = self.stopped(ball, place, self.steps);
        let (_, slope) = self.surface.gradient(fate.end);
        if self.limits.stop(place, [slope.x, slope.y]) {
            return fate;
        }
        Fate { ending: Ending::Moving, ..fate }
    }
}

/// The lanes whose bits are set.
fn lanes(mut bits: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lane = bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        (lane < ABREAST).then_some(lane)
    })
}

/// A ball at its start.
fn at_start(ball: &Ball) -> Moving {
    Moving { place: [ball.start.x, ball.start.y], velocity: [0.0; 2] }
}
