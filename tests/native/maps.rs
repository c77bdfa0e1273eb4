//! Maps say of every ball what a run of its own says, bit for bit.

use crate::support::simulated;
use momentum_lab::configuration::{Configuration, Error, Value};
use momentum_lab::map::{
    Cell, Cells, DIVERGED, Grid, Map, Options, Pass, STRIDES, UNDECIDED, UNDEFINED,
};
use momentum_lab::math::geometry::Vector;
use momentum_lab::math::number::{LANES, Lanes, Pair, Real};
use momentum_lab::optimizer::{Balls, Hint, MEMORY, OPTIMIZERS, Round, State, Step};
use momentum_lab::parameter::Kind;
use momentum_lab::run::Status;
use momentum_lab::run::measure::{End, Measured};
use momentum_lab::surface::{self, SURFACES};
use serde_json::{Value as Json, json};
use std::array::from_fn;

fn value(json: &Json) -> Value {
    serde_json::from_value(json.clone()).expect("plain data")
}

fn configuration(json: &Json) -> Configuration {
    Configuration::strict(&value(json)).unwrap_or_else(|error| panic!("{error} in {json}"))
}

fn basins(asked: &Json, options: Json) -> Map {
    let configuration = configuration(asked);
    let options = Options::basins(&configuration, &value(&options));
    Map::new(&configuration, options.unwrap_or_else(|error| panic!("{error} in {asked}")))
}

fn tuning(asked: &Json, options: Json) -> Map {
    let configuration = configuration(asked);
    let options = Options::tuning(&configuration, &value(&options));
    Map::new(&configuration, options.unwrap_or_else(|error| panic!("{error} in {asked}")))
}

/// Label, steps and overshoots by a run of its own.
fn alone(mut asked: Json, max_steps: usize, tolerance: f64) -> (u8, u16, u16) {
    asked["steps"] = json!(max_steps);
    asked["tolerance"] = json!(tolerance);
    let done = simulated(asked);
    let run = &done.run;
    let steps = match run.status() {
        Status::Running | Status::Leaving(_) => max_steps,
        Status::Converged(step) | Status::Diverged(step) | Status::Undefined(step) => step,
    };
    let label = match Measured::of(run, &*done.surface).end {
        End::Minimum { index } => u8::try_from(index).unwrap_or(UNDECIDED),
        End::Diverged { .. } | End::Leaving { .. } => DIVERGED,
        End::Undefined { .. } => UNDEFINED,
        End::OtherMinimum { .. } | End::Saddle { .. } | End::Plateau { .. } | End::Moving => {
            UNDECIDED
        }
    };
    let last = run.overshoots()[run.last_step()];
    (label, steps as u16, last[0].max(last[1]) as u16)
}

/// Cells here and there, the corners among them.
fn some(grid: Grid, count: usize) -> Vec<Cell> {
    let Grid { width, height } = grid;
    let mut state = 12_345_u64;
    let mut cells = vec![Cell { column: 0, row: 0 }, Cell { column: width - 1, row: height - 1 }];
    while cells.len() < count {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let drawn = (state >> 33) as usize;
        cells.push(Cell { column: drawn % width, row: drawn / width % height });
    }
    cells
}

/// More cells than balls that run at a time, so that some wait.
const GRID: Grid = Grid { width: 23, height: 17 };
const MAX_STEPS: usize = 160;
const TOLERANCE: f64 = 0.05;

fn size() -> Json {
    json!({"width": GRID.width, "height": GRID.height, "max_steps": MAX_STEPS,
           "tolerance": TOLERANCE})
}

