//! Who computes maps: as many workers as there are cores, fewer, or none.

use crate::element::Lab;
use crate::map_calls::{asynchronous, same_as_at_once};
use crate::maps::whole;
use crate::session::visit;
use anyhow::{Result, ensure};
use serde_json::json;

#[tokio::test]
async fn as_many_workers_as_the_browser_has_cores_share_the_module_of_the_page() -> Result<()> {
    visit("workers", (800, 600), async |page| {
        for cores in [1, 3, 11] {
            let lab = Lab::open(page).await?;
            lab.eval("lab.configuration = { surface: 'himmelblau' }").await?;
            // A worker in which nothing can be fetched or compiled a second time.
            page.run(&format!(
                "Object.defineProperty(navigator, 'hardwareConcurrency', {{ get: () => {cores} }});
                 const script = (...lines) => URL.createObjectURL(
                   new Blob([lines.join(';')], {{ type: 'text/javascript' }}));
                 const poor = script(
                   `const never = () => {{ throw new Error('fetched or compiled again') }}`,
                   `for (const name of ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming'])
                      WebAssembly[name] = never`,
                   `WebAssembly.Module = new Proxy(WebAssembly.Module, {{ construct: never }})`,
                   `globalThis.fetch = never`);
                 window.made = []; window.ready = 0; window.modules = new Set();
                 window.Worker = class extends Worker {{
                   constructor(url, options) {{
                     super(script(`import '${{poor}}'`, `import '${{url}}'`), options);
                     window.made.push(this);
                     this.addEventListener('message', ({{ data }}) => {{
                       if (data === 'ready') window.ready += 1;
                     }});
                   }}
                   postMessage(order) {{
                     if (order.module) window.modules.add(order.module);
                     super.postMessage(order);
                   }}
                 }}"
            ))
            .await?;
            same_as_at_once(page, "basins", "{ width: 90, height: 60 }").await?;
            page.wait_for("window.ready === window.made.length").await?;
            let told = page
                .run(
                    "return [made.length, modules.size,
                       Object.prototype.toString.call([...modules][0])]",
                )
                .await?;
            ensure!(told == json!([cores, 1, "[object WebAssembly.Module]"]), "{told}");
            same_as_at_once(page, "basins", "{ width: 91, height: 61 }").await?;
            page.check_errors().await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn workers_without_a_map_go_and_others_come_for_the_next() -> Result<()> {
    visit("workers-idle", (800, 600), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { surface: 'himmelblau' }").await?;
        // Waits as long as the pool's are short here, but not the driver's own.
        page.run(
            "Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => 2 });
             window.made = 0; window.gone = 0;
             window.Worker = class extends Worker {
               constructor(...rest) { super(...rest); window.made += 1; }
               terminate() { super.terminate(); window.gone += 1; }
             };
             const wait = window.setTimeout;
             window.setTimeout = (then, time, ...rest) => wait(then, time > 10_000 && time < 30_000 ? 100 : time, ...rest)",
        )
        .await?;
        for maps in 1..=2 {
            same_as_at_once(page, "basins", "{ width: 90, height: 60 }").await?;
            page.wait_for(&format!("made === {} && gone === made", 2 * maps)).await?;
        }
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn without_workers_the_map_is_the_same() -> Result<()> {
    visit("basins-alone", (800, 600), async |page| {
        let lab = Lab::open(page).await?;
        let configure = "lab.configuration = { surface: 'himmelblau', basins: true }";
        lab.eval(configure).await?;
        let map = whole(&lab).await?;
        for broken in [
            // Forbidden, or breaking down when it begins, or doing nothing at all; or one of two does.
            "class { constructor() { throw new Error('forbidden') } }",
            "class extends Worker { constructor() {
               super(URL.createObjectURL(new Blob(['throw 1'], { type: 'text/javascript' })))
             } }",
            "class extends EventTarget { postMessage() {} terminate() {} }",
            "((Worker, Silent, made) => function (...rest) {
               return made++ ? new Worker(...rest) : new Silent();
             })(Worker, class extends EventTarget { postMessage() {} terminate() {} }, 0)",
        ] {
            let lab = Lab::open(page).await?;
            lab.eval("lab.configuration = { surface: 'bowl' }").await?;
            page.run(&format!("window.Worker = {broken}")).await?;
            lab.eval(configure).await?;
            ensure!(whole(&lab).await? == map, "another map with {broken}");
            same_as_at_once(page, "basins", "{ width: 60, height: 40 }").await?;
            page.check_errors().await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_worker_that_breaks_down_is_replaced() -> Result<()> {
    visit("basins-broken", (900, 700), async |page| {
        Lab::open(page).await?;
        let told = asynchronous(
            page,
            "const made = [];
             window.Worker = class extends Worker {
               constructor(...rest) { super(...rest); made.push(this); }
               postMessage(order) { super.postMessage(order); if (order.piece) given?.(this); }
             };
             let given;
             lab.configuration = { surface: 'himmelblau' };
             const options = { width: 300, height: 200, max_steps: 2000 };
             await lab.basins(options);
             const before = made.length;
             const broken = lab.basins(options).then(() => 'whole', (error) => error.message);
             const busy = await new Promise((resolve) => { given = resolve });
             busy.dispatchEvent(new ErrorEvent('error', { cancelable: true }));
             const said = await broken;
             const after = await lab.basins(options);
             const expected = core.basins(lab.configuration, options);
             const same = expected.steps.every((steps, cell) => steps === after.steps[cell]);
             return [said, made.length - before, same]",
        )
        .await?;
        ensure!(told == json!(["a worker has broken down", 1, true]), "{told}");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_map_that_cannot_be_loaded_or_computed_says_so_and_comes_when_it_can() -> Result<()> {
    visit("workers-failing", (1000, 700), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { surface: 'himmelblau' }").await?;
        let told = "$$('.basins [role=alert]:not([hidden])').map((e) => e.textContent).join('')";
        page.run(
            "window.whole_fetch = window.fetch;
             window.fetch = async (...rest) => {
               if (String(rest[0]).includes('momentum_lab_bg')) throw new TypeError('no network');
               return window.whole_fetch(...rest);
             }",
        )
        .await?;
        lab.click("[data-action='basins']").await?;
        lab.wait_for(&format!("({told}).includes('no network')")).await?;
        ensure!(lab.eval("lab.configuration.basins").await? == true, "the wish is forgotten");
        let said = page.run("return window.__errors.splice(0).join()").await?;
        ensure!(said.as_str().is_some_and(|said| said.contains("no network")), "{said}");
        page.run("window.fetch = window.whole_fetch").await?;
        lab.click("[data-action='basins']").await?;
        lab.wait_for("!lab.configuration.basins").await?;
        lab.click("[data-action='basins']").await?;
        let map = whole(&lab).await?;

        // A worker that breaks down takes its map along, which says so; the next one comes.
        page.run(
            "const post = Worker.prototype.postMessage;
             Worker.prototype.postMessage = function (order, ...rest) {
               post.call(this, order, ...rest);
               if (!order.piece || window.broken) return;
               window.broken = true;
               queueMicrotask(() => this.dispatchEvent(new ErrorEvent('error', { cancelable: true })));
             }",
        )
        .await?;
        lab.eval("lab.configuration = { ...lab.configuration, steps: 3000 }").await?;
        lab.wait_for(&format!("({told}).includes('worker has broken down')")).await?;
        ensure!(lab.pixels("basins").await?.covered == 0.0, "a map that has failed is shown");
        lab.eval("lab.configuration = { ...lab.configuration, steps: 300 }").await?;
        lab.wait_for(&format!("({told}) === ''")).await?;
        ensure!(whole(&lab).await? == map, "another map than before");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn without_workers_a_row_that_takes_long_leaves_the_page_its_turns() -> Result<()> {
    visit("workers-slices", (800, 600), async |page| {
        let lab = Lab::open(page).await?;
        page.run("window.Worker = class { constructor() { throw new Error('forbidden') } }").await?;
        lab.eval(
            "lab.configuration = { surface: 'ackley', runs: [{ id: 'momentum', lr: 1e-6, beta: 0.5 }] }",
        )
        .await?;
        // In a script of the page: a driver's has modules of its own in some engines.
        page.run(
            "document.body.append(Object.assign(document.createElement('script'), { type: 'module', text: `
               import { MapJob } from '/www/pkg/momentum_lab.js';
               const { run } = MapJob.prototype;
               window.slices = [];
               MapJob.prototype.run = function (stride, refines, from, to, left, right) {
                 window.slices.push([to - from, right - left]);
                 return run.call(this, stride, refines, from, to, left, right);
               };
             ` }))",
        )
        .await?;
        page.wait_for("window.slices").await?;
        // Balls that make nearly all of many steps: a row takes some tenths of a second.
        let told = asynchronous(
            page,
            "const options = { width: 300, height: 3, max_steps: 20000, tolerance: 1e-6 };
             const made = await lab.basins(options);
             const expected = core.basins(lab.configuration, options);
             return ['labels', 'steps'].every((name) => made[name].length === 900
               && made[name].every((value, cell) => value === expected[name][cell]))",
        )
        .await?;
        ensure!(told == true, "another map: {told}");
        let slices = page
            .run("return [slices.length, slices.every(([rows, columns]) => rows === 1 && columns <= 100)]")
            .await?;
        ensure!(slices[0].as_f64() >= Some(9.0) && slices[1] == true, "whole rows at once: {slices}");
        page.check_errors().await
    })
    .await
}
