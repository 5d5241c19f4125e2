//! Mistakes that calculators make: ours gives the right figure.
//!
//! E1 to E20 are the numbers of the collection that they come from; the prices are those of 2026. What is arithmetic is
//! computed; what is a rule is tested as a rule.

use crate::common::{CENT, amount, amount_below, bill, book_with, inputs, nothing, printed};
use plimsoll_model::{
    bill::Bill,
    platform::Platform,
    platforms::{Case, cloud_run, container_apps, eks, eks_fargate, kubernetes},
    prices::PriceBook,
    region::Region,
    units::Qty,
};

/// Lines of so many billed seconds of one service on Cloud Run, request-based.
fn billed_seconds(seconds: f64, vcpu: f64, gib: f64, requests: f64, free_tier: bool) -> Bill {
    let mut inputs = nothing();
    inputs.http.requests_per_month = 1e3;
    inputs.instance.vcpu = vcpu;
    inputs.instance.memory_gib = gib;
    let case = Case::of(&inputs);
    let plan = cloud_run::plans(&case)[0];
    let usage = cloud_run::Usage {
        service_s: seconds,
        requests: Qty::of(requests),
        ..cloud_run::usage(&plan, &case)
    };
    cloud_run::lines(
        &usage,
        &PriceBook::bundled()
            .in_region(Region::Us)
            .with_free_tiers(free_tier),
    )
    .unwrap()
}

fn cpu(bill: &Bill) -> f64 {
    amount(bill, "google-cloud/cloud-run/request-based/vcpu-active")
        + amount(bill, "google-cloud/cloud-run/free/vcpu")
}

fn memory(bill: &Bill) -> f64 {
    amount(bill, "google-cloud/cloud-run/request-based/memory-active")
        + amount(bill, "google-cloud/cloud-run/free/memory")
}

/// E1, E2: the free vCPU-seconds and the free GiB-seconds are not the same number.
#[test]
fn free_tiers_are_not_swapped() {
    let bill = billed_seconds(10e6 * 0.2, 1.0, 0.5, 10e6, true);
    printed(cpu(&bill), 43.68, CENT);
    printed(memory(&bill), 1.60, CENT);
}

/// E3: request-based billing has the free tier of request-based billing.
#[test]
fn each_way_of_billing_has_its_own_free_tier() {
    printed(
        cpu(&billed_seconds(2_628_000.0, 1.0, 0.5, 0.0, true)),
        58.75,
        CENT,
    );
}

/// E4, E10: an instance kept warm costs its idle rate, neither the active one nor nothing.
#[test]
fn a_kept_instance_is_billed_at_the_idle_rate() {
    let mut inputs = nothing();
    inputs.instance.memory_gib = 0.5;
    let case = Case::of(&inputs);
    let plan = cloud_run::Plan {
        min_instances: 1,
        ..cloud_run::plans(&case)[0]
    };
    let bill = cloud_run::lines(
        &cloud_run::usage(&plan, &case),
        &PriceBook::bundled()
            .in_region(Region::Us)
            .with_free_tiers(false),
    )
    .unwrap();
    printed(bill.total().get(), 9.86, CENT);
}

/// E5, E20: requests in flight together share one billed interval; requests per second are not requests in flight.
#[test]
fn concurrent_requests_share_one_interval() {
    // Four in flight on average: the sum of durations would be four instances.
    let rate = 20.0;
    let text = format!(
        r#"{{"http":{{"requests_per_month":{},"latency_ms":200,"cpu_ms":1}},"options":{{"free_tier":false,"surroundings":false}}}}"#,
        rate * 2_628_000.0
    );
    let inputs = inputs(&text);
    let case = Case::of(&inputs);
    let usage = cloud_run::usage(&cloud_run::plans(&case)[0], &case);
    let sum_of_durations = rate * 0.2 * 2_628_000.0;
    // One instance, busy 1 − e⁻⁴ of the time.
    assert!(
        usage.service_s < sum_of_durations / 3.9,
        "{}",
        usage.service_s
    );
    assert!((usage.busy - 0.981_684).abs() < 1e-5, "{}", usage.busy);
}

