//! The element in a page that was not made for it.

use crate::element::Lab;
use crate::session::{Page, visit};
use anyhow::{Result, ensure};
use serde_json::json;

const COURSE: &str = "tests/pages/course.html";

/// Opens the course page; the lab is its first one, locked.
async fn course(page: &Page) -> Result<Lab<'_>> {
    page.open(COURSE).await?;
    page.wait_for("document.querySelector('#locked').hasAttribute('ready')").await?;
    page.wait_for("document.querySelector('#free').hasAttribute('ready')").await?;
    Ok(Lab(page))
}

async fn whole(lab: &Lab<'_>) -> Result<String> {
    lab.text("JSON.stringify(lab.configuration)").await
}

#[tokio::test]
async fn styles_of_the_page_end_at_the_element() -> Result<()> {
    visit("hostile", (1280, 800), async |page| {
        let lab = course(page).await?;
        for (selector, property, expected) in [
            (".sentence", "letter-spacing", "normal"),
            (".sentence", "text-transform", "none"),
            (".sentence", "text-indent", "0px"),
            (".sentence", "word-spacing", "0px"),
            (".sentence", "white-space", "normal"),
            (".sentence", "font-style", "normal"),
            (".sentence", "font-weight", "400"),
            (".sentence", "direction", "ltr"),
            (".chosen label", "position", "static"),
            (".play", "cursor", "pointer"),
            (".play", "opacity", "1"),
        ] {
            let found = lab
                .text(&format!("getComputedStyle($('{selector}')).getPropertyValue('{property}')"))
                .await?;
            // Engines differ in what they call the usual spacing.
            ensure!(
                found == expected || expected == "0px" && found == "normal",
                "{selector} {property}: {found}"
            );
        }
        ensure!(lab.number("parseFloat(getComputedStyle($('.lab')).fontSize)").await? < 20.0);
        ensure!(lab.pixels("frame").await?.covered > 1000.0, "nothing is drawn");
        // Nothing of a small lab is cut off, and the plot has most of it.
        for (id, least) in [("locked", 200.0), ("free", 150.0)] {
            let cut = page
                .run(&format!(
                    "const lab = document.querySelector('#{id}'), outer = lab.getBoundingClientRect();
                     return [...lab.shadowRoot.querySelectorAll('.lab, .plot, button, input, select, .count')]
                       .filter((part) => {{
                         const r = part.getBoundingClientRect();
                         return r.width > 0 && (r.left < outer.left - 1 || r.right > outer.right + 1
                           || r.top < outer.top - 1 || r.bottom > outer.bottom + 1);
                       }}).map((part) => part.className || part.dataset.field)"
                ))
                .await?;
            ensure!(cut == json!([]), "{id}: {cut} reach out of it");
            let plot = page
                .run(&format!(
                    "return document.querySelector('#{id}').shadowRoot.querySelector('.plot').clientHeight"
                ))
                .await?;
            ensure!(plot.as_f64().is_some_and(|height| height >= least), "{id}: {plot}");
        }
        page.picture("embedded").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn attributes_say_what_a_lab_begins_with() -> Result<()> {
    visit("attributes", (1280, 800), async |page| {
        let lab = course(page).await?;
        for (expression, expected) in [
            ("lab.configuration.surface.id", json!("ravine")),
            ("lab.configuration.surface.kappa", json!(40)),
            ("lab.configuration.runs[0].lr", json!(0.02)),
            ("lab.configuration.runs[0].beta", json!(0.9)),
            ("lab.configuration.runs.length", json!(2)),
            ("document.querySelector('#free').configuration.start", json!([-4, 0])),
            (
                "document.querySelector('#free').configuration.runs.map((run) => run.id)",
                json!(["adam", "gd"]),
            ),
            ("document.querySelector('#free').optimizer", json!("adam gd")),
            ("lab.lr", json!(0.02)),
            (
                "$$('.chosen [data-kind=slider]').map((e) => e.dataset.field)",
                json!(["runs[0].lr", "runs[0].beta"]),
            ),
            ("warnings.filter((text) => text.includes('nonsense')).length", json!(1)),
            ("warnings.filter((text) => text.includes('hue')).length", json!(1)),
        ] {
            ensure!(lab.eval(expression).await? == expected, "{expression}");
        }
        // One attribute is one field.
        let before = whole(&lab).await?;
        lab.eval("lab.setAttribute('kappa', '50')").await?;
        lab.wait_for("lab.configuration.surface.kappa === 50").await?;
        ensure!(whole(&lab).await? == before.replace("\"kappa\":40", "\"kappa\":50"));
        // What is refused changes nothing, and is told.
        lab.eval("lab.setAttribute('beta', 'much')").await?;
        lab.wait_for("$('.complaint').textContent.includes('beta')").await?;
        ensure!(lab.eval("lab.configuration.runs[0].beta").await? == json!(0.9));
        ensure!(lab.eval("warnings.at(-1).includes('beta=\"much\"')").await? == true);
        lab.eval("lab.setAttribute('beta', '0.8')").await?;
        lab.wait_for("lab.configuration.runs[0].beta === 0.8").await?;
        lab.wait_for("$('.complaint').textContent === ''").await?;
        // One that goes leaves the default, and flags are true by being there.
        lab.eval("lab.removeAttribute('kappa'), lab.setAttribute('arrows', '')").await?;
        lab.wait_for("lab.configuration.surface.kappa === 60 && lab.configuration.arrows").await?;
        // What the reader does is no attribute.
        lab.drag_slider("runs[0].beta", 0.9).await?;
        lab.wait_for("lab.configuration.runs[0].beta > 0.95").await?;
        ensure!(lab.text("lab.getAttribute('beta')").await? == "0.8");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn properties_count_before_and_after_the_element_is_defined() -> Result<()> {
    visit("properties", (1280, 800), async |page| {
        page.open("tests/pages/bare.html").await?;
        page.run(
            "const lab = document.createElement('momentum-lab');
             Object.assign(lab, { surface: 'himmelblau', beta: 0.95, configuration: { steps: 50 } });
             lab.setAttribute('beta', '0.5');
             document.body.append(lab);
             load()",
        )
        .await?;
        let lab = Lab(page);
        lab.wait_for("lab.hasAttribute('ready')").await?;
        let chosen = "[lab.surface, lab.beta, lab.steps, lab.configuration.runs[0].beta]";
        ensure!(lab.eval(chosen).await? == json!(["himmelblau", 0.95, 50, 0.95]), "{chosen}");
        // There is nothing to undo, and a reset comes back here.
        ensure!(lab.text("$('[data-action=undo]').getAttribute('aria-disabled')").await? == "true");
        lab.eval("lab.beta = '0.7'").await?;
        ensure!(lab.eval("[lab.beta, lab.hasOwnProperty('beta')]").await? == json!([0.7, false]));
        lab.eval("lab.beta = 'much'").await?;
        ensure!(lab.eval("lab.beta").await? == json!(0.7), "a refused value counts");
        lab.eval("lab.step(3), lab.reset()").await?;
        ensure!(lab.eval("[lab.beta, lab.readout.step]").await? == json!([0.95, 0]));
        // A second one knows its properties before it is in the document.
        page.run(
            "window.second = document.createElement('momentum-lab'); second.lr = 0.01; second.optimizer = 'momentum';
             second.surface = 'bowl'; document.body.prepend(second)",
        )
        .await?;
        page.wait_for("second.hasAttribute('ready')").await?;
        let second = page.run("return [second.lr, second.optimizer, second.surface]").await?;
        ensure!(second == json!([0.01, "momentum", "bowl"]), "{second}");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_lock_holds_against_pointer_and_keys() -> Result<()> {
    visit("lock", (1280, 800), async |page| {
        let lab = course(page).await?;
        // Keys that are not the lab's are the page's, and would scroll it while a drag begins.
        page.run("document.documentElement.style.overflow = 'hidden'").await?;
        let first = whole(&lab).await?;
        let plot = lab.rectangle(".plot").await?;
        // The ball at the start, which elsewhere can be dragged, and any other place.
        let ball = plot.at(0.06, 0.53);
        page.drag(&[ball, plot.at(0.4, 0.4), plot.at(0.5, 0.3)]).await?;
        page.drag_with_shift(&[plot.at(0.5, 0.5), plot.at(0.7, 0.6)]).await?;
        page.double_click(plot.at(0.7, 0.3)).await?;
        page.wheel(plot.at(0.5, 0.5), -300).await?;
        // From within, where keys count.
        lab.click("[data-action='restart']").await?;
        for key in ["a", "c", "b", "3", "p", "?", "+", "-", "0", "\u{e00f}", "\u{e00e}"] {
            page.keys(key).await?;
        }
        page.next_frame().await?;
        ensure!(whole(&lab).await? == first, "a lock was broken: {}", whole(&lab).await?);
        ensure!(lab.eval("$('dialog[open]') || lab.hasAttribute('presenting')").await? != true);
        ensure!(
            lab.eval("$$('.tools button, .start, .side, .figures, .bar button').length").await?
                == json!(0),
            "something is shown that is not listed"
        );
        // What is listed goes, and cannot be taken back by what is not.
        lab.drag_slider("runs[0].lr", 0.3).await?;
        lab.wait_for(&format!("JSON.stringify(lab.configuration) !== `{first}`")).await?;
        let second = whole(&lab).await?;
        page.key_with_ctrl('z', false).await?;
        page.next_frame().await?;
        ensure!(whole(&lab).await? == second, "undone");
        page.keys("\u{e014}").await?;
        lab.click("[data-action='step']").await?;
        lab.wait_for("lab.readout.step === 1").await?;
        // The page itself may do all, and show more.
        lab.eval("lab.surface = 'bowl'").await?;
        lab.wait_for("lab.configuration.surface.id === 'bowl' && lab.readout.step === 0").await?;
        lab.eval("lab.step(1)").await?;
        lab.eval("lab.setAttribute('controls', 'start play')").await?;
        lab.wait_for("$('.start') && !$('.chosen input')").await?;
        let time = lab.eval("lab.readout.step").await?;
        ensure!(time == json!(1), "the time is lost: step {time}");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn without_a_lock_what_is_hidden_still_goes() -> Result<()> {
    visit("hidden", (1280, 800), async |page| {
        course(page).await?;
        page.run("document.querySelector('#locked').remove()").await?;
        let lab = Lab(page);
        lab.click("[data-action='restart']").await?;
        page.keys("a").await?;
        lab.wait_for("lab.configuration.arrows").await?;
        ensure!(lab.eval("$('[data-action=arrows]')").await?.is_null());
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_page_hears_of_changes_steps_and_ends() -> Result<()> {
    visit("events", (1280, 800), async |page| {
        let lab = course(page).await?;
        page.run(
            "window.heard = [];
             for (const type of ['change', 'step', 'settled', 'diverged', 'leaving', 'undefined']) {
               document.addEventListener(type, ({ type, target, detail }) => {
                 if (target.id === 'locked') heard.push([type, structuredClone(detail)]);
               });
             }",
        )
        .await?;
        lab.drag_slider("runs[0].lr", 0.3).await?;
        page.wait_for("heard.some(([type]) => type === 'change')").await?;
        ensure!(
            page.run("return heard.every(([type, { field, configuration }]) => type === 'change'
                && field === 'runs[0].lr' && configuration.runs.length === 2)").await? == true,
            "something else was heard"
        );
        // The same again is no change.
        page.run("heard.length = 0").await?;
        lab.eval("lab.beta = lab.beta").await?;
        page.next_frame().await?;
        ensure!(page.run("return heard.length").await? == json!(0), "nothing has changed");

        // A ball that runs away and one that comes to rest, in the course of play.
        lab.eval(
            "lab.configuration = { surface: 'bowl', start: [3, 2], speed: 200, steps: 300,
               runs: [{ id: 'gd', lr: 0.3 }, { id: 'gd', lr: 2.5 }] }",
        )
        .await?;
        page.next_frame().await?;
        ensure!(page.run("return heard.map(([type]) => type).join()").await? == json!("change"));
        page.run("heard.length = 0").await?;
        lab.click("[data-action='play']").await?;
        lab.wait_for("!lab.readout.playing").await?;
        let ends = page
            .run("return heard.filter(([type]) => type !== 'step').map(([type, { run }]) => [type, run])")
            .await?;
        let mut ends: Vec<_> = ends.as_array().cloned().unwrap_or_default();
        ends.sort_by_key(|end| end[1].as_u64());
        ensure!(ends == [json!(["settled", 0]), json!(["diverged", 1])], "played: {ends:?}");
        let settled = "heard.find(([type]) => type === 'settled')[1]";
        ensure!(
            page.run(&format!(
                "const steps = heard.filter(([type]) => type === 'step').map(([, {{ step }}]) => step);
                 return steps.length > 3 && steps.every((step, at) => at === 0 || step > steps[at - 1])
                   && {settled}.step > 1 && heard[0][1].runs[0].loss > 0"
            ))
            .await?
                == true
        );
        let point = page.run(&format!("return {settled}.point")).await?;
        let step = page.run(&format!("return {settled}.step")).await?;
        lab.eval(&format!("lab.seek({step})")).await?;
        let there = lab.eval("[lab.readout.runs[0].x, lab.readout.runs[0].y]").await?;
        ensure!(point == there, "said to rest at {point}, is at {there}");
        ensure!(page.run(&format!("return {settled}.outcome")).await? == "converged");

        // One that moves away, one that is stuck where it is flat, and one that comes to where f is
        // undefined.
        let hears = async |configuration: &str, step: u32| -> Result<serde_json::Value> {
            lab.eval(&format!("lab.configuration = {configuration}")).await?;
            lab.eval("lab.restart()").await?;
            page.next_frame().await?;
            page.run("heard.length = 0").await?;
            lab.eval(&format!("lab.seek({step})")).await?;
            page.wait_for("heard.some(([type]) => type === 'step')").await?;
            page.next_frame().await?;
            page.run(
                "return heard.filter(([type]) => type !== 'step')
                   .map(([type, { run, step, outcome }]) => [type, run, step, outcome ?? null])",
            )
            .await
        };
        let told = hears("{ surface: 'ravine', steps: 300, runs: [{ id: 'gd', lr: 0.034 }] }", 300).await?;
        ensure!(told[0][0] == "leaving" && told.as_array().is_some_and(|told| told.len() == 1), "moves away: {told}");
        let told = hears("{ surface: 'plateau', start: [-9, 5], runs: [{ id: 'gd', lr: 0.05 }] }", 5).await?;
        ensure!(told == json!([["settled", 0, 1, "plateau"]]), "stuck: {told}");
        let told = hears(
            "{ surface: { expression: 'ln(x) + y^2' }, start: [1, 1], runs: [{ id: 'gd', lr: 0.1 }] }",
            90,
        )
        .await?;
        ensure!(told[0][0] == "undefined" && told[0][3] == "undefined", "undefined: {told}");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn what_nobody_sees_waits() -> Result<()> {
    visit("lazy", (1280, 800), async |page| {
        course(page).await?;
        page.next_frame().await?;
        let far = "document.querySelector('#far')";
        ensure!(
            page.run(&format!("return {far}.shadowRoot.querySelector('canvas, link')"))
                .await?
                .is_null(),
            "it is loaded far out of view"
        );
        let height = page.run(&format!("return {far}.offsetHeight")).await?;
        page.run(&format!("{far}.scrollIntoView()")).await?;
        page.wait_for(&format!("{far}.hasAttribute('ready')")).await?;
        ensure!(
            page.run(&format!("return {far}.offsetHeight")).await? == height,
            "it takes other room"
        );

        // It plays while it is seen.
        page.run(&format!("{far}.steps = 100000; {far}.play()")).await?;
        page.wait_for(&format!("{far}.readout.step > 2")).await?;
        page.run(&format!(
            "window.still = 0;
             let last;
             const look = () => {{
               const {{ time }} = {far}.readout;
               window.still = time === last ? window.still + 1 : 0;
               last = time;
               requestAnimationFrame(look);
             }};
             scrollTo(0, 0);
             look()"
        ))
        .await?;
        page.wait_for("still > 20").await?;
        let time = page.run(&format!("return {far}.readout.time")).await?;
        ensure!(page.run(&format!("return {far}.readout.playing")).await? == true);
        page.run(&format!("{far}.scrollIntoView()")).await?;
        page.wait_for(&format!("{far}.readout.time > {time} + 1")).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn two_hundred_mounts_leave_nothing_behind() -> Result<()> {
    visit("mounts", (1280, 800), async |page| {
        page.open("tests/pages/bare.html").await?;
        // Whatever is listened to outside an element is to end with it.
        page.run(
            "window.listening = new Set();
             const add = EventTarget.prototype.addEventListener;
             EventTarget.prototype.addEventListener = function (type, listener, options) {
               if ([window, document].includes(this) || this instanceof MediaQueryList) {
                 const signal = options?.signal, name = `${this.constructor.name} ${type}`;
                 const entry = { name };
                 if (!signal?.aborted) window.listening.add(entry);
                 if (signal) add.call(signal, 'abort', () => window.listening.delete(entry));
               }
               return add.call(this, type, listener, options);
             };
             window.mount = async (count) => {
               const labs = Array.from({ length: count }, () => {
                 const lab = document.createElement('momentum-lab');
                 lab.setAttribute('controls', 'lr beta play');
                 lab.style.cssText = 'position: absolute; inset: 0 auto auto 0; inline-size: 300px; block-size: 320px';
                 document.body.append(lab);
                 return lab;
               });
               while (!labs.every((lab) => lab.hasAttribute('ready'))) await new Promise(requestAnimationFrame);
               for (const lab of labs) lab.play();
               for (const lab of labs) lab.remove();
               return (await core()).memory.buffer.byteLength;
             };",
        )
        .await?;
        let mount = |count: usize, times: usize| {
            format!(
                "const done = arguments[arguments.length - 1];
                 (async () => {{
                   await load();
                   let bytes = 0;
                   for (let time = 0; time < {times}; time++) bytes = await mount({count});
                   return bytes;
                 }})().then(done, (error) => done(String(error)))"
            )
        };
        let first = page.run_async(&mount(10, 2)).await?;
        let mut last = first.clone();
        for _ in 0..6 {
            last = page.run_async(&mount(10, 3)).await?;
        }
        let bytes = |value: &serde_json::Value| value.as_f64().unwrap_or(f64::NAN);
        ensure!(bytes(&last) <= bytes(&first) * 1.05, "memory has grown from {first} to {last}");
        let listening = page.run("return [...listening].map(({ name }) => name)").await?;
        ensure!(listening == json!([]), "still listening: {listening}");
        // One that comes back goes on from where it was.
        page.run(
            "window.lab = document.createElement('momentum-lab'); lab.beta = 0.5; document.body.append(lab)",
        )
        .await?;
        page.wait_for("lab.hasAttribute('ready')").await?;
        page.run("lab.lr = 0.005; lab.step(7); lab.remove()").await?;
        ensure!(page.run("return [lab.lr, lab.beta]").await? == json!([0.005, 0.5]));
        page.run("document.body.append(lab)").await?;
        page.wait_for("lab.hasAttribute('ready')").await?;
        ensure!(page.run("return [lab.lr, lab.beta, lab.readout.step]").await? == json!([0.005, 0.5, 7]));
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn calls_in_one_task_send_the_events_of_calls_with_a_wait_between_them() -> Result<()> {
    visit("events-order", (1000, 800), async |page| {
        page.open("tests/pages/bare.html").await?;
        page.run("document.body.append(document.createElement('momentum-lab')); load()").await?;
        let lab = Lab(page);
        lab.wait_for("lab.hasAttribute('ready')").await?;
        page.run(
            "const lab = document.querySelector('momentum-lab');
             const heard = [];
             for (const type of ['change', 'settled', 'diverged']) {
               lab.addEventListener(type, ({ detail: { run } }) => heard.push(run === undefined ? type : `${type} ${run}`));
             }
             const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
             window.told = async (from, calls, gap) => {
               lab.configuration = { surface: 'ravine', runs: [{ id: 'momentum', lr: 0.02, beta: 0.6 }], steps: 400 };
               lab.pause();
               lab.seek(from);
               await frames();
               heard.length = 0;
               for (const call of calls) {
                 call(lab);
                 if (gap) await frames();
               }
               await frames();
               return heard.join(', ');
             }",
        )
        .await?;
        for (from, calls, expected) in [
            (0, ["lab.beta = 0.5", "lab.seek(300)"], "change, settled 0"),
            (0, ["lab.seek(300)", "lab.beta = 0.5"], "settled 0, change"),
            (300, ["lab.restart()", "lab.seek(300)"], "settled 0"),
            (300, ["lab.seek(0)", "lab.step(300)"], "settled 0"),
            (0, ["lab.seek(300)", "lab.seek(0)"], "settled 0"),
            (0, ["lab.seek(300)", "lab.restart()"], "settled 0"),
            (0, ["lab.seek(300)", "lab.seek(310)"], "settled 0"),
            (0, ["lab.seek(300)", "lab.play()"], "settled 0"),
            (0, ["lab.lr = 0.2", "lab.seek(300)"], "change, diverged 0"),
            (0, ["lab.start = [-4, 1]", "lab.step(300)"], "change, settled 0"),
            (0, ["lab.step(300)", "lab.reset()"], "settled 0, change"),
            (0, ["lab.configuration = { surface: 'bowl', runs: [{ id: 'momentum', lr: 0.1, beta: 0.5 }], steps: 500 }", "lab.seek(500)"],
             "change, settled 0"),
        ] {
            for gap in ["true", "false"] {
                let calls = calls.map(|call| format!("(lab) => {{ {call} }}")).join(", ");
                let told = page
                    .run_async(&format!(
                        "const done = arguments[arguments.length - 1];
                         told({from}, [{calls}], {gap}).then(done, (error) => done(String(error)))"
                    ))
                    .await?;
                ensure!(told == json!(expected), "{calls}, waiting: {gap}: {told}");
            }
        }
        page.check_errors().await
    })
    .await
}
