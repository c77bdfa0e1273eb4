//! One browser window over WebDriver, the same in every engine.

use std::{
    cell::Cell,
    env, fs,
    io::{Write as _, stdout},
    path::Path,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};
use thirtyfour::{
    Capabilities, Key, WebDriver, action_chain::ActionChain, common::print::PrintParameters,
};
use tokio::time::sleep;

/// How long a page may take to become what a test waits for.
const PATIENCE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(50);
/// How long the pointer is on its way from one place to the next.
const MOVE: Duration = Duration::from_millis(40);

/// The browser of the test before, for the next one: to start one takes seconds. It ends with its
/// driver.
static KEPT: Mutex<Option<WebDriver>> = Mutex::new(None);

/// A tab without a past: no history, nothing stored, no pointer over it.
pub(crate) struct Page {
    driver: WebDriver,
    site: String,
    /// `chromium`, `firefox` or `webkit`.
    pub(crate) engine: String,
    /// Whether the test is about errors of the page.
    expects_errors: Cell<bool>,
}

/// Opens a tab whose content is `size` CSS pixels wide and high and runs the test in it. If the
/// test fails, `tests/output` has a picture of it, by the test's name, and the browser is not used
/// again. A page that the test leaves or ends on must have no errors, unless it
/// [expects](Page::expect_errors) them. Where it fails because the browser has crashed, has stopped
/// painting or has trapped without a reason, or because its driver could not read what a script has
/// answered, it runs once more in another.
pub(crate) async fn visit(
    name: &str,
    size: (u32, u32),
    test: impl AsyncFn(&Page) -> Result<()>,
) -> Result<()> {
    match attempt(name, size, &test).await? {
        Outcome::Stopped(error) => {
            // Past the harness, which shows only what failing tests print: `cargo xtask test` counts
            // these lines.
            writeln!(stdout(), "\nrepeated in another browser: {name} ({error:#})")?;
            match attempt(name, size, &test).await? {
                Outcome::Stopped(error) => Err(error),
                Outcome::Passed => Ok(()),
            }
        }
        Outcome::Passed => Ok(()),
    }
}

/// What has become of a test that has not failed.
enum Outcome {
    Passed,
    Stopped(anyhow::Error),
}

async fn attempt(
    name: &str,
    size: (u32, u32),
    test: &impl AsyncFn(&Page) -> Result<()>,
) -> Result<Outcome> {
    let engine = variable("MOMENTUM_LAB_BROWSER")?;
    let site = variable("MOMENTUM_LAB_URL")?;
    let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner).take();
    let driver = match kept {
        Some(driver) => driver,
        None => {
            let capabilities = capabilities(&engine, &variable("MOMENTUM_LAB_BINARY")?)?;
            connect(&variable("WEBDRIVER_URL")?, &capabilities).await?
        }
    };
    let page = Page { driver, site, engine, expects_errors: Cell::new(false) };
    let result = async {
        page.resize(size).await?;
        test(&page).await?;
        page.leave_frame().await?;
        page.check_unless_expected(true).await
    }
    .await;
    match result {
        Ok(()) => {
            match page.forget().await {
                Ok(()) => *KEPT.lock().unwrap_or_else(PoisonError::into_inner) = Some(page.driver),
                // The test has passed; the next one gets another browser.
                Err(error) => {
                    writeln!(stdout(), "\nanother browser after {name}: {error:#}")?;
                    page.driver.quit().await.ok();
                }
            }
            Ok(Outcome::Passed)
        }
        Err(error) => {
            // Asked before the picture is taken, which makes a browser paint that has stopped.
            let stopped = is_unread(&error)
                || page.has_crashed(&error)
                || page.has_trapped_by_itself(&error)
                || page.has_stopped_painting().await;
            // What broke the test counts, not that a broken browser shows no picture.
            page.picture(&format!("failed-{name}")).await.ok();
            page.driver.quit().await.ok();
            if stopped { Ok(Outcome::Stopped(error)) } else { Err(error) }
        }
    }
}

