//! The builder of embeddings: what it copies, in a page of another origin, is what it has shown.

use crate::element::Lab;
use crate::host::Host;
use crate::session::{Page, visit};
use anyhow::{Context as _, Result, ensure};
use serde_json::json;

const LINK: &str =
    "surface=ravine&kappa=40&start=-8,2&run=momentum,lr:0.02,beta:0.8&run=gd,lr:0.02&steps=120";

/// What a lab is like: its configuration, its lock, its colours, and the controls that are seen.
const LIKE: &str =
    "((lab) => JSON.stringify([lab.configuration, lab.hasAttribute('lock'), lab.dataset.theme,
    lab.shadowRoot.querySelector('.lab').lang,
    [...lab.shadowRoot.querySelectorAll('[data-field], button[data-action]')]
      .filter((control) => control.checkVisibility())
      .map((control) => control.dataset.field ?? control.dataset.action)]))";

const PREVIEW: &str = "$('dialog.builder momentum-lab')";

/// Opens the builder for a lab that another origin serves.
async fn builder<'a>(page: &'a Page, host: &Host, link: &str) -> Result<Lab<'a>> {
    page.open_url(&format!("{}/index.html#{link}", host.url())).await?;
    let lab = Lab::ready(page).await?;
    page.run(
        "Object.defineProperty(navigator, 'clipboard',
           { configurable: true, value: { writeText: async (text) => { window.copied = text } } })",
    )
    .await?;
    lab.click("[data-action='embed']").await?;
    lab.wait_for(&format!("$('dialog.builder')?.open && {PREVIEW}.hasAttribute('ready')")).await?;
    Ok(lab)
}

async fn tick(lab: &Lab<'_>, name: &str, value: &str) -> Result<()> {
    let input = format!(".builder [name='{name}'][value='{value}']");
    let before = lab.eval(&format!("$(`{input}`).checked")).await?;
    lab.click(&input).await?;
    lab.wait_for(&format!("$(`{input}`).checked !== {before}")).await
}

/// Copies in a form, and gives the text with what the preview is like.
async fn copied(lab: &Lab<'_>, form: &str) -> Result<(String, String)> {
    lab.click(&format!(".builder [name='form'][value='{form}']")).await?;
    lab.wait_for(&format!(
        "{PREVIEW}.hasAttribute('ready') && $('.builder textarea').value.includes('=')"
    ))
    .await?;
    lab.0.next_frame().await?;
    lab.0.run("window.copied = undefined").await?;
    lab.click("[data-action='copy-embedding']").await?;
    lab.0.wait_for("window.copied").await?;
    ensure!(lab.eval("copied === $('.builder textarea').value").await? == true);
    ensure!(lab.text("$('.builder [role=status]').textContent").await? == "Copied");
    Ok((lab.text("copied").await?, lab.text(&format!("{LIKE}({PREVIEW})")).await?))
}

/// Puts a text into a page that was not made for it.
async fn paste(page: &Page, text: &str) -> Result<()> {
    page.open("tests/pages/bare.html").await?;
    let text = json!(text);
    page.run(&format!(
        "document.body.replaceChildren(document.createRange().createContextualFragment({text}))"
    ))
    .await
    .map(|_| ())
}

