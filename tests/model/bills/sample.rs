//! A cut of the sample data of FOCUS: three vendors' bills as they are, but for names.

use super::text::Table;
use crate::common::CENT;
use plimsoll_readers::{Choices, Kind};
use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

#[test]
fn a_real_sample_is_summed_to_the_cent() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/bills/focus-sample.csv");
    let text = fs::read_to_string(path).unwrap();
    let table = Table::of(&text);
    assert_eq!(table.rows.len(), 250);
    let [cost, vendor] = ["BilledCost", "ProviderName"].map(|name| table.column(name).unwrap());
    let amounts = || {
        table
            .rows
            .iter()
            .map(|row| row[cost].parse::<f64>().unwrap())
    };
    let reading = super::exports::read("focus-sample.csv", text.as_bytes(), &Choices::new(), 4_096);
    let told = |kind: Kind| reading.told.iter().filter(move |told| told.kind == kind);
    assert_eq!(told(Kind::Wrong).count(), 0, "{:?}", reading.told);
    let off = reading.bill.billed_usd() - amounts().sum::<f64>();
    assert!(off.abs() < 1e-9, "{off}");
    assert_eq!(reading.bill.rows, 250);
    let counted: u64 = reading.bill.items.iter().map(|item| item.rows).sum();
    assert_eq!(counted, 250);

    let mut groups: BTreeMap<&str, (u64, f64)> = BTreeMap::new();
    let mut lines: BTreeMap<String, (u64, f64, f64)> = BTreeMap::new();
    let (mut matched, mut rows) = (0.0, 0);
    for item in &reading.bill.items {
        let group = groups.entry(&item.group).or_default();
        group.0 += item.rows;
        group.1 += item.billed_usd;
        let of = item.matched.map_or("unmatched", |(key, _)| key.id);
        let what = format!("{of:<28} {} | {}", item.service, item.usage);
        let line = lines.entry(what).or_default();
        line.0 += item.rows;
        line.1 += item.billed_usd;
        if let Some((_, quantity)) = item.matched {
            line.2 += quantity;
            matched += item.billed_usd;
            rows += item.rows;
        }
    }
    let all = reading.bill.billed_usd();
    let mut found = format!("recognised: {rows} rows of 250, {matched:.4} USD of {all:.4}\n\n");
    for (group, (rows, usd)) in &groups {
        writeln!(found, "{rows:>4} {usd:>12.4} {group}").unwrap();
    }
    found += "\n";
    for (what, (rows, usd, quantity)) in &lines {
        writeln!(found, "{rows:>4} {usd:>12.4} {quantity:>14.4} {what}").unwrap();
    }
    insta::with_settings!({ snapshot_path => "../snapshots" }, {
        insta::assert_snapshot!("a_real_sample", found);
    });

    // Each vendor's by itself.
    for name in ["AWS", "Microsoft", "Oracle"] {
        let rows = table.rows.iter().filter(|row| row[vendor] == name);
        let part = Table {
            columns: table.columns.clone(),
            rows: rows.cloned().collect(),
        };
        let wanted: f64 = part
            .rows
            .iter()
            .map(|row| row[cost].parse::<f64>().unwrap())
            .sum();
        let text = part.written(super::text::Style::any(&mut crate::seeded_damage::Dice(1)));
        let reading =
            super::exports::read("part.csv", text.as_bytes(), &Choices::new(), usize::MAX);
        assert!((reading.bill.billed_usd() - wanted).abs() < CENT, "{name}");
        let is_of = |item: &plimsoll_readers::bills::Item| {
            item.vendor.map_or("Oracle", |vendor| vendor.name())
        };
        let wanted = if name == "Microsoft" { "Azure" } else { name };
        assert!(
            reading.bill.items.iter().all(|item| is_of(item) == wanted),
            "{name}"
        );
    }
}
