//! Changing one field of a configuration by its name.

use super::{
    Change, Configuration, Error, LOCK_LR, MAX_CHANGES, PLANE_LR, RunChoice, VISIBLE, Value,
};
use crate::error_kind::ErrorKind;
use crate::optimizer::{self, Hint};
use crate::parameter::{Setting, Settings};

impl Configuration {
    /// This configuration with one field changed, e.g. `runs[1].beta`.
    ///
    /// Another surface brings its own parameters, start, view and suitable learning rates, and the
    /// range of those on the plane;
    /// another formula does so as far as nothing else has been chosen;
    /// another optimizer brings a suitable learning rate and keeps the numbers that it shares
    /// with the one before and that had been changed. The optimizer of the run after the last adds
    /// one. Under the lock of learning rates, one that changes takes along all that mean the same,
    /// and the lock itself gives them the smallest.
    ///
    /// # Errors
    /// The error about the field or its new value.
    pub fn with(&self, field: &str, new: Value) -> Result<Self, Error> {
        let mut value = self.to_value();
        let unknown = || Error::new(field, ErrorKind::NoSuchField);
        let path = path_of(field);
        if path == ["runs", self.runs.len().to_string().as_str(), "id"] {
            return self.with_another(&new);
        }
        if path.is_empty() {
            return Err(unknown());
        }
        let mut slot = &mut value;
        for part in &path {
            slot = slot.entry(part).ok_or_else(unknown)?;
        }
        *slot = new.clone();
        match path[..] {
            ["surface", name]
                if matches!(self.surface.settings.get(name), Some(Setting::Text(_))) =>
            {
                self.with_formula(value)
            }
            ["surface", "id"] => {
                value.entry("surface").into_iter().for_each(|surface| *surface = only_id(&new));
                value.retain(|name| !["start", "view", PLANE_LR.id].contains(&name));
                for index in 0..self.runs.len() {
                    value
                        .run(index)
                        .into_iter()
                        .for_each(|run| run.retain(|name| name != "changes"));
                }
                let mut changed = Self::strict(&value)?;
                changed.suggest_learning_rates(0..self.runs.len());
                changed.even_out();
                Ok(changed)
            }
            ["runs", index, "id"] => {
                let index = index.parse::<usize>().map_err(|_| unknown())?;
                let old = &self.runs[index];
                if let (Value::Text(id), Some(run)) = (&new, value.run(index))
                    && let Some(entry) = optimizer::find(id)
                {
                    let specs = entry.parameters();
                    let before = Settings::defaults(&RunChoice::parameters(old.entry));
                    // A choice such as the form means something else in another rule, and what
                    // was left at its default is no choice.
                    let shared = |name: &str| {
                        matches!(old.settings.get(name), Some(Setting::Number(_)))
                            && old.settings.get(name) != before.get(name)
                            && specs.iter().any(|spec| spec.id == name)
                    };
                    let stays = |name: &str| {
                        name == "id" || name == VISIBLE.id || name.starts_with("schedule")
                    };
                    run.retain(|name| stays(name) || shared(name));
                }
                let mut changed = Self::strict(&value)?;
                if changed.runs[index].entry.description.id != old.entry.description.id {
                    changed.suggest_learning_rates(index..index + 1);
                    changed.join(index);
                }
                Ok(changed)
            }
            ["runs", index, id] => {
                let index = index.parse::<usize>().map_err(|_| unknown())?;
                let mut changed = Self::strict(&value)?;
                let setting = changed.runs[index].settings.get(id).cloned();
                for follower in changed.followers(index, id) {
                    let run = &mut changed.runs[follower];
                    setting.clone().into_iter().for_each(|setting| {
                        run.settings.set(id, setting);
                    });
                    // From the start means all along.
                    run.forget(id, 0);
                }
                Ok(changed)
            }
            [id] if id == LOCK_LR.id => {
                let mut changed = Self::strict(&value)?;
                changed.even_out();
                Ok(changed)
            }
            _ => Self::strict(&value),
        }
    }

    /// With another formula, which brings what another surface would, but for what has been chosen by
    /// hand: it may be changed a sign at a time.
    fn with_formula(&self, mut value: Value) -> Result<Self, Error> {
        let surface = self.surface.entry.build(&self.surface.settings);
        let (start, view) = (self.start == surface.start(), self.view == surface.view());
        value.retain(|name| !(name == "start" && start || name == "view" && view));
        let mut usual = self.clone();
        usual.suggest_learning_rates(0..self.runs.len());
        let mut changed = Self::strict(&value)?;
        for (index, run) in usual.runs.iter().enumerate() {
            if run.settings.get("lr") == self.runs[index].settings.get("lr") {
                changed.suggest_learning_rates(index..index + 1);
            }
        }
        changed.even_out();
        Ok(changed)
    }

    /// With a run more, of an optimizer, at a learning rate that suits the surface.
    fn with_another(&self, id: &Value) -> Result<Self, Error> {
        let mut value = self.to_value();
        if let Some(Value::List(runs)) = value.entry("runs") {
            runs.push(only_id(id));
        }
        let mut changed = Self::strict(&value)?;
        let last = self.runs.len();
        changed.suggest_learning_rates(last..last + 1);
        changed.join(last);
        Ok(changed)
    }

    /// The same as [`with`](Self::with), but a number of a run changes only after `step` steps.
    ///
    /// # Errors
    /// As [`with`](Self::with), and when a run has more changes than [`MAX_CHANGES`].
    pub fn with_after(&self, step: usize, field: &str, new: Value) -> Result<Self, Error> {
        let changed = self.with(field, new)?;
        let Some((index, id)) = number_of_run(field, &changed) else { return Ok(changed) };
        if step == 0 {
            return Ok(changed);
        }
        let number = changed.runs[index].settings.number(id);
        let mut result = self.clone();
        for follower in self.followers(index, id) {
            let run = &mut result.runs[follower];
            run.change_after(step, (id, number));
            if run.changes.len() > MAX_CHANGES {
                return Err(Error::new(field, ErrorKind::TooManyChanges { most: MAX_CHANGES }));
            }
        }
        Ok(result)
    }

