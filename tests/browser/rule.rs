//! The update rule with the numbers of the step shown.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};

/// What each line sets, in one text.
const VALUES: &str = "[...lab.shadowRoot.querySelectorAll('.rule .symbols')]
    .map((line) => line.lastElementChild.textContent).join(' ')";

#[tokio::test]
async fn the_best_known_example_in_numbers() -> Result<()> {
    visit("rule", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval(
            "lab.configuration = { surface: 'parabola', start: [1], steps: 100,
                runs: [{ id: 'momentum', lr: 0.01, beta: 0.9 }, { id: 'adam' }] }",
        )
        .await?;
        lab.eval("$('.rule').scrollIntoView({ block: 'center' })").await?;
        lab.click(".rule summary").await?;
        lab.wait_for("$('.rule .symbols math')?.getAttribute('aria-label') === 'g ← ∇f(w)'")
            .await?;
        for (step, values) in [(1, "1.000 1.000 0.9900"), (2, "0.9900 1.890 0.9711")] {
            lab.click("[data-action='step']").await?;
            lab.wait_for(&format!("{VALUES} === '{values}'")).await?;
            ensure!(lab.step().await? == f64::from(step));
        }
        // Built of the elements of mathematics, and said in a line of text.
        let said = "$('.rule .line:last-child .terms').getAttribute('aria-label')";
        ensure!(lab.text(said).await? == "0.9900 − 0.01·1.890 = 0.9711");
        let namespace = "$('.rule mo').namespaceURI.endsWith('MathML')";
        ensure!(lab.text(&format!("String({namespace})")).await? == "true");
        // Another setting is another step of the same number, and so is another run.
        lab.type_number("runs[0].beta", "0.5").await?;
        lab.wait_for(&format!("{VALUES} === '0.9900 1.490 0.9751'")).await?;
        lab.eval(
            "(menu => { menu.value = '1'; menu.dispatchEvent(new Event('change')); })
                ($(`[data-action='rule-run']`))",
        )
        .await?;
        lab.wait_for("$('.rule msqrt mfrac')").await?;
        page.picture("rule").await?;
        page.check_errors().await
    })
    .await
}
