//! `cargo xtask build`: the WebAssembly modules and their JavaScript glue, and stylesheets as modules.

use std::{
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io::Write as _,
    path::Path,
};

use anyhow::{Context as _, Result};
use flate2::{Compression, write::GzEncoder};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    shell::{announce, root, run},
    styles::write_styles,
    toolchain::{TARGET, Toolchain},
};

/// What cargo calls the module.
const NAME: &str = "momentum_lab";

/// A build of the core in www/pkg.
struct Module {
    name: &'static str,
    /// Of cargo, in Cargo.toml.
    profile: &'static str,
    features: &'static [&'static str],
}

/// The build that draws the first picture.
const FIRST: &str = "momentum_lab_first";

/// The first picture, what the page opens with, and what is loaded when it is first used.
const MODULES: [Module; 3] = [
    Module { name: FIRST, profile: "page", features: &["--no-default-features"] },
    Module { name: "momentum_lab_page", profile: "page", features: INTERACTIVE },
    Module { name: NAME, profile: "release", features: &[] },
];

/// All that can be chosen, without maps and files.
pub(crate) const INTERACTIVE: &[&str] = &["--no-default-features", "--features", "interactive"];

/// Builds what changed, and prints the sizes of the modules.
pub(crate) fn build() -> Result<()> {
    announce(&format!("build momentum-lab for {TARGET}"));
    let toolchain = Toolchain::find()?;
    let package = root().join("www/pkg");
    write_modules()?;
    for Module { name, profile, features } in MODULES {
        run(toolchain
            .cargo("build", name)
            .args(["--profile", profile, "--package", "momentum-lab", "--lib"])
            .args(features))?;
        let compiled =
            toolchain.folder(name).join(TARGET).join(profile).join(NAME).with_extension("wasm");
        bind(&compiled, &package, name, name != FIRST)?;

        let wasm = fs::read(package.join(format!("{name}_bg.wasm"))).context("www/pkg")?;
        println!(
            "www/pkg/{name}_bg.wasm: {:.1} kB, gzip {:.1} kB",
            kilobytes(wasm.len()),
            kilobytes(gzip_length(&wasm)?)
        );
    }
    Ok(())
}

/// Writes what is made without the compiler: the styles and the version.
pub(crate) fn write_modules() -> Result<()> {
    let package = root().join("www/pkg");
    fs::create_dir_all(&package).context("cannot make www/pkg")?;
    let version = format!("export default \"{}\";\n", env!("CARGO_PKG_VERSION"));
    fs::write(package.join("version.js"), version).context("www/pkg/version.js")?;
    write_styles()
}

/// Writes the glue, unless it was made from the same module before. Glue that is `renewable` can put
/// a fresh instance in the place of one that has failed.
fn bind(compiled: &Path, package: &Path, name: &str, renewable: bool) -> Result<()> {
    let module = fs::read(compiled).with_context(|| format!("no module {}", compiled.display()))?;
    let mut hasher = DefaultHasher::new();
    (&module, renewable).hash(&mut hasher);
    let stamp = format!("{:016x}", hasher.finish());

    let stamp_file = root().join("target/wasm").join(name);
    let outputs = ["_bg.wasm", ".js", ".d.ts"].map(|end| package.join(format!("{name}{end}")));
    let bound = fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp);
    if bound && outputs.iter().all(|file| file.is_file()) {
        println!("{name}: the module has not changed");
        return Ok(());
    }

    announce(&format!("write the JavaScript glue of {name} into www/pkg"));
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes(name, module).typescript(true).web(true)?;
    bindgen
        .omit_default_module_path(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .reset_state_function(renewable)
        .generate(package)?;
    fs::write(&stamp_file, stamp).with_context(|| format!("cannot write {}", stamp_file.display()))
}

pub(crate) fn gzip_length(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

pub(crate) fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1000.0
}
