//! The lab as the page has it.

use super::error::read;
use super::figures::Figures;
use super::picture::Picture;
use super::plain;
use crate::configuration::Configuration;
use crate::draw::theme::Theme;
use crate::lab::{Lab as State, READOUT};
use crate::math::geometry::Bounds;
use crate::surface::{Stationary, StationaryKind};
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

/// The lab on four stacked canvases.
#[wasm_bindgen]
pub struct Lab {
    pub(super) state: State,
    picture: Picture,
    pub(super) figures: Figures,
    readout: Box<[f64; READOUT]>,
}

#[wasm_bindgen]
impl Lab {
    /// A lab with the default configuration on four canvases of the same size on the page, from
    /// bottom to top. Their backing stores are set by `resize`.
    ///
    /// # Errors
    /// When a canvas gives no 2d context.
    #[wasm_bindgen(constructor)]
    pub fn new(
        heat: HtmlCanvasElement,
        ground: HtmlCanvasElement,
        trails: HtmlCanvasElement,
        balls: HtmlCanvasElement,
    ) -> Result<Lab, JsError> {
        Ok(Self {
            state: State::new(Configuration::default()),
            picture: Picture::new([heat, ground, trails, balls])?,
            figures: Figures::default(),
            readout: Box::new([0.0; READOUT]),
        })
    }

    /// Size of the plot in CSS pixels, and canvas pixels to each.
    ///
    /// # Errors
    /// Whatever the canvas reports.
    pub fn resize(&mut self, width: f64, height: f64, ratio: f64) -> Result<(), JsError> {
        self.state.resize(width, height, ratio);
        self.picture.resize(&self.state)
    }

    /// Sets the colours: `light`, `dark` or `projector`.
    ///
    /// # Errors
    /// When there is no such theme.
    pub fn set_theme(&mut self, id: &str) -> Result<(), JsError> {
        let theme = Theme::find(id)
            .ok_or_else(|| JsError::new(&format!("theme: \"{id}\" is not a known theme")))?;
        self.state.set_theme(theme);
        Ok(())
    }

    /// Shows the paths that are still to come faintly, as at first, or leaves them to be guessed.
    pub fn foretell(&mut self, on: bool) {
        self.state.foretell(on);
    }

    /// Lets the balls glide from step to step while they play, or go in whole steps.
    pub fn glide(&mut self, on: bool) {
        self.state.glide(on);
    }

    /// Takes a whole configuration; absent fields take their defaults. Returns the accepted one.
    ///
    /// # Errors
    /// The first bad field and its value; nothing has changed then.
    pub fn configure(&mut self, configuration: JsValue) -> Result<JsValue, JsValue> {
        let value = read("configuration", configuration)?;
        self.state.configure(Configuration::strict(&value)?);
        Ok(self.configuration()?)
    }

    /// The configuration in force, whole.
    ///
    /// # Errors
    /// None in practice.
    pub fn configuration(&self) -> Result<JsValue, JsError> {
        plain(&self.state.configuration().to_value())
    }

    /// The settings of each run as they are in force at the present step: a list like `runs`.
    ///
    /// # Errors
    /// None in practice.
    pub fn present(&self) -> Result<JsValue, JsError> {
        plain(&self.state.configuration().present(self.state.time() as usize))
    }

    /// Changes one field, e.g. `runs[1].beta`. Returns the accepted whole configuration.
    ///
    /// # Errors
    /// The field and its bad value; nothing has changed then.
    pub fn set(&mut self, field: &str, value: JsValue) -> Result<JsValue, JsValue> {
        self.state.set(field, read(field, value)?)?;
        Ok(self.configuration()?)
    }

    /// Lets all balls start at (x, y), in CSS pixels from the plot's top left.
    pub fn drag_start(&mut self, x: f64, y: f64) {
        self.state.drag_start(x, y);
    }

    /// Moves the start by so many CSS pixels to the right and away from the viewer.
    pub fn nudge_start(&mut self, right: f64, away: f64) {
        self.state.nudge_start(right, away);
    }

