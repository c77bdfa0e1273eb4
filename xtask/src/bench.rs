//! `cargo xtask bench`: what things cost, natively and in a browser.

use std::fs;

use anyhow::{Context as _, Result};

use crate::{
    build::build,
    check::browser_tests,
    engine::Engine,
    shell::{announce, cargo, root, run},
};

/// The map whose balls have a budget natively, and how many times as fast they are to be side by
/// side as one by one.
const LANES: (&str, f64) = ("himmelblau_momentum", 6.0);

/// Prints timings and ratios; fails only if something could not be measured.
pub(crate) fn bench(quick: bool) -> Result<()> {
    build()?;
    announce("timings in chromium");
    browser_tests(Engine::Chromium, &["--ignored", "--nocapture", "bench::"])?;
    if !quick {
        announce("timings on this machine");
        run(cargo().args(["bench", "--quiet", "--package", "momentum-lab"]))?;
        let (map, budget) = LANES;
        let ratio = mean("one by one", map)? / mean("side by side", map)?;
        let kept = if ratio >= budget { "" } else { ": NOT KEPT" };
        println!("{map}: side by side {ratio:.1} times as fast, at least {budget}{kept}");
        let bare = mean("one by one, compiled together", map)? / mean("side by side", map)?;
        println!("the same over one ball at a time in a loop of rule and surface: {bare:.1}");
    }
    Ok(())
}

/// The mean time that criterion has found for a map, in nanoseconds.
fn mean(way: &str, map: &str) -> Result<f64> {
    let file = root().join("target/criterion/maps").join(way).join(map).join("new/estimates.json");
    let text = fs::read(&file).with_context(|| format!("no timing in {}", file.display()))?;
    let estimates: serde_json::Value =
        serde_json::from_slice(&text).with_context(|| format!("{} is no JSON", file.display()))?;
    estimates["mean"]["point_estimate"]
        .as_f64()
        .with_context(|| format!("no mean in {}", file.display()))
}
