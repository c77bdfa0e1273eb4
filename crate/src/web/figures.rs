//! The figures beside the plot, each on two canvases of its own.

use super::Layer;
use crate::draw::{Figure, Viewport};
use crate::lab::Lab as State;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

/// A figure with its canvases, and what they show.
struct Attached {
    figure: Figure,
    ground: Layer,
    marks: Layer,
    /// Width and height in CSS pixels, canvas pixels to each; nothing is drawn before it is set.
    size: Option<(f64, f64, f64)>,
    viewport: Option<Viewport>,
    /// Revision and time that the canvases show.
    shown: Option<(u64, f64)>,
}

/// The figures that the page has given canvases.
#[derive(Default)]
pub(super) struct Figures(Vec<Attached>);

impl Figures {
    pub(super) fn attach(
        &mut self,
        id: &str,
        ground: HtmlCanvasElement,
        marks: HtmlCanvasElement,
    ) -> Result<(), JsError> {
        let figure = found(id)?;
        self.detach(id);
        self.0.push(Attached {
            figure,
            ground: Layer::new(ground)?,
            marks: Layer::new(marks)?,
            size: None,
            viewport: None,
            shown: None,
        });
        Ok(())
    }

    pub(super) fn detach(&mut self, id: &str) {
        self.0.retain(|attached| attached.figure.id() != id);
    }

    pub(super) fn resize(&mut self, id: &str, size: (f64, f64, f64)) -> Result<(), JsError> {
        let figure = found(id)?;
        if let Some(attached) = self.0.iter_mut().find(|attached| attached.figure == figure) {
            (attached.size, attached.shown) = (Some(size), None);
        }
        Ok(())
    }

    /// Draws what is stale.
    pub(super) fn draw(&mut self, state: &State) -> Result<(), JsError> {
        for attached in &mut self.0 {
            attached.draw(state)?;
        }
        Ok(())
    }
}

impl Attached {
    fn draw(&mut self, state: &State) -> Result<(), JsError> {
        let (Some(size), subject) = (self.size, state.subject()) else { return Ok(()) };
        let now = (state.revision(), subject.time);
        if self.shown == Some(now) || !self.figure.applies_to(subject.surface) {
            return Ok(());
        }
        let stands = self.shown.is_some_and(|(revision, _)| revision == now.0);
        let viewport = match self.viewport {
            Some(viewport) if stands => viewport,
            _ => {
                let viewport = self.figure.viewport(subject, size);
                self.ground.resize(viewport.canvas_size())?;
                self.marks.resize(viewport.canvas_size())?;
                self.figure.ground(self.ground.backend()?, subject, &viewport)?;
                viewport
            }
        };
        self.marks.clear();
        self.figure.marks(self.marks.backend()?, subject, &viewport)?;
        (self.viewport, self.shown) = (Some(viewport), Some(now));
        Ok(())
    }
}

fn found(id: &str) -> Result<Figure, JsError> {
    Figure::find(id).ok_or_else(|| JsError::new(&format!("figure: \"{id}\" is not a known figure")))
}
