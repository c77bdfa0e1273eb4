//! Films as GIF: made by the button and by the method, and what a decoder of its own sees in them.

use crate::element::Lab;
use crate::export::{CATCH, open};
use crate::session::{Page, visit};
use ::gif::{ColorOutput, DecodeOptions, Repeat};
use anyhow::{Context as _, Result, anyhow, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use momentum_lab::configuration::Configuration;
use serde_json::{Value, json};

/// The kind and the bytes, in base64, of the Blob that a function of `lab` promises, by its body
/// after the arrow; or the text of the error.
async fn film(page: &Page, make: &str) -> Result<Value> {
    page.run_async(&format!(
        "const done = arguments[arguments.length - 1];
         const read = (blob) => new Promise((resolve) => {{
           const reader = new FileReader();
           reader.onload = () => resolve([blob.type, reader.result.split(',')[1]]);
           reader.readAsDataURL(blob);
         }});
         (async (lab) => {make})(document.querySelector('momentum-lab'))
           .then(read).then(done, (error) => done(`${{error.name}}: ${{error.message}}`))"
    ))
    .await
}

/// A film as it is shown.
struct Shown {
    width: usize,
    /// Red, green, blue and opacity.
    pictures: Vec<Vec<u8>>,
    /// In hundredths of a second.
    delays: Vec<u16>,
}

impl Shown {
    fn of(film: &Value) -> Result<Self> {
        ensure!(film[0] == "image/gif", "{film}");
        let file = STANDARD.decode(film[1].as_str().context("no bytes")?)?;
        ensure!(file.starts_with(b"GIF89a"), "another version");
        let mut options = DecodeOptions::new();
        options.set_color_output(ColorOutput::RGBA);
        let mut decoder = options.read_info(&file[..])?;
        let (width, height) = (usize::from(decoder.width()), usize::from(decoder.height()));
        let mut canvas = vec![0; 4 * width * height];
        let (mut pictures, mut delays) = (Vec::new(), Vec::new());
        while let Some(frame) = decoder.read_next_frame()? {
            for (at, pixel) in frame.buffer.chunks_exact(4).enumerate() {
                let columns = usize::from(frame.width);
                let (x, y) = (at % columns, at / columns);
                let at = (usize::from(frame.top) + y) * width + usize::from(frame.left) + x;
                if pixel[3] > 0 {
                    canvas[4 * at..4 * at + 4].copy_from_slice(pixel);
                }
            }
            pictures.push(canvas.clone());
            delays.push(frame.delay);
        }
        ensure!(decoder.repeat() == Repeat::Infinite, "it ends: {:?}", decoder.repeat());
        Ok(Self { width, pictures, delays })
    }

    fn first(&self) -> &[u8] {
        &self.pictures[0]
    }

    fn last(&self) -> &[u8] {
        &self.pictures[self.pictures.len() - 1]
    }

    /// How many pixels of a picture within 12 of a place have nearly such a colour.
    fn count(&self, picture: &[u8], (x, y): (f64, f64), color: [u8; 3]) -> usize {
        let near = |at: usize| {
            let (column, row) = ((at % self.width) as f64, (at / self.width) as f64);
            (column - x).hypot(row - y) < 12.0
        };
        let alike = |pixel: &[u8]| (0..3).all(|part| pixel[part].abs_diff(color[part]) < 20);
        picture.chunks_exact(4).enumerate().filter(|&(at, pixel)| near(at) && alike(pixel)).count()
    }
}

/// Red, green and blue of `#rrggbb`.
fn color(text: &str) -> Result<[u8; 3]> {
    let number = u32::from_str_radix(text.trim_start_matches('#'), 16)?;
    let [_, red, green, blue] = number.to_be_bytes();
    Ok([red, green, blue])
}

#[tokio::test]
async fn the_balls_roll_from_the_start_to_where_they_rest() -> Result<()> {
    visit("gif-method", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let configuration = json!({
            "surface": "himmelblau", "steps": 20, "speed": 30, "start": [-0.5, -4.5],
            "runs": [{ "id": "gd", "lr": 0.01 }, { "id": "nesterov", "lr": 0.002 }],
        });
        lab.eval(&format!("lab.configuration = {configuration}")).await?;
        lab.eval("lab.seek(20)").await?;
        let made = film(
            page,
            "(window.shares = [], lab.record({ format: 'gif', progress: (share) => shares.push(share) }))",
        )
        .await?;
        let film_shown = Shown::of(&made)?;
        // The last picture is the one that the page shows, but for what 255 colours cannot say.
        let still = film(
            page,
            "{ const bitmap = await createImageBitmap(await lab.toPNG({ scale: 1 }));
               const { width, height } = bitmap;
               const pen = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
               pen.drawImage(bitmap, 0, 0);
               return new Blob([pen.getImageData(0, 0, width, height).data], { type: 'raw' }) }",
        )
        .await?;
        let still = STANDARD.decode(still[1].as_str().with_context(|| format!("{still}"))?)?;
        let last = film_shown.last();
        ensure!(still.len() == last.len(), "{} bytes, not {}", last.len(), still.len());
        let apart = still.iter().zip(last).filter(|(a, b)| a.abs_diff(**b) > 24).count();
        ensure!(apart * 1000 < still.len(), "{apart} of {} bytes are others", still.len());

        let plot = lab.rectangle(".plot").await?;
        let height = last.len() / 4 / film_shown.width;
        for (pixels, css) in [(film_shown.width, plot.width), (height, plot.height)] {
            ensure!((pixels as f64 - css).abs() < 2.0, "{pixels} pixels on {plot:?}");
        }

        // At first all balls are at the start, the first run's on top; then each where it ends.
        let mut native = momentum_lab::lab::Lab::new(Configuration::strict(
            &serde_json::from_value(configuration)?,
        )
        .map_err(|complaint| anyhow!("{complaint}"))?);
        native.resize(plot.width, plot.height, 1.0);
        for (run, done) in native.runs().iter().enumerate() {
            let [start, end] = [done.points()[0], done.points()[20]]
                .map(|point| native.viewport().pixel(point));
            ensure!((start.0 - end.0).hypot(start.1 - end.1) > 50.0, "{run} does not move");
            let color = color(
                &lab.text(&format!(
                    "getComputedStyle(lab).getPropertyValue('--momentum-lab-runs-{run}').trim()"
                ))
                .await?,
            )?;
            let seen = |picture, place| film_shown.count(picture, place, color);
            let first = film_shown.first();
            ensure!((seen(first, start) > 40) == (run == 0), "{run} at the start");
            ensure!(seen(first, end) == 0, "{run} has been at its end before");
            ensure!(seen(last, end) > 40, "{run} is not at its end: {}", seen(last, end));
        }

        let delays = &film_shown.delays;
        let (held, rolling) = delays.split_last().context("no pictures")?;
        // 20 steps at 30 a second.
        ensure!(rolling.iter().map(|&delay| u32::from(delay)).sum::<u32>() == 68, "{delays:?}");
        ensure!(*held == 150 && rolling.iter().all(|delay| delay % 4 == 0), "{delays:?}");
        let shares = page.run("return [shares.length, shares[0], shares.at(-1)]").await?;
        ensure!(shares == json!([18, 0, 1]), "{shares}");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn wishes_that_cannot_be_met_are_named() -> Result<()> {
    visit("gif-wishes", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { surface: 'plateau', steps: 2000, speed: 10 }").await?;
        for (make, said) in [
            ("lab.record({ format: 'avi' })", "Error: format: \"avi\" is not one of webm, gif"),
            (
                "lab.record({ format: 'gif', scale: 0 })",
                "Error: scale: 0 is not in 0.25 to 8",
            ),
            // One that is given up at once, and one in its midst.
            ("lab.record({ format: 'gif', signal: AbortSignal.abort() })", "AbortError: "),
            (
                "((controller) => lab.record({ format: 'gif', signal: controller.signal,
                   progress: (share) => { if (share > 0.01) controller.abort() } }))(new AbortController())",
                "AbortError: ",
            ),
        ] {
            let refused = film(page, make).await?;
            ensure!(
                refused.as_str().is_some_and(|text| text.starts_with(said)),
                "{make}: {refused}"
            );
        }
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn its_button_makes_one_and_stops_one() -> Result<()> {
    visit("gif-button", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        page.run(CATCH).await?;
        lab.eval("lab.configuration = { surface: 'bowl', steps: 6, speed: 30 }").await?;
        open(&lab).await?;
        let able = lab.eval("!$('[data-action=film]').disabled").await?;
        lab.click("[data-action='gif']").await?;
        page.wait_for("saved.length === 1").await?;
        let saved = page.run("return saved[0]").await?;
        ensure!(saved[0] == "momentum-lab-bowl.gif" && saved[1] == "image/gif", "{saved}");
        ensure!(saved[2].as_f64() > Some(5000.0), "it is empty: {saved}");
        let before =
            "$('[data-action=gif]').textContent === 'Make a GIF' && $('.take progress').hidden";
        lab.wait_for(before).await?;

        // A long one is stopped by the same button or by Escape, and leaves the other alone meanwhile.
        lab.eval("lab.configuration = { surface: 'plateau', steps: 2000, speed: 10 }").await?;
        for stop in ["button", "Escape"] {
            lab.click("[data-action='gif']").await?;
            lab.wait_for("$('.take progress').value > 0").await?;
            ensure!(lab.eval("$('[data-action=film]').disabled").await? == true, "two at once");
            page.picture("gif").await?;
            if stop == "button" {
                lab.click("[data-action='gif']").await?;
            } else {
                page.keys("\u{e00c}").await?;
            }
            let said = "$('.take .word').textContent === 'Recording stopped' && $('.take').open";
            lab.wait_for(&format!("{said} && {before}")).await?;
        }
        ensure!(lab.eval("!$('[data-action=film]').disabled").await? == able, "not as before");
        ensure!(page.run("return saved.length").await? == 1, "half a film was saved");
        page.check_errors().await
    })
    .await
}
