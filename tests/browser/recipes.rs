//! What docs/embedding.md shows, in pages of another origin.

use crate::element::Lab;
use crate::host::Host;
use crate::session::{Page, visit};
use anyhow::{Context as _, Result, ensure};
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

const DOCS: &str = include_str!("../../docs/embedding.md");
const SITE: &str = "https://example.org/momentum-lab";

/// The blocks of a language, with the addresses of a host in them; those within another block too.
fn snippets(language: &str, host: &Host) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = DOCS.lines();
    while let Some(line) = lines.next() {
        if line == format!("```{language}") {
            let block: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
            found.push(block.join("\n").replace(SITE, &host.url()));
        }
    }
    found
}

/// What stands on a page before a snippet is put into it: what it speaks of, and stand-ins for
/// Observable's.
const AROUND: &str = "
    window.heard = [];
    addEventListener('message', ({ data }) => heard.push(data?.type));
    window.html = ([text]) => document.createRange().createContextualFragment(text).firstElementChild;
    window.display = (element) => { document.body.append(element); return element };
    window.put = (text) => document.body.append(document.createRange().createContextualFragment(text));";

/// Opens an empty page of another origin.
async fn foreign(page: &Page) -> Result<()> {
    page.open("tests/pages/bare.html").await?;
    page.run(AROUND).await.map(|_| ())
}

/// Waits until all labs are ready, in the page and in its frames.
async fn all_ready(page: &Page) -> Result<()> {
    page.wait_for(
        "[...document.querySelectorAll('momentum-lab')].every((lab) => lab.hasAttribute('ready'))
           && heard.filter((type) => type === 'ready').length === document.querySelectorAll('iframe').length",
    )
    .await
}

