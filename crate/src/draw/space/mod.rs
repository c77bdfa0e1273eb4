//! The surface in space: a block cut out of the landscape, seen in perspective.
//!
//! The block itself is pixels, like the heat it replaces; lines and balls on it are drawn
//! through plotters. A grid of depths, made once for each turn of the block, says which of them
//! it hides, so that while the balls roll nothing but the balls and their trails is drawn.

mod camera;
mod lines;
mod raster;
mod relief;

pub(super) use camera::Spot;
pub(super) use lines::lines;

use super::heat::{self, palette};
use super::levels::{BANDS, Levels};
use super::theme::Theme;
use super::viewport::Viewport;
use crate::math::geometry::{Bounds, Point, Vector};
use crate::surface::AnySurface;
use camera::{Camera, Place};
use raster::{Corner, Raster};
use relief::{POINTS, Relief, SIDE};

/// CSS pixels to a cell of the grid of depths.
const COARSE: f64 = 1.5;

/// How much nearer than a thing the surface must be to hide it, in CSS pixels. The things lie on
/// the surface, and depths are known on a grid only.
const SLACK: f64 = 1.5 * COARSE;

/// The walls' place in the palette.
const WALL: f32 = 0.3;

/// How far slopes that face the light go toward white, and those that do not toward black.
const BRIGHT: f32 = 0.22;
const DARK: f32 = 0.36;

/// The block with its camera and the depths of what can be seen of it.
#[derive(Clone, Debug)]
pub struct Space {
    relief: Relief,
    camera: Camera,
    /// The relief's points on screen.
    vertices: Vec<Vertex>,
    depths: Raster,
    size: (f64, f64),
}

/// A corner of the block's triangles, in CSS pixels.
#[derive(Clone, Copy, Debug)]
struct Vertex {
    corner: Corner,
    /// Height from 0 to 1, which is the place in the palette.
    tone: f32,
    /// More or less light than on level ground.
    light: f32,
}

/// The points along an edge of the relief, by their number.
type Edge = fn(usize) -> (usize, usize);

impl Space {
    /// What `viewport` shows of `surface`, turned by `yaw` and raised by `pitch` in degrees.
    pub fn new(
        surface: &dyn AnySurface,
        viewport: &Viewport,
        levels: &Levels,
        turned: (f64, f64),
    ) -> Self {
        let relief = Relief::of(surface, viewport.bounds, levels);
        let size = (viewport.width, viewport.height);
        let camera = Camera::new(turned, relief.extents(), size);
        let mut space =
            Self { relief, camera, vertices: Vec::new(), depths: Raster::new(1, 1), size };
        space.measure();
        space
    }

    /// Turns the block to `yaw` and `pitch` in degrees.
    pub fn turn(&mut self, turned: (f64, f64)) {
        self.camera = Camera::new(turned, self.relief.extents(), self.size);
        self.measure();
    }

    fn measure(&mut self) {
        let light = self.light();
        self.vertices.clear();
        self.vertices.extend((0..POINTS * POINTS).map(|index| {
            let (column, row) = (index % POINTS, index / POINTS);
            let height = self.relief.height(column, row);
            let place = self.relief.place_at(self.relief.point(column, row), height);
            Vertex {
                corner: corner(self.camera.project(place)),
                tone: height as f32,
                light: self.relief.light(column, row, light) as f32,
            }
        }));
        let cells = |css: f64| (css / COARSE).ceil() as usize;
        self.depths = self.raster((cells(self.size.0), cells(self.size.1)), |_, _, _| {});
    }

    /// Where the surface over `p` appears.
    pub(super) fn spot(&self, p: Point) -> Spot {
        self.camera.project(self.relief.place(p))
    }

    /// Where the edge on which the block stands appears under `p`.
    fn foot(&self, p: Point) -> Spot {
        self.camera.project(self.relief.foot(p))
    }

