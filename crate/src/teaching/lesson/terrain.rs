//! What the ground does to descent, and what momentum does about it.

use super::Claim::{Between, Less};
use super::Plain::{Number, Numbers};
use super::{Direction, Lesson, Pick, Quantity as Q};

/// Why descent zigzags in a ravine: a rate the steep direction bears is little for the flat one.
pub(super) const ZIGZAG: Lesson = Lesson {
    id: "zigzag",
    surface: Pick("ravine", &[("kappa", Number(60.0))]),
    runs: &[Pick("gd", &[("lr", Number(0.0322))])],
    rest: &[("steps", Number(60.0)), ("speed", Number(7.5))],
    stop: None,
    choices: 3,
    right: 1,
    decimals: None,
    numbers: &[
        ("kappa", Q::Parameter("kappa")),
        ("steps", Q::Steps),
        ("crossings", Q::Overshoots(0, Direction::Steepest)),
        ("distance", Q::FinalDistance(0)),
        ("rate", Q::Setting(0, "lr")),
        ("limit", Q::Limit(0)),
        ("along", Q::ModeRate(0, Direction::Flattest)),
    ],
    claims: &[
        Less("rate", 1.0, "limit"),
        Less("steps", 1.1, "crossings"),
        Between("along", 0.95, 1.0),
        Between("distance", 1.0, 10.0),
    ],
    tries: &[],
};

/// Momentum smooths the zigzag and settles sooner.
pub(super) const SMOOTHING: Lesson = Lesson {
    id: "smoothing",
    surface: Pick("ravine", &[("kappa", Number(60.0))]),
    runs: &[
        Pick("momentum", &[("lr", Number(0.0078)), ("beta", Number(0.85))]),
        Pick("gd", &[("lr", Number(0.0322))]),
    ],
    rest: &[("steps", Number(300.0)), ("speed", Number(30.0))],
    stop: None,
    choices: 3,
    right: 1,
    decimals: None,
    numbers: &[
        ("rate", Q::Setting(0, "lr")),
        ("beta", Q::Setting(0, "beta")),
        ("descent_rate", Q::Setting(1, "lr")),
        ("momentum_crossings", Q::Overshoots(0, Direction::Steepest)),
        ("descent_crossings", Q::Overshoots(1, Direction::Steepest)),
        ("momentum_settled", Q::StepsToSettle(0)),
        ("descent_settled", Q::StepsToSettle(1)),
    ],
    claims: &[
        Less("momentum_crossings", 0.5, "descent_crossings"),
        Less("momentum_settled", 0.7, "descent_settled"),
    ],
    tries: &[],
};

/// On a plateau the slope dies out; a velocity gathers what little there is.
pub(super) const PLATEAU: Lesson = Lesson {
    id: "plateau",
    surface: Pick("plateau", &[]),
    runs: &[
        Pick("momentum", &[("lr", Number(0.2)), ("beta", Number(0.9))]),
        Pick("gd", &[("lr", Number(0.2))]),
    ],
    rest: &[("start", Numbers(&[-3.0, 1.0])), ("steps", Number(250.0)), ("speed", Number(30.0))],
    stop: Some(60),
    choices: 3,
    right: 2,
    decimals: None,
    numbers: &[
        ("rate", Q::Setting(0, "lr")),
        ("first", Q::StepLength(1, 1)),
        ("momentum_down", Q::StepsUntilBelow(0, 0.05)),
        ("descent_down", Q::StepsUntilBelow(1, 0.05)),
    ],
    claims: &[Less("momentum_down", 0.3, "descent_down")],
    tries: &[],
};

/// Almost on the ridge of a saddle: each step multiplies what little leads away.
pub(super) const SADDLE: Lesson = Lesson {
    id: "saddle",
    surface: Pick("saddle", &[]),
    runs: &[
        Pick("momentum", &[("lr", Number(0.1)), ("beta", Number(0.9))]),
        Pick("nesterov", &[("lr", Number(0.1)), ("beta", Number(0.9))]),
        Pick("gd", &[("lr", Number(0.1))]),
    ],
    rest: &[("start", Numbers(&[-3.0, 0.001])), ("steps", Number(90.0)), ("speed", Number(7.5))],
    stop: Some(32),
    choices: 4,
    right: 1,
    decimals: None,
    numbers: &[
        ("momentum_factor", Q::ModeRate(0, Direction::Flattest)),
        ("nesterov_factor", Q::ModeRate(1, Direction::Flattest)),
        ("descent_factor", Q::ModeRate(2, Direction::Flattest)),
        ("momentum_left", Q::StepsUntilBelow(0, -1.0)),
        ("nesterov_left", Q::StepsUntilBelow(1, -1.0)),
        ("descent_left", Q::StepsUntilBelow(2, -1.0)),
    ],
    claims: &[
        Less("nesterov_left", 1.0, "momentum_left"),
        Less("momentum_left", 0.6, "descent_left"),
        Between("descent_factor", 1.0999, 1.1001),
    ],
    tries: &[],
};

/// Descent stays in the first well; momentum carries over the hump into the deeper one.
pub(super) const WELLS: Lesson = Lesson {
    id: "wells",
    surface: Pick("well", &[("tilt", Number(0.3))]),
    runs: &[
        Pick("momentum", &[("lr", Number(0.01)), ("beta", Number(0.9))]),
        Pick("gd", &[("lr", Number(0.01))]),
    ],
    rest: &[("start", Numbers(&[1.9, 0.0])), ("steps", Number(160.0)), ("speed", Number(15.0))],
    stop: None,
    choices: 4,
    right: 0,
    decimals: None,
    numbers: &[
        ("rate", Q::Setting(0, "lr")),
        ("momentum_end", Q::FinalX(0)),
        ("descent_end", Q::FinalX(1)),
        ("momentum_loss", Q::FinalLoss(0)),
        ("descent_loss", Q::FinalLoss(1)),
    ],
    claims: &[
        Between("momentum_end", -1.1, -0.9),
        Between("descent_end", 0.9, 1.1),
        Less("momentum_loss", 1.0, "descent_loss"),
    ],
    tries: &["start", "beta"],
};
