//! The package's description of the element says what the element does.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Names between quotes.
fn quoted(text: &str) -> BTreeSet<&str> {
    text.split('"').skip(1).step_by(2).collect()
}

#[test]
fn the_manifest_and_the_docs_have_every_event() {
    let script = read("www/frame/embed.js");
    let list = script.split_once("const TOLD = ").expect("the list of events").1;
    let events = quoted(list.split_once(");").expect("the end of the list").0);
    assert!(events.len() > 5, "{events:?}");

    let manifest: Value =
        serde_json::from_str(&read("xtask/dist/npm/custom-elements.json")).expect("JSON");
    let declared = &manifest["modules"][0]["declarations"][0]["events"];
    let declared =
        declared.as_array().into_iter().flatten().filter_map(|event| event["name"].as_str());
    assert_eq!(declared.collect::<BTreeSet<_>>(), events, "custom-elements.json");

    let docs = read("docs/embedding.md");
    let table = docs.split_once("| event | detail | when |").expect("the table of events").1;
    let rows = table.trim_start().lines().skip(1).map_while(|row| row.strip_prefix("| `"));
    let documented = rows.filter_map(|row| row.split('`').next());
    assert_eq!(documented.collect::<BTreeSet<_>>(), events, "docs/embedding.md");
}
