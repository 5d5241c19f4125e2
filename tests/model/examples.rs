//! Worked examples and real bills that others published, through the platforms' own plan → usage → lines.
//!
//! The rows stand in `tests/cases/examples.json` with their inputs, printed figures and sources. Each is either met
//! here or listed with the reason why not.

use crate::common::{CENT, amount, amount_below, bill, book_with, nothing, printed};
use plimsoll::model::{
    inputs::{Inputs, Region},
    platforms::{Case, Platform, cloud_run, eks, fargate},
    prices::PriceBook,
};
use serde_json::Value;
use std::collections::BTreeSet;

fn rows() -> Vec<Value> {
    serde_json::from_str(include_str!("../cases/examples.json")).unwrap()
}

/// One row: its inputs and what is printed.
struct Row(Value);

impl Row {
    fn of(id: &str) -> Self {
        Self(rows().into_iter().find(|row| row["id"] == id).unwrap())
    }

    fn input(&self, name: &str) -> f64 {
        self.0["inputs"][name]
            .as_f64()
            .unwrap_or_else(|| panic!("no input {name}"))
    }

    fn expected(&self, name: &str) -> f64 {
        self.0["expected"][name]
            .as_f64()
            .unwrap_or_else(|| panic!("no figure {name}"))
    }
}

/// Shows that the platforms' bills meet a row.
type Test = fn(&Row);

/// The rows that are met, each with its test.
const MET: &[(&str, Test)] = &[
    ("aws-fargate-ex1", fargate_runs),
    ("aws-fargate-ex2", fargate_runs),
    ("aws-realbill-eu-west-1-2026-07", fargate_month_in_ireland),
    ("fargate-025-05-730h", fargate_worker),
    ("fargate-05-1-730h", fargate_worker),
    ("fargate-2-4-10min-x1000", fargate_job),
    ("infracost-fargate-2-4", fargate_always_on),
    ("gcp-worker-pool-1vcpu", cloud_run_worker_pool),
    ("infracost-run-t2-instance", cloud_run_tier_2),
    ("infracost-run-t2-instance-v1", cloud_run_tier_2_seconds),
    ("infracost-eks-nodes-m5.large-x3", eks_nodes),
    ("infracost-eks-nodes-t3.medium-x3", eks_nodes),
    ("infracost-eks-nodes-t3.medium-x1", eks_nodes),
];

/// The rows that are not met, with the reason.
const NOT_MET: &[(&str, &str)] = &[
    (
        "aws-fargate-ex4",
        "Windows tasks have an operating-system fee that is not modelled",
    ),
    (
        "gcp-run-instance-025-05",
        "less than one vCPU is not sold with instance-based billing; the row's own sum is truncated",
    ),
    ("gke-autopilot-pod-300x15min", "another platform"),
    ("gke-autopilot-prod", "another platform"),
    ("gke-autopilot-dev", "another platform"),
    ("gke-standard-prod", "another platform"),
    ("apprunner-idle-025-1", "another platform"),
    ("apprunner-tokyo-6h", "another platform"),
    ("infracost-gke-standard-zonal", "another platform"),
    ("infracost-gke-standard-regional", "another platform"),
    ("fly-small-web-mpg", "another platform"),
    ("fly-discord-bot", "another platform"),
    ("fly-table-shared-cpu-1x-1GB", "another platform"),
    ("fly-table-shared-cpu-2x-2GB", "another platform"),
    ("fly-table-performance-1x-2GB", "another platform"),
    ("fly-rootfs-10d", "another platform"),
    ("fly-rootfs-3x30d", "another platform"),
    ("fly-reservation", "another platform"),
    ("railway-hobby-3", "another platform"),
    ("railway-hobby-5", "another platform"),
    ("railway-hobby-7", "another platform"),
    ("railway-hobby-15", "another platform"),
    ("railway-unit-rates", "another platform"),
    ("render-workflow-halfhour", "another platform"),
    ("render-cron-rates", "another platform"),
    ("aca-eastus-idle-30d", "another platform"),
    ("aca-eastus-active-30d", "another platform"),
    ("aca-swc-keycloak", "another platform"),
    ("aca-canada-idle-730", "another platform"),
    ("aca-weu-30min", "another platform"),
    ("aca-uks-mostly-idle-gbp", "another platform"),
    ("aca-vs-aks-westus3-day", "another platform"),
    ("aks-sea-baseline", "another platform"),
    ("aks-westus3-lean", "another platform"),
    ("aks-automatic-two-nodes", "another platform"),
    ("azure-neu-single-vm", "another platform"),
    ("azure-neu-egress-nat", "another platform"),
    (
        "gcore-tco",
        "a total of a year with salaries, no bill of a platform",
    ),
    (
        "castai-karpenter-bench",
        "a ratio of two measured bills without their inputs",
    ),
    (
        "fintech-karpenter-spot",
        "a ratio of two bills without their inputs",
    ),
];

