//! Theory and measured behaviour of runs, and the plane of learning rate and momentum.

use super::{Lab, plain};
use crate::draw::{Figure, Viewport};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** How a ball behaves along one direction: `critical` is the border between the first and the
 *  third, `alternating` jumps to the other side at every step. */
export type Regime = "monotone" | "critical" | "oscillating" | "alternating" | "divergent";

/** What theory says of a momentum recurrence around one place. Pairs belong to the directions of the
 *  surface's least and greatest curvature; exact on quadratics, local elsewhere. */
export interface Theory {
  /** Learning rate, with the schedule's share. */
  lr: number;
  /** Momentum; 0 for plain descent. */
  beta: number;
  /** Coupled weight decay, which adds to every curvature. */
  decay: number;
  /** Whether the rule climbs, which turns the sign of every curvature. */
  climbs: boolean;
  /** Symbols of the parameters that are tied to the momentum, so that `critical_beta` is theirs too. */
  follows: string[];
  /** Around which place it holds. */
  point: [number, number];
  /** Of the surface's Hessian, ascending. */
  eigenvalues: [number, number];
  /** What the rule meets: ±eigenvalue plus weight decay. */
  curvatures: [number, number];
  /** Their eigenvectors [x, y], of length 1. */
  directions: [[number, number], [number, number]];
  /** The larger over the smaller of `curvatures` where both are positive. */
  condition_number: number | null;
  /** rate: the factor by which a step shrinks the distance in the long run; period: steps for a
   *  full swing, when oscillating or alternating. */
  modes: [Mode, Mode];
  /** The larger of both rates. */
  spectral_radius: number;
  /** The learning rate from which each direction diverges; null where every one does. */
  limits: [number | null, number | null];
  /** The least momentum that damps each direction critically at this lr, the rule's other parameters
   *  as they are. */
  critical_beta: [number | null, number | null];
  /** Why there is no such momentum: lr·λ is 1 or more, so that equal factors alternate; the curvature
   *  is 0; it is negative; momentum or gradient are not felt. */
  uncritical: [Uncritical | null, Uncritical | null];
  /** lr·gain/(1 − β): what a constant gradient comes to move in a step. */
  effective_step: number;
  /** Whether the surface is quadratic, so that all this holds everywhere. */
  exact: boolean;
  /** The setting with the smallest spectral radius, where both curvatures are positive. */
  best: { lr: number; beta: number; rate: number } | null;
}
export type Uncritical = "steep" | "flat" | "downward" | "unfelt";
export interface Mode {
  regime: Regime;
  rate: number;
  period: number | null;
}

/** What a whole path shows. */
export interface Measured {
  /** First step, from 1 on, after which the gradient that the rule descends and the step's length
   *  are under the tolerance. */
  settled: number | null;
  /** Fitted factor by which a step shrinks the distance to the resting place. */
  rate: number | null;
  /** Along the flattest and the steepest direction at the resting place: crossings of it until
   *  twice the settling step, mean steps for one full swing, fitted factor of a step. */
  swings: [Swing, Swing];
  path_length: number;
  /** Path length over the straight distance between its ends, at least 1. */
  detour: number | null;
  /** `index` counts the surface's minima; `step` is the last one. */
  end:
    | { kind: "minimum"; index: number }
    | { kind: "other-minimum" | "saddle" | "plateau"; point: [number, number] }
    | { kind: "diverged" | "leaving" | "undefined"; step: number }
    | { kind: "moving" };
  /** Why the ball is at rest where f still slopes, if it is. */
  held: "weight-decay" | "learning-rate" | null;
}
export interface Swing {
  overshoots: number;
  period: number | null;
  decay: number | null;
}

/** How far the repeats of a run with other seeds are spread, in standard deviations along the
 *  flattest and the steepest direction at the resting place. */
export interface Spread {
  run: number;
  repeats: number;
  measured: [number, number];
  /** Once the start is forgotten; null where theory has no word. */
  theory: [number | null, number | null];
}

/** What theory says of a setting of learning rate and momentum. */
export interface Forecast {
  lr: number;
  beta: number;
  /** Null where there is no theory, and so are `regimes`. */
  spectral_radius: number | null;
  /** Along the flattest and the steepest direction. */
  regimes: [Regime, Regime] | null;
}

/** Around which place the plane's theory holds: everywhere on a quadratic; around the minimum that the
 *  run reaches, or around the nearest one; nowhere, because there is a kink at the minimum or none
 *  is known. */
export type Around =
  | { kind: "everywhere" }
  | { kind: "nowhere" }
  | { kind: "reached" | "nearest" | "kink"; point: [number, number] };

