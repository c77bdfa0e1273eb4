//! Keys on pages that have keys of their own: those that belong to the lab end at it, all others pass.

use crate::element::Lab;
use crate::session::{Page, visit};
use anyhow::{Result, ensure};
use serde_json::json;

const SPACE: &str = " ";
const TAB: &str = "\u{e004}";
const TAB_KEY: char = '\u{e004}';
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const PAGE_UP: &str = "\u{e00e}";
const PAGE_DOWN: &str = "\u{e00f}";
const HOME: &str = "\u{e011}";
const LEFT: &str = "\u{e012}";
const UP: &str = "\u{e013}";
const RIGHT: &str = "\u{e014}";
const DOWN: &str = "\u{e015}";

const BETA_BOX: &str = "[data-field='runs[0].beta'][data-kind='number']";
const BETA_SLIDER: &str = "[data-field='runs[0].beta'][data-kind='slider']";

/// A page with a lab that has these attributes and listens to keys itself.
async fn deck<'a>(page: &'a Page, attributes: &[(&str, &str)]) -> Result<Lab<'a>> {
    page.open("tests/pages/deck.html").await?;
    let lab = Lab::ready(page).await?;
    for (name, value) in attributes {
        lab.eval(&format!("lab.setAttribute({}, {})", json!(name), json!(value))).await?;
    }
    page.next_frame().await?;
    Ok(lab)
}

/// Presses keys one by one and fails if the page hears any of them.
async fn end(page: &Page, keys: &[&str]) -> Result<()> {
    for key in keys {
        page.run("heard.length = cell.length = 0").await?;
        page.keys(key).await?;
        let heard = page.run("return [heard, cell]").await?;
        ensure!(heard == json!([[], []]), "{key:?} reaches the page: {heard}");
    }
    Ok(())
}

/// Presses keys one by one and fails if the page misses one, pressed or let go.
async fn pass(page: &Page, keys: &[&str]) -> Result<()> {
    for key in keys {
        page.run("heard.length = cell.length = 0").await?;
        page.keys(key).await?;
        let heard = page
            .run("return [heard.some((key) => key.startsWith('keydown')), heard.some((key) => key.startsWith('keyup')), cell.length]")
            .await?;
        ensure!(heard == json!([true, true, 1]), "{key:?} does not reach the page: {heard}");
    }
    Ok(())
}

