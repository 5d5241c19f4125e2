//! Manifests that are written of a scenario come to the same workloads where they are read.

use crate::{import::files, seeded_damage::Dice};
use plimsoll_cli::import::scenario_of;
use plimsoll_formats::scenario::{self, samples::SAMPLES};
use plimsoll_model::{
    inputs::{Field, Gpu, Inputs, Kind, WorkloadKind, WorkloadRow, at, workloads::own_field},
    platforms::cloud_run,
    presets,
};
use plimsoll_readers::{File, Reading, read};
use plimsoll_wording::export::manifests::{Target, manifests};
use std::{collections::HashSet, fs, path::Path};

/// The needs that manifests of Kubernetes have.
const NEEDS: [&Field; 5] = [
    at::needs::local_state,
    at::needs::windows,
    at::needs::privileged,
    at::needs::udp,
    at::needs::gpu,
];

/// What manifests say of a workload.
#[derive(Clone, Debug, PartialEq)]
struct Said {
    name: String,
    kind: WorkloadKind,
    size: [f64; 2],
    /// Of a service, and of a worker.
    instances: Option<(f64, Option<u32>)>,
    needs: Vec<&'static str>,
}

fn number(row: &WorkloadRow, key: &str, common: &Inputs) -> Option<f64> {
    row.number(own_field(row.kind, key)?, common)
}

fn size(row: &WorkloadRow, common: &Inputs) -> [f64; 2] {
    ["vcpu", "memory_gib"].map(|key| number(row, key, common).unwrap())
}

fn has(row: &WorkloadRow, field: &Field) -> bool {
    row.own.contains(&field)
        && match field.kind {
            Kind::Flag { get, .. } => get(&row.values),
            Kind::Choice { get, .. } => get(&row.values) > 0,
            _ => false,
        }
}

fn needs(row: &WorkloadRow) -> Vec<&'static str> {
    let needs = NEEDS.iter().filter(|field| has(row, field));
    needs.map(|field| field.path).collect()
}

/// The names of all that a row stands for.
fn names(row: &WorkloadRow) -> Vec<String> {
    if row.kind == WorkloadKind::Worker || row.count == 1 {
        return vec![row.name.clone()];
    }
    let numbered = 1..=row.count;
    numbered.map(|n| format!("{}-{n}", row.name)).collect()
}

/// What manifests of Kubernetes have to say of a row.
fn wanted(row: &WorkloadRow, common: &Inputs) -> Vec<Said> {
    let listens = has(row, at::needs::udp) || has(row, at::needs::tcp);
    // Whoever reads a worker that a Service leads to takes it for a service.
    let kind = match row.kind {
        WorkloadKind::Worker if listens => WorkloadKind::Service,
        kind => kind,
    };
    let least = match row.kind {
        WorkloadKind::Job => None,
        WorkloadKind::Worker => Some(f64::from(row.count)),
        WorkloadKind::Service => {
            let open = f64::from(row.max_instances.unwrap_or(2).min(2));
            Some(
                number(row, "min_instances", common)
                    .unwrap_or(open)
                    .max(1.0),
            )
        }
    };
    let mut needs = needs(row);
    if row.kind == WorkloadKind::Job {
        needs.retain(|need| *need != at::needs::udp.path);
    }
    let said = |name: String| Said {
        name,
        kind,
        size: size(row, common),
        instances: least.map(|least| {
            let most = row.max_instances;
            (least, most.map(|most| most.max(least as u32)))
        }),
        needs: needs.clone(),
    };
    names(row).into_iter().map(said).collect()
}

/// What a row says that was read.
fn found(row: &WorkloadRow) -> Said {
    let nothing = Inputs::default();
    let least = match row.kind {
        WorkloadKind::Job => None,
        WorkloadKind::Worker => Some(f64::from(row.count)),
        WorkloadKind::Service => number(row, "min_instances", &nothing),
    };
    Said {
        name: row.name.clone(),
        kind: row.kind,
        size: size(row, &nothing),
        instances: least.map(|least| (least, row.max_instances)),
        needs: needs(row),
    }
}

fn read_back(text: &str) -> Reading {
    let reading = read(&[File {
        name: "all.yaml",
        text,
    }]);
    assert!(!reading.is_wrong(), "{:?}\n{text}", reading.told);
    reading
}

fn with(rows: Vec<WorkloadRow>) -> Inputs {
    let mut inputs = Inputs::default();
    inputs.set_workloads(rows);
    inputs
}

/// The lists that the repository has: samples, and what files come to.
fn lists() -> Vec<Inputs> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/import");
    let imported = fs::read_dir(&root).unwrap().filter_map(|entry| {
        let (scenario, _) = scenario_of(&files(&entry.unwrap().path())).ok()?;
        Some(scenario::read(&scenario.to_string()).0)
    });
    let samples = SAMPLES.iter().map(|sample| with(sample.rows()));
    // A file of traffic alone has no list.
    let imported = imported.filter(|inputs| !inputs.workloads.is_empty());
    samples.chain(imported).collect()
}

