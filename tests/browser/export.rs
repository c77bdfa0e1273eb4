//! What is taken along of a lab, and taken in: by buttons, and by the element's methods.

use crate::element::Lab;
use crate::session::{Page, visit};
use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

/// Runs the body of an asynchronous function of `lab`, and gives what it returns.
pub(crate) async fn asked(page: &Page, body: &str) -> Result<Value> {
    page.run_async(&format!(
        "const done = arguments[arguments.length - 1];
         (async (lab) => {{ {body} }})(document.querySelector('momentum-lab'))
           .then(done, (error) => done(`error: ${{error.message}}`))"
    ))
    .await
}

/// Lets what is saved be kept in `window.saved`, as [name, type, size], instead of in a folder.
///
/// As an element of the page: what a driver's own scripts do to prototypes stays theirs.
pub(crate) const CATCH: &str = "
    document.head.append(Object.assign(document.createElement('script'), { textContent: `
      window.saved = [];
      HTMLAnchorElement.prototype.click = function () {
        fetch(this.href).then((response) => response.blob())
          .then(({ type, size }) => saved.push([this.download, type, size]));
      }` }))";

/// Opens the dialog.
pub(crate) async fn open(lab: &Lab<'_>) -> Result<()> {
    lab.click("[data-action='export']").await?;
    lab.wait_for("$('dialog.take')?.open").await
}

#[tokio::test]
async fn methods_give_pictures_numbers_and_code() -> Result<()> {
    visit("export-methods", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval(
            "lab.configuration = { surface: 'rosenbrock', steps: 40,
            runs: [{ id: 'momentum', lr: 0.001 }, { id: 'adam', lr: 0.05 }] }",
        )
        .await?;
        lab.eval("lab.seek(40)").await?;
        // Really drawn at that size: a picture made larger has no more colours than it had.
        let png = |scale: u32| {
            format!(
                "const bitmap = await createImageBitmap(await lab.toPNG({{ scale: {scale} }}));
                 const canvas = Object.assign(document.createElement('canvas'),
                   {{ width: bitmap.width, height: bitmap.height }});
                 const pen = canvas.getContext('2d');
                 pen.drawImage(bitmap, 0, 0);
                 const {{ data }} = pen.getImageData(0, 0, canvas.width, canvas.height);
                 const wanted = [0, 1].map((run) => getComputedStyle(lab)
                   .getPropertyValue(`--momentum-lab-runs-${{run}}`).trim());
                 const count = [0, 0];
                 for (let i = 0; i < data.length; i += 4) {{
                   const colour = '#' + [...data.subarray(i, i + 3)]
                     .map((part) => part.toString(16).padStart(2, '0')).join('');
                   const run = wanted.indexOf(colour);
                   if (run >= 0) count[run]++;
                 }}
                 return [canvas.width, canvas.height, ...count]"
            )
        };
        let plot = lab.rectangle(".plot").await?;
        let (once, thrice) = (asked(page, &png(1)).await?, asked(page, &png(3)).await?);
        for (picture, scale) in [(&once, 1.0), (&thrice, 3.0)] {
            let number = |index: usize| picture[index].as_f64().unwrap_or(f64::NAN);
            ensure!((number(0) - plot.width * scale).abs() < 3.0, "{picture}, {plot:?}");
            ensure!((number(1) - plot.height * scale).abs() < 3.0, "{picture}, {plot:?}");
            ensure!(number(2) > 50.0 && number(3) > 50.0, "a run is missing: {picture}");
        }
        let strokes = |index: usize| thrice[index].as_f64() > once[index].as_f64().map(|n| 4.0 * n);
        ensure!(strokes(2) && strokes(3), "strokes of {once} and {thrice} pixels");
        let refused = asked(page, "return lab.toPNG({ scale: 99 })").await?;
        ensure!(refused == "error: scale: 99 is not in 0.25 to 8", "{refused}");

        let parts = asked(
            page,
            "const svg = new DOMParser().parseFromString(await lab.toSVG(), 'image/svg+xml');
             return [svg.documentElement.tagName, svg.querySelectorAll('image').length,
               svg.querySelectorAll('polyline').length > 5]",
        )
        .await?;
        ensure!(parts == json!(["svg", 1, true]), "{parts}");

        // What lies under the lines is in it, the map too.
        let under =
            "const svg = new DOMParser().parseFromString(await lab.toSVG(), 'image/svg+xml');
             return svg.querySelector('image').getAttribute('href')";
        let heat = asked(page, under).await?;
        lab.eval("lab.configuration = { ...lab.configuration, basins: true }").await?;
        lab.wait_for("$('.basins[aria-busy=false] li')").await?;
        ensure!(asked(page, under).await? != heat, "the map is missing");
        lab.eval("lab.configuration = { ...lab.configuration, basins: false }").await?;
        lab.eval("lab.seek(40)").await?;

        let rows = asked(
            page,
            "const rows = (await lab.toCSV(1)).trim().split('\\n').map((row) => row.split(','));
             const { x, y, loss } = lab.readout.runs[1];
             return [rows.length, ...rows.at(-1).slice(1, 4).map(Number), x, y, loss]",
        )
        .await?;
        ensure!(rows[0] == 42, "{rows}");
        for index in 1..4 {
            ensure!(rows[index] == rows[index + 3], "not the same bits: {rows}");
        }

        let code =
            asked(page, "return [await lab.toCode('pytorch'), await lab.toCode('numpy', 1)]")
                .await?;
        let [torch, numpy] = [0, 1].map(|index| code[index].as_str().unwrap_or_default());
        ensure!(torch.contains("torch.optim.SGD") && torch.contains("momentum=0.9"), "{torch}");
        ensure!(numpy.contains("import numpy") && numpy.contains("0.05"), "{numpy}");
        let refused = asked(page, "return lab.toCode('basic')").await?;
        ensure!(refused.as_str().is_some_and(|text| text.contains("\"basic\"")), "{refused}");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn buttons_save_files() -> Result<()> {
    visit("export-buttons", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        page.run(CATCH).await?;
        open(&lab).await?;
        let mut count = 0;
        for (action, name, kind) in [
            ("png", "momentum-lab-ravine.png", "image/png"),
            ("svg", "momentum-lab-ravine.svg", "image/svg+xml"),
            ("csv", "momentum-lab-ravine-1-momentum.csv", "text/csv"),
            ("save-code", "momentum-lab-ravine-1-momentum-pytorch.py", "text/x-python"),
            ("save-json", "momentum-lab-ravine.json", "application/json"),
        ] {
            lab.click(&format!("dialog.take [data-action='{action}']")).await?;
            count += 1;
            page.wait_for(&format!("saved.length === {count}")).await?;
            let saved = page.run("return saved.at(-1)").await?;
            // Not every engine keeps what follows the kind.
            let found = saved[1].as_str().and_then(|found| found.split(';').next());
            ensure!(saved[0] == name && found == Some(kind), "{action}: {saved}");
            ensure!(saved[2].as_f64() > Some(200.0), "{action} is empty: {saved}");
        }
        lab.wait_for("$('[data-kind=code]').textContent.includes('torch.optim.SGD')").await?;
        lab.eval(
            "($('select[data-kind=language]').value = 'numpy',
            $('select[data-kind=language]').dispatchEvent(new Event('change')))",
        )
        .await?;
        lab.wait_for("$('[data-kind=code]').textContent.includes('import numpy')").await?;
        page.picture("export").await?;
        page.keys("\u{e00c}").await?;
        lab.wait_for("!$('dialog.take').open").await?;
        page.check_errors().await
    })
    .await
}

