//! English and Chinese: chosen by hand, kept over a reload, and in what is said of a bad value.

use crate::element::Lab;
use crate::session::{Page, visit};
use anyhow::{Result, ensure};
use serde_json::{Value, json};

/// Goes on in the other language, by its button.
async fn switch(lab: &Lab<'_>, language: &str) -> Result<()> {
    lab.click("[data-action='language']").await?;
    speaks(lab, language).await
}

/// Waits until lab and page say that they speak a language, and have said all.
async fn speaks(lab: &Lab<'_>, language: &str) -> Result<()> {
    lab.wait_for(&format!(
        "lab.hasAttribute('ready') && $('.lab')?.lang === '{language}'
         && document.documentElement.lang === '{language}'
         && $$('.figure [aria-label]').filter((it) => /0[.]949/.test(it.getAttribute('aria-label'))).length > 1"
    ))
    .await?;
    lab.0.next_frame().await
}

/// All that can be read or is read aloud: texts, labels and titles of what is shown, on the page
/// and in the lab. Texts that bear a language of their own are left out, and so is mathematics.
async fn said(page: &Page) -> Result<Value> {
    page.run(
        "const said = [document.title];
         const walk = (node) => {
           if (node.nodeType === Node.TEXT_NODE) said.push(node.data.trim());
           if (node.nodeType !== Node.ELEMENT_NODE) return;
           if (/^(script|style|math|option|optgroup)$/i.test(node.tagName)) return;
           if (!node.checkVisibility() && node.tagName !== 'SLOT') return;
           // Speaks of a change a while after it, if nothing else happens.
           if (node.matches('.spoken')) return;
           if (node.lang && !node.matches('.lab')) return;
           said.push(node.getAttribute('aria-label') ?? '', node.title ?? '');
           if (node.tagName === 'SLOT') return node.assignedNodes().forEach(walk);
           (node.shadowRoot ?? node).childNodes.forEach(walk);
         };
         walk(document.body);
         return [...new Set(said.filter((text) => /\\p{L}/u.test(text)))].sort()",
    )
    .await
}

/// The texts with an English word in them, but for names of keys and that of the language itself.
fn english(texts: &Value) -> Vec<&str> {
    let known = ["Ctrl", "Shift", "English"];
    let word = |word: &str| word.len() > 2 && !known.contains(&word);
    let has_one = |text: &&str| text.split(|c: char| !c.is_ascii_alphabetic()).any(word);
    texts.as_array().into_iter().flatten().filter_map(Value::as_str).filter(has_one).collect()
}

#[tokio::test]
async fn a_language_chosen_by_hand_is_spoken_everywhere_and_kept() -> Result<()> {
    visit("language", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        speaks(&lab, "en").await?;
        let first = said(page).await?;
        ensure!(english(&first).len() > 40, "hardly any text: {first}");

        switch(&lab, "zh-CN").await?;
        let chinese = said(page).await?;
        ensure!(english(&chinese).is_empty(), "still in English: {:?}", english(&chinese));
        let lab = Lab::open(page).await?;
        speaks(&lab, "zh-CN").await?;
        ensure!(said(page).await? == chinese, "another text after the reload");

        switch(&lab, "en").await?;
        ensure!(said(page).await? == first, "English differs: {}", said(page).await?);
        let lab = Lab::open(page).await?;
        speaks(&lab, "en").await?;
        ensure!(said(page).await? == first, "English is not kept");
        page.check_errors().await
    })
    .await
}

/// What is said beside the control of a field.
fn beside(field: &str) -> String {
    format!(
        "$(`[data-field='{field}']`).closest('.control').querySelector('[role=alert]').textContent"
    )
}

