//! What a computed path shows: rates, swings, lengths, energies, and where it ended.

use crate::math::geometry::Point;
use crate::run::settling::Held;
use crate::run::stationary_index::Place;
use crate::run::{Run, Status};
use crate::surface::AnySurface;
use crate::theory::directions;
use serde::Serialize;

/// Where a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum End {
    /// In a minimum.
    Minimum {
        /// Its place in the surface's list.
        index: usize,
    },
    /// In a minimum that is not in that list, e.g. on the floor of a level valley.
    OtherMinimum {
        /// Where.
        point: Point,
    },
    /// At rest on a saddle or a maximum.
    Saddle {
        /// Where.
        point: Point,
    },
    /// At rest far from any stationary point: where the surface is flat, or [held](Measured::held)
    /// where it is not.
    Plateau {
        /// Where.
        point: Point,
    },
    /// A coordinate passed [`DIVERGED`](crate::run::DIVERGED).
    Diverged {
        /// The last step.
        step: usize,
    },
    /// Moving away, see [`Status::Leaving`].
    Leaving {
        /// Since when.
        step: usize,
    },
    /// Where f or its gradient is not a finite number, see [`Status::Undefined`].
    Undefined {
        /// The last step.
        step: usize,
    },
    /// Still on its way.
    Moving,
}

/// What a page says about how a run ended, finer than its [`Status`]; the order is that of the
/// numbers in a readout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Outcome {
    /// Still on its way.
    Running,
    /// At rest in a minimum.
    Converged,
    /// A coordinate passed [`DIVERGED`](crate::run::DIVERGED).
    Diverged,
    /// Moving away.
    Leaving,
    /// Where f is not a finite number.
    Undefined,
    /// Where f is a finite number, but its gradient is not.
    NoGradient,
    /// At rest on a saddle or a maximum.
    Saddle,
    /// At rest where the surface is flat.
    Plateau,
    /// At rest where weight decay balances the gradient.
    WeightDecay,
    /// At rest because the learning rate has gone to 0.
    LearningRate,
}

impl Outcome {
    /// That of a computed run.
    pub fn of(run: &Run) -> Self {
        match (run.status(), run.held(), run.place()) {
            (Status::Running, ..) => Self::Running,
            (Status::Diverged(_), ..) => Self::Diverged,
            (Status::Leaving(_), ..) => Self::Leaving,
            (Status::Undefined(step), ..) if run.losses()[step].is_finite() => Self::NoGradient,
            (Status::Undefined(_), ..) => Self::Undefined,
            (Status::Converged(_), Some(Held::WeightDecay), _) => Self::WeightDecay,
            (Status::Converged(_), Some(Held::LearningRate), _) => Self::LearningRate,
            (Status::Converged(_), None, Some(Place::Minimum(_) | Place::Unlisted)) => {
                Self::Converged
            }
            (Status::Converged(_), None, Some(Place::Saddle)) => Self::Saddle,
            (Status::Converged(_), None, _) => Self::Plateau,
        }
    }
}

/// Measured behaviour along one eigen-direction of the Hessian at the resting place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Swing {
    /// Crossings of the resting place; see [`Run::overshoots`].
    pub overshoots: u32,
    /// Mean number of steps for one full swing, i.e. two of these crossings; from three on.
    pub period: Option<f64>,
    /// Factor by which a step shrinks the distance in the long run.
    pub decay: Option<f64>,
}

/// What a whole run shows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Measured {
    /// The step at which the ball came to rest, see [`Settling`](crate::run::settling::Settling).
    pub settled: Option<usize>,
    /// Factor by which a step shrinks the distance to the resting place, fitted.
    pub rate: Option<f64>,
    /// Along the flattest and the steepest direction.
    pub swings: [Swing; 2],
    /// Length of the path.
    pub path_length: f64,
    /// Length of the path over the straight distance between its ends; at least 1.
    pub detour: Option<f64>,
    /// Where it ended.
    pub end: End,
    /// Why it is at rest where f still slopes, if it is.
    pub held: Option<Held>,
}

