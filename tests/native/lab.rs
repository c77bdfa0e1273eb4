//! The lab's clock and state.

use crate::support;
use momentum_lab::configuration::{Configuration, Value};
use momentum_lab::lab::{Lab, READOUT};
use momentum_lab::math::geometry::Point;
use plotters::prelude::SVGBackend;
use serde_json::json;

fn lab() -> Lab {
    let mut lab = Lab::new(Configuration::default());
    lab.resize(800.0, 500.0, 2.0);
    lab
}

#[test]
fn time_does_not_depend_on_the_frame_rate() {
    let reached = |frame: f64| {
        let mut lab = lab();
        lab.play();
        for _ in 0..(2000.0 / frame) as usize {
            lab.advance(frame);
        }
        lab.time()
    };
    let speed = Configuration::default().speed;
    for frame in [1000.0 / 240.0, 1000.0 / 60.0, 100.0] {
        assert!(
            (reached(frame) - 2.0 * speed).abs() < 1e-6 * speed + speed * frame / 1000.0,
            "{frame}"
        );
    }
    assert!((reached(10.0) - reached(100.0)).abs() < 1e-9);
}

#[test]
fn without_gliding_balls_go_in_whole_steps_and_lose_no_time() {
    let mut lab = lab();
    lab.glide(false);
    lab.play();
    let mut seen = Vec::new();
    for _ in 0..120 {
        lab.advance(1000.0 / 60.0);
        seen.push(lab.time());
    }
    assert!(seen.iter().all(|time| time.fract() == 0.0), "{seen:?}");
    let speed = Configuration::default().speed;
    assert!((lab.time() - 2.0 * speed).abs() <= 1.0, "{} steps in two seconds", lab.time());
}

#[test]
fn the_clock_stands_unless_it_plays_and_stops_at_the_end() {
    let mut lab = lab();
    lab.advance(500.0);
    assert_eq!(lab.time(), 0.0);
    lab.play();
    lab.advance(1e9);
    assert_eq!(lab.time(), lab.configuration().steps as f64);
    assert!(!lab.is_playing());
    lab.play();
    assert!(lab.is_playing());
    assert_eq!(lab.time(), 0.0, "playing at the end begins again");
}

#[test]
fn steps_land_on_whole_numbers_both_ways() {
    let mut lab = lab();
    lab.seek(4.4);
    lab.step(1);
    assert_eq!(lab.time(), 5.0);
    lab.seek(4.4);
    lab.step(-1);
    assert_eq!(lab.time(), 4.0);
    lab.step(-9);
    assert_eq!(lab.time(), 0.0);
    lab.seek(f64::NAN);
    assert_eq!(lab.time(), 0.0);
}

#[test]
fn momentum_changes_the_path_and_a_refused_value_changes_nothing() {
    let mut lab = lab();
    lab.seek(30.0);
    let before = lab.runs()[0].points().to_vec();
    lab.set("runs[0].beta", Value::Number(0.5)).expect("valid");
    let after = lab.runs()[0].points().to_vec();
    assert_ne!(before, after);
    assert_eq!(lab.time(), 30.0);
    lab.set("runs[0].beta", Value::Number(-3.0)).expect_err("refused");
    assert_eq!(lab.runs()[0].points(), after);
}

