//! The surface as a grid of heights.

use super::camera::{Place, dot};
use crate::draw::levels::Levels;
use crate::math::geometry::{Bounds, Point};
use crate::surface::AnySurface;

/// Cells a side.
pub(super) const SIDE: usize = 144;

/// Points a side.
pub(super) const POINTS: usize = SIDE + 1;

/// Half the height of the block, its longer side being 2.
const HALF_HEIGHT: f64 = 0.26;

/// What the block has under its lowest point, as a share of its height.
const FOOT: f64 = 0.07;

/// Heights over the part of the plane that is shown: 0 at the lowest, 1 at the highest level, on
/// the same scale as the contour levels. Between the grid's points each cell is two triangles.
#[derive(Clone, Debug)]
pub(super) struct Relief {
    bounds: Bounds,
    heights: Vec<f64>,
    /// Of length 1.
    normals: Vec<Place>,
}

impl Relief {
    /// What `surface` is within `bounds`.
    pub(super) fn of(surface: &dyn AnySurface, bounds: Bounds, levels: &Levels) -> Self {
        let part = |index: usize| index as f64 / SIDE as f64;
        let x: Vec<f64> =
            (0..POINTS).map(|column| bounds.x_min + part(column) * bounds.width()).collect();
        let mut heights = vec![0.0; POINTS * POINTS];
        for (row, line) in heights.chunks_exact_mut(POINTS).enumerate() {
            surface.values(&x, bounds.y_min + part(row) * bounds.height(), line);
        }
        for height in &mut heights {
            *height = levels.rise(*height);
        }
        let mut relief = Self { bounds, heights, normals: Vec::new() };
        relief.normals = (0..POINTS * POINTS)
            .map(|index| relief.normal(index % POINTS, index / POINTS))
            .collect();
        relief
    }

    /// The part of the plane shown.
    pub(super) fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// The height at a point of the grid.
    pub(super) fn height(&self, column: usize, row: usize) -> f64 {
        self.heights[row * POINTS + column]
    }

    /// The height over `p`, or over the point of the edge nearest to it.
    fn height_over(&self, p: Point) -> f64 {
        let cell = |part: f64| {
            let part = if part.is_finite() { part.clamp(0.0, 1.0) * SIDE as f64 } else { 0.0 };
            let whole = part.floor().min(SIDE as f64 - 1.0);
            (whole as usize, part - whole)
        };
        let (column, u) = cell((p.x - self.bounds.x_min) / self.bounds.width());
        let (row, v) = cell((p.y - self.bounds.y_min) / self.bounds.height());
        let at = |right: usize, up: usize| self.height(column + right, row + up);
        // The same two triangles as are drawn.
        if u >= v {
            at(0, 0) + u * (at(1, 0) - at(0, 0)) + v * (at(1, 1) - at(1, 0))
        } else {
            at(0, 0) + v * (at(0, 1) - at(0, 0)) + u * (at(1, 1) - at(0, 1))
        }
    }

    /// Half extents of the block.
    pub(super) fn extents(&self) -> Place {
        let unit = self.unit();
        let half = |size: f64| 0.5 * size / unit;
        [half(self.bounds.width()), half(self.bounds.height()), HALF_HEIGHT * (1.0 + FOOT)]
    }

    /// Length in the plane of one unit of the block's space.
    pub(super) fn unit(&self) -> f64 {
        0.5 * self.bounds.width().max(self.bounds.height())
    }

    /// A place of the block at a height.
    pub(super) fn place_at(&self, p: Point, height: f64) -> Place {
        let Bounds { x_min, x_max, y_min, y_max } = self.bounds;
        let (unit, centre) = (self.unit(), (0.5 * (x_min + x_max), 0.5 * (y_min + y_max)));
        let lift = HALF_HEIGHT * FOOT;
        [
            (p.x - centre.0) / unit,
            (p.y - centre.1) / unit,
            HALF_HEIGHT * (2.0 * height - 1.0) + lift,
        ]
    }

    /// The place on the surface over `p`.
    pub(super) fn place(&self, p: Point) -> Place {
        self.place_at(p, self.height_over(p))
    }

    /// The place under `p` on which the block stands.
    pub(super) fn foot(&self, p: Point) -> Place {
        self.place_at(p, -FOOT)
    }

    /// The point of the plane under or over a place, within the bounds.
    pub(super) fn under(&self, place: Place) -> Point {
        let Bounds { x_min, x_max, y_min, y_max } = self.bounds;
        let unit = self.unit();
        Point::new(
            (0.5 * (x_min + x_max) + place[0] * unit).clamp(x_min, x_max),
            (0.5 * (y_min + y_max) + place[1] * unit).clamp(y_min, y_max),
        )
    }

    /// A point of the grid in the plane.
    pub(super) fn point(&self, column: usize, row: usize) -> Point {
        let part = |index: usize| index as f64 / SIDE as f64;
        Point::new(
            self.bounds.x_min + part(column) * self.bounds.width(),
            self.bounds.y_min + part(row) * self.bounds.height(),
        )
    }

    /// How much more or less than level ground a point of the grid faces a light.
    pub(super) fn light(&self, column: usize, row: usize, light: Place) -> f64 {
        dot(self.normals[row * POINTS + column], light) - light[2]
    }

    /// The direction in which the surface faces at a point of the grid.
    fn normal(&self, column: usize, row: usize) -> Place {
        let slope = |before: (usize, usize), after: (usize, usize)| {
            let place =
                |(column, row)| self.place_at(self.point(column, row), self.height(column, row));
            let (a, b) = (place(before), place(after));
            (b[2] - a[2]) / (b[0] - a[0] + b[1] - a[1])
        };
        let (left, right) = (column.saturating_sub(1), (column + 1).min(SIDE));
        let (below, above) = (row.saturating_sub(1), (row + 1).min(SIDE));
        let normal =
            [-slope((left, row), (right, row)), -slope((column, below), (column, above)), 1.0];
        let length = dot(normal, normal).sqrt();
        normal.map(|part| part / length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surface::find;

    #[test]
    fn heights_meet_the_grid_and_stay_between_its_points() {
        let surface = find("himmelblau").expect("known").with_defaults();
        let bounds = Bounds::new(-6.0, 6.0, -5.0, 5.0);
        let levels = Levels::of(&*surface, bounds);
        let relief = Relief::of(&*surface, bounds, &levels);
        for (column, row) in [(0, 0), (37, 90), (SIDE, SIDE), (SIDE, 0)] {
            let p = relief.point(column, row);
            assert!((relief.height_over(p) - relief.height(column, row)).abs() < 1e-9);
            assert!((relief.height_over(p) - levels.rise(surface.value(p))).abs() < 1e-9);
        }
        let p = Point::new(1.234, -2.345);
        assert!((relief.height_over(p) - levels.rise(surface.value(p))).abs() < 0.01);
        assert_eq!(relief.under(relief.place(p)), p);
        assert!(relief.height_over(Point::new(f64::NAN, 1e300)).is_finite());
    }
}
