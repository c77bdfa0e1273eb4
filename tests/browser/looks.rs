//! Looks that engines would make differ, and what is in view.

use crate::element::Lab;
use crate::session::{Page, visit};
use anyhow::{Context as _, Result, ensure};

/// Runs an expression over `ink(x, y, width, height)`: whether pixels of the screen, row by row, differ
/// from the first one of that part.
async fn seen(page: &Page, expression: &str) -> Result<serde_json::Value> {
    let shot = page.shot().await?;
    page.run_async(&format!(
        "const done = arguments[arguments.length - 1];
         const image = new Image();
         image.onload = () => {{
           const scale = image.naturalWidth / innerWidth;
           const canvas = Object.assign(document.createElement('canvas'),
             {{ width: image.naturalWidth, height: image.naturalHeight }});
           const pen = canvas.getContext('2d', {{ willReadFrequently: true }});
           pen.drawImage(image, 0, 0);
           const ink = (x, y, width, height) => {{
             const {{ data }} = pen.getImageData(Math.round(x * scale), Math.round(y * scale), Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
             const [red, green, blue] = data;
             return Array.from({{ length: data.length / 4 }}, (_, at) => {{
               return Math.abs(data[4 * at] - red) + Math.abs(data[4 * at + 1] - green) + Math.abs(data[4 * at + 2] - blue) > 60;
             }});
           }};
           done({expression});
         }};
         image.src = 'data:image/png;base64,{shot}'"
    ))
    .await
}

#[tokio::test]
async fn slider_thumbs_are_18_pixels_high_in_every_engine() -> Result<()> {
    visit("thumbs", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        page.next_frame().await?;
        let track = lab.rectangle("[data-field='runs[0].lr'][data-kind='slider']").await?;
        let share = lab.number("((e) => (e.value - e.min) / (e.max - e.min))($(`[data-field='runs[0].lr'][data-kind='slider']`))").await?;
        let x = track.x + 9.0 + share * (track.width - 18.0);
        // Down through its middle: from the first to the last pixel that is no panel.
        let column = seen(page, &format!("ink({x}, {}, 1, {})", track.y, track.height)).await?;
        let column: Vec<bool> =
            column.as_array().context("pixels")?.iter().map(|pixel| *pixel == true).collect();
        let first = column.iter().position(|ink| *ink).context("no thumb")?;
        let last = column.iter().rposition(|ink| *ink).context("no thumb")?;
        let height = last + 1 - first;
        // The ring around it adds one on each side, as far as it stands out.
        ensure!((18..=20).contains(&height), "a thumb of {height} pixels");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn menus_are_painted_by_the_page() -> Result<()> {
    visit("menus", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { ...lab.configuration, basins: true }").await?;
        for theme in ["light", "dark", "projector"] {
            lab.eval(&format!("lab.setAttribute('theme', '{theme}')")).await?;
            lab.wait_for(&format!("lab.dataset.theme === '{theme}'")).await?;
            page.next_frame().await?;
            let faults = lab
                .text(
                    "$$('select').filter((menu) => menu.checkVisibility()).flatMap((menu) => {
                       const { appearance, backgroundImage, height } = getComputedStyle(menu);
                       const card = menu.closest('.card, .stage').getBoundingClientRect();
                       const { top, bottom, right } = menu.getBoundingClientRect();
                       return [
                         ...(appearance === 'none' ? [] : [`appearance ${appearance}`]),
                         ...(backgroundImage.split('gradient').length === 3 ? [] : ['no arrow']),
                         ...(right <= card.right + 1 && top >= card.top - 8 && bottom <= card.bottom + 8 ? [] : ['over its card']),
                       ].map((fault) => `${menu.dataset.field ?? menu.dataset.action}: ${fault}`);
                     }).join('\\n')",
                )
                .await?;
            ensure!(faults.is_empty(), "{theme}:\n{faults}");
            page.picture(&format!("menus-{theme}")).await?;
            // The arrow is seen: dark on light or light on dark.
            let menu = lab.rectangle("[data-field='surface.id']").await?;
            let (x, y) = (menu.x + menu.width - 28.0, menu.y + menu.height / 2.0 - 6.0);
            let arrow = seen(page, &format!("ink({x}, {y}, 18, 12).filter(Boolean).length")).await?;
            ensure!(arrow.as_f64() > Some(8.0), "{theme}: an arrow of {arrow} pixels");
        }
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_rule_is_not_smeared_by_synthetic_bold() -> Result<()> {
    visit("rule-weight", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("$('.rule details').open = true").await?;
        lab.wait_for("$$('.rule math').length > 3").await?;
        lab.eval("$('.rule').scrollIntoView()").await?;
        page.next_frame().await?;
        page.picture("rule-weight").await?;
        let bold = "$$('.rule math, .rule math *').filter((part) => getComputedStyle(part).fontWeight !== '400').length";
        ensure!(lab.number(bold).await? == 0.0, "formulas are bold");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn an_answered_task_leaves_plot_and_charts_in_view() -> Result<()> {
    visit("answered-in-view", (1280, 800), async |page| {
        let many = "run=momentum,lr:0.02,beta:0.9&run=gd,lr:0.02&run=nesterov,lr:0.02&run=adam,lr:0.1&run=adam,lr:0.2&run=rmsprop,lr:0.1";
        for link in [
            "surface=ravine&kappa=25&run=momentum,lr:0.02,beta:0.9&task=oscillates".to_owned(),
            "surface=himmelblau&start=1,4&run=gd,lr:0.005&task=minimum".to_owned(),
            "surface=ravine&kappa=25&run=momentum,lr:0.02,beta:0.97&steps=600&task=damps".to_owned(),
            format!("surface=ravine&{many}&task=faster"),
        ] {
            page.open("CHANGELOG.md").await?;
            let lab = Lab::open_at(page, &format!("#{link}")).await?;
            lab.wait_for("!$('.task').hidden").await?;
            lab.eval(
                "((button, slider, menu) => {
                   if (button) return button.click();
                   const field = slider ?? menu;
                   if (slider) slider.value = 0.8; else menu.selectedIndex = 1;
                   for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
                 })($('.task .choices button'), $('.task .choices input'), $('.task .choices select'))",
            )
            .await?;
            lab.click("[data-action='answer-task']").await?;
            lab.click("[data-action='skip-task']").await?;
            lab.wait_for("$('.task').dataset.score && $$('.figure').length > 1").await?;
            page.next_frame().await?;
            let found = lab
                .eval(
                    "[document.documentElement.scrollHeight, $('.plot').clientHeight,
                      ...['.figures', '.transport', '[data-action=again-task]', '.side']
                        .map((part) => $(part).getBoundingClientRect().bottom),
                      $('.side').getBoundingClientRect().top - $('.task').getBoundingClientRect().bottom]",
                )
                .await?;
            let number = |index: usize| found[index].as_f64().unwrap_or(f64::NAN);
            ensure!(number(0) <= 800.0, "{link}: the page is higher than its window, {found}");
            ensure!(number(1) >= 300.0, "{link}: the plot is low, {found}");
            ensure!((2..6).all(|index| number(index) <= 800.0), "{link}: out of view, {found}");
            ensure!((0.0..30.0).contains(&number(6)), "{link}: cards under the question, {found}");
        }
        page.picture("answered-in-view").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_frame_of_700_by_480_shows_the_whole_transport() -> Result<()> {
    visit("frame-transport", (900, 700), async |page| {
        for link in ["", "language=zh-CN", "steps=10000", "surface=himmelblau&basins=true"] {
            page.open_framed(&format!("embed.html#{link}"), (700, 480)).await?;
            let lab = Lab::ready(page).await?;
            page.next_frame().await?;
            let bottom = lab.number("$('.transport').getBoundingClientRect().bottom").await?;
            page.leave_frame().await?;
            page.picture("frame-transport").await?;
            ensure!(bottom <= 480.0, "{link}: the transport reaches down to {bottom}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_words_at_the_start_cover_no_stationary_point_and_no_name() -> Result<()> {
    visit("start-words", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let mut shown = 0;
        for (surface, projection) in
            [("ravine", "space"), ("himmelblau", "space"), ("himmelblau", "plan"), ("six-hump-camel", "space")]
        {
            for start in ["[-8, -0.3]", "[0.3, 0.8]", "[-1, 2.5]", "[2.5, 2.2]", "[-2.5, 3]", "[1, -1]"] {
                for yaw in [-150, -35, 60] {
                    lab.eval(&format!(
                        "lab.configuration = {{ surface: '{surface}', start: {start}, projection: '{projection}', yaw: {yaw} }}"
                    ))
                    .await?;
                    page.next_frame().await?;
                    let covered = lab
                        .eval(
                            "((hint, points) => {
                               if (!hint.checkVisibility({ visibilityProperty: true })) return null;
                               const a = hint.getBoundingClientRect();
                               const boxes = points.flatMap((name) => {
                                 const b = name.getBoundingClientRect();
                                 // The point itself is above and left of its name.
                                 return [b, { left: b.left - 12, right: b.left - 2, top: b.top - 9, bottom: b.top + 1 }];
                               });
                               return boxes.filter((b) => a.left < b.right - 1 && b.left < a.right - 1
                                 && a.top < b.bottom - 1 && b.top < a.bottom - 1).length;
                             })($('.hint'), $$('.sights span'))",
                        )
                        .await?;
                    if covered.is_null() {
                        continue;
                    }
                    shown += 1;
                    ensure!(covered == 0, "{surface} in {projection} from {start}, turned by {yaw}: {covered}");
                }
            }
        }
        // They are left out where there is no room, not as a rule.
        ensure!(shown > 30, "shown only {shown} times");
        page.check_errors().await
    })
    .await
}
