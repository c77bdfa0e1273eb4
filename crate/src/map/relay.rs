//! Balls side by side, each replaced by the next as soon as it has stopped.
//!
//! Each is at a step of its own, so this is for rules and plans that do not count steps.

use super::flock::{Ball, Ending, Fate};
use crate::geometry::Point;
use crate::number::Real;
use crate::optimizer::Frequent;
use crate::rolling::{ABREAST, Abreast, Limits, Team};
use crate::surface::AnySurface;

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
        let mut team = team_of(Abreast::constant(0.0));
        let mut runners = [None; ABREAST];
        let mut clock = 0;
        loop {
            for (lane, runner) in runners.iter_mut().enumerate() {
                if runner.is_none() {
                    let Some(ball) = waiting.next() else { break };
                    *runner = Some(Runner { id: ball.id, begun: clock });
                    put(&mut team, lane, &ball_at(ball));
                }
            }
            let mut running = (0..ABREAST).filter(|&lane| runners[lane].is_some());
            let (Some(first), others) = (running.next(), running.count()) else { return };
            if others == 0 {
                if let Some(runner) = runners[first] {
                    stopped(self.alone(take(&team, first), runner, clock));
                }
                return;
            }
            if others + 1 < ABREAST {
                // Whoever is in an empty lane must not stop the others.
                let double = take(&team, first);
                let empty = (0..ABREAST).filter(|&lane| runners[lane].is_none());
                empty.for_each(|lane| put(&mut team, lane, &double));
            }
            let earliest = runners.iter().flatten().map(|runner| runner.begun).min();
            let left = earliest.map_or(0, |begun| begun + self.steps - clock);
            clock += self.surface.roll(self.rule, &mut team, left, self.limits);
            let go_on = self.go_on(&team);
            let mut all_go_on = true;
            for (lane, place) in runners.iter_mut().enumerate() {
                let Some(runner) = *place else { continue };
                if go_on >> lane & 1 == 0 || clock - runner.begun == self.steps {
                    stopped(self.fate(&take(&team, lane), runner, clock));
                    *place = None;
                    all_go_on = false;
                }
            }
            if all_go_on {
                clock += self.surface.roll(self.rule, &mut team, 1, Limits::NONE);
            }
        }
    }

    /// Lets the last ball end its path.
    fn alone(self, mut ball: Team<f64>, runner: Runner, clock: usize) -> Fate {
        let left = runner.begun + self.steps - clock;
        let more = self.surface.roll_one(self.rule, &mut ball, left, self.limits);
        self.fate(&ball, runner, clock + more)
    }

    /// A bit for each ball of a team that is within the limits.
    fn go_on(self, team: &Team<Abreast>) -> u32 {
        let [far, quiet] = [self.limits.far, self.limits.quiet].map(Abreast::constant);
        let ([x, y], [dx, dy]) = (team.place, team.slope);
        let inside = x.abs().at_most(far).and(y.abs().at_most(far));
        let rests = (dx * dx + dy * dy).less_than(quiet);
        inside.bits() & !rests.bits()
    }

    fn fate(self, ball: &Team<f64>, runner: Runner, clock: usize) -> Fate {
        let ([x, y], [dx, dy]) = (ball.place, ball.slope);
        let end = Point::new(x, y);
        let ending = if !end.is_within(self.limits.far) {
            Ending::Diverged
        } else if dx * dx + dy * dy < self.limits.quiet {
            Ending::Quiet
        } else {
            Ending::Moving
        };
        Fate { id: runner.id, end, steps: clock - runner.begun, ending, overshoots: 0 }
    }
}

/// A team at rest at the origin.
fn team_of<R: Copy>(zero: R) -> Team<R> {
    Team { place: [zero; 2], velocity: [zero; 2], lr: zero, slope: [zero; 2] }
}

/// A ball at its start.
fn ball_at(ball: &Ball) -> Team<f64> {
    Team { place: [ball.start.x, ball.start.y], lr: ball.lr, ..team_of(0.0) }
}

/// The ball in a lane.
fn take(team: &Team<Abreast>, lane: usize) -> Team<f64> {
    let one = |abreast: Abreast| abreast.get(lane);
    let Team { place, velocity, lr, slope } = *team;
    Team { place: place.map(one), velocity: velocity.map(one), lr: one(lr), slope: slope.map(one) }
}

fn put(team: &mut Team<Abreast>, lane: usize, ball: &Team<f64>) {
    for axis in 0..2 {
        team.place[axis].set(lane, ball.place[axis]);
        team.velocity[axis].set(lane, ball.velocity[axis]);
    }
    team.lr.set(lane, ball.lr);
}
