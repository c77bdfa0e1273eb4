//! Every optimizer of the registry keeps the promises that an optimizer makes.

use crate::support::path;
use crate::surfaces::check_parameters;
use momentum_lab::math::geometry::{Point, Vector};
use momentum_lab::optimizer::{
    AnyOptimizer, Entry, FastRule, Hint, LrMeaning, OPTIMIZERS, State, Step, find,
};
use momentum_lab::parameter::{Kind, Setting, Settings};
use momentum_lab::run::Status;
use momentum_lab::surface::{self, AnySurface, SURFACES};
use std::collections::HashSet;

#[test]
fn ids_are_unique_and_parameters_sound() {
    let ids: HashSet<_> = OPTIMIZERS.iter().map(|entry| entry.description.id).collect();
    assert_eq!(ids.len(), OPTIMIZERS.len());
    for entry in OPTIMIZERS {
        let description = entry.description;
        let parameters = entry.parameters();
        check_parameters(description.id, &parameters);
        assert!(!description.name.is_empty() && !description.source.is_empty());
        let ids: Vec<_> = parameters.iter().map(|spec| spec.id).collect();
        assert_eq!(ids[0], "lr", "{}", description.id);
        assert_eq!(ids[ids.len() - 2..], ["weight_decay", "maximize"], "{}", description.id);
    }
}

/// An optimizer with some settings, and what to call it in an error.
#[derive(Clone)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) entry: &'static Entry,
    pub(crate) settings: Settings,
}

impl Variant {
    pub(crate) fn build(&self) -> Box<dyn AnyOptimizer> {
        self.entry.build(&self.settings)
    }
}

/// Every optimizer with its defaults, and again with each option of each choice and each switch
/// turned, but for `maximize`.
pub(crate) fn variants() -> Vec<Variant> {
    let mut all = Vec::new();
    for entry in OPTIMIZERS {
        let defaults = Settings::defaults(&entry.parameters());
        let id = entry.description.id;
        all.push(Variant { name: id.to_owned(), entry, settings: defaults.clone() });
        let mut add = |spec: &'static str, setting: Setting, label: &str| {
            let mut settings = defaults.clone();
            settings.set(spec, setting);
            all.push(Variant { name: format!("{id} {label}"), entry, settings });
        };
        for spec in entry.parameters() {
            match spec.kind {
                Kind::Choice { options, .. } => {
                    for option in options {
                        add(spec.id, Setting::Choice(option.id), option.id);
                    }
                }
                Kind::Toggle { default } if spec.id != "maximize" => {
                    add(spec.id, Setting::Toggle(!default), spec.id);
                }
                _ => {}
            }
        }
    }
    all
}

/// An optimizer with some settings in place of its defaults.
pub(crate) fn with(id: &str, changes: &[(&str, Setting)]) -> Variant {
    let entry = find(id).unwrap_or_else(|| panic!("no optimizer {id}"));
    let mut settings = Settings::defaults(&entry.parameters());
    for (name, setting) in changes {
        assert!(settings.set(name, setting.clone()), "{id} has no parameter {name}");
    }
    Variant { name: format!("{id} {changes:?}"), entry, settings }
}

fn suggestion(surface: &dyn AnySurface) -> Hint {
    Hint { plain: surface.learning_rate(), width: surface.view().width() }
}

#[test]
fn suggested_learning_rates_bring_every_optimizer_down_the_bowl() {
    let bowl = surface::find("bowl").expect("bowl").with_defaults();
    for variant in variants() {
        let optimizer = variant.build();
        let lr = optimizer.learning_rate(suggestion(&*bowl));
        let meaning = optimizer.description().lr_meaning;
        let run = path(&*bowl, optimizer, lr, bowl.start(), 1000);
        let name = &variant.name;
        assert_eq!(run.points().len(), 1001, "{name} stops early");
        let left = run.losses()[1000] / run.losses()[0];
        if meaning == LrMeaning::Gradient {
            assert!(matches!(run.status(), Status::Converged(_)), "{name}: {:?}", run.status());
            assert!(left < 1e-6, "{name}: {left}");
        } else {
            // Steps of a given length need not settle, but they must arrive.
            assert!(left < 1e-2, "{name}: {left}");
        }
    }
}

