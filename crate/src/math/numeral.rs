//! Characters and numbers as people type them: with an input method's full-width signs, with the
//! minus sign of typeset texts, or with a decimal comma.

/// The character of formulas and numbers that a typed one stands for; itself if there is none.
///
/// Full-width forms (U+FF01 to U+FF5E) and the ideographic full stop and space are what Chinese and
/// Japanese input methods type; the others are how texts set operators.
pub fn plain(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
        // Minus sign, hyphen, figure dash, en dash, small hyphen-minus.
        '\u{2212}' | '\u{2010}'..='\u{2013}' | '\u{fe63}' => '-',
        '·' | '⋅' | '∙' | '×' | '∗' => '*',
        '÷' | '∕' | '⁄' => '/',
        '。' | '｡' => '.',
        '∣' => '|',
        // No-break, figure, thin, narrow and ideographic space.
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => ' ',
        _ => character,
    }
}

/// The digit or sign that a raised character stands for in an exponent.
pub fn raised(character: char) -> Option<char> {
    match character {
        '⁰' => Some('0'),
        '¹' => Some('1'),
        '²' => Some('2'),
        '³' => Some('3'),
        '⁴'..='⁹' => char::from_u32(character as u32 - '⁴' as u32 + '4' as u32),
        '⁻' => Some('-'),
        _ => None,
    }
}

/// The number that a text says, as people type it: `−1.5e−1`, `0,25`, `．５`, `10 000`, `5×10⁻⁴`.
///
/// A comma is a decimal one where it can be nothing else: 1,234 may be a thousand and some, and is
/// refused. `None` where the text says no number; the number may be infinite.
pub fn read(text: &str) -> Option<f64> {
    let (power, rest): (Vec<char>, Vec<char>) = {
        let text = text.trim();
        let end = text.trim_end_matches(|c| raised(c).is_some()).len();
        (text[end..].chars().filter_map(raised).collect(), text[..end].chars().collect())
    };
    let mut plain: String = rest.into_iter().map(plain).collect();
    if !power.is_empty() {
        plain.push('^');
        plain.extend(power);
    }
    let mut parts = String::new();
    let (sign, digits) = match plain.trim().split_at_checked(1) {
        Some(("-", digits)) => ("-", digits.trim_start()),
        Some(("+", digits)) => ("", digits.trim_start()),
        _ => ("", plain.trim()),
    };
    let (mantissa, exponent) = exponent(digits)?;
    if !mantissa.starts_with(|c: char| c.is_ascii_digit() || ".,".contains(c)) {
        // Words for what is not finite.
        return plain.trim().parse().ok();
    }
    parts.push_str(sign);
    parts.push_str(&point(&ungrouped(mantissa)?)?);
    parts.push_str(&exponent);
    parts.parse().ok()
}

/// A mantissa, and the exponent after it as programs write it: `e-4` also for `×10^-4`.
fn exponent(text: &str) -> Option<(&str, String)> {
    let signed = |text: &str| {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let whole = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
        whole.then(|| format!("e{text}"))
    };
    if let Some((mantissa, factor)) = text.split_once('*') {
        let power = factor.trim_start().strip_prefix("10^")?;
        return Some((mantissa.trim_end(), signed(power)?));
    }
    // Without any, "inf" and the like remain.
    let Some((mantissa, power)) = text.split_once(['e', 'E']) else {
        return Some((text, String::new()));
    };
    Some((mantissa, signed(power)?))
}

/// Digits without the spaces between groups of three.
fn ungrouped(digits: &str) -> Option<String> {
    let mut groups = digits.split(' ');
    let first = groups.next()?;
    let mut joined = first.to_owned();
    for group in groups {
        let whole = group.split(['.', ',']).next()?;
        if joined.contains(['.', ',']) || whole.len() != 3 || first.is_empty() || first.len() > 3 {
            return None;
        }
        joined.push_str(group);
    }
    Some(joined)
}

/// Digits with a decimal point.
fn point(digits: &str) -> Option<String> {
    let Some((whole, part)) = digits.split_once(',') else { return Some(digits.to_owned()) };
    let grouped = part.len() == 3 && !whole.is_empty() && whole != "0";
    let clear = !grouped && !part.is_empty() && !part.contains([',', '.']) && !whole.contains('.');
    clear.then(|| format!("{whole}.{part}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (text, number) in [
            ("0.05", 0.05),
            (" -3 ", -3.0),
            ("+2.5", 2.5),
            ("−1.5e−1", -0.15),
            ("5.00e−4", 5e-4),
            ("1E+3", 1000.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("- 1.5", -1.5),
            ("０．０５", 0.05),
            ("－１．５ｅ－１", -0.15),
            ("0。5", 0.5),
            ("0,25", 0.25),
            ("0,125", 0.125),
            (",5", 0.5),
            ("1，5", 1.5),
            ("−12,5e−3", -0.0125),
            ("1,2345", 1.2345),
            ("10 000", 10_000.0),
            ("1\u{202f}234,5", 1234.5),
            ("5×10⁻⁴", 5e-4),
            ("−2.5·10^−3", -2.5e-3),
            ("1 · 10³", 1000.0),
            ("1e999", f64::INFINITY),
            ("inf", f64::INFINITY),
        ] {
            assert_eq!(read(text), Some(number), "{text}");
        }
    }

    #[test]
    fn what_is_ambiguous_or_no_number_is_refused() {
        for text in [
            "", " ", "-", "1,234", "12,345", "1,2,3", "1.2.3", "1.234,5", "1 2", "1 0000", "12 34",
            "1e", "e5", "1e1.5", "x", "1x", "1--2", "--1", "1²", "2*10", "3*5^2", "²", "1 ,5",
            "0x10", "½", "1,", "1e5e5",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    #[test]
    fn every_character_stands_for_one_of_the_same_or_a_plainer_kind() {
        for (typed, meant) in
            "（）＋－×÷＊／＾，．。０９ｘｙ｜−–　".chars().zip("()+-*/*/^,..09xy|-- ".chars())
        {
            assert_eq!(plain(typed), meant, "{typed}");
        }
        let raised: String = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻".chars().filter_map(raised).collect();
        assert_eq!(raised, "0123456789-");
        assert_eq!((0..128).map(char::from_u32).filter(|c| c.map(plain) != *c).count(), 0);
    }
}
