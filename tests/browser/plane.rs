//! The plane of learning rate and momentum, taken hold of.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};

/// The middle of a run's handle.
async fn handle(lab: &Lab<'_>, run: usize) -> Result<(f64, f64)> {
    let selector = format!("[data-handle='{run}']");
    lab.wait_for(&format!("$(`{selector}`)?.style.translate")).await?;
    let place = lab.rectangle(&selector).await?;
    ensure!(place.width > 43.9 && place.height > 43.9, "too small to hit: {place:?}");
    Ok(place.center())
}

/// Drags a run's handle by so many CSS pixels.
async fn drag(lab: &Lab<'_>, run: usize, (right, down): (f64, f64)) -> Result<()> {
    let (x, y) = handle(lab, run).await?;
    lab.0.drag(&[(x, y), (x + right / 2.0, y + down / 2.0), (x + right, y + down)]).await
}

#[tokio::test]
async fn a_handle_on_the_plane_sets_learning_rate_and_momentum() -> Result<()> {
    visit("plane-drag", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let before = lab.pixels("trails").await?;
        let ground = "[data-figure='plane'] canvas[data-layer='ground']";
        handle(&lab, 0).await?;
        page.next_frame().await?;
        ensure!(lab.pixels_of(ground).await?.count("#f1e2db") > 1000, "nothing diverges");
        let lr = lab.number("lab.configuration.runs[0].lr").await?;
        drag(&lab, 0, (-60.0, -30.0)).await?;
        lab.wait_for(&format!(
            "lab.configuration.runs[0].lr < 0.8 * {lr} && lab.configuration.runs[0].beta > 0.91"
        ))
        .await?;
        page.next_frame().await?;
        lab.pixels("trails").await?.must_differ(&before, "another setting")?;
        let shown = "Number($(`[data-field='runs[0].beta'][data-kind='number']`).value)";
        let set = lab.number("lab.configuration.runs[0].beta").await?;
        ensure!(lab.number(shown).await? == set, "the momentum's box does not follow");
        // A rule without momentum moves sideways only, and its ball with it.
        let (x, y) = handle(&lab, 1).await?;
        drag(&lab, 1, (-80.0, -40.0)).await?;
        lab.wait_for("lab.configuration.runs[1].lr < 0.02").await?;
        page.next_frame().await?;
        let (left, level) = handle(&lab, 1).await?;
        ensure!((left - x + 80.0).abs() < 2.0 && (level - y).abs() < 0.1, "at {left}, {level}");
        page.picture("plane").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_plane_is_that_of_the_chosen_run_when_another_one_goes() -> Result<()> {
    visit("plane-gone", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval(
            "lab.configuration = { surface: 'ravine', runs: [{ id: 'momentum', lr: 0.02 },
               { id: 'nesterov', lr: 0.001, beta: 0.4 }, { id: 'qhm', lr: 0.005 }] }",
        )
        .await?;
        page.next_frame().await?;
        page.click(handle(&lab, 1).await?).await?;
        let whose = "$(`[data-figure='plane'] .whose`).textContent";
        lab.wait_for(&format!("{whose}.includes('run 2, Nesterov')")).await?;
        lab.click("[data-run='0'] [data-action='remove-run']").await?;
        lab.wait_for(&format!("{whose}.includes('run 1, Nesterov')")).await?;
        lab.click("[data-run='1'] [data-action='remove-run']").await?;
        lab.wait_for(&format!(
            "lab.configuration.runs.length === 1 && {whose}.includes('Nesterov')"
        ))
        .await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn handles_follow_the_sliders_and_the_arrow_keys() -> Result<()> {
    visit("plane-keys", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let (x, y) = handle(&lab, 0).await?;
        lab.type_number("runs[0].lr", "0.02").await?;
        lab.type_number("runs[0].beta", "0.5").await?;
        lab.wait_for("lab.configuration.runs[0].beta === 0.5").await?;
        page.next_frame().await?;
        let (right, down) = handle(&lab, 0).await?;
        ensure!(right > x + 15.0 && down > y + 8.0, "from {x}, {y} to {right}, {down}");
        lab.eval("$(`[data-handle='0']`).focus()").await?;
        page.keys("\u{e012}\u{e012}\u{e012}").await?;
        lab.wait_for("lab.configuration.runs[0].lr < 0.0188").await?;
        ensure!(lab.number("lab.configuration.runs[0].beta").await? == 0.5, "β has moved too");
        ensure!(lab.step().await? == 0.0, "the handle's arrows have moved the time");
        page.keys("\u{e013}").await?;
        lab.wait_for("lab.configuration.runs[0].beta > 0.5").await?;
        let label = lab.text("$(`[data-handle='0']`).getAttribute('aria-label')").await?;
        ensure!(label.contains("spectral radius"), "{label}");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_plane_says_what_is_under_the_pointer_and_what_is_not_on_it() -> Result<()> {
    visit("plane-words", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval(
            "lab.configuration = { surface: 'ravine', runs: [{ id: 'momentum' }, { id: 'adam' }] }",
        )
        .await?;
        lab.wait_for("$(`[data-figure='plane'] .whose`)?.textContent.includes('Adam')").await?;
        handle(&lab, 0).await?;
        ensure!(lab.eval("$(`[data-handle='1']`)").await?.is_null(), "a handle for Adam");
        let frame = lab.rectangle("[data-figure='plane'] .picture").await?;
        page.click(frame.at(0.9, 0.5)).await?;
        lab.wait_for("$(`[data-figure='plane'] .words`).textContent.includes('divergent')").await?;
        lab.eval("lab.configuration = { surface: 'ravine', runs: [{ id: 'adam' }] }").await?;
        lab.wait_for("$(`[data-figure='plane']`) === null").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_plane_says_around_which_minimum_theory_holds_or_that_there_is_none() -> Result<()> {
    visit("plane-around", (1280, 1000), async |page| {
        let lab = Lab::open(page).await?;
        let whose = "$(`[data-figure='plane'] .whose`)?.textContent";
        let words = "$(`[data-figure='plane'] .words`)?.textContent";
        let ground = "[data-figure='plane'] canvas[data-layer='ground']";
        // (surface, optimizer, what is said where the plane holds, whether settings have a theory)
        for (surface, optimizer, said, known) in [
            (
                "'himmelblau', start: [0, 0]",
                "{ id: 'momentum' }",
                "around the minimum at (3.00, 2.00), which the run reaches",
                true,
            ),
            (
                "'himmelblau', start: [0, 0], steps: 3",
                "{ id: 'gd' }",
                "around the nearest minimum, at (3.00, 2.00), which the run does not reach",
                true,
            ),
            ("'ravine'", "{ id: 'qhm' }", "everywhere on this surface", true),
            (
                "'booth'",
                "{ id: 'momentum', weight_decay: 0.5 }",
                "Weight decay adds 0.500 to every curvature",
                true,
            ),
            ("'monkey-saddle'", "{ id: 'momentum' }", "No theory here: no minimum", false),
            (
                "{ expression: 'abs(x) + abs(y)' }",
                "{ id: 'momentum' }",
                "No theory here: the surface has no curvature",
                false,
            ),
            ("'saddle'", "{ id: 'momentum' }", "No minimum, so no setting settles", true),
        ] {
            lab.eval(&format!("lab.configuration = {{ surface: {surface}, runs: [{optimizer}] }}"))
                .await?;
            lab.wait_for(&format!("{whose}?.includes('{said}')")).await?;
            lab.wait_for(&format!("{words}.includes('no theory here') !== {known}")).await?;
            page.next_frame().await?;
            let ground = lab.pixels_of(ground).await?;
            let minimum = !(said.starts_with("No"));
            let (divergent, unknown) = (ground.count("#f1e2db"), ground.count("#e4e4e6"));
            ensure!((divergent > 100) == minimum, "{surface}: {divergent} pixels divergent");
            ensure!((unknown > 1000) != minimum, "{surface}: {unknown} pixels without theory");
            page.picture("plane-around").await?;
        }
        lab.eval("lab.configuration = { surface: 'parabola', runs: [{ id: 'momentum' }] }").await?;
        lab.wait_for(&format!("{whose}.includes('everywhere')")).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_plane_is_about_runs_that_are_shown_and_its_legend_folds_away() -> Result<()> {
    visit("plane-shown", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let words = "$(`[data-figure='plane'] .words`)";
        lab.wait_for(&format!("{words}.textContent.includes('β 0.9')")).await?;
        lab.eval(
            "lab.configuration = { runs: [{ id: 'momentum', visible: false }, { id: 'gd', lr: 0.02 },
               { id: 'adam', visible: false }] }",
        )
        .await?;
        lab.wait_for(&format!("{words}.textContent.startsWith('η 0.0200, β 0:')")).await?;
        ensure!(lab.number("$$('[data-handle]').length").await? == 1.0, "a hidden run's handle");
        let whose = lab.text("$(`[data-figure='plane'] .whose`).textContent").await?;
        ensure!(whose.contains("Gradient") && !whose.contains("Adam"), "{whose}");

        // Unfolded over the rest, the legend goes by a key or by a press beside it.
        let fold = "[data-figure='plane'] details";
        for put_away in ["key", "press"] {
            lab.click(&format!("{fold} summary")).await?;
            lab.wait_for(&format!("$(`{fold}`).open && {words}.checkVisibility()")).await?;
            if put_away == "key" {
                page.keys("\u{e00c}").await?;
            } else {
                lab.click("[data-action='restart']").await?;
            }
            lab.wait_for(&format!("!$(`{fold}`).open")).await?;
        }

        // While a path is to be guessed, theory keeps to itself.
        lab.click("[data-action='restart']").await?;
        lab.eval("((menu) => { menu.selectedIndex = 1; menu.dispatchEvent(new Event('change')) })($('.lesson select'))")
            .await?;
        let seen = format!("getComputedStyle({words}).visibility");
        lab.wait_for(&format!("$('.lesson .question').textContent && {seen} === 'hidden'")).await?;
        lab.eval("lab.seek(1e6)").await?;
        lab.wait_for(&format!("{seen} === 'visible'")).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn simulate_tells_theory_and_measured_behaviour() -> Result<()> {
    visit("analysis", (1280, 800), async |page| {
        Lab::open(page).await?;
        let told = page
            .run_async(
                "const done = arguments[arguments.length - 1];
                 import('/www/pkg/momentum_lab.js').then(async (core) => {
                   await core.default();
                   const run = core.simulate({ surface: 'ravine',
                     optimizer: { id: 'momentum', lr: 0.0078, beta: 0.9 }, steps: 300 });
                   const adam = core.simulate({ surface: 'ravine', optimizer: 'adam' });
                   done([run.theory, run.measured, adam.theory]);
                 })",
            )
            .await?;
        let (theory, measured) = (&told[0], &told[1]);
        let number = |value: &serde_json::Value| value.as_f64().unwrap_or(f64::NAN);
        ensure!((number(&theory["condition_number"]) - 60.0).abs() < 1e-9, "{theory}");
        let high = number(&theory["eigenvalues"][1]);
        ensure!((number(&theory["limits"][1]) - 3.8 / high).abs() < 1e-12, "{theory}");
        ensure!(theory["modes"][1]["regime"] == "oscillating", "{theory}");
        ensure!(number(&theory["directions"][0][0]).abs() <= 1.0, "{theory}");
        ensure!(
            measured["end"]["kind"] == "minimum" && measured["end"]["index"] == 0,
            "{measured}"
        );
        ensure!(number(&measured["detour"]) > 1.0, "{measured}");
        ensure!(told[2].is_null(), "theory of Adam: {}", told[2]);
        page.check_errors().await
    })
    .await
}
