//! Numbers and formulas as people and input methods type them.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};

/// The key Enter on a box, as an input method that composes has it.
const COMPOSED: [&str; 2] = ["{isComposing: true}", "{keyCode: 229}"];

#[tokio::test]
async fn numbers_are_read_as_people_type_them() -> Result<()> {
    visit("typed-numbers", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        for (text, lr) in
            [("2.2e−2", 0.022), ("０．０２３", 0.023), ("0，024", 0.024), ("2.1·10⁻²", 0.021)]
        {
            lab.type_number("runs[1].lr", text).await?;
            lab.wait_for(&format!("lab.configuration.runs[1].lr === {lr}")).await?;
        }
        let box_of = |field: &str| format!("$(`[data-field='{field}'][data-kind='number']`)");
        // May be a thousand and some.
        lab.eval("$('[part=path]').scrollIntoView({ block: 'center' })").await?;
        lab.click("[part='path'] summary").await?;
        lab.eval("$(`[data-field='steps']`).scrollIntoView({ block: 'center' })").await?;
        lab.type_number("steps", "1,234").await?;
        let refused = format!("{}.getAttribute('aria-invalid') === 'true'", box_of("steps"));
        lab.wait_for(&refused).await?;
        lab.eval("lab.setAttribute('noise', '2,5e−1')").await?;
        lab.wait_for("lab.configuration.noise === 0.25").await?;
        lab.eval("lab.setAttribute('start', '−2，１')").await?;
        lab.wait_for("lab.configuration.start.join() === '-2,1'").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn enter_of_an_input_method_commits_nothing() -> Result<()> {
    visit("composing", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let field = "$(`[data-field='runs[1].lr'][data-kind='number']`)";
        let before = lab.number("lab.configuration.runs[1].lr").await?;
        lab.click("[data-field='runs[1].lr'][data-kind='number']").await?;
        lab.eval(&format!("{field}.select()")).await?;
        page.keys("0.017").await?;
        for composing in COMPOSED {
            for key in ["Enter", "Escape", "ArrowUp"] {
                lab.eval(&format!(
                    "{field}.dispatchEvent(new KeyboardEvent('keydown', \
                     {{key: '{key}', bubbles: true, composed: true, ...{composing}}}))"
                ))
                .await?;
            }
        }
        ensure!(lab.text(&format!("{field}.value")).await? == "0.017", "the text has gone");
        ensure!(lab.number("lab.configuration.runs[1].lr").await? == before, "committed");
        page.keys("\u{e007}").await?;
        lab.wait_for("lab.configuration.runs[1].lr === 0.017").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_formula_is_taken_when_its_composition_ends() -> Result<()> {
    visit("composed-formula", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.surface = 'expression'").await?;
        let field = "$(`[data-field='surface.expression']`)";
        let given = "lab.configuration.surface.expression";
        lab.wait_for(&format!("{field} && {given}")).await?;
        let before = lab.text(given).await?;
        lab.eval(&format!(
            "{field}.value = '（ｘ＋１）ｙ', \
             {field}.dispatchEvent(new InputEvent('input', {{bubbles: true, isComposing: true}}))"
        ))
        .await?;
        ensure!(lab.text(given).await? == before, "taken before it was whole");
        lab.eval(&format!("{field}.dispatchEvent(new CompositionEvent('compositionend'))")).await?;
        lab.wait_for(&format!("{given} === '（ｘ＋１）ｙ'")).await?;
        ensure!(lab.eval(&format!("{field}.hasAttribute('aria-invalid')")).await? == false);
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn what_stays_ambiguous_in_a_formula_is_refused_in_both_languages() -> Result<()> {
    visit("ambiguous-formula", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.surface = 'expression'").await?;
        let field = "$(`[data-field='surface.expression']`)";
        lab.wait_for(&format!("{field} && lab.configuration.surface.expression")).await?;
        for (formula, taken) in
            [("2xy + |x|", true), ("3(x+1)y+sin(x)cos(y)", true), ("|x|y|", false), ("1/xy", false)]
        {
            lab.click("[data-field='surface.expression']").await?;
            lab.eval(&format!("{field}.select()")).await?;
            page.keys(formula).await?;
            let taken = format!(
                "(lab.configuration.surface.expression === '{formula}') === {taken} && \
                 {field}.hasAttribute('aria-invalid') !== {taken}"
            );
            lab.wait_for(&taken).await?;
        }
        for (language, hint) in [("en", "can be read in two ways"), ("zh-CN", "有两种理解")] {
            lab.eval(&format!("lab.setAttribute('language', '{language}')")).await?;
            lab.wait_for(&format!("{field} && lab.ready !== false")).await?;
            lab.click("[data-field='surface.expression']").await?;
            lab.eval(&format!("{field}.select()")).await?;
            page.keys("1/xy").await?;
            lab.wait_for(&format!("{field}.closest('.control').textContent.includes('{hint}')"))
                .await?;
        }
        page.check_errors().await
    })
    .await
}
