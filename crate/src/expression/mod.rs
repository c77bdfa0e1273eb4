//! Formulas as text: parsed once, evaluated on any kind of number, printed again.
//!
//! A formula is a list of operations in postfix order, so that evaluation is one pass over a
//! small stack, without recursion. Length, depth and size are bounded; nothing here panics on
//! any text.

mod function;
mod parser;
mod print;

pub use function::{Binary, Unary};
pub use parser::{ParseError, parse};
pub use print::Dialect;

use crate::number::Real;

/// Longest accepted text, in characters.
pub const LONGEST: usize = 1000;

/// Deepest accepted nesting, which also bounds the evaluation's stack.
pub const DEEPEST: usize = 48;

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
        let mut stack = [zero; DEEPEST + 2];
        let mut height = 0;
        for operation in &self.operations {
            let value = match *operation {
                Operation::Number(number) => R::constant(number),
                Operation::Variable(index) => variables[index],
                Operation::Unary(function) => {
                    height -= 1;
                    function.apply(stack[height])
                }
                Operation::Binary(function) => {
                    height -= 2;
                    function.apply(stack[height], stack[height + 1])
                }
            };
            stack[height] = value;
            height += 1;
        }
        stack[0]
    }
}
