//! In which minimum does a run come to rest?

use super::{Case, Offer, Task, Verdict, answered, last_news, numbered};
use crate::configuration::{Error, Value};
use crate::run::measure::{End, Measured};
use crate::run::settling::Held;
use crate::run::stationary_index::StationaryIndex;

/// The question; [`NONE`](super::NONE) is right if the run settles elsewhere, not at all, or runs
/// away.
pub(super) static MINIMUM: Task = Task {
    id: "minimum",
    reasons: &[
        "reached",
        "unlisted",
        "saddle",
        "plateau",
        "weight-decay",
        "learning-rate",
        "diverged",
        "leaving",
        "undefined",
        "moving",
    ],
    offer: |case| Ok(Offer::Minima { points: StationaryIndex::of(case.surface).minima().to_vec() }),
    judge,
};

fn judge(case: &Case<'_>, answer: &Value) -> Result<Verdict, Error> {
    let places = StationaryIndex::of(case.surface);
    let minima = places.minima();
    let chosen = numbered(answer, &(0..minima.len()).collect::<Vec<_>>())?;
    let run = case.run();
    let Measured { end, held, .. } = Measured::of(run, case.surface);
    let until = last_news(run);
    let (reached, because, place) = match (end, held) {
        (End::Minimum { index }, _) => (Some(index), "reached", minima.get(index).copied()),
        (End::OtherMinimum { point }, _) => (None, "unlisted", Some(point)),
        (End::Plateau { point } | End::Saddle { point }, Some(Held::WeightDecay)) => {
            (None, "weight-decay", Some(point))
        }
        (End::Plateau { point } | End::Saddle { point }, Some(Held::LearningRate)) => {
            (None, "learning-rate", Some(point))
        }
        (End::Saddle { point }, None) => (None, "saddle", Some(point)),
        (End::Plateau { point }, None) => (None, "plateau", Some(point)),
        (End::Diverged { .. }, _) => (None, "diverged", None),
        (End::Leaving { .. }, _) => (None, "leaving", None),
        (End::Undefined { .. }, _) => (None, "undefined", None),
        (End::Moving, _) => (None, "moving", None),
    };
    let mut numbers = vec![("step", until as f64)];
    numbers.extend(place.into_iter().flat_map(|point| [("x", point.x), ("y", point.y)]));
    Ok(Verdict {
        truth: answered(reached),
        score: f64::from(u8::from(chosen == reached)),
        because,
        numbers,
        until,
    })
}
