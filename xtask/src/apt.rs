//! Debian's packages: what is installed, and installing what is missing.

use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::shell::{announce, find, output, run};

/// Whether every one of these packages is installed.
pub(crate) fn installed(packages: &[&str]) -> bool {
    packages.iter().all(|package| {
        let query = ["--show", "--showformat=${db:Status-Status}", package];
        output(Command::new("dpkg-query").args(query)).is_ok_and(|status| status == "installed")
    })
}

/// Installs the packages if this is Debian or a relative and the user is root.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    let command = format!("apt-get install {}", packages.join(" "));
    if find(&["apt-get"]).is_none() {
        bail!("this is no Debian; install what corresponds to: {command}");
    }
    if !is_root() {
        bail!("run this first: sudo apt-get update && sudo {command}");
    }
    announce(&command);
    refresh()?;
    run(Command::new("apt-get")
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["install", "--quiet=2", "--yes", "--no-install-recommends"])
        .args(packages))
}

/// The newest of the packages `lld-NN`: Rust's library wants a linker of its own age.
pub(crate) fn newest_lld() -> Result<u32> {
    if is_root() {
        refresh()?;
    }
    let names = output(Command::new("apt-cache").args(["search", "--names-only", "^lld-[0-9]+$"]))?;
    names
        .lines()
        .filter_map(|line| line.strip_prefix("lld-")?.split_whitespace().next()?.parse().ok())
        .max()
        .context("apt knows no package lld-NN")
}

fn refresh() -> Result<()> {
    run(Command::new("apt-get").args(["update", "--quiet=2"]))
}

#[cfg(unix)]
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}