#[test]
fn a_parameter_of_the_surface_changes_the_surface_of_a_running_lab() {
    for (surface, id, value) in [
        ("ravine", "kappa", 5.0),
        ("ravine", "angle", 33.0),
        ("double-well", "tilt", 0.7),
        ("rosenbrock", "a", 2.5),
    ] {
        let mut lab = support::lab(json!({"surface": surface, "steps": 60}));
        lab.resize(800.0, 500.0, 1.0);
        lab.seek(30.0);
        let mut pixels = Vec::new();
        lab.draw_heat(lab.heat_size(), &mut pixels);
        let (mut svg, size) = (String::new(), lab.viewport().fine_size());
        lab.draw_ground(SVGBackend::with_string(&mut svg, size)).expect("drawn");
        assert!(!lab.stale().heat && !lab.stale().ground);

        let point = Point::new(0.7, -0.4);
        let before = lab.surface().value(point);
        lab.set(&format!("surface.{id}"), Value::Number(value)).expect("valid");
        assert_ne!(lab.surface().value(point), before, "{surface} {id} is what it was");
        let fresh = support::lab(json!({"surface": {"id": surface, id: value}, "steps": 60,
                                        "start": [lab.configuration().start.x,
                                                  lab.configuration().start.y]}));
        assert_eq!(lab.surface().value(point), fresh.surface().value(point), "{surface} {id}");
        assert_eq!(lab.surface().minima(), fresh.surface().minima(), "{surface} {id}");
        let stale = lab.stale();
        assert!(
            stale.heat && stale.ground && stale.trails && stale.balls,
            "{surface} {id}: {stale:?}"
        );
        assert_eq!(lab.time(), 30.0, "the time stays");
        for run in lab.runs() {
            for (at, point) in run.points().iter().enumerate() {
                assert_eq!(run.losses()[at], fresh.surface().value(*point), "{surface} {id}");
            }
        }
    }
}

#[test]
fn dragging_moves_every_ball_and_stays_in_the_plot() {
    let mut lab = lab();
    lab.drag_start(400.0, 250.0);
    let centre = lab.configuration().start;
    for run in lab.runs() {
        assert_eq!(run.points()[0], centre);
    }
    let (x, y) = lab.start_pixel();
    assert!((x - 400.0).abs() < 1e-9 && (y - 250.0).abs() < 1e-9);
    lab.drag_start(-1e9, f64::NAN);
    assert!(lab.viewport().bounds.contains(lab.configuration().start));
}

#[test]
fn the_readout_says_where_the_balls_are() {
    let mut lab = lab();
    lab.seek(17.5);
    let mut readout = [f64::NAN; READOUT];
    lab.read_out(&mut readout);
    assert_eq!(readout[..4], [17.5, 300.0, 0.0, 2.0]);
    for (index, run) in lab.runs().iter().enumerate() {
        let slots = &readout[8 + 16 * index..];
        let point = run.points()[17];
        assert_eq!(slots[..3], [point.x, point.y, run.losses()[17]]);
        assert_eq!(slots[9], f64::from(run.overshoots()[17][0]));
    }
}

#[test]
fn from_here_on_the_past_stays_and_the_forms_of_momentum_part() {
    let mut lab = lab();
    for (field, value) in [
        ("runs[1].id", Value::from("momentum")),
        ("runs[1].form", Value::from("polyak")),
        ("runs[1].lr", Value::Number(0.0078)),
    ] {
        lab.set(field, value).expect("valid");
    }
    let apart = |lab: &Lab, step: usize| {
        (lab.runs()[0].points()[step] - lab.runs()[1].points()[step]).norm()
    };
    assert!(apart(&lab, 300) < 1e-12, "one path in two notations");
    lab.set("takes_effect", Value::from("from-here")).expect("valid");
    lab.seek(40.0);
    let past = lab.runs()[0].points()[..=40].to_vec();
    for run in 0..2 {
        lab.set(&format!("runs[{run}].lr"), Value::Number(0.002)).expect("valid");
    }
    assert_eq!(lab.runs()[0].points()[..=40], past);
    assert!(apart(&lab, 40) < 1e-12 && apart(&lab, 45) > 0.1, "{}", apart(&lab, 45));
    let settings = |lab: &Lab, step: usize| {
        let present = lab.configuration().present(step);
        serde_json::to_value(present).expect("plain")[0]["lr"].as_f64()
    };
    assert_eq!((settings(&lab, 39), settings(&lab, 40)), (Some(0.0078), Some(0.002)));
    // The configuration says it all: written and read again it is the same path.
    let again = Configuration::strict(&lab.configuration().to_value()).expect("valid");
    assert_eq!(Lab::new(again).runs()[1].points(), lab.runs()[1].points());
    // From the start again, the change on the way is gone.
    lab.set("takes_effect", Value::from("from-start")).expect("valid");
    lab.set("runs[0].lr", Value::Number(0.005)).expect("valid");
    assert_eq!(settings(&lab, 300), Some(0.005));
    assert_eq!(lab.runs()[0].rates()[299], 0.005);
}