/// Compares a map over starts with runs of their own; the labels that it shows.
fn check_basins(asked: &Json) -> Vec<u8> {
    let mut map = basins(asked, size());
    let cells = map.whole();
    for cell in some(GRID, 12) {
        let start = map.start(cell);
        let mut asked = asked.clone();
        asked["start"] = json!([start.x, start.y]);
        let at = cell.row * GRID.width + cell.column;
        let (label, steps, _) = alone(asked.clone(), MAX_STEPS, TOLERANCE);
        assert_eq!((cells.labels[at], cells.steps[at]), (label, steps), "{cell:?} of {asked}");
    }
    assert!(cells.overshoots.is_empty());
    cells.labels
}

/// Compares a map over settings with runs of their own; what it shows.
fn check_tuning(asked: &Json, scale: &str) -> Cells {
    let mut options = size();
    let lr = suited(asked, 1.0);
    options["lr"] = json!([lr * 0.03, lr * 30.0]);
    (options["beta"], options["beta_scale"]) = (json!([0.1, 0.98]), json!(scale));
    let mut map = tuning(asked, options);
    let cells = map.whole();
    for cell in some(GRID, 12) {
        let (lr, beta) = map.setting(cell).expect("a setting");
        let mut asked = asked.clone();
        (asked["optimizer"]["lr"], asked["optimizer"]["beta"]) = (json!(lr), json!(beta));
        let at = cell.row * GRID.width + cell.column;
        let found = (cells.labels[at], cells.steps[at], cells.overshoots[at]);
        let single = map.at(lr, beta);
        assert_eq!(found, (single.labels[0], single.steps[0], single.overshoots[0]), "{asked}");
        assert_eq!(found, alone(asked.clone(), MAX_STEPS, TOLERANCE), "{cell:?} of {asked}");
    }
    cells
}

/// A learning rate that suits, `times` as large.
fn suited(asked: &Json, times: f64) -> f64 {
    let configuration = configuration(asked);
    let surface = configuration.surface.entry.build(&configuration.surface.settings);
    let run = &configuration.runs[0];
    let suggestion = Hint { plain: surface.learning_rate(), width: surface.view().width() };
    run.entry.build(&run.settings).learning_rate(suggestion) * times
}

/// Each optimizer in all its forms and with its switches turned.
fn rules() -> Vec<Json> {
    let mut rules = Vec::new();
    for entry in OPTIMIZERS {
        let id = entry.description.id;
        rules.push(json!({"id": id}));
        for spec in entry.parameters() {
            match spec.kind {
                Kind::Choice { options, default } => {
                    let others = options.iter().filter(|option| option.id != default);
                    rules.extend(others.map(|option| json!({"id": id, spec.id: option.id})));
                }
                Kind::Toggle { default } => rules.push(json!({"id": id, spec.id: !default})),
                Kind::Number { .. } | Kind::Text { .. } => {}
            }
        }
        rules.push(json!({"id": id, "weight_decay": 0.03, "maximize": true}));
    }
    rules
}

/// What may stand around a rule, by turns.
fn dressed(mut asked: Json, turn: usize) -> Json {
    let lr = suited(&asked, [1.0, 6.0, 0.3][turn % 3]);
    asked["optimizer"]["lr"] = json!(lr);
    match turn % 5 {
        1 => {
            asked["optimizer"]["schedule"] = json!(["cosine", "step", "warm-up"][turn % 3]);
            asked["optimizer"]["schedule_steps"] = json!(30);
        }
        2 => asked["noise"] = json!(0.4),
        3 => {
            asked["optimizer"]["changes"] = json!([
                {"step": 3, "lr": lr * 0.5},
                {"step": 7, "weight_decay": 0.01},
                {"step": 12, "weight_decay": 0.02},
                {"step": 40, "lr": lr * 2.0},
            ]);
        }
        4 => asked["optimizer"]["weight_decay"] = json!(0.05),
        _ => {}
    }
    asked
}

