//! Where a surface has a curvature that theory can use: not at kinks, and not where the second
//! derivatives are no numbers.

use crate::math::geometry::{Eigen, Hessian, Point, Vector};
use crate::surface::AnySurface;
use crate::theory::directions;

/// Distance to the neighbours that are compared, as a share of the view's size.
const NEAR: f64 = 1e-6;

/// The neighbours are compared at this share of the distance too: what is continuous changes less
/// there, a jump stays.
const NEARER: f64 = 0.125;

/// Relative size below which a change is rounding.
const ROUNDING: f64 = 1e-7;

/// The Hessian's eigenvalues at `point` as [`directions`] gives them; `None` where they are not
/// finite, and where the gradient or the Hessian jumps, as at a kink or at the tip of a cone.
pub fn curvature(surface: &dyn AnySurface, point: Point) -> Option<[Eigen; 2]> {
    let eigen = directions(surface, point);
    // A derivative may have a number where the value has none, as 1/x has beside ln(x).
    let values = [surface.value(point), eigen[0].value, eigen[1].value];
    let finite = values.iter().all(|value| value.is_finite());
    (finite && is_smooth(surface, point)).then_some(eigen)
}

/// Whether gradient and Hessian are continuous at `point`, along both axes.
fn is_smooth(surface: &dyn AnySurface, point: Point) -> bool {
    let view = surface.view();
    let size = view.width().max(view.height()).max(point.x.abs()).max(point.y.abs());
    let axes = [Vector::new(1.0, 0.0), Vector::new(0.0, 1.0)];
    let count = usize::from(surface.description().dimension).min(axes.len());
    let centre = surface.hessian(point);
    axes[..count].iter().all(|&axis| {
        let [far, near] = [NEAR, NEAR * NEARER]
            .map(|share| Jump::across(surface, (point, centre), axis * (share * size), size));
        far.zip(near).is_some_and(|(far, near)| near.is_continuous(far))
    })
}

/// How much gradient and Hessian change around a point, and beside what size that counts.
struct Jump {
    gradient: (f64, f64),
    hessian: (f64, f64),
}

impl Jump {
    /// The changes from `point` − `step` to `point` + `step`; `None` where something is not finite.
    fn across(
        surface: &dyn AnySurface,
        (point, centre): (Point, Hessian),
        step: Vector,
        size: f64,
    ) -> Option<Self> {
        let sides = [point + step * -1.0, point + step];
        let [back, front] = sides.map(|side| surface.gradient(side).1);
        let slope = back.norm() + front.norm();
        let [back_h, front_h] = sides.map(|side| surface.hessian(side));
        let bend = norm(back_h) + norm(front_h) + norm(centre);
        let change = difference(back_h, centre).max(difference(front_h, centre));
        let jump = (front - back).norm();
        // Beside a slope, a curvature that hardly changes it over the view is rounding.
        (slope.is_finite() && bend.is_finite())
            .then_some(Self { gradient: (jump, slope), hessian: (change, bend + slope / size) })
    }

    fn is_continuous(&self, far: Self) -> bool {
        let continuous = |(near, size): (f64, f64), (far, _): (f64, f64)| {
            near <= ROUNDING * size || near <= 0.5 * far
        };
        continuous(self.gradient, far.gradient) && continuous(self.hessian, far.hessian)
    }
}

fn norm(h: Hessian) -> f64 {
    h.xx.abs() + 2.0 * h.xy.abs() + h.yy.abs()
}

fn difference(a: Hessian, b: Hessian) -> f64 {
    norm(Hessian { xx: a.xx - b.xx, xy: a.xy - b.xy, yy: a.yy - b.yy })
}
