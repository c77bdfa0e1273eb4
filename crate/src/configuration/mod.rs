//! The one configuration: everything that can be chosen, and the one validator of it.

mod value;

pub use value::Value;

use crate::geometry::{Bounds, Point};
use crate::parameter::{Kind, ParameterSpec, Scale, Setting, Settings};
use crate::{optimizer, surface};
use std::fmt;

/// The most balls side by side.
pub const MAX_RUNS: usize = 12;

/// Length of the paths, in steps.
pub const STEPS: ParameterSpec =
    ParameterSpec::number("steps", "", "steps", 300.0, (10.0, 10_000.0), Scale::Logarithmic)
        .accepting(1.0, 200_000.0)
        .whole();

/// Pace of the clock, in steps per second.
pub const SPEED: ParameterSpec =
    ParameterSpec::number("speed", "", "steps per second", 15.0, (1.0, 240.0), Scale::Logarithmic)
        .accepting(0.1, 10_000.0);

/// Gradient norm and step length below which a ball counts as settled.
pub const TOLERANCE: ParameterSpec =
    ParameterSpec::number("tolerance", "", "tolerance", 1e-3, (1e-12, 1.0), Scale::Logarithmic)
        .accepting(0.0, 1e6);

/// Coordinates beyond this size are refused for starts and views.
const FARTHEST: f64 = 1e6;

/// A refused value: which field, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The field, e.g. `runs[0].beta`.
    pub field: String,
    /// The bad value and what was expected, in lower case.
    pub message: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.message)
    }
}

impl std::error::Error for Complaint {}

/// A surface with its parameter values.
#[derive(Clone, Debug)]
pub struct SurfaceChoice {
    /// Its line of the registry.
    pub entry: &'static surface::Entry,
    /// Its parameter values.
    pub settings: Settings,
}

/// An optimizer with its parameter values, the learning rate `lr` among them.
#[derive(Clone, Debug)]
pub struct RunChoice {
    /// Its line of the registry.
    pub entry: &'static optimizer::Entry,
    /// Its parameter values.
    pub settings: Settings,
}

/// Everything that can be chosen.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// The surface.
    pub surface: SurfaceChoice,
    /// The balls, at least one and at most [`MAX_RUNS`].
    pub runs: Vec<RunChoice>,
    /// Where every ball starts.
    pub start: Point,
    /// Length of the paths, in steps.
    pub steps: usize,
    /// Pace of the clock, in steps per second.
    pub speed: f64,
    /// See [`TOLERANCE`].
    pub tolerance: f64,
    /// The part of the plane to show at least; it is widened to keep circles round.
    pub view: Bounds,
}

impl Default for Configuration {
    /// The first view: a ravine in which plain descent zigzags and momentum does not.
    fn default() -> Self {
        Self::read(&Value::Map(Vec::new())).0
    }
}

impl Configuration {
    /// Reads a configuration; absent fields take their defaults, and so does every bad value,
    /// with a complaint.
    pub fn read(value: &Value) -> (Self, Vec<Complaint>) {
        let mut reader = Reader { complaints: Vec::new() };
        let configuration = reader.configuration(value);
        (configuration, reader.complaints)
    }

    /// Reads a configuration in which nothing may be wrong.
    ///
    /// # Errors
    /// The first complaint.
    pub fn strict(value: &Value) -> Result<Self, Complaint> {
        let (configuration, complaints) = Self::read(value);
        complaints.into_iter().next().map_or(Ok(configuration), Err)
    }

