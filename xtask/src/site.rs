//! Which file of a folder a URL's path names, and which files are never shown.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, Result};
use percent_encoding::percent_decode_str;

/// A folder whose files may be read over HTTP.
pub(crate) struct Site {
    root: PathBuf,
}

impl Site {
    /// The site of a folder.
    pub(crate) fn new(root: &Path) -> Result<Self> {
        let root = root.canonicalize().with_context(|| format!("no folder {}", root.display()))?;
        Ok(Self { root })
    }

    /// The file that a request's URL names, if there is one and it may be shown.
    ///
    /// Links are followed before the rules are applied, so that none leads out.
    pub(crate) fn file(&self, url: &str) -> Option<PathBuf> {
        let path = url.split(['?', '#']).next()?.strip_prefix('/')?;
        let path = percent_decode_str(path).decode_utf8().ok()?;
        if path.contains(['\\', '\0', ':']) || !is_public(Path::new(&*path)) {
            return None;
        }
        let index = if path.is_empty() || path.ends_with('/') { "index.html" } else { "" };
        let file = self.root.join(path.into_owned() + index).canonicalize().ok()?;
        let inside = file.strip_prefix(&self.root).ok()?;
        (file.is_file() && is_public(inside)).then_some(file)
    }
}

/// Whether a relative path stays in the folder and names no hidden file and no build output.
fn is_public(path: &Path) -> bool {
    path.components().all(|component| match component {
        Component::Normal(name) => name != "target" && !name.to_string_lossy().starts_with('.'),
        _ => false,
    })
}

/// The media type of a file, by the end of its name.
pub(crate) fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json" | "map") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("csv") => "text/csv; charset=utf-8",
        Some("md" | "txt" | "ts") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::{env, fs, process};

    use super::*;

    /// A site with a page, a module, and things that must not be shown; removed when dropped.
    struct Fixture {
        folder: PathBuf,
        site: Site,
    }

    impl Fixture {
        fn new(name: &str) -> Result<Self> {
            let folder = env::temp_dir().join(format!("momentum-lab-{name}-{}", process::id()));
            let root = folder.join("root");
            for file in ["index.html", "www/a b.js", "www/index.html", ".git/config", "target/x.js"]
            {
                let file = root.join(file);
                fs::create_dir_all(file.parent().context("a parent")?)?;
                fs::write(file, "")?;
            }
            fs::write(folder.join("secret.txt"), "")?;
            let site = Site::new(&root)?;
            Ok(Self { folder, site })
        }

        /// The file found, relative to the site's root.
        fn find(&self, url: &str) -> Option<String> {
            let file = self.site.file(url)?;
            Some(file.strip_prefix(&self.site.root).ok()?.to_string_lossy().into_owned())
        }
    }

    impl Drop for Fixture {
        fn drop(&mut self) {
            // A folder left in the temporary folder does no harm.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }

    #[test]
    fn files_are_found() -> Result<()> {
        let fixture = Fixture::new("found")?;
        for (url, file) in [
            ("/", "index.html"),
            ("/index.html?surface=quadratic#x", "index.html"),
            ("/www/", "www/index.html"),
            ("/www/a%20b.js", "www/a b.js"),
        ] {
            assert_eq!(fixture.find(url).as_deref(), Some(file), "{url}");
        }
        Ok(())
    }

    #[test]
    fn nothing_else_is_found() -> Result<()> {
        let fixture = Fixture::new("hidden")?;
        for url in [
            "",
            "index.html",
            "*",
            "/missing.js",
            "/www",
            "//index.html",
            "/index.html/",
            "/../secret.txt",
            "/www/../../secret.txt",
            "/%2e%2e/secret.txt",
            "/www/..%2f..%2fsecret.txt",
            "/..%5csecret.txt",
            "/index.html%00",
            "/%ff",
            "/.git/config",
            "/%2egit/config",
            "/target/x.js",
            "/www/../target/x.js",
            "/./target/x.js",
        ] {
            assert_eq!(fixture.find(url), None, "{url}");
        }
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_lead_out() -> Result<()> {
        use std::os::unix::fs::symlink;

        let fixture = Fixture::new("links")?;
        let root = &fixture.site.root;
        symlink(fixture.folder.join("secret.txt"), root.join("out.txt"))?;
        symlink(root.join(".git"), root.join("git"))?;
        symlink(root.join("index.html"), root.join("in.html"))?;
        assert_eq!(fixture.find("/out.txt"), None);
        assert_eq!(fixture.find("/git/config"), None);
        assert_eq!(fixture.find("/in.html").as_deref(), Some("index.html"));
        Ok(())
    }
}
