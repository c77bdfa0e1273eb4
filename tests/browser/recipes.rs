//! What docs/embedding.md shows, in pages of another origin.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};
use serde_json::json;

#[tokio::test]
async fn one_attribute_says_all_of_a_configuration() -> Result<()> {
    visit("whole", (1280, 800), async |page| {
        page.open("tests/pages/bare.html").await?;
        page.run(
            "window.warnings = [];
             console.warn = (...values) => warnings.push(values.join(' '));
             document.body.innerHTML = `<momentum-lab lr=0.01 configuration='surface=ravine&amp;kappa=40&amp;kapa=3&amp;run=momentum,lr:0.02,beta:0.8&amp;run=gd,lr:0.03'></momentum-lab>`;
             load()",
        )
        .await?;
        let lab = Lab::ready(page).await?;
        let chosen = "[lab.kappa, lab.configuration.runs.map(({ id, lr }) => [id, lr])]";
        // An attribute for a field counts more.
        let expected = json!([40, [["momentum", 0.01], ["gd", 0.03]]]);
        ensure!(lab.eval(chosen).await? == expected, "{}", lab.eval(chosen).await?);
        ensure!(lab.text("$('.complaint').textContent").await? == "configuration: kapa: no such field");
        let warnings = "warnings.filter((text) => text.includes('configuration: kapa: no such field')).length";
        ensure!(lab.number(warnings).await? == 1.0);
        ensure!(lab.text("$('[data-action=undo]').getAttribute('aria-disabled')").await? == "true");

        // Another one counts as a whole, and what the reader does is no attribute.
        lab.drag_slider("runs[0].beta", 0.9).await?;
        lab.eval("lab.setAttribute('configuration', 'surface=bowl')").await?;
        lab.wait_for("lab.configuration.surface.id === 'bowl' && lab.lr === 0.01").await?;
        lab.wait_for("$('.complaint').textContent === ''").await?;
        // Without it there are the defaults.
        lab.eval("lab.removeAttribute('configuration')").await?;
        lab.wait_for("lab.configuration.surface.id !== 'bowl'").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_property_counts_more_than_the_attribute_of_its_name() -> Result<()> {
    visit("whole-property", (1280, 800), async |page| {
        page.open("tests/pages/bare.html").await?;
        page.run(
            "const lab = document.createElement('momentum-lab');
             lab.setAttribute('configuration', 'surface=bowl');
             lab.configuration = { surface: 'himmelblau' };
             document.body.append(lab);
             load()",
        )
        .await?;
        let lab = Lab::ready(page).await?;
        ensure!(lab.text("lab.surface").await? == "himmelblau");
        page.check_errors().await
    })
    .await
}
