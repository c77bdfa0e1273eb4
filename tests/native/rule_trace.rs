//! The rule with the numbers of a step is the step that the ball made.

use crate::optimizers::variants;
use momentum_lab::configuration::{Configuration, Value};
use momentum_lab::lab::Lab;
use momentum_lab::math::expression::Math;
use momentum_lab::optimizer::OPTIMIZERS;
use momentum_lab::parameter::Setting;
use momentum_lab::study::rule_trace::Line;

fn lab(asked: serde_json::Value) -> Lab {
    let value: Value = serde_json::from_value(asked).expect("a value");
    Lab::new(Configuration::strict(&value).expect("valid"))
}

/// The lines at a step, once they are worked out.
fn at(lab: &mut Lab, step: usize) -> Vec<Line> {
    lab.seek(step as f64);
    (0..100).find_map(|_| lab.rule(0)).expect("some calls suffice")
}

/// What each line sets, with its name.
fn values(lines: &[Line]) -> Vec<(String, Vec<f64>)> {
    let name = |line: &Line| line.symbols.children[0].text();
    lines.iter().map(|line| (name(line), line.values.clone())).collect()
}

#[test]
fn the_best_known_example_step_by_step() {
    let mut lab = lab(serde_json::json!({
        "surface": "parabola", "start": [1], "steps": 100,
        "runs": [{"id": "momentum", "lr": 0.01, "beta": 0.9}],
    }));
    for (step, expected) in
        [(1, [("g", 1.0), ("v", 1.0), ("w", 0.99)]), (2, [("g", 0.99), ("v", 1.89), ("w", 0.9711)])]
    {
        let found = values(&at(&mut lab, step));
        assert_eq!(found.len(), 3);
        for ((name, found), (wanted, value)) in found.iter().zip(expected) {
            assert_eq!((name.as_str(), found.len()), (wanted, 1));
            assert!((found[0] - value).abs() < 1e-12, "{name} = {found:?} at step {step}");
        }
    }
    let lines = at(&mut lab, 2);
    let spoken = lines.iter().map(|line| {
        let numbers = line.numbers.as_ref().expect("numbers");
        format!("{}; {}", line.spoken, numbers.spoken)
    });
    assert_eq!(
        spoken.collect::<Vec<_>>(),
        [
            "g ← ∇f(w); ∇f(0.9900) = 0.9900",
            "v ← β v + g; 0.9·1.000 + 0.9900 = 1.890",
            "w ← w − η v; 0.9900 − 0.01·1.890 = 0.9711",
        ]
    );
    let start = at(&mut lab, 0);
    assert_eq!(values(&start)[2], ("w".to_owned(), vec![1.0]));
    assert!(start[0].numbers.is_none() && start[1].numbers.is_none());
}

#[test]
fn every_rule_in_every_form_tells_its_steps() {
    for variant in variants() {
        let extras = [None, Some(("weight_decay", 0.05.into())), Some(("maximize", true.into()))];
        let extras: [Option<(&str, serde_json::Value)>; 3] = extras;
        for extra in &extras {
            let mut run = serde_json::Map::new();
            run.insert("id".into(), variant.entry.description.id.into());
            for (id, setting) in variant.settings.iter() {
                run.insert(
                    id.into(),
                    match setting {
                        Setting::Number(number) => (*number).into(),
                        Setting::Choice(option) => (*option).into(),
                        Setting::Toggle(on) => (*on).into(),
                        Setting::Text(text) => text.as_str().into(),
                    },
                );
            }
            if let Some((id, value)) = extra {
                run.insert((*id).to_owned(), value.clone());
            }
            let mut lab = lab(serde_json::json!({
                "surface": "himmelblau", "start": [-1.3, 0.7], "steps": 700,
                "noise": 0.1, "runs": [run],
            }));
            for step in [1, 2, 3, 17, 300, 600, 299, 5] {
                let lines = at(&mut lab, step);
                let step = step.min(lab.runs()[0].last_step());
                let end = lab.runs()[0].points()[step];
                let lasts = values(&lines);
                let (_, w) =
                    lasts.iter().rev().find(|(name, _)| name == "w").expect("a line for w");
                let name = &variant.name;
                assert_eq!(w.len(), 2, "{name}: no numbers at step {step}");
                let off = (w[0] - end.x).abs().max((w[1] - end.y).abs());
                assert!(off <= 1e-6 * end.x.abs().max(end.y.abs()).max(1.0), "{name}: {off}");
                assert!(lines.iter().all(|line| line.numbers.is_some()));
            }
        }
    }
}

#[test]
fn far_steps_are_reached_in_slices_and_again_at_once() {
    let mut lab = lab(serde_json::json!({
        "surface": "ravine", "steps": 100_000, "runs": [{"id": "adam", "lr": 1e-4}],
    }));
    lab.seek(100_000.0);
    assert!(lab.rule(0).is_none(), "all at once");
    let calls = (1..100).find(|_| lab.rule(0).is_some()).expect("it gets there");
    assert!((10..40).contains(&calls), "{calls} calls");
    let there = lab.rule(0);
    lab.seek(99_000.0);
    assert!(lab.rule(0).is_some(), "going back begins anew");
    lab.seek(100_000.0);
    assert_eq!(lab.rule(0), there);
}

#[test]
fn settings_that_change_on_the_way_change_in_the_lines() {
    let mut lab = lab(serde_json::json!({
        "surface": "ravine", "steps": 100,
        "runs": [{"id": "momentum", "lr": 0.01, "beta": 0.9,
            "changes": [{"step": 10, "beta": 0.5}]}],
    }));
    let mut spoken = |step| at(&mut lab, step)[1].numbers.clone().expect("numbers").spoken;
    assert!(spoken(10).starts_with("0.9·("), "{}", spoken(10));
    assert!(spoken(11).starts_with("0.5·("), "{}", spoken(11));
}

fn check_tags(math: &Math) {
    assert!(Math::TAGS.contains(&math.tag), "{}", math.tag);
    math.children.iter().for_each(check_tags);
}

#[test]
fn formulas_are_mathml_that_the_page_knows() {
    for entry in OPTIMIZERS {
        let id = entry.description.id;
        let mut lab = lab(serde_json::json!({ "runs": [{"id": id}], "steps": 10 }));
        for line in at(&mut lab, 3) {
            check_tags(&line.symbols);
            let numbers = line.numbers.expect(id);
            check_tags(&numbers.terms.expect(id));
            check_tags(&numbers.value);
        }
    }
}
