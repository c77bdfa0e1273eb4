//! Rules and their limits: forms of momentum, Adam, noise, tuning that fails, and one by hand.

use super::Claim::{Between, Less};
use super::Plain::{Number, Numbers, Rows, Text};
use super::{Direction, Lesson, Pick, Quantity as Q};

/// Three notations of one path, until the learning rate drops on the way.
pub(super) const FORMS: Lesson = Lesson {
    id: "forms",
    surface: Pick("ravine", &[("kappa", Number(10.0))]),
    runs: &[
        Pick(
            "momentum",
            &[
                ("lr", Number(0.02)),
                ("beta", Number(0.9)),
                ("form", Text("accumulating")),
                ("changes", Rows(&[&[("step", 12.0), ("lr", 0.002)]])),
            ],
        ),
        Pick(
            "momentum",
            &[
                ("lr", Number(0.2)),
                ("beta", Number(0.9)),
                ("form", Text("ema")),
                ("changes", Rows(&[&[("step", 12.0), ("lr", 0.02)]])),
            ],
        ),
        Pick(
            "momentum",
            &[
                ("lr", Number(0.02)),
                ("beta", Number(0.9)),
                ("form", Text("polyak")),
                ("changes", Rows(&[&[("step", 12.0), ("lr", 0.002)]])),
            ],
        ),
    ],
    rest: &[("steps", Number(60.0)), ("speed", Number(7.5)), ("takes_effect", Text("from-here"))],
    stop: None,
    choices: 3,
    right: 2,
    decimals: None,
    numbers: &[
        ("before", Q::Apart(0, 2, 12)),
        ("after", Q::Apart(0, 2, 22)),
        ("average_before", Q::Apart(0, 1, 12)),
        ("average_after", Q::Apart(0, 1, 22)),
        ("accumulating_step", Q::StepLength(0, 13)),
        ("polyak_step", Q::StepLength(2, 13)),
    ],
    claims: &[
        Between("before", 0.0, 1e-9),
        Between("average_before", 0.0, 1e-9),
        Between("average_after", 0.0, 1e-9),
        Between("after", 0.5, 100.0),
        Less("accumulating_step", 0.2, "polyak_step"),
    ],
    tries: &["lr", "changes"],
};

/// Adam's first moment is momentum: it overshoots, and β₁ says how much.
pub(super) const ADAM: Lesson = Lesson {
    id: "adam",
    surface: Pick("ravine", &[("kappa", Number(60.0))]),
    runs: &[
        Pick("adam", &[("lr", Number(0.3)), ("beta1", Number(0.0))]),
        Pick("adam", &[("lr", Number(0.3)), ("beta1", Number(0.9))]),
    ],
    rest: &[("steps", Number(200.0)), ("speed", Number(15.0))],
    stop: None,
    choices: 3,
    right: 1,
    decimals: None,
    numbers: &[
        ("rate", Q::Setting(0, "lr")),
        ("without", Q::Overshoots(0, Direction::Steepest)),
        ("with", Q::Overshoots(1, Direction::Steepest)),
    ],
    claims: &[Less("without", 0.3, "with")],
    tries: &[],
};

/// Noise keeps the ball moving: its variance is a floor that the learning rate sets.
pub(super) const NOISE: Lesson = Lesson {
    id: "noise",
    surface: Pick("bowl", &[]),
    runs: &[
        Pick("momentum", &[("lr", Number(0.02)), ("beta", Number(0.9))]),
        Pick("momentum", &[("lr", Number(0.08)), ("beta", Number(0.9))]),
    ],
    rest: &[("noise", Number(1.5)), ("steps", Number(2500.0)), ("speed", Number(240.0))],
    stop: None,
    choices: 4,
    right: 1,
    decimals: None,
    numbers: &[
        ("high", Q::Setting(1, "lr")),
        ("low", Q::Setting(0, "lr")),
        ("high_variance", Q::Variance(1, 200)),
        ("low_variance", Q::Variance(0, 200)),
        ("high_theory", Q::StationaryVariance(1)),
        ("low_theory", Q::StationaryVariance(0)),
    ],
    claims: &[
        Less("low_variance", 0.3, "high_variance"),
        Less("high_variance", 1.15, "high_theory"),
        Less("high_theory", 1.15, "high_variance"),
        Less("low_variance", 1.15, "low_theory"),
        Less("low_theory", 1.15, "low_variance"),
    ],
    tries: &[],
};

/// The momentum that is best for quadratics cycles for ever on a convex function.
pub(super) const CYCLE: Lesson = Lesson {
    id: "cycle",
    surface: Pick("lessard", &[]),
    runs: &[
        Pick("momentum", &[("lr", Number(1.0 / 9.0)), ("beta", Number(4.0 / 9.0))]),
        Pick("gd", &[("lr", Number(2.0 / 26.0))]),
    ],
    rest: &[("start", Numbers(&[3.2, 0.0])), ("steps", Number(180.0)), ("speed", Number(7.5))],
    stop: None,
    choices: 3,
    right: 1,
    decimals: None,
    numbers: &[
        ("rate", Q::Setting(0, "lr")),
        ("beta", Q::Setting(0, "beta")),
        ("first", Q::At(0, 178)),
        ("second", Q::At(0, 179)),
        ("third", Q::At(0, 180)),
        ("predicted", Q::ModeRate(0, Direction::Steepest)),
        ("descent_settled", Q::StepsToSettle(1)),
    ],
    claims: &[
        Between("predicted", 0.6, 0.7),
        Between("first", -1.8025, -1.8024),
        Between("second", 2.1159, 2.116),
        Between("third", 0.6465, 0.6466),
        Between("descent_settled", 100.0, 180.0),
    ],
    tries: &[],
};

/// PyTorch's best-known momentum example, step by step.
pub(super) const BY_HAND: Lesson = Lesson {
    id: "by-hand",
    surface: Pick("parabola", &[]),
    runs: &[Pick("momentum", &[("lr", Number(0.01)), ("beta", Number(0.9))])],
    rest: &[
        ("start", Numbers(&[1.0, 0.0])),
        ("steps", Number(3.0)),
        ("speed", Number(1.875)),
        ("view", Numbers(&[0.92, 1.02, -0.1, 0.1])),
    ],
    stop: Some(2),
    choices: 3,
    right: 2,
    decimals: Some(6),
    numbers: &[
        ("first_gradient", Q::Slope(0, 0)),
        ("first", Q::At(0, 1)),
        ("second_gradient", Q::Slope(0, 1)),
        ("second", Q::At(0, 2)),
        ("first_step", Q::StepLength(0, 1)),
        ("second_step", Q::StepLength(0, 2)),
    ],
    claims: &[
        Between("first", 0.989_999_999, 0.990_000_001),
        Between("second", 0.971_099_999, 0.971_100_001),
        Less("first_step", 1.0, "second_step"),
    ],
    tries: &[],
};