/// Whether the driver could not read what a script has answered: seen of WebKitGTK's, about once in
/// ten thousand scripts, whatever they answer.
fn is_unread(error: &anyhow::Error) -> bool {
    format!("{error:#}").contains("Could not parse script result")
}

impl Page {
    /// Whether WebKitGTK's test browser has ended by itself: a late message of a tab that the test
    /// before has closed can do that.
    fn has_crashed(&self, error: &anyhow::Error) -> bool {
        let told = format!("{error:#}").to_lowercase();
        let ended = ["invalid session id", "error: unknown error"];
        self.engine == "webkit" && ended.iter().any(|words| told.contains(words))
    }

    /// Whether WebAssembly has trapped though the core, which says its panics on the console, has not
    /// panicked, or because the allocator has found its memory overwritten, which the core cannot do: its
    /// only unsafe code touches no memory. Seen of WebKitGTK, about once in five hundred pages, in one of
    /// the first frames.
    fn has_trapped_by_itself(&self, error: &anyhow::Error) -> bool {
        let told = format!("{error:#}");
        self.engine == "webkit"
            && told.contains("Unreachable code should not be executed")
            && (!told.contains("panicked at") || told.contains("dlmalloc"))
    }

    /// Whether no frame comes for seconds, or has come while something was waited for, though the
    /// page's scripts run: seen of WebKitGTK without a graphics card, about once in a thousand pages,
    /// and no page's doing.
    async fn has_stopped_painting(&self) -> bool {
        let script = "const done = arguments[arguments.length - 1];
            if (window.__unpainted && performance.now() - window.__unpainted > 5000) return done(true);
            requestAnimationFrame(() => done(false));
            setTimeout(() => done(true), 5000)";
        self.run_async(script).await.is_ok_and(|stopped| stopped == json!(true))
    }

    /// Leaves a fresh tab to the next test: with the old ones goes their history, and what the
    /// site has stored is deleted.
    async fn forget(&self) -> Result<()> {
        self.actions().reset_actions().await?;
        let old = self.driver.windows().await?;
        // A page is left before its tab is closed: what it stores as it goes is there then and can be
        // deleted, and no late message of a focused box crashes WebKitGTK's test browser.
        self.run("document.activeElement?.blur()").await?;
        let fresh = self.driver.new_tab().await?;
        for tab in old {
            self.driver.switch_to_window(tab).await?;
            self.driver.goto(format!("{}/CHANGELOG.md", self.site)).await?;
            self.driver.close_window().await?;
        }
        self.driver.switch_to_window(fresh).await?;
        self.open("CHANGELOG.md").await?;
        self.run_async(
            "const done = arguments[arguments.length - 1];
             localStorage.clear();
             const workers = navigator.serviceWorker.getRegistrations()
               .then((all) => Promise.all(all.map((worker) => worker.unregister())));
             const stores = caches.keys().then((all) => Promise.all(all.map((name) => caches.delete(name))));
             Promise.all([workers, stores]).then(() => done(true), (error) => done(String(error)))",
        )
        .await
        .map(drop)
    }

    /// Opens a file of the site.
    pub(crate) async fn open(&self, file: &str) -> Result<()> {
        self.check_unless_expected(false).await?;
        Ok(self.driver.goto(format!("{}/{file}", self.site)).await?)
    }

    /// Opens any address.
    pub(crate) async fn open_url(&self, address: &str) -> Result<()> {
        self.check_unless_expected(false).await?;
        Ok(self.driver.goto(address).await?)
    }

    /// Opens a file of the site in a frame of a given size, and goes on in it: windows cannot be
    /// made as narrow as a phone.
    pub(crate) async fn open_framed(&self, file: &str, (width, height): (u32, u32)) -> Result<()> {
        self.open("CHANGELOG.md").await?;
        self.run_async(&format!(
            "const frame = document.createElement('iframe');
             frame.width = {width}; frame.height = {height}; frame.style.border = 'none';
             frame.onload = arguments[arguments.length - 1];
             frame.src = '{}/{file}';
             document.body.style.margin = 0;
             document.body.replaceChildren(frame)",
            self.site
        ))
        .await?;
        Ok(self.driver.enter_frame(0).await?)
    }

