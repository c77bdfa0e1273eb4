//! In which minimum does a run come to rest?

use super::{Case, Offer, Task, Verdict, answered, last_news, numbered};
use crate::configuration::{Complaint, Value};
use crate::measure::{End, Measured};
use crate::places::Places;

/// The question; [`NONE`](super::NONE) is right if the run settles elsewhere, not at all, or runs
/// away.
pub(super) static MINIMUM: Task = Task {
    id: "minimum",
    reasons: &["reached", "saddle", "plateau", "diverged", "moving"],
    offer: |case| Ok(Offer::Minima { points: Places::of(case.surface).minima().to_vec() }),
    judge,
};

fn judge(case: &Case<'_>, answer: &Value) -> Result<Verdict, Complaint> {
    let places = Places::of(case.surface);
    let minima = places.minima();
    let chosen = numbered(answer, &(0..minima.len()).collect::<Vec<_>>())?;
    let run = case.run();
    let end = Measured::of(run, case.surface).end;
    let until = last_news(run);
    let (reached, because, place) = match end {
        End::Minimum { index } => (Some(index), "reached", minima.get(index).copied()),
        End::Saddle { point } => (None, "saddle", Some(point)),
        End::Plateau { point } => (None, "plateau", Some(point)),
        End::Diverged { .. } => (None, "diverged", None),
        End::Moving => (None, "moving", None),
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
