//! Workloads as rows of a spreadsheet: a header in any order, a workload in each row, units as people write them.

use super::{
    reader::{Reader, few},
    workloads,
};
use plimsoll_model::{
    diagnostic::Diagnostic,
    inputs::{
        Field, Inputs, Kind, WorkloadRow, at,
        workloads::{Call, own_field},
    },
};
use plimsoll_wording::format;
use serde_json::{Map, Value, json};

/// What columns may be called, without anything but letters and digits; and the name in a row. A unit may follow.
const COLUMNS: [(&str, &[&str]); 24] = [
    (
        "name",
        &["name", "service", "workload", "app", "application"],
    ),
    ("kind", &["kind", "type"]),
    ("count", &["count", "number", "howmany", "copies"]),
    (
        "requests_per_month",
        &[
            "requests",
            "requestspermonth",
            "requestsamonth",
            "requestsmonth",
            "requestsmo",
            "reqs",
            "reqsmonth",
            "traffic30d",
        ],
    ),
    (
        "latency_ms",
        &[
            "latency",
            "latencyms",
            "responsetime",
            "duration",
            "averagelatency",
            "meanlatency",
        ],
    ),
    ("cpu_ms", &["cpums", "cpuperrequest", "cputime"]),
    ("concurrency", &["concurrency"]),
    ("response_kb", &["response", "responsekb", "responsesize"]),
    (
        "vcpu",
        &["vcpu", "vcpus", "cpu", "cpus", "cores", "cpurequest"],
    ),
    (
        "memory_gib",
        &[
            "memory",
            "memorygib",
            "memorygb",
            "mem",
            "ram",
            "gib",
            "gb",
            "memoryrequest",
        ],
    ),
    ("startup_s", &["startup", "startups", "starttime"]),
    (
        "min_instances",
        &["min", "mininstances", "minreplicas", "minimum", "replicas"],
    ),
    (
        "max_instances",
        &["max", "maxinstances", "maxreplicas", "maximum"],
    ),
    ("slo_ms", &["slo", "sloms", "objective"]),
    ("runs_per_month", &["runs", "runspermonth", "runsamonth"]),
    ("minutes", &["minutes", "minutesperrun", "runtime"]),
    (
        "hours_per_month",
        &["hours", "hourspermonth", "hoursamonth"],
    ),
    (
        "local_state",
        &["localstate", "state", "stateful", "volume", "disk"],
    ),
    ("gpu", &["gpu", "gpus"]),
    (
        "gpu_memory_gib",
        &["gpumemory", "gpumemorygib", "gpumemorygb", "gpuram"],
    ),
    ("traffic", &["traffic", "shape"]),
    (
        "connections",
        &["connections", "openconnections", "websockets"],
    ),
    ("pinned", &["pinned", "pin", "stays", "mustrunon"]),
    ("calls", &["calls", "callsto", "talksto", "dependencies"]),
];

/// Columns that say nothing of cost. They may be there.
const LEFT_OUT: [&str; 12] = [
    "notes",
    "note",
    "comment",
    "comments",
    "remarks",
    "description",
    "owner",
    "team",
    "namespace",
    "cluster",
    "image",
    "language",
];

/// Rates that a header may name behind the requests, and how many months' worth one is.
const RATES: [(&str, &str); 6] = [
    ("persecond", "/s"),
    ("ps", "/s"),
    ("s", "/s"),
    ("perminute", "/min"),
    ("perhour", "/h"),
    ("perday", "/day"),
];

/// Calls as a cell has them, `search 2x5, accounts 1x0.5`: a name, how often for a request, and kB. What is none is told as what
/// the list of a file would be told.
pub fn calls(text: &str) -> Value {
    let one = |part: &str| {
        let (name, size) = part.trim().rsplit_once(char::is_whitespace)?;
        let (times, kb) = size.split_once(['x', '\u{d7}'])?;
        let kb = kb.trim_end_matches("kB").trim_end_matches("KB");
        let (times, kb) = (format::parse_number(times)?, format::parse_number(kb)?);
        Some(json!({ "to": name.trim(), "per_request": times, "kb": kb }))
    };
    let parts = text
        .split([',', '|'])
        .filter(|part| !part.trim().is_empty());
    let read = |part: &str| one(part).unwrap_or_else(|| Value::from(part.trim()));
    parts.map(read).collect()
}

/// The calls of a row as a cell has them.
pub fn written_calls(row: &WorkloadRow) -> String {
    let one = |call: &Call| {
        let [times, kb] = [call.per_request, call.kb].map(format::number);
        format!("{} {times}x{kb}", call.to)
    };
    let all: Vec<String> = row.calls.iter().map(one).collect();
    all.join(", ")
}

