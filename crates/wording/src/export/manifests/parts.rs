//! What manifests of every target are made of: workloads with legal names, sizes, numbers of instances and schedules.

use super::yaml::{self, Node};
use plimsoll_model::inputs::{
    Gpu, Inputs, Pin, WorkloadKind, WorkloadRow, at,
    workloads::{MOST_ALIKE, MOST_ROWS},
};
use std::collections::HashSet;

/// The longest name: Cloud Run's services have 49 characters at most, CronJobs 52, Services 63.
/// <https://docs.cloud.google.com/run/docs/deploying>, <https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/>.
const LONGEST_NAME: usize = 49;
/// The most workloads of one row that are written out, each with a number behind its name.
const MOST_WRITTEN: u32 = 30;

/// The port that containers listen on, as far as anybody knows: Cloud Run's own default.
pub(super) const PORT: u32 = 8_080;

/// A port that is not of HTTP.
#[derive(Clone, Debug)]
pub(super) struct RawPort {
    /// Its protocol.
    pub(super) protocol: &'static str,
    /// Its number, to be changed by who knows.
    pub(super) port: u32,
    /// The name of the Service that leads to it.
    pub(super) service: String,
}

/// One of the workloads that a row stands for.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// Its name, legal in every target and nobody else's.
    pub(super) name: String,
    /// Ports beside that of HTTP.
    pub(super) raw_ports: Vec<RawPort>,
}

/// A row as manifests need it.
pub(super) struct Workload {
    /// What it is.
    pub(super) kind: WorkloadKind,
    /// What the team calls it; none where the name is ours.
    pub(super) called: Option<String>,
    /// The workloads that are written.
    pub(super) named: Vec<Named>,
    /// Instances of a worker; 1 of all others.
    pub(super) replicas: u32,
    /// The most instances, where that is known.
    pub(super) most: Option<u32>,
    /// Runs a month of a job, where they are known.
    pub(super) runs: Option<f64>,
    /// Where it has to stay.
    pub(super) pinned: Option<Pin>,
    /// How many more there are, which are alike and not written.
    pub(super) more: u32,
    /// The inputs that it has, alone.
    pub(super) inputs: Inputs,
}

/// The workloads of a scenario: those of its list, else those that its inputs come to.
pub(super) fn workloads(inputs: &Inputs) -> Vec<Workload> {
    let implied = implied(inputs);
    let rows = if inputs.workloads.is_empty() {
        &implied
    } else {
        inputs.workloads.rows()
    };
    let serves = |row: &WorkloadRow| row.kind == WorkloadKind::Service;
    let one_serves = rows.iter().any(serves);
    let copies = |row: &WorkloadRow| match row.kind {
        WorkloadKind::Worker => 1,
        _ => row.count,
    };
    let all: u32 = rows.iter().map(copies).sum();
    let mut names = Names::default();
    let of_row = |row: &WorkloadRow| {
        let copies = copies(row);
        let written = if copies <= MOST_WRITTEN && all as usize <= MOST_ROWS {
            copies
        } else {
            1
        };
        let alone = row.alone(inputs, 1.0);
        // Requests come in by services; without any of them, workers are what listens.
        let listens = |field| match row.kind {
            WorkloadKind::Service => true,
            WorkloadKind::Worker => !one_serves || row.own.contains(&field),
            WorkloadKind::Job => false,
        };
        let raw = [
            (alone.needs.udp && listens(at::needs::udp), "UDP", 9_000),
            (alone.needs.tcp && listens(at::needs::tcp), "TCP", 9_001),
        ];
        let named = (1..=written)
            .map(|n| {
                let number = (written > 1).then_some(n);
                let name = names.of(&row.name, row.kind, number);
                let raw = raw.iter().filter(|(wanted, ..)| *wanted);
                let raw_ports = raw.map(|(_, protocol, port)| RawPort {
                    protocol,
                    port: *port,
                    service: names.of(
                        &[&name, "-", &protocol.to_lowercase()].concat(),
                        row.kind,
                        None,
                    ),
                });
                let raw_ports = raw_ports.collect();
                Named { name, raw_ports }
            })
            .collect();
        let is_worker = row.kind == WorkloadKind::Worker;
        Workload {
            kind: row.kind,
            called: (!inputs.workloads.is_empty()).then(|| row.name.clone()),
            named,
            replicas: if is_worker { row.count } else { 1 },
            most: row.max_instances,
            runs: (row.kind == WorkloadKind::Job && row.traffic_known())
                .then_some(row.values.jobs.runs_per_month),
            pinned: row.pinned,
            more: copies - written,
            inputs: alone,
        }
    };
    rows.iter().map(of_row).collect()
}

