//! `cargo xtask test`: everything that must hold before a change goes in.

use std::{
    io::{BufRead as _, BufReader},
    panic::resume_unwind,
    process::{Command, Stdio},
    thread,
    time::Instant,
};

use anyhow::{Context as _, Result, bail, ensure};
use clap::ValueEnum;

use crate::{
    build::{INTERACTIVE, build},
    dist,
    driver::Driver,
    engine::{Engine, prepare_fonts},
    layers,
    server::{Addition, Server},
    shell::{announce, cargo, line, root, run},
    toolchain::Toolchain,
};

/// The engines to run the browser tests in.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Browser {
    /// Chromium or Chrome
    Chromium,
    /// Firefox
    Firefox,
    /// WebKitGTK
    Webkit,
    /// All three
    All,
}

impl Browser {
    fn engines(self) -> &'static [Engine] {
        match self {
            Self::Chromium => &[Engine::Chromium],
            Self::Firefox => &[Engine::Firefox],
            Self::Webkit => &[Engine::Webkit],
            Self::All => &[Engine::Chromium, Engine::Firefox, Engine::Webkit],
        }
    }
}

/// Runs every check, the quick ones first; or nothing but the browser tests named `only`.
///
/// The engines run one after the other, or `together`.
pub(crate) fn check(browser: Browser, together: bool, only: Option<&str>) -> Result<()> {
    let start = Instant::now();
    let mut summary = Vec::new();
    if only.is_none() {
        summary.push(format!("native tests: {}", check_natively()?));
    }

    // Built from the same modules; without its tests there is no need of Node.
    if only.is_none_or(|name| name.contains("dist")) {
        dist::with_package_checks()?;
    } else {
        build()?;
    }

    let name = only.unwrap_or_default();
    let mut failures = Vec::new();
    for (engine, result) in test_in(browser.engines(), together, name)? {
        match result {
            Ok(counts) => {
                let version = engine.version().unwrap_or_default();
                summary.push(format!("browser tests: {} {version}: {counts}", engine.name()));
            }
            Err(error) => failures.push(format!("browser tests: {}: {error:#}", engine.name())),
        }
    }

    announce(&format!("summary, after {} s", start.elapsed().as_secs()));
    summary.iter().for_each(|line| println!("{line}"));
    if !failures.is_empty() {
        bail!("{}", failures.join("; "));
    }
    match only {
        Some(name) => println!("all browser tests named {name} passed"),
        None => println!("all checks passed"),
    }
    Ok(())
}

/// Everything that needs no browser.
fn check_natively() -> Result<Counts> {
    announce("format");
    run(cargo().args(["fmt", "--all", "--check"]))?;

    announce("imports between folders");
    layers::check()?;

    announce("lints, for this machine");
    run(cargo()
        .args(["clippy", "--quiet", "--workspace", "--all-targets"])
        .args(["--", "--deny", "warnings"]))?;

    // `--all-targets` leaves out what is not run by `cargo test` alone.
    run(cargo()
        .args(["clippy", "--quiet", "--package", "tests", "--test", "browser"])
        .args(["--", "--deny", "warnings"]))?;

    announce("fuzz targets");
    run(cargo().args(["check", "--quiet", "--manifest-path", "fuzz/Cargo.toml"]).args([
        "--no-default-features",
        "--target-dir",
        "target/fuzz",
    ]))?;

    announce("lints, for the browser");
    let toolchain = Toolchain::find()?;
    for features in [&[][..], INTERACTIVE, &["--no-default-features"]] {
        run(toolchain
            .cargo("clippy", "lints")
            .args(["--quiet", "--package", "momentum-lab", "--lib"])
            .args(features)
            .args(["--", "--deny", "warnings"]))?;
    }

    announce("documentation of the core");
    run(cargo()
        .args(["doc", "--quiet", "--no-deps", "--package", "momentum-lab"])
        .env("RUSTDOCFLAGS", "--deny warnings"))?;

    announce("native tests");
    let native = count("native", cargo().args(["test", "--quiet", "--workspace"]))?;
    ensure!(native.failed == 0, "native tests: {native}");
    Ok(native)
}

