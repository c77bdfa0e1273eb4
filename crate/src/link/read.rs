//! From a link to a configuration, by way of the plain data that the one validator reads.

use super::{LONGEST, MOST_COMPLAINTS, NEWEST, RUN, STEP, SURFACE, VERSION, WHOLE, escape};
use crate::configuration::{Configuration, Error, GENERAL, LISTS, RunChoice, Value};
use crate::error_kind::{ErrorKind, visible};
use crate::math::numeral;
use crate::optimizer;
use crate::parameter::{Kind, ParameterSpec};
use crate::surface::{self, SURFACES};
use std::collections::BTreeSet;

/// The configuration that a link says, with or without `#`, and an error about each thing in
/// it that cannot be understood; in its stead stands the default.
pub fn read(link: &str) -> (Configuration, Vec<Error>) {
    let link = link.strip_prefix('#').unwrap_or(link);
    let mut reading = Reading::default();
    if link.len() > LONGEST {
        reading.complain(WHOLE, ErrorKind::TooLong { longest: LONGEST });
        return (Configuration::default(), reading.errors);
    }
    let value = reading.link(link);
    let (configuration, refused) = Configuration::read(&value);
    let mut errors = reading.errors;
    errors.extend(refused);
    if errors.len() > MOST_COMPLAINTS {
        let count = errors.len() - MOST_COMPLAINTS + 1;
        errors.truncate(MOST_COMPLAINTS - 1);
        errors.push(Error::new(WHOLE, ErrorKind::MoreErrors { count }));
    }
    (configuration, errors)
}

/// What is found wrong before the validator sees it.
#[derive(Default)]
struct Reading {
    errors: Vec<Error>,
}

impl Reading {
    fn complain(&mut self, field: &str, reason: ErrorKind) {
        self.errors.push(Error::new(clipped(field), reason));
    }

    fn link(&mut self, link: &str) -> Value {
        // Some programs encode a link as a whole.
        let whole = !link.contains('=') && link.to_ascii_lowercase().contains("%3d");
        let parts = self.parts(&if whole { escape::decode(link) } else { link.to_owned() });
        let named = parts.iter().find(|(key, _)| key == SURFACE).map(|(_, id)| id.as_str());
        let entry = named.map_or_else(|| Some(meant(&parts)), surface::find);
        let id = named.or(entry.map(|entry| entry.description.id)).unwrap_or_default();
        let mut of_surface = vec![("id".to_owned(), Value::from(id))];
        let mut fields = Vec::new();
        let mut runs = Vec::new();
        for (key, text) in parts.iter().filter(|(key, _)| key != SURFACE) {
            if key == VERSION {
                self.version(text);
            } else if key == RUN {
                runs.push(self.run(runs.len(), text));
            } else if let Some(spec) = GENERAL.iter().find(|spec| spec.id == key) {
                fields.push((key.clone(), value(spec, text)));
            } else if LISTS.contains(&key.as_str()) {
                fields.push((key.clone(), list(text)));
            } else if let Some(spec) = parameter_of(entry, key) {
                of_surface.push((key.clone(), value(spec, text)));
            } else {
                self.complain(key, ErrorKind::NoSuchField);
            }
        }
        fields.push((SURFACE.to_owned(), Value::Map(of_surface)));
        if !runs.is_empty() {
            fields.push(("runs".to_owned(), Value::List(runs)));
        }
        Value::Map(fields)
    }

