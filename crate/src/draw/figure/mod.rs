//! Figures beside the plot, each on two stacked canvases: a ground that stands while time passes,
//! and marks that follow it.

mod data;

use super::theme::Theme;
use super::viewport::{Drawn, Viewport};
use crate::geometry::Bounds;
use crate::run::Run;
use crate::surface::AnySurface;
use plotters::prelude::DrawingBackend;

/// A figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// The samples behind a loss, with the curve that each ball's weights fit to them.
    Data,
}

/// All figures, in the order in which they stand on the page.
pub const FIGURES: [Figure; 1] = [Figure::Data];

/// What figures are drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The surface.
    pub surface: &'a dyn AnySurface,
    /// The computed paths.
    pub runs: &'a [Run],
    /// The colours.
    pub theme: &'a Theme,
    /// Time now, in steps.
    pub time: f64,
}

impl Figure {
    /// Its id on the page.
    pub fn id(self) -> &'static str {
        match self {
            Self::Data => "data",
        }
    }

    /// The figure of that id.
    pub fn find(id: &str) -> Option<Self> {
        FIGURES.into_iter().find(|figure| figure.id() == id)
    }

    /// Whether it has anything to show of this surface.
    pub fn applies_to(self, surface: &dyn AnySurface) -> bool {
        match self {
            Self::Data => surface.data().is_some(),
        }
    }

    /// A picture of this size (CSS pixels, and canvas pixels to each) that shows all it has to.
    pub fn viewport(
        self,
        subject: Subject<'_>,
        (width, height, ratio): (f64, f64, f64),
    ) -> Viewport {
        let bounds = match self {
            Self::Data => data::bounds(subject),
        };
        Viewport::new(width, height, ratio, bounds, false)
    }

    /// Draws what stands while time passes, on an empty layer.
    ///
    /// # Errors
    /// Whatever the backend reports.
    pub fn ground<DB: DrawingBackend>(
        self,
        backend: DB,
        subject: Subject<'_>,
        viewport: &Viewport,
    ) -> Drawn<DB> {
        match self {
            Self::Data => data::ground(backend, subject, viewport),
        }
    }

    /// Draws what follows the time, on an empty layer.
    ///
    /// # Errors
    /// Whatever the backend reports.
    pub fn marks<DB: DrawingBackend>(
        self,
        backend: DB,
        subject: Subject<'_>,
        viewport: &Viewport,
    ) -> Drawn<DB> {
        match self {
            Self::Data => data::marks(backend, subject, viewport),
        }
    }
}

/// Bounds around ranges of x and y, with room for the numbers at the left and lower edge.
fn with_room((x_min, x_max): (f64, f64), (y_min, y_max): (f64, f64)) -> Bounds {
    let (width, height) = (x_max - x_min, y_max - y_min);
    Bounds::new(
        x_min - 0.12 * width,
        x_max + 0.04 * width,
        y_min - 0.2 * height,
        y_max + 0.1 * height,
    )
}

/// The least and the greatest of finite values; (0, 1) without any, and never of no width.
fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values
        .filter(|value| value.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    match high - low {
        width if width > 0.0 => (low, high),
        0.0 => (low - 0.5, high + 0.5),
        _ => (0.0, 1.0),
    }
}
