//! A formula as text again, with no more parentheses than it needs.

use super::{Binary, Expression, Operation, Unary};
use crate::math::number::Root;

/// How the text is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// The grammar of the parser.
    Formula,
    /// Python with NumPy as `np`, on real numbers.
    NumPy,
    /// Python with NumPy as `np`, on complex numbers that carry a derivative in their imaginary
    /// part; functions that would spoil it have names of their own, without `np`.
    ComplexStep,
    /// Python with PyTorch as `torch`; what is constant becomes a tensor where a function of
    /// PyTorch takes no number. PyTorch's missing cube root is called `cbrt`.
    Torch,
}

/// Text with the precedence of its outermost operation.
struct Part {
    text: String,
    precedence: u8,
    /// Whether no variable is in it.
    constant: bool,
    /// Of a root that a power may follow, which one and of what.
    root: Option<(Root, String)>,
}

/// What needs no parentheses anywhere.
const ATOM: u8 = 5;
/// A sign before a value: looser than a power, tighter than a product.
const SIGN: u8 = 3;

impl Part {
    fn new(text: String, precedence: u8, constant: bool) -> Self {
        Self { text, precedence, constant, root: None }
    }

    fn within(self, precedence: u8) -> String {
        if self.precedence < precedence { format!("({})", self.text) } else { self.text }
    }

    /// Whether it is a number as it stands, of which `holds`.
    fn is_number(&self, holds: impl FnOnce(f64) -> bool) -> bool {
        self.text.parse().is_ok_and(holds)
    }

    /// As the argument of a function.
    fn argument(self, dialect: Dialect) -> String {
        if self.constant && dialect == Dialect::Torch {
            format!("torch.tensor({})", self.text)
        } else {
            self.text
        }
    }
}

impl Expression {
    /// The formula as text, with these names for the variables.
    pub fn print(&self, names: &[&str], dialect: Dialect) -> String {
        let mut stack: Vec<Part> = Vec::new();
        let pop = |stack: &mut Vec<Part>| {
            stack.pop().unwrap_or_else(|| Part::new(String::new(), ATOM, true))
        };
        for operation in &self.operations {
            let part = match *operation {
                Operation::Number(number) => {
                    let precedence = if number.is_sign_negative() { SIGN } else { ATOM };
                    Part::new(format!("{number:?}"), precedence, true)
                }
                Operation::Variable(index) => Part::new(names[index].to_owned(), ATOM, false),
                Operation::Unary(Unary::Negate) => {
                    let a = pop(&mut stack);
                    let constant = a.constant;
                    Part::new(format!("-{}", a.within(SIGN)), SIGN, constant)
                }
                Operation::Unary(function) => {
                    let a = pop(&mut stack).argument(dialect);
                    let text = format!("{}({a})", unary_name(function, dialect));
                    // In PyTorch even of a number it is a tensor.
                    let root = function.root().map(|root| (root, a));
                    Part { root, ..Part::new(text, ATOM, false) }
                }
                Operation::Binary(function @ (Binary::Atan2 | Binary::Min | Binary::Max)) => {
                    let (b, a) = (pop(&mut stack), pop(&mut stack));
                    let (a, b) = (a.argument(dialect), b.argument(dialect));
                    let text = format!("{}({a}, {b})", binary_name(function, dialect));
                    Part::new(text, ATOM, false)
                }
                Operation::First(count) => {
                    let (b, a) = (pop(&mut stack).text, pop(&mut stack).text);
                    let text = match dialect {
                        Dialect::Formula => format!("first({a}, {b})"),
                        _ => format!("({a} if {} == 1 else {b})", names[count]),
                    };
                    Part::new(text, ATOM, false)
                }
                Operation::Binary(function) => {
                    let (b, a) = (pop(&mut stack), pop(&mut stack));
                    let (precedence, constant) = (function.precedence(), a.constant && b.constant);
                    let complex = dialect == Dialect::ComplexStep;
                    let counts = |n: f64| n >= 0.0 && n.fract() == 0.0;
                    let text = match (function, &a.root) {
                        (Binary::Power, Some((root, inner)))
                            if complex && b.is_number(|_| true) =>
                        {
                            format!("root_power({inner}, {:?}, {})", root.index(), b.text)
                        }
                        (Binary::Power, _) if complex && !b.is_number(counts) => {
                            format!("power({}, {})", a.text, b.text)
                        }
                        // A signed exponent needs none: the grammar reads a sign after the operator.
                        (Binary::Power, _) => {
                            let sign = if dialect == Dialect::Formula { "^" } else { "**" };
                            format!("{}{sign}{}", a.within(ATOM), b.within(SIGN))
                        }
                        _ => format!(
                            "{} {} {}",
                            a.within(precedence),
                            function.text(),
                            b.within(precedence + 1)
                        ),
                    };
                    Part::new(text, precedence, constant)
                }
            };
            stack.push(part);
        }
        pop(&mut stack).text
    }
}

