//! Lessons are true, and their texts quote what was measured.

use momentum_lab::configuration::Value;
use momentum_lab::teaching::lesson::{Claim, LESSONS, Lesson, find};
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::Path;

const PARTS: [&str; 5] = ["title", "text", "question", "choices", "answer"];

fn numbers(scene: &Lesson) -> Vec<(&'static str, Option<f64>)> {
    scene.measure().unwrap_or_else(|error| panic!("{}: {error}", scene.id))
}

/// Every language's texts of one scene, in the order of [`PARTS`].
fn texts(id: &str) -> Vec<(String, [String; 5])> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/messages");
    let files = fs::read_dir(folder).expect("folder of messages").map(|file| file.expect("file"));
    files
        .filter(|file| file.path().is_file())
        .map(|file| {
            let table = fs::read_to_string(file.path()).expect("messages");
            let language = file.file_name().to_string_lossy().into_owned();
            let texts = PARTS.map(|part| {
                let key = format!("\"scene.{id}.{part}\": \"");
                let found = table.lines().find_map(|line| line.trim().strip_prefix(&key));
                let text = found.unwrap_or_else(|| panic!("{language} lacks scene.{id}.{part}"));
                text.strip_suffix("\",").expect("one text a line").to_owned()
            });
            (language, texts)
        })
        .collect()
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}

#[test]
fn every_claim_holds() {
    for scene in LESSONS {
        let numbers = numbers(scene);
        assert!(!scene.claims.is_empty(), "{} claims nothing", scene.id);
        for claim in scene.claims {
            assert!(claim.holds(&numbers), "{}: {claim:?} of {numbers:?}", scene.id);
        }
    }
}

#[test]
fn a_claim_about_a_missing_number_fails() {
    let numbers = [("two", Some(2.0)), ("three", Some(3.0)), ("nothing", None)];
    assert!(Claim::Less("two", 1.0, "three").holds(&numbers));
    assert!(!Claim::Less("two", 0.5, "three").holds(&numbers));
    assert!(!Claim::Less("two", 1.0, "nothing").holds(&numbers));
    assert!(Claim::Between("two", 2.0, 3.0).holds(&numbers));
    assert!(!Claim::Between("nothing", 0.0, 9.0).holds(&numbers));
    assert!(!Claim::Between("unknown", 0.0, 9.0).holds(&numbers));
}

#[test]
fn scenes_are_whole() {
    let ids: HashSet<_> = LESSONS.iter().map(|scene| scene.id).collect();
    assert_eq!(ids.len(), LESSONS.len(), "two scenes of one id");
    for scene in LESSONS {
        let id = scene.id;
        assert!(find(id).is_some_and(|found| found.id == id), "{id} is not found");
        assert!((2..=4).contains(&scene.choices), "{id}: {} choices", scene.choices);
        assert!(scene.right < scene.choices, "{id}: no choice {}", scene.right);
        let configuration = scene.configuration();
        let steps = match configuration.field("steps") {
            Some(Value::Number(steps)) => *steps as usize,
            other => panic!("{id}: steps {other:?}"),
        };
        assert!(scene.stop.is_none_or(|stop| (1..steps).contains(&stop)), "{id}: stops nowhere");
        for (name, number) in numbers(scene) {
            assert!(number.is_some(), "{id}: nothing to measure for {name}");
        }
    }
}

#[test]
fn texts_quote_the_numbers_and_nothing_else() {
    for scene in LESSONS {
        let known: BTreeSet<_> = scene.numbers.iter().map(|&(name, _)| name).collect();
        let claimed = scene.claims.iter().flat_map(|claim| match *claim {
            Claim::Less(small, _, large) => vec![small, large],
            Claim::Between(name, ..) => vec![name],
        });
        let claimed: BTreeSet<_> = claimed.collect();
        for (language, texts) in texts(scene.id) {
            let place = format!("{language}: {}", scene.id);
            let quoted: BTreeSet<_> = texts.iter().flat_map(|text| placeholders(text)).collect();
            let unknown: Vec<_> = quoted.difference(&known).collect();
            assert!(unknown.is_empty(), "{place} quotes {unknown:?}");
            let idle: Vec<_> = known.iter().filter(|name| !quoted.contains(*name)).collect();
            let idle: Vec<_> = idle.into_iter().filter(|name| !claimed.contains(*name)).collect();
            assert!(idle.is_empty(), "{place}: nothing needs {idle:?}");
            assert!(!placeholders(&texts[4]).is_empty(), "{place}: the answer quotes no number");
            assert_eq!(texts[3].split(" | ").count(), scene.choices, "{place}: choices");
        }
    }
}

#[test]
fn the_two_steps_by_hand_have_the_digits_that_pytorch_prints() {
    let scene = find("by-hand").expect("scene");
    let shown: Vec<_> = numbers(scene)
        .into_iter()
        .map(|(_, number)| format!("{:.1$}", number.expect("number"), 6))
        .collect();
    assert_eq!(shown[..4], ["1.000000", "0.990000", "0.990000", "0.971100"]);
    assert_eq!(scene.decimals, Some(6));
}
