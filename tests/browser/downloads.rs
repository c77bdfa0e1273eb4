//! Files that do not come: the page says so, and tries again where it says it.

use crate::element::Lab;
use crate::host::Host;
use crate::session::{Page, visit};
use anyhow::{Result, ensure};

/// What the page has logged so far, which is forgotten.
async fn logged(page: &Page) -> Result<String> {
    let said = page.run("return (window.__errors ?? []).splice(0).join()").await?;
    Ok(said.as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_lab_whose_core_does_not_come_is_tried_again_in_its_place() -> Result<()> {
    visit("missing-core", (1280, 800), async |page| {
        for missing in ["momentum_lab_page_bg.wasm", "momentum_lab_page.js"] {
            let host = Host::of(".").await?;
            host.withhold(&[missing]);
            page.open_url(&format!("{}/embed.html#surface=bowl&controls=play", host.url())).await?;
            let lab = Lab(page);
            page.wait_for("document.querySelector('momentum-lab')?.shadowRoot.querySelector('[data-action=again]')").await?;
            let words = lab.text("$('.failure').textContent").await?;
            ensure!(words.contains("could not start") && words.contains("Try again"), "{words}");
            ensure!(lab.eval("lab.hasAttribute('ready')").await? == false);
            // Still missing: said again.
            lab.click("[data-action='again']").await?;
            lab.wait_for("$('[data-action=again]')").await?;
            host.withhold(&[]);
            lab.click("[data-action='again']").await?;
            lab.wait_for("lab.hasAttribute('ready') && lab.configuration.surface.id === 'bowl'").await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn maps_exports_and_the_builder_are_tried_again_in_their_place() -> Result<()> {
    visit("missing-later", (1280, 800), async |page| {
        let host = Host::of(".").await?;
        page.open_url(&format!("{}/index.html", host.url())).await?;
        let lab = Lab::ready(page).await?;
        let cases = [
            ("basin-map.js", "basins", ".basins", "$('.basins .shares, .basins li')"),
            ("take-along.js", "export", ".lab", "$('dialog.take')?.open"),
            ("builder.js", "embed", ".lab", "$('dialog.embed, dialog.builder')?.open"),
        ];
        for (file, action, place, there) in cases {
            host.withhold(&[file]);
            lab.click(&format!("[data-action='{action}']")).await?;
            let again = format!("$('{place} [data-action=try-again]')");
            lab.wait_for(&again).await?;
            // Still missing: said anew, by another button.
            lab.eval(&format!("(({again}).dataset.old = 'old', {again}.click())")).await?;
            lab.wait_for(&format!("{again} && !{again}.dataset.old")).await?;
            host.withhold(&[]);
            lab.eval(&format!("{again}.click()")).await?;
            lab.wait_for(there).await.map_err(|error| error.context(file))?;
            ensure!(
                lab.eval(&format!("Boolean({again})")).await? == false,
                "{file}: the words remain"
            );
            lab.eval("$$('dialog').forEach((dialog) => dialog.close())").await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_page_without_its_scripts_says_so() -> Result<()> {
    visit("missing-scripts", (1280, 800), async |page| {
        let host = Host::of(".").await?;
        for (address, missing) in [
            ("index.html", "www/app/session.js"), ("index.html", "www/pages/start.js"),
            ("embed.html", "www/app/session.js"), ("embed.html", "www/frame/embed.js"),
        ] {
            host.withhold(&[missing]);
            page.open_url(&format!("{}/{address}", host.url())).await?;
            page.wait_for(
                "[...document.querySelectorAll('.fallback')].some((words) => words.getClientRects().length > 0
                   && getComputedStyle(words).visibility === 'visible' && words.textContent.includes('start'))",
            )
            .await
            .map_err(|error| error.context(format!("{address} without {missing}")))?;
            logged(page).await?;
            host.withhold(&[]);
            page.run("location.reload()").await?;
            Lab::ready(page).await?;
        }
        Ok(())
    })
    .await
}
