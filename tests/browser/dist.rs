//! What `cargo xtask dist` writes: the site, the one file, the package.

use std::path::Path;

use crate::element::Lab;
use crate::host::Host;
use crate::session::{Page, visit};
use anyhow::{Context as _, Result, ensure};
use serde_json::json;

/// A map by workers, or in their stead by the page: the labels that it has.
const MAP: &str = "const done = arguments[arguments.length - 1];
    document.querySelector('momentum-lab').basins({ width: 24, height: 16, max_steps: 300 })
      .then(({ labels }) => done([...labels]), (error) => done(String(error)))";

/// Shows Himmelblau's function and computes its map; by workers, or it fails.
async fn map(page: &Page) -> Result<Vec<u64>> {
    page.run(
        "window.answers ??= 0;
         window.Worker = class extends Worker {
           constructor(...rest) {
             super(...rest);
             this.addEventListener('message', () => window.answers++);
           }
         };
         document.querySelector('momentum-lab').configuration =
           { surface: 'himmelblau', runs: [{ id: 'momentum', lr: 0.01 }] }",
    )
    .await?;
    let labels = page.run_async(MAP).await?;
    ensure!(page.run("return window.answers > 0").await? == true, "no worker has computed");
    let labels = labels.as_array().with_context(|| format!("no map: {labels}"))?;
    Ok(labels.iter().filter_map(serde_json::Value::as_u64).collect())
}

/// Whether each of the four minima has its cells.
fn is_of_himmelblau(labels: &[u64]) -> bool {
    labels.len() == 24 * 16 && (0..4).all(|minimum| labels.contains(&minimum))
}

#[tokio::test]
async fn the_site_loads_little_at_first_and_keeps_its_policy() -> Result<()> {
    visit("dist-site", (1280, 800), async |page| {
        page.open("dist/index.html").await?;
        let lab = Lab::ready(page).await?;
        let policy = "document.querySelector('meta[http-equiv=Content-Security-Policy]').content";
        let policy = lab.text(policy).await?;
        ensure!(policy.contains("script-src 'self' 'wasm-unsafe-eval';"), "{policy}");
        ensure!(policy.contains("style-src 'self';"), "{policy}");
        let whole = "performance.getEntriesByType('resource')
            .filter(({ name }) => name.includes('momentum_lab_bg')).length";
        ensure!(lab.number(whole).await? == 0.0, "the whole core is loaded before it is needed");
        ensure!(is_of_himmelblau(&map(page).await?), "no map of Himmelblau's function");
        ensure!(lab.number(whole).await? == 1.0, "the whole core is not what computes maps");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_builder_works_under_the_policy() -> Result<()> {
    visit("dist-builder", (1280, 800), async |page| {
        page.open("dist/index.html").await?;
        let lab = Lab::ready(page).await?;
        lab.click("[data-action='embed']").await?;
        lab.wait_for("$('dialog.builder momentum-lab')?.hasAttribute('ready')").await?;
        lab.click(".builder [name='height']").await?;
        page.keys("333").await?;
        lab.wait_for("$('dialog.builder momentum-lab').offsetHeight === 333").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_page_for_frames_keeps_the_policy() -> Result<()> {
    visit("dist-embed", (800, 600), async |page| {
        page.open("dist/embed.html#surface=himmelblau&run=momentum,lr:0.01&controls=play").await?;
        let lab = Lab::ready(page).await?;
        ensure!(lab.text("lab.configuration.surface.id").await? == "himmelblau", "another surface");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_site_works_when_the_network_has_gone() -> Result<()> {
    visit("dist-offline", (1280, 800), async |page| {
        let host = Host::of("dist").await?;
        let address = format!("{}/", host.url());
        page.open_url(&address).await?;
        Lab::ready(page).await?;
        page.wait_for("navigator.serviceWorker.controller").await?;
        drop(host);
        page.open_url("about:blank").await?;
        page.open_url(&address).await?;
        Lab::ready(page).await?;
        ensure!(is_of_himmelblau(&map(page).await?), "no map without a network");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_one_file_opens_from_disk() -> Result<()> {
    visit("dist-file", (1280, 800), async |page| {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist/momentum-lab.html");
        let file = file.canonicalize().context("no dist/momentum-lab.html")?;
        page.open_url(&format!("file://{}", file.display())).await?;
        let lab = Lab::ready(page).await?;
        ensure!(is_of_himmelblau(&map(page).await?), "no map from disk");
        let fetched = "performance.getEntriesByType('resource')
            .map(({ name }) => name).filter((name) => !/^(data|blob):/.test(name))";
        let fetched = lab.eval(fetched).await?;
        ensure!(fetched == json!([]), "the file wants others: {fetched}");
        lab.eval("lab.language = 'zh-CN', lab.setAttribute('language', 'zh-CN')").await?;
        lab.wait_for("$('.lab').lang === 'zh-CN'").await
    })
    .await
}

#[tokio::test]
async fn the_element_comes_from_another_origin() -> Result<()> {
    visit("dist-origin", (1280, 800), async |page| {
        let host = Host::of("dist").await?;
        page.open("CHANGELOG.md").await?;
        page.run(&format!(
            "document.body.replaceChildren(document.createElement('momentum-lab'),
               Object.assign(document.createElement('script'),
                 {{ type: 'module', src: '{}/momentum-lab.js' }}))",
            host.url()
        ))
        .await?;
        Lab::ready(page).await?;
        // Workers of another origin are forbidden: they are the page's own, and borrow the script.
        ensure!(is_of_himmelblau(&map(page).await?), "no map from another origin");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_package_goes_through_a_bundler() -> Result<()> {
    visit("dist-vite", (1280, 800), async |page| {
        page.open("tests/output/vite/index.html").await?;
        Lab::ready(page).await?;
        ensure!(is_of_himmelblau(&map(page).await?), "no map in what Vite made");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_package_works_without_a_bundler() -> Result<()> {
    visit("dist-npm", (1280, 800), async |page| {
        page.open("tests/pages/bare.html").await?;
        page.run(
            "document.body.append(document.createElement('momentum-lab'));
             import('/dist/npm/element/momentum-lab.js')",
        )
        .await?;
        Lab::ready(page).await?;
        ensure!(is_of_himmelblau(&map(page).await?), "no map from the package");
        page.check_errors().await
    })
    .await
}
