//! The only file that speaks to the browser: what crosses between Rust and JavaScript.
//!
//! The catalogue and configurations cross as plain objects, input as single numbers, readouts
//! through one fixed array in wasm memory. Rust never calls back into the page.

#![allow(unreachable_pub, reason = "wasm-bindgen exports what is public here")]

mod analysis;
mod complaint;
#[cfg(feature = "export")]
mod export;
mod figures;
mod link;
#[cfg(feature = "maps")]
mod maps;

use self::complaint::read;
use self::figures::Figures;
use crate::configuration::{Configuration, Value};
use crate::draw::theme::Theme;
use crate::draw::{FINE, Fine};
use crate::geometry::Bounds;
use crate::lab::{Lab as State, READOUT};
use crate::surface::{Stationary, StationaryKind};
use plotters_canvas::CanvasBackend;
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

/// Everything there is to choose from, as a plain object.
///
/// # Errors
/// None in practice.
#[wasm_bindgen]
pub fn catalogue() -> Result<JsValue, JsError> {
    plain(&crate::catalogue::catalogue())
}

/// The numbers that the texts of a scene quote, by name.
///
/// # Errors
/// When there is no such scene.
#[wasm_bindgen]
pub fn scene_numbers(id: &str) -> Result<JsValue, JsValue> {
    let scene = crate::scene::find(id)
        .ok_or_else(|| JsError::new(&format!("scene: \"{id}\" is not a known scene")))?;
    let numbers = scene.measure()?.into_iter();
    Ok(plain(&Value::map(numbers.filter_map(|(name, number)| Some((name, number?.into())))))?)
}

fn plain(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

/// A canvas with its drawing context.
struct Layer {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Layer {
    fn new(canvas: HtmlCanvasElement) -> Result<Self, JsError> {
        let context = canvas
            .get_context("2d")
            .ok()
            .flatten()
            .and_then(|context| context.dyn_into().ok())
            .ok_or_else(|| JsError::new("canvas: no 2d drawing context"))?;
        Ok(Self { canvas, context })
    }

    /// Sets the backing store, which clears it, and scales the context to the fine grid.
    fn resize(&self, (width, height): (u32, u32)) -> Result<(), JsError> {
        self.canvas.set_width(width);
        self.canvas.set_height(height);
        let fine = 1.0 / f64::from(FINE);
        self.context.scale(fine, fine).map_err(thrown)?;
        self.context.set_line_join("round");
        self.context.set_line_cap("round");
        Ok(())
    }

    fn clear(&self) {
        let size = |pixels: u32| f64::from(pixels * FINE);
        self.context.clear_rect(0.0, 0.0, size(self.canvas.width()), size(self.canvas.height()));
    }

    fn backend(&self) -> Result<Fine<CanvasBackend>, JsError> {
        CanvasBackend::with_canvas_object(self.canvas.clone())
            .map(Fine)
            .ok_or_else(|| JsError::new("canvas: no 2d drawing context"))
    }
}

/// Turns what the browser threw into an error with a text.
fn thrown(value: JsValue) -> JsError {
    JsError::new(&format!("{value:?}"))
}

/// The lab on four stacked canvases.
#[wasm_bindgen]
pub struct Lab {
    state: State,
    heat: Layer,
    ground: Layer,
    trails: Layer,
    balls: Layer,
    figures: Figures,
    pixels: Vec<u8>,
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
            heat: Layer::new(heat)?,
            ground: Layer::new(ground)?,
            trails: Layer::new(trails)?,
            balls: Layer::new(balls)?,
            figures: Figures::default(),
            pixels: Vec::new(),
            readout: Box::new([0.0; READOUT]),
        })
    }

    /// Size of the plot in CSS pixels, and canvas pixels to each.
    ///
    /// # Errors
    /// Whatever the canvas reports.
    pub fn resize(&mut self, width: f64, height: f64, ratio: f64) -> Result<(), JsError> {
        self.state.resize(width, height, ratio);
        let size = self.state.viewport().canvas_size();
        for layer in [&self.ground, &self.trails, &self.balls] {
            layer.resize(size)?;
        }
        Ok(())
    }

    /// Sets the colours: `light` or `dark`.
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

    /// Turns the surface in space back to how it is seen at first.
    pub fn turn_back(&mut self) {
        self.state.turn_back();
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
        let stale = self.state.stale();
        if stale.heat {
            self.draw_heat()?;
        }
        if stale.ground {
            self.ground.clear();
            self.state.draw_ground(self.ground.backend()?)?;
        }
        if stale.trails {
            self.trails.clear();
        }
        if stale.trails || stale.balls {
            self.state.draw_trails(self.trails.backend()?)?;
        }
        if stale.balls {
            self.balls.clear();
            self.state.draw_overlay(self.balls.backend()?)?;
            self.state.draw_balls(self.balls.backend()?)?;
        }
        self.figures.draw(&self.state)?;
        self.state.read_out(&mut self.readout);
        Ok(self.state.is_playing() || self.state.stale().any())
    }

    /// Puts the heat on its canvas, coarser or finer than the plot; the browser smooths it.
    fn draw_heat(&mut self) -> Result<(), JsError> {
        let size = self.state.heat_size();
        self.state.draw_heat(size, &mut self.pixels);
        let (width, height) = (size.0 as u32, size.1 as u32);
        if (self.heat.canvas.width(), self.heat.canvas.height()) != (width, height) {
            self.heat.canvas.set_width(width);
            self.heat.canvas.set_height(height);
        }
        let image =
            ImageData::new_with_u8_clamped_array_and_sh(Clamped(&self.pixels), width, height)
                .map_err(thrown)?;
        self.heat.context.put_image_data(&image, 0.0, 0.0).map_err(thrown)
    }

    /// Address in wasm memory of the readout: an array of f64, fixed for the life of this lab.
    /// Its layout is that of `Lab::read_out` in `lab/readout.rs`; `frame` writes it.
    pub fn readout_pointer(&self) -> *const f64 {
        self.readout.as_ptr()
    }

    /// Length of the readout in numbers.
    pub fn readout_length(&self) -> usize {
        READOUT
    }
}
