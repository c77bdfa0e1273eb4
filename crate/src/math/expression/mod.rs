//! Formulas as text: parsed once, evaluated on any kind of number, printed again.
//!
//! A formula is a list of operations in postfix order, so that evaluation is one pass over a
//! small stack, without recursion. Length, depth, work and the stack's height are bounded; nothing
//! here panics on any text.

mod bars;
mod function;
mod mathml;
mod parser;
mod print;

pub use function::{Binary, Unary, vocabulary};
pub use mathml::{Math, Rounding, Term};
pub use parser::parse;
pub use print::Dialect;

use crate::math::number::{Real, Root};

/// Longest accepted text, in characters.
pub const LONGEST: usize = 1000;

/// Deepest accepted nesting.
pub const DEEPEST: usize = 48;

/// Most values that may wait for what is nested beside them, such as the 1 of 1 + (…): the height
/// of the evaluation's stack.
pub const HIGHEST: usize = 50;

/// Most work that evaluating a formula may be; see [`Expression::work`].
pub const MOST_WORK: usize = 2000;

/// One operation of a formula; operands come before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operation {
    /// A number.
    Number(f64),
    /// The variable of this index in the names that the formula was parsed with.
    Variable(usize),
    /// A function of the last value.
    Unary(Unary),
    /// A function of the last two values.
    Binary(Binary),
    /// The last but one value at step 1, the last one later; the variable of this index counts
    /// the steps.
    First(usize),
}

/// A parsed formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    operations: Vec<Operation>,
}

impl Expression {
    /// The operations in postfix order.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The value for these values of the variables.
    ///
    /// # Panics
    /// When fewer values are given than names were parsed with.
    pub fn evaluate<R: Real>(&self, variables: &[R]) -> R {
        let zero = R::constant(0.0);
        let mut stack = [zero; HIGHEST];
        let mut height = 0;
        let mut rest = self.operations.iter();
        while let Some(operation) = rest.next() {
            let value = match *operation {
                Operation::Number(number) => R::constant(number),
                Operation::Variable(index) => variables[index],
                Operation::Unary(function) => {
                    height -= 1;
                    match powered(function, rest.as_slice()) {
                        Some((root, exponent)) => {
                            rest.nth(1);
                            stack[height].root_powered(root, exponent)
                        }
                        None => function.apply(stack[height]),
                    }
                }
                Operation::Binary(function) => {
                    height -= 2;
                    function.apply(stack[height], stack[height + 1])
                }
                Operation::First(count) => {
                    height -= 2;
                    let early = variables[count].less_than(R::constant(1.5));
                    R::select(early, stack[height], stack[height + 1])
                }
            };
            stack[height] = value;
            height += 1;
        }
        stack[0]
    }

    /// What evaluation costs: operations, counted by about how many additions each takes.
    pub fn work(&self) -> usize {
        let constant = |at: usize| {
            let exponent = at.checked_sub(1).and_then(|before| self.operations.get(before));
            matches!(exponent, Some(Operation::Number(_)))
        };
        let cost = |(at, operation): (usize, &Operation)| match operation {
            Operation::Unary(Unary::Negate | Unary::Abs | Unary::Sign) => 1,
            Operation::Unary(_) | Operation::Binary(Binary::Atan2) => 10,
            Operation::Binary(Binary::Power) if constant(at) => 10,
            Operation::Binary(Binary::Power) => 30,
            _ => 1,
        };
        self.operations.iter().enumerate().map(cost).sum()
    }

    /// The same formula with every part that has no variable worked out.
    pub fn folded(&self) -> Self {
        let mut operations = Vec::new();
        for &operation in &self.operations {
            operations.push(operation);
            let arity = match operation {
                Operation::Unary(_) => 1,
                Operation::Binary(_) => 2,
                // Depends on the step.
                Operation::Number(_) | Operation::Variable(_) | Operation::First(_) => continue,
            };
            // A part without variables has already become one number.
            let part = operations.len() - 1 - arity..;
            let operands = &operations[part.start..operations.len() - 1];
            if operands.iter().all(|operand| matches!(operand, Operation::Number(_))) {
                let constant = Self { operations: operations.drain(part).collect() };
                operations.push(Operation::Number(constant.evaluate(&[])));
            }
        }
        Self { operations }
    }
}

/// The root that `function` is and the constant power to which `after` raises it.
fn powered(function: Unary, after: &[Operation]) -> Option<(Root, f64)> {
    let [Operation::Number(exponent), Operation::Binary(Binary::Power), ..] = after else {
        return None;
    };
    Some((function.root()?, *exponent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_chooses_by_the_step() {
        let formula = parse("first(2, s) + k", &["s", "k"]).expect("valid");
        assert_eq!([1.0, 2.0].map(|k| formula.evaluate(&[7.0, k])), [3.0, 9.0]);
        let error = parse("first(2, s)", &["s"]).expect_err("no step is counted");
        assert!(error.to_string().contains("\"first\" is neither s nor"), "{error}");
    }

    #[test]
    fn folding_leaves_the_variables() {
        for (text, folded) in [
            ("2*pi*x", "6.283185307179586 * x"),
            ("x/sqrt(4) + max(1, 3)^2", "x / 2.0 + 9.0"),
            ("x^-(1 + 1)", "x^-2.0"),
            ("(0 - 2)^x", "(-2.0)^x"),
            ("x - (1 + 2)", "x - 3.0"),
        ] {
            let formula = parse(text, &["x"]).expect(text).folded();
            assert_eq!(formula.print(&["x"], Dialect::Formula), folded);
        }
    }
}
