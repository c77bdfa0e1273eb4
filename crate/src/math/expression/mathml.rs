//! A formula as presentation MathML, as a plain tree from which a page builds its nodes.

use super::{Binary, Expression, Operation, Unary};
use serde::Serialize;

/// An element of MathML.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Math {
    /// One of [`Math::TAGS`].
    pub tag: &'static str,
    /// What a token says; empty for all others.
    pub text: String,
    /// What the others are made of.
    pub children: Vec<Math>,
}

/// What binds its parts between a pair of parentheses or a single character.
const ATOM: u8 = 5;
/// Fractions and powers: a base of a power needs parentheses around them, nothing else does.
const RAISED: u8 = 4;
/// A sign before a value.
const SIGN: u8 = 3;
/// Products.
const PRODUCT: u8 = 2;
/// A product that is written without a sign.
const INVISIBLE_TIMES: &str = "\u{2062}";
/// Stands between the name of a function and its argument.
const APPLY: &str = "\u{2061}";

/// How a number is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Four significant digits, always all of them: for what changes from step to step.
    Fixed,
    /// The number itself if it is short, else what is left of four digits without zeros.
    Short,
}

impl Math {
    /// All elements there are.
    pub const TAGS: [&'static str; 9] =
        ["mrow", "mi", "mn", "mo", "mtext", "mfrac", "msup", "msub", "msqrt"];

    fn token(tag: &'static str, text: impl Into<String>) -> Self {
        Self { tag, text: text.into(), children: Vec::new() }
    }

    fn of(tag: &'static str, children: Vec<Self>) -> Self {
        Self { tag, text: String::new(), children }
    }

    /// A sign.
    pub fn operator(text: &str) -> Self {
        Self::token("mo", text)
    }

    fn parenthesized(self) -> Self {
        Self::of("mrow", vec![Self::operator("("), self, Self::operator(")")])
    }

    /// In parentheses, unless it is a pair, which has its own.
    fn argument(self) -> Self {
        let pair = |math: &Self| {
            let last = math.children.last().is_some_and(|last| last.text == ")");
            math.children.len() == 3 && math.children[0].text == "(" && last
        };
        if pair(&self) { self } else { self.parenthesized() }
    }

    /// Parts in one row.
    pub fn row(parts: Vec<Self>) -> Self {
        Self::of("mrow", parts)
    }

    /// A symbol such as β₁ or η⁻ with its index or sign set below or above, or a word.
    pub fn symbol(symbol: &str) -> Self {
        let mut rest = symbol.chars();
        let base: String = rest.next().into_iter().collect();
        let index: String = rest.clone().filter_map(subscript).collect();
        match (rest.as_str(), index) {
            ("", _) => Self::token("mi", base),
            ("⁻", _) => Self::of("msup", vec![Self::token("mi", base), Self::operator("−")]),
            ("⁺", _) => Self::of("msup", vec![Self::token("mi", base), Self::operator("+")]),
            (tail, index) if tail.chars().count() == index.chars().count() => {
                Self::of("msub", vec![Self::token("mi", base), Self::token("mn", index)])
            }
            _ => Self::token("mtext", symbol.replace('_', " ")),
        }
    }

    /// A number with a true minus sign and, where it is very small or large, a power of ten.
    pub fn number(value: f64, rounding: Rounding) -> Self {
        Term::number(value, rounding).math
    }

    /// (x, y).
    pub fn pair([x, y]: [f64; 2]) -> Self {
        let [x, y] = [x, y].map(|value| Self::number(value, Rounding::Fixed));
        Self::row(vec![x, Self::operator(","), y]).parenthesized()
    }

    /// ∇f at a place.
    pub fn gradient(place: Self) -> Self {
        let name = vec![Self::operator("∇"), Self::token("mi", "f"), Self::operator(APPLY)];
        Self::row([name, vec![place.argument()]].concat())
    }

    /// The same in a line of text, for readers that know no MathML.
    pub fn text(&self) -> String {
        let texts: Vec<String> = self.children.iter().map(Self::text).collect();
        let wrapped = |index: usize| match self.children[index].children.is_empty() {
            true => texts[index].clone(),
            false => format!("({})", texts[index]),
        };
        match (self.tag, self.children.len()) {
            ("mfrac", 2) => format!("{}/{}", wrapped(0), wrapped(1)),
            ("msup", 2) => format!("{}^{}", texts[0], wrapped(1)),
            ("msub", 2) => texts.concat(),
            ("msqrt", _) => format!("√({})", texts.concat()),
            ("mo", _) => match self.text.as_str() {
                INVISIBLE_TIMES => " ".to_owned(),
                APPLY => String::new(),
                "," => ", ".to_owned(),
                "←" => " ← ".to_owned(),
                sign => sign.to_owned(),
            },
            _ if self.children.is_empty() => self.text.clone(),
            ("mrow", 3) if ["+", "−"].contains(&self.children[1].text.as_str()) => {
                format!("{} {} {}", texts[0], texts[1], texts[2])
            }
            _ => texts.concat(),
        }
    }
}

fn subscript(character: char) -> Option<char> {
    let digit = (character as u32).checked_sub('₀' as u32)?;
    char::from_digit(digit, 10)
}

/// An expression that stands in another one.
#[derive(Clone, Debug)]
pub struct Term {
    math: Math,
    precedence: u8,
    /// Whether it looks like a number or begins with a word, so that a product needs a sign.
    numeric: bool,
}

impl Term {
    /// See [`Math::symbol`].
    pub fn symbol(symbol: &str) -> Self {
        let math = Math::symbol(symbol);
        Self { numeric: math.tag == "mtext", math, precedence: ATOM }
    }

