//! From text to a formula, by recursive descent with a bounded depth.
//!
//! Grammar: sum = product {(+|-) product}; product = signed {(*|/) signed | power}; signed = (+|-)
//! signed | power; power = atom [(^|**) signed | raised digits]; atom = number | name | name(sum, …) |
//! (sum) | \|sum\|. A power binds tighter than a sign before it and associates to the right, as in
//! mathematics and Python. Characters are those of [`numeral::plain`].
//!
//! A * may be left out before a name, a parenthesis or a bar. It binds as a written one does: 2x is
//! 2*x and 1/2x is 1/2*x. Letters that are no name are split into names: xy is x*y. After a divisor or
//! an exponent that is no plain number, a * must be written: 1/xy and 2^xy are refused.

use super::bars;
use super::{Binary, DEEPEST, Expression, HIGHEST, LONGEST, MOST_WORK, Operation, Unary};
use crate::error_kind::{ErrorKind, visible};
use crate::math::numeral::{self, raised};

/// Reads a formula in the variables `names`.
///
/// # Errors
/// The first place where the text is no formula, characters counted from 1, or that it is longer
/// or deeper than allowed, keeps more values waiting, or is more work.
pub fn parse(text: &str, names: &[&str]) -> Result<Expression, ErrorKind> {
    let characters = characters(text);
    if characters.len() > LONGEST {
        return Err(ErrorKind::TooLong { longest: LONGEST });
    }
    let mut parser = Parser {
        opens: bars::opening(&characters)?,
        characters,
        at: 0,
        names,
        depth: 0,
        height: 0,
        end: End::Other,
        operations: Vec::new(),
    };
    parser.sum()?;
    match parser.peek() {
        None => bounded(Expression { operations: parser.operations }),
        Some(found) => {
            Err(ErrorKind::FormulaOperator { position: parser.position(), found: shown(found) })
        }
    }
}

/// The formula, unless evaluating it is too much work.
fn bounded(formula: Expression) -> Result<Expression, ErrorKind> {
    match formula.work() {
        work if work > MOST_WORK => Err(ErrorKind::FormulaWork { work, most: MOST_WORK }),
        _ => Ok(formula),
    }
}

/// The characters of a formula; no more than tell that it is too long.
fn characters(text: &str) -> Vec<char> {
    let mut characters: Vec<char> = text.chars().take(LONGEST + 1).map(numeral::plain).collect();
    for at in 1..characters.len() {
        // Chinese input methods type a pair of ellipses for ^.
        if characters[at - 1..=at] == ['…', '…'] {
            characters[at - 1..=at].copy_from_slice(&['^', ' ']);
        }
    }
    characters
}

/// The constant of this name.
fn constant(name: &str) -> Option<f64> {
    match name {
        "pi" | "π" => Some(std::f64::consts::PI),
        "e" => Some(std::f64::consts::E),
        _ => None,
    }
}

fn shown(character: char) -> String {
    format!("'{}'", visible([character]))
}

/// What has just been read, which decides whether a product without a sign may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// A number: it multiplies what follows even as a divisor or an exponent.
    Number,
    /// A pair of parentheses that are no function's.
    Parenthesis,
    /// An exponent after ^ that is neither.
    Exponent,
    /// Anything else.
    Other,
}

struct Parser<'a> {
    characters: Vec<char>,
    /// For each character whether it is a bar that opens.
    opens: Vec<bool>,
    at: usize,
    names: &'a [&'a str],
    depth: usize,
    /// How many values wait on the stack when the operations so far are evaluated.
    height: usize,
    end: End,
    operations: Vec<Operation>,
}

type Parsed = Result<(), ErrorKind>;

