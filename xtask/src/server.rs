//! A small static server for this machine only.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context as _, Result};
use axum::{
    Router,
    extract::{Request, State},
    http::{Method, StatusCode, header, uri::Authority},
    response::{IntoResponse as _, Response},
};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{runtime::Runtime, time::sleep};

use crate::site::{Site, media_type};

/// Where a page asks whether it is out of date.
const VERSION: &str = "/xtask-version";

/// The names under which a browser on this machine may ask. Another name in a request is that of a
/// page from elsewhere which has come to resolve to this machine.
const NAMES: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];
/// How long a request's head may take, and how large it may be in bytes.
const HEAD_TIME: Duration = Duration::from_secs(10);
const HEAD_SIZE: usize = 16_384;

/// Reloads the page once the version is another than the first one heard.
const RELOAD_SCRIPT: &str = "<script>{let first;setInterval(async()=>{\
    const version=await fetch('/xtask-version').then(answer=>answer.text(),()=>first);\
    first??=version;if(version!==first)location.reload()},500)}</script>";

/// Records what goes wrong in a page, before any of its own scripts runs.
const RECORD_SCRIPT: &str = "<script>{const errors=window.__errors=[];\
    addEventListener('error',event=>errors.push(event.message?\
    event.message+' '+event.filename+':'+event.lineno:\
    'cannot load '+(event.target.src??event.target.href)),true);\
    addEventListener('unhandledrejection',event=>errors.push('unhandled: '+event.reason));\
    addEventListener('securitypolicyviolation',event=>\
    errors.push('policy: '+event.violatedDirective+' '+event.blockedURI));\
    const log=console.error;console.error=(...values)=>{\
    errors.push('console: '+values.map(String).join(' '));log.apply(console,values)}}</script>";

/// What the server adds to the pages it serves.
pub(crate) enum Addition {
    /// Nothing: the page as it is in the folder.
    Nothing,
    /// A script that reloads the page on each new version.
    Reload(Arc<Version>),
    /// A script that records errors in `window.__errors`.
    Errors,
}

/// A number that differs after each build.
pub(crate) struct Version(AtomicU64);

impl Version {
    /// Starts at the present time, so that pages notice a new server too.
    pub(crate) fn new() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self(AtomicU64::new(now.as_secs()))
    }

    /// Tells every open page to reload.
    pub(crate) fn advance(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// A server that is bound to its port.
pub(crate) struct Server {
    listener: TcpListener,
    port: u16,
    handler: Arc<Handler>,
    head_time: Duration,
}

struct Handler {
    site: Site,
    addition: Addition,
}

impl Server {
    /// Binds a port of 127.0.0.1; port 0 stands for any free one.
    pub(crate) fn bind(root: &Path, port: u16, addition: Addition) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port))
            .with_context(|| format!("cannot serve on port {port}; choose another with --port"))?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        let handler = Arc::new(Handler { site: Site::new(root)?, addition });
        Ok(Self { listener, port, handler, head_time: HEAD_TIME })
    }

    /// Where the site is.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Answers for as long as the program runs.
    pub(crate) fn run(self) -> Result<()> {
        let router: Router = Router::new().fallback(answer).with_state(self.handler);
        let service = TowerToHyperService::new(router);
        Runtime::new()?.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            loop {
                let Ok((stream, _)) = listener.accept().await else {
                    // Too many files may be open; others are closed meanwhile.
                    sleep(Duration::from_secs(1)).await;
                    continue;
                };
                let connection = http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(self.head_time)
                    .max_buf_size(HEAD_SIZE)
                    .serve_connection(TokioIo::new(stream), service.clone());
                // One that breaks off or is too slow concerns no other.
                tokio::spawn(async move { connection.await.ok() });
            }
        })
    }
}

async fn answer(State(handler): State<Arc<Handler>>, request: Request) -> Response {
    handler.answer(&request)
}

impl Handler {
    fn answer(&self, request: &Request) -> Response {
        if !is_local(request) {
            return (StatusCode::FORBIDDEN, "not under this name\n").into_response();
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")])
                .into_response();
        }
        let path = request.uri().path();
        if let Addition::Reload(version) = &self.addition
            && path == VERSION
        {
            return version.0.load(Ordering::Relaxed).to_string().into_response();
        }
        let found = self.site.file(path);
        let Some((content, file)) = found.and_then(|file| Some((fs::read(&file).ok()?, file)))
        else {
            return (StatusCode::NOT_FOUND, "not found\n").into_response();
        };
        let kind = media_type(&file);
        let content = if kind.starts_with("text/html") { self.page(content) } else { content };
        let headers = [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, "no-cache"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ];
        (headers, content).into_response()
    }

