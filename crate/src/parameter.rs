//! What can be chosen: parameters with their symbol, range, default and scale.
//!
//! Sliders, the validator, links and tests all read these specifications; no default or range
//! is written anywhere else.

use crate::error_kind::ErrorKind;
use serde::Serialize;

/// How a slider spreads a parameter's range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// Equal steps.
    Linear,
    /// Equal ratios; the range must be positive.
    Logarithmic,
    /// Equal ratios of 1 − value: fine near 1, as momentum needs; the range starts at 0.
    NearOne,
}

impl Scale {
    /// Where a value stands along an axis of this scale: itself, log₁₀ v, or −log₁₀(1 − v).
    pub fn coordinate(self, value: f64) -> f64 {
        match self {
            Self::Linear => value,
            Self::Logarithmic => libm::log10(value),
            // Not the negative zero of −log₁₀ 1.
            Self::NearOne => 0.0 - libm::log10(1.0 - value),
        }
    }

    /// The value at a coordinate.
    pub fn value(self, coordinate: f64) -> f64 {
        match self {
            Self::Linear => coordinate,
            Self::Logarithmic => libm::pow(10.0, coordinate),
            Self::NearOne => 1.0 - libm::pow(10.0, -coordinate),
        }
    }

    /// The value at a share, 0 to 1, of the way from `low` to `high`.
    pub fn between(self, [low, high]: [f64; 2], share: f64) -> f64 {
        let (from, to) = (self.coordinate(low), self.coordinate(high));
        self.value(from + share * (to - from))
    }
}

/// One option of a choice.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ChoiceOption {
    /// Identifier, as in links and configurations.
    pub id: &'static str,
    /// English name.
    pub name: &'static str,
}

/// The kind of a parameter, with its range and default.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Kind {
    /// A number.
    Number {
        /// Low end of the slider.
        min: f64,
        /// High end of the slider.
        max: f64,
        /// Value when nothing is said.
        default: f64,
        /// How the slider spreads the range.
        scale: Scale,
        /// Whether only whole numbers are accepted.
        integer: bool,
        /// Smallest accepted value, which may lie below the slider's range.
        lowest: f64,
        /// Largest accepted value, which may lie above the slider's range.
        highest: f64,
    },
    /// One of several named options.
    Choice {
        /// The options, in menu order.
        options: &'static [ChoiceOption],
        /// Identifier of the option taken when nothing is said.
        default: &'static str,
    },
    /// On or off.
    Toggle {
        /// Value when nothing is said.
        default: bool,
    },
    /// Free text, such as a formula.
    Text {
        /// Longest accepted text, in characters.
        longest: usize,
        /// Value when nothing is said.
        default: &'static str,
        /// What is wrong with a text, if anything.
        #[serde(skip)]
        check: fn(&str) -> Result<(), ErrorKind>,
    },
}

/// A parameter of a surface, an optimizer or the lab.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ParameterSpec {
    /// Identifier, as in links and configurations.
    pub id: &'static str,
    /// The field's symbol, e.g. β; empty where there is none.
    pub symbol: &'static str,
    /// English name.
    pub name: &'static str,
    /// Whether it is rarely needed and may stay folded away.
    pub advanced: bool,
    /// Kind, range and default.
    #[serde(flatten)]
    pub kind: Kind,
}

impl ParameterSpec {
    /// A number with the slider's range, which is also the accepted range.
    pub const fn number(
        id: &'static str,
        symbol: &'static str,
        name: &'static str,
        default: f64,
        (min, max): (f64, f64),
        scale: Scale,
    ) -> Self {
        let kind =
            Kind::Number { min, max, default, scale, integer: false, lowest: min, highest: max };
        Self { id, symbol, name, advanced: false, kind }
    }

    /// A choice between named options.
    pub const fn choice(
        id: &'static str,
        name: &'static str,
        options: &'static [ChoiceOption],
        default: &'static str,
    ) -> Self {
        Self { id, symbol: "", name, advanced: false, kind: Kind::Choice { options, default } }
    }

    /// A switch.
    pub const fn toggle(id: &'static str, name: &'static str, default: bool) -> Self {
        Self { id, symbol: "", name, advanced: false, kind: Kind::Toggle { default } }
    }

    /// Free text of at most `longest` characters that passes `check`.
    pub const fn text(
        id: &'static str,
        name: &'static str,
        default: &'static str,
        longest: usize,
        check: fn(&str) -> Result<(), ErrorKind>,
    ) -> Self {
        let kind = Kind::Text { longest, default, check };
        Self { id, symbol: "", name, advanced: false, kind }
    }