#[tokio::test]
async fn every_snippet_of_html_runs_on_another_page() -> Result<()> {
    visit("recipes-html", (1280, 900), async |page| {
        let host = Host::of(".").await?;
        let mut all = snippets("html", &host);
        all.extend(snippets("{=html}", &host));
        ensure!(all.len() == 8, "{} snippets", all.len());
        for text in all {
            foreign(page).await?;
            // One that shows an element alone needs what another has loaded.
            if !text.contains("<script") {
                page.run(&format!("import('{}/momentum-lab.js')", host.url())).await?;
            }
            page.run(&format!("put({})", json!(text))).await?;
            // As slides do when they are shown.
            page.run(
                "for (const frame of document.querySelectorAll('iframe[data-src]')) frame.src = frame.dataset.src",
            )
            .await?;
            all_ready(page).await.with_context(|| text.clone())?;
            if text.contains("kappa") {
                let labs = "document.querySelectorAll('momentum-lab, iframe').length";
                ensure!(page.run(&format!("return {labs}")).await? == json!(1), "{text}");
            }
            ensure!(!page.run("return heard").await?.to_string().contains("error"), "{text}");
            page.check_errors().await.with_context(|| text)?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn every_snippet_of_javascript_runs_on_another_page() -> Result<()> {
    visit("recipes-js", (1280, 900), async |page| {
        let host = Host::of(".").await?;
        let all = snippets("js", &host);
        ensure!(all.len() == 5, "{} snippets", all.len());
        for text in all {
            foreign(page).await?;
            // What they speak of: a lab, or a frame with one.
            let around = if text.contains("iframe") {
                format!("<iframe title=lab src='{}/embed.html#controls=play'></iframe>", host.url())
            } else if text.contains("display") {
                String::new()
            } else {
                format!(
                    "<script type=module src='{}/momentum-lab.js'></script><momentum-lab></momentum-lab>",
                    host.url()
                )
            };
            page.run(&format!("put({})", json!(around))).await?;
            page.run("window.lab = document.querySelector('momentum-lab')").await?;
            if around.contains("momentum-lab>") {
                all_ready(page).await?;
            }
            let script = format!("{text}\nwindow.done = true");
            page.run(&format!(
                "document.body.append(Object.assign(document.createElement('script'), {{ type: 'module', text: {} }}))",
                json!(script)
            ))
            .await?;
            page.wait_for("window.done").await.with_context(|| text.clone())?;
            all_ready(page).await.with_context(|| text.clone())?;
            if text.contains("rosenbrock") {
                ensure!(page.run("return [lab.surface, lab.optimizer]").await? == json!(["rosenbrock", "momentum adam"]));
            }
            page.check_errors().await.with_context(|| text)?;
        }
        Ok(())
    })
    .await
}

/// The text between two others.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Result<&'a str> {
    let (_, rest) = text.split_once(before).with_context(|| format!("no {before}"))?;
    Ok(rest.split_once(after).with_context(|| format!("no {after}"))?.0)
}

#[tokio::test]
async fn a_notebook_shows_what_its_cells_give() -> Result<()> {
    visit("recipes-notebook", (1000, 900), async |page| {
        let host = Host::of(".").await?;
        let cells = snippets("python", &host);
        ensure!(cells.len() == 2, "{} cells", cells.len());
        // What IPython writes for an IFrame, and how JupyterLab shows HTML: in a div of a page with
        // styles of its own, with the scripts made anew.
        let frame = format!(
            "<iframe width=\"640\" height=\"560\" src=\"{}\" frameborder=\"0\" allowfullscreen></iframe>",
            between(&cells[0], "address = \"", "\"")?
        );
        let markup = between(&cells[1], "HTML(\"\"\"", "\"\"\")")?;
        foreign(page).await?;
        page.run(&format!(
            "put(`<style>.output {{ font: 11px/1 monospace; white-space: pre }} .output * {{ box-sizing: content-box; max-width: 100% }}
               .output button, .output input {{ display: none }}</style>`);
             for (const html of [{}, {}]) {{
               const output = document.createElement('div');
               output.className = 'output';
               output.innerHTML = html;
               document.body.append(output);
               for (const old of output.querySelectorAll('script')) {{
                 const made = document.createElement('script');
                 for (const {{ name, value }} of old.attributes) made.setAttribute(name, value);
                 made.textContent = old.textContent;
                 old.replaceWith(made);
               }}
             }}
             document.querySelector('momentum-lab').scrollIntoView()",
            json!(frame),
            json!(markup)
        ))
        .await?;
        all_ready(page).await?;
        let lab = Lab(page);
        ensure!(lab.eval("[lab.surface, lab.kappa, lab.lr, lab.beta]").await? == json!(["ravine", 40, 0.02, 0.9]));
        ensure!(lab.eval("$('.play').checkVisibility()").await? == true);
        page.check_errors().await?;
        page.enter_frame().await?;
        let there = Lab::ready(page).await?;
        ensure!(there.eval("[lab.surface, lab.kappa, lab.lr, lab.beta]").await? == json!(["ravine", 40, 0.02, 0.9]));
        ensure!(there.eval("lab.hasAttribute('lock')").await? == true);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_untrusted_notebook_shows_a_link_in_place_of_the_lab() -> Result<()> {
    visit("recipes-untrusted", (1000, 900), async |page| {
        let host = Host::of(".").await?;
        let cells = snippets("python", &host);
        let markup = between(&cells[1], "HTML(\"\"\"", "\"\"\")")?;
        // Markdown stays as it is. Of HTML, Jupyter keeps the tags that it knows and the text in all but scripts and
        // frames; it takes no attributes but a few, an address of a link among them.
        let link = between(&cells[0], "Markdown(f\"", "\")")?;
        let address = between(&cells[0], "address = \"", "\"")?;
        foreign(page).await?;
        let kept = page
            .run(&format!(
                "const put = (html) => {{
                   const output = document.createElement('div');
                   output.innerHTML = html;
                   for (const gone of output.querySelectorAll('script, iframe')) gone.remove();
                   for (const tag of output.querySelectorAll('momentum-lab')) tag.replaceWith(...tag.childNodes);
                   for (const link of output.querySelectorAll('a')) link.removeAttribute('slot');
                   document.body.append(output);
                 }};
                 put({}.replace(/\\[(.*)\\]\\((.*)\\)/, '<p><a href=\"$2\">$1</a></p>').replace('{{address}}', {}));
                 put({});
                 return [...document.querySelectorAll('a')].map((link) => [link.textContent, link.href, link.getClientRects().length])",
                json!(link),
                json!(address),
                json!(markup)
            ))
            .await?;
        let links = kept.as_array().context("links")?;
        ensure!(links.len() == 2, "{kept}");
        for link in links {
            ensure!(link[0] == "Momentum in a ravine" && link[2] == 1, "{kept}");
            let address = link[1].as_str().unwrap_or_default();
            ensure!(address.starts_with(&host.url()) && address.contains("kappa=40"), "{kept}");
            // The link shows what the cell would have shown.
            page.open_url(address).await?;
            let lab = Lab::ready(page).await?;
            ensure!(lab.eval("[lab.surface, lab.kappa, lab.lr]").await? == json!(["ravine", 40, 0.02]));
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_lab_on_a_slide_that_is_hidden_at_first_is_there_when_it_is_shown() -> Result<()> {
    visit("recipes-slide", (1000, 700), async |page| {
        let host = Host::of(".").await?;
        foreign(page).await?;
        page.run(&format!(
            "put(`<section id=one><h2>One</h2></section><section id=two style='display: none'>
               <script type=module src='{}/momentum-lab.js'></scr` + `ipt>
               <momentum-lab surface=himmelblau controls=play></momentum-lab></section>`)",
            host.url()
        ))
        .await?;
        page.wait_for("customElements.get('momentum-lab')").await?;
        page.next_frame().await?;
        ensure!(page.run("return document.querySelector('momentum-lab').hasAttribute('ready')").await? == false);
        let turn = |from: &str, to: &str| {
            format!("document.querySelector('#{from}').style.display = 'none'; document.querySelector('#{to}').style.display = 'block'")
        };
        page.run(&turn("one", "two")).await?;
        let lab = Lab::ready(page).await?;
        ensure!(lab.pixels("frame").await?.covered > 1000.0, "nothing is drawn");
        lab.eval("lab.step(5)").await?;
        page.run(&turn("two", "one")).await?;
        page.next_frame().await?;
        page.run(&turn("one", "two")).await?;
        lab.wait_for("lab.readout.step === 5").await?;
        page.check_errors().await
    })
    .await
}
