//! Test surfaces: each writes its formula once and lives in a file of its own.
//!
//! A new surface is one file that implements [`Surface`] plus its line in `surfaces!`.

mod ackley;
mod around;
mod beale;
mod booth;
mod bowl;
mod data;
mod double_well;
mod easom;
mod expression;
mod goldstein_price;
mod grid;
mod griewank;
mod himmelblau;
mod kink;
mod lessard;
mod levy;
mod linear_regression;
mod logistic_regression;
#[cfg_attr(not(feature = "maps"), path = "many_without_maps.rs")]
mod many;
mod matyas;
mod mccormick;
mod monkey_saddle;
mod parabola;
mod plateau;
mod polish;
mod rastrigin;
mod ravine;
mod rosenbrock;
mod saddle;
mod six_hump_camel;
mod stationary;
mod styblinski_tang;
mod tanh_neuron;
mod three_hump_camel;
mod well;

pub use data::{Data, Sample};
pub use many::BatchSurface;
pub use stationary::{Candidate, Stationary, StationaryKind, stationary_near};

use crate::math::geometry::{Bounds, Hessian, Point, Vector};
use crate::math::number::{Real, differentiate, variables};
use crate::parameter::{ParameterSpec, Settings};
use std::cell::OnceCell;
use std::fmt::Debug;

/// All surfaces, in menu order.
pub static SURFACES: &[Entry] = if cfg!(feature = "interactive") { ALL } else { &[FIRST] };

macro_rules! surfaces {
    ($($module:ident::$name:ident,)*) => {
        $(
            pub use $module::$name;

            impl Default for $name {
                /// With the defaults of its parameters.
                fn default() -> Self {
                    Surface::new(&Settings::defaults(Self::DESCRIPTION.parameters))
                }
            }
        )*

        const ALL: &[Entry] = &[$(entry::<$name>()),*];
    };
}

surfaces! {
    ravine::Ravine,
    bowl::Bowl,
    saddle::Saddle,
    booth::Booth,
    matyas::Matyas,
    rosenbrock::Rosenbrock,
    double_well::DoubleWell,
    beale::Beale,
    three_hump_camel::ThreeHumpCamel,
    mccormick::McCormick,
    monkey_saddle::MonkeySaddle,
    plateau::Plateau,
    himmelblau::Himmelblau,
    six_hump_camel::SixHumpCamel,
    styblinski_tang::StyblinskiTang,
    goldstein_price::GoldsteinPrice,
    rastrigin::Rastrigin,
    ackley::Ackley,
    griewank::Griewank,
    levy::Levy,
    easom::Easom,
    parabola::Parabola,
    well::Well,
    lessard::Lessard,
    linear_regression::LinearRegression,
    logistic_regression::LogisticRegression,
    tanh_neuron::TanhNeuron,
    expression::Own,
}

/// The one that is shown first.
const FIRST: Entry = entry::<Ravine>();

/// The family under which a menu lists a surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Constant Hessian: the theory is exact here.
    Quadratic,
    /// Valleys, wells and plateaus with few minima.
    Valley,
    /// Landscapes in which a ball may settle in many places.
    ManyMinima,
    /// Functions of x alone.
    OneDimension,
    /// Losses of small models over a handful of samples.
    Data,
    /// What the user writes.
    Own,
}

/// The facts about a surface that hold whatever its parameters.
#[derive(Clone, Copy, Debug)]
pub struct Description {
    /// Identifier, as in links and configurations.
    pub id: &'static str,
    /// English name.
    pub name: &'static str,
    /// Menu family.
    pub group: Group,
    /// Number of coordinates that matter, 1 or 2; with 1, f does not depend on y, which is 0.
    pub dimension: u8,
    /// The formula as lines of text that build on each other; the last line is f(x, y). With
    /// data it is the mean over the samples, each with its `input` and `target`.
    pub formula: &'static [&'static str],
    /// Its parameters.
    pub parameters: &'static [ParameterSpec],
    /// Where the formula comes from.
    pub source: &'static str,
}

/// What the author of a surface writes.
pub trait Surface: Debug + Sized + 'static {
    /// Names, formula text, parameters and source.
    const DESCRIPTION: Description;

    /// The surface with these parameter values.
    fn new(settings: &Settings) -> Self;

    /// The formula f(x, y), on any kind of number; with data the mean over all samples.
    fn at<R: Real>(&self, x: R, y: R) -> R;

    /// The part of the plane worth looking at.
    fn view(&self) -> Bounds;

    /// A start from which a run shows what this surface is about, not near the upper or the lower
    /// edge of the view, where a page has its buttons and its words.
    fn start(&self) -> Point;

    /// A learning rate at which plain gradient descent from [`start`](Self::start) shows it.
    fn learning_rate(&self) -> f64;

    /// The stationary points worth showing.
    fn stationary(&self) -> Vec<Candidate>;

    /// The part of f that a sample contributes, an input and a target; f is the mean of these.
    /// Without data it is f itself.
    fn at_sample<R: Real>(&self, _sample: [R; 2], x: R, y: R) -> R {
        self.at(x, y)
    }

    /// The samples behind a loss and the model that is fitted to them.
    fn data(&self) -> Option<Data<'_>> {
        None
    }

    /// Number of samples behind a loss.
    fn samples(&self) -> usize {
        self.data().map_or(0, |data| data.samples.len())
    }
}

