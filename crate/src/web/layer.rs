//! A canvas to draw on.

use super::thrown;
use crate::draw::{Drawn, FINE, Fine};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::prelude::*;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

/// A canvas with its drawing context.
pub(super) struct Layer {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Layer {
    pub(super) fn new(canvas: HtmlCanvasElement) -> Result<Self, JsError> {
        let context = canvas
            .get_context("2d")
            .ok()
            .flatten()
            .and_then(|context| context.dyn_into().ok())
            .ok_or_else(|| JsError::new("canvas: no 2d drawing context"))?;
        Ok(Self { canvas, context })
    }

    /// Sets the backing store, which clears it, and scales the context to the fine grid.
    pub(super) fn resize(&self, (width, height): (u32, u32)) -> Result<(), JsError> {
        self.canvas.set_width(width);
        self.canvas.set_height(height);
        let fine = 1.0 / f64::from(FINE);
        self.context.scale(fine, fine).map_err(thrown)?;
        self.context.set_line_join("round");
        self.context.set_line_cap("round");
        Ok(())
    }

    pub(super) fn clear(&self) {
        let size = |pixels: u32| f64::from(pixels * FINE);
        self.context.clear_rect(0.0, 0.0, size(self.canvas.width()), size(self.canvas.height()));
    }

    pub(super) fn backend(&self) -> Result<Fine<CanvasBackend>, JsError> {
        CanvasBackend::with_canvas_object(self.canvas.clone())
            .map(Fine)
            .ok_or_else(|| JsError::new("canvas: no 2d drawing context"))
    }

    /// Lets `draw` draw under what stands on the canvas.
    pub(super) fn under(
        &self,
        draw: impl FnOnce(Fine<CanvasBackend>) -> Drawn<Fine<CanvasBackend>>,
    ) -> Result<(), JsError> {
        self.context.set_global_composite_operation("destination-over").map_err(thrown)?;
        let drawn = draw(self.backend()?);
        self.context.set_global_composite_operation("source-over").map_err(thrown)?;
        Ok(drawn?)
    }

    /// Makes `pixels`, RGBA, rows from the top, all that is on the canvas.
    pub(super) fn put(&self, pixels: &[u8], (width, height): (u32, u32)) -> Result<(), JsError> {
        if (self.canvas.width(), self.canvas.height()) != (width, height) {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
        let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(pixels), width, height)
            .map_err(thrown)?;
        self.context.put_image_data(&image, 0.0, 0.0).map_err(thrown)
    }
}
