//! Inputs as JSON: the native format, for files, storage and whoever calls the example. Results stand in [`result`].
//!
//! Reading never fails: it gives the inputs it understood and a diagnostic for
//! everything it did not. A caller that wants strictness refuses a reading with diagnostics.

mod grid;
pub(crate) mod json;
pub mod link;
pub(crate) mod lists;
pub mod placed;
pub(crate) mod reader;
pub mod result;
pub mod samples;
pub mod saved;
pub(crate) mod setting;
pub mod site;
pub mod table;
pub(crate) mod text;
pub mod workloads;

use plimsoll_model::{
    diagnostic::Diagnostic,
    inputs::{
        ASSUMPTIONS, FIELDS, Field, Inputs, Kind, RETIRED, Split, at, bound_by_others, fields,
    },
};
use plimsoll_wording::format;
use reader::{Reader, few, kind_of, shown};
use serde_json::{Map, Value};

/// The version of the format.
pub const VERSION: u64 = 1;
/// The version of a scenario with a list of workloads.
pub const WITH_WORKLOADS: u64 = 2;

/// The longest text that is read, in bytes.
pub const TEXT_LIMIT: usize = 256 * 1024;

/// Reads a scenario. What is missing is the default; what is wrong is the nearest legal value, with a diagnostic.
pub fn read(text: &str) -> (Inputs, Vec<Diagnostic>) {
    let mut inputs = Inputs::default();
    if text.len() > TEXT_LIMIT {
        let found = format!("{} bytes", text.len());
        let diagnostic = Diagnostic::new("scenario", found, format!("at most {TEXT_LIMIT} bytes"));
        return (inputs, vec![diagnostic]);
    }
    let value = match json::read(text) {
        Ok(value) => value,
        Err(error) => {
            let diagnostic = Diagnostic::new("scenario", error, "a JSON object");
            return (inputs, vec![diagnostic]);
        }
    };
    let Value::Object(object) = value else {
        let diagnostic = Diagnostic::new("scenario", kind_of(&value), "a JSON object");
        return (inputs, vec![diagnostic]);
    };
    let diagnostics = read_onto(&mut inputs, &object);
    (inputs, few(diagnostics))
}

/// Reads a scenario that stands in another text.
pub(crate) fn read_onto(inputs: &mut Inputs, object: &Map<String, Value>) -> Vec<Diagnostic> {
    let mut reader = Reader::of(inputs);
    reader.object("", object);
    reader.finish()
}

