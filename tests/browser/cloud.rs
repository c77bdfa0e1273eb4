//! The repeats of a noisy run as a cloud.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};

#[tokio::test]
async fn a_cloud_is_drawn_where_there_is_noise_and_its_spread_is_told() -> Result<()> {
    visit("cloud", (1280, 1000), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval(
            "lab.configuration = { surface: { id: 'ravine', kappa: 6, angle: 20 }, start: [-6, 2],
                steps: 300, noise: 2, runs: [{ id: 'momentum', lr: 0.02, beta: 0.9 }] }",
        )
        .await?;
        lab.eval("lab.seek(250)").await?;
        lab.wait_for("lab.readout.step === 250").await?;
        let alone = lab.pixels("ball").await?;
        lab.eval("$('[part=path]').scrollIntoView({ block: 'center' })").await?;
        lab.click("[part='path'] summary").await?;
        lab.eval("$(`[data-field='cloud']`).scrollIntoView({ block: 'center' })").await?;
        lab.click("[data-field='cloud']").await?;
        lab.wait_for("lab.configuration.cloud === true").await?;
        page.next_frame().await?;
        let cloud = lab.pixels("ball").await?;
        ensure!(cloud.covered > alone.covered + 1000.0, "no cloud");
        let legend = "$$('.legend span').filter((part) => part.checkVisibility())
            .map((part) => part.dataset.part).join()";
        lab.wait_for(&format!("{legend} === 'spread,spread-theory'")).await?;
        lab.eval("$('.damping').scrollIntoView({ block: 'center' })").await?;
        lab.click(".damping summary").await?;
        lab.wait_for("$('.damped').textContent.includes('Spread of 200 repeats')").await?;
        lab.wait_for("$('.damped').textContent.includes('in theory 0.')").await?;
        page.picture("cloud").await?;
        // It moves with the time.
        lab.eval("lab.seek(10)").await?;
        page.next_frame().await?;
        lab.pixels("ball").await?.must_differ(&cloud, "another time")?;
        page.check_errors().await
    })
    .await
}
