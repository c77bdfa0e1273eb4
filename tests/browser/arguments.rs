//! What a page hands over: read as plain data or refused with the usual errors, whatever it is.

use crate::element::Lab;
use crate::failures::asked;
use crate::session::visit;
use anyhow::{Result, ensure};
use serde_json::{Value, json};

#[tokio::test]
async fn input_that_cannot_be_read_is_refused_and_leaves_the_lab_alive() -> Result<()> {
    visit("unreadable", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let told = asked(
            page,
            "const { proxy, revoke } = Proxy.revocable({}, {});
             revoke();
             const circle = { surface: 'bowl' };
             circle.runs = [circle];
             let deep = {};
             for (let level = 0; level < 10_000; level += 1) deep = { deep };
             const bad = {
               thrower: { get surface() { throw 1 } },
               proxy, circle, deep,
               inner: { surface: 'bowl', runs: [{ id: 'momentum', get beta() { throw new Error('no') } }] },
               long: { surface: 'bowl', runs: Array(1e6).fill('gd') },
               endless: { surface: 'bowl', start: { __proto__: Array.prototype, length: 2 ** 53 } },
               traps: new Proxy({}, { ownKeys() { throw new TypeError('trap') } }),
               callable: () => 1, symbol: Symbol('bowl'), list: [], text: 7,
             };
             const before = JSON.stringify(lab.configuration);
             const wrong = [];
             for (const [name, value] of Object.entries(bad)) {
               try {
                 lab.configuration = value;
                 wrong.push(`${name}: taken`);
               } catch (error) {
                 const usual = typeof error.code === 'string' && typeof error.field === 'string' && error.values;
                 if (!usual) wrong.push(`${name}: ${error}`);
               }
               try { lab.beta = value } catch (error) { wrong.push(`beta, ${name}: ${error}`) }
               for (const method of ['basins', 'tuning', 'toPNG']) {
                 const error = await lab[method](value).then(() => 'made', (error) => error);
                 // An object without anything known in it is no reason not to draw.
                 if (error !== 'made' && typeof error.code !== 'string') wrong.push(`options, ${name}: ${error}`);
               }
             }
             if (JSON.stringify(lab.configuration) !== before) wrong.push('something counts');
             lab.beta = undefined;
             return wrong",
        )
        .await?;
        ensure!(told == json!([]), "{told}");
        // What a getter reads of the lab, it may; typed arrays are lists, and what is undefined is not there.
        let taken = asked(
            page,
            "lab.configuration = { get surface() { lab.pause(); return lab.configuration.surface.id === 'ravine' ? 'bowl' : '' },
               start: new Float32Array([1, 2]), noise: undefined };
             return [lab.configuration.surface.id, lab.configuration.start]",
        )
        .await?;
        ensure!(taken == json!(["bowl", [1, 2]]), "{taken}");
        lab.click("[data-action='play']").await?;
        lab.wait_for("lab.readout.step > 2").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn methods_refuse_wrong_arguments_with_the_usual_errors() -> Result<()> {
    visit("arguments", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let told = asked(
            page,
            "const wrong = [
               ['toPNG(null)', 'options', 'not-an-object'], ['toPNG(3)', 'options', 'not-an-object'],
               ['toPNG({ scale: \"2\" })', 'scale', 'not-a-number'], ['toPNG({ scale: null })', 'scale', 'not-a-number'],
               ['toPNG({ scale: 99 })', 'scale', 'out-of-range'], ['toPNG({ scale: NaN })', 'scale', 'not-a-number'],
               ['toPNG({ get scale() { throw 1 } })', 'options', 'unreadable'],
               ['basins(null)', 'options', 'not-an-object'], ['tuning(null)', 'options', 'not-an-object'],
               ['basins(7)', 'options', 'not-an-object'], ['basins(\"wide\")', 'options', 'not-an-object'],
               ['basins({ signal: {} })', 'signal', 'not-a-signal'], ['tuning({ signal: 1 })', 'signal', 'not-a-signal'],
               ['basins({ width: null, height: \"9\" })', 'height', 'not-a-number'],
               ['basins({ bounds: 4 })', 'bounds', 'not-numbers'],
               ['toCSV(\"length\")', 'run', 'not-a-number'], ['toCSV(null)', 'run', 'not-a-number'],
               ['toCSV(7)', 'run', 'out-of-range'], ['toCSV(-1)', 'run', 'out-of-range'], ['toCSV(0.5)', 'run', 'not-whole'],
               ['toCSV({})', 'run', 'not-a-number'],
               ['toCode(\"java\")', 'language', 'not-an-option'], ['toCode()', 'language', 'not-an-option'],
               ['toCode(\"numpy\", \"length\")', 'run', 'not-a-number'], ['toCode(\"constructor\")', 'language', 'not-an-option'],
               ['record(null)', 'options', 'not-an-object'], ['record({ format: \"avi\" })', 'format', 'not-an-option'],
               ['record({ format: 1 })', 'format', 'not-an-option'], ['record({ scale: [] })', 'scale', 'not-a-number'],
               ['record({ signal: {} })', 'signal', 'not-a-signal'], ['record({ progress: 1 })', 'progress', 'not-a-function'],
               ['step(\"far\")', 'count', 'not-a-number'], ['step(null)', 'count', 'not-a-number'],
               ['seek()', 'step', 'not-a-number'], ['seek(NaN)', 'step', 'not-a-number'], ['seek({})', 'step', 'not-a-number'],
               ['seek(Symbol())', 'step', 'not-a-number'], ['seek(Infinity)', 'step', 'out-of-range'],
             ];
             const mistakes = [];
             for (const [call, field, code] of wrong) {
               const error = await new Function('lab', `return (async () => lab.${call})()`)(lab).then(() => 'made', (error) => error);
               const value = Object.values(error.values ?? {}).every((text) => typeof text === 'string');
               if (error.field !== field || error.code !== code || !value || !error.message.startsWith(`${field}: `)) {
                 mistakes.push(`${call}: ${error.code} ${error.field} ${error}`);
               }
             }
             const whole = await import(new URL('www/pkg/momentum_lab.js', location.origin + '/').href);
             const core = await import(new URL('www/core/core.js', location.origin + '/').href);
             await core.loadWhole();
             const configuration = lab.configuration;
             for (const [width, height, field] of [[1e6, 100, 'width'], [NaN, 100, 'width'], [100, Infinity, 'height'],
               [100, -1, 'height'], [0, 0, 'width'], [16384.5, 100, 'width']]) {
               try {
                 whole.svg(configuration, width, height, 0, 'light', true, undefined);
                 mistakes.push(`svg ${width} ${height}: made`);
               } catch ({ field: told, code }) {
                 if (told !== field || code !== 'out-of-range') mistakes.push(`svg ${width} ${height}: ${told} ${code}`);
               }
             }
             if (!whole.svg(configuration, 300, 200, 0, 'light', true, undefined).startsWith('<svg')) mistakes.push('no svg');
             for (const bad of [{ get surface() { throw 1 } }, 7, () => 1]) {
               for (const name of ['simulate', 'csv', 'numpy', 'pytorch', 'link']) {
                 try { whole[name](bad); mistakes.push(`${name}: made`) } catch ({ field, code }) {
                   if (field !== 'configuration' || !code) mistakes.push(`${name}: ${field} ${code}`);
                 }
               }
             }
             const png = await lab.toPNG({ scale: undefined });
             if (png.type !== 'image/png') mistakes.push(png.type);
             return mistakes",
        )
        .await?;
        ensure!(told == json!([]), "{told}");
        ensure!(lab.eval("lab.hasAttribute('ready')").await? == true);
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn flags_that_say_false_are_off() -> Result<()> {
    visit("flags", (1280, 800), async |page| {
        page.open("tests/pages/bare.html").await?;
        page.run(
            "document.body.innerHTML = '<momentum-lab lock=\"false\" link=\"false\" remember=\"false\" page-keys=\"false\" embed=\"false\" arrows=\"false\"></momentum-lab>';
             load()",
        )
        .await?;
        let lab = Lab::ready(page).await?;
        ensure!(lab.eval("Boolean($('[data-action=link], [data-action=embed]'))").await? == false);
        page.keys(" ").await?;
        page.next_frame().await?;
        ensure!(lab.eval("lab.readout.playing").await? == false, "keys of the page count");
        let before = lab.eval("lab.configuration.view").await?;
        lab.click("[data-action='in']").await?;
        lab.wait_for(&format!("JSON.stringify(lab.configuration.view) !== '{before}'")).await?;
        ensure!(page.run("return location.hash").await? == "", "the address follows");
        page.run("dispatchEvent(new Event('pagehide'))").await?;
        ensure!(page.run("return localStorage.getItem('momentum-lab-session')").await?.is_null());
        // With a lock that says anything else, what is not listed cannot be changed.
        lab.eval("lab.setAttribute('controls', 'play')").await?;
        let plot = lab.rectangle(".plot").await?;
        let before = lab.eval("lab.configuration.start").await?;
        page.click(plot.at(0.7, 0.5)).await?;
        lab.wait_for(&format!("JSON.stringify(lab.configuration.start) !== '{before}'")).await?;
        lab.eval("lab.setAttribute('lock', 'true')").await?;
        page.next_frame().await?;
        let before = lab.eval("lab.configuration.start").await?;
        page.click(lab.rectangle(".plot").await?.at(0.4, 0.4)).await?;
        page.next_frame().await?;
        ensure!(lab.eval("lab.configuration.start").await? == before, "a lock that says true is none");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn marks_that_change_the_direction_of_text_are_shown_as_escapes() -> Result<()> {
    visit("direction-marks", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        page.run("console.warn = (...words) => (window.warned ??= []).push(words.join(' '))").await?;
        for language in ["en", "zh-CN"] {
            lab.eval(&format!("lab.setAttribute('language', '{language}')")).await?;
            lab.wait_for(&format!("$('.lab')?.lang === '{language}' && lab.hasAttribute('ready')")).await?;
            let shown = asked(
                page,
                "const marks = '\\u202e\\u2066\\u200e\\u200b\\u061c\\u0007';
                 lab.setAttribute('surface', `bowl${marks}x`);
                 lab.setAttribute('controls', `play ${marks}`);
                 await frame(); await frame();
                 const text = $('[part~=complaint]').textContent;
                 let message;
                 try { lab.configuration = { [`a${marks}`]: 1 } } catch (error) { message = error.message }
                 const { complaints: [{ message: linked }] } = (await (await import(new URL('www/core/core.js', location.origin + '/').href))
                   .loadCore()).unlink(`#surface=${encodeURIComponent(`x${marks}`)}`);
                 lab.removeAttribute('surface');
                 lab.removeAttribute('controls');
                 await frame();
                 return [text, message, linked, ...window.warned.filter((words) => words.includes('u{'))]",
            )
            .await?;
            let texts: Vec<_> = shown.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            ensure!(texts.len() >= 4, "{shown}");
            for text in texts {
                ensure!(text.contains("\\u{202e}") && text.contains("\\u{200b}"), "{text}");
                let hidden = text.chars().any(|c| matches!(c, '\u{202e}' | '\u{2066}' | '\u{200b}' | '\u{7}'));
                ensure!(!hidden, "{text:?}");
            }
        }
        Ok(())
    })
    .await
}