#[test]
fn every_row_is_met_or_has_a_reason() {
    let all: BTreeSet<String> = rows()
        .iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect();
    let listed: Vec<&str> = MET
        .iter()
        .map(|(id, _)| *id)
        .chain(NOT_MET.iter().map(|(id, _)| *id))
        .collect();
    let unique: BTreeSet<String> = listed.iter().map(|id| (*id).to_owned()).collect();
    assert_eq!(unique, all);
    assert_eq!(listed.len(), all.len(), "a row is listed twice");
}

#[test]
fn the_printed_figures_are_met() {
    for (id, test) in MET {
        println!("{id}");
        test(&Row::of(id));
    }
}

/// Runs of a task: the vendor's own examples, with disk above the free 20 GB.
fn fargate_runs(row: &Row) {
    let book = book_with(&[
        ("aws/fargate/x86/vcpu", row.input("cpu_per_s") * 3_600.0),
        (
            "aws/fargate/x86/memory",
            row.input("mem_per_gb_s") * 3_600.0,
        ),
        (
            "aws/fargate/ephemeral-storage",
            row.input("eph_per_gb_s") * 3_600.0,
        ),
    ]);
    let mut inputs = nothing();
    inputs.jobs.runs_per_month = row.input("tasks") * row.input("days");
    inputs.jobs.minutes = row.input("seconds_per_day") / 60.0;
    inputs.jobs.vcpu = row.input("vcpu");
    inputs.jobs.memory_gib = row.input("memory_gb");
    let case = Case::of(&inputs);
    let plan = fargate::Plan {
        disk_gb: row.input("ephemeral_gb"),
        ..fargate::plan(&case)
    };
    let bill = fargate::lines(&fargate::usage(&plan, &case), &book.at(Region::Us)).unwrap();
    printed(
        amount(&bill, "aws/fargate/x86/vcpu"),
        row.expected("cpu"),
        CENT,
    );
    printed(
        amount(&bill, "aws/fargate/x86/memory"),
        row.expected("memory"),
        CENT,
    );
    printed(
        amount(&bill, "aws/fargate/ephemeral-storage"),
        row.expected("ephemeral"),
        CENT,
    );
    printed(bill.total().get(), row.expected("total"), CENT);
}

fn one_worker(row: &Row) -> Inputs {
    let mut inputs = nothing();
    inputs.workers.count = 1;
    inputs.workers.vcpu = row.input("vcpu");
    inputs.workers.memory_gib = row.0["inputs"]["memory_gb"].as_f64().unwrap_or(0.5);
    inputs
}

fn fargate_worker(row: &Row) {
    let bill = bill(Platform::Fargate, &one_worker(row), &PriceBook::bundled());
    printed(bill.infrastructure().get(), row.expected("total"), CENT);
}

fn fargate_always_on(row: &Row) {
    let bill = bill(Platform::Fargate, &one_worker(row), &PriceBook::bundled());
    printed(
        amount(&bill, "aws/fargate/x86/vcpu"),
        row.expected("cpu"),
        CENT,
    );
    printed(
        amount(&bill, "aws/fargate/x86/memory"),
        row.expected("memory"),
        CENT,
    );
}

fn fargate_job(row: &Row) {
    let mut inputs = nothing();
    inputs.jobs.runs_per_month = row.input("runs");
    inputs.jobs.minutes = row.input("minutes");
    inputs.jobs.vcpu = row.input("vcpu");
    inputs.jobs.memory_gib = row.input("memory_gb");
    let bill = bill(Platform::Fargate, &inputs, &PriceBook::bundled());
    printed(bill.infrastructure().get(), row.expected("total"), CENT);
}

