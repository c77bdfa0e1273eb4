//! What is shown of the plane and drawn over it.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};

#[tokio::test]
async fn the_view_is_moved_and_zoomed() -> Result<()> {
    visit("view", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let plot = lab.rectangle(".plot").await?;
        let width = "lab.configuration.view[1] - lab.configuration.view[0]";
        let left = "lab.configuration.view[0]";
        let start = lab.eval("lab.configuration.start").await?;
        let (whole, edge) = (lab.number(width).await?, lab.number(left).await?);

        // The wheel zooms about the pointer.
        let at = plot.at(0.25, 0.5);
        page.wheel(at, -450).await?;
        lab.wait_for(&format!("{width} < {}", 0.8 * whole)).await?;
        let before = lab.pixels("frame").await?;
        let (zoomed, moved) = (lab.number(width).await?, lab.number(left).await?);
        ensure!(moved > edge, "the view begins at {moved}, {edge} before");

        // Shift and a drag move it, and the start stays.
        page.drag_with_shift(&[plot.at(0.5, 0.5), plot.at(0.6, 0.5), plot.at(0.7, 0.5)]).await?;
        lab.wait_for(&format!("{left} < {moved} - 0.1 * {zoomed}")).await?;
        ensure!((lab.number(width).await? - zoomed).abs() < 1e-9 * zoomed, "panning zooms");
        page.next_frame().await?;
        lab.pixels("frame").await?.must_differ(&before, "the moved view")?;
        ensure!(lab.eval("lab.configuration.start").await? == start, "the start has moved");

        // Buttons and keys.
        lab.click("[data-action='in']").await?;
        lab.wait_for(&format!("{width} < {}", 0.75 * zoomed)).await?;
        page.keys("-").await?;
        let now = lab.number(width).await?;
        page.keys("-").await?;
        lab.wait_for(&format!("{width} > {}", 1.2 * now)).await?;

        // A double click shows all again and leaves the start where it was.
        page.double_click(plot.at(0.6, 0.7)).await?;
        lab.wait_for(&format!("{left} === {edge}")).await?;
        ensure!(lab.eval("lab.configuration.start").await? == start, "the start has moved");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn arrows_and_curvature_are_drawn_over_the_ball() -> Result<()> {
    visit("arrows", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.seek(6)").await?;
        lab.wait_for("lab.readout.step === 6").await?;
        let plain = lab.pixels("ball").await?;
        lab.click("[data-action='arrows']").await?;
        lab.wait_for("lab.configuration.arrows === true").await?;
        page.next_frame().await?;
        let arrows = lab.pixels("ball").await?;
        ensure!(arrows.covered > plain.covered + 100.0, "no arrows");
        let legend = "$$('.legend span').filter((part) => part.checkVisibility())
            .map((part) => part.dataset.part).join()";
        let told = lab.text(legend).await?;
        ensure!(told == "momentum,gradient,step,look-ahead", "the legend tells of {told}");
        page.keys("c").await?;
        lab.wait_for("lab.configuration.curvature === true").await?;
        let told = lab.text(legend).await?;
        ensure!(told.ends_with(",look-ahead,level,downward"), "the legend tells of {told}");
        page.next_frame().await?;
        let both = lab.pixels("ball").await?;
        ensure!(both.covered > arrows.covered + 100.0, "no curvature");
        page.picture("arrows").await?;
        // In slow motion they grow between one iterate and the next.
        lab.eval("lab.seek(6.6)").await?;
        page.next_frame().await?;
        let between = lab.pixels("ball").await?;
        ensure!(between.covered > plain.covered + 100.0, "no arrows between two iterates");
        page.picture("arrows-between").await?;
        lab.eval("lab.seek(6)").await?;
        lab.click("[data-action='arrows']").await?;
        page.keys("c").await?;
        lab.wait_for("!lab.configuration.curvature && !lab.configuration.arrows").await?;
        page.next_frame().await?;
        ensure!(lab.pixels("ball").await?.hash == plain.hash, "something is left");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn what_is_under_the_pointer_is_said() -> Result<()> {
    visit("examined", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { surface: 'himmelblau' }").await?;
        lab.wait_for("$('.sights').children.length > 4").await?;
        let names = lab.text("$$('.sights span').map((e) => e.textContent).join()").await?;
        for kind in ["minimum", "saddle", "maximum"] {
            ensure!(names.contains(kind), "no {kind} among {names}");
        }
        // Over a minimum the value and the gradient are next to nothing.
        let view = "lab.configuration.view";
        let place = lab
            .eval(
                "((s, r) => [r.x + Number.parseFloat(s.left) / 100 * r.width, r.y + Number.parseFloat(s.top) / 100 * r.height])(
                   $(`.sights span[data-kind='0']`).style,
                   $('.plot').getBoundingClientRect())",
            )
            .await?;
        let at = (place[0].as_f64().unwrap_or_default(), place[1].as_f64().unwrap_or_default());
        page.hover(at).await?;
        lab.wait_for("!$('.examined').hidden").await?;
        let value = "Number($('.examined').textContent.match(/= ([-−\\d.e]+)/)[1].replaceAll('−', '-'))";
        let low = lab.number(value).await?;
        ensure!(low < 0.5, "f is {low} at a minimum, in view {}", lab.eval(view).await?);
        page.hover((at.0 + 120.0, at.1 + 60.0)).await?;
        lab.wait_for(&format!("{value} > 5")).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn two_fingers_zoom_and_move_the_view() -> Result<()> {
    visit("pinch", (1280, 900), async |page| {
        let lab = Lab::open_framed(page, (390, 844)).await?;
        let touch = async |kind: &str, fingers: &[(f64, f64)]| {
            let touches: Vec<_> = fingers
                .iter()
                .map(|(x, y)| format!("{{ clientX: r.left + {x}, clientY: r.top + {y} }}"))
                .collect();
            lab.eval(&format!(
                "((p) => {{ const r = p.getBoundingClientRect();
                   p.dispatchEvent(Object.assign(
                     new Event('{kind}', {{ bubbles: true, cancelable: true }}),
                     {{ touches: [{}] }})); }})($('.plot'))",
                touches.join(", ")
            ))
            .await
        };
        let examined = "lab.readout && $('.plot') && JSON.stringify(lab.configuration.start)";
        let start = lab.text(examined).await?;
        let ground = lab.pixels("frame").await?;
        touch("touchstart", &[(150.0, 150.0), (200.0, 150.0)]).await?;
        touch("touchmove", &[(100.0, 150.0), (250.0, 150.0)]).await?;
        touch("touchend", &[]).await?;
        page.next_frame().await?;
        let near = lab.pixels("frame").await?;
        near.must_differ(&ground, "two fingers apart")?;
        // Back again by the same way: what was under the fingers stays under them.
        touch("touchstart", &[(100.0, 150.0), (250.0, 150.0)]).await?;
        touch("touchmove", &[(150.0, 150.0), (200.0, 150.0)]).await?;
        touch("touchend", &[]).await?;
        page.next_frame().await?;
        ensure!(lab.text(examined).await? == start, "the start has moved");
        page.check_errors().await
    })
    .await
}
