//! What holds for every legal input, tried on random ones.

use crate::common::{amount, bill, book_with, everywhere, inputs, legal};
use plimsoll_formats::scenario;
use plimsoll_model::{
    bill::{Bar, Bill, CostCategory, Line, Refusal},
    compare::compare,
    inputs::{Gpu, Inputs},
    platform::Platform,
    platforms::{
        Case, app_runner, cloud_run, container_apps, eks_fargate, fargate, fly, gke_autopilot,
        render,
    },
    prices::{MeterId, PriceBook},
    units::Usd,
};
use plimsoll_wording::explain;
use proptest::prelude::*;
use std::collections::BTreeSet;

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_platform_answers_with_a_finite_bill_or_a_reason(inputs in legal()) {
        let book = PriceBook::bundled();
        let comparison = compare(&inputs, &book);
        for platform in Platform::ALL {
            match comparison.quote(platform) {
                Ok(bill) => {
                    prop_assert!(bill.total().get().is_finite());
                    prop_assert!(bill.total().get() < 1e12, "{} costs {:?}", platform.id(), bill.total());
                    prop_assert!(bill.infrastructure() >= Usd::ZERO);
                }
                Err(refusal) => {
                    let reason = explain::refusal(refusal);
                    prop_assert!(reason.ends_with('.') && !reason.contains("{}"), "{reason}");
                    let has_page = match refusal {
                        Refusal::CannotRun(cannot) => {
                            cannot.by == Bar::Objective || cannot.page.starts_with("https://")
                        }
                        Refusal::NoPrice(_) => true,
                    };
                    prop_assert!(has_page, "{reason}");
                }
            }
        }
    }

    /// Rules of buying are looked for by the vendor of the first line.
    #[test]
    fn a_bill_of_infrastructure_is_one_vendors(inputs in legal()) {
        let comparison = compare(&inputs, &PriceBook::bundled());
        for platform in Platform::ALL {
            let Ok(bill) = comparison.quote(platform) else { continue };
            let infrastructure = bill.lines.iter().filter(|line| line.category != CostCategory::People);
            let elsewhere = |line: &&Line| line.factors.iter().any(|factor| factor.name == "sent back by the data on another cloud");
            let vendors: BTreeSet<_> = infrastructure.filter(|line| !elsewhere(line)).map(|line| line.meter.split('/').next()).collect();
            let own = vendors.contains(&Some("own"));
            prop_assert!(vendors.len() <= 1 + usize::from(own), "{vendors:?}");
        }
    }

    #[test]
    fn totals_are_the_sum_of_lines(inputs in legal()) {
        let book = PriceBook::bundled();
        let comparison = compare(&inputs, &book);
        for platform in Platform::ALL {
            let Ok(bill) = comparison.quote(platform) else { continue };
            let lines: f64 = bill.lines.iter().map(|line| line.amount().get()).sum();
            let total = bill.total().get();
            prop_assert!((lines - total).abs() <= 1e-9 * total.abs().max(1.0));
            let parts: f64 = CostCategory::ALL.into_iter().map(|part| bill.subtotal(part).get()).sum();
            prop_assert!((parts - total).abs() <= 1e-9 * total.abs().max(1.0));
            for line in &bill.lines {
                let exact = line.quantity * line.unit_price;
                // Only Fly.io rounds, and only to the cent.
                let off = if platform == Platform::Fly { 0.005 + 1e-12 * exact.abs() } else { 0.0 };
                prop_assert!((line.amount().get() - exact).abs() <= off, "{}", line.meter);
                let product: f64 = line.factors.iter().map(|factor| factor.value).product();
                prop_assert!(
                    (product - line.quantity).abs() <= 1e-9 * line.quantity,
                    "{}: {:?} is not {}", line.meter, line.factors, line.quantity
                );
            }
        }
    }

    #[test]
    fn no_load_bills_no_usage(inputs in legal()) {
        let mut inputs = inputs;
        inputs.http.requests_per_month = 0.0;
        inputs.workers.count = 0;
        inputs.jobs.runs_per_month = 0.0;
        inputs.connections.count = 0.0;
        inputs.min_instances = None;
        inputs.surroundings.private_endpoints = 0;
        inputs.needs.gpu = Gpu::None;
        let book = PriceBook::bundled();
        for platform in Platform::ALL {
            let Ok(bill) = platform.quote(&Case::of(&inputs), &book.in_region(inputs.region)) else { continue };
            for part in [CostCategory::Compute, CostCategory::Network, CostCategory::Observability] {
                prop_assert_eq!(bill.category(part).count(), 0, "{} {:?}", platform.id(), part);
            }
        }
    }

    #[test]
    fn a_scenario_survives_its_file(inputs in legal()) {
        let (read, notices) = scenario::read(&scenario::write(&inputs).to_string());
        prop_assert_eq!(notices, vec![]);
        prop_assert_eq!(read, inputs);
    }

    #[test]
    fn free_tiers_never_cost(inputs in legal()) {
        let mut with = inputs;
        with.options.free_tier = true;
        let mut without = with.clone();
        without.options.free_tier = false;
        let book = PriceBook::bundled();
        let (with, without) = (compare(&with, &book), compare(&without, &book));
        for platform in Platform::ALL {
            if let (Some(with), Some(without)) = (with.total(platform), without.total(platform)) {
                prop_assert!(with.get() <= without.get() * (1.0 + 1e-12));
            }
        }
    }
}