    /// Goes on in the first frame of the page.
    pub(crate) async fn enter_frame(&self) -> Result<()> {
        Ok(self.driver.enter_frame(0).await?)
    }

    /// Goes on in the page around the frames.
    pub(crate) async fn leave_frame(&self) -> Result<()> {
        Ok(self.driver.enter_default_frame().await?)
    }

    /// Runs the body of a JavaScript function, and gives what it returns.
    pub(crate) async fn run(&self, script: &str) -> Result<Value> {
        Ok(self.driver.execute(script, Vec::new()).await?.json().clone())
    }

    /// Runs a script as one of the page's own: in Firefox a driver's has globals and modules of its own.
    pub(crate) async fn run_on_page(&self, script: &str) -> Result<()> {
        let element = "Object.assign(document.createElement('script'), { text: arguments[0] })";
        let script = vec![json!(script)];
        Ok(self
            .driver
            .execute(format!("document.body.append({element})"), script)
            .await
            .map(drop)?)
    }

    /// Waits until a JavaScript expression holds.
    pub(crate) async fn wait_for(&self, condition: &str) -> Result<()> {
        if self.comes_true(condition, PATIENCE, PAUSE).await? {
            return Ok(());
        }
        let known = "return [location.href, document.visibilityState, window.__errors,
            document.querySelector('momentum-lab')?.configuration]";
        let known = self.run(known).await.unwrap_or_else(|error| json!(error.to_string()));
        bail!("still not so after {PATIENCE:?}: {condition}; the page: {known}")
    }

    /// The same for what takes longer than any test may. It is looked at seldom: who measures is
    /// not to be disturbed.
    pub(crate) async fn wait_longer(&self, condition: &str, patience: Duration) -> Result<()> {
        let seldom = Duration::from_secs(2);
        ensure!(self.comes_true(condition, patience, seldom).await?, "still not so: {condition}");
        Ok(())
    }

    /// Whether a JavaScript expression, looked at after every `pause`, holds before `patience` has
    /// run out.
    async fn comes_true(
        &self,
        condition: &str,
        patience: Duration,
        pause: Duration,
    ) -> Result<bool> {
        // Since when a frame has been asked for that has not come.
        let script = format!(
            "if (!window.__unpainted) {{
               window.__unpainted = performance.now();
               requestAnimationFrame(() => {{ window.__unpainted = 0 }});
             }}
             return Boolean({condition})"
        );
        for _ in 0..patience.as_millis() / pause.as_millis() {
            if self.run(&script).await? == json!(true) {
                return Ok(true);
            }
            sleep(pause).await;
        }
        Ok(false)
    }

    /// From here on the pages of this test may have errors, because it provokes them.
    pub(crate) fn expect_errors(&self) {
        self.expects_errors.set(true);
    }

    /// Fails if the page or a frame of its origin has errors, unless the test expects errors. At
    /// the end of a test a page of the site must have a record of them.
    async fn check_unless_expected(&self, is_end: bool) -> Result<()> {
        if self.expects_errors.get() {
            return Ok(());
        }
        let script = format!(
            "const gather = (page) => {{
               try {{
                 const frames = Array.from({{ length: page.frames.length }}, (_, i) => page.frames[i]);
                 return [...page.__errors ?? [], ...frames.flatMap(gather)];
               }} catch {{ return [] }}
             }};
             const recorded = window.__errors || !location.href.startsWith('{}/')
               || document.contentType !== 'text/html';
             return [Boolean(recorded), gather(window)]",
            self.site
        );
        let found = self.run(&script).await?;
        // The test server adds the recorder to each page: without it nothing would be noticed.
        ensure!(!is_end || found[0] == json!(true), "the page has no record of errors");
        ensure!(found[1] == json!([]), "the page has errors: {}", found[1]);
        Ok(())
    }

    /// Fails if the page has logged, thrown or rejected an error, or could not load something.
    pub(crate) async fn check_errors(&self) -> Result<()> {
        let errors = self.run("return window.__errors").await?;
        // The test server adds the recorder to each page: without it nothing would be noticed.
        let errors = errors.as_array().context("the page has no record of errors")?;
        ensure!(errors.is_empty(), "the page has errors: {errors:?}");
        Ok(())
    }

    /// Actions of a person who moves quickly.
    fn actions(&self) -> ActionChain {
        self.driver.action_chain_with_delay(None, Some(MOVE))
    }

    /// Clicks at a point of the content.
    pub(crate) async fn click(&self, at: (f64, f64)) -> Result<()> {
        let (x, y) = whole(at);
        Ok(self.actions().move_to(x, y).click().perform().await?)
    }

    /// Clicks twice at a point of the content, as one double-click.
    pub(crate) async fn double_click(&self, at: (f64, f64)) -> Result<()> {
        let (x, y) = whole(at);
        Ok(self.actions().move_to(x, y).click().click().perform().await?)
    }

    /// Presses at the first point, moves over the others and lets go at the last.
    pub(crate) async fn drag(&self, path: &[(f64, f64)]) -> Result<()> {
        let mut actions = self.actions();
        for (index, at) in path.iter().enumerate() {
            let (x, y) = whole(*at);
            actions = actions.move_to(x, y);
            if index == 0 {
                actions = actions.click_and_hold();
            }
        }
        Ok(actions.release().perform().await?)
    }

    /// The same with the Shift key held.
    pub(crate) async fn drag_with_shift(&self, path: &[(f64, f64)]) -> Result<()> {
        let mut actions = self.actions().key_down(Key::Shift);
        for (index, at) in path.iter().enumerate() {
            let (x, y) = whole(*at);
            actions = actions.move_to(x, y);
            if index == 0 {
                actions = actions.click_and_hold();
            }
        }
        Ok(actions.release().key_up(Key::Shift).perform().await?)
    }

    /// Moves the pointer.
    pub(crate) async fn hover(&self, at: (f64, f64)) -> Result<()> {
        let (x, y) = whole(at);
        Ok(self.actions().move_to(x, y).perform().await?)
    }

    /// Turns the wheel by so many pixels, down if positive, as the page sees it: not every
    /// driver has a wheel. Returns whether the browser may scroll the page.
    pub(crate) async fn wheel(&self, at: (f64, f64), down: i32) -> Result<bool> {
        self.wheel_with(at, down, "").await
    }

    /// The same with properties of the event, such as `ctrlKey: true`.
    pub(crate) async fn wheel_with(
        &self,
        (x, y): (f64, f64),
        down: i32,
        more: &str,
    ) -> Result<bool> {
        let script = format!(
            "let at = document, found;
             while (at && (found = at.elementFromPoint({x}, {y})) && found.shadowRoot) at = found.shadowRoot;
             return found.dispatchEvent(new WheelEvent('wheel', {{ clientX: {x}, clientY: {y}, deltaY: {down},
               bubbles: true, composed: true, cancelable: true, {more} }}))"
        );
        Ok(self.run(&script).await? == json!(true))
    }

    /// Presses keys on whatever has the focus.
    pub(crate) async fn keys(&self, keys: &str) -> Result<()> {
        Ok(self.actions().send_keys(keys).perform().await?)
    }

    /// Presses a key with the Ctrl key held, and with Shift if so wished.
    pub(crate) async fn key_with_ctrl(&self, key: char, shift: bool) -> Result<()> {
        let held = self.actions().key_down(Key::Control);
        let held = if shift { held.key_down(Key::Shift) } else { held };
        let pressed = held.key_down(key).key_up(key);
        let left = if shift { pressed.key_up(Key::Shift) } else { pressed };
        Ok(left.key_up(Key::Control).perform().await?)
    }

    /// Presses a key with Shift held.
    pub(crate) async fn key_with_shift(&self, key: char) -> Result<()> {
        let pressed = self.actions().key_down(Key::Shift).key_down(key).key_up(key);
        Ok(pressed.key_up(Key::Shift).perform().await?)
    }

    /// Waits until the page has drawn twice: whatever was asked for before is on screen then.
    pub(crate) async fn next_frame(&self) -> Result<()> {
        let script = "const done = arguments[arguments.length - 1];
            requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
        self.run_async(script).await.map(|_| ())
    }

    /// Runs a script that ends by calling its last argument, and gives what it is called with.
    pub(crate) async fn run_async(&self, script: &str) -> Result<Value> {
        Ok(self.driver.execute_async(script, Vec::new()).await?.json().clone())
    }

    /// Sets the size of the content. WebDriver only knows that of the window around it, and a
    /// window may still be settling when its frame is measured: measured again until it fits.
    pub(crate) async fn resize(&self, (width, height): (u32, u32)) -> Result<()> {
        let fits = format!("innerWidth === {width} && innerHeight === {height}");
        if self.run(&format!("return {fits}")).await? == json!(true) {
            return Ok(());
        }
        for _ in 0..8 {
            let edges =
                self.run("return [outerWidth - innerWidth, outerHeight - innerHeight]").await?;
            let edge = |side: usize| edges[side].as_u64().and_then(|edge| u32::try_from(edge).ok());
            let (right, bottom) = (edge(0).unwrap_or(0), edge(1).unwrap_or(0));
            self.driver.set_window_rect(0, 0, width + right, height + bottom).await?;
            if self.comes_true(&fits, Duration::from_secs(2), PAUSE).await? {
                return Ok(());
            }
        }
        bail!("the window did not become {width} by {height} pixels")
    }

    /// Prints the page to a PDF.
    pub(crate) async fn print(&self) -> Result<Vec<u8>> {
        Ok(self.driver.print_page(PrintParameters::default()).await?)
    }

    /// Asks Chromium for what WebDriver has no word for, by the DevTools protocol. It holds for this
    /// tab.
    pub(crate) async fn devtools(&self, command: &str, parameters: Value) -> Result<()> {
        self.driver.cdp().send_raw(command, parameters).await?;
        Ok(())
    }

    /// What is on screen, as a PNG in base64.
    pub(crate) async fn shot(&self) -> Result<String> {
        Ok(self.driver.screenshot_as_png_base64().await?)
    }

    /// Keeps a picture of the window in `tests/output`.
    pub(crate) async fn picture(&self, name: &str) -> Result<()> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("output");
        fs::create_dir_all(&folder)?;
        Ok(self.driver.screenshot(&folder.join(format!("{}-{name}.png", self.engine))).await?)
    }
}

