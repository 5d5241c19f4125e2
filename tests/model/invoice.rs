//! The last invoice, held against our bill: a bill whose inputs we know is given as an invoice, and they must be found again.

use crate::common::{CENT, bill, inputs, printed};
use plimsoll_formats::scenario;
use plimsoll_model::{
    explore::{
        flips::Setting,
        invoice::{Change, Reconciled, reconcile},
    },
    inputs::Inputs,
    platform::Platform,
    prices::PriceBook,
};
use plimsoll_wording::invoice;

fn held(inputs: &Inputs) -> Reconciled {
    reconcile(inputs, &PriceBook::bundled()).unwrap()
}

fn infrastructure(platform: Platform, inputs: &Inputs) -> f64 {
    bill(platform, inputs, &PriceBook::bundled())
        .infrastructure()
        .get()
}

/// The inputs of a team, and the invoice of what it really runs on that platform.
fn with_invoice(platform: Platform, really: &str, known: &str) -> Inputs {
    let really = inputs(really);
    let mut known = inputs(known);
    known.already_on = Some(platform);
    known.invoice.total_usd = Some(infrastructure(platform, &really));
    known
}

fn set_to(changes: &[Change], path: &str) -> Option<f64> {
    let found = changes.iter().find(|change| change.field.path == path)?;
    match found.to {
        Setting::Number(x) => Some(x),
        _ => Some(1.0),
    }
}

#[test]
fn what_nobody_knows_of_the_invoice_is_found_in_one_input() {
    for (platform, path, really, value) in [
        (
            Platform::Fargate,
            "min_instances",
            r#"{"min_instances":9}"#,
            9.0,
        ),
        (
            Platform::Fargate,
            "http.response_kb",
            r#"{"http":{"response_kb":400}}"#,
            400.0,
        ),
        (
            Platform::CloudRun,
            "assumptions.log_kb_per_request",
            r#"{"assumptions":{"log_kb_per_request":40}}"#,
            40.0,
        ),
        (
            Platform::Eks,
            "surroundings.gb_between_zones",
            r#"{"surroundings":{"gb_between_zones":40450}}"#,
            40_450.0,
        ),
    ] {
        let reconciled = held(&with_invoice(platform, really, "{}"));
        assert!(!reconciled.is_met() && reconciled.missing.get() > 0.0);
        let found = set_to(&reconciled.would, path)
            .unwrap_or_else(|| panic!("{path}: {:?}", reconciled.would));
        assert!(
            (found / value - 1.0).abs() < 1e-3,
            "{path}: {found}, really {value}"
        );
    }
}

#[test]
fn quantities_of_the_invoice_become_inputs_of_the_workload() {
    let really = r#"{"services":3,"http":{"response_kb":200},"surroundings":{"nat":true,"balancer_per_service":true},
        "assumptions":{"nat_kb_per_request":300,"log_kb_per_request":5},"min_instances":4}"#;
    let mut known = with_invoice(Platform::Fargate, really, r#"{"services":3}"#);
    let invoice = &mut known.invoice;
    (invoice.instances, invoice.balancers, invoice.addresses) = (Some(12.0), Some(3.0), Some(8.0));
    // 10 M requests: 200 kB out, 300 kB through NAT, 5 kB of logs and 0.2 GB of each of the twelve.
    (invoice.egress_gb, invoice.nat_gb, invoice.log_gb) =
        (Some(2_000.0), Some(3_000.0), Some(52.4));
    let reconciled = held(&known);
    let changes: Vec<Change> = reconciled
        .parts
        .iter()
        .filter_map(|part| part.change)
        .collect();
    for (path, value) in [
        ("min_instances", 4.0),
        ("http.response_kb", 200.0),
        ("assumptions.nat_kb_per_request", 300.0),
        ("surroundings.balancer_per_service", 1.0),
    ] {
        printed(set_to(&changes, path).unwrap(), value, 1e-6);
    }
    assert!(reconciled.is_met(), "{reconciled:?}");
    assert!(invoice::summary(&reconciled).ends_with("both agree within 2 %."));
    // What belongs to the workload holds on other platforms, too.
    let before = infrastructure(Platform::CloudRun, &known);
    let mut taken = known.clone();
    for change in &changes {
        taken = change.made(&taken);
    }
    assert!(infrastructure(Platform::CloudRun, &taken) > before + 100.0);
    // Taken, nothing is left to be changed.
    let again = held(&taken);
    assert!(
        again.is_met() && again.parts.iter().all(|part| part.change.is_none()),
        "{again:?}"
    );
}

#[test]
fn nodes_of_the_invoice_are_padding() {
    // On nodes of one size: more padding packs as many pods on a node up to the next whole one.
    let of = |more: &str| {
        format!(r#"{{"http":{{"requests_per_month":1e9}},"cluster":{{"node_vcpu":4}}{more}}}"#)
    };
    let really = of(r#","assumptions":{"requests_padding":3}"#);
    let mut known = with_invoice(Platform::Eks, &really, &of(""));
    let bill = bill(Platform::Eks, &inputs(&really), &PriceBook::bundled());
    let nodes = bill.figures.iter().find(|figure| figure.id == "nodes");
    known.invoice.instances = nodes.map(|nodes| nodes.value);
    let reconciled = held(&known);
    let changes: Vec<Change> = reconciled
        .parts
        .iter()
        .filter_map(|part| part.change)
        .collect();
    let padding = set_to(&changes, "assumptions.requests_padding");
    assert!(
        padding.is_some_and(|padding| (1.5..=3.0).contains(&padding)),
        "{reconciled:?}"
    );
    assert!(reconciled.is_met(), "{reconciled:?}");
}

#[test]
fn an_invoice_below_ours_is_a_discount() {
    let mut known = inputs("{}");
    known.already_on = Some(Platform::Fargate);
    known.invoice.total_usd = Some(0.75 * infrastructure(Platform::Fargate, &known));
    let reconciled = held(&known);
    printed(
        set_to(&reconciled.would, "buy.discount_percent.aws").unwrap(),
        25.0,
        1e-6,
    );
    printed(
        reconciled.missing.get(),
        -0.25 * reconciled.ours.get(),
        CENT,
    );
}

#[test]
fn an_invoice_changes_no_bill_and_survives_its_file() {
    let with = inputs(r#"{"already_on":"fargate","invoice":{"total_usd":3412,"nat_gb":120}}"#);
    let without = inputs(r#"{"already_on":"fargate"}"#);
    for platform in Platform::ALL {
        assert_eq!(
            infrastructure(platform, &with),
            infrastructure(platform, &without)
        );
    }
    let (read, notices) = scenario::read(&scenario::write(&with).to_string());
    assert_eq!((read, notices), (with, vec![]));
    assert!(reconcile(&without, &PriceBook::bundled()).is_none());
    let nowhere = inputs(r#"{"invoice":{"total_usd":3412}}"#);
    assert!(reconcile(&nowhere, &PriceBook::bundled()).is_none());
}