/// A surface behind a pointer: what the rest of the crate works with.
pub trait AnySurface: Debug + BatchSurface {
    /// Names, formula text, parameters and source.
    fn description(&self) -> &'static Description;
    /// f at `p`.
    fn value(&self, p: Point) -> f64;
    /// f along a row: `out[i] = f(x[i], y)`. Does not allocate.
    ///
    /// # Panics
    /// When `out` is shorter than `x`.
    fn values(&self, x: &[f64], y: f64, out: &mut [f64]);
    /// f and ∇f at `p`, exact to rounding.
    fn gradient(&self, p: Point) -> (f64, Vector);
    /// The matrix of second derivatives at `p`, exact to rounding.
    fn hessian(&self, p: Point) -> Hessian;
    /// The part of the plane worth looking at.
    fn view(&self) -> Bounds;
    /// A start from which a run shows what this surface is about.
    fn start(&self) -> Point;
    /// A learning rate for plain gradient descent from that start.
    fn learning_rate(&self) -> f64;
    /// The stationary points worth showing, to rounding; found once.
    fn stationary(&self) -> Vec<Stationary>;
    /// Those of the stationary points that are minima.
    fn minima(&self) -> Vec<Point> {
        let minima = |found: &Stationary| found.kind == StationaryKind::Minimum;
        self.stationary().into_iter().filter(minima).map(|found| found.point).collect()
    }
    /// The samples behind a loss and the model that is fitted to them.
    fn data(&self) -> Option<Data<'_>>;
    /// Number of samples behind a loss; 0 on a surface without data.
    fn samples(&self) -> usize;
    /// ∇ of the mean loss over the samples `indices` at `p`: what a minibatch sees. Zero for an
    /// empty one; without data, all of ∇f for any other.
    ///
    /// # Panics
    /// When there are samples, but none of that index.
    fn batch_gradient(&self, p: Point, indices: &[usize]) -> Vector;
}

/// A surface as its author wrote it, with the stationary points found when they are first asked for.
#[derive(Debug)]
pub struct Built<S> {
    pub(super) formula: S,
    stationary: OnceCell<Vec<Stationary>>,
}

impl<S: Surface> Built<S> {
    /// What the rest of the crate works with, made of `formula`.
    pub fn new(formula: S) -> Self {
        Self { formula, stationary: OnceCell::new() }
    }
}

impl<S: Surface> AnySurface for Built<S> {
    fn description(&self) -> &'static Description {
        &S::DESCRIPTION
    }

    fn value(&self, p: Point) -> f64 {
        self.formula.at(p.x, p.y)
    }

    fn values(&self, x: &[f64], y: f64, out: &mut [f64]) {
        assert!(out.len() >= x.len(), "the row of values is shorter than the row of positions");
        for (value, &x) in out.iter_mut().zip(x) {
            *value = self.formula.at(x, y);
        }
    }

    fn gradient(&self, p: Point) -> (f64, Vector) {
        let d = differentiate(p.x, p.y, |x, y| self.formula.at(x, y));
        (d.value, Vector::new(d.dx(), d.dy()))
    }

    fn hessian(&self, p: Point) -> Hessian {
        let (x, y) = variables(p.x, p.y);
        let d = differentiate(x, y, |x, y| self.formula.at(x, y));
        Hessian { xx: d.dx().dx(), xy: d.dx().dy(), yy: d.dy().dy() }
    }

    fn view(&self) -> Bounds {
        self.formula.view()
    }

    fn start(&self) -> Point {
        self.formula.start()
    }

    fn learning_rate(&self) -> f64 {
        self.formula.learning_rate()
    }

    fn stationary(&self) -> Vec<Stationary> {
        let locate = || stationary::locate(self, self.formula.stationary());
        self.stationary.get_or_init(locate).clone()
    }

    fn data(&self) -> Option<Data<'_>> {
        self.formula.data()
    }

    fn samples(&self) -> usize {
        self.formula.samples()
    }

    fn batch_gradient(&self, p: Point, indices: &[usize]) -> Vector {
        let samples = match self.formula.data() {
            Some(data) => data.samples,
            None if indices.is_empty() => return Vector::default(),
            None => return self.gradient(p).1,
        };
        let batch = indices.iter().map(|&index| samples[index].constants());
        let d = differentiate(p.x, p.y, |x, y| data::mean(&self.formula, batch, x, y));
        Vector::new(d.dx(), d.dy())
    }
}

/// One line of the registry.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Names, formula text, parameters and source.
    pub description: &'static Description,
    build: fn(&Settings) -> Box<dyn AnySurface>,
}

const fn entry<S: Surface>() -> Entry {
    Entry { description: &S::DESCRIPTION, build: |settings| Box::new(Built::new(S::new(settings))) }
}

impl Entry {
    /// The surface with these parameter values.
    pub fn build(&self, settings: &Settings) -> Box<dyn AnySurface> {
        (self.build)(settings)
    }

    /// The surface with its default parameter values.
    pub fn with_defaults(&self) -> Box<dyn AnySurface> {
        self.build(&Settings::defaults(self.description.parameters))
    }
}

/// The entry named `id`.
pub fn find(id: &str) -> Option<&'static Entry> {
    SURFACES.iter().find(|entry| entry.description.id == id)
}