/// Asks a driver for a window. One that still sees to the end of the window before may hang up on
/// who asks: it is asked again.
async fn connect(driver: &str, capabilities: &Capabilities) -> Result<WebDriver> {
    for _ in 0..3 {
        match WebDriver::new(driver, capabilities.clone()).await {
            Err(error) if error.to_string().contains("error sending request") => sleep(PAUSE).await,
            answer => return Ok(answer?),
        }
    }
    bail!("the driver at {driver} hangs up")
}

/// What to ask of an engine's driver. None of them is given a profile, so each makes a fresh one.
fn capabilities(engine: &str, binary: &str) -> Result<Capabilities> {
    let options = match engine {
        // The sandbox does not start for root nor in most containers; the pages are our own.
        "chromium" => json!({ "goog:chromeOptions": { "binary": binary, "args": [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--no-first-run",
        ] } }),
        "firefox" => json!({ "moz:firefoxOptions": { "binary": binary, "args": ["-headless"] } }),
        "webkit" => json!({ "webkitgtk:browserOptions": {
            "binary": binary, "args": ["--automation"],
        } }),
        other => bail!("MOMENTUM_LAB_BROWSER: no engine {other}"),
    };
    match options {
        Value::Object(options) => Ok(Capabilities::from(options)),
        _ => bail!("capabilities are an object"),
    }
}

/// WebDriver moves by whole pixels.
fn whole((x, y): (f64, f64)) -> (i64, i64) {
    (x.round() as i64, y.round() as i64)
}

fn variable(name: &str) -> Result<String> {
    env::var(name).with_context(|| format!("{name} is not set: run `cargo xtask test`"))
}
