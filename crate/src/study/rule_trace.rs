//! The update rule with the numbers of one step in it.
//!
//! The lines of a rule, see [`formula`](crate::optimizer::Optimizer::formula), are carried out
//! over the gradients that a run recorded, so that every name has its value at every step.

use crate::configuration::RunChoice;
use crate::math::expression::{Expression, Math, Rounding, Term, parse};
use crate::math::geometry::Point;
use crate::optimizer::AnyOptimizer;
use crate::parameter::{Setting, Settings};
use crate::run::Run;
use serde::Serialize;
use std::borrow::Cow;

/// Steps between two states that are kept, to go back from.
const STRIDE: usize = 256;
/// The names that every rule has, by their index.
const GIVEN: [&str; 4] = ["w", "g", "lr", "k"];
const W: usize = 0;
const G: usize = 1;
const LR: usize = 2;
const K: usize = 3;
/// A line must lead where the ball went, to this share of its size.
const AGREEMENT: f64 = 1e-6;

/// One assignment at one step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// The assignment.
    pub symbols: Math,
    /// What it sets, x and where there is one y; empty where nothing is known.
    pub values: Vec<f64>,
    /// The right side with numbers, and what it sets.
    pub numbers: Option<Numbers>,
    /// The assignment in text.
    pub spoken: String,
}

/// Numbers in the place of symbols.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Numbers {
    /// The right side; nothing at the start.
    pub terms: Option<Math>,
    /// Its value.
    pub value: Math,
    /// Both in text.
    pub spoken: String,
}

/// What a line does.
#[derive(Debug)]
enum Action {
    /// Takes the gradient at a place.
    Gradient(Expression),
    /// Works a value out.
    Assign(Expression),
}

/// The lines in force from one step on.
#[derive(Debug)]
struct Stage {
    from: usize,
    /// What each line sets, by index of its name.
    lines: Vec<(usize, Action)>,
    /// Of the parameters, by index of their name.
    numbers: Vec<(usize, f64)>,
}

/// The values of all names, for x and for y.
type Values = [Vec<f64>; 2];

/// The rule of one run, with the values of its names at one step.
#[derive(Debug)]
pub struct RuleTrace {
    names: Vec<Term>,
    /// Whether a name has a value for each coordinate.
    vector: Vec<bool>,
    /// Whether a name is a parameter, whose digits do not change.
    parameter: Vec<bool>,
    stages: Vec<Stage>,
    /// The state after each [`STRIDE`] steps.
    kept: Vec<Values>,
    at: usize,
    values: Values,
    line: bool,
    noisy: bool,
}

