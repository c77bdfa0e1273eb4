//! What is not lost: undo, redo, and the last session after a reload.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};

async fn whole(lab: &Lab<'_>) -> Result<String> {
    lab.text("JSON.stringify(lab.configuration)").await
}

/// Waits until the configuration is this one.
async fn becomes(lab: &Lab<'_>, configuration: &str) -> Result<()> {
    lab.wait_for(&format!("JSON.stringify(lab.configuration) === `{configuration}`")).await
}

#[tokio::test]
async fn drags_and_removals_are_undone_and_redone_one_by_one() -> Result<()> {
    visit("undo", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let first = whole(&lab).await?;
        let off = "$('[data-action=undo]').getAttribute('aria-disabled')";
        ensure!(lab.text(off).await? == "true", "there is something to undo at once");

        lab.drag_slider("runs[0].beta", 0.8).await?;
        lab.wait_for("lab.configuration.runs[0].beta > 0.91").await?;
        let dragged = whole(&lab).await?;
        let start = lab.rectangle(".plot").await?;
        page.drag(&[start.at(0.5, 0.3), start.at(0.55, 0.4), start.at(0.6, 0.3)]).await?;
        lab.wait_for(&format!("JSON.stringify(lab.configuration) !== `{dragged}`")).await?;
        let moved = whole(&lab).await?;
        lab.click("[data-run='0'] [data-action='remove-run']").await?;
        lab.wait_for("lab.configuration.runs.length === 1").await?;
        let removed = whole(&lab).await?;

        // By keys back to the first, one press for each, and on again.
        for before in [&moved, &dragged, &first] {
            page.key_with_ctrl('z', false).await?;
            becomes(&lab, before).await?;
        }
        ensure!(lab.text(off).await? == "true", "there is still something to undo");
        page.key_with_ctrl('z', true).await?;
        becomes(&lab, &dragged).await?;
        page.key_with_ctrl('y', false).await?;
        becomes(&lab, &moved).await?;
        lab.click("[data-action='redo']").await?;
        becomes(&lab, &removed).await?;

        // The first view is one click away, and that is a step as well.
        lab.click("[data-action='reset']").await?;
        becomes(&lab, &first).await?;
        lab.click("[data-action='undo']").await?;
        becomes(&lab, &removed).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_double_click_on_the_plot_leaves_nothing_to_undo() -> Result<()> {
    visit("undo-fit", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let first = whole(&lab).await?;
        let plot = lab.rectangle(".plot").await?;
        // Something for the double click to take back, so that it is seen to happen.
        page.wheel(plot.at(0.5, 0.5), -300).await?;
        lab.wait_for(&format!("JSON.stringify(lab.configuration) !== `{first}`")).await?;
        page.double_click(plot.at(0.6, 0.7)).await?;
        becomes(&lab, &first).await?;
        let off = "$('[data-action=undo]').getAttribute('aria-disabled')";
        lab.wait_for(&format!("{off} === 'true'")).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_reload_goes_on_from_the_last_session() -> Result<()> {
    visit("reload", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.drag_slider("runs[0].beta", 0.8).await?;
        lab.wait_for("lab.configuration.runs[0].beta > 0.91").await?;
        lab.click("[data-run='1'] [data-action='duplicate-run']").await?;
        lab.wait_for("lab.configuration.runs.length === 3").await?;
        lab.eval("lab.seek(25)").await?;
        let before = whole(&lab).await?;
        let lab = Lab::open(page).await?;
        ensure!(whole(&lab).await? == before, "the session is lost");
        lab.wait_for("lab.readout.step === 25").await?;
        // Even if it is left before its address says the last change.
        page.wait_for("location.hash.includes('run=')").await?;
        page.run(
            "window.old = true;
             document.querySelector('momentum-lab').steps = 123;
             location.reload()",
        )
        .await?;
        page.wait_for(
            "!window.old && document.querySelector('momentum-lab')?.hasAttribute('ready')",
        )
        .await?;
        ensure!(lab.eval("lab.configuration.steps").await? == 123, "the last change is lost");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn what_was_kept_and_is_not_valid_is_ignored() -> Result<()> {
    visit("broken-memory", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let first = whole(&lab).await?;
        let broken = [
            "{",
            "null",
            "[]",
            r#"{"version":1}"#,
            r#"{"version":0,"configuration":{"steps":50}}"#,
            r#"{"version":1,"configuration":{"steps":-1}}"#,
            r#"{"version":1,"configuration":{"runs":[{"id":"none"}]}}"#,
        ];
        for text in broken {
            // From another page: this one would write its own on leaving.
            page.open("CHANGELOG.md").await?;
            page.run(&format!("localStorage.setItem('momentum-lab-session', `{text}`)")).await?;
            let lab = Lab::open(page).await?;
            ensure!(whole(&lab).await? == first, "{text} counts");
            page.check_errors().await?;
        }
        // Nor does it matter when the browser keeps nothing at all.
        page.run("Object.defineProperty(Storage.prototype, 'setItem', { value() { throw new Error('full') } })")
            .await?;
        page.run("dispatchEvent(new PageTransitionEvent('pagehide'))").await?;
        page.check_errors().await
    })
    .await
}
