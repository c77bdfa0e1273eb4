//! A web server of a test's own: another origin, and one that can go away.

use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Serves a folder until it is dropped.
pub(crate) struct Host {
    port: u16,
    serving: JoinHandle<()>,
    /// Ends of the paths that are not found for now.
    missing: Arc<Mutex<Vec<String>>>,
}

impl Host {
    /// Serves a folder, given from the root of the repository, to pages of any origin.
    pub(crate) async fn of(folder: &str) -> Result<Self> {
        Self::with_headers(folder, "").await
    }

    /// The same, with these lines in the head of each page, each ended by CR LF.
    pub(crate) async fn with_headers(folder: &str, headers: &'static str) -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let missing = Arc::new(Mutex::new(Vec::new()));
        let withheld = Arc::clone(&missing);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let root = root.clone();
                let withheld = Arc::clone(&withheld);
                // A browser that hangs up is none of the test's business.
                tokio::spawn(async move { answer(stream, &root, headers, &withheld).await.ok() });
            }
        });
        Ok(Self { port, serving, missing })
    }

    /// Lets files whose paths end like these not be found, until others are named.
    pub(crate) fn withhold(&self, paths: &[&str]) {
        let mut missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
        *missing = paths.iter().map(|&path| path.to_owned()).collect();
    }

    /// Where it serves.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(
    mut stream: TcpStream,
    root: &Path,
    headers: &str,
    missing: &Mutex<Vec<String>>,
) -> Result<()> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(stream.read_u8().await?);
    }
    let request = String::from_utf8_lossy(&request);
    let path = request.split(' ').nth(1).context("no path")?;
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let withheld = {
        let missing = missing.lock().unwrap_or_else(PoisonError::into_inner);
        missing.iter().any(|end| path.ends_with(end.as_str()))
    };
    let path = PathBuf::from(path.trim_start_matches('/'));
    let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    let file = root.join(if path.as_os_str().is_empty() { Path::new("index.html") } else { &path });
    let (status, body) = match std::fs::read(&file) {
        Ok(body) if inside && !withheld => ("200 OK", body),
        _ => ("404 Not Found", Vec::new()),
    };
    let media = match file.extension().and_then(|end| end.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let headers = if media.starts_with("text/html") { headers } else { "" };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\
         Access-Control-Allow-Origin: *\r\nCache-Control: no-store\r\nConnection: close\r\n{headers}\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(&body).await?;
    Ok(stream.shutdown().await?)
}
