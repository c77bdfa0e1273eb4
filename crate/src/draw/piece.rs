//! Points and paths of the plane, brought on screen: cut at the edges, and in space marked where
//! the surface stands before them.

use super::ground::clipped;
use super::space::Spot;
use super::stage::Stage;
use super::viewport::Viewport;
use crate::math::geometry::Point;

/// How much of its colour is left to what the surface stands before.
pub(super) const HIDDEN: f64 = 0.25;

/// A point on screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placed {
    /// In the units of the viewport's bounds.
    pub(super) at: Point,
    /// Whether the surface stands before it.
    pub(super) hidden: bool,
}

impl Placed {
    /// The share of its colour that is left.
    pub(super) fn opacity(&self) -> f64 {
        if self.hidden { HIDDEN } else { 1.0 }
    }
}

/// A part of a path on screen, all of it hidden or none.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// Two corners or more, in the units of the viewport's bounds.
    pub(super) line: Vec<(f64, f64)>,
    /// Whether the surface stands before it.
    pub(super) hidden: bool,
}

impl Stage<'_> {
    /// Where `p` is on screen, if it is in view.
    pub(super) fn shown(&self, p: Point) -> Option<Placed> {
        let bounds = self.viewport.bounds;
        let Some(space) = self.space else {
            let at = self.place(p);
            return bounds.contains(at).then_some(Placed { at, hidden: false });
        };
        bounds.contains(p).then(|| {
            let spot = space.spot(p);
            Placed { at: self.at(spot), hidden: space.hides(spot) }
        })
    }

    /// Whether `p` is in view, with nothing before it.
    pub fn sees(&self, p: Point) -> bool {
        self.shown(p).is_some_and(|placed| !placed.hidden)
    }

    /// The parts of a path through the plane that are in view; in space they lie on the surface.
    pub(super) fn pieces(&self, path: impl Iterator<Item = Point>) -> Vec<Piece> {
        let bounds = self.viewport.bounds;
        let Some(space) = self.space else {
            let placed = sparse(path.map(|p| self.place(p)), |a, b| self.viewport.distance(a, b));
            let lines = clipped(placed, bounds).into_iter();
            return lines.map(|line| Piece { line, hidden: false }).collect();
        };
        let distance = |a: Spot, b: Spot| libm::hypot(b.x - a.x, b.y - a.y);
        let mut pieces: Vec<Piece> = Vec::new();
        // There is no surface beyond the block: cut in the plane.
        for line in clipped(path, bounds) {
            let spots = fine(&line, self.viewport).map(|p| space.spot(p));
            let mut before: Option<((f64, f64), bool)> = None;
            let first = pieces.len();
            for spot in sparse(spots, distance) {
                let Point { x, y } = self.at(spot);
                let behind = space.hides(spot);
                if let Some((from, was_behind)) = before.replace(((x, y), behind)) {
                    let hidden = behind && was_behind;
                    match pieces[first..].last_mut() {
                        Some(piece) if piece.hidden == hidden => piece.line.push((x, y)),
                        _ => pieces.push(Piece { line: vec![from, (x, y)], hidden }),
                    }
                }
            }
        }
        pieces
    }
}

/// The points of a line in the plane, so closely spaced that straight lines between them keep to
/// the surface.
fn fine(line: &[(f64, f64)], viewport: &Viewport) -> impl Iterator<Item = Point> {
    /// CSS pixels from one point to the next, about.
    const APART: f64 = 6.0;
    let point = |&(x, y): &(f64, f64)| Point::new(x, y);
    let between = move |pair: &[(f64, f64)]| {
        let (a, b) = (point(&pair[0]), point(&pair[1]));
        let parts = (viewport.distance(a, b) / APART).ceil().max(1.0);
        (1..=parts as usize).map(move |part| a.toward(b, part as f64 / parts))
    };
    line.first().map(point).into_iter().chain(line.windows(2).flat_map(between))
}

/// Leaves out positions that would not move the line by a visible amount; keeps the last.
fn sparse<P: Copy>(
    path: impl Iterator<Item = P>,
    distance: impl Fn(P, P) -> f64,
) -> impl Iterator<Item = P> {
    /// A fraction of a CSS pixel that no one sees.
    const UNSEEN: f64 = 0.2;
    let mut path = path.peekable();
    let mut kept: Option<P> = None;
    std::iter::from_fn(move || {
        loop {
            let point = path.next()?;
            let moved = kept.is_none_or(|kept| distance(kept, point) >= UNSEEN);
            if moved || path.peek().is_none() {
                kept = Some(point);
                return Some(point);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crowded_positions_are_left_out_but_the_last_stays() {
        let crowd = (0..=1000).map(|i| f64::from(i) * 1e-3);
        let kept: Vec<f64> = sparse(crowd, |a, b| 10.0 * (b - a)).collect();
        assert!(kept.len() < 60, "{}", kept.len());
        assert_eq!(kept.last(), Some(&1.0));
    }
}
