//! The figures beside the plot.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};
use serde_json::json;

const LOSS: &str = "[data-figure='loss'] .layers";
const LOSS_MARKS: &str = "[data-figure='loss'] canvas[data-layer='marks']";

/// Waits until the loss is drawn and can be operated.
async fn ready(lab: &Lab<'_>) -> Result<()> {
    lab.wait_for(&format!("$(`{LOSS}.timed`) !== null")).await
}

#[tokio::test]
async fn a_drag_on_the_loss_moves_the_time_and_the_curve_follows() -> Result<()> {
    visit("chart-drag", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        ready(&lab).await?;
        let chart = lab.rectangle(LOSS).await?;
        let before = lab.pixels_of(LOSS_MARKS).await?;
        page.drag(&[chart.at(0.3, 0.5), chart.at(0.5, 0.5), chart.at(0.7, 0.4)]).await?;
        let dragged = lab.step().await?;
        ensure!((150.0..250.0).contains(&dragged), "step {dragged} at 0.7 of the width");
        ensure!(!lab.eval("lab.readout.playing").await?.as_bool().unwrap_or(true), "it plays");
        page.next_frame().await?;
        lab.pixels_of(LOSS_MARKS).await?.must_differ(&before, "the curve up to the time")?;
        // What is read there: the step and a value for each run.
        let read = lab.text("$(`[data-figure='loss'] .values`).textContent").await?;
        ensure!(read.contains(&format!("step {dragged}")), "{read}");
        ensure!(lab.number("$$(`[data-figure='loss'] .values .dot`).length").await? == 2.0, "runs");
        let dots = lab
            .eval(
                "$$(`[data-figure='loss'] .values .dot`).map((e) =>
                   getComputedStyle(e).backgroundColor)",
            )
            .await?;
        ensure!(dots == json!(["rgb(0, 114, 178)", "rgb(213, 94, 0)"]), "{dots}");
        // Beyond the edge the time stays at the end.
        page.drag(&[
            chart.at(0.5, 0.5),
            chart.at(1.0, 0.5),
            (chart.x + chart.width + 30.0, chart.y),
        ])
        .await?;
        ensure!(lab.step().await? == 300.0, "the end");
        // The press has given it the focus, so that the arrow keys step.
        lab.eval(&format!("$(`{LOSS}`).focus()")).await?;
        page.keys("\u{e012}").await?;
        lab.wait_for("lab.readout.step === 299").await?;
        let said = lab.text(&format!("$(`{LOSS}`).getAttribute('aria-label')")).await?;
        ensure!(said.contains("Momentum ends at") && said.contains("in theory"), "{said}");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_card_shows_one_figure_of_its_choice() -> Result<()> {
    visit("chart-choice", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        ready(&lab).await?;
        ensure!(lab.number("$$(`.figure`).length").await? == 3.0, "three cards");
        let across = lab.pixels_of("[data-figure='across'] canvas[data-layer='ground']").await?;
        lab.eval(
            "((menu) => { menu.value = 'along'; menu.dispatchEvent(new Event('change')) })
             ($(`[data-figure='across'] select`))",
        )
        .await?;
        lab.wait_for("$(`[data-figure='along']`) !== null").await?;
        page.next_frame().await?;
        let along = lab.pixels_of("[data-figure='along'] canvas[data-layer='ground']").await?;
        ensure!(along.covered > 300.0, "nothing is drawn");
        along.must_differ(&across, "the other direction")?;
        // The choice outlives a change of the surface's numbers.
        lab.type_number("surface.kappa", "20").await?;
        ensure!(!lab.eval("$(`[data-figure='along']`)").await?.is_null(), "the choice is lost");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn figures_fold_away_and_stay_so() -> Result<()> {
    visit("chart-fold", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        ready(&lab).await?;
        let height = lab.rectangle(".plot").await?.height;
        lab.click("[data-action='figures']").await?;
        lab.wait_for("$(`.figure`) === null").await?;
        page.next_frame().await?;
        let room = lab.rectangle(".plot").await?.height;
        ensure!(room > height + 100.0, "the plot has {room}, not more than {height}");
        let lab = Lab::open(page).await?;
        page.next_frame().await?;
        ensure!(lab.eval("$(`.figure`)").await?.is_null(), "not remembered");
        lab.click("[data-action='figures']").await?;
        lab.wait_for("$$(`.figure`).length === 3").await?;
        ready(&lab).await?;
        ensure!(lab.pixels_of(LOSS_MARKS).await?.covered > 50.0, "drawn again");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn data_stands_beside_the_parameter_plane() -> Result<()> {
    visit("data", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        ensure!(lab.eval("$(`[data-figure='data']`)").await?.is_null(), "data of a ravine");
        lab.eval("lab.configuration = { surface: 'tanh-neuron', steps: 300 }").await?;
        lab.wait_for("$(`[data-figure='data'] canvas[data-layer='marks']`)?.width > 100").await?;
        page.next_frame().await?;
        let samples = lab.pixels_of("[data-figure='data'] canvas[data-layer='ground']").await?;
        ensure!(samples.covered > 100.0, "no samples");
        let curve = "[data-figure='data'] canvas[data-layer='marks']";
        let before = lab.pixels_of(curve).await?;
        // Both start with the same weights, so that only the first run's curve is seen.
        ensure!(before.count("#0072b2") > 50, "no curve");
        // The curve follows the ball.
        lab.eval("lab.seek(250)").await?;
        lab.wait_for("lab.readout.step === 250").await?;
        let after = lab.pixels_of(curve).await?;
        after.must_differ(&before, "the fitted curve")?;
        ensure!(after.count("#0072b2") > 50 && after.count("#d55e00") > 50, "a curve for each run");
        page.picture("data").await?;
        lab.eval("lab.configuration = { surface: 'ravine' }").await?;
        lab.wait_for("$(`[data-figure='data']`) === null").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_chart_is_read_by_keys() -> Result<()> {
    visit("chart-keys", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        ready(&lab).await?;
        let chart = "$(`[data-figure='loss'] .layers`)";
        lab.wait_for(&format!("{chart}.getAttribute('role') === 'slider'")).await?;
        // Come to by keys.
        page.keys("\u{e004}").await?;
        lab.eval(&format!("{chart}.focus()")).await?;
        lab.wait_for(&format!("{chart}.matches(':focus-visible')")).await?;
        // Right, Page Up, End, Home, Left.
        for (key, step) in [('\u{e014}', 1), ('\u{e00e}', 31), ('\u{e010}', 300), ('\u{e012}', 299),
            ('\u{e011}', 0), ('\u{e012}', 0), ('\u{e014}', 1), ('\u{e00e}', 31)]
        {
            page.keys(&key.to_string()).await?;
            lab.wait_for(&format!("lab.readout.step === {step}")).await?;
            lab.wait_for(&format!(
                "{chart}.getAttribute('aria-valuenow') === '{step}'
                   && {chart}.getAttribute('aria-valuetext').startsWith('step {step};')"
            ))
            .await?;
        }
        // It says the numbers of each run, as they are seen beside the curve.
        let told = lab.text(&format!("{chart}.getAttribute('aria-valuetext')")).await?;
        let values = lab.text("$(`[data-figure='loss'] .values`).textContent").await?;
        let numbers = told.split(['\u{3b}', ' ']).filter(|word| word.contains('.'));
        let mut count = 0;
        for number in numbers {
            count += 1;
            ensure!(values.contains(number), "{told} beside {values}");
        }
        ensure!(count == 2 && told.contains("Momentum") && told.contains("Gradient descent"), "{told}");
        page.picture("chart-keys").await?;
        // Elsewhere the keys are not the chart's.
        page.keys("\u{e004}").await?;
        ensure!(lab.eval("$(`[data-figure='loss'] .values`).hidden").await? == true, "still read");
        // A picture that has no steps along it is none to move in.
        lab.eval("lab.configuration = { surface: 'tanh-neuron' }").await?;
        lab.wait_for("$(`[data-figure='data'] .layers`)?.getAttribute('aria-label')?.length > 10").await?;
        ensure!(
            lab.eval("['role', 'tabindex', 'aria-valuenow'].map((name) => $(`[data-figure='data'] .layers`).getAttribute(name))")
                .await?
                == serde_json::json!(["img", null, null]),
            "data as a slider"
        );
        page.check_errors().await
    })
    .await
}
