//! A small static server for this machine only.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use anyhow::{Result, anyhow};
use tiny_http::{Header, Method, Request, Response, StatusCode};

use crate::site::{Site, media_type};

/// The event stream on which a page hears that it is out of date.
const EVENTS: &str = "/xtask-events";

/// Reloads the page when the stream names a version other than the first one it named.
const RELOAD_SCRIPT: &str = "<script>{let first;\
    new EventSource('/xtask-events').onmessage=({data})=>{\
    first??=data;if(data!==first)location.reload()}}</script>";

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

/// A counter that event streams wait on.
pub(crate) struct Version {
    number: Mutex<u128>,
    changed: Condvar,
}

impl Version {
    /// Starts at the present time, so that pages notice a new server too.
    pub(crate) fn new() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { number: Mutex::new(now.as_millis()), changed: Condvar::new() }
    }

    /// Tells every open page to reload.
    pub(crate) fn advance(&self) {
        *self.number.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.changed.notify_all();
    }

    /// The version now, or as soon as it differs from `known`, or when the time is up.
    fn wait(&self, known: u128, time: Duration) -> u128 {
        let number = self.number.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_timeout_while(number, time, |number| *number == known);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// A server that is bound to its port.
pub(crate) struct Server {
    http: tiny_http::Server,
    port: u16,
    handler: Arc<Handler>,
}

struct Handler {
    site: Site,
    addition: Addition,
}

impl Server {
    /// Binds a port of 127.0.0.1; port 0 stands for any free one.
    pub(crate) fn bind(root: &Path, port: u16, addition: Addition) -> Result<Self> {
        let http = tiny_http::Server::http(("127.0.0.1", port)).map_err(|error| {
            anyhow!("cannot serve on port {port}: {error}; choose another with --port")
        })?;
        let port = http.server_addr().to_ip().map_or(port, |address| address.port());
        let handler = Arc::new(Handler { site: Site::new(root)?, addition });
        Ok(Self { http, port, handler })
    }

    /// Where the site is.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Answers for as long as the program runs, each request on a thread of its own, so that an
    /// open event stream holds up no other.
    pub(crate) fn run(&self) {
        for request in self.http.incoming_requests() {
            let handler = Arc::clone(&self.handler);
            // A page that went away before its answer came is nobody's error.
            thread::spawn(move || handler.answer(request).ok());
        }
    }
}

impl Handler {
    fn answer(&self, request: Request) -> io::Result<()> {
        if !matches!(request.method(), Method::Get | Method::Head) {
            return request.respond(Response::empty(405).with_header(header("Allow", "GET, HEAD")));
        }
        if let Addition::Reload(version) = &self.addition
            && request.url() == EVENTS
        {
            return stream(request, version);
        }
        let found = self.site.file(request.url());
        let Some((content, file)) = found.and_then(|file| Some((fs::read(&file).ok()?, file)))
        else {
            return request
                .respond(Response::from_string("not found\n").with_status_code(StatusCode(404)));
        };
        let kind = media_type(&file);
        let content = if kind.starts_with("text/html") { self.page(content) } else { content };
        request.respond(
            Response::from_data(content)
                .with_header(header("Content-Type", kind))
                .with_header(header("Cache-Control", "no-cache"))
                .with_header(header("X-Content-Type-Options", "nosniff")),
        )
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

/// Sends the version at once and whenever it changes, until the page goes away.
fn stream(request: Request, version: &Version) -> io::Result<()> {
    let mut writer = request.into_writer();
    writer.write_all(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\
          Cache-Control: no-cache\r\nConnection: close\r\n\r\n",
    )?;
    let mut known = 0;
    loop {
        // Said again without a change, so that a page that has gone is noticed.
        known = version.wait(known, Duration::from_secs(10));
        write!(writer, "data: {known}\n\n")?;
        writer.flush()?;
    }
}

fn header(name: &'static str, value: &'static str) -> Header {
    Header::from_bytes(name, value).unwrap_or_else(|()| unreachable!("{name} is ASCII"))
}
