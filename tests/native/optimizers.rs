//! Every optimizer of the registry keeps the promises that an optimizer makes.

use crate::surfaces::check_parameters;
use momentum_lab::geometry::Point;
use momentum_lab::optimizer::OPTIMIZERS;
use momentum_lab::parameter::{Kind, Setting, Settings};
use momentum_lab::run::{Plan, Run, Status};
use momentum_lab::surface;
use std::collections::HashSet;

#[test]
fn ids_are_unique_and_parameters_sound() {
    let ids: HashSet<_> = OPTIMIZERS.iter().map(|entry| entry.description.id).collect();
    assert_eq!(ids.len(), OPTIMIZERS.len());
    for entry in OPTIMIZERS {
        let description = entry.description;
        check_parameters(description.id, &entry.parameters());
        assert!(!description.formula.is_empty() && !description.source.is_empty());
        assert_eq!(entry.parameters()[0].id, "lr", "{}", description.id);
    }
}

/// Every optimizer with its defaults, and again with each option of each choice.
fn variants() -> Vec<(String, &'static momentum_lab::optimizer::Entry, Settings)> {
    let mut all = Vec::new();
    for entry in OPTIMIZERS {
        let defaults = Settings::defaults(&entry.parameters());
        all.push((entry.description.id.to_owned(), entry, defaults.clone()));
        for spec in entry.parameters() {
            let Kind::Choice { options, .. } = spec.kind else { continue };
            for option in options {
                let mut settings = defaults.clone();
                settings.set(spec.id, Setting::Choice(option.id));
                all.push((format!("{} {}", entry.description.id, option.id), entry, settings));
            }
        }
    }
    all
}

#[test]
fn suggested_learning_rates_bring_every_optimizer_down_the_bowl() {
    let bowl = surface::find("bowl").expect("bowl").with_defaults();
    for (name, entry, settings) in variants() {
        let optimizer = entry.build(&settings);
        let lr = optimizer.learning_rate(bowl.learning_rate());
        let plan = Plan { start: bowl.start(), steps: 1000, lr, tolerance: 1e-3 };
        let mut run = Run::new();
        run.compute(&*bowl, &*optimizer, plan);
        assert!(matches!(run.status(), Status::Converged(_)), "{name}: {:?}", run.status());
        assert_eq!(run.points().len(), 1001, "{name} stops early");
        assert!(run.losses()[1000] < 1e-6, "{name}");
    }
}

#[test]
fn divergence_is_a_result_with_its_step() {
    let bowl = surface::find("bowl").expect("bowl").with_defaults();
    for (name, entry, settings) in variants() {
        let optimizer = entry.build(&settings);
        for lr in [50.0, 1e6] {
            let plan = Plan { start: Point::new(3.0, 1.0), steps: 2000, lr, tolerance: 1e-3 };
            let mut run = Run::new();
            run.compute(&*bowl, &*optimizer, plan);
            let Status::Diverged(step) = run.status() else { panic!("{name} at {lr}") };
            assert_eq!(step, run.last_step(), "{name}");
            assert!(!run.end().is_within(1e12) && run.points()[step - 1].is_within(1e12), "{name}");
        }
    }
}
