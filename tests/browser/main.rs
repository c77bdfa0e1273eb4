//! The page in a real browser. `cargo xtask test` provides the server, the driver and the
//! engine's name.

mod arguments;
mod bench;
mod builder;
mod bundlers;
mod clock;
mod cloud;
mod contrast;
mod controls;
mod damping;
mod dist;
mod downloads;
mod element;
mod embedding;
mod everyone;
mod export;
mod failures;
mod figures;
mod film;
mod first_view;
mod gif;
mod guest;
mod guest_keys;
mod guest_print;
mod guest_scaled;
mod guest_wheel;
mod host;
mod identical;
mod iframe;
mod languages;
mod lessons;
mod lifecycle;
mod links;
mod looks;
mod map_calls;
mod maps;
mod memory;
mod outcomes;
mod plane;
mod policies;
mod recipes;
mod refining;
mod rule;
mod session;
mod side_by_side;
mod space;
mod sweep;
mod tasks;
mod text_size;
mod theming;
mod tuning;
mod typing;
mod view;
mod workers;

use anyhow::Result;

use crate::session::visit;

#[tokio::test]
async fn errors_are_recorded() -> Result<()> {
    visit("errors", (1280, 800), async |page| {
        page.expect_errors();
        page.open("index.html").await?;
        // In an element of the page: engines hide what a driver's own scripts throw.
        page.run(
            "document.body.append(Object.assign(document.createElement('script'), { text: `
               console.error('said');
               setTimeout(() => { throw new Error('thrown') });
               Promise.reject(new Error('rejected'));
               document.body.append(Object.assign(new Image(), { src: 'missing.png' }));
             ` }))",
        )
        .await?;
        for expected in ["said", "thrown", "rejected", "missing.png"] {
            page.wait_for(&format!("window.__errors.join().includes('{expected}')")).await?;
        }
        Ok(())
    })
    .await
}
