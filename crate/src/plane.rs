//! The plane of learning rate and momentum: what a rule would do at every setting of the two
//! around one place of a surface.
//!
//! A point of it is (log₁₀ lr, −log₁₀(1 − β)): both axes as on their sliders, see [`ACROSS`] and
//! [`UPWARD`].

use crate::math::geometry::{Bounds, Point};
use crate::optimizer::{MOMENTUM, Recurrence};
use crate::parameter::{Kind, Scale};
use crate::run::centre::Centre;
use crate::surface::AnySurface;
use crate::theory::curvature::curvature;
use crate::theory::momentum_family::MomentumFamily;
use crate::theory::{Mode, Regime, Tuning, is_quadratic};
use serde::Serialize;
use std::cell::OnceCell;

/// The scale of learning rates.
pub const ACROSS: Scale = Scale::Logarithmic;

/// The scale of momenta.
pub const UPWARD: Scale = Scale::NearOne;

/// Learning rates beyond these are never shown.
pub const REACH: [f64; 2] = [1e-9, 1e6];

/// Bands of spectral radius.
pub const BANDS: usize = 10;

/// What becomes of a ball at a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    /// It settles: from band 0, as fast as the best setting, the steps that a ball takes grow by a
    /// constant ratio from band to band; the last one has no end.
    Band(usize),
    /// It moves away.
    Divergent,
    /// There is no minimum around which theory could hold.
    Unknown,
}

/// Around which place theory holds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Around {
    /// The surface is quadratic: everywhere.
    Everywhere,
    /// The minimum that the run reaches.
    Reached {
        /// Where.
        point: Point,
    },
    /// The nearest minimum, which the run does not reach.
    Nearest {
        /// Where.
        point: Point,
    },
    /// None: at the minimum there is a kink, or the second derivatives are not finite.
    Kink {
        /// Where.
        point: Point,
    },
    /// None: no minimum is known.
    Nowhere,
}

/// The settings of one rule around one place of a surface.
#[derive(Clone, Debug)]
pub struct Plane {
    family: MomentumFamily,
    around: Around,
    curvatures: Option<[f64; 2]>,
    exact: bool,
    best: OnceCell<Option<Tuning>>,
    lr: [f64; 2],
    beta: [f64; 2],
}

impl Plane {
    /// The plane of a family around the place where its ball comes to rest; on a quadratic, whose
    /// curvature is the same everywhere, also without one. `None` where the surface suggests no
    /// learning rate.
    pub fn of(
        family: MomentumFamily,
        surface: &dyn AnySurface,
        centre: Option<Centre>,
    ) -> Option<Self> {
        // From slow to surely divergent; the gain moves all of it, at β = 0.9 as much as usual.
        let plain = Some(surface.learning_rate()).filter(|lr| lr.is_finite())?;
        let gain = family.at(0.9)?.gain().max(1e-3);
        let high = (10.0 * plain / gain).clamp(REACH[0] * 1e3, REACH[1]);
        let lr = [(plain / 100.0).clamp(REACH[0], high / 100.0), high];
        let exact = is_quadratic(surface);
        let place = centre.map(|centre| centre.point);
        let place = place.or_else(|| exact.then(|| surface.start()));
        let eigen = place.and_then(|place| curvature(surface, place));
        let curvatures = eigen.map(|eigen| eigen.map(|eigen| eigen.value));
        let around = match (centre, curvatures) {
            (None, _) => Around::Nowhere,
            (Some(Centre { point, .. }), None) => Around::Kink { point },
            (Some(_), Some(_)) if exact => Around::Everywhere,
            (Some(Centre { point, reached: true }), Some(_)) => Around::Reached { point },
            (Some(Centre { point, reached: false }), Some(_)) => Around::Nearest { point },
        };
        let beta = [0.0, steadiest()];
        Some(Self { family, around, curvatures, exact, best: OnceCell::new(), lr, beta })
    }

    /// The same with other ranges, where they are given; see
    /// [`PLANE_LR`](crate::configuration::PLANE_LR).
    pub fn showing(self, lr: Option<[f64; 2]>, beta: Option<[f64; 2]>) -> Self {
        Self { lr: lr.unwrap_or(self.lr), beta: beta.unwrap_or(self.beta), ..self }
    }

    /// The rule.
    pub fn family(&self) -> &MomentumFamily {
        &self.family
    }

    /// Around which place it holds.
    pub fn around(&self) -> Around {
        self.around
    }

    /// The surface's curvatures along the flattest and the steepest direction, where it is known
    /// how the ball comes to rest.
    pub fn curvatures(&self) -> Option<[f64; 2]> {
        self.curvatures.filter(|_| !matches!(self.around, Around::Nowhere))
    }

    /// Whether the rule goes downward from everywhere on a quadratic, so that no setting settles.
    pub fn curves_down(&self) -> bool {
        let (_, recurrence) = self.family.present();
        let down = |curvatures: [f64; 2]| curvatures.iter().any(|c| recurrence.curvature(*c) < 0.0);
        self.exact && self.curvatures.is_some_and(down)
    }

    /// The setting with the smallest spectral radius.
    pub fn best(&self) -> Option<Tuning> {
        *self.best.get_or_init(|| self.family.best(self.curvatures()?))
    }

    /// The lowest and the highest learning rate that is shown.
    pub fn lr(&self) -> [f64; 2] {
        self.lr
    }

