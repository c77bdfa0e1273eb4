//! Questions asked first: nothing is told before the answer, then it plays and is judged.

use crate::element::Lab;
use crate::host::Host;
use crate::session::{Page, visit};
use anyhow::{Result, ensure};
use serde_json::{Value, json};

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";

/// Momentum overshoots here, and the speed lets it do so within a second.
const SWINGS: &str = "surface=ravine&kappa=25&run=momentum,lr:0.02,beta:0.9&speed=240";

/// What would give an answer away, and what is shown of it.
const TELLING: &str =
    "['.transport', '.figures', '.damping', '.rule', '.sweep', '.lesson', '.chosen', '.basins',
      'canvas[data-layer=basins]', '.undo', '[data-action=export]', '[data-action=arrows]', '[data-action=curvature]']
    .filter((part) => $(part)?.getClientRects().length)";

/// Opens the page with a question, and notes what it is told.
async fn asked<'a>(page: &'a Page, link: &str) -> Result<Lab<'a>> {
    let lab = Lab::open_at(page, &format!("#{link}")).await?;
    listen(page).await?;
    lab.wait_for("$('.task') && !$('.task').hidden").await?;
    Ok(lab)
}

async fn listen(page: &Page) -> Result<()> {
    page.run(
        "window.answers = [];
         document.addEventListener('answered', ({ detail }) => answers.push(detail))",
    )
    .await
    .map(|_| ())
}

async fn answers(page: &Page) -> Result<Value> {
    page.run("return window.answers").await
}

/// Takes the answer that is chosen, and waits until it is judged.
async fn submit(lab: &Lab<'_>) -> Result<()> {
    lab.click("[data-action='answer-task']").await?;
    lab.wait_for("$('.task').dataset.score").await
}