#[tokio::test]
async fn typed_numbers_stay_in_their_box() -> Result<()> {
    visit("keys-box", (1000, 760), async |page| {
        let lab = deck(page, &[]).await?;
        lab.click(BETA_BOX).await?;
        lab.eval("lab.shadowRoot.activeElement.select()").await?;
        end(page, &["0", ".", "9", "5"]).await?;
        ensure!(lab.text(&format!("$(`{BETA_BOX}`).value")).await? == "0.95");
        end(page, &[LEFT, RIGHT, HOME, PAGE_DOWN, ENTER]).await?;
        ensure!(lab.number("lab.configuration.runs[0].beta").await? == 0.95);
        end(page, &[UP, DOWN, "b", "r", "?"]).await?;
        // Escape first forgets what has been typed.
        end(page, &[ESCAPE]).await?;
        pass(page, &[ESCAPE]).await?;
        let deck = page.run("return [deck.slide, deck.dark, deck.help]").await?;
        ensure!(deck == json!([0, false, false]), "the deck has moved: {deck}");
        // Select all is the box's, saving is the page's.
        page.run("heard.length = 0").await?;
        page.key_with_ctrl('a', false).await?;
        ensure!(page.run("return heard.includes('keydown a')").await? == false, "Ctrl+A");
        page.run("document.addEventListener('keydown', (event) => event.preventDefault(), { once: true })").await?;
        page.run("heard.length = cell.length = 0").await?;
        page.key_with_ctrl('s', false).await?;
        ensure!(page.run("return heard.includes('keydown s') && cell.includes('s')").await? == true, "Ctrl+S");
        pass(page, &[TAB]).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn letters_of_a_formula_stay_in_it() -> Result<()> {
    visit("keys-formula", (1000, 760), async |page| {
        let lab = deck(page, &[("surface", "expression")]).await?;
        lab.click("[data-kind='text']").await?;
        lab.eval("lab.shadowRoot.activeElement.select()").await?;
        end(page, &["x", "^", "2", SPACE, "+", "3", "*", "y", "^", "2", "b", "r", "a", "c", "."]).await?;
        // What is being composed with an input method is text too, also with Escape.
        let composed = lab
            .eval(
                "['n', 'Process', 'Escape', 'Enter', ' '].map((key) => {
                   heard.length = cell.length = 0;
                   const event = new KeyboardEvent('keydown',
                     { key, code: 'KeyN', isComposing: true, bubbles: true, composed: true, cancelable: true });
                   lab.shadowRoot.activeElement.dispatchEvent(event);
                   return heard.length + cell.length;
                 })",
            )
            .await?;
        ensure!(composed == json!([0, 0, 0, 0, 0]), "{composed}");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn sliders_menus_and_buttons_keep_their_keys() -> Result<()> {
    visit("keys-controls", (1000, 760), async |page| {
        let lab = deck(page, &[]).await?;
        lab.eval(&format!("$(`{BETA_SLIDER}`).focus()")).await?;
        let beta = "lab.configuration.runs[0].beta";
        let before = lab.number(beta).await?;
        end(page, &[RIGHT, RIGHT, UP]).await?;
        let finer = lab.number(beta).await?;
        ensure!(finer > before, "the arrows move no slider: {before} to {finer}");
        // Page Down is the coarse step, and no lesson.
        end(page, &[PAGE_DOWN]).await?;
        let coarse = lab.number(beta).await?;
        ensure!(coarse < finer - 3.0 * (finer - before).abs(), "{finer} to {coarse}");
        end(page, &[PAGE_UP, LEFT, DOWN, HOME]).await?;
        ensure!(
            lab.eval("lab.configuration.runs.length").await? == json!(2),
            "a lesson was loaded"
        );
        // A letter that is no shortcut of the lab is the page's.
        pass(page, &["o", "v"]).await?;
        lab.eval("$('select.speed').focus()").await?;
        end(page, &["q", DOWN, UP, HOME]).await?;
        lab.eval("$(`[data-action='step']`).focus()").await?;
        let step = lab.step().await?;
        end(page, &[SPACE, ENTER]).await?;
        lab.wait_for(&format!("lab.readout.step === {}", step + 2.0)).await?;
        pass(page, &["q", ESCAPE]).await?;
        // The start's handle and those on the plane are moved by arrows.
        lab.eval("$('button.start').focus()").await?;
        end(page, &[LEFT, RIGHT, UP, DOWN]).await?;
        lab.eval("$('.setting').focus()").await?;
        end(page, &[LEFT, RIGHT, UP, DOWN]).await?;
        // A box of the page itself is none of the lab's business.
        page.run("document.querySelector('#own').focus()").await?;
        pass(page, &["a", "b", SPACE]).await?;
        let deck = page.run("return [deck.dark, document.querySelector('#own').value]").await?;
        ensure!(deck == json!([true, "ab "]), "{deck}");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_dialog_keeps_all_keys_but_tab() -> Result<()> {
    visit("keys-dialog", (1000, 760), async |page| {
        let lab = deck(page, &[]).await?;
        lab.click(".plot").await?;
        end(page, &["?"]).await?;
        lab.wait_for("$('dialog.keys').open").await?;
        page.picture("keys").await?;
        end(page, &["b", ".", "3", "?", RIGHT, PAGE_DOWN]).await?;
        pass(page, &[TAB]).await?;
        end(page, &[ESCAPE]).await?;
        lab.wait_for("!$('dialog.keys').open").await?;
        ensure!(lab.text("lab.configuration.projection").await? == "plan", "3 has acted behind");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_click_on_the_plot_is_enough_for_the_keys() -> Result<()> {
    visit("keys-plot", (1000, 760), async |page| {
        for controls in [None, Some("play lr beta"), Some("")] {
            let attributes = controls.map(|controls| ("controls", controls));
            let lab = deck(page, attributes.as_slice()).await?;
            // Nothing in the lab has the focus: its keys are the page's.
            pass(page, &["r", SPACE, RIGHT]).await?;
            ensure!(lab.step().await? == 0.0, "a key acts without focus");
            let plot = lab.rectangle(".plot").await?;
            page.click(plot.at(0.3, 0.6)).await?;
            lab.wait_for("$('.plot').contains(lab.shadowRoot.activeElement)").await?;
            ensure!(
                lab.eval("lab.shadowRoot.activeElement.matches(':focus-visible')").await? == false,
                "a ring"
            );
            end(page, &[RIGHT, RIGHT]).await?;
            lab.wait_for("lab.readout.step === 2").await?;
            end(page, &["a"]).await?;
            ensure!(lab.eval("lab.configuration.arrows").await? == json!(true));
            end(page, &["r"]).await?;
            lab.wait_for("lab.readout.step === 0").await?;
            end(page, &[SPACE]).await?;
            lab.wait_for("lab.readout.step > 0").await?;
            end(page, &[SPACE]).await?;
            // The page keeps its own, also those that only look like the lab's.
            pass(page, &["q", "o", ESCAPE, TAB]).await?;
            page.check_errors().await?;
        }
        // With the keyboard, the ring is there.
        let lab = deck(page, &[("projection", "space")]).await?;
        lab.eval("$('.layers').focus()").await?;
        page.key_with_shift(TAB_KEY).await?;
        page.keys(TAB).await?;
        ensure!(lab.eval("lab.shadowRoot.activeElement.matches('.layers')").await? == true);
        // In a window behind others, as a driver's may be, WebKit gives neither state to anything.
        let states = "['focus', 'focus-visible'].map((state) => $('.layers').matches(`:${state}`))";
        let states = lab.eval(states).await?;
        ensure!(states[0] == states[1], "no ring");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_a_lock_forbids_is_left_to_the_page() -> Result<()> {
    visit("keys-lock", (1000, 760), async |page| {
        let lab = deck(page, &[("controls", "lr beta"), ("lock", "")]).await?;
        lab.eval(&format!("$(`{BETA_SLIDER}`).focus()")).await?;
        // Arrows and Space are the slider's; what else the lab might do is locked.
        end(page, &[RIGHT, SPACE, PAGE_DOWN]).await?;
        pass(page, &["r", "a", "b", "p", "?", "+", ESCAPE]).await?;
        ensure!(lab.step().await? == 0.0);
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn page_keys_turn_lessons_only_where_one_is_taught() -> Result<()> {
    visit("keys-lessons", (1280, 800), async |page| {
        let runs = "JSON.stringify(lab.configuration.runs)";
        let opened = "$('.lesson .body').checkVisibility()";
        // On the lab's own page, without a lesson.
        let lab = Lab::open(page).await?;
        lab.eval("lab.beta = 0.77").await?;
        let mine = lab.text(runs).await?;
        for _ in 0..2 {
            page.keys(PAGE_DOWN).await?;
            page.keys(PAGE_UP).await?;
        }
        lab.click(".plot").await?;
        page.keys(PAGE_DOWN).await?;
        page.next_frame().await?;
        ensure!(lab.text(runs).await? == mine, "a configuration was thrown away");
        // With a lesson open, but not on a slider or in a box.
        lab.eval("(($menu) => { $menu.selectedIndex = 1; $menu.dispatchEvent(new Event('change')) })($('.lesson select'))")
            .await?;
        let number = "$('.lesson select').selectedIndex";
        lab.wait_for(opened).await?;
        lab.eval("$('[data-kind=slider]').focus()").await?;
        page.keys(PAGE_DOWN).await?;
        lab.eval("$('[data-kind=number]').focus()").await?;
        page.keys(PAGE_DOWN).await?;
        ensure!(lab.number(number).await? == 1.0, "Page Down on a slider or in a box turns lessons");
        lab.eval("lab.shadowRoot.activeElement.blur()").await?;
        page.keys(PAGE_DOWN).await?;
        lab.wait_for(&format!("{number} === 2")).await?;
        page.keys(PAGE_UP).await?;
        lab.wait_for(&format!("{number} === 1")).await?;
        // Put away, they are the page's again.
        lab.eval("(($menu) => { $menu.selectedIndex = 0; $menu.dispatchEvent(new Event('change')) })($('.lesson select'))")
            .await?;
        page.keys(PAGE_DOWN).await?;
        ensure!(lab.number(number).await? == 0.0);
        // Presented, a clicker begins with the first.
        page.keys("p").await?;
        lab.wait_for("lab.hasAttribute('presenting')").await?;
        page.keys(PAGE_DOWN).await?;
        lab.wait_for(&format!("{number} === 1")).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn page_keys_scroll_a_phone_and_leave_a_teachers_element_alone() -> Result<()> {
    visit("keys-scroll", (1000, 760), async |page| {
        // A teacher's element without lessons, unlocked, and one whose lessons are shown.
        for (controls, lesson) in [(Some("play lr beta"), false), (None, false), (None, true)] {
            let attributes = controls.map(|controls| ("controls", controls));
            let lab = deck(page, attributes.as_slice()).await?;
            if lesson {
                lab.eval("(($menu) => { $menu.selectedIndex = 1; $menu.dispatchEvent(new Event('change')) })($('.lesson select'))")
                    .await?;
            }
            lab.click(".plot").await?;
            let before = lab.eval("lab.configuration").await?;
            if lesson {
                end(page, &[PAGE_DOWN]).await?;
                lab.wait_for("$('.lesson select').selectedIndex === 2").await?;
            } else {
                pass(page, &[PAGE_DOWN, PAGE_UP]).await?;
                ensure!(lab.eval("lab.configuration").await? == before, "{controls:?}");
            }
        }
        // On a phone they scroll also while a lesson is open.
        let lab = Lab::open_framed(page, (390, 700)).await?;
        lab.eval("(($menu) => { $menu.selectedIndex = 1; $menu.dispatchEvent(new Event('change')) })($('.lesson select'))")
            .await?;
        lab.click(".plot").await?;
        let prevented = lab
            .eval(
                "['PageDown', 'PageUp'].map((key) => !lab.shadowRoot.activeElement.dispatchEvent(new KeyboardEvent('keydown',
                   { key, bubbles: true, composed: true, cancelable: true })))",
            )
            .await?;
        ensure!(prevented == json!([false, false]), "the page cannot scroll");
        ensure!(lab.number("$('.lesson select').selectedIndex").await? == 1.0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn letters_can_be_switched_off() -> Result<()> {
    visit("keys-letters", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        page.keys("a").await?;
        lab.wait_for("lab.configuration.arrows").await?;
        page.keys("?").await?;
        lab.wait_for("$('dialog.keys').open").await?;
        lab.click("[data-action='letters']").await?;
        page.picture("keys-without-letters").await?;
        page.keys(ESCAPE).await?;
        lab.wait_for("!$('dialog.keys').open").await?;
        let before = lab.eval("lab.configuration").await?;
        for key in ["a", "c", "b", "3", "p", "r", "+", "-", "0", "?"] {
            page.keys(key).await?;
        }
        page.next_frame().await?;
        ensure!(lab.eval("lab.configuration").await? == before, "a letter acts");
        ensure!(
            lab.eval("$('dialog.keys').open || lab.hasAttribute('presenting')").await? == false
        );
        page.keys(RIGHT).await?;
        lab.wait_for("lab.readout.step === 1").await?;
        // The next visit remembers, and another language says it too.
        let lab = Lab::open(page).await?;
        lab.eval("lab.setAttribute('language', 'zh-CN')").await?;
        lab.wait_for("$('.lab').lang === 'zh-CN'").await?;
        page.keys("c").await?;
        ensure!(lab.eval("lab.configuration.curvature").await? == false, "forgotten");
        lab.click("[data-action='keys']").await?;
        ensure!(lab.eval("$(`[data-action='letters']`).checked").await? == false);
        page.picture("keys-without-letters-zh").await?;
        lab.click("[data-action='letters']").await?;
        page.keys(ESCAPE).await?;
        page.keys("c").await?;
        lab.wait_for("lab.configuration.curvature").await?;
        page.check_errors().await
    })
    .await
}
