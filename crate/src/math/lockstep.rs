//! Balls that roll on with nothing between their steps.
//!
//! The loops are compiled for a surface and a rule together. They do what [`Run`](crate::run::Run)
//! does, bit for bit, but record nothing. One ball waits for its last sum most of the time, so
//! several roll [abreast](ABREAST), two to a register and one register after the other: so few
//! numbers are in use at a time that all have a register, and a core goes on with the next balls by
//! itself while it waits for those before. All are looked at together in each step: the smallest
//! gradient among them and the sum of their distances tell whether one may have stopped, and only
//! then each is looked at by itself. When a ball is at rest is what
//! [`Settling`](crate::run::settling::Settling) says, in squares.

use crate::math::number::{Real, Wide};
use std::mem::swap;

/// Balls that roll side by side: as many as keep a core busy.
pub const ABREAST: usize = 8;

/// Registers for one number of each of them.
const REGISTERS: usize = ABREAST / 2;

/// One number of each of two balls.
pub type Two = Wide<1>;

/// A ball.
#[derive(Clone, Copy, Debug)]
pub struct Moving {
    /// Along x and y: where it is.
    pub place: [f64; 2],
    /// Along x and y: where it was before the last step; not a number at the start, so that a ball
    /// that has made no step is not at rest.
    pub before: [f64; 2],
    /// Along x and y: what the rule remembers.
    pub velocity: [f64; 2],
}

impl Moving {
    /// A ball that starts here.
    pub fn at_start(place: [f64; 2]) -> Self {
        Self { place, before: [f64::NAN; 2], velocity: [0.0; 2] }
    }
}

/// One number of each ball, two to a register, and placed so that a register is read at once.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(16))]
struct Numbers([[f64; 2]; REGISTERS]);

impl Numbers {
    fn get(&self, lane: usize) -> f64 {
        self.0[lane / 2][lane % 2]
    }

    fn set(&mut self, lane: usize, number: f64) {
        self.0[lane / 2][lane % 2] = number;
    }

    #[inline(always)]
    fn load(&self, register: usize) -> Two {
        Two::of(self.0[register])
    }

    #[inline(always)]
    fn store(&mut self, register: usize, numbers: Two) {
        self.0[register] = numbers.array();
    }
}

/// Balls at one step.
#[derive(Clone, Debug, Default)]
pub struct LaneBlock {
    /// Along x and y: where they are, where they were before the last step and before the one
    /// before, in turn.
    places: [[Numbers; 2]; 3],
    /// Which of the places are the present ones; the earlier ones follow.
    present: usize,
    /// Along x and y.
    velocities: [Numbers; 2],
    /// Before the last step, the squares of the gradients' norms.
    squares: Numbers,
    /// Before the last step, up to each register, the sum of the squares of their distances.
    sums: Numbers,
}

impl LaneBlock {
    fn places(&self, steps_ago: usize, lane: usize) -> [f64; 2] {
        let [x, y] = &self.places[(self.present + steps_ago) % 3];
        [x.get(lane), y.get(lane)]
    }

    /// A ball as it is.
    pub fn ball(&self, lane: usize) -> Moving {
        let velocity = [0, 1].map(|axis| self.velocities[axis].get(lane));
        Moving { place: self.places(0, lane), before: self.places(1, lane), velocity }
    }

    /// Where a ball was before the last step, and before the one before.
    pub fn earlier(&self, lane: usize) -> [[f64; 2]; 2] {
        [self.places(1, lane), self.places(2, lane)]
    }

    /// Puts a ball in a lane.
    pub fn put(&mut self, lane: usize, ball: &Moving) {
        let before = (self.present + 1) % 3;
        for axis in 0..2 {
            self.places[self.present][axis].set(lane, ball.place[axis]);
            self.places[before][axis].set(lane, ball.before[axis]);
            self.velocities[axis].set(lane, ball.velocity[axis]);
        }
    }
}

/// When a ball has stopped.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The square of the norm under which both the gradient and the last step must be at rest.
    pub quiet: f64,
    /// The size of a coordinate beyond which it has diverged.
    pub far: f64,
}

impl Limits {
    /// Whether a ball has stopped where its gradient is `slope`.
    #[inline(always)]
    pub fn stop(self, ball: &Moving, [dx, dy]: [f64; 2]) -> bool {
        let ([x, y], [old_x, old_y]) = (ball.place, ball.before);
        let (moved_x, moved_y) = (x - old_x, y - old_y);
        // NaN never counts as rest.
        let quiet =
            dx * dx + dy * dy < self.quiet && moved_x * moved_x + moved_y * moved_y < self.quiet;
        let inside = x.abs() <= self.far && y.abs() <= self.far;
        quiet || !inside
    }

