//! What the plane of learning rate and momentum shows.

use super::{Reader, Value};
use crate::error_kind::ErrorKind;
use crate::parameter::{ChoiceOption, ParameterSpec, Scale, Setting, Settings};
use crate::plane::{ACROSS, REACH, UPWARD};

/// By what the plane is shaded: what theory says around the ball, or what is measured by letting
/// the ball run from the start at each setting.
pub const TUNING: ParameterSpec = ParameterSpec::choice(
    "tuning",
    "shading of the plane",
    &[
        ChoiceOption { id: THEORY, name: "theory" },
        ChoiceOption { id: "steps", name: "steps" },
        ChoiceOption { id: "overshoots", name: "overshoots" },
        ChoiceOption { id: "end", name: "end point" },
    ],
    THEORY,
);

const THEORY: &str = "theory";

/// Each of the two ends of the plane's learning rates.
pub const PLANE_LR: ParameterSpec = ParameterSpec::number(
    "plane_lr",
    "η",
    "learning rates",
    0.01,
    (1e-6, 100.0),
    Scale::Logarithmic,
)
.accepting(REACH[0], REACH[1]);

/// Each of the two ends of the plane's momenta.
pub const PLANE_BETA: ParameterSpec =
    ParameterSpec::number("plane_beta", "β", "momenta", 0.9, (0.0, 0.999), Scale::NearOne)
        .accepting(0.0, 0.999_999);

/// The plane of learning rate and momentum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaneChoice {
    /// See [`TUNING`].
    pub shading: &'static str,
    /// The lowest and the highest learning rate, if not as suits surface and rule.
    pub lr: Option<[f64; 2]>,
    /// The lowest and the highest momentum, if not those of its slider.
    pub beta: Option<[f64; 2]>,
}

impl PlaneChoice {
    /// Whether its shades are measured.
    pub fn measured(&self) -> bool {
        self.shading != THEORY
    }

    pub(super) fn of(general: &Settings) -> Self {
        Self { shading: general.choice(TUNING.id), lr: None, beta: None }
    }

    /// Takes the ranges that `value` gives.
    pub(super) fn read(&mut self, reader: &mut Reader, value: &Value) {
        self.lr = range(reader, value, &PLANE_LR, ACROSS);
        self.beta = range(reader, value, &PLANE_BETA, UPWARD);
    }

    pub(super) fn fields(&self) -> [(&'static str, Value); 3] {
        let range =
            |ends: Option<[f64; 2]>| ends.map_or(Value::Nothing, |ends| Value::numbers(&ends));
        [
            (TUNING.id, Value::from(self.shading)),
            (PLANE_LR.id, range(self.lr)),
            (PLANE_BETA.id, range(self.beta)),
        ]
    }
}

/// The range that `value` gives for `spec`, if any: two ends, the second so much the higher that
/// the axis can tell them apart.
fn range(
    reader: &mut Reader,
    value: &Value,
    spec: &ParameterSpec,
    scale: Scale,
) -> Option<[f64; 2]> {
    /// In powers of ten.
    const SHORTEST: f64 = 0.01;
    let ends = match value.given(spec.id)? {
        Value::List(ends) if ends.len() == 2 => ends,
        other => {
            reader.complain(spec.id, ErrorKind::NotNumbers { value: other.to_string(), count: 2 });
            return None;
        }
    };
    let mut numbers = [0.0; 2];
    for (end, number) in ends.iter().zip(&mut numbers) {
        match reader.setting(spec.id, end, spec)? {
            Setting::Number(accepted) => *number = accepted,
            _ => return None,
        }
    }
    let [low, high] = numbers;
    if scale.coordinate(high) - scale.coordinate(low) < SHORTEST {
        reader.complain(spec.id, ErrorKind::NoRange { low, high });
        return None;
    }
    Some(numbers)
}
