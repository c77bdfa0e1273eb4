//! The one configuration: everything that can be chosen, and the one validator of it.

mod edit;
mod error;
mod general;
mod plane;
mod reader;
mod task;
mod value;

pub use error::Error;
pub use general::*;
pub use plane::{PLANE_BETA, PLANE_LR, PlaneChoice, TUNING};
pub(crate) use reader::{FARTHEST, LISTS, Reader, is_view};
pub use task::{TASK, TASK_RUN, TaskChoice};
pub use value::{MOST_TEXT, MOST_VALUES, Value};

use crate::math::geometry::{Bounds, Point};
use crate::optimizer::AnyOptimizer;
use crate::optimizer::schedule::{self, Schedule};
use crate::parameter::{Kind, ParameterSpec, Setting, Settings};
use crate::run::noise::Noise;
use crate::run::{Plan, Segment};
use crate::{optimizer, surface};

/// The most balls side by side.
pub const MAX_RUNS: usize = 12;

/// The most changes of its settings on the way that a run may have.
pub const MAX_CHANGES: usize = 200;

/// A surface with its parameter values.
#[derive(Clone, Debug)]
pub struct SurfaceChoice {
    /// Its line of the registry.
    pub entry: &'static surface::Entry,
    /// Its parameter values.
    pub settings: Settings,
}

/// Numbers that change on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Steps made before the change.
    pub step: usize,
    /// The numbers that change, in the order given.
    pub numbers: Vec<(&'static str, f64)>,
}

/// An optimizer with its parameter values, the learning rate `lr` among them.
#[derive(Clone, Debug)]
pub struct RunChoice {
    /// Its line of the registry.
    pub entry: &'static optimizer::Entry,
    /// Its parameter values at the start.
    pub settings: Settings,
    /// What changes on the way, by ascending step.
    pub changes: Vec<Change>,
}

impl SurfaceChoice {
    /// A surface with the defaults of its parameters.
    pub(crate) fn of(entry: &'static surface::Entry) -> Self {
        Self { entry, settings: Settings::defaults(entry.description.parameters) }
    }
}

impl RunChoice {
    /// An optimizer with the defaults of its parameters.
    pub(crate) fn of(entry: &'static optimizer::Entry) -> Self {
        let settings = Settings::defaults(&Self::parameters(entry));
        Self { entry, settings, changes: Vec::new() }
    }

    /// Every parameter of a run of this optimizer.
    pub fn parameters(entry: &optimizer::Entry) -> Vec<ParameterSpec> {
        [&entry.parameters(), schedule::PARAMETERS, &[VISIBLE]].concat()
    }

    /// See [`VISIBLE`].
    pub fn visible(&self) -> bool {
        self.settings.toggle(VISIBLE.id)
    }

    /// The settings in force after `step` steps.
    pub fn settings_at(&self, step: usize) -> Settings {
        let mut settings = self.settings.clone();
        for change in self.changes.iter().filter(|change| change.step <= step) {
            for &(id, number) in &change.numbers {
                settings.set(id, Setting::Number(number));
            }
        }
        settings
    }

    /// The settings in force, each with the number of steps made before, in ascending order; the
    /// first are those at the start.
    pub(crate) fn stages(&self) -> Vec<(usize, Settings)> {
        let mut stages = vec![(0, self.settings.clone())];
        let mut settings = self.settings.clone();
        for change in &self.changes {
            for &(id, number) in &change.numbers {
                settings.set(id, Setting::Number(number));
            }
            stages.push((change.step, settings.clone()));
        }
        stages
    }

    /// The rules in force, segment by segment.
    fn segments(&self) -> Vec<Segment> {
        let segment = |(from, settings): (usize, Settings)| Segment {
            from,
            optimizer: self.entry.build(&settings),
            lr: settings.number("lr"),
            schedule: Schedule::new(&settings),
        };
        self.stages().into_iter().map(segment).collect()
    }
}

/// From where a surface is seen; see [`PROJECTION`], [`YAW`] and [`PITCH`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// Whether in space.
    pub space: bool,
    /// In degrees, from −180 to 180.
    pub yaw: f64,
    /// In degrees above the ground.
    pub pitch: f64,
}

impl Default for Camera {
    fn default() -> Self {
        Self::of(&Settings::defaults(&GENERAL))
    }
}

impl Camera {
    fn of(general: &Settings) -> Self {
        Self {
            space: general.choice(PROJECTION.id) == SPACE,
            yaw: general.number(YAW.id),
            pitch: general.number(PITCH.id),
        }
    }

