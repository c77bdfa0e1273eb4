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

        let plot = lab.rectangle(".plot").await?;
        page.hover(plot.at(0.4, 0.4)).await?;
        lab.wait_for(&format!("/starting here: minimum .* in \\d+ steps/.test({TOLD})")).await?;
        let early = lab.text(TOLD).await?;

        let mut seen = vec![lab.number(PROGRESS).await?];
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
        ensure!(coarse.covered == coarse.size.0 * coarse.size.1, "holes in a coarse picture");

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
            while lab.number(momenta).await? < f64::from(maps) {
                page.run("window.release(Infinity)").await?;
                page.next_frame().await?;
            }
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

/// Changes the run and its start some times, and gives the changes after which, in the frame that
/// follows, no picture of their map was there.
const CHANGED: &str = "const done = arguments[arguments.length - 1];
    const lab = document.querySelector('momentum-lab');
    const $ = (selector) => lab.shadowRoot.querySelector(selector);
    const FINER = 0.005;
    const frame = () => new Promise(requestAnimationFrame);
    const progress = () => $(`${scale} progress`).value;
    const full = (map) => map.getContext('2d').getImageData(0, 0, map.width, map.height).data
      .every((part, index) => index % 4 !== 3 || part > 0);
    (async () => {
      const late = [];
      for (const times of [1, 2]) {
        // So far that it is finer than what can come at once, and it is known what that costs.
        while (progress() < FINER) {
          window.release(Infinity);
          await frame();
        }
        const { start: [x, y], runs: [{ lr, ...run }], ...others } = lab.configuration;
        lab.configuration = { ...others, start: [x + 0.01 * times, y], runs: [{ ...run, lr: lr * (1 + 0.1 * times) }] };
        // The lab has asked for this frame first.
        await frame();
        const map = $(`canvas[data-layer=${layer}]`);
        const mine = 0 < progress() && progress() < FINER;
        if (!mine || map.classList.contains('stale') || !full(map)) late.push([times, progress()]);
      }
      return late;
    })().then((late) => done(JSON.stringify(late)), (error) => done(error.message))";

#[tokio::test]
async fn the_first_picture_comes_with_the_frame_that_follows_a_change() -> Result<()> {
    visit("refining-first", (900, 900), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { surface: 'bowl' }").await?;
        page.run(HELD).await?;
        // Cheap ones, dear ones, and one of which nobody knows what it costs.
        for surface in [
            "{ id: 'himmelblau' }",
            "{ id: 'logistic-regression' }",
            "{ id: 'expression', expression: 'sin(x)^2 + ln(1 + exp(x*y)) + x^2 + y^2' }",
        ] {
            for (kind, scale, layer, asked) in [
                ("basins", ".basins", "basins", "basins: true"),
                ("tuning", ".tuning-scale", "cells", "tuning: 'steps'"),
            ] {
                lab.eval(&format!(
                    "lab.configuration = {{ surface: {surface}, {asked}, runs: ['momentum'] }}"
                ))
                .await?;
                lab.wait_for(&format!("held.length > 0 && $('{scale} progress')")).await?;
                let script = format!("const [scale, layer] = ['{scale}', '{layer}']; {CHANGED}");
                let late = page.run_async(&script).await?;
                ensure!(late == "[]", "{kind} of {surface}: late after {late}");
            }
        }
        page.check_errors().await
    })
    .await
}

/// Looks at a map in each frame: `seen.pictures` are the different ones, `seen.blank` counts
/// those with holes.
const WATCHED: &str = "((map) => {
    const small = document.createElement('canvas');
    [small.width, small.height] = [60, 40];
    const context = small.getContext('2d', { willReadFrequently: true });
    window.seen = { frames: 0, blank: 0, pictures: new Set() };
    (function look() {
      context.clearRect(0, 0, 60, 40);
      context.drawImage(map, 0, 0, 60, 40);
      const { data } = context.getImageData(0, 0, 60, 40);
      window.seen.blank += Number(data.some((part, index) => index % 4 === 3 && part === 0));
      window.seen.pictures.add(data.join());
      window.seen.frames += 1;
      requestAnimationFrame(look);
    })();
  })";

