//! Maps as typed arrays, whole or piece by piece for workers.

use super::error::read as plain_data;
use super::thrown;
use crate::configuration::{Configuration, Error, Value};
use crate::map::{Cell, Cells, Map, Options, Pass, STRIDES};
use js_sys::{Float64Array, Object, Reflect, Uint8Array, Uint16Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What both kinds of map are asked for. */
export interface MapOptions {
  /** Which of the configuration's runs; 0. */
  run?: number;
  width?: number;
  height?: number;
  /** The most steps of a ball. */
  max_steps?: number;
  /** Gradient norm under which a ball stops. */
  tolerance?: number;
}
/** A map over starts; `bounds` is [x_min, x_max, y_min, y_max], else the configuration's view. */
export interface BasinsOptions extends MapOptions {
  bounds?: [number, number, number, number];
}
/** A map over learning rate, left to right, and momentum, bottom to top; each is [lowest,
 *  highest], else the range of its slider. Of w columns, column c shows the learning rate at the
 *  share t = (c + 1/2)/w of the way from lowest to highest in equal ratios, l·(h/l)^t. */
export interface TuningOptions extends MapOptions {
  lr?: [number, number];
  beta?: [number, number];
  /** How momentum is spread over the rows: `linear`, in equal steps, l + t·(h − l), is the default;
   *  `near-one`, in equal ratios of 1 − β, 1 − (1 − l)·((1 − h)/(1 − l))^t, needs h < 1. */
  beta_scale?: "linear" | "near-one";
}
/** What became of the balls of some cells: of a whole map row by row from the top, each from the
 *  left; of a piece, those cells of its pass that lie in its rows, in the same order. */
export interface Cells {
  /** Index of the minimum reached; 253: came to where f or its gradient is not a finite number;
   *  254: still moving after the last step or at rest in no minimum; 255: diverged or leaving. */
  labels: Uint8Array;
  /** The step at which the ball settled, else steps made. */
  steps: Uint16Array;
  /** Tuning only: crossings of the resting place, along the eigen-direction with more of them. */
  overshoots?: Uint16Array;
  /** x0, y0, x1, y1, …: the surface's minima. */
  minima: Float64Array;
}
/** The same of a map over settings. */
export interface TunedCells extends Cells {
  overshoots: Uint16Array;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// [`Cells`] as JavaScript sees them.
    #[wasm_bindgen(typescript_type = "Cells")]
    pub type ComputedCells;
    /// The same of a map over settings.
    #[wasm_bindgen(typescript_type = "TunedCells", extends = ComputedCells)]
    pub type TunedCells;
    /// The options of a map over starts.
    #[wasm_bindgen(typescript_type = "BasinsOptions")]
    pub type BasinsOptions;
    /// The options of a map over settings.
    #[wasm_bindgen(typescript_type = "TuningOptions")]
    pub type TuningOptions;
}

/// What becomes of balls that start at the centres of a rectangle's cells.
///
/// # Errors
/// The first bad field and its value.
#[wasm_bindgen]
pub fn basins(configuration: JsValue, options: BasinsOptions) -> Result<ComputedCells, JsValue> {
    let mut map = read(configuration, options.into(), Options::basins)?;
    let cells = map.whole();
    Ok(plain(&map, &cells)?)
}

/// What becomes of the ball at many learning rates and momenta.
///
/// # Errors
/// The first bad field and its value; `runs[…].beta` where the rule has no momentum.
#[wasm_bindgen]
pub fn tuning(configuration: JsValue, options: TuningOptions) -> Result<TunedCells, JsValue> {
    let mut map = read(configuration, options.into(), Options::tuning)?;
    let cells = map.whole();
    Ok(plain(&map, &cells)?.unchecked_into())
}

/// A map that is computed in passes from coarse to fine, and each pass in any pieces.
#[wasm_bindgen]
pub struct MapJob {
    map: Map,
}

#[wasm_bindgen]
impl MapJob {
    /// A map over starts.
    ///
    /// # Errors
    /// As `basins`.
    pub fn basins(configuration: JsValue, options: BasinsOptions) -> Result<MapJob, Error> {
        let map = read(configuration, options.into(), Options::basins)?;
        Ok(Self { map })
    }

    /// A map over settings.
    ///
    /// # Errors
    /// As `tuning`.
    pub fn tuning(configuration: JsValue, options: TuningOptions) -> Result<MapJob, Error> {
        let map = read(configuration, options.into(), Options::tuning)?;
        Ok(Self { map })
    }

    /// What becomes of the ball from the configuration's start at one learning rate and momentum:
    /// one cell.
    ///
    /// # Errors
    /// None in practice.
    pub fn at(&mut self, lr: f64, beta: f64) -> Result<ComputedCells, JsValue> {
        let cells = self.map.at(lr, beta);
        Ok(plain(&self.map, &cells)?)
    }

    /// What becomes of the ball of one cell, counted from the left and from the top.
    ///
    /// # Errors
    /// None in practice.
    pub fn cell(&mut self, column: usize, row: usize) -> Result<ComputedCells, JsValue> {
        let cells = self.map.compute(&[Cell { column, row }]);
        Ok(plain(&self.map, &cells)?)
    }

    /// Cells in a row.
    #[wasm_bindgen(getter)]
    pub fn width(&self) -> usize {
        self.map.options().grid.width
    }

    /// Rows.
    #[wasm_bindgen(getter)]
    pub fn height(&self) -> usize {
        self.map.options().grid.height
    }

    /// x0, y0, x1, y1, …: the surface's minima.
    #[wasm_bindgen(getter)]
    pub fn minima(&self) -> Vec<f64> {
        places(&self.map)
    }

    /// The most steps of a ball.
    #[wasm_bindgen(getter)]
    pub fn max_steps(&self) -> usize {
        self.map.options().max_steps
    }

    /// The distances of cells with which passes may begin, from coarse to fine, each half the one
    /// before; the last is 1.
    #[wasm_bindgen(getter)]
    pub fn strides(&self) -> Vec<u32> {
        STRIDES.map(|stride| stride as u32).to_vec()
    }

    /// Computes the cells of a pass from row `from` to before row `to`, and from column `left` to
    /// before column `right`: those whose column and row are multiples of `stride`, and where it
    /// `refines` not of twice that.
    ///
    /// # Errors
    /// None in practice.
    pub fn run(
        &mut self,
        stride: usize,
        refines: bool,
        from: usize,
        to: usize,
        left: usize,
        right: usize,
    ) -> Result<ComputedCells, JsValue> {
        let cells = self.map.run(Pass { stride, refines }, from..to, left..right);
        Ok(plain(&self.map, &cells)?)
    }
}

fn read(
    configuration: JsValue,
    options: JsValue,
    read: fn(&Configuration, &Value) -> Result<Options, Error>,
) -> Result<Map, Error> {
    let configuration = Configuration::strict(&plain_data("configuration", configuration)?)?;
    let options = read(&configuration, &plain_data("options", options)?)?;
    Ok(Map::new(&configuration, options))
}

fn plain(map: &Map, cells: &Cells) -> Result<ComputedCells, JsError> {
    let result = Object::new();
    let set = |name: &str, value: &JsValue| {
        Reflect::set(&result, &name.into(), value).map(|_| ()).map_err(thrown)
    };
    set("labels", &Uint8Array::from(&cells.labels[..]))?;
    set("steps", &Uint16Array::from(&cells.steps[..]))?;
    if !cells.overshoots.is_empty() {
        set("overshoots", &Uint16Array::from(&cells.overshoots[..]))?;
    }
    set("minima", &Float64Array::from(&places(map)[..]))?;
    Ok(result.unchecked_into())
}

fn places(map: &Map) -> Vec<f64> {
    map.minima().iter().flat_map(|point| [point.x, point.y]).collect()
}