/// Reads the calls of a row from a cell.
///
/// # Errors
///
/// What is wrong with them.
pub fn read_calls(text: &str) -> Result<Vec<Call>, String> {
    let mut scratch = Inputs::default();
    let mut reader = Reader::of(&mut scratch);
    let object = Map::from_iter([("calls".to_owned(), calls(text))]);
    let row = workloads::read_row("calls", &object, &mut reader);
    match reader.diagnostics.first() {
        Some(told) => Err(format!(
            "{} can't be used; allowed: name 2x5, with calls per request and kB",
            told.found
        )),
        None => Ok(row.calls),
    }
}

/// Reads rows that were copied from a spreadsheet, or a CSV of them. What is wrong is told with its row, counted as the
/// spreadsheet counts: the header is the first.
pub fn read(text: &str) -> (Vec<WorkloadRow>, Vec<Diagnostic>) {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let Some(header) = lines.next() else {
        let told = Diagnostic::new("table", "nothing", "a header and a row for each workload");
        return (Vec::new(), vec![told]);
    };
    let by = ['\t', ';', ',']
        .into_iter()
        .find(|by| header.contains(*by))
        .unwrap_or('\t');
    let columns: Vec<Option<(&str, &str)>> =
        cells(header, by).iter().map(|cell| column(cell)).collect();
    let mut scratch = Inputs::default();
    let mut reader = Reader::of(&mut scratch);
    for (cell, column) in cells(header, by).iter().zip(&columns) {
        let is_empty = cell.trim().is_empty() || LEFT_OUT.contains(&&*plain(cell));
        if column.is_none() && !is_empty {
            let names: Vec<&str> = COLUMNS.iter().map(|(key, _)| *key).collect();
            // Once: a dozen of columns would repeat it a dozen times.
            let allowed = if reader.diagnostics.is_empty() {
                names.join(", ")
            } else {
                "the columns named above".to_owned()
            };
            reader.report("row 1", super::text::cut(cell.trim()), allowed);
        }
    }
    if columns.iter().flatten().count() == 0 {
        return (Vec::new(), few(reader.diagnostics));
    }
    let mut rows = Vec::new();
    for (n, line) in lines.enumerate() {
        let mut object = Map::new();
        let at = format!("row {}", n + 2);
        let cells = cells(line, by);
        let kind = columns
            .iter()
            .zip(&cells)
            .find(|(column, _)| matches!(column, Some(("kind", _))));
        let kind = kind.map_or_else(|| "service".to_owned(), |(_, cell)| kind_of(cell));
        for (column, cell) in columns.iter().zip(&cells) {
            let (Some((key, rate)), cell) = (column, cell.trim()) else {
                continue;
            };
            if !cell.is_empty() && !["-", "n/a", "none"].contains(&&*cell.to_lowercase()) {
                if let Some(need) = key.strip_prefix("needs.") {
                    let needs = object.entry("needs").or_insert_with(|| Map::new().into());
                    needs[need] = value("local_state", cell, &kind);
                    continue;
                }
                // How many copies of a worker run is how many there are; a service has that many at least.
                let key = match (*key, &*kind) {
                    ("min_instances", "worker") if !object.contains_key("count") => "count",
                    ("min_instances", "worker" | "job") => continue,
                    (key, _) => key,
                };
                let value = if key == "calls" {
                    calls(cell)
                } else if key == "connections" {
                    // "12000x1800": how many, and for how many seconds each is open.
                    let mut parts = cell.splitn(2, ['x', '\u{d7}']);
                    let names = ["count", "seconds"].into_iter();
                    let read = |(name, part): (&str, &str)| {
                        (name.to_owned(), value(key, part.trim(), &kind))
                    };
                    names.zip(parts.by_ref()).map(read).collect()
                } else {
                    value(key, &[cell, rate].concat(), &kind)
                };
                object.insert(key.to_owned(), value);
            }
        }
        rows.push(workloads::read_row(&at, &object, &mut reader));
    }
    (rows, few(reader.diagnostics))
}

/// What a workload is, as people and as Kubernetes call it.
fn kind_of(cell: &str) -> String {
    let word = cell.trim().to_lowercase();
    let one = word.trim_end_matches('s');
    match one {
        "" => "service",
        _ if ["cron", "job", "batch", "nightly", "etl"]
            .iter()
            .any(|name| one.contains(name)) =>
        {
            "job"
        }
        _ if ["worker", "consumer", "queue", "daemon", "background"]
            .iter()
            .any(|name| one.contains(name)) =>
        {
            "worker"
        }
        _ if [
            "service",
            "deployment",
            "stateful",
            "web",
            "api",
            "server",
            "http",
            "grpc",
            "frontend",
            "backend",
        ]
        .iter()
        .any(|name| one.contains(name)) =>
        {
            "service"
        }
        other => other,
    }
    .to_owned()
}

