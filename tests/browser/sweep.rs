//! Sweeps: a fan of paths in the plot, and each by itself in a figure.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};

/// Chooses from a menu.
async fn choose(lab: &Lab<'_>, field: &str, option: &str) -> Result<()> {
    lab.eval(&format!(
        "(menu => {{ menu.value = '{option}';
           menu.dispatchEvent(new Event('change', {{ bubbles: true }})); }})
           ($(`select[data-field='{field}']`))"
    ))
    .await?;
    lab.wait_for(&format!("lab.configuration.{field} === '{option}'")).await
}

#[tokio::test]
async fn a_sweep_is_chosen_and_follows_the_slider() -> Result<()> {
    visit("sweep", (1280, 1000), async |page| {
        let lab = Lab::open(page).await?;
        let alone = lab.pixels("trails").await?;
        lab.eval("$('[part=sweep]').scrollIntoView({ block: 'center' })").await?;
        lab.click("[part='sweep'] summary").await?;
        choose(&lab, "sweep", "beta").await?;
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

        // Of the learning rate and of the surface's condition number too.
        choose(&lab, "sweep", "none").await?;
        page.next_frame().await?;
        let alone = lab.pixels("trails").await?;
        let mut seen = lab.pixels("trails").await?;
        for parameter in ["lr", "kappa"] {
            choose(&lab, "sweep", parameter).await?;
            page.next_frame().await?;
            let fan = lab.pixels("trails").await?;
            ensure!(
                fan.covered > 1.1 * alone.covered,
                "{} pixels for {parameter}, {} alone",
                fan.covered,
                alone.covered
            );
            fan.must_differ(&seen, parameter)?;
            seen = fan;
        }
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn what_there_is_not_cannot_be_swept() -> Result<()> {
    visit("sweep-nothing", (1280, 1000), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { surface: 'ravine', runs: ['momentum'], sweep: 'kappa' }")
            .await?;
        let closed = "$$(`select[data-field='sweep'] option`).filter((e) => e.disabled)
            .map((e) => e.value).join()";
        let told = "!$('[part=sweep] .note').hidden";
        lab.wait_for("$(`[data-figure='sweep'] canvas`)").await?;
        ensure!(lab.text(closed).await?.is_empty(), "a ravine's runs have all three");
        ensure!(lab.eval(told).await? == false, "there are paths");

        // Another surface has no condition number: why there are no paths is said.
        choose(&lab, "surface.id", "himmelblau").await?;
        lab.wait_for(told).await?;
        ensure!(lab.text(closed).await? == "kappa", "{}", lab.text(closed).await?);
        ensure!(lab.text("lab.configuration.sweep").await? == "kappa", "nothing is forgotten");
        choose(&lab, "sweep", "beta").await?;
        lab.wait_for(&format!("!({told})")).await?;
        choose(&lab, "runs[0].id", "gd").await?;
        lab.wait_for(told).await?;
        ensure!(lab.text(closed).await? == "beta,kappa", "descent has no momentum");
        page.check_errors().await
    })
    .await
}