    /// The same as plain data; reading it again gives this configuration.
    pub fn to_value(&self) -> Value {
        let numbers = |list: &[f64]| Value::List(list.iter().copied().map(Value::Number).collect());
        let Bounds { x_min, x_max, y_min, y_max } = self.view;
        let fields = [
            ("surface", selection(self.surface.entry.description.id, &self.surface.settings)),
            ("start", numbers(&[self.start.x, self.start.y])),
            (
                "runs",
                Value::List(
                    self.runs
                        .iter()
                        .map(|run| selection(run.entry.description.id, &run.settings))
                        .collect(),
                ),
            ),
            (STEPS.id, Value::Number(self.steps as f64)),
            (SPEED.id, Value::Number(self.speed)),
            (TOLERANCE.id, Value::Number(self.tolerance)),
            ("view", numbers(&[x_min, x_max, y_min, y_max])),
        ];
        Value::Map(fields.map(|(name, value)| (name.to_owned(), value)).into())
    }

    /// This configuration with one field changed, e.g. `runs[1].beta`.
    ///
    /// Another surface brings its own parameters, start, view and suitable learning rates;
    /// another optimizer keeps the values of the parameters it shares with the one before.
    ///
    /// # Errors
    /// The complaint about the field or its new value.
    pub fn with(&self, field: &str, new: Value) -> Result<Self, Complaint> {
        let mut value = self.to_value();
        let unknown = || Complaint { field: field.to_owned(), message: "no such field".to_owned() };
        let path: Vec<&str> =
            field.split(['.', '[', ']']).filter(|part| !part.is_empty()).collect();
        let mut slot = &mut value;
        for part in &path {
            slot = slot.entry(part).ok_or_else(unknown)?;
        }
        let old = std::mem::replace(slot, new);
        if let ["surface", "id"] = path[..] {
            let id = value.field("surface").and_then(|surface| surface.field("id")).cloned();
            let fresh = Value::Map(vec![("id".to_owned(), id.unwrap_or(Value::Nothing))]);
            value = keep(value, |name| !matches!(name, "start" | "view"));
            if let Some(surface) = value.entry("surface") {
                *surface = fresh;
            }
            for index in 0..self.runs.len() {
                drop_fields(&mut value, index, |name| name != "lr");
            }
        } else if let ["runs", index, "id"] = path[..]
            && let (Ok(index), Value::Text(old)) = (index.parse::<usize>(), old)
        {
            let known = value.field("runs").and_then(|runs| match runs {
                Value::List(runs) => runs.get(index)?.field("id").cloned(),
                _ => None,
            });
            if let Some(Value::Text(id)) = known
                && id != old
                && let Some(entry) = optimizer::find(&id)
            {
                let kept: Vec<_> = entry.parameters().iter().map(|spec| spec.id).collect();
                // A choice such as the form means something else in another rule.
                let choice = |name: &str| {
                    matches!(self.runs[index].settings.get(name), Some(Setting::Choice(_)))
                };
                let shared = |name: &str| kept.contains(&name) && !choice(name) && name != "lr";
                drop_fields(&mut value, index, |name| name == "id" || shared(name));
            }
        }
        Self::strict(&value)
    }
}

/// An id with parameter values, as plain data.
fn selection(id: &str, settings: &Settings) -> Value {
    let mut fields = vec![("id".to_owned(), Value::from(id))];
    fields.extend(settings.iter().map(|(name, setting)| {
        let value = match setting {
            Setting::Number(number) => Value::Number(number),
            Setting::Choice(option) => Value::from(option),
            Setting::Toggle(on) => Value::Toggle(on),
        };
        (name.to_owned(), value)
    }));
    Value::Map(fields)
}

/// The map `value` with only the fields that `wanted` names.
fn keep(value: Value, wanted: impl Fn(&str) -> bool) -> Value {
    match value {
        Value::Map(fields) => {
            Value::Map(fields.into_iter().filter(|(name, _)| wanted(name)).collect())
        }
        other => other,
    }
}

/// Leaves run `index` with only the fields that `wanted` names.
fn drop_fields(value: &mut Value, index: usize, wanted: impl Fn(&str) -> bool) {
    let run = value.entry("runs").and_then(|runs| runs.entry(&index.to_string()));
    if let Some(run) = run {
        *run = keep(std::mem::replace(run, Value::Nothing), wanted);
    }
}

/// Walks plain data, takes what is good and notes what is not.
struct Reader {
    complaints: Vec<Complaint>,
}

