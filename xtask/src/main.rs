//! The workspace's own commands: `cargo xtask build | serve | test | bench | dist | bundlers`.

mod apt;
mod bench;
mod build;
mod bundlers;
mod check;
mod dist;
mod driver;
mod engine;
mod group;
mod layers;
mod serve;
mod server;
mod shell;
mod site;
mod styles;
mod toolchain;
mod watch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{check::Browser, serve::Serve};

/// Build, serve and test Momentum Lab.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the WebAssembly modules, their JavaScript glue and the styles into www/pkg
    Build {
        /// Write the styles alone, where wasm-pack builds the modules
        #[arg(long)]
        styles: bool,
    },
    /// Build, then serve the page on this machine
    Serve(Serve),
    /// Check everything: format, lints, native tests, browser tests
    Test {
        /// The engine that runs the browser tests
        #[arg(long, value_enum, default_value_t = Browser::Chromium)]
        browser: Browser,
        /// Run nothing but the browser tests whose name contains this
        #[arg(long, value_name = "NAME")]
        only: Option<String>,
        /// Run the engines side by side, on a machine with two cores or more for each
        #[arg(long)]
        together: bool,
    },
    /// Write what is published: the static site, one file that needs no server, the npm package
    Dist,
    /// Take the packed package through real bundlers, which are downloaded, and look at the pages
    Bundlers {
        /// Only those whose name contains this, such as vite
        #[arg(long, value_name = "NAME")]
        only: Option<String>,
    },
    /// Measure what things cost: in Chromium against budgets, then natively
    Bench {
        /// In Chromium alone
        #[arg(long)]
        quick: bool,
    },
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Build { styles: true } => build::write_modules(),
        Command::Build { styles: false } => build::build(),
        Command::Serve(options) => serve::serve(&options),
        Command::Dist => dist::dist(),
        Command::Bundlers { only } => bundlers::bundlers(only.as_deref()),
        Command::Bench { quick } => bench::bench(quick),
        Command::Test { browser, only, together } => {
            check::check(browser, together, only.as_deref())
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
