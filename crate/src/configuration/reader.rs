//! The validator: takes what is good and notes what is not.

use super::{
    Change, Configuration, Error, GENERAL, MAX_CHANGES, MAX_RUNS, PLANE_BETA, PLANE_LR, RunChoice,
    STEPS, SurfaceChoice, Value, comparison,
};
use crate::error_kind::ErrorKind;
use crate::math::geometry::{Bounds, Point};
use crate::parameter::{ChoiceOption, Kind, ParameterSpec, Setting, Settings};
use crate::{optimizer, surface};

/// Coordinates beyond this size are refused for starts and views.
pub(crate) const FARTHEST: f64 = 1e6;

/// The fields that are lists of numbers.
pub(crate) const LISTS: [&str; 4] = ["start", "view", PLANE_LR.id, PLANE_BETA.id];

/// Whether a part of the plane can be shown: no edge farther out than [`FARTHEST`], and not so
/// narrow that neighbouring pixels would share one coordinate.
pub(crate) fn is_view(bounds: Bounds) -> bool {
    let Bounds { x_min, x_max, y_min, y_max } = bounds;
    let farthest = [x_min, x_max, y_min, y_max].map(f64::abs).into_iter().fold(0.0, f64::max);
    let finest = 1e-9 * (1.0 + farthest);
    farthest <= FARTHEST && bounds.width() > finest && bounds.height() > finest
}

/// Walks plain data.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    pub(crate) errors: Vec<Error>,
}

impl Reader {
    pub(crate) fn complain(&mut self, field: &str, reason: ErrorKind) {
        self.errors.push(Error::new(field, reason));
    }

    pub(super) fn configuration(&mut self, value: &Value) -> Configuration {
        self.field_names(value);
        let surface = self.surface(value.given("surface"));
        let chosen = self.runs(value);
        let compared = chosen.is_none();
        let runs = chosen.unwrap_or_else(comparison);
        let mut general = Settings::defaults(&GENERAL);
        for spec in &GENERAL {
            let given = value.given(spec.id).and_then(|given| self.setting(spec.id, given, spec));
            given.into_iter().for_each(|given| {
                general.set(spec.id, given);
            });
        }
        let start = self.start(value.given("start"), surface.entry);
        let view = self.rectangle("view", value.given("view"));
        let mut configuration = Configuration::of(surface, runs, &general);
        configuration.start = start.unwrap_or(configuration.start);
        configuration.view = view.unwrap_or(configuration.view);
        configuration.plane.read(self, value);
        if compared {
            configuration.suggest_learning_rates(0..configuration.runs.len());
        }
        configuration
    }

    fn field_names(&mut self, value: &Value) {
        const OTHERS: [&str; 3] = ["surface", "runs", "optimizer"];
        let fields = match value {
            Value::Map(fields) => fields,
            Value::Nothing => return,
            other => {
                let reason = ErrorKind::NotAnObject { value: other.to_string() };
                return self.complain("configuration", reason);
            }
        };
        for (name, _) in fields {
            let general = GENERAL.iter().any(|spec| spec.id == name);
            let name = name.as_str();
            if !general && !LISTS.contains(&name) && !OTHERS.contains(&name) {
                self.complain(name, ErrorKind::NoSuchField);
            }
        }
    }

    fn surface(&mut self, value: Option<&Value>) -> SurfaceChoice {
        // An expression alone says which surface it is: the user's own.
        let own = value
            .filter(|value| value.given("id").is_none() && value.given("expression").is_some());
        let id = match own {
            Some(_) => Some("expression"),
            None => {
                let reasons: [fn(String) -> ErrorKind; 2] = [
                    |value| ErrorKind::UnnamedSurface { value },
                    |value| ErrorKind::UnknownSurface { value },
                ];
                self.id("surface", value, reasons, |id| surface::find(id).is_some())
            }
        };
        let mut choice =
            SurfaceChoice::of(id.and_then(surface::find).unwrap_or(&surface::SURFACES[0]));
        // Parameters of a surface that is not known mean nothing to another one.
        if let (Some(value), true) = (value, id.is_some()) {
            let specs = choice.entry.description.parameters;
            self.settings("surface", value, specs, &["id"], &mut choice.settings);
        }
        choice
    }