impl Measured {
    /// Measures a computed path over the surface it was computed on.
    pub fn of(run: &Run, surface: &dyn AnySurface) -> Self {
        let points = run.points();
        let path_length = points.windows(2).map(|pair| (pair[1] - pair[0]).norm()).sum();
        let straight = (run.end() - points[0]).norm();
        let rest = run.resting_place();
        let distances: Vec<f64> =
            rest.iter().flat_map(|rest| points.iter().map(|p| (*p - *rest).norm())).collect();
        let scale = length(&distances);
        let swings = rest.map_or([Swing::default(); 2], |rest| {
            let mut axis = 0;
            directions(surface, rest).map(|eigen| {
                let offsets: Vec<f64> =
                    points.iter().map(|p| (*p - rest).dot(eigen.direction)).collect();
                let counts = run.overshoots().iter().map(|counts| counts[axis]);
                let crossings = crossings(&offsets, counts);
                axis += 1;
                Swing {
                    overshoots: crossings.len() as u32,
                    period: period(&crossings),
                    decay: fitted_rate(&offsets, scale),
                }
            })
        });
        Self {
            settled: match run.status() {
                Status::Converged(step) => Some(step),
                _ => None,
            },
            rate: fitted_rate(&distances, scale),
            swings,
            path_length,
            detour: (straight > 0.0 && path_length.is_finite()).then(|| path_length / straight),
            end: end(run),
            held: run.held(),
        }
    }
}

/// The length that all offsets of a motion are compared with: the distance at the start, or the
/// largest one of a ball that starts at its resting place.
fn length(distances: &[f64]) -> f64 {
    match distances.first() {
        Some(&start) if start > 0.0 => start,
        _ => distances.iter().fold(0.0, |most, distance| most.max(*distance)),
    }
}

/// The times of the crossings that `counts` counts up to each row, placed between rows by straight
/// lines: each at the last change of sign before it counts.
fn crossings(offsets: &[f64], counts: impl Iterator<Item = u32>) -> Vec<f64> {
    let (mut times, mut crossed) = (Vec::new(), 0.0);
    let mut before: Option<f64> = None;
    for (row, (&now, count)) in offsets.iter().zip(counts).enumerate() {
        if let Some(before) = before.filter(|before| before * now < 0.0) {
            crossed = (row - 1) as f64 + before / (before - now);
        }
        before = Some(now).filter(|now| *now != 0.0).or(before);
        if count as usize > times.len() {
            times.push(crossed);
        }
    }
    times
}

/// Mean distance between every other crossing; `None` with fewer than three.
fn period(crossings: &[f64]) -> Option<f64> {
    match crossings[..] {
        [first, _, .., last] if crossings.len() > 2 => {
            Some(2.0 * (last - first) / (crossings.len() - 1) as f64)
        }
        _ => None,
    }
}

/// The factor by which |offset| changes in a step: the slope of a straight line fitted by least
/// squares through the logarithms of its running envelope. Where the largest |offset| is in the
/// first half of the path, the envelope is the largest |offset| still to come, fitted from a quarter
/// of the way between that row and rounding on; elsewhere it is the largest so far. What is smaller
/// than 10⁻¹¹ of `scale`, a length of the whole motion, is rounding. `None` with too few rows.
pub fn fitted_rate(offsets: &[f64], scale: f64) -> Option<f64> {
    let mut envelope: Vec<f64> = offsets.iter().map(|offset| offset.abs()).collect();
    let usable = |value: &f64| value.is_finite() && *value > 1e-11 * scale && *value > 0.0;
    let largest = (0..envelope.len()).reduce(|most, row| {
        if envelope[row] > envelope[most] || envelope[most].is_nan() { row } else { most }
    })?;
    let (first, end) = if 2 * largest < envelope.len() {
        for row in (0..envelope.len() - 1).rev() {
            envelope[row] = envelope[row].max(envelope[row + 1]);
        }
        let after = &envelope[largest..];
        let end = largest + after.iter().position(|value| !usable(value)).unwrap_or(after.len());
        (largest + (end - largest) / 4, end)
    } else {
        for row in 1..envelope.len() {
            envelope[row] = envelope[row].max(envelope[row - 1]);
        }
        let begin = envelope.iter().position(usable)?;
        let after = &envelope[begin..];
        let end = begin + after.iter().position(|value| !usable(value)).unwrap_or(after.len());
        (begin + (end - begin) / 4, end)
    };
    let count = (end - first) as f64;
    if count < 4.0 {
        return None;
    }
    let (mut sx, mut sy, mut sxx, mut sxy) = (0.0, 0.0, 0.0, 0.0);
    for (row, value) in envelope[first..end].iter().enumerate() {
        let (x, y) = (row as f64, libm::log(*value));
        sx += x;
        sy += y;
        sxx += x * x;
        sxy += x * y;
    }
    let slope = (count * sxy - sx * sy) / (count * sxx - sx * sx);
    slope.is_finite().then(|| libm::exp(slope))
}

