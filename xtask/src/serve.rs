//! `cargo xtask serve`: the page on this machine, rebuilt and reloaded on request.

use std::{process::Command, sync::Arc, thread};

use anyhow::Result;
use clap::Args;

use crate::{
    build::build,
    server::{Addition, Server, Version},
    shell::{announce, root, run},
    watch::Snapshot,
};

/// How to serve the page.
#[derive(Args)]
pub(crate) struct Serve {
    /// The port on 127.0.0.1
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Open the page in the default browser
    #[arg(long)]
    open: bool,
    /// Rebuild and reload the page whenever a source file changes
    #[arg(long)]
    watch: bool,
}

/// Builds, then serves until interrupted.
pub(crate) fn serve(options: &Serve) -> Result<()> {
    let version = Arc::new(Version::new());
    let addition =
        if options.watch { Addition::Reload(Arc::clone(&version)) } else { Addition::Nothing };
    // Before the build: a busy port should not take a build to be noticed.
    let server = Server::bind(root(), options.port, addition)?;
    let before = Snapshot::take();
    build()?;

    println!("serving {}/ (stop with Ctrl-C)", server.url());
    if options.open {
        open(&server.url())?;
    }
    if options.watch {
        thread::spawn(move || rebuild(before, &version));
    }
    server.run()
}

/// Rebuilds on every change; a page is told only of builds that worked.
fn rebuild(mut snapshot: Snapshot, version: &Version) {
    loop {
        snapshot = snapshot.next();
        announce("a source file changed");
        match build() {
            Ok(()) => version.advance(),
            Err(error) => eprintln!("error: {error:#}; the page stays as it was"),
        }
    }
}

fn open(url: &str) -> Result<()> {
    let (program, arguments) = match std::env::consts::OS {
        "macos" => ("open", vec![url]),
        "windows" => ("cmd", vec!["/c", "start", url]),
        _ => ("xdg-open", vec![url]),
    };
    run(Command::new(program).args(arguments))
}
