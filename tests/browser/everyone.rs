//! For everyone: presentation, the sheet of keys, and what assistive technology and touch need.

use crate::element::Lab;
use crate::session::{Page, visit};
use anyhow::{Result, ensure};

#[tokio::test]
async fn a_presentation_has_large_type_and_strokes() -> Result<()> {
    visit("presentation", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let type_size = "parseFloat(getComputedStyle($('.transport')).fontSize)";
        let small = lab.number(type_size).await?;
        page.keys("p").await?;
        lab.wait_for(&format!("{type_size} > 1.15 * {small}")).await?;
        lab.wait_for("lab.dataset.theme === 'projector'").await?;
        lab.wait_for("document.fullscreenElement === lab || !document.fullscreenEnabled").await?;
        page.next_frame().await?;
        // The ball is drawn larger, and the picture answers where it is seen.
        let plot = lab.rectangle(".plot").await?;
        page.click(plot.at(0.4, 0.6)).await?;
        lab.wait_for(
            "((p, s) => Math.abs(s.x + s.width / 2 - p.x - 0.4 * p.width) < 2
               && Math.abs(s.y + s.height / 2 - p.y - 0.6 * p.height) < 2)(
                 $('.plot').getBoundingClientRect(), $('button.start').getBoundingClientRect())",
        )
        .await?;
        // A clicker's keys lead through the lessons.
        page.keys("\u{e00f}").await?;
        lab.wait_for("lab.configuration.runs.length === 1").await?;
        page.keys("\u{e00f}").await?;
        lab.wait_for("lab.configuration.runs.length === 2").await?;
        page.picture("presentation").await?;
        // The figures wait until they are asked for.
        ensure!(lab.eval("$('.figures').checkVisibility()").await? == false, "figures at once");
        lab.click("[data-action='figures']").await?;
        lab.wait_for("$('.figures').checkVisibility() && $(`[data-figure='loss']`)").await?;
        page.picture("presentation-figures").await?;
        lab.click("[data-action='figures']").await?;
        lab.wait_for("!$('.figures').checkVisibility()").await?;
        // The controls get out of the way of a resting pointer, and come back.
        lab.wait_for("lab.hasAttribute('resting')").await?;
        page.hover(plot.at(0.5, 0.5)).await?;
        lab.wait_for("!lab.hasAttribute('resting')").await?;
        page.keys("\u{e00c}").await?;
        lab.wait_for("!lab.hasAttribute('presenting')").await?;
        lab.wait_for("lab.dataset.theme !== 'projector'").await?;
        lab.wait_for("$('.figures').checkVisibility()").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_keys_are_listed() -> Result<()> {
    visit("keys", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        page.keys("?").await?;
        lab.wait_for("$('dialog').open").await?;
        // The lab behind keeps still.
        page.keys("3").await?;
        ensure!(lab.text("lab.configuration.projection").await? == "plan", "3 went through");
        page.picture("keys").await?;
        page.keys("\u{e00c}").await?;
        lab.wait_for("!$('dialog').open").await?;
        lab.click("[data-action='keys']").await?;
        lab.wait_for("$('dialog').open").await?;
        lab.click("[data-action='close-keys']").await?;
        lab.wait_for("!$('dialog').open").await?;
        page.check_errors().await
    })
    .await
}