    /// The same, turned on by so many degrees and as far as the pitch may go; not at all by
    /// what is no number.
    pub fn turned(self, yaw: f64, pitch: f64) -> Self {
        let sum = |a: f64, b: f64| if b.is_finite() { a + b } else { a };
        let pitch = sum(self.pitch, pitch);
        let pitch = match PITCH.kind {
            Kind::Number { lowest, highest, .. } => pitch.clamp(lowest, highest),
            _ => pitch,
        };
        Self { yaw: (sum(self.yaw, yaw) + 180.0).rem_euclid(360.0) - 180.0, pitch, ..self }
    }
}

/// What is drawn over the surface at each ball; see [`ARROWS`], [`CURVATURE`] and [`CLOUD`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overlay {
    /// The parts of its step.
    pub arrows: bool,
    /// The Hessian.
    pub curvature: bool,
    /// Repeats of a run.
    pub cloud: bool,
}

/// What is swept; see [`SWEEP`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sweep {
    /// Identifier of the parameter, if any.
    pub parameter: Option<&'static str>,
    /// See [`SWEEP_REACH`].
    pub reach: f64,
}

/// The map of basins; see [`BASINS`] and those after it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Basins {
    /// Whether it lies over the surface.
    pub shown: bool,
    /// From 0 to 1.
    pub opacity: f64,
    /// See [`BASINS_RUN`].
    pub run: usize,
}

/// Everything that can be chosen.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// The surface.
    pub surface: SurfaceChoice,
    /// The balls, at least one and at most [`MAX_RUNS`].
    pub runs: Vec<RunChoice>,
    /// Where every ball starts.
    pub start: Point,
    /// Length of the paths, in steps.
    pub steps: usize,
    /// Pace of the clock, in steps per second.
    pub speed: f64,
    /// See [`TOLERANCE`].
    pub tolerance: f64,
    /// Chance in the gradients.
    pub noise: Noise,
    /// See [`TAKES_EFFECT`].
    pub from_here: bool,
    /// See [`SWEEP`] and [`SWEEP_REACH`].
    pub sweep: Sweep,
    /// See [`LOCK_LR`].
    pub lock_lr: bool,
    /// The part of the plane to show at least; it is widened to keep circles round.
    pub view: Bounds,
    /// From where it is seen.
    pub camera: Camera,
    /// What is drawn over it.
    pub overlay: Overlay,
    /// To which minimum each start leads.
    pub basins: Basins,
    /// The plane of learning rate and momentum.
    pub plane: PlaneChoice,
    /// What is asked before anything is shown.
    pub task: TaskChoice,
}

impl Default for Configuration {
    /// The first view: a ravine in which plain descent zigzags and momentum does not.
    fn default() -> Self {
        let surface = SurfaceChoice::of(&surface::SURFACES[0]);
        let mut first = Self::of(surface, comparison(), &Settings::defaults(&GENERAL));
        first.suggest_learning_rates(0..first.runs.len());
        first
    }
}

/// The comparison that the lab is about.
fn comparison() -> Vec<RunChoice> {
    ["momentum", "gd"].iter().filter_map(|id| optimizer::find(id)).map(RunChoice::of).collect()
}

impl Configuration {
    /// These, seen from the surface's own start in its own view.
    fn of(surface: SurfaceChoice, runs: Vec<RunChoice>, general: &Settings) -> Self {
        let built = surface.entry.build(&surface.settings);
        let noise = Noise {
            deviation: general.number(NOISE.id),
            batch: general.number(BATCH.id) as usize,
            seed: general.number(SEED.id) as u32,
        };
        Self {
            runs,
            start: built.start(),
            steps: general.number(STEPS.id) as usize,
            speed: general.number(SPEED.id),
            tolerance: general.number(TOLERANCE.id),
            noise,
            from_here: general.choice(TAKES_EFFECT.id) == FROM_HERE,
            sweep: Sweep {
                parameter: Some(general.choice(SWEEP.id)).filter(|id| *id != NO_SWEEP),
                reach: general.number(SWEEP_REACH.id),
            },
            lock_lr: general.toggle(LOCK_LR.id),
            view: built.view(),
            camera: Camera::of(general),
            overlay: Overlay {
                arrows: general.toggle(ARROWS.id),
                curvature: general.toggle(CURVATURE.id),
                cloud: general.toggle(CLOUD.id),
            },
            basins: Basins {
                shown: general.toggle(BASINS.id),
                opacity: general.number(BASINS_OPACITY.id),
                run: general.number(BASINS_RUN.id) as usize,
            },
            plane: PlaneChoice::of(general),
            task: TaskChoice::of(general),
            surface,
        }
    }

    /// Reads a configuration; absent fields take their defaults, and so does every bad value,
    /// with an error.
    pub fn read(value: &Value) -> (Self, Vec<Error>) {
        let mut reader = Reader::default();
        let configuration = reader.configuration(value);
        (configuration, reader.errors)
    }

