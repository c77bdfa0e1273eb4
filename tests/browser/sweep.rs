//! Sweeps: a fan of paths in the plot, and each by itself in a figure.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};

#[tokio::test]
async fn a_sweep_is_chosen_and_follows_the_slider() -> Result<()> {
    visit("sweep", (1280, 1000), async |page| {
        let lab = Lab::open(page).await?;
        let alone = lab.pixels("trails").await?;
        lab.eval("$('[part=sweep]').scrollIntoView({ block: 'center' })").await?;
        lab.click("[part='sweep'] summary").await?;
        lab.eval(
            "(menu => { menu.value = 'beta'; menu.dispatchEvent(new Event('change', { bubbles: true })); })
                ($(`select[data-field='sweep']`))",
        )
        .await?;
        lab.wait_for("lab.configuration.sweep === 'beta'").await?;
        lab.wait_for("$(`[data-figure='sweep'] canvas`)").await?;
        page.next_frame().await?;
        let fan = lab.pixels("trails").await?;
        ensure!(fan.covered > 1.5 * alone.covered, "{} pixels of a fan", fan.covered);
        let strip = lab.pixels_of("[data-figure='sweep'] canvas").await?;
        ensure!(strip.covered > 500.0, "the figure is empty");
        page.picture("sweep").await?;
        lab.type_number("runs[0].beta", "0.6").await?;
        lab.wait_for("lab.configuration.runs[0].beta === 0.6").await?;
        page.next_frame().await?;
        lab.pixels("trails").await?.must_differ(&fan, "another momentum")?;
        lab.pixels_of("[data-figure='sweep'] canvas").await?.must_differ(&strip, "its figure")?;
        page.check_errors().await
    })
    .await
}
