//! What a hand does on the plot: it moves the start, turns the surface, and chooses the part of
//! the plane that is shown.

use super::{Lab, Stale};
use crate::configuration::{Camera, FARTHEST, is_view};
use crate::draw::{Viewport, marked};
use crate::math::geometry::{Bounds, Point, Vector};
use crate::run::settling::neighbourhood;
use crate::run::stationary_index::StationaryIndex;
use crate::surface::{Stationary, StationaryKind};

impl Lab {
    /// Lets all balls start from the point at (x, y), in CSS pixels from the plot's top left;
    /// positions outside the plot are moved to its edge. In space it is the point of the surface
    /// that is seen there; where none is, nothing happens.
    pub fn drag_start(&mut self, x: f64, y: f64) {
        let within =
            |value: f64, size: f64| if value.is_finite() { value.clamp(0.0, size) } else { 0.0 };
        let Viewport { width, height, .. } = self.viewport;
        let (x, y) = (within(x, width), within(y, height));
        let start = match &self.space {
            Some(space) => space.pick(x, y),
            None => Some(self.viewport.point_at(x, y)),
        };
        start.into_iter().for_each(|start| self.start_at(start));
    }

    /// Moves the start by so many CSS pixels to the right and away from the viewer, which is up
    /// where the plane is seen from above; not out of the plot.
    pub fn nudge_start(&mut self, right: f64, away: f64) {
        if !(right.is_finite() && away.is_finite()) {
            return;
        }
        let scale = self.viewport.scale();
        let stride = match &self.space {
            Some(space) => space.stride(right, away),
            None => Vector::new(right / scale.x, away / scale.y),
        };
        self.start_at(self.configuration.start + stride);
    }

    /// Lets all balls start from a point, at the nearest one in the plot. Digits that no pixel
    /// shows are left out: they would only lengthen texts and links.
    fn start_at(&mut self, start: Point) {
        let scale = self.viewport.scale();
        let Bounds { x_min, x_max, y_min, y_max } = self.viewport.bounds;
        let x = legible(start.x, scale.x).max(x_min).min(x_max);
        let y = legible(start.y, scale.y).max(y_min).min(y_max);
        let mut start = Point::new(x, y);
        if self.stage().in_profile() {
            start.y = 0.0;
        }
        self.configuration.start = start;
        self.recompute();
    }

    /// Turns the surface in space by so many CSS pixels of a drag to the right and down.
    pub fn turn(&mut self, right: f64, down: f64) {
        /// Degrees to a pixel.
        const YAW: f64 = -0.4;
        const PITCH: f64 = 0.3;
        self.look_from(self.configuration.camera.turned(YAW * right, PITCH * down));
    }

    /// Turns the surface in space back to how it is seen at first.
    pub fn turn_back(&mut self) {
        let Camera { yaw, pitch, .. } = Camera::default();
        self.look_from(Camera { yaw, pitch, ..self.configuration.camera });
    }

    fn look_from(&mut self, camera: Camera) {
        self.configuration.camera = camera;
        if let Some(space) = &mut self.space {
            space.turn((camera.yaw, camera.pitch));
            self.stale = Stale::ALL;
            self.draft = true;
        }
    }

    /// Whether the surface is shown in space.
    pub fn in_space(&self) -> bool {
        self.space.is_some()
    }

    /// Shows `factor` times as much of the plane, with what is at (x, y), in CSS pixels from the
    /// plot's top left, staying there; in space the middle stays. Not without bounds.
    pub fn zoom(&mut self, x: f64, y: f64, factor: f64) {
        /// The least and the most that may be shown, in widths of the surface's own view.
        const LEAST: f64 = 1e-6;
        const MOST: f64 = 1e3;
        let whole = self.surface.view().width();
        let Viewport { width, height, bounds, .. } = self.viewport;
        if !(x.is_finite() && y.is_finite() && factor.is_finite() && factor > 0.0) {
            return;
        }
        let now = bounds.width();
        let factor = (now * factor).clamp(LEAST * whole, MOST * whole) / now;
        let middle = Point::new(0.5 * width, 0.5 * height);
        let (x, y) = if self.in_space() { (middle.x, middle.y) } else { (x, y) };
        let fixed = self.viewport.point_at(x, y);
        let moved = |low: f64, fixed: f64| fixed + (low - fixed) * factor;
        self.show(Bounds::new(
            moved(bounds.x_min, fixed.x),
            moved(bounds.x_max, fixed.x),
            moved(bounds.y_min, fixed.y),
            moved(bounds.y_max, fixed.y),
        ));
    }

