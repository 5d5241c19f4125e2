//! The JSON Schemas, both ways: what is written they allow, and what they allow is read.

use crate::{common::Scan, seeded_damage::Dice};
use jsonschema::Validator;
use plimsoll_formats::{scenario, schema};
use plimsoll_model::{
    assess,
    inputs::{Inputs, Kind, at, fields},
    presets::{PRESETS, Preset},
    prices::PriceBook,
};
use serde_json::{Value, json};

fn validator(schema: &Value) -> Validator {
    jsonschema::validator_for(schema).unwrap()
}

/// What a schema says of a value: nothing where it allows it.
fn complaints(validator: &Validator, value: &Value) -> Vec<String> {
    validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path))
        .collect()
}

#[test]
fn every_scenario_that_is_written_is_allowed() {
    let schema = validator(&schema::scenario());
    let mut dice = Dice(41);
    let random = (0..300).map(|n| dice.inputs(n % 7 + 1));
    for inputs in PRESETS.iter().map(Preset::inputs).chain(random) {
        for text in [scenario::write(&inputs), scenario::write_changes(&inputs)] {
            assert_eq!(complaints(&schema, &text), <Vec<String>>::new(), "{text}");
        }
    }
}

/// A scenario with one value, at a path.
fn with(path: &str, value: Value) -> Value {
    path.rsplit('.')
        .fold(value, |inner, key| json!({ key: inner }))
}

#[test]
fn schema_and_reader_refuse_the_same() {
    let schema = validator(&schema::scenario());
    let (mut allowed, mut refused) = (0, 0);
    let mut both = |path: &str, value: Value| {
        let text = with(path, value);
        if both_allow(&schema, &text) {
            allowed += 1;
        } else {
            refused += 1;
        }
    };
    for field in fields::all() {
        let mut values = vec![
            json!("nonsense"),
            json!([]),
            json!({"x": 1}),
            json!(null),
            json!(true),
            json!(-1),
            json!(0),
        ];
        if let Some(range) = field.range() {
            values.extend(
                [range.min, range.max, range.max * 2.0, range.min / 2.0, 1.5].map(Value::from),
            );
        }
        match field.kind {
            Kind::Choice { options, .. } => {
                values.extend(options.iter().map(|(name, _)| json!(name)));
            }
            Kind::Set { options, .. } => {
                values.extend(options.iter().map(|(name, _)| json!([name])));
                values.push(options.iter().map(|(name, _)| *name).collect());
                values.push(json!([options[0].0, "nonsense"]));
            }
            Kind::Optional { open, .. } => values.extend(open.map(Value::from)),
            Kind::Number { .. } | Kind::Flag { .. } => {}
        }
        for value in values {
            both(field.path, value);
        }
        both(&format!("{}x", field.path), json!(1));
    }
    for (path, values) in [
        (
            "traffic.grid",
            vec![
                json!([]),
                json!([1]),
                json!(vec![0; 168]),
                json!(vec![3; 168]),
                json!(vec![-1; 168]),
            ],
        ),
        (
            "environments",
            vec![
                json!([{}]),
                json!([{"name": ""}]),
                json!([{"replicas": 0.5}]),
                json!([1]),
                json!(2),
            ],
        ),
        (
            "prices",
            vec![
                json!([{"meter": "aws/eks/cluster", "region": "us", "value": 0.1}]),
                json!([{"meter": "aws/eks/cluster", "value": -0.1}]),
                json!([{"meter": "no/such", "value": 1}]),
                json!([{"value": 1}]),
            ],
        ),
        (
            "ranges",
            vec![
                json!({"http.latency_ms": [1, 2]}),
                json!({"http.latency_ms": [1]}),
                json!({"region": [1, 2]}),
            ],
        ),
        ("v", vec![json!(1), json!(2), json!("1")]),
    ] {
        for value in values {
            // A path of an input is one key among ranges.
            let text = if path == "ranges" {
                json!({ path: value })
            } else {
                with(path, value)
            };
            both_allow(&schema, &text);
        }
    }
    assert!(
        allowed > 300 && refused > 500,
        "{allowed} allowed, {refused} refused"
    );
}

/// Whether schema and reader allow a text; fails where they differ. Bounds between inputs are no business of a schema.
#[track_caller]
fn both_allow(schema: &Validator, text: &Value) -> bool {
    let between_inputs = [at::http::cpu_ms.path, at::team::fluent.path];
    let (_, mut notices) = scenario::read(&text.to_string());
    notices.retain(|notice| {
        !(between_inputs.contains(&&*notice.at.to_string())
            && notice.allowed.starts_with("at most "))
    });
    let says = complaints(schema, text);
    assert_eq!(
        says.is_empty(),
        notices.is_empty(),
        "{text}: {says:?}, {notices:?}"
    );
    says.is_empty()
}

#[test]
fn results_are_as_their_schema_says_and_it_says_no_more() {
    let text = schema::results();
    let schema = validator(&text);
    let mut keys = Vec::new();
    let mut dice = Dice(7);
    let listed = scenario::read(
        r#"{"team":{"engineers":9,"fluent":3},"workloads":[{"name":"a","requests_per_month":1e7},
            {"name":"b","requests_per_month":1e6,"needs":{"udp":true}}]}"#,
    );
    let listed = listed.0;
    let random = (0..Scan::of(12, 40).cases).map(|_| dice.inputs(2));
    for inputs in PRESETS
        .iter()
        .map(Preset::inputs)
        .chain([Inputs::default(), listed])
        .chain(random)
    {
        let book = PriceBook::bundled().with_own(&inputs.prices);
        let result = scenario::result::result(&assess(&inputs, &book), &inputs, &book);
        let result = serde_json::to_value(&result).unwrap();
        assert_eq!(complaints(&schema, &result), <Vec<String>>::new());
        collect(&result, &mut keys);
    }
    let mut described = Vec::new();
    properties(&text, &mut described);
    assert!(described.len() > 60, "{described:?}");
    for name in described {
        assert!(keys.contains(&name), "no result has {name}");
    }
}

/// Every key of every object.
fn collect(value: &Value, keys: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                if !keys.contains(key) {
                    keys.push(key.clone());
                }
                collect(value, keys);
            }
        }
        Value::Array(all) => all.iter().for_each(|value| collect(value, keys)),
        _ => {}
    }
}

/// The names of all properties that a schema describes.
fn properties(schema: &Value, names: &mut Vec<String>) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get("properties") {
                names.extend(properties.keys().cloned());
            }
            object.values().for_each(|value| properties(value, names));
        }
        Value::Array(all) => all.iter().for_each(|value| properties(value, names)),
        _ => {}
    }
}
