//! Maps over the plot.

use crate::element::{Lab, Pixels};
use crate::map_calls::{asynchronous, same_as_at_once};
use crate::session::visit;
use anyhow::{Context as _, Result, ensure};
use serde_json::json;

/// Waits until the map of basins is whole.
pub(crate) async fn whole(lab: &Lab<'_>) -> Result<Pixels> {
    lab.wait_for("$('.basins[aria-busy=false] li')").await?;
    lab.pixels("basins").await
}

#[tokio::test]
async fn the_map_of_basins_lies_over_the_plot() -> Result<()> {
    visit("basins", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { surface: 'himmelblau' }").await?;
        ensure!(lab.eval("$('.basins').hidden").await? == true, "a legend without a map");
        let loaded =
            "performance.getEntriesByType('resource').filter((e) => /\\/(basin-map|tuning-map|maps|map-\\w+)\\.js$/.test(e.name)).length";
        ensure!(lab.number(loaded).await? == 0.0, "maps are loaded before they are used");
        lab.click("[data-action='basins']").await?;
        let map = whole(&lab).await?;
        ensure!(map.covered == map.size.0 * map.size.1, "{} of {:?}", map.covered, map.size);
        ensure!(map.colours > 40.0, "{} colours", map.colours);
        let shares =
            "$$('.basins .share').map((e) => Math.round(10 * Number.parseFloat(e.textContent)))";
        let sum = lab.number(&format!("{shares}.reduce((a, b) => a + b)")).await?;
        ensure!(sum == 1000.0, "shares add up to {sum} tenths of a percent");
        ensure!(lab.number("$$('.basins li').length").await? == 6.0, "four minima and two more");
        page.picture("basins").await?;

        // Over a minimum it is known where a start ends: there, and at once.
        let place = lab
            .eval(
                "((s, r) => [r.x + Number.parseFloat(s.left) / 100 * r.width, r.y + Number.parseFloat(s.top) / 100 * r.height])(
                   $$(`.sights span[data-kind='0']`).at(-1).style,
                   $('.plot').getBoundingClientRect())",
            )
            .await?;
        let at = (place[0].as_f64().unwrap_or_default(), place[1].as_f64().unwrap_or_default());
        page.hover((at.0 + 1.0, at.1 + 1.0)).await?;
        lab.wait_for("/starting here: minimum .* in \\d+ steps/.test($('.examined').textContent)")
            .await?;

        // Another run has other basins.
        lab.eval("(($) => { $.selectedIndex = 1; $.dispatchEvent(new Event('change')) })($(`[data-action='basins-run']`))")
            .await?;
        page.next_frame().await?;
        whole(&lab).await?.must_differ(&map, "another run")?;
        lab.wait_for("location.hash.includes('&basins_run=1')").await?;
        page.key_with_ctrl('z', false).await?;
        lab.wait_for("$(`[data-action='basins-run']`).selectedIndex === 0").await?;
        page.next_frame().await?;
        ensure!(whole(&lab).await? == map, "the run before has another map now");

        // Undone, it is gone; the key brings it back.
        page.key_with_ctrl('z', false).await?;
        lab.wait_for("!lab.configuration.basins && $('.basins').hidden").await?;
        ensure!(lab.pixels("basins").await?.covered == 0.0, "something is left of the map");
        page.keys("b").await?;
        lab.wait_for("lab.configuration.basins && !$('.basins').hidden").await?;
        whole(&lab).await?;

        // In space there is none, and on a line neither.
        page.keys("3").await?;
        lab.wait_for("$(`[data-action='basins']`).disabled && $('.basins').hidden").await?;
        ensure!(lab.pixels("basins").await?.covered == 0.0, "a flat map over a block");
        page.keys("b").await?;
        lab.eval("lab.configuration = { surface: 'parabola', basins: true }").await?;
        lab.wait_for("$(`[data-action='basins']`).hidden && $('.basins').hidden").await?;
        page.check_errors().await
    })
    .await
}