    /// The runs: `runs`, or the one run `optimizer`; nothing where neither names one.
    fn runs(&mut self, value: &Value) -> Option<Vec<RunChoice>> {
        let mut runs = Vec::new();
        match (value.given("runs"), value.given("optimizer")) {
            (None, None) => {}
            (None, Some(optimizer)) => runs.push(self.run("optimizer", optimizer)),
            (Some(_), Some(_)) => self.complain("optimizer", ErrorKind::BesideRuns),
            (Some(Value::List(items)), None) if (1..=MAX_RUNS).contains(&items.len()) => {
                for (index, item) in items.iter().enumerate() {
                    runs.push(self.run(&format!("runs[{index}]"), item));
                }
            }
            (Some(Value::List(items)), None) => {
                self.complain("runs", ErrorKind::RunCount { count: items.len(), most: MAX_RUNS });
            }
            (Some(other), None) => {
                self.complain("runs", ErrorKind::NotAList { value: other.to_string() })
            }
        }
        (!runs.is_empty()).then_some(runs)
    }

    fn run(&mut self, path: &str, value: &Value) -> RunChoice {
        let reasons: [fn(String) -> ErrorKind; 2] = [
            |value| ErrorKind::UnnamedOptimizer { value },
            |value| ErrorKind::UnknownOptimizer { value },
        ];
        let id = self.id(path, Some(value), reasons, |id| optimizer::find(id).is_some());
        let entry = id.and_then(optimizer::find).unwrap_or(&optimizer::OPTIMIZERS[0]);
        let mut choice = RunChoice::of(entry);
        if id.is_some() {
            let specs = RunChoice::parameters(entry);
            self.settings(path, value, &specs, &["id", "changes"], &mut choice.settings);
            let changes = value.given("changes");
            choice.changes = self.changes(&format!("{path}.changes"), changes, &specs);
        }
        choice
    }

    fn changes(
        &mut self,
        path: &str,
        value: Option<&Value>,
        specs: &[ParameterSpec],
    ) -> Vec<Change> {
        let items = match value {
            None => return Vec::new(),
            Some(Value::List(items)) if items.len() <= MAX_CHANGES => items,
            Some(Value::List(_)) => {
                self.complain(path, ErrorKind::TooManyChanges { most: MAX_CHANGES });
                return Vec::new();
            }
            Some(other) => {
                self.complain(path, ErrorKind::NotAList { value: other.to_string() });
                return Vec::new();
            }
        };
        let mut changes: Vec<Change> = Vec::new();
        for (index, item) in items.iter().enumerate() {
            changes.extend(self.change(&format!("{path}[{index}]"), item, specs));
        }
        changes.sort_by_key(|change| change.step);
        changes
    }

    fn change(&mut self, path: &str, value: &Value, specs: &[ParameterSpec]) -> Option<Change> {
        let Value::Map(fields) = value else {
            self.complain(path, ErrorKind::NotAnObject { value: value.to_string() });
            return None;
        };
        let step = value.field("step").unwrap_or(&Value::Nothing);
        let step = match self.setting(&format!("{path}.step"), step, &STEPS)? {
            Setting::Number(step) => step as usize,
            _ => return None,
        };
        let mut numbers = Vec::new();
        for (name, value) in given(fields).filter(|(name, _)| name != "step") {
            let field = format!("{path}.{name}");
            let numeric = |spec: &&ParameterSpec| matches!(spec.kind, Kind::Number { .. });
            match specs.iter().filter(numeric).find(|spec| spec.id == name) {
                Some(spec) => {
                    if let Some(Setting::Number(number)) = self.setting(&field, value, spec) {
                        numbers.push((spec.id, number));
                    }
                }
                None => self.complain(&field, ErrorKind::NoSuchNumber),
            }
        }
        Some(Change { step, numbers })
    }

