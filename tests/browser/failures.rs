//! Failures of the core: told in one place, after which the lab can be started again.

use crate::element::Lab;
use crate::host::Host;
use crate::session::{Page, visit};
use anyhow::{Result, ensure};
use serde_json::{Value, json};

/// Runs the body of an asynchronous function in which `lab` is the element, `$` finds in its shadow,
/// `Lab` is the core's class and `frame()` waits for one. It is a script of the page: what a driver
/// sends may have globals and modules of its own.
pub(crate) async fn asked(page: &Page, body: &str) -> Result<Value> {
    let text = format!(
        "window.asked = import('/www/pkg/momentum_lab_page.js').then(async ({{ Lab }}) => {{
           const lab = document.querySelector('momentum-lab');
           const $ = (selector) => lab.shadowRoot.querySelector(selector);
           const frame = () => new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
           {body}
         }})"
    );
    page.run_on_page(&text).await?;
    page.run_async(
        "const done = arguments[arguments.length - 1];
         window.asked.then(done, (error) => done(`error: ${error}`))",
    )
    .await
}

/// Presses the button that goes on, and waits for a whole picture.
async fn start_again(lab: &Lab<'_>) -> Result<()> {
    lab.wait_for("$('[data-action=again]')").await?;
    lab.click("[data-action='again']").await?;
    lab.wait_for("lab.hasAttribute('ready') && !$('.failure')").await
}

/// What a reader and a page do with a lab: between them they call every method that the shell uses.
const USES: &str = "
    const plot = $('.plot'), picture = $('.plot .layers');
    const at = (element, x, y) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return { clientX: left + x * width, clientY: top + y * height, bubbles: true, composed: true, cancelable: true,
        // The mouse, by the number that the engine gives it.
        pointerId: navigator.userAgent.includes('Firefox') ? 0 : 1, isPrimary: true, button: 0, buttons: 1, pointerType: 'mouse' };
    };
    const point = (element, type, x, y) => element.dispatchEvent(new PointerEvent(type, at(element, x, y)));
    const drag = (element) => {
      point(element, 'pointerdown', 0.4, 0.4);
      point(element, 'pointermove', 0.5, 0.5);
      point(element, 'pointerup', 0.5, 0.5);
    };
    const press = (element, key, shiftKey = false) => element.dispatchEvent(
      new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, composed: true, cancelable: true }));
    const click = (action) => $(`[data-action='${action}']`)?.click();
    const pick = (action, value) => {
      const menu = $(`[data-action='${action}']`);
      if (!menu) return;
      menu.value = value;
      menu.dispatchEvent(new Event('change', { bubbles: true }));
    };
    const uses = [
      () => { lab.configuration = { surface: 'himmelblau', runs: ['momentum', 'gd'], task: 'minimum' } },
      () => $('[data-site]').dispatchEvent(new MouseEvent('click', { bubbles: true })),
      () => $('.task [data-action$=-task]').click(),
      () => lab.reset(),
      () => { lab.configuration = { surface: 'himmelblau', basins: true } },
      async () => { for (let wait = 0; wait < 300 && $('.basins')?.childElementCount === 0; wait += 1) await frame() },
      () => { lab.configuration = { surface: 'ravine', runs: ['momentum', 'gd'], noise: 1, cloud: true } },
      () => { for (const fold of lab.shadowRoot.querySelectorAll('.side details')) fold.open = true },
      // A rule without a theory of momentum.
      () => { lab.configuration = { surface: 'ravine', runs: ['adam'] } },
      () => { lab.configuration = { surface: 'ravine', runs: ['momentum', 'gd'], noise: 1, cloud: true } },
      () => { lab.beta = 0.5 },
      () => { lab.play(); lab.pause(); lab.step(3); lab.seek(5); lab.restart() },
      () => drag(plot),
      () => { point(picture, 'pointermove', 0.3, 0.3) },
      () => press($('[data-action=start]'), 'ArrowRight'),
      () => { click('in'); click('fit') },
      () => plot.dispatchEvent(new WheelEvent('wheel', { deltaY: 100, ctrlKey: true, ...at(plot, 0.5, 0.5) })),
      () => press(lab, 'ArrowLeft', true),
      () => { lab.setAttribute('theme', 'dark') },
      () => { lab.removeAttribute('theme') },
      () => { lab.style.inlineSize = '900px' },
      () => { lab.style.inlineSize = '' },
      () => { for (const figure of lab.shadowRoot.querySelectorAll('.figure .layers')) drag(figure) },
      () => { for (const menu of lab.shadowRoot.querySelectorAll('[data-action=figure]')) {
        menu.selectedIndex = 1;
        menu.dispatchEvent(new Event('change', { bubbles: true }));
      } },
      () => { for (const handle of lab.shadowRoot.querySelectorAll('[data-handle]')) {
        point(handle, 'pointerdown', 0.5, 0.5);
        press(handle, 'ArrowRight');
      } },
      () => { for (const button of lab.shadowRoot.querySelectorAll('.run button.remove')) { button.click(); break } },
      () => click('projection'),
      () => { drag(plot); press(picture, 'ArrowLeft'); click('fit') },
      () => click('projection'),
      () => { const menu = $('.lesson select'); if (menu) { menu.selectedIndex = 1; menu.dispatchEvent(new Event('change', { bubbles: true })) } },
      () => { lab.setAttribute('lock', '') },
      () => { lab.removeAttribute('lock') },
    ];
    const use = async (over) => {
      for (const one of uses) {
        // What a failure throws on is told by the lab.
        try { await one() } catch {}
        await frame();
        if (over()) return;
      }
      // Figures say what they show a little later.
      for (let wait = 0; wait < 30 && !over(); wait += 1) await new Promise((go) => setTimeout(go, 20));
    };";

