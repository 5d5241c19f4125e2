//! Damaged links, and what is kept of them.

use super::{Count, expect, says};
use crate::{
    common::Scan,
    decoders::{comes_back, in_range},
    seeded_damage::Dice,
};
use plimsoll_formats::scenario::{
    link,
    saved::{self, Reading, SavedState},
};
use plimsoll_model::inputs::{Environment, Field, Inputs, Kind, fields};
use serde_json::Value;
use std::collections::BTreeMap;

/// The paths of inputs by their names in links: as the writer has them, readable and short.
pub(super) struct Names(BTreeMap<String, &'static str>);

impl Names {
    fn new() -> Self {
        let mut names = BTreeMap::new();
        let mut add = |link: &str, paths: &[&'static str]| {
            let keys = link
                .split('&')
                .skip(1)
                .map(|pair| pair.split('=').next().unwrap());
            let keys: Vec<&str> = keys.take(paths.len()).collect();
            assert_eq!(keys.len(), paths.len(), "{link}");
            names.extend(
                keys.into_iter()
                    .map(str::to_owned)
                    .zip(paths.iter().copied()),
            );
        };
        let mut all = Inputs::default();
        for field in fields::all() {
            let mut one = Inputs::default();
            change(field, &mut one);
            change(field, &mut all);
            add(&link::write(&one, ""), &[field.path]);
        }
        // So long names of environments that the short names are taken.
        let environment = Environment {
            name: "x".repeat(60),
            ..Environment::default()
        };
        all.environments = vec![environment; 20];
        let paths: Vec<&str> = fields::all().map(|field| field.path).collect();
        add(&link::write(&all, ""), &paths);
        for (path, all) in [
            ("traffic.grid", ["traffic.grid", "grid", "gr"]),
            ("environments", ["environments", "env", "nt"]),
            ("prices", ["prices", "prices", "px"]),
            ("ranges", ["ranges", "ranges", "rn"]),
        ] {
            names.extend(all.map(|name| (name.to_owned(), path)));
        }
        names.extend(fields::all().map(|field| (field.path.to_owned(), field.path)));
        assert!(names.len() > 300, "{}", names.len());
        Self(names)
    }
}

/// Gives an input another value.
pub(super) fn change(field: &Field, inputs: &mut Inputs) {
    match field.kind {
        Kind::Number { range, set, get } => {
            let x = if get(inputs) == range.max {
                range.min
            } else {
                range.max
            };
            set(inputs, x);
        }
        Kind::Optional { range, set, .. } => set(inputs, Some(range.max)),
        Kind::Flag { get, set } => {
            let other = !get(inputs);
            set(inputs, other);
        }
        Kind::Set { get, set, .. } => {
            let other = 1 + get(inputs) % 2;
            set(inputs, other);
        }
        Kind::Choice { get, set, .. } => {
            let other = usize::from(get(inputs) == 0);
            set(inputs, other);
        }
    }
}

/// A text without its escapes, or nothing if they are no text.
pub(super) fn unescaped(raw: &str) -> Option<String> {
    let bytes = raw.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'%' {
            let hexadecimal = raw.get(at + 1..at + 3)?;
            if !hexadecimal.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return None;
            }
            out.push(u8::from_str_radix(hexadecimal, 16).ok()?);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).ok().map(|text| visible(&text))
}

/// A text without control characters and those that turn the direction of writing: they are not part of what it says.
pub(super) fn visible(text: &str) -> String {
    let turning = "\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
    text.chars()
        .filter(|c| !c.is_control() && !turning.contains(*c))
        .collect()
}

pub(super) const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

pub(super) fn base_62(text: &str) -> Option<u64> {
    text.chars().try_fold(0_u64, |number, c| {
        number.checked_mul(62)?.checked_add(DIGITS.find(c)? as u64)
    })
}

/// A number of a link, written out or as its bits; else the text.
pub(super) fn number_or_text(text: &str) -> Value {
    let bits = text.len() == 11 && text.starts_with(|c: char| c.is_ascii_uppercase());
    if let Some(bits) = base_62(text).filter(|_| bits) {
        return f64::from_bits(bits).into();
    }
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != ',' && *c != '_')
        .collect();
    let number: Option<f64> = plain.parse().ok().filter(|x: &f64| x.is_finite());
    let word = plain.contains(|c: char| c.is_alphabetic() && !"eE".contains(c));
    match number {
        Some(x) if !word => x.into(),
        _ => text.into(),
    }
}