    /// The page with the addition at the start of its head.
    fn page(&self, content: Vec<u8>) -> Vec<u8> {
        let script = match self.addition {
            Addition::Nothing => return content,
            Addition::Reload(_) => RELOAD_SCRIPT,
            Addition::Errors => RECORD_SCRIPT,
        };
        let page = String::from_utf8_lossy(&content);
        page.replacen("<head>", &format!("<head>{script}"), 1).into_bytes()
    }
}

/// Whether a request asks for this machine by a name of its own.
fn is_local(request: &Request) -> bool {
    let host = request.headers().get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok()?.parse::<Authority>().ok());
    host.is_some_and(|host| NAMES.contains(&host.host()))
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read as _, Write as _},
        net::TcpStream,
        thread,
    };

    use super::*;

    /// A server of the repository itself.
    fn serve(addition: Addition) -> u16 {
        let mut server = Server::bind(crate::shell::root(), 0, addition).expect("a free port");
        server.head_time = Duration::from_millis(500);
        let port = server.port;
        thread::spawn(move || server.run());
        port
    }

    /// The answer to one request, as text.
    fn ask(port: u16, request: &str) -> String {
        send(
            port,
            &format!("{request} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"),
        )
    }

    /// What the server sends back until it closes the connection.
    fn send(port: u16, text: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
        stream.write_all(text.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok();
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[test]
    fn requests_under_foreign_names_are_refused() {
        let port = serve(Addition::Nothing);
        let status = |host: &str| {
            let answer = send(port, &format!("GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n"));
            answer.split(' ').nth(1).unwrap_or_default().to_owned()
        };
        for host in ["127.0.0.1", "localhost", "[::1]"] {
            assert_eq!(status(&format!("Host: {host}\r\n")), "200", "{host}");
            assert_eq!(status(&format!("Host: {host}:{port}\r\n")), "200", "{host}");
        }
        for host in [
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "evil.example:80",
            "10.0.0.1",
            "user@evil.example",
            "",
        ] {
            assert_eq!(status(&format!("Host: {host}\r\n")), "403", "{host}");
        }
        assert_eq!(status(""), "403");
    }

    #[test]
    fn heads_that_are_slow_or_long_end_the_connection() {
        let port = serve(Addition::Nothing);
        let begun = std::time::Instant::now();
        // The rest of it never comes.
        let answer = send(port, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: a");
        assert!(!answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
        let long = "a".repeat(2 * HEAD_SIZE);
        let answer =
            send(port, &format!("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: {long}\r\n\r\n"));
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
        // Others are served all the same.
        assert!(ask(port, "GET /").starts_with("HTTP/1.1 200"));
    }

    #[test]
    fn files_have_their_types_and_the_rest_is_not_found() {
        let port = serve(Addition::Nothing);
        for (path, kind) in [
            ("/", "text/html"),
            ("/index.html?a#b", "text/html"),
            ("/www/element/momentum-lab.js", "text/javascript"),
            ("/www/element/momentum-lab.css", "text/css"),
            ("/www/pages/icon.svg", "image/svg+xml"),
        ] {
            let answer = ask(port, &format!("GET {path}"));
            assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
            assert!(answer.contains(&format!("content-type: {kind}")), "{path}: {answer}");
        }
        for path in [
            "/none",
            "/.git/HEAD",
            "/target/x",
            "/../x",
            "/%2e%2e/%2e%2e/etc/passwd",
            "//etc/passwd",
        ] {
            let answer = ask(port, &format!("GET {path}"));
            assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
        }
        assert!(ask(port, "POST /").starts_with("HTTP/1.1 405"));
        let head = ask(port, "HEAD /index.html");
        assert!(head.starts_with("HTTP/1.1 200") && head.ends_with("\r\n\r\n"), "{head}");
    }

    #[test]
    fn pages_get_their_addition_and_hear_of_new_versions() {
        let version = Arc::new(Version::new());
        let port = serve(Addition::Reload(Arc::clone(&version)));
        assert!(ask(port, "GET /").contains("location.reload()"));
        let before = ask(port, &format!("GET {VERSION}"));
        assert_eq!(before, ask(port, &format!("GET {VERSION}")));
        version.advance();
        assert_ne!(before, ask(port, &format!("GET {VERSION}")));
        assert!(ask(serve(Addition::Errors), "GET /").contains("__errors"));
    }

    #[test]
    fn a_busy_port_is_named() {
        let port = serve(Addition::Nothing);
        let error = Server::bind(crate::shell::root(), port, Addition::Nothing).err();
        let text = format!("{:#}", error.expect("refused"));
        assert!(text.contains(&format!("cannot serve on port {port}")), "{text}");
    }
}