/// Types nonsense into a number and into the formula, and expects these words beside them.
async fn nonsense(page: &Page, lab: &Lab<'_>, [number, far, name, end]: [&str; 4]) -> Result<()> {
    let (rate, formula) = ("runs[1].lr", "surface.expression");
    let says = async |field: &str, words: &str| {
        lab.wait_for(&format!("{} === {}", beside(field), json!(words))).await
    };
    let kept = "[lab.configuration.runs[1].lr, lab.configuration.surface.expression.trim()]";

    lab.click(&format!("[data-field='{formula}']")).await?;
    lab.eval("lab.shadowRoot.activeElement.select()").await?;
    page.keys("x^2 + 3*y^2").await?;
    lab.wait_for(&format!("{kept}[1] === 'x^2 + 3*y^2'")).await?;
    let before = lab.eval(kept).await?;

    lab.type_number(rate, "fast{value}").await?;
    says(rate, number).await?;
    lab.type_number(rate, "-4").await?;
    says(rate, far).await?;
    lab.click(&format!("[data-field='{formula}']")).await?;
    page.keys("\u{e010} + foo(").await?;
    says(formula, name).await?;
    let typed = format!("$(`[data-field='{formula}']`).value");
    ensure!(lab.text(&typed).await? == "x^2 + 3*y^2 + foo(", "what was typed is lost");
    ensure!(lab.eval(kept).await? == before, "what was refused counts");

    // Escape takes the formula in force back, another mistake is another text.
    page.keys("\u{e00c}").await?;
    says(formula, "").await?;
    page.keys("\u{e010}+").await?;
    says(formula, end).await?;
    ensure!(lab.eval(kept).await? == before, "what was refused counts");
    Ok(())
}

#[tokio::test]
async fn what_is_refused_is_said_in_the_language_chosen_by_field_and_value() -> Result<()> {
    visit("refusals", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        switch(&lab, "zh-CN").await?;
        lab.eval(
            "((e) => { e.value = 'expression'; e.dispatchEvent(new Event('change', { bubbles: true })) })
               ($(`select[data-field='surface.id']`))",
        )
        .await?;
        lab.wait_for("lab.configuration.surface.id === 'expression'").await?;
        let chinese = [
            "学习率：\"fast{value}\" 不是数",
            "学习率：-4 不在 0 到 1000000 之间",
            "f(x, y)：第 15 个字符处：“foo”既不是 x, y，也不是已知的函数",
            "f(x, y)：第 14 个字符处：应为数、名称或 '('，公式却已结束",
        ];
        nonsense(page, &lab, chinese).await?;

        switch(&lab, "en").await?;
        let english = [
            "learning rate: \"fast{value}\" is not a number",
            "learning rate: -4 is not in 0 to 1000000",
            "f(x, y): at character 15: \"foo\" is neither x, y nor a known function",
            "f(x, y): at character 14: expected a number, a name or '(', found the end",
        ];
        nonsense(page, &lab, english).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_refusal_crosses_with_its_code_field_and_values() -> Result<()> {
    visit("complaint", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let thrown = async |script: &str| {
            lab.eval(&format!(
                "(() => {{ try {{ {script} }} catch (error) {{
                   return [Object.prototype.toString.call(error) === '[object Error]', error.message, error.code, error.field, error.values] }} }})()"
            ))
            .await
        };
        let expected = json!([
            true, "runs[0].beta: 1.5 is not in 0 to 1", "out-of-range", "runs[0].beta",
            { "value": "1.5", "lowest": "0", "highest": "1" },
        ]);
        let run = "{ id: 'momentum', beta: 1.5 }";
        let found = thrown(&format!("lab.configuration = {{ runs: [{run}] }}")).await?;
        ensure!(found == expected, "{found}");
        let found = thrown("lab.configuration = { steps: {} }").await?;
        ensure!(found[1] == "steps: {…} is not a number", "{found}");
        let found = thrown("const cycle = {}; cycle.surface = cycle; lab.configuration = cycle").await?;
        ensure!(
            found[2] == "unreadable" && found[3] == "configuration" && found[4] == json!({}),
            "{found}"
        );
        page.check_errors().await
    })
    .await
}
