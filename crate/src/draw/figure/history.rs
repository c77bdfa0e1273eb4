//! Quantities of the runs over the steps: what is to come faintly, what has been in full, with a
//! line at the present time.

mod paint;
mod thin;

use super::Subject;
use crate::draw::axes::Axis;
use crate::draw::viewport::Viewport;
use crate::math::geometry::{Bounds, Point};
use crate::run::{Run, Status};
use std::fmt;
use thin::thinned;

/// A quantity of a run at a row of its path; NaN where there is none.
type Quantity = Box<dyn Fn(&Run, usize) -> f64>;

/// How values become heights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    /// Powers of ten, down to [`DEPTH`] of the largest value.
    Logarithmic,
    /// As far up as down.
    Symmetric,
    /// From 0 to 180.
    Degrees,
}

/// Share of the largest value below which a logarithmic scale tells nothing but rounding.
const DEPTH: f64 = 1e-16;

/// Room for the numbers around the curves, in CSS pixels: left, right, below, above.
const ROOM: [f64; 4] = [40.0, 16.0, 20.0, 8.0];

/// One run's quantity.
pub(super) struct Curve {
    run: usize,
    quantity: Quantity,
    /// Another quantity, below: the band between both is shaded.
    base: Option<Quantity>,
    /// Corners of the two lines, thinned to what can be seen.
    points: Vec<Point>,
    base_points: Vec<Point>,
}

impl Curve {
    pub(super) fn new(run: usize, quantity: impl Fn(&Run, usize) -> f64 + 'static) -> Self {
        let (points, base_points) = (Vec::new(), Vec::new());
        Self { run, quantity: Box::new(quantity), base: None, points, base_points }
    }

    /// With another quantity below it.
    pub(super) fn over(self, base: impl Fn(&Run, usize) -> f64 + 'static) -> Self {
        Self { base: Some(Box::new(base)), ..self }
    }
}

impl fmt::Debug for Curve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Curve").field("run", &self.run).finish_non_exhaustive()
    }
}

/// What theory expects of a run, as a line over (step, height).
#[derive(Clone, Debug)]
pub(super) struct Guide {
    pub(super) run: usize,
    pub(super) line: Vec<Point>,
}

/// Lines over the steps, one or more for each run, with their vertical axis.
#[derive(Debug)]
pub(super) struct History {
    scale: Scale,
    /// Heights of the lower and the upper end of the curves.
    heights: (f64, f64),
    /// The least value that a logarithmic scale tells.
    floor: f64,
    curves: Vec<Curve>,
    guides: Vec<Guide>,
    lines: Vec<&'static str>,
}

impl History {
    /// Chooses the heights so that all is seen but what leaves for good.
    pub(super) fn new(subject: Subject<'_>, scale: Scale, curves: Vec<Curve>) -> Self {
        let (mut least, mut largest) = (f64::INFINITY, 0.0_f64);
        for curve in &curves {
            let run = &subject.runs[curve.run];
            let size = |row: usize| match (curve.quantity)(run, row) {
                value if scale == Scale::Logarithmic => value.max(0.0),
                value => value.abs(),
            };
            let sizes = |rows: std::ops::RangeInclusive<usize>| {
                rows.map(size).filter(|size| size.is_finite())
            };
            let mut last = run.last_step();
            if leaves(subject, run) {
                // Its first value, and room to see it rise; else what it is while it is in view.
                let rise = if scale == Scale::Logarithmic { 1e3 } else { 2.0 };
                let [first, most] = [0, last].map(|row| sizes(0..=row).fold(0.0, f64::max));
                largest = largest.max(most.min(first * rise));
                let view = subject.surface.view();
                last = run.points().iter().take_while(|point| view.contains(**point)).count();
            }
            for size in sizes(0..=last.min(run.last_step())) {
                largest = largest.max(size);
                least = if size > 0.0 { least.min(size) } else { least };
            }
        }
        let largest = if largest > 0.0 { largest } else { 1.0 };
        let floor = DEPTH * largest;
        let heights = match scale {
            Scale::Logarithmic => {
                let high = libm::log10(largest);
                let low = libm::log10(least.max(floor)).min(high - 1.0);
                (low, high)
            }
            Scale::Symmetric => (-largest, largest),
            Scale::Degrees => (0.0, 180.0),
        };
        Self { scale, heights, floor, curves, guides: Vec::new(), lines: Vec::new() }
    }

    /// All that stands no lower than the lower end of the curves, over (step, height).
    pub(super) fn above_foot(&self) -> Bounds {
        Bounds::new(f64::MIN, f64::MAX, self.heights.0, f64::MAX)
    }

