//! The user's own formula f(x, y), differentiated like every other.
//!
//! What the built-in surfaces say of themselves is found from values here: the view holds the
//! lowest part of a wide square, the stationary points are polished from points of a grid, the
//! start lies high up in the view, and the learning rate follows the curvature there.

use super::grid::Grid;
use super::{Candidate, Description, Group, Surface};
use crate::math::expression::{Expression, LONGEST, parse};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::{Real, differentiate, variables};
use crate::parameter::{ParameterSpec, Settings};

/// A formula as it was typed, with what has been found of it.
#[derive(Debug)]
pub struct Own {
    formula: Expression,
    view: Bounds,
}

const NAMES: [&str; 2] = ["x", "y"];

/// Samples along each side of the grid that looks for a view; twice as many find its stationary
/// points.
const SIDE: usize = 33;

/// The square in which a view is looked for.
const WIDE: Bounds = Bounds::new(-6.0, 6.0, -6.0, 6.0);

impl Surface for Own {
    const DESCRIPTION: Description = Description {
        id: "expression",
        name: "Your own formula",
        group: Group::Own,
        dimension: 2,
        formula: &["f(x, y)"],
        parameters: &[ParameterSpec::text(
            "expression",
            "f(x, y) =",
            "(x^2 - y)^2 + (x - 1)^2/4 + sin(3*y)/5",
            LONGEST,
            |text| parse(text, &NAMES).map(|_| ()),
        )],
        source: "yours",
    };

    fn new(settings: &Settings) -> Self {
        // The validator has let only formulas through that parse.
        let formula = parse(settings.text("expression"), &NAMES)
            .or_else(|_| parse("0", &NAMES))
            .expect("0 is a formula")
            .folded();
        let view = low_part(&formula);
        Self { formula, view }
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        let value = self.formula.evaluate(&[x, y]);
        let defined = value.abs().less_than(R::constant(f64::INFINITY));
        // The derivative of ln x at −1 would be −1, but where f is undefined there is none.
        R::select(defined, value, (x + y) * f64::NAN)
    }

    fn view(&self) -> Bounds {
        self.view
    }

    fn start(&self) -> Point {
        let corner = |column: f64, row: f64| {
            let Bounds { x_min, y_min, .. } = self.view;
            Point::new(x_min + column * self.view.width(), y_min + row * self.view.height())
        };
        let corners =
            [(0.12, 0.8), (0.88, 0.8), (0.12, 0.2), (0.88, 0.2)].map(|(c, r)| corner(c, r));
        let value = |p: &Point| self.at(p.x, p.y);
        corners
            .into_iter()
            .filter(|p| value(p).is_finite())
            .max_by(|a, b| value(a).total_cmp(&value(b)))
            .unwrap_or(corner(0.5, 0.5))
    }

    fn learning_rate(&self) -> f64 {
        // Half of what the steepest place on the diagonal from the start would bear.
        let start = Surface::start(self);
        let centre = Point::new(
            0.5 * (self.view.x_min + self.view.x_max),
            0.5 * (self.view.y_min + self.view.y_max),
        );
        let curvature = (0..9)
            .map(|part| start.toward(centre, f64::from(part) / 8.0))
            .map(|p| self.curvature(p))
            .filter(|curvature| curvature.is_finite())
            .fold(0.0, f64::max);
        if curvature > 0.0 { (1.0 / curvature).clamp(1e-6, 1.0) } else { 0.1 }
    }

    fn stationary(&self) -> Vec<Candidate> {
        // As far as a wide plot shows.
        let Bounds { x_min, x_max, y_min, y_max } = self.view;
        let (beside, above) = (0.4 * self.view.width(), 0.2 * self.view.height());
        let around = Bounds::new(x_min - beside, x_max + beside, y_min - above, y_max + above);
        Grid::new(&self.formula, around, 2 * SIDE).candidates()
    }
}

impl Own {
    /// Size of the largest eigenvalue of the Hessian at `p`, or a little more.
    fn curvature(&self, p: Point) -> f64 {
        let (x, y) = variables(p.x, p.y);
        let d = differentiate(x, y, |x, y| self.at(x, y));
        (d.dx().dx().abs() + d.dx().dy().abs()).max(d.dy().dy().abs() + d.dx().dy().abs())
    }
}

/// The smallest rectangle around the lowest sixth of a wide square, with a margin.
fn low_part(formula: &Expression) -> Bounds {
    let grid = Grid::new(formula, WIDE, SIDE);
    let mut order: Vec<usize> =
        (0..SIDE * SIDE).filter(|&index| grid.values()[index].is_finite()).collect();
    order.sort_by(|a, b| grid.values()[*a].total_cmp(&grid.values()[*b]));
    order.truncate(order.len() / 6);
    let mut low = order.into_iter().map(|index| grid.point(index));
    let Some(first) = low.next() else { return WIDE };
    let around = low.fold(Bounds::new(first.x, first.x, first.y, first.y), |b, p| {
        Bounds::new(b.x_min.min(p.x), b.x_max.max(p.x), b.y_min.min(p.y), b.y_max.max(p.y))
    });
    let margin = 0.15 * around.width().max(around.height()).max(2.0);
    Bounds::new(
        around.x_min - margin,
        around.x_max + margin,
        around.y_min - margin,
        around.y_max + margin,
    )
}
