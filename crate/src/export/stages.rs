//! Numbers that change on the way.

use crate::math::expression::{Binary, Expression, Operation};
use crate::optimizer::AnyOptimizer;
use crate::parameter::{Setting, Settings};
use crate::study::simulate::Simulated;
use std::fmt::Write;

/// Steps made with the same settings.
pub(super) struct Stage {
    /// Steps made before.
    pub(super) from: usize,
    /// What is set.
    pub(super) settings: Settings,
    /// The rule.
    pub(super) optimizer: Box<dyn AnyOptimizer>,
}

impl Stage {
    /// The rule's own numbers, and weight decay.
    pub(super) fn numbers(&self) -> Vec<(&'static str, f64)> {
        let number = |(id, setting): (&'static str, &Setting)| match setting {
            Setting::Number(number) if id != "lr" => Some((id, *number)),
            _ => None,
        };
        self.settings.iter().filter_map(number).collect()
    }

    /// The rule's assignments: what is set, and the text of what to.
    pub(super) fn assignments(&self) -> Vec<(&'static str, &'static str)> {
        self.optimizer.formula().into_iter().filter_map(|line| line.split_once(" = ")).collect()
    }

    /// Every name that may stand in those texts.
    pub(super) fn names(&self) -> Vec<&'static str> {
        let mut names = vec!["w", "g", "lr", "k"];
        names.extend(self.numbers().iter().map(|(id, _)| id));
        names.extend(self.assignments().iter().map(|(target, _)| target));
        names
    }
}

/// The stages in which the run made its steps, at least one, the first from 0.
pub(super) fn stages(simulation: &Simulated) -> Vec<Stage> {
    let choice = &simulation.configuration.runs[0];
    let mut stages: Vec<Stage> = Vec::new();
    for (from, settings) in choice.stages() {
        if from > 0 && from >= simulation.run.last_step() {
            break;
        }
        // Of changes after the same step the last is in force.
        if stages.last().is_some_and(|before| before.from == from) {
            stages.pop();
        }
        let optimizer = choice.entry.build(&settings);
        stages.push(Stage { from, settings, optimizer });
    }
    stages
}

/// The ids of what is not the same in all stages.
pub(super) fn changed(stages: &[Stage]) -> Vec<&'static str> {
    let differs = |id: &str| {
        stages.windows(2).any(|pair| pair[0].settings.get(id) != pair[1].settings.get(id))
    };
    stages[0].settings.iter().map(|(id, _)| id).filter(|id| differs(id)).collect()
}

/// The Python table `changes`: after how many steps which names have which new values; `None`
/// where there is nothing in it. `values` gives those of a stage, always the same names.
pub(super) fn table(
    stages: &[Stage],
    values: impl Fn(&Stage) -> Vec<(&'static str, String)>,
) -> Option<String> {
    let mut rows = String::new();
    for pair in stages.windows(2) {
        let [before, after] = [&pair[0], &pair[1]].map(&values);
        let new = after.iter().filter(|value| !before.contains(value));
        let new: Vec<_> = new.map(|(name, value)| format!("\"{name}\": {value}")).collect();
        if !new.is_empty() {
            // Writing to a String cannot fail.
            let _ = writeln!(rows, "    {}: {{{}}},", pair[1].from, new.join(", "));
        }
    }
    let head = "\n# New values, by the number of steps made before.\nchanges";
    (!rows.is_empty()).then(|| format!("{head} = {{\n{rows}}}\n"))
}

/// What stands in powers whose exponent holds the step `k`: the formula is then true only if it
/// was the same at every step.
pub(super) fn in_powers_of_steps<'a>(expression: &Expression, names: &[&'a str]) -> Vec<&'a str> {
    let mut found = Vec::new();
    // For each value on the stack what it reads.
    let mut stack: Vec<Vec<&str>> = Vec::new();
    for operation in expression.operations() {
        let mut pop = || stack.pop().unwrap_or_default();
        let read = match operation {
            Operation::Number(_) => Vec::new(),
            Operation::Variable(index) => vec![names[*index]],
            Operation::Unary(_) => pop(),
            Operation::Binary(function) => {
                let (exponent, base) = (pop(), pop());
                let counts = *function == Binary::Power && exponent.contains(&"k");
                let both = [base, exponent].concat();
                if counts {
                    found.extend(&both);
                }
                both
            }
            Operation::First(_) => [pop(), pop()].concat(),
        };
        stack.push(read);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::expression::parse;

    #[test]
    fn only_powers_of_the_step_count() {
        let names = ["k", "a", "b", "c"];
        let found = |text: &str| in_powers_of_steps(&parse(text, &names).expect(text), &names);
        assert_eq!(found("c*sqrt(a)"), [""; 0]);
        assert_eq!(found("1 - a^k"), ["a", "k"]);
        assert_eq!(found("c*0.96^((k + 1)*b)"), ["k", "b"]);
        assert_eq!(found("c/(1 + a*k)^b"), [""; 0]);
    }
}
