//! The lab on a page, operated as a person does: by pointer and keys on what is on screen.

use crate::session::Page;
use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

/// A rectangle on screen in CSS pixels of the window's content.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rectangle {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl Rectangle {
    /// The point at these shares of width and height.
    pub(crate) fn at(self, across: f64, down: f64) -> (f64, f64) {
        (self.x + across * self.width, self.y + down * self.height)
    }

    pub(crate) fn center(self) -> (f64, f64) {
        self.at(0.5, 0.5)
    }
}

/// The first `<momentum-lab>` of a page.
pub(crate) struct Lab<'a>(pub(crate) &'a Page);

/// JavaScript for the element, and for something in its shadow.
const ELEMENT: &str = "document.querySelector('momentum-lab')";

impl<'a> Lab<'a> {
    /// Opens the lab's page and waits until it has drawn its first picture.
    pub(crate) async fn open(page: &'a Page) -> Result<Self> {
        page.open("index.html").await?;
        Self::ready(page).await
    }

    /// The same with an address that goes on like this.
    pub(crate) async fn open_at(page: &'a Page, rest: &str) -> Result<Self> {
        page.open(&format!("index.html{rest}")).await?;
        Self::ready(page).await
    }

    /// The same on a screen of a given size, however small.
    pub(crate) async fn open_framed(page: &'a Page, size: (u32, u32)) -> Result<Self> {
        page.open_framed("index.html", size).await?;
        Self::ready(page).await
    }

    /// That of the page that is open, once it has drawn its first picture.
    pub(crate) async fn ready(page: &'a Page) -> Result<Self> {
        page.wait_for(&format!("{ELEMENT}?.hasAttribute('ready')")).await?;
        Ok(Self(page))
    }

    /// Evaluates a JavaScript expression in which `lab` is the element and `$` finds in its
    /// shadow.
    pub(crate) async fn eval(&self, expression: &str) -> Result<Value> {
        let script = format!(
            "const lab = {ELEMENT}; const $ = (s) => lab.shadowRoot.querySelector(s);
             const $$ = (s) => [...lab.shadowRoot.querySelectorAll(s)]; return {expression}"
        );
        self.0.run(&script).await
    }