#[test]
fn every_rule_does_on_a_map_what_it_does_alone() {
    let surfaces = ["rosenbrock", "six-hump-camel", "ravine", "well", "beale", "rastrigin", "bowl"];
    let mut labels = Vec::new();
    for (turn, rule) in rules().into_iter().enumerate() {
        let asked = json!({"surface": surfaces[turn % surfaces.len()], "optimizer": rule});
        // Plain, and with each of what may stand around it.
        for around in 0..5 {
            labels.extend(check_basins(&dressed(asked.clone(), 5 * turn + around)));
        }
    }
    for label in [0, 1, UNDECIDED, DIVERGED] {
        assert!(labels.contains(&label), "no ball ends as {label}");
    }
}

#[test]
fn every_rule_settles_on_a_map_at_the_step_at_which_it_settles_alone() {
    let mut settled = 0;
    for (turn, entry) in OPTIMIZERS.iter().enumerate() {
        let rule = |more: Json| {
            let mut rule = json!({"id": entry.description.id});
            for (key, value) in more.as_object().expect("settings") {
                rule[key] = value.clone();
            }
            json!({"surface": (["himmelblau", "booth"][turn % 2]), "optimizer": rule})
        };
        let cosine = json!({"weight_decay": 0, "schedule": "cosine", "schedule_steps": 40,
                            "schedule_factor": 0});
        for more in [json!({"weight_decay": 0}), json!({"weight_decay": 0.3}), cosine] {
            let mut asked = rule(more);
            asked["optimizer"]["lr"] = json!(suited(&asked, 1.0));
            let mut map = basins(&asked, json!({"width": 9, "height": 7, "max_steps": 400}));
            let cells = map.whole();
            for index in 0..63 {
                let start = map.start(Cell { column: index % 9, row: index / 9 });
                asked["start"] = json!([start.x, start.y]);
                let (label, steps, _) = alone(asked.clone(), 400, 1e-3);
                assert_eq!((cells.labels[index], cells.steps[index]), (label, steps), "{asked}");
                settled += usize::from(steps < 400);
            }
        }
    }
    assert!(settled > 1000, "{settled} balls settle");
}

#[test]
fn balls_that_move_away_and_that_lose_their_gradient_have_their_labels() {
    let label = |asked: Json, options: Json| {
        let mut map = basins(&asked, options);
        let cells = map.whole();
        let start = map.start(Cell { column: 0, row: 0 });
        let mut single = asked;
        single["start"] = json!([start.x, start.y]);
        let steps = map.options().max_steps;
        let (label, steps, _) = alone(single, steps, 1e-3);
        assert_eq!((cells.labels[0], cells.steps[0]), (label, steps));
        (label, steps)
    };
    let one = |bounds: [f64; 4], steps: usize| json!({"width": 1, "height": 1, "bounds": bounds, "max_steps": steps});
    for id in ["gd", "momentum", "adam"] {
        let at = |formula: &str, x: f64, lr: f64, steps: usize| {
            let asked =
                json!({"surface": {"expression": formula}, "optimizer": {"id": id, "lr": lr}});
            label(asked, one([x - 0.1, x + 0.1, 0.9, 1.1], steps))
        };
        assert_eq!(at("x", 0.0, 1.0, 200), (DIVERGED, 200), "{id} moves away");
        assert_eq!(at("x", 0.0, 0.001, 20), (UNDECIDED, 20), "{id} does not");
        assert_eq!(at("sqrt(x-100)", 0.0, 0.1, 50), (UNDEFINED, 0), "{id} is nowhere");
        assert_eq!(at("ln(x) + y^2", 1.0, 0.1, 400).0, UNDEFINED, "{id} walks over the edge");
    }
}

#[test]
fn every_surface_is_on_a_map_what_it_is_alone() {
    for (turn, entry) in SURFACES.iter().enumerate() {
        let rule = ["momentum", "adam", "nesterov"][turn % 3];
        let asked = json!({"surface": entry.description.id, "optimizer": {"id": rule}});
        check_basins(&dressed(asked, turn));
    }
}

