//! Maps while they are computed: held up on purpose, so that nothing depends on how fast they are.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};
use serde_json::json;

/// Workers get no piece but those that `release` lets through, until `holding` is false; `begun`
/// is what maps have been asked for.
const HELD: &str = "window.held = [];
    window.begun = [];
    window.holding = true;
    window.release = (count) => window.held.splice(0, count).forEach((send) => send());
    window.Worker = class extends Worker {
      postMessage(order) {
        if (order.begin) window.begun.push(order.begin);
        if (!order.piece || !window.holding) return super.postMessage(order);
        window.held.push(() => super.postMessage(order));
      }
    };";

const BUSY: &str = "$('.basins').ariaBusy === 'true'";
const PROGRESS: &str = "$('.basins progress').value";
const TOLD: &str = "$('.examined').textContent";

#[tokio::test]
async fn a_map_on_its_way_shows_how_far_it_is_and_tells_of_each_start() -> Result<()> {
    visit("refining", (900, 700), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { surface: 'bowl' }").await?;
        page.run(HELD).await?;
        lab.eval("lab.configuration = { surface: 'himmelblau', basins: true }").await?;
        lab.wait_for(&format!("held.length > 0 && {BUSY}")).await?;
        ensure!(lab.number(PROGRESS).await? == 0.0, "nothing has been computed");
        ensure!(lab.pixels("basins").await?.covered == 0.0, "a picture of nothing");

        let plot = lab.rectangle(".plot").await?;
        page.hover(plot.at(0.4, 0.4)).await?;
        lab.wait_for(&format!("/starting here: minimum .* in \\d+ steps/.test({TOLD})")).await?;
        let early = lab.text(TOLD).await?;

        let mut seen = vec![0.0];
        while seen.len() < 4 {
            lab.wait_for("held.length > 0").await?;
            page.run("window.release(1)").await?;
            page.next_frame().await?;
            let progress = lab.number(PROGRESS).await?;
            if progress != seen[seen.len() - 1] {
                seen.push(progress);
            }
        }
        ensure!(seen.is_sorted() && seen[3] < 1.0, "{seen:?}");
        ensure!(lab.eval(BUSY).await? == true, "not whole, and said to be so");
        let coarse = lab.pixels("basins").await?;
        ensure!(coarse.covered == coarse.size.0 * coarse.size.1, "holes in the first picture");

        page.run("window.holding = false; window.release(Infinity)").await?;
        lab.wait_for(&format!("!({BUSY})")).await?;
        ensure!(lab.number(PROGRESS).await? == 1.0, "whole");
        lab.pixels("basins").await?.must_differ(&coarse, "the whole map")?;
        page.hover(plot.at(0.4, 0.41)).await?;
        page.hover(plot.at(0.4, 0.4)).await?;
        lab.wait_for(&format!("{TOLD} === {}", json!(early))).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_slider_dragged_while_a_map_refines_leads_to_the_right_map() -> Result<()> {
    visit("refining-slider", (1000, 700), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { surface: 'bowl' }").await?;
        page.run(HELD).await?;
        lab.eval("lab.configuration = { surface: 'himmelblau', basins: true }").await?;
        lab.wait_for(&format!("held.length > 0 && {BUSY}")).await?;
        // So far that there is a picture.
        let first = format!("{PROGRESS} > 0 && {BUSY}");
        while lab.eval(&first).await? != true {
            lab.wait_for("held.length > 0").await?;
            page.run("window.release(1)").await?;
            page.next_frame().await?;
        }
        let momenta = "new Set(begun.map(({ configuration }) => configuration.runs[0].beta)).size";
        for (share, maps) in [(0.2, 2), (0.6, 3), (0.45, 4)] {
            lab.drag_slider("runs[0].beta", share).await?;
            // The pieces of the map before are still to be answered.
            page.run("window.release(Infinity)").await?;
            lab.wait_for(&format!("{momenta} >= {maps}")).await?;
            ensure!(lab.eval(BUSY).await? == true, "a map is whole that has not been computed");
        }
        page.run("window.holding = false; window.release(Infinity)").await?;
        lab.wait_for(&format!("!({BUSY}) && $('.basins li')")).await?;
        let map = lab.pixels("basins").await?;
        let configuration = lab.text("JSON.stringify(lab.configuration)").await?;

        let fresh = Lab::open(page).await?;
        fresh.eval(&format!("lab.configuration = {configuration}")).await?;
        fresh.wait_for(&format!("!({BUSY}) && $('.basins li')")).await?;
        ensure!(fresh.pixels("basins").await? == map, "the map depends on those given up");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_map_has_a_cell_to_each_pixel_of_the_plot_up_to_its_limit() -> Result<()> {
    visit("refining-size", (1000, 700), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { surface: 'bowl' }").await?;
        page.run(HELD).await?;
        page.run("window.holding = false").await?;
        let asked = async |size: (u32, u32)| {
            page.resize(size).await?;
            lab.eval("lab.configuration = { surface: 'himmelblau', basins: true }").await?;
            page.next_frame().await?;
            lab.wait_for(&format!("!({BUSY}) && $('.basins li')")).await?;
            let map =
                lab.eval("(({ width, height }) => [width, height])(begun.at(-1).options)").await?;
            let plot = lab
                .eval("(({ width, height }) => [width, height])($(`.plot canvas[data-layer='frame']`))")
                .await?;
            anyhow::Ok((map, plot))
        };
        let (map, plot) = asked((1000, 700)).await?;
        ensure!(map == plot, "{map} cells on {plot} pixels");
        let (map, plot) = asked((2600, 1500)).await?;
        let side =
            |size: &serde_json::Value, index: usize| size[index].as_f64().unwrap_or_default();
        ensure!(side(&plot, 0) > 1024.0, "no larger than a map: {plot}");
        ensure!(side(&map, 0) == 1024.0, "{map} cells on {plot} pixels");
        let (wide, high) = (side(&plot, 0) / side(&map, 0), side(&plot, 1) / side(&map, 1));
        ensure!((wide / high - 1.0).abs() < 0.01, "{map} cells on {plot} pixels");
        page.check_errors().await
    })
    .await
}
