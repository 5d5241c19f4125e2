//! Workloads as rows of a spreadsheet: a header in any order, a workload in each row, units as people write them.

use super::{
    reader::{Reader, few},
    workloads,
};
use plimsoll_model::{
    diagnostic::Diagnostic,
    inputs::{Inputs, WorkloadRow, workloads::own_field},
};
use plimsoll_wording::format;
use serde_json::{Map, Value};

/// What columns may be called, without anything but letters and digits; and the name in a row. A unit may follow.
const COLUMNS: [(&str, &[&str]); 22] = [
    (
        "name",
        &["name", "service", "workload", "app", "application"],
    ),
    ("kind", &["kind", "type"]),
    ("count", &["count", "number", "howmany", "copies"]),
    (
        "requests_per_month",
        &["requests", "requestspermonth", "requestsamonth", "reqs"],
    ),
    (
        "latency_ms",
        &["latency", "latencyms", "responsetime", "duration"],
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
    ("traffic", &["traffic", "shape"]),
    (
        "connections",
        &["connections", "openconnections", "websockets"],
    ),
    ("pinned", &["pinned", "pin", "stays", "mustrunon"]),
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
        if column.is_none() && !cell.trim().is_empty() {
            let names: Vec<&str> = COLUMNS.iter().map(|(key, _)| *key).collect();
            reader.report("row 1", super::text::cut(cell.trim()), names.join(", "));
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
                let value = value(key, &[cell, rate].concat(), &kind);
                let value = if *key == "connections" {
                    Map::from_iter([("count".to_owned(), value)]).into()
                } else {
                    value
                };
                object.insert((*key).to_owned(), value);
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
        "" | "deployment" | "web" | "api" => "service",
        "cronjob" | "cron job" | "batch" => "job",
        "daemonset" => "worker",
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

/// What a column is, and the rate that its numbers are.
fn column(cell: &str) -> Option<(&'static str, &'static str)> {
    let plain: String = cell
        .to_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let known = |name: &str| {
        let mut all = COLUMNS.iter();
        all.find(|(_, names)| names.contains(&name))
            .map(|(key, _)| *key)
    };
    if let Some(key) = known(&plain) {
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
    use plimsoll_model::inputs::{Pin, WorkloadKind};

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