#[test]
fn zooming_keeps_what_is_under_the_pointer_and_fit_undoes_it() {
    for surface in ["ravine", "rosenbrock"] {
        let mut lab = Lab::new(
            Configuration::default().with("surface.id", Value::from(surface)).expect("valid"),
        );
        lab.resize(800.0, 500.0, 1.0);
        let bounds = lab.viewport().bounds;
        let (x, y) = (170.0, 333.0);
        let fixed = lab.viewport().point_at(x, y);
        lab.zoom(x, y, 0.4);
        let zoomed = lab.viewport().bounds;
        assert!((zoomed.width() / bounds.width() - 0.4).abs() < 1e-9, "{surface}: {zoomed:?}");
        assert!((lab.viewport().point_at(x, y) - fixed).norm() < 1e-9 * bounds.width());

        // What the hand holds goes where the hand goes.
        let held = lab.viewport().point_at(300.0, 200.0);
        lab.pan(50.0, -20.0);
        assert!((lab.viewport().point_at(350.0, 180.0) - held).norm() < 1e-9 * bounds.width());

        lab.fit();
        assert_eq!(lab.viewport().bounds, bounds);
        for nonsense in [f64::NAN, f64::INFINITY, 0.0, -1.0] {
            lab.zoom(x, y, nonsense);
            lab.pan(nonsense * 0.0, f64::NAN);
            assert_eq!(lab.viewport().bounds, bounds, "zoom by {nonsense}");
        }
        // However often it is asked for, the view stays within what a configuration accepts.
        for factor in [1e-3, 1e3] {
            for _ in 0..60 {
                lab.zoom(x, y, factor);
            }
            let value = lab.configuration().to_value();
            assert!(Configuration::strict(&value).is_ok(), "after zooming by {factor}");
            lab.fit();
        }
        // Nor do they when far out is moved and looked at closely.
        (0..60).for_each(|_| lab.zoom(x, y, 1e3));
        (0..3).for_each(|_| lab.pan(-800.0, 500.0));
        for _ in 0..60 {
            lab.zoom(x, y, 0.1);
            let value = lab.configuration().to_value();
            assert!(Configuration::strict(&value).is_ok(), "{:?}", lab.configuration().view);
        }
        lab.fit();
    }
}

#[test]
fn what_is_examined_is_the_surface_there() {
    let mut lab = Lab::new(Configuration::default());
    lab.resize(800.0, 500.0, 1.0);
    let (point, value, gradient) = lab.examine(123.0, 321.0).expect("the plane is everywhere");
    let (expected, slope) = lab.surface().gradient(point);
    assert_eq!((value, gradient), (expected, slope));
    let (x, y) = lab.viewport().pixel(point);
    assert!((x - 123.0).abs() < 1e-9 && (y - 321.0).abs() < 1e-9);
}

#[test]
fn a_start_that_is_dragged_has_as_many_digits_as_pixels_show() {
    let mut lab = lab();
    for step in 1..40 {
        let (x, y) = (17.3 * f64::from(step), 11.7 * f64::from(step));
        lab.drag_start(x, y);
        let start = lab.configuration().start;
        let (at_x, at_y) = lab.start_pixel();
        assert!((at_x - x).hypot(at_y - y) < 0.1, "{at_x}, {at_y} for {x}, {y}");
        let text = format!("{},{}", start.x, start.y);
        assert!(text.len() < 16, "{text}");
    }
    lab.drag_start(1e9, -1e9);
    let bounds = lab.viewport().bounds;
    assert!(bounds.contains(lab.configuration().start));
}