    /// Turns the surface in space by so many CSS pixels of a drag to the right and down.
    pub fn turn(&mut self, right: f64, down: f64) {
        self.state.turn(right, down);
    }

    /// Whether the surface is shown in space.
    pub fn in_space(&self) -> bool {
        self.state.in_space()
    }

    /// Shows `factor` times as much of the plane; what is at (x, y) stays there.
    pub fn zoom(&mut self, x: f64, y: f64, factor: f64) {
        self.state.zoom(x, y, factor);
    }

    /// Moves what is shown by so many CSS pixels to the right and down.
    pub fn pan(&mut self, right: f64, down: f64) {
        self.state.pan(right, down);
    }

    /// Shows the surface's own view again.
    pub fn fit(&mut self) {
        self.state.fit();
    }

    /// The part of the plane that the plot shows: x from, to; y from, to.
    pub fn bounds(&self) -> Vec<f64> {
        let Bounds { x_min, x_max, y_min, y_max } = self.state.viewport().bounds;
        vec![x_min, x_max, y_min, y_max]
    }

    /// What is at (x, y), in CSS pixels from the plot's top left: x, y, f, ∂f/∂x, ∂f/∂y; nothing
    /// where no surface is seen.
    pub fn examine(&self, x: f64, y: f64) -> Vec<f64> {
        let found = self.state.examine(x, y);
        found.map_or(Vec::new(), |(p, value, slope)| vec![p.x, p.y, value, slope.x, slope.y])
    }

    /// The stationary points in view, three numbers each: kind (0 minimum, 1 saddle, 2 maximum),
    /// and the place in CSS pixels from the plot's top left.
    pub fn sights(&self) -> Vec<f64> {
        let numbers = |(sight, (x, y)): (Stationary, (f64, f64))| {
            let kind = match sight.kind {
                StationaryKind::Minimum => 0.0,
                StationaryKind::Saddle => 1.0,
                StationaryKind::Maximum => 2.0,
            };
            [kind, x, y]
        };
        self.state.sights().into_iter().flat_map(numbers).collect()
    }

    /// Where the balls start: [x, y] in CSS pixels from the plot's top left.
    pub fn start_position(&self) -> Vec<f64> {
        let (x, y) = self.state.start_pixel();
        vec![x, y]
    }

    /// Starts the clock.
    pub fn play(&mut self) {
        self.state.play();
    }

    /// Stops the clock.
    pub fn pause(&mut self) {
        self.state.pause();
    }

    /// Stops the clock and goes back to the start.
    pub fn restart(&mut self) {
        self.state.restart();
    }

    /// Stops the clock and goes `count` steps on, or back if negative.
    pub fn step(&mut self, count: i32) {
        self.state.step(count);
    }

    /// Goes to a time in steps.
    pub fn seek(&mut self, time: f64) {
        self.state.seek(time);
    }

    /// Lets `elapsed` milliseconds pass and draws what has changed. Returns whether another frame
    /// is needed: while the clock runs, and to finish what was drawn in haste.
    ///
    /// # Errors
    /// Whatever the canvas reports.
    pub fn frame(&mut self, elapsed: f64) -> Result<bool, JsError> {
        self.state.advance(elapsed);
        self.picture.draw(&mut self.state)?;
        self.figures.draw(&self.state)?;
        self.read_out();
        Ok(self.state.is_playing() || self.state.stale().any())
    }

    /// Writes the readout of the present moment without drawing it.
    pub fn read_out(&mut self) {
        self.state.read_out(&mut self.readout);
    }

    /// Address in wasm memory of the readout: an array of f64, fixed for the life of this lab.
    /// Its layout is that of `Lab::read_out` in `lab/readout.rs`; `frame` and `read_out` write it.
    pub fn readout_pointer(&self) -> *const f64 {
        self.readout.as_ptr()
    }

    /// Length of the readout in numbers.
    pub fn readout_length(&self) -> usize {
        READOUT
    }
}
