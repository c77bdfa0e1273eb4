//! Maps: what becomes of a ball from each of many starts, or at each of many settings.
//!
//! A map of *basins* starts one ball at the centre of every cell of a rectangle. A map for
//! *tuning* starts all balls where the configuration does, each at the learning rate and momentum
//! of its cell. Each ball is, bit for bit, a run of [`simulate`](crate::study::simulate::simulate) that
//! stops as soon as it has settled, by the one rule of [`Settling`](crate::run::settling::Settling).
//!
//! Maps are computed in [passes](Pass) from coarse to fine and in any number of pieces, so that
//! a caller may stop in between or share the work among threads.

mod ball_batch;
mod ending;
mod grid;
mod lane_pool;
mod noise;
mod options;
mod overshoots;
mod segment_group;
mod uniform_batch;

pub use crate::map_parameters::{BETA_SCALE, HEIGHT, MAX_STEPS, TOLERANCE, WIDTH};
pub use grid::{Cell, Grid, Pass, STRIDES};
pub use options::{Axes, Options};

use crate::configuration::{Change, Configuration};
use crate::math::geometry::Point;
use crate::parameter::Scale;
use crate::run::settling::{is_far_out, neighbourhood};
use crate::run::stationary_index::{Place, StationaryIndex, nearest};
use crate::run::{Plan, Run, Status};
use crate::surface::AnySurface;
use ball_batch::{Ball, BallBatch, BallOutcome, Course, Ending};
use noise::BatchNoise;
use std::ops::Range;
use std::slice;

/// The label of a ball that came to where f or its gradient is not a finite number.
pub const UNDEFINED: u8 = 253;

/// The label of a ball that is still moving after the last step, or rests in no minimum.
pub const UNDECIDED: u8 = 254;

/// The label of a ball that diverged or is moving away, as
/// [`Status::Diverged`] and
/// [`Status::Leaving`] say.
pub const DIVERGED: u8 = 255;

/// What became of the balls of some cells, in the order of the cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// The index in [`Map::minima`] of the minimum reached, [`UNDEFINED`], [`UNDECIDED`] or
    /// [`DIVERGED`]; a minimum of index 253 or more counts as undecided.
    pub labels: Vec<u8>,
    /// The step at which the ball settled, else the steps made.
    pub steps: Vec<u16>,
    /// Over settings, the crossings of the resting place along that of the Hessian's two eigen-directions with more of them, see
    /// [`Run::overshoots`](crate::run::Run::overshoots); empty over starts.
    pub overshoots: Vec<u16>,
}

/// A map to be computed.
#[derive(Debug)]
pub struct Map {
    configuration: Configuration,
    options: Options,
    surface: Box<dyn AnySurface>,
    /// Whether balls move along x only.
    line: bool,
    places: StationaryIndex,
    ball_batch: BallBatch,
}

impl Map {
    /// A map of a run of `configuration`.
    ///
    /// # Panics
    /// When there is no such run.
    pub fn new(configuration: &Configuration, options: Options) -> Self {
        let mut configuration = configuration.clone();
        configuration.runs = vec![configuration.runs[options.run].clone()];
        configuration.steps = options.max_steps;
        configuration.tolerance = options.tolerance;
        let surface = configuration.surface.entry.build(&configuration.surface.settings);
        let places = StationaryIndex::of(&*surface);
        let line = surface.description().dimension == 1;
        let ball_batch = BallBatch::new(BatchNoise::new(configuration.noise, surface.samples()));
        Self { configuration, options, surface, line, places, ball_batch }
    }

    /// What it shows.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The surface's minima, to which the labels point.
    pub fn minima(&self) -> &[Point] {
        self.places.minima()
    }

    /// Where the ball of a cell starts.
    pub fn start(&self, cell: Cell) -> Point {
        let Axes::Starts(bounds) = self.options.axes else { return self.configuration.start };
        let (right, down) = self.options.grid.centre(cell);
        let y = if self.line { 0.0 } else { bounds.y_max - down * bounds.height() };
        Point::new(bounds.x_min + right * bounds.width(), y)
    }

