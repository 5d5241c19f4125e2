//! Exports of the real bills that were reported in public: all of what they have is recognised, with the reported sums.

use super::{
    exports::{Export, Format},
    rows::{Part, Scenario},
    sum,
};
use crate::seeded_damage::Dice;
use plimsoll_model::{platform::Platform, region::Region};
use serde_json::Value;

const HOURS: f64 = 730.0;
const SECONDS: f64 = 3_600.0 * HOURS;

/// A report: its id, the platform, the parts of its bill, and the sum that was reported.
type Report = (&'static str, Platform, Vec<Part>, f64);

fn reports(of: impl Fn(&str, &str) -> f64) -> Vec<Report> {
    let mut reports: Vec<Report> = Vec::new();
    let may = 744.0;
    reports.push((
        "three-balancers",
        Platform::Fargate,
        vec![
            Part::of(
                "aws/load-balancer/alb",
                3.0 * may,
                of("three-balancers", "/reported/load_balancing_usd"),
            ),
            Part::of(
                "aws/ipv4/public",
                9.0 * may,
                of("three-balancers", "/reported/public_ipv4_usd"),
            ),
        ],
        of("three-balancers", "/reported/load_balancing_usd")
            + of("three-balancers", "/reported/public_ipv4_usd"),
    ));
    let line = |n: usize, at: usize| of("aws-egress-59tb", &format!("/reported/lines/{n}/{at}"));
    let free = Part {
        free: true,
        ..Part::of(
            "aws/egress/first-10-tb",
            of("aws-egress-59tb", "/reported/free_gb"),
            0.0,
        )
    };
    reports.push((
        "aws-egress-59tb",
        Platform::Fargate,
        vec![
            Part::of("aws/egress/first-10-tb", line(0, 1), line(0, 2)),
            Part::of("aws/egress/next-40-tb", line(1, 1), line(1, 2)),
            Part::of("aws/egress/next-100-tb", line(2, 1), line(2, 2)),
            free,
        ],
        of("aws-egress-59tb", "/reported/total_usd"),
    ));
    let [vcpu, gb] = [0.25 * HOURS, 0.5 * HOURS];
    reports.push((
        "one-fargate-task",
        Platform::Fargate,
        vec![
            Part::of("aws/fargate/x86/vcpu", vcpu, 0.040_48 * vcpu),
            Part::of("aws/fargate/x86/memory", gb, 0.004_445 * gb),
        ],
        of("one-fargate-task", "/expected_usd/compute"),
    ));
    let ran =
        of("fargate-jobs", "/inputs/runs_per_month") * of("fargate-jobs", "/inputs/minutes") / 60.0;
    let [vcpu, gb] = [0.25 * ran, 0.5 * ran];
    reports.push((
        "fargate-jobs",
        Platform::Fargate,
        vec![
            Part::of("aws/fargate/x86/vcpu", vcpu, 0.040_48 * vcpu),
            Part::of("aws/fargate/x86/memory", gb, 0.004_445 * gb),
        ],
        of("fargate-jobs", "/expected_usd/compute"),
    ));
    for (meter, sum) in [
        ("aws/eks/cluster", "/expected_usd/standard"),
        ("aws/eks/cluster-extended", "/expected_usd/extended"),
    ] {
        let sum = of("eks-extended-support", sum);
        let part = Part::of(meter, 2.0 * HOURS, sum);
        reports.push(("eks-extended-support", Platform::Eks, vec![part], sum));
    }
    let crossed = 2.0 * of("zone-traffic", "/inputs/gb_between_zones");
    let part = Part::of("aws/zone-traffic/each-side", crossed, 0.01 * crossed);
    let sum = of("zone-traffic", "/expected_usd/cross_zone");
    reports.push(("zone-traffic", Platform::Eks, vec![part], sum));
    reports.extend(others(of));
    reports
}

/// Those of Google Cloud and Azure.
fn others(of: impl Fn(&str, &str) -> f64) -> [Report; 3] {
    let always = 2.0 * SECONDS;
    let vcpu = Part::of(
        "google-cloud/cloud-run/instance-based/vcpu",
        always,
        0.000_018 * always,
    );
    let gib = Part::of(
        "google-cloud/cloud-run/instance-based/memory",
        always,
        0.000_002 * always,
    );
    let active = of("cloud-run-tier-2", "/inputs/active_seconds");
    let cpu = Part::of(
        "google-cloud/cloud-run/request-based/vcpu-active",
        2.0 * active,
        0.000_033_6 * 2.0 * active,
    );
    [
        (
            "cloud-run-always-allocated",
            Platform::CloudRun,
            vec![
                Part {
                    credit: -0.000_018 * 240_000.0,
                    ..vcpu
                },
                Part {
                    credit: -0.000_002 * 450_000.0,
                    ..gib
                },
            ],
            of("cloud-run-always-allocated", "/expected_usd/after_credit"),
        ),
        (
            "cloud-run-tier-2",
            Platform::CloudRun,
            vec![cpu],
            of("cloud-run-tier-2", "/expected_usd/cpu"),
        ),
        (
            "container-apps-active",
            Platform::ContainerApps,
            vec![
                Part::of(
                    "azure/container-apps/vcpu-active",
                    0.5 * SECONDS,
                    0.000_012 * SECONDS,
                ),
                Part::of("azure/container-apps/memory", SECONDS, 0.000_003 * SECONDS),
            ],
            of("container-apps-active", "/expected_usd/compute"),
        ),
    ]
}

#[test]
fn exports_of_reported_bills_are_recognised_wholly() {
    let cases: Value = serde_json::from_str(include_str!("../../cases/real-bills.json")).unwrap();
    let case = |id: &str| {
        let cases = cases["bills"].as_array().unwrap();
        cases.iter().find(|case| case["id"] == id).unwrap()
    };
    let of = |id: &str, path: &str| case(id).pointer(path).and_then(Value::as_f64).unwrap();
    let mut dice = Dice(59);
    for (id, platform, parts, reported) in reports(of) {
        let mut scenario = Scenario::of(platform, Region::Us, parts, &mut dice, false);
        if id == "cloud-run-tier-2" {
            // So the catalogue spells it, with two spaces.
            for row in &mut scenario.rows {
                row.name.usage = row.name.usage.replace("CPU (", "CPU Tier 2  (");
                row.name.description.clone_from(&row.name.usage);
            }
        }
        for format in Format::of(platform.vendor()) {
            let export = Export::of(&scenario, *format, &mut dice);
            let reading = export.read(&export.rates(), 4_096);
            let what = format!("{id} {}", export.name);
            for item in &reading.bill.items {
                assert!(item.matched.is_some(), "{what}: {item:?}");
            }
            let tolerance = case(id)["tolerance"].as_f64().unwrap();
            let billed = reading.bill.billed_usd();
            let near = (billed - reported).abs() <= tolerance * reported;
            assert!(near, "{what}: {billed}, reported {reported}");
            for (key, wanted) in &export.wanted {
                let is_of = |item: &plimsoll_readers::bills::Item| {
                    item.matched.is_some_and(|(of, _)| of.id == *key)
                };
                super::same(sum(&reading, is_of), wanted.usd, &format!("{what}: {key}"));
            }
        }
    }
}
