//! Notices when a source file changes, by polling: it works on every file system and adds no
//! dependency.

use std::{
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::Path,
    thread,
    time::Duration,
};

use crate::shell::root;

/// What the page is made of.
const SOURCES: [&str; 8] = [
    "Cargo.toml",
    "Cargo.lock",
    "crate",
    "www",
    "index.html",
    "embed.html",
    "embed-host.js",
    "momentum-lab.js",
];

/// The state of all source files at one moment.
#[derive(PartialEq, Eq)]
pub(crate) struct Snapshot(u64);

impl Snapshot {
    /// The state now.
    pub(crate) fn take() -> Self {
        let mut hasher = DefaultHasher::new();
        for source in SOURCES {
            visit(&root().join(source), &mut hasher);
        }
        Self(hasher.finish())
    }

    /// Waits until the files differ from this state, and returns the new one.
    pub(crate) fn next(&self) -> Self {
        loop {
            thread::sleep(Duration::from_millis(400));
            let now = Self::take();
            if now != *self {
                return now;
            }
        }
    }
}

fn visit(path: &Path, hasher: &mut DefaultHasher) {
    // The build writes there: watching it would never end.
    if path.ends_with("www/pkg") {
        return;
    }
    let Ok(metadata) = path.metadata() else { return };
    if metadata.is_dir() {
        let mut children: Vec<_> = fs::read_dir(path).into_iter().flatten().flatten().collect();
        children.sort_by_key(fs::DirEntry::file_name);
        children.iter().for_each(|child| visit(&child.path(), hasher));
    } else {
        (path, metadata.len(), metadata.modified().ok()).hash(hasher);
    }
}
