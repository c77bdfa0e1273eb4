//! Larger text than usual, as a reader sets it in the browser.

use crate::element::Lab;
use crate::session::{Page, visit};
use anyhow::{Result, ensure};
use serde_json::json;

/// What the words of the bar and its buttons cover of each other, and how far the page reaches
/// beyond its right edge: all of it is nothing.
const FAULTS: &str = r"(() => {
  const faults = [];
  const box = (e) => e.getBoundingClientRect();
  const bar = box($('.bar'));
  const parts = [...lab.querySelectorAll('.title h1, .title p'), ...$$('.bar button')].filter((e) => e.checkVisibility());
  for (const [index, part] of parts.entries()) {
    const a = box(part);
    if (a.top < bar.top - 1 || a.bottom > bar.bottom + 1) faults.push(`${part.textContent} leaves the bar`);
    for (const other of parts.slice(index + 1)) {
      const b = box(other);
      if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) {
        faults.push(`${part.textContent || part.dataset.action} covers ${other.textContent || other.dataset.action}`);
      }
    }
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push(`${scrollWidth} px wide on ${clientWidth}`);
  return faults.join('\n');
})()";

/// Opens the page in a frame of this size with text of so many pixels.
async fn open<'a>(page: &'a Page, size: (u32, u32), text: u32) -> Result<Lab<'a>> {
    if page.engine == "chromium" {
        let sizes = json!({ "fontSizes": { "standard": text, "fixed": 13 } });
        page.devtools("Page.setFontSizes", sizes).await?;
        return Lab::open_framed(page, size).await;
    }
    // Elsewhere the setting is out of reach; the lab takes it from its frame, whose text has it.
    let lab = Lab::open_framed(page, size).await?;
    lab.eval(&format!(
        "(() => {{ const sheet = new CSSStyleSheet();
           sheet.replaceSync('.frame {{ font-size: {text}px }}');
           lab.shadowRoot.adoptedStyleSheets.push(sheet);
           document.documentElement.style.fontSize = '{text}px'; }})()"
    ))
    .await?;
    Ok(lab)
}

#[tokio::test]
async fn large_text_fits_the_bar_and_a_phone() -> Result<()> {
    visit("large-text", (1280, 900), async |page| {
        for (size, text) in [
            ((1280, 800), 24),
            ((1280, 800), 32),
            ((1000, 800), 24),
            ((700, 800), 24),
            ((390, 844), 20),
            ((390, 844), 24),
            ((390, 844), 32),
            ((320, 700), 24),
        ] {
            let lab = open(page, size, text).await?;
            // The lead beside the title goes by the browser's own setting, which only Chromium changes.
            if page.engine != "chromium" {
                lab.eval("lab.querySelector('.title p').hidden = true").await?;
            }
            page.next_frame().await?;
            let larger = lab.number("parseFloat(getComputedStyle($('.lab')).fontSize)").await?;
            ensure!(larger > 0.6 * f64::from(text), "the text is not larger: {larger}");
            let faults = lab.text(FAULTS).await?;
            page.picture(&format!("text-{}-{text}", size.0)).await?;
            ensure!(faults.is_empty(), "{size:?} with {text} px:\n{faults}");
            page.leave_frame().await?;
        }
        Ok(())
    })
    .await
}