impl Reader {
    fn complain(&mut self, field: &str, message: String) {
        self.complaints.push(Complaint { field: field.to_owned(), message });
    }

    fn configuration(&mut self, value: &Value) -> Configuration {
        const FIELDS: [&str; 7] =
            ["surface", "start", "runs", STEPS.id, SPEED.id, TOLERANCE.id, "view"];
        match value {
            Value::Map(fields) => {
                for (name, _) in fields {
                    if !FIELDS.contains(&name.as_str()) {
                        self.complain(name, "no such field".to_owned());
                    }
                }
            }
            other => self.complain("configuration", format!("{other} is not an object")),
        }
        let surface = self.surface(value.field("surface"));
        let built = surface.entry.build(&surface.settings);
        let runs = self.runs(value.field("runs"), built.learning_rate());
        let number = |spec: &ParameterSpec, reader: &mut Self| {
            let given = value.field(spec.id);
            match given.and_then(|given| reader.setting(spec.id, given, spec)) {
                Some(Setting::Number(number)) => number,
                _ => Settings::defaults(std::slice::from_ref(spec)).number(spec.id),
            }
        };
        Configuration {
            runs,
            start: self
                .numbers("start", value.field("start"))
                .map_or(built.start(), |[x, y]| Point::new(x, y)),
            steps: number(&STEPS, self) as usize,
            speed: number(&SPEED, self),
            tolerance: number(&TOLERANCE, self),
            view: self.view(value.field("view")).unwrap_or(built.view()),
            surface,
        }
    }

    fn surface(&mut self, value: Option<&Value>) -> SurfaceChoice {
        let id = self.id("surface", value, "surface", |id| surface::find(id).is_some());
        let entry = id.and_then(surface::find).unwrap_or(&surface::SURFACES[0]);
        let mut settings = Settings::defaults(entry.description.parameters);
        // Parameters of a surface that is not known mean nothing to another one.
        if let (Some(value), true) = (value, id.is_some()) {
            self.settings("surface", value, entry.description.parameters, &mut settings);
        }
        SurfaceChoice { entry, settings }
    }

    fn runs(&mut self, value: Option<&Value>, plain_lr: f64) -> Vec<RunChoice> {
        let mut runs = Vec::new();
        match value {
            None | Some(Value::Nothing) => {}
            Some(Value::List(items)) if (1..=MAX_RUNS).contains(&items.len()) => {
                for (index, item) in items.iter().enumerate() {
                    runs.push(self.run(&format!("runs[{index}]"), item, plain_lr));
                }
            }
            Some(Value::List(items)) => {
                self.complain("runs", format!("{} runs are not in 1 to {MAX_RUNS}", items.len()));
            }
            Some(other) => self.complain("runs", format!("{other} is not a list")),
        }
        if runs.is_empty() {
            // The comparison the lab is about.
            for id in ["momentum", "gd"] {
                runs.push(self.run("runs", &Value::from(id), plain_lr));
            }
        }
        runs
    }

    fn run(&mut self, path: &str, value: &Value, plain_lr: f64) -> RunChoice {
        let id = self.id(path, Some(value), "optimizer", |id| optimizer::find(id).is_some());
        let entry = id.and_then(optimizer::find).unwrap_or(&optimizer::OPTIMIZERS[0]);
        let specs = entry.parameters();
        let mut settings = Settings::defaults(&specs);
        if id.is_some() {
            self.settings(path, value, &specs, &mut settings);
        }
        if value.field("lr").is_none() {
            let lr = entry.build(&settings).learning_rate(plain_lr);
            settings.set("lr", Setting::Number(round(lr)));
        }
        RunChoice { entry, settings }
    }

