//! A run set up in Rust, with surfaces and optimizers of one's own as well as those of the crate.

use crate::configuration::{Error, Reader, STEPS, TOLERANCE, Value};
use crate::error_kind::ErrorKind;
use crate::math::geometry::{Point, Vector};
use crate::optimizer::schedule::{PARAMETERS, Schedule};
use crate::optimizer::{Entry, GradientDescent, Optimizer};
use crate::parameter::Settings;
use crate::run::measure::Measured;
use crate::run::noise::Noise;
use crate::run::{Plan, Run, Segment, Status};
use crate::surface::{AnySurface, Built, Surface};
use crate::theory::momentum_family::Theory;
use std::marker::PhantomData;

/// An optimizer with a learning rate and values for its parameters, which [`Simulation::run`]
/// checks as a configuration's are checked.
///
/// ```
/// use momentum_lab::optimizer::Momentum;
/// use momentum_lab::study::simulation::Rule;
///
/// let rule = Rule::<Momentum>::new(1e-3).set("beta", 0.9).set("form", "polyak");
/// ```
#[derive(Clone, Debug)]
pub struct Rule<O> {
    lr: f64,
    given: Vec<(String, Value)>,
    optimizer: PhantomData<O>,
}

impl<O: Optimizer> Rule<O> {
    /// With learning rate `lr` and the defaults of everything else.
    pub fn new(lr: f64) -> Self {
        Self { lr, given: Vec::new(), optimizer: PhantomData }
    }

    /// Gives a parameter a value: a number, a toggle, or the id of an option. The names are those of
    /// [`Description::parameters`](crate::optimizer::Description::parameters), `weight_decay` and
    /// `maximize`.
    pub fn set(mut self, id: &str, value: impl Into<Value>) -> Self {
        self.given.push((id.to_owned(), value.into()));
        self
    }

    /// Sets the momentum β of a rule that has one.
    pub fn beta(self, beta: f64) -> Self {
        self.set("beta", beta)
    }

    fn settings(self, reader: &mut Reader) -> Settings {
        let specs = Self::ENTRY.parameters();
        let mut settings = Settings::defaults(&[specs.as_slice(), PARAMETERS].concat());
        for (id, value) in [("lr".to_owned(), self.lr.into())].into_iter().chain(self.given) {
            let field = format!("optimizer.{id}");
            match specs.iter().find(|spec| spec.id == id) {
                Some(spec) => {
                    if let Some(setting) = reader.setting(&field, &value, spec) {
                        settings.set(spec.id, setting);
                    }
                }
                None => reader.complain(&field, ErrorKind::NoSuchParameter),
            }
        }
        settings
    }

    /// How the rest of the crate knows the optimizer.
    const ENTRY: &'static Entry = &Entry::of::<O>();
}

/// A run that has not been computed: a surface, an optimizer, a start and a number of steps.
///
/// ```
/// use momentum_lab::optimizer::Momentum;
/// use momentum_lab::study::simulation::{Rule, Simulation};
/// use momentum_lab::surface::Rosenbrock;
///
/// let path = Simulation::new(Rosenbrock::default())
///     .optimizer(Rule::<Momentum>::new(1e-3).beta(0.9))
///     .start([-1.2, 1.0])
///     .steps(200)
///     .run()?;
/// assert_eq!(path.points().len(), 201);
/// assert!(path.losses()[200] < path.losses()[0] / 100.0);
/// # Ok::<(), momentum_lab::configuration::Error>(())
/// ```
#[derive(Debug)]
pub struct Simulation {
    surface: Box<dyn AnySurface>,
    entry: &'static Entry,
    settings: Settings,
    start: Point,
    steps: f64,
    tolerance: f64,
    noise: Noise,
    errors: Reader,
}

