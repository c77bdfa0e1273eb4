//! The figures beside the plot.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};

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