/// The rows that a scenario without a list comes to.
fn implied(inputs: &Inputs) -> Vec<WorkloadRow> {
    let row = |kind: WorkloadKind, count: u32| WorkloadRow {
        name: kind.id().to_owned(),
        kind,
        count,
        ..WorkloadRow::default()
    };
    let mut rows = Vec::new();
    if inputs.http.requests_per_month > 0.0 || inputs.connections.count > 0.0 {
        rows.push(row(
            WorkloadKind::Service,
            inputs.services.clamp(1, MOST_ALIKE),
        ));
    }
    if inputs.workers.count > 0 {
        rows.push(row(WorkloadKind::Worker, inputs.workers.count));
    }
    if inputs.jobs.runs_per_month > 0.0 {
        let mut job = row(WorkloadKind::Job, 1);
        job.set_number(at::jobs::runs_per_month, inputs.jobs.runs_per_month);
        rows.push(job);
    }
    rows
}

impl Workload {
    /// vCPU and GiB of one instance.
    pub(super) fn size(&self) -> [f64; 2] {
        let inputs = &self.inputs;
        match self.kind {
            WorkloadKind::Service => [inputs.instance.vcpu, inputs.instance.memory_gib],
            WorkloadKind::Worker => [inputs.workers.vcpu, inputs.workers.memory_gib],
            WorkloadKind::Job => [inputs.jobs.vcpu, inputs.jobs.memory_gib],
        }
    }

    /// Its metadata, with the name that the team gave it where that one is not legal.
    pub(super) fn metadata(&self, name: &str) -> Node {
        self.metadata_with(name, &[])
    }

