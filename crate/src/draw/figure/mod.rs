//! Figures beside the plot, each on two stacked canvases: a ground that stands while time passes,
//! and marks that follow it.

mod coordinates;
mod data;
mod energy;
mod history;
mod law;
mod loss;
mod plane;
mod steps;
mod sweep;

use super::theme::Theme;
use super::viewport::{Drawn, Viewport};
use crate::configuration::Configuration;
use crate::math::geometry::Bounds;
use crate::run::Run;
use crate::study::sweep::SweepResult;
use crate::surface::AnySurface;
use coordinates::Direction;
use history::History;
use plotters::prelude::DrawingBackend;
use serde::Serialize;

/// A figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// The samples behind a loss, with the curve that each ball's weights fit to them.
    Data,
    /// How far each ball is above the lowest loss.
    Loss,
    /// Offset from the resting place along the steepest direction there.
    Across,
    /// Offset from the resting place along the flattest direction there.
    Along,
    /// Kinetic, potential and total energy.
    Energy,
    /// Length of each step.
    Steps,
    /// Angle from each step to the next.
    Turns,
    /// The paths of a sweep, each by itself.
    Sweep,
    /// The plane of learning rate and momentum, with every run's setting on it.
    Plane,
}

/// All figures in the order of the page; those of one card are shown one at a time.
const CARDS: [&[Figure]; 6] = [
    &[Figure::Data],
    &[Figure::Sweep],
    &[Figure::Loss],
    &[Figure::Across, Figure::Along],
    &[Figure::Energy, Figure::Steps, Figure::Turns],
    PLANE,
];

/// The plane keeps a card to itself: its handles are not to go away.
const PLANE: &[Figure] = &[Figure::Plane];

/// Cards that stand side by side.
const ABREAST: usize = 3;

/// The figures that have something to show, card by card; what would be one card too many joins
/// the last but the plane's.
pub fn cards(subject: Subject<'_>) -> Vec<Vec<Figure>> {
    let applying = |card: &&[Figure]| -> Vec<Figure> {
        card.iter().copied().filter(|figure| figure.applies_to(subject)).collect()
    };
    let mut cards: Vec<_> = CARDS.iter().map(applying).filter(|card| !card.is_empty()).collect();
    let plane = cards.pop_if(|card| *card == PLANE);
    while cards.len() + usize::from(plane.is_some()) > ABREAST {
        let rest = cards.pop().unwrap_or_default();
        if let Some(last) = cards.last_mut() {
            last.extend(rest);
        }
    }
    cards.extend(plane);
    cards
}

/// What figures are drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// What is configured.
    pub configuration: &'a Configuration,
    /// The surface.
    pub surface: &'a dyn AnySurface,
    /// The computed paths.
    pub runs: &'a [Run],
    /// The colours.
    pub theme: &'a Theme,
    /// Time now, in steps.
    pub time: f64,
    /// Whether what is still to come may be told.
    pub foretells: bool,
    /// The paths of a sweep.
    pub sweep: Option<&'a SweepResult>,
    /// The run whose plane is to be shown, if one has been chosen.
    pub plane_run: Option<usize>,
}

/// A figure laid out at one size: what is computed once and serves at all times.
#[derive(Debug)]
pub struct FigureLayout {
    /// Size and scales.
    pub viewport: Viewport,
    /// The curves of a figure over the steps.
    history: Option<History>,
}

/// What a figure shows, in numbers; lists have one item a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Facts {
    /// Ids of the kinds of line that need a name.
    pub lines: Vec<&'static str>,
    /// The last values; where what comes is to be guessed, those of the present time.
    pub ends: Vec<f64>,
    /// The factor by which a step shrinks the distance in question, as measured.
    pub measured: Vec<Option<f64>>,
    /// The same by theory.
    pub theory: Vec<Option<f64>>,
}

impl<'a> Subject<'a> {
    /// The runs that are shown, with their numbers.
    pub fn shown(self) -> impl DoubleEndedIterator<Item = (usize, &'a Run)> {
        let numbered = self.runs.iter().zip(&self.configuration.runs).enumerate();
        numbered.filter(|(_, (_, choice))| choice.visible()).map(|(index, (run, _))| (index, run))
    }
}

