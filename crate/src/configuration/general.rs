//! What is chosen for the lab as a whole, beside surface and runs.

use super::{MAX_RUNS, TASK, TASK_RUN, TUNING};
use crate::parameter::{ChoiceOption, ParameterSpec, Scale};

/// Length of the paths, in steps.
pub const STEPS: ParameterSpec =
    ParameterSpec::number("steps", "", "steps", 300.0, (10.0, 10_000.0), Scale::Logarithmic)
        .accepting(1.0, 200_000.0)
        .whole();

/// Pace of the clock, in steps per second.
pub const SPEED: ParameterSpec =
    ParameterSpec::number("speed", "", "steps per second", 15.0, (0.25, 240.0), Scale::Logarithmic)
        .accepting(0.1, 10_000.0);

/// Gradient norm and step length below which a ball counts as settled.
pub const TOLERANCE: ParameterSpec =
    ParameterSpec::number("tolerance", "", "tolerance", 1e-3, (1e-12, 1.0), Scale::Logarithmic)
        .accepting(0.0, 1e6);

/// Standard deviation of the noise in each coordinate of the gradient.
pub const NOISE: ParameterSpec =
    ParameterSpec::number("noise", "σ", "gradient noise", 0.0, (0.0, 5.0), Scale::Linear)
        .accepting(0.0, 1e6);

/// Samples in a minibatch of a loss from data; 0 takes all.
pub const BATCH: ParameterSpec =
    ParameterSpec::number("batch", "", "minibatch size (0: all)", 0.0, (0.0, 32.0), Scale::Linear)
        .accepting(0.0, 1e6)
        .whole();

/// Seed of noise and minibatches.
pub const SEED: ParameterSpec =
    ParameterSpec::number("seed", "", "seed", 1.0, (0.0, 100.0), Scale::Linear)
        .accepting(0.0, u32::MAX as f64)
        .whole();

/// Whether a number of a run that is changed on the way changes the whole path, or only what is
/// still to come. Forms of momentum that draw one path at a constant rate part in the second case.
pub const TAKES_EFFECT: ParameterSpec = ParameterSpec::choice(
    "takes_effect",
    "changes apply",
    &[
        ChoiceOption { id: "from-start", name: "from the start" },
        ChoiceOption { id: FROM_HERE, name: "from here on" },
    ],
    "from-start",
);

pub(super) const FROM_HERE: &str = "from-here";

/// Whether a surface over the plane is seen from above or in space.
pub const PROJECTION: ParameterSpec = ParameterSpec::choice(
    "projection",
    "projection",
    &[ChoiceOption { id: PLAN, name: "plan" }, ChoiceOption { id: SPACE, name: "3-D" }],
    PLAN,
);

pub(super) const PLAN: &str = "plan";
pub(super) const SPACE: &str = "space";

/// In space, the angle about the vertical by which the camera stands to the left of the y axis,
/// in degrees.
pub const YAW: ParameterSpec =
    ParameterSpec::number("yaw", "", "yaw (degrees)", -32.0, (-180.0, 180.0), Scale::Linear);

/// In space, the angle by which the camera stands above the ground, in degrees.
pub const PITCH: ParameterSpec =
    ParameterSpec::number("pitch", "", "pitch (degrees)", 48.0, (8.0, 90.0), Scale::Linear);

/// Whether the parts of each ball's step are shown as arrows.
pub const ARROWS: ParameterSpec = ParameterSpec::toggle("arrows", "arrows", false);

/// Whether the Hessian at each ball is shown by its eigenvectors and its ellipse.
pub const CURVATURE: ParameterSpec = ParameterSpec::toggle("curvature", "curvature", false);

/// Whether the map of basins lies over the surface: to which minimum each start leads.
pub const BASINS: ParameterSpec = ParameterSpec::toggle("basins", "basins of attraction", false);

/// How much the map of basins hides of the surface: 0 nothing, 1 all.
pub const BASINS_OPACITY: ParameterSpec =
    ParameterSpec::number("basins_opacity", "", "opacity", 0.8, (0.0, 1.0), Scale::Linear);

/// The run whose basins the map shows, counted from 0; where there are fewer, the last one.
pub const BASINS_RUN: ParameterSpec = one_run("basins_run", "run of the map of basins");

/// One of the runs, counted from 0; the first when nothing is said.
pub(super) const fn one_run(id: &'static str, name: &'static str) -> ParameterSpec {
    let range = (0.0, (MAX_RUNS - 1) as f64);
    ParameterSpec::number(id, "", name, 0.0, range, Scale::Linear).whole()
}

/// Whether a change of one run's learning rate changes that of all runs whose learning rate means
/// the same, so that a comparison stays fair.
pub const LOCK_LR: ParameterSpec = ParameterSpec::toggle("lock_lr", "same learning rate", false);

/// Whether the first shown run is repeated with other seeds; see [`NoiseEnsemble`](crate::study::noise_ensemble::NoiseEnsemble).
pub const CLOUD: ParameterSpec = ParameterSpec::toggle("cloud", "repeats with other seeds", false);

/// The parameter for several values of which paths are drawn; see [`SweepResult`](crate::study::sweep::SweepResult).
pub const SWEEP: ParameterSpec = ParameterSpec::choice(
    "sweep",
    "sweep over",
    &[
        ChoiceOption { id: NO_SWEEP, name: "(none)" },
        ChoiceOption { id: "lr", name: "learning rates η" },
        ChoiceOption { id: "beta", name: "momenta β" },
        ChoiceOption { id: "kappa", name: "condition numbers κ" },
    ],
    NO_SWEEP,
);

pub(super) const NO_SWEEP: &str = "none";

/// How far a sweep goes to either side of the present value, in lengths of its slider.
pub const SWEEP_REACH: ParameterSpec = ParameterSpec::number(
    "sweep_reach",
    "",
    "sweep width (share of the slider)",
    0.15,
    (0.01, 1.0),
    Scale::Linear,
);

/// Whether a run is shown. A hidden one is computed and kept.
pub const VISIBLE: ParameterSpec = ParameterSpec::toggle("visible", "shown", true);

/// The parameters that belong to the lab as a whole.
pub const GENERAL: [ParameterSpec; 22] = [
    STEPS,
    SPEED,
    TOLERANCE,
    NOISE,
    BATCH,
    SEED,
    CLOUD,
    TAKES_EFFECT,
    SWEEP,
    SWEEP_REACH,
    LOCK_LR,
    PROJECTION,
    YAW,
    PITCH,
    ARROWS,
    CURVATURE,
    BASINS,
    BASINS_OPACITY,
    BASINS_RUN,
    TUNING,
    TASK,
    TASK_RUN,
];
