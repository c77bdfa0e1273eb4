//! How a run is damped, in words and numbers, and what became of it in a sentence.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};

const WORDS: &str = "$('.damped').textContent";

#[tokio::test]
async fn the_words_follow_the_sliders() -> Result<()> {
    visit("damping", (1280, 1000), async |page| {
        let lab = Lab::open(page).await?;
        // κ = 100 and no angle: curvatures 1 and 100, all known by hand.
        lab.eval(
            "lab.configuration = { surface: { id: 'ravine', kappa: 100, angle: 0 }, start: [-8, 1],
                steps: 200, runs: [{ id: 'momentum', lr: 0.01, beta: 0.81 }, { id: 'adam' }] }",
        )
        .await?;
        lab.eval("$('.damping').scrollIntoView({ block: 'center' })").await?;
        lab.click(".damping summary").await?;
        // √β = 0.9 across, where lr·λ = 1; along, lr·λ = 0.01 is critical at (1 − 0.1)² = 0.81.
        for said in [
            "Sharpest direction, curvature 100",
            "oscillating",
            "multiplies the distance by 0.9000",
            "critically damped: each step",
            "Critically damped at β = 0.81.",
            "Effective step: 0.0526 times",
        ] {
            lab.wait_for(&format!("{WORDS}.includes('{said}')")).await?;
        }
        // Overshoots are counted as they happen.
        ensure!(lab.text(WORDS).await?.contains("overshoots so far 0"), "counted too early");
        lab.eval("lab.seek(100)").await?;
        lab.wait_for("lab.readout.step === 100").await?;
        let count = lab.number("lab.readout.runs[0].overshoots[1]").await?;
        ensure!(count > 3.0, "{count} overshoots across");
        lab.wait_for(&format!("{WORDS}.includes('overshoots so far {count}')")).await?;
        page.picture("damping").await?;
        // From 2(1 + β)/λ = 0.0362 on, the steep direction diverges.
        lab.type_number("runs[0].lr", "0.04").await?;
        lab.wait_for(&format!("{WORDS}.includes('Divergent, because η = 0.0400 exceeds 0.0362.')"))
            .await?;
        lab.eval(
            "(menu => { menu.value = '1'; menu.dispatchEvent(new Event('change')); })
                ($(`[data-action='damping-run']`))",
        )
        .await?;
        lab.wait_for(&format!("{WORDS}.includes('not a linear momentum recurrence')")).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_words_say_which_momentum_is_critical_or_why_none_is() -> Result<()> {
    visit("damping-critical", (1280, 1000), async |page| {
        let lab = Lab::open(page).await?;
        lab.click(".damping summary").await?;
        for (surface, optimizer, said) in [
            // ((1 − 0.4)/(1 + 0.4))², and with ν = β (√4.2 − 1.8)/0.8.
            ("'parabola'", "{ id: 'momentum', form: 'ema', lr: 0.4 }", "at β = 0.184."),
            ("'parabola'", "{ id: 'qhm', lr: 0.4, nu: 0.9, beta: 0.9 }", "at β = ν = 0.312."),
            ("'parabola'", "{ id: 'momentum', lr: 1.5 }", "No β damps critically at ηλ = 1.50"),
            ("{ expression: 'x^2' }", "{ id: 'momentum', lr: 0.1 }", "No curvature: along this"),
            ("'saddle'", "{ id: 'momentum', lr: 0.1 }", "the curvature here is not positive"),
            ("'bowl'", "{ id: 'qhm', nu: 0, lr: 0.1 }", "β or the gradient has no effect"),
            ("{ expression: 'abs(x)+y^2' }, start: [0, 1]", "{ id: 'gd', lr: 0.1 }", "a kink"),
            ("'bowl'", "{ id: 'gd', lr: 0.1, weight_decay: 0.2 }", "adds 0.200 to every curvature"),
            ("'bowl'", "{ id: 'gd', lr: 0.1, maximize: true }", "curvatures change their sign"),
            ("'bowl'", "{ id: 'adam' }", "not a linear momentum recurrence"),
        ] {
            lab.eval(&format!("lab.configuration = {{ surface: {surface}, runs: [{optimizer}] }}"))
                .await?;
            lab.wait_for(&format!("{WORDS}.includes('{said}')")).await?;
        }
        // Set by hand, the promised momentum is critical.
        lab.eval(
            "lab.configuration = { surface: 'parabola',
                runs: [{ id: 'momentum', form: 'ema', lr: 0.25, beta: 0.9 }] }",
        )
        .await?;
        lab.wait_for(&format!("{WORDS}.includes('Critically damped at β = 0.36.')")).await?;
        lab.type_number("runs[0].beta", "0.36").await?;
        lab.wait_for(&format!("{WORDS}.includes('In theory critically damped')")).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_sentence_counts_overshoots() -> Result<()> {
    visit("sentence", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval(
            "lab.configuration = { surface: 'parabola', start: [1], steps: 200,
                runs: [{ id: 'momentum', lr: 0.1, beta: 0.6 }] }",
        )
        .await?;
        lab.eval("lab.seek(200)").await?;
        lab.wait_for("lab.readout.runs[0].reached").await?;
        let said = "$('.stage').innerText";
        let [count, step] = [
            lab.number("lab.readout.runs[0].overshoots[0]").await?,
            lab.number("lab.readout.runs[0].statusStep").await?,
        ];
        let times = match count {
            1.0 => "once".into(),
            2.0 => "twice".into(),
            count => format!("{count} times"),
        };
        ensure!(count >= 1.0, "the ball does not overshoot");
        lab.wait_for(&format!(
            "{said}.includes('Momentum overshot {times} and settled at step {step}.')"
        ))
        .await?;
        page.check_errors().await
    })
    .await
}