/// A link as the object of a scenario by whole paths, or why it is none.
pub(super) fn object_of(link: &str, names: &Names) -> Result<Value, String> {
    let mut object = serde_json::Map::new();
    for pair in link
        .trim()
        .trim_start_matches('#')
        .split('&')
        .filter(|pair| !pair.is_empty())
    {
        let (key, raw) = pair.split_once('=').unwrap_or((pair, ""));
        let key = unescaped(key).ok_or("an escape that is none")?;
        if key == "book" {
            continue;
        }
        let path = if key == "v" {
            "v"
        } else {
            names
                .0
                .get(&key)
                .ok_or_else(|| format!("{key} is nothing"))?
        };
        let value = match path {
            "environments" => items(raw, ["name", "hours_per_week", "replicas"])?,
            "prices" => items(raw, ["meter", "region", "value"])?,
            "ranges" => ranges(raw, names)?,
            "traffic.grid" => {
                let text = unescaped(raw).ok_or("an escape that is none")?;
                let hours: Vec<char> = text.chars().collect();
                let load = |hour: &[char]| base_62(&hour.iter().collect::<String>());
                let loads: Option<Vec<u64>> = hours.chunks(2).map(load).collect();
                loads
                    .filter(|_| hours.len().is_multiple_of(336))
                    .ok_or("no week")?
                    .into()
            }
            _ => {
                let text = unescaped(raw).ok_or("an escape that is none")?;
                let kind = Field::find(path).map(|field| field.kind);
                if matches!(kind, Some(Kind::Set { .. })) {
                    let names = text.split(',').filter(|name| !name.is_empty());
                    let names: Value = names.map(Value::from).collect();
                    let twice = object.insert(path.to_owned(), names).is_some();
                    expect(!twice, || format!("{path} is there twice"))?;
                    continue;
                }
                let flag =
                    Field::find(path).is_some_and(|field| matches!(field.kind, Kind::Flag { .. }));
                match text.as_str() {
                    "1" | "yes" | "true" if flag => true.into(),
                    "0" | "no" | "false" if flag => false.into(),
                    "null" => Value::Null,
                    _ => number_or_text(&text),
                }
            }
        };
        let twice = object.insert(path.to_owned(), value).is_some();
        expect(!twice, || format!("{path} is there twice"))?;
    }
    expect(object.contains_key("v"), || "it has no version".into())?;
    for known in [1, 2] {
        if object["v"].as_f64() == Some(f64::from(known)) {
            object["v"] = known.into();
        }
    }
    Ok(object.into())
}

pub(super) fn items(raw: &str, keys: [&str; 3]) -> Result<Value, String> {
    let once = unescaped(raw).unwrap_or_default();
    let whole = if !raw.contains(':') && once.contains(':') {
        &once
    } else {
        raw
    };
    let mut items = Vec::new();
    for item in whole.split(',').filter(|item| !item.is_empty()) {
        let mut object = serde_json::Map::new();
        for (n, part) in item.splitn(3, ':').enumerate() {
            let text = unescaped(part).ok_or("an escape that is none")?;
            let value = if n == 0 {
                text.into()
            } else {
                number_or_text(&text)
            };
            object.insert(keys[n].into(), value);
        }
        items.push(object.into());
    }
    Ok(Value::Array(items))
}

pub(super) fn ranges(raw: &str, names: &Names) -> Result<Value, String> {
    let once = unescaped(raw).unwrap_or_default();
    let whole = if !raw.contains(':') && once.contains(':') {
        &once
    } else {
        raw
    };
    let mut object = serde_json::Map::new();
    for item in whole.split(',').filter(|item| !item.is_empty()) {
        let (name, ends) = item.split_once(':').ok_or("a range without a colon")?;
        let name = unescaped(name).ok_or("an escape that is none")?;
        let path = names
            .0
            .get(&name)
            .ok_or_else(|| format!("{name} is nothing"))?;
        let ends = unescaped(ends).ok_or("an escape that is none")?;
        let (low, high) = ends.split_once("..").ok_or("one number")?;
        let ends = [low, high].map(number_or_text).to_vec();
        let twice = object.insert((*path).to_owned(), ends.into()).is_some();
        expect(!twice, || format!("{path} is there twice"))?;
    }
    Ok(object.into())
}

