//! What a computed path shows: rates, swings, lengths, energies, and where it ended.

use crate::geometry::Point;
use crate::places::{Place, Places};
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
    /// At rest on a saddle or a maximum.
    Saddle {
        /// Where.
        point: Point,
    },
    /// At rest where the surface is flat, far from any stationary point.
    Plateau {
        /// Where.
        point: Point,
    },
    /// It left for good.
    Diverged {
        /// The last step.
        step: usize,
    },
    /// Still on its way.
    Moving,
}

/// Measured behaviour along one eigen-direction of the Hessian at the resting place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Swing {
    /// Crossings of the resting place; see [`Run::overshoots`].
    pub overshoots: u32,
    /// Mean number of steps for one full swing, i.e. two crossings; from three crossings on.
    pub period: Option<f64>,
    /// Factor by which a step shrinks the distance in the long run.
    pub decay: Option<f64>,
}

/// What a whole run shows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Measured {
    /// First step after which the gradient and the steps stay under the tolerance.
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
}

impl Measured {
    /// Measures a computed path over the surface it was computed on.
    pub fn of(run: &Run, surface: &dyn AnySurface) -> Self {
        let points = run.points();
        let path_length = points.windows(2).map(|pair| (pair[1] - pair[0]).norm()).sum();
        let straight = (run.end() - points[0]).norm();
        let rest = run.resting_place();
        let swings = rest.map_or([Swing::default(); 2], |rest| {
            let [flat, steep] = directions(surface, rest);
            let counts = run.overshoots()[run.last_step()];
            [(flat, counts[0]), (steep, counts[1])].map(|(eigen, overshoots)| {
                let offsets: Vec<f64> =
                    points.iter().map(|p| (*p - rest).dot(eigen.direction)).collect();
                Swing { overshoots, period: period(&offsets), decay: fitted_rate(&offsets) }
            })
        });
        let distances = |rest: Point| points.iter().map(|p| (*p - rest).norm()).collect::<Vec<_>>();
        Self {
            settled: match run.status() {
                Status::Converged(step) => Some(step),
                Status::Running | Status::Diverged(_) => None,
            },
            rate: rest.and_then(|rest| fitted_rate(&distances(rest))),
            swings,
            path_length,
            detour: (straight > 0.0 && path_length.is_finite()).then(|| path_length / straight),
            end: end(run, surface),
        }
    }
}

/// Mean distance between every other crossing of zero, with the crossings placed between rows
/// by straight lines; `None` with fewer than three.
fn period(offsets: &[f64]) -> Option<f64> {
    // Below this share of the start, crossings are rounding.
    let floor = 1e-9 * offsets.first()?.abs();
    let crossings: Vec<f64> = offsets
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| pair[0] * pair[1] < 0.0 && pair[0].abs().max(pair[1].abs()) > floor)
        .map(|(row, pair)| row as f64 + pair[0] / (pair[0] - pair[1]))
        .collect();
    match crossings[..] {
        [first, .., last] if crossings.len() > 2 => {
            Some(2.0 * (last - first) / (crossings.len() - 1) as f64)
        }
        _ => None,
    }
}

/// The factor by which |offset| shrinks a step: the slope of a straight line fitted by least
/// squares through the logarithms of its running envelope, the largest |offset| still to come,
/// over the middle of the path, after the start's own ways and before rounding.
pub fn fitted_rate(offsets: &[f64]) -> Option<f64> {
    let start = offsets.first()?.abs();
    let shrinking = offsets.last()?.abs() <= start;
    let mut envelope: Vec<f64> = offsets.iter().map(|offset| offset.abs()).collect();
    if shrinking {
        for row in (0..envelope.len() - 1).rev() {
            envelope[row] = envelope[row].max(envelope[row + 1]);
        }
    } else {
        for row in 1..envelope.len() {
            envelope[row] = envelope[row].max(envelope[row - 1]);
        }
    }
    let usable = |value: &f64| value.is_finite() && *value > 1e-11 * start && *value > 0.0;
    let end = envelope.iter().position(|value| !usable(value)).unwrap_or(envelope.len());
    let first = end / 4;
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

fn end(run: &Run, surface: &dyn AnySurface) -> End {
    let point = match run.status() {
        Status::Diverged(step) => return End::Diverged { step },
        Status::Running => return End::Moving,
        Status::Converged(_) => run.end(),
    };
    match Places::of(surface).at(point) {
        Place::Minimum(index) => End::Minimum { index },
        Place::Saddle => End::Saddle { point },
        Place::Plateau => End::Plateau { point },
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
        assert!((period(&offsets).expect("swings") - expected).abs() < 1e-2);
        assert!((fitted_rate(&offsets).expect("rate") - 0.96).abs() < 2e-3);
    }

    #[test]
    fn growth_is_measured_too_and_little_data_is_not() {
        let offsets: Vec<f64> = (0..60).map(|k| 1.1_f64.powi(k)).collect();
        assert!((fitted_rate(&offsets).expect("rate") - 1.1).abs() < 1e-9);
        assert_eq!(period(&offsets), None);
        assert_eq!(fitted_rate(&offsets[..3]), None);
        assert_eq!(fitted_rate(&[]), None);
    }
}
