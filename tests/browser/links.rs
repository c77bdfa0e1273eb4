//! The address of the page: what it says is shown, and what is chosen it says.

use crate::element::Lab;
use crate::session::{Page, visit};
use anyhow::{Result, ensure};
use serde_json::json;
use std::time::Duration;

/// Opens the lab by a link that somebody else has sent: nothing is remembered here.
async fn sent<'a>(page: &'a Page, link: &str) -> Result<Lab<'a>> {
    page.open("CHANGELOG.md").await?;
    page.run("localStorage.clear()").await?;
    Lab::open_at(page, &format!("#{link}")).await
}

const LINK: &str =
    "surface=ravine&kappa=40&start=-8,2&run=momentum,lr:0.02,beta:0.8&run=gd,lr:0.02";

#[tokio::test]
async fn a_link_is_shown_and_its_address_stays_as_it_was_written() -> Result<()> {
    visit("link", (1280, 800), async |page| {
        let lab = sent(page, &format!("{LINK}&arrows=on")).await?;
        ensure!(lab.eval("lab.configuration.surface.kappa").await? == json!(40));
        ensure!(lab.eval("lab.configuration.start").await? == json!([-8, 2]));
        let runs = "lab.configuration.runs.map(({ id, lr, beta }) => [id, lr, beta ?? null])";
        ensure!(lab.eval(runs).await? == json!([["momentum", 0.02, 0.8], ["gd", 0.02, null]]));
        ensure!(lab.eval("lab.configuration.arrows").await? == json!(true));
        ensure!(lab.eval("$('.linked').hidden").await? == json!(true), "nothing is wrong with it");
        ensure!(lab.text("location.hash").await? == format!("#{LINK}&arrows=on"));

        // A change is said in the lab's own words, the latest of them, without a way back to it.
        let pages = lab.number("history.length").await?;
        lab.drag_slider("runs[0].beta", 0.8).await?;
        let said = "`v=1&surface=ravine&kappa=40&start=-8,2&run=momentum,lr:0.02,\
            beta:${lab.configuration.runs[0].beta}&run=gd,lr:0.02&arrows=true`";
        lab.wait_for(&format!(
            "lab.configuration.runs[0].beta > 0.91 && location.hash === '#' + {said}"
        ))
        .await?;
        ensure!(
            lab.number("history.length").await? == pages,
            "each change is a page to go back to"
        );
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn an_address_gives_the_same_path_to_the_bit() -> Result<()> {
    visit("link-bits", (1280, 800), async |page| {
        let lab = sent(page, "surface=himmelblau&noise=0.3&run=adam,lr:0.1&run=nesterov,lr:0.004").await?;
        let plot = lab.rectangle(".plot").await?;
        page.drag(&[plot.at(0.5, 0.3), plot.at(0.55, 0.41), plot.at(0.62, 0.37)]).await?;
        lab.drag_slider("runs[1].lr", 0.37).await?;
        lab.wait_for("location.hash.includes('start=') && location.hash.includes(`lr:${lab.configuration.runs[1].lr}`)")
            .await?;
        let shown = "(lab.seek(57), JSON.stringify([lab.configuration, lab.readout]))";
        let before = lab.text(shown).await?;
        let link = lab.text("location.hash.slice(1)").await?;

        let lab = sent(page, &link).await?;
        ensure!(lab.text(shown).await? == before, "another path");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_bare_address_stays_bare_until_something_is_chosen() -> Result<()> {
    visit("link-bare", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        page.run(
            "window.said = []; const { replaceState } = history;
             history.replaceState = (...all) => { said.push(all[2]); replaceState.apply(history, all) }",
        )
        .await?;
        lab.click("[data-action='arrows']").await?;
        lab.wait_for("location.hash === '#v=1&arrows=true'").await?;
        ensure!(lab.number("said.length").await? == 1.0, "the first view was said as well");
        lab.click("[data-action='arrows']").await?;
        lab.wait_for("location.hash === '#v=1'").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn what_a_link_says_counts_more_than_what_is_remembered() -> Result<()> {
    visit("link-memory", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.drag_slider("runs[0].beta", 0.8).await?;
        lab.wait_for("location.hash.includes(`beta:${lab.configuration.runs[0].beta}`)").await?;
        lab.eval("lab.seek(25)").await?;
        let here = lab.text("location.hash").await?;

        // A reload is at the same address, where the session goes on.
        page.run("window.old = true; location.reload()").await?;
        page.wait_for("window.old === undefined").await?;
        let lab = Lab::ready(page).await?;
        lab.wait_for("lab.readout.step === 25").await?;
        ensure!(lab.text("location.hash").await? == here);

        page.open("CHANGELOG.md").await?;
        let lab = Lab::open_at(page, "#surface=bowl").await?;
        ensure!(lab.text("lab.configuration.surface.id").await? == "bowl");
        ensure!(lab.number("lab.readout.step").await? == 0.0);
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_malformed_link_is_complained_of_in_words_and_the_rest_counts() -> Result<()> {
    visit("link-malformed", (1280, 800), async |page| {
        let bad = "surface=bowl&kapa=3&steps=1e9&start=<img src=x onerror=alert(1)>&run=gd,lr:%zz&noise=0.5";
        let lab = sent(page, bad).await?;
        ensure!(lab.text("lab.configuration.surface.id").await? == "bowl");
        ensure!(lab.eval("lab.configuration.noise").await? == json!(0.5));
        let items = "$$('.linked li').map((item) => item.textContent)";
        ensure!(
            lab.eval(items).await?
                == json!([
                    "kapa: no such field",
                    "runs[0].lr: \"%zz\" is not a number",
                    "steps: 1000000000 is not in 1 to 200000",
                    "start: \"<img src=x onerror=alert(1)>\" is not a list of 2 numbers",
                ]),
            "{}",
            lab.eval(items).await?
        );
        ensure!(lab.number("$$('.linked img').length").await? == 0.0);
        page.picture("link-complaints").await?;

        lab.eval("lab.setAttribute('language', 'zh-CN')").await?;
        lab.wait_for("$('.linked li')?.textContent === 'kapa：没有这个字段'").await?;
        lab.eval("lab.setAttribute('language', 'en')").await?;
        lab.wait_for("$('.linked li')?.textContent.startsWith('kapa: ')").await?;

        lab.click("[data-action='close-complaints']").await?;
        lab.wait_for("$('.linked').hidden").await?;
        lab.drag_slider("runs[0].lr", 0.5).await?;
        lab.wait_for("location.hash.startsWith('#v=1&surface=bowl&run=gd,lr:')").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn an_address_edited_by_hand_and_the_way_back_are_followed() -> Result<()> {
    visit("link-hand", (1280, 800), async |page| {
        let lab = sent(page, LINK).await?;
        page.run("location.hash = '#surface=ravine&kappa=7&kapa=8'").await?;
        lab.wait_for("lab.configuration.surface.kappa === 7").await?;
        lab.wait_for("$('.linked li').textContent === 'kapa: no such field'").await?;
        page.run("location.hash = '#surface=ravine&kappa=9'").await?;
        lab.wait_for("lab.configuration.surface.kappa === 9 && $('.linked').hidden").await?;
        page.run("history.go(-2)").await?;
        lab.wait_for("lab.configuration.surface.kappa === 40 && lab.configuration.start[0] === -8")
            .await?;
        // What was there before is one step back, as after any change.
        lab.click("[data-action='undo']").await?;
        lab.wait_for("lab.configuration.surface.kappa === 9").await?;
        lab.wait_for("location.hash === '#v=1&surface=ravine&kappa=9'").await?;
        page.run("location.hash = ''").await?;
        lab.wait_for("lab.configuration.surface.kappa !== 9").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_link_is_copied_or_given_to_be_copied() -> Result<()> {
    visit("link-copy", (1280, 800), async |page| {
        let lab = sent(page, LINK).await?;
        let clipboard = |value: &str| {
            format!("Object.defineProperty(navigator, 'clipboard', {{ configurable: true, value: {value} }})")
        };
        page.run(&clipboard("{ writeText: async (text) => { window.copied = text } }")).await?;
        lab.click("[data-action='link']").await?;
        lab.wait_for(&format!("window.copied?.endsWith('/index.html#v=1&{LINK}')")).await?;
        lab.wait_for("$('.copied').textContent === 'Link copied'").await?;
        lab.wait_for("$('.copied').textContent === ''").await?;

        for none in ["undefined", "{ writeText: async () => { throw new Error('refused') } }"] {
            page.run(&clipboard(none)).await?;
            lab.click("[data-action='link']").await?;
            lab.wait_for("$('dialog.link').open").await?;
            let selected = "((box) => box.value.slice(box.selectionStart, box.selectionEnd))($('dialog.link input'))";
            lab.wait_for(&format!("{selected} === window.copied")).await?;
            lab.click("[data-action='close-link']").await?;
            lab.wait_for("!$('dialog.link').open").await?;
        }
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_lab_without_the_attribute_leaves_the_address_alone() -> Result<()> {
    visit("link-embedded", (1280, 800), async |page| {
        let lab = sent(page, "surface=bowl").await?;
        lab.eval(
            "(() => { const other = document.createElement('momentum-lab');
               document.body.replaceChildren(other) })()",
        )
        .await?;
        let lab = Lab::ready(page).await?;
        ensure!(lab.text("lab.configuration.surface.id").await? == "ravine");
        ensure!(lab.eval("$('[data-action=link]')").await?.is_null());
        page.check_errors().await
    })
    .await
}

/// Random configurations to a link and back, and links that make no sense: leaves in
/// `window.__links` how many there were of each, and those with which something was wrong.
const MANY: &str = "
    import { loadCore } from '/www/core/core.js';

    let seed = 20261123;
    const chance = () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed / 2 ** 32;
    };
    const among = (list) => list[Math.floor(chance() * list.length)];
    const value = ({ kind, min, max, integer, options }) => {
      if (kind === 'toggle') return chance() < 0.5;
      if (kind === 'choice') return among(options).id;
      const number = min + (max - min) * chance();
      return integer ? Math.round(number) : number;
    };
    const some = ({ parameters }) => Object.fromEntries(parameters
      .filter(({ kind }) => kind !== 'text' && chance() < 0.6).map((spec) => [spec.id, value(spec)]));

    const check = async () => {
      const { catalogue, link, unlink } = await loadCore();
      const lab = document.querySelector('momentum-lab');
      const parted = [];
      for (let count = 0; count < 50; count++) {
        const surface = among(catalogue.surfaces);
        lab.configuration = {
          surface: { id: surface.id, ...some(surface) },
          start: [8 * chance() - 4, surface.dimension === 1 ? 0 : 8 * chance() - 4],
          runs: Array.from({ length: 1 + Math.floor(3 * chance()) }, () => {
            const optimizer = among(catalogue.optimizers);
            return { id: optimizer.id, ...some(optimizer) };
          }),
          steps: 10 + Math.floor(90 * chance()), noise: chance(), seed: Math.floor(99 * chance()),
        };
        const whole = lab.configuration;
        const { configuration, complaints } = unlink(link(whole));
        const back = JSON.stringify(configuration) === JSON.stringify(whole);
        if (!back || complaints.length > 0) parted.push(link(whole));
      }
      const keys = ['surface', 'kappa', 'start', 'steps', 'run', 'noise', 'view', 'projection'];
      const nonsense = ['\u{0}', '1e999', '%ZZ', '<img src=x onerror=1>', '{}', '--', 'NaN', ',,,', '\u{1F3B3}', '1;2'];
      const silent = [];
      for (let count = 0; count < 2000; count++) {
        const bad = `${among(keys)}=${among(nonsense)}${chance() < 0.5 ? among(nonsense) : ''}`;
        const text = chance() < 0.5 ? bad : `surface=bowl&${bad}`;
        const { configuration, complaints } = unlink(text);
        const named = complaints.every(({ message }) => message.length > 5);
        if (complaints.length === 0 || !named || configuration.runs.length === 0) silent.push(text);
      }
      return { parted, silent };
    };
    check().then(
      (found) => { window.__links = found },
      (error) => { window.__links = { parted: [String(error)], silent: [] } },
    );
";

#[tokio::test]
async fn fifty_configurations_come_back_and_two_thousand_bad_links_are_complained_of() -> Result<()>
{
    visit("links-many", (1280, 800), async |page| {
        Lab::open(page).await?;
        let source = json!(MANY);
        page.run(&format!(
            "document.body.append(Object.assign(document.createElement('script'),
               {{ type: 'module', textContent: {source} }}))"
        ))
        .await?;
        page.wait_longer("window.__links", Duration::from_secs(60)).await?;
        let found = page.run("return window.__links").await?;
        ensure!(found == json!({ "parted": [], "silent": [] }), "{found}");
        page.check_errors().await
    })
    .await
}
