//! The map of measured runs under the plane of learning rate and momentum.

use crate::element::{Lab, Pixels};
use crate::session::{Page, visit};
use anyhow::{Context as _, Result, ensure};

const PLANE: &str = "[data-figure='plane']";

/// Chooses by what the plane is shaded, from the menu on its card.
async fn shade(lab: &Lab<'_>, option: &str) -> Result<()> {
    lab.wait_for("$(`[data-figure='plane'] [data-field='tuning']`)").await?;
    lab.eval(&format!(
        "((menu) => {{ menu.value = '{option}'; menu.dispatchEvent(new Event('change', {{ bubbles: true }})) }})(
           $(`[data-figure='plane'] [data-field='tuning']`))"
    ))
    .await?;
    lab.wait_for(&format!("lab.configuration.tuning === '{option}'")).await
}

/// Waits until the map is whole.
async fn whole(lab: &Lab<'_>) -> Result<Pixels> {
    lab.0.next_frame().await?;
    lab.wait_for(
        "$('.tuning-scale[aria-busy=false]') && $('.plane-legend .shares li')
           && !$(`[data-layer='cells']`).classList.contains('stale')",
    )
    .await?;
    lab.pixels("cells").await
}

/// What the plane says: η, β, then the steps and the overshoots that have been measured.
async fn told(lab: &Lab<'_>) -> Result<[f64; 4]> {
    let words = lab.text("$(`[data-figure='plane'] .words`).textContent").await?;
    let number = |before: &str| {
        let rest =
            words.split_once(before).with_context(|| format!("no \"{before}\" in {words}"))?.1;
        let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | 'e' | '−')));
        let number = rest[..end.unwrap_or(rest.len())].trim_end_matches('.').replace('−', "-");
        number.parse().with_context(|| format!("after \"{before}\" in {words}"))
    };
    let beta: f64 = number("β ")?;
    Ok([number("η ")?, beta, number(&format!("β {beta}: "))?, number("overshoots: ")?])
}

/// A place on the plane, by the share of its width from the left and of its height from the top.
async fn place(lab: &Lab<'_>, right: f64, down: f64) -> Result<(f64, f64)> {
    Ok(lab.rectangle("[data-layer='cells']").await?.at(right, down))
}

async fn handle(lab: &Lab<'_>) -> Result<(f64, f64)> {
    Ok(lab.rectangle("[data-handle='0']").await?.center())
}

/// Drags a handle by so many CSS pixels.
async fn drag(page: &Page, (x, y): (f64, f64), (right, down): (f64, f64)) -> Result<()> {
    page.drag(&[(x, y), (x + right / 2.0, y + down / 2.0), (x + right, y + down)]).await
}

