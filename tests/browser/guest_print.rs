//! Paper: the picture as on the screen, light, not stretched, with the lesson's text and the settings.

use crate::element::Lab;
use crate::session::{Page, visit};
use anyhow::{Result, ensure};
use serde_json::{Value, json};

/// What the browser does before it prints; not every driver prints.
const BEFORE: &str = "dispatchEvent(new Event('beforeprint'))";
const AFTER: &str = "dispatchEvent(new Event('afterprint'))";

/// The picture for paper that an element holds: its size, that of the element on screen, and shares of its pixels:
/// those that are dark, as few are in a light theme, those with a clear hue, as trails and balls have, those with a paler one, as maps
/// have, those without any, and how many colours there are.
async fn on_paper(lab: &Lab<'_>, place: &str) -> Result<Value> {
    lab.eval(&format!(
        "((place) => {{
           const paper = place.querySelector('canvas.paper');
           const {{ width, height }} = paper;
           const copy = Object.assign(document.createElement('canvas'), {{ width, height }});
           const pen = copy.getContext('2d');
           pen.drawImage(paper, 0, 0);
           const data = pen.getImageData(0, 0, width, height).data;
           let dark = 0, clear = 0, tinted = 0, none = 0; const colours = new Set();
           for (let i = 0; i < data.length; i += 4) {{
             const [low, high] = [Math.min(...data.subarray(i, i + 3)), Math.max(...data.subarray(i, i + 3))];
             if (data[i + 3] === 0) none++;
             else if (high < 90) dark++;
             if (data[i + 3] > 200 && high - low > 90) clear++;
             if (high - low > 35) tinted++;
             colours.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
           }}
           const all = width * height;
           return {{ width, height, shape: place.clientWidth / place.clientHeight,
             dark: dark / all, clear: clear / all, tinted: tinted / all, none: none / all, colours: colours.size }};
         }})($({}))",
        json!(place)
    ))
    .await
}

fn share(found: &Value, name: &str) -> f64 {
    found[name].as_f64().unwrap_or(f64::NAN)
}

/// Fails unless the plot of a lab goes to paper whole and light, and is on screen afterwards as before.
async fn prints(page: &Page, lab: &Lab<'_>, name: &str) -> Result<()> {
    page.next_frame().await?;
    let theme = lab.text("lab.dataset.theme").await?;
    let layers = ["heat", "frame", "trails", "ball"];
    for layer in layers {
        lab.keep_pixels(layer).await?;
    }
    page.run(BEFORE).await?;
    let plot = on_paper(lab, ".plot .layers").await?;
    let printed_theme = lab.text("lab.dataset.theme").await?;
    let words = lab.text("$('div.paper').textContent").await?;
    page.run(AFTER).await?;
    ensure!(printed_theme == "light", "{name}: {printed_theme} goes to paper");
    ensure!(share(&plot, "dark") < 0.1, "{name}: dark paper: {plot}");
    ensure!(share(&plot, "none") < 0.01, "{name}: no heat: {plot}");
    ensure!(share(&plot, "clear") > 0.0005, "{name}: no trails or balls: {plot}");
    ensure!(share(&plot, "colours") > 100.0, "{name}: no bands of the surface: {plot}");
    let shape = share(&plot, "width") / share(&plot, "height");
    ensure!((shape / share(&plot, "shape") - 1.0).abs() < 0.01, "{name}: stretched: {plot}");
    ensure!(words.contains("β = 0.9"), "{name}: {words}");
    page.next_frame().await?;
    ensure!(lab.text("lab.dataset.theme").await? == theme, "{name}: the screen has another theme");
    ensure!(lab.eval("$$('.paper').length").await? == json!(0), "{name}: paper is left");
    for layer in layers {
        lab.must_be_as_kept(layer, name).await?;
    }
    Ok(())
}

