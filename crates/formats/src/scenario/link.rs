//! Inputs as the text behind the `#` of an address, and back: `v=1&requests=3e6&latency=80&region=europe`.
//!
//! A link holds what differs from the defaults, and it opens for ever: a name is never taken away and never
//! given to another input; they stand in the table of inputs. Numbers are exact. A week's grid is carried in whole numbers, see [`whole_loads`].
//!
//! The last pair says with which price book a link was made: its newest day. Own prices are
//! `prices=aws/eks/cluster:us:0.08,fly/egress:all:0.01`, ranges `ranges=latency:50..90,requests:1e6..3e6`.
//!
//! Scenarios that stand beside are `beside=Name:v%3D1%26services%3D4`: a name and a link of its own, escaped, once for each.
//!
//! All characters are such that no program cuts a link at them. A link that would be longer than [`LONGEST`] has the
//! short names, and numbers of many digits in another notation; it is the same format, and both may stand in one link.
//!
//! Reading makes an object of a scenario file out of the pairs, so that ranges and diagnostics are those of files.

pub use super::grid::whole_loads;
use super::{
    VERSION, WITH_WORKLOADS, changes, json, lists,
    reader::{Reader, few},
    saved::Named,
    text::{cut, seen},
    value_of, workloads,
};
use crate::percent;
use plimsoll_model::{
    diagnostic::Diagnostic,
    inputs::{Field, Inputs, Kind, RETIRED, SPLIT, Split, fields},
    prices::{Read, region_group},
    traffic,
};
use plimsoll_wording::format;
use serde_json::{Map, Value};

/// The longest text that is read, in bytes: more than any scenario takes, see the test.
pub const TEXT_LIMIT: usize = 128 * 1024;

/// The name of the pair that says which price book a link was made with.
const BOOK: &str = "book";

/// The name of the pairs that carry the scenarios beside.
const BESIDE: &str = "beside";

/// How many scenarios a link may have beside its own.
pub const BESIDE_LIMIT: usize = 4;

/// How long a link may be with names and numbers that people read; programs cut addresses at 2,000 characters.
pub const LONGEST: usize = 1_900;

/// The digits of whole numbers. Letters come first: so a number's bits never begin like a number that people write.
const DIGITS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// How many digits the bits of a number take.
const BITS: usize = 11;

/// The path of every input and list, with its name in links and the one in links that would be too long.
fn names() -> impl Iterator<Item = [&'static str; 3]> {
    let inputs = fields::all().map(|field| [field.path, field.links[0], field.links[1]]);
    let retired = RETIRED
        .iter()
        .map(|retired| [retired.path, retired.links[0], retired.links[1]]);
    let split = SPLIT
        .iter()
        .map(|split| [split.path, split.links[0], split.links[1]]);
    inputs.chain(lists::LINKS).chain(retired).chain(split)
}

/// Whether the text behind the `#` of an address claims to be a scenario.
pub fn is_link(fragment: &str) -> bool {
    pairs(fragment).any(|pair| pair.starts_with("v="))
}

/// The pairs of a link, with or without its `#`.
fn pairs(text: &str) -> impl Iterator<Item = &str> {
    let text = text.trim();
    let text = text.strip_prefix('#').unwrap_or(text);
    text.split('&').filter(|pair| !pair.is_empty())
}

// Writing.

/// The inputs as a link, without the `#`, with the day of the price book that they were compared with.
pub fn write(inputs: &Inputs, book_day: &str) -> String {
    let link = write_with(inputs, book_day, 1);
    if link.len() > LONGEST {
        write_with(inputs, book_day, 2)
    } else {
        link
    }
}

/// The inputs as a link, with scenarios that stand beside them, [`BESIDE_LIMIT`] at most.
pub fn write_beside(inputs: &Inputs, book_day: &str, beside: &[Named]) -> String {
    let mut link = write(inputs, book_day);
    for named in beside.iter().take(BESIDE_LIMIT) {
        link.push_str("&beside=");
        push_text(&mut link, &named.name);
        link.push(':');
        push_text(&mut link, &write_with(&named.inputs, "", 2));
    }
    link
}