/// More requests never cost less (E18), over the whole range, everywhere.
///
/// No platform needs an exception: where a vendor's plan steps (Render's workspaces, Railway's floor) or one way of
/// running overtakes another (Cloud Run's two kinds of billing, node types), the cheapest is taken, and the cheapest of
/// several growing totals grows.
#[test]
fn more_requests_never_cost_less() {
    let book = PriceBook::bundled();
    for (platform, region) in everywhere() {
        let mut inputs = Inputs {
            region,
            ..Inputs::default()
        };
        let mut before = Usd::ZERO;
        for step in 0..=700 {
            inputs.http.requests_per_month = 1e3 * 10f64.powf(f64::from(step) / 100.0);
            let Some(total) = compare(&inputs, &book).total(platform) else {
                continue;
            };
            // Fly.io rounds to the cent, and rounding may fall.
            assert!(
                total.get() >= before.get() - 0.011,
                "{} in {region:?} at {}: {total:?} after {before:?}",
                platform.id(),
                inputs.http.requests_per_month
            );
            before = total;
        }
    }
}

/// What a vendor sells is never smaller than what was asked for.
#[test]
fn snapping_never_shrinks() {
    let sizes: Vec<f64> = (0..=60)
        .map(|n| 0.08 * (32.0f64 / 0.08).powf(f64::from(n) / 60.0))
        .collect();
    let memory: Vec<f64> = (0..=60)
        .map(|n| 0.125 * (244.0f64 / 0.125).powf(f64::from(n) / 60.0))
        .collect();
    for vcpu in &sizes {
        for gib in &memory {
            let (vcpu, gib) = (*vcpu, *gib);
            let holds = |name: &str, most: (f64, f64), sold: (f64, f64)| {
                let asked = vcpu <= most.0 && gib <= most.1;
                assert!(
                    !asked || (sold.0 >= vcpu - 1e-9 && sold.1 >= gib - 1e-9),
                    "{name} sells {sold:?} for {vcpu} vCPU, {gib} GiB"
                );
            };
            let size = cloud_run::snap(vcpu, gib);
            holds("Cloud Run", (8.0, 32.0), (size.vcpu, size.gib));
            let size = fargate::snap(vcpu, gib);
            holds("Fargate", (32.0, 244.0), (size.vcpu, size.gb));
            let size = eks_fargate::snap(vcpu, gib);
            holds(
                "EKS on Fargate",
                (16.0, 119.75),
                (size.vcpu, size.gb - 0.25),
            );
            let size = app_runner::snap(vcpu, gib);
            holds("App Runner", (4.0, 12.0), (size.vcpu, size.gb));
            let size = container_apps::snap(vcpu, gib);
            holds("Container Apps", (4.0, 8.0), (size.vcpu, size.gib));
            let size = render::snap(vcpu, gib);
            holds("Render", (8.0, 32.0), (size.vcpu, size.gb));
            let size = gke_autopilot::snap(vcpu, gib);
            holds("GKE Autopilot", (30.0, 110.0), (size.vcpu, size.gib));
            for kind in [fly::Kind::Shared, fly::Kind::Performance] {
                if let Some(size) = kind.snap(vcpu, gib) {
                    holds("Fly.io", (16.0, 128.0), (size.cpus, size.gb));
                }
            }
        }
    }
}