/// Lets go of a file over the lab.
const DROP: &str = "((transfer) => {
    transfer.items.add(new File([window.content], 'lab.json', { type: 'application/json' }));
    for (const type of ['dragover', 'drop']) {
      $('.plot').dispatchEvent(new DragEvent(type,
        { dataTransfer: transfer, bubbles: true, composed: true, cancelable: true }));
    }
  })(new DataTransfer())";

#[tokio::test]
async fn configurations_come_in_as_they_went_out() -> Result<()> {
    /// Chooses it.
    const CHOOSE: &str = "((transfer, field) => {
        transfer.items.add(new File([window.content], 'lab.json', { type: 'application/json' }));
        field.files = transfer.files;
        field.dispatchEvent(new Event('change'));
      })(new DataTransfer(), $('dialog.take input[type=file]'))";
    /// Writes it into the dialog.
    const PASTE: &str =
        "($('[data-kind=configuration]').value = content, $('[data-action=use-json]').click())";
    visit("export-json", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let whole = "JSON.stringify(lab.configuration)";
        lab.eval(
            "lab.configuration = { surface: { id: 'himmelblau' }, start: [1, -2],
            runs: [{ id: 'nesterov', lr: 0.004 }, { id: 'adam', lr: 0.3 }], steps: 77 }",
        )
        .await?;
        open(&lab).await?;
        let first = lab.text(whole).await?;
        lab.eval("window.content = $('[data-kind=configuration]').value").await?;
        for way in [PASTE, CHOOSE, DROP] {
            lab.eval("lab.configuration = { surface: 'bowl' }").await?;
            lab.eval(way).await?;
            lab.wait_for(&format!("{whole} === {}", json!(first))).await.context(way)?;
        }
        // What is wrong is named, and nothing is lost by it.
        for (content, said) in [
            ("'{\"surface\": {\"id\": \"ravine\", \"kappa\": \"steep\"}}'", "steep"),
            ("'nonsense'", "JSON"),
            ("'[1, 2]'", "JSON"),
            ("'{\"steps\": 1e99}'", "1e99"),
            ("' '.repeat(70000)", "65"),
        ] {
            for way in [PASTE, CHOOSE, DROP] {
                lab.eval(&format!("window.content = {content}")).await?;
                lab.eval("$('dialog.take .complaint').textContent = ''").await?;
                lab.eval(way).await?;
                lab.wait_for(&format!(
                    "$('dialog.take .complaint').textContent.includes({})",
                    json!(said)
                ))
                .await
                .with_context(|| format!("{content} {way}"))?;
                ensure!(lab.text(whole).await? == first, "{content} changed something");
            }
        }
        page.keys("\u{e00c}").await?;
        lab.wait_for("!$('dialog.take').open").await?;
        // It can be undone, to what was there before the last that was taken in.
        lab.click("[data-action='undo']").await?;
        lab.wait_for("lab.configuration.surface.id === 'bowl'").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_locked_lab_takes_nothing_in() -> Result<()> {
    visit("export-locked", (1280, 800), async |page| {
        page.open("tests/pages/bare.html").await?;
        page.run("document.body.innerHTML = '<momentum-lab controls=\"export play\" lock></momentum-lab>'; load()")
            .await?;
        let lab = Lab::ready(page).await?;
        open(&lab).await?;
        ensure!(
            lab.eval("[$('[data-action=use-json]'), $('dialog.take input[type=file]')]").await?
                == json!([null, null]),
            "a lock that is none"
        );
        // Not even if all the cards are shown.
        page.run("document.body.innerHTML = '<momentum-lab controls=\"export surface runs\" lock></momentum-lab>'")
            .await?;
        let lab = Lab::ready(page).await?;
        let whole = "JSON.stringify(lab.configuration)";
        let first = lab.text(whole).await?;
        lab.eval("window.content = '{\"surface\": \"bowl\", \"steps\": 7}'").await?;
        lab.eval(DROP).await?;
        open(&lab).await?;
        ensure!(lab.eval("$('[data-action=use-json]')").await?.is_null(), "a lock that is none");
        ensure!(lab.text(whole).await? == first, "a file came in");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_film_shows_the_balls_in_motion() -> Result<()> {
    visit("export-film", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval(
            "lab.configuration = { surface: 'bowl', steps: 30, speed: 30, runs: ['momentum'] }",
        )
        .await?;
        if page
            .run("return 'MediaRecorder' in window && MediaRecorder.isTypeSupported('video/webm')")
            .await?
            != true
        {
            // Then the dialog says so, and the method too.
            open(&lab).await?;
            ensure!(
                lab.eval("$('[data-action=film]').disabled && Boolean($('.take .note'))").await?
                    == true
            );
            let refused = asked(page, "return lab.record({ format: 'webm' })").await?;
            ensure!(
                refused == "error: format: this browser makes no \"webm\", only \"gif\"",
                "{refused}"
            );
            let kind = asked(page, "return (await lab.record()).type").await?;
            ensure!(kind == "image/gif", "{kind}");
            return page.check_errors().await;
        }
        // Its first picture and its last: another place of the ball.
        let film = asked(
            page,
            "const shares = [];
             const film = await lab.record({ progress: (share) => shares.push(share) });
             const video = Object.assign(document.createElement('video'),
               { src: URL.createObjectURL(film), muted: true });
             const canvas = document.createElement('canvas');
             const ball = () => {
               [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
               const pen = canvas.getContext('2d', { willReadFrequently: true });
               pen.drawImage(video, 0, 0);
               const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
               let hash = 0;
               for (let i = 0; i < data.length; i += 4) hash = (Math.imul(hash, 31) + data[i]) | 0;
               return hash;
             };
             const hashes = new Set();
             await new Promise((resolve, reject) => {
               video.onended = resolve;
               video.onerror = reject;
               video.ontimeupdate = () => { if (video.videoWidth) hashes.add(ball()) };
               video.play().catch(reject);
             });
             return [film.size > 5000, video.videoWidth, hashes.size, shares.at(-1)]",
        )
        .await?;
        let plot = lab.rectangle(".plot").await?;
        ensure!(film[0] == true && film[3] == 1, "{film}");
        ensure!((film[1].as_f64().unwrap_or(0.0) - plot.width).abs() < 4.0, "{film}, {plot:?}");
        ensure!(film[2].as_f64() > Some(2.0), "nothing moves: {film}");

        // A long one is stopped by its button, and says so.
        lab.eval("lab.configuration = { surface: 'plateau', steps: 2000, speed: 10 }").await?;
        open(&lab).await?;
        lab.click("[data-action='film']").await?;
        lab.wait_for("$('.take progress').value > 0").await?;
        lab.click("[data-action='film']").await?;
        lab.wait_for(
            "$('.take .word').textContent === 'Recording stopped' && $('.take progress').hidden",
        )
        .await?;
        page.check_errors().await
    })
    .await
}

/// Puts a recorder in the place of the browser's that yields files of so many bytes.
pub(crate) fn recorder(bytes: u32) -> String {
    format!(
        "document.head.append(Object.assign(document.createElement('script'), {{ textContent: `
           window.MediaRecorder = class extends EventTarget {{
             static isTypeSupported = (type) => type === 'video/webm';
             start() {{}}
             stop() {{
               const data = new Blob([new Uint8Array({bytes})]);
               setTimeout(() => {{
                 this.dispatchEvent(Object.assign(new Event('dataavailable'), {{ data }}));
                 this.dispatchEvent(new Event('stop'));
               }});
             }}
           }};
           HTMLCanvasElement.prototype.captureStream ??= () => new MediaStream();` }}))"
    )
}

#[tokio::test]
async fn a_film_without_pictures_is_not_saved_and_the_gif_is_named() -> Result<()> {
    visit("export-empty-film", (1280, 800), async |page| {
        // Nothing at all, as WebKitGTK's recorder gives, or no more than the head of a file.
        for bytes in [0, 200] {
            let lab = Lab::open(page).await?;
            page.run(CATCH).await?;
            page.run(&recorder(bytes)).await?;
            lab.eval("lab.configuration = { surface: 'bowl', steps: 5, speed: 60, runs: ['gd'] }")
                .await?;
            let refused = asked(page, "return lab.record({ format: 'webm' })").await?;
            ensure!(refused.as_str().is_some_and(|text| text.contains("gif")), "{refused}");
            for (language, title, words) in
                [("en", "Export", "Make a GIF"), ("zh-CN", "导出", "请改用 GIF")]
            {
                lab.eval(&format!("lab.setAttribute('language', '{language}')")).await?;
                lab.wait_for(&format!(
                    "lab.hasAttribute('ready') && $('[data-action=export]')?.title.startsWith('{title}')"
                ))
                .await?;
                open(&lab).await?;
                lab.click("[data-action='film']").await?;
                lab.wait_for(&format!(
                    "$('.take .word').textContent.includes('{words}') && $('.take progress').hidden"
                ))
                .await?;
                page.picture(&format!("empty-film-{language}")).await?;
                page.keys("\u{e00c}").await?;
                lab.wait_for("!$('dialog.take').open").await?;
            }
            ensure!(page.run("return saved").await? == json!([]), "something was saved");
            page.check_errors().await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn withheld_pixels_are_named_and_no_picture_is_saved() -> Result<()> {
    /// As browsers do that resist fingerprinting: white, or noise.
    const ANSWERS: [&str; 2] = ["() => 255", "() => Math.floor(256 * Math.random())"];
    visit("export-withheld", (1280, 800), async |page| {
        for answer in ANSWERS {
            let lab = Lab::open(page).await?;
            page.run(CATCH).await?;
            lab.eval("lab.configuration = { surface: 'bowl', steps: 5, speed: 60, runs: ['gd'] }")
                .await?;
            page.run(&format!(
                "document.head.append(Object.assign(document.createElement('script'), {{ textContent: `
                   CanvasRenderingContext2D.prototype.getImageData = (x, y, width, height) =>
                     new ImageData(Uint8ClampedArray.from({{ length: 4 * width * height }}, {answer}), width, height)` }}))"
            ))
            .await?;
            for method in ["toPNG()", "toSVG()", "record({ format: 'gif' })"] {
                let refused = asked(page, &format!("return lab.{method}")).await?;
                let said = refused.as_str().unwrap_or_default();
                ensure!(said.contains("withholds the pixels"), "{method}: {refused}");
            }
            open(&lab).await?;
            for action in ["png", "svg", "gif"] {
                lab.eval("$('.take .word').textContent = ''").await?;
                lab.click(&format!("dialog.take [data-action='{action}']")).await?;
                lab.wait_for("$('.take .word').textContent.includes('withholds')").await?;
            }
            // What needs no pixels is saved all the same.
            lab.click("dialog.take [data-action='csv']").await?;
            page.wait_for("saved.length === 1").await?;
            page.picture("withheld").await?;
            page.check_errors().await?;
        }
        Ok(())
    })
    .await
}