    /// The parts with their keys, decoded, each key once but for runs.
    fn parts(&mut self, link: &str) -> Vec<(String, String)> {
        let mut parts = Vec::new();
        let mut seen = BTreeSet::new();
        for part in link.split('&').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            let [key, value] = [key, value].map(|text| escape::decode(text).trim().to_owned());
            if key.is_empty() {
                self.complain(part, ErrorKind::NoSuchField);
            } else if key != RUN && !seen.insert(key.clone()) {
                self.complain(&key, repeated(&value));
            } else {
                parts.push((key, value));
            }
        }
        parts
    }

    fn version(&mut self, text: &str) {
        if !text.parse::<u32>().is_ok_and(|version| (1..=NEWEST).contains(&version)) {
            let reason = ErrorKind::LinkVersion { value: shown(text), newest: NEWEST };
            self.complain(VERSION, reason);
        }
    }

    /// An optimizer, its settings at the start, and changes, each after so many steps.
    fn run(&mut self, index: usize, text: &str) -> Value {
        let mut items = text.split(',').map(str::trim);
        let id = items.next().unwrap_or_default();
        // Of an optimizer that is not known nothing else is understood.
        let specs = optimizer::find(id).map(RunChoice::parameters);
        let mut settings = vec![("id".to_owned(), Value::from(id))];
        let mut changes: Vec<Value> = Vec::new();
        let mut seen = BTreeSet::new();
        for item in items.filter(|_| specs.is_some()) {
            let (name, text) = item.split_once(':').unwrap_or((item, ""));
            let [name, text] = [name, text].map(str::trim);
            if name == STEP {
                changes.push(Value::Map(Vec::new()));
                seen.clear();
            }
            let spec = specs.iter().flatten().find(|spec| spec.id == name);
            let value = match spec {
                Some(spec) => value(spec, text),
                None => number_or_text(text),
            };
            let field = match changes.len().checked_sub(1) {
                Some(change) => format!("runs[{index}].changes[{change}].{name}"),
                None => format!("runs[{index}].{name}"),
            };
            if spec.is_none() && name != STEP {
                self.complain(&field, ErrorKind::NoSuchParameter);
            } else if !seen.insert(name) {
                self.complain(&field, repeated(text));
            } else {
                let into = match changes.last_mut() {
                    Some(Value::Map(change)) => change,
                    _ => &mut settings,
                };
                into.push((name.to_owned(), value));
            }
        }
        if !changes.is_empty() {
            settings.push(("changes".to_owned(), Value::List(changes)));
        }
        Value::Map(settings)
    }
}

/// The first surface that has all parameters among the keys, where none is named.
fn meant(parts: &[(String, String)]) -> &'static surface::Entry {
    let belongs = |key: &str| SURFACES.iter().any(|entry| has(entry, key));
    let keys: Vec<&str> =
        parts.iter().map(|(key, _)| key.as_str()).filter(|key| belongs(key)).collect();
    let fits = |entry: &&surface::Entry| keys.iter().all(|key| has(entry, key));
    SURFACES.iter().find(fits).unwrap_or(&SURFACES[0])
}

fn has(entry: &surface::Entry, id: &str) -> bool {
    entry.description.parameters.iter().any(|spec| spec.id == id)
}

/// What a surface's parameter is like; where the surface does not have it, as another one does.
fn parameter_of(
    entry: Option<&'static surface::Entry>,
    id: &str,
) -> Option<&'static ParameterSpec> {
    let entries = entry.into_iter().chain(SURFACES);
    entries.flat_map(|entry| entry.description.parameters).find(|spec| spec.id == id)
}

/// Text as the kind of value that is expected, if it can be one.
fn value(spec: &ParameterSpec, text: &str) -> Value {
    match (spec.kind, text) {
        (Kind::Number { .. }, _) => number_or_text(text),
        (Kind::Toggle { .. }, "true" | "on" | "1") => Value::Toggle(true),
        (Kind::Toggle { .. }, "false" | "off" | "0") => Value::Toggle(false),
        _ => Value::from(text),
    }
}

fn list(text: &str) -> Value {
    let items: Option<Vec<Value>> =
        text.split([',', '，']).map(|item| numeral::read(item).map(Value::Number)).collect();
    items.map_or(Value::from(text), Value::List)
}

fn number_or_text(text: &str) -> Value {
    numeral::read(text).map_or(Value::from(text), Value::Number)
}

fn repeated(value: &str) -> ErrorKind {
    ErrorKind::Repeated { value: shown(value) }
}

/// As errors quote it.
fn shown(text: &str) -> String {
    Value::from(text).to_string()
}

/// A name that may be of any length and consist of anything.
fn clipped(name: &str) -> String {
    const LONGEST_NAME: usize = 60;
    let dots = if name.chars().count() > LONGEST_NAME { "…" } else { "" };
    visible(name.chars().take(LONGEST_NAME)) + dots
}