/// Meters whose price enters lines of other meters too.
const ENTERS_OTHER_LINES: [&str; 9] = [
    // The traffic that a workspace includes is a credit at this price.
    "render/outbound-overage",
    // A machine of Fly.io is one line of CPU, memory and region.
    "fly/shared-vcpu",
    "fly/performance-vcpu",
    "fly/memory-extra",
    "fly/region-multiplier",
    // The fee of a plan that counts towards the usage.
    "railway/vcpu",
    "railway/ram",
    "railway/egress",
    // The least bill of a cron job is what its minutes do not reach.
    "render/starter-cron",
];

/// A price of zero takes its own lines out of the bill, and nothing else.
#[test]
fn a_price_of_zero_removes_exactly_its_lines() {
    let mut compared = 0;
    for text in [
        r#"{"http":{"requests_per_month":3e8},"services":3,"options":{"free_tier":false}}"#,
        r#"{"workers":{"count":4},"jobs":{"runs_per_month":5000},"surroundings":{"nat":true},"options":{"free_tier":false}}"#,
    ] {
        for (platform, region) in everywhere() {
            let inputs = Inputs {
                region,
                ..inputs(text)
            };
            let bundled = PriceBook::bundled();
            let Ok(before) = platform.quote(&Case::of(&inputs), &bundled.in_region(region)) else {
                continue;
            };
            let charged = before.lines.iter().filter(|line| line.unit_price > 0.0);
            let meters: BTreeSet<&str> = charged.map(|line| line.meter).collect();
            for meter in meters {
                // EC2 prices set the fees of Auto Mode and of Managed Instances; a platform without prices has no meter to set.
                let has_fee = [Platform::EksAuto, Platform::EcsManaged].contains(&platform);
                let node_of_auto = has_fee && meter.starts_with("aws/ec2/");
                if MeterId::find(meter).is_none()
                    || ENTERS_OTHER_LINES.contains(&meter)
                    || node_of_auto
                {
                    continue;
                }
                let after = bill(platform, &inputs, &book_with(&[(meter, 0.0)]));
                assert_eq!(amount(&after, meter), 0.0, "{meter} on {}", platform.id());
                let rest = |bill: &Bill| -> Vec<_> {
                    bill.lines
                        .iter()
                        .filter(|line| line.meter != meter && line.amount() != Usd::ZERO)
                        .cloned()
                        .collect()
                };
                assert!(
                    after.total() <= before.total(),
                    "{meter} on {}",
                    platform.id()
                );
                // A free meter may make another way of running the cheapest; then the bills are not alike.
                let same_way = after.figures == before.figures
                    && after
                        .lines
                        .iter()
                        .map(|line| line.meter)
                        .eq(before.lines.iter().map(|line| line.meter));
                if same_way {
                    compared += 1;
                    let (before, after) = (rest(&before), rest(&after));
                    assert_eq!(before.len(), after.len(), "{meter} on {}", platform.id());
                    for (before, after) in before.iter().zip(&after) {
                        assert_eq!(
                            before.amount(),
                            after.amount(),
                            "{meter} on {}",
                            platform.id()
                        );
                    }
                }
            }
        }
    }
    assert!(compared > 400, "only {compared} bills could be compared");
}
