//! A decision as a block at the end of its record, so that a later reading can hold it against today.
//!
//! The block is JSON in a fence of its own: a head, then a line for each tripwire and each price, so that two records can be told
//! apart line by line. Nothing that a user wrote ends it: what Markdown or HTML could read otherwise is escaped as JSON has it.
//! It is found again by the word behind its fence, or by its first key where a wiki has taken the fence away, quoted or
//! escaped as HTML.

use crate::scenario::{
    self,
    json::number,
    lists,
    reader::{Reader, few, kind_of, shown},
    setting, text,
};
use plimsoll_model::{
    Assessment,
    decide::Shape,
    diagnostic::Diagnostic,
    explore::{
        flips::{Direction, Flip, Setting},
        watch::{Answer, BillWire, Decision, Total, Tripwire},
    },
    inputs::{Field, Inputs, lists::PRICES},
    platform::Platform,
    prices::PriceBook,
};
use plimsoll_wording::{
    beside::Column,
    export::markdown::{self, Cover},
};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// The version of the block.
pub const VERSION: u64 = 1;
/// The longest record that is read, in bytes.
pub const TEXT_LIMIT: usize = 1024 * 1024;
/// The most tripwires that are read.
const MOST_TRIPWIRES: usize = 500;
/// What the block is found by: the word behind its fence, and its first key.
const MARK: &str = "plimsoll-decision";

/// The decision that follows from the inputs, as a whole record: in words, beside other scenarios where there are some, and as
/// data.
pub fn record(
    cover: &Cover<'_>,
    inputs: &Inputs,
    assessment: &Assessment,
    book: &PriceBook,
    flips: &[Flip],
    columns: &[Column<'_>],
) -> String {
    let decided = Decision::of(cover.date, inputs, assessment, book, flips);
    [
        markdown::record(cover, inputs, assessment, book, flips),
        markdown::side_by_side(columns),
        write(&decided),
    ]
    .concat()
}

/// The end of a record: the decision as data.
pub fn write(decision: &Decision) -> String {
    let mut out = String::from(
        "\n## The decision as data\n\n`plimsoll watch` reads this block, and says what has changed since and whether the decision \
         still stands.\n\n```json ",
    );
    out += MARK;
    out += "\n{";
    let id = |platform: Option<Platform>| platform.map(Platform::id);
    let answer = &decision.answer;
    let mut totals = Map::new();
    for total in &decision.totals {
        let usd = json!({
            "infrastructure_usd": number(total.infrastructure_usd), "people_usd": number(total.people_usd),
        });
        totals.insert(total.platform.id().into(), usd);
    }
    let group: Vec<&str> = answer.group.iter().map(|one| one.id()).collect();
    let bill = decision
        .bill
        .map(|wire| json!({ "above_usd": number(wire.above_usd), "winner": wire.then.id() }));
    let of_prices = Inputs {
        prices: decision.prices.clone(),
        ..Inputs::default()
    };
    let head = [
        (MARK, VERSION.into()),
        ("written", decision.written.as_str().into()),
        ("prices_of", decision.prices_of.as_str().into()),
        ("scenario", scenario::write_changes(&decision.inputs)),
        (
            "verdict",
            json!({
                "shape": answer.shape.id(), "platform": id(answer.platform),
                "runner_up": id(answer.runner_up), "group": group,
            }),
        ),
        ("totals", totals.into()),
        ("bill", bill.into()),
    ];
    for (key, value) in head {
        line(&mut out, key, &value);
    }
    let wires = decision.tripwires.iter().map(write_tripwire).collect();
    list(&mut out, "tripwires", &wires);
    out += ",\n";
    list(&mut out, PRICES, &lists::write(PRICES, &of_prices));
    out += "}\n```\n";
    out
}

/// A value with its keys in one order, whichever order its maps keep.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut all: Vec<(&String, &Value)> = map.iter().collect();
            all.sort_by_key(|(key, _)| *key);
            let all = all
                .into_iter()
                .map(|(key, value)| (key.clone(), sorted(value)));
            Value::Object(all.collect())
        }
        Value::Array(list) => list.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