/// The cells of a line. What stands in quotes may hold the separator.
fn cells(line: &str, by: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c == by && !quoted => cells.push(String::new()),
            c => {
                if let Some(last) = cells.last_mut() {
                    last.push(c);
                }
            }
        }
    }
    cells
}

/// A heading without anything but letters and digits.
fn plain(cell: &str) -> String {
    cell.to_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect()
}

/// What a column is, and the rate that its numbers are.
fn column(cell: &str) -> Option<(&'static str, &'static str)> {
    let plain = plain(cell);
    // Latency is a mean here; people have a percentile of it.
    let plain = ["p50", "p90", "p95", "p99"]
        .iter()
        .find_map(|percentile| {
            plain
                .strip_prefix(percentile)
                .or(plain.strip_suffix(percentile))
        })
        .filter(|rest| !rest.is_empty())
        .unwrap_or(&plain);
    let need = |field: &&'static Field| {
        let name = field.path.trim_start_matches("needs.");
        name.replace('_', "") == *plain && matches!(field.kind, Kind::Flag { .. })
    };
    if let Some(field) = workloads::needs()
        .find(need)
        .filter(|field| *field != at::needs::local_state)
    {
        return Some((field.path, ""));
    }
    let known = |name: &str| {
        let mut all = COLUMNS.iter();
        all.find(|(_, names)| names.contains(&name))
            .map(|(key, _)| *key)
    };
    if let Some(key) = known(plain) {
        return Some((key, ""));
    }
    let rated = RATES.iter().find_map(|(end, rate)| {
        let key = known(plain.strip_suffix(end)?)?;
        (key == "requests_per_month").then_some((key, *rate))
    });
    // A unit in the header that the input counts in anyway.
    rated.or_else(|| {
        let units = ["ms", "mcpu", "vcpu", "cores", "gib", "kb", "s"];
        let bare = units.iter().find_map(|unit| plain.strip_suffix(unit))?;
        Some((known(bare)?, ""))
    })
}

/// A cell as a file has it: a number with its unit, yes or no, or a word.
fn value(key: &str, cell: &str, kind: &str) -> Value {
    let word = cell.to_lowercase();
    if ["local_state", "gpu"].contains(&key) {
        match &*word {
            "yes" | "true" | "x" | "1" => return true.into(),
            "no" | "false" | "0" => return false.into(),
            _ => {}
        }
    }
    if key == "kind" {
        return kind.into();
    }
    if key == "pinned" && ["anywhere", "any", "no"].contains(&&*word) {
        return Value::Null;
    }
    if key == "pinned" && ["cluster", "k8s"].contains(&&*word) {
        return "kubernetes".into();
    }
    // "1x T4": one that serves.
    let gpu =
        word.trim_start_matches(|c: char| c.is_ascii_digit() || [' ', 'x', '\u{d7}'].contains(&c));
    if key == "gpu" && ["t4", "l4", "a10g", "a100", "h100", "v100"].contains(&gpu) {
        return "serving".into();
    }
    if key == "traffic"
        && ["night", "nightly", "office hours", "daytime", "constant"].contains(&&*word)
    {
        let shape = match &*word {
            "constant" => "steady",
            "night" | "nightly" => "batch",
            _ => "office",
        };
        return shape.into();
    }
    if ["name", "gpu", "pinned", "traffic"].contains(&key) {
        let plain = if key == "name" { cell } else { &word };
        return plain.into();
    }
    let kinds = plimsoll_model::inputs::WorkloadKind::ALL;
    let kind = kinds
        .into_iter()
        .find(|known| kind.to_lowercase().starts_with(known.id()));
    let path = if key == "connections" {
        "connections.count"
    } else {
        key
    };
    let field = own_field(kind.unwrap_or_default(), path);
    let unit = field
        .and_then(|field| field.range())
        .map_or("", |range| range.unit);
    let number = memory(key, cell).or_else(|| format::parse_quantity(cell, unit));
    match number {
        Some(x) if x.fract() == 0.0 && x.abs() < 1e15 => (x as i64).into(),
        Some(x) => super::json::number(x),
        None => cell.into(),
    }
}