#[test]
fn suggested_learning_rates_have_their_values() {
    let number = Setting::Number;
    let form = |id| ("form", Setting::Choice(id));
    let suggested = |id: &str, changes: &[(&str, Setting)], plain: f64, width: f64| {
        with(id, changes).build().learning_rate(Hint { plain, width })
    };
    for (id, changes, plain, width, expected) in [
        ("gd", &[] as &[_], 0.2, 10.0, 0.2),
        ("momentum", &[], 0.2, 10.0, 0.05),
        ("momentum", &[form("polyak")], 0.2, 10.0, 0.05),
        // The gain 1 − β is made up for.
        ("momentum", &[form("ema")], 0.2, 10.0, 0.5),
        ("momentum", &[form("ema"), ("beta", number(0.75))], 0.2, 10.0, 0.2),
        ("momentum", &[form("ema"), ("beta", number(0.0))], 0.2, 10.0, 0.05),
        ("momentum", &[form("ema"), ("beta", number(1.0))], 0.2, 10.0, 0.05),
        ("nesterov", &[], 0.2, 10.0, 0.05),
        // The smaller of what a gradient and what a distance bear.
        ("radam", &[], 0.5, 10.0, 0.2),
        ("radam", &[], 0.1, 10.0, 0.1),
        ("adadelta", &[], 0.2, 10.0, 10.0),
        ("adadelta", &[], 0.2, 3.0, 3.0),
        ("adam", &[], 0.2, 10.0, 0.1),
        ("lion", &[], 0.2, 10.0, 0.1),
    ] {
        let found = suggested(id, changes, plain, width);
        assert!((found / expected - 1.0).abs() < 1e-12, "{id} {changes:?}: {found}");
    }
}

#[test]
fn rules_with_loops_of_their_own_are_known_by_their_numbers() {
    let number = Setting::Number;
    let frequent = |id: &str, changes: &[(&str, Setting)]| with(id, changes).build().frequent();
    assert!(matches!(frequent("gd", &[]), Some(FastRule::Descent)));
    let beta = [("beta", number(0.7))];
    let momentum = frequent("momentum", &beta);
    assert!(matches!(momentum, Some(FastRule::Momentum { beta: 0.7 })), "{momentum:?}");
    let nesterov = frequent("nesterov", &beta);
    assert!(matches!(nesterov, Some(FastRule::Nesterov { beta: 0.7 })), "{nesterov:?}");
    // Whatever is written otherwise or has something around it takes the general way.
    for (id, changes) in [
        ("momentum", &[("form", Setting::Choice("ema"))] as &[_]),
        ("momentum", &[("form", Setting::Choice("polyak"))]),
        ("momentum", &[("dampening", number(0.1))]),
        ("nesterov", &[("form", Setting::Choice("lookahead"))]),
        ("nesterov", &[("form", Setting::Choice("sequence"))]),
        ("gd", &[("weight_decay", number(0.1))]),
        ("momentum", &[("weight_decay", number(0.1))]),
        ("nesterov", &[("maximize", Setting::Toggle(true))]),
        ("adam", &[]),
        ("qhm", &[]),
    ] {
        assert!(frequent(id, changes).is_none(), "{id} {changes:?}");
    }
}

/// `torch.optim.ASGD` keeps `ax`, copied from the parameter while μ is 1 and moved by
/// μ·(parameter − ax) afterwards, with μ = 1/max(1, k − t0) after step k: from step t0 + 2 on the
/// mean of the positions since then.
#[test]
fn averaged_descent_keeps_the_mean_of_torch() {
    for t0 in [0.0, 1.0, 5.0, 100.0] {
        let optimizer =
            with("asgd", &[("t0", Setting::Number(t0)), ("lambd", Setting::Number(0.05))]).build();
        let mut state = State { position: Point::new(2.0, -1.0), ..State::default() };
        let (mut ax, mut mu) = (Vector::default(), 1.0);
        let mut points = Vec::new();
        for count in 1..=40 {
            let gradient = Vector::new(state.position.x, 3.0 * state.position.y);
            let step = Step { count: f64::from(count), lr: 0.1 };
            optimizer.step(&mut state, gradient, step);
            let here = state.position - Point::default();
            points.push(here);
            ax = if mu == 1.0 { here } else { ax - (ax - here) * mu };
            mu = 1.0 / (f64::from(count) - t0).max(1.0);
            let kept = Vector::new(state.memory[0][1], state.memory[1][1]);
            assert!((kept - ax).norm() < 1e-13, "t0 {t0}, step {count}: {kept:?}, not {ax:?}");
        }
        let since = (t0 as usize + 1).min(39);
        let count = (40 - since) as f64;
        let sum = points[since..].iter().fold(Vector::default(), |sum, p| sum - *p * -1.0);
        assert!((ax - sum * (1.0 / count)).norm() < 1e-13, "t0 {t0}: no mean since {since}");
    }
}

#[test]
fn suggested_learning_rates_descend_on_every_surface() {
    for entry in SURFACES {
        let surface = entry.with_defaults();
        for variant in variants() {
            let optimizer = variant.build();
            let lr = optimizer.learning_rate(suggestion(&*surface));
            let run = path(&*surface, optimizer, lr, surface.start(), 300);
            let (name, id) = (&variant.name, entry.description.id);
            let lowest = run.losses().iter().copied().fold(f64::INFINITY, f64::min);
            assert!(lowest < run.losses()[0], "{name} on {id} never gets below its start");
            let bounded = !surface.minima().is_empty();
            let diverged = matches!(run.status(), Status::Diverged(_));
            assert!(!(bounded && diverged), "{name} on {id}: {:?}", run.status());
        }
    }
}