    /// Waits until such an expression holds.
    pub(crate) async fn wait_for(&self, expression: &str) -> Result<()> {
        self.0
            .wait_for(&format!(
                "((lab) => {{ const $ = (s) => lab.shadowRoot.querySelector(s);
                   const $$ = (s) => [...lab.shadowRoot.querySelectorAll(s)]; return {expression} }})({ELEMENT})"
            ))
            .await
    }

    pub(crate) async fn number(&self, expression: &str) -> Result<f64> {
        let value = self.eval(expression).await?;
        value.as_f64().with_context(|| format!("{expression} is {value}, no number"))
    }

    pub(crate) async fn text(&self, expression: &str) -> Result<String> {
        let value = self.eval(expression).await?;
        Ok(value.as_str().with_context(|| format!("{expression} is {value}, no text"))?.to_owned())
    }

    /// Where an element of the shadow is on screen, scrolled into view, once it stays there.
    pub(crate) async fn rectangle(&self, selector: &str) -> Result<Rectangle> {
        let selector = json!(selector);
        let found = self
            .0
            .run_async(&format!(
                "const done = arguments[arguments.length - 1];
                 const found = {ELEMENT}.shadowRoot.querySelector({selector});
                 if (!found) return done({ELEMENT}.shadowRoot.innerHTML.slice(0, 600));
                 found.scrollIntoView({{ block: 'nearest' }});
                 const place = () => {{
                   const r = found.getBoundingClientRect();
                   return [r.x, r.y, r.width, r.height];
                 }};
                 const look = (last, left) => requestAnimationFrame(() => {{
                   const now = place();
                   if (left === 0 || now.every((value, side) => value === last[side])) done(now);
                   else look(now, left - 1);
                 }});
                 look(place(), 30)"
            ))
            .await?;
        let side = |index: usize| {
            found[index]
                .as_f64()
                .with_context(|| format!("nothing on the page is {selector}: {found}"))
        };
        Ok(Rectangle { x: side(0)?, y: side(1)?, width: side(2)?, height: side(3)? })
    }

    /// Clicks the middle of an element.
    pub(crate) async fn click(&self, selector: &str) -> Result<()> {
        let at = self.rectangle(selector).await?.center();
        self.0.click(at).await
    }

    /// Drags the handle of a slider from where it is to a share of its range.
    pub(crate) async fn drag_slider(&self, field: &str, share: f64) -> Result<()> {
        let selector = format!("[data-field='{field}'][data-kind='slider']");
        let now = self
            .number(&format!("((e) => (e.value - e.min) / (e.max - e.min))($(`{selector}`))"))
            .await?;
        let track = self.rectangle(&selector).await?;
        // The handle's centre keeps half its width away from both ends.
        let inset = 10.0 / track.width;
        let at = |share: f64| track.at(inset + share * (1.0 - 2.0 * inset), 0.5);
        self.0.drag(&[at(now), at(0.5 * (now + share)), at(share)]).await
    }

    /// Types a text into a number box, replacing what is there, and leaves it with Enter.
    pub(crate) async fn type_number(&self, field: &str, text: &str) -> Result<()> {
        self.click(&format!("[data-field='{field}'][data-kind='number']")).await?;
        self.eval("lab.shadowRoot.activeElement.select?.()").await?;
        self.0.keys(text).await?;
        self.0.keys("\u{e007}").await
    }

    /// A digest of a layer's pixels.
    pub(crate) async fn pixels(&self, layer: &str) -> Result<Pixels> {
        self.pixels_of(&format!("canvas[data-layer='{layer}']")).await
    }

    /// What is on the canvas that a selector finds first.
    pub(crate) async fn pixels_of(&self, canvas: &str) -> Result<Pixels> {
        let found = self
            .eval(&format!(
                "((canvas) => {{
                   const {{ width, height }} = canvas;
                   const data = canvas.getContext('2d').getImageData(0, 0, width, height).data;
                   let hash = 0, covered = 0; const colours = new Map();
                   for (let i = 0; i < data.length; i += 4) {{
                     if (data[i + 3] === 0) continue;
                     covered++;
                     const colour = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
                     hash = (Math.imul(hash, 31) + colour + i) | 0;
                     if (data[i + 3] === 255) colours.set(colour, (colours.get(colour) ?? 0) + 1);
                   }}
                   return {{ width, height, hash, covered, colours: colours.size,
                     list: [...colours].sort((a, b) => b[1] - a[1]).slice(0, 200)
                       .map(([c, n]) => ['#' + c.toString(16).padStart(6, '0'), n]) }};
                 }})($(`{canvas}`))"
            ))
            .await?;
        let number = |name: &str| found[name].as_f64().with_context(|| format!("{canvas}: {name}"));
        let mut list = Vec::new();
        for pair in found["list"].as_array().context("colours")? {
            let colour = pair[0].as_str().context("colour")?.to_owned();
            list.push((colour, pair[1].as_u64().context("count")?));
        }
        Ok(Pixels {
            size: (number("width")?, number("height")?),
            hash: number("hash")? as i64,
            covered: number("covered")?,
            colours: number("colours")?,
            list,
        })
    }

    /// Remembers what is on a layer of the plot, on the page.
    pub(crate) async fn keep_pixels(&self, layer: &str) -> Result<()> {
        let keep =
            format!("{{ (window.__kept ??= {{}})['{layer}'] = {}; return true }}", read(layer));
        self.eval(&format!("(() => {keep})()")).await.map(drop)
    }

    /// Fails unless a layer shows what was remembered. The same line drawn in one piece or in
    /// several is rounded otherwise, and can differ at its ends: of a hundred pixels one may, visibly.
    pub(crate) async fn must_be_as_kept(&self, layer: &str, what: &str) -> Result<()> {
        let changed = format!(
            "((before, now) => {{
               if (before.width !== now.width || before.height !== now.height) return 'the size';
               const shade = ({{ data }}, i) => [0, 1, 2].map((k) => data[i + k] * data[i + 3] / 255).concat(data[i + 3]);
               let covered = 0, changed = 0;
               for (let i = 0; i < now.data.length; i += 4) {{
                 const [a, b] = [shade(before, i), shade(now, i)];
                 if (a.some((value, k) => Math.abs(value - b[k]) > 100)) return i / 4;
                 if (a.some((value, k) => Math.abs(value - b[k]) > 12)) changed++;
                 covered += a[3] > 0;
               }}
               return changed > covered / 100 ? `${{changed}} of ${{covered}} pixels` : '';
             }})(window.__kept['{layer}'], {})",
            read(layer)
        );
        let changed = self.eval(&changed).await?;
        ensure!(changed == "", "{what}: {layer} has changed: {changed}");
        Ok(())
    }

    /// The path of a run so far as the page tells it: position at the present step.
    pub(crate) async fn position(&self, run: usize) -> Result<(f64, f64)> {
        let x = self.number(&format!("lab.readout.runs[{run}].x")).await?;
        let y = self.number(&format!("lab.readout.runs[{run}].y")).await?;
        Ok((x, y))
    }

    pub(crate) async fn step(&self) -> Result<f64> {
        self.number("lab.readout.step").await
    }
}

/// What a canvas holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pixels {
    /// Size of the backing store.
    pub(crate) size: (f64, f64),
    /// A number that differs when any pixel differs, nearly always.
    pub(crate) hash: i64,
    /// Pixels that are not fully transparent.
    pub(crate) covered: f64,
    /// Different opaque colours.
    pub(crate) colours: f64,
    /// The most frequent opaque colours with their counts.
    list: Vec<(String, u64)>,
}

/// JavaScript for all pixels of a layer of the plot.
fn read(layer: &str) -> String {
    format!(
        "((c) => c.getContext('2d').getImageData(0, 0, c.width, c.height))($(`canvas[data-layer='{layer}']`))"
    )
}

impl Pixels {
    /// How many pixels have exactly this opaque colour.
    pub(crate) fn count(&self, colour: &str) -> u64 {
        self.list.iter().find(|(known, _)| known == colour).map_or(0, |(_, count)| *count)
    }

    pub(crate) fn must_differ(&self, other: &Self, what: &str) -> Result<()> {
        ensure!(self.hash != other.hash, "{what}: the picture has not changed");
        Ok(())
    }
}
