//! Exports of bills, made of our own bills by what vendors document, and what is read from them.

mod aws;
mod azure;
mod damage;
mod exports;
mod focus;
mod google;
mod names;
mod noise;
mod real;
mod rows;
mod sample;
mod text;

use crate::{common::Scan, seeded_damage::Dice};
use exports::{Export, Format};
use plimsoll_model::{
    explore::billed::{EXPORTING, Key},
    prices::MeterId,
    region::Region,
    vendor::Vendor,
};
use plimsoll_readers::{
    Choices, Kind, Reading,
    bills::{Charge, Item, matching},
};
use rows::{Part, Place, Scenario, TEAMS};
use std::collections::{BTreeMap, BTreeSet};

/// Two amounts to the cent, and of large ones to as many digits as floats have.
#[track_caller]
fn same(ours: f64, wanted: f64, what: &str) {
    let off = (ours - wanted).abs();
    assert!(
        off < 0.005 + 1e-9 * wanted.abs(),
        "{what}: {ours}, not {wanted}"
    );
}

fn sum(reading: &Reading, of: impl Fn(&Item) -> bool) -> f64 {
    let items = reading.bill.items.iter().filter(|item| of(item));
    items.map(|item| item.billed_usd).sum()
}

/// A scenario with all that stands on a bill, and the exports of it.
fn exports(dice: &mut Dice) -> Vec<Export> {
    let seed = dice.bits();
    let scenario = |documented| {
        let dice = &mut Dice(seed);
        let mut scenario = Scenario::any(dice, documented);
        if scenario.place.vendor == Vendor::Aws && dice.below(5) == 0 {
            scenario = scenario.with_savings_plan(dice);
        }
        scenario = scenario.with_noise(dice);
        if dice.below(4) == 0 {
            scenario = scenario.with_currencies(dice);
        }
        scenario.shuffled(dice)
    };
    let whole = scenario(false);
    let formats = Format::of(whole.place.vendor).iter();
    let export = |format: &Format| match (format, whole.place.vendor) {
        // Without a meter's name, only what has documented words.
        (Format::Focus10, Vendor::Aws) => Export::of(&scenario(true), *format, dice),
        _ => Export::of(&whole, *format, dice),
    };
    formats.map(export).collect()
}

/// What keys come to.
fn check_keys(export: &Export, reading: &Reading, what: &str) {
    let items = || reading.bill.items.iter();
    let is_of = |item: &Item, id: &str| item.matched.is_some_and(|(key, _)| key.id == id);
    for (id, wanted) in &export.wanted {
        let what = format!("{what}: {id}");
        let billed = sum(reading, |item| is_of(item, id));
        let is_focus = matches!(export.format, Format::Focus10 | Format::Focus12);
        if wanted.covered == 0.0 {
            same(billed, wanted.usd, &what);
        } else {
            // Covered usage stands in a report at its price and is taken off again; in FOCUS it is not billed.
            let own = wanted.usd - wanted.covered;
            if is_focus {
                same(billed, own, &what);
            }
            let of_key = items().filter(|item| is_of(item, id) && item.charge == Charge::Usage);
            let effective: f64 = of_key.map(|item| item.effective_usd).sum();
            same(effective, own + export.plan[id], &format!("{what}, spread"));
        }
        let of_key = items().filter(|item| is_of(item, id));
        let quantity: f64 = of_key.filter_map(|item| item.matched).map(|(_, q)| q).sum();
        let off = (quantity - wanted.quantity).abs();
        let unit = Key::find(id).map_or_else(String::new, Key::unit);
        assert!(
            off <= 1e-6 * wanted.quantity.abs() + 1e-6,
            "{what}: {quantity} {unit}, not {}",
            wanted.quantity
        );
    }
    for item in items() {
        if let Some((key, _)) = item.matched {
            assert!(
                export.wanted.contains_key(key.id),
                "{what}: nothing of {item:?} was used"
            );
        }
    }
}