    /// The runs that a change of parameter `id` of run `index` concerns: that run, and under the
    /// lock all whose learning rate means the same.
    fn followers(&self, index: usize, id: &str) -> Vec<usize> {
        let locked = self.lock_lr && id == "lr";
        let follows = |other: &usize| *other == index || locked && self.alike(index, *other);
        (0..self.runs.len()).filter(follows).collect()
    }

    /// Whether the learning rates of two runs mean the same.
    fn alike(&self, one: usize, other: usize) -> bool {
        let meaning = |index: usize| self.runs[index].entry.description.lr_meaning;
        meaning(one) == meaning(other)
    }

    /// Under the lock, gives runs whose learning rates mean the same the smallest of them, which
    /// suits all.
    fn even_out(&mut self) {
        let count = self.runs.len();
        let least = |index: usize| {
            let alike = (0..count).filter(|other| self.alike(index, *other));
            alike.map(|other| self.runs[other].settings.number("lr")).fold(f64::INFINITY, f64::min)
        };
        let rates: Vec<f64> = (0..count).filter(|_| self.lock_lr).map(least).collect();
        for (run, lr) in self.runs.iter_mut().zip(rates) {
            if run.settings.number("lr") != lr {
                run.settings.set("lr", Setting::Number(lr));
                run.forget("lr", 0);
            }
        }
    }

    /// Under the lock, gives run `index` the learning rate that the others like it share.
    fn join(&mut self, index: usize) {
        let mut others = 0..self.runs.len();
        let other = others.find(|other| *other != index && self.alike(index, *other));
        if let (true, Some(other)) = (self.lock_lr, other) {
            let lr = self.runs[other].settings.number("lr");
            self.runs[index].settings.set("lr", Setting::Number(lr));
        }
    }

    /// Sets learning rates that suit the surface.
    pub(super) fn suggest_learning_rates(&mut self, runs: std::ops::Range<usize>) {
        let surface = self.surface.entry.build(&self.surface.settings);
        let (plain, width) = (surface.learning_rate(), surface.view().width());
        for run in &mut self.runs[runs] {
            let optimizer = run.entry.build(&run.settings);
            let lr = optimizer.learning_rate(Hint { plain, width });
            run.settings.set("lr", Setting::Number(round(lr)));
        }
    }
}

/// The names and numbers on the way to a field: runs[1].beta and runs.1.beta are one.
fn path_of(field: &str) -> Vec<&str> {
    field.split(['.', '[', ']']).filter(|part| !part.is_empty()).collect()
}

/// The run and its number that `field` names.
fn number_of_run(field: &str, configuration: &Configuration) -> Option<(usize, &'static str)> {
    let ["runs", index, id] = path_of(field)[..] else { return None };
    let index = index.parse::<usize>().ok()?;
    let mut settings = configuration.runs.get(index)?.settings.iter();
    let (id, _) =
        settings.find(|(known, value)| *known == id && matches!(value, Setting::Number(_)))?;
    Some((index, id))
}

impl RunChoice {
    /// Changes a number after `step` steps, and no more later on.
    fn change_after(&mut self, step: usize, number: (&'static str, f64)) {
        self.forget(number.0, step);
        let at = self.changes.partition_point(|change| change.step < step);
        match self.changes.get_mut(at) {
            Some(change) if change.step == step => change.numbers.push(number),
            _ => self.changes.insert(at, Change { step, numbers: vec![number] }),
        }
    }

    /// Drops the changes of parameter `id` from step `from` on.
    fn forget(&mut self, id: &str, from: usize) {
        for change in self.changes.iter_mut().filter(|change| change.step >= from) {
            change.numbers.retain(|(changed, _)| *changed != id);
        }
        self.changes.retain(|change| !change.numbers.is_empty());
    }
}

/// A selection of which nothing but the id is said.
fn only_id(id: &Value) -> Value {
    Value::Map(vec![("id".to_owned(), id.clone())])
}

impl Value {
    /// Run `index` of a configuration as plain data.
    fn run(&mut self, index: usize) -> Option<&mut Self> {
        self.entry("runs")?.entry(&index.to_string())
    }

    /// Drops the fields of a map that `wanted` does not name.
    fn retain(&mut self, wanted: impl Fn(&str) -> bool) {
        if let Self::Map(fields) = self {
            fields.retain(|(name, _)| wanted(name));
        }
    }
}

/// Two significant digits: a suggestion should read well.
fn round(value: f64) -> f64 {
    let second = libm::log10(value.abs()).floor() - 1.0;
    if !second.is_finite() {
        return value;
    }
    // Small whole numbers and powers of ten are exact, so this is the number that is written so.
    let power = 10_f64.powi(second.abs() as i32);
    if second < 0.0 { (value * power).round() / power } else { (value / power).round() * power }
}

#[cfg(test)]
mod tests {
    use super::round;

    #[test]
    fn two_digits_are_the_decimal_that_is_read_from_them() {
        for value in [0.020_3, 1e-5, 9.96e-4, 0.1, 0.25, 1.0, 2.34567, 99.7, 1234.5, -0.0123] {
            let read: f64 = format!("{value:.1e}").parse().unwrap_or(f64::NAN);
            assert_eq!(round(value), read, "{value}");
        }
        assert_eq!(round(0.0), 0.0);
    }
}