impl Reader<'_> {
    fn object(&mut self, prefix: &str, object: &Map<String, Value>) {
        // A range gives its field the middle, unless the field has a number of its own.
        if prefix.is_empty()
            && let Some(ranges) = object.get(lists::RANGES)
        {
            lists::read(lists::RANGES, ranges, self);
        }
        for (key, value) in object {
            let path = if prefix.is_empty() {
                key.clone()
            } else {
                format!("{prefix}.{key}")
            };
            if path == "v" {
                self.version(value);
            } else if let Some(field) = Field::find(&path) {
                self.field(field, value);
            } else if lists::ALL.contains(&path.as_str()) {
                if path != lists::RANGES {
                    lists::read(&path, value, self);
                }
            } else if let Some(split) = Split::find(&path) {
                // What is said of one of them itself is meant.
                let said = |field: &Field| {
                    let name = field.path.strip_prefix(prefix).unwrap_or(field.path);
                    object.contains_key(name.trim_start_matches('.'))
                };
                for field in split.into.iter().filter(|field| !said(field)) {
                    self.field(field, value);
                }
            } else if let Some(retired) = RETIRED.iter().find(|retired| retired.path == path) {
                if value.as_f64() != Some(retired.default) {
                    self.report(retired.path, "no longer an input", retired.instead);
                }
            } else if let Value::Object(inner) = value
                && !keys_below(&path).is_empty()
            {
                self.object(&path, inner);
            } else if keys_below(&path).is_empty() {
                let path = text::seen(&path, 200);
                self.report(&path, "not an input", keys_below(prefix).join(", "));
            } else {
                self.report(&path, kind_of(value), "a JSON object");
            }
        }
    }

    fn version(&mut self, value: &Value) {
        if !value
            .as_u64()
            .is_some_and(|v| (VERSION..=WITH_WORKLOADS).contains(&v))
        {
            let allowed =
                format!("{VERSION}, the version of the format, or {WITH_WORKLOADS} with workloads");
            self.report("v", shown(value), allowed);
        }
    }

    fn field(&mut self, field: &Field, value: &Value) {
        self.cpu_given |= field.path == at::http::cpu_ms.path;
        match field.kind {
            Kind::Number { range, set, .. } => match value.as_f64() {
                Some(x) => {
                    if !range.contains(x) {
                        self.report(field.path, shown(value), format::allowed(&range));
                    }
                    set(self.inputs, range.clamp(x));
                }
                None => self.report(field.path, shown(value), format::allowed(&range)),
            },
            Kind::Optional { open, set, .. }
                if value.is_null() || value.as_str().is_some_and(|text| Some(text) == open) =>
            {
                set(self.inputs, None);
            }
            Kind::Optional {
                open, range, set, ..
            } => {
                let wanted = value.as_f64();
                if !wanted.is_some_and(|x| range.contains(x)) {
                    let allowed =
                        format!("{}, or {}", open.unwrap_or("null"), format::allowed(&range));
                    self.report(field.path, shown(value), allowed);
                }
                if let Some(x) = wanted {
                    set(self.inputs, Some(range.clamp(x)));
                }
            }
            Kind::Flag { set, .. } => match value.as_bool() {
                Some(flag) => set(self.inputs, flag),
                None => self.report(field.path, shown(value), "true or false"),
            },
            Kind::Set { options, set, .. } => {
                if let Some(bits) = set_of(value, options) {
                    set(self.inputs, bits);
                } else {
                    let names: Vec<_> = options.iter().map(|(name, _)| *name).collect();
                    let names = names.join(", ");
                    let allowed = format!("a list of one or several of {names}, each once");
                    self.report(field.path, shown(value), allowed);
                }
            }
            Kind::Choice { options, set, .. } => {
                let place = value
                    .as_str()
                    .and_then(|name| options.iter().position(|(option, _)| *option == name));
                if let Some(place) = place {
                    set(self.inputs, place);
                } else {
                    let names: Vec<_> = options.iter().map(|(name, _)| *name).collect();
                    self.report(field.path, shown(value), names.join(", "));
                }
            }
        }
    }

    /// Brings what depends on other inputs inside its bound. A default that nobody typed moves without a diagnostic.
    fn finish(mut self) -> Vec<Diagnostic> {
        let before = self.inputs.clone();
        for field in self.inputs.clamp_dependents() {
            if field.path == at::http::cpu_ms.path && !self.cpu_given {
                continue;
            }
            let Kind::Number { get, .. } = field.kind else {
                continue;
            };
            let bound = bound_by_others(field.path, &before);
            let allowed = bound.map_or(String::new(), |(most, why)| {
                format!("at most {} ({why})", format::number(most))
            });
            let found = format::number(get(&before));
            self.report(field.path, found, allowed);
        }
        self.diagnostics
    }
}

/// A bit for each option that a list names; none where it names another, or nothing.
fn set_of(value: &Value, options: &[(&str, &str)]) -> Option<u32> {
    let names = value.as_array().filter(|names| !names.is_empty())?;
    names.iter().try_fold(0, |bits, name| {
        let name = name.as_str()?;
        let place = options.iter().position(|(option, _)| *option == name)?;
        let bit = 1 << place;
        (bits & bit == 0).then_some(bits | bit)
    })
}

/// The inputs and groups that stand directly below a path.
fn keys_below(prefix: &str) -> Vec<&'static str> {
    let mut keys: Vec<&'static str> = Vec::new();
    let paths = fields::all().map(|field| field.path).chain(lists::ALL);
    for path in paths {
        let rest = if prefix.is_empty() {
            Some(path)
        } else {
            path.strip_prefix(prefix)
                .and_then(|rest| rest.strip_prefix('.'))
        };
        if let Some(key) = rest.and_then(|rest| rest.split('.').next())
            && !keys.contains(&key)
        {
            keys.push(key);
        }
    }
    keys
}

/// The inputs as a scenario: every input, and the assumptions that are not the default.
pub fn write(inputs: &Inputs) -> Value {
    let differ = changes(
        inputs,
        ASSUMPTIONS.iter().map(|assumption| &assumption.field),
    );
    object(FIELDS.iter().chain(differ), &lists::ALL, inputs)
}

/// What of the inputs is not the default, as a scenario.
pub fn write_changes(inputs: &Inputs) -> Value {
    let defaults = Inputs::default();
    let lists: Vec<&str> = lists::ALL
        .into_iter()
        .filter(|path| lists::write(path, inputs) != lists::write(path, &defaults))
        .collect();
    object(changes(inputs, fields::all()), &lists, inputs)
}

/// Those of the fields that are not what would be read without them: the default, or the middle of their range.
fn changes(
    inputs: &Inputs,
    fields: impl Iterator<Item = &'static Field>,
) -> impl Iterator<Item = &'static Field> {
    let defaults = Inputs::default();
    fields.filter(move |field| {
        let unsaid = match inputs.between(field.path) {
            Some(between) => json::number(between.middle()),
            None => value_of(field, &defaults),
        };
        value_of(field, inputs) != unsaid
    })
}

