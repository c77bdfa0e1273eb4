//! What a hand does on the plot: it moves the start and turns the surface.

use super::{Lab, Stale};
use crate::configuration::Outlook;
use crate::draw::Viewport;
use crate::geometry::{Bounds, Point, Vector};

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
        let Bounds { x_min, x_max, y_min, y_max } = self.viewport.bounds;
        let scale = self.viewport.scale();
        let stride = match &self.space {
            Some(space) => space.stride(right, away),
            None => Vector::new(right / scale.x, away / scale.y),
        };
        let moved = self.configuration.start + stride;
        self.start_at(Point::new(moved.x.clamp(x_min, x_max), moved.y.clamp(y_min, y_max)));
    }

    fn start_at(&mut self, mut start: Point) {
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
        self.look_from(self.configuration.outlook.turned(YAW * right, PITCH * down));
    }

    /// Turns the surface in space back to how it is seen at first.
    pub fn turn_back(&mut self) {
        let Outlook { yaw, pitch, .. } = Outlook::default();
        self.look_from(Outlook { yaw, pitch, ..self.configuration.outlook });
    }

    fn look_from(&mut self, outlook: Outlook) {
        self.configuration.outlook = outlook;
        if let Some(space) = &mut self.space {
            space.turn((outlook.yaw, outlook.pitch));
            self.stale = Stale::ALL;
            self.hasty = true;
        }
    }

    /// Whether the surface is shown in space.
    pub fn in_space(&self) -> bool {
        self.space.is_some()
    }
}
