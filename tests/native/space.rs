//! The surface in space: what is drawn, what is hidden, and how it is turned.
//!
//! `tests/native/space.txt` is one picture of it, in characters and whole CSS pixels;
//! `MOMENTUM_LAB_PRINT_SPACE=1 cargo test -p tests --test native space -- --nocapture` prints it.

use momentum_lab::configuration::{Configuration, Value};
use momentum_lab::lab::Lab;
use plotters::prelude::SVGBackend;
use serde_json::json;
use std::fmt::Write as _;

/// A lab of 320 × 240 CSS pixels; what is not given takes its default.
fn lab(given: serde_json::Value) -> Lab {
    let given: Value = serde_json::from_value(given).expect("plain data");
    let mut lab = Lab::new(Configuration::strict(&given).expect("valid"));
    lab.resize(320.0, 240.0, 1.0);
    lab
}

fn himmelblau(pitch: f64) -> Lab {
    let view = [-6, 6, -5, 5];
    lab(
        json!({ "surface": "himmelblau", "view": view, "projection": "space", "pitch": pitch, "steps": 60 }),
    )
}

/// Draws one layer of the lab as SVG.
fn svg(lab: &mut Lab, draw: impl for<'a> FnOnce(&mut Lab, SVGBackend<'a>)) -> String {
    let mut text = String::new();
    draw(lab, SVGBackend::with_string(&mut text, lab.viewport().fine_size()));
    text
}

fn trails(lab: &mut Lab) -> String {
    svg(lab, |lab, backend| lab.draw_trails(backend).expect("drawn"))
}

/// The value of an attribute in an element's text.
fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    element.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split('"').next())
}

/// The polylines of an SVG: opacity and corners in whole CSS pixels, each only once in a row.
fn polylines(svg: &str) -> Vec<(f64, Vec<(i32, i32)>)> {
    let whole = |text: &str| (text.parse::<f64>().expect("a number") / 8.0).round() as i32;
    let element = |element: &str| {
        let opacity = attribute(element, "opacity").and_then(|text| text.parse().ok());
        let corners = attribute(element, "points").expect("points").split_whitespace();
        let mut corners: Vec<_> = corners
            .filter_map(|pair| pair.split_once(','))
            .map(|(x, y)| (whole(x), whole(y)))
            .collect();
        corners.dedup();
        (opacity.unwrap_or(1.0), corners)
    };
    svg.split("<polyline").skip(1).map(element).collect()
}

/// The block in characters, the darker the later in the alphabet; and the trails on it.
fn picture(lab: &mut Lab) -> String {
    const SIZE: (usize, usize) = (80, 30);
    let mut pixels = Vec::new();
    lab.draw_heat(SIZE, &mut pixels);
    let mut text = String::new();
    for row in pixels.chunks_exact(4 * SIZE.0) {
        let line: String = row
            .chunks_exact(4)
            .map(|pixel| match pixel[3] {
                0 => ' ',
                _ => char::from(b'a' + (255 - pixel[1]) / 10),
            })
            .collect();
        writeln!(text, "{}", line.trim_end()).expect("written");
    }
    for (opacity, corners) in polylines(&trails(lab)) {
        let corners: Vec<_> = corners.iter().map(|(x, y)| format!("{x},{y}")).collect();
        writeln!(text, "{opacity:.3}: {}", corners.join(" ")).expect("written");
    }
    text
}

#[test]
fn the_picture_is_the_one_that_was_looked_at() {
    let mut lab = himmelblau(25.0);
    lab.seek(12.0);
    let picture = picture(&mut lab);
    if std::env::var_os("MOMENTUM_LAB_PRINT_SPACE").is_some() {
        print!("{picture}");
    }
    for (line, (drawn, expected)) in
        picture.lines().zip(include_str!("space.txt").lines()).enumerate()
    {
        assert_eq!(drawn, expected, "line {}", line + 1);
    }
    assert_eq!(picture.lines().count(), include_str!("space.txt").lines().count());
}