/// Memory as Kubernetes writes it, GiB: `512Mi`, `2Gi`.
fn memory(key: &str, cell: &str) -> Option<f64> {
    if key != "memory_gib" {
        return None;
    }
    let (number, per_gib) = match cell.strip_suffix("Mi") {
        Some(number) => (number, 1_024.0),
        None => (cell.strip_suffix("Gi")?, 1.0),
    };
    Some(format::parse_number(number)? / per_gib)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails panics")]
mod tests {
    use super::*;
    use plimsoll_model::inputs::{Gpu, Pin, Shape, WorkloadKind};

    #[test]
    fn what_a_platform_engineer_pasted_is_understood() {
        let text = "Service;Type;Replicas;Requests / month;p95 latency (ms);UDP;State;GPU;Traffic;Pinned;Notes\n\
            match;UDP game server;2;1.2 million;30;yes;;;;cluster;old\n\
            live;websocket api;;300 thousand;40;;;;night;anywhere;\n\
            mails;queue consumer;3;;;;;;;;\n\
            search;StatefulSet;2;40M;80;;yes;1x T4;office hours;;\n\
            load;nightly-etl;;;;;;;;;\n";
        let (rows, told) = read(text);
        let told: Vec<String> = told.iter().map(ToString::to_string).collect();
        assert_eq!(told, Vec::<String>::new());
        let kinds: Vec<WorkloadKind> = rows.iter().map(|row| row.kind).collect();
        let [service, worker, job] = WorkloadKind::ALL;
        assert_eq!(kinds, [service, service, worker, service, job]);
        assert_eq!(rows[0].values.http.requests_per_month, 1.2e6);
        assert_eq!(rows[0].values.http.latency_ms, 30.0);
        assert!(rows[0].values.needs.udp && rows[0].pinned == Some(Pin::Kubernetes));
        assert_eq!(rows[0].values.min_instances, Some(2));
        assert_eq!((rows[1].pinned, rows[2].count), (None, 3));
        assert!(rows[3].values.needs.local_state);
        assert_eq!(rows[3].values.needs.gpu, Gpu::Serving);
        assert_eq!(rows[3].values.traffic.shape, Shape::Office);
    }

    #[test]
    fn columns_that_are_not_known_are_named_once_with_what_may_be() {
        let (rows, told) = read("name;colour;smell\na;red;sweet\n");
        let told: Vec<String> = told.iter().map(ToString::to_string).collect();
        assert_eq!(rows.len(), 1);
        assert!(
            told[0].contains("colour") && told[0].contains("requests_per_month"),
            "{told:?}"
        );
        assert!(told[1].ends_with("the columns named above"), "{told:?}");
    }

    #[test]
    fn rows_of_a_spreadsheet_are_read_in_any_order_with_their_units() {
        let text = "Memory\tName\tCPU (cores)\tRequests per day\tLatency\tType\tPinned\tRuns\tMinutes\n\
            512Mi\tshop\t500m\t1M\t0.2s\tService\t\t\t\n\
            2 GB\tmail\t1\t\t\tworkers\tkubernetes\t\t\n\
            4Gi\treport\t2\t\t\tcronjob\t\t30\t1h\n";
        let (rows, told) = read(text);
        let told: Vec<String> = told.iter().map(ToString::to_string).collect();
        assert_eq!(told, Vec::<String>::new());
        let [shop, mail, report] = &rows[..] else {
            unreachable!()
        };
        assert_eq!((&*shop.name, shop.kind), ("shop", WorkloadKind::Service));
        assert_eq!(
            (shop.values.instance.vcpu, shop.values.instance.memory_gib),
            (0.5, 0.5)
        );
        assert_eq!(shop.values.http.latency_ms, 200.0);
        let month = 730.0 / 24.0 * 1e6;
        assert!((shop.values.http.requests_per_month - month).abs() < 1.0);
        assert_eq!(
            (mail.kind, mail.pinned),
            (WorkloadKind::Worker, Some(Pin::Kubernetes))
        );
        assert!((mail.values.workers.memory_gib - 1.862_645).abs() < 1e-6);
        assert_eq!(report.kind, WorkloadKind::Job);
        assert_eq!(
            (
                report.values.jobs.runs_per_month,
                report.values.jobs.minutes
            ),
            (30.0, 60.0)
        );
    }

    #[test]
    fn what_is_not_understood_is_told_with_its_row() {
        let (rows, told) = read("name,vcpu,colour\na,lots,red\nb,99,\n");
        let told: Vec<String> = told.iter().map(ToString::to_string).collect();
        assert_eq!(rows.len(), 2);
        assert!(
            told[0].starts_with("row 1: colour; allowed: name, kind"),
            "{told:?}"
        );
        assert!(
            told[1].starts_with("row 2.vcpu: \"lots\"; allowed: 0.08 to 32 vCPU"),
            "{told:?}"
        );
        assert!(
            told[2].starts_with("row 3.vcpu: 99; allowed: 0.001 to 32 vCPU"),
            "{told:?}"
        );
        assert_eq!(read("").1.len(), 1);
    }
}