impl RuleTrace {
    /// The rule of a run, before its first step; `None` where its formula cannot be read, which
    /// no rule of the registry is. `line`: the surface has one dimension; `noisy`: there is chance
    /// in the gradients.
    pub fn new(choice: &RunChoice, line: bool, noisy: bool) -> Option<Self> {
        let stages: Vec<(usize, Settings, Box<dyn AnyOptimizer>)> = choice
            .stages()
            .into_iter()
            .map(|(from, settings)| {
                let rule = choice.entry.build(&settings);
                (from, settings, rule)
            })
            .collect();
        let specs = choice.entry.parameters();
        let mut names: Vec<String> = GIVEN.map(str::to_owned).to_vec();
        let own = specs.iter().filter(|spec| {
            spec.id != "lr" && matches!(choice.settings.get(spec.id), Some(Setting::Number(_)))
        });
        names.extend(own.map(|spec| spec.id.to_owned()));
        let parameters = GIVEN.len()..names.len();
        let texts: Vec<Vec<(&str, Cow<'_, str>)>> =
            stages.iter().map(|(_, settings, rule)| texts(settings, &**rule)).collect();
        for (target, _) in texts.iter().flatten() {
            if !names.iter().any(|name| name == target) {
                names.push((*target).to_owned());
            }
        }

        let symbol = |name: &String| {
            let spec = specs.iter().find(|spec| spec.id == *name);
            let symbol = spec.map(|spec| spec.symbol).filter(|symbol| !symbol.is_empty());
            Term::symbol(symbol.unwrap_or(name))
        };
        let shown = names.iter().map(symbol).collect();
        let parameter: Vec<bool> =
            (0..names.len()).map(|index| index == LR || parameters.contains(&index)).collect();
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        let index = |name: &str| known.iter().position(|known| *known == name);
        let mut read = Vec::new();
        for ((from, settings, rule), texts) in stages.iter().zip(&texts) {
            let probe = parse(rule.probe_formula(), &known).ok()?;
            let mut lines = vec![(G, Action::Gradient(probe))];
            for (target, text) in texts {
                lines.push((index(target)?, Action::Assign(parse(text, &known).ok()?)));
            }
            let number = |at: usize| match settings.get(known[at]) {
                Some(Setting::Number(number)) => Some((at, *number)),
                _ => None,
            };
            let numbers = parameters.clone().filter_map(number).collect();
            read.push(Stage { from: *from, lines, numbers });
        }
        let values = [vec![0.0; names.len()], vec![0.0; names.len()]];
        Some(Self {
            vector: vectors(&read, names.len()),
            names: shown,
            parameter,
            stages: read,
            kept: vec![values.clone()],
            at: 0,
            values,
            line,
            noisy,
        })
    }

    /// Carries the rule out until `step` steps of a run are made, at most `most` of them now, so
    /// that a long way is gone in several calls. Returns whether it is there.
    pub fn go(&mut self, run: &Run, step: usize, most: usize) -> bool {
        if step < self.at {
            let row = step / STRIDE;
            self.at = row * STRIDE;
            self.values.clone_from(&self.kept[row]);
        }
        for _ in 0..most {
            if self.at >= step {
                break;
            }
            let stage = stage(&self.stages, self.at + 1);
            let begun = begin(&mut self.values, stage, run, self.at + 1);
            if begun.is_none() {
                return true;
            }
            for line in &stage.lines {
                carry_out(&mut self.values, line);
            }
            self.at += 1;
            if self.at == self.kept.len() * STRIDE {
                self.kept.push(self.values.clone());
            }
        }
        self.at >= step
    }

    /// The lines at the step that led to row `step` of the run, after [`go`](Self::go) to the row
    /// before it; without numbers at the start, where no step has been made.
    pub fn lines(&self, run: &Run, step: usize) -> Vec<Line> {
        let stage = stage(&self.stages, step.max(1));
        let mut values = self.values.clone();
        if step == 0 || begin(&mut values, stage, run, step).is_none() {
            let start = run.points()[0];
            values[0][W] = start.x;
            values[1][W] = start.y;
            return self.written(stage, step, |target| {
                (target == W).then(|| ([values[0][W], values[1][W]], None))
            });
        }
        // What stands on the right side before a line is what the lines above have left.
        let mut results = Vec::new();
        for line in &stage.lines {
            let terms = self.right(&line.1, step, |index| self.value(&values, index));
            carry_out(&mut values, line);
            results.push((self.pair(&values, line.0), terms));
        }
        let truth = run.points()[step];
        let found = Point::new(values[0][W], values[1][W]);
        let agrees = [(found.x, truth.x), (found.y, truth.y)]
            .into_iter()
            .take(if self.line { 1 } else { 2 })
            .all(|(a, b)| (a - b).abs() <= AGREEMENT * b.abs().max(1.0) || !b.is_finite());
        let mut results = results.into_iter();
        self.written(stage, step, |_| {
            let (pair, terms) = results.next()?;
            agrees.then_some((pair, Some(terms)))
        })
    }

    fn pair(&self, values: &Values, index: usize) -> [f64; 2] {
        [values[0][index], values[1][index]]
    }

    /// A name's value as it stands in a formula.
    fn value(&self, values: &Values, index: usize) -> Term {
        let [x, y] = self.pair(values, index);
        if index == K || self.parameter[index] {
            Term::number(x, Rounding::Short)
        } else if self.vector[index] && !self.line {
            Term::pair([x, y])
        } else {
            Term::number(x, Rounding::Fixed)
        }
    }

    /// The right side of a line.
    fn right(&self, action: &Action, step: usize, term: impl Fn(usize) -> Term) -> Math {
        match action {
            Action::Assign(expression) => expression.mathml(term, step <= 1),
            Action::Gradient(place) => {
                let gradient = Math::gradient(place.mathml(term, step <= 1));
                if self.noisy {
                    Math::row(vec![gradient, Math::operator("+"), Math::symbol("ξ")])
                } else {
                    gradient
                }
            }
        }
    }

    /// All lines of a stage; `known` gives what a line sets and, with it, its right side in
    /// numbers.
    fn written(
        &self,
        stage: &Stage,
        step: usize,
        mut known: impl FnMut(usize) -> Option<([f64; 2], Option<Math>)>,
    ) -> Vec<Line> {
        let write = |(target, action): &(usize, Action)| {
            let right = self.right(action, step, |index| self.names[index].clone());
            let name = self.names[*target].clone().into_math();
            let symbols = Math::row(vec![name, Math::operator("←"), right]);
            let found = known(*target);
            let wide = self.vector[*target] && !self.line;
            let values = found.iter().flat_map(|(pair, _)| &pair[..if wide { 2 } else { 1 }]);
            let values = values.copied().collect();
            let numbers = found.map(|([x, y], terms)| {
                let value =
                    if wide { Math::pair([x, y]) } else { Math::number(x, Rounding::Fixed) };
                let right = terms.as_ref().map(|terms| format!("{} = ", terms.text()));
                let spoken = right.unwrap_or_default() + &value.text();
                Numbers { terms, value, spoken }
            });
            Line { spoken: symbols.text(), symbols, values, numbers }
        };
        stage.lines.iter().map(write).collect()
    }
}

/// The assignments of a rule with what all rules share, as in `optimizer/shared.rs`, around it.
fn texts(settings: &Settings, rule: &dyn AnyOptimizer) -> Vec<(&'static str, Cow<'static, str>)> {
    let mut texts = Vec::new();
    if settings.toggle("maximize") {
        texts.push(("g", "-g".into()));
    }
    if settings.number("weight_decay") != 0.0 {
        texts.push(if rule.decouples() {
            ("w", "w*(1 - lr*weight_decay)".into())
        } else {
            ("g", format!("g + weight_decay*({})", rule.probe_formula()).into())
        });
    }
    let lines = rule.formula().into_iter().filter_map(|line| line.split_once(" = "));
    texts.extend(lines.map(|(target, text)| (target, text.into())));
    texts
}

/// Which names have a value for each coordinate: whatever is worked out from w or g.
fn vectors(stages: &[Stage], names: usize) -> Vec<bool> {
    use crate::math::expression::Operation;
    let mut vector = vec![false; names];
    (vector[W], vector[G]) = (true, true);
    // A pass a line reaches whatever depends on a later one.
    for _ in 0..names {
        for (target, action) in stages.iter().flat_map(|stage| &stage.lines) {
            let Action::Assign(expression) = action else { continue };
            let reads = expression
                .operations()
                .iter()
                .any(|operation| matches!(operation, Operation::Variable(i) if vector[*i]));
            vector[*target] |= reads;
        }
    }
    vector
}

/// The lines that make step `count`.
fn stage(stages: &[Stage], count: usize) -> &Stage {
    stages.iter().rev().find(|stage| stage.from < count).unwrap_or(&stages[0])
}

/// Puts what is given at step `count` into the values: where the ball is, its gradient, the rate.
fn begin(values: &mut Values, stage: &Stage, run: &Run, count: usize) -> Option<()> {
    let (&point, &push) = (run.points().get(count - 1)?, run.pushes().get(count - 1)?);
    let rate = *run.rates().get(count - 1)?;
    for (values, (w, g)) in values.iter_mut().zip([(point.x, push.x), (point.y, push.y)]) {
        for &(index, number) in &stage.numbers {
            values[index] = number;
        }
        (values[W], values[G], values[LR], values[K]) = (w, g, rate, count as f64);
    }
    Some(())
}

fn carry_out(values: &mut Values, (target, action): &(usize, Action)) {
    if let Action::Assign(expression) = action {
        for values in values {
            values[*target] = expression.evaluate(values);
        }
    }
}
