//! The element before it is ready, and after it has been taken away.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};

#[tokio::test]
async fn a_wrong_configuration_assigned_early_is_told_and_harms_nothing() -> Result<()> {
    visit("early-nonsense", (1000, 800), async |page| {
        page.open("tests/pages/bare.html").await?;
        page.run(
            "const lab = document.createElement('momentum-lab');
             document.body.append(lab);
             load().then(() => lab.configuration = { surface: 'bowl', runs: [{ id: 'momentum', beta: 7 }] })",
        )
        .await?;
        let lab = Lab(page);
        lab.wait_for("lab.hasAttribute('ready')").await?;
        let told = lab.text("$('[part~=complaint]').textContent").await?;
        ensure!(told.contains("beta") && told.contains('7'), "{told}");
        ensure!(lab.text("lab.configuration.surface.id").await? != "bowl", "half of it counts");
        lab.eval("lab.configuration = { surface: 'bowl' }").await?;
        ensure!(lab.text("lab.configuration.surface.id").await? == "bowl");
        // Put in again, it has got over it.
        page.run("const lab = document.querySelector('momentum-lab'); lab.remove(); document.body.append(lab)")
            .await?;
        lab.wait_for("lab.hasAttribute('ready')").await?;
        ensure!(lab.text("lab.configuration.surface.id").await? == "bowl");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_lab_taken_away_while_it_presents_comes_back_in_its_place() -> Result<()> {
    visit("presenting-away", (1000, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.click("[data-action='present']").await?;
        lab.wait_for("lab.hasAttribute('presenting')").await?;
        page.run("const lab = document.querySelector('momentum-lab'); lab.remove(); document.body.append(lab)")
            .await?;
        lab.wait_for("lab.hasAttribute('ready')").await?;
        // Browsers leave the full screen in their own time.
        lab.wait_for("!lab.hasAttribute('presenting') && getComputedStyle(lab).position !== 'fixed'")
            .await?;
        page.check_errors().await
    })
    .await
}
