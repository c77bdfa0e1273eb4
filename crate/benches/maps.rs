//! What maps cost: balls one by one through the traits, and side by side.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use momentum_lab::configuration::{Configuration, Value};
use momentum_lab::map::{Cell, Map, Options};
use momentum_lab::math::lockstep::{Limits, Moving};
use momentum_lab::optimizer::{ConstantRule, State, Step};
use momentum_lab::run::{DIVERGED, Plan};
use momentum_lab::surface::AnySurface;
use std::hint::black_box;
use std::time::Duration;

/// Surfaces and rules of all costs, each with a learning rate and the side of its map in cells.
const MAPS: [(&str, &str, f64, f64); 8] = [
    ("himmelblau", "momentum", 0.01, 512.0),
    ("rosenbrock", "nesterov", 2e-4, 128.0),
    ("himmelblau", "adam", 0.05, 256.0),
    ("rosenbrock", "nadam", 0.02, 128.0),
    ("beale", "adam", 0.05, 128.0),
    ("rastrigin", "momentum", 0.001, 64.0),
    ("logistic-regression", "momentum", 0.3, 32.0),
    ("expression", "momentum", 0.01, 64.0),
];

const STEPS: usize = 500;
const TOLERANCE: f64 = 1e-3;

fn map(surface: &str, optimizer: &str, lr: f64, side: f64) -> (Configuration, Map) {
    let map = |fields: &[(&str, Value)]| {
        Value::Map(fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
    };
    let optimizer = map(&[("id", optimizer.into()), ("lr", lr.into())]);
    let asked = map(&[
        ("surface", surface.into()),
        ("optimizer", optimizer),
        ("steps", (STEPS as f64).into()),
        ("tolerance", TOLERANCE.into()),
    ]);
    let configuration = Configuration::strict(&asked).expect("a known pair");
    let options = map(&[
        ("width", side.into()),
        ("height", side.into()),
        ("max_steps", (STEPS as f64).into()),
        ("tolerance", TOLERANCE.into()),
    ]);
    let options = Options::basins(&configuration, &options).expect("options");
    let map = Map::new(&configuration, options);
    (configuration, map)
}

/// Steps that a ball makes until it stops, without recording.
fn one(surface: &dyn AnySurface, plan: &Plan, mut state: State) -> usize {
    let segment = &plan.segments[0];
    for made in 0..plan.steps {
        let (_, gradient) = surface.gradient(segment.optimizer.probe(&state));
        if gradient.norm() < plan.tolerance || !state.position.is_within(DIVERGED) {
            return made;
        }
        let step = Step { count: (made + 1) as f64, lr: segment.lr };
        segment.optimizer.step(&mut state, gradient, step);
    }
    plan.steps
}

fn maps(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("maps");
    group.sample_size(10).warm_up_time(Duration::from_secs(1));
    for (surface_id, optimizer_id, lr, side) in MAPS {
        let (configuration, mut map) = map(surface_id, optimizer_id, lr, side);
        let surface = configuration.surface.entry.build(&configuration.surface.settings);
        let plan = configuration.plan(0);
        let grid = map.options().grid;
        let starts: Vec<_> = (0..grid.width * grid.height)
            .map(|index| map.start(Cell { column: index % grid.width, row: index / grid.width }))
            .collect();
        let steps: u64 = map.whole().steps.iter().map(|steps| u64::from(*steps)).sum();
        group.throughput(Throughput::Elements(steps));
        let name = format!("{surface_id}/{optimizer_id}");
        group.bench_function(BenchmarkId::new("one by one", &name), |bencher| {
            bencher.iter(|| {
                let states = starts.iter().map(|&position| State { position, ..State::default() });
                states.map(|state| one(&*surface, &plan, black_box(state))).sum::<usize>()
            });
        });
        if let Some(rule) = plan.segments[0].optimizer.frequent() {
            let rule = ConstantRule { rule, lr: plan.segments[0].lr };
            let limits = Limits { quiet: TOLERANCE * TOLERANCE, far: DIVERGED };
            group.bench_function(
                BenchmarkId::new("one by one, compiled together", &name),
                |bencher| {
                    bencher.iter(|| {
                        let balls = starts.iter().map(|start| [start.x, start.y]);
                        let roll = |place| {
                            let mut ball = black_box(Moving::at_start(place));
                            surface.roll_one(rule, &mut ball, plan.steps, limits).made
                        };
                        balls.map(roll).sum::<usize>()
                    });
                },
            );
        }
        group.bench_function(BenchmarkId::new("side by side", &name), |bencher| {
            bencher.iter(|| black_box(&mut map).whole());
        });
    }
    group.finish();
}

criterion_group!(benches, maps);
criterion_main!(benches);
