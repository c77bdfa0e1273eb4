//! The first picture, for a page whose lab is still on its way.

use super::picture::Picture;
use crate::configuration::Configuration;
use crate::draw::theme::Theme;
use crate::lab::Lab;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

/// Draws what is configured by default on the canvases of a plot, from bottom to top: in CSS
/// pixels, with so many canvas pixels to each. Returns the colour of the page around it.
///
/// # Errors
/// When there are not four canvases or there is no such theme, or whatever a canvas reports.
#[wasm_bindgen]
pub fn first_picture(
    canvases: Vec<HtmlCanvasElement>,
    width: f64,
    height: f64,
    ratio: f64,
    theme: &str,
) -> Result<String, JsError> {
    let canvases = canvases.try_into().map_err(|_| JsError::new("canvases: not four"))?;
    let mut lab = Lab::new(Configuration::default());
    lab.set_theme(Theme::find(theme).ok_or_else(|| JsError::new("theme: not a known theme"))?);
    lab.resize(width, height, ratio);
    let mut picture = Picture::new(canvases)?;
    picture.resize(&lab)?;
    picture.draw(&mut lab)?;
    Ok(lab.theme().paper.to_string())
}