#[tokio::test]
async fn paper_shows_the_picture_in_light_colours() -> Result<()> {
    visit("print", (1280, 800), async |page| {
        for theme in ["dark", "light", "projector"] {
            let lab = Lab::open(page).await?;
            lab.eval(&format!("lab.setAttribute('theme', '{theme}')")).await?;
            lab.eval("lab.seek(60)").await?;
            lab.wait_for("lab.readout.step === 60").await?;
            prints(page, &lab, theme).await?;
            // The charts too.
            page.run(BEFORE).await?;
            for figure in ["loss", "plane"] {
                let chart = on_paper(&lab, &format!("[data-figure='{figure}'] .layers")).await?;
                ensure!(share(&chart, "colours") > 20.0, "{theme}: {figure} is empty: {chart}");
                ensure!(share(&chart, "dark") < 0.1, "{theme}: {figure} is dark: {chart}");
            }
            page.run(AFTER).await?;
        }
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn elements_in_space_maps_and_lessons_are_printed() -> Result<()> {
    visit("print-element", (1000, 760), async |page| {
        for attributes in [
            json!({ "controls": "play", "theme": "dark", "configuration": "surface=ravine&run=momentum,lr:0.02,beta:0.9" }),
            json!({ "projection": "space", "theme": "dark", "beta": "0.9" }),
        ] {
            page.open("tests/pages/bare.html").await?;
            page.run(&format!(
                "const lab = document.createElement('momentum-lab');
                 for (const [name, value] of Object.entries({attributes})) lab.setAttribute(name, value);
                 document.body.append(lab);
                 window.load()"
            ))
            .await?;
            let lab = Lab::ready(page).await?;
            lab.eval("lab.seek(40)").await?;
            lab.wait_for("lab.readout.step === 40").await?;
            page.next_frame().await?;
            page.run(BEFORE).await?;
            let plot = on_paper(&lab, ".plot .layers").await?;
            let words = lab.text("$('div.paper').textContent").await?;
            page.run(AFTER).await?;
            ensure!(share(&plot, "colours") > 100.0 && share(&plot, "clear") > 0.0005, "{plot}");
            ensure!(words.contains("β = 0.9"), "{words}");
        }
        // A Chinese lesson, with its text.
        let lab = Lab::open(page).await?;
        lab.eval("lab.setAttribute('language', 'zh-CN')").await?;
        lab.wait_for("$('.lab').lang === 'zh-CN'").await?;
        lab.eval("((menu) => { menu.selectedIndex = 3; menu.dispatchEvent(new Event('change')) })($('.lesson select'))")
            .await?;
        lab.eval("lab.seek(1e6)").await?;
        lab.wait_for("$('.lesson .answer').textContent.length > 9").await?;
        prints(page, &lab, "a lesson").await?;
        // A map of basins is printed as it is, and none is computed for it.
        lab.eval("lab.configuration = 'surface=himmelblau&run=momentum,lr:0.01,beta:0.9&basins=true'").await?;
        lab.wait_for("$('.basins[aria-busy=false] li')").await?;
        page.run(BEFORE).await?;
        let plot = on_paper(&lab, ".plot .layers").await?;
        page.run(AFTER).await?;
        ensure!(share(&plot, "tinted") > 0.3, "no map: {plot}");
        ensure!(lab.eval("Boolean($('.basins[aria-busy=false]'))").await? == true, "computed anew");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_printed_page_holds_the_whole_picture() -> Result<()> {
    visit("print-file", (1280, 800), async |page| {
        // WebKitGTK's driver does not print.
        if page.engine == "webkit" {
            return Ok(());
        }
        let lab = Lab::open(page).await?;
        lab.eval("lab.setAttribute('theme', 'dark')").await?;
        page.next_frame().await?;
        let plot = lab.eval("[$('.plot').clientWidth, $('.plot').clientHeight]").await?;
        let file = page.print().await?;
        let text = String::from_utf8_lossy(&file);
        let sides = |name: &str| -> Vec<f64> {
            let after = text.split(name).skip(1);
            after
                .filter_map(|rest| {
                    let digits: String =
                        rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
                    digits.parse().ok()
                })
                .collect()
        };
        // An image of the plot, of its shape and with twice its pixels.
        for (name, side) in [("/Width", &plot[0]), ("/Height", &plot[1])] {
            let wanted = 2.0 * side.as_f64().unwrap_or(f64::NAN);
            let found = sides(name);
            ensure!(
                found.iter().any(|length| (length - wanted).abs() < 3.0),
                "{name}: {found:?}, not {wanted}"
            );
        }
        ensure!(lab.text("lab.dataset.theme").await? == "dark");
        ensure!(lab.eval("$$('.paper').length").await? == json!(0));
        page.check_errors().await
    })
    .await
}
