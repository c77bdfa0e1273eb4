//! What the documents say of the repository is there.

use std::path::Path;

const DOCUMENTS: [&str; 8] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/api.md",
    "docs/embedding.md",
    "docs/page.md",
    "docs/performance.md",
];

/// Folders in which every path that a document names must be.
const FOLDERS: [&str; 6] = ["crate/", "docs/", "fuzz/", "tests/", "www/", "xtask/"];

/// Paths that are made by the build or by a reader.
fn is_made(path: &str) -> bool {
    path.starts_with("www/pkg") || path.starts_with("tests/output")
}

#[test]
fn every_path_that_a_document_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut checked = 0;
    for document in DOCUMENTS {
        let text = std::fs::read_to_string(root.join(document)).expect(document);
        // What stands between two backticks, outside of blocks of code.
        for path in text.split("```").step_by(2).flat_map(|text| text.split('`').skip(1).step_by(2))
        {
            let named = FOLDERS.iter().any(|folder| path.starts_with(folder));
            if !named || path.contains(['*', ' ', '<', '{']) || is_made(path) {
                continue;
            }
            assert!(root.join(path).exists(), "{document} names {path}");
            checked += 1;
        }
    }
    assert!(checked > 20, "{checked} paths were found");
}
