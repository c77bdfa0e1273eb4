//! A running WebDriver server.

use std::{
    fs::{self, File},
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};

use crate::{engine::Engine, group::Group, shell::root};

/// A driver that answers; it ends with this value, and so do its browsers.
pub(crate) struct Driver {
    port: u16,
    log: PathBuf,
    group: Group,
}

impl Driver {
    /// Starts an engine's driver on a free port and waits until it is ready.
    pub(crate) fn start(engine: Engine) -> Result<Self> {
        let folder = root().join("target/browser");
        fs::create_dir_all(&folder)?;
        let log = folder.join(format!("{}.log", engine.name()));
        let output = File::create(&log)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = engine.driver_command(port)?;
        command.stdout(output.try_clone()?).stderr(output);
        let mut driver = Self { port, log, group: Group::start(&mut command)? };
        driver.wait().with_context(|| format!("the driver of {}", engine.name()))?;
        Ok(driver)
    }

    /// Where the driver listens.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The file that has what the driver printed.
    pub(crate) fn log(&self) -> String {
        self.log.strip_prefix(root()).unwrap_or(&self.log).display().to_string()
    }

    fn wait(&mut self) -> Result<()> {
        let limit = Instant::now() + Duration::from_secs(30);
        while Instant::now() < limit {
            if self.answers().is_some() {
                return Ok(());
            }
            if self.group.has_ended() {
                bail!("has ended; see {}", self.log());
            }
            thread::sleep(Duration::from_millis(100));
        }
        bail!("does not answer; see {}", self.log())
    }

    /// Something if the driver says that it is well. An HTTP client for this one question would
    /// be a large dependency.
    fn answers(&self) -> Option<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(2))).ok()?;
        let port = self.port;
        write!(stream, "GET /status HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n").ok()?;
        let mut start = [0; 12];
        stream.read_exact(&mut start).ok()?;
        (&start == b"HTTP/1.1 200").then_some(())
    }
}
