//! The package on the pages that `cargo xtask bundlers` has made with real bundlers.

use std::{fs, path::Path};

use crate::element::Lab;
use crate::session::{Page, visit};
use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

/// A map by the element and one by the package's own function: the cells of both.
const MAPS: &str = "const done = arguments[arguments.length - 1];
    const options = { width: 24, height: 16, max_steps: 300 };
    const lab = document.querySelector('momentum-lab');
    Promise.all([lab.basins(options), window.basins(lab.configuration, options), lab.toCSV()])
      .then(([own, other, csv]) => done([new Set(own.labels).size, own.labels.join() === other.labels.join(), csv.length > 100]),
        (error) => done(String(error)))";

#[tokio::test]
#[ignore = "`cargo xtask bundlers` makes the pages and runs it"]
async fn every_page_shows_a_lab_that_computes_maps() -> Result<()> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bundlers/sites.json");
    let sites: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
    let mut failures = Vec::new();
    for site in sites.as_array().context("no list of sites")? {
        let name = site["name"].as_str().context("no name")?;
        match visit(name, (1000, 800), async |page| look(page, site).await).await {
            Ok(()) => println!("{name}: works"),
            Err(error) => failures.push(format!("{name}: {error:#}")),
        }
    }
    ensure!(failures.is_empty(), "{}", failures.join("\n"));
    Ok(())
}

async fn look(page: &Page, site: &Value) -> Result<()> {
    page.open_url(site["url"].as_str().context("no url")?).await?;
    let lab = Lab::ready(page).await?;
    ensure!(lab.pixels("frame").await?.covered > 1000.0, "nothing is drawn");
    ensure!(lab.text("getComputedStyle($('.plot')).position").await? == "relative", "no styles");
    ensure!(lab.eval("lab.start").await? == json!([-3, 1]), "another start");
    if let Some(check) = site["check"].as_str() {
        ensure!(lab.eval(check).await? == true, "not so: {check}");
    }
    page.wait_for("window.basins").await?;
    let maps = page.run_async(MAPS).await?;
    ensure!(maps == json!([maps[0], true, true]) && maps[0].as_u64() >= Some(4), "no maps: {maps}");
    let errors = page.run("return window.__errors ?? []").await?;
    ensure!(errors == json!([]), "{errors}");
    Ok(())
}
