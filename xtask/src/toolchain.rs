//! A compiler for `wasm32-unknown-unknown`: the active toolchain with the target's library,
//! or Debian's compiler, which builds that library from source.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail};

use crate::{
    apt,
    shell::{announce, cargo, find, output, root, run},
};

/// The target triple of the module.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Names a way, for machines where the choice must not be left to what is there.
const VARIABLE: &str = "MOMENTUM_LAB_WASM_STD";

const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "rust-web-src", "cargo-web", "rust-web-clippy"];

/// A way to compile for the browser.
pub(crate) enum Toolchain {
    /// The active toolchain has the target's library.
    Active,
    /// Debian's compiler builds the library, and this linker links.
    Debian {
        /// Debian's name for its LLVM linker, with its version.
        linker: String,
    },
}

impl Toolchain {
    /// Finds a way, and installs what it needs where that is possible.
    pub(crate) fn find() -> Result<Self> {
        match env::var(VARIABLE).as_deref() {
            Ok("rustup") => rustup(),
            Ok("debian") => debian(),
            Ok(other) => bail!("{VARIABLE}: {other} is neither rustup nor debian"),
            Err(_) => rustup().or_else(|first| {
                println!("{first:#}; trying Debian's compiler");
                debian().map_err(|second| {
                    anyhow::anyhow!(
                        "no Rust library for {TARGET}: `rustup target add {TARGET}` ({first:#}), \
                         or Debian's rustc-web, rust-web-src, cargo-web and lld ({second:#})"
                    )
                })
            }),
        }
    }

    /// A cargo command for a module, whose artifacts go to its [`Toolchain::folder`].
    pub(crate) fn cargo(&self, subcommand: &str, module: &str) -> Command {
        let mut command = match self {
            Self::Active => cargo(),
            Self::Debian { .. } => Command::new("/usr/bin/cargo"),
        };
        command.current_dir(root()).args([subcommand, "--target", TARGET]);
        // These would silently replace the target's own flags, in .cargo/config.toml.
        for flags in ["RUSTFLAGS", "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS"] {
            command.env_remove(flags);
        }
        command.arg("--target-dir").arg(self.folder(module));
        if let Self::Debian { linker } = self {
            command
                .env_remove("RUSTUP_TOOLCHAIN")
                // Before rustup's stand-ins, which `cargo clippy` would otherwise find first.
                .env("PATH", format!("/usr/bin:{}", env::var("PATH").unwrap_or_default()))
                .env("RUSTC", "/usr/bin/rustc")
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                .arg("-Zbuild-std=std,panic_abort");
        }
        command
    }

    /// Where the artifacts go: the two compilers, and builds with other features, would otherwise
    /// undo each other's work.
    pub(crate) fn folder(&self, module: &str) -> PathBuf {
        let compiler = match self {
            Self::Active => "active",
            Self::Debian { .. } => "debian",
        };
        root().join("target/wasm").join(compiler).join(module)
    }
}

fn rustup() -> Result<Toolchain> {
    if !has_library() {
        if find(&["rustup"]).is_none() {
            bail!("the active toolchain lacks {TARGET} and there is no rustup");
        }
        announce(&format!("rustup target add {TARGET}"));
        run(Command::new("rustup").args(["target", "add", TARGET]))?;
    }
    println!("library for {TARGET}: the active toolchain's");
    Ok(Toolchain::Active)
}

/// Whether the active toolchain has the target's library.
fn has_library() -> bool {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let folder = output(Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]));
    folder
        .ok()
        .and_then(|folder| fs::read_dir(folder.trim()).ok())
        .is_some_and(|mut files| files.next().is_some())
}

fn debian() -> Result<Toolchain> {
    let linker = installed_linker();
    if linker.is_none() || !apt::installed(&DEBIAN_PACKAGES) {
        let lld = format!("lld-{}", apt::newest_lld()?);
        apt::install(&[&DEBIAN_PACKAGES[..], &[lld.as_str()]].concat())?;
    }
    let linker = installed_linker().context("no wasm-ld-NN after installing lld")?;
    println!("library for {TARGET}: built by Debian's compiler, linked by {linker}");
    Ok(Toolchain::Debian { linker })
}

/// Debian's newest installed linker for WebAssembly.
fn installed_linker() -> Option<String> {
    let version = |name: &str| name.strip_prefix("wasm-ld-")?.parse::<u32>().ok();
    fs::read_dir(Path::new("/usr/bin"))
        .ok()?
        .filter_map(|entry| version(entry.ok()?.file_name().to_str()?))
        .max()
        .map(|version| format!("wasm-ld-{version}"))
}