#[tokio::test]
async fn a_copied_element_is_what_was_shown() -> Result<()> {
    visit("builder-element", (1280, 800), async |page| {
        let host = Host::of(".").await?;
        let lab = builder(page, &host, LINK).await?;
        page.picture("builder").await?;
        tick(&lab, "controls", "kappa").await?;
        tick(&lab, "controls", "play").await?;
        lab.click(".builder .shown details:first-of-type summary").await?;
        tick(&lab, "controls", "start").await?;
        lab.eval(
            "(() => { const menu = $('.builder [name=theme]'); menu.value = 'dark';
                   menu.dispatchEvent(new Event('input', { bubbles: true })) })()",
        )
        .await?;
        lab.wait_for(&format!("{PREVIEW}.dataset.theme === 'dark'")).await?;
        // What is tried in the preview is not copied.
        lab.eval(&format!("{PREVIEW}.beta = 0.3")).await?;
        tick(&lab, "lock", "lock").await?;
        tick(&lab, "lock", "lock").await?;
        lab.wait_for(&format!("{PREVIEW}.beta === 0.8")).await?;
        let (text, like) = copied(&lab, "element").await?;
        ensure!(like.contains("\"surface.kappa\"") && like.contains(",true,\"dark\""), "{like}");
        ensure!(!like.contains("\"play\""), "{like}");
        ensure!(
            lab.number("lab.configuration.runs[0].beta").await? == 0.8,
            "the lab itself has changed"
        );

        paste(page, &text).await?;
        let there = Lab::ready(page).await?;
        ensure!(there.text(&format!("{LIKE}(lab)")).await? == like, "{text}");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_copied_frame_and_markdown_are_what_was_shown() -> Result<()> {
    visit("builder-frame", (1280, 800), async |page| {
        let host = Host::of(".").await?;
        let lab = builder(page, &host, &format!("{LINK}&noise=0.5")).await?;
        // A title is a text, whatever is in it.
        lab.click(".builder [name='title']").await?;
        lab.eval("lab.shadowRoot.activeElement.select()").await?;
        let title = "\"><img src=x> [a](b) & *c*";
        page.keys(title).await?;
        let (text, like) = copied(&lab, "iframe").await?;
        let (markdown, same) = copied(&lab, "markdown").await?;
        ensure!(like == same && like.contains("\"play\""), "{like}");
        let (frame, link) = markdown.split_once("\n\n").context("no link under the frame")?;
        ensure!(frame == text, "{markdown}");
        let link = link
            .strip_prefix("[\"\\>\\<img src=x\\> \\[a\\](b) \\& \\*c\\*](")
            .and_then(|rest| rest.strip_suffix(')'))
            .with_context(|| format!("no link: {link}"))?;

        paste(page, &text).await?;
        let frame = "document.querySelector('iframe')";
        ensure!(page.run(&format!("return {frame}.title")).await? == json!(title));
        ensure!(page.run("return document.querySelectorAll('img').length").await? == json!(0));
        page.enter_frame().await?;
        let there = Lab::ready(page).await?;
        ensure!(there.text(&format!("{LIKE}(lab)")).await? == like, "{text}");
        let rest = "document.documentElement.scrollHeight - innerHeight";
        ensure!(there.number(rest).await?.abs() <= 1.0, "the frame scrolls");
        page.leave_frame().await?;
        page.check_errors().await?;

        page.open_url(link).await?;
        let there = Lab::ready(page).await?;
        ensure!(
            there.eval("lab.configuration").await?
                == serde_json::from_str::<serde_json::Value>(&like)?[0]
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_chosen_height_and_the_whole_lab_are_embedded() -> Result<()> {
    visit("builder-size", (1280, 800), async |page| {
        let host = Host::of(".").await?;
        let lab = builder(page, &host, "surface=expression&expression=x%5E2%2B3*y%5E2").await?;
        lab.click(".builder [name='height']").await?;
        page.keys("433").await?;
        lab.wait_for(&format!("{PREVIEW}.offsetHeight === 433")).await?;
        let low = "$('.builder').textContent.includes('px to show everything')";
        ensure!(lab.eval(low).await? == false, "high enough, and said not to be");
        let (text, like) = copied(&lab, "iframe").await?;
        paste(page, &text).await?;
        ensure!(
            page.run("return document.querySelector('iframe').offsetHeight").await? == json!(433)
        );
        page.enter_frame().await?;
        let there = Lab::ready(page).await?;
        ensure!(there.number("lab.offsetHeight").await? == 433.0);
        ensure!(there.text(&format!("{LIKE}(lab)")).await? == like, "{text}");
        page.leave_frame().await?;

        let lab = builder(page, &host, LINK).await?;
        lab.click(".builder [name='extent'][value='whole']").await?;
        lab.wait_for(&format!("{PREVIEW}.shadowRoot.querySelector('.runs')")).await?;
        lab.click(".builder [name='height']").await?;
        page.keys("400").await?;
        lab.wait_for(&format!("{PREVIEW}.offsetHeight === 400 && {low}")).await?;
        lab.eval("$(`.builder [name='height']`).select()").await?;
        page.keys("\u{e003}").await?;
        lab.wait_for(&format!("!({low})")).await?;
        // A size that cannot be is told, with what counts instead.
        let width = "$(`.builder [name='width']`)";
        let told = "$('.builder').textContent.includes('from 280 to 2400; using')";
        ensure!(lab.eval(told).await? == false, "nothing is wrong yet");
        for (text, used) in [("5", 280), ("99999", 2400), ("640", 640)] {
            lab.eval(&format!("{width}.select()")).await?;
            page.keys(text).await?;
            lab.wait_for(&format!("({told}) === {}", used != 640)).await?;
            lab.wait_for(&format!("{PREVIEW}.offsetWidth === {used}")).await?;
        }
        let (text, like) = copied(&lab, "element").await?;
        ensure!(!text.contains("controls") && !text.contains("lock"), "{text}");
        paste(page, &text).await?;
        let there = Lab::ready(page).await?;
        ensure!(there.text(&format!("{LIKE}(lab)")).await? == like, "{text}");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn keys_in_the_preview_are_its_own_and_escape_closes() -> Result<()> {
    visit("builder-keys", (1280, 800), async |page| {
        let host = Host::of(".").await?;
        let lab = builder(page, &host, LINK).await?;
        lab.eval(&format!("{PREVIEW}.shadowRoot.querySelector('[data-action=step]').focus()")).await?;
        page.keys("\u{e014}").await?;
        lab.wait_for(&format!("{PREVIEW}.readout.step === 1")).await?;
        ensure!(lab.number("lab.readout.step").await? == 0.0, "the lab under the dialog has heard it");
        // Without a clipboard the reader copies.
        page.run("Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined })")
            .await?;
        lab.click("[data-action='copy-embedding']").await?;
        let box_ = "$('.builder textarea')";
        lab.wait_for(&format!("{box_}.selectionEnd - {box_}.selectionStart === {box_}.value.length")).await?;
        ensure!(lab.eval("lab.shadowRoot.activeElement.localName").await? == json!("textarea"));
        page.keys("\u{e00c}").await?;
        lab.wait_for("!$('dialog.builder').open && !$('dialog.builder momentum-lab')").await?;
        // What has been set meanwhile is what it shows the next time.
        lab.eval("lab.beta = 0.5").await?;
        lab.click("[data-action='embed']").await?;
        lab.wait_for(&format!("{PREVIEW}?.beta === 0.5")).await?;
        // And what it goes back to when something else is chosen.
        tick(&lab, "controls", "optimizer").await?;
        lab.wait_for(&format!("{PREVIEW}.getAttribute('controls').includes('optimizer')")).await?;
        lab.wait_for(&format!("{PREVIEW}.hasAttribute('ready') && {PREVIEW}.beta === 0.5")).await
    })
    .await
}

#[tokio::test]
async fn a_phone_has_builder_and_export_at_its_end() -> Result<()> {
    visit("builder-phone", (1000, 900), async |page| {
        let lab = Lab::open_framed(page, (390, 800)).await?;
        lab.click("[data-action='embed-below']").await?;
        lab.wait_for("$('dialog.builder')?.open").await?;
        let inside = "$$('.builder .wanted input, .builder .wanted select, .builder textarea, .builder button')
            .map((part) => part.getBoundingClientRect())
            .filter(({ left, right, width }) => width > 0 && (left < 0 || right > innerWidth)).length";
        ensure!(lab.number(inside).await? == 0.0, "something reaches out of the page");
        ensure!(lab.number("$('dialog.builder').getBoundingClientRect().width").await? <= 390.0);
        lab.click("[data-action='close-builder']").await?;
        lab.click("[data-action='export-below']").await?;
        lab.wait_for("$('dialog.take')?.open").await?;
        ensure!(lab.number("$('dialog.take').getBoundingClientRect().width").await? <= 390.0);
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn addresses_lie_in_the_folder_that_is_named() -> Result<()> {
    visit("builder-folder", (1280, 800), async |page| {
        page.open("tests/pages/bare.html").await?;
        page.run(
            "document.body.innerHTML = '<momentum-lab embed=\"https://example.org/a/lab\"></momentum-lab>'; load()",
        )
        .await?;
        let lab = Lab::ready(page).await?;
        lab.click("[data-action='embed']").await?;
        lab.wait_for("$('.builder textarea')?.value.includes('\"https://example.org/a/lab/momentum-lab.js\"')")
            .await
    })
    .await
}