    /// Whether the block stands before what is at `spot`.
    pub(super) fn hides(&self, spot: Spot) -> bool {
        let cell = |css: f64| (css / COARSE).floor() as isize;
        let (column, row) = (cell(spot.x), cell(spot.y));
        let least = spot.near * (1.0 + self.camera.nearing(SLACK));
        // At an edge of the block what is beside it counts too.
        [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)].into_iter().all(|(across, down)| {
            let near = self.depths.at(column + across, row + down);
            near.is_some_and(|near| f64::from(near) > least)
        })
    }

    /// The point of the plane whose surface is seen at (x, y), in CSS pixels from the plot's top
    /// left, if the block is seen there.
    pub fn pick(&self, x: f64, y: f64) -> Option<Point> {
        let cell = |css: f64| (css / COARSE).floor() as isize;
        let near = f64::from(self.depths.at(cell(x), cell(y))?);
        let place = |near: f64| self.camera.unproject(Spot { x, y, near });
        let above = |near: f64| {
            let place = place(near);
            place[2] > self.relief.place(self.relief.under(place))[2]
        };
        // The grid's depth is that of a point nearby; the line of sight meets the surface close
        // to it.
        let (mut behind, mut before) = (near * 0.97, near * 1.03);
        if above(behind) || !above(before) {
            return Some(self.relief.under(place(near)));
        }
        for _ in 0..24 {
            let middle = 0.5 * (behind + before);
            *(if above(middle) { &mut before } else { &mut behind }) = middle;
        }
        Some(self.relief.under(place(before)))
    }

    /// The displacement in the plane that leads `right` and `away` CSS pixels over level ground.
    pub fn stride(&self, right: f64, away: f64) -> Vector {
        let [across, ahead] = self.camera.ground();
        let unit = self.relief.unit() / self.camera.scale();
        Vector::new(
            (right * across.0 + away * ahead.0) * unit,
            (right * across.1 + away * ahead.1) * unit,
        )
    }

    /// How much of a vertical length is seen: 1 from the side, 0 from above.
    pub(super) fn uprightness(&self) -> f64 {
        self.camera.uprightness()
    }

    /// Paints the block over transparent ground, as [`heat`](super::heat()) does the plane.
    pub(super) fn paint(&self, theme: &Theme, size: (usize, usize), pixels: &mut Vec<u8>) {
        let palette: Vec<[f32; 3]> = palette(theme)
            .into_iter()
            .map(|color| [0, 1, 2].map(|i| f32::from(color[i])))
            .collect();
        let top = (BANDS * heat::STEPS) as f32;
        pixels.clear();
        pixels.resize(size.0 * size.1 * 4, 0);
        self.raster(size, |index, tone, light| {
            let (goal, share) =
                if light > 0.0 { (255.0, BRIGHT * light) } else { (0.0, -DARK * light) };
            let [red, green, blue] = palette[(tone * top) as usize]
                .map(|part| (part + (goal - part) * share + 0.5) as u8);
            pixels[4 * index..4 * index + 4].copy_from_slice(&[red, green, blue, 255]);
        });
    }

    /// Puts the block into a grid of `size` (columns, rows) over the plot. `paint` is told what
    /// is nearest at a cell: its index, height from 0 to 1, and light.
    fn raster(&self, size: (usize, usize), mut paint: impl FnMut(usize, f32, f32)) -> Raster {
        let mut raster = Raster::new(size.0, size.1);
        let scale = ((size.0 as f64 / self.size.0) as f32, (size.1 as f64 / self.size.1) as f32);
        let scaled = |Corner { x, y, near }| Corner { x: x * scale.0, y: y * scale.1, near };
        let mut triangle = |corners: [Vertex; 3]| {
            raster.triangle(corners.map(|vertex| scaled(vertex.corner)), |index, weights| {
                let mean = |of: fn(&Vertex) -> f32| -> f32 {
                    corners.iter().zip(weights).map(|(vertex, weight)| of(vertex) * weight).sum()
                };
                paint(
                    index,
                    mean(|vertex| vertex.tone).clamp(0.0, 1.0),
                    mean(|vertex| vertex.light),
                );
            });
        };
        let at = |column: usize, row: usize| self.vertices[row * POINTS + column];
        for row in 0..SIDE {
            for column in 0..SIDE {
                let (a, b) = (at(column, row), at(column + 1, row));
                let (c, d) = (at(column + 1, row + 1), at(column, row + 1));
                triangle([a, b, c]);
                triangle([a, c, d]);
            }
        }
        // The walls, each in one shade by the way it faces.
        let edges: [(Edge, Place); 4] = [
            (|index| (index, 0), [0.0, -1.0, 0.0]),
            (|index| (SIDE, index), [1.0, 0.0, 0.0]),
            (|index| (index, SIDE), [0.0, 1.0, 0.0]),
            (|index| (0, index), [-1.0, 0.0, 0.0]),
        ];
        let light = self.light();
        for (edge, facing) in edges {
            let shade = (0.4 * (camera::dot(facing, light) - light[2])) as f32;
            let wall = |index: usize| {
                let (column, row) = edge(index);
                let foot = corner(self.foot(self.relief.point(column, row)));
                let top = at(column, row).corner;
                [top, foot].map(|corner| Vertex { corner, tone: WALL, light: shade })
            };
            for index in 0..SIDE {
                let ([a, d], [b, c]) = (wall(index), wall(index + 1));
                triangle([a, b, c]);
                triangle([a, c, d]);
            }
        }
        raster
    }

    /// The direction toward the light: from the upper left, wherever the block is turned.
    fn light(&self) -> Place {
        let [right, away] = self.camera.ground();
        let flat = |axis: fn((f64, f64)) -> f64| -0.5 * axis(right) + 0.15 * axis(away);
        let light = [flat(|d| d.0), flat(|d| d.1), 0.85];
        let length = camera::dot(light, light).sqrt();
        light.map(|part| part / length)
    }

    /// The part of the plane shown.
    fn bounds(&self) -> Bounds {
        self.relief.bounds()
    }
}

