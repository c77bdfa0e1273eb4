//! The formulas that the page shows are the rules that the lab runs.

use crate::optimizers::{Variant, variants, with};
use momentum_lab::math::expression::parse;
use momentum_lab::math::geometry::{Point, Vector};
use momentum_lab::optimizer::{State, Step};
use momentum_lab::parameter::Setting;

/// Names with their values.
#[derive(Default)]
struct Names(Vec<(String, f64)>);

impl Names {
    fn set(&mut self, name: &str, value: f64) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, slot)) => *slot = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    fn evaluate(&self, text: &str) -> f64 {
        let names: Vec<&str> = self.0.iter().map(|(name, _)| name.as_str()).collect();
        let values: Vec<f64> = self.0.iter().map(|(_, value)| *value).collect();
        parse(text, &names).unwrap_or_else(|error| panic!("{text}: {error}")).evaluate(&values)
    }
}

/// The name that a line sets and what it sets it to.
fn parts(line: &str) -> (&str, &str) {
    line.split_once(" = ").unwrap_or_else(|| panic!("{line} is no assignment"))
}

/// Variants in which every number has a value of its own, so that none can stand for another.
fn uncommon() -> Vec<Variant> {
    let number = Setting::Number;
    let on = Setting::Toggle(true);
    vec![
        with("momentum", &[("beta", number(0.7)), ("dampening", number(0.3))]),
        with("momentum", &[("beta", number(0.0)), ("dampening", number(0.3))]),
        with("nesterov", &[("beta", number(0.6))]),
        with("qhm", &[("beta", number(0.8)), ("nu", number(0.4))]),
        with(
            "adagrad",
            &[
                ("lr_decay", number(0.3)),
                ("initial_accumulator_value", number(0.7)),
                ("eps", number(0.1)),
            ],
        ),
        with("rmsprop", &[("alpha", number(0.8)), ("momentum", number(0.6)), ("eps", number(0.1))]),
        with(
            "rmsprop",
            &[("alpha", number(0.8)), ("momentum", number(0.6)), ("centered", on.clone())],
        ),
        with("adadelta", &[("rho", number(0.8)), ("eps", number(0.1))]),
        with("adam", &[("beta1", number(0.8)), ("beta2", number(0.7)), ("eps", number(0.1))]),
        with("adam", &[("beta1", number(0.0)), ("beta2", number(0.7)), ("amsgrad", on)]),
        with("adamax", &[("beta1", number(0.8)), ("beta2", number(0.7)), ("eps", number(0.1))]),
        with("nadam", &[("beta1", number(0.8)), ("momentum_decay", number(0.5))]),
        with("nadam", &[("beta2", number(0.7)), ("momentum_decay", number(0.0))]),
        with("radam", &[("beta1", number(0.8)), ("beta2", number(0.9)), ("eps", number(0.1))]),
        with("radam", &[("beta2", number(0.6))]),
        with(
            "rprop",
            &[
                ("etaminus", number(0.3)),
                ("etaplus", number(1.7)),
                ("step_min", number(0.01)),
                ("step_max", number(0.2)),
            ],
        ),
        with("asgd", &[("lambd", number(0.4)), ("alpha", number(1.2)), ("t0", number(3.0))]),
        with("lion", &[("beta1", number(0.8)), ("beta2", number(0.6))]),
        with("yogi", &[("beta1", number(0.8)), ("beta2", number(0.6)), ("eps", number(0.1))]),
        with("adabelief", &[("eps", number(0.1)), ("eps_root", number(0.2))]),
    ]
}

#[test]
fn formulas_carried_out_line_by_line_draw_the_path() {
    for mut variant in variants().into_iter().chain(uncommon()) {
        variant.settings.set("weight_decay", Setting::Number(0.0));
        let optimizer = variant.build();
        let lines = optimizer.formula();
        let mut names = Names::default();
        for line in &lines {
            names.set(parts(line).0, 0.0);
        }
        for (id, setting) in variant.settings.iter() {
            if let Setting::Number(value) = *setting {
                names.set(id, value);
            }
        }
        let mut state = State { position: Point::new(1.3, 0.0), ..State::default() };
        names.set("w", 1.3);
        for count in 1..=60 {
            let (name, k) = (&variant.name, f64::from(count));
            // A rate that changes on the way, over a bent line with a flat and a turning point.
            let lr = 0.05 * (1.0 + 0.3 * (0.4 * k).sin());
            let slope = |w: f64| (2.0 * w).sin() + 0.3 * w;
            let probe = optimizer.probe(&state).x;
            let shown = names.evaluate(optimizer.probe_formula());
            assert!((probe - shown).abs() < 1e-9, "{name} probes {probe}, the formula {shown}");
            // Both see one gradient: a rule of signs would blow rounding up.
            let gradient = if count % 11 == 0 { 0.0 } else { slope(probe) };
            optimizer.step(&mut state, Vector::new(gradient, 0.0), Step { count: k, lr });
            for (name, value) in [("g", gradient), ("k", k), ("lr", lr)] {
                names.set(name, value);
            }
            for line in &lines {
                let (target, expression) = parts(line);
                let value = names.evaluate(expression);
                names.set(target, value);
            }
            let (w, shown) = (state.position.x, names.evaluate("w"));
            assert!((w - shown).abs() < 1e-9, "{name} is at {w} in step {count}, not {shown}");
        }
    }
}

#[test]
fn formulas_keep_their_names_apart() {
    for variant in variants() {
        for line in variant.build().formula() {
            let (target, _) = parts(line);
            let taken = variant.settings.get(target).is_some() || ["g", "k"].contains(&target);
            assert!(!taken, "{}: {line} overwrites what is given", variant.name);
        }
    }
}
