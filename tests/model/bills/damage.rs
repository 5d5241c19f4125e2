//! Exports with damage: whatever a file has become, nothing panics, and what is left of it is summed right.

use super::{
    exports::{self, Export, Format},
    rows::Row,
    same,
    text::Style,
};
use crate::{common::Scan, seeded_damage::Dice};
use plimsoll_readers::{Choices, Reading};

/// Columns with amounts.
const COSTS: [&str; 6] = [
    "BilledCost",
    "lineItem/UnblendedCost",
    "line_item_unblended_cost",
    "cost",
    "CostInBillingCurrency",
    "PreTaxCost",
];

/// What no amount is.
const NO_AMOUNTS: [&str; 14] = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(A1)",
    "-2+3+cmd|' /C calc'!A0",
    "NaN",
    "inf",
    "-Infinity",
    "1e999",
    "#REF!",
    "twelve",
    "1.2.3",
    "--5",
    "0x1F",
    "\u{221e}",
];

/// What holds for every reading.
fn sound(reading: &Reading, what: &str) {
    for told in &reading.told {
        assert!(!told.text.trim().is_empty(), "{what}: {told:?}");
        assert!(told.at.1 >= 1, "{what}: {told}");
    }
    let finds =
        !reading.bill.items.is_empty() || !reading.traffic.is_empty() || !reading.rows.is_empty();
    assert!(
        finds || reading.is_wrong(),
        "{what}: nothing, and no word: {:?}",
        reading.told
    );
    assert!(reading.bill.billed_usd().is_finite(), "{what}");
    for item in &reading.bill.items {
        let matched = item.matched.map_or(0.0, |(_, quantity)| quantity);
        for x in [item.quantity, item.billed_usd, item.effective_usd, matched] {
            assert!(x.is_finite(), "{what}: {item:?}");
        }
        assert!(
            (1..=12).contains(&item.month.1) || item.month.0 == 0,
            "{what}: {item:?}"
        );
        assert!(item.rows > 0, "{what}: {item:?}");
    }
    let rows: u64 = reading.bill.items.iter().map(|item| item.rows).sum();
    assert!(rows >= reading.bill.rows.min(1), "{what}");
}

/// Small exports, of every format.
fn small(dice: &mut Dice) -> Vec<Export> {
    let mut small = Vec::new();
    for _ in 0..12 {
        for mut export in super::exports(dice) {
            if let Some((table, style)) = &mut export.table {
                table.rows.truncate(24);
                export.bytes = table.written(*style).into_bytes();
            } else {
                let text = String::from_utf8(export.bytes).unwrap();
                let lines: Vec<&str> = text.lines().take(24).collect();
                export.bytes = (lines.join("\n") + "\n").into_bytes();
            }
            small.push(export);
        }
    }
    for format in [
        Format::Cur,
        Format::BigQuery,
        Format::CostTable,
        Format::Older,
    ] {
        assert!(
            small.iter().any(|export| export.format == format),
            "{format:?}"
        );
    }
    small
}

/// A text in another encoding.
fn encoded(text: &str, dice: &mut Dice) -> Vec<u8> {
    let big = dice.below(2) == 0;
    let order = |unit: u16| {
        if big {
            unit.to_be_bytes()
        } else {
            unit.to_le_bytes()
        }
    };
    match dice.below(3) {
        0 => text.chars().map(|c| u32::from(c).min(255) as u8).collect(),
        1 => text.encode_utf16().flat_map(order).collect(),
        _ => std::iter::once(0xfeff)
            .chain(text.encode_utf16())
            .flat_map(order)
            .collect(),
    }
}

/// A table with damage to its cells and columns.
fn table_damaged(export: &Export, dice: &mut Dice) -> Option<Vec<u8>> {
    let (table, style) = export.table.as_ref()?;
    let mut table = table.clone();
    let columns = table.columns.len();
    for _ in 0..=dice.below(4) {
        let row = dice.below(table.rows.len());
        let at = dice.below(columns);
        match dice.below(7) {
            0 => dice
                .one(&NO_AMOUNTS)
                .clone_into(table.rows.get_mut(row)?.get_mut(at)?),
            1 => {
                let huge = [
                    "1e308",
                    "-1e308",
                    "9".repeat(400).as_str(),
                    "1e-400",
                    "99999999999999999999",
                ]
                .map(str::to_owned);
                let cells = table.rows.get_mut(row)?;
                cells.get_mut(at)?.clone_from(&huge[dice.below(huge.len())]);
            }
            2 => {
                let twice = table.columns[at].clone();
                table.columns[dice.below(columns)] = twice;
            }
            3 => {
                let header = table.columns.clone();
                table.rows.insert(row, header);
            }
            4 => table.rows.get_mut(row)?.truncate(at),
            5 => {
                let more = 1 + dice.below(50);
                table
                    .rows
                    .get_mut(row)?
                    .extend((0..more).map(|n| n.to_string()));
            }
            _ => table.columns[at].clear(),
        }
    }
    Some(table.written(*style).into_bytes())
}

