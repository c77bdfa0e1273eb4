//! From the block's own space to the screen, in perspective.
//!
//! The block stands around the origin, z up. The camera looks at the origin from a fixed
//! distance; what is nearer appears larger by a factor `near`, which is linear along straight
//! lines on screen, so that depths can be compared there.

/// A point of the block's space.
pub(super) type Place = [f64; 3];

/// Distance of the camera from the origin; the block's longer side is 2.
const DISTANCE: f64 = 6.0;

/// Free room between the block and the edges of the plot, in CSS pixels: for the axes' numbers,
/// and below for a line of text over the plot.
const ASIDE: f64 = 24.0;
const ABOVE: f64 = 24.0;
const BELOW: f64 = 66.0;

/// A point on screen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::draw) struct Spot {
    /// In CSS pixels from the plot's left edge.
    pub(in crate::draw) x: f64,
    /// In CSS pixels from the plot's top edge.
    pub(in crate::draw) y: f64,
    /// How much larger than at the origin things are here; more is nearer.
    pub(in crate::draw) near: f64,
}

/// The direction and the scale with which the block is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Camera {
    right: Place,
    up: Place,
    ahead: Place,
    /// CSS pixels to a unit at the origin.
    scale: f64,
    /// Where the origin is on screen.
    centre: (f64, f64),
}

impl Camera {
    /// A camera turned by `yaw` about the vertical and raised by `pitch` over the ground, both
    /// in degrees. In a plot of `size` CSS pixels it shows all of a block of these half extents,
    /// as large as it can be for every yaw.
    pub(super) fn new(
        (yaw, pitch): (f64, f64),
        [across, along, upward]: Place,
        (width, height): (f64, f64),
    ) -> Self {
        let (sin, cos) = libm::sincos(yaw.to_radians());
        let (sine, cosine) = libm::sincos(pitch.to_radians());
        // The cylinder around the block has one outline at every yaw.
        let radius = (across * across + along * along).sqrt();
        let edges = [(radius, upward), (radius, -upward), (-radius, upward), (-radius, -upward)]
            .map(|(f, z)| (sine * f + cosine * z) * nearness(cosine * f - sine * z));
        let low = edges.iter().copied().fold(f64::INFINITY, f64::min);
        let high = edges.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let flank = radius * cosine / DISTANCE;
        let side = radius / (1.0 - flank * flank).sqrt();
        let free = |size: f64, room: f64| (size - room).max(0.6 * size);
        let (free_width, free_height) = (free(width, 2.0 * ASIDE), free(height, ABOVE + BELOW));
        let scale = (0.5 * free_width / side).min(free_height / (high - low));
        let middle =
            0.5 * height + 0.5 * (free_height - height) * (BELOW - ABOVE) / (BELOW + ABOVE);
        Self {
            right: [cos, sin, 0.0],
            up: [-sine * sin, sine * cos, cosine],
            ahead: [-cosine * sin, cosine * cos, -sine],
            scale,
            centre: (0.5 * width, middle + 0.5 * (low + high) * scale),
        }
    }

    /// Where `place` appears.
    pub(super) fn project(&self, place: Place) -> Spot {
        let near = nearness(dot(place, self.ahead));
        Spot {
            x: self.centre.0 + self.scale * near * dot(place, self.right),
            y: self.centre.1 - self.scale * near * dot(place, self.up),
            near,
        }
    }

    /// The place that appears at `spot`.
    pub(super) fn unproject(&self, spot: Spot) -> Place {
        let unit = 1.0 / (self.scale * spot.near);
        let (right, up) = ((spot.x - self.centre.0) * unit, (self.centre.1 - spot.y) * unit);
        let ahead = DISTANCE / spot.near - DISTANCE;
        std::array::from_fn(|axis| {
            right * self.right[axis] + up * self.up[axis] + ahead * self.ahead[axis]
        })
    }

    /// The directions on the ground that point right and away on screen.
    pub(super) fn ground(&self) -> [(f64, f64); 2] {
        let [cos, sin, _] = self.right;
        [(cos, sin), (-sin, cos)]
    }

    /// CSS pixels to a unit of the block's space, at the origin.
    pub(super) fn scale(&self) -> f64 {
        self.scale
    }

    /// The share by which a way of so many CSS pixels toward the viewer makes things nearer.
    pub(super) fn nearing(&self, css: f64) -> f64 {
        css / (self.scale * DISTANCE)
    }

    /// How much a vertical length is shortened on screen: 1 seen from the side, 0 from above.
    pub(super) fn uprightness(&self) -> f64 {
        self.up[2]
    }
}

fn nearness(ahead: f64) -> f64 {
    DISTANCE / (DISTANCE + ahead)
}

pub(super) fn dot(a: Place, b: Place) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOCK: Place = [1.0, 0.7, 0.3];

    #[test]
    fn the_block_stays_in_the_plot_however_it_is_turned() {
        for yaw in (-180..180).step_by(15) {
            for pitch in [5.0, 30.0, 60.0, 90.0] {
                let camera = Camera::new((f64::from(yaw), pitch), BLOCK, (800.0, 500.0));
                for corner in 0..8 {
                    let sign = |axis: usize| if corner >> axis & 1 == 0 { -1.0 } else { 1.0 };
                    let spot = camera.project(std::array::from_fn(|axis| sign(axis) * BLOCK[axis]));
                    let inside = (20.0..780.0).contains(&spot.x) && (20.0..480.0).contains(&spot.y);
                    assert!(inside, "yaw {yaw}, pitch {pitch}: {spot:?}");
                }
            }
        }
    }

    #[test]
    fn places_come_back() {
        let camera = Camera::new((-35.0, 40.0), BLOCK, (800.0, 500.0));
        let place = [0.3, -0.6, 0.2];
        let back = camera.unproject(camera.project(place));
        assert!(place.iter().zip(back).all(|(a, b)| (a - b).abs() < 1e-12), "{back:?}");
    }

    #[test]
    fn what_is_in_front_is_nearer_lower_and_larger() {
        let camera = Camera::new((0.0, 30.0), BLOCK, (800.0, 500.0));
        let [front, back] = [-0.5, 0.5].map(|y| camera.project([0.2, y, 0.0]));
        assert!(front.near > back.near && front.y > back.y && front.x > back.x);
    }
}