/// A link with the names of a column.
fn write_with(inputs: &Inputs, book_day: &str, column: usize) -> String {
    let mut link = String::from("v=");
    let listed = !inputs.workloads.is_empty();
    let version = if listed { WITH_WORKLOADS } else { VERSION };
    push_number(&mut link, version as f64, column);
    let sum = |field: &Field| listed && workloads::SUMS.contains(&field);
    for field in changes(inputs, fields::all()).filter(|field| !sum(field)) {
        push_name(&mut link, field.path, column);
        match value_of(field, inputs) {
            Value::Bool(flag) => link.push(if flag { '1' } else { '0' }),
            Value::String(text) => link.push_str(&text),
            Value::Array(names) => {
                let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
                link.push_str(&names.join(","));
            }
            value => match value.as_f64() {
                Some(x) => push_number(&mut link, x, column),
                None => link.push_str("null"),
            },
        }
    }
    if traffic::usable(&inputs.traffic.grid) {
        push_name(&mut link, lists::GRID, column);
        for load in whole_loads(&inputs.traffic.grid) {
            push_digits(&mut link, load as u64, 2);
        }
    }
    for (n, environment) in inputs.environments.iter().enumerate() {
        push_item(&mut link, lists::ENVIRONMENTS, n, column);
        push_text(&mut link, &environment.name);
        link.push(':');
        push_number(&mut link, environment.hours_per_week, column);
        link.push(':');
        push_number(&mut link, f64::from(environment.replicas), column);
    }
    for (n, price) in inputs.prices.iter().enumerate() {
        push_item(&mut link, lists::PRICES, n, column);
        // Names of meters have no character that would need an escape.
        link.push_str(price.meter.info().id);
        link.push(':');
        link.push_str(region_group(price.region));
        link.push(':');
        push_number(&mut link, price.value, column);
    }
    if listed {
        push_name(&mut link, lists::WORKLOADS, column);
        push_text(
            &mut link,
            &lists::write(lists::WORKLOADS, inputs).to_string(),
        );
    }
    for (n, between) in inputs.ranges.iter().enumerate() {
        push_item(&mut link, lists::RANGES, n, column);
        link.push_str(name_of(between.path, column));
        link.push(':');
        push_number(&mut link, between.low, column);
        link.push_str("..");
        push_number(&mut link, between.high, column);
    }
    if Read::parse(book_day).is_some() {
        push_name(&mut link, BOOK, column);
        link.push_str(book_day);
    }
    link
}

/// What stands before an item of a list: the name of the list, or a comma.
fn push_item(link: &mut String, path: &'static str, place: usize, column: usize) {
    if place == 0 {
        push_name(link, path, column);
    } else {
        link.push(',');
    }
}

fn push_name(link: &mut String, path: &'static str, column: usize) {
    link.push('&');
    link.push_str(name_of(path, column));
    link.push('=');
}

