//! Which folder of www/ may import from which: each only from those listed before it.

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::shell::root;

/// The folders of www/, from what knows nothing of the others to what uses them all. What the build
/// writes, pkg/, anyone may import.
const LAYERS: [&str; 16] = [
    "messages", "platform", "i18n", "core", "controls", "maps", "export", "plot", "cards",
    "charts", "teaching", "app", "sharing", "element", "frame", "pages",
];

/// Fails where a module of www/ imports against the order of [`LAYERS`], or where modules of a
/// folder import each other in a circle. Types do not count: they are gone when a page runs.
pub(crate) fn check_imports() -> Result<()> {
    let www = root().join("www");
    let mut modules = Vec::new();
    for layer in LAYERS {
        collect(&www.join(layer), &mut modules)?;
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
            ensure!(
                layer(to)? <= layer(inside)?,
                "www/{} imports www/{}: in the order of xtask/src/rooms.rs {} comes before {}",
                inside.display(),
                to.display(),
                LAYERS[layer(inside)?],
                LAYERS[layer(to)?],
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

/// All modules under a folder.
fn collect(folder: &Path, modules: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("no {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, modules)?;
        } else if path.extension().is_some_and(|extension| extension == "js") {
            modules.push(path);
        }
    }
    Ok(())
}

/// The place of a path inside www/ in [`LAYERS`].
fn layer(inside: &Path) -> Result<usize> {
    let folder = inside.components().next().map(|part| part.as_os_str().to_string_lossy());
    let place = LAYERS.iter().position(|layer| folder.as_deref() == Some(layer));
    place.with_context(|| format!("www/{} is in no known folder", inside.display()))
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
    fn circles_are_found() {
        assert_eq!(circle(&[vec![1, 2], vec![2], vec![]]), None);
        assert_eq!(circle(&[vec![1], vec![2], vec![1]]), Some(vec![1, 2, 1]));
        assert_eq!(circle(&[vec![0]]), Some(vec![0, 0]));
    }
}