/// A line of the head.
fn line(out: &mut String, key: &str, value: &Value) {
    for part in ["\"", key, "\":", &harmless(&sorted(value)), ",\n"] {
        out.push_str(part);
    }
}

/// A list, a line for each of it.
fn list(out: &mut String, key: &str, values: &Value) {
    for part in ["\"", key, "\":["] {
        out.push_str(part);
    }
    for (n, value) in values.as_array().into_iter().flatten().enumerate() {
        out.push_str(if n > 0 { ",\n" } else { "\n" });
        out.push_str(&harmless(&sorted(value)));
    }
    out.push(']');
}

/// A value without anything that ends a fence or a comment, or begins a tag: these stand in texts alone, as escapes.
fn harmless(value: &Value) -> String {
    let mut out = String::new();
    for c in value.to_string().chars() {
        match c {
            '`' | '~' | '<' | '>' | '&' => out += &format!("\\u{:04x}", c as u32),
            c => out.push(c),
        }
    }
    out
}

fn write_tripwire(wire: &Tripwire) -> Value {
    let value = |setting| match setting {
        Setting::Number(x) => number(x),
        other => setting::write(wire.field, other),
    };
    json!({
        "input": wire.field.path, "from": value(wire.from), "to": value(wire.to),
        "direction": wire.direction.id(), "winner": wire.winner.map(Platform::id),
    })
}

/// A text that may be the block, and the line that it begins in, from 0.
struct Block {
    first: usize,
    text: String,
}

/// Whether a text has a decision, or what is left of one.
pub fn is_in(text: &str) -> bool {
    text.contains(MARK)
}

/// Reads the decision of a record, whatever else stands there. What of it is not understood is told, and left out.
///
/// # Errors
///
/// Why there is no decision to go on with: no block or several, a newer version, damaged JSON with its line, no answer.
pub fn read(markdown: &str) -> Result<(Decision, Vec<Diagnostic>), String> {
    if markdown.len() > TEXT_LIMIT {
        let found = markdown.len();
        return Err(format!(
            "the record has {found} bytes; allowed: at most {TEXT_LIMIT}"
        ));
    }
    let markdown = if markdown.contains('\r') {
        Cow::Owned(markdown.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(markdown)
    };
    let lines: Vec<&str> = markdown.split('\n').collect();
    let mut blocks = fenced(&lines);
    if blocks.is_empty() {
        blocks = bare(&lines);
    }
    let Some(block) = blocks.first() else {
        return Err(format!(
            "no decision in it: there is no block \"{MARK}\", which the end of a record has"
        ));
    };
    if let Some(other) = blocks.iter().find(|other| other.text != block.text) {
        return Err(format!(
            "two decisions, in the lines {} and {}: keep the one that is meant",
            block.first + 1,
            other.first + 1
        ));
    }
    of_value(&parse(block)?)
}

/// A line without the signs of a quotation before it.
fn unquoted(line: &str) -> &str {
    line.trim_start_matches(['>', ' ', '\t', '\u{feff}'])
}

/// The blocks with our word behind their fence.
fn fenced(lines: &[&str]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let line = unquoted(line);
        let fence = ["```", "~~~"]
            .iter()
            .find(|fence| line.starts_with(**fence));
        if let Some(fence) = fence
            && line.contains(MARK)
        {
            let inside = lines[n + 1..].iter();
            let inside = inside.take_while(|line| !unquoted(line).starts_with(fence));
            blocks.push(Block {
                first: n + 1,
                text: joined(inside),
            });
        }
    }
    blocks
}

