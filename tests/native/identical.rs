//! Paths are the same, bit for bit, on every machine and in every browser:
//! `tests/fixtures/paths.json` has a digest of each, which the browser tests compare as well.
//!
//! After a change that is meant to alter paths, this prints the new file:
//! `MOMENTUM_LAB_PRINT_PATHS=1 cargo test -p tests --test native identical -- --nocapture`.

use crate::support::simulated;
use momentum_lab::optimizer::OPTIMIZERS;
use momentum_lab::study::simulate::Simulated;
use serde_json::Value as Json;
use std::collections::HashSet;

/// FNV-1a of 64 bits: Fowler, Noll & Vo 1991.
fn fnv_1a(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The digest of numbers, their lowest bytes first.
fn digest(numbers: impl Iterator<Item = f64>) -> u64 {
    // A NaN has many bit patterns, and WebAssembly leaves open which one comes out.
    let canonical = |number: f64| if number.is_nan() { f64::NAN } else { number };
    fnv_1a(numbers.flat_map(|number| canonical(number).to_le_bytes()))
}

/// The digest of all coordinates x0, y0, x1, … and then of all losses.
fn digest_of(done: &Simulated) -> String {
    let losses = done.run.losses().iter().copied();
    format!("{:016x}", digest(done.coordinates().into_iter().chain(losses)))
}

/// The configurations of the file, with their digests.
fn cases() -> Vec<(Json, String)> {
    let file: Json = serde_json::from_str(include_str!("../fixtures/paths.json")).expect("JSON");
    let cases = file["paths"].as_array().expect("paths").iter();
    let text = |case: &Json| case["hash"].as_str().expect("a digest").to_owned();
    cases.map(|case| (case["configuration"].clone(), text(case))).collect()
}

/// The file as it should be: one path a line.
fn print(cases: &[(Json, String)]) {
    let line = |(configuration, hash): &(Json, String)| {
        format!(r#"{{"configuration":{configuration},"hash":"{hash}"}}"#)
    };
    let lines: Vec<String> = cases.iter().map(line).collect();
    println!("{{\"paths\": [\n{}\n]}}", lines.join(",\n"));
}

#[test]
fn paths_are_those_of_every_other_machine() {
    let recorded = cases();
    let found: Vec<_> = recorded
        .iter()
        .map(|(configuration, _)| {
            (configuration.clone(), digest_of(&simulated(configuration.clone())))
        })
        .collect();
    if std::env::var_os("MOMENTUM_LAB_PRINT_PATHS").is_some() {
        return print(&found);
    }
    let parted: Vec<_> = recorded.iter().zip(&found).filter(|(a, b)| a != b).collect();
    assert!(parted.is_empty(), "{} paths part: {parted:#?}", parted.len());
}

#[test]
fn the_paths_are_of_all_kinds() {
    let done: Vec<_> = cases().into_iter().map(|(case, _)| simulated(case)).collect();
    let kinds =
        |kind: fn(&Simulated) -> &'static str| done.iter().map(kind).collect::<HashSet<_>>().len();
    assert_eq!(kinds(|done| done.configuration.runs[0].entry.description.id), OPTIMIZERS.len());
    assert!(kinds(|done| done.surface.description().id) >= 20);
    assert_eq!(kinds(Simulated::status), 4, "running, converged, diverged and leaving");
}

#[test]
fn the_digest_is_fnv_1a() {
    // Test vectors by Noll.
    assert_eq!(fnv_1a([].into_iter()), 0xcbf2_9ce4_8422_2325);
    assert_eq!(fnv_1a(b"foobar".iter().copied()), 0x8594_4171_f739_67e8);
    assert_eq!(digest([-f64::NAN].into_iter()), digest([f64::NAN].into_iter()));
}
