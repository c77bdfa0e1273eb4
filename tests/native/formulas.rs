//! The user's own formula: read, differentiated, refused.

use crate::support::{Random, simulated};
use crate::surfaces::points;
use momentum_lab::configuration::{Configuration, Value};
use momentum_lab::math::expression::{Binary, Dialect, Expression, Unary, parse, vocabulary};
use momentum_lab::math::geometry::Point;
use momentum_lab::math::number::differentiate;
use momentum_lab::parameter::{Setting, Settings};
use momentum_lab::surface::{self, Sample};
use serde_json::json;

/// A random formula that the parser accepts.
pub(crate) fn text(chance: &mut Random, depth: usize) -> String {
    if depth == 0 {
        return ["x", "y", "2", "0.5", "1.5e-1", "pi", "3"][chance.below(7)].to_owned();
    }
    let part = |chance: &mut Random| text(chance, depth - 1);
    match chance.below(9) {
        0..=2 => {
            let operator = ["+", "-", "*", "/"][chance.below(4)];
            format!("({}) {operator} ({})", part(chance), part(chance))
        }
        3 => format!("{} + {}", part(chance), part(chance)),
        4 => format!("-({})", part(chance)),
        5 => format!("({})^{}", part(chance), 1 + chance.below(4)),
        6 => format!(
            "{}({}, {})",
            ["min", "max", "atan2"][chance.below(3)],
            part(chance),
            part(chance)
        ),
        _ => {
            let functions: Vec<_> = Unary::ALL.iter().filter(|f| **f != Unary::Negate).collect();
            format!("{}({})", functions[chance.below(functions.len())].text(), part(chance))
        }
    }
}

const NAMES: [&str; 2] = ["x", "y"];

#[test]
fn printing_and_parsing_again_gives_the_same_formula() {
    let mut chance = Random(0x9e37_79b9);
    for _ in 0..3000 {
        let text = text(&mut chance, 4);
        let first = parse(&text, &NAMES).unwrap_or_else(|error| panic!("{text}: {error}"));
        let printed = first.print(&NAMES, Dialect::Formula);
        let again = parse(&printed, &NAMES).unwrap_or_else(|error| panic!("{printed}: {error}"));
        assert_eq!(first, again, "{text} printed as {printed}");
    }
}

#[test]
fn derivatives_agree_with_central_differences() {
    let mut chance = Random(0x1234_5678);
    let mut compared = 0;
    for _ in 0..3000 {
        let text = text(&mut chance, 3);
        let formula = parse(&text, &NAMES).expect("valid");
        let (x, y) = (0.317 + 0.1 * chance.below(9) as f64, -0.91 + 0.17 * chance.below(9) as f64);
        let f = |x: f64, y: f64| formula.evaluate(&[x, y]);
        let exact = differentiate(x, y, |x, y| formula.evaluate(&[x, y]));
        assert_eq!(exact.value.to_bits(), f(x, y).to_bits(), "{text}");
        for (slope, dx, dy) in [(exact.dx(), 1.0, 0.0), (exact.dy(), 0.0, 1.0)] {
            let difference =
                |h: f64| (f(x + h * dx, y + h * dy) - f(x - h * dx, y - h * dy)) / (2.0 * h);
            // Two spacings that agree: no kink, jump or pole lies between.
            let (coarse, fine) = (difference(2e-5), difference(1e-5));
            let size = 1.0 + fine.abs() + f(x, y).abs();
            if (coarse - fine).abs() < 1e-7 * size && slope.is_finite() {
                compared += 1;
                assert!((slope - fine).abs() < 1e-5 * size, "{text} at {x}, {y}: {slope} {fine}");
            }
        }
    }
    assert!(compared > 3000, "only {compared} slopes could be compared");
}

