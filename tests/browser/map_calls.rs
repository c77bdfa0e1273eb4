//! Maps that a page asks for from JavaScript.

use crate::element::Lab;
use crate::session::{Page, visit};
use anyhow::{Result, ensure};
use serde_json::json;

/// Runs the body of an asynchronous function in which `lab` is the element and `core` the module.
pub(crate) async fn asynchronous(page: &Page, body: &str) -> Result<serde_json::Value> {
    page.run_async(&format!(
        "const done = arguments[arguments.length - 1];
         (async () => {{
           const lab = document.querySelector('momentum-lab');
           const core = await import('/www/pkg/momentum_lab.js');
           await core.default();
           {body}
         }})().then(done, (error) => done(`${{error.name}}: ${{error.message}}`))"
    ))
    .await
}

/// Compares a map made by workers with the one that the core makes in one go.
pub(crate) async fn same_as_at_once(page: &Page, kind: &str, options: &str) -> Result<()> {
    let same = asynchronous(
        page,
        &format!(
            "const made = await lab.{kind}({options});
             const expected = core.{kind}(lab.configuration, {options});
             const names = Object.keys(expected).sort().join();
             if (Object.keys(made).sort().join() !== names) return Object.keys(made);
             if (new Set(expected.steps).size < 5) return 'all alike';
             return names.split(',').filter((name) => made[name].length !== expected[name].length
               || made[name].some((value, index) => value !== expected[name][index]))"
        ),
    )
    .await?;
    ensure!(same == json!([]), "{kind} {options} differs: {same}");
    Ok(())
}