#[test]
fn a_trail_behind_a_ridge_is_faint_and_from_above_none_is() {
    let faint = |lab: &mut Lab| {
        lab.seek(60.0);
        polylines(&trails(lab)).iter().filter(|(opacity, _)| *opacity == 0.25).count()
    };
    assert!(faint(&mut himmelblau(8.0)) > 0);
    assert_eq!(faint(&mut himmelblau(90.0)), 0);
}

#[test]
fn while_the_balls_roll_nothing_but_trails_and_balls_is_stale() {
    let mut lab = himmelblau(40.0);
    let mut pixels = Vec::new();
    // In haste, then finely.
    for _ in 0..2 {
        lab.draw_heat((32, 24), &mut pixels);
    }
    svg(&mut lab, |lab, backend| lab.draw_ground(backend).expect("drawn"));
    trails(&mut lab);
    svg(&mut lab, |lab, backend| lab.draw_balls(backend).expect("drawn"));
    assert!(!lab.stale().any());
    lab.play();
    lab.advance(100.0);
    let stale = lab.stale();
    assert!(stale.balls && !stale.trails && !stale.ground && !stale.heat, "{stale:?}");
    let added = polylines(&trails(&mut lab));
    assert!(added.len() <= 8, "{} pieces in one frame", added.len());
    // Turned, all is stale, and the block again drawn twice.
    lab.turn(10.0, 5.0);
    let draft = lab.heat_size();
    assert!(lab.stale().heat && lab.stale().ground && lab.stale().trails);
    lab.draw_heat(draft, &mut pixels);
    assert!(lab.stale().heat);
    lab.draw_heat(lab.heat_size(), &mut pixels);
    assert!(!lab.stale().heat);
}

#[test]
fn turning_stays_above_the_ground_and_goes_round() {
    let mut lab = himmelblau(40.0);
    let first = lab.configuration().camera;
    lab.turn(0.0, -1e6);
    assert_eq!(lab.configuration().camera.pitch, 8.0);
    lab.turn(0.0, 1e6);
    assert_eq!(lab.configuration().camera.pitch, 90.0);
    for _ in 0..50 {
        lab.turn(30.0, f64::NAN);
        let yaw = lab.configuration().camera.yaw;
        assert!((-180.0..=180.0).contains(&yaw), "{yaw}");
    }
    assert_eq!(lab.configuration().camera.pitch, 90.0);
    lab.turn_back();
    let back = lab.configuration().camera;
    assert_eq!((back.space, back.yaw), (true, first.yaw));
    let written = lab.configuration().to_value();
    assert_eq!(Configuration::strict(&written).expect("valid").camera, back);
}

#[test]
fn the_start_moves_over_the_surface() {
    let mut lab = himmelblau(50.0);
    let start = lab.configuration().start;
    let (x, y) = lab.start_pixel();
    lab.drag_start(x, y);
    assert!((lab.configuration().start - start).norm() < 0.05);
    lab.nudge_start(20.0, 0.0);
    let (right, _) = lab.start_pixel();
    assert!(right > x + 10.0, "{x} to {right}");
    let moved = lab.configuration().start;
    lab.drag_start(1.0, 1.0);
    assert_eq!(lab.configuration().start, moved, "beside the block there is no surface");
    lab.nudge_start(1e9, 1e9);
    assert!(lab.viewport().bounds.contains(lab.configuration().start));
}

#[test]
fn every_surface_over_the_plane_can_be_seen_in_space() {
    for entry in momentum_lab::surface::SURFACES {
        let id = entry.description.id;
        let mut lab = lab(json!({ "surface": id, "projection": "space", "steps": 50 }));
        assert_eq!(lab.in_space(), entry.description.dimension == 2, "{id}");
        let mut pixels = Vec::new();
        lab.draw_heat((160, 120), &mut pixels);
        let covered = pixels.chunks_exact(4).filter(|pixel| pixel[3] == 255).count();
        assert!(covered > 160 * 120 / 7, "{id}: {covered} pixels");
        lab.seek(50.0);
        assert!(trails(&mut lab).contains("<polyline"), "{id}");
        let ground = svg(&mut lab, |lab, backend| lab.draw_ground(backend).expect("drawn"));
        assert!(ground.contains("<polyline") && ground.contains("<text"), "{id}");
        assert!(!ground.contains("NaN"), "{id}");
    }
}
