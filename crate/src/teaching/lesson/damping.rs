//! How much momentum: too little, too much, just enough, and looking ahead.

use super::Claim::{Between, Less};
use super::Plain::{Number, Numbers};
use super::{Direction, Lesson, Pick, Quantity as Q};

/// Too much momentum: the ball swings through the minimum again and again.
pub(super) const TOO_MUCH: Lesson = Lesson {
    id: "too-much",
    surface: Pick("ravine", &[("kappa", Number(3.0))]),
    runs: &[
        Pick("momentum", &[("lr", Number(0.02)), ("beta", Number(0.8))]),
        Pick("momentum", &[("lr", Number(0.02)), ("beta", Number(0.97))]),
    ],
    rest: &[("steps", Number(700.0)), ("speed", Number(60.0))],
    stop: None,
    choices: 3,
    right: 2,
    decimals: None,
    numbers: &[
        ("little", Q::Setting(0, "beta")),
        ("much", Q::Setting(1, "beta")),
        ("little_settled", Q::StepsToSettle(0)),
        ("much_settled", Q::StepsToSettle(1)),
        ("little_overshoots", Q::Overshoots(0, Direction::Steepest)),
        ("much_overshoots", Q::Overshoots(1, Direction::Steepest)),
        ("much_along", Q::Overshoots(1, Direction::Flattest)),
        ("little_along", Q::Overshoots(0, Direction::Flattest)),
        ("period", Q::Period(1, Direction::Steepest)),
    ],
    claims: &[
        Less("little_settled", 0.4, "much_settled"),
        Between("little_overshoots", 1.0, 6.0),
        Between("much_overshoots", 20.0, 100.0),
        // Those quoted are the larger ones of both directions.
        Less("little_along", 1.0, "little_overshoots"),
        Less("much_along", 1.0, "much_overshoots"),
    ],
    tries: &[],
};

/// Critical damping: at the border between creeping and swinging the factor per step is smallest in
/// the long run; a shade above it a small overshoot within the tolerance settles sooner.
pub(super) const CRITICAL: Lesson = Lesson {
    id: "critical",
    surface: Pick("parabola", &[]),
    runs: &[
        Pick("momentum", &[("lr", Number(0.04)), ("beta", Number(0.2))]),
        Pick("momentum", &[("lr", Number(0.04)), ("beta", Number(0.64))]),
        Pick("momentum", &[("lr", Number(0.04)), ("beta", Number(0.9))]),
    ],
    rest: &[("start", Numbers(&[1.3, 0.0])), ("steps", Number(150.0)), ("speed", Number(15.0))],
    stop: None,
    choices: 3,
    right: 1,
    decimals: None,
    numbers: &[
        ("rate", Q::Setting(0, "lr")),
        ("low", Q::Setting(0, "beta")),
        ("middle", Q::Setting(1, "beta")),
        ("high", Q::Setting(2, "beta")),
        ("critical", Q::CriticalBeta(1, Direction::Steepest)),
        ("low_settled", Q::StepsToSettle(0)),
        ("middle_settled", Q::StepsToSettle(1)),
        ("high_settled", Q::StepsToSettle(2)),
        ("high_overshoots", Q::Overshoots(2, Direction::Steepest)),
        ("shade_settled", Q::SettlesWith(1, "beta", 0.66)),
    ],
    claims: &[
        Between("critical", 0.639_999, 0.640_001),
        Less("middle_settled", 0.6, "low_settled"),
        Less("middle_settled", 0.6, "high_settled"),
        Between("high_overshoots", 3.0, 100.0),
    ],
    tries: &["beta"],
};

/// Nesterov feels the slope where the velocity is about to carry the ball, and brakes in time.
pub(super) const LOOK_AHEAD: Lesson = Lesson {
    id: "look-ahead",
    surface: Pick("ravine", &[("kappa", Number(40.0))]),
    runs: &[
        Pick("momentum", &[("lr", Number(0.01)), ("beta", Number(0.9))]),
        Pick("nesterov", &[("lr", Number(0.01)), ("beta", Number(0.9))]),
    ],
    rest: &[("steps", Number(240.0)), ("speed", Number(15.0))],
    stop: None,
    choices: 3,
    right: 1,
    decimals: None,
    numbers: &[
        ("rate", Q::Setting(0, "lr")),
        ("beta", Q::Setting(0, "beta")),
        ("momentum_overshoots", Q::Overshoots(0, Direction::Steepest)),
        ("nesterov_overshoots", Q::Overshoots(1, Direction::Steepest)),
        ("momentum_factor", Q::ModeRate(0, Direction::Steepest)),
        ("nesterov_factor", Q::ModeRate(1, Direction::Steepest)),
        ("momentum_settled", Q::StepsToSettle(0)),
        ("nesterov_settled", Q::StepsToSettle(1)),
    ],
    claims: &[
        Less("nesterov_overshoots", 0.5, "momentum_overshoots"),
        Less("nesterov_factor", 0.9, "momentum_factor"),
        Less("nesterov_settled", 1.0, "momentum_settled"),
    ],
    tries: &[],
};