/// What begins with our first key, without a fence.
fn bare(lines: &[&str]) -> Vec<Block> {
    let keys = [format!("\"{MARK}\""), format!("&quot;{MARK}&quot;")];
    let mut blocks = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let Some(place) = keys.iter().find_map(|key| line.find(key)) else {
            continue;
        };
        let before = line[..place].trim_end();
        // Where somebody has laid it out anew, the brace stands a line above.
        let begins = if let Some(before) = before.strip_suffix('{') {
            Some((n, before.len()))
        } else if unquoted(before).is_empty() && n > 0 {
            let above = lines[n - 1].trim_end();
            above.strip_suffix('{').map(|above| (n - 1, above.len()))
        } else {
            None
        };
        if let Some((first, place)) = begins {
            let inside = [&lines[first][place..]];
            let mut text = joined(inside.iter().chain(&lines[first + 1..]));
            // It ends where its value does; one that has no end is told as damaged.
            let mut values = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
            if let Some(Ok(_)) = values.next() {
                text.truncate(values.byte_offset());
            }
            blocks.push(Block { first, text });
        }
    }
    blocks
}

/// The lines of a block, as they were written.
fn joined<'a>(lines: impl Iterator<Item = &'a &'a str>) -> String {
    let lines: Vec<&str> = lines.map(|line| unquoted(line).trim_end()).collect();
    let mut text = lines.join("\n");
    if text.contains("&quot;") || text.contains("&#34;") {
        // What is escaped as HTML is nowhere in the block as we write it.
        for (escape, c) in [
            ("&quot;", "\""),
            ("&#34;", "\""),
            ("&#39;", "'"),
            ("&amp;", "&"),
        ] {
            text = text.replace(escape, c);
        }
    }
    text
}

fn parse(block: &Block) -> Result<Map<String, Value>, String> {
    match serde_json::from_str::<Value>(&block.text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(other) => Err(format!(
            "line {}: the decision is {}; allowed: a JSON object",
            block.first + 1,
            kind_of(&other)
        )),
        Err(error) => {
            let why = error.to_string();
            let why = why.split(" at line ").next().unwrap_or_default();
            Err(format!(
                "line {}: the decision is damaged: {why}",
                block.first + error.line().max(1)
            ))
        }
    }
}

/// What has been read of a decision.
struct Told(Vec<Diagnostic>);

impl Told {
    fn report(&mut self, at: impl Into<String>, found: &Value, allowed: &str) {
        let found = match found {
            Value::Null => "missing".to_owned(),
            value => shown(value),
        };
        self.0.push(Diagnostic::new(at.into(), found, allowed));
    }

    fn text(&mut self, object: &Map<String, Value>, key: &str) -> String {
        let value = object.get(key).unwrap_or(&Value::Null);
        if !value.is_string() {
            self.report(key, value, "a day");
        }
        text::cut(value.as_str().unwrap_or_default())
    }

    /// A platform; none where there is none, with a word where one of that name isn't known.
    fn platform(&mut self, at: impl Into<String>, value: &Value) -> Option<Platform> {
        let found = value.as_str().and_then(Platform::find);
        if found.is_none() && !value.is_null() {
            self.report(at, value, "a platform of this version");
        }
        found
    }

    /// What was decided.
    fn answer(&mut self, verdict: &Value) -> Result<Answer, String> {
        let said = verdict.get("platform");
        let Some(said) = said.filter(|said| said.is_null() || said.is_string()) else {
            return Err("the decision is damaged: its verdict names no platform".into());
        };
        let platform = said.as_str().and_then(Platform::find);
        if platform.is_none() && !said.is_null() {
            let said = shown(said);
            return Err(format!(
                "the decision is for {said}, which is no platform of this version"
            ));
        }
        let shape = Shape::ALL
            .into_iter()
            .find(|shape| Some(shape.id()) == verdict["shape"].as_str());
        if shape.is_none() {
            self.report(
                "verdict.shape",
                &verdict["shape"],
                "stay, use, choose, hybrid, none",
            );
        }
        let group = verdict["group"].as_array().into_iter().flatten();
        let group = group
            .filter_map(|one| self.platform("verdict.group", one))
            .collect();
        Ok(Answer {
            shape: shape.unwrap_or(if platform.is_none() {
                Shape::None
            } else {
                Shape::Use
            }),
            platform,
            runner_up: self.platform("verdict.runner_up", &verdict["runner_up"]),
            group,
        })
    }