#[test]
fn rules_with_loops_of_their_own_do_in_them_what_they_do_alone() {
    // Two surfaces that are undefined in places, where gradients are no numbers.
    let holed = ["sqrt(x) + y^2", "x^y + y^2"];
    let surfaces = SURFACES.iter().map(|entry| json!(entry.description.id));
    let surfaces = surfaces.chain(holed.map(|formula| json!({"expression": formula})));
    for (turn, surface) in surfaces.enumerate() {
        for rule in ["gd", "momentum", "nesterov"] {
            let mut asked = json!({"surface": surface, "optimizer": {"id": rule}});
            asked["optimizer"]["lr"] = json!(suited(&asked, [1.0, 6.0, 0.3][turn % 3]));
            check_basins(&asked);
            // One ball, which runs by itself.
            let mut size = size();
            (size["width"], size["height"]) = (json!(1), json!(1));
            let mut map = basins(&asked, size);
            let start = map.start(Cell { column: 0, row: 0 });
            asked["start"] = json!([start.x, start.y]);
            let cells = map.whole();
            let (label, steps, _) = alone(asked.clone(), MAX_STEPS, TOLERANCE);
            assert_eq!((cells.labels[0], cells.steps[0]), (label, steps), "{asked}");
        }
    }
}

#[test]
fn formulas_with_holes_are_on_a_map_what_they_are_alone() {
    for (turn, formula) in [
        "sqrt(x) + y^2",
        "x*ln(x) + y^2",
        "x^y + y^2",
        "1/x^2 + x^2 + abs(y)",
        "max(x, y)^2 + min(x, 1)^2 + floor(x)",
        "atan2(y, x)^2 + cbrt(x*y)",
        "exp(x) + exp(-x) + tan(y)/3",
        "asin(x/3)^2 + y^2",
    ]
    .into_iter()
    .enumerate()
    {
        let look_ahead = json!({"id": "nesterov", "form": "lookahead"});
        let asked = json!({"surface": {"expression": formula}, "optimizer": look_ahead});
        check_basins(&dressed(asked, turn));
    }
}

#[test]
fn minibatches_are_on_a_map_what_they_are_alone() {
    let data = SURFACES.iter().filter(|entry| entry.with_defaults().samples() > 0);
    for (turn, entry) in data.enumerate() {
        for rule in [json!({"id": "momentum"}), json!({"id": "nesterov", "form": "sequence"})] {
            let asked = json!({"surface": entry.description.id, "optimizer": rule, "batch": 3,
                               "noise": 0.01});
            let asked = dressed(asked, 5 * turn + 3);
            check_basins(&asked);
            check_tuning(&asked, "linear");
        }
    }
}

#[test]
fn settings_are_on_a_map_what_they_are_alone() {
    let mut overshoots = 0;
    let mut labels = Vec::new();
    for (turn, (surface, rule)) in [
        ("ravine", json!({"id": "momentum"})),
        ("himmelblau", json!({"id": "momentum", "form": "ema"})),
        ("rosenbrock", json!({"id": "nesterov", "form": "lookahead"})),
        ("well", json!({"id": "qhm"})),
        ("parabola", json!({"id": "momentum", "dampening": 0.3})),
        ("saddle", json!({"id": "nesterov"})),
        ("three-hump-camel", json!({"id": "momentum", "form": "polyak"})),
        ("linear-regression", json!({"id": "momentum"})),
    ]
    .into_iter()
    .enumerate()
    {
        let asked = dressed(json!({"surface": surface, "optimizer": rule}), turn);
        let cells = check_tuning(&asked, ["linear", "near-one"][turn % 2]);
        overshoots += cells.overshoots.iter().map(|count| usize::from(*count)).sum::<usize>();
        labels.extend(cells.labels);
    }
    assert!(overshoots > 1000, "{overshoots} overshoots");
    assert!(labels.contains(&DIVERGED) && labels.contains(&1), "too alike");
}

