//! Rows of the list, as readers of every format make them.

use super::{Kind, Place, Reading};
use plimsoll_formats::scenario::workloads::legal_name;
use plimsoll_model::{
    inputs::{
        self, Field, Gpu, Inputs, WorkloadKind, WorkloadRow, at,
        workloads::{own_field, own_range},
    },
    units::HOURS_PER_MONTH,
};
use plimsoll_wording::format;

/// A row of that name and kind, with nothing of its own.
pub(crate) fn row(name: &str, kind: WorkloadKind) -> WorkloadRow {
    let legal = legal_name(name);
    WorkloadRow {
        name: if legal.is_empty() {
            kind.id().to_owned()
        } else {
            legal
        },
        kind,
        ..WorkloadRow::default()
    }
}

/// Sets a number of a row by its name (`vcpu`, `memory_gib`, `min_instances`, …), as far as the input goes.
pub(crate) fn set(row: &mut WorkloadRow, key: &str, x: f64) {
    if let Some(field) = own_field(row.kind, key) {
        let x = own_range(field).map_or(x, |range| range.clamp(x));
        row.set_number(field, x);
    }
}

/// Gives a row a need, where it has it.
pub(crate) fn need(row: &mut WorkloadRow, field: &'static Field, has: bool) {
    if let (true, inputs::Kind::Flag { set, .. }) = (has, field.kind) {
        let mut values = Inputs::default();
        set(&mut values, true);
        row.take(field, &values);
    }
}

/// Gives a row a GPU that serves around the clock.
pub(crate) fn gpu(row: &mut WorkloadRow) {
    let mut values = Inputs::default();
    values.needs.gpu = Gpu::Serving;
    row.take(at::needs::gpu, &values);
}

/// Sets the size of a row, and tells what of it is not said. `called` names the thing in a file: `Deployment cart`.
pub(crate) fn size(
    row: &mut WorkloadRow,
    [vcpu, gib]: [Option<f64>; 2],
    at: &Place,
    called: &str,
    reading: &mut Reading,
) {
    for (key, what, size) in [("vcpu", "CPU", vcpu), ("memory_gib", "memory", gib)] {
        if let Some(size) = size.filter(|size| *size > 0.0) {
            set(row, key, size);
        } else {
            let text = format!("{called}: it asks for no {what}; that of the scenario counts");
            reading.tell(Kind::Assumed, at, text);
        }
    }
}

/// Takes a service in, with the fewest and the most instances; and tells it.
pub(crate) fn service(
    mut row: WorkloadRow,
    fewest: u64,
    most: Option<u64>,
    at: &Place,
    called: &str,
    reading: &mut Reading,
) {
    set(&mut row, "min_instances", fewest as f64);
    row.max_instances = most_instances(most);
    take(row, &instances_in_words(fewest, most), at, called, reading);
}

/// Takes a worker in, as many as there are of it; and tells it.
pub(crate) fn worker(
    mut row: WorkloadRow,
    fewest: u64,
    most: Option<u64>,
    at: &Place,
    called: &str,
    reading: &mut Reading,
) {
    if fewest == 0 {
        let text = format!("{called}: no instance runs");
        return reading.tell(Kind::LeftOut, at, text);
    }
    row.count = fewest.min(u64::from(inputs::workloads::MOST_ALIKE)) as u32;
    row.max_instances = most_instances(most);
    take(row, &instances_in_words(fewest, most), at, called, reading);
}

/// Takes a job in: its runs a month, or as many times as something else in the files starts it, or once where they don't say; how
/// long a run takes is asked.
pub(crate) fn job(
    row: WorkloadRow,
    runs: Option<f64>,
    at: &Place,
    called: &str,
    reading: &mut Reading,
) {
    tasks(row, runs, 1, at, called, reading);
}

/// Takes a job in of which each run is several tasks; the row counts them as runs.
pub(crate) fn tasks(
    mut row: WorkloadRow,
    runs: Option<f64>,
    tasks: u64,
    at: &Place,
    called: &str,
    reading: &mut Reading,
) {
    let started = reading.starts.get(&row.name).copied();
    let runs = started.map(|times| times * runs.unwrap_or(1.0)).or(runs);
    let runs = runs.unwrap_or_else(|| {
        let options = [
            ("month", "once a month"),
            ("day", "daily"),
            ("hour", "hourly"),
        ];
        let text = |_: &str| format!("{called}: no schedule is said; how often it runs is assumed");
        let taken = reading.choose(at, &format!("{called}:runs"), "month", &options, text);
        match taken {
            "hour" => HOURS_PER_MONTH,
            "day" => HOURS_PER_MONTH / 24.0,
            _ => 1.0,
        }
    });
    let tasks = tasks.max(1);
    if tasks > 1 {
        let text = format!("{called}: each run is {tasks} tasks; they count as {tasks} runs");
        reading.tell(Kind::Understood, at, text);
    }
    let runs = (runs * tasks as f64).round().max(1.0);
    set(&mut row, "runs_per_month", runs);
    let options = [
        ("1", "1 minute"),
        ("5", "5 minutes"),
        ("15", "15 minutes"),
        ("60", "1 hour"),
        ("240", "4 hours"),
    ];
    let text = |_: &str| format!("{called}: how long a run takes is not known, and assumed");
    let minutes = reading.choose(at, &format!("{called}:minutes"), "15", &options, text);
    set(&mut row, "minutes", minutes.parse().unwrap_or(15.0));
    let how_many = format::count(runs, "run a month", "runs a month");
    take(row, &how_many, at, called, reading);
}

/// Whether it answers requests, where the file leaves that open: asked, with the usual answer.
pub(crate) fn serves(
    usual: bool,
    why: &str,
    at: &Place,
    called: &str,
    reading: &mut Reading,
) -> bool {
    let options = [("service", "a service"), ("worker", "a worker")];
    let usual = if usual { "service" } else { "worker" };
    let text = |taken: &str| format!("{called}: a {taken}, {why}");
    reading.choose(at, &format!("{called}:kind"), usual, &options, text) == "service"
}

fn instances_in_words(fewest: u64, most: Option<u64>) -> String {
    match most {
        Some(most) if most > fewest => format!("{fewest} to {most} instances"),
        _ => format::count(fewest as f64, "instance", "instances"),
    }
}

/// The most instances, as far as a row may say them.
fn most_instances(most: Option<u64>) -> Option<u32> {
    most.map(|most| most.clamp(1, 100_000) as u32)
}

/// Takes a row in, and tells what was understood of it.
fn take(row: WorkloadRow, how_many: &str, at: &Place, called: &str, reading: &mut Reading) {
    let common = Inputs::default();
    let size = |key: &str, unit: &str| {
        let field = own_field(row.kind, key).filter(|field| row.own.contains(field));
        let size = field.and_then(|field| row.number(field, &common));
        size.map_or(String::new(), |x| {
            format!(", {} {unit}", (x * 1e3).round() / 1e3)
        })
    };
    let text = format!(
        "{called}: a {}, {how_many}{}{}",
        row.kind.id(),
        size("vcpu", "vCPU"),
        size("memory_gib", "GiB")
    );
    reading.tell(Kind::Understood, at, text);
    reading.rows.push(row);
}