/// Runs the browser tests named so, and gives what became of each engine.
fn test_in(
    engines: &'static [Engine],
    together: bool,
    name: &str,
) -> Result<Vec<(Engine, Result<Counts>)>> {
    // What is installed or built by one at a time.
    for engine in engines {
        engine.prepare()?;
    }
    run(cargo().args(["test", "--quiet", "--package", "tests", "--test", "browser", "--no-run"]))?;
    let test = |engine: Engine| {
        announce(&format!("browser tests in {}", engine.name()));
        (engine, browser_tests(engine, &[name]))
    };
    if !together {
        return Ok(engines.iter().map(|engine| test(*engine)).collect());
    }
    Ok(thread::scope(|scope| {
        let running: Vec<_> =
            engines.iter().map(|&engine| scope.spawn(move || test(engine))).collect();
        let finished = running.into_iter().map(thread::ScopedJoinHandle::join);
        finished.map(|result| result.unwrap_or_else(|panic| resume_unwind(panic))).collect()
    }))
}

/// Runs those of the browser tests that the arguments of their harness choose.
pub(crate) fn browser_tests(engine: Engine, arguments: &[&str]) -> Result<Counts> {
    engine.prepare()?;
    prepare_fonts()?;
    let server = Server::bind(root(), 0, Addition::Errors)?;
    let site = server.url();
    thread::spawn(move || server.run());

    let driver = Driver::start(engine)?;
    let counts = count(
        engine.name(),
        cargo()
            .args(["test", "--quiet", "--package", "tests", "--test", "browser"])
            // One page of an engine at a time: in a window behind others browsers do less.
            .args(["--", "--test-threads", "1"])
            .args(arguments)
            .env("MOMENTUM_LAB_URL", site)
            .env("MOMENTUM_LAB_BROWSER", engine.name())
            .env("MOMENTUM_LAB_BINARY", engine.browser().unwrap_or_default())
            .env("WEBDRIVER_URL", driver.url())
            // The errors name what failed; where anyhow made them says nothing.
            .env("RUST_LIB_BACKTRACE", "0"),
    )?;
    ensure!(counts.failed == 0, "{counts}; the driver's log is {}", driver.log());
    ensure!(counts.passed > 0, "no test ran");
    Ok(counts)
}

/// How many tests ended how.
#[derive(Default)]
pub(crate) struct Counts {
    passed: u32,
    failed: u32,
    /// Browser tests that ran once more in another browser, because the first had failed.
    repeated: u32,
    /// Browsers that ended with a test that had passed.
    renewed: u32,
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed", self.passed)?;
        if self.failed > 0 {
            write!(f, ", {} failed", self.failed)?;
        }
        if self.repeated > 0 {
            write!(f, ", {} repeated", self.repeated)?;
        }
        if self.renewed > 0 {
            write!(f, ", {} browsers renewed", self.renewed)?;
        }
        Ok(())
    }
}

impl Counts {
    /// Adds the numbers of a line such as `test result: ok. 3 passed; 0 failed; …`, or a test that
    /// says that it is repeated or has cost a browser.
    fn add(&mut self, line: &str) {
        self.repeated += u32::from(line.starts_with("repeated in another browser: "));
        self.renewed += u32::from(line.starts_with("another browser after "));
        let Some(result) = line.strip_prefix("test result: ") else { return };
        let words: Vec<_> = result.split([' ', ';']).collect();
        for pair in words.windows(2) {
            let number = pair[0].parse().unwrap_or(0);
            match pair[1] {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                _ => {}
            }
        }
    }
}

/// Runs `cargo test`, shows what it prints under a name, and adds up its results.
fn count(name: &str, command: &mut Command) -> Result<Counts> {
    let mut child = command.stdout(Stdio::piped()).spawn().context("cannot run cargo")?;
    let mut counts = Counts::default();
    let printed = child.stdout.take().context("cargo has no output")?;
    for printed in BufReader::new(printed).lines() {
        let printed = printed?;
        println!("{name}: {printed}");
        counts.add(&printed);
    }
    let status = child.wait()?;
    // Tests that do not compile, or end the process, are counted nowhere.
    ensure!(status.success() || counts.failed > 0, "`{}` failed ({status})", line(command));
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_add_up() {
        let mut counts = Counts::default();
        counts.add("test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured");
        counts.add("running 4 tests");
        counts.add("test result: FAILED. 2 passed; 12 failed; 0 ignored");
        assert_eq!((counts.passed, counts.failed), (5, 12));
        assert_eq!(counts.to_string(), "5 passed, 12 failed");
        let mut counts = Counts::default();
        counts.add("repeated in another browser: maps (Could not parse script result)");
        counts.add("..repeated in another browser");
        counts.add("another browser after maps: invalid session id");
        counts.add("test result: ok. 7 passed; 0 failed; 0 ignored");
        assert_eq!(counts.to_string(), "7 passed, 1 repeated, 1 browsers renewed");
    }
}