fn damaged(export: &Export, dice: &mut Dice) -> Vec<u8> {
    let bytes = export.bytes.clone();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let at = dice.below(bytes.len());
    match dice.below(10) {
        0 => bytes[..at].to_vec(),
        1 => bytes[at..].to_vec(),
        2 => {
            let mut bytes = bytes;
            for _ in 0..=dice.below(20) {
                let at = dice.below(bytes.len());
                bytes[at] ^= 1 << dice.below(8);
            }
            bytes
        }
        3 => encoded(&text, dice),
        4 => {
            // A quote that is never closed.
            let mut bytes = bytes;
            bytes.insert(at, b'"');
            bytes
        }
        5 => dice
            .one(&["", " ", "\n\n", "\u{feff}", "\r\n", "\0\0\0"])
            .as_bytes()
            .to_vec(),
        6..9 => table_damaged(export, dice).unwrap_or_else(|| dice.damaged(&text).into_bytes()),
        _ => dice.damaged(&text).into_bytes(),
    }
}

#[test]
fn damaged_exports_never_panic() {
    let mut dice = Dice(1_029);
    let small = small(&mut dice);
    for n in 0..Scan::of(1_000, 100_000).cases {
        let export = &small[dice.below(small.len())];
        let bytes = damaged(export, &mut dice);
        let size = [1, 7, 1 + dice.below(500), usize::MAX][dice.below(4)];
        let reading = exports::read(&export.name, &bytes, &export.rates(), size);
        sound(&reading, &format!("case {n}, {}", export.name));
    }
}

/// A header of a million columns, before the right ones or behind them.
#[test]
fn a_million_columns_are_read_or_refused() {
    let many = ",column".repeat(1_000_000);
    for (header, row) in [
        (
            format!("BilledCost,BillingCurrency,ServiceName{many}"),
            "1,USD,AmazonS3".to_owned(),
        ),
        (many.clone(), many),
    ] {
        let text = format!("{header}\n{row}\n");
        let reading = exports::read("wide.csv", text.as_bytes(), &Choices::new(), 1 << 16);
        sound(&reading, "a million columns");
    }
}

/// Amounts that are none are told, and no other row is lost with them.
#[test]
fn rows_beside_damaged_amounts_are_summed() {
    let mut dice = Dice(31);
    let small = small(&mut dice);
    for n in 0..Scan::of(300, 3_000).cases {
        let export = &small[dice.below(small.len())];
        let Some((table, _)) = &export.table else {
            continue;
        };
        let Some(cost) = COSTS.iter().find_map(|name| table.column(name)) else {
            continue;
        };
        // Amounts in other currencies and credits beside them are another test's.
        let is_plain = |row: &Row| row.currency == "USD" && row.credit == 0.0;
        if !export.rows.iter().all(is_plain) {
            continue;
        }
        let (mut table, mut hit) = (table.clone(), Vec::new());
        for _ in 0..=dice.below(3) {
            let at = dice.below(table.rows.len());
            table.rows[at][cost] = dice.one(&NO_AMOUNTS).to_owned();
            hit.push(at);
        }
        let rest = table
            .rows
            .iter()
            .enumerate()
            .filter(|(at, _)| !hit.contains(at));
        let rest: f64 = rest.map(|(_, row)| row[cost].parse::<f64>().unwrap()).sum();
        let text = table.written(Style::any(&mut dice));
        let size = [13, 1_000, usize::MAX][dice.below(3)];
        let reading = exports::read(&export.name, text.as_bytes(), &Choices::new(), size);
        let what = format!("case {n}, {}, rows {hit:?}", export.name);
        sound(&reading, &what);
        assert!(reading.is_wrong(), "{what}: no word");
        same(reading.bill.billed_usd(), rest, &what);
    }
}
