//! What a visitor sees first.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};
use serde_json::json;

#[tokio::test]
async fn every_layer_has_its_picture() -> Result<()> {
    visit("first-view", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let marks = page.run("return performance.getEntriesByName('first-draw').length").await?;
        ensure!(marks == 1, "first-draw is marked {marks} times");

        let heat = lab.pixels("heat").await?;
        ensure!(heat.covered == heat.size.0 * heat.size.1, "the heat has holes");
        ensure!(heat.colours >= 20.0, "the heat has {} colours", heat.colours);

        let ground = lab.pixels("frame").await?;
        ensure!(ground.covered > 5000.0, "contours cover {} pixels", ground.covered);
        ensure!(ground.covered < 0.2 * ground.size.0 * ground.size.1, "contours cover everything");

        lab.eval("lab.seek(60)").await?;
        lab.wait_for("lab.readout.step === 60").await?;
        let trails = lab.pixels("trails").await?;
        let balls = lab.pixels("ball").await?;
        for run in 0..2 {
            let colour = lab
                .text(&format!(
                    "getComputedStyle(lab).getPropertyValue('--momentum-lab-runs-{run}').trim()"
                ))
                .await?;
            ensure!(
                trails.count(&colour) > 300,
                "trail {run} has {} pixels of {colour}",
                trails.count(&colour)
            );
            ensure!(
                balls.count(&colour) > 20,
                "ball {run} has {} pixels of {colour}",
                balls.count(&colour)
            );
        }
        page.picture("first-view").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_comparison_shows_the_point() -> Result<()> {
    visit("comparison", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let runs = lab.eval("lab.configuration.runs.map((run) => run.id)").await?;
        ensure!(runs == json!(["momentum", "gd"]), "side by side: {runs}");
        lab.eval("lab.seek(60)").await?;
        lab.wait_for("lab.readout.step === 60").await?;
        let crossings = |run: usize| format!("lab.readout.runs[{run}].overshoots[1]");
        let (momentum, descent) =
            (lab.number(&crossings(0)).await?, lab.number(&crossings(1)).await?);
        ensure!(2.0 * momentum <= descent, "momentum crosses {momentum} times, descent {descent}");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_layout_fits_screens_and_fingers() -> Result<()> {
    for (name, size) in [("wide", (1280, 800)), ("phone", (390, 844)), ("large", (2560, 1440))] {
        visit(name, (1280, 900), async |page| {
            let lab = Lab::open_framed(page, size).await?;
            let overflow = page
                .run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
                .await?;
            ensure!(overflow == 0, "{name}: the page is {overflow} pixels too wide");
            let small = lab
                .eval(
                    "$$('button, select, input, summary').filter((e) => e.checkVisibility?.() !== false)
                       .map((e) => { const hit = e.closest('label') ?? e;
                         const a = e.getBoundingClientRect(), b = hit.getBoundingClientRect();
                         return [e.dataset.field ?? e.dataset.action ?? e.tagName,
                           Math.max(a.width, b.width), Math.max(a.height, b.height)] })
                       .filter(([, width, height]) => width > 0 && (width < 43.5 || height < 43.5))",
                )
                .await?;
            ensure!(small.as_array().is_some_and(Vec::is_empty), "{name}: too small to hit: {small}");
            page.picture(name).await?;
            page.check_errors().await
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_canvases_follow_the_window_and_stay_sharp() -> Result<()> {
    visit("resize", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let before = lab.pixels("trails").await?;
        for size in [(1000, 700), (600, 800), (1280, 800)] {
            page.resize(size).await?;
            lab.wait_for(
                "((c) => Math.abs(c.width - c.clientWidth * devicePixelRatio) <= 1
                   && Math.abs(c.height - c.clientHeight * devicePixelRatio) <= 1)($('canvas[data-layer=trails]'))",
            )
            .await?;
        }
        lab.wait_for("lab.readout.step === 0").await?;
        let after = lab.pixels("trails").await?;
        ensure!(after.covered > 0.5 * before.covered, "the picture is gone after resizing");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn more_pixels_make_a_finer_picture() -> Result<()> {
    visit("ratio", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let coarse = lab.pixels("trails").await?;
        // As a screen of twice the pixels says; windows cannot be moved between screens here.
        page.run("Object.defineProperty(window, 'devicePixelRatio', { get: () => 2 })").await?;
        page.resize((1281, 801)).await?;
        lab.wait_for(
            "((c) => Math.abs(c.width - 2 * c.clientWidth) <= 1
               && Math.abs(c.height - 2 * c.clientHeight) <= 1)($('canvas[data-layer=trails]'))",
        )
        .await?;
        page.next_frame().await?;
        let fine = lab.pixels("trails").await?;
        // The same lines, twice as wide and twice as long: up to four times the pixels, less for
        // their soft edges. Lines that do not follow the ratio would cover as many as before.
        let ratio = fine.covered / coarse.covered;
        ensure!((2.0..5.0).contains(&ratio), "{ratio} times the pixels");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn dark_is_dark() -> Result<()> {
    visit("dark", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let light = lab.pixels("heat").await?;
        // The toggle goes through automatic, light and dark.
        for _ in 0..3 {
            lab.click("[data-action='theme']").await?;
            if lab.text("getComputedStyle(lab).getPropertyValue('--momentum-lab-paper').trim()").await? == "#14171c" {
                break;
            }
        }
        lab.wait_for("getComputedStyle(lab).getPropertyValue('--momentum-lab-paper').trim() === '#14171c'").await?;
        lab.wait_for("((c) => c.getContext('2d').getImageData(0, 0, 1, 1).data[0] < 80)($('canvas[data-layer=heat]'))").await?;
        lab.pixels("heat").await?.must_differ(&light, "dark heat")?;
        page.picture("dark").await?;
        page.check_errors().await
    })
    .await
}

/// Draws the first picture and the lab's own side by side, and leaves in `window.__parted` which
/// layers differ.
const BOTH: &str = "
    import init, { first_picture } from '/www/pkg/momentum_lab_first.js';
    import { loadCore } from '/www/core/core.js';

    const canvases = () => Array.from({ length: 4 }, () => document.createElement('canvas'));
    const pixels = (canvas) =>
      canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;

    const compare = async (theme) => {
      const [first, own] = [canvases(), canvases()];
      first_picture(first, 600, 400, 1.5, theme);
      const lab = new (await loadCore()).Lab(...own);
      lab.set_theme(theme);
      lab.resize(600, 400, 1.5);
      while (lab.frame(0));
      return first.flatMap((canvas, layer) => {
        const [one, other] = [pixels(canvas), pixels(own[layer])];
        const same = one.length === other.length && one.every((byte, at) => byte === other[at]);
        return same && one.some((byte) => byte > 0) ? [] : [`${theme} ${layer}`];
      });
    };
    init().then(() => Promise.all([compare('light'), compare('dark')])).then(
      (parted) => { window.__parted = parted.flat() },
      (error) => { window.__parted = [String(error)] },
    );
";

#[tokio::test]
async fn the_first_picture_is_that_of_the_lab() -> Result<()> {
    visit("first-picture", (800, 600), async |page| {
        page.open("tests/pages/bare.html").await?;
        let source = json!(BOTH);
        page.run(&format!(
            "document.body.append(Object.assign(document.createElement('script'),
               {{ type: 'module', textContent: {source} }}))"
        ))
        .await?;
        page.wait_for("window.__parted").await?;
        let parted = page.run("return window.__parted").await?;
        ensure!(parted == json!([]), "{parted}");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_first_picture_comes_before_all_else() -> Result<()> {
    /// When it was drawn, and when the lab was asked for.
    const TIMES: &str = "return [performance.getEntriesByName('first-draw')[0].startTime,
        performance.getEntriesByType('resource')
          .find(({ name }) => name.endsWith('/momentum-lab.js')).startTime]";
    visit("first-of-all", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let times = page.run(TIMES).await?;
        ensure!(times[0].as_f64() < times[1].as_f64(), "drawn, lab: {times}");
        // Where the plot is now.
        let plot = lab.rectangle(".plot").await?;
        let first = page
            .run(
                "const lab = document.querySelector('momentum-lab').getBoundingClientRect();
                 const room = document.createElement('div');
                 room.innerHTML = '<div class=\"first\"></div>';
                 room.style = `position: absolute; inset: 0 auto auto 0; inline-size: ${lab.width}px; block-size: ${lab.height}px`;
                 document.body.append(room);
                 const { x, y, width, height } = room.firstChild.getBoundingClientRect();
                 room.remove();
                 return [x, y, width, height]",
            )
            .await?;
        for (index, is) in [plot.x, plot.y, plot.width, plot.height].into_iter().enumerate() {
            let was = first[index].as_f64().unwrap_or(f64::NAN);
            ensure!((was - is).abs() < 8.0, "the picture was at {first}, the plot is at {plot:?}");
        }
        ensure!(page.run("return document.querySelector('.first')").await?.is_null(), "two pictures");

        // What a link asks for is not what is drawn first.
        page.open_url("about:blank").await?;
        page.open("index.html#surface=himmelblau").await?;
        Lab::ready(page).await?;
        let times = page.run(TIMES).await?;
        ensure!(times[0].as_f64() > times[1].as_f64(), "another picture came first: {times}");
        let small = "return performance.getEntriesByType('resource')
            .filter(({ name }) => name.includes('momentum_lab_first_bg')).length";
        ensure!(page.run(small).await? == json!(0), "the small core is fetched for nothing");
        page.check_errors().await
    })
    .await
}
