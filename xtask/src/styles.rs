//! Stylesheets as JavaScript modules: the element adopts their text, so that no bundler has to find
//! them.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};

use crate::shell::root;

/// The stylesheets in www/ that become modules in www/pkg, by the module's name.
const MODULES: [(&str, &str); 2] =
    [("element/styles.css", "styles.js"), ("sharing/builder.css", "builder-styles.js")];
/// Stylesheets that a page links by itself.
const LINKED: [&str; 2] = ["pages/page.css", "frame/embed.css"];

/// Writes the modules whose text has changed.
pub(crate) fn write_styles() -> Result<()> {
    let www = root().join("www");
    let mut used: BTreeSet<String> = LINKED.map(str::to_owned).into();
    for (sheet, module) in MODULES {
        let css = compact(&joined(&www, sheet, &mut used)?);
        // JSON's strings are JavaScript's.
        let text = format!(
            "// Made by `cargo xtask build` from www/{sheet}.\nexport default {};\n",
            serde_json::to_string(&css)?
        );
        let file = www.join("pkg").join(module);
        if fs::read_to_string(&file).is_ok_and(|old| old == text) {
            continue;
        }
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        println!("www/pkg/{module}: {:.1} kB", css.len() as f64 / 1000.0);
    }
    for sheet in sheets(&www)? {
        let name = sheet.strip_prefix(&www)?.to_string_lossy().into_owned();
        ensure!(used.contains(&name), "www/{name} is not used: import it in www/{}", MODULES[0].0);
    }
    Ok(())
}

/// All stylesheets under a folder.
fn sheets(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(sheets(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "css") {
            found.push(path);
        }
    }
    Ok(found)
}

/// The text of a stylesheet in www/, with that of the ones it imports where they are named.
fn joined(www: &Path, name: &str, used: &mut BTreeSet<String>) -> Result<String> {
    used.insert(name.to_owned());
    let text = fs::read_to_string(www.join(name)).with_context(|| format!("no www/{name}"))?;
    let mut out = String::new();
    for line in text.lines() {
        match imported(name, line) {
            Some(other) => out += &joined(www, &other, used)?,
            None => out += &format!("{line}\n"),
        }
    }
    Ok(out)
}

/// The file in www/ that a line such as `@import "../plot/stage.css";` of another one there names.
fn imported(from: &str, line: &str) -> Option<String> {
    let path = line.strip_prefix("@import \"")?.strip_suffix("\";")?;
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    match path.strip_prefix("../") {
        Some(beside) => Some(beside.to_owned()),
        None => Some(format!("{folder}/{}", path.strip_prefix("./")?)),
    }
}

/// Leaves out comments, indentation and empty lines.
fn compact(css: &str) -> String {
    let mut parts = css.split("/*");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out += part.split_once("*/").map_or("", |(_, rest)| rest);
    }
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_are_left_out() {
        let css = "/* A lab. */\n.lab {\n  /* wide\n     or not */\n  color: red; /* ink */\n}\n\n.a { b: c; }\n";
        assert_eq!(compact(css), ".lab {\ncolor: red;\n}\n.a { b: c; }");
    }

    #[test]
    fn imports_name_files_beside_and_in_other_folders() {
        let import = |line| imported("element/styles.css", line);
        assert_eq!(import("@import \"./frame.css\";"), Some("element/frame.css".to_owned()));
        assert_eq!(import("@import \"../plot/stage.css\";"), Some("plot/stage.css".to_owned()));
        assert_eq!(import("/* @import \"./frame.css\"; */"), None);
        assert_eq!(import(".lab {"), None);
    }

    #[test]
    fn imports_keep_their_order() -> Result<()> {
        let www = root().join("www");
        let mut used = BTreeSet::new();
        let css = joined(&www, MODULES[0].0, &mut used)?;
        let place = |rule: &str| css.find(rule).with_context(|| rule.to_owned());
        assert!(place(":host {")? < place(".stage {")?, "momentum-lab.css comes before stage.css");
        assert!(!css.contains("@import"), "an import is left");
        assert!(used.len() > 10, "{used:?}");
        Ok(())
    }
}