/// Compares the picture with the numbers, in the page: each cell's colour lies on the way from its
/// minimum's colour to that of what is slow, the farther the more steps; what diverges has one
/// colour of its own, what is undecided two, in stripes.
const PAINTED: &str = "const { themes: { light: theme }, maps } = core.catalogue();
    const canvas = lab.shadowRoot.querySelector('[data-layer=basins]');
    const { width, height } = canvas;
    const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
    const [left, right, bottom, top] = lab.configuration.view;
    const high = Math.max(top - bottom, (right - left) / width * height);
    const [x, y, wide] = [(left + right) / 2, (bottom + top) / 2, high * width / height];
    const bounds = [x - wide / 2, x + wide / 2, y - high / 2, y + high / 2];
    const tolerance = Math.max(lab.configuration.tolerance, maps.tolerance.min);
    const { labels, steps } = core.basins(lab.configuration,
      { width, height, bounds, max_steps: maps.max_steps.default, tolerance });
    const channels = (color) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
    const slow = channels(theme.slow);
    /** How far a colour is from the way, and how far it has come on it. */
    const on = (color, from) => {
      const way = slow.map((value, index) => value - from[index]);
      const off = color.map((value, index) => value - from[index]);
      const dot = (a, b) => a.reduce((sum, value, index) => sum + value * b[index], 0);
      const share = dot(off, way) / dot(way, way);
      return [Math.hypot(...off.map((value, index) => value - share * way[index])), share];
    };
    let [off, backward] = [0, 0];
    const plain = { 254: new Set(), 255: new Set() };
    const kinds = new Set(labels);
    const shares = new Map();
    for (let at = 0; at < labels.length; at += 1) {
      const color = [...data.subarray(4 * at, 4 * at + 3)];
      const label = labels[at];
      if (plain[label]) { plain[label].add(color.join()); continue; }
      const [distance, share] = on(color, channels(theme.basins[label]));
      off = Math.max(off, distance);
      const key = label * 70000 + steps[at];
      shares.set(key, share);
    }
    const sorted = [...shares].sort(([a], [b]) => a - b);
    for (let index = 1; index < sorted.length; index += 1) {
      const [[before, less], [key, more]] = [sorted[index - 1], sorted[index]];
      if (Math.floor(before / 70000) === Math.floor(key / 70000) && more < less - 0.02) backward += 1;
    }
    const spread = Math.max(...shares.values()) - Math.min(...shares.values());
    return { kinds: [...kinds].sort((a, b) => a - b).join(), off, backward, spread, diverged: [...plain[255]],
      expected: channels(theme.diverging).join(), undecided: [...plain[254]],
      hatched: channels(theme.undecided).join(),
      shares: [0, 1, 2, 3, 254, 255].map((label) => labels.filter((one) => one === label).length / labels.length),
      told: [...lab.shadowRoot.querySelectorAll('.basins .share')].map((e) => Number.parseFloat(e.textContent) / 100) };";

/// Compares the legend, in tenths of a percent that add up to all, with the labels: minima, undecided,
/// diverging.
fn shares_are_told(told: &serde_json::Value) -> Result<()> {
    for line in 0..6 {
        let [measured, said] = ["shares", "told"].map(|name| told[name][line].as_f64());
        let apart = (measured.context("a share")? - said.context("a line")?).abs();
        ensure!(apart < 0.001, "line {line}: {told}");
    }
    Ok(())
}

