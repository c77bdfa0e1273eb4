//! Points, vectors and rectangles of the parameter plane; y points up.

use serde::Serialize;
use std::ops::{Add, Mul, Sub};

/// A position in the parameter plane; serialised as [x, y].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(into = "[f64; 2]")]
pub struct Point {
    /// First coordinate.
    pub x: f64,
    /// Second coordinate; 0 on one-dimensional surfaces.
    pub y: f64,
}

/// A displacement, a gradient or a velocity; serialised as [x, y].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(into = "[f64; 2]")]
pub struct Vector {
    /// Component along x.
    pub x: f64,
    /// Component along y.
    pub y: f64,
}

impl Point {
    /// The point (x, y).
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The point a fraction `t` of the way from `self` to `other`.
    pub fn toward(self, other: Self, t: f64) -> Self {
        self + (other - self) * t
    }

    /// Whether both coordinates are finite and at most `limit` in size.
    pub fn is_within(self, limit: f64) -> bool {
        self.x.abs() <= limit && self.y.abs() <= limit
    }
}

impl Vector {
    /// The vector (x, y).
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// Euclidean length.
    pub fn norm(self) -> f64 {
        self.dot(self).sqrt()
    }

    /// Whether both components are finite numbers.
    pub fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }

    /// Inner product.
    pub fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y
    }
}

impl From<Point> for [f64; 2] {
    fn from(Point { x, y }: Point) -> Self {
        [x, y]
    }
}

impl From<Vector> for [f64; 2] {
    fn from(Vector { x, y }: Vector) -> Self {
        [x, y]
    }
}

impl Add<Vector> for Point {
    type Output = Self;
    fn add(self, v: Vector) -> Self {
        Self::new(self.x + v.x, self.y + v.y)
    }
}

impl Sub for Point {
    type Output = Vector;
    fn sub(self, other: Self) -> Vector {
        Vector::new(self.x - other.x, self.y - other.y)
    }
}

impl Sub for Vector {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f64> for Vector {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }
}

/// A symmetric 2×2 matrix: the Hessian of a surface.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hessian {
    /// ∂²f/∂x².
    pub xx: f64,
    /// ∂²f/∂x∂y.
    pub xy: f64,
    /// ∂²f/∂y².
    pub yy: f64,
}

/// One eigenvalue with its eigenvector of unit length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Eigen {
    /// The eigenvalue λ: the curvature along `direction`.
    pub value: f64,
    /// The eigenvector, of length 1.
    pub direction: Vector,
}

impl Hessian {
    /// Eigenvalues in ascending order with their eigenvectors, by one Jacobi rotation.
    pub fn eigen(self) -> [Eigen; 2] {
        let angle = 0.5 * libm::atan2(2.0 * self.xy, self.xx - self.yy);
        let (sin, cos) = libm::sincos(angle);
        let (along, across) = (Vector::new(cos, sin), Vector::new(-sin, cos));
        let curvature =
            |v: Vector| self.xx * v.x * v.x + 2.0 * self.xy * v.x * v.y + self.yy * v.y * v.y;
        let pair =
            [along, across].map(|direction| Eigen { value: curvature(direction), direction });
        if pair[0].value <= pair[1].value { pair } else { [pair[1], pair[0]] }
    }
}

/// An axis-parallel rectangle of the parameter plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Left edge.
    pub x_min: f64,
    /// Right edge, above `x_min`.
    pub x_max: f64,
    /// Lower edge.
    pub y_min: f64,
    /// Upper edge, above `y_min`.
    pub y_max: f64,
}

impl Bounds {
    /// The rectangle between the given edges.
    pub const fn new(x_min: f64, x_max: f64, y_min: f64, y_max: f64) -> Self {
        Self { x_min, x_max, y_min, y_max }
    }

    /// Extent along x.
    pub fn width(self) -> f64 {
        self.x_max - self.x_min
    }

    /// Extent along y.
    pub fn height(self) -> f64 {
        self.y_max - self.y_min
    }

    /// Whether `p` lies inside or on the edge.
    pub fn contains(self, p: Point) -> bool {
        (self.x_min..=self.x_max).contains(&p.x) && (self.y_min..=self.y_max).contains(&p.y)
    }

    /// The smallest rectangle around the same centre that contains this one and whose
    /// width over height is `aspect`, so that circles stay circles on screen.
    pub fn with_aspect(self, aspect: f64) -> Self {
        let (cx, cy) = (0.5 * (self.x_min + self.x_max), 0.5 * (self.y_min + self.y_max));
        let half_height = 0.5 * self.height().max(self.width() / aspect);
        let half_width = half_height * aspect;
        Self::new(cx - half_width, cx + half_width, cy - half_height, cy + half_height)
    }

    /// The part of the segment from `a` to `b` that lies inside, by Liang and Barsky's
    /// parametric clipping (1984); `None` when nothing does or an end is not finite.
    pub fn clip(self, a: Point, b: Point) -> Option<(Point, Point)> {
        let d = b - a;
        if !(a.is_within(f64::MAX) && d.x.is_finite() && d.y.is_finite()) {
            return None;
        }
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        let edges = [
            (-d.x, a.x - self.x_min),
            (d.x, self.x_max - a.x),
            (-d.y, a.y - self.y_min),
            (d.y, self.y_max - a.y),
        ];
        for (outward, room) in edges {
            if outward == 0.0 {
                if room < 0.0 {
                    return None;
                }
            } else if outward < 0.0 {
                enter = enter.max(room / outward);
            } else {
                leave = leave.min(room / outward);
            }
        }
        (enter <= leave).then(|| (a + d * enter, if leave < 1.0 { a + d * leave } else { b }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eigenvalues_ascend_and_satisfy_the_definition() {
        for h in [
            Hessian { xx: 3.0, xy: -1.5, yy: 0.5 },
            Hessian { xx: 1.0, xy: 0.0, yy: 40.0 },
            Hessian { xx: -2.0, xy: 4.0, yy: -2.0 },
        ] {
            let [low, high] = h.eigen();
            assert!(low.value <= high.value);
            for Eigen { value, direction: v } in [low, high] {
                assert!((v.norm() - 1.0).abs() < 1e-14);
                assert!((h.xx * v.x + h.xy * v.y - value * v.x).abs() < 1e-12);
                assert!((h.xy * v.x + h.yy * v.y - value * v.y).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn clipping_keeps_the_inside_and_its_direction() {
        let unit = Bounds::new(0.0, 1.0, 0.0, 1.0);
        let through = unit.clip(Point::new(-1.0, 0.5), Point::new(3.0, 0.5));
        assert_eq!(through, Some((Point::new(0.0, 0.5), Point::new(1.0, 0.5))));
        assert_eq!(unit.clip(Point::new(-1.0, 2.0), Point::new(2.0, 2.0)), None);
        assert_eq!(unit.clip(Point::new(f64::NAN, 0.5), Point::new(0.5, 0.5)), None);
        let inside = (Point::new(0.2, 0.3), Point::new(0.9, 0.4));
        assert_eq!(unit.clip(inside.0, inside.1), Some(inside));
    }

    #[test]
    fn aspect_only_ever_widens() {
        let b = Bounds::new(-2.0, 2.0, -1.0, 1.0);
        assert_eq!(b.with_aspect(4.0), Bounds::new(-4.0, 4.0, -1.0, 1.0));
        assert_eq!(b.with_aspect(1.0), Bounds::new(-2.0, 2.0, -2.0, 2.0));
    }
}
