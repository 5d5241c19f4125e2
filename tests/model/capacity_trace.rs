//! What stands behind a bill against the bill itself: instances by the hour, and the way from used to paid vCPU.

use crate::common::legal;
use plimsoll_model::{
    bill::{Bill, CostCategory, Line},
    inputs::{Environment, Inputs, Shape},
    platform::Platform,
    platforms::{Case, capacity_trace},
    prices::PriceBook,
    traffic::HOURS,
    units::{HOURS_PER_MONTH, SECONDS_PER_MONTH},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

/// Legal inputs with environments, a week of one's own in some, and loads that platforms can bear in most.
fn drawn(runner: &mut TestRunner, n: usize) -> Inputs {
    let mut inputs = legal().new_tree(runner).unwrap().current();
    let week = prop::collection::vec(0.0..100.0f64, HOURS);
    if inputs.traffic.shape == Shape::Grid {
        inputs.traffic.grid = week.new_tree(runner).unwrap().current();
    }
    if n.is_multiple_of(2) {
        inputs.environments = vec![Environment {
            name: "staging".into(),
            hours_per_week: (n % 168) as f64,
            replicas: 1 + n as u32 % 3,
        }];
    }
    if !n.is_multiple_of(4) {
        inputs.instance.vcpu = inputs.instance.vcpu.min(2.0);
        inputs.instance.memory_gib = inputs.instance.memory_gib.min(4.0);
        inputs.http.requests_per_month = inputs.http.requests_per_month.min(1e8);
        inputs.http.latency_ms = inputs.http.latency_ms.min(2_000.0);
        inputs.needs = Inputs::default().needs;
        inputs.services = 1 + n as u32 % 7;
    }
    // App Runner has services alone.
    if n.is_multiple_of(3) {
        inputs.workers.count = 0;
        inputs.jobs.runs_per_month = 0.0;
        inputs.connections.count = 0.0;
    }
    inputs.clamp_dependents();
    inputs
}

fn figure(bill: &Bill, id: &str) -> f64 {
    let mut figures = bill.figures.iter();
    let found = figures.find(|figure| figure.id == id);
    found.unwrap_or_else(|| panic!("no figure {id}")).value
}

/// What the bill says of the mean number of instances.
fn billed_instances(platform: Platform, bill: &Bill) -> f64 {
    let month = SECONDS_PER_MONTH;
    match platform {
        Platform::CloudRun => {
            let idle = bill.figures.iter();
            let idle = idle.filter(|figure| figure.id == "idle_instance_seconds");
            let idle: f64 = idle.map(|figure| figure.value).sum();
            (figure(bill, "billed_instance_seconds") + idle) / month
        }
        Platform::AppRunner => figure(bill, "instances"),
        Platform::EcsEc2
        | Platform::EcsManaged
        | Platform::Eks
        | Platform::EksAuto
        | Platform::Gke
        | Platform::Aks
        | Platform::AksAutomatic => figure(bill, "nodes"),
        _ => figure(bill, "replicas"),
    }
}

/// Mean vCPU of the lines that are charged by vCPU time, or by nodes whose size the bill tells.
fn billed_vcpu(bill: &Bill) -> f64 {
    let node = bill.figures.iter().find(|figure| figure.id == "node_vcpu");
    let vcpu = |line: &Line| match (line.unit, node) {
        ("vCPU-second", None) => line.quantity / SECONDS_PER_MONTH,
        ("vCPU-minute", None) => line.quantity / HOURS_PER_MONTH / 60.0,
        ("vCPU-hour", None) => line.quantity / HOURS_PER_MONTH,
        // A fee on top of a node is told by its hours, too.
        ("hour", Some(node)) if line.category == CostCategory::Compute => {
            line.quantity * node.value / HOURS_PER_MONTH
        }
        _ => 0.0,
    };
    // The steps are those of the workload's vCPU; GPU nodes stand beside it.
    let of_gpus = |line: &&Line| {
        let first = line.factors.first();
        first.is_some_and(|factor| ["GPU nodes", "hours of GPU jobs"].contains(&factor.name))
    };
    // A licence is a second price of the same vCPU.
    let charges = bill
        .lines
        .iter()
        .filter(|line| line.unit_price > 0.0 && !line.meter.ends_with("licence") && !of_gpus(line));
    charges.map(vcpu).sum()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * b.abs().max(1e-3)
}

#[test]
fn two_hundred_scenarios_by_the_hour_and_step_by_step_are_what_is_billed() {
    let book = PriceBook::bundled();
    let mut runner = TestRunner::deterministic();
    let mut checked = [0; Platform::ALL.len()];
    for n in 0..200 {
        let inputs = drawn(&mut runner, n);
        let case = Case::of(&inputs);
        let prices = book.in_region(inputs.region);
        for platform in Platform::ALL {
            let id = platform.id();
            let trace = platform.capacity_trace(&case, &prices);
            let Ok(bill) = platform.quote(&case, &prices) else {
                assert!(trace.is_none(), "{n}, {id}: steps without a bill");
                continue;
            };
            let trace = trace.unwrap();
            let hourly = &trace.hourly;
            assert_eq!(hourly.by_hour.len(), HOURS);
            let (mean, billed) = (hourly.mean(), billed_instances(platform, &bill));
            assert!(
                close(mean, billed),
                "{n}, {id}: {mean} {} by the hour, {billed} on the bill",
                hourly.unit
            );
            // What Fly.io and Render bill by the machine has its size in the price alone.
            let by_machine = [Platform::Fly, Platform::Render].contains(&platform);
            let (paid, billed) = (trace.paid(), billed_vcpu(&bill));
            assert!(
                by_machine || close(paid, billed),
                "{n}, {id}: steps to {paid} vCPU, {billed} on the bill: {:?}",
                trace.steps
            );
            // Beside the bars of the picture there is room for so much.
            let longest = trace.steps.iter().map(|step| step.what.len()).max();
            assert!(longest <= Some(28), "{:?}", trace.steps);
            checked[platform as usize] += 1;
        }
    }
    for (platform, checked) in Platform::ALL.into_iter().zip(checked) {
        assert!(checked >= 20, "only {checked} of {}", platform.id());
    }
}

#[test]
fn the_hours_have_the_traffic_of_the_shape() {
    for shape in Shape::ALL {
        let mut inputs = Inputs::default();
        inputs.traffic.shape = shape;
        let rates = capacity_trace::requests_by_hour(&inputs);
        assert_eq!(rates.len(), HOURS);
        let trace = Platform::Fargate
            .capacity_trace(
                &Case::of(&inputs),
                &PriceBook::bundled().in_region(inputs.region),
            )
            .unwrap();
        let whole = HOURS / trace.hourly.period * trace.hourly.period;
        let mean = rates[..whole].iter().sum::<f64>() / whole as f64;
        let month = inputs.http.requests_per_month / SECONDS_PER_MONTH;
        assert!(close(mean, month), "{shape:?}: {mean} instead of {month}");
    }
}

#[test]
fn what_is_kept_after_a_fall_is_there_in_the_hour_after_it() {
    let mut inputs = Inputs::default();
    inputs.http.requests_per_month = 1e9;
    inputs.traffic.shape = Shape::Batch;
    let book = PriceBook::bundled();
    let trace = Platform::Fargate
        .capacity_trace(&Case::of(&inputs), &book.in_region(inputs.region))
        .unwrap();
    let hours = &trace.hourly.by_hour;
    let (quiet, busy) = (hours[10], hours[23]);
    assert!(busy > 10.0 * quiet, "{hours:?}");
    // ECS waits 20 minutes.
    let after = hours[24];
    assert!(close(after, quiet + (busy - quiet) / 3.0), "{hours:?}");
    assert!(
        close(hours[0], after),
        "a week follows on itself: {hours:?}"
    );
}
