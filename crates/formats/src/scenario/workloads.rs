//! The list of workloads that differ, as it stands in files: each row with what is its own.

use super::{
    grid,
    json::number,
    reader::{Reader, kind_of, shown},
    text::{self, LONGEST_NAME},
    value_of,
};
use plimsoll_model::inputs::{
    Field, Inputs, Pin, Scope, WorkloadKind, WorkloadRow, at, fields,
    lists::{GRID, WORKLOADS},
    workloads::{
        Call, LARGEST_CALL_KB, MOST_ALIKE, MOST_CALLS, MOST_PER_REQUEST, MOST_ROWS, OWN, own_field,
        own_range,
    },
};
use plimsoll_wording::format;
use serde_json::{Map, Value};

/// Reads the list into the inputs, and brings what is around it to its sums.
pub(super) fn read(value: &Value, reader: &mut Reader<'_>) {
    let allowed =
        format!("a list of objects with name, kind, count and what differs, {MOST_ROWS} at most");
    let Value::Array(values) = value else {
        return reader.report(WORKLOADS, kind_of(value), allowed);
    };
    if values.len() > MOST_ROWS {
        reader.report(WORKLOADS, format!("{} of them", values.len()), &*allowed);
    }
    let mut rows = Vec::new();
    for (n, value) in values.iter().take(MOST_ROWS).enumerate() {
        let at = format!("{WORKLOADS}[{n}]");
        match value {
            Value::Object(object) => rows.push(read_row(&at, object, reader)),
            _ => reader.report(&at, kind_of(value), &*allowed),
        }
    }
    for row in &mut rows {
        take_common(row, reader.inputs);
    }
    for (n, row) in rows.iter().enumerate() {
        for (m, call) in row.calls.iter().enumerate() {
            if !rows.iter().any(|other| other.name == call.to) {
                let at = format!("{WORKLOADS}[{n}].calls[{m}].to");
                reader.report(&at, shown(&call.to.clone().into()), "names of the list");
            }
        }
    }
    reader.inputs.set_workloads(rows);
}

/// What a row doesn't say of runs and connections it has from the scenario, before that is brought to the sums of the list.
fn take_common(row: &mut WorkloadRow, common: &Inputs) {
    let (count, field) = match row.kind {
        WorkloadKind::Service => (common.connections.count, at::connections::count),
        WorkloadKind::Job => (common.jobs.runs_per_month, at::jobs::runs_per_month),
        WorkloadKind::Worker => return,
    };
    if count > 0.0 && !row.own.contains(&field) {
        row.take(field, common);
    }
}

