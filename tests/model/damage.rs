//! Damaged texts of every kind that is read: nothing panics, whatever is read is in its range, and damage is told unless it
//! made another text that is right.
//!
//! Whether a text that nothing was told about was right is judged here a second time, by other code: the text is taken
//! apart by serde_json, by the standard library's numbers and by the readers below, and each value that it names must be
//! what was read.

mod links;
mod prices;
mod site;
mod week;

use crate::{
    common::Scan,
    decoders::{comes_back, in_range},
    seeded_damage::Dice,
};
use plimsoll_formats::scenario::{self};
use plimsoll_model::{
    inputs::{Field, Inputs, Kind, fields},
    region::Region,
};
use serde_json::Value;
use std::collections::BTreeMap;

/// How many texts were damaged, about how many of them something was told, and how many were right.
#[derive(Default, Debug)]
struct Count {
    told: usize,
    right: usize,
}

impl Count {
    #[track_caller]
    fn add(&mut self, told: bool, text: &str, judge: impl FnOnce() -> Result<(), String>) {
        if told {
            self.told += 1;
            return;
        }
        self.right += 1;
        if let Err(why) = judge() {
            panic!("nothing was told, but {why}\n{text:?}");
        }
    }
}

/// The value of an input as a scenario has it.
fn value_of(field: &Field, inputs: &Inputs) -> Value {
    match field.kind {
        Kind::Number { get, .. } => get(inputs).into(),
        Kind::Optional { get, .. } => get(inputs).into(),
        Kind::Flag { get, .. } => get(inputs).into(),
        Kind::Choice { options, get, .. } => options[get(inputs)].0.into(),
        Kind::Set { options, get, .. } => (0..options.len())
            .filter(|place| get(inputs) & (1 << place) != 0)
            .map(|place| options[place].0)
            .collect(),
    }
}

/// Whether two values say the same: numbers as floats.
fn same(said: &Value, read: &Value) -> bool {
    match (said, read) {
        (Value::Number(said), Value::Number(read)) => said.as_f64() == read.as_f64(),
        _ => said == read,
    }
}

fn expect(is: bool, what: impl FnOnce() -> String) -> Result<(), String> {
    if is { Ok(()) } else { Err(what()) }
}

/// The inputs are those that an object says, and the default otherwise.
fn says(object: &Value, inputs: &Inputs) -> Result<(), String> {
    let mut said = BTreeMap::new();
    flatten("", object, &mut said);
    let mut left = said.clone();
    let defaults = Inputs::default();
    for field in fields::all() {
        left.remove(field.path);
        let read = value_of(field, inputs);
        match said.get(field.path) {
            Some(value) => {
                let open =
                    matches!(field.kind, Kind::Optional { open, .. } if value.as_str() == open);
                let fits = same(value, &read) || read.is_null() && open;
                expect(fits, || format!("{} is {read}, not {value}", field.path))?;
            }
            // CPU that nobody gave is never more than there is.
            None if field.path == "http.cpu_ms" => {}
            None if inputs.between(field.path).is_some() => {
                let middle = inputs.between(field.path).unwrap().middle();
                expect(read.as_f64() == Some(middle), || {
                    format!("{} is {read}", field.path)
                })?;
            }
            None => expect(read == value_of(field, &defaults), || {
                format!("{} is {read}", field.path)
            })?,
        }
    }
    let list = |path: &str| match said.get(path) {
        None => Ok(Vec::new()),
        Some(Value::Array(items)) => Ok(items.clone()),
        Some(other) => Err(format!("{path} is {other}")),
    };
    expect(
        left.remove("v")
            .is_none_or(|version| version == 1 || version == 2),
        || "another version".into(),
    )?;
    for path in ["traffic.grid", "environments", "prices"] {
        left.remove(path);
    }
    says_ranges(&mut left, inputs)?;
    expect(left.is_empty(), || format!("{left:?} is nothing"))?;
    says_grid(&list("traffic.grid")?, inputs)?;
    says_environments(&list("environments")?, inputs)?;
    says_prices(&list("prices")?, inputs)
}

/// The values of an object by their paths. Lists are values, and so are objects without keys, unless they are a group.
fn flatten(prefix: &str, value: &Value, into: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(object) => {
            let groups = fields::all().map(|field| field.path);
            let mut groups = groups.filter(|path| path.starts_with(&format!("{prefix}.")));
            if object.is_empty() && !prefix.is_empty() && groups.next().is_none() {
                into.insert(prefix.into(), value.clone());
            }
            for (key, value) in object {
                let path = if prefix.is_empty() {
                    key.clone()
                } else {
                    format!("{prefix}.{key}")
                };
                flatten(&path, value, into);
            }
        }
        _ => drop(into.insert(prefix.into(), value.clone())),
    }
}