fn end(run: &Run) -> End {
    let step = match run.status() {
        Status::Running => return End::Moving,
        Status::Diverged(step) => return End::Diverged { step },
        Status::Leaving(step) => return End::Leaving { step },
        Status::Undefined(step) => return End::Undefined { step },
        Status::Converged(step) => step,
    };
    let point = run.points()[step];
    match run.place() {
        Some(Place::Minimum(index)) => End::Minimum { index },
        Some(Place::Unlisted) => End::OtherMinimum { point },
        Some(Place::Saddle) => End::Saddle { point },
        Some(Place::Plateau) | None => End::Plateau { point },
    }
}

/// Energies of a run at row `row`, as of a ball of mass 1/lr that falls over the surface with
/// one unit of time a step, which is what the heavy ball is: (kinetic, potential). Potential
/// energy is the surface's value.
///
/// # Panics
/// When there is no such row.
pub fn energy(run: &Run, row: usize) -> (f64, f64) {
    let kinetic = row.checked_sub(1).map_or(0.0, |before| {
        let velocity = run.points()[row] - run.points()[before];
        velocity.dot(velocity) / (2.0 * run.rates()[before])
    });
    (kinetic, run.losses()[row])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damped_swing_has_its_period_and_decay() {
        let offsets: Vec<f64> =
            (0..400).map(|k| 0.96_f64.powi(k) * (f64::from(k) * 0.7 + 0.2).cos()).collect();
        let expected = std::f64::consts::TAU / 0.7;
        let mut count = 0;
        let counts: Vec<u32> = offsets
            .windows(2)
            .map(|pair| {
                count += u32::from(pair[0] * pair[1] < 0.0);
                count
            })
            .collect();
        let times = crossings(&offsets, std::iter::once(0).chain(counts));
        assert_eq!(times.len(), count as usize);
        assert!((period(&times).expect("swings") - expected).abs() < 1e-2);
        assert!((fitted_rate(&offsets, 1.0).expect("rate") - 0.96).abs() < 2e-3);
    }

    #[test]
    fn growth_is_measured_too_and_little_data_is_not() {
        let offsets: Vec<f64> = (0..60).map(|k| 1.1_f64.powi(k)).collect();
        assert!((fitted_rate(&offsets, 1.0).expect("rate") - 1.1).abs() < 1e-9);
        assert_eq!(period(&[]), None);
        assert_eq!(period(&[3.0, 6.0]), None);
        assert_eq!(fitted_rate(&offsets[..3], 1.0), None);
        assert_eq!(fitted_rate(&[], 1.0), None);
    }

    #[test]
    fn an_offset_that_first_grows_has_the_factor_of_its_decay() {
        // 0 at the start, largest after 20 steps: 0.95ᵏ − 0.85ᵏ in the long run shrinks by 0.95.
        let offsets: Vec<f64> = (0..400).map(|k| 0.95_f64.powi(k) - 0.85_f64.powi(k)).collect();
        assert!((fitted_rate(&offsets, 1.0).expect("rate") - 0.95).abs() < 1e-4);
    }

    #[test]
    fn rounding_beside_the_motion_has_no_factor() {
        let rounding: Vec<f64> = (0..100).map(|k| 1e-16 * f64::from(k % 3 - 1)).collect();
        assert_eq!(fitted_rate(&rounding, 1.0), None);
    }
}
