//! Which folder of the shell and of the core may import from which: each only from those listed
//! before it.

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::shell::root;

/// The folders of www/, from what knows nothing of the others to what uses them all. What the build
/// writes, pkg/, anyone may import.
const SHELL: [&str; 16] = [
    "messages", "platform", "i18n", "core", "controls", "maps", "export", "plot", "cards",
    "charts", "teaching", "app", "sharing", "element", "frame", "pages",
];

/// The modules of crate/src in the same order.
const CORE: [&str; 19] = [
    "error_kind",
    "parameter",
    "map_parameters",
    "math",
    "optimizer",
    "surface",
    "theory",
    "run",
    "plane",
    "configuration",
    "link",
    "study",
    "map",
    "teaching",
    "draw",
    "catalogue",
    "lab",
    "export",
    "web",
];

/// Fails where something imports against the order of [`SHELL`] or [`CORE`], or where modules of
/// the shell import each other in a circle.
pub(crate) fn check() -> Result<()> {
    check_shell()?;
    check_core()
}

/// Tests may use what they like.
fn check_core() -> Result<()> {
    let source = root().join("crate/src");
    let mut files = Vec::new();
    collect(&source, "rs", &mut files)?;
    ensure!(files.len() > 50, "only {} files in crate/src", files.len());
    for file in files.iter().filter(|file| !file.ends_with("lib.rs")) {
        let inside = file.strip_prefix(&source)?;
        let text = fs::read_to_string(file)?;
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let from = layer(&CORE, &inside.with_extension(""))
            .with_context(|| format!("crate/src/{} is in no known module", inside.display()))?;
        for name in core_modules(code) {
            let to = CORE.iter().position(|layer| *layer == name);
            let to = to.with_context(|| format!("crate::{name} is no known module"))?;
            ensure!(
                to <= from,
                "crate/src/{} uses crate::{name}: in the order of xtask/src/layers.rs {} comes before {name}",
                inside.display(),
                CORE[from],
            );
        }
    }
    Ok(())
}

/// The modules that a file names, as in `crate::run::Run` and `crate::{optimizer, surface}`.
fn core_modules(code: &str) -> Vec<&str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut found = Vec::new();
    for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for rest in line.split("crate::").skip(1) {
            let listed = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
            let names = listed.map_or(rest, |(names, _)| names);
            for name in names.split(", ").take(if listed.is_some() { usize::MAX } else { 1 }) {
                let name = name.split(|c| !is_name(c)).next().unwrap_or_default();
                // Items of lib.rs itself have capitals or end in an exclamation mark.
                if !name.is_empty() && name.starts_with(|c: char| c.is_ascii_lowercase()) {
                    found.push(name);
                }
            }
        }
    }
    found
}

/// Types do not count: they are gone when a page runs.
fn check_shell() -> Result<()> {
    let www = root().join("www");
    let mut modules = Vec::new();
    for layer in SHELL {
        collect(&www.join(layer), "js", &mut modules)?;
    }
    ensure!(modules.len() > 50, "only {} modules in www/", modules.len());
    let mut imports: Vec<Vec<usize>> = Vec::new();
    for module in &modules {
        let text = fs::read_to_string(module)?;
        let inside = module.strip_prefix(&www)?;
        let mut targets = Vec::new();
        for specifier in specifiers(&text) {
            let target = normal(&module.parent().context("a folder")?.join(specifier));
            if target.starts_with(www.join("pkg")) {
                continue;
            }
            let number = modules.iter().position(|module| *module == target);
            let number = number.with_context(|| {
                format!("www/{} imports {specifier}, which is not there", inside.display())
            })?;
            let to = target.strip_prefix(&www)?;
            let known = |path: &Path| layer(&SHELL, path).context("a folder that is not listed");
            ensure!(
                known(to)? <= known(inside)?,
                "www/{} imports www/{}: in the order of xtask/src/layers.rs {} comes before {}",
                inside.display(),
                to.display(),
                SHELL[known(inside)?],
                SHELL[known(to)?],
            );
            targets.push(number);
        }
        imports.push(targets);
    }
    if let Some(circle) = circle(&imports) {
        let names = circle.iter().map(|&number| modules[number].strip_prefix(&www));
        let names =
            names.map(|name| Ok(name?.display().to_string())).collect::<Result<Vec<_>>>()?;
        bail!("modules of www/ import each other in a circle: {}", names.join(" → "));
    }
    Ok(())
}

/// All files under a folder whose names end so.
fn collect(folder: &Path, ending: &str, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("no {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, ending, files)?;
        } else if path.extension().is_some_and(|extension| extension == ending) {
            files.push(path);
        }
    }
    Ok(())
}

/// The place of a relative path in a list of folders.
fn layer(layers: &[&str], inside: &Path) -> Option<usize> {
    let folder = inside.components().next()?.as_os_str().to_string_lossy();
    layers.iter().position(|layer| *layer == folder)
}

/// What a module imports or exports from beside it, at once or later.
fn specifiers(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.lines() {
        let code = line.trim_start();
        if code.starts_with(['*', '/']) {
            continue;
        }
        for before in ["from \"", "import \"", "import(\""] {
            let parts = code.split(before).skip(1);
            let names = parts.filter_map(|rest| rest.split_once('"')).map(|(name, _)| name);
            // In a comment after code: a type.
            let typed = |name: &str| code.find("/**").is_some_and(|at| code.find(name) > Some(at));
            found.extend(names.filter(|name| name.starts_with('.') && !typed(name)));
        }
    }
    found
}

/// A path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(out.pop()),
            part => out.push(part),
        }
    }
    out
}

/// Nodes of a graph that lead back to the first of them, if there are any.
fn circle(edges: &[Vec<usize>]) -> Option<Vec<usize>> {
    fn follow(node: usize, edges: &[Vec<usize>], path: &mut Vec<usize>, done: &mut [bool]) -> bool {
        if let Some(start) = path.iter().position(|&earlier| earlier == node) {
            path.drain(..start);
            path.push(node);
            return true;
        }
        if done[node] {
            return false;
        }
        path.push(node);
        if edges[node].iter().any(|&next| follow(next, edges, path, done)) {
            return true;
        }
        path.pop();
        done[node] = true;
        false
    }
    let (mut path, mut done) = (Vec::new(), vec![false; edges.len()]);
    (0..edges.len()).any(|node| follow(node, edges, &mut path, &mut done)).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_found_and_types_are_not() {
        let text = "// import \"./no.js\";\n/** @typedef {import(\"./type.js\").T} T */\n\
            import { a } from \"./a.js\";\nimport {\n  b,\n} from \"../core/b.js\";\nimport \"./c.js\";\n\
            export * from \"./d.js\";\nconst e = () => import(\"./e.js\");\nimport f from \"package\";\n\
            let x = 0; /** @type {import(\"./type.js\").T} */";
        assert_eq!(specifiers(text), ["./a.js", "../core/b.js", "./c.js", "./d.js", "./e.js"]);
    }

    #[test]
    fn modules_of_the_core_are_found() {
        let code = "use crate::run::Run;\n// crate::web\nuse crate::{optimizer, surface as s};\nlet x = crate::math::number::TWO;\n\
            crate::VERSION";
        assert_eq!(core_modules(code), ["run", "optimizer", "surface", "math"]);
    }

    #[test]
    fn circles_are_found() {
        assert_eq!(circle(&[vec![1, 2], vec![2], vec![]]), None);
        assert_eq!(circle(&[vec![1], vec![2], vec![1]]), Some(vec![1, 2, 1]));
        assert_eq!(circle(&[vec![0]]), Some(vec![0, 0]));
    }
}
