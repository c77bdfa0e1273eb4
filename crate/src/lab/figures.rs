//! The figures beside the plot: what they are drawn from, and the hand on the plane of learning
//! rate and momentum.

use super::Lab;
use crate::configuration::{Error, RunChoice, Value};
use crate::draw::{Figure, Subject, Viewport, cards};
use crate::math::geometry::{Bounds, Point};
use crate::optimizer::{MOMENTUM, Recurrence};
use crate::parameter::Scale;
use crate::plane::{Around, Plane, UPWARD};
use crate::run::measure::Measured;
use crate::study::noise_ensemble::Spread;
use crate::theory::Regime;
use crate::theory::momentum_family::Theory;
use serde::Serialize;

/// What theory says of one setting.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Forecast {
    /// Learning rate.
    pub lr: f64,
    /// Momentum.
    pub beta: f64,
    /// See [`Mode::rate`](crate::theory::Mode::rate), of the slower direction; `None` where there is
    /// no theory.
    pub spectral_radius: Option<f64>,
    /// Along the flattest and the steepest direction.
    pub regimes: Option<[Regime; 2]>,
}

/// A run's setting on the plane, as something to take hold of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Handle {
    /// The run.
    pub run: usize,
    /// In CSS pixels from the figure's left edge.
    pub x: f64,
    /// In CSS pixels from the figure's upper edge.
    pub y: f64,
    /// Whether it has momentum to be set; else it keeps to β = 0.
    pub has_momentum: bool,
    /// The setting.
    #[serde(flatten)]
    pub forecast: Forecast,
}

/// The plane of learning rate and momentum as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaneView {
    /// The run whose rule it is.
    pub run: usize,
    /// Around which place theory holds.
    pub around: Around,
    /// Whether its shades are measured: a map over settings in place of theory's bands.
    pub measured: bool,
    /// Whether the rule's quadratic curves down, so that the ball moves away at any setting.
    pub curves_down: bool,
    /// Coupled weight decay, which adds to every curvature.
    pub decay: f64,
    /// Whether the rule climbs, which turns the sign of every curvature.
    pub climbs: bool,
    /// The lowest and the highest learning rate.
    pub lr: [f64; 2],
    /// The lowest and the highest momentum.
    pub beta: [f64; 2],
    /// How momentum is spread.
    pub beta_scale: Scale,
    /// The same ends as coordinates of the plane: left, right, bottom, top.
    pub bounds: [f64; 4],
    /// Where it lies in the figure, in CSS pixels: left, top, width, height.
    pub frame: [f64; 4],
    /// One for each run that is shown and whose rule is a momentum recurrence, in their order.
    pub handles: Vec<Handle>,
    /// The runs that are shown and have no place on it, because their rule is no such recurrence.
    pub without: Vec<usize>,
}

