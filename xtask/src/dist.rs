//! `cargo xtask dist`: what is published and taken along.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};

use crate::{
    apt,
    build::{build, gzip_length, kilobytes},
    shell::{announce, cargo, find, output, root, run},
};

/// What everything before the first ball may weigh, in kB after gzip.
const BUDGET: f64 = 120.0;

/// Writes `dist/`: the static site, the one file, and the package for npm.
pub(crate) fn dist() -> Result<()> {
    build()?;
    let dist = root().join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist).context("cannot empty dist")?;
    }
    fs::create_dir(&dist).context("cannot make dist")?;
    bundle(&dist)?;
    package(&dist.join("npm"))?;
    weigh(&dist)
}

/// The same, and what TypeScript, registries and a bundler say of it.
pub(crate) fn with_package_checks() -> Result<()> {
    dist()?;
    announce("types of the shell");
    run(typescript()?.args(["--project", "www"]))?;
    announce("pack the crate");
    // In a folder of its own: what it compiles there is like the workspace's, but not the same.
    run(cargo()
        .args(["publish", "--quiet", "--dry-run", "--allow-dirty", "--package", "momentum-lab"])
        .args(["--target-dir", "target/publish"]))?;
    announce("pack the package for npm");
    let listed =
        output(npm()?.args(["pack", "--dry-run", "--json"]).current_dir(root().join("dist/npm")))?;
    ensure!(listed.contains("momentum-lab.js"), "npm pack: {listed}");
    announce("take the package through Vite");
    let page = root().join("tests/vite");
    run(npm()?.args(["ci", "--ignore-scripts", "--no-fund", "--no-audit"]).current_dir(&page))?;
    run(npm()?.args(["run", "--silent", "build"]).current_dir(&page))?;
    announce("types of the package");
    run(typescript()?.args(["--project", "tests/vite"]))?;
    announce("take the package through Node, the core as its README does");
    let readme = root().join("dist/npm/README.md");
    let path = snippet(&readme, "simulate({")?
        + "\nif (!(points.length > 2 && points.every(Number.isFinite))) throw new Error(`points: ${points}`);\n";
    let map = snippet(&readme, "await basins(")?
        + "\nif (new Set(labels).size < 4) throw new Error(`labels: ${new Set(labels)}`);\n";
    let imports =
        "import 'momentum-lab'; import 'momentum-lab/standalone'; import 'momentum-lab/embed-host';
        import { createRequire } from 'node:module';
        const { name } = createRequire(import.meta.url)('momentum-lab/package.json');
        if (name !== 'momentum-lab') throw new Error(name);";
    for script in [imports, &path, &map] {
        run(Command::new("node")
            .args(["--input-type=module", "--eval", script])
            .current_dir(&page))?;
    }
    Ok(())
}

/// The code of a Markdown file that has this text in it.
fn snippet(markdown: &Path, text: &str) -> Result<String> {
    let content = fs::read_to_string(markdown)?;
    let mut code = content.split("```").skip(1).step_by(2);
    let found = code.find(|code| code.contains(text)).context("no such code in the README")?;
    Ok(found.trim_start_matches("js").to_owned())
}

/// The site and the one file, by esbuild.
fn bundle(dist: &Path) -> Result<()> {
    announce("bundle the site and the one file");
    let tools = tools()?;
    run(Command::new("node").arg(tools.join("bundle.mjs")).args([root(), dist]))
}

/// The folder with esbuild and TypeScript, which are fetched first where they are missing.
fn tools() -> Result<PathBuf> {
    let tools = root().join("xtask/dist");
    let fetched = |name: &str| tools.join("node_modules").join(name).exists();
    if !["esbuild", "typescript"].into_iter().all(fetched) {
        run(npm()?
            .args(["ci", "--ignore-scripts", "--no-fund", "--no-audit"])
            .current_dir(&tools))?;
    }
    Ok(tools)
}

/// TypeScript, at the root.
fn typescript() -> Result<Command> {
    let mut command = Command::new("node");
    command.arg(tools()?.join("node_modules/typescript/bin/tsc")).current_dir(root());
    Ok(command)
}

