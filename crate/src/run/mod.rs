//! One ball: the path an optimizer takes over a surface, and what became of it.

pub mod centre;
pub mod measure;
pub mod noise;
pub mod settling;
pub mod stationary_index;

use crate::math::geometry::{Point, Vector};
use crate::math::number::Real;
use crate::optimizer::schedule::Schedule;
use crate::optimizer::{AnyOptimizer, State, Step};
use crate::run::noise::Noise;
use crate::run::settling::{Held, Settling, leaving_since, neighbourhood};
use crate::run::stationary_index::{Place, StationaryIndex, nearest};
use crate::surface::{AnySurface, StationaryKind, stationary_near};
use crate::theory::directions;

/// A coordinate beyond this size counts as diverged.
pub const DIVERGED: f64 = 1e12;

/// What became of a run: the first of these that happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Still on its way at the last step.
    Running,
    /// Came to rest at this step, by [`Settling::holds`]: in a minimum, or elsewhere, see
    /// [`Run::place`] and [`Run::held`]. The path goes on to its last step all the same.
    Converged(usize),
    /// At this step a coordinate passed [`DIVERGED`]; it is the last one.
    Diverged(usize),
    /// Moving away: since this step outside the surface's view, widened to hold the start, by more
    /// than its width or height, and at the end of the path farther out than ever before.
    Leaving(usize),
    /// After this step f or its gradient is not a finite number where the ball is, or where its
    /// rule takes the gradient: there is no further step. 0 if that is so at the start.
    Undefined(usize),
}

impl Status {
    /// The step at which it happened; `None` for a ball that is still on its way.
    pub fn step(self) -> Option<usize> {
        match self {
            Self::Running => None,
            Self::Converged(step)
            | Self::Diverged(step)
            | Self::Leaving(step)
            | Self::Undefined(step) => Some(step),
        }
    }
}

