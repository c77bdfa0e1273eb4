//! The figures beside the plot, each on two canvases of its own.

use super::layer::Layer;
use super::{Lab, plain};
use crate::draw::{Facts, Figure, FigureLayout, Viewport};
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
    layout: Option<FigureLayout>,
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
            layout: None,
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

    /// The step under `x`, in CSS pixels from a figure's left.
    pub(super) fn step_at(&self, state: &State, id: &str, x: f64) -> Option<f64> {
        self.layout(id)?.1.step_at(state.subject(), x)
    }

    /// The value of each run at a step.
    pub(super) fn values_at(&self, state: &State, id: &str, step: f64) -> Vec<f64> {
        let layout = self.layout(id);
        layout.map_or(Vec::new(), |(_, layout)| layout.values_at(state.subject(), step))
    }

    pub(super) fn facts(&self, state: &State, id: &str) -> Option<Facts> {
        self.layout(id).map(|(figure, layout)| figure.facts(state.subject(), layout))
    }

    fn layout(&self, id: &str) -> Option<(Figure, &FigureLayout)> {
        let attached = self.0.iter().find(|attached| attached.figure.id() == id)?;
        Some((attached.figure, attached.layout.as_ref()?))
    }

    /// How a figure is seen, once it has been drawn.
    pub(super) fn viewport(&self, figure: Figure) -> Option<Viewport> {
        self.layout(figure.id()).map(|(_, layout)| layout.viewport)
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
        if self.shown == Some(now) {
            return Ok(());
        }
        let stands = self.shown.is_some_and(|(revision, _)| revision == now.0);
        if !stands || self.figure.ground_moves(subject) {
            let applies = self.figure.applies_to(subject);
            self.layout = applies.then(|| self.figure.layout(subject, size));
            if let Some(layout) = &self.layout {
                self.ground.resize(layout.viewport.canvas_size())?;
                self.marks.resize(layout.viewport.canvas_size())?;
                self.figure.ground(self.ground.backend()?, subject, layout)?;
            }
        }
        if let Some(layout) = &self.layout {
            self.marks.clear();
            self.figure.marks(self.marks.backend()?, subject, layout)?;
        }
        self.shown = Some(now);
        Ok(())
    }
}

#[wasm_bindgen]
impl Lab {
    /// Ids of the figures that have something to show of the surface in force: a list for each
    /// card, of those that are shown one at a time.
    ///
    /// # Errors
    /// None in practice.
    pub fn figures(&self) -> Result<JsValue, JsError> {
        let ids = |card: &Vec<Figure>| card.iter().map(|figure| figure.id()).collect::<Vec<_>>();
        plain(&self.state.figures().iter().map(ids).collect::<Vec<_>>())
    }

    /// The whole step under `x`, in CSS pixels from a figure's left, if the figure has been drawn
    /// and is over the steps.
    pub fn figure_step(&self, id: &str, x: f64) -> Option<f64> {
        self.figures.step_at(&self.state, id, x)
    }

    /// What a figure over the steps shows of each run at a step; NaN where there is nothing.
    pub fn figure_values(&self, id: &str, step: f64) -> Vec<f64> {
        self.figures.values_at(&self.state, id, step)
    }

    /// What there is to say of a figure: `lines`, the ids of the kinds of line that need a name,
    /// and for each run `ends`, the last value, `measured`, the factor by which a step shrinks
    /// the distance, and `theory`, the same by theory; null before it has been drawn.
    ///
    /// # Errors
    /// None in practice.
    pub fn figure_facts(&self, id: &str) -> Result<JsValue, JsError> {
        plain(&self.figures.facts(&self.state, id))
    }

    /// Lets a figure be drawn on two stacked canvases; nothing is drawn before `resize_figure`.
    ///
    /// # Errors
    /// When there is no such figure, or a canvas gives no 2d context.
    pub fn attach_figure(
        &mut self,
        id: &str,
        ground: HtmlCanvasElement,
        marks: HtmlCanvasElement,
    ) -> Result<(), JsError> {
        self.figures.attach(id, ground, marks)
    }

    /// Size of a figure in CSS pixels, and canvas pixels to each.
    ///
    /// # Errors
    /// When there is no such figure.
    pub fn resize_figure(
        &mut self,
        id: &str,
        width: f64,
        height: f64,
        ratio: f64,
    ) -> Result<(), JsError> {
        self.figures.resize(id, (width, height, ratio))
    }

    /// Draws a figure no more.
    pub fn detach_figure(&mut self, id: &str) {
        self.figures.detach(id);
    }
}

fn found(id: &str) -> Result<Figure, JsError> {
    Figure::find(id).ok_or_else(|| JsError::new(&format!("figure: \"{id}\" is not a known figure")))
}
