//! Paths are the same here, bit for bit, as on every other machine: the digests of
//! `tests/fixtures/paths.json`, which the native tests compare as well. The page's own small build
//! of the core ends them with the same bits as the whole.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};
use serde_json::json;

/// Computes every path of the file and leaves in `window.__compared` which of them part.
///
/// The digest is FNV-1a of 64 bits over the bytes of all coordinates and then of all losses,
/// lowest first, with one bit pattern for every NaN.
const COMPARE: &str = "
    import init, { simulate } from '/www/pkg/momentum_lab.js';

    const digest = (numbers) => {
      const bytes = new DataView(new ArrayBuffer(8));
      let hash = 0xcbf29ce484222325n;
      for (const number of numbers) {
        bytes.setFloat64(0, number, true);
        if (Number.isNaN(number)) bytes.setBigUint64(0, 0x7ff8n << 48n, true);
        for (let at = 0; at < 8; at += 1) {
          hash = BigInt.asUintN(64, (hash ^ BigInt(bytes.getUint8(at))) * 0x100000001b3n);
        }
      }
      return hash.toString(16).padStart(16, '0');
    };

    const compare = async () => {
      await init();
      const { paths } = await (await fetch('/tests/fixtures/paths.json')).json();
      const element = document.querySelector('momentum-lab');
      const parted = paths.filter(({ configuration, hash }) => {
        const { points, losses } = simulate(configuration);
        element.configuration = configuration;
        element.seek(losses.length - 1);
        const [{ x, y, loss }] = element.readout.runs;
        return digest([...points, ...losses]) !== hash
          || digest([x, y, loss]) !== digest([points.at(-2), points.at(-1), losses.at(-1)]);
      });
      return { count: paths.length, parted };
    };
    compare().then(
      (outcome) => { window.__compared = outcome },
      (error) => { window.__compared = { count: 0, parted: [String(error)] } },
    );
";

#[tokio::test]
async fn paths_are_those_of_every_other_machine() -> Result<()> {
    visit("identical", (800, 600), async |page| {
        Lab::open(page).await?;
        // As an element of the page: a driver's own scripts cannot import in every engine.
        let source = json!(COMPARE);
        page.run(&format!(
            "document.body.append(Object.assign(document.createElement('script'),
               {{ type: 'module', textContent: {source} }}))"
        ))
        .await?;
        page.wait_for("window.__compared").await?;
        let outcome = page.run("return window.__compared").await?;
        ensure!(outcome["parted"] == json!([]), "paths part: {outcome:#}");
        ensure!(outcome["count"] == json!(50), "paths compared: {}", outcome["count"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn paths_leave_as_tables_and_scripts() -> Result<()> {
    visit("exports", (1280, 800), async |page| {
        page.open("index.html").await?;
        let texts = page
            .run_async(
                "const done = arguments[arguments.length - 1];
                 import('/www/pkg/momentum_lab.js').then(async (core) => {
                   await core.default();
                   const asked = { surface: 'parabola', start: [1], steps: 2,
                     optimizer: { id: 'momentum', lr: 0.01, beta: 0.9 } };
                   let refused = '';
                   try { core.pytorch({ ...asked, optimizer: 'lion' }) } catch (error) { refused = error.message }
                   done([core.csv(asked), core.pytorch(asked), core.numpy(asked), refused]);
                 }).catch((error) => done([String(error), '', '', '']))",
            )
            .await?;
        let text = |index: usize| texts[index].as_str().unwrap_or_default().to_owned();
        ensure!(text(0).lines().last().is_some_and(|row| row.starts_with("2,0.9711,")), "{texts}");
        ensure!(text(1).contains("torch.optim.SGD(") && text(2).contains("import numpy"), "{texts}");
        ensure!(text(3).contains("runs[0].id"), "{texts}");
        page.check_errors().await
    })
    .await
}