    /// The known identifier that `value` gives, as text or as its field `id`.
    fn id<'a>(
        &mut self,
        path: &str,
        value: Option<&'a Value>,
        what: &str,
        known: impl Fn(&str) -> bool,
    ) -> Option<&'a str> {
        let value = match value? {
            Value::Nothing => return None,
            text @ Value::Text(_) => text,
            other => match other.field("id") {
                Some(id) => id,
                None => {
                    self.complain(path, format!("{other} does not say which {what}"));
                    return None;
                }
            },
        };
        match value {
            Value::Text(id) if known(id) => Some(id),
            other => {
                self.complain(path, format!("{other} is not a known {what}"));
                None
            }
        }
    }

    fn settings(
        &mut self,
        path: &str,
        value: &Value,
        specs: &[ParameterSpec],
        into: &mut Settings,
    ) {
        let Value::Map(fields) = value else { return };
        for (name, value) in fields.iter().filter(|(name, _)| name != "id") {
            let field = format!("{path}.{name}");
            match specs.iter().find(|spec| spec.id == name) {
                Some(spec) => {
                    if let Some(setting) = self.setting(&field, value, spec) {
                        into.set(spec.id, setting);
                    }
                }
                None => self.complain(&field, "no such parameter".to_owned()),
            }
        }
    }

    fn setting(&mut self, field: &str, value: &Value, spec: &ParameterSpec) -> Option<Setting> {
        let expected = match (spec.kind, value) {
            (Kind::Number { lowest, highest, integer, .. }, Value::Number(number)) => {
                if !(lowest..=highest).contains(number) {
                    format!("is not in {lowest} to {highest}")
                } else if integer && number.fract() != 0.0 {
                    "is not a whole number".to_owned()
                } else {
                    return Some(Setting::Number(*number));
                }
            }
            (Kind::Toggle { .. }, Value::Toggle(on)) => return Some(Setting::Toggle(*on)),
            (Kind::Choice { options, .. }, Value::Text(id)) => {
                match options.iter().find(|option| option.id == id) {
                    Some(option) => return Some(Setting::Choice(option.id)),
                    None => not_among(options),
                }
            }
            (Kind::Number { .. }, _) => "is not a number".to_owned(),
            (Kind::Toggle { .. }, _) => "is not true or false".to_owned(),
            (Kind::Choice { options, .. }, _) => not_among(options),
        };
        self.complain(field, format!("{value} {expected}"));
        None
    }

    fn view(&mut self, value: Option<&Value>) -> Option<Bounds> {
        let [x_min, x_max, y_min, y_max] = self.numbers("view", value)?;
        let bounds = Bounds::new(x_min, x_max, y_min, y_max);
        // Narrower than this, neighbouring pixels would share one coordinate.
        let finest = 1e-9 * FARTHEST.min(1.0 + x_max.abs().max(y_max.abs()));
        if bounds.width() > finest && bounds.height() > finest {
            return Some(bounds);
        }
        let message = format!("{x_min} to {x_max} by {y_min} to {y_max} is no rectangle");
        self.complain("view", message);
        None
    }

    /// `N` numbers of moderate size.
    fn numbers<const N: usize>(&mut self, field: &str, value: Option<&Value>) -> Option<[f64; N]> {
        let items = match value? {
            Value::Nothing => return None,
            Value::List(items) if items.len() == N => items,
            other => {
                self.complain(field, format!("{other} is not a list of {N} numbers"));
                return None;
            }
        };
        let mut numbers = [0.0; N];
        for (index, item) in items.iter().enumerate() {
            match item {
                Value::Number(number) if number.abs() <= FARTHEST => numbers[index] = *number,
                other => {
                    let message = format!("{other} is not a number in -{FARTHEST} to {FARTHEST}");
                    self.complain(&format!("{field}[{index}]"), message);
                    return None;
                }
            }
        }
        Some(numbers)
    }
}

fn not_among(options: &[crate::parameter::ChoiceOption]) -> String {
    let ids: Vec<_> = options.iter().map(|option| option.id).collect();
    format!("is not one of {}", ids.join(", "))
}

/// Two significant digits: a suggestion should read well.
fn round(value: f64) -> f64 {
    format!("{value:.1e}").parse().unwrap_or(value)
}