impl Simulation {
    /// On a surface, with its own start and gradient descent at its own learning rate, for as many
    /// steps and with the tolerance that a configuration has when it says nothing.
    pub fn new(surface: impl Surface) -> Self {
        let surface: Box<dyn AnySurface> = Box::new(Built::new(surface));
        let mut errors = Reader::default();
        let general = Settings::defaults(&[STEPS, TOLERANCE]);
        let settings = Rule::<GradientDescent>::new(surface.learning_rate()).settings(&mut errors);
        Self {
            start: surface.start(),
            surface,
            entry: Rule::<GradientDescent>::ENTRY,
            settings,
            steps: general.number(STEPS.id),
            tolerance: general.number(TOLERANCE.id),
            noise: Noise::default(),
            errors,
        }
    }

    /// With another optimizer.
    pub fn optimizer<O: Optimizer>(mut self, rule: Rule<O>) -> Self {
        self.entry = Rule::<O>::ENTRY;
        self.errors = Reader::default();
        self.settings = rule.settings(&mut self.errors);
        self
    }

    /// From another start, [x, y].
    pub fn start(mut self, [x, y]: [f64; 2]) -> Self {
        self.start = Point::new(x, y);
        self
    }

    /// For another number of steps, 1 to 200,000.
    pub fn steps(mut self, steps: usize) -> Self {
        self.steps = steps as f64;
        self
    }

    /// At rest where the gradient and the last step are shorter than this.
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// With noise in the gradients, or minibatches of a surface with data.
    pub fn noise(mut self, noise: Noise) -> Self {
        self.noise = noise;
        self
    }

    /// Makes all steps, unless the ball diverges or comes to where the surface or its gradient is
    /// not a finite number.
    ///
    /// # Errors
    /// The first value that is not as it should be: `steps`, `tolerance`, `start`, or
    /// `optimizer.` with the name of a parameter.
    pub fn run(self) -> Result<Trajectory, Error> {
        let Self { surface, entry, settings, start, steps, tolerance, noise, mut errors } = self;
        for (spec, value) in [(&STEPS, steps), (&TOLERANCE, tolerance)] {
            errors.setting(spec.id, &value.into(), spec);
        }
        errors.numbers::<2>("start", Some(&Value::numbers(&[start.x, start.y])));
        if let Some(error) = errors.errors.into_iter().next() {
            return Err(error);
        }
        let optimizer = entry.build(&settings);
        let (lr, schedule) = (settings.number("lr"), Schedule::new(&settings));
        let segments = vec![Segment { from: 0, optimizer, lr, schedule }];
        let mut run = Run::new();
        run.compute(&*surface, &Plan { start, steps: steps as usize, tolerance, noise, segments });
        Ok(Trajectory { surface, entry, settings, run })
    }
}

/// A computed run with the surface it was computed on.
#[derive(Debug)]
pub struct Trajectory {
    surface: Box<dyn AnySurface>,
    entry: &'static Entry,
    settings: Settings,
    run: Run,
}

impl Trajectory {
    /// The positions, the start first: one more than steps were made.
    pub fn points(&self) -> &[Point] {
        self.run.points()
    }

    /// f at each of them.
    pub fn losses(&self) -> &[f64] {
        self.run.losses()
    }

    /// The gradient of the surface at each of them, without noise.
    pub fn gradients(&self) -> &[Vector] {
        self.run.gradients()
    }

    /// What has become of the ball, and at which step.
    pub fn status(&self) -> Status {
        self.run.status()
    }

    /// How it has settled, along which direction it has overshot, and how often.
    pub fn measured(&self) -> Measured {
        Measured::of(&self.run, &*self.surface)
    }

    /// What theory says around the place where the run rests or would, or around its start where no
    /// minimum is known. `None` where the rule is no momentum recurrence, and where the surface
    /// has no curvature.
    pub fn theory(&self) -> Option<Theory> {
        super::theory_around_rest((self.entry, &self.settings), &*self.surface, &self.run)
    }

    /// The surface, as the rest of the crate works with it: for drawing.
    pub fn surface(&self) -> &dyn AnySurface {
        &*self.surface
    }

    /// The run with everything that has been recorded.
    pub fn recorded(&self) -> &Run {
        &self.run
    }
}