impl Parser<'_> {
    /// The present position as a reader counts.
    fn position(&self) -> usize {
        self.at + 1
    }

    /// The next character that is no space.
    fn peek(&mut self) -> Option<char> {
        while self.characters.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
        self.characters.get(self.at).copied()
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, wanted: char) -> Parsed {
        if self.take(wanted) {
            return Ok(());
        }
        let found = self.peek();
        let position = self.position();
        Err(match found {
            Some(found) => ErrorKind::FormulaSign { position, wanted, found: shown(found) },
            None => ErrorKind::FormulaSignAtEnd { position, wanted },
        })
    }

    fn deeper(&mut self, part: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        if self.depth == DEEPEST {
            return Err(ErrorKind::FormulaDepth { position: self.position(), deepest: DEEPEST });
        }
        self.depth += 1;
        let parsed = part(self);
        self.depth -= 1;
        parsed
    }

    /// Appends an operation whose operands have been read.
    fn push(&mut self, operation: Operation) -> Parsed {
        match operation {
            Operation::Number(_) | Operation::Variable(_) => self.height += 1,
            Operation::Unary(_) => {}
            Operation::Binary(_) | Operation::First(_) => self.height -= 1,
        }
        if self.height > HIGHEST {
            return Err(ErrorKind::FormulaHeight { position: self.position(), highest: HIGHEST });
        }
        self.operations.push(operation);
        Ok(())
    }

    fn sum(&mut self) -> Parsed {
        self.deeper(|parser| {
            parser.product()?;
            loop {
                let function = match parser.peek() {
                    Some('+') => Binary::Add,
                    Some('-') => Binary::Subtract,
                    _ => return Ok(()),
                };
                parser.at += 1;
                parser.product()?;
                parser.push(Operation::Binary(function))?;
            }
        })
    }

    fn product(&mut self) -> Parsed {
        self.signed()?;
        // Whether the divisor before is no plain number.
        let mut divided = false;
        loop {
            let function = match self.peek() {
                Some('*') => Binary::Multiply,
                Some('/') => Binary::Divide,
                Some(c) if self.starts_factor(c) => {
                    if divided || self.end == End::Exponent {
                        return Err(ErrorKind::FormulaProduct { position: self.position() });
                    }
                    self.power()?;
                    self.push(Operation::Binary(Binary::Multiply))?;
                    continue;
                }
                _ => return Ok(()),
            };
            self.at += 1;
            self.signed()?;
            divided = function == Binary::Divide && self.end != End::Number;
            self.push(Operation::Binary(function))?;
        }
    }

    /// Whether the next character, `c`, begins what may be multiplied without a sign. A number does
    /// not: x 2 may be meant as x² or x₂.
    fn starts_factor(&self, c: char) -> bool {
        c.is_alphabetic() || c == '_' || c == '(' || self.opens[self.at]
    }

    fn signed(&mut self) -> Parsed {
        match self.peek() {
            Some('-') => {
                self.at += 1;
                self.deeper(Self::signed)?;
                self.push(Operation::Unary(Unary::Negate))
            }
            Some('+') => {
                self.at += 1;
                self.deeper(Self::signed)
            }
            _ => self.power(),
        }
    }

    fn power(&mut self) -> Parsed {
        self.atom()?;
        if self.peek().and_then(raised).is_some() {
            self.raised()?;
            self.end = End::Other;
            return self.push(Operation::Binary(Binary::Power));
        }
        let stars = self.peek() == Some('*') && self.characters.get(self.at + 1) == Some(&'*');
        if stars || self.peek() == Some('^') {
            self.at += if stars { 2 } else { 1 };
            self.deeper(Self::signed)?;
            self.end = match self.end {
                End::Number => End::Number,
                End::Parenthesis => End::Other,
                End::Exponent | End::Other => End::Exponent,
            };
            self.push(Operation::Binary(Binary::Power))?;
        }
        Ok(())
    }

    /// A raised whole number, such as ⁻¹².
    fn raised(&mut self) -> Parsed {
        let position = self.position();
        let rest = self.characters[self.at..].iter();
        let text: String = rest.map_while(|c| raised(*c)).collect();
        self.at += text.chars().count();
        let Ok(power) = text.parse() else { return Err(ErrorKind::FormulaDigits { position }) };
        self.push(Operation::Number(power))
    }

    fn atom(&mut self) -> Parsed {
        let first = self.peek();
        self.operand()?;
        self.end = match first {
            Some('0'..='9' | '.') => End::Number,
            Some('(') => End::Parenthesis,
            _ => End::Other,
        };
        Ok(())
    }

    fn operand(&mut self) -> Parsed {
        match self.peek() {
            Some('(') => {
                self.at += 1;
                self.sum()?;
                self.expect(')')
            }
            Some('|') if self.opens[self.at] => {
                self.at += 1;
                self.sum()?;
                self.expect('|')?;
                self.push(Operation::Unary(Unary::Abs))
            }
            Some('0'..='9' | '.') => self.number(),
            Some(c) if c.is_alphabetic() || c == '_' => self.name(),
            Some(found) => {
                Err(ErrorKind::FormulaOperand { position: self.position(), found: shown(found) })
            }
            None => Err(ErrorKind::FormulaOperandAtEnd { position: self.position() }),
        }
    }

    fn number(&mut self) -> Parsed {
        let (start, position) = (self.at, self.position());
        let digits = |parser: &mut Self| {
            let before = parser.at;
            while parser.characters.get(parser.at).is_some_and(char::is_ascii_digit) {
                parser.at += 1;
            }
            parser.at > before
        };
        digits(self);
        if self.characters.get(self.at) == Some(&'.') {
            self.at += 1;
            digits(self);
        }
        let mantissa_end = self.at;
        if matches!(self.characters.get(self.at), Some('e' | 'E')) {
            self.at += 1;
            if matches!(self.characters.get(self.at), Some('+' | '-')) {
                self.at += 1;
            }
            if !digits(self) {
                self.at = mantissa_end;
            }
        }
        let text: String = self.characters[start..self.at].iter().collect();
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => self.push(Operation::Number(number)),
            Ok(_) => Err(ErrorKind::FormulaNumber { position, number: text }),
            Err(_) => Err(ErrorKind::FormulaDigits { position }),
        }
    }

    fn name(&mut self) -> Parsed {
        let (start, position) = (self.at, self.position());
        let inner = |c: &char| (c.is_alphanumeric() || *c == '_') && raised(*c).is_none();
        while self.characters.get(self.at).is_some_and(inner) {
            self.at += 1;
        }
        let word: String = self.characters[start..self.at].iter().collect();
        let called = self.peek() == Some('(');
        let first = self.first_name(&word, called).to_owned();
        if first != word {
            // What is left is a factor of its own.
            self.at = start + first.chars().count();
        }
        if let Some(index) = self.names.iter().position(|known| *known == first) {
            self.push(Operation::Variable(index))
        } else if let Some(constant) = constant(&first) {
            self.push(Operation::Number(constant))
        } else if let Some(function) = Unary::named(&first) {
            self.expect('(')?;
            self.sum()?;
            self.expect(')')?;
            self.push(Operation::Unary(function))
        } else if let Some(function) = Binary::named(&first) {
            self.pair()?;
            self.push(Operation::Binary(function))
        } else if let (Some(count), "first") = (self.step_count(), first.as_str()) {
            self.pair()?;
            self.push(Operation::First(count))
        } else {
            Err(ErrorKind::FormulaName { position, name: word, known: self.names.join(", ") })
        }
    }

    /// The first of the names that a word consists of; the word itself where it is a name or
    /// consists of none. Only variables of one letter, constants and, before a parenthesis, a
    /// function at its end may stand together.
    fn first_name<'w>(&self, word: &'w str, called: bool) -> &'w str {
        let function = |name: &str| Unary::named(name).is_some() || Binary::named(name).is_some();
        if self.names.contains(&word) || constant(word).is_some() || function(word) {
            return word;
        }
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
        let factor = |name: &str| {
            constant(name).is_some() || name.chars().count() == 1 && self.names.contains(&name)
        };
        // For each end of a name, from the back, whether the rest consists of names.
        let mut splits = vec![word.len()];
        let mut first = word;
        for from in word.char_indices().map(|(at, _)| at).rev() {
            let mut names = ends.clone().filter(|end| *end > from && splits.contains(end));
            let known = |end: &usize| {
                let name = &word[from..*end];
                factor(name) || *end == word.len() && called && function(name)
            };
            if let Some(end) = names.rfind(known) {
                splits.push(from);
                first = &word[from..end];
            }
        }
        if splits.contains(&0) { first } else { word }
    }

    /// The arguments of a function of two values.
    fn pair(&mut self) -> Parsed {
        self.expect('(')?;
        self.sum()?;
        self.expect(',')?;
        self.sum()?;
        self.expect(')')
    }

    /// The variable that counts steps; `first` is known only beside it.
    fn step_count(&self) -> Option<usize> {
        self.names.iter().position(|name| *name == "k")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> f64 {
        parse(text, &["x", "y"]).expect(text).evaluate(&[3.0, -2.0])
    }

    fn refusal(text: &str) -> String {
        parse(text, &["x", "y"]).expect_err(text).to_string()
    }

    #[test]
    fn precedence_is_that_of_mathematics() {
        assert_eq!(value("1 + 2 * 3"), 7.0);
        assert_eq!(value("-x^2"), -9.0);
        assert_eq!(value("2^-1"), 0.5);
        assert_eq!(value("2 ** 3 ** 2"), 512.0);
        assert_eq!(value("8 / 4 / 2"), 1.0);
        assert_eq!(value("1 - 2 - 3"), -4.0);
        assert_eq!(value("--x"), 3.0);
        assert_eq!(value("2 * -y"), 4.0);
        assert_eq!(value("min(x, y) + max(x, y) * 1e2 + 1.5E-1"), 298.15);
        assert_eq!(value("atan2(0, -1)"), std::f64::consts::PI);
        assert_eq!(value("(1 - x)^2 + 100*(y - x^2)^2"), 12104.0);
    }

    #[test]
    fn numbers_multiply_what_follows_and_raised_digits_are_powers() {
        for (short, long) in [
            ("10y^2", "10*y^2"),
            ("-2x", "-2*x"),
            ("1/2x", "1/2*x"),
            ("2(x + 1)", "2*(x + 1)"),
            ("3sin(2x) - 2pi", "3*sin(2*x) - 2*pi"),
            ("2e + 2e1", "2*e + 20"),
            ("2^3x", "2^3*x"),
            ("log(x^2)", "ln(x^2)"),
            ("x² + 4y³ - (x + y)²", "x^2 + 4*y^3 - (x + y)^2"),
        ] {
            let known = ["x", "y"];
            assert_eq!(parse(short, &known), parse(long, &known), "{short}");
        }
    }

    #[test]
    fn a_sign_between_factors_may_be_left_out() {
        for (short, long) in [
            ("2xy", "2*x*y"),
            ("xy", "x*y"),
            ("x²y²", "x^2*y^2"),
            ("x^2y^2", "x^2*y^2"),
            ("2πx", "2*pi*x"),
            ("pixy", "pi*x*y"),
            ("xe", "x*e"),
            ("2ex", "2*e*x"),
            ("exp(x)", "exp (x)"),
            ("2exp(x)", "2*exp(x)"),
            ("xexp(y)", "x*exp(y)"),
            ("xmin(x, y)", "x*min(x, y)"),
            ("sin(x)cos(y)", "sin(x)*cos(y)"),
            ("(x+1)(y-1)", "(x+1)*(y-1)"),
            ("3(x+1)y", "3*(x+1)*y"),
            ("x(y + 1)", "x*(y + 1)"),
            ("x y (x)", "x*y*x"),
            ("-xy^2", "-x*y^2"),
            ("x^(2)y", "x^2*y"),
            ("x^-1y", "x^-1*y"),
            ("2e-3xy", "0.002*x*y"),
            ("1/2xy", "1/2*x*y"),
            ("x¹⁰y⁻¹", "x^10*y^-1"),
        ] {
            let known = ["x", "y"];
            let [short, long] = [short, long].map(|text| (text, parse(text, &known)));
            assert_eq!(
                short.1.map(|f| f.evaluate(&[0.7, 1.3])),
                long.1.map(|f| f.evaluate(&[0.7, 1.3])),
                "{}",
                short.0
            );
        }
    }

    #[test]
    fn bars_are_absolute_values() {
        for (bars, called) in [
            ("|x|", "abs(x)"),
            ("|x||y|", "abs(x)*abs(y)"),
            ("-2|x - y|^2", "-2*abs(x - y)^2"),
            ("||x| - |y||²", "abs(abs(x) - abs(y))^2"),
            ("x|y|", "x*abs(y)"),
            ("max(|x|, |y|)", "max(abs(x), abs(y))"),
        ] {
            let known = ["x", "y"];
            assert_eq!(parse(bars, &known), parse(called, &known), "{bars}");
        }
    }

    #[test]
    fn a_product_that_can_be_read_in_two_ways_is_refused() {
        for text in
            ["1/xy", "x/y(x + 1)", "1/(x)(y)", "1/sin(x)cos(y)", "2/x²y", "2^xy", "e^-xy", "x^y²x"]
        {
            assert!(refusal(text).contains("1/xy can be read in two ways"), "{text}");
        }
        assert_eq!(
            refusal("2 + |x|y|"),
            "at character 5: it is unclear which | belongs to which; write abs(x) for |x|"
        );
    }

    #[test]
    fn characters_of_input_methods_and_of_typeset_texts_count_as_plain_ones() {
        for (typed, plain) in [
            ("5.00e−4*x^2+y^2", "5.00e-4*x^2+y^2"),
            ("（ｘ＋１）＊（ｙ－２．５）", "(x+1)*(y-2.5)"),
            ("３×ｘ÷２", "3*x/2"),
            ("ｍａｘ（ｘ，ｙ）＾２", "max(x,y)^2"),
            ("x……2＋０。５y", "x^2+0.5y"),
            ("2·x⋅y − 1", "2*x*y - 1"),
            ("｜ｘ｜／２", "|x|/2"),
            ("2　x\u{a0}y", "2 x y"),
        ] {
            assert_eq!(parse(typed, &["x", "y"]), parse(plain, &["x", "y"]), "{typed}");
        }
    }

    #[test]
    fn errors_say_where_and_what() {
        for (text, expected) in [
            ("", "at character 1: expected a number, a name or '(', found the end"),
            ("x +", "at character 4: expected a number, a name or '(', found the end"),
            ("x 2", "at character 3: expected an operator, found '2'"),
            ("(x)3", "at character 4: expected an operator, found '3'"),
            ("x2", "at character 1: \"x2\" is neither x, y nor a known function"),
            ("sinx", "at character 1: \"sinx\" is neither x, y nor a known function"),
            ("(x", "at character 3: expected ')', found the end"),
            ("sin x", "at character 5: expected '(', found 'x'"),
            ("min(x)", "at character 6: expected ',', found ')'"),
            ("x * foo(y)", "at character 5: \"foo\" is neither x, y nor a known function"),
            ("1e999", "at character 1: 1e999 is too large"),
            (".", "at character 1: expected digits"),
            ("x ; y", "at character 3: expected an operator, found ';'"),
        ] {
            assert_eq!(refusal(text), expected, "{text}");
        }
    }

    #[test]
    fn length_and_depth_are_bounded() {
        assert!(refusal(&"x+".repeat(600)).contains("longer than"));
        assert!(refusal(&"(".repeat(400)).contains("deeper than"));
        assert!(refusal(&"-".repeat(400)).contains("deeper than"));
        assert!(refusal(&("2^".repeat(400) + "2")).contains("deeper than"));
        let nested = "(".repeat(DEEPEST - 1) + "x" + &")".repeat(DEEPEST - 1);
        assert_eq!(value(&nested), 3.0);
        let right = "1+(".repeat(DEEPEST - 1) + "x" + &")".repeat(DEEPEST - 1);
        assert_eq!(value(&right), 50.0);
    }

    #[test]
    fn what_waits_for_what_is_nested_is_bounded() {
        // Shallow enough, but each level keeps two or three values waiting.
        for (level, end) in
            [("x+y*(", ")"), ("min(1, 1+2*", ")"), ("x+y*max(x, ", ")"), ("1+2*3^(", ")")]
        {
            let nested = |levels: usize| level.repeat(levels) + "x" + &end.repeat(levels);
            for levels in 1..DEEPEST {
                match parse(&nested(levels), &["x", "y"]) {
                    Ok(formula) => _ = formula.evaluate(&[0.5, 0.25]),
                    Err(error) => {
                        assert!(levels > 12, "{levels} levels of {level}: {error}");
                        assert!(
                            ["formula-height", "formula-depth"].contains(&error.code()),
                            "{error}"
                        );
                    }
                }
            }
            assert!(refusal(&nested(DEEPEST - 1)).contains("more than 50 values"), "{level}");
        }
    }
}