#[tokio::test]
async fn whatever_method_of_the_core_throws_the_lab_can_be_started_again() -> Result<()> {
    visit("each-method", (1280, 1000), async |page| {
        page.expect_errors();
        let lab = Lab::open(page).await?;
        page.run("addEventListener('error', (event) => event.preventDefault())").await?;
        // Firefox knows no mouse, and takes hold of none, before it has moved.
        page.hover((640.0, 500.0)).await?;
        let names = asked(
            page,
            "return Object.getOwnPropertyNames(Lab.prototype).filter((name) => name !== 'constructor' && !name.startsWith('__'))",
        )
        .await?;
        let names: Vec<_> = names.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        ensure!(names.len() > 30, "{names:?}");
        // Which of them the uses call at all, while nothing fails.
        let called = asked(
            page,
            &format!(
                "{USES} const called = new Set(), kept = {{}};
                 for (const name of {names:?}) {{
                   const method = kept[name] = Lab.prototype[name];
                   Lab.prototype[name] = function (...given) {{ called.add(name); return method.apply(this, given) }};
                 }}
                 await use(() => false);
                 Object.assign(Lab.prototype, kept);
                 return [...called]"
            ),
        )
        .await?;
        let called: Vec<_> = called.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let idle: Vec<_> = names.iter().filter(|name| !called.contains(name)).collect();
        ensure!(idle.is_empty(), "never called: {idle:?}");
        for name in called {
            let failed = asked(
                page,
                &format!(
                    "{USES} const method = Lab.prototype.{name};
                     let failed;
                     lab.addEventListener('failed', ({{ detail }}) => {{ failed = detail }}, {{ once: true }});
                     Lab.prototype.{name} = () => {{ throw new WebAssembly.RuntimeError('unreachable') }};
                     await use(() => failed);
                     Lab.prototype.{name} = method;
                     return failed ? [failed.message, Boolean(failed.configuration), lab.hasAttribute('ready'),
                       Boolean($('.failure')), $('.failure textarea')?.value.includes('unreachable')] : 'no event'"
                ),
            )
            .await?;
            if name == "free" {
                // Its memory is lost, and nothing else.
                ensure!(failed == "no event", "{failed}");
                continue;
            }
            ensure!(failed == json!(["unreachable", true, false, true, true]), "{name}: {failed}");
            start_again(&lab).await.map_err(|error| error.context(name.to_owned()))?;
            let alive = asked(
                page,
                "lab.reset(); lab.beta = 0.8; lab.seek(4); await frame();
                 return [lab.beta, lab.readout.step, Boolean($('.plot'))]",
            )
            .await?;
            ensure!(alive == json!([0.8, 4, true]), "after {name}: {alive}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn after_a_trap_every_lab_of_the_page_goes_on_in_a_fresh_core() -> Result<()> {
    visit("trap", (1280, 900), async |page| {
        page.expect_errors();
        let lab = Lab::open_at(page, "#surface=ravine&kappa=25&run=momentum,lr:0.02,beta:0.7").await?;
        let before = asked(
            page,
            "const other = document.createElement('momentum-lab');
             other.setAttribute('surface', 'himmelblau');
             other.setAttribute('controls', 'play');
             other.style.cssText = 'position: fixed; inset: auto 0 0 auto; inline-size: 300px; block-size: 300px; z-index: 1';
             document.body.append(other);
             while (!other.hasAttribute('ready')) await frame();
             other.seek(7);
             lab.seek(9);
             await frame();
             // Beyond the end of the memory.
             const { step } = Lab.prototype;
             Lab.prototype.step = function (count) { this.__wbg_ptr = 0xfffffff0; step.call(this, count) };
             let thrown;
             try { lab.step(1) } catch (error) { thrown = error.constructor.name }
             Lab.prototype.step = step;
             // A lab that has failed is quiet, and still says what it goes on from.
             lab.play(); lab.pause(); lab.seek(3); lab.reset(); lab.beta = 0.5;
             return [thrown, lab.configuration.surface.kappa, lab.hasAttribute('ready'), lab.readout ?? null]",
        )
        .await?;
        ensure!(before == json!(["RuntimeError", 25, false, null]), "{before}");
        page.picture("failure").await?;
        let report = lab.text("$('.failure textarea').value").await?;
        for part in ["Momentum Lab 0.", "Mozilla", "RuntimeError", "kappa=25", "beta:0.7"] {
            ensure!(report.contains(part), "no {part} in the report: {report}");
        }
        start_again(&lab).await?;
        let after = asked(
            page,
            "await frame();
             const others = [...document.querySelectorAll('momentum-lab')].at(-1);
             return [lab.readout.step, lab.configuration.surface.kappa, lab.beta, others.readout.step,
               others.configuration.surface.id, others.hasAttribute('ready')]",
        )
        .await?;
        // What was assigned meanwhile counts.
        ensure!(after == json!([9, 25, 0.5, 7, "himmelblau", true]), "{after}");
        lab.click("[data-action='play']").await?;
        lab.wait_for("lab.readout.step > 12").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_canvas_that_throws_is_told_and_what_was_drawn_before_is_kept() -> Result<()> {
    visit("canvas-throws", (1280, 800), async |page| {
        page.expect_errors();
        let lab = Lab::open(page).await?;
        lab.eval("lab.setAttribute('language', 'zh-CN')").await?;
        lab.wait_for("$('.lab')?.lang === 'zh-CN' && lab.hasAttribute('ready')").await?;
        asked(
            page,
            "lab.addEventListener('failed', ({ detail }) => { window.failed = detail });
             lab.seek(5);
             window.put = CanvasRenderingContext2D.prototype.putImageData",
        )
        .await?;
        lab.wait_for("lab.readout.step === 5").await?;
        page.next_frame().await?;
        // Only this surface's heat cannot be drawn: a configuration that would fail again.
        asked(
            page,
            "CanvasRenderingContext2D.prototype.putImageData = () => { throw new Error('no canvas today') };
             lab.configuration = { surface: 'bowl' }",
        )
        .await?;
        page.wait_for("window.failed").await?;
        let told = page.run("return [window.failed.message.includes('no canvas today'), window.failed.configuration.surface.id]").await?;
        ensure!(told == json!([true, "ravine"]), "{told}");
        let words = lab.text("$('.failure').textContent").await?;
        ensure!(words.contains("实验室因错误而停止") && words.contains("重新开始"), "{words}");
        page.picture("failure-zh").await?;
        // It fails again and can be tried again, as often as there is need.
        for _ in 0..2 {
            page.run("window.failed = undefined").await?;
            lab.click("[data-action='again']").await?;
            page.wait_for("window.failed").await?;
            lab.wait_for("$('[data-action=again]') && !lab.hasAttribute('ready')").await?;
        }
        page.run("CanvasRenderingContext2D.prototype.putImageData = window.put").await?;
        start_again(&lab).await?;
        lab.click("[data-action='play']").await?;
        lab.wait_for("lab.readout.step > 2").await
    })
    .await
}

#[tokio::test]
async fn a_lesson_and_the_history_outlive_a_failure() -> Result<()> {
    visit("failing-lesson", (1280, 800), async |page| {
        page.expect_errors();
        let lab = Lab::open(page).await?;
        lab.eval("lab.beta = 0.5").await?;
        lab.eval("((menu) => { menu.selectedIndex = 2; menu.dispatchEvent(new Event('change')) })($('.lesson select'))").await?;
        page.next_frame().await?;
        let kept = "[$('.lesson select').value, lab.configuration.surface.id, lab.configuration.runs.length]";
        let before = lab.eval(kept).await?;
        asked(page, "const { frame: draw } = Lab.prototype;
            Lab.prototype.frame = () => { throw new WebAssembly.RuntimeError('unreachable') };
            lab.step(1); await frame(); await frame();
            Lab.prototype.frame = draw")
        .await?;
        start_again(&lab).await?;
        let after = lab.eval(kept).await?;
        ensure!(after == before, "{after} instead of {before}");
        lab.click("[data-action='undo']").await?;
        lab.wait_for("lab.beta === 0.5").await
    })
    .await
}

#[tokio::test]
async fn a_frame_tells_its_page_of_a_failure_and_when_it_is_ready_again() -> Result<()> {
    visit("failing-frame", (1000, 900), async |page| {
        let host = Host::of(".").await?;
        page.open(&format!("tests/pages/frames.html#{}!surface=bowl&controls=play", host.url())).await?;
        page.wait_for("window.told?.some(({ type }) => type === 'ready')").await?;
        page.enter_frame().await?;
        let lab = Lab::ready(page).await?;
        asked(page, "const { frame: draw } = Lab.prototype;
            Lab.prototype.frame = () => { throw new WebAssembly.RuntimeError('unreachable') };
            lab.step(1); await frame(); await frame();
            Lab.prototype.frame = draw")
        .await?;
        page.leave_frame().await?;
        page.wait_for(
            "window.told.some(({ type, detail }) => type === 'failed' && detail.message === 'unreachable'
               && detail.configuration.surface.id === 'bowl')",
        )
        .await?;
        page.run("window.told.length = 0; window.ask({ type: 'play' })").await?;
        page.wait_for("window.told.some(({ type }) => type === 'error')").await?;
        page.enter_frame().await?;
        // In a frame that is getting another height a press may miss it.
        lab.eval("$('[data-action=again]').click()").await?;
        lab.wait_for("lab.hasAttribute('ready') && !$('.failure')").await?;
        page.leave_frame().await?;
        page.wait_for("window.told.some(({ type }) => type === 'ready')").await
    })
    .await
}

#[tokio::test]
async fn pictures_come_back_after_the_graphics_process_has_started_again() -> Result<()> {
    visit("contextlost", (1280, 900), async |page| {
        let lab = Lab::open(page).await?;
        for projection in ["plan", "space"] {
            lab.eval(&format!("lab.projection = '{projection}'")).await?;
            lab.eval("lab.basins = true").await?;
            if projection == "plan" {
                lab.wait_for("$('canvas[data-layer=basins]').width > 300 && !$('progress:not([hidden])[value]:not([value=\"1\"])')").await?;
            }
            lab.eval("lab.seek(40)").await?;
            lab.wait_for("lab.readout.step === 40").await?;
            // Trails that have grown step by step have other edges than those drawn at once: all is drawn anew.
            for theme in ["dark", "light"] {
                lab.eval(&format!("lab.setAttribute('theme', '{theme}')")).await?;
                page.next_frame().await?;
                page.next_frame().await?;
            }
            let pixels = "$$('canvas').filter((c) => c.width > 0 && c.getClientRects().length > 0).map((canvas) => {
                const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                let hash = 0;
                for (const byte of data) hash = (Math.imul(hash, 31) + byte) | 0;
                return [canvas.dataset.layer, canvas.width, canvas.height, hash].join() })";
            let mut before = json!(null);
            // In space a hasty picture is followed by a fine one.
            for _ in 0..20 {
                page.next_frame().await?;
                let now = lab.eval(pixels).await?;
                if now == before {
                    break;
                }
                before = now;
            }
            ensure!(before.as_array().is_some_and(|all| all.len() >= 8), "{before}");
            // What a browser does: the backing store is gone, and the state of the context with it.
            lab.eval(
                "$$('canvas').forEach((canvas) => {
                   canvas.dispatchEvent(new Event('contextlost', { cancelable: true }));
                   canvas.width = canvas.width;
                 })",
            )
            .await?;
            let blank = lab.eval(pixels).await?;
            ensure!(blank != before, "nothing is lost");
            lab.eval("$$('canvas').forEach((canvas) => canvas.dispatchEvent(new Event('contextrestored')))").await?;
            lab.wait_for(&format!("JSON.stringify({pixels}) === {:?}", before.to_string())).await?;
        }
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn what_a_lab_that_has_been_rebuilt_still_hears_does_nothing() -> Result<()> {
    visit("rebuilt", (1280, 900), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { surface: 'ravine', runs: ['momentum', 'adam'] }").await?;
        page.next_frame().await?;
        let heard = asked(
            page,
            "const controls = [...lab.shadowRoot.querySelectorAll('button, select, input, canvas, summary, [tabindex], .layers, .plot')];
             const before = JSON.stringify(lab.configuration);
             lab.setAttribute('lock', '');
             lab.removeAttribute('lock');
             const errors = [];
             addEventListener('error', ({ message }) => errors.push(message));
             for (const control of controls) {
               if (control.isConnected) errors.push('still there');
               if (control instanceof HTMLSelectElement) control.selectedIndex = control.options.length - 1;
               const at = { bubbles: true, composed: true, cancelable: true, clientX: 300, clientY: 300, isPrimary: true, pointerId: 1 };
               for (const type of ['change', 'input', 'click', 'blur', 'focus', 'dblclick']) control.dispatchEvent(new Event(type, at));
               for (const type of ['pointerdown', 'pointermove', 'pointerup', 'pointerleave', 'lostpointercapture']) {
                 control.dispatchEvent(new PointerEvent(type, at));
               }
               for (const key of ['ArrowRight', 'Enter', 'r']) control.dispatchEvent(new KeyboardEvent('keydown', { ...at, key }));
               control.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY: 100 }));
             }
             // Timers and observers of the old lab have their turn.
             await new Promise((go) => setTimeout(go, 500));
             await frame();
             return [errors, JSON.stringify(lab.configuration) === before, lab.hasAttribute('ready')]",
        )
        .await?;
        ensure!(heard == json!([[], true, true]), "{heard}");
        page.check_errors().await
    })
    .await
}