#[tokio::test]
async fn nothing_is_told_before_the_answer() -> Result<()> {
    visit("task-sealed", (1280, 800), async |page| {
        let more = "&basins=true&sweep=beta&arrows=true&task=oscillates";
        let lab = asked(page, &format!("{SWINGS}{more}")).await?;
        page.next_frame().await?;
        ensure!(lab.eval(TELLING).await? == json!([]), "shown: {}", lab.eval(TELLING).await?);
        ensure!(lab.pixels("trails").await?.covered < 100.0, "the path is shown ahead");
        // No key, click or drag plays it or changes it.
        let before = lab.text("JSON.stringify(lab.configuration)").await?;
        let plot = lab.rectangle(".plot").await?;
        page.click(plot.at(0.5, 0.3)).await?;
        page.drag(&[plot.at(0.3, 0.3), plot.at(0.6, 0.7)]).await?;
        for key in [" ", "\u{e014}", "b", "c", "r", "\u{e00f}"] {
            page.keys(key).await?;
        }
        page.next_frame().await?;
        ensure!(lab.text("JSON.stringify(lab.configuration)").await? == before, "it was changed");
        ensure!(lab.step().await? == 0.0 && lab.eval("lab.readout.playing").await? == false);
        ensure!(lab.eval("$('.side').firstElementChild.inert").await? == true, "cards answer");
        let words = lab.text("$('.lab').innerText + $('.spoken').textContent").await?;
        for telling in ["settles", "settled", "overshot", "diverge"] {
            ensure!(!words.contains(telling), "{telling}: {words}");
        }
        // An answer must be chosen first.
        lab.click("[data-action='answer-task']").await?;
        ensure!(answers(page).await? == json!([]), "answered without an answer");
        // What looks only may be done.
        lab.click("[data-action='in']").await?;
        lab.wait_for(&format!("JSON.stringify(lab.configuration) !== {}", json!(before))).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn an_answer_is_played_judged_and_told_to_the_page() -> Result<()> {
    visit("task-answered", (1280, 800), async |page| {
        let lab = asked(page, &format!("{SWINGS}&task=oscillates")).await?;
        ensure!(lab.text("$('.task h2').textContent").await?.contains("Momentum"));
        ensure!(lab.text("$('.task .given').textContent").await?.contains("β = 0.9"));
        ensure!(lab.text("$('.task .answer').getAttribute('role')").await? == "status");
        lab.click("[data-choice='yes']").await?;
        ensure!(lab.text("$('[data-choice=yes]').ariaPressed").await? == "true");
        lab.click("[data-action='answer-task']").await?;
        // The page hears of it at once; it plays, and until it has played nothing is judged.
        let told = json!([{"task": "oscillates", "run": 0, "answer": "yes", "truth": "yes", "score": 1, "attempt": 1}]);
        page.wait_for("window.answers.length === 1").await?;
        ensure!(answers(page).await? == told, "{}", answers(page).await?);
        lab.wait_for("lab.readout.step > 0").await?;
        lab.wait_for("$('.task').dataset.score === 'right'").await?;
        let said = lab.text("$('.task .answer').textContent").await?;
        let count = lab.number("Math.max(...lab.readout.runs[0].overshoots)").await?;
        let step = lab.number("lab.readout.runs[0].statusStep").await?;
        ensure!(said.starts_with("Right.") && said.contains(&format!("overshot {count} time")), "{said}");
        ensure!(said.contains(&format!("step {step}")), "{said}: {step}");
        ensure!(lab.step().await? == step && lab.eval("lab.readout.playing").await? == false);
        // Now all is there again.
        lab.wait_for("$('.transport').getClientRects().length && $('.figures').getClientRects().length").await?;
        ensure!(lab.eval("$('.side').firstElementChild.inert").await? == false, "cards are dead");
        lab.click("[data-action='back']").await?;
        lab.wait_for(&format!("lab.readout.step === {}", step - 1.0)).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_question_is_answered_and_tried_again_by_keys() -> Result<()> {
    visit("task-keys", (1280, 800), async |page| {
        // So slow that no key comes when it has played by itself.
        let slow = SWINGS.replace("speed=240", "speed=1");
        let lab = asked(page, &format!("{slow}&task=oscillates")).await?;
        lab.eval("$('[data-choice=no]').focus()").await?;
        page.keys(ENTER).await?;
        page.keys(TAB).await?;
        ensure!(lab.text("lab.shadowRoot.activeElement.dataset.action").await? == "answer-task");
        page.keys(ENTER).await?;
        // The focus goes on to what can be done next.
        let skipping = "lab.shadowRoot.activeElement?.dataset.action === 'skip-task'";
        lab.wait_for(skipping).await?;
        page.keys(ENTER).await?;
        lab.wait_for("$('.task').dataset.score === 'wrong'").await?;
        ensure!(lab.eval("$('[data-choice=yes]').dataset.mark").await? == "right");
        ensure!(lab.eval("$('[data-choice=no]').dataset.mark").await? == "wrong");
        lab.wait_for("lab.shadowRoot.activeElement?.dataset.action === 'again-task'").await?;
        page.keys(ENTER).await?;
        lab.wait_for("!$('.task').dataset.score && lab.readout.step === 0").await?;
        page.next_frame().await?;
        ensure!(lab.eval(TELLING).await? == json!([]), "shown: {}", lab.eval(TELLING).await?);
        ensure!(lab.pixels("trails").await?.covered < 100.0, "the path is still shown");
        lab.wait_for("lab.shadowRoot.activeElement?.dataset.choice === 'yes'").await?;
        page.keys(ENTER).await?;
        lab.click("[data-action='answer-task']").await?;
        lab.wait_for(skipping).await?;
        page.keys(ENTER).await?;
        lab.wait_for("$('.task').dataset.score === 'right'").await?;
        let found = answers(page).await?;
        ensure!(found[0]["score"] == 0 && found[0]["attempt"] == 1, "{found}");
        ensure!(found[1]["score"] == 1 && found[1]["attempt"] == 2, "{found}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_minimum_is_picked_on_the_plot() -> Result<()> {
    visit("task-minimum", (1280, 800), async |page| {
        let link = "surface=himmelblau&start=1,4&run=gd,lr:0.005&speed=240&task=minimum";
        let lab = asked(page, link).await?;
        ensure!(lab.eval("$$('.sites button').length").await? == 4, "letters");
        lab.click("[data-site='2']").await?;
        lab.wait_for("$(`[data-choice='2']`).ariaPressed === 'true'").await?;
        ensure!(lab.eval("lab.configuration.start").await? == json!([1, 4]), "the start moved");
        submit(&lab).await?;
        let found = answers(page).await?;
        ensure!(found[0]["answer"] == 2 && found[0]["score"] == 0, "{found}");
        // The truth is where the ball is.
        let truth = found[0]["truth"].clone();
        let (x, y) = lab.position(0).await?;
        let label = lab.text(&format!("$(`[data-choice='{truth}']`).textContent")).await?;
        ensure!(
            label.contains(&format!("({x:.2}, {y:.2})").replace('-', "−")),
            "{label}: {x}, {y}"
        );
        ensure!(lab.eval(&format!("$(`[data-site='{truth}']`).dataset.mark")).await? == "right");
        ensure!(lab.eval("$(`[data-site='2']`).dataset.mark").await? == "wrong");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_momentum_that_damps_is_found_by_trying() -> Result<()> {
    visit("task-damps", (1280, 800), async |page| {
        let link =
            "surface=ravine&kappa=25&run=momentum,lr:0.02,beta:0.97&steps=600&speed=240&task=damps";
        let lab = asked(page, link).await?;
        lab.type_number("task.runs[0].beta", "0.3").await?;
        // Nothing is tried out before the answer.
        ensure!(lab.eval("lab.configuration.runs[0].beta").await? == 0.97);
        submit(&lab).await?;
        ensure!(lab.eval("lab.configuration.runs[0].beta").await? == 0.3, "another one was run");
        ensure!(lab.text("$('.task').dataset.score").await? == "partly");
        let best = answers(page).await?[0]["truth"].as_f64().unwrap_or_default();
        ensure!((0.7..0.76).contains(&best), "{best}");
        lab.click("[data-action='again-task']").await?;
        lab.wait_for("lab.configuration.runs[0].beta === 0.97 && !$('.task').dataset.score")
            .await?;
        // By the slider, far up.
        lab.drag_slider("task.runs[0].beta", 0.9).await?;
        submit(&lab).await?;
        lab.click("[data-action='again-task']").await?;
        lab.type_number("task.runs[0].beta", &best.to_string()).await?;
        submit(&lab).await?;
        let found = answers(page).await?;
        ensure!(
            found[0]["score"].as_f64().is_some_and(|score| score > 0.5 && score < 1.0),
            "{found}"
        );
        ensure!(found[1]["score"] == 0 && found[2]["score"] == 1, "{found}");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn an_element_asks_by_its_attribute_under_lock() -> Result<()> {
    visit("task-element", (900, 800), async |page| {
        page.open("tests/pages/bare.html").await?;
        listen(page).await?;
        page.run(
            "document.body.innerHTML = `<momentum-lab surface='bowl' optimizer='momentum gd' lr='0.05' beta='0.95'
               speed='240' controls='play' lock task='faster' language='en'></momentum-lab>`; window.load()",
        )
        .await?;
        let lab = Lab::ready(page).await?;
        lab.wait_for("!$('.task').hidden").await?;
        ensure!(lab.text("lab.task").await? == "faster");
        ensure!(lab.eval("$$('.task [data-choice]').length").await? == 3);
        let cut = "[...$$('.task, .plot')].some((e) => e.getBoundingClientRect().bottom > lab.getBoundingClientRect().bottom + 1)";
        ensure!(lab.eval(cut).await? == false, "cut off");
        lab.click("[data-choice='1']").await?;
        submit(&lab).await?;
        ensure!(answers(page).await?[0]["answer"] == 1, "{}", answers(page).await?);
        // After the answer the lock holds as ever.
        let plot = lab.rectangle(".plot").await?;
        let start = lab.eval("lab.configuration.start").await?;
        page.click(plot.at(0.5, 0.5)).await?;
        ensure!(lab.eval("lab.configuration.start").await? == start, "the lock is open");
        // Another question by the page; one that makes no sense is named and changes nothing.
        page.run("document.querySelector('momentum-lab').setAttribute('task', 'oscillates')").await?;
        lab.wait_for("!$('.task').dataset.score && $(`[data-choice='yes']`)").await?;
        page.run("document.querySelector('momentum-lab').setAttribute('task', 'guess')").await?;
        lab.wait_for("$('.complaint').textContent.includes('\"guess\"')").await?;
        ensure!(lab.text("lab.task").await? == "oscillates");
        page.run("document.querySelector('momentum-lab').removeAttribute('task')").await?;
        lab.wait_for("$('.task').hidden && $('.transport').getClientRects().length").await
    })
    .await
}

#[tokio::test]
async fn a_question_outlives_a_change_of_language_and_a_reload() -> Result<()> {
    visit("task-kept", (1280, 800), async |page| {
        let lab = asked(page, &format!("{SWINGS}&task=oscillates")).await?;
        lab.click("[data-choice='no']").await?;
        page.run("document.querySelector('momentum-lab').setAttribute('language', 'zh-CN')")
            .await?;
        lab.wait_for("$('.task')?.textContent.includes('作答')").await?;
        ensure!(
            lab.text("$('[data-choice=no]').ariaPressed").await? == "true",
            "the choice is lost"
        );
        ensure!(lab.eval(TELLING).await? == json!([]), "shown: {}", lab.eval(TELLING).await?);
        submit(&lab).await?;
        let said = "$('.task .answer').textContent";
        ensure!(lab.text(said).await?.starts_with("答错了。"), "{}", lab.text(said).await?);
        page.run("document.querySelector('momentum-lab').setAttribute('language', 'en')").await?;
        lab.wait_for(&format!("{said}.startsWith('Not quite.')")).await?;
        page.run("window.old = true; location.reload()").await?;
        page.wait_for(
            "!window.old && document.querySelector('momentum-lab')?.hasAttribute('ready')",
        )
        .await?;
        lab.wait_for("$('.task').dataset.score === 'wrong'").await?;
        ensure!(lab.eval("$('[data-choice=no]').dataset.mark").await? == "wrong");
        Ok(())
    })
    .await
}

/// Lets go of a file with a configuration over the lab.
async fn drop_file(lab: &Lab<'_>, configuration: &Value) -> Result<()> {
    lab.eval(&format!(
        "((transfer) => {{
           transfer.items.add(new File([{}], 'lab.json', {{ type: 'application/json' }}));
           for (const type of ['dragover', 'drop']) {{
             $('.plot').dispatchEvent(new DragEvent(type,
               {{ dataTransfer: transfer, bubbles: true, composed: true, cancelable: true }}));
           }}
         }})(new DataTransfer())",
        json!(configuration.to_string())
    ))
    .await
    .map(|_| ())
}

#[tokio::test]
async fn the_same_question_about_something_else_is_asked_again() -> Result<()> {
    visit("task-next", (1280, 800), async |page| {
        let lab = asked(page, &format!("{SWINGS}&task=oscillates")).await?;
        // While it is open nothing else comes in: not even what asks nothing.
        drop_file(&lab, &json!({"surface": "rosenbrock"})).await?;
        lab.click("[data-choice='yes']").await?;
        submit(&lab).await?;
        ensure!(lab.text("lab.configuration.surface.id").await? == "ravine", "a file came in");

        let other = "surface=bowl&run=momentum,lr:0.05,beta:0.95&speed=240&task=oscillates";
        lab.eval(&format!("lab.setAttribute('configuration', '{other}')")).await?;
        lab.wait_for("!$('.task').dataset.score && lab.configuration.surface.id === 'bowl'")
            .await?;
        page.next_frame().await?;
        ensure!(lab.eval(TELLING).await? == json!([]), "shown: {}", lab.eval(TELLING).await?);
        lab.click("[data-choice='yes']").await?;
        submit(&lab).await?;

        let file = json!({"surface": "himmelblau", "task": "oscillates", "speed": 240});
        drop_file(&lab, &file).await?;
        lab.wait_for("!$('.task').dataset.score && lab.configuration.surface.id === 'himmelblau'")
            .await?;
        page.next_frame().await?;
        ensure!(lab.eval(TELLING).await? == json!([]), "shown: {}", lab.eval(TELLING).await?);
        ensure!(lab.eval("Boolean($('dialog.take')?.open)").await? == false, "code is shown");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_lesson_makes_way_for_a_question() -> Result<()> {
    visit("task-lesson", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        page.keys("p").await?;
        page.keys("\u{e00f}").await?;
        lab.wait_for("$('.lesson select').value !== ''").await?;
        let link = format!("{SWINGS}&task=oscillates");
        lab.eval(&format!("lab.setAttribute('configuration', '{link}')")).await?;
        lab.wait_for("!$('.task').hidden && $('.lesson select').value === ''").await?;
        lab.click("[data-choice='yes']").await?;
        submit(&lab).await
    })
    .await
}

#[tokio::test]
async fn what_was_asked_outlives_other_runs_and_a_reload_while_it_plays() -> Result<()> {
    visit("task-others", (1280, 800), async |page| {
        let lab = asked(page, "run=gd&speed=240&task=oscillates&task_run=1").await?;
        lab.click("[data-choice='no']").await?;
        submit(&lab).await?;
        let said = "$('.task .answer').textContent";
        // The question now means a run that was not there.
        lab.click("[data-run='0'] [data-action='duplicate-run']").await?;
        lab.eval("lab.setAttribute('language', 'zh-CN')").await?;
        lab.wait_for(&format!("{said}.startsWith('答对了。')")).await?;
        lab.eval("lab.setAttribute('language', 'en')").await?;
        lab.wait_for(&format!("{said}.startsWith('Right.')")).await?;

        let slow = "surface=ravine&kappa=25&run=momentum,lr:0.02,beta:0.97&steps=600&speed=1";
        let lab = asked(page, &format!("{slow}&task=damps")).await?;
        lab.type_number("task.runs[0].beta", "0.3").await?;
        lab.eval("lab.setAttribute('language', 'zh-CN')").await?;
        lab.wait_for("$('.task')?.textContent.includes('作答')").await?;
        let shown = "$(`[data-field='task.runs[0].beta'][data-kind=number]`).value";
        ensure!(lab.text(shown).await? == "0.3", "{} is shown", lab.text(shown).await?);
        lab.click("[data-action='answer-task']").await?;
        lab.wait_for("lab.readout.playing").await?;
        page.run("window.old = true; location.reload()").await?;
        page.wait_for(
            "!window.old && document.querySelector('momentum-lab')?.hasAttribute('ready')",
        )
        .await?;
        lab.wait_for("lab.readout.playing && lab.configuration.runs[0].beta === 0.3").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn what_cannot_be_asked_is_said_and_the_lab_is_open() -> Result<()> {
    visit("task-unfit", (1280, 800), async |page| {
        let lab = asked(page, "surface=bowl&run=adam&task=damps").await?;
        ensure!(lab.text("$('.task .answer').textContent").await?.contains("Adam"));
        lab.click("[data-action='step']").await?;
        lab.wait_for("lab.readout.step === 1").await?;
        // With a question that is none, the rest of the link counts.
        let lab = Lab::open_at(page, "?#surface=bowl&task=guess").await?;
        lab.wait_for("$('.linked').textContent.includes('\"guess\"')").await?;
        ensure!(lab.eval("$('.task').hidden").await? == true, "something is asked");
        ensure!(lab.text("lab.configuration.surface.id").await? == "bowl");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_answer_leaves_a_frame_of_another_origin() -> Result<()> {
    visit("task-frame", (1000, 1000), async |page| {
        let host = Host::of(".").await?;
        let link = "surface=bowl&run=momentum,lr:0.05,beta:0.95&speed=240&task=oscillates&controls=play&lock&language=en";
        page.open(&format!("tests/pages/frames.html#{}!{link}", host.url())).await?;
        page.wait_for("window.told?.some(({ type }) => type === 'ready')").await?;
        page.enter_frame().await?;
        let lab = Lab::ready(page).await?;
        // Drivers misplace a pointer in a frame of another origin.
        lab.eval("($('[data-choice=yes]').click(), $('[data-action=answer-task]').click())").await?;
        page.leave_frame().await?;
        page.wait_for("window.told.some(({ type }) => type === 'answered')").await?;
        let detail = page.run("return window.told.find(({ type }) => type === 'answered').detail").await?;
        let told = json!({"task": "oscillates", "run": 0, "answer": "yes", "truth": "yes", "score": 1, "attempt": 1});
        ensure!(detail == told, "{detail}");
        // The page around asks again.
        page.enter_frame().await?;
        lab.wait_for("$('.task').dataset.score").await?;
        page.leave_frame().await?;
        let other = json!({"type": "configure", "configuration": {"surface": "himmelblau", "task": "minimum"}});
        page.run(&format!("window.ask({other})")).await?;
        page.enter_frame().await?;
        lab.wait_for("!$('.task').dataset.score && $$('.sites button').length === 4").await
    })
    .await
}