    /// Moves what is shown by so many CSS pixels to the right and down, as a hand moves paper.
    pub fn pan(&mut self, right: f64, down: f64) {
        if !(right.is_finite() && down.is_finite()) {
            return;
        }
        let scale = self.viewport.scale();
        let shift = match &self.space {
            Some(space) => space.stride(right, -down) * -1.0,
            None => Vector::new(-right / scale.x, down / scale.y),
        };
        let Bounds { x_min, x_max, y_min, y_max } = self.viewport.bounds;
        self.show(Bounds::new(x_min + shift.x, x_max + shift.x, y_min + shift.y, y_max + shift.y));
    }

    /// Shows the surface's own view again, widened where the start or a ball that is shown lies
    /// outside it now, unless that is farther out than any view reaches; in space from where it is
    /// seen at first.
    pub fn fit(&mut self) {
        /// Beside a ball, in widths and heights of what is shown.
        const ROOM: f64 = 0.06;
        self.turn_back();
        let balls = self.shown().map(|(_, run)| run.position_at(self.time));
        let all = balls.chain([self.configuration.start]);
        let view = self.surface.view();
        let wide = all.filter(|ball| ball.is_within(FARTHEST)).fold(view, neighbourhood);
        let room = |size: f64, moved: bool| if moved { ROOM * size } else { 0.0 };
        let (beside, above) = (wide.width(), wide.height());
        self.show(Bounds::new(
            (wide.x_min - room(beside, wide.x_min < view.x_min)).max(-FARTHEST),
            (wide.x_max + room(beside, wide.x_max > view.x_max)).min(FARTHEST),
            (wide.y_min - room(above, wide.y_min < view.y_min)).max(-FARTHEST),
            (wide.y_max + room(above, wide.y_max > view.y_max)).min(FARTHEST),
        ));
    }

    /// Shows a part of the plane; in profile its height is that of the curve.
    fn show(&mut self, mut view: Bounds) {
        let old = self.configuration.view;
        if self.stage().in_profile() {
            (view.y_min, view.y_max) = (old.y_min, old.y_max);
        }
        if is_view(view) {
            self.configuration.view = view;
            self.look();
        }
    }

    /// The point of the plane at (x, y), in CSS pixels from the plot's top left, with the
    /// surface's value and gradient there; `None` where no surface is seen.
    pub fn examine(&self, x: f64, y: f64) -> Option<(Point, f64, Vector)> {
        let mut point = match &self.space {
            Some(space) => space.pick(x, y)?,
            None => self.viewport.point_at(x, y),
        };
        if self.stage().in_profile() {
            point.y = 0.0;
        }
        let (value, gradient) = self.surface.gradient(point);
        Some((point, value, gradient))
    }

    /// The minima that can be seen, by their numbers in the surface's list, each with its place in
    /// CSS pixels from the plot's top left.
    pub fn minima(&self) -> Vec<(usize, (f64, f64))> {
        let stage = self.stage();
        let places = StationaryIndex::of(&*self.surface);
        let minima = places.minima().iter().enumerate().filter(|(_, point)| stage.sees(**point));
        minima.map(|(index, point)| (index, self.viewport.pixel(stage.place(*point)))).collect()
    }

    /// The stationary points that are [marked], the minima first and of these the lowest, each with
    /// its place in CSS pixels from the plot's top left.
    pub fn sights(&self) -> Vec<(Stationary, (f64, f64))> {
        let stage = self.stage();
        let mut sights = marked(stage);
        let height = |sight: &Stationary| match sight.kind {
            StationaryKind::Minimum => self.surface.value(sight.point),
            _ => f64::INFINITY,
        };
        sights.sort_by(|a, b| height(a).total_cmp(&height(b)));
        let placed = |sight: Stationary| (sight, self.viewport.pixel(stage.place(sight.point)));
        sights.into_iter().map(placed).collect()
    }
}

/// The value to as many decimals as tell a tenth of a pixel, at so many pixels to a unit.
fn legible(value: f64, scale: f64) -> f64 {
    let decimals = libm::ceil(libm::log10(10.0 * scale.abs())).clamp(0.0, 17.0) as usize;
    format!("{value:.decimals$}").parse().map_or(value, |legible: f64| legible + 0.0)
}
