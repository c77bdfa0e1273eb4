//! How well trails, words and controls stand out, measured on the page by the contrast of WCAG 2.2.

use crate::element::Lab;
use crate::session::{Page, visit};
use anyhow::{Result, ensure};
use serde_json::{Value, json};

const THEMES: [&str; 3] = ["light", "dark", "projector"];

/// Functions on colours: read from CSS, their contrast, and what the plot's layers show together.
const TOOLS: &str = r"
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const read = (color) => {
    pen.clearRect(0, 0, 1, 1); pen.fillStyle = color; pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => rgb.map((c) => c / 255)
    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => {
    const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const token = (name) => {
    const probe = $('.lab').appendChild(document.createElement('span'));
    probe.style.color = `var(--${name})`;
    const { color } = getComputedStyle(probe);
    probe.remove();
    return read(color);
  };
  const pixels = (layers) => {
    const { width, height } = $('canvas[data-layer=trails]');
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const all = canvas.getContext('2d', { willReadFrequently: true });
    if (layers.length > 1) { all.fillStyle = `rgb(${token('paper')})`; all.fillRect(0, 0, width, height); }
    for (const layer of layers.map((name) => $(`canvas[data-layer=${name}]`))) {
      if (!layer.checkVisibility()) continue;
      all.globalAlpha = Number(getComputedStyle(layer).opacity);
      all.drawImage(layer, 0, 0, width, height);
    }
    return all.getImageData(0, 0, width, height);
  };";

/// The least contrast that pixels of the trails' layer for which a condition holds have with the
/// clearest pixel within 7 of them, and how many there are: [contrast, count].
fn least(is_line: &str) -> String {
    format!(
        "(() => {{ {TOOLS}
           const trails = pixels(['trails']).data;
           const {{ data, width, height }} = pixels(['heat', 'basins', 'frame', 'trails']);
           const at = (x, y) => [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)];
           const is = (red, green, blue, opacity) => {is_line};
           let least = 99, count = 0;
           for (let y = 8; y < height - 8; y++) for (let x = 8; x < width - 8; x++) {{
             if (!is(...trails.subarray(4 * (y * width + x), 4 * (y * width + x) + 4))) continue;
             if (count++ % 5) continue;
             let most = 1;
             for (let down = -7; down <= 7; down++) for (let right = -7; right <= 7; right++) {{
               most = Math.max(most, contrast(at(x, y), at(x + right, y + down)));
             }}
             least = Math.min(least, most);
           }}
           return [least, count];
         }})()"
    )
}

/// A lab of one run that is seen, as another number of six has it, so in that run's colour.
async fn show(lab: &Lab<'_>, run: usize, view: &Value) -> Result<()> {
    let runs: Vec<_> =
        (0..6).map(|other| json!({ "id": "momentum", "visible": other == run })).collect();
    let mut configuration = view.clone();
    configuration["runs"] = json!(runs);
    lab.eval(&format!("lab.configuration = {configuration}")).await?;
    if view["basins"] == true {
        lab.wait_for("$('.basins[aria-busy=false] li')").await?;
    }
    lab.0.next_frame().await
}