    /// Reads a configuration in which nothing may be wrong.
    ///
    /// # Errors
    /// The first error.
    pub fn strict(value: &Value) -> Result<Self, Error> {
        let (configuration, errors) = Self::read(value);
        errors.into_iter().next().map_or(Ok(configuration), Err)
    }

    /// Each run's settings as they are in force after `step` steps, as plain data.
    pub fn present(&self, step: usize) -> Value {
        let at_present = |choice: &RunChoice| {
            let settings = choice.settings_at(step);
            run(&RunChoice { entry: choice.entry, settings, changes: Vec::new() })
        };
        Value::List(self.runs.iter().map(at_present).collect())
    }

    /// What run `index` is asked to do.
    ///
    /// # Panics
    /// When there is no such run.
    pub fn plan(&self, index: usize) -> Plan {
        let Self { start, steps, tolerance, noise, .. } = *self;
        Plan { start, steps, tolerance, noise, segments: self.runs[index].segments() }
    }

    /// The rule that run `index` follows after `step` steps.
    ///
    /// # Panics
    /// When there is no such run.
    pub fn rule_after(&self, index: usize, step: usize) -> Box<dyn AnyOptimizer> {
        let run = &self.runs[index];
        let stages = run.stages();
        let present = stages.iter().rfind(|(from, _)| *from <= step);
        run.entry.build(present.map_or(&run.settings, |(_, settings)| settings))
    }

    /// The same as plain data; reading it again gives this configuration.
    pub fn to_value(&self) -> Value {
        let Bounds { x_min, x_max, y_min, y_max } = self.view;
        let Noise { deviation, batch, seed } = self.noise;
        let Camera { space, yaw, pitch } = self.camera;
        let fields = [
            ("surface", selection(self.surface.entry.description.id, &self.surface.settings)),
            ("start", Value::numbers(&[self.start.x, self.start.y])),
            ("runs", Value::List(self.runs.iter().map(run).collect())),
            (STEPS.id, Value::Number(self.steps as f64)),
            (SPEED.id, Value::Number(self.speed)),
            (TOLERANCE.id, Value::Number(self.tolerance)),
            (NOISE.id, Value::Number(deviation)),
            (BATCH.id, Value::Number(batch as f64)),
            (SEED.id, Value::Number(f64::from(seed))),
            (TAKES_EFFECT.id, Value::from(if self.from_here { FROM_HERE } else { "from-start" })),
            (SWEEP.id, Value::from(self.sweep.parameter.unwrap_or(NO_SWEEP))),
            (SWEEP_REACH.id, Value::Number(self.sweep.reach)),
            (LOCK_LR.id, Value::Toggle(self.lock_lr)),
            (PROJECTION.id, Value::from(if space { SPACE } else { PLAN })),
            (YAW.id, Value::Number(yaw)),
            (PITCH.id, Value::Number(pitch)),
            (ARROWS.id, Value::Toggle(self.overlay.arrows)),
            (CURVATURE.id, Value::Toggle(self.overlay.curvature)),
            (CLOUD.id, Value::Toggle(self.overlay.cloud)),
            (BASINS.id, Value::Toggle(self.basins.shown)),
            (BASINS_OPACITY.id, Value::Number(self.basins.opacity)),
            (BASINS_RUN.id, Value::Number(self.basins.run as f64)),
            ("view", Value::numbers(&[x_min, x_max, y_min, y_max])),
        ];
        Value::map(fields.into_iter().chain(self.plane.fields()).chain(self.task.fields()))
    }
}

/// An id with parameter values, as plain data.
fn selection(id: &str, settings: &Settings) -> Value {
    let mut fields = vec![("id".to_owned(), Value::from(id))];
    fields.extend(settings.iter().map(|(name, setting)| {
        let value = match setting {
            Setting::Number(number) => Value::Number(*number),
            Setting::Choice(option) => Value::from(*option),
            Setting::Toggle(on) => Value::Toggle(*on),
            Setting::Text(text) => Value::Text(text.clone()),
        };
        (name.to_owned(), value)
    }));
    Value::Map(fields)
}

/// A run as plain data.
fn run(choice: &RunChoice) -> Value {
    let mut value = selection(choice.entry.description.id, &choice.settings);
    if let (Value::Map(fields), false) = (&mut value, choice.changes.is_empty()) {
        let changes = choice.changes.iter().map(|change| {
            let numbers = change.numbers.iter().map(|&(id, number)| (id, Value::Number(number)));
            Value::map([("step", Value::Number(change.step as f64))].into_iter().chain(numbers))
        });
        fields.push(("changes".to_owned(), Value::List(changes.collect())));
    }
    value
}
