//! What the page costs: prints the lines of `tests/bench`, and judges none of them.

use crate::session::visit;
use anyhow::{Context as _, Result, ensure};
use std::time::Duration;

#[tokio::test]
#[ignore = "a measurement: `cargo xtask bench` runs it"]
async fn timings() -> Result<()> {
    visit("bench", (1280, 900), async |page| {
        page.open("tests/bench/index.html").await?;
        page.wait_longer("window.timings !== undefined", Duration::from_secs(240)).await?;
        let timings = page.run("return window.timings").await?;
        let lines = timings.as_array().with_context(|| format!("no timings: {timings}"))?;
        ensure!(!lines.is_empty(), "nothing was measured");
        for line in lines {
            let text = |index: usize| line[index].as_str().unwrap_or_default();
            println!("{:<80} {:>12}  {}", text(0), text(1), text(2));
        }
        page.check_errors().await
    })
    .await
}
