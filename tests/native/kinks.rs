//! Exported scripts of formulas with kinks and zeros: kept in `tests/exports/kinks.json`, where
//! `check.py` holds what they print to the lab's rows.
//!
//! After a change that is meant: `cargo test -p tests -- --ignored kinks::write`, then `check.py`.

use crate::support::{Random, simulated};
use momentum_lab::export;
use momentum_lab::study::simulate::Simulated;
use serde_json::{Value as Json, json};
use std::fs;
use std::path::Path;

/// Those that the lab once got wrong, before the random ones.
const KNOWN: [(&str, [f64; 2]); 14] = [
    ("max(x,0)+y^2", [0.0, 1.0]),
    ("max(abs(x),abs(y))", [1.0, -1.0]),
    ("min(x^2,y^2)+x^2/2", [1.0, 1.0]),
    ("max(x,0)^1.5+y^2", [0.0, 1.0]),
    ("cbrt(x)^4+y^2", [0.0, 1.0]),
    ("sqrt(|x|)^4+y^2", [0.0, 1.0]),
    ("cbrt(x)^3+y^2", [0.0, 1.0]),
    ("sqrt(x)^2+y^2", [0.0, 1.0]),
    ("max(sqrt(x),0.5)+y^2", [0.0, 1.0]),
    ("floor(sqrt(x))+sign(cbrt(x))+y^2", [0.0, 1.0]),
    ("x^0.5+y^2", [0.0, 1.0]),
    ("|x|^2.5+|y|^0.5", [1.0, 0.0]),
    ("2^max(x,y)+|x-y|", [0.5, 0.5]),
    ("min(max(x,y),max(y,x))^2", [2.0, 2.0]),
];

/// A part of a formula that has a kink or a zero at places such as 0 and 1.
fn part(chance: &mut Random, depth: usize) -> String {
    if depth == 0 {
        return ["x", "y", "x-y", "x+y", "1-x", "y-1", "x*y", "2x"][chance.below(8)].to_owned();
    }
    let [a, b] = [part(chance, depth - 1), part(chance, depth - 1)];
    let whole = 2 + chance.below(4);
    let half = ["1.5", "2.5", "0.5", "4/3", "3.5"][chance.below(5)];
    match chance.below(14) {
        0 => format!("max({a}, {b})"),
        1 => format!("min({a}, {b})"),
        2 => format!("max({a}, 0)^{half}"),
        3 => format!("|{a}|^({half})"),
        4 => format!("cbrt({a})^{whole}"),
        5 => format!("sqrt(|{a}|)^{whole}"),
        6 => format!("|{a}|"),
        7 => format!("sign({a})*({b})^2"),
        8 => format!("({a})^{whole}"),
        9 => format!("sin({a})*cos({b})"),
        10 => format!("ln(1 + ({a})^2)"),
        11 => format!("exp(-({a})^2)*({b})"),
        12 => format!("floor({a} + 0.5) + ({b})^2"),
        _ => format!("atan2({a}, {b})"),
    }
}

fn cases() -> Vec<(String, [f64; 2])> {
    let mut chance = Random(0x51ab_9c0d);
    let random = (0..100).map(|_| {
        let depth = 1 + chance.below(2);
        let text = format!("{} + ({})^2/2", part(&mut chance, depth), part(&mut chance, 1));
        let mut coordinate = || *chance.of(&[0.0, 0.0, 1.0, -1.0, 0.5, 2.0]);
        let start = [coordinate(), coordinate()];
        (text, start)
    });
    let known = KNOWN.into_iter().map(|(text, start)| (text.to_owned(), start));
    known.chain(random.collect::<Vec<_>>()).collect()
}

fn run(formula: &str, start: [f64; 2]) -> Simulated {
    simulated(json!({
        "surface": {"expression": formula}, "start": start, "steps": 4,
        "optimizer": {"id": "gd", "lr": 0.05},
    }))
}

fn exported() -> Json {
    let entry = |(formula, start): (String, [f64; 2])| {
        let done = run(&formula, start);
        let [numpy, torch] = [export::numpy(&done), export::pytorch(&done)]
            .map(|script| script.unwrap_or_else(|refusal| panic!("{formula}: {refusal}")));
        json!({
            "formula": formula, "rows": export::csv(&done), "numpy": numpy, "torch": torch,
        })
    };
    Json::Array(cases().into_iter().map(entry).collect())
}

fn file() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("exports/kinks.json").display().to_string()
}

#[test]
#[ignore = "writes the file anew"]
fn write() {
    let text = serde_json::to_string_pretty(&exported()).expect("plain data");
    fs::write(file(), text + "\n").expect("written");
}

#[test]
fn scripts_of_kinks_are_those_that_were_checked() {
    let committed: Json =
        serde_json::from_str(&fs::read_to_string(file()).expect("a file")).expect("JSON");
    let now = exported();
    let (now, committed) = (now.as_array().expect("a list"), committed.as_array().expect("a list"));
    assert_eq!(now.len(), committed.len());
    for (now, committed) in now.iter().zip(committed) {
        assert_eq!(now, committed);
    }
}

#[test]
fn slopes_at_kinks_and_zeros_are_those_of_mathematics_or_of_pytorch() {
    for (index, slope) in [
        (0, [0.5, 2.0]),
        (1, [0.5, -0.5]),
        (2, [2.0, 1.0]),
        (3, [0.0, 2.0]),
        (4, [0.0, 2.0]),
        (5, [0.0, 2.0]),
        (6, [1.0, 2.0]),
        (7, [1.0, 2.0]),
    ] {
        let (formula, [x, y]) = KNOWN[index];
        let done = run(formula, [x, y]);
        let (_, found) = done.surface.gradient(done.run.points()[0]);
        assert_eq!([found.x, found.y], slope, "{formula}");
        let next = done.run.points()[1];
        assert_eq!([next.x, next.y], [x - 0.05 * slope[0], y - 0.05 * slope[1]], "{formula}");
    }
}

#[test]
fn a_script_says_where_autograd_has_no_slope() {
    let remark = "# After step 0 the lab's slope is (0.0, 2.0), but autograd multiplies 0 by inf";
    let torch = |index: usize| {
        let (formula, start) = KNOWN[index];
        export::pytorch(&run(formula, start)).expect("a script")
    };
    for index in [4, 5, 8, 9] {
        assert!(torch(index).contains(remark), "{}: {}", KNOWN[index].0, torch(index));
    }
    for index in [0, 1, 2, 3, 10, 11, 12, 13] {
        assert!(!torch(index).contains("autograd multiplies"), "{}", KNOWN[index].0);
    }
}
