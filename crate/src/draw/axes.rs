//! Numbers along the left and the lower edge of a picture, inside it.

use super::theme::Theme;
use super::viewport::{Chart, Drawn, Viewport};
use crate::math::geometry::Bounds;
use crate::parameter::Scale;
use plotters::coord::ranged1d::{BoldPoints, Ranged};
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// What the coordinates along an axis stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    /// Themselves.
    Linear,
    /// Powers of ten: the coordinate is the exponent.
    Decades,
    /// Numbers below 1, finely near it: the coordinate of m is −log₁₀(1 − m).
    NearOne,
}

/// Numbers along the left and the lower edge, inside the plot; `kinds` of x and of y.
pub(super) fn axes<DB: DrawingBackend>(
    chart: &mut Chart<'_, DB>,
    viewport: &Viewport,
    theme: &Theme,
    [along, upward]: [Axis; 2],
) -> Drawn<DB> {
    let Bounds { x_min, x_max, y_min, y_max } = viewport.bounds;
    let (across, up) = (1.0 / viewport.scale().x, 1.0 / viewport.scale().y);
    let font = ("sans-serif", f64::from(viewport.fine(11.0))).into_font();
    let color = theme.soft.with_opacity(1.0);
    let below = Pos::new(HPos::Center, VPos::Bottom);
    let beside = Pos::new(HPos::Left, VPos::Center);
    let text = |at: (f64, f64), label: String, anchor: Pos| {
        Text::new(label, at, font.clone().color(&color).pos(anchor))
    };
    let mut labels = Vec::new();
    // Powers of ten are short.
    let apart = if along == Axis::Decades { 60.0 } else { 90.0 };
    let (ticks, step) = along.ticks(x_min, x_max, viewport.width / apart);
    // Room for the other axis' numbers in the corner.
    let clear =
        ticks.into_iter().filter(|x| *x > x_min + 34.0 * across && *x < x_max - 14.0 * across);
    labels.extend(clear.map(|x| text((x, y_min + 4.0 * up), along.label(x, step), below)));
    let (ticks, step) = upward.ticks(y_min, y_max, viewport.height / 50.0);
    let clear = ticks.into_iter().filter(|y| *y > y_min + 24.0 * up && *y < y_max - 10.0 * up);
    labels.extend(clear.map(|y| text((x_min + 6.0 * across, y), upward.label(y, step), beside)));
    chart.draw_series(labels)?;
    Ok(())
}

impl Axis {
    /// About `count` round numbers between `low` and `high`, and the distance between them.
    pub(super) fn ticks(self, low: f64, high: f64, count: f64) -> (Vec<f64>, f64) {
        match self {
            Self::Linear => {}
            Self::Decades => {
                let step = ((high - low) / count.max(2.0)).ceil().max(1.0);
                let first = (low / step).ceil() as i64;
                let last = (high / step).floor() as i64;
                if last > first {
                    return ((first..=last).map(|tick| tick as f64 * step).collect(), step);
                }
                return (Scale::Logarithmic.fine_ticks(low, high, count), FINE);
            }
            Self::NearOne => {
                let nines = (1..=9).map(f64::from);
                let all = [0.0, std::f64::consts::LOG10_2].into_iter().chain(nines);
                let ticks: Vec<_> = all.filter(|tick| (low..=high).contains(tick)).collect();
                if ticks.len() > 1 {
                    return (ticks, 1.0);
                }
                return (Scale::NearOne.fine_ticks(low.max(0.0), high, count), FINE);
            }
        }
        let count = BoldPoints(count.max(2.0) as usize);
        let points = RangedCoordf64::from(low..high).key_points(count);
        let step = points.windows(2).map(|pair| pair[1] - pair[0]).next().unwrap_or(1.0);
        (points, step)
    }

    /// The number at a tick, with as many decimals as the distance of ticks needs.
    pub(super) fn label(self, value: f64, step: f64) -> String {
        match self {
            Self::Linear => label(value, step),
            Self::Decades | Self::NearOne if step == FINE => {
                let scale = if self == Self::Decades { Scale::Logarithmic } else { Scale::NearOne };
                short(scale.value(value))
            }
            Self::Decades => power_of_ten(value as i64),
            Self::NearOne => {
                format!("{:.*}", value.ceil() as usize, 1.0 - libm::pow(10.0, -value))
            }
        }
    }
}

/// The distance of ticks that are numbers as they are, of which none is a power of ten.
const FINE: f64 = 0.0;

