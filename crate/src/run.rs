//! One ball: the path an optimizer takes over a surface, and what became of it.

use crate::geometry::{Point, Vector};
use crate::noise::Noise;
use crate::number::Real;
use crate::optimizer::{AnyOptimizer, State, Step};
use crate::places::nearest;
use crate::schedule::Schedule;
use crate::surface::AnySurface;
use crate::theory::directions;

/// A coordinate beyond this size counts as diverged.
pub const DIVERGED: f64 = 1e12;

/// What became of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Still on its way at the last step.
    Running,
    /// From this step on the gradient stayed under the tolerance, and so did each step's length.
    Converged(usize),
    /// At this step a coordinate stopped being finite or passed [`DIVERGED`]; it is the last one.
    Diverged(usize),
}

/// From one step on: the rule, its learning rate and its schedule.
#[derive(Debug)]
pub struct Leg {
    /// Steps made before this leg begins; 0 for the first.
    pub from: usize,
    /// The update rule.
    pub optimizer: Box<dyn AnyOptimizer>,
    /// Peak learning rate.
    pub lr: f64,
    /// How the learning rate moves.
    pub schedule: Schedule,
}

/// What a run is asked to do.
#[derive(Debug)]
pub struct Plan {
    /// Where the ball starts.
    pub start: Point,
    /// Number of steps to make.
    pub steps: usize,
    /// Gradient norm and step length below which the ball counts as settled.
    pub tolerance: f64,
    /// Chance in the gradients.
    pub noise: Noise,
    /// The rules in force, by their first step, the first at 0. The memory of a ball passes from
    /// leg to leg, so all must be of one optimizer.
    pub legs: Vec<Leg>,
}

/// A computed path: row k is the state after k steps, row 0 the start.
#[derive(Clone, Debug)]
pub struct Run {
    points: Vec<Point>,
    losses: Vec<f64>,
    gradients: Vec<Vector>,
    rates: Vec<f64>,
    probes: Vec<Point>,
    pushes: Vec<Vector>,
    overshoots: Vec<[u32; 2]>,
    rest: Option<Point>,
    status: Status,
}

impl Run {
    /// A run with no path yet; [`compute`](Self::compute) gives it one.
    pub fn new() -> Self {
        Self {
            points: Vec::new(),
            losses: Vec::new(),
            gradients: Vec::new(),
            rates: Vec::new(),
            probes: Vec::new(),
            pushes: Vec::new(),
            overshoots: Vec::new(),
            rest: None,
            status: Status::Running,
        }
    }

    /// Makes all steps of `plan` at once, whatever happens, unless the run diverges; reuses the
    /// buffers of the path before.
    pub fn compute(&mut self, surface: &dyn AnySurface, plan: &Plan) {
        self.walk(surface, plan);
        self.find_rest(surface);
        self.count_overshoots(surface);
    }

    /// The same, but no resting place is found and overshoots are not counted.
    pub(crate) fn walk(&mut self, surface: &dyn AnySurface, plan: &Plan) {
        self.points.clear();
        self.losses.clear();
        self.gradients.clear();
        self.rates.clear();
        self.probes.clear();
        self.pushes.clear();
        self.rest = None;
        self.status = Status::Running;
        self.record(surface, plan.start);
        if plan.start.is_within(DIVERGED) {
            self.make_steps(surface, plan);
        } else {
            self.status = Status::Diverged(0);
        }
    }

    fn make_steps(&mut self, surface: &dyn AnySurface, plan: &Plan) {
        let mut legs = plan.legs.iter().peekable();
        let Some(mut leg) = legs.next() else { return };
        let mut state = State { position: plan.start, ..State::default() };
        let line = surface.description().dimension == 1;
        let mut settled_since = None;
        let mut indices = Vec::new();
        for count in 1..=plan.steps {
            while let Some(next) = legs.next_if(|next| next.from < count) {
                leg = next;
            }
            let before = state.position;
            let probe = leg.optimizer.probe(&state);
            let samples = surface.samples();
            let mut gradient = match plan.noise.batch(count, samples, &mut indices) {
                Some(batch) => surface.batch_gradient(probe, batch),
                None if probe == before => self.gradients[count - 1],
                None => surface.gradient(probe).1,
            };
            if let Some(noise) = plan.noise.gradient(count) {
                gradient = Vector::new(gradient.x + noise.x, gradient.y + noise.y);
            }
            let lr = leg.lr * leg.schedule.share(count);
            self.rates.push(lr);
            self.probes.push(probe);
            self.pushes.push(gradient);
            leg.optimizer.step(&mut state, gradient, Step { count: count as f64, lr });
            if line {
                // Noise would move y, and so would Yogi, whose averages do not begin at 0.
                state.position.y = 0.0;
            }
            self.record(surface, state.position);
            if !state.position.is_within(DIVERGED) {
                self.status = Status::Diverged(count);
                return;
            }
            let quiet = self.gradients[count].norm() < plan.tolerance
                && (state.position - before).norm() < plan.tolerance;
            settled_since = if quiet { settled_since.or(Some(count)) } else { None };
        }
        if let Some(step) = settled_since {
            self.status = Status::Converged(step);
        }
    }

