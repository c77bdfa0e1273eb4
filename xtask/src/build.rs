//! `cargo xtask build`: the WebAssembly module and its JavaScript glue.

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
    toolchain::{TARGET, Toolchain},
};

/// The module's name in www/pkg.
const NAME: &str = "momentum_lab";

/// Builds what changed, and prints the size of the module.
pub(crate) fn build() -> Result<()> {
    announce(&format!("build momentum-lab for {TARGET}"));
    let toolchain = Toolchain::find()?;
    run(toolchain.cargo("build").args(["--release", "--package", "momentum-lab", "--lib"]))?;

    let compiled =
        toolchain.folder().join(TARGET).join("release").join(NAME).with_extension("wasm");
    let package = root().join("www/pkg");
    bind(&compiled, &package)?;

    let wasm = fs::read(package.join(format!("{NAME}_bg.wasm"))).context("www/pkg")?;
    println!(
        "www/pkg/{NAME}_bg.wasm: {:.1} kB, gzip {:.1} kB",
        kilobytes(wasm.len()),
        kilobytes(gzip_length(&wasm)?)
    );
    Ok(())
}

/// Writes the glue, unless it was made from the same module before.
fn bind(compiled: &Path, package: &Path) -> Result<()> {
    let module = fs::read(compiled).with_context(|| format!("no module {}", compiled.display()))?;
    let mut hasher = DefaultHasher::new();
    module.hash(&mut hasher);
    let stamp = format!("{:016x}", hasher.finish());

    let stamp_file = root().join("target/wasm/bound");
    let outputs = ["_bg.wasm", ".js", ".d.ts"].map(|end| package.join(format!("{NAME}{end}")));
    let bound = fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp);
    if bound && outputs.iter().all(|file| file.is_file()) {
        println!("www/pkg: the module has not changed");
        return Ok(());
    }

    announce("write the JavaScript glue into www/pkg");
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes(NAME, module).typescript(true).web(true)?;
    bindgen
        .omit_default_module_path(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(package)?;
    fs::write(&stamp_file, stamp).with_context(|| format!("cannot write {}", stamp_file.display()))
}

fn gzip_length(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1000.0
}
