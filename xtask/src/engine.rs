//! The browser engines: what each needs, and where its programs are.

use std::{env, fs, path::PathBuf, process::Command};

use anyhow::{Context as _, Result, ensure};

use crate::{
    apt,
    shell::{announce, cargo, find, line, output, run},
};

/// A browser engine that is driven over WebDriver.
#[derive(Clone, Copy)]
pub(crate) enum Engine {
    /// Blink, in Chromium or Chrome.
    Chromium,
    /// Gecko, in Firefox.
    Firefox,
    /// WebKit, in WebKitGTK's test browser.
    Webkit,
}

impl Engine {
    /// The engine's name, in messages and for the tests.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// The browser that the driver starts.
    pub(crate) fn browser(self) -> Option<PathBuf> {
        match self {
            Self::Chromium => find(&["chromium", "chromium-browser", "google-chrome"]),
            Self::Firefox => find(&["firefox-esr", "firefox"]),
            Self::Webkit => mini_browser(),
        }
    }

    /// The engine's version as far as people quote it.
    pub(crate) fn version(self) -> Option<String> {
        let browser = self.browser()?;
        let (mut command, numbers) = match self {
            Self::Chromium | Self::Firefox => (Command::new(browser), 1),
            // It wants a display even to say its version.
            Self::Webkit => (in_display(browser), 2),
        };
        let text = output(command.arg("--version")).ok()?;
        let version = text
            .split_whitespace()
            .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
        Some(version.split('.').take(numbers).collect::<Vec<_>>().join("."))
    }

    /// The command that runs the driver on a port.
    pub(crate) fn driver_command(self, port: u16) -> Result<Command> {
        let driver = self.driver().with_context(|| format!("no driver for {}", self.name()))?;
        let port = port.to_string();
        let mut command = match self {
            // WebKitGTK has no headless mode.
            Self::Webkit => in_display(driver),
            Self::Chromium | Self::Firefox => Command::new(driver),
        };
        match self {
            Self::Chromium => command.arg(format!("--port={port}")),
            // Port 0 is any free one: the usual one may be taken.
            Self::Firefox => command.args(["--port", &port, "--websocket-port", "0"]),
            // It has one session, and keeps that of a browser that has crashed.
            Self::Webkit => command.args([
                "--host=127.0.0.1",
                &format!("--port={port}"),
                "--replace-on-new-session",
            ]),
        };
        Ok(command)
    }

    /// Installs what the engine lacks, or says how to.
    pub(crate) fn prepare(self) -> Result<()> {
        let complete = match self {
            // Its driver does not come from Debian.
            Self::Firefox => self.browser().is_some(),
            Self::Chromium => self.browser().is_some() && self.driver().is_some(),
            Self::Webkit => {
                let programs = ["xvfb-run", "xauth"].map(|program| find(&[program]).is_some());
                self.browser().is_some() && self.driver().is_some() && !programs.contains(&false)
            }
        };
        if !complete {
            apt::install(self.packages())
                .with_context(|| format!("{} or its driver is missing", self.name()))?;
        }
        if matches!(self, Self::Firefox) && self.driver().is_none() {
            install_geckodriver()?;
        }
        ensure!(self.browser().is_some(), "{} is not on the search path", self.name());
        Ok(())
    }

    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-driver"],
            Self::Firefox => &["firefox-esr"],
            Self::Webkit => &["webkit2gtk-driver", "xvfb", "xauth"],
        }
    }

    fn driver(self) -> Option<PathBuf> {
        match self {
            Self::Chromium => find(&["chromedriver"]),
            Self::Firefox => find(&["geckodriver"]).or_else(|| {
                let built = tools()?.join("bin/geckodriver");
                built.is_file().then_some(built)
            }),
            Self::Webkit => find(&["WebKitWebDriver"]),
        }
    }
}

/// Chinese text in a picture needs a font that has it; elsewhere than on Debian, desktops do.
pub(crate) fn prepare_fonts() -> Result<()> {
    const FONTS: [&str; 1] = ["fonts-noto-cjk"];
    if find(&["dpkg-query"]).is_some() && !apt::installed(&FONTS) {
        apt::install(&FONTS).context("the Chinese fonts are missing")?;
    }
    Ok(())
}

/// A program in a display of its own, large enough for any window of the tests.
fn in_display(program: PathBuf) -> Command {
    let mut command = Command::new("xvfb-run");
    command.args(["--auto-servernum", "--server-args=-screen 0 1920x1600x24"]).arg(program);
    command
}

/// WebKitGTK keeps its test browser away from the search path.
fn mini_browser() -> Option<PathBuf> {
    let libraries = fs::read_dir("/usr/lib").ok()?.flatten().map(|entry| entry.path());
    libraries
        .chain(["/usr/lib".into(), "/usr/libexec".into()])
        .map(|folder| folder.join("webkit2gtk-4.1/MiniBrowser"))
        .find(|file| file.is_file())
}

/// Where tools are kept that take long to build: outside of target, so that they outlive a clone.
fn tools() -> Option<PathBuf> {
    let cache = match env::var_os("XDG_CACHE_HOME") {
        Some(folder) => folder.into(),
        None => env::home_dir()?.join(".cache"),
    };
    Some(cache.join("momentum-lab/tools"))
}

fn install_geckodriver() -> Result<()> {
    let folder = tools().context("no home folder to keep geckodriver in")?;
    let mut install = cargo();
    install.args(["install", "geckodriver", "--locked", "--quiet", "--root"]).arg(folder);
    announce(&line(&install));
    run(&mut install)
}