fn name_of(path: &'static str, column: usize) -> &'static str {
    let row = names().find(|row| row[0] == path);
    row.map_or(path, |row| row[column])
}

/// The shorter of `0.05` and `3e6`, both of which give the very same number when they are read.
fn push_number(link: &mut String, x: f64, column: usize) {
    let (plain, power) = (format!("{x}"), format!("{x:e}"));
    let text = if power.len() < plain.len() {
        power
    } else {
        plain
    };
    if column == 2 && text.len() > BITS {
        push_digits(link, x.to_bits(), BITS);
    } else {
        link.push_str(&text);
    }
}

fn push_digits(link: &mut String, mut number: u64, count: usize) {
    let mut digits = [0; BITS];
    for digit in &mut digits[..count] {
        *digit = DIGITS[(number % 62) as usize];
        number /= 62;
    }
    link.extend(digits[..count].iter().rev().map(|digit| *digit as char));
}

fn push_text(link: &mut String, text: &str) {
    link.push_str(&percent::encoded(text));
}

// Reading.

/// Reads a link, with or without its `#`. What is missing is the default; what is wrong is the nearest legal value, with a
/// diagnostic. Characters that are not seen, such as those that turn the direction of writing, are left out.
pub fn read(text: &str) -> (Inputs, Vec<Diagnostic>) {
    let mut inputs = Inputs::default();
    if text.len() > TEXT_LIMIT {
        let found = format!("{} bytes", text.len());
        let diagnostic = Diagnostic::new("link", found, format!("at most {TEXT_LIMIT} bytes"));
        return (inputs, vec![diagnostic]);
    }
    let mut diagnostics = Vec::new();
    let mut object = Map::new();
    for pair in pairs(text) {
        let (key, raw) = pair.split_once('=').unwrap_or((pair, ""));
        let key = decode("link", key, &mut diagnostics);
        if key == BOOK || key == BESIDE {
            continue;
        }
        let Some(path) = path_of(&key) else {
            let allowed = "names such as requests, latency, cpu and region";
            let name = if key.is_empty() { pair } else { &key };
            tell(&mut diagnostics, &cut(name), "not an input", allowed);
            continue;
        };
        let value = value_at(path, raw, &mut diagnostics);
        if object.insert(path.to_owned(), value).is_some() {
            tell(
                &mut diagnostics,
                path,
                "more than one",
                "one; the last was taken",
            );
        }
    }
    if !object.contains_key("v") {
        tell(
            &mut diagnostics,
            "v",
            "missing",
            "1, the version of the format",
        );
    }
    object.sort_keys();
    object.values_mut().for_each(Value::sort_all_objects);
    let mut reader = Reader::of(&mut inputs);
    // An input's whole path is a key of its own to the reader.
    reader.object("", &object);
    diagnostics.extend(reader.finish());
    (inputs, few(diagnostics))
}

/// The day of the price book that a link was made with, if it says one.
pub fn book_of(fragment: &str) -> Option<String> {
    let days = pairs(fragment).filter_map(|pair| pair.strip_prefix("book="));
    let day = decode(BOOK, days.last()?, &mut Vec::new());
    Read::parse(&day).map(|_| day)
}

/// The scenarios that a link has beside its own, and what of them was not understood.
pub fn beside(fragment: &str) -> (Vec<Named>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut all: Vec<Named> = Vec::new();
    if fragment.len() > TEXT_LIMIT {
        return (all, diagnostics);
    }
    for raw in pairs(fragment).filter_map(|pair| pair.strip_prefix("beside=")) {
        let raw = whole(BESIDE, raw);
        let Some((name, text)) = raw.split_once(':') else {
            let allowed = "a name, a colon and a link";
            tell(&mut diagnostics, BESIDE, &cut(&raw), allowed);
            continue;
        };
        if all.len() == BESIDE_LIMIT {
            let found = format!("more than {BESIDE_LIMIT}");
            let allowed = format!("{BESIDE_LIMIT}; the first were taken");
            tell(&mut diagnostics, BESIDE, &found, &allowed);
            break;
        }
        let name = cut(&decode(BESIDE, name, &mut diagnostics));
        let text = decode(BESIDE, text, &mut diagnostics);
        let (inputs, notices) = read(&text);
        diagnostics.extend(notices);
        all.push(Named { name, inputs });
    }
    (all, few(diagnostics))
}

/// The path of an input by any of its names.
fn path_of(name: &str) -> Option<&'static str> {
    if name == "v" {
        return Some("v");
    }
    let row = names().find(|row| row.contains(&name));
    row.map(|row| row[0])
}

/// The value of an input as a scenario file has it.
fn value_at(path: &str, raw: &str, diagnostics: &mut Vec<Diagnostic>) -> Value {
    if path == lists::ENVIRONMENTS {
        return items(
            path,
            raw,
            ["name", "hours_per_week", "replicas"],
            diagnostics,
        );
    }
    if path == lists::PRICES {
        return items(path, raw, ["meter", "region", "value"], diagnostics);
    }
    if path == lists::RANGES {
        return ranges(raw, diagnostics);
    }
    let text = decode(path, raw, diagnostics);
    if path == lists::GRID {
        return grid(&text, diagnostics);
    }
    if path == lists::WORKLOADS {
        return json::read(&text).unwrap_or_else(|_| text.into());
    }
    let field = Field::find(path).or_else(|| Split::find(path)?.into.first().copied());
    if field.is_some_and(|field| matches!(field.kind, Kind::Set { .. })) {
        let names = text.split(',').filter(|name| !name.is_empty());
        return names.map(Value::from).collect();
    }
    let flag = field.is_some_and(|field| matches!(field.kind, Kind::Flag { .. }));
    match text.as_str() {
        "1" | "yes" | "true" if flag => true.into(),
        "0" | "no" | "false" if flag => false.into(),
        "null" => Value::Null,
        _ => number_or_text(text),
    }
}

