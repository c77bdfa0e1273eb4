//! Pages that scale the lab, by `transform` or `zoom`: what the pointer does happens where it points.

use crate::element::{Lab, Rectangle};
use crate::session::{Page, visit};
use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

/// How a page scales what is in it, about its top left, and how large a CSS pixel of the lab is then.
const SCALED: [(&str, &str, f64); 6] = [
    ("as it is", "", 1.0),
    ("html zoom", "document.documentElement.style.zoom = 1.5", 1.5),
    ("a slide", "outer.style.transform = 'scale(0.6)'", 0.6),
    ("an enlarged slide", "outer.style.transform = 'scale(1.25)'", 1.25),
    ("a slide by zoom", "outer.style.zoom = 0.8", 0.8),
    (
        "both, nested",
        "document.body.style.zoom = 0.8; outer.style.transform = 'scale(1.5)'; outer.style.zoom = 0.9",
        0.8 * 1.5 * 0.9,
    ),
];

/// A page with a lab that is scaled about the page's top left.
async fn scaled<'a>(page: &'a Page, script: &str) -> Result<Lab<'a>> {
    page.open("tests/pages/bare.html").await?;
    page.run(&format!(
        "document.body.style.margin = 0;
         document.body.innerHTML = `<div id=outer style='transform-origin: 0 0; inline-size: 1000px'>
           <momentum-lab style='block-size: 620px; inline-size: 940px' lr=0.004></momentum-lab></div>`;
         const lab = document.querySelector('momentum-lab');
         {script};
         window.load()"
    ))
    .await?;
    let lab = Lab(page);
    lab.wait_for("lab.hasAttribute('ready')").await?;
    page.next_frame().await?;
    Ok(lab)
}

/// Where an element is on screen: engines differ in whether rectangles include zoom, but their shape tells the
/// element's place on a page that is not scaled, and all is scaled about its top left.
async fn shown(lab: &Lab<'_>, selector: &str, scale: f64) -> Result<Rectangle> {
    let rectangle = lab.rectangle(selector).await?;
    let laid_out = lab.number(&format!("$({}).offsetWidth", json!(selector))).await?;
    let scrolled = lab.eval("[scrollX, scrollY]").await?;
    ensure!(scrolled == json!([0, 0]), "{selector} is not in view: {scrolled}");
    let factor = scale * laid_out / rectangle.width;
    Ok(Rectangle {
        x: rectangle.x * factor,
        y: rectangle.y * factor,
        width: rectangle.width * factor,
        height: rectangle.height * factor,
    })
}

fn numbers(value: &Value) -> Result<Vec<f64>> {
    value.as_array().context("no list")?.iter().map(|n| n.as_f64().context("no number")).collect()
}