impl Figure {
    /// Its id on the page.
    pub fn id(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Loss => "loss",
            Self::Across => "across",
            Self::Along => "along",
            Self::Energy => "energy",
            Self::Steps => "steps",
            Self::Turns => "turns",
            Self::Sweep => "sweep",
            Self::Plane => "plane",
        }
    }

    /// The figure of that id.
    pub fn find(id: &str) -> Option<Self> {
        CARDS.into_iter().flatten().copied().find(|figure| figure.id() == id)
    }

    /// Whether it has anything to show.
    pub fn applies_to(self, subject: Subject<'_>) -> bool {
        match self {
            Self::Data => subject.surface.data().is_some(),
            Self::Sweep => subject.sweep.is_some(),
            Self::Across => coordinates::applies_to(subject.surface, Direction::Steepest),
            Self::Along => coordinates::applies_to(subject.surface, Direction::Flattest),
            Self::Loss | Self::Energy | Self::Steps | Self::Turns => true,
            Self::Plane => subject.plane().is_some(),
        }
    }

    /// Whether its ground is another one at another time.
    pub fn ground_moves(self, subject: Subject<'_>) -> bool {
        let changes = || subject.configuration.runs.iter().any(|run| !run.changes.is_empty());
        self == Self::Plane && changes()
    }

    /// Lays the figure out at a size (CSS pixels, and canvas pixels to each), so that it shows
    /// all it has to.
    pub fn layout(self, subject: Subject<'_>, size: (f64, f64, f64)) -> FigureLayout {
        let history = match self {
            Self::Data | Self::Plane | Self::Sweep => None,
            Self::Loss => Some(loss::history(subject)),
            Self::Across => Some(coordinates::history(subject, Direction::Steepest)),
            Self::Along => Some(coordinates::history(subject, Direction::Flattest)),
            Self::Energy => Some(energy::history(subject)),
            Self::Steps => Some(steps::lengths(subject)),
            Self::Turns => Some(steps::turns(subject)),
        };
        let (width, height, ratio) = size;
        let bounds = match (self, &history) {
            (_, Some(history)) => history.bounds(subject, (width, height)),
            (Self::Plane, None) => plane::bounds(subject),
            (Self::Sweep, None) => sweep::bounds(),
            (_, None) => data::bounds(subject),
        };
        let viewport = Viewport::new(width, height, ratio, bounds, false);
        let history = history.map(|history| history.laid_out(subject, &viewport));
        FigureLayout { viewport, history }
    }

    /// Draws what stands while time passes, unless it [moves](Self::ground_moves), on an empty layer.
    ///
    /// # Errors
    /// Whatever the backend reports.
    pub fn ground<DB: DrawingBackend>(
        self,
        backend: DB,
        subject: Subject<'_>,
        layout: &FigureLayout,
    ) -> Drawn<DB> {
        let viewport = &layout.viewport;
        match (self, &layout.history) {
            (_, Some(history)) => history.ground(backend, subject, viewport),
            (Self::Plane, None) => plane::ground(backend, subject, viewport),
            (Self::Sweep, None) => sweep::ground(backend, subject, viewport),
            (_, None) => data::ground(backend, subject, viewport),
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
        layout: &FigureLayout,
    ) -> Drawn<DB> {
        let viewport = &layout.viewport;
        match (self, &layout.history) {
            (_, Some(history)) => history.marks(backend, subject, viewport),
            (Self::Plane, None) => plane::marks(backend, subject, viewport),
            (Self::Sweep, None) => sweep::marks(backend, subject, viewport),
            (_, None) => data::marks(backend, subject, viewport),
        }
    }

    /// What there is to say of it.
    pub fn facts(self, subject: Subject<'_>, layout: &FigureLayout) -> Facts {
        let rates = match self {
            Self::Loss => loss::rates(subject),
            Self::Across => coordinates::rates(subject, Direction::Steepest),
            Self::Along => coordinates::rates(subject, Direction::Flattest),
            _ => Vec::new(),
        };
        let unknown = || vec![(None, None); subject.runs.len()];
        let rates = if rates.is_empty() || !subject.foretells { unknown() } else { rates };
        let (measured, theory) = rates.into_iter().unzip();
        let history = layout.history.as_ref();
        let ends = |history: &History| {
            let last = |run: &Run| {
                let end = run.last_step() as f64;
                if subject.foretells { end } else { end.min(subject.time.floor()) }
            };
            let values = subject.runs.iter().enumerate();
            values.map(|(index, run)| history.value(index, run, last(run))).collect()
        };
        Facts {
            lines: history.map_or(Vec::new(), History::lines),
            ends: history.map_or(Vec::new(), ends),
            measured,
            theory,
        }
    }
}

impl FigureLayout {
    /// The whole step under `x`, in CSS pixels from the left, where the figure is over the steps.
    pub fn step_at(&self, subject: Subject<'_>, x: f64) -> Option<f64> {
        self.history.as_ref()?;
        let steps = subject.configuration.steps as f64;
        let step = self.viewport.point_at(x, 0.0).x;
        step.is_finite().then(|| step.round().clamp(0.0, steps))
    }

    /// The value of each run at a step, where the figure is over the steps; NaN where there is
    /// none.
    pub fn values_at(&self, subject: Subject<'_>, step: f64) -> Vec<f64> {
        let Some(history) = &self.history else { return Vec::new() };
        let runs = subject.runs.iter().enumerate();
        runs.map(|(index, run)| history.value(index, run, step)).collect()
    }
}

/// Bounds around ranges of x and y, with room for the numbers at the left and lower edge.
fn with_room((x_min, x_max): (f64, f64), (y_min, y_max): (f64, f64)) -> Bounds {
    let (width, height) = (x_max - x_min, y_max - y_min);
    Bounds::new(
        x_min - 0.17 * width,
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
