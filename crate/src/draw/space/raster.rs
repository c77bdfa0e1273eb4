//! Triangles into a grid of depths, by edge functions (Pineda, "A parallel algorithm for polygon
//! rasterization", 1988).

/// A corner of a triangle, in units of the grid, with its nearness.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Corner {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) near: f32,
}

/// Overlap of neighbours, so that no cell between two triangles is left out.
const HAIR: f32 = 1e-5;

/// For each cell of a grid over the plot, how near the nearest thing there is; 0 is nothing.
#[derive(Clone, Debug)]
pub(super) struct Raster {
    width: usize,
    height: usize,
    near: Vec<f32>,
}

impl Raster {
    /// An empty grid of at least one cell.
    pub(super) fn new(width: usize, height: usize) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        Self { width, height, near: vec![0.0; width * height] }
    }

    /// The nearness at a cell, if anything is there.
    pub(super) fn at(&self, column: isize, row: isize) -> Option<f32> {
        let (column, row) = (usize::try_from(column).ok()?, usize::try_from(row).ok()?);
        let near = *(column < self.width).then(|| self.near.get(row * self.width + column))??;
        (near > 0.0).then_some(near)
    }

    /// Puts a triangle in; `paint` is told each cell where it is nearest, with the weights of
    /// the three corners there.
    pub(super) fn triangle(
        &mut self,
        [a, b, c]: [Corner; 3],
        mut paint: impl FnMut(usize, [f32; 3]),
    ) {
        let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
        // Also not when a corner is not finite.
        if !(area.abs() > 0.0 && area.is_finite()) {
            return;
        }
        let low = |p: f32, q: f32, r: f32| p.min(q).min(r).floor().max(0.0) as usize;
        let high =
            |p: f32, q: f32, r: f32, end: usize| (p.max(q).max(r).max(-1.0) as usize + 1).min(end);
        let columns = low(a.x, b.x, c.x)..high(a.x, b.x, c.x, self.width);
        let rows = low(a.y, b.y, c.y)..high(a.y, b.y, c.y, self.height);
        let unit = 1.0 / area;
        let (across_b, across_c) = ((c.y - a.y) * unit, (a.y - b.y) * unit);
        for row in rows {
            let y = row as f32 + 0.5 - a.y;
            let (down_b, down_c) = (y * (a.x - c.x) * unit, y * (b.x - a.x) * unit);
            for column in columns.clone() {
                let x = column as f32 + 0.5 - a.x;
                let (to_b, to_c) = (x * across_b + down_b, x * across_c + down_c);
                let to_a = 1.0 - to_b - to_c;
                if to_a < -HAIR || to_b < -HAIR || to_c < -HAIR {
                    continue;
                }
                let near = to_a * a.near + to_b * b.near + to_c * c.near;
                let index = row * self.width + column;
                if near > self.near[index] {
                    self.near[index] = near;
                    paint(index, [to_a, to_b, to_c]);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corners(near: f32) -> [Corner; 3] {
        [(0.0, 0.0), (10.0, 0.0), (0.0, 10.0)].map(|(x, y)| Corner { x, y, near })
    }

    #[test]
    fn the_nearer_triangle_wins_in_either_order() {
        for order in [[1.0, 2.0], [2.0, 1.0]] {
            let mut raster = Raster::new(12, 12);
            let mut last = [0.0; 144];
            for near in order {
                raster.triangle(corners(near), |index, _| last[index] = near);
            }
            assert_eq!((raster.at(2, 3), last[3 * 12 + 2]), (Some(2.0), 2.0));
            assert_eq!(raster.at(9, 9), None);
            assert_eq!((raster.at(-1, 3), raster.at(12, 3), raster.at(3, 12)), (None, None, None));
        }
    }

    #[test]
    fn weights_say_where_in_the_triangle_a_cell_is() {
        let mut raster = Raster::new(12, 12);
        raster.triangle(corners(1.0), |index, [_, to_b, to_c]| {
            let (x, y) = ((index % 12) as f32 + 0.5, (index / 12) as f32 + 0.5);
            assert!((10.0 * to_b - x).abs() < 1e-4 && (10.0 * to_c - y).abs() < 1e-4);
        });
    }

    #[test]
    fn a_triangle_that_is_none_is_left_out() {
        let mut raster = Raster::new(4, 4);
        let mut bad = corners(1.0);
        bad[1].x = f32::NAN;
        raster.triangle(bad, |_, _| panic!("painted"));
        raster.triangle([corners(1.0)[0]; 3], |_, _| panic!("painted"));
    }
}
