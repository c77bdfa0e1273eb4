//! What can be chosen of a map: the catalogue lists it even where maps are computed elsewhere.

use crate::parameter::{ChoiceOption, ParameterSpec, Scale};

/// Cells in a row of a map.
pub const WIDTH: ParameterSpec =
    ParameterSpec::number("width", "", "cells in a row", 256.0, (1.0, 1024.0), Scale::Linear)
        .whole();

/// Rows of a map.
pub const HEIGHT: ParameterSpec =
    ParameterSpec::number("height", "", "rows", 256.0, (1.0, 1024.0), Scale::Linear).whole();

/// The most steps that a ball of a map makes.
pub const MAX_STEPS: ParameterSpec =
    ParameterSpec::number("max_steps", "", "steps", 1000.0, (1.0, 65_535.0), Scale::Logarithmic)
        .whole();

/// Gradient norm and step length below which a ball of a map is at rest, see
/// [`Settling`](crate::run::settling::Settling).
pub const TOLERANCE: ParameterSpec =
    ParameterSpec::number("tolerance", "", "tolerance", 1e-3, (1e-12, 1.0), Scale::Logarithmic)
        .accepting(f64::MIN_POSITIVE, 1e6);

/// How momentum is spread over the rows of a map over settings.
pub const BETA_SCALE: ParameterSpec = ParameterSpec::choice(
    "beta_scale",
    "scale of momentum",
    &[
        ChoiceOption { id: "linear", name: "equal steps" },
        ChoiceOption { id: NEAR_ONE, name: "equal ratios of 1 − β" },
    ],
    "linear",
);

/// Cells lie closer the nearer momentum is to 1.
pub(crate) const NEAR_ONE: &str = "near-one";