#[tokio::test]
async fn the_plane_is_shaded_by_measured_runs_that_a_run_repeats() -> Result<()> {
    visit("tuning", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let loaded = "performance.getEntriesByType('resource').filter((e) => /\\/(basin-map|tuning-map|maps|map-\\w+)\\.js$/.test(e.name)).length";
        ensure!(lab.number(loaded).await? == 0.0, "maps are loaded before they are used");
        // As many as whatever setting is found under the pointer needs.
        lab.eval("lab.steps = 2000").await?;
        shade(&lab, "steps").await?;
        let map = whole(&lab).await?;
        ensure!(map.covered == map.size.0 * map.size.1, "{} of {:?}", map.covered, map.size);
        ensure!(map.colours > 20.0 && map.count("#f1e2db") > 1000, "{} colours", map.colours);
        let ground = format!("{PLANE} canvas[data-layer='ground']");
        ensure!(lab.pixels_of(&ground).await?.count("#f1e2db") == 0, "theory hides the map");
        ensure!(lab.number("$$('.plane-legend .shares li').length").await? == 3.0, "three shares");

        // A run at a setting settles at the step that the map shows, and its badge says the same.
        page.hover(place(&lab, 0.6, 0.6).await?).await?;
        lab.wait_for("/ steps to .*overshoots: /.test($(`[data-figure='plane'] .words`).textContent)")
            .await?;
        let [lr, beta, steps, overshoots] = told(&lab).await?;
        lab.type_number("runs[0].lr", &lr.to_string()).await?;
        lab.type_number("runs[0].beta", &beta.to_string()).await?;
        lab.wait_for(&format!("lab.configuration.runs[0].beta === {beta}")).await?;
        lab.wait_for(&format!("lab.readout.runs[0].statusStep === {steps}")).await?;
        lab.eval("lab.seek(1e6)").await?;
        lab.wait_for(&format!("$('[data-run=\"0\"] .chip').textContent === 'settled · {steps}'"))
            .await?;
        let counted = lab.number("Math.max(...lab.readout.runs[0].overshoots)").await?;
        ensure!(counted == overshoots, "{counted} overshoots, not {overshoots}");
        // By what it stops is said.
        let until = lab.text("$(`[data-figure='plane'] .whose`).textContent").await?;
        ensure!(until.contains("under 0.001"), "{until}");
        // Its handle says the same, and so does the sentence while nothing is pointed at.
        ensure!(told(&lab).await? == [lr, beta, steps, overshoots], "the handle says otherwise");
        ensure!(whole(&lab).await? == map, "the map depends on the run's own setting");
        page.picture("tuning").await?;

        // The same balls, seen otherwise.
        shade(&lab, "overshoots").await?;
        page.next_frame().await?;
        let counts = whole(&lab).await?;
        counts.must_differ(&map, "overshoots")?;
        shade(&lab, "end").await?;
        page.next_frame().await?;
        whole(&lab).await?.must_differ(&counts, "the end")?;
        let minimum = lab.text("$('.plane-legend .shares li').textContent").await?;
        ensure!(minimum.starts_with("(0.00, 0.00)"), "{minimum}");
        lab.click("[data-action='undo']").await?;
        lab.wait_for("lab.configuration.tuning === 'overshoots'").await?;
        shade(&lab, "theory").await?;
        lab.wait_for("$('.tuning-scale').hidden").await?;
        page.next_frame().await?;
        ensure!(lab.pixels("cells").await?.covered == 0.0, "something is left of the map");
        ensure!(lab.pixels_of(&ground).await?.count("#f1e2db") > 1000, "theory's bands are away");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_handle_moves_over_the_map_which_stays() -> Result<()> {
    visit("tuning-handle", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        shade(&lab, "steps").await?;
        let map = whole(&lab).await?;
        let lr = lab.number("lab.configuration.runs[0].lr").await?;
        drag(page, handle(&lab).await?, (40.0, 20.0)).await?;
        lab.wait_for(&format!(
            "lab.configuration.runs[0].lr > 1.3 * {lr} && lab.configuration.runs[0].beta < 0.89"
        ))
        .await?;
        page.next_frame().await?;
        ensure!(lab.text("$('.tuning-scale').ariaBusy").await? == "false", "a new map has begun");
        ensure!(lab.pixels("cells").await? == map, "the map has changed");
        // The sentence and the handle's name tell of the setting that is set.
        let [told, ..] = told(&lab).await?;
        ensure!(told == lab.number("lab.configuration.runs[0].lr").await?, "told of η {told}");
        let label = lab.text("$(`[data-handle='0']`).getAttribute('aria-label')").await?;
        ensure!(label.contains("steps to"), "{label}");

        // A rule without momentum has nothing to be measured over.
        lab.eval("lab.configuration = { runs: ['gd'], tuning: 'steps' }").await?;
        lab.wait_for("$(`[data-figure='plane'] .whose`).textContent.includes('no momentum')")
            .await?;
        ensure!(lab.eval("$('.tuning-scale').hidden").await? == true, "a scale without a map");
        ensure!(lab.pixels("cells").await?.covered == 0.0, "a map of what?");
        // A ball on a line has one.
        lab.eval("lab.configuration = { surface: 'double-well', tuning: 'end' }").await?;
        whole(&lab).await?;
        lab.eval("lab.configuration = { surface: 'well', tuning: 'end' }").await?;
        page.next_frame().await?;
        whole(&lab).await?;
        let minimum = lab.text("$('.plane-legend .shares li').textContent").await?;
        ensure!(minimum.starts_with("x = "), "{minimum}");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_map_refined_while_the_start_moves_is_that_of_the_last_start() -> Result<()> {
    visit("tuning-start", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { surface: 'himmelblau', tuning: 'end', steps: 2000 }")
            .await?;
        let start = lab.rectangle("button.start").await?.center();
        drag(page, start, (-60.0, -40.0)).await?;
        let before = lab.eval("lab.configuration.start").await?;
        let start = lab.rectangle("button.start").await?.center();
        drag(page, start, (90.0, -30.0)).await?;
        lab.wait_for(&format!("String(lab.configuration.start) !== String({before})")).await?;
        let map = whole(&lab).await?;
        // As text: a bit of the start that is lost on the way would be another map.
        let configuration = lab.text("JSON.stringify(lab.configuration)").await?;
        for workers in ["", "window.Worker = class { constructor() { throw new Error('none') } }"] {
            let fresh = Lab::open(page).await?;
            page.run(workers).await?;
            fresh.eval(&format!("lab.configuration = {configuration}")).await?;
            ensure!(whole(&fresh).await? == map, "another map: {workers}");
        }
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_axes_ranges_are_set_by_hand() -> Result<()> {
    visit("tuning-range", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        shade(&lab, "steps").await?;
        let map = whole(&lab).await?;
        let (x, y) = handle(&lab).await?;
        lab.click(".plane-legend > details > summary").await?;
        lab.click(".range > summary").await?;
        let boxes = "$$(`.range [data-kind='number']`)";
        ensure!(lab.number(&format!("{boxes}.length")).await? == 4.0, "two ends of two axes");
        let type_in = async |index: usize, text: &str| {
            lab.click(&format!(".range > div:nth-of-type({}) [data-kind='number']", index + 1))
                .await?;
            lab.eval("lab.shadowRoot.activeElement.select?.()").await?;
            page.keys(text).await?;
            page.keys("\u{e007}").await
        };
        type_in(0, "0.004").await?;
        type_in(1, "0.02").await?;
        type_in(2, "0.8").await?;
        type_in(3, "0.95").await?;
        lab.wait_for("String(lab.configuration.plane_beta) === '0.8,0.95'").await?;
        ensure!(lab.text("String(lab.configuration.plane_lr)").await? == "0.004,0.02", "η");
        page.next_frame().await?;
        let near = whole(&lab).await?;
        near.must_differ(&map, "another range")?;
        let moved = handle(&lab).await?;
        ensure!(
            (moved.0 - x).abs() > 4.0 && (moved.1 - y).abs() > 4.0,
            "the handle stays {moved:?}"
        );
        let [lr, beta, ..] = told(&lab).await?;
        ensure!((lr, beta) == (0.0078, 0.9), "the setting has changed: η {lr}, β {beta}");
        page.picture("tuning-range").await?;

        // No range is refused, and what is in force stays.
        type_in(1, "0.001").await?;
        lab.wait_for(
            "/is no range/.test($$('.range .complaint').map((e) => e.textContent).join())",
        )
        .await?;
        ensure!(lab.text("String(lab.configuration.plane_lr)").await? == "0.004,0.02", "taken");
        page.keys("\u{e00c}").await?;
        lab.click("[data-action='plane-range']").await?;
        lab.wait_for("!lab.configuration.plane_lr && !lab.configuration.plane_beta").await?;
        page.next_frame().await?;
        ensure!(whole(&lab).await? == map, "the usual range has another map now");
        page.check_errors().await
    })
    .await
}
