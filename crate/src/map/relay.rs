//! Balls side by side, each replaced by the next as soon as it has stopped.
//!
//! Each is at a step of its own, so this is for rules and plans that do not count steps.

use super::flock::{Ball, Ending, Fate};
use crate::geometry::Point;
use crate::optimizer::Frequent;
use crate::rolling::{ABREAST, Abreast, Limits, Moving, Team, Watched as _};
use crate::surface::AnySurface;

/// A bit for each lane.
const ALL: u32 = (1 << ABREAST) - 1;

/// A ball in its lane.
#[derive(Clone, Copy, Debug)]
struct Runner {
    id: u32,
    /// On the clock of all lanes.
    begun: usize,
}

/// What the balls have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Track<'a> {
    pub(super) surface: &'a dyn AnySurface,
    pub(super) rule: Frequent,
    pub(super) limits: Limits,
    /// The most steps of a ball.
    pub(super) steps: usize,
}

impl Track<'_> {
    /// Lets `balls` run and tells of each when it has stopped.
    pub(super) fn run(self, balls: &[Ball], mut stopped: impl FnMut(Fate)) {
        let mut waiting = balls.iter();
        let mut team = Team::default();
        let mut ids = [0; ABREAST];
        let mut begun = [usize::MAX; ABREAST];
        // On the clock of all lanes; a bit for each that is free.
        let (mut clock, mut free) = (0, ALL);
        loop {
            for lane in lanes(free) {
                let Some(ball) = waiting.next() else { break };
                put(&mut team, lane, &ball_at(ball));
                (ids[lane], begun[lane]) = (ball.id, clock);
                free &= !(1 << lane);
            }
            let runner = |lane: usize| Runner { id: ids[lane], begun: begun[lane] };
            if free != 0 {
                let Some(other) = lanes(ALL & !free).next() else { return };
                let ball = now(&team, other);
                if free.count_ones() as usize == ABREAST - 1 {
                    return stopped(self.alone(ball, runner(other), clock));
                }
                // Whoever is in an empty lane must not stop the others.
                lanes(free).for_each(|lane| put(&mut team, lane, &ball));
            }
            let earliest = begun.iter().fold(usize::MAX, |least, &begun| least.min(begun));
            let left = earliest + self.steps - clock;
            let made = self.surface.roll(self.rule, &mut team, left, self.limits);
            let looked_at = clock + made.saturating_sub(1) / Abreast::TOGETHER * Abreast::TOGETHER;
            clock += made;
            let suspects = team.watch.suspects(self.limits) & !free;
            for lane in lanes(suspects) {
                stopped(self.alone(before(&team, lane), runner(lane), looked_at));
            }
            let mut ended = suspects;
            if made == left {
                for lane in lanes(ALL & !free & !suspects) {
                    if clock - begun[lane] == self.steps {
                        stopped(self.alone(now(&team, lane), runner(lane), clock));
                        ended |= 1 << lane;
                    }
                }
            }
            lanes(ended).for_each(|lane| begun[lane] = usize::MAX);
            free |= ended;
        }
    }

    /// Lets a ball end its path by itself.
    fn alone(self, ball: Team<f64>, runner: Runner, clock: usize) -> Fate {
        let left = runner.begun + self.steps - clock;
        let mut team = ball;
        let made = self.surface.roll_one(self.rule, &mut team, left, self.limits);
        let steps = clock - runner.begun + made;
        if f64::hold(&team.watch, self.limits) || made == 0 {
            let [x, y] = team.now.place;
            let (_, slope) = self.surface.gradient(Point::new(x, y));
            team.watch = [[x, y], [slope.x, slope.y]];
            return self.fate(&team.watch, runner, steps);
        }
        self.fate(&team.watch, runner, steps - 1)
    }

    fn fate(self, [[x, y], [dx, dy]]: &[[f64; 2]; 2], runner: Runner, steps: usize) -> Fate {
        let end = Point::new(*x, *y);
        let ending = if !end.is_within(self.limits.far) {
            Ending::Diverged
        } else if dx * dx + dy * dy < self.limits.quiet {
            Ending::Quiet
        } else {
            Ending::Moving
        };
        Fate { id: runner.id, end, steps, ending, overshoots: 0 }
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
fn ball_at(ball: &Ball) -> Team<f64> {
    let now = Moving { place: [ball.start.x, ball.start.y], ..Moving::default() };
    Team { now, lr: ball.lr, ..Team::default() }
}

/// The ball in a lane, as it is.
fn now(team: &Team<Abreast>, lane: usize) -> Team<f64> {
    Team { now: one(&team.now, lane), lr: team.lr.get(lane), ..Team::default() }
}

/// The ball in a lane, as it was before the steps that were looked at together.
fn before(team: &Team<Abreast>, lane: usize) -> Team<f64> {
    Team { now: one(&team.before, lane), lr: team.lr.get(lane), ..Team::default() }
}

fn one(moving: &Moving<Abreast>, lane: usize) -> Moving<f64> {
    let ([x, y], [along_x, along_y]) = (&moving.place, &moving.velocity);
    Moving { place: [x.get(lane), y.get(lane)], velocity: [along_x.get(lane), along_y.get(lane)] }
}

fn put(team: &mut Team<Abreast>, lane: usize, ball: &Team<f64>) {
    for axis in 0..2 {
        team.now.place[axis].set(lane, ball.now.place[axis]);
        team.now.velocity[axis].set(lane, ball.now.velocity[axis]);
    }
    team.lr.set(lane, ball.lr);
}