    /// Learning rate and momentum of a cell of a map over settings.
    pub fn setting(&self, cell: Cell) -> Option<(f64, f64)> {
        let Axes::Settings { lr, beta, beta_scale } = self.options.axes else { return None };
        let (right, down) = self.options.grid.centre(cell);
        Some((Scale::Logarithmic.between(lr, right), beta_scale.between(beta, 1.0 - down)))
    }

    /// Computes the cells of a pass among `rows` and `columns`, in the order of [`Grid::cells`].
    pub fn run(&mut self, pass: Pass, rows: Range<usize>, columns: Range<usize>) -> Cells {
        let cells: Vec<Cell> = self.options.grid.cells(pass, rows, columns).collect();
        self.compute(&cells)
    }

    /// Computes the whole map, row by row from the top, each from the left.
    pub fn whole(&mut self) -> Cells {
        let Grid { width, height } = self.options.grid;
        self.run(Pass { stride: 1, refines: false }, 0..height, 0..width)
    }

    /// Computes cells in any order.
    pub fn compute(&mut self, cells: &[Cell]) -> Cells {
        let tuning = matches!(self.options.axes, Axes::Settings { .. });
        let mut results = Cells::open(cells.len(), tuning);
        if tuning {
            self.settings(cells, &mut results);
        } else {
            self.starts(cells, &mut results);
        }
        results
    }

    /// What becomes of the ball from the configuration's start at one learning rate and momentum.
    pub fn at(&mut self, lr: f64, beta: f64) -> Cells {
        let mut results = Cells::open(1, true);
        let ball = Ball { id: 0, plan: 0, start: self.configuration.start, lr };
        let mut plans = [self.plan(beta)];
        self.rests(&mut plans, vec![ball], &mut results);
        results
    }

    fn starts(&mut self, cells: &[Cell], results: &mut Cells) {
        let mut plan = self.configuration.plan(0);
        let lr = plan.segments[0].lr;
        let ball = |(id, &cell)| Ball { id, plan: 0, start: self.start(cell), lr };
        let balls: Vec<Ball> = (0..).zip(cells).map(ball).collect();
        let Self { surface, line, places, ball_batch, .. } = self;
        let plans = slice::from_ref(&plan);
        let course = Course { surface: &**surface, line: *line, plans, own_rates: 0, rest: None };
        let mut far_out = Vec::new();
        ball_batch.run(&course, &balls, |outcome| {
            results.set(&outcome, places);
            far_out.extend(may_leave(&**surface, &outcome).then_some(outcome));
        });
        for outcome in far_out {
            results.set(&seen_whole(&**surface, outcome, &mut plan, 0), places);
        }
    }

    /// Momentum is a parameter of the rule, so each row has a plan of its own.
    fn settings(&mut self, cells: &[Cell], results: &mut Cells) {
        let (mut plans, mut balls) = (Vec::new(), Vec::with_capacity(cells.len()));
        let start = self.configuration.start;
        for row in cells.chunk_by(|a, b| a.row == b.row) {
            let plan = plans.len() as u32;
            for &cell in row {
                let Some((lr, beta)) = self.setting(cell) else { return };
                if plans.len() == plan as usize {
                    plans.push(self.plan(beta));
                }
                balls.push(Ball { id: balls.len() as u32, plan, start, lr });
            }
        }
        self.rests(&mut plans, balls, results);
    }

    /// The plan at another momentum.
    fn plan(&mut self, beta: f64) -> Plan {
        let run = &mut self.configuration.runs[0];
        run.entry.set_momentum(&mut run.settings, beta);
        self.configuration.plan(0)
    }

