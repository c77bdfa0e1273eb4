//! Lessons: chosen, predicted, played, judged.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};

/// JavaScript for the text of the card's parts.
const ANSWER: &str = "$('.lesson .answer').textContent.trim()";
const LABEL: &str = "$('.lesson label').textContent";

/// Chooses a lesson in the menu, as its number or 0 for none.
async fn choose(lab: &Lab<'_>, number: usize) -> Result<()> {
    let menu = "((e) => { e.selectedIndex = NUMBER; e.dispatchEvent(new Event('change', { bubbles: true })) })
        ($('.lesson select'))";
    lab.eval(&menu.replace("NUMBER", &number.to_string())).await.map(|_| ())
}

/// The right choice of the lesson in hand, found out by asking to be shown.
async fn right_choice(lab: &Lab<'_>) -> Result<f64> {
    lab.click("[data-action='show-lesson']").await?;
    lab.wait_for("$('.lesson [data-mark=right]')").await?;
    let right = lab.number("Number($('.lesson [data-mark=right]').dataset.choice)").await?;
    lab.click("[data-action='again-lesson']").await?;
    lab.wait_for("!$('.lesson [data-mark]') && lab.readout.step === 0").await?;
    Ok(right)
}

#[tokio::test]
async fn a_prediction_is_judged_when_the_run_has_been_played() -> Result<()> {
    visit("lesson-played", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let before = lab.eval("lab.configuration").await?;
        choose(&lab, 1).await?;
        ensure!(lab.eval("lab.configuration").await? != before, "the lesson sets nothing up");
        ensure!(lab.text(ANSWER).await?.is_empty(), "the answer stands there before the question");
        page.next_frame().await?;
        let trails = lab.pixels("trails").await?;
        ensure!(trails.covered < 100.0, "the path is shown ahead: {} pixels", trails.covered);

        let right = right_choice(&lab).await?;
        lab.click(&format!(".lesson [data-choice='{right}']")).await?;
        lab.wait_for(&format!("$(`[data-choice='{right}']`).ariaPressed === 'true'")).await?;
        ensure!(lab.eval("$$('.lesson [data-mark]').length").await? == 0, "judged too early");

        lab.eval("$(`select[data-field='speed']`).selectedIndex = $(`select[data-field='speed']`).length - 1").await?;
        lab.eval("$(`select[data-field='speed']`).dispatchEvent(new Event('change'))").await?;
        lab.click("[data-action='play']").await?;
        lab.wait_for(&format!("{ANSWER} !== ''")).await?;
        ensure!(lab.text("$('.lesson .answer strong').textContent").await? == "Right.", "not praised");
        let answer = lab.text(ANSWER).await?;
        // The number is that of the run on screen.
        let crossings = lab.number("lab.readout.runs[0].overshoots[1]").await?;
        ensure!(answer.contains(&format!(" {crossings} ")), "{crossings} crossings, but: {answer}");
        ensure!(!answer.contains('{'), "a number is missing: {answer}");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn show_me_goes_to_the_end_and_marks_a_wrong_prediction() -> Result<()> {
    visit("lesson-shown", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        choose(&lab, 2).await?;
        let right = right_choice(&lab).await?;
        let wrong = if right == 0.0 { 1.0 } else { 0.0 };
        lab.click(&format!(".lesson [data-choice='{right}']")).await?;
        // Minds may be changed.
        lab.click(&format!(".lesson [data-choice='{wrong}']")).await?;
        lab.click("[data-action='show-lesson']").await?;
        lab.wait_for("$('.lesson [data-mark=wrong]')").await?;
        ensure!(
            lab.number("Number($('.lesson [data-mark=wrong]').dataset.choice)").await? == wrong,
            "another choice is marked"
        );
        ensure!(
            lab.text("$('.lesson .answer strong').textContent").await? == "Not quite.",
            "no verdict"
        );
        ensure!(
            lab.eval("lab.readout.step === lab.readout.steps").await? == true,
            "not at the end"
        );
        // The button is gone, and the focus with it unless it is handed on.
        lab.wait_for("lab.shadowRoot.activeElement?.dataset.action === 'again-lesson'").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_lesson_set_up_again_undoes_what_was_turned() -> Result<()> {
    visit("lesson-again", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        choose(&lab, 2).await?;
        lab.wait_for(&format!("{LABEL}.includes('2')")).await?;
        let asked = lab.eval("JSON.stringify(lab.configuration)").await?;
        let usual = lab.number("lab.configuration.runs[0].beta").await?;
        lab.type_number("runs[0].beta", "0.5").await?;
        lab.wait_for("lab.configuration.runs[0].beta === 0.5").await?;
        ensure!(lab.text(LABEL).await?.contains('2'), "turning a slider has ended the lesson");
        // Of what has been turned the lesson knows no answer, and says so.
        let left = "$('.lesson .note').checkVisibility()";
        lab.wait_for(left).await?;
        lab.eval("lab.seek(1e6)").await?;
        page.next_frame().await?;
        ensure!(lab.text("$('.lesson .answer').textContent.trim()").await?.is_empty(), "an answer");
        lab.type_number("runs[0].beta", &usual.to_string()).await?;
        lab.wait_for(&format!("!({left})")).await?;
        lab.type_number("runs[0].beta", "0.5").await?;
        lab.wait_for(left).await?;
        lab.click("[data-action='again-lesson']").await?;
        lab.wait_for("lab.configuration.runs[0].beta !== 0.5").await?;
        ensure!(lab.eval("JSON.stringify(lab.configuration)").await? == asked, "not as it was");

        choose(&lab, 0).await?;
        ensure!(lab.eval("$('.lesson .body').checkVisibility()").await? == false, "still open");
        ensure!(
            lab.eval("JSON.stringify(lab.configuration)").await? == asked,
            "the lab has changed"
        );
        page.next_frame().await?;
        ensure!(lab.pixels("trails").await?.covered > 300.0, "the path stays hidden");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn what_a_lesson_asks_to_be_tried_is_not_reproached() -> Result<()> {
    visit("lesson-tries", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let left = "$('.lesson .note').checkVisibility()";
        let answered = async |number: usize| -> Result<()> {
            choose(&lab, number).await?;
            lab.wait_for(&format!("{LABEL}.includes('{number}')")).await?;
            lab.eval("$(`[data-action='show-lesson']`).click()").await?;
            lab.wait_for(&format!("{ANSWER} !== ''")).await
        };
        // "Turn the β of the second ball": but not its learning rate.
        answered(7).await?;
        ensure!(lab.text("lab.configuration.surface.id").await? == "parabola", "another lesson");
        lab.type_number("runs[1].beta", "0.66").await?;
        lab.wait_for("lab.configuration.runs[1].beta === 0.66").await?;
        page.next_frame().await?;
        ensure!(lab.eval(left).await? == false, "turning β is what was asked");
        lab.wait_for(&format!("{ANSWER} !== ''")).await?;
        lab.type_number("runs[1].lr", "0.05").await?;
        lab.wait_for(left).await?;
        // "Start at x = 1.3, or turn β down".
        answered(5).await?;
        lab.eval("lab.start = [1.3]").await?;
        lab.wait_for("lab.configuration.start[0] === 1.3").await?;
        lab.type_number("runs[0].beta", "0.5").await?;
        lab.wait_for("lab.configuration.runs[0].beta === 0.5").await?;
        page.next_frame().await?;
        ensure!(lab.eval(left).await? == false, "another start is what was asked");
        // "Change a rate while it runs".
        answered(9).await?;
        lab.eval("lab.seek(5)").await?;
        lab.wait_for("lab.readout.step === 5").await?;
        lab.type_number("runs[2].lr", "0.01").await?;
        lab.wait_for("lab.configuration.runs[2].changes.length > 0").await?;
        page.next_frame().await?;
        ensure!(lab.eval(left).await? == false, "another rate is what was asked");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn keys_lead_through_all_lessons_and_stop_where_a_lesson_stops() -> Result<()> {
    visit("lesson-keys", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let count = lab.number("$('.lesson select').options.length - 1").await? as usize;
        ensure!(count >= 12, "{count} lessons");
        choose(&lab, 1).await?;
        let mut configurations = std::collections::HashSet::new();
        let mut stopped = 0;
        for number in 1..=count {
            lab.wait_for(&format!("$('.lesson select').selectedIndex === {number}")).await?;
            configurations.insert(lab.text("JSON.stringify(lab.configuration)").await?);
            lab.eval("$(`[data-action='show-lesson']`).focus()").await?;
            page.keys("\u{e007}").await?;
            lab.wait_for(&format!("{ANSWER} !== ''")).await?;
            let shown = lab.text("$('.lesson').innerText").await?;
            for nonsense in ["{", "NaN", "undefined", "null", "–"] {
                ensure!(!shown.contains(nonsense), "lesson {number} shows {nonsense}: {shown}");
            }
            stopped += u32::from(lab.eval("lab.readout.step < lab.readout.steps").await? == true);
            lab.eval("$(`[data-action='next-lesson']`).focus()").await?;
            page.keys("\u{e007}").await?;
        }
        ensure!(configurations.len() == count, "two lessons show the same");
        ensure!(stopped >= 1, "no lesson stops on its way");
        // After the last comes the first, and before it the last.
        lab.wait_for("$('.lesson select').selectedIndex === 1").await?;
        lab.click("[data-action='previous-lesson']").await?;
        lab.wait_for(&format!("$('.lesson select').selectedIndex === {count}")).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_lesson_goes_on_in_another_language() -> Result<()> {
    visit("lesson-language", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        choose(&lab, 3).await?;
        lab.click(".lesson [data-choice='1']").await?;
        let question = lab.text("$('.lesson .question').textContent").await?;
        lab.click("[data-action='language']").await?;
        lab.wait_for("$('.lab').lang === 'zh-CN'").await?;
        ensure!(
            lab.number("$('.lesson select').selectedIndex").await? == 3.0,
            "the lesson is gone"
        );
        ensure!(lab.text("$('.lesson .question').textContent").await? != question, "still English");
        lab.wait_for("$(`.lesson [data-choice='1']`).ariaPressed === 'true'").await?;
        page.next_frame().await?;
        ensure!(lab.pixels("trails").await?.covered < 100.0, "the path is shown ahead");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_lesson_fits_a_phone() -> Result<()> {
    visit("lesson-phone", (1280, 900), async |page| {
        let lab = Lab::open_framed(page, (390, 844)).await?;
        choose(&lab, 5).await?;
        lab.wait_for("$('.lesson .body').checkVisibility()").await?;
        let overflow = page
            .run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
            .await?;
        ensure!(overflow == 0, "{overflow} pixels too wide");
        let small = lab
            .eval("$$('.lesson button').filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 43.5).length")
            .await?;
        ensure!(small == 0, "{small} buttons are too small to hit");
        let transport = lab.rectangle(".transport").await?;
        let card = lab.rectangle(".lesson").await?;
        let runs = lab.rectangle(".runs").await?;
        ensure!(card.height > 200.0 && transport.width > 300.0 && runs.width > 300.0, "not shown");
        let order = lab
            .eval("['.transport', '.lesson', '.runs'].map((s) => $(s).getBoundingClientRect().y)")
            .await?;
        let y = |index: usize| order[index].as_f64().unwrap_or(f64::NAN);
        ensure!(y(0) < y(1) && y(1) < y(2), "out of order: {order}");
        page.check_errors().await
    })
    .await
}
