//! The formulas that the page shows are the rules that the lab runs.

use crate::optimizers::{Variant, variants, with};
use momentum_lab::geometry::{Point, Vector};
use momentum_lab::optimizer::{State, Step};
use momentum_lab::parameter::Setting;
use std::collections::HashMap;

/// Names and their values; a name not yet given one is 0.
type Names = HashMap<String, f64>;

/// Evaluates an expression by recursive descent, straight from its text.
struct Reader<'a> {
    rest: &'a str,
    names: &'a Names,
}

impl Reader<'_> {
    fn evaluate(text: &str, names: &Names) -> f64 {
        let mut reader = Reader { rest: text, names };
        let value = reader.sum();
        assert!(reader.rest.trim().is_empty(), "left over in {text}: {}", reader.rest);
        value
    }

    fn take(&mut self, token: char) -> bool {
        let rest = self.rest.trim_start();
        let found = rest.strip_prefix(token);
        self.rest = found.unwrap_or(rest);
        found.is_some()
    }

    fn sum(&mut self) -> f64 {
        let mut value = self.product();
        loop {
            if self.take('+') {
                value += self.product();
            } else if self.take('-') {
                value -= self.product();
            } else {
                return value;
            }
        }
    }

    fn product(&mut self) -> f64 {
        let mut value = self.power();
        loop {
            if self.take('*') {
                value *= self.power();
            } else if self.take('/') {
                value /= self.power();
            } else {
                return value;
            }
        }
    }

    fn power(&mut self) -> f64 {
        let base = self.atom();
        if self.take('^') { base.powf(self.power()) } else { base }
    }

    fn atom(&mut self) -> f64 {
        if self.take('(') {
            let value = self.sum();
            assert!(self.take(')'), "an open parenthesis before {}", self.rest);
            return value;
        }
        let length = self.rest.find(|c: char| !c.is_ascii_alphanumeric() && !"._".contains(c));
        let (mut word, mut rest) = self.rest.split_at(length.unwrap_or(self.rest.len()));
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            // An exponent's sign ends the word too early: 1e-6.
            if word.ends_with('e') {
                let digits = rest[1..].find(|c: char| !c.is_ascii_digit());
                let end = word.len() + 1 + digits.unwrap_or(rest.len() - 1);
                (word, rest) = self.rest.split_at(end);
            }
            self.rest = rest;
            return word.parse().unwrap_or_else(|_| panic!("{word} is no number"));
        }
        assert!(!word.is_empty(), "nothing to evaluate before {}", self.rest);
        self.rest = rest;
        if !self.take('(') {
            return self.names.get(word).copied().unwrap_or(0.0);
        }
        let mut arguments = vec![self.sum()];
        while self.take(',') {
            arguments.push(self.sum());
        }
        assert!(self.take(')'), "an open parenthesis before {}", self.rest);
        match (word, &arguments[..]) {
            ("sqrt", [a]) => a.sqrt(),
            ("abs", [a]) => a.abs(),
            ("sign", [a]) => f64::from(u8::from(*a > 0.0)) - f64::from(u8::from(*a < 0.0)),
            ("max", [a, b]) => a.max(*b),
            ("min", [a, b]) => a.min(*b),
            ("first", [a, b]) => *if self.names["k"] == 1.0 { a } else { b },
            _ => panic!("no function {word} of {} arguments", arguments.len()),
        }
    }
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
        let mut names = Names::new();
        for (id, setting) in variant.settings.iter() {
            if let Setting::Number(value) = *setting {
                names.insert(id.to_owned(), value);
            }
        }
        let mut state = State { position: Point::new(1.3, 0.0), ..State::default() };
        names.insert("w".to_owned(), 1.3);
        for count in 1..=60 {
            let (name, k) = (&variant.name, f64::from(count));
            // A rate that changes on the way, over a bent line with a flat and a turning point.
            let lr = 0.05 * (1.0 + 0.3 * (0.4 * k).sin());
            let slope = |w: f64| (2.0 * w).sin() + 0.3 * w;
            let probe = optimizer.probe(&state).x;
            let shown = Reader::evaluate(optimizer.probe_formula(), &names);
            assert!((probe - shown).abs() < 1e-9, "{name} probes {probe}, the formula {shown}");
            // Both see one gradient: a rule of signs would blow rounding up.
            let gradient = if count % 11 == 0 { 0.0 } else { slope(probe) };
            optimizer.step(&mut state, Vector::new(gradient, 0.0), Step { count: k, lr });
            names.extend([("g", gradient), ("k", k), ("lr", lr)].map(|(n, v)| (n.to_owned(), v)));
            for line in &lines {
                let (target, expression) = line.split_once(" = ").expect("an assignment");
                let value = Reader::evaluate(expression, &names);
                names.insert(target.to_owned(), value);
            }
            let (w, shown) = (state.position.x, names["w"]);
            assert!((w - shown).abs() < 1e-9, "{name} is at {w} in step {count}, not {shown}");
        }
    }
}

#[test]
fn formulas_keep_their_names_apart() {
    for variant in variants() {
        for line in variant.build().formula() {
            let (target, _) = line.split_once(" = ").expect("an assignment");
            let taken = variant.settings.get(target).is_some() || ["g", "k"].contains(&target);
            assert!(!taken, "{}: {line} overwrites what is given", variant.name);
        }
    }
}
