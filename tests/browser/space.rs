//! The surface in space: shown by button and key, turned by pointer and arrow keys.

use crate::element::Lab;
use crate::session::{Page, visit};
use anyhow::{Result, ensure};

const RIGHT: &str = "\u{e014}";
const UP: &str = "\u{e013}";
const BUTTON: &str = "[data-action='projection']";

/// Opens the lab and shows its surface in space, by the button.
async fn in_space(page: &Page) -> Result<Lab<'_>> {
    let lab = Lab::open(page).await?;
    lab.click(BUTTON).await?;
    lab.wait_for("lab.configuration.projection === 'space'").await?;
    lab.wait_for(&format!("$(`{BUTTON}`).getAttribute('aria-pressed') === 'true'")).await?;
    // Drawn in haste first, then finely.
    lab.wait_for("$(`canvas[data-layer='heat']`).width > 1200").await?;
    Ok(lab)
}

#[tokio::test]
async fn the_button_and_the_key_3_show_the_surface_in_space() -> Result<()> {
    visit("space", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        // With the charts folded away, the plot is about as high as wide.
        let low = lab.rectangle(".plot").await?.height;
        lab.click("[data-action='figures']").await?;
        lab.wait_for(&format!("$('.plot').clientHeight > 1.3 * {low}")).await?;
        lab.wait_for(
            "((heat) => heat.getContext('2d').getImageData(0, 0, heat.width, heat.height).data
               .every((part, index) => index % 4 !== 3 || part > 0))($(`canvas[data-layer='heat']`))",
        )
        .await?;
        page.next_frame().await?;
        let plan = lab.pixels("heat").await?;
        ensure!(plan.covered == plan.size.0 * plan.size.1, "the plan has holes");
        let start = lab.eval("lab.configuration.start").await?;
        lab.click(BUTTON).await?;
        lab.wait_for("lab.configuration.projection === 'space'").await?;
        // Drawn in haste first, then finer than the plan.
        let width = plan.size.0;
        lab.wait_for(&format!("$(`canvas[data-layer='heat']`).width > 2 * {width}")).await?;
        ensure!(lab.eval("lab.configuration.start").await? == start, "the click has moved the start");
        let block = lab.pixels("heat").await?;
        let share = block.covered / (block.size.0 * block.size.1);
        ensure!((0.2..0.8).contains(&share), "the block covers {share} of the plot");
        ensure!(lab.pixels("frame").await?.covered > 5000.0, "no lines on the block");
        page.picture("space").await?;

        lab.eval("lab.shadowRoot.activeElement?.blur()").await?;
        page.keys("3").await?;
        lab.wait_for("lab.configuration.projection === 'plan'").await?;
        page.next_frame().await?;
        ensure!(lab.pixels("heat").await?.hash == plan.hash, "the plan is not what it was");

        // A curve is shown in profile, and nothing else is offered.
        page.keys("3").await?;
        lab.eval(
            "((e) => { e.value = 'parabola'; e.dispatchEvent(new Event('change', { bubbles: true })) })
               ($(`select[data-field='surface.id']`))",
        )
        .await?;
        lab.wait_for(&format!("$(`{BUTTON}`).hidden")).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_drag_turns_the_surface_and_sets_no_start() -> Result<()> {
    visit("space-drag", (1280, 800), async |page| {
        let lab = in_space(page).await?;
        let plot = lab.rectangle("canvas[data-layer='ball']").await?;
        let start = lab.eval("lab.configuration.start").await?;
        let first = lab.pixels("heat").await?;
        let (yaw, pitch) = (
            lab.number("lab.configuration.yaw").await?,
            lab.number("lab.configuration.pitch").await?,
        );

        page.drag(&[plot.at(0.6, 0.4), plot.at(0.5, 0.45), plot.at(0.4, 0.5)]).await?;
        lab.wait_for(&format!("lab.configuration.yaw > {yaw} + 20")).await?;
        ensure!(lab.number("lab.configuration.pitch").await? > pitch + 5.0, "not tilted");
        let width = first.size.0;
        page.next_frame().await?;
        lab.wait_for(&format!("$(`canvas[data-layer='heat']`).width === {width}")).await?;
        lab.pixels("heat").await?.must_differ(&first, "turned")?;
        ensure!(
            lab.eval("lab.configuration.start").await? == start,
            "the drag has moved the start"
        );

        // As low as it goes is above the ground still.
        // From two places: twice at one would be a double-click.
        page.drag(&[plot.at(0.5, 0.9), plot.at(0.5, 0.1)]).await?;
        page.drag(&[plot.at(0.3, 0.9), plot.at(0.3, 0.1)]).await?;
        let lowest = "lab.configuration.pitch > 0 && lab.configuration.pitch < 15";
        lab.wait_for(lowest).await?;

        page.double_click(plot.at(0.8, 0.2)).await?;
        lab.wait_for(&format!("lab.configuration.yaw === {yaw}")).await?;
        ensure!(lab.number("lab.configuration.pitch").await? == pitch, "the pitch is not back");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_start_is_dragged_over_the_surface_by_its_handle() -> Result<()> {
    visit("space-start", (1280, 800), async |page| {
        let lab = in_space(page).await?;
        let outlook = "[lab.configuration.yaw, lab.configuration.pitch]";
        let (before, from) = (lab.eval(outlook).await?, lab.position(0).await?);
        let handle = lab.rectangle("[data-action='start']").await?.center();
        let goal = (handle.0 + 60.0, handle.1 + 40.0);
        page.drag(&[handle, (handle.0 + 20.0, handle.1 + 10.0), goal]).await?;
        lab.wait_for(&format!("lab.readout.runs[0].x !== {}", from.0)).await?;
        page.next_frame().await?;
        // It has come to lie under the pointer.
        let now = lab.rectangle("[data-action='start']").await?.center();
        let off = (now.0 - goal.0).hypot(now.1 - goal.1);
        ensure!(off < 4.0, "the handle is at {now:?}, the pointer at {goal:?}");
        ensure!(lab.eval(outlook).await? == before, "dragging the start has turned the surface");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn arrow_keys_turn_the_picture_and_move_the_start() -> Result<()> {
    visit("space-keys", (1280, 800), async |page| {
        let lab = in_space(page).await?;
        let yaw = lab.number("lab.configuration.yaw").await?;
        let pitch = lab.number("lab.configuration.pitch").await?;
        lab.eval("$(`.layers`).focus()").await?;
        page.keys(&RIGHT.repeat(2)).await?;
        lab.wait_for(&format!("lab.configuration.yaw < {yaw}")).await?;
        page.keys(UP).await?;
        lab.wait_for(&format!("lab.configuration.pitch < {pitch}")).await?;
        ensure!(lab.step().await? == 0.0, "the picture's arrows have moved the time");

        let start = "lab.configuration.start";
        let before = lab.eval(start).await?;
        let left = "$(`[data-action='start']`).getBoundingClientRect().x";
        let place = lab.number(left).await?;
        lab.eval("$(`[data-action='start']`).focus()").await?;
        page.keys(&RIGHT.repeat(5)).await?;
        lab.wait_for(&format!("{left} > {place} + 5")).await?;
        ensure!(lab.eval(start).await? != before, "the start stands where it stood");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn playing_in_space_draws_balls_and_trails_alone() -> Result<()> {
    visit("space-play", (1280, 800), async |page| {
        let lab = in_space(page).await?;
        // Counts how often the block is put on its canvas.
        lab.eval(
            "(() => { const proto = CanvasRenderingContext2D.prototype, put = proto.putImageData;
               window.puts = 0;
               proto.putImageData = function (...a) { window.puts++; return put.apply(this, a) } })()",
        )
        .await?;
        let (ground, balls) = (lab.pixels("frame").await?, lab.pixels("ball").await?);
        lab.click("[data-action='play']").await?;
        lab.wait_for("lab.readout.step >= 10").await?;
        ensure!(lab.number("window.puts").await? == 0.0, "the block is drawn while the balls roll");
        lab.pixels("ball").await?.must_differ(&balls, "rolling")?;
        ensure!(lab.pixels("frame").await?.hash == ground.hash, "the lines have changed");
        lab.click("[data-action='play']").await?;
        lab.wait_for("!lab.readout.playing").await?;
        let played = lab.pixels("trails").await?;
        lab.drag_slider("step", 0.3).await?;
        lab.wait_for("lab.readout.step > 60").await?;
        lab.pixels("trails").await?.must_differ(&played, "scrubbed")?;
        page.check_errors().await
    })
    .await
}