/// An export is read as it was meant.
fn check(export: &Export, what: &str) {
    let rates = export.rates();
    let reading = export.read(&rates, usize::MAX);
    let wrong: Vec<String> = reading
        .told
        .iter()
        .filter(|told| told.kind == Kind::Wrong)
        .map(ToString::to_string)
        .collect();
    assert_eq!(wrong, Vec::<String>::new(), "{what}");
    same(reading.bill.billed_usd(), export.sum(|_| true), what);
    for item in &reading.bill.items {
        assert_eq!(item.month, (2026, 9), "{what}: {item:?}");
        assert_eq!(item.vendor, Some(export.vendor), "{what}: {item:?}");
    }
    check_keys(export, &reading, what);
    if !export.has_plan() {
        let unmatched = sum(&reading, |item| item.matched.is_none());
        same(
            unmatched,
            export.sum(|row| row.key.is_none()),
            &format!("{what}: unmatched"),
        );
    }
    let charged = |charge| sum(&reading, |item| item.charge == charge);
    let apart = [
        Charge::Tax,
        Charge::Support,
        Charge::Discount,
        Charge::Credit,
        Charge::Other,
        Charge::Commitment,
    ];
    for charge in apart {
        if export.has_plan() && charge == Charge::Commitment {
            continue;
        }
        same(
            charged(charge),
            export.charged(charge),
            &format!("{what}: {}", charge.id()),
        );
    }
    // Usage that a plan covers is billed at its price and taken off again, whichever charge that is.
    let both = [Charge::Usage, Charge::Commitment];
    let [ours, wanted] = [both.map(charged), both.map(|charge| export.charged(charge))];
    same(
        ours.iter().sum(),
        wanted.iter().sum(),
        &format!("{what}: usage and plan"),
    );
    check_teams(export, &reading, &rates, what);
}

/// Grouped by a tag, each team has its sum.
fn check_teams(export: &Export, reading: &Reading, rates: &Choices, what: &str) {
    // The cost table has no labels.
    if export.format == Format::CostTable {
        return;
    }
    let choices = reading.told.iter().filter_map(|told| told.choice.as_ref());
    let mut by_tag =
        choices.filter(|choice| choice.options.iter().any(|(name, _)| name == "tag:team"));
    let Some(choice) = by_tag.next() else {
        let tagged = export.rows.iter().any(|row| row.team.is_some());
        assert!(!tagged, "{what}: no choice of the tag");
        return;
    };
    let mut choices = rates.clone();
    choices.insert(choice.id.clone(), "tag:team".to_owned());
    let grouped = export.read(&choices, 997);
    same(
        grouped.bill.billed_usd(),
        export.sum(|_| true),
        &format!("{what}: grouped"),
    );
    for team in TEAMS {
        let ours = sum(&grouped, |item| item.group == team);
        let wanted = export.sum(|row| row.team == Some(team));
        same(ours, wanted, &format!("{what}: team {team}"));
    }
}

#[test]
fn exports_of_our_own_bills_are_read_back_to_the_cent() {
    let mut dice = Dice(20_261_129);
    for n in 0..Scan::of(40, 500).cases {
        for export in exports(&mut dice) {
            check(&export, &format!("scenario {n} {}", export.name));
        }
    }
}