/// What is wrong with the lab as it stands: controls without a name or too small to hit, texts
/// with too little contrast, ids that are not unique, references to nothing.
const FAULTS: &str = r"(() => {
  const root = lab.shadowRoot, faults = [];
  const seen = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && !e.closest('dialog:not([open])');
  const called = (e) => `${e.localName}.${e.className} ${e.dataset.field ?? e.dataset.action ?? ''}`;
  const byId = (ids) => ids.split(' ').map((id) => root.getElementById(id));
  for (const e of root.querySelectorAll('button, input, select, summary, [tabindex], [role=slider]')) {
    if (!seen(e)) continue;
    const labels = [...(e.labels ?? [])].map((l) => l.textContent).join('');
    const by = e.getAttribute('aria-labelledby');
    const name = e.getAttribute('aria-label') ?? (by ? byId(by).map((l) => l?.textContent).join('') : labels
      || (e.matches('button, summary') ? e.textContent : ''));
    if (!name?.trim()) faults.push(`${called(e)} has no name`);
    const { width, height } = e.getBoundingClientRect();
    if (Math.min(width, height) < 43.5) faults.push(`${called(e)} is ${width}x${height}`);
  }
  for (const e of root.querySelectorAll('[aria-describedby], [aria-labelledby], [for]')) {
    for (const attribute of ['aria-describedby', 'aria-labelledby', 'for']) {
      const ids = e.getAttribute(attribute);
      if (ids && byId(ids).includes(null)) faults.push(`${called(e)}: ${attribute} leads nowhere`);
    }
  }
  const ids = [...root.querySelectorAll('[id]')].map((e) => e.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`id ${id} twice`);
  for (const e of root.querySelectorAll('[role=img], canvas')) {
    const image = e.closest('[role=img]');
    if (!image?.getAttribute('aria-label')) faults.push(`${called(e)} is a picture without words`);
  }
  // Contrast by WCAG 2.2, colours read back from a canvas, whatever syntax they are in.
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const read = (color, under) => {
    pen.fillStyle = under; pen.fillRect(0, 0, 1, 1); pen.fillStyle = color; pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const css = ([r, g, b]) => `rgb(${r} ${g} ${b})`;
  const light = (rgb) => rgb.map((c) => c / 255)
    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (e) => {
    const layers = [];
    for (let at = e; at; at = at.parentElement ?? at.getRootNode().host) layers.unshift(getComputedStyle(at).backgroundColor);
    return layers.reduce((under, color) => read(color, css(under)), [255, 255, 255]);
  };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const e = node.parentElement;
    if (!node.data.trim() || !e || e.closest('style, option, .spoken') || !seen(e)) continue;
    const under = ground(e), ink = read(getComputedStyle(e).color, css(under));
    const [a, b] = [light(under), light(ink)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) faults.push(`${called(e)} '${node.data.trim()}' has contrast ${ratio.toFixed(2)}`);
  }
  return faults.join('\n');
})()";

async fn check(page: &Page, lab: &Lab<'_>, state: &str) -> Result<()> {
    page.next_frame().await?;
    let faults = lab.text(FAULTS).await?;
    ensure!(faults.is_empty(), "{state}:\n{faults}");
    Ok(())
}

