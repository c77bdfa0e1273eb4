//! `cargo xtask bench`: what things cost, natively and in a browser.

use anyhow::Result;

use crate::{
    build::build,
    check::browser_tests,
    engine::Engine,
    shell::{announce, cargo, run},
};

/// Prints timings and ratios; fails only if something could not be measured.
pub(crate) fn bench(quick: bool) -> Result<()> {
    build()?;
    announce("timings in chromium");
    browser_tests(Engine::Chromium, &["--ignored", "--nocapture", "bench::"])?;
    if !quick {
        announce("timings on this machine");
        run(cargo().args(["bench", "--quiet", "--package", "momentum-lab"]))?;
    }
    Ok(())
}
