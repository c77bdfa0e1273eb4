//! The oldest browsers that run the lab are stated in one place, and every text says the same.

use std::fs;
use std::path::Path;

/// The versions of `OLDEST` in www/platform/support.js: Chrome, Firefox, Safari.
fn oldest(script: &str) -> Vec<&str> {
    let line = script.lines().find(|line| line.starts_with("export const OLDEST")).expect("OLDEST");
    line.split('"').skip(1).step_by(2).collect()
}

#[test]
fn every_text_names_the_oldest_browsers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |file: &str| fs::read_to_string(root.join(file)).expect(file);
    let script = read("www/platform/support.js");
    let [chrome, firefox, safari] = oldest(&script)[..] else { panic!("three versions") };
    let said = format!(
        "Chrome and Edge from version {chrome}, Firefox from {firefox} and Safari from {safari}"
    );
    for file in ["README.md", "docs/embedding.md", "xtask/dist/npm/README.md"] {
        let text = read(file).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(&said), "{file} does not say: {said}");
    }
}
