//! Films of the plot, beside what `export.rs` looks at.

use crate::element::Lab;
use crate::export::{asked, recorder};
use crate::session::visit;
use anyhow::{Result, ensure};

#[tokio::test]
async fn a_film_keeps_time_however_far_its_frames_are_apart() -> Result<()> {
    visit("export-slow-film", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        page.run(&recorder(5000)).await?;
        // Two seconds of film, and half a second from each frame to the next.
        lab.eval("lab.configuration = { surface: 'bowl', steps: 30, speed: 15, runs: [{ id: 'gd', lr: 1e-4 }] }")
            .await?;
        page.run_on_page(
            "let ahead = 0;
             const ask = window.requestAnimationFrame;
             window.requestAnimationFrame = (draw) => ask((now) => draw(now + (ahead += 500)))",
        )
        .await?;
        let shares = asked(
            page,
            "const shares = [];
             await lab.record({ format: 'webm', progress: (share) => shares.push(share) });
             return shares",
        )
        .await?;
        let shares: Vec<f64> = serde_json::from_value(shares)?;
        ensure!(shares.last() == Some(&1.0) && shares.len() <= 5, "{shares:?}");
        page.check_errors().await
    })
    .await
}