/// Takes the ranges out of what is said: they are those of the inputs.
fn says_ranges(said: &mut BTreeMap<String, Value>, inputs: &Inputs) -> Result<(), String> {
    let ranges: Vec<String> = said
        .keys()
        .filter(|path| path.starts_with("ranges."))
        .cloned()
        .collect();
    let none = said
        .remove("ranges")
        .is_none_or(|all| all == serde_json::json!({}));
    expect(none && ranges.len() == inputs.ranges.len(), || {
        "other ranges".into()
    })?;
    for path in ranges {
        let value = said.remove(&path).unwrap_or_default();
        let read = inputs
            .between(&path["ranges.".len()..])
            .ok_or("a range is missing")?;
        let ends = [value[0].as_f64(), value[1].as_f64()];
        let fits = ends == [Some(read.low), Some(read.high)]
            && value.as_array().is_some_and(|ends| ends.len() == 2);
        expect(fits, || format!("{value} is {read:?}"))?;
    }
    Ok(())
}

fn says_grid(said: &[Value], inputs: &Inputs) -> Result<(), String> {
    let read = &inputs.traffic.grid;
    expect(said.len() == read.len(), || {
        format!("{} hours of {}", read.len(), said.len())
    })?;
    let said: Vec<f64> = said
        .iter()
        .map(|load| load.as_f64().ok_or("no number"))
        .collect::<Result<_, _>>()?;
    let most = |loads: &[f64]| loads.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    let (all, most) = (most(&said), most(read));
    for (said, read) in said.iter().zip(read) {
        let off = (said / all - read / most).abs();
        expect(off <= 0.000_2, || format!("a load of {said} is {read}"))?;
    }
    Ok(())
}

/// Whether an item of a list has only these keys.
fn only(item: &Value, keys: &[&str]) -> bool {
    item.as_object()
        .is_some_and(|object| object.keys().all(|key| keys.contains(&key.as_str())))
}

fn says_environments(said: &[Value], inputs: &Inputs) -> Result<(), String> {
    let read = &inputs.environments;
    expect(said.len() == read.len(), || {
        format!("{} environments of {}", read.len(), said.len())
    })?;
    for (said, read) in said.iter().zip(read) {
        let fits = only(said, &["name", "hours_per_week", "replicas"])
            && said
                .get("name")
                .is_none_or(|name| name == read.name.as_str())
            && said
                .get("hours_per_week")
                .is_none_or(|hours| hours.as_f64() == Some(read.hours_per_week))
            && said
                .get("replicas")
                .is_none_or(|replicas| replicas.as_f64() == Some(read.replicas.into()));
        expect(fits, || format!("{said} is {read:?}"))?;
    }
    Ok(())
}

fn says_prices(said: &[Value], inputs: &Inputs) -> Result<(), String> {
    let read = &inputs.prices;
    expect(said.len() == read.len(), || {
        format!("{} prices of {}", read.len(), said.len())
    })?;
    for (said, read) in said.iter().zip(read) {
        let region = said.get("region").map_or(Some("all"), Value::as_str);
        let fits = only(said, &["meter", "region", "value"])
            && said["meter"] == read.meter.info().id
            && region == Some(read.region.map_or("all", Region::id))
            && said["value"].as_f64() == Some(read.value);
        expect(fits, || format!("{said} is {read:?}"))?;
    }
    Ok(())
}

#[test]
fn damaged_scenarios() {
    let mut dice = Dice(101);
    let mut count = Count::default();
    let scan = Scan::of(1_000, 30_000);
    for n in 0..scan.cases {
        let mut inputs = dice.inputs(1 + n % 40);
        if n % 5 > 0 {
            inputs.traffic.grid.clear();
        }
        let written = if n % 4 == 0 {
            scenario::write(&inputs)
        } else {
            scenario::write_changes(&inputs)
        };
        let text = dice.damaged(&written.to_string());
        let (inputs, notices) = scenario::read(&text);
        in_range(&inputs, &text);
        if n % 8 == 0 {
            comes_back(&inputs);
        }
        count.add(!notices.is_empty(), &text, || {
            let said: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            expect(said.is_object(), || "it is no object".into())?;
            says(&said, &inputs)
        });
    }
    assert!(
        count.told > scan.least(18_000) && count.right > scan.least(2_500),
        "{count:?}"
    );
}
