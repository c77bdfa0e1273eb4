//! Values of a formula on a grid, and where they let a stationary point be expected.

use super::Candidate;
use crate::math::expression::Expression;
use crate::math::geometry::{Bounds, Point, Vector};

/// Values over a square grid of points.
pub(super) struct Grid {
    bounds: Bounds,
    side: usize,
    values: Vec<f64>,
}

impl Grid {
    pub(super) fn new(formula: &Expression, bounds: Bounds, side: usize) -> Self {
        let mut grid = Self { bounds, side, values: Vec::with_capacity(side * side) };
        for index in 0..side * side {
            let p = grid.point(index);
            grid.values.push(formula.evaluate(&[p.x, p.y]));
        }
        grid
    }

    /// The value at each point, row by row from below.
    pub(super) fn values(&self) -> &[f64] {
        &self.values
    }

    pub(super) fn point(&self, index: usize) -> Point {
        let part = |k: usize| k as f64 / (self.side - 1) as f64;
        let Bounds { x_min, y_min, .. } = self.bounds;
        let (column, row) = (part(index % self.side), part(index / self.side));
        Point::new(x_min + column * self.bounds.width(), y_min + row * self.bounds.height())
    }

    /// Where a stationary point may be: at points lower or higher than all around, in cells where
    /// both components of the slope change sign, and where the slope is least. The points that
    /// are lower come first.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let slopes = self.slopes();
        let spacing = self.spacing();
        let distance = 2.0 * spacing.norm();
        let at = |point: Point, lowest| Candidate::Within { near: point, distance, lowest };
        let corner = |index: usize| at(self.point(index), false);
        let cell = |index: usize| {
            let p = self.point(index);
            at(p + spacing * 0.5, false)
        };
        let low = self.inner(1).filter(|&index| self.is_extreme(index, |a, b| a <= b));
        let high = self.inner(1).filter(|&index| self.is_extreme(index, |a, b| a >= b));
        let turning = self.inner(1).filter(|&index| {
            let corners = [0, 1, self.side, self.side + 1].map(|offset| slopes[index + offset]);
            // Level ground has no slope whose sign could change.
            corners.iter().any(|slope| *slope != Vector::default())
                && turns(corners.map(|slope| slope.x))
                && turns(corners.map(|slope| slope.y))
        });
        let steepness: Vec<f64> = slopes.iter().map(|slope| slope.dot(*slope)).collect();
        let gentle = self.inner(2).filter(|&index| {
            let here = steepness[index];
            self.around(index).all(|other| here <= steepness[other])
                && self.around(index).any(|other| here < steepness[other])
        });
        low.map(|index| at(self.point(index), true))
            .chain(turning.map(cell))
            .chain(high.map(corner))
            .chain(gentle.map(corner))
            .collect()
    }

    /// The slope at each point by central differences; not a number at the border.
    fn slopes(&self) -> Vec<Vector> {
        let mut slopes = vec![Vector::new(f64::NAN, f64::NAN); self.values.len()];
        let spacing = self.spacing();
        for index in self.inner(1) {
            let across = self.values[index + 1] - self.values[index - 1];
            let along = self.values[index + self.side] - self.values[index - self.side];
            slopes[index] = Vector::new(across / (2.0 * spacing.x), along / (2.0 * spacing.y));
        }
        slopes
    }

    /// The distances of neighbouring points.
    fn spacing(&self) -> Vector {
        let cells = (self.side - 1) as f64;
        Vector::new(self.bounds.width() / cells, self.bounds.height() / cells)
    }

    /// The indices of all points that are at least so many points from the border.
    fn inner(&self, margin: usize) -> impl Iterator<Item = usize> {
        let side = self.side;
        let within = margin..side - margin;
        within.clone().flat_map(move |row| within.clone().map(move |column| row * side + column))
    }

    /// The eight neighbours of an inner point.
    fn around(&self, index: usize) -> impl Iterator<Item = usize> {
        let rows = [index - self.side, index, index + self.side];
        rows.into_iter().flat_map(|middle| middle - 1..=middle + 1).filter(move |i| *i != index)
    }

    /// Whether an inner point compares so with all its neighbours, and is not level with all.
    fn is_extreme(&self, index: usize, compares: impl Fn(f64, f64) -> bool) -> bool {
        let here = self.values[index];
        here.is_finite()
            && self.around(index).all(|i| compares(here, self.values[i]))
            && self.around(index).any(|i| here != self.values[i])
    }
}

/// Whether there are numbers of both signs, or zeros, among these.
fn turns(slopes: [f64; 4]) -> bool {
    slopes.iter().any(|slope| *slope <= 0.0) && slopes.iter().any(|slope| *slope >= 0.0)
}