/// E6: hours of activity a day, over 30 days, one vCPU and 2 GiB.
#[test]
fn an_instance_busy_for_part_of_the_day() {
    for (hours, usd) in [(8.0, 19.84), (12.0, 32.36), (24.0, 69.95)] {
        let bill = billed_seconds(hours * 30.0 * 3_600.0, 1.0, 2.0, 0.0, true);
        printed(bill.total().get(), usd, CENT);
    }
}

/// E7: Fargate against a node of the same size, per hour.
#[test]
fn fargate_costs_a_fifth_more_than_the_node_it_replaces() {
    for (vcpu, gib, node_per_hour, percent) in [
        (2.0, 8.0, 0.096, 21.0),
        (4.0, 8.0, 0.17, 16.0),
        (2.0, 4.0, 0.0416, 137.0),
    ] {
        let mut inputs = nothing();
        inputs.workers.count = 1;
        inputs.workers.vcpu = vcpu;
        inputs.workers.memory_gib = gib;
        let book = book_with(&[("aws/ec2/m5.large", node_per_hour)]);
        let fargate = bill(Platform::Fargate, &inputs, &book)
            .infrastructure()
            .get();
        let node =
            eks::lines(&nodes(eks::NODE_TYPES[0], 1.0), &book.in_region(Region::Us)).unwrap();
        let node = amount(&node, "aws/ec2/m5.large");
        printed((fargate / node - 1.0) * 100.0, percent, 0.5);
    }
}

/// E8, E17: on-demand prices, and all of the memory.
#[test]
fn fargate_is_billed_on_demand_with_its_memory() {
    let task = |vcpu, gib, hours| {
        let mut inputs = nothing();
        inputs.workers.count = 1;
        inputs.workers.vcpu = vcpu;
        inputs.workers.memory_gib = gib;
        inputs.workers.hours_per_month = hours;
        bill(Platform::Fargate, &inputs, &PriceBook::bundled())
            .infrastructure()
            .get()
    };
    printed(task(1.0, 2.0, 730.0), 36.04, CENT);
    printed(task(0.25, 0.5, 1.0), 0.012_34, 0.000_005);
    printed(task(0.25, 0.5, 720.0), 8.89, CENT);
}

/// E9: request-based billing uses the request-based meters.
#[test]
fn each_way_of_billing_has_its_own_meters() {
    let bill = billed_seconds(1_000.0, 1.0, 1.0, 1_000.0, false);
    assert!(amount_below(&bill, "google-cloud/cloud-run/request-based/") > 0.0);
    assert_eq!(
        amount_below(&bill, "google-cloud/cloud-run/instance-based/"),
        0.0
    );
}

/// E10: a fraction of a vCPU is a size like any other.
#[test]
fn a_fraction_of_a_vcpu_can_be_had() {
    let inputs = inputs(
        r#"{"instance":{"vcpu":0.25,"memory_gib":0.25},"http":{"requests_per_month":1000,"cpu_ms":1}}"#,
    );
    let case = Case::of(&inputs);
    assert!(
        cloud_run::plans(&case)
            .iter()
            .any(|plan| plan.service.vcpu == 0.25 && plan.concurrency == 1)
    );
}