    /// See [`Math::pair`].
    pub fn pair(values: [f64; 2]) -> Self {
        Self { math: Math::pair(values), precedence: ATOM, numeric: true }
    }

    /// See [`Math::number`].
    pub fn number(value: f64, rounding: Rounding) -> Self {
        let (digits, exponent) = decimal(value.abs(), rounding);
        let mut parts = Vec::new();
        let mut precedence = ATOM;
        if value < 0.0 {
            parts.push(Math::operator("−"));
            precedence = SIGN;
        }
        match exponent {
            None => parts.push(Math::token("mn", digits)),
            Some(exponent) => {
                if digits != "1" {
                    parts.extend([Math::token("mn", digits), Math::operator("·")]);
                    precedence = PRODUCT;
                }
                let power = Math::token("mn", exponent.unsigned_abs().to_string());
                let power = if exponent < 0 {
                    Math::row(vec![Math::operator("−"), power])
                } else {
                    power
                };
                parts.push(Math::of("msup", vec![Math::token("mn", "10"), power]));
                precedence = precedence.min(RAISED);
            }
        }
        let math = if parts.len() == 1 { parts.remove(0) } else { Math::row(parts) };
        Self { math, precedence, numeric: true }
    }

    /// By itself.
    pub fn into_math(self) -> Math {
        self.math
    }

    fn within(self, precedence: u8) -> Math {
        if self.precedence < precedence { self.math.parenthesized() } else { self.math }
    }

    fn call(name: &str, arguments: Math) -> Self {
        let parts = vec![Math::token("mi", name), Math::operator(APPLY), arguments.argument()];
        Self { math: Math::row(parts), precedence: ATOM, numeric: true }
    }