#[tokio::test]
async fn each_start_has_the_colour_of_its_minimum_the_darker_the_later() -> Result<()> {
    visit("basins-colours", (1000, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.theme = 'light'").await?;
        lab.eval(
            "lab.configuration = { surface: 'himmelblau', basins: true, view: [-9, 9, -6, 6],
               runs: [{ id: 'momentum', lr: 0.012, beta: 0.9 }] }",
        )
        .await?;
        whole(&lab).await?;
        let told = asynchronous(page, PAINTED).await?;
        ensure!(told["kinds"] == "0,1,2,3,255" || told["kinds"] == "0,1,2,3,254,255", "{told}");
        ensure!(told["off"].as_f64() < Some(3.0), "a colour of no minimum: {told}");
        ensure!(told["backward"] == 0, "later and yet clearer: {told}");
        ensure!(told["spread"].as_f64() > Some(0.4), "all alike: {told}");
        ensure!(told["diverged"] == json!([told["expected"]]), "{told}");
        shares_are_told(&told)?;

        // What is undecided has two stripes of its own.
        let before = lab.text("$('.basins ul').textContent").await?;
        lab.eval("lab.configuration = { ...lab.configuration, runs: [{ id: 'gd', lr: 0.0003 }] }")
            .await?;
        lab.wait_for(&format!("$('.basins ul').textContent !== {}", json!(before))).await?;
        whole(&lab).await?;
        let told = asynchronous(page, PAINTED).await?;
        let stripes = told["undecided"].as_array().context("no colours")?;
        ensure!(stripes.len() == 2 && stripes.contains(&told["hatched"]), "{told}");
        ensure!(told["shares"][4].as_f64() > Some(0.1), "nothing undecided: {told}");
        shares_are_told(&told)?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_map_is_that_of_the_chosen_run_when_another_one_goes() -> Result<()> {
    visit("basins-gone", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval(
            "lab.configuration = { surface: 'himmelblau', basins: true,
               runs: ['gd', { id: 'momentum', lr: 0.01 }, 'adam'] }",
        )
        .await?;
        whole(&lab).await?;
        let menu = "$(`[data-action='basins-run']`)";
        let shares = "$('.basins ul').textContent";
        let first = lab.text(shares).await?;
        lab.eval(&format!("{menu}.selectedIndex = 1, {menu}.dispatchEvent(new Event('change'))"))
            .await?;
        lab.wait_for(&format!("{shares} !== {}", json!(first))).await?;
        let map = whole(&lab).await?;
        lab.click("[data-run='0'] [data-action='remove-run']").await?;
        lab.wait_for(&format!("{menu}.options.length === 2 && {menu}.selectedIndex === 0")).await?;
        lab.wait_for("lab.configuration.basins_run === 0").await?;
        ensure!(whole(&lab).await? == map, "the map of another run");
        page.key_with_ctrl('z', false).await?;
        lab.wait_for(&format!("{menu}.options.length === 3 && {menu}.selectedIndex === 1")).await?;
        ensure!(whole(&lab).await? == map, "the map of another run");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_start_chosen_on_the_map_ends_where_the_map_says() -> Result<()> {
    visit("basins-start", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let run = "{ id: 'momentum', lr: 0.01, beta: 0.5 }";
        lab.eval(&format!(
            "lab.configuration = {{ surface: 'himmelblau', basins: true, steps: 500, runs: [{run}] }}"
        ))
        .await?;
        whole(&lab).await?;
        let plot = lab.rectangle(".plot").await?;
        let mut ends = Vec::new();
        for (across, down) in [(0.35, 0.35), (0.62, 0.62)] {
            let place = plot.at(across, down);
            let before = lab.text("$('.examined').textContent").await?;
            page.hover(place).await?;
            let told = "$('.examined').textContent.match(/minimum \\((.*)\\) in (\\d+) steps/)";
            lab.wait_for(&format!("$('.examined').textContent !== {} && {told}", json!(before)))
                .await?;
            let (end, steps) =
                (lab.text(&format!("{told}[1]")).await?, lab.number(&format!("Number({told}[2])")).await?);
            let start = lab.eval("lab.configuration.start").await?;
            page.click(place).await?;
            lab.wait_for(&format!("JSON.stringify(lab.configuration.start) !== '{start}'"))
                .await?;
            lab.eval("lab.seek(500)").await?;
            let (x, y) = lab.position(0).await?;
            let reached = format!("{x:.2}, {y:.2}").replace('-', "−");
            ensure!(reached == end, "told {end}, reached {reached}");
            // There the gradient is as small as a map wants it; nearly, for the cell's centre is
            // not quite where the click was.
            lab.eval(&format!("lab.seek({steps})")).await?;
            let slope = lab.number("lab.readout.runs[0].gradientNorm").await?;
            ensure!(slope < 4e-3, "told {steps} steps, after which the gradient is {slope}");
            ends.push(end);
        }
        ensure!(ends[0] != ends[1], "one minimum for both");

        // What is said of the place under a pointer that rests follows the map.
        page.hover(plot.at(0.5, 0.6)).await?;
        let told =
            "(!$('.examined').hidden && /starting here/.test($('.examined').textContent))";
        lab.wait_for(told).await?;
        page.keys("b").await?;
        lab.wait_for(&format!("$('.basins').hidden && !{told}")).await?;
        page.keys("b").await?;
        lab.wait_for(told).await?;
        whole(&lab).await?;

        // As faint as is wished.
        let opacity = "Number(getComputedStyle($('canvas[data-layer=basins]')).opacity)";
        let strong = lab.number(opacity).await?;
        lab.drag_slider("basins_opacity", 0.2).await?;
        lab.wait_for(&format!("{opacity} < {}", strong - 0.2)).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_map_refined_while_a_slider_moves_is_that_of_the_last_setting() -> Result<()> {
    visit("basins-slider", (1000, 700), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { surface: 'himmelblau', basins: true }").await?;
        lab.drag_slider("runs[0].beta", 0.1).await?;
        lab.drag_slider("runs[0].beta", 0.3).await?;
        page.next_frame().await?;
        let map = whole(&lab).await?;
        let configuration = lab.eval("lab.configuration").await?;
        let beta = configuration["runs"][0]["beta"].as_f64();
        ensure!(beta.is_some_and(|beta| beta < 0.899), "{configuration}");
        let (width, height) = map.size;
        for options in [
            format!("{{ width: {width}, height: {height}, bounds: [-4, 4, -3, 3] }}"),
            "{ width: 33, height: 47, run: 1, max_steps: 60, tolerance: 0.01 }".to_owned(),
        ] {
            same_as_at_once(page, "basins", &options).await?;
        }

        let fresh = Lab::open(page).await?;
        fresh.eval("lab.configuration = { surface: 'bowl' }").await?;
        fresh.eval(&format!("lab.configuration = {configuration}")).await?;
        fresh.wait_for("$('.basins li')").await?;
        let again = whole(&fresh).await?;
        ensure!(again == map, "the map depends on what was shown before");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_map_follows_the_view() -> Result<()> {
    visit("basins-view", (900, 700), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { surface: 'himmelblau', basins: true }").await?;
        let map = whole(&lab).await?;
        let plot = lab.rectangle(".plot").await?;
        page.drag_with_shift(&[plot.at(0.5, 0.6), plot.at(0.6, 0.6), plot.at(0.7, 0.5)]).await?;
        page.next_frame().await?;
        lab.click("[data-action='in']").await?;
        page.next_frame().await?;
        let near = whole(&lab).await?;
        near.must_differ(&map, "the moved view")?;
        ensure!(near.covered == near.size.0 * near.size.1, "a part of the old map");
        lab.click("[data-action='fit']").await?;
        page.next_frame().await?;
        ensure!(whole(&lab).await? == map, "the whole view has another map now");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_formula_without_values_in_places_has_a_map() -> Result<()> {
    visit("basins-formula", (800, 600), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval(
            "lab.configuration = { surface: { expression: '(sqrt(x) - 1)^2 + y^2' }, basins: true,
               runs: [{ id: 'momentum', lr: 0.05 }], view: [-2, 2, -2, 2] }",
        )
        .await?;
        let map = whole(&lab).await?;
        ensure!(map.covered == map.size.0 * map.size.1, "{} of {:?}", map.covered, map.size);
        // Undefined, undecided and diverged are the last three lines of the legend.
        let lost = lab.number("Number.parseFloat($$('.basins .share').at(-3).textContent)").await?;
        ensure!((45.0..75.0).contains(&lost), "{lost} % come to where f is undefined");
        ensure!(lab.eval("$(`[data-action='basins-run']`).hidden").await? == true, "one run only");
        same_as_at_once(page, "basins", "{ width: 80, height: 60 }").await?;
        page.check_errors().await
    })
    .await
}