fn corner(spot: Spot) -> Corner {
    Corner { x: spot.x as f32, y: spot.y as f32, near: spot.near as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surface::find;

    fn space(id: &str, turned: (f64, f64)) -> Space {
        let surface = find(id).expect(id).with_defaults();
        let viewport = Viewport::new(800.0, 600.0, 1.0, surface.view(), true);
        Space::new(&*surface, &viewport, &Levels::of(&*surface, viewport.bounds), turned)
    }

    #[test]
    fn a_valley_behind_a_ridge_is_hidden_and_the_ridge_is_not() {
        // From low, the four wells of Himmelblau lie behind the walls before them.
        let low = space("himmelblau", (0.0, 10.0));
        let minimum = Point::new(3.0, 2.0);
        assert!(low.hides(low.spot(minimum)));
        let front = Point::new(0.0, low.bounds().y_min);
        assert!(!low.hides(low.spot(front)));
        let high = space("himmelblau", (0.0, 85.0));
        assert!(!high.hides(high.spot(minimum)));
    }

    #[test]
    fn nothing_hides_itself_seen_from_above() {
        for id in ["ravine", "rosenbrock", "rastrigin", "saddle"] {
            let space = space(id, (25.0, 90.0));
            let hidden = (0..400).filter(|index| {
                let p = space.relief.point(index % 20 * 7 + 3, index / 20 * 7 + 3);
                space.hides(space.spot(p))
            });
            assert_eq!(hidden.count(), 0, "{id}");
        }
    }

    #[test]
    fn what_is_seen_can_be_picked() {
        let space = space("rosenbrock", (-30.0, 40.0));
        let mut same = 0;
        for index in 0..400 {
            let p = space.relief.point(index % 20 * 7 + 3, index / 20 * 7 + 3);
            let spot = space.spot(p);
            // Along the outline of a ridge the grid of depths may say nothing.
            let Some(found) = space.pick(spot.x, spot.y) else { continue };
            // Another point may stand before it, but it must be seen at the same spot.
            let again = space.spot(found);
            let off = libm::hypot(again.x - spot.x, again.y - spot.y);
            assert!(off < 2.0, "{p:?}: {found:?} is {off} off");
            same += usize::from((found - p).norm() < 1e-3);
        }
        assert!(same > 300, "{same} of 400 are seen");
        assert_eq!(space.pick(2.0, 2.0), None);
    }

    #[test]
    fn a_stride_goes_the_way_it_is_seen() {
        let space = space("bowl", (-70.0, 50.0));
        let here = space.spot(Point::new(0.0, 0.0));
        let right = space.stride(20.0, 0.0);
        let there = space.spot(Point::new(right.x, right.y));
        assert!(there.x - here.x > 10.0, "{here:?} to {there:?}");
    }
}