    fn record(&mut self, surface: &dyn AnySurface, point: Point) {
        let (loss, gradient) = surface.gradient(point);
        self.points.push(point);
        self.losses.push(loss);
        self.gradients.push(gradient);
    }

    /// Counts, up to each step, the crossings of the resting place along the Hessian's two
    /// eigen-directions there. A crossing counts once the ball is beyond it by a thousandth of
    /// the start's distance, so that rounding at rest does not count.
    fn count_overshoots(&mut self, surface: &dyn AnySurface) {
        self.overshoots.clear();
        self.overshoots.resize(self.points.len(), [0; 2]);
        let Some(rest) = self.rest else { return };
        for (axis, eigen) in directions(surface, rest).into_iter().enumerate() {
            let offset = |p: Point| (p - rest).dot(eigen.direction);
            let threshold = overshoot_threshold(offset(self.points[0]));
            let mut side = offset(self.points[0]);
            let mut count = 0;
            for (&point, slot) in self.points.iter().zip(&mut self.overshoots) {
                let now = offset(point);
                if now.abs() > threshold && now * side < 0.0 {
                    count += 1;
                    side = now;
                }
                slot[axis] = count;
            }
        }
    }

    /// The minimum nearest to the end of the path, or the nearest one to the start if it diverged.
    pub fn resting_place(&self) -> Option<Point> {
        self.rest
    }

    fn find_rest(&mut self, surface: &dyn AnySurface) {
        let end = match self.status {
            Status::Diverged(_) => self.points[0],
            Status::Running | Status::Converged(_) => self.end(),
        };
        let minima = surface.minima();
        self.rest = nearest(&minima, end).map(|(index, _)| minima[index]);
    }

    /// Positions, one a row.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// Surface values, one a row.
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// Gradients of the surface, one a row.
    pub fn gradients(&self) -> &[Vector] {
        &self.gradients
    }

    /// Learning rates: item k is that of step k + 1.
    pub fn rates(&self) -> &[f64] {
        &self.rates
    }

    /// Where the gradient was taken: item k is that of step k + 1, the position after k steps
    /// unless the rule looks ahead.
    pub fn probes(&self) -> &[Point] {
        &self.probes
    }

    /// The gradients that the rule was given, with all chance in them: item k is that of
    /// step k + 1.
    pub fn pushes(&self) -> &[Vector] {
        &self.pushes
    }

    /// Crossings of the resting place up to each row, along the flattest and the steepest
    /// eigen-direction; twice the same in one dimension.
    pub fn overshoots(&self) -> &[[u32; 2]] {
        &self.overshoots
    }

    /// What became of the run.
    pub fn status(&self) -> Status {
        self.status
    }

    /// Number of the last row; 0 before the first [`compute`](Self::compute).
    pub fn last_step(&self) -> usize {
        self.points.len().saturating_sub(1)
    }

    /// The last position.
    ///
    /// # Panics
    /// Before the first [`compute`](Self::compute).
    pub fn end(&self) -> Point {
        self.points[self.last_step()]
    }

    /// Where the ball is at a time in steps, between two rows on the straight line that joins
    /// them; the first row before the start, the last once the path has ended.
    ///
    /// # Panics
    /// Before the first [`compute`](Self::compute).
    pub fn position_at(&self, time: f64) -> Point {
        let time = time.max(0.0);
        let row = (time as usize).min(self.last_step());
        match self.points.get(row + 1) {
            Some(&next) => self.points[row].toward(next, time - row as f64),
            None => self.points[row],
        }
    }
}

/// The offset from the resting place that a crossing must reach to count, for a ball whose start
/// has this offset.
pub(crate) fn overshoot_threshold<R: Real>(start: R) -> R {
    start.abs() * 1e-3
}

impl Default for Run {
    fn default() -> Self {
        Self::new()
    }
}