    /// The known identifier that `value` gives, as text or as its field `id`; the reasons are for
    /// giving none and for giving one that is not known.
    fn id<'a>(
        &mut self,
        path: &str,
        value: Option<&'a Value>,
        [unnamed, unknown]: [fn(String) -> ErrorKind; 2],
        known: impl Fn(&str) -> bool,
    ) -> Option<&'a str> {
        let value = match value? {
            Value::Nothing => return None,
            text @ Value::Text(_) => text,
            other => match other.given("id") {
                Some(id) => id,
                None => {
                    self.complain(path, unnamed(other.to_string()));
                    return None;
                }
            },
        };
        match value {
            Value::Text(id) if known(id) => Some(id),
            other => {
                self.complain(path, unknown(other.to_string()));
                None
            }
        }
    }

    fn settings(
        &mut self,
        path: &str,
        value: &Value,
        specs: &[ParameterSpec],
        others: &[&str],
        into: &mut Settings,
    ) {
        let Value::Map(fields) = value else { return };
        for (name, value) in given(fields).filter(|(name, _)| !others.contains(&name.as_str())) {
            let field = format!("{path}.{name}");
            match specs.iter().find(|spec| spec.id == name) {
                Some(spec) => {
                    if let Some(setting) = self.setting(&field, value, spec) {
                        into.set(spec.id, setting);
                    }
                }
                None => self.complain(&field, ErrorKind::NoSuchParameter),
            }
        }
    }

    pub(crate) fn setting(
        &mut self,
        field: &str,
        value: &Value,
        spec: &ParameterSpec,
    ) -> Option<Setting> {
        let shown = || value.to_string();
        let reason = match (spec.kind, value) {
            (Kind::Number { lowest, highest, integer, .. }, Value::Number(number)) => {
                if !(lowest..=highest).contains(number) {
                    ErrorKind::OutOfRange { value: shown(), lowest, highest }
                } else if integer && number.fract() != 0.0 {
                    ErrorKind::NotWhole { value: shown() }
                } else {
                    // Adding zero turns a negative zero into zero.
                    return Some(Setting::Number(*number + 0.0));
                }
            }
            (Kind::Toggle { .. }, Value::Toggle(on)) => return Some(Setting::Toggle(*on)),
            (Kind::Choice { options, .. }, Value::Text(id)) => {
                match options.iter().find(|option| option.id == id) {
                    Some(option) => return Some(Setting::Choice(option.id)),
                    None => ErrorKind::NotAnOption { value: shown(), options: ids(options) },
                }
            }
            (Kind::Text { longest, check, .. }, Value::Text(text)) => {
                if text.chars().count() > longest {
                    ErrorKind::TooLong { longest }
                } else {
                    match check(text) {
                        Ok(()) => return Some(Setting::Text(text.clone())),
                        Err(reason) => reason,
                    }
                }
            }
            (Kind::Number { .. }, _) => ErrorKind::NotANumber { value: shown() },
            (Kind::Toggle { .. }, _) => ErrorKind::NotAToggle { value: shown() },
            (Kind::Choice { options, .. }, _) => {
                ErrorKind::NotAnOption { value: shown(), options: ids(options) }
            }
            (Kind::Text { .. }, _) => ErrorKind::NotAText { value: shown() },
        };
        self.complain(field, reason);
        None
    }

    /// A start: two numbers, or one on a one-dimensional surface, whose y stays 0.
    fn start(&mut self, value: Option<&Value>, entry: &surface::Entry) -> Option<Point> {
        let line = entry.description.dimension == 1;
        match value? {
            Value::List(items) if line && items.len() == 1 => {
                self.numbers("start", value).map(|[x]| Point::new(x, 0.0))
            }
            _ => {
                self.numbers("start", value).map(|[x, y]| Point::new(x, if line { 0.0 } else { y }))
            }
        }
    }

    /// A rectangle [x_min, x_max, y_min, y_max].
    pub(crate) fn rectangle(&mut self, field: &str, value: Option<&Value>) -> Option<Bounds> {
        let [x_min, x_max, y_min, y_max] = self.numbers(field, value)?;
        let bounds = Bounds::new(x_min, x_max, y_min, y_max);
        if is_view(bounds) {
            return Some(bounds);
        }
        let reason =
            ErrorKind::NoRectangle { left: x_min, right: x_max, bottom: y_min, top: y_max };
        self.complain(field, reason);
        None
    }

    /// `N` numbers of moderate size.
    pub(crate) fn numbers<const N: usize>(
        &mut self,
        field: &str,
        value: Option<&Value>,
    ) -> Option<[f64; N]> {
        let items = match value? {
            Value::Nothing => return None,
            Value::List(items) if items.len() == N => items,
            other => {
                self.complain(field, ErrorKind::NotNumbers { value: other.to_string(), count: N });
                return None;
            }
        };
        let mut numbers = [0.0; N];
        for (index, item) in items.iter().enumerate() {
            match item {
                Value::Number(number) if number.abs() <= FARTHEST => numbers[index] = *number + 0.0,
                other => {
                    let reason =
                        ErrorKind::NotACoordinate { value: other.to_string(), farthest: FARTHEST };
                    self.complain(&format!("{field}[{index}]"), reason);
                    return None;
                }
            }
        }
        Some(numbers)
    }
}

/// The fields of a map that are given.
fn given(fields: &[(String, Value)]) -> impl Iterator<Item = &(String, Value)> {
    fields.iter().filter(|(_, value)| *value != Value::Nothing)
}

fn ids(options: &[ChoiceOption]) -> String {
    let ids: Vec<_> = options.iter().map(|option| option.id).collect();
    ids.join(", ")
}
