//! Scenes: lessons as data. A configuration, a question to answer before pressing play, and the
//! numbers that its answer quotes, measured on the very paths that are shown.
//!
//! Texts are the page's: `scene.<id>.title`, `.text`, `.question`, `.choices`, `.answer`. A new
//! scene is one item of a table here plus its texts; tests carry its claims out on the engine.

mod damping;
mod quantity;
mod rules;
mod terrain;

pub use quantity::{Direction, Quantity};

use crate::configuration::{Configuration, Error, Value};
use quantity::Computed;
use serde::Serialize;

/// Every scene, in the order in which they teach.
pub static LESSONS: &[&Lesson] = &[
    &terrain::ZIGZAG,
    &terrain::SMOOTHING,
    &terrain::PLATEAU,
    &terrain::SADDLE,
    &terrain::WELLS,
    &damping::TOO_MUCH,
    &damping::CRITICAL,
    &damping::LOOK_AHEAD,
    &rules::FORMS,
    &rules::ADAM,
    &rules::NOISE,
    &rules::CYCLE,
    &rules::BY_HAND,
];

/// Plain data that can stand in a table; becomes a [`Value`].
#[derive(Clone, Copy, Debug)]
pub enum Plain {
    /// A number.
    Number(f64),
    /// Text.
    Text(&'static str),
    /// A list of numbers.
    Numbers(&'static [f64]),
    /// A list of named numbers each.
    Rows(&'static [&'static [(&'static str, f64)]]),
}

impl From<Plain> for Value {
    fn from(plain: Plain) -> Self {
        match plain {
            Plain::Number(number) => Self::Number(number),
            Plain::Text(text) => Self::from(text),
            Plain::Numbers(numbers) => Self::numbers(numbers),
            Plain::Rows(rows) => Self::List(
                rows.iter()
                    .map(|row| Self::map(row.iter().map(|&(name, n)| (name, Self::Number(n)))))
                    .collect(),
            ),
        }
    }
}

/// Named plain data.
pub type Fields = &'static [(&'static str, Plain)];

/// A surface or an optimizer by its id, with the settings that are not its defaults.
#[derive(Clone, Copy, Debug)]
pub struct Pick(&'static str, Fields);

impl From<Pick> for Value {
    fn from(Pick(id, settings): Pick) -> Self {
        let settings = settings.iter().map(|&(name, plain)| (name, plain.into()));
        Self::map([("id", Self::from(id))].into_iter().chain(settings))
    }
}

/// What a scene says of its numbers.
#[derive(Clone, Copy, Debug)]
pub enum Claim {
    /// The first number is less than so many times the second.
    Less(&'static str, f64, &'static str),
    /// The number lies between these two.
    Between(&'static str, f64, f64),
}

/// A lesson.
#[derive(Clone, Copy, Debug)]
pub struct Lesson {
    /// Stable identifier.
    pub id: &'static str,
    surface: Pick,
    runs: &'static [Pick],
    /// The fields of the configuration besides.
    rest: Fields,
    /// The step to stop at, if that is not the last one.
    pub stop: Option<usize>,
    /// How many answers there are to choose from.
    pub choices: usize,
    /// The right one, counted from 0.
    pub right: usize,
    /// Digits after the point in which the numbers are quoted, if they are to be exact.
    pub decimals: Option<u8>,
    /// What the texts quote, by name.
    pub numbers: &'static [(&'static str, Quantity)],
    /// What must hold for the lesson to be true.
    pub claims: &'static [Claim],
    /// What its answer asks to try: fields of the configuration or of its runs that may be changed
    /// after it without the lesson saying that its set-up has been left.
    pub tries: &'static [&'static str],
}

impl Lesson {
    /// What is shown, as the plain object that a [`Configuration`] is read from.
    pub fn configuration(&self) -> Value {
        let runs = self.runs.iter().map(|&pick| pick.into()).collect();
        let own = [("surface", self.surface.into()), ("runs", Value::List(runs))];
        let rest = self.rest.iter().map(|&(name, plain)| (name, plain.into()));
        Value::map(own.into_iter().chain(rest))
    }

    /// The numbers that the texts quote, computed from the scene's own configuration. `None`
    /// stands for what is not there to be measured.
    ///
    /// # Errors
    /// What is wrong with the configuration.
    pub fn measure(&self) -> Result<Vec<(&'static str, Option<f64>)>, Error> {
        let computed = Computed::new(Configuration::strict(&self.configuration())?);
        Ok(self.numbers.iter().map(|&(name, quantity)| (name, quantity.of(&computed))).collect())
    }
}

impl Claim {
    /// Whether it holds for these numbers; not if one of them is missing.
    pub fn holds(&self, numbers: &[(&'static str, Option<f64>)]) -> bool {
        let number = |name: &str| numbers.iter().find(|(own, _)| *own == name)?.1;
        match *self {
            Self::Less(small, times, large) => {
                number(small).zip(number(large)).is_some_and(|(small, large)| small < times * large)
            }
            Self::Between(name, low, high) => {
                number(name).is_some_and(|number| (low..=high).contains(&number))
            }
        }
    }
}

/// The scene named `id`.
pub fn find(id: &str) -> Option<&'static Lesson> {
    LESSONS.iter().copied().find(|scene| scene.id == id)
}

/// A scene as a menu needs it.
#[derive(Debug, Serialize)]
pub struct LessonItem {
    id: &'static str,
    configuration: Value,
    stop: Option<usize>,
    choices: usize,
    right: usize,
    decimals: Option<u8>,
    tries: &'static [&'static str],
}

impl From<&Lesson> for LessonItem {
    fn from(scene: &Lesson) -> Self {
        let Lesson { id, stop, choices, right, decimals, tries, .. } = *scene;
        Self { id, configuration: scene.configuration(), stop, choices, right, decimals, tries }
    }
}
