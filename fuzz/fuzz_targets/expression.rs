//! Whatever the text, reading it ends in a formula or an error; a formula evaluates everywhere,
//! and printed and read again it is the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use momentum_lab::math::expression::{Dialect, parse};
use momentum_lab::math::number::{differentiate, variables};

const NAMES: [&str; 2] = ["x", "y"];
const POINTS: [(f64, f64); 4] = [(0.7, -1.3), (0.0, 0.0), (-1e300, 1e-300), (f64::NAN, 2.0)];

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let Ok(formula) = parse(&text, &NAMES) else { return };

    for (x, y) in POINTS {
        let value = formula.evaluate(&[x, y]);
        let dual = differentiate(x, y, |x, y| formula.evaluate(&[x, y])).value;
        assert!(value == dual || value.is_nan() && dual.is_nan(), "{value} is not {dual}");
        let (x, y) = variables(x, y);
        differentiate(x, y, |x, y| formula.evaluate(&[x, y]));
    }

    for dialect in [Dialect::NumPy, Dialect::Torch] {
        formula.print(&NAMES, dialect);
    }
    let printed = formula.print(&NAMES, Dialect::Formula);
    match parse(&printed, &NAMES) {
        Ok(again) => assert_eq!(again, formula, "{printed}"),
        // Spaces and decimals make it longer than what was typed.
        Err(error) => assert_eq!(error.code(), "too-long", "{error}: {printed}"),
    }
});
