//! The plot, on four stacked canvases.

use super::layer::Layer;
use crate::lab::Lab;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

/// The plot's canvases, from bottom to top.
pub(super) struct Picture {
    heat: Layer,
    ground: Layer,
    trails: Layer,
    balls: Layer,
    pixels: Vec<u8>,
}

impl Picture {
    /// # Errors
    /// When a canvas gives no 2d context.
    pub(super) fn new(canvases: [HtmlCanvasElement; 4]) -> Result<Self, JsError> {
        let [heat, ground, trails, balls] = canvases;
        Ok(Self {
            heat: Layer::new(heat)?,
            ground: Layer::new(ground)?,
            trails: Layer::new(trails)?,
            balls: Layer::new(balls)?,
            pixels: Vec::new(),
        })
    }

    /// Takes a lab's size.
    ///
    /// # Errors
    /// Whatever the canvas reports.
    pub(super) fn resize(&self, lab: &Lab) -> Result<(), JsError> {
        let size = lab.viewport().canvas_size();
        [&self.ground, &self.trails, &self.balls]
            .into_iter()
            .try_for_each(|layer| layer.resize(size))
    }

    /// Draws what no longer shows a lab's state.
    ///
    /// # Errors
    /// Whatever the canvas reports.
    pub(super) fn draw(&mut self, lab: &mut Lab) -> Result<(), JsError> {
        let stale = lab.stale();
        if stale.heat {
            // Coarser or finer than the plot; the browser smooths it.
            let (columns, rows) = lab.heat_size();
            lab.draw_heat((columns, rows), &mut self.pixels);
            self.heat.put(&self.pixels, (columns as u32, rows as u32))?;
        }
        if stale.ground {
            self.ground.clear();
            lab.draw_ground(self.ground.backend()?)?;
        }
        if stale.trails {
            self.trails.clear();
        }
        if stale.trails || stale.balls {
            // The first picture does not play: nothing is added to its trails.
            if cfg!(feature = "interactive") {
                self.trails.under(|backend| lab.draw_casings(backend))?;
            }
            lab.draw_trails(self.trails.backend()?)?;
        }
        if stale.balls {
            self.balls.clear();
            lab.draw_overlay(self.balls.backend()?)?;
            lab.draw_balls(self.balls.backend()?)?;
        }
        Ok(())
    }
}