#[tokio::test]
async fn a_map_is_what_a_loop_by_hand_and_single_runs_make_of_its_cells() -> Result<()> {
    visit("basins-by-hand", (900, 700), async |page| {
        Lab::open(page).await?;
        // Momentum on Himmelblau's function, its gradient derived by hand.
        let different = asynchronous(
            page,
            "const [width, height, max_steps, tolerance, lr, beta] = [61, 47, 150, 1e-3, 0.01, 0.9];
             const [left, right, bottom, top] = [-6, 6, -5, 5];
             const descend = (x, y) => {
               let [vx, vy, step, moved] = [0, 0, 0, Infinity];
               for (; ; step++) {
                 const [p, q] = [x * x + y - 11, x + y * y - 7];
                 const [gx, gy] = [2 * p * (2 * x) + 2 * q, 2 * p + 2 * q * (2 * y)];
                 if (!(Math.abs(x) <= 1e12 && Math.abs(y) <= 1e12)) return { x, y, step, end: 'gone' };
                 const quiet = moved < tolerance && Math.sqrt(gx * gx + gy * gy) < tolerance;
                 if (quiet) return { x, y, step, end: 'rests' };
                 if (step === max_steps) return { x, y, step, end: 'moves' };
                 [vx, vy] = [beta * vx + gx, beta * vy + gy];
                 const before = [x, y];
                 [x, y] = [x - lr * vx, y - lr * vy];
                 const [dx, dy] = [x - before[0], y - before[1]];
                 moved = Math.sqrt(dx * dx + dy * dy);
               }
             };
             const run = { id: 'momentum', lr, beta };
             lab.configuration = { surface: 'himmelblau', runs: [run] };
             const { labels, steps, minima } = await lab.basins(
               { width, height, max_steps, tolerance, bounds: [left, right, bottom, top] });
             // Not `instanceof`: a script sent from outside may have globals of its own.
             const arrays = [labels, steps, minima].map((array) => Object.prototype.toString.call(array));
             if (arrays.join() !== '[object Uint8Array],[object Uint16Array],[object Float64Array]') return arrays;
             const seen = new Set(), wrong = [];
             for (let cell = 0; cell < width * height; cell++) {
               const start = [left + (cell % width + 0.5) / width * (right - left),
                 top - (Math.floor(cell / width) + 0.5) / height * (top - bottom)];
               const { x, y, step, end } = descend(...start);
               const label = labels[cell];
               seen.add(label);
               const near = label < 254 && Math.hypot(minima[2 * label] - x, minima[2 * label + 1] - y) < 0.2;
               const rightly = end === 'gone' ? label === 255 : end === 'moves' ? label === 254 : near;
               let same = true;
               if (cell % 97 === 0) {
                 const { points } = core.simulate({ surface: 'himmelblau', optimizer: run, start, steps: step });
                 same = Object.is(points.at(-2), x) && Object.is(points.at(-1), y);
               }
               if (steps[cell] !== step || !rightly || !same) wrong.push([...start, step, steps[cell], label, same]);
             }
             return { wrong: wrong.slice(0, 5), kinds: seen.size }",
        )
        .await?;
        ensure!(different == json!({ "wrong": [], "kinds": 6 }), "{different}");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn maps_from_javascript_can_be_cancelled_and_are_checked() -> Result<()> {
    visit("maps-api", (800, 600), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { surface: 'ravine', runs: ['momentum', 'adam'] }").await?;
        same_as_at_once(page, "tuning", "{ width: 70, height: 45, max_steps: 300 }").await?;
        let told = asynchronous(
            page,
            "const names = async (promise) => promise.then(() => 'made',
               (error) => [error.name, error.code, error.field].join());
             const aborted = new AbortController();
             const late = lab.basins({ width: 1024, height: 1024, signal: aborted.signal });
             const tuned = lab.tuning({ width: 1024, height: 1024, signal: aborted.signal });
             await lab.basins({ width: 40, height: 40 });
             aborted.abort();
             const { signal } = aborted;
             return Promise.all([names(late), names(tuned), names(lab.basins({ signal })),
               names(lab.tuning({ signal })), names(lab.basins({ width: 4000 })), names(lab.basins({ run: 7 })),
               names(lab.tuning({ run: 1 })), names(lab.basins({ colour: 1 })),
               names(lab.basins({ width: 20, height: 20 }))])",
        )
        .await?;
        ensure!(
            told == json!([
                "AbortError,20,",
                "AbortError,20,",
                "AbortError,20,",
                "AbortError,20,",
                "Error,out-of-range,width",
                "Error,out-of-range,run",
                "Error,no-such-parameter,runs[1].beta",
                "Error,no-such-field,colour",
                "made",
            ]),
            "{told}"
        );
        // What has been given up leaves nothing behind in the next ones.
        same_as_at_once(page, "basins", "{ width: 240, height: 180, max_steps: 300 }").await?;
        same_as_at_once(page, "tuning", "{ width: 71, height: 44, max_steps: 300, run: 0 }").await?;
        // The numbers of each setting are those of a run at the rate and the momentum that the
        // documentation gives its cell.
        let wrong = asynchronous(
            page,
            "const options = { width: 24, height: 18, lr: [1e-3, 0.05], beta: [0.2, 0.95],
               max_steps: 400, tolerance: 0.01 };
             lab.configuration = { surface: 'bowl', runs: ['momentum'] };
             const { surface, start } = lab.configuration;
             const made = await lab.tuning(options);
             const wrong = [];
             for (let cell = 0; cell < 24 * 18; cell += 1) {
               const lr = 1e-3 * 50 ** ((cell % 24 + 0.5) / 24);
               const beta = 0.95 - 0.75 * (Math.floor(cell / 24) + 0.5) / 18;
               const optimizer = { id: 'momentum', lr, beta };
               const { losses, points } = core.simulate({ surface, optimizer, start, steps: 400 });
               const moved = (k) => Math.hypot(points[2 * k] - points[2 * k - 2], points[2 * k + 1] - points[2 * k - 1]);
               // In the bowl the square of the gradient's norm is twice the loss.
               const rest = losses.findIndex((loss, k) => k > 0 && Math.sqrt(2 * loss) < 0.01 && moved(k) < 0.01);
               const steps = rest < 0 ? 400 : rest;
               if (Math.abs(made.steps[cell] - steps) > 1) wrong.push([lr, beta, made.steps[cell], steps]);
             }
             if (new Set(made.steps).size < 100) wrong.push('all alike');
             return wrong",
        )
        .await?;
        ensure!(wrong == json!([]), "{wrong}");
        page.check_errors().await
    })
    .await
}
