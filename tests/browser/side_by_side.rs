//! Runs beside one another: duplicated, hidden, and with one learning rate.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};

const COUNT: &str = "lab.configuration.runs.length";

fn of_run(index: usize, button: &str) -> String {
    format!("[data-run='{index}'] [data-action='{button}']")
}

#[tokio::test]
async fn a_run_is_duplicated_with_all_its_settings() -> Result<()> {
    visit("duplicate", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.type_number("runs[0].beta", "0.7").await?;
        lab.wait_for("lab.configuration.runs[0].beta === 0.7").await?;
        lab.click(&of_run(0, "duplicate-run")).await?;
        lab.wait_for(&format!("{COUNT} === 3")).await?;
        let run = |index: usize| format!("JSON.stringify(lab.configuration.runs[{index}])");
        ensure!(lab.text(&run(0)).await? == lab.text(&run(2)).await?, "the copy differs");
        // The copy goes its own way.
        lab.type_number("runs[2].beta", "0.3").await?;
        lab.wait_for("lab.configuration.runs[2].beta === 0.3").await?;
        ensure!(lab.number("lab.configuration.runs[0].beta").await? == 0.7, "the first has changed");
        // As many as there may be: then there is no adding, and no two cards look alike.
        for count in 4..=12 {
            lab.click(&of_run(0, "duplicate-run")).await?;
            lab.wait_for(&format!("{COUNT} === {count}")).await?;
        }
        let shown = "$$('[data-action=duplicate-run], [data-action=add-run]').filter((e) => !e.hidden).length";
        ensure!(lab.number(shown).await? == 0.0, "a thirteenth run is offered");
        let looks = "new Set($$('.run').map((e) => e.style.getPropertyValue('--accent')
            + e.querySelector('.swatch path').getAttribute('stroke-dasharray'))).size";
        ensure!(lab.number(looks).await? == 12.0, "two runs look alike");
        let open = "$$('.run')[0].querySelectorAll('.settings > .control').length";
        ensure!(lab.number(open).await? == 2.0, "cards of a long list are not compact");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_hidden_run_leaves_the_picture_and_comes_back() -> Result<()> {
    visit("hide", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.seek(40)").await?;
        lab.wait_for("lab.readout.step === 40").await?;
        let (trails, balls) = (lab.pixels("trails").await?, lab.pixels("ball").await?);
        let place = lab.position(1).await?;

        lab.click(&of_run(1, "show-run")).await?;
        lab.wait_for("lab.configuration.runs[1].visible === false").await?;
        page.next_frame().await?;
        let (less, fewer) = (lab.pixels("trails").await?, lab.pixels("ball").await?);
        ensure!(less.covered < trails.covered, "the trail is still drawn");
        ensure!(fewer.covered < balls.covered, "the ball is still drawn");
        ensure!(lab.position(1).await? == place, "a hidden run is not kept");
        let sentence = lab.text("$('.stage').innerText").await?;
        ensure!(!sentence.contains("Gradient descent"), "it is still spoken of: {sentence}");

        lab.click(&of_run(1, "show-run")).await?;
        lab.wait_for("lab.configuration.runs[1].visible === true").await?;
        page.next_frame().await?;
        // Drawn at once, not piece by piece as before: a few pixels at the joints differ.
        let again = lab.pixels("trails").await?.covered;
        ensure!((again - trails.covered).abs() < 0.01 * again, "the trail has not come back");
        ensure!(less.covered < 0.95 * again, "a hidden trail was a matter of joints");
        ensure!(lab.pixels("ball").await? == balls, "the ball has not come back");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn learning_rates_are_locked_where_they_mean_the_same() -> Result<()> {
    visit("lock", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { ...lab.configuration, runs: [...lab.configuration.runs, { id: 'adam' }] }")
            .await?;
        lab.wait_for(&format!("{COUNT} === 3")).await?;
        let notes = "$$('.note').filter((e) => !e.hidden).length";
        ensure!(lab.number(notes).await? == 0.0, "a card speaks of a lock there is not");
        let adam = lab.number("lab.configuration.runs[2].lr").await?;
        lab.click("[data-field='lock_lr']").await?;
        lab.wait_for("lab.configuration.lock_lr === true").await?;
        ensure!(lab.number(notes).await? == 1.0, "nothing says that Adam's means something else");
        let lr = "lab.configuration.runs[1].lr";
        ensure!(lab.number(lr).await? == 0.0078, "what is locked is not the same");

        lab.drag_slider("runs[1].lr", 0.4).await?;
        lab.wait_for("lab.configuration.runs[0].lr === lab.configuration.runs[1].lr").await?;
        ensure!(lab.number("lab.configuration.runs[2].lr").await? == adam, "Adam's has changed");

        // One step brings both back.
        lab.click("[data-action='undo']").await?;
        lab.wait_for("lab.configuration.runs[0].lr === 0.0078").await?;
        ensure!(lab.number(lr).await? == 0.0078, "only one came back");
        lab.click("[data-action='undo']").await?;
        lab.wait_for(&format!("!lab.configuration.lock_lr && {lr} === 0.031")).await?;

        // What is added suits the surface.
        lab.eval("lab.configuration = { runs: ['momentum', 'adam'] }").await?;
        let unsuited = lab.number(lr).await?;
        lab.eval("lab.configuration = { runs: ['momentum', 'gd', 'nesterov'] }").await?;
        while lab.eval("lab.configuration.runs.some(({ id }) => id === 'adam')").await? != true {
            let count = lab.number("lab.configuration.runs.length").await?;
            lab.click("[data-action='add-run']").await?;
            lab.wait_for(&format!("lab.configuration.runs.length === {count} + 1")).await?;
        }
        let suited = lab.number("lab.configuration.runs.find(({ id }) => id === 'adam').lr").await?;
        ensure!(suited > 10.0 * unsuited, "Adam is added at {suited}");
        page.check_errors().await
    })
    .await
}