pub(super) fn read_row(
    at: &str,
    object: &Map<String, Value>,
    reader: &mut Reader<'_>,
) -> WorkloadRow {
    let mut row = WorkloadRow::default();
    // What else there may be in it depends on what it is.
    if let Some(kind) = object.get("kind") {
        let known = WorkloadKind::ALL
            .into_iter()
            .find(|known| Some(known.id()) == kind.as_str());
        match known {
            Some(known) => row.kind = known,
            None => reader.report(&format!("{at}.kind"), shown(kind), "service, worker, job"),
        }
    }
    row.kind.id().clone_into(&mut row.name);
    for (key, value) in object {
        let at = format!("{at}.{}", text::cut(key));
        match key.as_str() {
            "kind" => {}
            "name" => {
                let said = value.as_str().unwrap_or_default();
                let name = text::seen(said, LONGEST_NAME);
                if name.is_empty() || name != said {
                    let allowed = "text of 1 to 60 characters that are seen";
                    reader.report(&at, shown(value), allowed);
                }
                if !name.is_empty() {
                    row.name = name;
                }
            }
            "count" => {
                let count = value
                    .as_u64()
                    .filter(|n| (1..=u64::from(MOST_ALIKE)).contains(n));
                if count.is_none() {
                    reader.report(
                        &at,
                        shown(value),
                        format!("whole numbers, 1 to {MOST_ALIKE}"),
                    );
                }
                let nearest = value.as_f64().unwrap_or(1.0).round();
                row.count = nearest.clamp(1.0, f64::from(MOST_ALIKE)) as u32;
            }
            "max_instances" | "pinned" | "calls" if value.is_null() => {}
            "max_instances" => match value.as_u64().filter(|n| (1..=100_000).contains(n)) {
                Some(most) => row.max_instances = Some(most as u32),
                None => reader.report(&at, shown(value), "null, or whole numbers, 1 to 100,000"),
            },
            "pinned" => {
                row.pinned = Pin::ALL
                    .into_iter()
                    .find(|pin| Some(pin.id()) == value.as_str());
                if row.pinned.is_none() {
                    reader.report(&at, shown(value), "null, kubernetes, serverless");
                }
            }
            "calls" => calls(&at, value, &mut row, reader),
            "traffic" => traffic(&at, value, &mut row, reader),
            "gpu" if value.is_boolean() => {
                let word = if value == &Value::Bool(true) {
                    "light"
                } else {
                    "none"
                };
                own(&at, "gpu", &word.into(), &mut row, reader);
            }
            "connections" | "needs" => match value {
                Value::Object(inner) => {
                    for (name, value) in inner {
                        let at = format!("{at}.{}", text::cut(name));
                        own(&at, &format!("{key}.{name}"), value, &mut row, reader);
                    }
                }
                _ => reader.report(&at, kind_of(value), "a JSON object"),
            },
            _ => own(&at, key, value, &mut row, reader),
        }
    }
    row
}

/// A name as a row may have it: of what is seen, the first 60 characters.
pub fn legal_name(text: &str) -> String {
    text::seen(text.trim(), LONGEST_NAME)
}

/// Which others it calls: their names, how often for a request, and how large a call is.
fn calls(at: &str, value: &Value, row: &mut WorkloadRow, reader: &mut Reader<'_>) {
    let allowed = format!(
        "a list of {{\"to\": name, \"per_request\": 0 to {MOST_PER_REQUEST}, \"kb\": 0 to {LARGEST_CALL_KB}}}, {MOST_CALLS} at most"
    );
    let Some(all) = value.as_array().filter(|all| all.len() <= MOST_CALLS) else {
        return reader.report(at, shown(value), allowed);
    };
    for (n, one) in all.iter().enumerate() {
        let number = |key: &str, missing: Option<f64>, most: f64| {
            let said = one.get(key).map_or(missing, Value::as_f64);
            said.filter(|x| (0.0..=most).contains(x))
        };
        let name = one.get("to").and_then(Value::as_str).unwrap_or_default();
        let to = text::seen(name, LONGEST_NAME);
        let known = |(key, _): (&String, &Value)| ["to", "per_request", "kb"].contains(&&**key);
        let is_known = one.as_object().is_some_and(|one| one.iter().all(known));
        match (
            number("per_request", Some(1.0), MOST_PER_REQUEST),
            number("kb", None, LARGEST_CALL_KB),
        ) {
            (Some(per_request), Some(kb)) if is_known && !to.is_empty() && to == name => {
                row.calls.push(Call {
                    to,
                    per_request,
                    kb,
                });
            }
            _ => reader.report(&format!("{at}[{n}]"), shown(one), &*allowed),
        }
    }
}

/// When its requests come: a shape, or an object with shape, cv2 and grid.
fn traffic(at: &str, value: &Value, row: &mut WorkloadRow, reader: &mut Reader<'_>) {
    let Value::Object(inner) = value else {
        return own(at, "traffic.shape", value, row, reader);
    };
    if row.kind != WorkloadKind::Service {
        return reader.report(at, "not of a worker or a job", "rows of services");
    }
    if let Some(week) = inner.get("grid") {
        match grid::read(week) {
            Ok(loads) => row.values.traffic.grid = loads,
            Err(found) => reader.report(&format!("{at}.grid"), found, grid::ALLOWED),
        }
    }
    for (name, value) in inner.iter().filter(|(name, _)| *name != "grid") {
        let grid = std::mem::take(&mut row.values.traffic.grid);
        let at = format!("{at}.{}", text::cut(name));
        own(&at, &format!("traffic.{name}"), value, row, reader);
        row.values.traffic.grid = grid;
    }
}

