//! The state of the lab: what is configured, the paths that follow from it, the clock, and what
//! must be drawn anew.

mod figures;
mod hand;
mod readout;
mod rule;

pub use readout::READOUT;

use crate::configuration::{Camera, Configuration, Error, Overlay, Value};
use crate::draw::theme::{LIGHT, Theme};
use crate::draw::{
    Drawn, Levels, Parts, Space, Stage, TrailCursor, Viewport, balls, extend, extend_casings,
    ground, heat, overlay, trails, wanted,
};
use crate::math::geometry::Bounds;
use crate::optimizer::Recurrence;
use crate::run::Run;
use crate::run::stationary_index::StationaryIndex;
use crate::study::noise_ensemble::NoiseEnsemble;
use crate::study::sweep::SweepResult;
use crate::surface::AnySurface;
use crate::teaching::task::Case;
use plotters::prelude::DrawingBackend;

/// Layers that no longer show the state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stale {
    /// The heat, or the block in space.
    pub heat: bool,
    /// The lines, axes and minima over it.
    pub ground: bool,
    /// The trails, from the beginning.
    pub trails: bool,
    /// The balls, and the trails up to them.
    pub balls: bool,
}

impl Stale {
    const ALL: Self = Self { heat: true, ground: true, trails: true, balls: true };

    /// Whether anything is to be drawn.
    pub fn any(self) -> bool {
        self.heat || self.ground || self.trails || self.balls
    }
}

/// The lab.
#[derive(Debug)]
pub struct Lab {
    configuration: Configuration,
    surface: Box<dyn AnySurface>,
    runs: Vec<Run>,
    levels: Levels,
    viewport: Viewport,
    /// The surface in space, while that is how it is seen.
    space: Option<Space>,
    /// Whether it is to be drawn in haste first, because it may change again at once.
    draft: bool,
    theme: &'static Theme,
    /// Whether the paths still to come are shown.
    foretells: bool,
    glides: bool,
    /// Steps that have passed and not been made yet, less than one.
    due: f64,
    time: f64,
    playing: bool,
    /// The paths for several values of one parameter, if that is asked for.
    sweep: Option<SweepResult>,
    /// The repeats of a run with other noise, if they are asked for.
    cloud: Option<NoiseEnsemble>,
    stale: Stale,
    cursors: Vec<TrailCursor>,
    revision: u64,
    /// The run whose plane of learning rate and momentum is shown, if one has been chosen.
    plane_run: Option<usize>,
    /// The rule that was asked for last.
    shown: Option<rule::RuleView>,
}

impl Lab {
    /// A lab with a configuration, in a plot of 1 × 1 pixel until it is resized.
    pub fn new(configuration: Configuration) -> Self {
        let surface = configuration.surface.entry.build(&configuration.surface.settings);
        let viewport = viewport(&*surface, configuration.view, (1.0, 1.0, 1.0));
        let levels = Levels::of(&*surface, viewport.bounds);
        let mut lab = Self {
            configuration,
            surface,
            runs: Vec::new(),
            levels,
            viewport,
            space: None,
            draft: false,
            theme: &LIGHT,
            foretells: true,
            glides: true,
            due: 0.0,
            time: 0.0,
            playing: false,
            sweep: None,
            cloud: None,
            stale: Stale::ALL,
            cursors: Vec::new(),
            revision: 0,
            plane_run: None,
            shown: None,
        };
        lab.survey();
        lab.recompute();
        lab
    }

    /// What is configured.
    pub fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    /// The computed paths, one a run.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The surface.
    pub fn surface(&self) -> &dyn AnySurface {
        &*self.surface
    }

