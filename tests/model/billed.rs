//! A bill held against ours: a bill of ours is given as the vendor's, changed in a known way, and the change must be found.

use crate::common::{CENT, bill, inputs};
use plimsoll_model::{
    explore::billed::{
        Billed, Cause, Compared, Key, Reconciliation, hours_of, platform_of, prices_of,
        quantities_of, reconcile, vcpus,
    },
    inputs::Inputs,
    platform::Platform,
    prices::{MeterId, OwnPrice, PriceBook},
    region::Region,
    units::HOURS_PER_MONTH,
};

const OCTOBER: (i32, u8) = (2026, 10);
const LATER: (i32, u8) = (2027, 1);
const VCPU: &str = "aws/fargate/x86/vcpu";

/// Our bill of a scenario as a vendor would send it for October: each line with its own row, allowances as dollars off.
fn sent(platform: Platform, inputs: &Inputs, book: &PriceBook) -> Vec<Billed> {
    let longer = hours_of(OCTOBER) / HOURS_PER_MONTH;
    let lines = bill(platform, inputs, book).lines;
    let rows = lines.iter().filter_map(|line| {
        let key = Key::of(line.meter)?;
        let usd = line.amount().get();
        let is_charge = line.unit_price > 0.0;
        let is_running = is_charge && !line.unit.contains("month");
        let longer = if is_running { longer } else { 1.0 };
        let machine = line.meter.rsplit('/').next().and_then(vcpus);
        let times = if line.unit == "hour" {
            machine.unwrap_or(1.0)
        } else {
            1.0
        };
        Some(Billed {
            month: OCTOBER,
            key,
            region: Some(inputs.region),
            quantity: if is_charge {
                line.quantity * times * longer
            } else {
                0.0
            },
            billed_usd: usd * longer,
            effective_usd: usd * longer,
        })
    });
    rows.collect()
}

fn held(platform: Platform, inputs: &Inputs, billed: &[Billed]) -> Reconciliation {
    reconcile(inputs, &PriceBook::bundled(), platform, billed, LATER).unwrap()
}

fn line<'a>(held: &'a Reconciliation, id: &str) -> &'a Compared {
    let lines = &held.newest().unwrap().lines;
    lines.iter().find(|line| line.key.id == id).unwrap()
}

/// The platforms whose vendors export bills.
fn exporting() -> impl Iterator<Item = Platform> {
    let vendors = plimsoll_model::explore::billed::EXPORTING;
    Platform::ALL
        .into_iter()
        .filter(move |platform| vendors.contains(&platform.vendor()))
}

#[test]
fn a_bill_of_ours_is_explained_to_the_cent() {
    for text in [
        "{}",
        r#"{"services":6,"region":"europe","http":{"requests_per_month":4e8},"surroundings":{"nat":true,"zones":true}}"#,
    ] {
        let (inputs, _) = plimsoll_formats::scenario::read(text);
        let book = PriceBook::bundled();
        for platform in exporting() {
            let Some(_) = reconcile(&inputs, &book, platform, &[], LATER) else {
                continue;
            };
            let rows = sent(platform, &inputs, &book);
            let held = held(platform, &inputs, &rows);
            assert_eq!(held.score(), Some(1.0), "{platform:?}");
            for line in &held.months[0].lines {
                assert_eq!(line.cause, Cause::Same, "{platform:?}: {line:?}");
                let apart = (line.billed.quantity - line.ours.quantity).abs();
                assert!(
                    apart <= 1e-9 * line.billed.quantity,
                    "{platform:?}: {line:?}"
                );
            }
            // Every dollar of ours that isn't people's is on it.
            let all: f64 = rows.iter().map(|row| row.billed_usd).sum();
            assert!(
                (held.months[0].ours_usd() - all).abs() < CENT,
                "{platform:?}"
            );
            assert!(prices_of(&held, &inputs).is_empty(), "{platform:?}");
        }
    }
}