/// Reads a value that stands for an input of the workload.
fn own(at: &str, key: &str, value: &Value, row: &mut WorkloadRow, reader: &mut Reader<'_>) {
    let Some(field) = own_field(row.kind, key) else {
        let of_kind = format!("not an input of a {}", row.kind.id());
        return reader.report(at, of_kind, keys(row.kind).join(", "));
    };
    // A table of a spreadsheet has empty cells, and they say nothing.
    if value.is_null() {
        return;
    }
    if let (Some(range), Some(x)) = (own_range(field), value.as_f64()) {
        if !range.contains(x) {
            reader.report(at, shown(value), format::allowed(&range));
        }
        return row.set_number(field, range.clamp(x));
    }
    let mut scratch = (*row.values).clone();
    let mut of_value = Reader::of(&mut scratch);
    of_value.field(field, value);
    for told in of_value.diagnostics {
        reader.report(at, told.found, told.allowed);
    }
    row.take(field, &scratch);
}

/// What a row of that kind may have, as it stands in files.
pub fn keys(kind: WorkloadKind) -> Vec<&'static str> {
    let mut keys = vec![
        "name",
        "kind",
        "count",
        "max_instances",
        "pinned",
        "calls",
        "local_state",
        "needs",
    ];
    for own in &OWN {
        let key = own.key.split('.').next().unwrap_or(own.key);
        if own.fields[kind as usize].is_some() && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// The list as it stands in files.
pub(super) fn write(inputs: &Inputs) -> Value {
    inputs.workloads.rows().iter().map(write_row).collect()
}

fn write_row(row: &WorkloadRow) -> Value {
    let mut object = Map::new();
    object.insert("name".into(), row.name.clone().into());
    object.insert("kind".into(), row.kind.id().into());
    object.insert("count".into(), row.count.into());
    if let Some(most) = row.max_instances {
        object.insert("max_instances".into(), most.into());
    }
    if let Some(pin) = row.pinned {
        object.insert("pinned".into(), pin.id().into());
    }
    if !row.calls.is_empty() {
        let call = |call: &Call| {
            serde_json::json!({
                "to": call.to, "per_request": number(call.per_request), "kb": number(call.kb),
            })
        };
        object.insert("calls".into(), row.calls.iter().map(call).collect());
    }
    for field in &row.own {
        let key = key_of(row.kind, field);
        super::put(&mut object, key, value_of(field, &row.values));
    }
    let grid = &row.values.traffic.grid;
    if row.own.contains(&at::traffic::shape) && !grid.is_empty() {
        let loads = grid.iter().map(|load| number(*load));
        super::put(&mut object, GRID, loads.collect());
    }
    Value::Object(object)
}

/// The name of an input in a row of that kind.
fn key_of(kind: WorkloadKind, field: &Field) -> &'static str {
    let known = OWN
        .iter()
        .find(|own| own.fields[kind as usize] == Some(field));
    known.map_or(field.path, |own| own.key)
}

/// The inputs that hold the sums of a list: they are not written beside it.
pub(super) const SUMS: [&Field; 5] = [
    at::services,
    at::http::requests_per_month,
    at::connections::count,
    at::workers::count,
    at::jobs::runs_per_month,
];

/// Every need that a row may have of its own.
pub fn needs() -> impl Iterator<Item = &'static Field> {
    fields::all().filter(|field| field.path.starts_with("needs.") && field.scope == Scope::Workload)
}
