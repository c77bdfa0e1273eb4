//! Formulas as people type them: without signs of multiplication, with signs of typeset texts.

use crate::support::Random;
use momentum_lab::math::expression::parse;

const NAMES: [&str; 2] = ["x", "y"];

/// Formulas that were accepted before signs could be left out, with their values at (1.25, -1.5),
/// computed in Python.
const ACCEPTED: &[(&str, f64)] = &[
    ("10y^2", 22.5),
    ("-2x", -2.5),
    ("1/2x", 0.625),
    ("2(x + 1)", 4.5),
    ("3sin(2x) - 2pi", -4.487768874867717),
    ("2e + 2e1", 25.43656365691809),
    ("2e-3", 0.002),
    ("2e-x", 4.18656365691809),
    ("2^3x", 10.0),
    ("x/2y", -0.9375),
    ("2^-2x", 0.3125),
    ("e^2x", 9.236320123663312),
    ("1/2(x+1)", 1.125),
    ("log(x^2)", 0.44628710262841953),
    ("x² + 4y³ - (x + y)²", -12.0),
    ("-x^2", -1.5625),
    ("2^-1", 0.5),
    ("2 ** 3 ** 2", 512.0),
    ("--x", 1.25),
    ("2 * -y", 3.0),
    ("2e1x", 25.0),
    ("2.5e-1x^2", 0.390625),
    ("x^2/4*y", -0.5859375),
    ("x*-2y", 3.75),
    ("1 - 2 - 3", -4.0),
    ("8/4/2", 1.0),
    ("(1-x)^2 + 100*(y-x^2)^2", 937.953125),
    ("(x^2 - y)^2 + (x - 1)^2/4 + sin(3*y)/5", 9.590037273533019),
    ("max(abs(x), y^2/3) + cbrt(x - y)/9 + atan2(y, x + 7)*sqrt(9 + x)", 0.8298566998489064),
    ("x^2*ln(2 + cos(y)) + 2^x/8 + floor(y) - min(x, y)*log10(11 + x)", 1.0668569742190597),
    ("2−x × 3·y", 7.625),
    ("−x", -1.25),
    ("tanh(x)*sinh(y)/cosh(x)", -0.9564764291002307),
    ("sign(y)*asin(x/4) + acos(y/4) + atan(x) + tan(y)", -11.56799516523772),
    ("exp(-x^2)*log2(x)", 0.06747979453225027),
    ("π*x + pi", 7.0685834705770345),
    ("3π", 9.42477796076938),
    ("x^y^0", 1.25),
    ("1/2sin(x)", 0.4744923096777931),
    ("3x^2*y", -7.03125),
    ("2*3x", 7.5),
    ("x^2(y+1)", -0.78125),
    (".5x", 0.625),
    ("5.x", 6.25),
];

#[test]
fn formulas_that_were_accepted_keep_their_values() {
    for (text, expected) in ACCEPTED {
        let value = parse(text, &NAMES).expect(text).evaluate(&[1.25, -1.5]);
        assert!((value - expected).abs() <= 1e-13 * (1.0 + expected.abs()), "{text}: {value}");
    }
}

#[test]
fn a_minus_sign_of_typeset_texts_belongs_to_the_exponent() {
    for text in
        ["5.00e−4*x^2+y^2", "5.00e-4*x^2+y^2", "５．００ｅ－４＊ｘ＾２＋ｙ＾２", "5.00e–4x²+y²"]
    {
        let value = parse(text, &NAMES).expect(text).evaluate(&[3.0, 1.0]);
        assert!((value - 1.0045).abs() < 1e-15, "{text}: {value}");
    }
}

/// A part of a random formula: as programs write it and as people do, and how it begins and ends.
struct Part {
    full: String,
    short: String,
    /// Whether a product may stand for it only in parentheses.
    loose: bool,
}

fn atom(chance: &mut Random) -> Part {
    let text = *chance.of(&["x", "y", "pi", "e", "2", "0.5", "3"]);
    Part { full: text.to_owned(), short: text.to_owned(), loose: false }
}

/// A random formula, with every sign and parenthesis in `full` and few in `short`.
fn formula(chance: &mut Random, depth: usize) -> Part {
    if depth == 0 {
        return atom(chance);
    }
    let a = formula(chance, depth - 1);
    match chance.below(8) {
        0 | 1 => {
            let b = formula(chance, depth - 1);
            let sign = *chance.of(&["+", "-"]);
            Part {
                full: format!("(({}) {sign} ({}))", a.full, b.full),
                short: format!("{}{sign}({})", a.short, b.short),
                loose: true,
            }
        }
        2..=4 => {
            let factors: Vec<Part> =
                (0..2 + chance.below(2)).map(|_| formula(chance, depth - 1)).collect();
            let inner = |part: &Part, first: bool| {
                let number = part.short.starts_with(|c: char| c.is_ascii_digit());
                // A number must be the first factor, or it would look like a digit of another.
                if part.loose || number && !first {
                    format!("({})", part.short)
                } else {
                    part.short.clone()
                }
            };
            let mut full = factors[0].full.clone();
            let mut short = inner(&factors[0], true);
            for factor in &factors[1..] {
                full = format!("({full})*({})", factor.full);
                let space = [" ", ""][chance.below(2)];
                let next = inner(factor, false);
                let bars = short.contains('|') && next.contains('|');
                let sign = if bars { "*" } else { space };
                short = format!("{short}{sign}{next}");
            }
            Part { full, short, loose: true }
        }
        5 => {
            let whole = 2 + chance.below(3);
            let raised = ["²", "³", "⁴"][whole - 2];
            Part {
                full: format!("(({})^{whole})", a.full),
                short: format!("({}){raised}", a.short),
                loose: false,
            }
        }
        6 => {
            let name = *chance.of(&["sin", "cos", "exp", "tanh"]);
            Part {
                full: format!("{name}({})", a.full),
                short: format!("{name}({})", a.short),
                loose: false,
            }
        }
        _ => Part {
            full: format!("abs({})", a.full),
            short: format!("|({})|", a.short),
            loose: false,
        },
    }
}

#[test]
fn a_formula_means_the_same_with_and_without_signs() {
    let mut chance = Random(0x2545_f491);
    let mut shorter = 0;
    for _ in 0..3000 {
        let Part { full, short, .. } = formula(&mut chance, 3);
        if short.chars().count() > 900 || full.chars().count() > 900 {
            continue;
        }
        let [a, b] = [&full, &short].map(|text| {
            let parsed = parse(text, &NAMES).unwrap_or_else(|error| panic!("{text}: {error}"));
            [(0.7, 1.3), (-1.1, 0.4)].map(|(x, y)| parsed.evaluate(&[x, y]).to_bits())
        });
        assert_eq!(a, b, "{short} for {full}");
        shorter += usize::from(!short.contains('*'));
    }
    assert!(shorter > 1500, "{shorter}");
}

#[test]
fn full_width_characters_mean_what_plain_ones_do() {
    let mut chance = Random(0x0dd0_5eed);
    for _ in 0..500 {
        let Part { full, .. } = formula(&mut chance, 3);
        let wide: String = full
            .chars()
            .map(|c| match c {
                '!'..='~' => char::from_u32(c as u32 + 0xfee0).unwrap_or(c),
                ' ' => '\u{3000}',
                c => c,
            })
            .collect();
        assert_eq!(parse(&wide, &NAMES), parse(&full, &NAMES), "{full}");
    }
}