    /// Lets balls run and counts their crossings of the places where they come to rest. Each is
    /// known at the end only: a ball that went elsewhere than supposed runs again.
    fn rests(&mut self, plans: &mut [Plan], balls: Vec<Ball>, results: &mut Cells) {
        let Self { configuration, surface, line, places, ball_batch, .. } = self;
        let changes = &configuration.runs[0].changes;
        let sets_lr = |change: &Change| change.numbers.iter().any(|(id, _)| *id == "lr");
        let own_rates = changes.iter().position(sets_lr).unwrap_or(changes.len()) + 1;
        let surface = &**surface;
        let minima = places.minima();
        let nearest = |place| nearest(minima, place).map(|(index, _)| index);
        let near_start = nearest(configuration.start);
        let mut waiting = vec![(near_start, balls)];
        while let Some((supposed, mut balls)) = waiting.pop() {
            balls.sort_unstable_by_key(|ball| ball.id);
            let rest = supposed.map(|index| minima[index]);
            let course = Course { surface, line: *line, plans, own_rates, rest };
            let (mut outcomes, mut far_out) = (Vec::new(), Vec::new());
            ball_batch.run(&course, &balls, |outcome| {
                if may_leave(surface, &outcome) { &mut far_out } else { &mut outcomes }
                    .push(outcome);
            });
            outcomes.extend(far_out.into_iter().map(|outcome| {
                let plan = &mut plans[outcome.ball.plan as usize];
                seen_whole(surface, outcome, plan, own_rates)
            }));
            for outcome in outcomes {
                let rest = match outcome.ending {
                    Ending::Diverged => near_start,
                    _ => nearest(outcome.end),
                };
                if rest == supposed {
                    results.set(&outcome, places);
                    continue;
                }
                match waiting.iter_mut().find(|(other, _)| *other == rest) {
                    Some((_, others)) => others.push(outcome.ball),
                    None => waiting.push((rest, vec![outcome.ball])),
                }
            }
        }
    }
}

/// Whether a ball may be moving away; only its whole path tells.
fn may_leave(surface: &dyn AnySurface, outcome: &BallOutcome) -> bool {
    let around = neighbourhood(surface.view(), outcome.ball.start);
    outcome.ending == Ending::Moving
        && [outcome.end, outcome.before].iter().all(|place| is_far_out(around, *place))
}

/// The outcome of a ball that may be moving away, by a run of its own.
fn seen_whole(
    surface: &dyn AnySurface,
    outcome: BallOutcome,
    plan: &mut Plan,
    own_rates: usize,
) -> BallOutcome {
    plan.start = outcome.ball.start;
    for segment in plan.segments.iter_mut().take(own_rates) {
        segment.lr = outcome.ball.lr;
    }
    let mut run = Run::new();
    run.walk(surface, plan);
    match run.status() {
        Status::Leaving(_) => BallOutcome { ending: Ending::Diverged, ..outcome },
        _ => outcome,
    }
}

impl Cells {
    /// Of so many balls that have not run yet.
    fn open(count: usize, tuning: bool) -> Self {
        Self {
            labels: vec![UNDECIDED; count],
            steps: vec![0; count],
            overshoots: vec![0; if tuning { count } else { 0 }],
        }
    }

    fn set(&mut self, outcome: &BallOutcome, places: &StationaryIndex) {
        let index = outcome.ball.id as usize;
        self.labels[index] = match outcome.ending {
            Ending::Quiet => match places.at(outcome.end) {
                Place::Minimum(index) => match u8::try_from(index) {
                    Ok(index) if index < UNDEFINED => index,
                    _ => UNDECIDED,
                },
                Place::Unlisted | Place::Saddle | Place::Plateau => UNDECIDED,
            },
            Ending::Diverged => DIVERGED,
            Ending::Undefined | Ending::Lost => UNDEFINED,
            Ending::Moving => UNDECIDED,
        };
        self.steps[index] = outcome.steps as u16;
        if let Some(overshoots) = self.overshoots.get_mut(index) {
            *overshoots = u16::try_from(outcome.overshoots).unwrap_or(u16::MAX);
        }
    }
}
