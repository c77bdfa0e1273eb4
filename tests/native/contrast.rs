//! How well trails and colours stand out, measured on pixels by the contrast of WCAG 2.2.

use crate::raster::{Pixel, Raster, contrast, over};
use momentum_lab::configuration::{Camera, Configuration, Value};
use momentum_lab::draw::theme::{Color, DARK, LIGHT, PROJECTOR, Theme};
use momentum_lab::draw::{Levels, Space, Stage};
use momentum_lab::lab::Lab;
use serde_json::json;

const THEMES: [(&str, &Theme); 3] = [("light", &LIGHT), ("dark", &DARK), ("projector", &PROJECTOR)];

/// Least contrast of a trail and of a path to come with what touches it.
const TRAIL: f64 = 3.0;
const AHEAD: f64 = 1.8;

/// A place on the fine grid, and the direction across a line there.
type Crossing = ((f64, f64), (f64, f64));

fn opaque(color: Color) -> Pixel {
    [f64::from(color.0), f64::from(color.1), f64::from(color.2), 1.0]
}

/// A lab of 240 × 180 CSS pixels in which only run `shown` of six is seen.
fn lab(theme: &'static Theme, given: serde_json::Value, shown: usize) -> Lab {
    let mut given = given;
    given["runs"] = (0..6)
        .map(|run| json!({ "id": "momentum", "lr": 0.006, "visible": run == shown }))
        .collect();
    let value: Value = serde_json::from_value(given).expect("plain data");
    let mut lab = Lab::new(Configuration::strict(&value).expect("valid"));
    lab.resize(240.0, 180.0, 1.0);
    lab.set_theme(theme);
    lab
}

/// Every colour of a lab's heat, and of the maps that may lie over it: each basin from soon to late,
/// what is undecided and its stripes, what diverges. A map shades as `www/maps/map-picture.js` does.
fn grounds(lab: &mut Lab) -> Vec<Pixel> {
    let theme = lab.theme();
    let mut heat = Vec::new();
    lab.draw_heat((120, 90), &mut heat);
    let mut colors: Vec<[u8; 3]> = heat
        .chunks_exact(4)
        .filter(|pixel| pixel[3] == 255)
        .map(|pixel| [pixel[0], pixel[1], pixel[2]])
        .collect();
    colors.sort_unstable();
    colors.dedup();
    let some = colors.len().div_ceil(200);
    let shades = (0..=10).map(|late| 0.62 * f64::from(late) / 10.0);
    let basins = shades.flat_map(|late| theme.basins.map(|basin| basin.toward(theme.slow, late)));
    let others = [theme.undecided, theme.undecided.toward(theme.paper, 0.35), theme.diverging];
    let maps = basins.chain(theme.scale).chain(others).map(opaque);
    let heat =
        colors.into_iter().step_by(some).map(|[red, green, blue]| opaque(Color(red, green, blue)));
    heat.chain(maps).collect()
}

/// Along a run's path on screen: places with the direction across, on the fine grid.
fn along(lab: &Lab, run: usize, until: f64) -> Vec<Crossing> {
    let (surface, viewport) = (lab.surface(), lab.viewport());
    let levels = Levels::of(surface, viewport.bounds);
    let Camera { space, yaw, pitch } = lab.configuration().camera;
    let space = space.then(|| Space::new(surface, viewport, &levels, (yaw, pitch)));
    let stage = Stage { surface, viewport, theme: lab.theme(), space: space.as_ref() };
    let pixel = |time: f64| viewport.pixel(stage.place(lab.runs()[run].position_at(time)));
    let count = (until * 8.0) as usize;
    (0..count)
        .filter_map(|part| {
            let (a, b) = (pixel(part as f64 / 8.0), pixel((part as f64 + 0.5) / 8.0));
            let (right, down) = (b.0 - a.0, b.1 - a.1);
            let length = right.hypot(down);
            (length > 0.3).then(|| {
                let middle = (4.0 * (a.0 + b.0), 4.0 * (a.1 + b.1));
                (middle, (-down / length, right / length))
            })
        })
        .collect()
}

/// The colour in the middle of a line, and those across it up to 12 CSS pixels to both sides.
fn section(layer: &Raster, (middle, across): Crossing) -> Option<(Pixel, Vec<Pixel>)> {
    let at = |offset: f64| {
        let place = |middle: f64, across: f64| (middle + offset * across).round() as i32;
        layer.at((place(middle.0, across.0), place(middle.1, across.1)))
    };
    let mut sides: Vec<_> = (-96..=96).filter_map(|offset| at(f64::from(offset))).collect();
    sides.dedup();
    Some((at(0.0)?, sides))
}

/// The least contrast that the lines of a layer have anywhere with what is beside them, and at how
/// many places it was measured.
fn least(
    layer: &Raster,
    places: &[Crossing],
    grounds: &[Pixel],
    is_line: impl Fn(Pixel) -> bool,
) -> (f64, usize) {
    let sections: Vec<_> = places
        .iter()
        .filter_map(|place| section(layer, *place))
        .filter(|(middle, _)| is_line(*middle))
        .collect();
    let mut least = f64::MAX;
    for ground in grounds {
        for (middle, beside) in &sections {
            let line = over(*middle, *ground);
            let edges = beside.iter().map(|pixel| contrast(line, over(*pixel, *ground)));
            least = least.min(edges.fold(1.0, f64::max));
        }
    }
    (least, sections.len())
}