/// E12: only sizes that are sold, and a free tier per account, not per service.
#[test]
fn only_sizes_that_are_sold_and_one_free_tier_for_all_services() {
    let size = cloud_run::snap(1.0, 32.0);
    assert_eq!((size.vcpu, size.gib), (8.0, 32.0));
    let credit = |services: u32| {
        let mut inputs = inputs(r#"{"http":{"requests_per_month":1e8}}"#);
        inputs.services = services;
        let case = Case::of(&inputs);
        let usage = cloud_run::usage(&cloud_run::plans(&case)[0], &case);
        let bill = cloud_run::lines(&usage, &PriceBook::bundled().in_region(Region::Us)).unwrap();
        amount_below(&bill, "google-cloud/cloud-run/free/")
    };
    printed(credit(10), credit(1), 1e-9);
}

/// E11: a replica is billed active or idle, never both.
#[test]
fn a_replica_is_active_or_idle() {
    let inputs = inputs(r#"{"http":{"requests_per_month":1e6}}"#);
    let case = Case::of(&inputs);
    let usage = container_apps::usage(&container_apps::plan(&case), &case);
    for time in usage.times {
        assert!(
            time.active_s + time.idle_s <= 2_628_000.0 * 1.000_001,
            "{time:?}"
        );
    }
}

/// So many nodes of a type for a month, in one cluster.
fn nodes(node: kubernetes::NodeType, count: f64) -> kubernetes::Usage {
    kubernetes::Usage {
        extended_support: false,
        windows: false,
        cluster_hours: 730.0,
        node,
        node_hours: count * 730.0,
        environment_node_hours: 0.0,
        chain: kubernetes::Chain::default(),
        replicas: 0.0,
    }
}

/// E13: a job that has ended is not billed.
#[test]
fn a_job_costs_its_run_and_no_more() {
    let mut inputs = nothing();
    inputs.jobs.runs_per_month = 30.0;
    inputs.jobs.minutes = 30.0;
    for (platform, hours) in [(Platform::Fargate, 15.0), (Platform::GkeAutopilot, 15.0)] {
        let bill = bill(platform, &inputs, &PriceBook::bundled());
        let cpu = bill
            .lines
            .iter()
            .find(|line| line.unit == "vCPU-hour")
            .unwrap();
        printed(cpu.quantity, hours * inputs.jobs.vcpu, 1e-9);
    }
}

/// E14: a price per million is a millionth of it per request.
#[test]
fn a_million_requests_cost_the_price_of_a_million() {
    let bill = billed_seconds(0.0, 1.0, 1.0, 1e6, false);
    printed(
        amount(&bill, "google-cloud/cloud-run/requests"),
        0.40,
        1e-12,
    );
}

/// E15: ten nodes and the cluster fee, no less.
#[test]
fn ten_nodes_cost_their_nodes_and_the_fee() {
    let bill = eks::lines(
        &nodes(eks::NODE_TYPES[2], 10.0),
        &PriceBook::bundled().in_region(Region::Us),
    )
    .unwrap();
    let without_disks = bill.total().get() - amount(&bill, "aws/ebs/gp3");
    printed(without_disks, 1_474.60, CENT);
}

/// E16: both modes of GKE have a fee, which a credit covers once for Autopilot; the tier of AKS that is free has no SLA
/// and is not the one that production runs on.
#[test]
fn managed_control_planes_have_their_fee() {
    let inputs = nothing();
    let book = PriceBook::bundled();
    for (platform, meter) in [
        (Platform::Gke, "google-cloud/gke/cluster"),
        (Platform::GkeAutopilot, "google-cloud/gke/cluster"),
        (Platform::Aks, "azure/aks/standard"),
        (Platform::Eks, "aws/eks/cluster"),
    ] {
        printed(amount(&bill(platform, &inputs, &book), meter), 73.0, 1e-9);
    }
    let mut with_credit = inputs;
    with_credit.options.free_tier = true;
    let credit = |platform| {
        amount(
            &bill(platform, &with_credit, &book),
            "google-cloud/gke/credit",
        )
    };
    printed(credit(Platform::GkeAutopilot), -73.0, 1e-9);
    assert_eq!(credit(Platform::Gke), 0.0);
}

/// E19: traffic out of Fly.io costs what Fly.io says.
#[test]
fn a_competitors_traffic_is_not_made_dearer() {
    let mut inputs = nothing();
    inputs.surroundings.counted = true;
    inputs.http.requests_per_month = 1e6;
    inputs.http.response_kb = 1_000.0;
    let bill = bill(Platform::Fly, &inputs, &PriceBook::bundled());
    printed(amount(&bill, "fly/egress"), 1_000.0 * 0.02, CENT);
}

/// E12, E13 and the like: seats are free on Railway, its fee is a floor and no surcharge; EKS on Fargate adds 256 MB to
/// every pod.
#[test]
fn small_print_is_read() {
    let size = eks_fargate::snap(0.25, 0.5);
    assert_eq!((size.vcpu, size.gb), (0.25, 1.0));
    let fee = |engineers: u32| {
        let mut inputs = inputs(r#"{"http":{"requests_per_month":1e9}}"#);
        inputs.team.engineers = engineers;
        let bill = bill(Platform::Railway, &inputs, &PriceBook::bundled());
        amount_below(&bill, "railway/pro-subscription")
    };
    printed(fee(2), 0.0, 1e-9);
    printed(fee(20), 0.0, 1e-9);
}
