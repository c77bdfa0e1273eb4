//! Pictures drawn through plotters' SVG backend, where every element can be read.

use momentum_lab::configuration::{Configuration, Value};
use momentum_lab::lab::Lab;
use plotters::prelude::{DrawingBackend, SVGBackend};

fn lab() -> Lab {
    let mut lab = Lab::new(Configuration::default());
    lab.resize(800.0, 500.0, 1.0);
    lab
}

/// Draws one layer of the lab as SVG.
fn svg(lab: &mut Lab, draw: impl for<'a> FnOnce(&mut Lab, SVGBackend<'a>)) -> String {
    let mut text = String::new();
    draw(lab, SVGBackend::with_string(&mut text, lab.viewport().fine_size()));
    text
}

/// All corner points of all polylines, in CSS pixels.
fn corners(svg: &str) -> Vec<(f64, f64)> {
    let pairs = svg.split("points=\"").skip(1).filter_map(|rest| rest.split('"').next());
    pairs
        .flat_map(str::split_whitespace)
        .filter_map(|pair| pair.split_once(','))
        .map(|(x, y)| (x.parse::<f64>().expect("x") / 8.0, y.parse::<f64>().expect("y") / 8.0))
        .collect()
}

#[test]
fn contours_keep_to_their_level() {
    let mut lab = lab();
    let text = svg(&mut lab, |lab, backend| lab.draw_ground(backend).expect("drawn"));
    let corners = corners(&text);
    assert!(corners.len() > 500, "{} corners", corners.len());
    // Every polyline of many corners is one level: its values agree.
    for line in text.split("<polyline").skip(1) {
        let line = self::corners(line.split("/>").next().expect("element"));
        if line.len() < 20 {
            continue;
        }
        let values: Vec<f64> =
            line.iter().map(|&(x, y)| lab.surface().value(lab.viewport().point_at(x, y))).collect();
        let (low, high) =
            values.iter().fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(*v), h.max(*v)));
        assert!(high - low < 0.12 * high.abs() + 0.3, "one contour runs from {low} to {high}");
    }
}

#[test]
fn trails_move_by_fractions_of_a_pixel() {
    let mut lab = lab();
    lab.set("runs[0].lr", Value::Number(2e-5)).expect("valid");
    lab.seek(12.0);
    let text = svg(&mut lab, |lab, backend| lab.draw_trails(backend).expect("drawn"));
    let fractional =
        corners(&text).into_iter().filter(|(x, y)| x.fract() != 0.0 || y.fract() != 0.0);
    assert!(fractional.count() > 10);
}

#[test]
fn what_is_to_come_can_be_left_to_be_guessed() {
    let mut lab = lab();
    let drawn =
        |lab: &mut Lab| svg(lab, |lab, backend| lab.draw_trails(backend).expect("drawn")).len();
    let with = drawn(&mut lab);
    lab.foretell(false);
    assert!(lab.stale().trails);
    assert!(10 * drawn(&mut lab) < with, "the path shows ahead of the ball");
    lab.seek(300.0);
    assert!(drawn(&mut lab) > with / 2, "what has been travelled is shown");
    lab.foretell(true);
    lab.seek(0.0);
    assert_eq!(drawn(&mut lab), with);
}

#[test]
fn a_trail_that_leaves_is_cut_at_the_edge_not_bent_along_it() {
    let mut lab = lab();
    lab.set("runs[1].lr", Value::Number(0.06)).expect("valid");
    lab.seek(300.0);
    let text = svg(&mut lab, |lab, backend| lab.draw_trails(backend).expect("drawn"));
    for line in text.split("<polyline").skip(1) {
        let line = corners(line.split("/>").next().expect("element"));
        for pair in line.windows(2) {
            let along = |a: f64, b: f64, edge: f64| a == edge && b == edge;
            let bent = along(pair[0].1, pair[1].1, 0.0) || along(pair[0].1, pair[1].1, 500.0);
            assert!(!bent || (pair[0].0 - pair[1].0).abs() < 1.0, "a trail runs along the edge");
        }
    }
    assert!(text.contains("<polyline"));
}

#[test]
fn adding_to_a_trail_draws_only_what_is_new() {
    let mut lab = lab();
    lab.seek(20.0);
    let all = svg(&mut lab, |lab, backend| lab.draw_trails(backend).expect("drawn"));
    lab.seek(20.4);
    let added = svg(&mut lab, |lab, backend| lab.draw_trails(backend).expect("drawn"));
    assert!(corners(&added).len() <= 8 && !corners(&added).is_empty(), "{added}");
    assert!(corners(&all).len() > 200);
}