#[tokio::test]
async fn while_a_slider_moves_there_is_a_map_in_every_frame() -> Result<()> {
    visit("refining-frames", (1280, 900), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { surface: 'himmelblau', basins: true, tuning: 'end' }")
            .await?;
        lab.wait_for(&format!("$('.basins li') && !({BUSY})")).await?;
        lab.wait_for("$('.tuning-scale[aria-busy=false]') && $('.plane-legend .shares li')")
            .await?;
        for (layer, field) in [("basins", "runs[0].beta"), ("cells", "start")] {
            lab.eval(&format!("{WATCHED}($(`canvas[data-layer='{layer}']`))")).await?;
            match field {
                "start" => {
                    let (x, y) = lab.rectangle("button.start").await?.center();
                    let way = |moves: i32| {
                        let share = f64::from(moves) / 24.0;
                        (x - 60.0 * share, y - 40.0 * share)
                    };
                    page.drag(&(0..=24).map(way).collect::<Vec<_>>()).await?;
                }
                slider => {
                    for share in [0.1, 0.7, 0.3, 0.9, 0.2, 0.8, 0.4, 0.6] {
                        lab.drag_slider(slider, share).await?;
                    }
                }
            }
            page.next_frame().await?;
            let told = page.run("return [seen.frames, seen.blank, seen.pictures.size]").await?;
            let [frames, blank, pictures] = [0, 1, 2].map(|index| told[index].as_f64());
            ensure!(blank == Some(0.0), "{blank:?} of {frames:?} frames have holes: {layer}");
            ensure!(pictures.is_some_and(|count| count >= 4.0), "{pictures:?} pictures: {layer}");
        }
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn momentum_dragged_while_the_plane_refines_leads_to_the_right_map() -> Result<()> {
    visit("refining-plane", (1280, 900), async |page| {
        let lab = Lab::open(page).await?;
        page.run(HELD).await?;
        let asked = "{ surface: 'himmelblau', tuning: 'end', runs: ['momentum', 'nesterov'] }";
        lab.eval(&format!("lab.configuration = {asked}")).await?;
        let busy = "$('.tuning-scale')?.ariaBusy === 'true'";
        let shown = "!$(`[data-layer='cells']`).classList.contains('stale')";
        while lab.eval(&format!("{busy} && held.length > 0 && {shown}")).await? != true {
            page.run("window.release(1)").await?;
            page.next_frame().await?;
        }
        let coarse = lab.pixels("cells").await?;
        // What the axes vary is in no cell's way: the map goes on.
        for share in [0.2, 0.6] {
            lab.drag_slider("runs[0].beta", share).await?;
            page.run("window.release(1)").await?;
            page.next_frame().await?;
            ensure!(lab.eval(busy).await? == true, "a map is whole that has not been computed");
            let now = lab.pixels("cells").await?;
            ensure!(now.covered == coarse.covered, "{} of {} cells", now.covered, coarse.covered);
        }
        let maps = "new Set(begun.map(({ job }) => job)).size";
        ensure!(lab.number(maps).await? == 1.0, "begun anew for what the axes vary");
        // A change of the surface's start begins another map, whose momenta are dragged again.
        lab.eval("lab.configuration = { ...lab.configuration, start: [1, 2] }").await?;
        lab.drag_slider("runs[0].beta", 0.4).await?;
        while lab.number(maps).await? < 2.0 {
            lab.wait_for("held.length > 0").await?;
            page.run("window.release(1)").await?;
            page.next_frame().await?;
        }
        page.run("window.holding = false; window.release(Infinity)").await?;
        lab.wait_for(&format!("!({busy}) && $('.plane-legend .shares li')")).await?;
        let map = lab.pixels("cells").await?;
        map.must_differ(&coarse, "the map of another start")?;
        let configuration = lab.text("JSON.stringify(lab.configuration)").await?;

        let fresh = Lab::open(page).await?;
        fresh.eval(&format!("lab.configuration = {configuration}")).await?;
        fresh
            .wait_for(&format!(
                "$('.tuning-scale')?.ariaBusy === 'false' && $('.plane-legend .shares li') && {shown}"
            ))
            .await?;
        ensure!(fresh.pixels("cells").await? == map, "the map depends on those given up");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_page_goes_on_while_it_computes_a_map_by_itself() -> Result<()> {
    visit("refining-alone", (1000, 700), async |page| {
        let lab = Lab::open(page).await?;
        page.run("window.Worker = class { constructor() { throw new Error('forbidden') } }")
            .await?;
        // A map that takes long.
        lab.eval(
            "lab.configuration = { surface: 'ackley', basins: true, steps: 5000,
               runs: [{ id: 'momentum', lr: 1e-4, beta: 0.5 }] }",
        )
        .await?;
        lab.wait_for(&format!("$('.basins progress')?.value > 0 && {BUSY}")).await?;
        page.run(
            "window.frames_seen = 0;
             (function look() { window.frames_seen += 1; requestAnimationFrame(look); })()",
        )
        .await?;
        lab.click("[data-action='play']").await?;
        lab.wait_for("lab.readout.step >= 10").await?;
        lab.wait_for("window.frames_seen >= 10").await?;
        ensure!(lab.eval(BUSY).await? == true, "too short a map for this test");
        let before = lab.number(PROGRESS).await?;
        lab.wait_for(&format!("{PROGRESS} > {before} && {BUSY}")).await?;
        lab.drag_slider("runs[0].beta", 0.9).await?;
        let beta = lab.number("lab.configuration.runs[0].beta").await?;
        ensure!(beta > 0.8, "the slider was not heard: {beta}");
        lab.eval("lab.configuration = { surface: 'himmelblau', basins: true }").await?;
        lab.wait_for(&format!("!({BUSY}) && {PROGRESS} === 1")).await?;
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
