//! One ball: the path an optimizer takes over a surface, and what became of it.

use crate::geometry::{Point, Vector};
use crate::optimizer::{AnyOptimizer, State, Step};
use crate::surface::AnySurface;

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

/// What a run is asked to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Where the ball starts.
    pub start: Point,
    /// Number of steps to make.
    pub steps: usize,
    /// Learning rate.
    pub lr: f64,
    /// Gradient norm and step length below which the ball counts as settled.
    pub tolerance: f64,
}

/// A computed path: row k is the state after k steps, row 0 the start.
#[derive(Clone, Debug)]
pub struct Run {
    points: Vec<Point>,
    losses: Vec<f64>,
    gradients: Vec<Vector>,
    overshoots: Vec<[u32; 2]>,
    status: Status,
}

impl Run {
    /// A run with no path yet; [`compute`](Self::compute) gives it one.
    pub fn new() -> Self {
        Self {
            points: Vec::new(),
            losses: Vec::new(),
            gradients: Vec::new(),
            overshoots: Vec::new(),
            status: Status::Running,
        }
    }

    /// Makes all steps of `plan` at once, whatever happens, unless the run diverges; reuses the
    /// buffers of the path before.
    pub fn compute(&mut self, surface: &dyn AnySurface, optimizer: &dyn AnyOptimizer, plan: Plan) {
        self.points.clear();
        self.losses.clear();
        self.gradients.clear();
        self.status = Status::Running;
        let mut state = State { position: plan.start, ..State::default() };
        self.record(surface, plan.start);
        let mut settled_since = None;
        for count in 1..=plan.steps {
            let before = state.position;
            let gradient = match optimizer.probe(&state) {
                probe if probe == before => self.gradients[count - 1],
                probe => surface.gradient(probe).1,
            };
            optimizer.step(&mut state, gradient, Step { count: count as f64, lr: plan.lr });
            self.record(surface, state.position);
            if !state.position.is_within(DIVERGED) {
                self.status = Status::Diverged(count);
                break;
            }
            let quiet = self.gradients[count].norm() < plan.tolerance
                && (state.position - before).norm() < plan.tolerance;
            settled_since = if quiet { settled_since.or(Some(count)) } else { None };
        }
        if let (Status::Running, Some(step)) = (self.status, settled_since) {
            self.status = Status::Converged(step);
        }
        self.count_overshoots(surface);
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
        let Some(rest) = self.resting_place(surface) else { return };
        for (axis, eigen) in surface.hessian(rest).eigen().into_iter().enumerate() {
            let offset = |p: Point| (p - rest).dot(eigen.direction);
            let threshold = 1e-3 * offset(self.points[0]).abs();
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
    fn resting_place(&self, surface: &dyn AnySurface) -> Option<Point> {
        let end = match self.status {
            Status::Diverged(_) => self.points[0],
            _ => self.end(),
        };
        let distance = |p: &Point| (*p - end).norm();
        surface.minima().into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))
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

    /// Crossings of the resting place up to each row, along the flattest and the steepest
    /// eigen-direction.
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
    /// them; the last row once the path has ended.
    ///
    /// # Panics
    /// Before the first [`compute`](Self::compute).
    pub fn position_at(&self, time: f64) -> Point {
        let row = (time.max(0.0) as usize).min(self.last_step());
        match self.points.get(row + 1) {
            Some(&next) => self.points[row].toward(next, time - row as f64),
            None => self.points[row],
        }
    }
}

impl Default for Run {
    fn default() -> Self {
        Self::new()
    }
}
