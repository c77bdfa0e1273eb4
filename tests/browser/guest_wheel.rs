//! The wheel over the plot: on another page and in a frame it scrolls, on the lab's own page it zooms.

use crate::element::Lab;
use crate::host::Host;
use crate::session::{Page, visit};
use anyhow::{Result, ensure};

const WIDTH: &str = "lab.configuration.view[1] - lab.configuration.view[0]";
const HINT: &str = "$('.wheel-hint').checkVisibility()";

/// Fails unless the wheel scrolls, with words about how it zooms, and zooms with Ctrl, ⌘, or after a click.
async fn scrolls_until_asked(page: &Page, lab: &Lab<'_>, words: &str) -> Result<()> {
    // Asked for anew each time: WebKit scrolls by a script's events too.
    let place = async || anyhow::Ok(lab.rectangle(".plot").await?.at(0.4, 0.6));
    let whole = lab.number(WIDTH).await?;
    ensure!(!lab.eval(HINT).await?.as_bool().unwrap_or(true), "words before anything is tried");
    for _ in 0..3 {
        ensure!(page.wheel(place().await?, 120).await?, "the wheel is swallowed");
    }
    ensure!(lab.number(WIDTH).await? == whole, "the wheel zooms");
    lab.wait_for(HINT).await?;
    let told = lab.text("$('.wheel-hint').textContent").await?;
    ensure!(told.contains(words), "{told}");
    let language = lab.text("$('.lab').lang").await?;
    page.picture(&format!("wheel-{language}")).await?;
    lab.wait_for(&format!("!{HINT}")).await?;
    for held in ["ctrlKey: true", "metaKey: true"] {
        let before = lab.number(WIDTH).await?;
        ensure!(
            !page.wheel_with(place().await?, -120, held).await?,
            "{held}: the page is zoomed too"
        );
        lab.wait_for(&format!("{WIDTH} < {}", 0.9 * before)).await?;
    }
    page.click(place().await?).await?;
    let before = lab.number(WIDTH).await?;
    ensure!(!page.wheel(place().await?, -120).await?, "after a click the page is scrolled");
    lab.wait_for(&format!("{WIDTH} < {}", 0.9 * before)).await?;
    ensure!(lab.eval(HINT).await? == false, "words although it zooms");
    // Once something else has the focus, it scrolls again.
    lab.eval("lab.shadowRoot.activeElement.blur()").await?;
    ensure!(page.wheel(place().await?, 120).await?, "the wheel is swallowed again");
    Ok(())
}

#[tokio::test]
async fn an_element_lets_the_wheel_scroll_its_page() -> Result<()> {
    visit("wheel-element", (1000, 760), async |page| {
        page.open("tests/pages/deck.html").await?;
        let lab = Lab::ready(page).await?;
        scrolls_until_asked(page, &lab, "Ctrl").await?;
        lab.eval("lab.setAttribute('language', 'zh-CN')").await?;
        lab.wait_for("$('.lab').lang === 'zh-CN'").await?;
        page.next_frame().await?;
        scrolls_until_asked(page, &lab, "滚轮").await?;
        // Where the view is locked there is nothing to say.
        lab.eval("lab.setAttribute('controls', 'play start')").await?;
        lab.eval("lab.setAttribute('lock', '')").await?;
        page.next_frame().await?;
        let at = lab.rectangle(".plot").await?.at(0.4, 0.6);
        page.click(at).await?;
        ensure!(page.wheel(at, 120).await? && lab.eval(HINT).await? == false);
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_frame_lets_the_wheel_scroll_the_page_around() -> Result<()> {
    visit("wheel-frame", (1000, 760), async |page| {
        let host = Host::of(".").await?;
        page.open("tests/pages/bare.html").await?;
        page.run(&format!(
            "document.body.innerHTML = '<iframe width=900 height=700></iframe><div style=\"block-size: 3000px\"></div>';
             document.querySelector('iframe').src = '{}/embed.html#controls=play,lr,beta'",
            host.url()
        ))
        .await?;
        page.enter_frame().await?;
        let lab = Lab::ready(page).await?;
        scrolls_until_asked(page, &lab, "Ctrl").await?;
        page.leave_frame().await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_labs_own_page_is_zoomed_by_the_wheel_where_nothing_scrolls() -> Result<()> {
    visit("wheel-own", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let at = lab.rectangle(".plot").await?.at(0.4, 0.6);
        let whole = lab.number(WIDTH).await?;
        ensure!(!page.wheel(at, -450).await?, "the page is scrolled");
        lab.wait_for(&format!("{WIDTH} < {}", 0.8 * whole)).await?;
        // On a phone the page scrolls; presented, it does not.
        let lab = Lab::open_framed(page, (390, 700)).await?;
        let at = lab.rectangle(".plot").await?.at(0.5, 0.5);
        ensure!(page.wheel(at, -120).await?, "a phone's page cannot be scrolled");
        lab.eval("lab.setAttribute('presenting', '')").await?;
        let at = lab.rectangle(".plot").await?.at(0.5, 0.5);
        ensure!(!page.wheel(at, -120).await?, "a presentation is scrolled");
        Ok(())
    })
    .await
}