#[test]
fn pieces_make_the_whole() {
    let momentum = json!({"id": "momentum", "lr": 0.01});
    let asked = json!({"surface": "himmelblau", "optimizer": momentum});
    let size = json!({"width": 40, "height": 33, "max_steps": 300});
    for mut map in [basins(&asked, size.clone()), tuning(&asked, size.clone())] {
        let grid = map.options().grid;
        let pass = Pass { stride: 1024, refines: true };
        assert_eq!(map.run(pass, 0..33, 0..40), Cells::default(), "it is known");
        let whole = map.whole();
        for pass in Pass::over(&STRIDES) {
            for rows in [0..9, 9..20, 20..33] {
                let piece = map.run(pass, rows.clone(), 0..40);
                let at: Vec<usize> = grid
                    .cells(pass, rows, 0..40)
                    .map(|cell| cell.row * grid.width + cell.column)
                    .collect();
                let labels: Vec<u8> = at.iter().map(|&at| whole.labels[at]).collect();
                let steps: Vec<u16> = at.iter().map(|&at| whole.steps[at]).collect();
                assert_eq!((piece.labels, piece.steps), (labels, steps));
                let overshoots = piece.overshoots.iter().zip(&at);
                assert!(overshoots.into_iter().all(|(count, &at)| *count == whole.overshoots[at]));
            }
        }
    }
}

#[test]
fn a_map_of_himmelblau_has_four_basins() {
    let asked = json!({"surface": "himmelblau", "optimizer": {"id": "gd", "lr": 0.01}});
    let mut map = basins(&asked, json!({"width": 24, "height": 20}));
    let cells = map.whole();
    assert_eq!(map.minima(), surface::find("himmelblau").expect("known").with_defaults().minima());
    for (index, minimum) in map.minima().iter().enumerate() {
        // The cell in which it lies belongs to it.
        let near = |cell: &Cell| (map.start(*cell) - *minimum).norm();
        let all = map.options().grid.cells(Pass { stride: 1, refines: false }, 0..20, 0..24);
        let cell = all.min_by(|a, b| near(a).total_cmp(&near(b))).expect("cells");
        assert_eq!(usize::from(cells.labels[cell.row * 24 + cell.column]), index);
    }
    assert!(cells.labels.iter().all(|label| *label < 4 || *label == UNDECIDED));
}

#[test]
fn wrong_options_are_named() {
    let asked = json!({"surface": "ravine", "runs": [{"id": "momentum"}, {"id": "adam"}]});
    let configuration = configuration(&asked);
    type Read = fn(&Configuration, &Value) -> Result<Options, Error>;
    let near_one = json!({"beta": [0.5, 1], "beta_scale": "near-one"});
    let cases: [(Read, Json, &str, &str); 18] = [
        (Options::basins, json!({"width": 0}), "width", "0 is not in 1 to 1024"),
        (Options::basins, json!({"height": 1025}), "height", "1025 is not in"),
        (Options::basins, json!({"width": 2.5}), "width", "2.5 is not a whole number"),
        (Options::basins, json!({"max_steps": 65536}), "max_steps", "65536 is not in 1 to"),
        (Options::basins, json!({"tolerance": 0}), "tolerance", "0 is not in"),
        (Options::basins, json!({"tolerance": "a"}), "tolerance", "\"a\" is not a number"),
        (Options::basins, json!({"run": 2}), "run", "2 is not in 0 to 1"),
        (Options::basins, json!({"bounds": [1, 1, 0, 2]}), "bounds", "is no rectangle"),
        (Options::basins, json!({"bounds": [1, 2]}), "bounds", "is not a list of 4"),
        (Options::basins, json!({"lr": [1, 2]}), "lr", "no such field"),
        (Options::basins, json!([1]), "options", "is not an object"),
        (Options::tuning, json!({"lr": [0.1, 0.1]}), "lr", "0.1 to 0.1 is no range"),
        (Options::tuning, json!({"lr": [0, 0.1]}), "lr", "0 to 0.1 is no range"),
        (Options::tuning, json!({"beta": [0, 1.5]}), "beta[1]", "1.5 is not in 0 to 1"),
        (Options::tuning, near_one, "beta", "0.5 to 1 is no range"),
        (Options::tuning, json!({"beta_scale": 1}), "beta_scale", "1 is not one of linear, near"),
        (Options::tuning, json!({"bounds": [0, 1, 0, 1]}), "bounds", "no such field"),
        (Options::tuning, json!({"run": 1}), "runs[1].beta", "no such parameter"),
    ];
    for (read, options, field, message) in cases {
        let error = read(&configuration, &value(&options)).expect_err(message);
        assert_eq!(error.field, field, "{options}");
        assert!(error.reason.to_string().contains(message), "{options}: {error}");
    }
    let plain = Options::basins(&configuration, &Value::Nothing).expect("defaults");
    assert_eq!(plain.axes, momentum_lab::map::Axes::Starts(configuration.view));
}

