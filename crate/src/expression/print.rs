//! A formula as text again, with no more parentheses than it needs.

use super::{Binary, Expression, Operation, Unary};

/// How the text is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// The grammar of the parser.
    Formula,
    /// Python with NumPy as `np`.
    NumPy,
    /// Python with PyTorch as `torch`.
    Torch,
}

/// Text with the precedence of its outermost operation.
struct Part {
    text: String,
    precedence: u8,
}

/// What needs no parentheses anywhere.
const ATOM: u8 = 5;
/// A sign before a value: looser than a power, tighter than a product.
const SIGN: u8 = 3;

impl Part {
    fn within(self, precedence: u8) -> String {
        if self.precedence < precedence { format!("({})", self.text) } else { self.text }
    }
}

impl Expression {
    /// The formula as text, with these names for the variables.
    pub fn print(&self, names: &[&str], dialect: Dialect) -> String {
        let mut stack: Vec<Part> = Vec::new();
        let pop = |stack: &mut Vec<Part>| {
            stack.pop().unwrap_or(Part { text: String::new(), precedence: ATOM })
        };
        for operation in &self.operations {
            let part = match *operation {
                Operation::Number(number) => Part { text: format!("{number:?}"), precedence: ATOM },
                Operation::Variable(index) => {
                    Part { text: names[index].to_owned(), precedence: ATOM }
                }
                Operation::Unary(Unary::Negate) => {
                    let text = format!("-{}", pop(&mut stack).within(SIGN));
                    Part { text, precedence: SIGN }
                }
                Operation::Unary(function) => {
                    let name = unary_name(function, dialect);
                    Part { text: format!("{name}({})", pop(&mut stack).text), precedence: ATOM }
                }
                Operation::Binary(function @ (Binary::Atan2 | Binary::Min | Binary::Max)) => {
                    let (b, a) = (pop(&mut stack), pop(&mut stack));
                    let name = binary_name(function, dialect);
                    Part { text: format!("{name}({}, {})", a.text, b.text), precedence: ATOM }
                }
                Operation::Binary(Binary::Power) => {
                    let (b, a) = (pop(&mut stack), pop(&mut stack));
                    let sign = if dialect == Dialect::Formula { "^" } else { "**" };
                    // A signed exponent needs none: the grammar reads a sign after the operator.
                    let text = format!("{}{sign}{}", a.within(ATOM), b.within(SIGN));
                    Part { text, precedence: Binary::Power.precedence() }
                }
                Operation::Binary(function) => {
                    let (b, a) = (pop(&mut stack), pop(&mut stack));
                    let precedence = function.precedence();
                    let text = format!(
                        "{} {} {}",
                        a.within(precedence),
                        function.text(),
                        b.within(precedence + 1)
                    );
                    Part { text, precedence }
                }
            };
            stack.push(part);
        }
        pop(&mut stack).text
    }
}

fn unary_name(function: Unary, dialect: Dialect) -> String {
    match dialect {
        Dialect::Formula => function.text().to_owned(),
        Dialect::NumPy | Dialect::Torch => {
            let name = match (function, dialect) {
                (Unary::Ln, _) => "log",
                (Unary::Asin, Dialect::NumPy) => "arcsin",
                (Unary::Acos, Dialect::NumPy) => "arccos",
                (Unary::Atan, Dialect::NumPy) => "arctan",
                // PyTorch has no cube root of its own.
                (Unary::Cbrt, Dialect::Torch) => return "cbrt".to_owned(),
                _ => function.text(),
            };
            format!("{}.{name}", module(dialect))
        }
    }
}

fn binary_name(function: Binary, dialect: Dialect) -> String {
    let name = match (function, dialect) {
        (_, Dialect::Formula) => return function.text().to_owned(),
        (Binary::Atan2, Dialect::NumPy) => "arctan2",
        (Binary::Min, _) => "minimum",
        (Binary::Max, _) => "maximum",
        _ => function.text(),
    };
    format!("{}.{name}", module(dialect))
}

fn module(dialect: Dialect) -> &'static str {
    if dialect == Dialect::Torch { "torch" } else { "np" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::parse;

    #[test]
    fn printing_keeps_the_meaning_with_few_parentheses() {
        let names = ["x", "y"];
        for (text, formula, numpy) in [
            ("-(x^2)", "-x^2.0", "-x**2.0"),
            ("(-x)^2", "(-x)^2.0", "(-x)**2.0"),
            ("x-(y-1)", "x - (y - 1.0)", "x - (y - 1.0)"),
            ("(x*y)/2", "x * y / 2.0", "x * y / 2.0"),
            ("(x^y)^2", "(x^y)^2.0", "(x**y)**2.0"),
            ("x^(y^2)", "x^y^2.0", "x**y**2.0"),
            ("2^-x", "2.0^-x", "2.0**-x"),
            ("ln(max(x, y))", "ln(max(x, y))", "np.log(np.maximum(x, y))"),
        ] {
            let parsed = parse(text, &names).expect(text);
            assert_eq!(parsed.print(&names, Dialect::Formula), formula);
            assert_eq!(parsed.print(&names, Dialect::NumPy), numpy);
            assert_eq!(parse(formula, &names).expect(formula), parsed);
        }
    }
}