    /// The same, accepting typed numbers from `low` to `high` beyond the slider's ends.
    pub const fn accepting(mut self, low: f64, high: f64) -> Self {
        if let Kind::Number { lowest, highest, .. } = &mut self.kind {
            *lowest = low;
            *highest = high;
        }
        self
    }

    /// The same, for whole numbers.
    pub const fn whole(mut self) -> Self {
        if let Kind::Number { integer, .. } = &mut self.kind {
            *integer = true;
        }
        self
    }

    /// The same, folded away with the rarely needed ones.
    pub const fn folded(mut self) -> Self {
        self.advanced = true;
        self
    }

    /// Where a value stands on the slider, 0 to 1; values beyond it stand at its ends. `None` for
    /// what is no number.
    pub fn position(&self, value: f64) -> Option<f64> {
        let Kind::Number { min, max, scale, .. } = self.kind else { return None };
        let inside = value.clamp(min, max);
        Some(match scale {
            Scale::Linear => (inside - min) / (max - min),
            Scale::Logarithmic => libm::log(inside / min) / libm::log(max / min),
            Scale::NearOne => libm::log(1.0 - inside) / libm::log(1.0 - max),
        })
    }

    /// The value at a position of the slider, 0 to 1, not rounded. `None` for what is no number.
    pub fn value_at(&self, position: f64) -> Option<f64> {
        let Kind::Number { min, max, scale, .. } = self.kind else { return None };
        let inside = position.clamp(0.0, 1.0);
        Some(match scale {
            Scale::Linear => min + inside * (max - min),
            Scale::Logarithmic => min * libm::pow(max / min, inside),
            Scale::NearOne => 1.0 - libm::pow(1.0 - max, inside),
        })
    }

    /// The value taken when nothing is said.
    pub fn default(&self) -> Setting {
        match self.kind {
            Kind::Number { default, .. } => Setting::Number(default),
            Kind::Choice { default, .. } => Setting::Choice(default),
            Kind::Toggle { default } => Setting::Toggle(default),
            Kind::Text { default, .. } => Setting::Text(default.to_owned()),
        }
    }
}

/// An accepted value of one parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    /// A number within the accepted range.
    Number(f64),
    /// The identifier of one of the options.
    Choice(&'static str),
    /// On or off.
    Toggle(bool),
    /// Text that passed its check.
    Text(String),
}

/// Accepted values for a list of parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings(Vec<(&'static str, Setting)>);

impl Settings {
    /// The defaults of `specs`.
    pub fn defaults(specs: &[ParameterSpec]) -> Self {
        Self(specs.iter().map(|spec| (spec.id, spec.default())).collect())
    }

    /// All values with their identifiers, in the order of the specifications.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Setting)> {
        self.0.iter().map(|(id, setting)| (*id, setting))
    }

    /// Replaces the value of parameter `id`; says whether there is such a parameter.
    pub fn set(&mut self, id: &str, value: Setting) -> bool {
        let slot = self.0.iter_mut().find(|(name, _)| *name == id);
        slot.map(|slot| slot.1 = value).is_some()
    }

    /// The value of parameter `id`, if there is one.
    pub fn get(&self, id: &str) -> Option<&Setting> {
        self.0.iter().find(|(name, _)| *name == id).map(|slot| &slot.1)
    }

    /// The number `id`.
    ///
    /// # Panics
    /// When no specification of that name and kind was declared: a slip in the file that asks.
    pub fn number(&self, id: &str) -> f64 {
        match self.get(id) {
            Some(&Setting::Number(value)) => value,
            other => panic!("parameter {id} is no declared number: {other:?}"),
        }
    }

    /// The identifier chosen for `id`.
    ///
    /// # Panics
    /// As [`number`](Self::number).
    pub fn choice(&self, id: &str) -> &'static str {
        match self.get(id) {
            Some(&Setting::Choice(value)) => value,
            other => panic!("parameter {id} is no declared choice: {other:?}"),
        }
    }

    /// Whether the switch `id` is on.
    ///
    /// # Panics
    /// As [`number`](Self::number).
    pub fn toggle(&self, id: &str) -> bool {
        match self.get(id) {
            Some(&Setting::Toggle(value)) => value,
            other => panic!("parameter {id} is no declared toggle: {other:?}"),
        }
    }

    /// The text `id`.
    ///
    /// # Panics
    /// As [`number`](Self::number).
    pub fn text(&self, id: &str) -> &str {
        match self.get(id) {
            Some(Setting::Text(value)) => value,
            other => panic!("parameter {id} is no declared text: {other:?}"),
        }
    }
}
