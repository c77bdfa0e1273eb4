//! The element on pages under policies, and in browsers that lack something.

use crate::element::Lab;
use crate::host::Host;
use crate::session::{Page, visit};
use anyhow::{Context as _, Result, ensure};
use serde_json::json;

const PAGE: &str = "tests/pages/recorded.html";

/// A map of four minima: how many different cells it has, or what has failed.
const MAP: &str = "const done = arguments[arguments.length - 1];
    document.querySelector('momentum-lab').basins({ width: 24, height: 16, max_steps: 300 })
      .then(({ labels }) => done(new Set(labels).size), (error) => done(String(error)))";

/// Opens the recording page of a host, with the lab of another one.
async fn open<'a>(page: &'a Page, around: &Host, module: &str) -> Result<Lab<'a>> {
    page.open_url(&format!("{}/{PAGE}", around.url())).await?;
    page.run(&format!("import('{module}')")).await?;
    Lab::ready(page).await
}

/// That the lab stands, has its styles and computes a map, and nothing has been complained about.
async fn is_whole(page: &Page, lab: &Lab<'_>) -> Result<()> {
    ensure!(lab.pixels("frame").await?.covered > 1000.0, "nothing is drawn");
    ensure!(lab.text("getComputedStyle($('.plot')).position").await? == "relative", "no styles");
    let map = page.run_async(MAP).await?;
    ensure!(map.as_u64().is_some_and(|labels| labels >= 4), "no map: {map}");
    let complaints = page.run("return complaints").await?;
    ensure!(complaints == json!([]), "{complaints}");
    Ok(())
}

