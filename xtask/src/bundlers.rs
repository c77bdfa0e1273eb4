//! `cargo xtask bundlers`: takes the packed package through real bundlers, and looks at the pages in
//! Chromium. It downloads them, so it is run before a release and not with every change.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Map, Value, json};

use crate::{
    check::browser_tests,
    dist::{dist, npm},
    engine::Engine,
    group::Group,
    server::{Addition, Server},
    shell::{announce, output, root, run},
};

/// How long a development server may take until it listens.
const PATIENCE: Duration = Duration::from_secs(60);

/// A page of `tests/bundlers/tools.json`; see the README there for the fields.
struct Tool<'a> {
    name: &'a str,
    data: &'a Value,
}

/// A page that can be opened: by what serves it, for as long as that lives.
enum Serving {
    Built,
    Developed(#[expect(dead_code, reason = "ends the server when dropped")] Group),
}

/// Tries all tools, or those whose name contains `only`.
pub(crate) fn bundlers(only: Option<&str>) -> Result<()> {
    dist()?;
    let folder = root().join("target/bundlers");
    fs::create_dir_all(&folder)?;
    announce("pack the package for npm");
    let packed = output(
        npm()?
            .args(["pack", "--silent", "--pack-destination"])
            .args([&folder, &root().join("dist/npm")]),
    )?;
    let text = fs::read_to_string(root().join("tests/bundlers/tools.json"))?;
    let list: Value = serde_json::from_str(&text).context("tools.json")?;
    let all = list["tools"].as_array().context("tools.json: no tools")?;
    let tools = all
        .iter()
        .map(|data| Ok(Tool { name: data["name"].as_str().context("tools.json: no name")?, data }))
        .collect::<Result<Vec<_>>>()?;

    let (mut sites, mut serving, mut failures) = (Vec::new(), Vec::new(), Vec::new());
    for tool in tools.iter().filter(|tool| only.is_none_or(|part| tool.name.contains(part))) {
        announce(tool.name);
        let home = folder.join(tool.name);
        let made = tool
            .write(&home, &list["common"], packed.trim())
            .and_then(|()| tool.install(&home))
            .and_then(|()| tool.serve(&home));
        match made {
            Ok((url, server)) => {
                sites.push(json!({ "name": tool.name, "url": url, "check": tool.data["check"] }));
                serving.push(server);
            }
            Err(error) => failures.push(format!("{}: {error:#}", tool.name)),
        }
    }
    fs::write(folder.join("sites.json"), Value::from(sites).to_string())?;
    announce("the pages in chromium");
    if !serving.is_empty()
        && let Err(error) =
            browser_tests(Engine::Chromium, &["--ignored", "--nocapture", "bundlers::"])
    {
        failures.push(format!("{error:#}"));
    }
    ensure!(failures.is_empty(), "{}", failures.join("\n"));
    println!("the package works with all {} pages", serving.len());
    Ok(())
}

impl Tool<'_> {
    /// Writes the page and its package.json.
    fn write(&self, home: &Path, common: &Value, packed: &str) -> Result<()> {
        let entry = self.data["entry"].as_str().context("no entry")?;
        let maps = if entry.ends_with("standalone") { entry } else { "momentum-lab/maps" };
        for (name, lines) in self.data["files"].as_object().context("no files")? {
            let lines = lines.as_str().map_or(lines, |known| &common[known]);
            let lines = lines.as_array().with_context(|| format!("{name}: no lines"))?;
            let text: String =
                lines.iter().filter_map(Value::as_str).map(|line| format!("{line}\n")).collect();
            let file = home.join(name);
            fs::create_dir_all(file.parent().context("a folder")?)?;
            fs::write(file, text.replace("ENTRY", entry).replace("MAPS", maps))?;
        }
        let mut dependencies = self.data["dependencies"].as_object().cloned().unwrap_or_default();
        dependencies.insert("momentum-lab".to_owned(), format!("file:../{packed}").into());
        let mut package = Map::from_iter([
            ("private".to_owned(), true.into()),
            ("type".to_owned(), "module".into()),
            ("dependencies".to_owned(), dependencies.into()),
        ]);
        package.extend(self.data["package"].as_object().cloned().unwrap_or_default());
        package.retain(|_, value| !value.is_null());
        fs::write(home.join("package.json"), Value::from(package).to_string())?;
        // The package has its old version number, with another content.
        let old = home.join("node_modules/momentum-lab");
        if old.exists() {
            fs::remove_dir_all(old)?;
        }
        Ok(())
    }

    fn install(&self, home: &Path) -> Result<()> {
        let arguments = ["install", "--no-fund", "--no-audit", "--no-package-lock", "--silent"];
        run(npm()?.args(arguments).current_dir(home))
    }

    /// Builds the page and serves what came of it, or starts the tool's own server.
    fn serve(&self, home: &Path) -> Result<(String, Serving)> {
        if let Some(mut build) = self.command(home, "build", 0)? {
            run(&mut build)?;
            let made = home.join(self.data["output"].as_str().context("no output")?);
            let server = Server::bind(&made, 0, Addition::Errors)?;
            let url = server.url();
            thread::spawn(move || server.run());
            return Ok((format!("{url}/"), Serving::Built));
        }
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut serve = self.command(home, "serve", port)?.context("neither build nor serve")?;
        let mut group = Group::start(&mut serve)?;
        let limit = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            ensure!(!group.has_ended(), "its server has ended");
            if Instant::now() > limit {
                bail!("its server does not answer");
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok((format!("http://127.0.0.1:{port}/"), Serving::Developed(group)))
    }

    /// One of the tool's commands, whose program lies in the page's own node_modules.
    fn command(&self, home: &Path, kind: &str, port: u16) -> Result<Option<Command>> {
        let Some(words) = self.data[kind].as_array() else { return Ok(None) };
        let mut words = words.iter().filter_map(Value::as_str);
        let program: PathBuf =
            home.join("node_modules/.bin").join(words.next().context("an empty command")?);
        let mut command = Command::new(program);
        command
            .args(words.map(|word| word.replace("PORT", &port.to_string())))
            .current_dir(home)
            // Their makers need not hear of it.
            .envs([("NEXT_TELEMETRY_DISABLED", "1"), ("ASTRO_TELEMETRY_DISABLED", "1")])
            .env("DO_NOT_TRACK", "1");
        Ok(Some(command))
    }
}