    /// What a question is asked about.
    pub fn case(&self) -> Case<'_> {
        Case { configuration: &self.configuration, surface: &*self.surface, runs: &self.runs }
    }

    /// Size of the plot and the part of the plane it shows.
    pub fn viewport(&self) -> &Viewport {
        &self.viewport
    }

    /// The colours.
    pub fn theme(&self) -> &'static Theme {
        self.theme
    }

    /// Time now, in steps; between whole numbers while the balls roll.
    pub fn time(&self) -> f64 {
        self.time
    }

    /// Whether the clock runs.
    pub fn is_playing(&self) -> bool {
        self.playing
    }

    /// What must be drawn anew.
    pub fn stale(&self) -> Stale {
        self.stale
    }

    /// Takes another configuration; the time stays as far as the new paths allow.
    pub fn configure(&mut self, configuration: Configuration) {
        let before = std::mem::replace(&mut self.configuration, configuration);
        let (old, new) = (&before.surface, &self.configuration.surface);
        if old.entry.description.id != new.entry.description.id || old.settings != new.settings {
            self.surface = new.entry.build(&new.settings);
            self.stale.ground = true;
        }
        self.stale.ground |= before.camera != self.configuration.camera;
        self.look();
        self.recompute();
        self.seek(self.time);
    }

    /// Changes one field, e.g. `runs[1].beta`; see [`Configuration::with`] and, where changes
    /// count from here on, [`Configuration::with_after`].
    ///
    /// # Errors
    /// The error about the field or its value; nothing has changed then.
    pub fn set(&mut self, field: &str, value: Value) -> Result<(), Error> {
        self.set_all([(field, value)])
    }

    /// The same for several fields at once.
    ///
    /// # Errors
    /// The first error; nothing has changed then.
    pub fn set_all<'a>(
        &mut self,
        fields: impl IntoIterator<Item = (&'a str, Value)>,
    ) -> Result<(), Error> {
        let surface = self.configuration.surface.entry.description.id;
        let mut changed = self.configuration.clone();
        for (field, value) in fields {
            changed = if changed.from_here {
                changed.with_after(self.time as usize, field, value)?
            } else {
                changed.with(field, value)?
            };
        }
        let another = changed.surface.entry.description.id != surface;
        self.configure(changed);
        if another {
            self.restart();
        }
        Ok(())
    }

    /// Sets the size of the plot in CSS pixels and the canvas pixels to each.
    pub fn resize(&mut self, width: f64, height: f64, ratio: f64) {
        self.viewport = viewport(&*self.surface, self.configuration.view, (width, height, ratio));
        self.survey();
    }

    /// Sets the colours.
    pub fn set_theme(&mut self, theme: &'static Theme) {
        self.theme = theme;
        self.revision += 1;
        self.stale = Stale::ALL;
    }

    /// Shows the paths that are still to come faintly, as at first, or leaves them to be guessed.
    pub fn foretell(&mut self, on: bool) {
        self.stale.trails |= on != self.foretells;
        self.revision += u64::from(on != self.foretells);
        self.foretells = on;
    }

    /// Starts the clock, from the beginning if the paths have ended.
    pub fn play(&mut self) {
        if self.time >= self.end() {
            self.seek(0.0);
        }
        self.playing = true;
        self.due = 0.0;
    }

    /// Stops the clock.
    pub fn pause(&mut self) {
        self.playing = false;
    }

    /// Stops the clock and goes back to the start.
    pub fn restart(&mut self) {
        self.pause();
        self.seek(0.0);
    }

    /// Stops the clock and goes `count` whole steps on, or back if negative.
    pub fn step(&mut self, count: i32) {
        self.pause();
        let whole = if count < 0 { self.time.ceil() } else { self.time.floor() };
        self.seek(whole + f64::from(count));
    }

    /// Goes to a time in steps, at most to the end of the paths.
    pub fn seek(&mut self, time: f64) {
        let time = if time.is_finite() { time.clamp(0.0, self.end()) } else { 0.0 };
        if time < self.time {
            self.stale.trails = true;
        }
        self.stale.balls |= time != self.time;
        self.time = time;
    }

    /// Lets `elapsed` milliseconds pass; time moves only while the clock runs, and by the same
    /// amount however the milliseconds are divided into frames.
    pub fn advance(&mut self, elapsed: f64) {
        if self.playing && elapsed > 0.0 {
            let passed = elapsed / 1000.0 * self.configuration.speed + self.due;
            let moved = if self.glides { passed } else { passed.trunc() };
            self.due = passed - moved;
            self.seek(self.time + moved);
            self.playing = self.time < self.end();
        }
    }

    /// Lets the balls glide from step to step while they play, or go in whole steps.
    pub fn glide(&mut self, on: bool) {
        self.glides = on;
        self.due = 0.0;
    }

    /// The runs that are shown, with their numbers.
    fn shown(&self) -> impl DoubleEndedIterator<Item = (usize, &Run)> {
        self.subject().shown()
    }

    /// A number that is another one whenever something but the time has changed.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    fn stage(&self) -> Stage<'_> {
        let space = self.space.as_ref();
        Stage { surface: &*self.surface, viewport: &self.viewport, theme: self.theme, space }
    }

    fn end(&self) -> f64 {
        self.configuration.steps as f64
    }

    /// Fits the viewport to the configured view.
    fn look(&mut self) {
        let Viewport { width, height, ratio, .. } = self.viewport;
        let viewport = viewport(&*self.surface, self.configuration.view, (width, height, ratio));
        if viewport != self.viewport || self.stale.ground {
            self.viewport = viewport;
            self.survey();
        }
    }

    /// Finds out what there is to see in the viewport.
    fn survey(&mut self) {
        let (surface, viewport) = (&*self.surface, &self.viewport);
        self.levels = Levels::of(surface, viewport.bounds);
        let Camera { space, yaw, pitch } = self.configuration.camera;
        self.space = (cfg!(feature = "interactive") && space && !self.stage().in_profile())
            .then(|| Space::new(surface, viewport, &self.levels, (yaw, pitch)));
        self.draft = self.space.is_some();
        self.stale = Stale::ALL;
    }

    /// Computes every path anew.
    fn recompute(&mut self) {
        self.runs.resize_with(self.configuration.runs.len(), Run::new);
        let places = StationaryIndex::of(&*self.surface);
        for (index, run) in self.runs.iter_mut().enumerate() {
            run.compute_among(&places, &*self.surface, &self.configuration.plan(index));
        }
        if cfg!(feature = "interactive") {
            self.sweep = SweepResult::of(&self.configuration);
            self.cloud = NoiseEnsemble::of(&self.configuration, &*self.surface, &self.runs);
        }
        self.stale.trails = true;
        self.stale.balls = true;
        self.revision += 1;
    }

    /// Columns and rows at which the heat is worth computing. The canvas smooths what is coarser
    /// or finer than its pixels.
    pub fn heat_size(&self) -> (usize, usize) {
        let Viewport { width, height, ratio, .. } = self.viewport;
        let cell = match (&self.space, self.surface.samples()) {
            // A block has edges: fine enough to smooth them, coarser while it changes.
            (Some(_), _) => {
                let most: f64 = if self.draft { 4e5 } else { 2.5e6 };
                (0.5 / ratio).max((width * height / most).sqrt())
            }
            (None, 0) => 2.0,
            // A loss over many samples costs that much more a cell.
            (None, _) => 6.0,
        };
        let cells = |css: f64| (css / cell).ceil().max(1.0) as usize;
        (cells(width), cells(height))
    }

    /// Computes the heat at `size` (columns, rows) into `pixels`, RGBA, rows from the top. What
    /// was drawn in haste stays stale, to be drawn finely next.
    pub fn draw_heat(&mut self, size: (usize, usize), pixels: &mut Vec<u8>) {
        self.stale.heat = std::mem::take(&mut self.draft);
        heat(self.stage(), &self.levels, size, pixels);
    }

    /// Draws contours, axes and minima on an empty layer.
    ///
    /// # Errors
    /// Whatever the backend reports.
    pub fn draw_ground<DB: DrawingBackend>(&mut self, backend: DB) -> Drawn<DB> {
        self.stale.ground = false;
        ground(backend, self.stage(), &self.levels)
    }

    /// Draws the casings of what is added to the trails, to a backend that draws under what stands
    /// on their layer; before [`draw_trails`](Self::draw_trails), which draws all casings itself
    /// where all trails are stale.
    ///
    /// # Errors
    /// Whatever the backend reports.
    pub fn draw_casings<DB: DrawingBackend>(&self, backend: DB) -> Drawn<DB> {
        if self.stale.trails {
            return Ok(());
        }
        let runs: Vec<_> = self.shown().collect();
        extend_casings(backend, self.stage(), &runs, self.time, &self.cursors)
    }

    /// Draws the trails: all of them on an empty layer if they are stale, else only what has
    /// been added.
    ///
    /// # Errors
    /// Whatever the backend reports.
    pub fn draw_trails<DB: DrawingBackend>(&mut self, backend: DB) -> Drawn<DB> {
        let mut cursors = std::mem::take(&mut self.cursors);
        let whole = std::mem::take(&mut self.stale.trails);
        let runs: Vec<_> = self.shown().collect();
        let (stage, time) = (self.stage(), self.time);
        let drawn = if whole {
            let sweep = self.sweep.as_ref().filter(|_| self.foretells);
            trails(backend, stage, (&runs, sweep), (time, self.foretells), &mut cursors)
        } else {
            extend(backend, stage, &runs, time, &mut cursors)
        };
        self.cursors = cursors;
        drawn
    }

    /// Draws the arrows and the curvature at the balls on an empty layer, the balls' own; nothing
    /// where none is chosen.
    ///
    /// # Errors
    /// Whatever the backend reports.
    pub fn draw_overlay<DB: DrawingBackend>(&self, backend: DB) -> Drawn<DB> {
        let Overlay { arrows, curvature, .. } = self.configuration.overlay;
        let (time, step) = (self.time, self.time as usize);
        let parts = |(index, run): (usize, &Run)| {
            let rule = self.configuration.rule_after(index, step);
            let felt = |recurrence: Recurrence| recurrence.sign * recurrence.gain();
            let gain = rule.recurrence().map_or(1.0, felt);
            Some((index, Parts::of(run, time, gain)?))
        };
        let steps = self.shown().filter(|_| arrows).filter_map(parts);
        let places = self.shown().filter(|_| curvature);
        overlay(
            backend,
            self.stage(),
            self.cloud.as_ref().map(|cloud| (cloud, self.time)),
            steps,
            places.map(|(index, run)| (index, run.position_at(self.time))),
        )
    }

    /// Draws the start and the balls on an empty layer.
    ///
    /// # Errors
    /// Whatever the backend reports.
    pub fn draw_balls<DB: DrawingBackend>(&mut self, backend: DB) -> Drawn<DB> {
        self.stale.balls = false;
        let positions = self.shown().map(|(index, run)| (index, run.position_at(self.time)));
        balls(backend, self.stage(), self.configuration.start, positions)
    }

    /// Where the balls start, in CSS pixels from the plot's top left.
    pub fn start_pixel(&self) -> (f64, f64) {
        self.viewport.pixel(self.stage().place(self.configuration.start))
    }
}

/// A plot of this size (width, height, pixel ratio) that shows `view` of a surface.
fn viewport(
    surface: &dyn AnySurface,
    view: Bounds,
    (width, height, ratio): (f64, f64, f64),
) -> Viewport {
    let round = surface.description().dimension > 1;
    Viewport::new(width, height, ratio, wanted(surface, view), round)
}