#[tokio::test]
async fn a_page_that_embeds_only_what_allows_it_has_the_whole_lab() -> Result<()> {
    visit("policy-coep", (1000, 800), async |page| {
        let headers = "Cross-Origin-Embedder-Policy: require-corp\r\nCross-Origin-Opener-Policy: same-origin\r\n";
        let around = Host::with_headers(".", headers).await?;
        let files = Host::of(".").await?;
        for host in [&files, &around] {
            // As pages load it: from `import()` WebKit wants a further header here.
            page.open_url(&format!("{}/{PAGE}", around.url())).await?;
            page.run(&format!(
                "document.head.append(Object.assign(document.createElement('script'),
                   {{ type: 'module', src: '{}/momentum-lab.js' }}))",
                host.url()
            ))
            .await?;
            let lab = Lab::ready(page).await?;
            ensure!(page.run("return crossOriginIsolated").await? == true, "no such policy");
            is_whole(page, &lab).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn under_trusted_types_maps_are_computed_and_nothing_complains() -> Result<()> {
    visit("policy-trusted", (1000, 800), async |page| {
        let files = Host::of(".").await?;
        for (headers, workers) in [
            ("Content-Security-Policy: require-trusted-types-for 'script'\r\n", true),
            ("Content-Security-Policy: require-trusted-types-for 'script'; trusted-types momentum-lab\r\n", true),
        ] {
            let around = Host::with_headers(".", headers).await?;
            for host in [&files, &around] {
                let lab = open(page, &around, &format!("{}/momentum-lab.js", host.url())).await?;
                is_whole(page, &lab).await.context(headers)?;
                ensure!((page.run("return workers").await? != json!(0)) == workers, "{headers}: workers");
            }
        }
        // A list in the page itself that has not the lab's name: without workers.
        let around = Host::of(".").await?;
        for host in [&files, &around] {
            page.open_url(&format!("{}/{PAGE}", around.url())).await?;
            page.run(
                "const meta = document.createElement('meta');
                 meta.httpEquiv = 'Content-Security-Policy';
                 meta.content = \"require-trusted-types-for 'script'; trusted-types others\";
                 document.head.append(meta)",
            )
            .await?;
            page.run(&format!("import('{}/momentum-lab.js')", host.url())).await?;
            let lab = Lab::ready(page).await?;
            is_whole(page, &lab).await?;
            let enforced = page.run("return 'trustedTypes' in window").await? == true;
            ensure!(!enforced || page.run("return workers").await? == json!(0), "workers");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_strict_policy_for_styles_is_kept() -> Result<()> {
    visit("policy-styles", (1000, 800), async |page| {
        let around = Host::of(".").await?;
        page.open_url(&format!("{}/{PAGE}", around.url())).await?;
        page.run(
            "const meta = document.createElement('meta');
             meta.httpEquiv = 'Content-Security-Policy';
             meta.content = \"style-src 'none'\";
             document.head.append(meta)",
        )
        .await?;
        page.run(&format!("import('{}/momentum-lab.js')", around.url())).await?;
        let lab = Lab::ready(page).await?;
        is_whole(page, &lab).await
    })
    .await
}

#[tokio::test]
async fn a_page_in_a_sandbox_works_without_what_it_may_not_use() -> Result<()> {
    visit("policy-sandbox", (1000, 800), async |page| {
        let host =
            Host::with_headers(".", "Content-Security-Policy: sandbox allow-scripts\r\n").await?;
        page.open_url(&format!("{}/{PAGE}", host.url())).await?;
        page.run("for (const name of ['remember', 'link', 'embed']) document.querySelector('momentum-lab').setAttribute(name, '')")
            .await?;
        page.run(&format!("import('{}/momentum-lab.js')", host.url())).await?;
        let lab = Lab::ready(page).await?;
        ensure!(page.run("return globalThis.origin").await? == "null", "no sandbox");
        lab.eval("lab.beta = 0.5, lab.seek(20)").await?;
        page.next_frame().await?;
        is_whole(page, &lab).await?;
        // What the lab's own page loads to work without a network.
        let kept = format!(
            "const done = arguments[arguments.length - 1];
             import('{}/xtask/dist/offline.js').then(() => done(complaints), (error) => done(String(error)))",
            host.url()
        );
        ensure!(page.run_async(&kept).await? == json!([]), "the service worker");
        for file in ["index.html", "embed.html#controls=play"] {
            page.open_url(&format!("{}/{file}", host.url())).await?;
            let lab = Lab::ready(page).await?;
            ensure!(lab.pixels("frame").await?.covered > 1000.0, "{file}: nothing is drawn");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn functions_newer_than_the_oldest_browsers_are_not_needed() -> Result<()> {
    visit("policy-older", (1000, 800), async |page| {
        let host = Host::of(".").await?;
        page.open_url(&format!("{}/{PAGE}", host.url())).await?;
        page.run(
            "delete URL.canParse; delete Array.prototype.toSorted; delete Array.prototype.toReversed;
             delete Array.prototype.with; delete Array.prototype.toSpliced; delete Object.groupBy;
             delete Promise.withResolvers; delete AbortSignal.any; delete Array.fromAsync; delete URL.parse;
             delete Promise.try; delete Element.prototype.checkVisibility; delete window.scheduler;
             delete Iterator?.prototype.map; delete Set.prototype.union; delete window.trustedTypes",
        )
        .await?;
        page.run(&format!("import('{}/momentum-lab.js')", host.url())).await?;
        let lab = Lab::ready(page).await?;
        is_whole(page, &lab).await?;
        page.run("window.address = import('/www/frame/embed-address.js')").await?;
        let told = "const done = arguments[arguments.length - 1];
            address.then(({ addressed }) => done(['https://a.example', 'nowhere']
              .map((host) => addressed(`#host=${host}`).complaints.length)))";
        ensure!(page.run_async(told).await? == json!([0, 1]), "what is no origin");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_older_browser_is_told_what_it_lacks_in_words() -> Result<()> {
    visit("policy-oldest", (1000, 800), async |page| {
        let host = Host::of(".").await?;
        for (lacking, name) in [
            ("WebAssembly.validate = () => false", "WebAssembly SIMD"),
            ("delete window.WebAssembly", "WebAssembly SIMD"),
            ("delete Document.prototype.adoptedStyleSheets; delete ShadowRoot.prototype.adoptedStyleSheets", "adoptedStyleSheets"),
            ("const has = CSS.supports; CSS.supports = (...all) => !String(all).includes(':has') && has.apply(CSS, all)", ":has()"),
        ] {
            for (language, words) in [("en", "too old"), ("zh-CN", "\u{7248}\u{672c}\u{8fc7}\u{65e7}")] {
                page.open_url(&format!("{}/{PAGE}", host.url())).await?;
                page.run_on_page(&format!(
                    "document.querySelector('momentum-lab').setAttribute('language', '{language}');
                     {{ {lacking} }}
                     import('{}/momentum-lab.js')",
                    host.url()
                ))
                .await?;
                page.wait_for("document.querySelector('momentum-lab').shadowRoot?.querySelector('[role=alert]')").await?;
                let said = Lab(page).text("$('[role=alert]').textContent").await?;
                let all = [words, name, "111", "121", "16.4"];
                ensure!(all.iter().all(|part| said.contains(part)), "{lacking}: {said}");
            }
        }
        page.picture("oldest").await
    })
    .await
}