/// Names as they are written: lower case, with a hyphen for whatever else there is.
fn legal(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

#[test]
fn lists_come_back_from_manifests_of_kubernetes() {
    let lists = lists();
    assert!(lists.len() > SAMPLES.len());
    for inputs in lists {
        let rows = inputs.workloads.rows();
        let text = manifests(&inputs, Target::Kubernetes);
        let mut wanted: Vec<Said> = rows.iter().flat_map(|row| wanted(row, &inputs)).collect();
        for said in &mut wanted {
            said.name = legal(&said.name);
        }
        let reading = read_back(&text);
        let found: Vec<Said> = reading.rows.iter().map(found).collect();
        assert_eq!(found, wanted, "{text}");
    }
}

#[test]
fn workloads_that_are_alike_come_back_as_many() {
    for preset in presets::PRESETS {
        let inputs = preset.inputs();
        let text = manifests(&inputs, Target::Kubernetes);
        let reading = read_back(&text);
        let count = |kind: WorkloadKind| -> u32 {
            let rows = reading.rows.iter().filter(|row| row.kind == kind);
            rows.map(|row| row.count).sum()
        };
        let serves = inputs.http.requests_per_month > 0.0;
        let services = if serves { inputs.services } else { 0 };
        assert_eq!(count(WorkloadKind::Service), services, "{text}");
        assert_eq!(count(WorkloadKind::Worker), inputs.workers.count);
    }
}

/// Runs a month that schedules come to, as they are read.
const RUNS: [f64; 12] = [
    1.0, 2.0, 3.0, 4.0, 9.0, 22.0, 30.0, 61.0, 731.0, 2_922.0, 8_766.0, 43_830.0,
];

/// A row that somebody may have.
fn row(n: usize, dice: &mut Dice) -> WorkloadRow {
    let kind = WorkloadKind::ALL[dice.below(3)];
    let mut row = WorkloadRow {
        name: format!("w{n}-{}", ["api", "on", "1e3", "null", "x"][dice.below(5)]),
        kind,
        count: 1 + dice.below(4) as u32,
        max_instances: (dice.below(2) == 0).then(|| 1 + dice.below(40) as u32),
        ..WorkloadRow::default()
    };
    let mut set = |key: &str, x: f64| row.set_number(own_field(kind, key).unwrap(), x);
    if dice.below(5) > 0 {
        set("vcpu", (1 + dice.below(16_000)) as f64 / 1e3);
    }
    match dice.below(5) {
        0 => {}
        // Bytes that are no whole MiB.
        1 => set(
            "memory_gib",
            (2_000_000 + dice.below(1 << 33)) as f64 / 1_073_741_824.0,
        ),
        _ => set("memory_gib", (16 + dice.below(32_000)) as f64 / 1_024.0),
    }
    match kind {
        WorkloadKind::Service if dice.below(3) > 0 => set("min_instances", dice.below(6) as f64),
        WorkloadKind::Service => {}
        WorkloadKind::Job => set("runs_per_month", RUNS[dice.below(RUNS.len())]),
        WorkloadKind::Worker => set("hours_per_month", dice.below(700) as f64),
    }
    for field in NEEDS.into_iter().chain([at::needs::tcp]) {
        if dice.below(8) == 0 {
            let mut values = Inputs::default();
            match field.kind {
                Kind::Flag { set, .. } => set(&mut values, true),
                _ => values.needs.gpu = [Gpu::Light, Gpu::Serving][dice.below(2)],
            }
            row.take(field, &values);
        }
    }
    row
}

/// A list of up to twelve of them.
fn list(seed: u64) -> Inputs {
    let mut dice = Dice(seed);
    let rows = 1 + dice.below(12);
    let mut inputs = with((0..rows).map(|n| row(n, &mut dice)).collect());
    inputs.min_instances = (dice.below(3) == 0).then(|| dice.below(4) as u32);
    inputs.instance.memory_gib = 0.75;
    inputs
}

#[test]
fn random_lists_come_back_from_manifests_of_kubernetes() {
    for seed in 0..200 {
        let inputs = list(seed);
        let rows = inputs.workloads.rows();
        let text = manifests(&inputs, Target::Kubernetes);
        let reading = read_back(&text);
        let wanted: Vec<Said> = rows.iter().flat_map(|row| wanted(row, &inputs)).collect();
        let found: Vec<Said> = reading.rows.iter().map(found).collect();
        assert_eq!(found, wanted, "seed {seed}\n{text}");
        let runs = |rows: &[WorkloadRow]| -> f64 {
            let jobs = rows.iter().filter(|row| row.kind == WorkloadKind::Job);
            jobs.map(|job| f64::from(job.count) * job.values.jobs.runs_per_month)
                .sum()
        };
        assert_eq!(runs(&reading.rows), runs(rows), "seed {seed}\n{text}");
    }
}

#[test]
fn a_schedule_is_never_far_from_the_runs() {
    let mut runs = 1.0;
    while runs < 1e6 {
        let mut job = WorkloadRow {
            kind: WorkloadKind::Job,
            ..WorkloadRow::default()
        };
        job.set_number(at::jobs::runs_per_month, runs);
        let reading = read_back(&manifests(&with(vec![job]), Target::Kubernetes));
        let share = reading.rows[0].values.jobs.runs_per_month / runs;
        assert!((0.6..1.55).contains(&share), "{runs}: {share}");
        runs *= 1.03;
    }
}

#[test]
fn whatever_a_workload_is_called_the_file_stays_one() {
    for seed in 0..200 {
        let mut dice = Dice(seed);
        let mut called = || -> String {
            let letters =
                "aZ9 .-_/:,#%\"\\'{]<éß準\u{a0}\u{85}\u{2028}\u{feff}\u{1f600}\n\t\u{7}~!&*|";
            let letters: Vec<char> = letters.chars().collect();
            let length = dice.below(60);
            (0..length)
                .map(|_| letters[dice.below(letters.len())])
                .collect()
        };
        let row = |n: usize| WorkloadRow {
            name: called(),
            kind: WorkloadKind::ALL[n % 3],
            ..WorkloadRow::default()
        };
        let inputs = with((0..20).map(row).collect());
        for target in Target::ALL {
            let text = manifests(&inputs, target);
            let reading = read_back(&text);
            if target == Target::Kubernetes {
                assert_eq!(reading.rows.len(), 20, "{text}");
                let names: HashSet<_> = reading.rows.iter().map(|row| &row.name).collect();
                assert_eq!(names.len(), 20, "{text}");
                let is_label = |name: &&String| {
                    let is_legal =
                        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
                    name.len() < 50
                        && name.chars().all(is_legal)
                        && name.starts_with(|c: char| c.is_ascii_lowercase())
                        && !name.ends_with('-')
                };
                assert!(names.iter().all(is_label), "{names:?}");
            }
            let kept = text.matches("plimsoll/name: ").count();
            assert!(kept >= 18, "{kept}\n{text}");
        }
    }
}

/// The most instances of a service of Cloud Run where its manifest doesn't say it.
const MOST_ON_CLOUD_RUN: u32 = 100;

/// What manifests of Cloud Run have to say of a row, with the concurrency of a service.
fn wanted_of_cloud_run(row: &WorkloadRow, common: &Inputs) -> Vec<(Said, Option<f64>)> {
    let [vcpu, gib] = size(row, common);
    let sold = cloud_run::snap(vcpu, gib);
    let sold = match row.kind {
        WorkloadKind::Service => sold,
        WorkloadKind::Worker | WorkloadKind::Job => cloud_run::second_generation(sold),
    };
    let size = if vcpu <= 8.0 && gib <= 32.0 {
        [sold.vcpu, sold.gib]
    } else {
        [vcpu, gib]
    };
    // Below one vCPU an instance takes one request at a time.
    let concurrency = number(row, "concurrency", common);
    let concurrency = concurrency.map(|asked| if size[0] < 1.0 { 1.0 } else { asked });
    let instances = match row.kind {
        WorkloadKind::Job => None,
        // A pool is as large as it is.
        WorkloadKind::Worker => Some((f64::from(row.count), None)),
        WorkloadKind::Service => {
            let least = number(row, "min_instances", common).unwrap_or(0.0);
            let most = row.max_instances.unwrap_or(MOST_ON_CLOUD_RUN);
            Some((least, Some(most.max(least as u32))))
        }
    };
    let said = |name: String| {
        let said = Said {
            name,
            kind: row.kind,
            size,
            instances,
            needs: Vec::new(),
        };
        (said, concurrency)
    };
    names(row).into_iter().map(said).collect()
}

#[test]
fn random_lists_come_back_from_manifests_of_cloud_run() {
    for seed in 0..200 {
        let inputs = list(seed);
        let text = manifests(&inputs, Target::CloudRun);
        let rows = inputs.workloads.rows().iter();
        let wanted: Vec<_> = rows
            .flat_map(|row| wanted_of_cloud_run(row, &inputs))
            .collect();
        let of_row = |row: &WorkloadRow| {
            let said = Said {
                needs: Vec::new(),
                ..found(row)
            };
            (said, number(row, "concurrency", &Inputs::default()))
        };
        let found: Vec<_> = read_back(&text).rows.iter().map(of_row).collect();
        assert_eq!(found, wanted, "seed {seed}\n{text}");
    }
}