/// Surfaces from above, in profile and in space.
fn views() -> [serde_json::Value; 4] {
    [
        json!({ "surface": "ravine", "steps": 60 }),
        json!({ "surface": "himmelblau", "start": [-1, 0.5], "steps": 60 }),
        json!({ "surface": "double-well", "steps": 60 }),
        json!({ "surface": "himmelblau", "start": [-1, 0.5], "projection": "space", "steps": 60 }),
    ]
}

#[test]
fn trails_stand_out_on_every_ground_in_every_theme() {
    for (id, theme) in THEMES {
        for (view, given) in views().into_iter().enumerate() {
            for run in 0..6 {
                let mut lab = lab(theme, given.clone(), run);
                lab.foretell(false);
                lab.seek(40.0);
                let mut layer = Raster::new(lab.viewport().fine_size());
                lab.draw_trails(&mut layer).expect("drawn");
                let places = along(&lab, run, 40.0);
                let grounds = grounds(&mut lab);
                let color = opaque(theme.run(run));
                let (least, count) = least(&layer, &places, &grounds, |middle| middle == color);
                assert!(count >= 5, "{id}, view {view}, run {run}: {count} places");
                assert!(least >= TRAIL, "{id}, view {view}, run {run}: {least}");
            }
        }
    }
}

#[test]
fn paths_to_come_are_seen_on_every_ground_in_every_theme() {
    for (id, theme) in THEMES {
        for (view, given) in views().into_iter().enumerate() {
            for run in 0..6 {
                let mut lab = lab(theme, given.clone(), run);
                let mut layer = Raster::new(lab.viewport().fine_size());
                lab.draw_trails(&mut layer).expect("drawn");
                let places = along(&lab, run, 40.0);
                let grounds = grounds(&mut lab);
                // In gaps between dashes there is the casing; a line behind a ridge is fainter on purpose.
                let far = |a: Pixel, b: Color| {
                    (0..3).map(|part| (a[part] - opaque(b)[part]).abs()).sum::<f64>()
                };
                let is_line = |middle: Pixel| {
                    middle[3] > 0.85 && far(middle, theme.ahead(run)) < far(middle, theme.paper)
                };
                let (least, count) = least(&layer, &places, &grounds, is_line);
                assert!(count >= 5, "{id}, view {view}, run {run}: {count} places");
                assert!(least >= AHEAD, "{id}, view {view}, run {run}: {least}");
            }
        }
    }
}

#[test]
fn a_trail_drawn_bit_by_bit_has_the_casing_of_a_trail_drawn_at_once() {
    /// Nothing, a casing or a line; which of two lines is on top depends on when they were drawn.
    fn kind(pixel: Pixel) -> u8 {
        let away = |color: Color| {
            (0..3).map(|part| (pixel[part] - opaque(color)[part]).abs()).sum::<f64>()
        };
        let line = LIGHT.runs.into_iter().map(away).fold(f64::MAX, f64::min);
        if pixel[3] == 0.0 { 0 } else { 1 + u8::from(line < away(LIGHT.paper)) }
    }
    for foretold in [false, true] {
        let runs: Vec<_> = (0..6)
            .map(|run| json!({ "id": "momentum", "lr": 0.005 + 0.001 * f64::from(run), "visible": run % 4 == 0 }))
            .collect();
        let given = json!({ "surface": "ravine", "steps": 60, "runs": runs });
        let value: Value = serde_json::from_value(given).expect("plain data");
        let mut lab = Lab::new(Configuration::strict(&value).expect("valid"));
        lab.resize(240.0, 180.0, 1.0);
        lab.foretell(foretold);
        let mut grown = Raster::new(lab.viewport().fine_size());
        lab.draw_trails(&mut grown).expect("drawn");
        for frame in 1..=120 {
            lab.seek(f64::from(frame) / 3.0);
            grown.under = true;
            lab.draw_casings(&mut grown).expect("drawn");
            grown.under = false;
            lab.draw_trails(&mut grown).expect("drawn");
        }
        lab.seek(0.0);
        lab.seek(40.0);
        assert!(lab.stale().trails);
        let mut whole = Raster::new(lab.viewport().fine_size());
        lab.draw_trails(&mut whole).expect("drawn");
        let kinds =
            |layer: &Raster| layer.pixels().iter().map(|pixel| kind(*pixel)).collect::<Vec<_>>();
        let (grown, whole) = (kinds(&grown), kinds(&whole));
        let casing = whole.iter().filter(|kind| **kind == 1).count();
        let others = grown.iter().zip(&whole).filter(|(a, b)| a != b).count();
        // Edges of lines that are cut on the way are rounded to the grid there too.
        assert!(casing > 5000 && others * 25 < casing, "{others} beside {casing} pixels of casing");
    }
}

#[test]
fn runs_stand_out_on_paper_and_panel() {
    for (id, theme) in THEMES {
        for ground in [theme.paper, theme.panel] {
            for color in theme.runs {
                let ratio = contrast(opaque(color), opaque(ground));
                assert!(ratio >= TRAIL, "{id}: {color} on {ground} has {ratio}");
            }
        }
    }
}