    /// The lowest and the highest momentum that is shown.
    pub fn beta(&self) -> [f64; 2] {
        self.beta
    }

    /// The part of it that is shown.
    pub fn bounds(&self) -> Bounds {
        let [x_min, x_max] = self.lr.map(|lr| ACROSS.coordinate(lr));
        let [y_min, y_max] = self.beta.map(|beta| UPWARD.coordinate(beta));
        Bounds::new(x_min, x_max, y_min, y_max)
    }

    /// The point of a setting; what is not shown stands at the edge.
    pub fn point(&self, lr: f64, beta: f64) -> Point {
        self.within(Point::new(ACROSS.coordinate(lr), UPWARD.coordinate(beta)))
    }

    /// The setting (lr, β) at a point, rounded to three digits of lr and of 1 − β.
    pub fn setting(&self, point: Point) -> (f64, f64) {
        let Point { x, y } = self.within(point);
        // Rounding 1 − β leaves binary dust in β.
        let dustless = |beta: f64| (beta * 1e9).round() / 1e9;
        (three_digits(ACROSS.value(x)), dustless(1.0 - three_digits(1.0 - UPWARD.value(y))))
    }

    /// Behaviour along the flattest and the steepest direction: around the place where theory holds,
    /// and on a quadratic without a minimum everywhere.
    pub fn modes(&self, lr: f64, recurrence: Recurrence) -> Option<[Mode; 2]> {
        Some(self.curvatures?.map(|curvature| recurrence.mode(lr, curvature)))
    }

    /// The shade at learning rate `lr` of a recurrence of this family.
    pub fn shade(&self, lr: f64, recurrence: Recurrence) -> Shade {
        let known = self.curvatures().and_then(|_| self.modes(lr, recurrence));
        let Some(modes) = known else { return Shade::Unknown };
        if modes.iter().any(|mode| mode.regime == Regime::Divergent) {
            return Shade::Divergent;
        }
        /// Of the steps taken, from one band to the next.
        const RATIO: f64 = 1.7;
        // What neither settles nor leaves takes no end of steps, whatever rounding says.
        let steps = |rate: f64| -1.0 / libm::log(rate.clamp(1e-9, 1.0 - 1e-12));
        let fastest = steps(self.best().map_or(0.0, |best| best.rate));
        let slower = steps(modes[0].rate.max(modes[1].rate)) / fastest;
        Shade::Band((libm::log(slower) / libm::log(RATIO)).clamp(0.0, BANDS as f64 - 1.0) as usize)
    }

    fn within(&self, Point { x, y }: Point) -> Point {
        let Bounds { x_min, x_max, y_min, y_max } = self.bounds();
        let inside = |value: f64, low: f64, high: f64| {
            if value.is_nan() { low } else { value.clamp(low, high) }
        };
        Point::new(inside(x, x_min, x_max), inside(y, y_min, y_max))
    }
}

/// The most momentum that its slider gives.
fn steadiest() -> f64 {
    match MOMENTUM.kind {
        Kind::Number { max, .. } => max,
        _ => 0.0,
    }
}

fn three_digits(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{optimizer, parameter::Settings, surface};

    fn plane(id: &str) -> Plane {
        let entry = optimizer::find(id).expect("known");
        let settings = Settings::defaults(&entry.parameters());
        let family = MomentumFamily::of(entry, &settings).expect("a recurrence");
        let surface = surface::find("ravine").expect("known").with_defaults();
        let centre = Centre { point: Point::new(0.0, 0.0), reached: true };
        Plane::of(family, &*surface, Some(centre)).expect("curvature")
    }

    #[test]
    fn points_and_settings_are_inverse() {
        let plane = plane("momentum");
        for (lr, beta) in [(0.0078, 0.9), (0.001, 0.0), (0.2, 0.999), (0.0314, 0.853)] {
            assert_eq!(plane.setting(plane.point(lr, beta)), (lr, beta));
        }
        // What is off the plane stands at its edge.
        assert!(plane.setting(plane.point(1e3, 1.0)).0 < 1.0);
        assert_eq!(plane.setting(plane.point(f64::NAN, 1.0)).1, 0.999);
    }

    #[test]
    fn without_curvature_no_setting_settles() {
        let plane =
            Plane { curvatures: Some([0.0; 2]), best: OnceCell::new(), ..plane("momentum") };
        for index in 0..1000 {
            let beta = f64::from(index) / 1000.0;
            let recurrence = plane.family().at(beta).expect("one");
            assert_eq!(plane.shade(0.1, recurrence), Shade::Band(BANDS - 1), "β {beta}");
        }
    }

    #[test]
    fn without_a_minimum_there_is_a_shade_of_its_own() {
        let plane = Plane { around: Around::Nowhere, ..plane("momentum") };
        let recurrence = plane.family().at(0.5).expect("one");
        assert_eq!(plane.shade(0.01, recurrence), Shade::Unknown);
        assert_eq!((plane.best(), plane.curvatures()), (None, None));
    }

    #[test]
    fn the_best_setting_is_in_the_first_band_and_none_is_faster() {
        let plane = plane("momentum");
        let best = plane.best().expect("a best setting");
        let recurrence = plane.family().at(best.beta).expect("a recurrence");
        assert_eq!(plane.shade(best.lr, recurrence), Shade::Band(0));
        assert_eq!(plane.shade(best.lr / 1e3, recurrence), Shade::Band(BANDS - 1));
    }
}