    fn times(self, other: Self) -> Self {
        let numeric = self.numeric || other.numeric;
        let sign = Math::operator(if numeric { "·" } else { INVISIBLE_TIMES });
        let parts = vec![self.within(PRODUCT), sign, signless(other, PRODUCT + 1)];
        Self { math: Math::row(parts), precedence: PRODUCT, numeric }
    }
}

/// Digits of a number that is not negative, and the power of ten that goes with them.
fn decimal(size: f64, rounding: Rounding) -> (String, Option<i32>) {
    if size.is_nan() {
        return ("–".to_owned(), None);
    }
    if size.is_infinite() {
        return ("∞".to_owned(), None);
    }
    if size == 0.0 {
        return ("0".to_owned(), None);
    }
    let exact = format!("{size}");
    if rounding == Rounding::Short && exact.len() <= 7 {
        return (exact, None);
    }
    let scientific = format!("{size:.3e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let plain = (-3..5).contains(&exponent);
    let digits = if plain {
        format!("{size:.*}", (3 - exponent).max(0) as usize)
    } else {
        mantissa.to_owned()
    };
    let digits = match rounding {
        Rounding::Short if digits.contains('.') => {
            digits.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        _ => digits,
    };
    (digits, (!plain).then_some(exponent))
}

impl Expression {
    /// The formula as MathML with these terms for the variables; `early` says whether it is
    /// step 1, where only one branch of `first` counts.
    pub fn mathml(&self, variable: impl Fn(usize) -> Term, early: bool) -> Math {
        let mut stack: Vec<Term> = Vec::new();
        for operation in self.operations() {
            let mut pop = || stack.pop().unwrap_or_else(|| Term::symbol(""));
            let term = match *operation {
                Operation::Number(number) => Term::number(number, Rounding::Short),
                Operation::Variable(index) => variable(index),
                Operation::Unary(function) => unary(function, pop()),
                Operation::First(_) => {
                    let (later, first) = (pop(), pop());
                    if early { first } else { later }
                }
                Operation::Binary(function) => {
                    let (b, a) = (pop(), pop());
                    binary(function, a, b)
                }
            };
            stack.push(term);
        }
        stack.pop().map_or_else(|| Math::row(Vec::new()), |term| term.math)
    }
}

fn unary(function: Unary, a: Term) -> Term {
    match function {
        Unary::Negate => {
            let math = Math::row(vec![Math::operator("−"), a.within(SIGN + 1)]);
            Term { math, precedence: SIGN, numeric: false }
        }
        Unary::Sqrt => {
            let math = Math::of("msqrt", vec![a.math]);
            Term { math, precedence: ATOM, numeric: false }
        }
        Unary::Abs => {
            let parts = vec![Math::operator("|"), a.math, Math::operator("|")];
            Term { math: Math::row(parts), precedence: ATOM, numeric: false }
        }
        _ => Term::call(function.text(), a.math),
    }
}

fn binary(function: Binary, a: Term, b: Term) -> Term {
    let precedence = function.precedence();
    match function {
        Binary::Add | Binary::Subtract => {
            let sign = Math::operator(if function == Binary::Add { "+" } else { "−" });
            let parts = vec![a.within(precedence), sign, signless(b, precedence + 1)];
            Term { math: Math::row(parts), precedence, numeric: false }
        }
        Binary::Multiply => a.times(b),
        Binary::Divide => {
            let math = Math::of("mfrac", vec![a.math, b.math]);
            Term { math, precedence: RAISED, numeric: false }
        }
        Binary::Power => {
            let numeric = a.numeric;
            let math = Math::of("msup", vec![a.within(ATOM), b.math]);
            Term { math, precedence: RAISED, numeric }
        }
        Binary::Atan2 | Binary::Min | Binary::Max => {
            let arguments = Math::row(vec![a.math, Math::operator(","), b.math]);
            Term::call(function.text(), arguments)
        }
    }
}

/// What follows a sign: parentheses keep a second sign apart from it.
fn signless(term: Term, precedence: u8) -> Math {
    let signed = term.precedence == SIGN || starts_with_sign(&term.math);
    term.within(if signed { ATOM } else { precedence })
}

fn starts_with_sign(math: &Math) -> bool {
    math.tag == "mrow"
        && math.children.first().is_some_and(|first| first.text == "−" || starts_with_sign(first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::expression::parse;

    fn printed(text: &str, terms: &[Term]) -> Math {
        parse(text, &["a", "b", "k"]).expect(text).mathml(|index| terms[index].clone(), false)
    }

    #[test]
    fn formulas_are_set_as_mathematics() {
        let symbols = ["η", "β₁", "k"].map(Term::symbol);
        for (text, shown) in [
            ("a*b^k", "η β1^k"),
            ("a*b/(1 - b^k)", "(η β1)/(1 − β1^k)"),
            ("sqrt(a) - (b - 1)", "√(η) − (β1 − 1)"),
            ("(a/b)^2*abs(a)", "(η/(β1))^2 |η|"),
            ("first(a, b)*max(1, k)", "β1·max(1, k)"),
        ] {
            assert_eq!(printed(text, &symbols).text(), shown, "{text}");
        }
    }

    #[test]
    fn numbers_keep_their_meaning_where_they_stand() {
        let terms = [
            Term::number(-0.5, Rounding::Fixed),
            Term::pair([1.0, -2e-9]),
            Term::number(1e-8, Rounding::Short),
        ];
        for (text, shown) in [
            ("a*a", "−0.5000·(−0.5000)"),
            ("1 - a", "1 − (−0.5000)"),
            ("a^2", "(−0.5000)^2"),
            ("0.9*b + k", "0.9·(1.000, −2.000·10^(−9)) + 10^(−8)"),
        ] {
            assert_eq!(printed(text, &terms).text(), shown, "{text}");
        }
        let short = |value| Math::number(value, Rounding::Short).text();
        assert_eq!([0.97, 0.0078, 50.0, 1.0 / 3.0].map(short), ["0.97", "0.0078", "50", "0.3333"]);
    }
}