#[test]
fn what_was_changed_is_the_cause() {
    let book = PriceBook::bundled();
    let inputs = inputs(r#"{"min_instances":4,"surroundings":{"nat":true}}"#);
    let platform = Platform::Fargate;
    let changed = |id: &str, change: &dyn Fn(&mut Billed)| {
        let mut rows = sent(platform, &inputs, &book);
        rows.iter_mut()
            .filter(|row| row.key.id == id)
            .for_each(change);
        held(platform, &inputs, &rows)
    };
    let twice = changed(VCPU, &|row| {
        row.quantity *= 2.0;
        row.effective_usd *= 2.0;
    });
    assert_eq!(line(&twice, VCPU).cause, Cause::More(2.0));
    assert!(twice.score().unwrap() < 0.9);
    let half = changed(VCPU, &|row| {
        row.quantity /= 2.0;
        row.effective_usd /= 2.0;
    });
    assert_eq!(line(&half, VCPU).cause, Cause::Less(0.5));
    let plan = changed(VCPU, &|row| row.effective_usd *= 0.8);
    let Cause::Cheaper(share) = line(&plan, VCPU).cause else {
        panic!("{:?}", line(&plan, VCPU));
    };
    assert!((share - 0.2).abs() < 1e-9);
    // The price that was paid is the price then.
    let own = prices_of(&plan, &inputs);
    let meter = MeterId::find(VCPU).unwrap();
    assert_eq!(own.len(), 1);
    assert_eq!((own[0].meter, own[0].region), (meter, Some(Region::Us)));
    let then = Inputs {
        prices: own.clone(),
        ..inputs.clone()
    };
    let rows = {
        let mut rows = sent(platform, &inputs, &book);
        rows.iter_mut()
            .filter(|row| row.key.id == VCPU)
            .for_each(|row| row.effective_usd *= 0.8);
        rows
    };
    let met = reconcile(&then, &book.with_own(&own), platform, &rows, LATER).unwrap();
    assert_eq!(line(&met, VCPU).cause, Cause::Same);
    // A rate of another region is known by its price.
    let there = Inputs {
        region: Region::Asia,
        ..inputs.clone()
    };
    let rows = sent(platform, &there, &book);
    let abroad = held(platform, &inputs, &rows);
    assert_eq!(line(&abroad, VCPU).cause, Cause::Region(Region::Asia));
    // What one of both alone has.
    let gone = held(
        platform,
        &inputs,
        &sent(platform, &inputs, &book)
            .into_iter()
            .filter(|row| !row.key.id.contains("/nat/"))
            .chain([Billed {
                month: OCTOBER,
                key: Key::of("aws/eks/cluster").unwrap(),
                region: None,
                quantity: 744.0,
                billed_usd: 74.4,
                effective_usd: 74.4,
            }])
            .collect::<Vec<_>>(),
    );
    assert_eq!(line(&gone, "aws/nat/gateway").cause, Cause::NotBilled);
    assert_eq!(line(&gone, "aws/eks/cluster").cause, Cause::NotOurs);
}

#[test]
fn a_free_tier_that_is_used_elsewhere_and_tiers_of_the_account_are_named() {
    let book = PriceBook::bundled();
    let inputs = inputs(r#"{"http":{"requests_per_month":4e7,"response_kb":20}}"#);
    let platform = Platform::CloudRun;
    let mut rows = sent(platform, &inputs, &book);
    rows.retain(|row| row.billed_usd > 0.0);
    let held_here = held(platform, &inputs, &rows);
    let cpu = line(&held_here, "google-cloud/cloud-run/instance-based/vcpu");
    assert_eq!(cpu.cause, Cause::FreeElsewhere, "{cpu:?}");
    // Egress of an account that is in a higher tier already: cheaper than ours, and dearer than our cheapest.
    let large = inputs_with_egress(30.0);
    let ours = bill(Platform::Fargate, &large, &book);
    assert!(
        ours.lines
            .iter()
            .any(|line| line.meter == "aws/egress/next-40-tb")
    );
    let mut rows = sent(Platform::Fargate, &large, &book);
    rows.retain(|row| row.key.id != "aws/egress" || row.billed_usd > 0.0);
    for row in &mut rows {
        if row.key.id == "aws/egress" {
            row.effective_usd = row.quantity * 0.085;
        }
    }
    let held_there = held(Platform::Fargate, &large, &rows);
    let line = line(&held_there, "aws/egress");
    assert!(matches!(line.cause, Cause::Tier | Cause::Near), "{line:?}");
}

/// A scenario that sends so many TB a month.
fn inputs_with_egress(tb: f64) -> Inputs {
    let requests = 1e8;
    let kb = tb * 1e9 / requests;
    inputs(&format!(
        r#"{{"http":{{"requests_per_month":{requests},"response_kb":{kb}}}}}"#
    ))
}

#[test]
fn the_platform_is_told_by_what_was_billed() {
    let book = PriceBook::bundled();
    let inputs = inputs(r#"{"services":3}"#);
    for platform in [
        Platform::Fargate,
        Platform::AppRunner,
        Platform::Eks,
        Platform::EksAuto,
        Platform::CloudRun,
        Platform::Gke,
        Platform::GkeAutopilot,
        Platform::ContainerApps,
        Platform::Aks,
        Platform::AksAutomatic,
    ] {
        let rows = sent(platform, &inputs, &book);
        assert_eq!(platform_of(&inputs, &book, &rows), Some(platform));
        // Where the team says where it is, that is it, also if the bill has other things of that vendor.
        let said = Inputs {
            already_on: Some(platform),
            ..inputs.clone()
        };
        assert_eq!(platform_of(&said, &book, &rows), Some(platform));
    }
    assert_eq!(platform_of(&inputs, &book, &[]), None);
}

#[test]
fn quantities_become_inputs_whose_bill_is_the_bill() {
    let book = PriceBook::bundled();
    for (platform, really, known) in [
        (
            Platform::Fargate,
            r#"{"min_instances":9,"http":{"response_kb":120},"surroundings":{"nat":true,"gb_between_zones":700},"assumptions":{"nat_kb_per_request":8}}"#,
            r#"{"min_instances":2,"surroundings":{"nat":true}}"#,
        ),
        (
            Platform::CloudRun,
            r#"{"http":{"requests_per_month":9e7,"response_kb":200}}"#,
            "{}",
        ),
    ] {
        let really = inputs(really);
        let known = inputs(known);
        let rows = sent(platform, &really, &book);
        let held_known = held(platform, &known, &rows);
        let taken = quantities_of(&held_known, &known, &book);
        assert_eq!(taken.already_on, Some(platform));
        let total = taken.invoice.total_usd.unwrap();
        let theirs = bill(platform, &really, &book).infrastructure().get();
        assert!((total / theirs - 1.0).abs() < 0.02, "{total} of {theirs}");
        assert!(
            (taken.surroundings.gb_between_zones - really.surroundings.gb_between_zones).abs()
                < 1e-6,
            "{:?}",
            taken.surroundings
        );
        let before = held_known.months[0].ours_usd();
        let after = held(platform, &taken, &rows).months[0].ours_usd();
        let billed = held_known.months[0].billed_usd();
        assert!(
            (after - billed).abs() < 0.35 * (before - billed).abs(),
            "{platform:?}: billed {billed}, ours before {before}, then {after}: {taken:?}"
        );
    }
}

#[test]
fn a_price_of_the_book_is_no_own_price() {
    // An own price that is the same as the book's would say that the contract differs.
    let book = PriceBook::bundled();
    let inputs = inputs(r#"{"buy":{"commitment":"1y"}}"#);
    let rows = sent(Platform::Fargate, &Inputs::default(), &book);
    let held_here = held(Platform::Fargate, &inputs, &rows);
    let own: Vec<OwnPrice> = prices_of(&held_here, &inputs);
    // Ours counts a savings plan that the bill hasn't: what is entered is dearer, so that both agree.
    for price in &own {
        assert!(price.value > 0.0 && price.value.is_finite());
    }
    let then = Inputs {
        prices: own.clone(),
        ..inputs.clone()
    };
    let met = reconcile(&then, &book.with_own(&own), Platform::Fargate, &rows, LATER).unwrap();
    let vcpu = line(&met, "aws/fargate/x86/vcpu");
    assert!(vcpu.is_explained(), "{vcpu:?}");
}

#[test]
fn months_have_their_own_hours() {
    assert!((hours_of((2026, 2)) - 672.0).abs() < f64::EPSILON);
    assert!((hours_of((2024, 2)) - 696.0).abs() < f64::EPSILON);
    assert!((hours_of(OCTOBER) - 744.0).abs() < f64::EPSILON);
    assert!((hours_of((0, 0)) - HOURS_PER_MONTH).abs() < f64::EPSILON);
    let book = PriceBook::bundled();
    let inputs = Inputs::default();
    let mut rows = sent(Platform::Fargate, &inputs, &book);
    let mut begun = sent(Platform::Fargate, &inputs, &book);
    for row in &mut begun {
        row.month = (2026, 11);
        row.effective_usd /= 10.0;
    }
    rows.extend(begun);
    // November has only begun: October is the month to look at.
    assert_eq!(
        held(Platform::Fargate, &inputs, &rows)
            .newest()
            .unwrap()
            .month,
        OCTOBER
    );
}