#[test]
fn a_ball_is_drawn_for_every_run_and_a_ring_at_the_start() {
    let mut lab = lab();
    lab.seek(5.0);
    let text = svg(&mut lab, |lab, backend| lab.draw_balls(backend).expect("drawn"));
    assert_eq!(text.matches("<circle").count(), 1 + 4 * lab.runs().len());
    let (width, _) =
        SVGBackend::with_string(&mut String::new(), lab.viewport().fine_size()).get_size();
    assert_eq!(width, 6400);
}

#[test]
fn heat_is_darkest_at_the_minimum_and_opaque() {
    let mut lab = lab();
    let mut pixels = Vec::new();
    lab.draw_heat((400, 250), &mut pixels);
    assert_eq!(pixels.len(), 400 * 250 * 4);
    assert!(pixels.chunks_exact(4).all(|pixel| pixel[3] == 255));
    let (x, y) = lab.viewport().pixel(lab.surface().minima()[0]);
    let at = |x: f64, y: f64| pixels[((y as usize) * 400 + x as usize) * 4];
    let darkest = pixels.chunks_exact(4).map(|pixel| pixel[0]).min();
    assert_eq!(Some(at(x / 2.0, y / 2.0)), darkest);
    assert!(at(5.0, 5.0) > at(x / 2.0, y / 2.0));
}

#[test]
fn a_ball_out_of_view_has_an_arrow_head_at_the_edge_that_points_to_it() {
    for (view, edge) in [
        // The balls are to the right of what is shown, above it, and to the lower left.
        ([-100.0, -90.0, -5.0, 5.0], (1.0, 0.0)),
        ([-10.0, 10.0, -90.0, -80.0], (0.0, -1.0)),
        ([90.0, 100.0, 90.0, 100.0], (-1.0, 1.0)),
    ] {
        let mut lab = lab();
        let numbers = view.map(Value::Number).to_vec();
        lab.set("view", Value::List(numbers)).expect("a view");
        let text = svg(&mut lab, |lab, backend| lab.draw_balls(backend).expect("drawn"));
        assert_eq!(text.matches("<circle").count(), 0);
        let heads: Vec<_> = text.split("<polygon").skip(1).collect();
        assert_eq!(heads.len(), 2, "one for each ball");
        for (index, head) in heads.into_iter().rev().enumerate() {
            let fill = lab.theme().run(index);
            let fill = format!("#{:02X}{:02X}{:02X}", fill.0, fill.1, fill.2);
            assert!(head.contains(&fill), "run {index} is not in its colour {fill}: {head}");
            let corners = corners(&format!("<polygon{}", head.split("/>").next().expect("one")));
            let inside =
                |&(x, y): &(f64, f64)| (0.0..=800.0).contains(&x) && (0.0..=500.0).contains(&y);
            assert!(corners.iter().all(inside), "{corners:?}");
            let (tip, others) = corners.split_first().expect("corners");
            let back =
                others.iter().fold((0.0, 0.0), |(x, y), corner| (x + corner.0, y + corner.1));
            let back = (back.0 / others.len() as f64, back.1 / others.len() as f64);
            // It points from the middle of the plot toward the ball.
            let ball = lab.runs()[index].points()[0];
            let (x, y) = lab.viewport().pixel(ball);
            let (right, down) = (x - 400.0, y - 250.0);
            let (tip_right, tip_down) = (tip.0 - back.0, tip.1 - back.1);
            let along = right * tip_right + down * tip_down;
            let across = right * tip_down - down * tip_right;
            assert!(
                along > 0.0 && across.abs() < 0.05 * along,
                "{tip:?} from {back:?} to {x}, {y}"
            );
            let sign = |a: f64, b: f64| b == 0.0 || a * b > 0.0;
            assert!(sign(tip_right, edge.0) && sign(tip_down, edge.1));
        }
    }
    // In view there is none, and what fits everything brings all balls back into view.
    let mut lab = lab();
    lab.set("runs[1].lr", Value::Number(0.04)).expect("valid");
    lab.seek(20.0);
    let heads = |lab: &mut Lab| {
        svg(lab, |lab, backend| lab.draw_balls(backend).expect("drawn")).matches("<polygon").count()
    };
    assert_eq!(heads(&mut lab), 1, "the diverging ball");
    lab.fit();
    assert_eq!(heads(&mut lab), 0);
    for run in lab.runs() {
        assert!(lab.viewport().bounds.contains(run.position_at(20.0)));
    }
    lab.seek(0.0);
    lab.fit();
    assert_eq!(lab.configuration().view, lab.surface().view(), "no wider than needed");
}
