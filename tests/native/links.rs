//! Links: what they say, what becomes of those that say nothing sensible.

use crate::formulas;
use crate::support::{Random, simulated};
use momentum_lab::configuration::{Configuration, Error, GENERAL, MAX_RUNS, RunChoice, Value};
use momentum_lab::link::{
    LONGEST, MOST_COMPLAINTS, RESERVED_FOR_LINKS, RESERVED_IN_RUNS, read, write,
};
use momentum_lab::optimizer::OPTIMIZERS;
use momentum_lab::parameter::{Kind, ParameterSpec};
use momentum_lab::surface::SURFACES;
use serde_json::json;
use std::collections::BTreeSet;

fn written(configuration: &Configuration) -> String {
    write(configuration).unwrap_or_else(|error| panic!("{error}"))
}

/// What a link says; it must be well-formed.
#[track_caller]
fn said(link: &str) -> Configuration {
    let (configuration, errors) = read(link);
    assert!(errors.is_empty(), "{link}: {errors:?}");
    configuration
}

fn texts(errors: &[Error]) -> Vec<String> {
    errors.iter().map(ToString::to_string).collect()
}

#[track_caller]
fn assert_same(one: &Configuration, other: &Configuration, why: &str) {
    // Numbers by their shortest digits, so that all bits count.
    let [one, other] = [one, other].map(|c| serde_json::to_string(&c.to_value()).expect("plain"));
    assert_eq!(one, other, "{why}");
}

/// A number that is accepted: often one of the slider, sometimes any, rarely an end.
fn number(spec: &ParameterSpec, chance: &mut Random) -> f64 {
    let Kind::Number { lowest, highest, integer, .. } = spec.kind else { panic!("{}", spec.id) };
    let value = match chance.below(8) {
        0 => lowest,
        1 => highest,
        2 => lowest + chance.share() * (highest - lowest),
        _ => spec.value_at(chance.share()).expect("a number"),
    };
    if integer { value.round() } else { value }
}

fn setting(spec: &ParameterSpec, chance: &mut Random) -> Value {
    match spec.kind {
        Kind::Number { .. } => Value::Number(number(spec, chance)),
        Kind::Choice { options, .. } => Value::from(chance.of(options).id),
        Kind::Toggle { .. } => Value::Toggle(chance.below(2) == 0),
        Kind::Text { .. } => Value::Text(formulas::text(chance, 2)),
    }
}

fn map(fields: Vec<(String, Value)>) -> Value {
    Value::Map(fields)
}

/// Some of the parameters.
fn some(specs: &[ParameterSpec], chance: &mut Random) -> Vec<(String, Value)> {
    let mut fields = Vec::new();
    for spec in specs {
        if chance.below(3) == 0 {
            fields.push((spec.id.to_owned(), setting(spec, chance)));
        }
    }
    fields
}

fn run(chance: &mut Random) -> Value {
    let entry = chance.of(OPTIMIZERS);
    let specs = RunChoice::parameters(entry);
    let mut fields = vec![("id".to_owned(), Value::from(entry.description.id))];
    fields.extend(some(&specs, chance));
    let numbers: Vec<_> =
        specs.into_iter().filter(|spec| matches!(spec.kind, Kind::Number { .. })).collect();
    let changes = (0..chance.below(3)).map(|_| {
        let step = Value::Number((1 + chance.below(500)) as f64);
        map([("step".to_owned(), step)].into_iter().chain(some(&numbers, chance)).collect())
    });
    let changes = changes.collect::<Vec<_>>();
    if !changes.is_empty() {
        fields.push(("changes".to_owned(), Value::List(changes)));
    }
    map(fields)
}