#[tokio::test]
async fn trails_and_paths_to_come_stand_out_on_every_ground() -> Result<()> {
    visit("contrast-trails", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let views = [
            json!({ "surface": "ravine", "steps": 60 }),
            json!({ "surface": "himmelblau", "start": [-4, 1], "steps": 60, "basins": true, "basins_opacity": 1 }),
            json!({ "surface": "ravine", "steps": 60, "projection": "space" }),
        ];
        for theme in THEMES {
            lab.eval(&format!("lab.setAttribute('theme', '{theme}')")).await?;
            lab.wait_for(&format!("lab.dataset.theme === '{theme}'")).await?;
            for (number, view) in views.iter().enumerate() {
                for run in [0, 1, 4] {
                    show(&lab, run, view).await?;
                    // Fully covered, the paths to come have this opacity, and the casings half.
                    let ahead = lab.eval(&least("opacity > 222 && opacity < 240")).await?;
                    lab.eval("lab.seek(20)").await?;
                    page.next_frame().await?;
                    let color = format!(
                        "opacity === 255 && [red, green, blue].join() === read(getComputedStyle(lab)
                           .getPropertyValue('--momentum-lab-runs-{run}')).join()"
                    );
                    let trail = lab.eval(&least(&color)).await?;
                    let name = format!("{theme}, view {number}, run {run}");
                    if number == 1 && run == 4 {
                        page.picture(&format!("contrast-{theme}")).await?;
                    }
                    ensure!(trail[1].as_f64() > Some(20.0), "{name}: a trail of {} pixels", trail[1]);
                    ensure!(trail[0].as_f64() >= Some(3.0), "{name}: the trail has {}", trail[0]);
                    ensure!(ahead[1].as_f64() > Some(10.0), "{name}: a path of {} pixels", ahead[1]);
                    ensure!(ahead[0].as_f64() >= Some(1.8), "{name}: the path to come has {}", ahead[0]);
                }
            }
        }
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn words_edges_and_rings_stand_out_in_every_theme() -> Result<()> {
    /// Of every control that is seen: the colours of its edge; and of the words on the plot.
    const FAULTS: &str = r"
      const faults = [];
      const grounds = [token('paper'), token('panel')];
      const check = (what, color, least) => {
        for (const ground of grounds) {
          const ratio = contrast(read(color), ground);
          if (!(ratio >= least)) faults.push(`${what}: ${color} has ${ratio.toFixed(2)}`);
        }
      };
      const seen = (selector) => $$(selector).filter((e) => e.checkVisibility());
      for (const box of seen('.control input[type=text], .control select')) {
        check(`edge of ${box.dataset.field}`, getComputedStyle(box).outlineColor, 3);
      }
      for (const box of seen('.control input[type=checkbox]')) {
        check(`edge of ${box.dataset.field}`, getComputedStyle(box, '::before').borderTopColor, 3);
      }
      for (const track of seen('input[type=range]')) {
        // The lowest layer is the edge around the whole track.
        const colors = getComputedStyle(track).backgroundImage.match(/(rgba?|color|oklab)\([^()]*\)/g);
        check(`track of ${track.dataset.field}`, colors.at(-1), 3);
      }
      for (const name of seen('.sights span')) {
        const { color, textShadow } = getComputedStyle(name);
        if (contrast(read(color), token('paper')) < 4.5) faults.push(`${name.textContent} is ${color}`);
        const halo = textShadow.match(/(rgba?|color)\([^()]*\)/g)?.map((shadow) => read(shadow).join()) ?? [];
        if (halo.length < 4 || halo.some((shadow) => shadow !== token('paper').join())) {
          faults.push(`${name.textContent} has the halo ${textShadow}`);
        }
      }
      if (seen('.sights span').length < 5) faults.push('no words on the plot');
      return faults.join('\n');";
    visit("contrast-controls", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { surface: 'himmelblau', basins: true, sweep: 'beta', view: [-6, 6, -5, 5] }")
            .await?;
        lab.wait_for("$('.basins[aria-busy=false] li')").await?;
        lab.eval("$$('details').forEach((fold) => { fold.open = true })").await?;
        for theme in THEMES {
            lab.eval(&format!("lab.setAttribute('theme', '{theme}')")).await?;
            lab.wait_for(&format!("lab.dataset.theme === '{theme}'")).await?;
            page.next_frame().await?;
            let faults = lab.text(&format!("(() => {{ {TOOLS} {FAULTS} }})()")).await?;
            ensure!(faults.is_empty(), "{theme}:\n{faults}");
            // A ring over the plot has two tones, so that one of them stands out anywhere.
            lab.eval("$('[data-action=projection]').focus()").await?;
            page.keys("\u{e004}").await?;
            let ring = lab
                .eval(&format!(
                    "(() => {{ {TOOLS}
                       const focused = lab.shadowRoot.activeElement;
                       const {{ outlineColor, outlineWidth, boxShadow }} = getComputedStyle(focused);
                       const [shadow] = boxShadow.match(/(rgba?|color)\\([^()]*\\)/g) ?? ['transparent'];
                       return [focused.matches(':focus-visible') && Boolean(focused.closest('.plot')),
                         parseFloat(outlineWidth), contrast(read(outlineColor), read(shadow))] }})()"
                ))
                .await?;
            ensure!(ring[0] == true && ring[1].as_f64() >= Some(2.0), "{theme}: {ring}");
            ensure!(ring[2].as_f64() >= Some(3.0), "{theme}: the ring's tones are alike, {ring}");
        }
        page.check_errors().await
    })
    .await
}

/// Lets the page be shown in the colours that a system forces on all.
async fn force_colors(page: &Page) -> Result<()> {
    let features = json!([{ "name": "forced-colors", "value": "active" },
        { "name": "prefers-color-scheme", "value": "dark" }]);
    page.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await
}

#[tokio::test]
async fn forced_colours_keep_states_boxes_and_legends_apart() -> Result<()> {
    visit("forced-colours", (1280, 800), async |page| {
        // Only Chromium lets them be emulated.
        if page.engine != "chromium" {
            return Ok(());
        }
        force_colors(page).await?;
        let lab = Lab::open(page).await?;
        ensure!(page.run("return matchMedia('(forced-colors: active)').matches").await? == true, "not forced");
        lab.eval("lab.configuration = { surface: 'himmelblau', basins: true, arrows: true, view: [-6, 6, -5, 5] }")
            .await?;
        lab.wait_for("$('.basins[aria-busy=false] li')").await?;
        page.next_frame().await?;
        page.picture("forced-colours").await?;
        let ratios = lab
            .eval(&format!(
                "(() => {{ {TOOLS}
                   const style = (selector) => getComputedStyle($(selector));
                   const background = (selector) => read(style(selector).backgroundColor);
                   const box = '.control input[type=text]';
                   const hues = $$('.shares .hue').map((hue) => getComputedStyle(hue).background);
                   return [
                     contrast(background('[data-action=arrows]'), background('[data-action=curvature]')),
                     contrast(read(style('[data-action=arrows]').color), background('[data-action=arrows]')),
                     contrast(read(style(box).outlineColor), background(box)),
                     contrast(read(style(box).color), background(box)),
                     contrast(read(style('.play').color), background('.play')),
                     contrast(read(style('select').color), background('select')),
                     new Set(hues).size === hues.length,
                     style('.legend').backgroundColor !== style('.lab').backgroundColor,
                     style('.sights span').backgroundColor,
                     parseFloat(style(box).outlineWidth) > 0 && style(box).borderTopColor,
                   ] }})()"
            ))
            .await?;
        for index in 0..6 {
            ensure!(ratios[index].as_f64() >= Some(3.0), "{index} of {ratios}");
        }
        ensure!(ratios[6] == true && ratios[7] == true, "swatches: {ratios}");
        ensure!(ratios[9] == "rgba(0, 0, 0, 0)", "the room around a box is seen: {ratios}");
        page.check_errors().await
    })
    .await
}
