//! From a configuration to its link.

use super::{LONGEST, NEWEST, RUN, STEP, SURFACE, VERSION, WHOLE, escape};
use crate::configuration::{Configuration, Error, RunChoice, Value};
use crate::error_kind::ErrorKind;
use crate::parameter::{ParameterSpec, Setting, Settings};
use crate::surface::SURFACES;

/// The link that says this configuration, without `#`.
///
/// # Errors
/// When it would be longer than [`LONGEST`].
pub fn write(configuration: &Configuration) -> Result<String, Error> {
    let Configuration { surface, runs, .. } = configuration;
    let id = surface.entry.description.id;
    let parameters = said(&surface.settings, surface.entry.description.parameters);
    let mut parts = vec![format!("{VERSION}={NEWEST}")];
    if id != SURFACES[0].description.id || !parameters.is_empty() {
        parts.push(part(SURFACE, id));
    }
    parts.extend(parameters.iter().map(|(name, text)| part(name, text)));

    let whole = configuration.to_value();
    // What follows from the surface alone is not said.
    let shape = whole.field(SURFACE).cloned().unwrap_or(Value::Nothing);
    let (implied, _) = Configuration::read(&Value::map([(SURFACE, shape)]));
    let implied = implied.to_value();
    let Value::Map(fields) = whole else { return Ok(String::new()) };
    for (name, value) in fields.iter().filter(|(name, value)| implied.field(name) != Some(value)) {
        if name == "runs" {
            parts.extend(runs.iter().map(|choice| part(RUN, &run(choice))));
        } else {
            parts.push(part(name, &text(value)));
        }
    }
    let mut link = parts.join("&");
    escape::close(&mut link);
    if link.len() > LONGEST {
        return Err(Error::new(WHOLE, ErrorKind::TooLong { longest: LONGEST }));
    }
    Ok(link)
}

fn part(name: &str, value: &str) -> String {
    format!("{}={}", escape::encode(name), escape::encode(value))
}

/// A run: its optimizer, what is not at its default, and what changes on the way.
fn run(choice: &RunChoice) -> String {
    let settings = said(&choice.settings, &RunChoice::parameters(choice.entry));
    let mut items = vec![choice.entry.description.id.to_owned()];
    items.extend(settings.iter().map(|(name, text)| format!("{name}:{text}")));
    for change in &choice.changes {
        items.push(format!("{STEP}:{}", change.step));
        items.extend(
            change.numbers.iter().map(|&(name, value)| format!("{name}:{}", number(value))),
        );
    }
    items.join(",")
}

/// The settings that are not at their defaults.
fn said(settings: &Settings, specs: &[ParameterSpec]) -> Vec<(&'static str, String)> {
    let defaults = Settings::defaults(specs);
    let changed = settings.iter().filter(|(name, setting)| defaults.get(name) != Some(setting));
    let text = |setting: &Setting| match setting {
        Setting::Number(value) => number(*value),
        Setting::Choice(option) => (*option).to_owned(),
        Setting::Toggle(on) => on.to_string(),
        Setting::Text(text) => text.clone(),
    };
    changed.map(|(name, setting)| (name, text(setting))).collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::Nothing | Value::Map(_) => String::new(),
        Value::Toggle(on) => on.to_string(),
        Value::Number(value) => number(*value),
        Value::Text(text) => text.clone(),
        Value::List(items) => items.iter().map(text).collect::<Vec<_>>().join(","),
    }
}

/// The shortest decimal number with these bits.
fn number(value: f64) -> String {
    // Adding zero turns a negative zero into zero, as reading does.
    let value = value + 0.0;
    if value == 0.0 || (1e-5..1e12).contains(&value.abs()) {
        value.to_string()
    } else {
        format!("{value:e}")
    }
}
