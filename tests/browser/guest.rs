//! The element as a guest: on pages with little room, anchors of their own, or a framework.

use crate::element::Lab;
use crate::host::Host;
use crate::session::{Page, visit};
use anyhow::{Result, ensure};
use serde_json::json;

/// Puts HTML into a bare page and loads the element.
async fn bare<'a>(page: &'a Page, html: &str) -> Result<Lab<'a>> {
    page.open("tests/pages/bare.html").await?;
    page.run(&format!("document.body.innerHTML = {}; window.load()", json!(html))).await?;
    let lab = Lab(page);
    lab.wait_for("lab.hasAttribute('ready')").await?;
    Ok(lab)
}

#[tokio::test]
async fn a_lab_lower_than_it_needs_is_scrolled_and_covers_nothing() -> Result<()> {
    visit("guest-low", (1000, 900), async |page| {
        for (style, controls) in [
            ("inline-size: 760px; block-size: 500px", ""),
            ("inline-size: 960px; block-size: 600px", ""),
            ("inline-size: 480px; block-size: 200px", "controls='play lr beta' lock"),
        ] {
            let html =
                format!("<momentum-lab style='{style}' {controls}></momentum-lab><p>after</p>");
            let lab = bare(page, &html).await?;
            page.next_frame().await?;
            let room = lab.number("lab.scrollHeight - lab.clientHeight").await?;
            ensure!(room > 50.0, "{style}: only {room} px to scroll");
            // At its end is the last of what there is, and nothing lies over the page's own text.
            lab.eval("lab.scrollTo(0, 1e6)").await?;
            ensure!((lab.number("lab.scrollTop").await? - room).abs() < 2.0, "{style}");
            let over = "((at) => document.elementFromPoint(at.x + 5, at.y + 5).localName)(
                document.querySelector('p').getBoundingClientRect())";
            ensure!(lab.text(over).await? == "p", "{style}: the page's text is covered");
        }
        // With room enough, nothing is scrolled.
        let lab = bare(page, "<momentum-lab></momentum-lab>").await?;
        page.next_frame().await?;
        for hidden in ["lab.scrollHeight - lab.clientHeight", "lab.scrollWidth - lab.clientWidth"] {
            ensure!(lab.number(hidden).await? == 0.0, "{hidden}");
        }
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_frame_lower_than_its_lab_scrolls() -> Result<()> {
    visit("guest-frame", (900, 700), async |page| {
        let host = Host::of(".").await?;
        for (link, height) in
            [("controls=play,lr,beta&height=200", 200), ("surface=himmelblau&height=500", 500)]
        {
            page.open("tests/pages/bare.html").await?;
            page.run(&format!(
                "document.body.innerHTML = '<iframe width=700 height={height}></iframe>';
                 document.querySelector('iframe').src = '{}/embed.html#{link}'",
                host.url()
            ))
            .await?;
            page.enter_frame().await?;
            let lab = Lab::ready(page).await?;
            page.next_frame().await?;
            let sheet = "document.documentElement.scrollHeight";
            ensure!(lab.number(&format!("{sheet} - innerHeight")).await? > 50.0, "{link}");
            lab.eval(&format!("scrollTo(0, {sheet})")).await?;
            ensure!(lab.number("scrollY").await? > 50.0, "{link}: it stays at its top");
            page.leave_frame().await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_anchor_of_the_page_is_no_link() -> Result<()> {
    visit("guest-anchor", (1000, 800), async |page| {
        let html = "<a href='#exercise'>exercise</a>
            <momentum-lab link lr='0.02'></momentum-lab><h2 id=exercise>Exercise</h2>";
        let lab = bare(page, html).await?;
        lab.eval("lab.beta = 0.7").await?;
        page.run("document.querySelector('a').click()").await?;
        page.wait_for("location.hash === '#exercise'").await?;
        page.next_frame().await?;
        let run = lab.eval("(({ lr, beta }) => [lr, beta])(lab.configuration.runs[0])").await?;
        ensure!(run == json!([0.02, 0.7]), "{run}");
        let told = "lab.shadowRoot.textContent.includes('exercise')";
        ensure!(lab.eval(told).await? == false, "the lab complains of the page's anchor");
        // A link in its place is one still.
        page.run("location.hash = 'surface=bowl'").await?;
        lab.wait_for("lab.configuration.surface.id === 'bowl'").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn properties_take_what_frameworks_assign() -> Result<()> {
    visit("guest-framework", (1000, 800), async |page| {
        page.open("tests/pages/bare.html").await?;
        // Before the element is defined, and after.
        page.run(
            "const lab = document.createElement('momentum-lab');
             lab.configuration = 'surface=himmelblau&run=momentum,lr:0.01';
             lab.basins = true;
             document.body.append(lab);
             window.load()",
        )
        .await?;
        let lab = Lab(page);
        lab.wait_for("lab.hasAttribute('ready')").await?;
        ensure!(lab.text("lab.configuration.surface.id").await? == "himmelblau", "a link's text");
        ensure!(lab.eval("lab.configuration.basins").await? == true, "assigned early");
        lab.eval("lab.basins = false").await?;
        lab.eval("lab.tuning = 'steps'").await?;
        lab.wait_for("!lab.configuration.basins && lab.configuration.tuning === 'steps'").await?;
        let made = page
            .run_async(
                "const done = arguments[arguments.length - 1];
                 const lab = document.querySelector('momentum-lab');
                 Promise.all([lab.basins({ width: 9, height: 7 }), lab.tuning({ width: 5, height: 4 })])
                   .then((maps) => done(maps.map(({ labels }) => labels.length)), (error) => done(String(error)))",
            )
            .await?;
        ensure!(made == json!([63, 20]), "the methods are gone: {made}");
        lab.eval("lab.configuration = 'surface=bowl&colour=red'").await?;
        lab.wait_for("lab.configuration.surface.id === 'bowl'").await?;
        let told = "$('[part~=complaint]').textContent";
        lab.wait_for(&format!("{told}.includes('colour')")).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn what_there_is_not_is_told_over_the_plot() -> Result<()> {
    visit("guest-lacking", (1000, 800), async |page| {
        let html = "<momentum-lab theme='pink' controls='play foo' start='1'></momentum-lab>";
        let lab = bare(page, html).await?;
        let told = lab.text("$('[part~=complaint]').textContent").await?;
        for part in ["theme", "pink", "controls", "foo", "start"] {
            ensure!(told.contains(part), "{part} is not told: {told}");
        }
        lab.eval("lab.setAttribute('theme', 'dark')").await?;
        lab.wait_for("!$('[part~=complaint]').textContent.includes('pink')").await?;
        // On a line a start is one number.
        lab.eval("lab.setAttribute('surface', 'parabola')").await?;
        lab.eval("lab.setAttribute('start', '1.5')").await?;
        lab.wait_for("lab.configuration.start[0] === 1.5").await?;
        Ok(())
    })
    .await
}
