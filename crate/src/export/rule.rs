//! An update rule as Python for NumPy.

use super::noise;
use super::stages::{self, Stage};
use crate::configuration::Error;
use crate::error_kind::ErrorKind;
use crate::math::expression::{Dialect, Expression, Operation, parse};
use crate::study::simulate::Simulated;

/// One step of a rule in Python, on arrays of both coordinates.
pub(super) struct Rule {
    /// The numbers that it reads, as they are at the start.
    pub(super) parameters: Vec<(&'static str, f64)>,
    /// The products of all values so far of a number that changes.
    pub(super) products: Vec<String>,
    /// What it reads before it sets it.
    pub(super) remembered: Vec<&'static str>,
    /// What changes on the way, see [`stages::table`].
    pub(super) changes: Option<String>,
    /// The statements.
    pub(super) lines: Vec<String>,
}

impl Rule {
    /// The rule of all `stages`; a learning rate that is `scheduled` is set already.
    pub(super) fn new(
        simulation: &Simulated,
        stages: &[Stage],
        scheduled: bool,
    ) -> Result<Self, Error> {
        let Stage { settings, optimizer, .. } = &stages[0];
        if let Some(stage) = stages.iter().find(|s| s.optimizer.formula() != optimizer.formula()) {
            let reason = ErrorKind::ScriptForm { step: stage.from };
            return Err(Error::new("runs[0].changes", reason));
        }
        let changed = stages::changed(stages);
        let owned = |(target, text): (_, &str)| (target, text.to_owned());
        let mut texts: Vec<_> = stages[0].assignments().into_iter().map(owned).collect();
        let products = products(&mut texts, &changed);
        let mut names: Vec<&str> = stages[0].names();
        names.extend(products.iter().map(|(_, name)| name.as_str()));
        let read =
            |text: &str| parse(text, &names).map_err(|reason| Error::new("runs[0].id", reason));

        let probe = read(optimizer.probe_formula())?;
        let mut used = variables(&probe, &names);
        let mut lines = Vec::new();
        for (id, product) in &products {
            lines.push(format!("{product} = {product} * {id}"));
            used.push(id);
        }
        let place = probe.print(&names, Dialect::NumPy);
        let batch = if noise::drawn(simulation) { ", batch(k)" } else { "" };
        let slope = format!("gradient({place}{batch})");
        lines.push(match (noise::noisy(simulation), settings.toggle("maximize")) {
            (false, false) => format!("g = {slope}"),
            (false, true) => format!("g = -{slope}"),
            (true, false) => format!("g = {slope} + noise(k)"),
            (true, true) => format!("g = -({slope} + noise(k))"),
        });
        if stages.iter().any(|stage| stage.settings.number("weight_decay") != 0.0) {
            let decay = if changed.contains(&"weight_decay") {
                used.push("weight_decay");
                "weight_decay".to_owned()
            } else {
                format!("{:?}", settings.number("weight_decay"))
            };
            lines.push(if optimizer.decouples() {
                format!("w = w * (1.0 - lr * {decay})")
            } else {
                format!("g = g + {decay} * ({place})")
            });
        }

        let mut set = Vec::new();
        let mut remembered = Vec::new();
        let mut note = |used: &[&str], set: &[&str]| {
            for name in used {
                let target = texts.iter().map(|(target, _)| target).find(|target| *target == name);
                let Some(target) = target.filter(|target| **target != "w") else { continue };
                if !set.contains(target) && !remembered.contains(target) {
                    remembered.push(*target);
                }
            }
        };
        note(&used, &set);
        for (target, text) in &texts {
            let expression = read(text)?;
            let powers = stages::in_powers_of_steps(&expression, &names);
            if let Some(id) = powers.iter().find(|id| changed.contains(id)) {
                let reason = ErrorKind::ScriptChange { parameter: (*id).to_owned() };
                return Err(Error::new("runs[0].changes", reason));
            }
            let here = variables(&expression, &names);
            note(&here, &set);
            set.push(*target);
            used.extend(here);
            lines.push(format!("{target} = {}", expression.print(&names, Dialect::NumPy)));
        }

        let parameters = |stage: &Stage| {
            let lr = (!scheduled).then(|| ("lr", stage.settings.number("lr")));
            let own = stage.numbers().into_iter().filter(|(id, _)| used.contains(id));
            lr.into_iter().chain(own).collect::<Vec<_>>()
        };
        let written = |(id, number): (&'static str, f64)| (id, format!("{number:?}"));
        let changes =
            stages::table(stages, |stage| parameters(stage).into_iter().map(written).collect());
        let parameters = parameters(&stages[0]);
        if changes.is_some() {
            let new = parameters.iter().filter(|(id, _)| changed.contains(id));
            let mut first = vec!["change = changes.get(k - 1, {})".to_owned()];
            first.extend(new.map(|(id, _)| format!("{id} = change.get(\"{id}\", {id})")));
            lines.splice(0..0, first);
        }
        let products = products.into_iter().map(|(_, name)| name).collect();
        Ok(Self { parameters, products, remembered, changes, lines })
    }
}

/// Writes products for the powers idᵏ of what has not been the same at all k steps; gives the ids
/// with the names of the products.
fn products(
    texts: &mut [(&'static str, String)],
    changed: &[&'static str],
) -> Vec<(&'static str, String)> {
    let mut products = Vec::new();
    for &id in changed {
        let (power, product) = (format!("{id}^k"), format!("{id}_k"));
        let mut raised = texts.iter_mut().filter(|(_, text)| text.contains(&power)).peekable();
        if raised.peek().is_some() {
            raised.for_each(|(_, text)| *text = text.replace(&power, &product));
            products.push((id, product));
        }
    }
    products
}

/// The names that an expression reads.
fn variables<'a>(expression: &Expression, names: &[&'a str]) -> Vec<&'a str> {
    let index = |operation: &Operation| match operation {
        Operation::Variable(index) => Some(names[*index]),
        _ => None,
    };
    expression.operations().iter().filter_map(index).collect()
}