/// An object with another laid over it.
pub(super) fn over(below: &Value, above: &Value) -> Value {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            let mut both = below.clone();
            for (key, value) in above {
                let under = both.get(key).unwrap_or(&Value::Null);
                let value = over(under, value);
                both.insert(key.clone(), value);
            }
            Value::Object(both)
        }
        (_, above) => above.clone(),
    }
}

#[test]
fn damaged_kept_texts() {
    let mut dice = Dice(106);
    let (mut count, mut other) = (Count::default(), 0);
    let scan = Scan::of(1_000, 10_000);
    for n in 0..scan.cases {
        let mut state = SavedState {
            inputs: dice.inputs(1 + n % 40),
            named: Vec::new(),
        };
        state.inputs.traffic.grid.clear();
        if n % 3 == 0 {
            state.add("another", dice.inputs(40)).unwrap();
        }
        let text = dice.damaged(&saved::write(&state));
        let (state, notices) = match saved::read(&text) {
            Reading::Read(state, notices) => (state, notices),
            // Told by what it is.
            Reading::Newer(_) | Reading::Damaged(_) => {
                other += 1;
                continue;
            }
        };
        for inputs in state
            .named
            .iter()
            .map(|named| &named.inputs)
            .chain([&state.inputs])
        {
            in_range(inputs, &text);
        }
        count.add(!notices.is_empty(), &text, || {
            let said: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            if said["v"] != 2 {
                return says(&said, &state.inputs);
            }
            let empty = serde_json::json!({});
            let defaults = said.get("defaults").unwrap_or(&empty);
            let all = |inputs: Option<&Value>| {
                let inputs = inputs.unwrap_or(&empty);
                let mut defaults = defaults.clone();
                let ranges = inputs["ranges"].as_object().into_iter().flatten();
                // What has a range and no number has the middle, not the default.
                for path in ranges.map(|(path, _)| format!("/{}", path.replace('.', "/"))) {
                    let (group, key) = path.rsplit_once('/').unwrap();
                    let group = defaults.pointer_mut(group).and_then(Value::as_object_mut);
                    drop(group.and_then(|group| group.remove(key)));
                }
                over(&defaults, inputs)
            };
            says(&all(said.get("inputs")), &state.inputs)?;
            let named = said["named"].as_array().cloned().unwrap_or_default();
            expect(named.len() == state.named.len(), || {
                "other scenarios".into()
            })?;
            for (said, read) in named.iter().zip(&state.named) {
                expect(said["name"] == read.name, || "another name".into())?;
                says(&all(said.get("inputs")), &read.inputs)?;
            }
            Ok(())
        });
    }
    assert!(
        other > scan.least(2_000)
            && count.told > scan.least(1_000)
            && count.right > scan.least(1_000),
        "{count:?}, {other} were no such text"
    );
}

#[test]
fn damaged_links() {
    let names = Names::new();
    let mut dice = Dice(102);
    let mut count = Count::default();
    let scan = Scan::of(1_000, 35_000);
    for n in 0..scan.cases {
        let mut inputs = dice.inputs(1 + n % 40);
        if n % 5 > 0 {
            inputs.traffic.grid.clear();
        }
        let text = dice.damaged(&link::write(&inputs, "2026-10-09"));
        let _ = (link::is_link(&text), link::book_of(&text));
        let (inputs, notices) = link::read(&text);
        in_range(&inputs, &text);
        if n % 8 == 0 {
            comes_back(&inputs);
        }
        count.add(!notices.is_empty(), &text, || {
            says(&object_of(&text, &names)?, &inputs)
        });
    }
    assert!(
        count.told > scan.least(18_000) && count.right > scan.least(5_000),
        "{count:?}"
    );
}