/// A number in either notation; whatever is none stays a text, for the diagnostic.
fn number_or_text(text: String) -> Value {
    let number = match text.as_bytes() {
        bits @ [b'A'..=b'Z', ..] if bits.len() == BITS => digits(bits).map(f64::from_bits),
        _ => format::parse_number(&text),
    };
    match number {
        Some(x) if x.is_finite() => json::number(x),
        _ => text.into(),
    }
}

fn digits(text: &[u8]) -> Option<u64> {
    text.iter().try_fold(0_u64, |number, digit| {
        let place = DIGITS.iter().position(|known| known == digit)?;
        number.checked_mul(62)?.checked_add(place as u64)
    })
}

fn grid(text: &str, diagnostics: &mut Vec<Diagnostic>) -> Value {
    let (hours, rest) = text.as_bytes().as_chunks::<2>();
    let loads: Option<Vec<Value>> = hours
        .iter()
        .map(|hour| digits(hour).map(Value::from))
        .collect();
    match loads {
        Some(loads) if rest.is_empty() && [0, traffic::HOURS].contains(&loads.len()) => {
            loads.into()
        }
        _ => {
            let allowed = "336 letters and digits, two for each hour of a week";
            tell(diagnostics, lists::GRID, &cut(text), allowed);
            Value::Array(Vec::new())
        }
    }
}

/// The items of a list, of three parts each; the first of them is a text.
fn items(path: &str, raw: &str, keys: [&str; 3], diagnostics: &mut Vec<Diagnostic>) -> Value {
    let whole = whole(path, raw);
    let all = whole.split(',').filter(|one| !one.is_empty());
    all.map(|one| {
        let mut object = Map::new();
        for (n, part) in one.splitn(3, ':').enumerate() {
            let text = decode(path, part, diagnostics);
            let value = if n == 0 {
                text.into()
            } else {
                number_or_text(text)
            };
            object.insert(keys[n].to_owned(), value);
        }
        Value::Object(object)
    })
    .collect()
}

/// A list as it was written: a program that escapes the colons of a link has escaped everything once more.
fn whole(path: &str, raw: &str) -> String {
    if !raw.contains(':') {
        let once = decode(path, raw, &mut Vec::new());
        if once.contains(':') {
            return once;
        }
    }
    raw.to_owned()
}

/// Ranges by the names of their inputs.
fn ranges(raw: &str, diagnostics: &mut Vec<Diagnostic>) -> Value {
    let mut object = Map::new();
    for one in whole(lists::RANGES, raw)
        .split(',')
        .filter(|one| !one.is_empty())
    {
        let (name, ends) = one.split_once(':').unwrap_or((one, ""));
        let name = decode(lists::RANGES, name, diagnostics);
        let ends = decode(lists::RANGES, ends, diagnostics);
        let value = match ends.split_once("..") {
            Some((low, high)) => {
                let ends = [low, high].map(|end| number_or_text(end.to_owned()));
                Value::Array(ends.into())
            }
            None => ends.into(),
        };
        let path = path_of(&name).map_or(name, str::to_owned);
        if object.insert(path, value).is_some() {
            tell(
                diagnostics,
                lists::RANGES,
                &cut(one),
                "one range for an input; the last was taken",
            );
        }
    }
    Value::Object(object)
}

/// A text without its escapes, and without what is not seen. An escape that is none stays, with a diagnostic.
fn decode(at: &str, raw: &str, diagnostics: &mut Vec<Diagnostic>) -> String {
    let (text, sound) = percent::decoded(raw);
    if !sound {
        let allowed = "% only before two hexadecimal digits, and characters in UTF-8";
        tell(diagnostics, at, &cut(raw), allowed);
    }
    seen(&text, usize::MAX)
}

fn tell(diagnostics: &mut Vec<Diagnostic>, at: &str, found: &str, allowed: &str) {
    diagnostics.push(Diagnostic::new(at, found, allowed));
}

#[cfg(test)]
mod tests;