/// The same number, NaN among them.
fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

#[test]
fn gradients_and_steps_side_by_side_have_the_bits_of_single_ones() {
    for (turn, rule) in rules().into_iter().enumerate() {
        let surface = SURFACES[turn % SURFACES.len()].with_defaults();
        let asked = json!({"surface": surface.description().id, "optimizer": rule});
        let asked = dressed(asked, 5 * turn + 4);
        let run = &configuration(&asked).runs[0];
        let (rule, lr) = (run.entry.build(&run.settings), run.settings.number("lr"));
        let noise = (turn % 2 == 0).then_some(Vector::new(0.02, -0.01));
        let start = |lane: usize| surface.start() + Vector::new(0.1, -0.07) * lane as f64;
        let rate = |lane: usize| lr * (1.0 + lane as f64);
        const AGAIN: usize = 12;

        let mut single: [State; LANES] =
            from_fn(|lane| State { position: start(lane), ..State::default() });
        let mut places =
            [Pair::of([Lanes::new(|lane| start(lane).x), Lanes::new(|lane| start(lane).y)])];
        let mut memories = [[Pair::default(); MEMORY]];
        let (mut probes, mut slopes) = (places, places);
        for k in 1..=30 {
            // Every other ball begins anew on the way, so that not all are at the same step.
            let late = |lane: usize| lane % 2 == 1 && k > AGAIN;
            let count = |lane: usize| if late(lane) { k - AGAIN } else { k } as f64;
            for lane in (0..LANES).filter(|&lane| late(lane) && k == AGAIN + 1) {
                let begin = start(lane);
                single[lane] = State { position: begin, ..State::default() };
                for (axis, number) in [begin.x, begin.y].into_iter().enumerate() {
                    places[0].set(axis * LANES + lane, number);
                    memories[0].iter_mut().for_each(|pair| pair.set(axis * LANES + lane, 0.0));
                }
            }
            let balls = Balls { positions: &mut places, memories: &mut memories };
            rule.probes(&balls, &mut probes);
            surface.gradients(&probes, &mut slopes);
            if let Some(noise) = noise {
                slopes[0] = slopes[0] + Pair::of([noise.x, noise.y].map(Lanes::constant));
            }
            let (counts, lrs) = ([Lanes::new(count)], [Lanes::new(rate)]);
            rule.steps(balls, &slopes, &Round { counts: &counts, lrs: &lrs });
            for (lane, state) in single.iter_mut().enumerate() {
                let slope = surface.gradient(rule.probe(state)).1;
                let step = Step { count: count(lane), lr: rate(lane) };
                let push = noise.map_or(slope, |v| Vector::new(slope.x + v.x, slope.y + v.y));
                rule.step(state, push, step);
                let [x, y] = places[0].split().map(|lanes| lanes.get(lane));
                let equal = same(x, state.position.x) && same(y, state.position.y);
                assert!(equal, "step {k}: ({x}, {y}) is not {:?}: {asked}", state.position);
            }
        }
    }
}
