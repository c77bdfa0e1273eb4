//! Sliders, boxes and menus, moved by a pointer and by keys.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};
use serde_json::json;

#[tokio::test]
async fn turning_momentum_changes_the_path_at_once() -> Result<()> {
    visit("momentum-slider", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.seek(40)").await?;
        lab.wait_for("lab.readout.step === 40").await?;
        let (before, place) = (lab.pixels("trails").await?, lab.position(0).await?);
        let beta = lab.number("lab.configuration.runs[0].beta").await?;

        lab.drag_slider("runs[0].beta", 0.85).await?;
        lab.wait_for(&format!("lab.configuration.runs[0].beta > {beta} + 0.01")).await?;
        ensure!(lab.position(0).await? != place, "the ball stands where it stood");
        ensure!(lab.step().await? == 40.0, "the time has moved");
        lab.pixels("trails").await?.must_differ(&before, "momentum up")?;

        // More momentum swings longer: the ravine's walls are crossed more often by step 200.
        let crossings = "lab.readout.runs[0].overshoots[1]";
        lab.eval("lab.seek(200)").await?;
        lab.wait_for("lab.readout.step === 200").await?;
        let much = lab.number(crossings).await?;
        lab.drag_slider("runs[0].beta", 0.02).await?;
        lab.wait_for("lab.configuration.runs[0].beta < 0.3").await?;
        let little = lab.number(crossings).await?;
        ensure!(much > little + 5.0, "crossings: {much} with much momentum, {little} with little");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn space_plays_after_a_click_and_presses_a_button_reached_by_keys() -> Result<()> {
    visit("space-key", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.click("[data-action='arrows']").await?;
        page.keys(" ").await?;
        lab.wait_for("lab.readout.playing && lab.configuration.arrows").await?;
        page.keys(" ").await?;
        lab.wait_for("!lab.readout.playing").await?;
        // With the tabulator to the next button and back, it is the button that is meant.
        page.keys("\u{e004}").await?;
        lab.wait_for("lab.shadowRoot.activeElement.dataset.action === 'curvature'").await?;
        page.keys(" ").await?;
        lab.wait_for("lab.configuration.curvature && !lab.readout.playing").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn another_value_takes_the_place_of_a_refused_one() -> Result<()> {
    visit("refused-and-gone", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let field = "$(`[data-field='runs[0].lr'][data-kind='number']`)";
        let refused = format!("{field}.getAttribute('aria-invalid') === 'true'");
        lab.type_number("runs[0].lr", "--1").await?;
        lab.wait_for(&refused).await?;
        // What else changes leaves it to be mended; its own value does not.
        lab.eval("lab.steps = 200").await?;
        lab.wait_for("lab.configuration.steps === 200").await?;
        ensure!(lab.text(&format!("{field}.value")).await? == "--1", "it has gone");
        lab.eval("lab.surface = 'bowl'").await?;
        let settled = format!("{field}.value === String(lab.configuration.runs[0].lr)");
        lab.wait_for(&format!("{settled} && !({refused})")).await?;
        // Typed back to what is in force, nothing is wrong any more.
        lab.type_number("runs[0].lr", "--1").await?;
        lab.wait_for(&refused).await?;
        lab.eval(&format!("{field}.select()")).await?;
        let lr = lab.number("lab.configuration.runs[0].lr").await?;
        page.keys(&lr.to_string()).await?;
        lab.wait_for(&format!("{settled} && !({refused})")).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn sliders_answer_to_keys() -> Result<()> {
    visit("slider-keys", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let lr = lab.number("lab.configuration.runs[1].lr").await?;
        lab.eval("$(`[data-field='runs[1].lr'][data-kind='slider']`).focus()").await?;
        page.keys("\u{e014}\u{e014}\u{e014}").await?;
        lab.wait_for(&format!("lab.configuration.runs[1].lr > {lr}")).await?;
        ensure!(lab.step().await? == 0.0, "the slider's arrows have moved the time");
        page.keys("\u{e012}\u{e012}\u{e012}\u{e012}\u{e012}").await?;
        lab.wait_for(&format!("lab.configuration.runs[1].lr < {lr}")).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_typed_number_counts_and_nonsense_is_refused_in_words() -> Result<()> {
    visit("typing", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.type_number("runs[1].lr", "0.021").await?;
        lab.wait_for("lab.configuration.runs[1].lr === 0.021").await?;
        // Taken, it is the lab's to undo, also from the box.
        let (rate, box_) =
            ("lab.configuration.runs[1].lr", "$(`[data-field='runs[1].lr'][data-kind='number']`).value");
        page.key_with_ctrl('z', false).await?;
        lab.wait_for(&format!("{rate} === 0.031 && {box_} === '0.031'")).await?;
        page.key_with_ctrl('z', true).await?;
        lab.wait_for(&format!("{rate} === 0.021 && {box_} === '0.021'")).await?;
        lab.type_number("runs[1].lr", "0,022").await?;
        lab.wait_for(&format!("{rate} === 0.022")).await?;
        lab.type_number("runs[1].lr", "0.021").await?;
        for nonsense in ["-4", "1e999", "fast", "0..3", "<b>"] {
            lab.type_number("runs[1].lr", nonsense).await?;
            let alert = "[...lab.shadowRoot.querySelectorAll('[role=alert]')].map((e) => e.textContent).join('')";
            lab.wait_for(&format!("{alert}.trim() !== ''")).await?;
            ensure!(
                lab.number("lab.configuration.runs[1].lr").await? == 0.021,
                "{nonsense} has changed the learning rate"
            );
            ensure!(
                lab.text("$(`[data-field='runs[1].lr'][data-kind='number']`).getAttribute('aria-invalid')").await? == "true",
                "{nonsense} is not marked"
            );
        }
        lab.type_number("runs[1].lr", "0.03").await?;
        lab.wait_for("lab.configuration.runs[1].lr === 0.03").await?;
        lab.wait_for("$(`[data-field='runs[1].lr'][data-kind='number']`).getAttribute('aria-invalid') !== 'true'").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn every_surface_and_optimizer_can_be_chosen() -> Result<()> {
    visit("menus", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let surfaces = lab.number("$(`select[data-field='surface.id']`).options.length").await? as usize;
        let optimizers = lab.number("$(`select[data-field='runs[0].id']`).options.length").await? as usize;
        ensure!(surfaces >= 6 && optimizers >= 3, "{surfaces} surfaces, {optimizers} optimizers");
        let choose = |field: &str, index: usize| {
            format!(
                "((e) => {{ e.selectedIndex = {index}; e.dispatchEvent(new Event('input', {{ bubbles: true }}));
                   e.dispatchEvent(new Event('change', {{ bubbles: true }})); return e.value }})($(`select[data-field='{field}']`))"
            )
        };
        let mut hashes = std::collections::HashSet::new();
        for index in 0..surfaces {
            let id = lab.text(&choose("surface.id", index)).await?;
            lab.wait_for(&format!("lab.configuration.surface.id === '{id}'")).await?;
            // Two frames later the picture is drawn.
            page.next_frame().await?;
            hashes.insert(lab.pixels("frame").await?.hash);
        }
        ensure!(hashes.len() == surfaces, "{} different pictures of {surfaces} surfaces", hashes.len());
        for index in 0..optimizers {
            let id = lab.text(&choose("runs[0].id", index)).await?;
            lab.wait_for(&format!("lab.configuration.runs[0].id === '{id}'")).await?;
        }
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_form_of_momentum_is_a_choice() -> Result<()> {
    visit("form", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let select = "$(`select[data-field='runs[0].form']`)";
        let forms = lab.eval(&format!("[...{select}.options].map((o) => o.value)")).await?;
        let forms: Vec<String> = serde_json::from_value(forms)?;
        ensure!(forms.len() >= 3 && forms.contains(&"ema".to_owned()), "{forms:?}");
        let mut ends = Vec::new();
        for form in forms {
            lab.eval(&format!(
                "((e) => {{ e.focus(); e.value = '{form}';
                   e.dispatchEvent(new Event('input', {{ bubbles: true }}));
                   e.dispatchEvent(new Event('change', {{ bubbles: true }})) }})({select})"
            ))
            .await?;
            lab.wait_for(&format!("lab.configuration.runs[0].form === '{form}'")).await?;
            lab.eval("lab.seek(30)").await?;
            lab.wait_for("lab.readout.step === 30").await?;
            let expected = page
                .run_async(&format!(
                    "const done = arguments[arguments.length - 1];
                     const {{ surface, start, runs: [run] }} =
                       document.querySelector('momentum-lab').configuration;
                     import('/www/pkg/momentum_lab.js').then(async (core) => {{
                       await core.default();
                       const {{ points }} = core.simulate({{ surface, start, steps: 30,
                         optimizer: {{ id: 'momentum', lr: run.lr, beta: run.beta, form: '{form}' }} }});
                       done([...points].slice(-2));
                     }})"
                ))
                .await?;
            let (x, y) = lab.position(0).await?;
            ensure!(json!([x, y]) == expected, "{form}: ({x}, {y}) is not {expected}");
            ends.push((x, y));
        }
        // At a constant rate the Polyak form has the path of the accumulating one.
        ends.dedup_by(|a, b| (a.0 - b.0).hypot(a.1 - b.1) < 1e-9);
        ensure!(ends.len() > 1, "another form at the same lr is another path: {ends:?}");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_diverging_run_says_so_and_shows_no_nonsense() -> Result<()> {
    visit("diverging", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.type_number("runs[1].lr", "0.2").await?;
        lab.wait_for("lab.readout.runs[1].status === 'diverged'").await?;
        lab.eval("lab.seek(300)").await?;
        lab.wait_for("lab.readout.step === 300").await?;
        let shown = lab.text("lab.shadowRoot.querySelector('.lab').innerText").await?;
        ensure!(shown.contains("diverged"), "nothing says diverged: {shown}");
        for nonsense in ["NaN", "undefined", "null", "-0 "] {
            ensure!(!shown.contains(nonsense), "the page shows {nonsense}: {shown}");
        }
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn an_own_formula_is_drawn_while_it_is_typed() -> Result<()> {
    visit("formula", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval(
            "((e) => { e.value = 'expression'; e.dispatchEvent(new Event('change', { bubbles: true })) })
               ($(`select[data-field='surface.id']`))",
        )
        .await?;
        lab.wait_for("lab.configuration.surface.id === 'expression'").await?;
        let before = lab.pixels("frame").await?;
        let field = "[data-field='surface.expression']";
        lab.click(field).await?;
        lab.eval("lab.shadowRoot.activeElement.select()").await?;
        page.keys("x^2 + 3*y^2").await?;
        lab.wait_for("lab.configuration.surface.expression === 'x^2 + 3*y^2'").await?;
        page.next_frame().await?;
        lab.pixels("frame").await?.must_differ(&before, "another formula")?;
        page.keys(" + foo(").await?;
        let alert = "[...lab.shadowRoot.querySelectorAll('[role=alert]')].map((e) => e.textContent).join('')";
        lab.wait_for(&format!("{alert}.includes('at character 15')")).await?;
        ensure!(
            lab.text(&format!("$(`{field}`).value")).await? == "x^2 + 3*y^2 + foo(",
            "what was typed is lost"
        );
        ensure!(lab.text("lab.configuration.surface.expression").await?.starts_with("x^2 + 3*y^2"), "kept");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_speed_is_a_choice() -> Result<()> {
    visit("speed", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let usual = lab.number("lab.configuration.speed").await?;
        lab.eval(
            "((e) => { e.selectedIndex = e.options.length - 1;
               e.dispatchEvent(new Event('change', { bubbles: true })) })($(`select[data-field='speed']`))",
        )
        .await?;
        lab.wait_for(&format!("lab.configuration.speed >= 4 * {usual}")).await?;
        lab.click("[data-action='play']").await?;
        lab.wait_for("lab.readout.step > 100").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_change_can_count_from_here_on() -> Result<()> {
    visit("from-here", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval(
            "((e) => { e.value = 'from-here'; e.dispatchEvent(new Event('change', { bubbles: true })) })
               ($(`select[data-field='takes_effect']`))",
        )
        .await?;
        lab.eval("lab.seek(30)").await?;
        lab.wait_for("lab.readout.step === 30").await?;
        let here = lab.position(0).await?;
        lab.type_number("runs[0].lr", "0.001").await?;
        lab.wait_for("lab.configuration.runs[0].changes?.length === 1").await?;
        ensure!(lab.position(0).await? == here, "the present has moved");
        let shown = "$(`[data-field='runs[0].lr'][data-kind='number']`).value";
        ensure!(lab.text(shown).await? == "0.001", "the slider does not show what is in force");
        lab.eval("lab.seek(20)").await?;
        lab.wait_for(&format!("{shown} === '0.0078'")).await?;
        page.check_errors().await
    })
    .await
}
