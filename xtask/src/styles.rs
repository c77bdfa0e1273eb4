//! Stylesheets as JavaScript modules: the element adopts their text, so that no bundler has to find
//! them.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context as _, Result, ensure};

use crate::shell::root;

/// The stylesheets in www/ that become modules in www/pkg, by the module's name.
const MODULES: [(&str, &str); 2] =
    [("styles.css", "styles.js"), ("builder.css", "builder-styles.js")];
/// Stylesheets that a page links by itself.
const LINKED: [&str; 2] = ["page.css", "embed.css"];

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
    for entry in fs::read_dir(&www)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        ensure!(
            !name.ends_with(".css") || used.contains(&name),
            "www/{name} is not used: import it in www/styles.css"
        );
    }
    Ok(())
}

/// The text of a stylesheet, with that of the ones it imports where they are named.
fn joined(folder: &Path, name: &str, used: &mut BTreeSet<String>) -> Result<String> {
    used.insert(name.to_owned());
    let text = fs::read_to_string(folder.join(name)).with_context(|| format!("no www/{name}"))?;
    let mut out = String::new();
    for line in text.lines() {
        match imported(line) {
            Some(other) => out += &joined(folder, other, used)?,
            None => out += &format!("{line}\n"),
        }
    }
    Ok(out)
}

/// The file that a line such as `@import "./stage.css";` names.
fn imported(line: &str) -> Option<&str> {
    line.strip_prefix("@import \"./")?.strip_suffix("\";")
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
    fn imports_name_files_beside() {
        assert_eq!(imported("@import \"./stage.css\";"), Some("stage.css"));
        assert_eq!(imported("/* @import \"./stage.css\"; */"), None);
        assert_eq!(imported(".lab {"), None);
    }

    #[test]
    fn imports_keep_their_order() -> Result<()> {
        let www = root().join("www");
        let mut used = BTreeSet::new();
        let css = joined(&www, "styles.css", &mut used)?;
        let place = |rule: &str| css.find(rule).with_context(|| rule.to_owned());
        assert!(place(":host {")? < place(".stage {")?, "momentum-lab.css comes before stage.css");
        assert!(!css.contains("@import"), "an import is left");
        assert!(used.len() > 10, "{used:?}");
        Ok(())
    }
}
