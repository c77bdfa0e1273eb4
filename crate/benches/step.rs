//! What steps cost: one, a long path, and many balls.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use momentum_lab::configuration::{Configuration, Value};
use momentum_lab::optimizer::{State, Step};
use momentum_lab::run::Run;
use momentum_lab::surface::AnySurface;
use std::hint::black_box;

/// Surfaces and optimizers of all costs: from a handful of products to exponentials, data and a
/// formula that is interpreted.
const PAIRS: [(&str, &str); 8] = [
    ("parabola", "gd"),
    ("ravine", "momentum"),
    ("rosenbrock", "nesterov"),
    ("rosenbrock", "adam"),
    ("rastrigin", "lion"),
    ("ackley", "radam"),
    ("logistic-regression", "momentum"),
    ("expression", "momentum"),
];

/// A pair as a configuration, with a learning rate at which nothing diverges.
fn pair(surface: &str, optimizer: &str, steps: usize) -> Configuration {
    let map = |fields: [(&str, Value); 2]| {
        Value::Map(fields.map(|(name, value)| (name.to_owned(), value)).into())
    };
    let optimizer = map([("id", optimizer.into()), ("lr", 1e-4.into())]);
    let asked = map([("surface", surface.into()), ("optimizer", optimizer)]);
    let configuration = Configuration::strict(&asked).expect("a known pair");
    Configuration { steps, ..configuration }
}

fn surface(configuration: &Configuration) -> Box<dyn AnySurface> {
    configuration.surface.entry.build(&configuration.surface.settings)
}

/// One step of one ball: the gradient and the rule.
fn step(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("step");
    for (surface_id, optimizer_id) in PAIRS {
        let configuration = pair(surface_id, optimizer_id, 1);
        let (surface, plan) = (surface(&configuration), configuration.plan(0));
        let segment = &plan.segments[0];
        let start = State { position: plan.start, ..State::default() };
        group.bench_function(BenchmarkId::new(surface_id, optimizer_id), |bencher| {
            bencher.iter(|| {
                let mut state = black_box(start);
                let (_, gradient) = surface.gradient(segment.optimizer.probe(&state));
                segment.optimizer.step(&mut state, gradient, Step { count: 1.0, lr: segment.lr });
                state
            });
        });
    }
    group.finish();
}

/// A whole path, with everything recorded.
fn path(criterion: &mut Criterion) {
    const STEPS: usize = 10_000;
    let mut group = criterion.benchmark_group("path");
    group.throughput(Throughput::Elements(STEPS as u64));
    for (surface_id, optimizer_id) in PAIRS {
        let configuration = pair(surface_id, optimizer_id, STEPS);
        let (surface, plan) = (surface(&configuration), configuration.plan(0));
        let mut run = Run::new();
        group.bench_function(BenchmarkId::new(surface_id, optimizer_id), |bencher| {
            bencher.iter(|| run.compute(&*surface, black_box(&plan)));
        });
        assert_eq!(run.last_step(), STEPS, "{optimizer_id} leaves {surface_id}");
    }
    group.finish();
}

/// A thousand balls from starts in a row.
fn many(criterion: &mut Criterion) {
    const BALLS: usize = 1000;
    const STEPS: usize = 100;
    let mut group = criterion.benchmark_group("many");
    group.throughput(Throughput::Elements((BALLS * STEPS) as u64));
    for (surface_id, optimizer_id) in [("ravine", "momentum"), ("rosenbrock", "adam")] {
        let configuration = pair(surface_id, optimizer_id, STEPS);
        let surface = surface(&configuration);
        let mut balls: Vec<_> = (0..BALLS)
            .map(|index| {
                let mut plan = configuration.plan(0);
                plan.start.x *= index as f64 / BALLS as f64;
                (plan, Run::new())
            })
            .collect();
        group.bench_function(BenchmarkId::new(surface_id, optimizer_id), |bencher| {
            bencher.iter(|| {
                for (plan, run) in &mut balls {
                    run.compute(&*surface, black_box(plan));
                }
            });
        });
    }
    group.finish();
}

criterion_group!(benches, step, path, many);
criterion_main!(benches);
