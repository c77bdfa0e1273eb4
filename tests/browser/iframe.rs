//! The lab in a frame from another origin: its size, its messages, and what it does not listen to.

use crate::element::Lab;
use crate::host::Host;
use crate::session::{Page, visit};
use anyhow::{Result, ensure};
use serde_json::{Value, json};

/// Opens a course page whose frame is of another origin, and waits until the lab is ready.
async fn framed(page: &Page, link: &str) -> Result<Host> {
    let host = Host::of(".").await?;
    page.open(&format!("tests/pages/frames.html#{}!{link}", host.url())).await?;
    page.wait_for("window.told?.some(({ type }) => type === 'ready')").await?;
    Ok(host)
}

/// Sends a message and waits for one that fulfils a condition on `it`.
async fn ask(page: &Page, message: &Value, answer: &str) -> Result<()> {
    page.run(&format!("window.told.length = 0; window.ask({message})")).await?;
    page.wait_for(&format!("window.told.some((it) => {answer})")).await
}

#[tokio::test]
async fn a_frame_shows_what_its_link_says_and_is_as_high_as_its_lab() -> Result<()> {
    visit("frame", (1000, 900), async |page| {
        let link = "surface=himmelblau&run=momentum,lr:0.01,beta:0.8&controls=lr,beta,play&lock&colour=red&height=low";
        let _host = framed(page, link).await?;
        let ready = "window.told.find(({ type }) => type === 'ready').configuration";
        let chosen = page.run(&format!("return {ready}")).await?;
        ensure!(chosen["surface"]["id"] == "himmelblau" && chosen["runs"][0]["beta"] == 0.8, "{chosen}");
        // What in the link makes no sense is told.
        for name in ["colour", "height"] {
            page.wait_for(&format!(
                "window.told.some((it) => it.type === 'error' && it.message.includes('{name}'))"
            ))
            .await?;
        }
        let height = "document.querySelector('iframe').offsetHeight";
        page.wait_for(&format!("{height} > 300 && {height} < 700")).await?;
        // Another width is another height.
        page.run("window.before = document.querySelector('iframe').offsetHeight;
                  document.querySelector('iframe').width = 800")
            .await?;
        page.wait_for(&format!("{height} > window.before + 100")).await?;
        page.enter_frame().await?;
        let lab = Lab::ready(page).await?;
        let shown = lab.eval("$$('.chosen [data-kind=slider]').map((e) => e.dataset.field)").await?;
        ensure!(shown == json!(["runs[0].lr", "runs[0].beta"]), "{shown}");
        let complaint = lab.text("$('[part~=complaint]').textContent").await?;
        ensure!(complaint.contains("colour"), "the reader is not told: {complaint}");
        // Nothing is cut off and nothing is left over.
        let rest = "document.documentElement.scrollHeight - innerHeight";
        ensure!(lab.number(rest).await?.abs() <= 1.0, "the frame scrolls");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_page_plays_a_lab_in_a_frame_by_messages() -> Result<()> {
    visit("frame-messages", (1000, 900), async |page| {
        let _host = framed(page, "surface=ravine&run=momentum,lr:0.02&controls=play&lock").await?;
        ask(
            page,
            &json!({"type": "seek", "step": 40}),
            "it.type === 'step' && it.detail.step === 40",
        )
        .await?;
        ask(page, &json!({"type": "step"}), "it.type === 'step' && it.detail.step === 41").await?;
        ask(
            page,
            &json!({"type": "step", "count": -2}),
            "it.type === 'step' && it.detail.step === 39",
        )
        .await?;
        ask(page, &json!({"type": "restart"}), "it.type === 'step' && it.detail.step === 0")
            .await?;
        ask(page, &json!({"type": "play"}), "it.type === 'step' && it.detail.step > 2").await?;
        page.run("window.ask({ type: 'pause' })").await?;
        let other = json!({"type": "configure", "configuration": {"surface": "bowl", "steps": 50}});
        ask(page, &other, "it.type === 'change' && it.detail.configuration.surface.id === 'bowl'")
            .await?;
        ask(
            page,
            &json!({"type": "reset"}),
            "it.type === 'change' && it.detail.configuration.surface.id === 'ravine'",
        )
        .await?;
        page.check_errors().await
    })
    .await
}

/// Sends a few hundred messages that make no sense, and counts the answers.
const NONSENSE: &str = "
    const values = [undefined, null, 0, -1, 1e308, NaN, Infinity, '', 'x'.repeat(1e5), [], {}, [[]], true, 1n,
      new Date(), /x/, new Map([[1, 2]]), new Uint8Array(4), { toString: 1 }, '__proto__', 'constructor'];
    const types = ['configure', 'play now', 'step', 'seek', 'eval', 'constructor', '__proto__', 'toString', ...values];
    window.told.length = 0;
    let sent = 0;
    for (const type of types) for (const value of values) {
      // These make sense.
      if (type === 'step' && (value === undefined || Number.isFinite(value))) continue;
      if (type === 'seek' && Number.isFinite(value)) continue;
      if (type === 'configure' && value && typeof value === 'object' && !Array.isArray(value)) continue;
      window.ask({ type, step: value, count: value, configuration: value, value });
      sent += 1;
    }
    const deep = {};
    let at = deep;
    for (let depth = 0; depth < 2000; depth += 1) at = at.surface = {};
    for (const configuration of [{ surface: 'nowhere' }, { steps: 'many' }, { runs: [{ id: 'momentum', beta: 7 }] },
      { surface: { expression: 'x'.repeat(70000) } }, { start: [1e400, {}] }, { runs: 'x' }, deep]) {
      window.ask({ type: 'configure', configuration });
      sent += 1;
    }
    window.sent = sent;
    return sent";

#[tokio::test]
async fn nonsense_changes_nothing() -> Result<()> {
    visit("frame-nonsense", (1000, 900), async |page| {
        let _host = framed(page, "surface=ravine&run=momentum,lr:0.02").await?;
        let configuration = "JSON.stringify(document.querySelector('momentum-lab').configuration)";
        page.enter_frame().await?;
        Lab::ready(page).await?;
        let before = page.run(&format!("return {configuration}")).await?;
        page.run(
            "window.failed = [];
             addEventListener('error', ({ message }) => failed.push(message));
             addEventListener('unhandledrejection', ({ reason }) => failed.push(String(reason)))",
        )
        .await?;
        page.leave_frame().await?;
        let sent = page.run(NONSENSE).await?;
        ensure!(sent.as_u64().is_some_and(|sent| sent > 400), "{sent} messages");
        page.wait_for("window.told.filter(({ type }) => type === 'error').length === window.sent")
            .await?;
        page.wait_for(
            "window.told.every(({ type, message }) => type !== 'error' || message.includes(':'))",
        )
        .await?;
        page.enter_frame().await?;
        ensure!(page.run("return window.failed").await? == json!([]), "something was thrown");
        ensure!(
            page.run(&format!("return {configuration}")).await? == before,
            "another configuration"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn only_the_page_around_is_listened_to() -> Result<()> {
    visit("frame-strangers", (1000, 900), async |page| {
        // The link says that another origin is the host.
        let host = Host::of(".").await?;
        let link = "surface=ravine&host=https://course.example";
        page.open(&format!("tests/pages/frames.html#{}!{link}", host.url())).await?;
        page.enter_frame().await?;
        let lab = Lab::ready(page).await?;
        page.leave_frame().await?;
        page.run("window.told.length = 0; window.ask({ type: 'seek', step: 40 })").await?;
        page.enter_frame().await?;
        // A window of the right name, but not the one around.
        lab.eval("postMessage({ to: 'momentum-lab', type: 'seek', step: 40 }, '*')").await?;
        // Messages come in turn: after this one both have been heard.
        page.run_async(
            "const done = arguments[arguments.length - 1];
             addEventListener('message', ({ data }) => data === 'last' && done(true)); postMessage('last', '*')",
        )
        .await?;
        ensure!(lab.number("lab.readout.step").await? == 0.0, "a stranger has been heard");
        page.leave_frame().await?;
        let told = page.run("return window.told.filter(({ type }) => type !== 'size')").await?;
        ensure!(told == json!([]), "a stranger has been told: {told}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_page_that_listens_late_is_told_again() -> Result<()> {
    visit("frame-late", (1000, 900), async |page| {
        let _host = framed(page, "surface=ravine&run=momentum,lr:0.02&controls=play&lock").await?;
        page.run_on_page(
            "window.told.length = 0;
             document.querySelector('iframe').style.height = '60px';
             // As on a page that has no module for frames yet.
             delete globalThis[Symbol.for('momentum-lab-host')];
             import('/www/frame/embed-host.js?late')",
        )
        .await?;
        page.wait_for("window.told.some(({ type }) => type === 'ready')").await?;
        page.wait_for("document.querySelector('iframe').offsetHeight > 200").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_frame_follows_another_link() -> Result<()> {
    visit("frame-link", (1000, 900), async |page| {
        let _host = framed(page, "surface=ravine&controls=play").await?;
        page.run(
            "window.told.length = 0;
             const frame = document.querySelector('iframe');
             frame.src = frame.src.replace('ravine', 'himmelblau')",
        )
        .await?;
        page.wait_for(
            "window.told.some(({ type, configuration }) => type === 'ready' && configuration.surface.id === 'himmelblau')",
        )
        .await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_lock_holds_in_a_link_that_is_encoded_as_a_whole() -> Result<()> {
    visit("frame-encoded", (900, 700), async |page| {
        page.open("embed.html#surface%3Dbowl%26lock%26controls%3Dplay").await?;
        let lab = Lab::ready(page).await?;
        let held = "[lab.configuration.surface.id, lab.hasAttribute('lock'), lab.getAttribute('controls')]";
        ensure!(lab.eval(held).await? == json!(["bowl", true, "play"]), "{}", lab.eval(held).await?);
        ensure!(lab.eval("$$('.side').length").await? == json!(0), "a slider is there");
        page.check_errors().await
    })
    .await
}