/// From one step on: the rule, its learning rate and its schedule.
#[derive(Debug)]
pub struct Segment {
    /// Steps made before this segment begins; 0 for the first.
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
    /// Gradient norm and step length below which the ball is at rest, see [`Settling`].
    pub tolerance: f64,
    /// Chance in the gradients.
    pub noise: Noise,
    /// The rules in force, by their first step, the first at 0. The memory of a ball passes from
    /// segment to segment, so all must be of one optimizer.
    pub segments: Vec<Segment>,
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
    place: Option<Place>,
    held: Option<Held>,
    reach: f64,
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
            place: None,
            held: None,
            reach: 0.0,
        }
    }

    /// Makes all steps of `plan` at once, whatever happens, unless the run diverges or comes to
    /// where f is undefined; reuses the buffers of the path before.
    pub fn compute(&mut self, surface: &dyn AnySurface, plan: &Plan) {
        self.compute_among(&StationaryIndex::of(surface), surface, plan);
    }

    /// The same where the stationary points of the surface are known.
    pub(crate) fn compute_among(
        &mut self,
        places: &StationaryIndex,
        surface: &dyn AnySurface,
        plan: &Plan,
    ) {
        self.walk(surface, plan);
        self.find_rest(places, surface);
        self.count_overshoots(surface);
    }

    /// The same, but no stationary point is looked for and overshoots are not counted.
    pub(crate) fn walk(&mut self, surface: &dyn AnySurface, plan: &Plan) {
        self.points.clear();
        self.losses.clear();
        self.gradients.clear();
        self.rates.clear();
        self.probes.clear();
        self.pushes.clear();
        (self.rest, self.place, self.held) = (None, None, None);
        self.status = Status::Running;
        self.record(surface, plan.start);
        if !plan.start.is_within(DIVERGED) {
            self.status = Status::Diverged(0);
        } else if !self.is_defined(0) {
            self.status = Status::Undefined(0);
        } else {
            let cut = self.make_steps(surface, plan);
            let around = neighbourhood(surface.view(), plan.start);
            self.status = match (self.status, cut) {
                (Status::Running, Some(cut)) => cut,
                (Status::Running, None) => {
                    leaving_since(around, &self.points).map_or(Status::Running, Status::Leaving)
                }
                (settled, _) => settled,
            };
        }
    }

    /// Makes the steps of `plan`, and says why if the path ends before the last. The status is
    /// set if the ball settles.
    fn make_steps(&mut self, surface: &dyn AnySurface, plan: &Plan) -> Option<Status> {
        let mut segments = plan.segments.iter().peekable();
        let mut segment = segments.next()?;
        let mut state = State { position: plan.start, ..State::default() };
        let line = surface.description().dimension == 1;
        let settling = Settling::new(plan, 0);
        let mut indices = Vec::new();
        for count in 1..=plan.steps {
            while let Some(next) = segments.next_if(|next| next.from < count) {
                segment = next;
            }
            let before = state.position;
            let probe = segment.optimizer.probe(&state);
            let samples = surface.samples();
            let mut gradient = match plan.noise.batch(count, samples, &mut indices) {
                Some(batch) => surface.batch_gradient(probe, batch),
                None if probe == before => self.gradients[count - 1],
                None => surface.gradient(probe).1,
            };
            if let Some(noise) = plan.noise.gradient(count) {
                gradient = Vector::new(gradient.x + noise.x, gradient.y + noise.y);
            }
            let lr = segment.lr * segment.schedule.share(count);
            segment.optimizer.step(&mut state, gradient, Step { count: count as f64, lr });
            if line {
                // Noise would move y, and so would Yogi, whose averages do not begin at 0.
                state.position.y = 0.0;
            }
            let Point { x, y } = state.position;
            if !gradient.is_finite() || x.is_nan() || y.is_nan() {
                return Some(Status::Undefined(count - 1));
            }
            self.rates.push(lr);
            self.probes.push(probe);
            self.pushes.push(gradient);
            self.record(surface, state.position);
            if !state.position.is_within(DIVERGED) {
                return Some(Status::Diverged(count));
            }
            if !self.is_defined(count) {
                return Some(Status::Undefined(count));
            }
            if self.status == Status::Running {
                self.settle(&settling, &*segment.optimizer, state.position - before);
            }
        }
        None
    }

    /// Sets the status if the ball is at rest on the last row, to which `optimizer` has moved it.
    fn settle(&mut self, settling: &Settling, optimizer: &dyn AnyOptimizer, moved: Vector) {
        let step = self.last_step();
        let gradient = self.gradients[step];
        let residual = optimizer.residual(self.points[step], gradient);
        if settling.holds(step, residual, moved) {
            self.status = Status::Converged(step);
            self.held = settling.held(residual, gradient);
        }
    }

    /// Whether f and its gradient are finite numbers at a row.
    fn is_defined(&self, row: usize) -> bool {
        self.losses[row].is_finite() && self.gradients[row].is_finite()
    }

    fn record(&mut self, surface: &dyn AnySurface, point: Point) {
        let (loss, gradient) = surface.gradient(point);
        self.points.push(point);
        self.losses.push(loss);
        self.gradients.push(gradient);
    }

    /// Counts, up to each step, the crossings of the resting place along the Hessian's two
    /// eigen-directions there, until [`last_counted`] if the ball settles. A crossing counts once the ball is on the
    /// other side by a thousandth of the start's distance from the resting place, so that
    /// rounding does not count; a ball that starts nearer than that to the axis gets its side
    /// when it first is so far from it.
    fn count_overshoots(&mut self, surface: &dyn AnySurface) {
        self.overshoots.clear();
        self.overshoots.resize(self.points.len(), [0; 2]);
        let Some(rest) = self.rest else { return };
        let start = self.points[0] - rest;
        let threshold = overshoot_threshold(start.x, start.y);
        let counted = match self.status {
            Status::Converged(step) => last_counted(step),
            _ => self.last_step(),
        };
        for (axis, eigen) in directions(surface, rest).into_iter().enumerate() {
            let mut side = 0.0;
            let mut count = 0;
            for (row, (&point, slot)) in self.points.iter().zip(&mut self.overshoots).enumerate() {
                let now = (point - rest).dot(eigen.direction);
                if row <= counted && now.abs() > threshold {
                    count += u32::from(now * side < 0.0);
                    side = now;
                }
                slot[axis] = count;
            }
        }
    }

    /// The minimum nearest to where the ball settled, else to the end of the path, or the nearest
    /// one to the start if it diverged or is moving away.
    pub fn resting_place(&self) -> Option<Point> {
        self.rest
    }

    fn find_rest(&mut self, places: &StationaryIndex, surface: &dyn AnySurface) {
        let minima = places.minima();
        let end = match self.status {
            Status::Diverged(_) | Status::Leaving(_) => self.points[0],
            Status::Converged(step) | Status::Undefined(step) => self.points[step],
            Status::Running => self.end(),
        };
        self.rest = nearest(minima, end).map(|(index, _)| minima[index]);
        self.reach = places.reach();
        if matches!(self.status, Status::Converged(_)) {
            let mut place = places.at(end);
            if place == Place::Plateau
                && cfg!(feature = "interactive")
                && let Some(found) = stationary_near(surface, end, places.reach())
            {
                place = if found.kind == StationaryKind::Minimum {
                    self.rest = Some(found.point);
                    Place::Unlisted
                } else {
                    Place::Saddle
                };
            }
            self.place = Some(place);
        }
    }

    /// At which stationary point the ball came to rest, if it did.
    pub fn place(&self) -> Option<Place> {
        self.place
    }

    /// Why the ball is at rest where f still slopes by the tolerance or more, if it is.
    pub fn held(&self) -> Option<Held> {
        self.held
    }

    /// Whether the ball has settled before `row` and at this row is farther from there than a ball
    /// at a stationary point may be: it has passed slowly, as over a saddle, or noise moves it.
    pub fn has_moved_on(&self, row: usize) -> bool {
        match self.status {
            Status::Converged(step) if step < row => {
                (self.points[row] - self.points[step]).norm() > self.reach
            }
            _ => false,
        }
    }

    /// The step at which a coordinate passed [`DIVERGED`], if one did, even if the ball had
    /// settled before.
    pub fn diverged_at(&self) -> Option<usize> {
        let last = self.last_step();
        self.points.get(last).filter(|end| !end.is_within(DIVERGED)).map(|_| last)
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
    /// eigen-direction, until twice the step at which the ball settles; twice the same in one
    /// dimension.
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

/// The last step whose crossings count of a ball that settles at this step: a ball may settle while
/// it passes the resting place, and the swing that follows is seen within as many steps again.
pub(crate) fn last_counted(settled: usize) -> usize {
    2 * settled
}

/// The offset from the resting place that a crossing must reach to count, for a ball that starts
/// so far from it along x and along y.
pub(crate) fn overshoot_threshold<R: Real>(x: R, y: R) -> R {
    (x * x + y * y).sqrt() * 1e-3
}

impl Default for Run {
    fn default() -> Self {
        Self::new()
    }
}
