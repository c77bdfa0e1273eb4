//! A run to take along, films, and paths as plain objects.

use super::error::read;
use super::{plain, thrown};
use crate::configuration::{Configuration, Error, Value};
use crate::draw::theme::Theme;
use crate::error_kind::ErrorKind;
use crate::lab::Lab;
use crate::run::measure::Measured;
use crate::study::simulate::Simulated;
use wasm_bindgen::Clamped;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What `simulate` gives back. */
export interface Simulation {
  /** x0, y0, x1, y1, …: 2 · (steps + 1) numbers, fewer after a divergence or where
   *  f is undefined. */
  points: Float64Array;
  /** The bare surface, without any penalty, at each point. */
  losses: Float64Array;
  status: "running" | "converged" | "diverged" | "leaving" | "undefined";
  /** The last step, if a coordinate passed 10¹² there. */
  diverged_at: number | null;
  measured: Measured;
  /** Around the minimum nearest to the end, or nearest to the start if the run diverged or is leaving, or around the
   *  start where no minimum is known, with the settings of the first step. With weight decay it is the
   *  minimum of what the rule descends. Null where the rule is no momentum recurrence, and where the
   *  surface has no curvature there, as at a kink. */
  theory: Theory | null;
}
"#;

/// No side of a picture is longer, in CSS pixels.
const LARGEST: f64 = 16_384.0;

#[wasm_bindgen]
extern "C" {
    /// A [`Simulated`](crate::study::simulate::Simulated) as JavaScript sees it.
    #[wasm_bindgen(typescript_type = "Simulation")]
    pub type JsSimulation;
}

/// Runs the one optimizer of a configuration and returns the whole path.
///
/// # Errors
/// The first bad field and its value.
#[wasm_bindgen]
pub fn simulate(configuration: JsValue) -> Result<JsSimulation, JsValue> {
    let done = computed(configuration)?;
    let result = js_sys::Object::new();
    let set = |name: &str, value: &JsValue| {
        js_sys::Reflect::set(&result, &name.into(), value).map(|_| ()).map_err(thrown)
    };
    set("points", &js_sys::Float64Array::from(&done.coordinates()[..]))?;
    set("losses", &js_sys::Float64Array::from(done.run.losses()))?;
    set("status", &done.status().into())?;
    set(
        "diverged_at",
        &done.diverged_at().map_or(JsValue::NULL, |step| JsValue::from(step as f64)),
    )?;
    set("measured", &plain(&measured(&done))?)?;
    set("theory", &plain(&done.theory())?)?;
    Ok(result.unchecked_into())
}

/// The path of a configuration as comma-separated values; see `export/csv.rs` for the columns.
///
/// # Errors
/// The first bad field and its value.
#[wasm_bindgen]
pub fn csv(configuration: JsValue) -> Result<String, Error> {
    Ok(crate::export::csv(&computed(configuration)?))
}

/// A Python script that draws the path of a configuration with PyTorch.
///
/// # Errors
/// The first bad field and its value, or why no script can repeat this path.
#[wasm_bindgen]
pub fn pytorch(configuration: JsValue) -> Result<String, Error> {
    crate::export::pytorch(&computed(configuration)?)
}

/// A Python script that draws the path of a configuration with NumPy alone.
///
/// # Errors
/// The first bad field and its value, or why no script can repeat this path.
#[wasm_bindgen]
pub fn numpy(configuration: JsValue) -> Result<String, Error> {
    crate::export::numpy(&computed(configuration)?)
}

fn computed(configuration: JsValue) -> Result<Simulated, Error> {
    crate::study::simulate::simulate(&read("configuration", configuration)?)
}

/// The picture of a configuration after `time` steps as an SVG file of so many CSS pixels, with
/// the paths still to come if these are `foretold`. The heat is a PNG file in base64; without one
/// there is none.
///
/// # Errors
/// The first bad field and its value, `width` and `height` from 1 to 16384 among them; a heat that is
/// not base64.
#[wasm_bindgen]
pub fn svg(
    configuration: JsValue,
    width: f64,
    height: f64,
    time: f64,
    theme: &str,
    foretold: bool,
    heat: Option<String>,
) -> Result<String, JsValue> {
    let theme = known(theme)?;
    for (field, size) in [("width", width), ("height", height)] {
        within(field, size, (1.0, LARGEST))?;
    }
    let mut lab = Lab::new(Configuration::strict(&read("configuration", configuration)?)?);
    lab.resize(width, height, 1.0);
    lab.set_theme(theme);
    lab.foretell(foretold);
    lab.seek(time);
    Ok(crate::export::svg(lab, heat.as_deref()).map_err(|reason| JsError::new(&reason))?)
}

/// Pictures in a row as one animated GIF of a single palette, which begins again for ever.
#[wasm_bindgen]
pub struct Gif {
    film: crate::export::Gif,
}

#[wasm_bindgen]
impl Gif {
    /// A film of so many pixels, at most 65535 each way.
    ///
    /// # Errors
    /// Which of the two is not such a number.
    #[wasm_bindgen(constructor)]
    pub fn new(width: u32, height: u32) -> Result<Gif, JsError> {
        Ok(Self { film: crate::export::Gif::new(width, height).map_err(error)? })
    }

    /// Counts in the colours of a picture, the `data` of an `ImageData`, before the first is added.
    ///
    /// # Errors
    /// When it has another size.
    pub fn learn(&mut self, rgba: Clamped<Vec<u8>>) -> Result<(), JsError> {
        self.film.learn(&rgba).map_err(error)
    }

    /// Adds a picture that is shown for so many hundredths of a second.
    ///
    /// # Errors
    /// When it has another size.
    pub fn add(&mut self, rgba: Clamped<Vec<u8>>, hundredths: u16) -> Result<(), JsError> {
        self.film.add(&rgba, hundredths).map_err(error)
    }

    /// The whole file; the object is of no use any more.
    ///
    /// # Errors
    /// When there is no picture.
    pub fn finish(self) -> Result<Vec<u8>, JsError> {
        self.film.finish().map_err(error)
    }
}

/// The theme of this name.
fn known(id: &str) -> Result<&'static Theme, Error> {
    let value = || Value::from(id).to_string();
    let options = || Theme::IDS.join(", ");
    let reason = || ErrorKind::NotAnOption { value: value(), options: options() };
    Theme::find(id).ok_or_else(|| Error::new("theme", reason()))
}

/// Refuses a number outside of a range, and NaN.
fn within(field: &str, number: f64, (lowest, highest): (f64, f64)) -> Result<(), Error> {
    if (lowest..=highest).contains(&number) {
        return Ok(());
    }
    let value = Value::Number(number).to_string();
    Err(Error::new(field, ErrorKind::OutOfRange { value, lowest, highest }))
}

fn error(reason: String) -> JsError {
    JsError::new(&reason)
}

/// What a whole run shows.
fn measured(done: &Simulated) -> Measured {
    Measured::of(&done.run, &*done.surface)
}