impl Scale {
    /// The coordinates between `low` and `high` of numbers with few digits: of powers of ten, their
    /// doubles and halves, or where this is too coarse of evenly spaced ones.
    fn fine_ticks(self, low: f64, high: f64, count: f64) -> Vec<f64> {
        let decades = low.floor() as i64..=high.ceil() as i64;
        let doubles = [0.0, std::f64::consts::LOG10_2, 1.0 - std::f64::consts::LOG10_2];
        let ticks = decades.flat_map(|decade| doubles.map(|part| decade as f64 + part));
        let ticks: Vec<_> = ticks.filter(|tick| (low..=high).contains(tick)).collect();
        if ticks.len() > 1 {
            return ticks;
        }
        let ends = self.value(low)..self.value(high);
        let points = RangedCoordf64::from(ends).key_points(BoldPoints(count.max(2.0) as usize));
        points.into_iter().map(|point| self.coordinate(point)).collect()
    }
}

/// A number with at most six decimals or, where these are too few, three digits.
fn short(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6;
    if value.abs() < 1e-12 {
        return "0".to_owned();
    }
    if (1e-4..1e5).contains(&rounded) {
        return rounded.to_string();
    }
    let digits = format!("{value:.2e}");
    let (mantissa, exponent) = digits.split_once('e').unwrap_or((&digits, "0"));
    let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
    format!("{mantissa}·{}", power_of_ten(exponent.parse().unwrap_or(0)))
}

/// `value` with as many decimals as `step` needs, with a true minus sign and no negative zero.
fn label(value: f64, step: f64) -> String {
    let decimals = (-step.abs().log10() - 1e-9).ceil().clamp(0.0, 9.0) as usize;
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(size) if size.chars().all(|c| matches!(c, '0' | '.')) => size.to_owned(),
        Some(size) => format!("−{size}"),
        None => text,
    }
}

/// 10 with its exponent raised; 1 and 10 as they are.
fn power_of_ten(exponent: i64) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    match exponent {
        0 => "1".to_owned(),
        1 => "10".to_owned(),
        _ => {
            let digits = exponent.unsigned_abs().to_string();
            let raised = digits.bytes().map(|digit| RAISED[usize::from(digit - b'0')]);
            let sign = if exponent < 0 { "⁻" } else { "" };
            format!("10{sign}{}", raised.collect::<String>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_have_no_negative_zero() {
        assert_eq!(label(-1e-17, 0.5), "0.0");
        assert_eq!(label(-2.5, 0.5), "−2.5");
        assert_eq!(label(4.0, 2.0), "4");
        assert_eq!(label(3.0, 1.0), "3");
        assert_eq!(label(0.3, 0.1), "0.3");
    }

    #[test]
    fn decades_are_whole_powers_of_ten() {
        let (ticks, step) = Axis::Decades.ticks(-6.4, 2.1, 3.0);
        assert_eq!((ticks, step), (vec![-6.0, -3.0, 0.0], 3.0));
        assert_eq!(Axis::Decades.label(-12.0, 3.0), "10⁻¹²");
        assert_eq!(Axis::Decades.label(0.0, 3.0), "1");
    }

    #[test]
    fn numbers_near_one_are_nines() {
        let (ticks, step) = Axis::NearOne.ticks(-0.5, 3.2, 4.0);
        let labels: Vec<_> = ticks.iter().map(|tick| Axis::NearOne.label(*tick, step)).collect();
        assert_eq!(labels, ["0", "0.5", "0.9", "0.99", "0.999"]);
    }

    #[test]
    fn narrow_ranges_of_rates_and_momenta_have_numbers_too() {
        let labels = |axis: Axis, scale: Scale, low: f64, high: f64| -> Vec<String> {
            let (ticks, step) = axis.ticks(scale.coordinate(low), scale.coordinate(high), 3.0);
            ticks.iter().map(|tick| axis.label(*tick, step)).collect()
        };
        let rates = |low, high| labels(Axis::Decades, Scale::Logarithmic, low, high);
        assert_eq!(rates(0.011, 0.06), ["0.02", "0.05"]);
        assert_eq!(rates(1.1e-7, 6e-7), ["2·10⁻⁷", "5·10⁻⁷"]);
        assert_eq!(rates(0.0101, 0.0131), ["0.011", "0.012", "0.013"]);
        let momenta = |low, high| labels(Axis::NearOne, Scale::NearOne, low, high);
        assert_eq!(momenta(0.79, 0.96), ["0.8", "0.9", "0.95"]);
        assert_eq!(momenta(0.0, 0.11), ["0", "0.05", "0.1"]);
        assert_eq!(momenta(0.91, 0.93), ["0.91", "0.92", "0.93"]);
    }
}
