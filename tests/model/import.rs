//! Files of what a team has: each folder of tests/cases/import with its files, and what they come to as a snapshot.

use crate::{common::Scan, decoders::read_file, seeded_damage::Dice};
use plimsoll_cli::import::scenario_of;
use plimsoll_formats::scenario;
use plimsoll_model::inputs::{Inputs, WorkloadRow, workloads::own_field};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The files of a folder by name.
pub(crate) fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// The cases, in the order of their names.
fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/import");
    let entries = fs::read_dir(&root).unwrap();
    let mut folders: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

#[test]
fn files_come_to_what_is_expected_of_them() {
    for folder in &folders() {
        let found = match scenario_of(&files(folder)) {
            Ok((scenario, told)) => format!("{scenario:#}\n\n{}", told.join("\n")),
            Err(wrong) => format!("refused\n\n{}", wrong.join("\n")),
        };
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        insta::assert_snapshot!(name, found);
    }
}

/// A number of a row of its own, or of what is usual.
fn number(row: &WorkloadRow, key: &str) -> f64 {
    let field = own_field(row.kind, key).unwrap();
    assert!(row.own.contains(&field), "{} has no {key}", row.name);
    row.number(field, &Inputs::default()).unwrap()
}

#[test]
fn the_public_system_has_its_sums_of_requests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/import/shop-of-twelve");
    let (scenario, _) = scenario_of(&files(&folder)).unwrap();
    let (inputs, _) = scenario::read(&scenario.to_string());
    let rows = inputs.workloads.rows();
    let sum = |key: &str| rows.iter().map(|row| number(row, key)).sum::<f64>();
    assert_eq!(rows.len(), 12);
    // What its published manifests ask for: 1,570m and 1,368 Mi.
    assert!((sum("vcpu") - 1.57).abs() < 1e-9);
    assert!((sum("memory_gib") * 1_024.0 - 1_368.0).abs() < 1e-6);
}

#[test]
fn a_spreadsheet_of_twenty_services_gives_its_rows() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/import/twenty-services");
    let (scenario, _) = scenario_of(&files(&folder)).unwrap();
    let (inputs, wrong) = scenario::read(&scenario.to_string());
    assert_eq!(wrong, vec![]);
    let rows = inputs.workloads.rows();
    let of = |name: &str, key: &str| {
        let row = rows.iter().find(|row| row.name == name).unwrap();
        number(row, key)
    };
    assert_eq!(rows.iter().map(|row| row.count).sum::<u32>(), 22);
    for (name, key, x) in [
        ("gateway", "requests_per_month", 3e8),
        ("gateway", "concurrency", 200.0),
        ("catalog", "latency_ms", 40.0),
        ("search", "memory_gib", 16.0),
        ("chat", "connections.count", 12_000.0),
        ("presence", "connections.seconds", 3_600.0),
        ("recommend", "gpu_memory_gib", 16.0),
        ("invoices", "minutes", 45.0),
        ("reports", "runs_per_month", 600.0),
        ("thumbnails", "hours_per_month", 730.0),
        ("admin", "cpu_ms", 30.0),
    ] {
        assert_eq!(of(name, key), x, "{name} {key}");
    }
}

/// Bytes changed, doubled and taken away in every case of the folder, the same ones each time: nothing panics, and whatever is
/// read is in its range.
#[test]
fn damaged_files_never_panic() {
    let texts: Vec<String> = folders()
        .iter()
        .flat_map(|folder| files(folder))
        .map(|(_, text)| text)
        .collect();
    let mut dice = Dice(823);
    for _ in 0..Scan::of(1_000, 100_000).cases {
        let place = dice.below(texts.len());
        let text = dice.damaged(&texts[place]);
        read_file(&text);
    }
}