/** The plane of learning rate and momentum as it is shown. */
export interface Plane {
  /** The run whose rule it is. */
  run: number;
  around: Around;
  /** Whether its shades are measured: a map over settings in place of theory's bands. */
  measured: boolean;
  /** Whether the rule's quadratic curves down, so that the ball moves away at any setting. */
  curves_down: boolean;
  /** Coupled weight decay, which adds to every curvature. */
  decay: number;
  /** Whether the rule climbs, which turns the sign of every curvature. */
  climbs: boolean;
  /** The lowest and the highest learning rate. */
  lr: [number, number];
  /** The lowest and the highest momentum. */
  beta: [number, number];
  /** How momentum is spread. */
  beta_scale: "near-one";
  /** The same ends as coordinates of the plane: left, right, bottom, top. */
  bounds: [number, number, number, number];
  /** Where it lies in the figure, in CSS pixels: left, top, width, height. */
  frame: [number, number, number, number];
  /** One for each run whose rule is a momentum recurrence: where it is in the figure, in CSS
   *  pixels, and whether it has momentum to be set; else it keeps to β = 0. */
  handles: (Forecast & { run: number; x: number; y: number; has_momentum: boolean })[];
  /** The runs that are shown and have no place on it. */
  without: number[];
}

/** An element of MathML: a token with its text, or what it is made of. */
export interface Maths {
  tag: string;
  text: string;
  children: Maths[];
}

/** One assignment of an update rule, with the numbers of a step. */
export interface RuleLine {
  symbols: Maths;
  /** What it sets: x and, where there is one, y; empty where that is not known. */
  values: number[];
  /** The right side with numbers, nothing at the start, and its value. */
  numbers: { terms: Maths | null; value: Maths; spoken: string } | null;
  spoken: string;
}
"#;

#[wasm_bindgen]
impl Lab {
    /// A run's update rule, with the numbers of the step that led to where it is; null while
    /// these are still being worked out: ask again at the next frame.
    ///
    /// # Errors
    /// None in practice.
    #[wasm_bindgen(unchecked_return_type = "RuleLine[] | null")]
    pub fn rule(&mut self, run: usize) -> Result<JsValue, JsError> {
        plain(&self.state.rule(run))
    }

    /// What theory says of a run at its ball's present place and settings; null where its rule
    /// is no momentum recurrence, and where the surface has no curvature at the ball.
    ///
    /// # Errors
    /// None in practice.
    #[wasm_bindgen(unchecked_return_type = "Theory | null")]
    pub fn theory(&self, run: usize) -> Result<JsValue, JsError> {
        plain(&self.state.theory(run))
    }

    /// Whether a run's rule at its present settings is a momentum recurrence, which theory is about.
    pub fn is_linear(&self, run: usize) -> bool {
        self.state.is_linear(run)
    }

    /// How far the cloud of repeats is spread now; null without one.
    ///
    /// # Errors
    /// None in practice.
    #[wasm_bindgen(unchecked_return_type = "Spread | null")]
    pub fn spread(&self) -> Result<JsValue, JsError> {
        plain(&self.state.spread())
    }

    /// What a run's whole path shows; null where there is no such run.
    ///
    /// # Errors
    /// None in practice.
    #[wasm_bindgen(unchecked_return_type = "Measured | null")]
    pub fn measured(&self, run: usize) -> Result<JsValue, JsError> {
        plain(&self.state.measured(run))
    }

    /// The plane of learning rate and momentum as its figure shows it; null where no run has
    /// one, and before `resize_figure`.
    ///
    /// # Errors
    /// None in practice.
    #[wasm_bindgen(unchecked_return_type = "Plane | null")]
    pub fn plane(&self) -> Result<JsValue, JsError> {
        plain(&self.plane_viewport().and_then(|viewport| self.state.plane(&viewport)))
    }

    /// What theory says of the setting that a drag to (x, y) would give, in CSS pixels from the
    /// figure's top left; null off the plane.
    ///
    /// # Errors
    /// None in practice.
    #[wasm_bindgen(unchecked_return_type = "Forecast | null")]
    pub fn plane_at(&self, x: f64, y: f64) -> Result<JsValue, JsError> {
        plain(&self.plane_viewport().and_then(|viewport| self.state.plane_at(&viewport, x, y)))
    }

    /// Shows the plane of a run, where it has one.
    pub fn choose_plane(&mut self, run: usize) {
        self.state.choose_plane(run);
    }

    /// Gives a run the setting at (x, y), in CSS pixels from the figure's top left. Returns the
    /// accepted whole configuration.
    ///
    /// # Errors
    /// The first bad field and its value; nothing has changed then.
    pub fn plane_drag(&mut self, run: usize, x: f64, y: f64) -> Result<JsValue, JsValue> {
        if let Some(viewport) = self.plane_viewport() {
            self.state.plane_drag(&viewport, run, (x, y))?;
        }
        Ok(self.configuration()?)
    }
}

impl Lab {
    fn plane_viewport(&self) -> Option<Viewport> {
        self.figures.viewport(Figure::Plane)
    }
}