/// A real bill's lines, normalised to a month by its owner: a load balancer, an address, a small task.
fn fargate_month_in_ireland(row: &Row) {
    let expected = &row.0["expected"]["normalised_730h"];
    let expected = |name: &str| expected[name].as_f64().unwrap();
    let mut inputs = nothing();
    inputs.region = Region::Europe;
    inputs.options.surroundings = true;
    inputs.workers.count = 1;
    inputs.workers.vcpu = 0.25;
    inputs.workers.memory_gib = 0.5;
    let book = PriceBook::bundled();
    let worker = bill(Platform::Fargate, &inputs, &book);
    printed(
        amount_below(&worker, "aws/fargate/"),
        expected("fargate_025_05"),
        CENT,
    );
    printed(amount(&worker, "aws/ipv4/public"), expected("ipv4"), CENT);
    inputs.http.requests_per_month = 1e6;
    let service = bill(Platform::Fargate, &inputs, &book);
    printed(
        amount(&service, "aws/load-balancer/alb"),
        expected("alb"),
        CENT,
    );
}

fn cloud_run_worker_pool(row: &Row) {
    let bill = bill(Platform::CloudRun, &one_worker(row), &PriceBook::bundled());
    printed(
        amount(&bill, "google-cloud/cloud-run/worker-pool/vcpu"),
        row.expected("cpu"),
        CENT,
    );
}

/// Instances that are always on in a region of tier 2, at its prices.
fn tier_2(
    workers: f64,
    hours: f64,
    vcpu: f64,
    gib: f64,
) -> (f64, f64, plimsoll::model::bill::Bill) {
    let book = book_with(&[
        ("google-cloud/cloud-run/instance-based/vcpu", 2.16e-5),
        ("google-cloud/cloud-run/instance-based/memory", 2.4e-6),
    ]);
    let mut inputs = nothing();
    inputs.workers.count = workers as u32;
    inputs.workers.hours_per_month = hours;
    inputs.workers.vcpu = vcpu;
    inputs.workers.memory_gib = gib;
    let case = Case::of(&inputs);
    let plan = cloud_run::plans(&case)
        .into_iter()
        .find(|plan| !plan.pool)
        .unwrap();
    let usage = cloud_run::usage(&plan, &case);
    let bill = cloud_run::lines(&usage, false, &book.at(Region::Europe)).unwrap();
    (
        amount(&bill, "google-cloud/cloud-run/instance-based/vcpu"),
        amount(&bill, "google-cloud/cloud-run/instance-based/memory"),
        bill,
    )
}

fn cloud_run_tier_2(row: &Row) {
    let (cpu, memory, bill) = tier_2(
        row.input("instances"),
        row.input("hours"),
        row.input("vcpu"),
        row.input("memory_gib"),
    );
    printed(cpu, row.expected("cpu"), CENT);
    printed(memory, row.expected("memory"), CENT);
    printed(bill.total().get(), row.expected("total"), CENT);
}

fn cloud_run_tier_2_seconds(row: &Row) {
    let (cpu, memory, _) = tier_2(
        1.0,
        row.input("cpu_s") / 3_600.0,
        1.0,
        row.input("mem_s") / row.input("cpu_s"),
    );
    printed(cpu, row.expected("cpu"), CENT);
    printed(memory, row.expected("memory"), CENT);
}

/// Nodes of one type for a month: as many workers as nodes, each too large to share one.
fn eks_nodes(row: &Row) {
    let price = row.0["inputs"]["usd_per_hour"].as_f64().unwrap();
    let nodes = row.input("hours") / 730.0;
    let book = book_with(&[("aws/ec2/m5.large", price)]);
    let mut inputs = nothing();
    inputs.workers.count = nodes as u32;
    inputs.workers.vcpu = 1.5;
    inputs.workers.memory_gib = 2.0;
    let case = Case::of(&inputs);
    let plan = eks::plans(&case)
        .into_iter()
        .find(|plan| plan.node.price.id() == plimsoll::model::prices::meters::EC2_M5_LARGE.id())
        .unwrap();
    // One worker alone would be spread over two nodes; the example has one.
    let plan = eks::Plan {
        nodes: plan.nodes.min(nodes),
        ..plan
    };
    assert_eq!(plan.nodes, nodes);
    let bill = eks::lines(&eks::usage(&plan, &case), &book.at(Region::Us)).unwrap();
    printed(
        amount(&bill, "aws/ec2/m5.large"),
        row.expected("compute"),
        CENT,
    );
}