#[test]
fn no_bytes_make_it_panic() {
    let pieces: Vec<String> = [
        "(", ")", "+", "-", "*", "**", "/", "^", ",", ".", "x", "y", "1", "9e", "e", "pi", "é",
        "中", "\u{0}", "<script>", " ", "\n", "𝜋", "1e308", "_", ";", "=", "'",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain(Unary::ALL.iter().map(|f| f.text().to_owned()))
    .chain(Binary::ALL.iter().map(|f| f.text().to_owned()))
    .collect();
    let mut chance = Random(42);
    let mut accepted = 0;
    for _ in 0..30_000 {
        let length = chance.below(14);
        let text: String =
            (0..length).map(|_| pieces[chance.below(pieces.len())].as_str()).collect();
        match parse(&text, &NAMES) {
            Ok(formula) => {
                accepted += 1;
                formula.evaluate(&[0.5, -0.5]);
            }
            Err(error) => {
                let end = text.chars().count() + 1;
                let place = error.values().find(|(name, _)| *name == "position");
                let place: Option<usize> =
                    place.and_then(|(_, place)| place.to_string().parse().ok());
                assert!(place.is_some_and(|at| (1..=end).contains(&at)), "{text:?}: {error}");
            }
        }
    }
    assert!(accepted > 100, "{accepted}");
    let bytes: Vec<u8> = (0..4000).map(|_| chance.below(256) as u8).collect();
    for window in bytes.windows(40) {
        let _: Result<Expression, _> = parse(&String::from_utf8_lossy(window), &NAMES);
    }
}

#[test]
fn the_words_that_are_offered_are_those_that_are_understood() {
    let lines = vocabulary();
    let [numbers, called, pairs] = &lines[..] else { panic!("{lines:?}") };
    for function in called.split(' ') {
        assert!(parse(&format!("{function}(x*y)"), &NAMES).is_ok(), "{function}");
    }
    for pair in pairs.split(") ") {
        let (name, _) = pair.split_once('(').expect("a call");
        assert!(parse(&format!("{name}(x, y)"), &NAMES).is_ok(), "{name}");
    }
    for sign in numbers.split(' ').filter(|word| "+-*/^".contains(word)) {
        assert!(parse(&format!("x {sign} pi {sign} y {sign} e"), &NAMES).is_ok(), "{sign}");
    }
    assert!(Unary::ALL.iter().all(|f| numbers.contains(f.text()) || called.contains(f.text())));
}

#[test]
fn a_formula_is_a_surface_like_any_other() {
    let own = simulated(json!({
        "surface": {"expression": "(1-x)^2 + 100*(y-x^2)^2"}, "start": [-1.2, 1], "steps": 300,
        "optimizer": {"id": "momentum", "lr": 1e-3, "beta": 0.9},
    }));
    let built_in = simulated(json!({
        "surface": "rosenbrock", "start": [-1.2, 1], "steps": 300,
        "optimizer": {"id": "momentum", "lr": 1e-3, "beta": 0.9},
    }));
    for (a, b) in own.run.points().iter().zip(built_in.run.points()) {
        assert!((*a - *b).norm() < 1e-9, "{a:?} {b:?}");
    }
    let minima = own.surface.minima();
    assert!(minima.iter().any(|p| (*p - Point::new(1.0, 1.0)).norm() < 1e-6), "{minima:?}");
    assert!(own.surface.view().contains(Point::new(1.0, 1.0)));
}

#[test]
fn refusals_name_the_field_the_place_and_what_was_expected() {
    let refused = |expression: &str| {
        let asked: Value =
            serde_json::from_value(json!({"surface": {"expression": expression}})).expect("plain");
        Configuration::strict(&asked).expect_err(expression).to_string()
    };
    assert_eq!(
        refused("x^2 + foo"),
        "surface.expression: at character 7: \"foo\" is neither x, y nor a known function"
    );
    assert!(refused(&"x+".repeat(900)).contains("longer than"));
    assert!(refused("").contains("at character 1"));
}

#[test]
fn formulas_without_a_finite_value_anywhere_do_no_harm() {
    for expression in
        ["0/0", "ln(-1 - x^2)", "1/0", "sqrt(-1)*x", "floor(x)", "sign(x)/sign(x)", "x^x^x^x", "5"]
    {
        let done = simulated(
            json!({"surface": {"expression": expression}, "steps": 50, "optimizer": "gd"}),
        );
        assert!(done.surface.view().width() > 0.0, "{expression}");
        assert!(!done.run.points().is_empty());
    }
}

/// Carries out the lines of a formula; the last line is the value.
fn evaluate(lines: &[&str], mut names: Vec<(String, f64)>) -> f64 {
    let mut value = f64::NAN;
    for line in lines {
        let (name, formula) = line.split_once(" = ").unwrap_or(("", line));
        let known: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
        let parsed = parse(formula, &known).unwrap_or_else(|error| panic!("{line}: {error}"));
        value = parsed.evaluate(&names.iter().map(|(_, value)| *value).collect::<Vec<_>>());
        names.push((name.to_owned(), value));
    }
    value
}

#[test]
fn formula_texts_of_the_registry_are_the_formulas() {
    for entry in surface::SURFACES.iter().filter(|entry| entry.description.id != "expression") {
        let description = entry.description;
        let surface = entry.with_defaults();
        let mut fixed = Vec::new();
        for (id, setting) in Settings::defaults(description.parameters).iter() {
            if let Setting::Number(number) = *setting {
                fixed.push((id.to_owned(), number));
            }
        }
        for p in points(surface.view()) {
            let at = |more: &[(&str, f64)]| {
                let given = [("x", p.x), ("y", p.y)];
                let more = given.iter().chain(more).map(|&(name, value)| (name.to_owned(), value));
                evaluate(description.formula, more.chain(fixed.clone()).collect())
            };
            // With data, the text is the loss of one sample and f the mean.
            let value = surface.data().map_or_else(
                || at(&[]),
                |data| {
                    let one =
                        |sample: &Sample| at(&[("input", sample.input), ("target", sample.target)]);
                    data.samples.iter().map(one).sum::<f64>() / data.samples.len() as f64
                },
            );
            let expected = surface.value(p);
            let near = (value - expected).abs() < 1e-9 * (1.0 + expected.abs());
            assert!(near, "{} at {p:?}: {value} {expected}", description.id);
        }
    }
}
