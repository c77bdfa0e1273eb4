//! Every text of the shell, in every language.

use momentum_lab::catalogue::catalogue;
use momentum_lab::error_kind::{ErrorKind, Wording};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn www() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../www")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The texts of a file: its lines of the form `  "key": "text",`, and nothing else quoted.
fn table(language: &str) -> BTreeMap<String, String> {
    let file = read(&www().join(format!("messages/{language}.js")));
    let mut table = BTreeMap::new();
    for line in file.lines().filter(|line| line.starts_with("  ") && line.contains('"')) {
        let entry = line.trim().trim_end_matches(',');
        let parsed: BTreeMap<String, String> = serde_json::from_str(&format!("{{{entry}}}"))
            .unwrap_or_else(|error| panic!("{language}: {line}: {error}"));
        for (key, text) in parsed {
            // Between sentences there may be nothing.
            assert!(
                key.ends_with(".sentence") || !text.trim().is_empty(),
                "{language}: {key} says nothing"
            );
            assert!(table.insert(key.clone(), text).is_none(), "{language}: {key} stands twice");
        }
    }
    assert!(table.len() > 30, "{language} has {} texts", table.len());
    table
}

/// The names of the values that a text needs: `{count}`, or `{count:step|steps}` for a word that follows it.
fn placeholders(text: &str) -> BTreeSet<&str> {
    let inner = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    inner.map(|(inner, _)| inner.split_once(':').map_or(inner, |(name, _)| name)).collect()
}

/// Keys of the names of all that the catalogue names in English.
fn named() -> BTreeSet<String> {
    fn walk(value: &Value, kind: Option<&str>, keys: &mut BTreeSet<String>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| walk(item, kind, keys)),
            Value::Object(fields) => {
                if let (Some(kind), Some(Value::String(id)), Some(_)) =
                    (kind, fields.get("id"), fields.get("name"))
                {
                    keys.insert(format!("{kind}.{id}"));
                }
                if let Some(Value::String(group)) = fields.get("group") {
                    keys.insert(format!("group.{group}"));
                }
                for (name, field) in fields {
                    let kind = match name.as_str() {
                        "surfaces" => Some("surface"),
                        "optimizers" => Some("optimizer"),
                        "parameters" | "limits" => Some("parameter"),
                        "options" => Some("option"),
                        "scenes" | "defaults" | "themes" => continue,
                        _ => kind,
                    };
                    walk(field, kind, keys);
                }
            }
            _ => {}
        }
    }
    let plain = serde_json::to_value(catalogue()).expect("plain data");
    let mut keys = BTreeSet::new();
    walk(&plain, None, &mut keys);
    let themes = plain["themes"].as_object().expect("themes");
    keys.extend(themes.keys().map(|id| format!("theme.{id}")));
    keys
}

#[test]
fn both_languages_say_the_same_things() {
    let (english, chinese) = (table("en"), table("zh-CN"));
    let named = named();
    for (key, text) in &english {
        let other = chinese.get(key).unwrap_or_else(|| panic!("{key} is missing in Chinese"));
        assert_eq!(placeholders(text), placeholders(other), "{key}: {text} / {other}");
    }
    for key in chinese.keys() {
        assert!(english.contains_key(key) || named.contains(key), "{key} is in Chinese alone");
    }
}

#[test]
fn everything_in_the_catalogue_has_a_chinese_name() {
    let chinese = table("zh-CN");
    let missing: Vec<_> = named().into_iter().filter(|key| !chinese.contains_key(key)).collect();
    assert!(missing.is_empty(), "without a Chinese name: {missing:?}");
}

#[test]
fn every_refusal_has_a_chinese_text() {
    let mut chinese = table("zh-CN/complaints");
    for Wording { code, values, .. } in ErrorKind::ALL {
        let key = format!("complaint.{code}");
        let text = chinese.remove(&key).unwrap_or_else(|| panic!("{key} is missing in Chinese"));
        assert_eq!(placeholders(&text), values.iter().copied().collect(), "{key}: {text}");
    }
    assert!(chinese.is_empty(), "the core never says {:?}", chinese.keys());
    assert!(!read(&www().join("messages/zh-CN.js")).contains("\"complaint."), "said elsewhere");
}

#[test]
fn codes_of_refusals_differ_and_are_in_kebab_case() {
    let codes: BTreeSet<_> = ErrorKind::ALL.iter().map(|wording| wording.code).collect();
    assert_eq!(codes.len(), ErrorKind::ALL.len(), "a code stands twice");
    for code in codes {
        let word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
        assert!(code.split('-').all(word), "{code}");
    }
}

#[test]
fn every_text_is_used() {
    let mut code = read(&www().join("../index.html"));
    for room in fs::read_dir(www()).expect("www").map(|room| room.expect("entry").path()) {
        if !room.is_dir() || room.ends_with("messages") || room.ends_with("pkg") {
            continue;
        }
        for file in fs::read_dir(room).expect("a folder").map(|file| file.expect("entry").path()) {
            if file.extension().is_some_and(|extension| extension == "js") {
                code += &read(&file);
            }
        }
    }
    let named = named();
    // A key is written out, or made from a stem: `status.${status}`, named("figure", …).
    let made = |key: &str| {
        let (stem, _) = key.rsplit_once('.').unwrap_or((key, ""));
        let head = stem.split('.').next().unwrap_or(stem);
        code.contains(&format!("`{stem}.${{"))
            || code.contains(&format!("`{head}.${{"))
            || code.contains(&format!("named(\"{stem}\""))
    };
    let unused: Vec<_> = table("en")
        .into_keys()
        .filter(|key| !named.contains(key) && !code.contains(&format!("\"{key}\"")) && !made(key))
        .collect();
    assert!(unused.is_empty(), "no module says {unused:?}");
}
