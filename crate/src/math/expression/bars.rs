//! Which bar opens and which closes in |x| + |y|: both look alike.
//!
//! Within a pair of parentheses, or between its commas, bars pair up among themselves. All ways to
//! pair them are followed. |x|y|x| is refused: it may be |x|·y·|x| or |x·|y|·x|.

use super::DEEPEST;
use crate::error_kind::ErrorKind;
use std::rc::Rc;

/// For each character whether it is a bar that opens.
///
/// # Errors
/// The first bar of those that pair up in no way, or in several.
pub(super) fn opening(characters: &[char]) -> Result<Vec<bool>, ErrorKind> {
    let mut opens = vec![false; characters.len()];
    if !characters.contains(&'|') {
        return Ok(opens);
    }
    // One for each pair of parentheses that is open.
    let mut levels = vec![Level::new()];
    for (at, character) in characters.iter().enumerate().filter(|(_, c)| !c.is_whitespace()) {
        let last = levels.len() - 1;
        match character {
            '(' => levels.push(Level::new()),
            ')' if last > 0 => {
                levels.pop().map_or(Ok(()), |level| level.close(&mut opens))?;
                levels[last - 1].operand();
            }
            ',' => std::mem::replace(&mut levels[last], Level::new()).close(&mut opens)?,
            '+' | '-' => levels[last].sign(),
            // The second half of **.
            '*' if at > 0 && characters[at - 1] == '*' => {}
            '*' | '/' | '^' => levels[last].operator(),
            '|' => {
                let mut rest = characters[at + 1..].iter();
                let next = rest.find(|c| !c.is_whitespace());
                levels[last].bar(at, next == Some(&'|'));
            }
            _ => levels[last].operand(),
        }
    }
    levels.into_iter().try_for_each(|level| level.close(&mut opens))?;
    Ok(opens)
}

/// A way to read the bars so far.
#[derive(Clone)]
struct Way {
    /// How many bars are open.
    depth: usize,
    /// Whether an operand has just ended, so that the next bar may close.
    after_operand: bool,
    /// The bars that open, the last one first.
    opening: Option<Rc<Opening>>,
}

struct Opening {
    at: usize,
    before: Option<Rc<Opening>>,
}

/// The inside of a pair of parentheses, up to a comma.
struct Level {
    ways: Vec<Way>,
    /// Its first bar.
    first: Option<usize>,
}

impl Level {
    fn new() -> Self {
        Self { ways: vec![Way { depth: 0, after_operand: false, opening: None }], first: None }
    }

    fn operand(&mut self) {
        self.ways.iter_mut().for_each(|way| way.after_operand = true);
    }

    /// A sign before an operand or between two.
    fn sign(&mut self) {
        self.ways.iter_mut().for_each(|way| way.after_operand = false);
    }

    /// What stands only between two operands.
    fn operator(&mut self) {
        // Where no way has an operand here, the parser says what is missing.
        if self.ways.iter().any(|way| way.after_operand) {
            self.ways.retain(|way| way.after_operand);
        }
        self.sign();
    }

    fn bar(&mut self, at: usize, before_bar: bool) {
        self.first = self.first.or(Some(at));
        let mut ways: Vec<Way> = Vec::new();
        let mut add = |way: Way| {
            let state = |way: &Way| (way.depth, way.after_operand);
            // Two ways to the same state show already that there are several.
            if ways.iter().filter(|other| state(other) == state(&way)).count() < 2 {
                ways.push(way);
            }
        };
        for way in std::mem::take(&mut self.ways) {
            let closes = way.after_operand && way.depth > 0;
            // |x||y| is |x|·|y|, not the beginning of |x·||y|·x|.
            if !(closes && before_bar) && way.depth < DEEPEST {
                let opening = Some(Rc::new(Opening { at, before: way.opening.clone() }));
                add(Way { depth: way.depth + 1, after_operand: false, opening });
            }
            if closes {
                add(Way { depth: way.depth - 1, ..way });
            }
        }
        self.ways = ways;
    }

    fn close(self, opens: &mut [bool]) -> Result<(), ErrorKind> {
        let Some(first) = self.first else { return Ok(()) };
        let mut paired = self.ways.into_iter().filter(|way| way.depth == 0);
        let (Some(way), None) = (paired.next(), paired.next()) else {
            return Err(ErrorKind::FormulaBars { position: first + 1 });
        };
        let mut opening = way.opening;
        while let Some(bar) = opening {
            opens[bar.at] = true;
            opening = bar.before.clone();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with < for bars that open and > for those that close.
    fn paired(text: &str) -> Option<String> {
        let characters: Vec<char> = text.chars().collect();
        let opens = opening(&characters).ok()?;
        let shown = |(at, c): (usize, &char)| match (c, opens[at]) {
            ('|', true) => '<',
            ('|', false) => '>',
            (c, _) => *c,
        };
        Some(characters.iter().enumerate().map(shown).collect())
    }

    #[test]
    fn bars_pair_up_where_only_one_way_is_possible() {
        for (text, shown) in [
            ("|x|", "<x>"),
            ("|x|+|y|", "<x>+<y>"),
            ("|x||y|", "<x><y>"),
            ("|x| |y| |x|", "<x> <y> <x>"),
            ("2|x|y", "2<x>y"),
            ("x|y|", "x<y>"),
            ("||x|-1|", "<<x>-1>"),
            ("|x+|y||", "<x+<y>>"),
            ("|x*|y|*x|", "<x*<y>*x>"),
            ("|x|**|y|", "<x>**<y>"),
            ("|(|x|y)|", "<(<x>y)>"),
            ("max(|x|, |y|)", "max(<x>, <y>)"),
            ("|x|*y*|x|", "<x>*y*<x>"),
            ("-|-x|^|y|", "-<-x>^<y>"),
            ("|x|y(|x|)", "<x>y(<x>)"),
        ] {
            assert_eq!(paired(text).as_deref(), Some(shown), "{text}");
        }
    }

    #[test]
    fn other_bars_are_refused() {
        for text in ["|", "||", "|x", "|x|y|", "|x|y|x|", "(|x)|", "|x|y - x|y|", "max(|x, y|)"] {
            assert_eq!(paired(text), None, "{text}");
        }
        assert_eq!(paired(&"|x|+".repeat(250)).map(|text| text.len()), Some(1000));
    }
}