#[tokio::test]
async fn the_start_lands_where_the_pointer_is() -> Result<()> {
    visit("scaled-start", (1500, 1000), async |page| {
        for (name, script, scale) in SCALED {
            let lab = scaled(page, script).await?;
            let plot = shown(&lab, ".plot", scale).await?;
            let first = lab.eval("lab.configuration.start").await?;
            let at = plot.at(0.7, 0.3);
            page.click(at).await?;
            lab.wait_for(&format!("JSON.stringify(lab.configuration.start) !== '{first}'")).await?;
            page.next_frame().await?;
            let start = shown(&lab, "button.start", scale).await?.center();
            let off = (start.0 - at.0).hypot(start.1 - at.1);
            ensure!(off < 1.5 * scale.max(1.0), "{name}: the start is {off} px beside the click");
            let clicked = numbers(&lab.eval("lab.configuration.start").await?)?;
            // Dragged by its handle it stays under the pointer.
            let to = plot.at(0.35, 0.6);
            page.drag(&[start, plot.at(0.5, 0.5), to]).await?;
            let under =
                "((handle, plot) => [(handle.left + handle.width / 2 - plot.left) / plot.width,
                   (handle.top + handle.height / 2 - plot.top) / plot.height])(
                   $('button.start').getBoundingClientRect(), $('.plot').getBoundingClientRect())";
            lab.wait_for(&format!(
                "(([x, y]) => Math.abs(x - 0.35) < 0.008 && Math.abs(y - 0.6) < 0.008)({under})"
            ))
            .await
            .with_context(|| format!("{name}: a drag ends elsewhere"))?;
            // The place under the pointer is named by its own coordinates: the start was there before.
            page.hover(at).await?;
            lab.wait_for("$('.examined').checkVisibility()").await?;
            let told = lab.text("$('.examined').textContent").await?;
            let view = numbers(&lab.eval("lab.configuration.view").await?)?;
            let said: Vec<f64> = told
                .replace('−', "-")
                .split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'))
                .filter_map(|word| word.parse().ok())
                .take(2)
                .collect();
            let reach = (view[1] - view[0]) * 0.01;
            ensure!(
                (said[0] - clicked[0]).abs() < reach && (said[1] - clicked[1]).abs() < reach,
                "{name}: {told} at {clicked:?}"
            );
        }
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn gestures_charts_and_the_plane_follow_the_pointer() -> Result<()> {
    visit("scaled-figures", (1500, 1000), async |page| {
        for (name, script, scale) in SCALED {
            let lab = scaled(page, script).await?;
            // Once zoomed, the configured view is exactly what the plot shows.
            let plot = shown(&lab, ".plot", scale).await?;
            let first = lab.eval("lab.configuration.view").await?;
            page.wheel_with(plot.at(0.5, 0.5), -100, "ctrlKey: true").await?;
            lab.wait_for(&format!("JSON.stringify(lab.configuration.view) !== '{first}'")).await?;
            // The wheel zooms about the pointer: what is under it stays.
            let at_share = "(([a, b, c, d]) => [a + 0.75 * (b - a), d - 0.25 * (d - c)])(lab.configuration.view)";
            let before = numbers(&lab.eval(at_share).await?)?;
            let view = numbers(&lab.eval("lab.configuration.view").await?)?;
            page.wheel_with(plot.at(0.75, 0.25), -400, "ctrlKey: true").await?;
            let width = "lab.configuration.view[1] - lab.configuration.view[0]";
            lab.wait_for(&format!("{width} < {}", 0.7 * (view[1] - view[0]))).await?;
            let after = numbers(&lab.eval(at_share).await?)?;
            let reach = 0.01 * (view[1] - view[0]);
            ensure!(
                (before[0] - after[0]).abs() < reach && (before[1] - after[1]).abs() < reach,
                "{name}: the wheel zooms about {after:?}, not {before:?}"
            );
            // A drag with Shift moves it as far as the pointer goes.
            let edge = lab.number("lab.configuration.view[0]").await?;
            page.drag_with_shift(&[plot.at(0.3, 0.5), plot.at(0.4, 0.5), plot.at(0.5, 0.5)]).await?;
            let moved = (edge - lab.number("lab.configuration.view[0]").await?) / lab.number(width).await?;
            ensure!((moved - 0.2).abs() < 0.01, "{name}: a drag over 0.2 of the plot moves {moved}");
            // On a chart a press goes to the step under the pointer.
            let chart = "[data-figure='loss'] .layers";
            let steps = lab.number("lab.configuration.steps").await?;
            let place = shown(&lab, chart, scale).await?;
            let mut found = Vec::new();
            for share in [0.4, 0.6, 0.8] {
                page.click(place.at(share, 0.5)).await?;
                lab.wait_for("lab.readout.step > 0").await?;
                found.push(lab.step().await? / steps);
            }
            // The axis' numbers take some room at the left; to the right of them steps are even, up to the end.
            let slope = (found[2] - found[0]) / 0.4;
            let end = found[2] + slope * 0.2;
            ensure!((found[1] - (found[0] + found[2]) / 2.0).abs() < 0.02, "{name}: {found:?}");
            ensure!((0.95..1.12).contains(&end), "{name}: {found:?} would end at {end} of the steps");
            // On the plane a handle stays under the pointer.
            lab.eval("$('.setting').scrollIntoView({ block: 'nearest' })").await?;
            let plane = shown(&lab, ".picture.plane", scale).await?;
            let handle = shown(&lab, ".setting", scale).await?.center();
            page.drag(&[handle, plane.at(0.5, 0.5), plane.at(0.45, 0.4)]).await?;
            lab.wait_for(
                "((handle, plane) => Math.abs((handle.left + handle.width / 2 - plane.left) / plane.width - 0.45) < 0.02
                   && Math.abs((handle.top + handle.height / 2 - plane.top) / plane.height - 0.4) < 0.03)(
                   $('.setting').getBoundingClientRect(), $('.picture.plane').getBoundingClientRect())",
            )
            .await
            .with_context(|| format!("{name}: the handle on the plane"))?;
        }
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn an_enlarged_lab_is_drawn_with_more_pixels() -> Result<()> {
    visit("scaled-sharp", (1500, 1000), async |page| {
        for (name, script, scale) in SCALED {
            let lab = scaled(page, script).await?;
            for canvas in ["canvas[data-layer='frame']", "[data-figure='loss'] canvas"] {
                let ratio = lab
                    .number(&format!("((canvas) => canvas.width / canvas.offsetWidth / devicePixelRatio)($(`{canvas}`))"))
                    .await?;
                let wanted = scale.max(1.0);
                ensure!((ratio - wanted).abs() < 0.03, "{name}: {canvas} has {ratio} pixels to a pixel");
            }
        }
        // A slide that grows with the window gets sharper with it.
        let lab = scaled(page, "outer.style.transform = 'scale(0.5)'").await?;
        lab.eval("document.querySelector('#outer').style.transform = 'scale(1.5)'").await?;
        page.run("dispatchEvent(new Event('resize'))").await?;
        lab.wait_for("((canvas) => canvas.width / canvas.offsetWidth / devicePixelRatio > 1.45)($(`canvas[data-layer='frame']`))")
            .await?;
        page.check_errors().await
    })
    .await
}