#[test]
fn divergence_is_a_result_with_its_step() {
    let bowl = surface::find("bowl").expect("bowl").with_defaults();
    for variant in variants() {
        for lr in [50.0, 1e6] {
            let optimizer = variant.build();
            let meaning = optimizer.description().lr_meaning;
            let run = path(&*bowl, optimizer, lr, Point::new(3.0, 1.0), 2000);
            let name = &variant.name;
            match run.status() {
                Status::Diverged(step) => {
                    assert_eq!(step, run.last_step(), "{name}");
                    let (end, before) = (run.end(), run.points()[step - 1]);
                    assert!(!end.is_within(1e12) && before.is_within(1e12), "{name}");
                }
                // Only steps that grow with the slope must run away.
                status => {
                    assert_ne!(meaning, LrMeaning::Gradient, "{name} at {lr}: {status:?}");
                    assert_eq!(run.last_step(), 2000, "{name} at {lr}");
                }
            }
        }
    }
}

/// Where an optimizer is after each of these gradients, whatever the probe, from `start`.
pub(crate) fn walk(
    optimizer: &dyn AnyOptimizer,
    lr: f64,
    start: Point,
    gradients: &[Vector],
) -> Vec<Point> {
    let mut state = State { position: start, ..State::default() };
    let mut points = vec![start];
    for (index, &gradient) in gradients.iter().enumerate() {
        let step = Step { count: (index + 1) as f64, lr };
        optimizer.step(&mut state, gradient, step);
        points.push(state.position);
    }
    points
}

#[test]
fn without_a_gradient_nothing_moves() {
    let start = Point::new(1.5, -2.0);
    for mut variant in variants() {
        variant.settings.set("weight_decay", Setting::Number(0.0));
        // Two rules pull or start without being asked: by a decay, by an average that is not 0.
        if variant.entry.description.id == "asgd" {
            variant.settings.set("lambd", Setting::Number(0.0));
        }
        let path = walk(&*variant.build(), 0.1, start, &[Vector::default(); 40]);
        let reach = if variant.entry.description.id == "yogi" { 1e-2 } else { 0.0 };
        let moved = path.iter().map(|&p| (p - start).norm()).fold(0.0, f64::max);
        assert!(moved <= reach, "{}: {moved}", variant.name);
    }
}

#[test]
fn one_coordinate_at_rest_leaves_the_other_alone() {
    for variant in variants() {
        let optimizer = variant.build();
        let slopes = [3.0, -1.0, 0.5, 0.0, -2.0, 1e-3];
        let along =
            walk(&*optimizer, 0.1, Point::new(1.0, 0.0), &slopes.map(|g| Vector::new(g, 0.0)));
        let both = walk(&*optimizer, 0.1, Point::new(1.0, 2.0), &slopes.map(|g| Vector::new(g, g)));
        for (a, b) in along.iter().zip(both) {
            assert_eq!(a.x, b.x, "{}", variant.name);
            assert!(b.y.is_finite(), "{}", variant.name);
        }
    }
}

#[test]
fn maximize_is_descent_on_the_surface_turned_over() {
    let gradients = [3.0, -1.0, 0.5, 2.0, -0.7].map(|g| Vector::new(g, 0.3 * g));
    let turned = gradients.map(|g| g * -1.0);
    for mut variant in variants() {
        variant.settings.set("weight_decay", Setting::Number(0.1));
        let start = Point::new(0.7, -0.4);
        let down = walk(&*variant.build(), 0.05, start, &turned);
        variant.settings.set("maximize", Setting::Toggle(true));
        let up = walk(&*variant.build(), 0.05, start, &gradients);
        assert_eq!(down, up, "{}", variant.name);
    }
}

#[test]
fn coupled_decay_is_a_quadratic_added_to_the_surface() {
    // On ½x² + ½y², decay 0.5 is the same as a curvature of 1.5, look-ahead or not.
    let (lr, decay) = (0.05, 0.5);
    for mut variant in variants() {
        let follow = |variant: &Variant, curvature: f64| {
            let optimizer = variant.build();
            let mut state = State { position: Point::new(2.0, -1.0), ..State::default() };
            for count in 1..=30 {
                let probe = optimizer.probe(&state);
                let slope = Vector::new(curvature * probe.x, curvature * probe.y);
                optimizer.step(&mut state, slope, Step { count: f64::from(count), lr });
            }
            state.position
        };
        variant.settings.set("weight_decay", Setting::Number(0.0));
        let curved = follow(&variant, 1.0 + decay);
        variant.settings.set("weight_decay", Setting::Number(decay));
        let decayed = follow(&variant, 1.0);
        let distance = (curved - decayed).norm();
        if variant.build().decouples() {
            assert!(distance > 1e-4, "{}: {distance}", variant.name);
        } else {
            assert!(distance < 1e-9, "{}: {distance}", variant.name);
        }
    }
}

