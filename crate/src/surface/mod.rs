//! Test surfaces: each writes its formula once and lives in a file of its own.
//!
//! A new surface is one file that implements [`Surface`] plus its line in [`SURFACES`].

mod bowl;
mod double_well;
mod himmelblau;
mod ravine;
mod rosenbrock;
mod saddle;

use crate::geometry::{Bounds, Hessian, Point, Vector};
use crate::number::{Dual, Real, differentiate};
use crate::parameter::{ParameterSpec, Settings};
use std::fmt::Debug;

/// All surfaces, in menu order.
pub static SURFACES: &[Entry] = &[
    entry::<ravine::Ravine>(),
    entry::<bowl::Bowl>(),
    entry::<saddle::Saddle>(),
    entry::<rosenbrock::Rosenbrock>(),
    entry::<double_well::DoubleWell>(),
    entry::<himmelblau::Himmelblau>(),
];

/// The family under which a menu lists a surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Constant Hessian: the theory is exact here.
    Quadratic,
    /// Valleys and wells with few minima.
    Valley,
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
    /// The formula as lines of text; the last line is f(x, y).
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

    /// The formula f(x, y), on any kind of number.
    fn at<R: Real>(&self, x: R, y: R) -> R;

    /// The part of the plane worth looking at.
    fn view(&self) -> Bounds;

    /// A start from which a run shows what this surface is about.
    fn start(&self) -> Point;

    /// A learning rate at which plain gradient descent from [`start`](Self::start) shows it.
    fn learning_rate(&self) -> f64;

    /// Positions near the local minima; they are polished by Newton's method before use, and
    /// dropped where the present parameters leave no minimum.
    fn minima(&self) -> Vec<Point>;
}

/// A surface behind a pointer: what the rest of the crate works with.
pub trait AnySurface: Debug {
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
    /// All known local minima, stationary to rounding.
    fn minima(&self) -> Vec<Point>;
}

impl<S: Surface> AnySurface for S {
    fn description(&self) -> &'static Description {
        &S::DESCRIPTION
    }

    fn value(&self, p: Point) -> f64 {
        self.at(p.x, p.y)
    }

    fn values(&self, x: &[f64], y: f64, out: &mut [f64]) {
        assert!(out.len() >= x.len(), "the row of values is shorter than the row of positions");
        for (value, &x) in out.iter_mut().zip(x) {
            *value = self.at(x, y);
        }
    }

    fn gradient(&self, p: Point) -> (f64, Vector) {
        let d = differentiate(p.x, p.y, |x, y| self.at(x, y));
        (d.value, Vector::new(d.dx, d.dy))
    }

    fn hessian(&self, p: Point) -> Hessian {
        let along = |value, dx, dy| Dual { value, dx, dy };
        let (x, y) = (along(p.x, 1.0, 0.0), along(p.y, 0.0, 1.0));
        let d = differentiate(x, y, |x, y| self.at(x, y));
        Hessian { xx: d.dx.dx, xy: d.dx.dy, yy: d.dy.dy }
    }

    fn view(&self) -> Bounds {
        Surface::view(self)
    }

    fn start(&self) -> Point {
        Surface::start(self)
    }

    fn learning_rate(&self) -> f64 {
        Surface::learning_rate(self)
    }

    fn minima(&self) -> Vec<Point> {
        let mut found: Vec<Point> = Vec::new();
        for minimum in Surface::minima(self).into_iter().filter_map(|near| polish(self, near)) {
            if found.iter().all(|other| (minimum - *other).norm() > 1e-6) {
                found.push(minimum);
            }
        }
        found
    }
}

/// Newton's method from `near` to the minimum beside it, if there is one.
fn polish(surface: &dyn AnySurface, near: Point) -> Option<Point> {
    const ITERATIONS: usize = 60;
    let mut p = near;
    for _ in 0..ITERATIONS {
        let (_, g) = surface.gradient(p);
        let h = surface.hessian(p);
        let determinant = h.xx * h.yy - h.xy * h.xy;
        if g == Vector::default() || determinant == 0.0 {
            break;
        }
        let step =
            Vector::new(h.xy * g.y - h.yy * g.x, h.xy * g.x - h.xx * g.y) * (1.0 / determinant);
        p = p + step;
    }
    let curvature = surface.hessian(p).eigen()[0].value;
    let slope = surface.gradient(p).1.norm();
    (curvature > 0.0 && slope <= 1e-9 * (1.0 + curvature)).then_some(p)
}

/// One line of the registry.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Names, formula text, parameters and source.
    pub description: &'static Description,
    build: fn(&Settings) -> Box<dyn AnySurface>,
}

const fn entry<S: Surface>() -> Entry {
    Entry { description: &S::DESCRIPTION, build: |settings| Box::new(S::new(settings)) }
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
