//! JSON Schema (2020-12) of what Plimsoll reads and writes. Scenarios follow from the table of inputs, results from the structs
//! that write them.

use crate::scenario::{
    VERSION, WITH_WORKLOADS,
    lists::{MOST_ENVIRONMENTS, MOST_PRICES},
    result::ResultFile,
    text::LONGEST_NAME,
    workloads::needs,
};
use plimsoll_model::{
    inputs::{
        Below, Field, Kind, Pin, Range, WorkloadKind, at,
        fields::{self, ENVIRONMENT_HOURS, ENVIRONMENT_REPLICAS},
        lists,
        workloads::{
            LARGEST_CALL_KB, LEAST_SIZE, MOST_ALIKE, MOST_CALLS, MOST_PER_REQUEST, MOST_ROWS, OWN,
            own_range,
        },
    },
    prices::{MOST, REGION_GROUPS, meters},
    traffic::HOURS,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of a scenario file. A file that it allows is read without a diagnostic, but for two bounds that lie between inputs:
/// `http.cpu_ms` is at most latency × vCPU, `team.fluent` at most the number of engineers.
pub fn scenario() -> Value {
    let mut root = object(Map::new());
    put(
        &mut root,
        "v",
        json!({ "enum": [VERSION, WITH_WORKLOADS], "description": "The version of the format" }),
    );
    let mut ranges = Map::new();
    for field in fields::all() {
        put(&mut root, field.path, of_field(field));
        if let Some(range) = field.range() {
            let two =
                json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": number(range) });
            ranges.insert(field.path.to_owned(), two);
        }
    }
    put(&mut root, lists::GRID, grid());
    put(&mut root, lists::ENVIRONMENTS, environments());
    put(&mut root, lists::PRICES, prices());
    put(&mut root, lists::RANGES, object(ranges));
    put(&mut root, lists::WORKLOADS, workloads());
    root["$schema"] = DIALECT.into();
    root["title"] = "Plimsoll scenario".into();
    root
}

/// The schema of what `plimsoll compare` prints.
pub fn results() -> Value {
    let mut schema = schemars::schema_for!(ResultFile).to_value();
    close(&mut schema);
    schema["title"] = "Plimsoll results".into();
    schema
}

fn of_field(field: &Field) -> Value {
    let mut schema = match field.kind {
        Kind::Number { range, .. } => number(&range),
        Kind::Optional { open, range, .. } => {
            let mut any = vec![number(&range), json!({ "type": "null" })];
            any.extend(open.map(|word| json!({ "const": word })));
            json!({ "anyOf": any })
        }
        Kind::Flag { .. } => json!({ "type": "boolean" }),
        Kind::Set { options, .. } => {
            let names: Vec<&str> = options.iter().map(|(name, _)| *name).collect();
            json!({ "type": "array", "minItems": 1, "uniqueItems": true, "items": { "enum": names } })
        }
        Kind::Choice { options, .. } => {
            let names: Vec<&str> = options.iter().map(|(name, _)| *name).collect();
            json!({ "enum": names })
        }
    };
    schema["description"] = match field.range().map(|range| range.unit) {
        Some(unit) if !unit.is_empty() => format!("{}, {unit}", field.label).into(),
        _ => field.label.into(),
    };
    schema
}

fn number(range: &Range) -> Value {
    let kind = if range.whole { "integer" } else { "number" };
    let least = if range.below == Below::DownToZero {
        0.0
    } else {
        range.min
    };
    let inside = json!({ "type": kind, "minimum": least, "maximum": range.max });
    if range.below == Below::Zero {
        json!({ "anyOf": [inside, { "const": 0 }] })
    } else {
        inside
    }
}

fn grid() -> Value {
    json!({
        "description": "Relative load of each hour of a week, Monday 00:00 first",
        "type": "array",
        "items": { "type": "number", "minimum": 0 },
        "anyOf": [{ "maxItems": 0 }, {
            "minItems": HOURS, "maxItems": HOURS, "contains": { "exclusiveMinimum": 0 },
        }],
    })
}

fn workloads() -> Value {
    json!({
        "description": "Workloads that differ: each says what is its own, the rest is the scenario's",
        "type": "array", "maxItems": MOST_ROWS,
        "items": { "oneOf": WorkloadKind::ALL.map(workload) },
    })
}

/// A row of that kind; one that doesn't say what it is is a service.
fn workload(kind: WorkloadKind) -> Value {
    let or_null = |schema: Value| json!({ "anyOf": [schema, { "type": "null" }] });
    let mut one = Map::new();
    one.insert(
        "name".into(),
        json!({ "type": "string", "minLength": 1, "maxLength": LONGEST_NAME }),
    );
    one.insert("kind".into(), json!({ "const": kind.id() }));
    one.insert(
        "count".into(),
        json!({ "type": "integer", "minimum": 1, "maximum": MOST_ALIKE }),
    );
    one.insert(
        "max_instances".into(),
        or_null(json!({ "type": "integer", "minimum": 1, "maximum": 100_000 })),
    );
    let call = json!({
        "type": "object", "additionalProperties": false, "required": ["to", "kb"],
        "properties": {
            "to": { "type": "string", "minLength": 1, "maxLength": LONGEST_NAME },
            "per_request": { "type": "number", "minimum": 0, "maximum": MOST_PER_REQUEST },
            "kb": { "type": "number", "minimum": 0, "maximum": LARGEST_CALL_KB },
        },
    });
    let calls = json!({ "type": "array", "items": call, "maxItems": MOST_CALLS });
    one.insert("calls".into(), or_null(calls));
    let pins = Pin::ALL.map(Pin::id);
    one.insert("pinned".into(), or_null(json!({ "enum": pins })));
    one.insert(
        "local_state".into(),
        or_null(of_field(at::needs::local_state)),
    );
    let mut needed = Map::new();
    for field in needs() {
        let name = field.path.trim_start_matches("needs.");
        needed.insert(name.to_owned(), or_null(of_field(field)));
    }
    one.insert("needs".into(), object(needed));
    let mut grouped: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for own in &OWN {
        let Some(field) = own.fields[kind as usize] else {
            continue;
        };
        let mut schema = of_field(field);
        if own_range(field).is_some_and(|range| Some(&range) != field.range()) {
            schema["minimum"] = LEAST_SIZE.into();
        }
        let schema = or_null(schema);
        match own.key.split_once('.') {
            Some((group, name)) => {
                let group = grouped.entry(group).or_default();
                group.insert(name.to_owned(), schema);
            }
            None => {
                one.insert(own.key.to_owned(), schema);
            }
        }
    }
    for (group, mut fields) in grouped {
        let schema = if group == "traffic" {
            let shape = fields.get("shape").cloned().unwrap_or_default();
            fields.insert("grid".to_owned(), grid());
            json!({ "anyOf": [object(fields), shape] })
        } else {
            object(fields)
        };
        one.insert(group.to_owned(), schema);
    }
    if let Some(gpu) = one.get_mut("gpu") {
        *gpu = json!({ "anyOf": [gpu.take(), { "type": "boolean" }] });
    }
    let mut schema = object(one);
    if kind != WorkloadKind::Service {
        schema["required"] = json!(["kind"]);
    }
    schema
}

fn environments() -> Value {
    let mut one = Map::new();
    one.insert(
        "name".into(),
        json!({ "type": "string", "minLength": 1, "maxLength": LONGEST_NAME }),
    );
    one.insert("hours_per_week".into(), number(&ENVIRONMENT_HOURS));
    one.insert("replicas".into(), number(&ENVIRONMENT_REPLICAS));
    json!({
        "description": "Environments beside production",
        "type": "array", "maxItems": MOST_ENVIRONMENTS, "items": object(one),
    })
}

fn prices() -> Value {
    let ids: Vec<&str> = meters::ALL.iter().map(|meter| meter.id).collect();
    let groups: Vec<&str> = REGION_GROUPS.iter().map(|(group, _)| *group).collect();
    let mut one = Map::new();
    one.insert("meter".into(), json!({ "enum": ids }));
    one.insert("region".into(), json!({ "enum": groups }));
    one.insert(
        "value".into(),
        json!({ "type": "number", "minimum": 0, "maximum": MOST }),
    );
    let mut one = object(one);
    one["required"] = json!(["meter", "value"]);
    json!({ "description": "Own prices", "type": "array", "maxItems": MOST_PRICES, "items": one })
}

/// An object of these properties alone.
fn object(properties: Map<String, Value>) -> Value {
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// Puts a schema at a path of keys, with the objects that lead there.
fn put(root: &mut Value, path: &str, schema: Value) {
    let mut at = root;
    let mut keys = path.split('.').peekable();
    while let Some(key) = keys.next() {
        let properties = &mut at["properties"];
        if keys.peek().is_none() {
            properties[key] = schema;
            return;
        }
        if properties.get(key).is_none() {
            properties[key] = object(Map::new());
        }
        at = &mut properties[key];
    }
}

/// Allows no property that an object does not list, however deep.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.contains_key("properties") {
                object.insert("additionalProperties".into(), false.into());
            }
            object.values_mut().for_each(close);
        }
        Value::Array(all) => all.iter_mut().for_each(close),
        _ => {}
    }
}