#[test]
fn decoupled_decay_shrinks_the_coordinate_first() {
    let decay = || ("weight_decay", Setting::Number(0.5));
    let decoupled = || ("decoupled_weight_decay", Setting::Toggle(true));
    for (id, changes) in [
        ("adamw", &[decay()] as &[_]),
        ("lion", &[decay()]),
        ("nadam", &[decay(), decoupled()]),
        ("radam", &[decay(), decoupled()]),
    ] {
        let start = Point::new(4.0, -8.0);
        let path = walk(&*with(id, changes).build(), 0.1, start, &[Vector::default(); 2]);
        for (step, point) in path.iter().enumerate() {
            let factor = 0.95_f64.powi(step as i32);
            assert!((*point - Point::new(4.0 * factor, -8.0 * factor)).norm() < 1e-14, "{id}");
        }
    }
}

#[test]
fn recurrences_are_obeyed_on_a_quadratic() {
    let (lr, curvature) = (0.2, 0.8);
    let number = Setting::Number;
    let mut candidates = variants();
    candidates.push(with("momentum", &[("dampening", number(0.6))]));
    candidates.push(with("momentum", &[("dampening", number(0.6)), ("beta", number(0.0))]));
    candidates.extend([0.0, 0.3, 0.9, 1.0].map(|nu| with("qhm", &[("nu", number(nu))])));
    let obeys = |variant: &Variant| {
        let optimizer = variant.build();
        let Some(recurrence) = optimizer.recurrence() else { return false };
        let mut state = State { position: Point::new(1.0, 0.0), ..State::default() };
        let mut path = vec![1.0];
        for count in 1..=50 {
            let slope = Vector::new(curvature * optimizer.probe(&state).x, 0.0);
            optimizer.step(&mut state, slope, Step { count: f64::from(count), lr });
            path.push(state.position.x);
        }
        for w in path[1..].windows(3) {
            let expected = recurrence.next(lr, curvature, [w[0], w[1]]);
            let size = expected.abs().max(w[1].abs()).max(1.0);
            assert!(
                (w[2] - expected).abs() < 1e-13 * size,
                "{}: {} {expected}",
                variant.name,
                w[2]
            );
        }
        true
    };
    let mut obeyed = Vec::new();
    for plain in candidates {
        if obeys(&plain) {
            obeyed.push(plain.name.clone());
        }
        for (decay, maximize) in [(0.3, false), (0.0, true), (0.3, true)] {
            let mut dressed = plain.clone();
            dressed.settings.set("weight_decay", number(decay));
            dressed.settings.set("maximize", Setting::Toggle(maximize));
            assert_eq!(obeys(&dressed), obeys(&plain), "{} {decay} {maximize}", plain.name);
        }
    }
    assert_eq!(obeyed.len(), 15, "{obeyed:?}");
    assert_eq!(with("adam", &[]).build().recurrence(), None);
}

#[test]
fn pytorch_calls_are_written_as_python() {
    let call = |id: &str, changes: &[(&str, Setting)]| {
        with(id, changes).build().pytorch().map(|(class, arguments)| {
            let arguments: Vec<_> =
                arguments.iter().map(|(name, value)| format!("{name}={value}")).collect();
            format!("{class}({})", arguments.join(", "))
        })
    };
    let number = Setting::Number;
    let form = |id| ("form", Setting::Choice(id));
    for (id, changes, expected) in [
        ("gd", &[] as &[_], Some("SGD()")),
        ("momentum", &[], Some("SGD(momentum=0.9, dampening=0.0)")),
        ("momentum", &[form("ema")], None),
        ("momentum", &[form("polyak")], None),
        ("nesterov", &[], Some("SGD(momentum=0.9, nesterov=True)")),
        ("nesterov", &[("beta", number(0.0))], Some("SGD(momentum=0.0, nesterov=False)")),
        ("nesterov", &[form("sequence")], None),
        ("adam", &[], Some("Adam(betas=(0.9, 0.999), eps=1e-8, amsgrad=False)")),
        ("rprop", &[], Some("Rprop(etas=(0.5, 1.2), step_sizes=(1e-6, 50.0))")),
        ("rprop", &[("weight_decay", number(0.1))], None),
        ("asgd", &[], Some("ASGD(lambd=0.0001, alpha=0.75, t0=1000000.0)")),
        ("lion", &[], None),
    ] {
        assert_eq!(call(id, changes).as_deref(), expected, "{id} {changes:?}");
    }
}