    fn tripwire(&mut self, at: &str, value: &Value) -> Option<Tripwire> {
        let path = &value["input"];
        let Some(field) = path.as_str().and_then(Field::find) else {
            self.report(format!("{at}.input"), path, "an input of this version");
            return None;
        };
        let mut read = |key: &str| {
            let read = setting::read(field, &value[key]);
            if read.is_none() {
                self.report(format!("{at}.{key}"), &value[key], "a value of the input");
            }
            read
        };
        let (from, to) = (read("from")?, read("to")?);
        let direction = Direction::ALL
            .into_iter()
            .find(|direction| Some(direction.id()) == value["direction"].as_str());
        if direction.is_none() {
            let at = format!("{at}.direction");
            self.report(at, &value["direction"], "up, down, other");
        }
        let winner = self.platform(format!("{at}.winner"), &value["winner"]);
        if winner.is_none() && !value["winner"].is_null() {
            return None;
        }
        Some(Tripwire {
            field,
            from,
            to,
            direction: direction?,
            winner,
        })
    }
}

fn check_version(version: &Value) -> Result<(), String> {
    match version.as_u64() {
        Some(VERSION) => Ok(()),
        Some(newer) if newer > VERSION => Err(format!(
            "the decision has version {newer}, of a newer Plimsoll; this one reads {VERSION}"
        )),
        _ => {
            let found = shown(version);
            Err(format!(
                "the decision is damaged: its {MARK} is {found}; allowed: {VERSION}"
            ))
        }
    }
}

fn of_value(object: &Map<String, Value>) -> Result<(Decision, Vec<Diagnostic>), String> {
    let null = Value::Null;
    let get = |key: &str| object.get(key).unwrap_or(&null);
    check_version(get(MARK))?;
    let Value::Object(scenario) = get("scenario") else {
        return Err("the decision is damaged: it has no scenario".into());
    };
    let mut told = Told(Vec::new());
    let mut inputs = Inputs::default();
    for diagnostic in scenario::read_onto(&mut inputs, scenario) {
        let at = format!("scenario.{}", diagnostic.at);
        told.0
            .push(Diagnostic::new(at, diagnostic.found, diagnostic.allowed));
    }
    let answer = told.answer(get("verdict"))?;
    let mut totals = Vec::new();
    for platform in answer.platform.into_iter().chain(answer.runner_up) {
        let usd = &get("totals")[platform.id()];
        let both = [&usd["infrastructure_usd"], &usd["people_usd"]].map(Value::as_f64);
        if let [Some(infrastructure_usd), Some(people_usd)] = both {
            totals.push(Total {
                platform,
                infrastructure_usd,
                people_usd,
            });
        } else {
            told.report(format!("totals.{}", platform.id()), usd, "both its totals");
        }
    }
    let (above, winner) = (&get("bill")["above_usd"], &get("bill")["winner"]);
    let bill = match (above.as_f64(), told.platform("bill.winner", winner)) {
        (Some(above_usd), Some(then)) => Some(BillWire { above_usd, then }),
        _ => None,
    };
    if bill.is_none() && !get("bill").is_null() && (above.as_f64().is_none() || winner.is_null()) {
        told.report("bill", get("bill"), "above_usd and winner");
    }
    let Value::Array(wires) = get("tripwires") else {
        return Err("the decision is damaged: it has no list of tripwires".into());
    };
    if wires.len() > MOST_TRIPWIRES {
        let found = wires.len().into();
        told.report("tripwires", &found, &format!("at most {MOST_TRIPWIRES}"));
    }
    let wires = wires.iter().take(MOST_TRIPWIRES).enumerate();
    let tripwires = wires
        .filter_map(|(n, wire)| told.tripwire(&format!("tripwires[{n}]"), wire))
        .collect();
    let mut of_prices = Inputs::default();
    let mut reader = Reader::of(&mut of_prices);
    lists::read(PRICES, get(PRICES), &mut reader);
    told.0.append(&mut reader.diagnostics);
    let decision = Decision {
        written: told.text(object, "written"),
        prices_of: told.text(object, "prices_of"),
        inputs,
        answer,
        totals,
        tripwires,
        bill,
        prices: of_prices.prices,
    };
    Ok((decision, few(told.0)))
}
