//! From text to a formula, by recursive descent with a bounded depth.
//!
//! Grammar: sum = product {(+|−) product}; product = signed {(*|/) signed}; signed = (+|−) signed |
//! power; power = atom [(^|**) signed | ² | ³]; atom = number | name | name(sum, …) | (sum). A power
//! binds tighter than a sign before it and associates to the right, as in mathematics and Python.
//! Between a number and a name or a bracket after it, a * may be left out: 2x is 2*x.

use super::{Binary, DEEPEST, Expression, HIGHEST, LONGEST, Operation, Unary};
use crate::reason::Reason;

/// Reads a formula in the variables `names`.
///
/// # Errors
/// The first place where the text is no formula, characters counted from 1, or that it is longer
/// or deeper than allowed, or keeps more values waiting.
pub fn parse(text: &str, names: &[&str]) -> Result<Expression, Reason> {
    let characters: Vec<char> = text.chars().collect();
    if characters.len() > LONGEST {
        return Err(Reason::TooLong { longest: LONGEST });
    }
    let mut parser = Parser {
        characters,
        at: 0,
        names,
        depth: 0,
        height: 0,
        numeral: false,
        operations: Vec::new(),
    };
    parser.sum()?;
    match parser.peek() {
        None => Ok(Expression { operations: parser.operations }),
        Some(found) => {
            Err(Reason::FormulaOperator { position: parser.position(), found: shown(found) })
        }
    }
}

fn shown(character: char) -> String {
    if character.is_control() {
        format!("'{}'", character.escape_unicode())
    } else {
        format!("'{character}'")
    }
}

/// The power that a raised digit stands for.
fn raised(character: char) -> Option<f64> {
    match character {
        '²' => Some(2.0),
        '³' => Some(3.0),
        _ => None,
    }
}

struct Parser<'a> {
    characters: Vec<char>,
    at: usize,
    names: &'a [&'a str],
    depth: usize,
    /// How many values wait on the stack when the operations so far are evaluated.
    height: usize,
    /// Whether what has been read ends in a number, which may stand before what it multiplies.
    numeral: bool,
    operations: Vec<Operation>,
}

type Parsed = Result<(), Reason>;

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
            Some(found) => Reason::FormulaSign { position, wanted, found: shown(found) },
            None => Reason::FormulaSignAtEnd { position, wanted },
        })
    }

    fn deeper(&mut self, part: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        if self.depth == DEEPEST {
            return Err(Reason::FormulaDepth { position: self.position(), deepest: DEEPEST });
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
            return Err(Reason::FormulaHeight { position: self.position(), highest: HIGHEST });
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
                    Some('-' | '−') => Binary::Subtract,
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
        loop {
            let function = match self.peek() {
                Some('*' | '·' | '×') => Binary::Multiply,
                Some('/') => Binary::Divide,
                Some(c) if self.numeral && (c.is_alphabetic() || c == '(') => {
                    self.signed()?;
                    self.push(Operation::Binary(Binary::Multiply))?;
                    continue;
                }
                _ => return Ok(()),
            };
            self.at += 1;
            self.signed()?;
            self.push(Operation::Binary(function))?;
        }
    }

    fn signed(&mut self) -> Parsed {
        match self.peek() {
            Some('-' | '−') => {
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
        if let Some(raised) = self.peek().and_then(raised) {
            self.at += 1;
            self.numeral = false;
            self.push(Operation::Number(raised))?;
            return self.push(Operation::Binary(Binary::Power));
        }
        let stars = self.peek() == Some('*') && self.characters.get(self.at + 1) == Some(&'*');
        if stars || self.peek() == Some('^') {
            self.at += if stars { 2 } else { 1 };
            self.deeper(Self::signed)?;
            self.push(Operation::Binary(Binary::Power))?;
        }
        Ok(())
    }

    fn atom(&mut self) -> Parsed {
        let numeral = matches!(self.peek(), Some('0'..='9' | '.'));
        self.operand()?;
        self.numeral = numeral;
        Ok(())
    }

    fn operand(&mut self) -> Parsed {
        match self.peek() {
            Some('(') => {
                self.at += 1;
                self.sum()?;
                self.expect(')')
            }
            Some('0'..='9' | '.') => self.number(),
            Some(c) if c.is_alphabetic() || c == '_' => self.name(),
            Some(found) => {
                Err(Reason::FormulaOperand { position: self.position(), found: shown(found) })
            }
            None => Err(Reason::FormulaOperandAtEnd { position: self.position() }),
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
            Ok(_) => Err(Reason::FormulaNumber { position, number: text }),
            Err(_) => Err(Reason::FormulaDigits { position }),
        }
    }

    fn name(&mut self) -> Parsed {
        let (start, position) = (self.at, self.position());
        let inner = |c: &char| (c.is_alphanumeric() || *c == '_') && raised(*c).is_none();
        while self.characters.get(self.at).is_some_and(inner) {
            self.at += 1;
        }
        let name: String = self.characters[start..self.at].iter().collect();
        if let Some(index) = self.names.iter().position(|known| *known == name) {
            return self.push(Operation::Variable(index));
        }
        let constant = match name.as_str() {
            "pi" | "π" => Some(std::f64::consts::PI),
            "e" => Some(std::f64::consts::E),
            _ => None,
        };
        if let Some(constant) = constant {
            self.push(Operation::Number(constant))
        } else if let Some(function) = Unary::named(&name) {
            self.expect('(')?;
            self.sum()?;
            self.expect(')')?;
            self.push(Operation::Unary(function))
        } else if let Some(function) = Binary::named(&name) {
            self.pair()?;
            self.push(Operation::Binary(function))
        } else if let (Some(count), "first") = (self.step_count(), name.as_str()) {
            self.pair()?;
            self.push(Operation::First(count))
        } else {
            Err(Reason::FormulaName { position, name, known: self.names.join(", ") })
        }
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
    fn errors_say_where_and_what() {
        for (text, expected) in [
            ("", "at character 1: expected a number, a name or '(', found the end"),
            ("x +", "at character 4: expected a number, a name or '(', found the end"),
            ("x 2", "at character 3: expected an operator, found '2'"),
            ("(x)3", "at character 4: expected an operator, found '3'"),
            ("x(y)", "at character 2: expected an operator, found '('"),
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
