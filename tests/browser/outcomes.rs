//! What the page says of how a ball ended: the sentence on the plot, the badge and the readout.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};

/// A configuration, a step, the outcome, and what the sentence and the badge say in English and
/// in Chinese.
type State = (&'static str, u32, &'static str, [&'static str; 2], [&'static str; 2]);

const STATES: [State; 8] = [
    (
        "{ surface: 'ravine', steps: 300, runs: [{ id: 'gd', lr: 0.034 }] }",
        300,
        "leaving",
        ["has been moving away since step", "起不断远离"],
        ["moving away", "远离"],
    ),
    (
        "{ surface: 'plateau', start: [-9, 5], runs: [{ id: 'gd', lr: 0.05 }] }",
        20,
        "plateau",
        ["is stuck where f is flat", "停滞在平坦处"],
        ["stuck, flat", "停滞在平坦处"],
    ),
    (
        "{ surface: 'saddle', start: [2, 0], runs: [{ id: 'gd', lr: 0.05 }] }",
        300,
        "saddle",
        ["came to rest on a saddle or maximum", "停在鞍点或极大值点"],
        ["on a saddle", "停在鞍点"],
    ),
    (
        "{ surface: 'booth', runs: [{ id: 'gd', lr: 0.05, weight_decay: 0.1 }] }",
        300,
        "weight-decay",
        ["held off the minimum of f by weight decay", "被权重衰减拉离 f 的极小值点"],
        ["held by decay", "权重衰减所致"],
    ),
    (
        "{ surface: 'rosenbrock', runs: [{ id: 'gd', lr: 1e-4, schedule: 'cosine',
           schedule_steps: 50, schedule_factor: 0 }] }",
        100,
        "learning-rate",
        ["because its learning rate has gone to 0", "因为学习率已降到 0"],
        ["η gone to 0", "η 降到 0"],
    ),
    (
        "{ surface: { expression: 'sqrt(x-100)' }, start: [0, 0], runs: [{ id: 'gd', lr: 0.1 }] }",
        0,
        "undefined",
        ["f is undefined where", "所在处无定义"],
        ["f undefined here", "f 在此无定义"],
    ),
    (
        "{ surface: { expression: 'sqrt(x^2+y^2)' }, start: [0, 0], runs: [{ id: 'gd', lr: 0.1 }] }",
        0,
        "no-gradient",
        ["f has no gradient where", "所在处没有梯度"],
        ["no gradient here", "此处没有梯度"],
    ),
    (
        "{ surface: 'saddle', start: [2, 1e-7], runs: [{ id: 'gd', lr: 0.1 }] }",
        220,
        "saddle",
        ["has moved on since", "此后又继续运动"],
        ["on a saddle", "停在鞍点"],
    ),
];

#[tokio::test]
async fn every_outcome_is_said_on_the_plot_and_on_the_badge_in_both_languages() -> Result<()> {
    visit("outcomes", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        for (language, name) in ["en", "zh-CN"].into_iter().enumerate() {
            if language > 0 {
                lab.click("[data-action='language']").await?;
                lab.wait_for("lab.hasAttribute('ready') && $('.lab')?.lang === 'zh-CN'").await?;
            }
            for (configuration, step, outcome, sentence, badge) in STATES {
                lab.eval(&format!("lab.configuration = {configuration}")).await?;
                lab.eval(&format!("lab.seek({step})")).await?;
                let [sentence, badge] = [sentence, badge].map(|said| said[language]);
                lab.wait_for(&format!("$('.stage').innerText.includes('{sentence}')")).await?;
                lab.wait_for(&format!(
                    "$('[data-run=\"0\"] .chip').textContent.includes('{badge}')"
                ))
                .await?;
                let told = lab.text("lab.readout.runs[0].outcome").await?;
                ensure!(told == outcome, "{configuration} ends as {told}");
                page.picture(&format!("outcome-{outcome}-{name}")).await?;
            }
        }
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_ball_out_of_view_is_marked_at_the_edge_and_fitting_shows_it() -> Result<()> {
    visit("out-of-view", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { surface: 'ravine', steps: 300, runs: [{ id: 'gd', lr: 0.034 }] }")
            .await?;
        lab.eval("lab.seek(150)").await?;
        lab.wait_for("lab.readout.step === 150").await?;
        let colour = lab
            .text("getComputedStyle(lab).getPropertyValue('--momentum-lab-runs-0').trim()")
            .await?;
        page.next_frame().await?;
        let mark = lab.pixels("ball").await?.count(&colour);
        ensure!(mark > 20, "the mark at the edge has {mark} pixels");
        page.picture("out-of-view").await?;
        let before = lab.eval("lab.configuration.view").await?;
        lab.click("[data-action='fit']").await?;
        lab.wait_for("lab.configuration.view[3] > lab.readout.runs[0].y && lab.configuration.view[2] < lab.readout.runs[0].y")
            .await?;
        ensure!(lab.eval("lab.configuration.view").await? != before);
        page.next_frame().await?;
        ensure!(lab.pixels("ball").await?.count(&colour) > 20, "no ball is seen");
        page.picture("fitted").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_sentence_tells_the_direction_of_the_overshoots() -> Result<()> {
    visit("along", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval(
            "lab.configuration = { surface: { id: 'ravine', kappa: 3 }, steps: 700,
               runs: [{ id: 'momentum', lr: 0.02, beta: 0.97 }] }",
        )
        .await?;
        lab.eval("lab.seek(700)").await?;
        lab.wait_for("lab.readout.step === 700").await?;
        let count = lab.number("Math.max(...lab.readout.runs[0].overshoots)").await?;
        let step = lab.number("lab.readout.runs[0].statusStep").await?;
        lab.wait_for(&format!(
            "$('.stage').innerText.includes('overshot {count} times along the sharpest direction and settled at step {step}')"
        ))
        .await?;
        page.check_errors().await
    })
    .await
}