    /// A bit for each ball that has stopped, given the squares of their gradients' norms.
    #[inline(always)]
    pub fn stopped<const N: usize>(
        self,
        [x, y]: [Wide<N>; 2],
        [old_x, old_y]: [Wide<N>; 2],
        squares: Wide<N>,
    ) -> u32 {
        let far = Wide::constant(self.far);
        let inside = x.abs().at_most(far).and(y.abs().at_most(far));
        let (moved_x, moved_y) = (x - old_x, y - old_y);
        let limit = Wide::constant(self.quiet);
        let moved = moved_x * moved_x + moved_y * moved_y;
        let quiet = squares.less_than(limit).and(moved.less_than(limit));
        let all = (1 << (2 * N)) - 1;
        quiet.bits() | (all & !inside.bits())
    }
}

/// How balls came to the end of their steps.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rolled {
    /// Steps made.
    pub made: usize,
    /// A bit for each ball that has stopped: where it was before the last step, one ball where it
    /// is.
    pub stopped: u32,
}

/// One ball or a lane block, each of whose numbers is an `R`.
pub(crate) trait Rolling<R> {
    /// Rolls for `steps` steps or until a ball has stopped, which is looked at before each step.
    /// `step` is given coordinate, gradient and velocity, and returns the coordinate after the
    /// step.
    fn roll(
        &mut self,
        steps: usize,
        limits: Limits,
        slope: impl Fn([R; 2]) -> [R; 2],
        step: impl Fn(R, R, &mut R) -> R,
    ) -> Rolled;
}

impl Rolling<f64> for Moving {
    #[inline(always)]
    fn roll(
        &mut self,
        steps: usize,
        limits: Limits,
        slope: impl Fn([f64; 2]) -> [f64; 2],
        step: impl Fn(f64, f64, &mut f64) -> f64,
    ) -> Rolled {
        let mut ball = *self;
        let mut rolled = Rolled::default();
        while rolled.made < steps {
            let [x, y] = ball.place;
            let [dx, dy] = slope([x, y]);
            if limits.stop(&ball, [dx, dy]) {
                rolled.stopped = 1;
                break;
            }
            let [along_x, along_y] = &mut ball.velocity;
            ball.place = [step(x, dx, along_x), step(y, dy, along_y)];
            ball.before = [x, y];
            rolled.made += 1;
        }
        *self = ball;
        rolled
    }
}

impl Rolling<Two> for LaneBlock {
    #[inline(always)]
    fn roll(
        &mut self,
        steps: usize,
        limits: Limits,
        slope: impl Fn([Two; 2]) -> [Two; 2],
        step: impl Fn(Two, Two, &mut Two) -> Two,
    ) -> Rolled {
        let Self { places: [first, second, third], present, velocities, squares, sums } = self;
        let (mut from, mut before, mut to) = match *present {
            0 => (first, second, third),
            1 => (second, third, first),
            _ => (third, first, second),
        };
        let mut rolled = Rolled::default();
        let [quiet, far] = [limits.quiet, limits.far * limits.far].map(Two::constant);
        while rolled.made < steps && rolled.stopped == 0 {
            let (mut least, mut sum) = (Two::default(), Two::default());
            for register in 0..REGISTERS {
                let place = [0, 1].map(|axis| from[axis].load(register));
                let slope = slope(place);
                let (steepness, distance) = (square(slope), square(place));
                // NaN never counts as rest; it makes the sum NaN, which triggers the look at each.
                (least, sum) = match register {
                    0 => (steepness, distance),
                    _ => (least.min(steepness), sum + distance),
                };
                // Stored so that they are made now: compilers would keep their terms for later, in
                // registers that are needed.
                squares.store(register, steepness);
                sums.store(register, sum);
                for axis in 0..2 {
                    let mut velocity = velocities[axis].load(register);
                    let next = step(place[axis], slope[axis], &mut velocity);
                    velocities[axis].store(register, velocity);
                    to[axis].store(register, next);
                }
            }
            rolled.made += 1;
            if !quiet.at_most(least).and(sum.less_than(far)).all() {
                for register in 0..REGISTERS {
                    let [place, before] =
                        [&*from, &*before].map(|row| [0, 1].map(|axis| row[axis].load(register)));
                    let stopped = limits.stopped(place, before, squares.load(register));
                    rolled.stopped |= stopped << (2 * register);
                }
            }
            // What was `to` is the present, `from` before it, and the oldest is written next.
            swap(&mut from, &mut to);
            swap(&mut before, &mut to);
        }
        *present = (*present + 2 * rolled.made) % 3;
        rolled
    }
}

/// The square of a vector's norm.
#[inline(always)]
fn square([x, y]: [Two; 2]) -> Two {
    x * x + y * y
}