fn object(fields: impl Iterator<Item = &'static Field>, lists: &[&str], inputs: &Inputs) -> Value {
    let mut root = Map::new();
    let listed = !inputs.workloads.is_empty();
    let version = if listed { WITH_WORKLOADS } else { VERSION };
    root.insert("v".into(), version.into());
    for field in fields.filter(|field| !listed || !workloads::SUMS.contains(field)) {
        put(&mut root, field.path, value_of(field, inputs));
    }
    for path in lists
        .iter()
        .filter(|path| listed || **path != lists::WORKLOADS)
    {
        put(&mut root, path, lists::write(path, inputs));
    }
    let mut root = Value::Object(root);
    root.sort_all_objects();
    root
}

fn value_of(field: &Field, inputs: &Inputs) -> Value {
    match field.kind {
        Kind::Number { get, .. } => json::number(get(inputs)),
        Kind::Optional { open, get, .. } => {
            get(inputs).map_or_else(|| open.map_or(Value::Null, Value::from), json::number)
        }
        Kind::Flag { get, .. } => get(inputs).into(),
        Kind::Choice { options, get, .. } => options[get(inputs)].0.into(),
        Kind::Set { options, get, .. } => {
            let bits = get(inputs);
            let chosen = (0..options.len()).filter(|place| bits & (1 << place) != 0);
            chosen.map(|place| options[place].0).collect()
        }
    }
}

/// Puts a value at a path of keys, with the objects that lead there.
fn put(root: &mut Map<String, Value>, path: &str, value: Value) {
    let mut at = root;
    let mut keys = path.split('.').peekable();
    while let Some(key) = keys.next() {
        if keys.peek().is_none() {
            at.insert(key.to_owned(), value);
            return;
        }
        let group = at.entry(key).or_insert_with(|| Map::new().into());
        let Some(object) = group.as_object_mut() else {
            unreachable!("an input and a group of inputs share the name {key}")
        };
        at = object;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagnostics(text: &str) -> Vec<String> {
        read(text).1.iter().map(Diagnostic::to_string).collect()
    }

    #[test]
    fn an_empty_object_is_the_default() {
        assert_eq!(read("{}"), (Inputs::default(), vec![]));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut inputs = Inputs::default();
        inputs.http.requests_per_month = 1_234_567.5;
        inputs.team.ops_hours_per_week.kubernetes = Some(3.25);
        inputs.options.free_tier = false;
        assert_eq!(read(&write(&inputs).to_string()), (inputs, vec![]));
    }

    #[test]
    fn each_notice_names_what_where_and_what_is_allowed() {
        let cases = [
            (
                r#"{"http":{"latncy_ms":5}}"#,
                "http.latncy_ms: not an input; allowed: requests_per_month, latency_ms",
            ),
            (
                r#"{"http":{"latency_ms":0}}"#,
                "http.latency_ms: 0; allowed: 1 to 3,600,000 ms",
            ),
            (
                r#"{"http":{"requests_per_month":5}}"#,
                "http.requests_per_month: 5; allowed: 0, or 1,000 to",
            ),
            (
                r#"{"services":1.5}"#,
                "services: 1.5; allowed: whole numbers, 1 to 200 services",
            ),
            (
                r#"{"services":"two"}"#,
                "services: \"two\"; allowed: whole numbers",
            ),
            (
                r#"{"region":"mars"}"#,
                "region: \"mars\"; allowed: us, europe, asia",
            ),
            (r#"{"team":3}"#, "team: a number; allowed: a JSON object"),
            (
                r#"{"options":{"free_tier":"no"}}"#,
                "options.free_tier: \"no\"; allowed: true or false",
            ),
            (
                r#"{"http":{"cpu_ms":100,"latency_ms":50}}"#,
                "http.cpu_ms: 100; allowed: at most 50 (latency × vCPU",
            ),
            (r#"{"v":3}"#, "v: 3; allowed: 1"),
            ("[]", "scenario: a list; allowed: a JSON object"),
            ("{", "scenario: EOF"),
        ];
        for (text, start) in cases {
            let all = diagnostics(text);
            assert_eq!(all.len(), 1, "{text}: {all:?}");
            assert!(all[0].starts_with(start), "{text}: {}", all[0]);
        }
    }

    #[test]
    fn a_default_gives_way_without_a_word() {
        let (inputs, diagnostics) = read(r#"{"http":{"latency_ms":5}}"#);
        assert_eq!((inputs.http.cpu_ms, diagnostics.len()), (5.0, 0));
    }
}