    /// Its metadata with more annotations, which are texts.
    pub(super) fn metadata_with(&self, name: &str, more: &[(&'static str, String)]) -> Node {
        let called = self.called.as_ref().filter(|called| *called != name);
        let called = called.map(|called| ("plimsoll/name", called));
        let more = more.iter().map(|(key, value)| (*key, value));
        let all = called.into_iter().chain(more);
        let all: Vec<_> = all.map(|(key, value)| (key, Node::from(value))).collect();
        let annotations = (!all.is_empty()).then_some(Node::Map(all));
        yaml::map([("name", name.into())]).with_some("annotations", annotations)
    }

    /// What has to be said of it wherever it runs; `other` is where this target is not.
    pub(super) fn notes(&self, other: Pin) -> Vec<String> {
        let mut notes = Vec::new();
        if self.pinned == Some(other) {
            let place = match other {
                Pin::Kubernetes => "in the cluster",
                Pin::Serverless => "on the serverless platform",
            };
            notes.push(format!("The scenario keeps it {place}."));
        }
        if self.more > 0 {
            notes.push(format!(
                "There are {} more like it: copy this under their names.",
                self.more
            ));
        }
        notes
    }

    /// Whether it needs a GPU, and for what.
    pub(super) fn gpu(&self) -> Gpu {
        self.inputs.needs.gpu
    }
}

/// Where images come from until somebody says it.
pub(super) fn image(name: &str) -> Node {
    ["example.com/", name, ":tag"].concat().into()
}

/// A count of vCPU in thousandths, which is as fine as Kubernetes has it: never less than asked for.
pub(super) fn millicores(vcpu: f64) -> u64 {
    (vcpu * 1e3 - 1e-6).ceil().max(1.0) as u64
}

/// vCPU and GiB as quantities that come to the very same again: `250m`, `512Mi`, or bytes where they are no whole MiB.
pub(super) fn quantities([vcpu, gib]: [f64; 2]) -> [Node; 2] {
    const MIB: f64 = 1_024.0;
    const BYTES: f64 = 1_073_741_824.0;
    let mib = gib * MIB;
    let memory = if mib == mib.floor() {
        format!("{mib}Mi")
    } else {
        format!("{}", (gib * BYTES).ceil())
    };
    let cpu = format!("{}m", millicores(vcpu));
    [Node::Plain(cpu), Node::Plain(memory)]
}

/// Names that are taken.
#[derive(Default)]
struct Names(HashSet<String>);

impl Names {
    /// A name that is legal, near to that of the team, and nobody else's.
    fn of(&mut self, called: &str, kind: WorkloadKind, number: Option<u32>) -> String {
        let number = number.map_or(String::new(), |n| format!("-{n}"));
        let mut name = label(called, kind, &number);
        let mut n = 2;
        while !self.0.insert(name.clone()) {
            name = label(called, kind, &format!("{number}-{n}"));
            n += 1;
        }
        name
    }
}

/// A label of lower-case letters, digits and hyphens that begins with a letter, as Services have it, and ends in `end`:
/// <https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names>.
fn label(called: &str, kind: WorkloadKind, end: &str) -> String {
    let mut name = String::new();
    for c in called.chars() {
        if c.is_ascii_alphanumeric() {
            name.push(c.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        name = [kind.id(), "-", &name].concat();
    }
    name.truncate(LONGEST_NAME - end.len());
    [name.trim_end_matches('-'), end].concat()
}

/// A schedule and how often it comes round in a month.
#[derive(Clone, Debug)]
pub(super) struct Schedule {
    /// Five fields of cron.
    pub(super) cron: String,
    /// How many run at each time.
    pub(super) at_once: u32,
    /// Runs in an average month.
    pub(super) runs: f64,
}

/// The schedule that comes nearest to so many runs a month, of those that people have: every few minutes or hours, daily,
/// on some days of the week or of the month.
pub(super) fn schedule(runs: f64) -> Schedule {
    const DAYS: f64 = 365.25 / 12.0;
    const WEEKS: f64 = DAYS / 7.0;
    const MOST: f64 = 1_440.0 * DAYS;
    let mut all = vec![
        ("0 3 * * *".to_owned(), DAYS),
        ("0 * * * *".to_owned(), 24.0 * DAYS),
        ("* * * * *".to_owned(), MOST),
        ("0 3 * * 1-5".to_owned(), 5.0 * WEEKS),
        ("0 3 * * 1".to_owned(), WEEKS),
    ];
    for hours in [2_u32, 3, 4, 6, 8, 12] {
        all.push((format!("0 */{hours} * * *"), f64::from(24 / hours) * DAYS));
    }
    for minutes in [2_u32, 3, 4, 5, 6, 10, 12, 15, 20, 30] {
        all.push((
            format!("*/{minutes} * * * *"),
            f64::from(1_440 / minutes) * DAYS,
        ));
    }
    for (days, count) in [("1,4", 2.0), ("1,3,5", 3.0), ("1-4", 4.0), ("1-6", 6.0)] {
        all.push((format!("0 3 * * {days}"), count * WEEKS));
    }
    for (days, count) in [("1", 1.0), ("1,15", 2.0), ("1,11,21", 3.0)] {
        all.push((format!("0 3 {days} * *"), count));
    }
    let far = |(_, other): &(String, f64)| (other - runs).abs();
    let nearest = all.into_iter().min_by(|a, b| far(a).total_cmp(&far(b)));
    let (cron, each) = nearest.unwrap_or_else(|| ("0 3 * * *".to_owned(), DAYS));
    let at_once = if runs > MOST {
        (runs / MOST).round()
    } else {
        1.0
    };
    Schedule {
        cron,
        at_once: at_once as u32,
        runs: each * at_once,
    }
}

/// What is to be said of a schedule, from how often a job runs; `none` where nobody knows it.
pub(super) fn of_schedule(runs: Option<f64>, schedule: &Schedule) -> String {
    let number = crate::format::number;
    match runs {
        None => "How often it runs is not known: the schedule, monthly, only fills the place."
            .to_owned(),
        Some(runs) if (schedule.runs - runs).abs() <= (runs * 0.01).max(0.5) => format!(
            "Schedule: a placeholder of {} a month, as in the scenario; set the time.",
            crate::format::count(runs, "run", "runs")
        ),
        Some(runs) => format!(
            "Schedule: a placeholder of about {} runs a month, as near as a simple one comes to the {} of the scenario; check it.",
            number(schedule.runs.round()),
            number(runs)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_labels_and_nobody_elses() {
        let mut names = Names::default();
        let mut of = |called: &str| names.of(called, WorkloadKind::Service, None);
        for (called, name) in [
            ("api", "api"),
            ("API", "api-2"),
            ("api-2", "api-2-2"),
            ("admin pages", "admin-pages"),
            ("2fa", "service-2fa"),
            ("準備", "service"),
            ("--x__y--", "x-y"),
            ("on", "on"),
            ("", "service-2"),
        ] {
            assert_eq!(of(called), name, "{called}");
        }
        let long = of(&"a-".repeat(40));
        assert!(long.len() <= LONGEST_NAME && !long.ends_with('-'), "{long}");
        let longer = of(&"a-".repeat(40));
        assert!(
            longer.len() <= LONGEST_NAME && longer.ends_with("-2"),
            "{longer}"
        );
    }

    #[test]
    fn quantities_come_to_the_same_again() {
        let written = |vcpu: f64, gib: f64| match quantities([vcpu, gib]) {
            [Node::Plain(cpu), Node::Plain(memory)] => [cpu, memory],
            _ => [const { String::new() }; 2],
        };
        assert_eq!(written(0.25, 0.5), ["250m", "512Mi"]);
        assert_eq!(written(0.07, 64.0), ["70m", "65536Mi"]);
        assert_eq!(written(0.1 + 0.2, 1.0), ["300m", "1024Mi"]);
        assert_eq!(written(0.083_3, 0.3), ["84m", "322122548"]);
        assert_eq!(written(1e-3, 300e6 / 1_073_741_824.0), ["1m", "300000000"]);
    }

    #[test]
    fn a_schedule_is_the_nearest_of_those_that_people_have() {
        for (runs, cron) in [
            (1.0, "0 3 1 * *"),
            (4.0, "0 3 * * 1"),
            (22.0, "0 3 * * 1-5"),
            (30.0, "0 3 * * *"),
            (600.0, "0 * * * *"),
            (730.0, "0 * * * *"),
            (2_922.0, "*/15 * * * *"),
            (0.01, "0 3 1 * *"),
            (1e6, "* * * * *"),
        ] {
            assert_eq!(schedule(runs).cron, cron, "{runs}");
        }
        assert_eq!(schedule(1e6).at_once, 23);
    }
}