/// The generator against itself: what is written comes to our bill, and names every meter that our bills have.
#[test]
fn exports_have_what_our_bills_have() {
    let mut dice = Dice(5);
    let (scan, mut met) = (Scan::of(40, 500), BTreeSet::new());
    for n in 0..scan.cases {
        for export in exports(&mut dice) {
            met.extend(export.wanted.keys().copied());
            let of_keys: f64 = export.wanted.values().map(|wanted| wanted.usd).sum();
            let covered: f64 = export.wanted.values().map(|wanted| wanted.covered).sum();
            let is_of_key = |row: &rows::Row| row.key.is_some();
            let billed = if export.has_plan() {
                of_keys - covered
            } else {
                of_keys
            };
            let what = format!("{n} {}", export.name);
            same(export.sum(is_of_key), billed, &what);
            let Some((table, _)) = &export.table else {
                continue;
            };
            if export.format == Format::CostTable {
                continue;
            }
            let text = String::from_utf8(export.bytes.clone()).unwrap();
            let text = text.trim_start_matches('\u{feff}');
            let columns = [
                "BilledCost",
                "lineItem/UnblendedCost",
                "line_item_unblended_cost",
                "cost",
                "CostInBillingCurrency",
                "costInBillingCurrency",
                "PreTaxCost",
            ];
            let column = columns.iter().find_map(|name| table.column(name)).unwrap();
            let again = text::Table::of(text);
            assert_eq!(again.rows.len(), export.rows.len(), "{what}");
            if export.rows.iter().all(|row| row.currency == "USD") {
                let written = again
                    .rows
                    .iter()
                    .map(|row| row[column].parse::<f64>().unwrap());
                let credits: f64 = export.rows.iter().map(|row| row.credit).sum();
                same(written.sum::<f64>() + credits, export.sum(|_| true), &what);
            }
        }
    }
    assert!(met.len() >= scan.least(50), "{met:?}");
}

/// Each name of the table that the rows are made of is a meter of ours to the reader's own table, and what else stands on a
/// bill is none.
#[test]
fn names_of_documentation_are_known() {
    let mut dice = Dice(11);
    let mut unknown = BTreeMap::new();
    for _ in 0..Scan::of(60, 300).cases {
        for export in exports(&mut dice) {
            for row in &export.rows {
                let name = &row.name;
                // Which balancer it is, a usage type doesn't say: the operation and the words do.
                if export.format != Format::Focus10 && name.operation == "LoadBalancing:Network" {
                    continue;
                }
                let (service, usage, unit) = match export.format {
                    Format::Focus10 if export.vendor == Vendor::Aws => (
                        &name.service_name,
                        name.description.clone(),
                        focus::unit(export.vendor, &name.unit).0,
                    ),
                    Format::Cur => (
                        &name.service,
                        aws::usage_type(row, &mut dice),
                        name.unit.clone(),
                    ),
                    _ => (&name.service, name.usage.clone(), name.unit.clone()),
                };
                let found = matching(export.vendor, service, &usage, &unit);
                let found = found.map(|found| found.key.id);
                let wanted = row.key.map(|key| key.id);
                if found != wanted {
                    let what = format!("{service} | {usage} | {unit} | {}", name.operation);
                    unknown.insert(what, (found, wanted));
                }
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}

/// Every meter of the price book that is usage has a name in the documentation, and the reader's table knows it; so none is
/// forgotten that no random bill has.
#[test]
fn every_meter_of_usage_has_a_name_on_its_vendors_bill() {
    let mut dice = Dice(3);
    let (mut unnamed, mut unknown) = (Vec::new(), Vec::new());
    for meter in MeterId::all() {
        let id = meter.info().id;
        let Some(key) = Key::of(id) else { continue };
        let Some(vendor) = key.vendor().filter(|vendor| EXPORTING.contains(vendor)) else {
            continue;
        };
        if ["/commitment/", "/spot/", "/free", "/credit"]
            .iter()
            .any(|part| id.contains(part))
        {
            continue;
        }
        for region in Region::ALL {
            let place = Place { vendor, region };
            let part = Part {
                machine: "m5.large",
                ..Part::of(id, 8.0, 1.0)
            };
            let Some(billed) = names::billed(&part, place, &mut dice) else {
                unnamed.push(id);
                break;
            };
            for (name, ..) in billed {
                if name.operation == "LoadBalancing:Network" {
                    continue;
                }
                let found = matching(vendor, &name.service, &name.usage, &name.unit);
                if found.map(|found| found.key) != Some(key) {
                    unknown.push(format!(
                        "{id}: {} | {} | {}",
                        name.service, name.usage, name.unit
                    ));
                }
            }
        }
    }
    unnamed.dedup();
    assert_eq!(unknown, Vec::<String>::new());
    insta::assert_snapshot!("meters_without_a_name_in_the_tests", unnamed.join("\n"));
}