/// Any valid configuration over all registries.
fn configuration(chance: &mut Random) -> Configuration {
    let surface = chance.of(SURFACES).description;
    let mut of_surface = vec![("id".to_owned(), Value::from(surface.id))];
    of_surface.extend(some(surface.parameters, chance));
    let mut fields = some(&GENERAL, chance);
    fields.push(("surface".to_owned(), map(of_surface)));
    if chance.below(4) > 0 {
        let runs = (0..=chance.below(MAX_RUNS)).map(|_| run(chance)).collect();
        fields.push(("runs".to_owned(), Value::List(runs)));
    }
    let mut coordinate = |size: f64| Value::Number((chance.share() - 0.5) * size);
    fields.push(("start".to_owned(), Value::List(vec![coordinate(9.0), coordinate(1e6)])));
    let [low, high] = [coordinate(10.0), coordinate(10.0)];
    if let (Value::Number(low), Value::Number(width)) = (low, high) {
        let view = [low, low + width.abs() + 0.1, -1e-3 * low.abs() - 1e-7, 1.0];
        fields.push(("view".to_owned(), Value::List(view.map(Value::Number).to_vec())));
        let range = [1e-5 + low.abs() * 1e-4, 1.0 + width.abs()];
        fields.push(("plane_lr".to_owned(), Value::List(range.map(Value::Number).to_vec())));
    }
    let left = chance.below(4);
    fields.retain(|(name, _)| left > 0 || !["start", "view", "plane_lr"].contains(&name.as_str()));
    Configuration::strict(&map(fields)).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn any_configuration_comes_back_from_its_link_to_the_bit() {
    let mut chance = Random(0x1234_5678);
    let mut lengths = Vec::new();
    for _ in 0..600 {
        let first = configuration(&mut chance);
        let link = written(&first);
        assert_same(&said(&link), &first, &link);
        assert_same(&said(&format!("#{link}")), &first, "with the sign of a fragment");
        assert_eq!(written(&said(&link)), link, "the same link again");
        lengths.push(link.len());
    }
    lengths.sort_unstable();
    assert!(lengths[300] < 1500, "links are long: {}", lengths[300]);
}

#[test]
fn a_link_says_what_is_not_by_default_and_no_more() {
    let link = |json| {
        let value: Value = serde_json::from_value(json).expect("plain data");
        written(&Configuration::strict(&value).expect("valid"))
    };
    assert_eq!(written(&Configuration::default()), "v=1");
    assert_eq!(link(json!({"surface": "himmelblau"})), "v=1&surface=himmelblau");
    assert_eq!(
        link(json!({
            "surface": {"id": "ravine", "kappa": 40}, "start": [-8, 2],
            "runs": [{"id": "momentum", "lr": 0.02, "beta": 0.5}, {"id": "gd", "lr": 0.02}],
        })),
        "v=1&surface=ravine&kappa=40&start=-8,2&run=momentum,lr:0.02,beta:0.5&run=gd,lr:0.02"
    );
    assert_eq!(
        link(json!({
            "runs": [{"id": "gd", "lr": 1e-7, "visible": false,
                "changes": [{"step": 20, "lr": 0.5}, {"step": 30, "lr": 0.25}]}],
            "steps": 50, "arrows": true, "projection": "space",
        })),
        "v=1&run=gd,lr:1e-7,visible:false,step:20,lr:0.5,step:30,lr:0.25&steps=50&projection=space&arrows=true"
    );
    assert_eq!(
        link(json!({"surface": {"id": "expression", "expression": "(x - 1)^2 + 2.*y*y"}})),
        "v=1&surface=expression&expression=%28x%20-%201%29%5E2%20+%202.%2Ay%2Ay"
    );
}

#[test]
fn links_written_by_hand_or_mangled_by_programs_are_read() {
    let first = said("v=1&surface=ravine&kappa=40&start=-8,2&run=momentum,lr:0.02,beta:0.5&run=gd");
    for link in [
        "#run=momentum,beta:0.5,lr:2e-2&run=gd&start=-8,2&kappa=40",
        "#kappa=40.0&&start= -8 , 2 &run=momentum , lr:0.02 , beta:.5&run=gd&",
        "start=\u{2212}8,2&kappa=+40&run=momentum,lr:0.02,beta:0.5&run=gd",
        "#start=-8%2C2&kappa=40&run=momentum%2Clr%3A0.02%2cbeta%3a0.5&run=gd",
        "#start%3D-8,2%26kappa%3D40%26run%3Dmomentum,lr:0.02,beta:0.5%26run%3Dgd",
        "%73tart=%2D8,2&k%61ppa=40&run=momentum,lr:0.02,beta:0.5&run=gd",
    ] {
        assert_same(&said(link), &first, link);
    }
    let own = said("#expression=x^2 + y^2*(1+x)");
    assert_same(&said("#surface=expression&expression=x%5E2%20%2B%20y^2*%281+x)"), &own, "escapes");
    assert_eq!(own.surface.settings.text("expression"), "x^2 + y^2*(1+x)");
    for (text, on) in [("true", true), ("on", true), ("1", true), ("false", false), ("0", false)] {
        assert_eq!(said(&format!("arrows={text}")).overlay.arrows, on);
    }
    assert_eq!(said("b=3").surface.entry.description.id, "rosenbrock", "the one with a b");
}

#[test]
fn what_cannot_be_understood_is_named_and_the_rest_counts() {
    for (link, expected) in [
        ("kappa=0.5&steps=50", "surface.kappa: 0.5 is not in 1 to 10000"),
        ("kappa=4%zz&steps=50", "surface.kappa: \"4%zz\" is not a number"),
        ("kapa=40&steps=50", "kapa: no such field"),
        ("steps=50&steps=60", "steps: given again; \"60\" does not count"),
        ("surface=ravin&kappa=40&steps=50", "surface: \"ravin\" is not a known surface"),
        ("surface=bowl&kappa=40&steps=50", "surface.kappa: no such parameter"),
        ("run=adm,lr:3&steps=50", "runs[0]: \"adm\" is not a known optimizer"),
        ("run=gd&run=momentum,beta:2&steps=50", "runs[1].beta: 2 is not in 0 to 1"),
        ("run=gd,bta:0.5&steps=50", "runs[0].bta: no such parameter"),
        ("run=gd,id:adam&steps=50", "runs[0].id: no such parameter"),
        ("run=gd,lr:1,lr:2&steps=50", "runs[0].lr: given again; \"2\" does not count"),
        ("run=gd,lr&steps=50", "runs[0].lr: \"\" is not a number"),
        ("run=gd,step:x,lr:1&steps=50", "runs[0].changes[0].step: \"x\" is not a number"),
        ("run=gd,step:9,foo:1&steps=50", "runs[0].changes[0].foo: no such parameter"),
        (
            "run=gd,step:9,visible:false&steps=50",
            "runs[0].changes[0].visible: no such number to change",
        ),
        ("start=1&steps=50", "start: [1] is not a list of 2 numbers"),
        ("start=1,b&steps=50", "start: \"1,b\" is not a list of 2 numbers"),
        ("start=NaN,1&steps=50", "start[0]: NaN is not a number in -1000000 to 1000000"),
        ("view=1,1,0,2&steps=50", "view: 1 to 1 by 0 to 2 is no rectangle"),
        ("v=2&steps=50", "v: \"2\" is not a version up to 1; read as version 1"),
        ("optimizer=gd&steps=50", "optimizer: no such field"),
        ("runs=gd&steps=50", "runs: no such field"),
        ("=7&steps=50", "=7: no such field"),
        (
            "expression=x^&steps=50",
            "surface.expression: at character 3: expected a number, a name or '(', found the end",
        ),
        ("projection=side&steps=50", "projection: \"side\" is not one of plan, space"),
        ("arrows&steps=50", "arrows: \"\" is not true or false"),
    ] {
        let (configuration, errors) = read(link);
        assert_eq!(texts(&errors), [expected], "{link}");
        assert_eq!(configuration.steps, 50, "{link}");
    }
}

#[test]
fn too_long_a_link_is_refused_and_errors_do_not_flood() {
    let long = format!("steps=50&expression={}", "x".repeat(LONGEST));
    let (configuration, errors) = read(&long);
    assert_same(&configuration, &Configuration::default(), "nothing of it counts");
    assert_eq!(texts(&errors), [format!("link: longer than {LONGEST} characters")]);

    let (_, errors) = read(&"a&".repeat(LONGEST / 2));
    assert_eq!(errors.len(), MOST_COMPLAINTS);
    let (_, errors) = read(&"run=gd,&".repeat(50));
    assert_eq!(errors.len(), MOST_COMPLAINTS);
    let last = errors.last().map(ToString::to_string);
    assert_eq!(last.as_deref(), Some("link: 28 more values that do not count"));
    let (_, errors) = read(&"y".repeat(LONGEST));
    assert!(errors[0].field.chars().count() < 80);

    // A run may change more often than a link can say.
    let changes: Vec<_> =
        (1..=200).map(|step| json!({"step": step, "lr": 1.0 / f64::from(step)})).collect();
    let runs = vec![json!({"id": "gd", "changes": changes}); MAX_RUNS];
    let value: Value = serde_json::from_value(json!({"runs": runs})).expect("plain data");
    let refused = write(&Configuration::strict(&value).expect("valid")).expect_err("too long");
    assert_eq!(refused.to_string(), format!("link: longer than {LONGEST} characters"));
}

/// Values that nothing accepts, and how an error quotes them.
const BAD: [(&str, &str); 9] = [
    ("NaN", "NaN"),
    ("inf", "∞"),
    ("-1e999", "-∞"),
    ("", "\"\""),
    ("%zz", "\"%zz\""),
    ("%ff", "\"\u{fffd}\""),
    ("1%202", "\"1 2\""),
    ("%3Cb%3Ex", "\"<b>x\""),
    ("~", "\"~\""),
];

#[test]
fn each_bad_value_is_named_wherever_it_stands() {
    let mut chance = Random(0xbad);
    for _ in 0..2000 {
        let link = written(&configuration(&mut chance));
        let parts: Vec<&str> = link.split('&').collect();
        let at = chance.below(parts.len());
        let (key, _) = parts[at].split_once('=').expect("a part has a key");
        let (bad, quoted) = *chance.of(&BAD);
        let mut mutated = parts.clone();
        let broken = format!("{key}={bad}");
        mutated[at] = &broken;
        let (_, errors) = read(&mutated.join("&"));
        let field = if key == "run" { "runs[" } else { key };
        let named = errors.iter().find(|error| error.field.contains(field));
        let named = named.unwrap_or_else(|| panic!("{broken}: {:?}", texts(&errors)));
        let text = named.to_string();
        // A formula is told where it goes wrong; a text stands for numbers in lists and names.
        let quotes = [quoted.to_owned(), format!("\"{}\"", bad), format!("[{quoted}]")];
        assert!(
            key == "expression" || quotes.iter().any(|quoted| text.contains(quoted.as_str())),
            "{broken}: {text}"
        );
    }
}

#[test]
fn malformed_links_by_the_thousand_end_in_a_configuration() {
    const SCRAPS: [&str; 14] = [
        "&", "=", ",", ":", "%", "#", "+", "%00", "%f0%9f", "1e400", "NaN", "\u{202e}", "run=",
        "step:",
    ];
    let mut chance = Random(0xf00d);
    let mut complained = 0;
    for _ in 0..3000 {
        let mut text: Vec<char> = written(&configuration(&mut chance)).chars().collect();
        for _ in 0..=chance.below(4) {
            let at = chance.below(text.len().max(1)).min(text.len());
            match chance.below(6) {
                0 => text.truncate(at),
                1 if at < text.len() => drop(text.remove(at)),
                2 if at < text.len() => text[at] = char::from(chance.below(256) as u8),
                3 if at < text.len() => {
                    let other = chance.below(text.len());
                    text.swap(at, other);
                }
                4 => drop(text.splice(at..at, chance.of(&SCRAPS).chars())),
                _ => {
                    let piece = text[at..].to_vec();
                    let into = chance.below(text.len().max(1));
                    drop(text.splice(into..into, piece));
                }
            }
        }
        let link: String = text.into_iter().collect();
        let (found, errors) = read(&link);
        complained += usize::from(!errors.is_empty());
        assert!(errors.iter().all(|error| !error.field.is_empty()), "{link}");
        Configuration::strict(&found.to_value()).unwrap_or_else(|bad| panic!("{link}: {bad}"));
        assert_same(&said(&written(&found)), &found, &link);
        // What is not complained of is said by the link of what was understood.
        if errors.is_empty() {
            let keys = |link: &str| -> BTreeSet<String> {
                let parts = link.trim_start_matches('#').split('&').filter(|part| !part.is_empty());
                parts.map(|part| part.split('=').next().unwrap_or_default().to_owned()).collect()
            };
            let known = |key: &String| {
                RESERVED_FOR_LINKS.contains(&key.as_str())
                    || ["start", "view", "plane_lr", "plane_beta"].contains(&key.as_str())
                    || GENERAL.iter().any(|spec| spec.id == *key)
                    || found.surface.settings.get(key).is_some()
            };
            let odd: Vec<_> = keys(&link).into_iter().filter(|key| !known(key)).collect();
            assert!(odd.is_empty() || link.contains('%'), "{link}: {odd:?} went unnoticed");
        }
    }
    assert!(complained > 2000, "only {complained} of 3000 are malformed");
}

#[test]
fn no_name_means_two_things() {
    let general: BTreeSet<_> = GENERAL
        .iter()
        .map(|spec| spec.id)
        .chain(RESERVED_FOR_LINKS)
        .chain(["start", "view", "runs", "optimizer", "plane_lr", "plane_beta"])
        .collect();
    for entry in SURFACES {
        for spec in entry.description.parameters {
            assert!(!general.contains(spec.id), "{}: {}", entry.description.id, spec.id);
        }
    }
    for entry in OPTIMIZERS {
        for spec in RunChoice::parameters(entry) {
            assert!(!RESERVED_IN_RUNS.contains(&spec.id), "{}", spec.id);
            assert!(!matches!(spec.kind, Kind::Text { .. }), "a run's commas part its settings");
        }
    }
}

/// What links of version 1 mean must not change: where such a test fails, either the change is a
/// slip or links need a new version.
#[test]
fn links_of_version_1_keep_their_meaning() {
    let end = |link: &str| {
        let value = serde_json::to_value(said(link).to_value()).expect("plain data");
        let run = &value["runs"][0];
        let rest = ["surface", "start", "steps", "tolerance", "noise", "batch", "seed"];
        let mut one = serde_json::Map::new();
        one.insert("optimizer".to_owned(), run.clone());
        rest.iter().for_each(|name| drop(one.insert((*name).to_owned(), value[*name].clone())));
        let done = simulated(one.into());
        let end = done.run.points().last().expect("a point");
        (end.x, end.y)
    };
    assert_eq!(end("v=1"), (1.038138240355307e-6, 4.6850077948477476e-7));
    assert_eq!(
        end("v=1&kappa=40&start=-8,2&run=momentum,lr:0.02,beta:0.9"),
        (1.0277402494280931e-6, -3.4066637963273355e-7)
    );
    assert_eq!(
        end("v=1&surface=himmelblau&run=adam,lr:0.1&noise=0.5&seed=7&steps=40"),
        (-3.9287130989342143, -2.75698171279057)
    );
}