#[tokio::test]
async fn controls_have_names_and_sizes_and_texts_have_contrast() -> Result<()> {
    visit("accessible", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        for theme in ["light", "dark", "projector"] {
            lab.eval(&format!("lab.setAttribute('theme', '{theme}')")).await?;
            lab.wait_for(&format!("lab.dataset.theme === '{theme}'")).await?;
            check(page, &lab, theme).await?;
        }
        lab.eval("$$('details').forEach((fold) => { fold.open = true })").await?;
        lab.eval("lab.configuration = { surface: 'tanh-neuron', arrows: true, runs: ['adam', 'nesterov', 'gd'] }").await?;
        check(page, &lab, "all folds open").await?;
        page.keys("?").await?;
        lab.wait_for("$('dialog').open").await?;
        check(page, &lab, "the sheet of keys").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_phone_has_room_for_every_control() -> Result<()> {
    visit("phone-controls", (1280, 900), async |page| {
        let lab = Lab::open_framed(page, (390, 844)).await?;
        check(page, &lab, "a phone").await?;
        let wide = lab.number("document.documentElement.scrollWidth").await?;
        ensure!(wide <= 390.0, "the page is {wide} pixels wide");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_order_of_focus_is_the_order_on_screen() -> Result<()> {
    /// What Tab leads to, one after the other, that stands above or, in the same line, left of the
    /// one before. Menus on the plot stand in a group of their own: their order is theirs.
    const FAULTS: &str = "(() => {
      const groups = ['.buttons', '.plot', '.transport', '.chosen', '.card', '.foot', '.basins'];
      const part = (e) => e.closest(groups.join());
      const places = $$('button, input, select, summary, [tabindex]')
        .filter((e) => e.tabIndex >= 0 && e.checkVisibility({ visibilityProperty: true }) && !e.closest('dialog'))
        .map((e) => ({ e, box: e.getBoundingClientRect(), name: e.dataset.field ?? e.dataset.action ?? e.className }));
      const faults = [];
      for (const [index, { e, box, name }] of places.entries()) {
        if (index === 0 || e.closest('.plot, .picture')) continue;
        const before = places[index - 1];
        if (before.e.closest('.plot, .picture') && part(before.e) === part(e)) continue;
        const middle = (r) => r.top + r.height / 2;
        const above = middle(box) < before.box.top - 2;
        const back = Math.abs(middle(box) - middle(before.box)) < 8 && box.left < before.box.left;
        if (above || back) faults.push(`${name} after ${before.name}`);
      }
      return faults.join('\\n');
    })()";
    visit("focus-order", (1280, 900), async |page| {
        let lab = Lab::open_framed(page, (390, 844)).await?;
        lab.wait_for("$$('.figure').length === 3").await?;
        for state in [
            "{ surface: 'ravine' }",
            "{ surface: 'himmelblau', basins: true }",
            "{ surface: 'tanh-neuron', sweep: 'lr' }",
        ] {
            lab.eval(&format!("lab.configuration = {state}")).await?;
            page.next_frame().await?;
            let faults = lab.text(FAULTS).await?;
            ensure!(faults.is_empty(), "{state}:\n{faults}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_step_slider_says_the_losses() -> Result<()> {
    visit("step-words", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let told = "$('.time').getAttribute('aria-valuetext')";
        lab.eval("lab.seek(40)").await?;
        lab.wait_for(&format!("{told}?.startsWith('step 40 of 300; Momentum: loss ')")).await?;
        let shown = lab.text("$$('.numbers').map((line) => line.textContent).join(' ')").await?;
        for loss in lab.text(told).await?.split("loss ").skip(1) {
            let number = loss.split(';').next().unwrap_or_default();
            ensure!(shown.contains(number), "{number} is not in {shown}");
        }
        // After it has played, it says where it stands.
        lab.eval("lab.play()").await?;
        lab.wait_for("lab.readout.step > 45").await?;
        lab.eval("lab.pause()").await?;
        lab.wait_for(&format!("{told}.startsWith(`step ${{lab.readout.step}} of `)")).await?;
        // Of many runs it says the least.
        let runs: Vec<_> =
            (0..12).map(|run| format!("{{ id: 'gd', lr: 0.00{} }}", run + 1)).collect();
        lab.eval(&format!(
            "lab.configuration = {{ surface: 'ravine', runs: [{}] }}",
            runs.join(", ")
        ))
        .await?;
        lab.eval("lab.seek(7)").await?;
        lab.wait_for(&format!("{told}.startsWith('step 7 of 300; lowest loss: ')")).await?;
        ensure!(lab.text(told).await?.len() < 80, "{}", lab.text(told).await?);
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn what_is_said_of_a_change_names_how_a_ball_moves() -> Result<()> {
    visit("spoken-outcome", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let said = "$('.spoken').textContent";
        lab.eval(
            "lab.configuration = { surface: { id: 'ravine', kappa: 25 }, runs: [{ id: 'momentum', lr: 0.02, beta: 0.9 }] }",
        )
        .await?;
        lab.wait_for(&format!("{said}.startsWith('Momentum oscillates, ')")).await?;
        // With the numbers that are measured on the path.
        let told = lab.text(said).await?;
        lab.eval("lab.seek(300)").await?;
        lab.wait_for("lab.readout.step === 300").await?;
        let expected = "`Momentum oscillates, ${Math.max(...lab.readout.runs[0].overshoots)} overshoots, settles at step ${lab.readout.runs[0].statusStep}.`";
        ensure!(told == lab.text(expected).await?, "{told}");
        for (given, words) in [
            ("surface: 'ravine', runs: [{ id: 'gd', lr: 0.033 }]", "alternates from side to side, "),
            ("surface: 'bowl', runs: [{ id: 'gd', lr: 0.1 }]", "does not overshoot, settles at step "),
        ] {
            lab.eval(&format!("lab.configuration = {{ {given} }}")).await?;
            lab.wait_for(&format!("{said}.includes('{words}')")).await?;
        }
        // Of many runs it is one short sentence.
        let runs: Vec<_> =
            (0..12).map(|run| format!("{{ id: 'momentum', lr: {} }}", 0.01 + 0.002 * f64::from(run))).collect();
        lab.eval(&format!("lab.configuration = {{ surface: 'ravine', runs: [{}] }}", runs.join(", ")))
            .await?;
        lab.wait_for(&format!("{said}.includes('12 of 12 runs settle')")).await?;
        ensure!(lab.text(said).await?.len() < 100, "{}", lab.text(said).await?);
        // What has just settled, of many at once, is counted too.
        lab.eval("(lab.seek(lab.readout.steps - 1), lab.seek(lab.readout.steps))").await?;
        lab.wait_for("lab.readout.step === lab.readout.steps").await?;
        ensure!(lab.text(said).await?.len() < 200, "{}", lab.text(said).await?);
        page.check_errors().await
    })
    .await
}