/// npm, installed where it is missing.
pub(crate) fn npm() -> Result<Command> {
    if find(&["node"]).is_none() || find(&["npm"]).is_none() {
        apt::install(&["nodejs", "npm"])?;
    }
    Ok(Command::new("npm"))
}

/// The package for npm: the modules of www/ as they are, which bundlers and browsers both read, and
/// what stands in xtask/dist/npm.
fn package(folder: &Path) -> Result<()> {
    announce("write the package for npm");
    run(Command::new("node").arg(tools()?.join("describe.mjs")).args([root(), folder]))?;
    let www = root().join("www");
    for entry in files(&www)? {
        let inside = entry.strip_prefix(&www)?;
        // These belong to the page alone.
        let left_out = inside.starts_with("pages") || inside == Path::new("tsconfig.json");
        let name = inside.to_string_lossy();
        let first = name.contains("momentum_lab_first");
        let made = inside.starts_with("pkg") && name.ends_with("_bg.wasm.d.ts");
        // The styles are in modules.
        if left_out || first || made || name.ends_with(".css") {
            continue;
        }
        let to = folder.join(inside);
        fs::create_dir_all(to.parent().context("a folder")?)?;
        if name.ends_with(".d.ts") {
            // Known only to the newest libraries of TypeScript; `free` does the same.
            let text = fs::read_to_string(&entry)?;
            fs::write(&to, text.replace("    [Symbol.dispose](): void;\n", ""))?;
        } else {
            fs::copy(&entry, &to).with_context(|| format!("cannot copy {}", entry.display()))?;
        }
    }
    let own = root().join("xtask/dist/npm");
    for entry in files(&own)? {
        let to = folder.join(entry.strip_prefix(&own)?);
        // describe.mjs has written the manifest.
        if to.exists() {
            continue;
        }
        fs::create_dir_all(to.parent().context("a folder")?)?;
        let text = fs::read_to_string(&entry)?;
        fs::write(&to, text.replace("__VERSION__", env!("CARGO_PKG_VERSION")))?;
    }
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        fs::copy(root().join(name), folder.join(name)).with_context(|| name.to_owned())?;
    }
    // What the element's own types are made of.
    let types = root().join("target/types");
    run(typescript()?
        .args(["--project", "www", "--noEmit", "false", "--declaration", "--emitDeclarationOnly"])
        .arg("--outDir")
        .arg(&types))?;
    for name in
        ["core/catalogue.d.ts", "core/readout.d.ts", "app/news.d.ts", "frame/embed-host.d.ts"]
    {
        fs::copy(types.join(name), folder.join(name)).context(name)?;
    }
    Ok(())
}

/// All files under a folder, in a fixed order.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("no {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Prints what the parts weigh.
fn weigh(dist: &Path) -> Result<()> {
    announce("sizes after gzip, in kB");
    let list = dist.join("first.json");
    let first = fs::read_to_string(&list).context("first.json")?;
    fs::remove_file(&list)?;
    let mut sum = 0.0;
    for name in first.split('"').skip(1).step_by(2) {
        let size = weight(&dist.join(name))?;
        println!("{size:9.1}  {name}");
        sum += size;
    }
    println!("{sum:9.1}  before the first ball (budget {BUDGET})");
    for entry in files(&dist.join("assets"))? {
        let name = format!("assets/{}", entry.file_name().unwrap_or_default().to_string_lossy());
        if !first.contains(&name) {
            println!("{:9.1}  {name}, when first used", weight(&entry)?);
        }
    }
    println!("{:9.1}  momentum-lab.html", weight(&dist.join("momentum-lab.html"))?);
    ensure!(sum > 0.0, "nothing is loaded before the first ball");
    ensure!(sum < BUDGET, "more is loaded before the first ball than the budget allows");
    Ok(())
}

fn weight(file: &Path) -> Result<f64> {
    let bytes = fs::read(file).with_context(|| format!("no {}", file.display()))?;
    Ok(kilobytes(gzip_length(&bytes)?))
}