impl Lab {
    /// What figures are drawn from.
    pub fn subject(&self) -> Subject<'_> {
        Subject {
            surface: &*self.surface,
            runs: &self.runs,
            theme: self.theme,
            time: self.time,
            configuration: &self.configuration,
            foretells: self.foretells,
            sweep: self.sweep.as_ref(),
            plane_run: self.plane_run,
        }
    }

    /// The figures that have something to show, card by card.
    pub fn figures(&self) -> Vec<Vec<Figure>> {
        cards(self.subject())
    }

    /// The plane as [`Figure::Plane`] shows it in a viewport; `None` if no run has one.
    pub fn plane(&self, viewport: &Viewport) -> Option<PlaneView> {
        let subject = self.subject();
        let (run_shown, plane) = subject.plane()?;
        let handle = |run| {
            let own = subject.plane_of(run)?;
            let (lr, recurrence) = own.family().present();
            let (x, y) = viewport.pixel(plane.point(lr, recurrence.beta));
            let has_momentum = own.family().has_momentum();
            Some(Handle { run, x, y, has_momentum, forecast: forecast(&own, lr, recurrence) })
        };
        let seen = |run: &usize| *run == run_shown || self.configuration.runs[*run].visible();
        let seen: Vec<usize> = (0..self.runs.len()).filter(seen).collect();
        let handles: Vec<Handle> = seen.iter().copied().filter_map(handle).collect();
        let placed = |run: &usize| handles.iter().any(|handle| handle.run == *run);
        let without = seen.into_iter().filter(|run| !placed(run)).collect();
        let Bounds { x_min, x_max, y_min, y_max } = plane.bounds();
        let (left, top) = viewport.pixel(Point::new(x_min, y_max));
        let (right, bottom) = viewport.pixel(Point::new(x_max, y_min));
        let (_, recurrence) = plane.family().present();
        Some(PlaneView {
            run: run_shown,
            around: plane.around(),
            measured: subject.measures(&plane),
            curves_down: plane.curves_down(),
            decay: recurrence.decay,
            climbs: recurrence.sign < 0.0,
            lr: plane.lr(),
            beta: plane.beta(),
            beta_scale: UPWARD,
            bounds: [x_min, x_max, y_min, y_max],
            frame: [left, top, right - left, bottom - top],
            handles,
            without,
        })
    }

    /// Shows the plane of a run, where it has one.
    pub fn choose_plane(&mut self, run: usize) {
        if self.plane_run.replace(run) != Some(run) {
            self.revision += 1;
        }
    }

    /// What theory says of the setting that a drag to (x, y) would give, in CSS pixels from the
    /// figure's top left; `None` off the plane.
    pub fn plane_at(&self, viewport: &Viewport, x: f64, y: f64) -> Option<Forecast> {
        let (_, plane) = self.subject().plane()?;
        let point = viewport.point_at(x, y);
        if !plane.bounds().contains(point) {
            return None;
        }
        let (lr, beta) = plane.setting(point);
        let recurrence = plane.family().at(beta)?;
        Some(forecast(&plane, lr, recurrence))
    }

    /// Gives a run the setting at (x, y), in CSS pixels from the figure's top left, or nearest to
    /// it on the plane. A number whose place is there already stays as it is.
    ///
    /// # Errors
    /// The error about a number; none has changed then.
    pub fn plane_drag(
        &mut self,
        viewport: &Viewport,
        run: usize,
        (x, y): (f64, f64),
    ) -> Result<(), Error> {
        let subject = self.subject();
        let Some(((_, shown), own)) = subject.plane().zip(subject.plane_of(run)) else {
            return Ok(());
        };
        if !(x.is_finite() && y.is_finite()) {
            return Ok(());
        }
        let (lr, recurrence) = own.family().present();
        let (now_x, now_y) = viewport.pixel(shown.point(lr, recurrence.beta));
        let (lr, beta) = shown.setting(viewport.point_at(x, y));
        /// CSS pixels within which a place is the same.
        const SAME: f64 = 0.5;
        let mut fields = Vec::new();
        if (x - now_x).abs() > SAME {
            fields.push((format!("runs[{run}].lr"), lr));
        }
        if own.family().has_momentum() && (y - now_y).abs() > SAME {
            let follows = own.family().follows().map(|(id, _)| id);
            let ids = std::iter::once(MOMENTUM.id).chain(follows);
            fields.extend(ids.map(|id| (format!("runs[{run}].{id}"), beta)));
        }
        self.set_all(fields.iter().map(|(field, value)| (&**field, Value::Number(*value))))
    }

    /// What theory says of a run at its ball's present place and settings; `None` where its rule
    /// is no momentum recurrence, where the surface has no curvature at the ball, and where there is
    /// no such run.
    pub fn theory(&self, run: usize) -> Option<Theory> {
        let (choice, path) = (self.configuration.runs.get(run)?, self.runs.get(run)?);
        let step = self.time as usize;
        let settings = choice.settings_at(step);
        let place = path.position_at(self.time);
        Theory::of((choice.entry, &settings), &*self.surface, place, step)
    }

    /// Whether a run's rule at its present settings is a momentum recurrence, which theory is about.
    pub fn is_linear(&self, run: usize) -> bool {
        let rule = |choice: &RunChoice| choice.entry.build(&choice.settings_at(self.time as usize));
        let choice = self.configuration.runs.get(run);
        choice.is_some_and(|choice| rule(choice).recurrence().is_some())
    }

    /// How far the cloud of repeats is spread now; `None` without one.
    pub fn spread(&self) -> Option<Spread> {
        self.cloud.as_ref().map(|cloud| cloud.spread(self.time))
    }

    /// What a run's whole path shows; `None` where there is no such run.
    pub fn measured(&self, run: usize) -> Option<Measured> {
        self.runs.get(run).map(|run| Measured::of(run, &*self.surface))
    }
}

fn forecast(plane: &Plane, lr: f64, recurrence: Recurrence) -> Forecast {
    let modes = plane.modes(lr, recurrence);
    Forecast {
        lr,
        beta: recurrence.beta,
        spectral_radius: modes.map(|modes| modes[0].rate.max(modes[1].rate)),
        regimes: modes.map(|modes| modes.map(|mode| mode.regime)),
    }
}