    /// With what theory expects; `name` is how such lines are called.
    pub(super) fn with_guides(self, name: &'static str, guides: Vec<Guide>) -> Self {
        let lines = if guides.is_empty() { Vec::new() } else { vec![name] };
        Self { guides, lines, ..self }
    }

    /// With names of its kinds of line.
    pub(super) fn with_lines(self, lines: &[&'static str]) -> Self {
        Self { lines: lines.to_vec(), ..self }
    }

    /// Ids of the kinds of line that need a name.
    pub(super) fn lines(&self) -> Vec<&'static str> {
        self.lines.clone()
    }

    /// The bounds of a picture of this size, in CSS pixels: steps and heights, and room around.
    pub(super) fn bounds(&self, subject: Subject<'_>, (width, height): (f64, f64)) -> Bounds {
        let [left, right, below, above] = ROOM;
        let (low, high) = self.heights;
        let steps = subject.configuration.steps as f64;
        // A picture with hardly any room but for numbers still has some.
        let across = steps / (width - left - right).max(0.2 * left);
        let up = (high - low) / (height - below - above).max(below);
        Bounds::new(-left * across, steps + right * across, low - below * up, high + above * up)
    }

    /// With the corners of its curves, as many as can be seen in a picture.
    pub(super) fn laid_out(mut self, subject: Subject<'_>, viewport: &Viewport) -> Self {
        let mut curves = std::mem::take(&mut self.curves);
        for Curve { run, quantity, base, points, base_points } in &mut curves {
            let run = &subject.runs[*run];
            *points = self.corners(quantity, run, viewport);
            if let Some(base) = base {
                *base_points = self.corners(base, run, viewport);
            }
            if leaves(subject, run) {
                // Where it is out of sight for good, the curve ends.
                let seen = |point: &Point| viewport.bounds.contains(*point);
                let kept = points.iter().rposition(seen).map_or(0, |last| last + 2);
                points.truncate(kept);
                let end = points.last().map_or(0.0, |end| end.x);
                base_points.retain(|point| point.x <= end);
            }
        }
        Self { curves, ..self }
    }

    fn corners(&self, quantity: &Quantity, run: &Run, viewport: &Viewport) -> Vec<Point> {
        let rows = (0..=run.last_step()).map(|row| (row, clean(quantity, run, row)));
        let place = |(row, value)| Point::new(row as f64, self.height(value));
        thinned(rows, viewport.scale().x).into_iter().map(place).collect()
    }

    /// A run's value at a step; NaN where there is none.
    pub(super) fn value(&self, run: usize, path: &Run, step: f64) -> f64 {
        let curve = self.curves.iter().find(|curve| curve.run == run);
        match curve {
            Some(curve) if step >= 0.0 && step as usize <= path.last_step() => {
                (curve.quantity)(path, step as usize)
            }
            _ => f64::NAN,
        }
    }

    /// Where a value stands; finite, however far out.
    fn height(&self, value: f64) -> f64 {
        let (low, high) = self.heights;
        let far = 1e3 * (high - low);
        let height = match self.scale {
            Scale::Logarithmic => libm::log10(value.max(self.floor)),
            Scale::Symmetric | Scale::Degrees => value,
        };
        height.clamp(low - far, high + far)
    }

    /// Where a quantity of a run stands at a time; `None` where it has none.
    fn height_at(&self, quantity: &Quantity, run: &Run, time: f64) -> Option<f64> {
        let row = time.max(0.0) as usize;
        let part = time - row as f64;
        let at = |row: usize| {
            let value = (row <= run.last_step()).then(|| clean(quantity, run, row));
            value.filter(|value| !value.is_nan()).map(|value| self.height(value))
        };
        match at(row)? {
            height if part > 0.0 => Some(height + (at(row + 1)? - height) * part),
            height => Some(height),
        }
    }

    fn axis(&self) -> Axis {
        match self.scale {
            Scale::Logarithmic => Axis::Decades,
            Scale::Symmetric | Scale::Degrees => Axis::Linear,
        }
    }
}

/// Whether a run leaves for good, or is so far out that the others would be seen no more.
pub(super) fn leaves(subject: Subject<'_>, run: &Run) -> bool {
    /// In widths of the view.
    const FAR: f64 = 10.0;
    let view = subject.surface.view();
    let centre = Point::new(0.5 * (view.x_min + view.x_max), 0.5 * (view.y_min + view.y_max));
    let out = (run.end() - centre).norm() > FAR * view.width().max(view.height());
    out || matches!(run.status(), Status::Diverged(_) | Status::Leaving(_))
}

/// A quantity at a row; where a run has left for good and no number is left, infinity.
fn clean(quantity: &Quantity, run: &Run, row: usize) -> f64 {
    let value = quantity(run, row);
    let gone = run.status() == Status::Diverged(row);
    if value.is_nan() && gone { f64::INFINITY } else { value }
}
