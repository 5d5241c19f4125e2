//! Damaged texts of every kind that is read: nothing panics, whatever is read is in its range, and damage is told unless it
//! made another text that is right.
//!
//! Whether a text that nothing was told about was right is judged here a second time, by other code: the text is taken
//! apart by serde_json, by the standard library's numbers and by the readers below, and each value that it names must be
//! what was read.

use crate::{
    common::Scan,
    decoders::{comes_back, in_range},
    dice::Dice,
    round_trips::week,
};
use plimsoll_formats::{
    scenario::{
        self, link,
        saved::{self, Desk, Reading},
        site::Site,
    },
    traffic_csv,
};
use plimsoll_model::{
    inputs::{Environment, Field, Inputs, Kind, fields},
    prices::{PriceBook, Row},
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
    expect(left.remove("v").is_none_or(|version| version == 1), || {
        "another version".into()
    })?;
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

// Links.

/// The paths of inputs by their names in links: as the writer has them, readable and short.
struct Names(BTreeMap<String, &'static str>);

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
fn change(field: &Field, inputs: &mut Inputs) {
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
        Kind::Choice { get, set, .. } => {
            let other = usize::from(get(inputs) == 0);
            set(inputs, other);
        }
    }
}

/// A text without its escapes, or nothing if they are no text.
fn unescaped(raw: &str) -> Option<String> {
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
fn visible(text: &str) -> String {
    let turning = "\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
    text.chars()
        .filter(|c| !c.is_control() && !turning.contains(*c))
        .collect()
}

const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

fn base_62(text: &str) -> Option<u64> {
    text.chars().try_fold(0_u64, |number, c| {
        number.checked_mul(62)?.checked_add(DIGITS.find(c)? as u64)
    })
}

/// A number of a link, written out or as its bits; else the text.
fn number_or_text(text: &str) -> Value {
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
fn object_of(link: &str, names: &Names) -> Result<Value, String> {
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
    if object["v"].as_f64() == Some(1.0) {
        object["v"] = 1.into();
    }
    Ok(object.into())
}

fn items(raw: &str, keys: [&str; 3]) -> Result<Value, String> {
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

fn ranges(raw: &str, names: &Names) -> Result<Value, String> {
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
fn over(below: &Value, above: &Value) -> Value {
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
        let mut desk = Desk {
            inputs: dice.inputs(1 + n % 40),
            named: Vec::new(),
        };
        desk.inputs.traffic.grid.clear();
        if n % 3 == 0 {
            desk.add("another", dice.inputs(40)).unwrap();
        }
        let text = dice.damaged(&saved::write(&desk));
        let (desk, notices) = match saved::read(&text) {
            Reading::Read(desk, notices) => (desk, notices),
            // Told by what it is.
            Reading::Newer(_) | Reading::Damaged(_) => {
                other += 1;
                continue;
            }
        };
        for inputs in desk
            .named
            .iter()
            .map(|named| &named.inputs)
            .chain([&desk.inputs])
        {
            in_range(inputs, &text);
        }
        count.add(!notices.is_empty(), &text, || {
            let said: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            if said["v"] != 2 {
                return says(&said, &desk.inputs);
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
            says(&all(said.get("inputs")), &desk.inputs)?;
            let named = said["named"].as_array().cloned().unwrap_or_default();
            expect(named.len() == desk.named.len(), || "other scenarios".into())?;
            for (said, read) in named.iter().zip(&desk.named) {
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

// Price books.

/// The lines of a CSV: cells between commas, quoted where they hold a comma, a quote or a line break.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut lines = vec![vec![String::new()]];
    let mut quoted = false;
    let chars: Vec<char> = text.trim_start_matches('\u{feff}').chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let cell = lines.last_mut().unwrap().last_mut().unwrap();
        match chars[at] {
            '"' if quoted && chars.get(at + 1) == Some(&'"') => {
                cell.push('"');
                at += 1;
            }
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() => quoted = true,
            ',' if !quoted => lines.last_mut().unwrap().push(String::new()),
            '\n' if !quoted => lines.push(vec![String::new()]),
            c => cell.push(c),
        }
        at += 1;
    }
    for cell in lines.iter_mut().flatten() {
        *cell = cell.trim().to_owned();
    }
    lines.retain(|cells| cells.iter().any(|cell| !cell.is_empty()));
    lines
}

/// The rows are those that a text says.
fn says_rows(text: &str, rows: &[Row]) -> Result<(), String> {
    let mut lines = cells(text).into_iter();
    let header = lines.next().ok_or("no header")?;
    let lines: Vec<_> = lines.collect();
    expect(lines.len() == rows.len(), || {
        format!("{} rows of {}", rows.len(), lines.len())
    })?;
    for (cells, row) in lines.iter().zip(rows) {
        let said = |column: &str| -> String {
            let place = header.iter().position(|name| name == column);
            place
                .and_then(|place| cells.get(place))
                .cloned()
                .unwrap_or_default()
        };
        let value: Option<f64> = said("value").parse().ok();
        let start = |text: &str| {
            text.chars()
                .take(600)
                .collect::<String>()
                .trim_end()
                .to_owned()
        };
        let free = |column: &str, read: &str| {
            let said = said(column);
            start(&said) == read
                || start(said.trim_start_matches('\'')).trim_start_matches('\'')
                    == read.trim_start_matches('\'')
        };
        let fits = said("meter") == row.meter.info().id
            && said("region_group") == row.region.map_or("all", Region::id)
            && value == row.value
            && said("value").is_empty() == row.value.is_none()
            && said("unit") == (row.meter.info().unit)()
            && said("read") == row.read.as_ref().map_or("", |read| read.as_str())
            && said("confidence") == row.confidence.name()
            && free("region", &row.city)
            && free("page", &row.page)
            && free("note", &row.note);
        expect(fits, || format!("{cells:?} is {row:?}"))?;
        expect(
            row.value
                .is_none_or(|value| (row.meter.info().accepts)(value)),
            || format!("{row:?} is out of range"),
        )?;
    }
    Ok(())
}

/// A few rows of the bundled book, some of them with prices of one's own.
fn few_rows(book: &PriceBook, dice: &mut Dice) -> String {
    let own = dice.inputs(1_000).prices;
    let book = book.with_own(&own);
    let all = book.in_force();
    let from = dice.below(all.len() - 8);
    let mut rows = all[from..from + 1 + dice.below(8)].to_vec();
    rows.extend(all.iter().rev().take(own.len()));
    book.write(&rows)
}

#[test]
fn damaged_price_books() {
    let bundled = PriceBook::bundled();
    let nothing = PriceBook::of(Vec::new());
    let mut dice = Dice(103);
    let mut count = Count::default();
    let scan = Scan::of(1_000, 15_000);
    for n in 0..scan.cases {
        let whole = few_rows(&bundled, &mut dice);
        let text = dice.damaged(&whole);
        let book = nothing.overlaid(&text);
        if let Ok(book) = &book {
            // In the normal form that a spreadsheet gets, it is the same.
            let again = nothing.overlaid(&book.write(&book.in_force())).unwrap();
            for row in book.in_force() {
                let Row {
                    meter,
                    region,
                    value,
                    ..
                } = book.row(row);
                for place in Region::ALL
                    .into_iter()
                    .filter(|place| region.is_none_or(|region| region == *place))
                {
                    assert_eq!(
                        again.value(*meter, place),
                        book.value(*meter, place),
                        "{value:?}\n{text}"
                    );
                }
            }
        }
        if n % 8 == 0 {
            let own = bundled.own_prices(&text);
            assert_eq!(own.is_ok(), book.is_ok(), "{text}");
            if let (Ok(own), Ok(book)) = (own, &book) {
                let with_own = bundled.with_own(&own);
                for row in book.rows() {
                    for region in Region::ALL {
                        let said = book
                            .value(row.meter, region)
                            .or(bundled.value(row.meter, region));
                        assert_eq!(with_own.value(row.meter, region), said, "{text}");
                    }
                }
            }
        }
        let rows = book.as_ref().map_or(&[][..], PriceBook::rows);
        count.add(book.is_err(), &text, || says_rows(&text, rows));
    }
    assert!(
        count.told > scan.least(6_000) && count.right > scan.least(3_000),
        "{count:?}"
    );
}

// A site's defaults.

/// A site whose parts are all there.
fn site_text(book: &PriceBook, dice: &mut Dice) -> String {
    let mut inputs = dice.inputs(30);
    inputs.traffic.grid.clear();
    let changes: Value =
        serde_json::from_str(&scenario::write_changes(&inputs).to_string()).unwrap();
    let prices = few_rows(book, dice);
    let prices: Value = if dice.below(2) == 0 {
        prices.into()
    } else {
        prices.lines().collect()
    };
    let value = serde_json::json!({
        "v": 1,
        "title": "Where do our containers run?",
        "scenario": changes,
        "prices": prices,
        "lock": ["region", "team.rate_usd_per_hour", "prices", "needs"],
        "links": [
            { "text": "Handbook", "href": "https://wiki.example.com/handbook" },
            { "text": "Ask us", "href": "mailto:us@example.com" },
        ],
    });
    value.to_string()
}

fn says_site(said: &Value, site: &Site, bundled: usize) -> Result<(), String> {
    let object = said.as_object().ok_or("it is no object")?;
    for (key, value) in object {
        let text = |value: &Value| value.as_str().map(|text| text.trim().to_owned());
        let fits = match key.as_str() {
            "v" => value == 1,
            "title" => text(value) == Some(site.title.clone().unwrap_or_default()),
            "scenario" => {
                says(value, &site.base)?;
                true
            }
            "prices" => {
                let text = match value {
                    Value::Array(lines) => {
                        let lines: Option<Vec<&str>> = lines.iter().map(Value::as_str).collect();
                        lines.ok_or("a line that is no text")?.join("\n")
                    }
                    other => other.as_str().ok_or("prices that are no text")?.to_owned(),
                };
                says_rows(&text, &site.book.rows()[bundled..])?;
                true
            }
            "lock" => value.as_array().is_some_and(|names| {
                let covered = |path: &str| {
                    let covers = |name: &Value| {
                        let name = name.as_str().unwrap_or_default();
                        path == name || path.starts_with(&format!("{name}."))
                    };
                    names.iter().any(covers)
                };
                let paths = fields::all().map(|field| field.path);
                let mut paths = paths.chain(["traffic.grid", "environments", "prices", "ranges"]);
                paths.all(|path| covered(path) == site.locked.contains(&path))
            }),
            "links" => value.as_array().is_some_and(|links| {
                links.len() == site.links.len()
                    && links.iter().zip(&site.links).all(|(said, read)| {
                        only(said, &["text", "href"])
                            && text(&said["text"]).as_deref() == Some(&read.text)
                            && text(&said["href"]).as_deref() == Some(&read.href)
                    })
            }),
            _ => false,
        };
        expect(fits, || format!("{key} is read otherwise"))?;
    }
    Ok(())
}

#[test]
fn damaged_defaults_of_a_site() {
    let bundled = PriceBook::bundled();
    let mut dice = Dice(104);
    let mut count = Count::default();
    let scan = Scan::of(1_000, 8_000);
    for _ in 0..scan.cases {
        let whole = site_text(&bundled, &mut dice);
        let text = dice.damaged(&whole);
        let site = Site::read(&text);
        in_range(&site.base, &text);
        for row in site.book.rows() {
            assert!(
                row.value
                    .is_none_or(|value| (row.meter.info().accepts)(value)),
                "{text}"
            );
        }
        for shown in site.links.iter().map(|link| &link.text).chain(&site.title) {
            assert!(
                visible(shown) == *shown && (1..=120).contains(&shown.chars().count()),
                "{text}"
            );
        }
        let mut inputs = Inputs::default();
        site.hold(&mut inputs);
        count.add(!site.diagnostics.is_empty(), &text, || {
            let said: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            says_site(&said, &site, bundled.rows().len())
        });
    }
    assert!(
        count.told > scan.least(4_000) && count.right > scan.least(800),
        "{count:?}"
    );
}

// A week's load.

/// The requests and the load of each hour that rows say as [`week`] writes them: each holds for an hour, or to the next.
fn loads(text: &str) -> Option<(f64, Vec<f64>)> {
    let mut lines = text.lines();
    lines.next()?;
    let mut rows = Vec::new();
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let mut cells = line.split(',').map(|cell| cell.trim().trim_matches('"'));
        let (time, count) = (cells.next()?, cells.next()?);
        let numbers = time
            .split(|c: char| !c.is_ascii_digit())
            .filter(|digits| !digits.is_empty());
        let numbers: Vec<i64> = numbers.map(str::parse).collect::<Result<_, _>>().ok()?;
        let [2026, 10, day, hour, minute, second] = numbers[..] else {
            return None;
        };
        rows.push((
            ((day - 5) * 24 + hour) * 3_600 + minute * 60 + second,
            count.parse::<f64>().ok()?,
        ));
    }
    rows.sort_by_key(|(time, _)| *time);
    let (mut requests, mut seconds) = ([0.0; 168], [0.0; 168]);
    let mut at = 0;
    while at < rows.len() {
        let begin = rows[at].0;
        let together = rows[at..]
            .iter()
            .take_while(|(time, _)| *time == begin)
            .count();
        let sum: f64 = rows[at..at + together].iter().map(|(_, count)| count).sum();
        at += together;
        let end = rows
            .get(at)
            .map_or(begin + 3_600, |(next, _)| (begin + 3_600).min(*next));
        for (from, to) in [
            (begin, end.min((begin / 3_600 + 1) * 3_600)),
            ((begin / 3_600 + 1) * 3_600, end),
        ] {
            if from < to {
                let hour = usize::try_from(from / 3_600 % 168).ok()?;
                requests[hour] += sum * (to - from) as f64 / (end - begin) as f64;
                seconds[hour] += (to - from) as f64;
            }
        }
    }
    let loads = requests
        .iter()
        .zip(seconds)
        .map(|(requests, seconds)| requests / seconds);
    let mean = requests.iter().sum::<f64>() / seconds.iter().sum::<f64>();
    Some((mean * 730.0 * 3_600.0, loads.collect()))
}

#[test]
fn damaged_weeks() {
    let mut dice = Dice(105);
    let mut count = Count::default();
    let (mut refused, mut otherwise) = (0, 0);
    let scan = Scan::of(1_000, 12_000);
    for _ in 0..scan.cases {
        let whole = week(&mut dice);
        let understood = traffic_csv::read(&whole).unwrap().understood;
        let text = dice.damaged(&whole);
        let reading = traffic_csv::read(&text);
        let told = match &reading {
            Err(mistake) => {
                assert!(
                    !mistake.found.is_empty() || mistake.at.line().is_some(),
                    "{text}"
                );
                assert!(!mistake.allowed.is_empty() && mistake.found.chars().count() <= 61);
                refused += 1;
                true
            }
            Ok(reading) => {
                let mut inputs = Inputs::default();
                inputs.traffic.grid.clone_from(&reading.grid);
                in_range(&inputs, &text);
                assert!(
                    reading.requests_per_month.is_finite() && reading.requests_per_month >= 0.0
                );
                // The user reads other rows, another range, a gap or another column.
                let told = reading.understood != understood;
                otherwise += usize::from(told);
                told
            }
        };
        count.add(told, &text, || {
            let (month, said) = loads(&text).ok_or("a line that can't be read")?;
            let reading = reading.as_ref().map_err(ToString::to_string)?;
            let most = |loads: &[f64]| loads.iter().copied().fold(0.0, f64::max);
            for (said, read) in said
                .iter()
                .map(|load| load / most(&said))
                .zip(&reading.grid)
            {
                let read = read / most(&reading.grid);
                expect((said - read).abs() <= 0.000_2, || {
                    format!("{said} is {read}")
                })?;
            }
            let off = (reading.requests_per_month / month - 1.0).abs();
            expect(off < 1e-9, || {
                format!("{} a month, not {month}", reading.requests_per_month)
            })
        });
    }
    assert!(
        refused > scan.least(3_000) && otherwise > scan.least(500) && count.right > scan.least(700),
        "{refused} {otherwise} {count:?}"
    );
}