fn unary_name(function: Unary, dialect: Dialect) -> String {
    use Dialect::{ComplexStep, Formula, NumPy, Torch};
    let name = match (function, dialect) {
        (_, Formula) => return function.text().to_owned(),
        (Unary::Ln, _) => "log",
        (Unary::Asin, NumPy | ComplexStep) => "arcsin",
        (Unary::Acos, NumPy | ComplexStep) => "arccos",
        (Unary::Atan, NumPy | ComplexStep) => "arctan",
        (Unary::Abs, ComplexStep) => "absolute",
        _ => function.text(),
    };
    // Neither jumps and kinks nor the ends of a domain are what they are on real numbers.
    let own = match function {
        Unary::Cbrt => matches!(dialect, ComplexStep | Torch),
        Unary::Abs | Unary::Sign | Unary::Floor => dialect == ComplexStep,
        Unary::Ln | Unary::Log10 | Unary::Log2 | Unary::Sqrt | Unary::Asin | Unary::Acos => {
            dialect == ComplexStep
        }
        _ => false,
    };
    if own { name.to_owned() } else { format!("{}.{name}", module(dialect)) }
}

fn binary_name(function: Binary, dialect: Dialect) -> String {
    let name = match (function, dialect) {
        (_, Dialect::Formula) => return function.text().to_owned(),
        (Binary::Atan2, Dialect::NumPy | Dialect::ComplexStep) => "arctan2",
        (Binary::Min, _) => "minimum",
        (Binary::Max, _) => "maximum",
        _ => function.text(),
    };
    match dialect {
        Dialect::ComplexStep => name.to_owned(),
        _ => format!("{}.{name}", module(dialect)),
    }
}

fn module(dialect: Dialect) -> &'static str {
    if dialect == Dialect::Torch { "torch" } else { "np" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::expression::parse;

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

    #[test]
    fn pytorch_gets_tensors_and_the_complex_step_its_own_functions() {
        let print =
            |text: &str, dialect| parse(text, &["x", "k"]).expect(text).print(&["x", "k"], dialect);
        assert_eq!(
            print("max(x, 0) + sin(1 + 1)*cbrt(x)", Dialect::Torch),
            "torch.maximum(x, torch.tensor(0.0)) + torch.sin(torch.tensor(1.0 + 1.0)) * cbrt(x)"
        );
        assert_eq!(
            print("atan2(abs(x), 1) - asin(x)^0.5 + cos(x)^2", Dialect::ComplexStep),
            "arctan2(absolute(x), 1.0) - power(arcsin(x), 0.5) + np.cos(x)**2.0"
        );
        assert_eq!(
            print("cbrt(x)^4 + sqrt(x + 1)^-2 + x^-1", Dialect::ComplexStep),
            "root_power(x, 3.0, 4.0) + root_power(x + 1.0, 2.0, -2.0) + power(x, -1.0)"
        );
        assert_eq!(print("first(1, x)*2", Dialect::Formula), "first(1.0, x) * 2.0");
        assert_eq!(print("first(1, x)*2", Dialect::NumPy), "(1.0 if k == 1 else x) * 2.0");
    }
}
