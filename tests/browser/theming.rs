//! What a page around may say of the element's look.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};
use serde_json::json;

#[tokio::test]
async fn a_page_styles_the_element_by_properties_and_parts() -> Result<()> {
    visit("theming", (1100, 800), async |page| {
        page.open("tests/pages/bare.html").await?;
        page.run(
            "const style = document.createElement('style');
             style.textContent = `momentum-lab {
                 --momentum-lab-font: monospace; --momentum-lab-radius: 3px; --momentum-lab-accent: rgb(1, 2, 3);
               }
               momentum-lab::part(plot) { outline: 5px solid rgb(4, 5, 6) }
               momentum-lab::part(sentence) { color: rgb(7, 8, 9) }`;
             document.head.append(style);
             document.body.append(document.createElement('momentum-lab'));
             load()",
        )
        .await?;
        let lab = Lab(page);
        lab.wait_for("lab.hasAttribute('ready')").await?;
        let look = lab
            .eval(
                "((look) => [look('.plot').outlineColor, look('.sentence').color, look('.sentence').fontFamily,
                   look('.lab').getPropertyValue('--radius').trim(), look('.lab').getPropertyValue('--focus').trim()])(
                 (selector) => getComputedStyle($(selector)))",
            )
            .await?;
        let expected = json!(["rgb(4, 5, 6)", "rgb(7, 8, 9)", "monospace", "3px", "rgb(1, 2, 3)"]);
        ensure!(look == expected, "{look}");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_element_follows_the_scheme_that_the_reader_prefers() -> Result<()> {
    visit("scheme", (1100, 800), async |page| {
        page.open("tests/pages/bare.html").await?;
        // A reader whose preference changes while the page is open.
        page.run(
            "const asked = window.matchMedia.bind(window);
             const scheme = Object.assign(new EventTarget(), { matches: true });
             window.matchMedia = (query) => (/prefers-color-scheme: *dark/.test(query) ? scheme : asked(query));
             window.prefer = (dark) => { scheme.matches = dark; scheme.dispatchEvent(new Event('change')); };
             document.body.append(document.createElement('momentum-lab'));
             load()",
        )
        .await?;
        let lab = Lab(page);
        lab.wait_for("lab.hasAttribute('ready') && lab.dataset.theme === 'dark'").await?;
        let dark = lab.pixels("frame").await?;
        page.run("prefer(false)").await?;
        lab.wait_for("lab.dataset.theme === 'light'").await?;
        page.next_frame().await?;
        dark.must_differ(&lab.pixels("frame").await?, "another scheme")
    })
    .await
}

#[tokio::test]
async fn labs_of_one_page_share_one_module() -> Result<()> {
    visit("shared-module", (1100, 800), async |page| {
        page.open("tests/pages/bare.html").await?;
        page.run(
            "document.body.style.display = 'flex';
             for (let i = 0; i < 3; i++) document.body.append(document.createElement('momentum-lab'));
             for (const lab of document.querySelectorAll('momentum-lab')) {
               lab.setAttribute('controls', 'play');
               lab.style.inlineSize = '330px';
             }
             load()",
        )
        .await?;
        page.wait_for("document.querySelectorAll('momentum-lab[ready]').length === 3").await?;
        let fetched = page
            .run(
                "return performance.getEntriesByType('resource')
                   .filter(({ name }) => /[.]wasm$/.test(new URL(name).pathname)).length",
            )
            .await?;
        ensure!(fetched == json!(1), "{fetched} modules");
        page.check_errors().await
    })
    .await
}
