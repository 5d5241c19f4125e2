//! Worked examples and real bills of others; one file because each row of one table names the function that meets it.
//!
//! They go through the platforms' own plan → usage → lines.
//!
//! The rows stand in `tests/cases/examples.json` with their inputs, printed figures and sources. Each is either met
//! here or listed with the reason why not.

use crate::common::{CENT, amount, amount_below, bill, book_with, nothing, printed};
use plimsoll_model::{
    bill::{Bill, CostCategory},
    inputs::Inputs,
    platform::Platform,
    platforms::{
        Case, aks, aks_automatic, app_runner, cloud_run, container_apps, eks, fargate, fly, gke,
        kubernetes, railway, render,
    },
    prices::{Meter, Price, PriceBook, meters as m},
    region::Region,
    units::{Hour, Qty},
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
    ("gke-autopilot-pod-300x15min", autopilot_jobs),
    ("gke-autopilot-prod", autopilot_month),
    ("gke-autopilot-dev", autopilot_month),
    ("infracost-gke-standard-zonal", gke_nodes),
    ("infracost-gke-standard-regional", gke_nodes),
    ("apprunner-idle-025-1", app_runner_month),
    ("apprunner-tokyo-6h", app_runner_hours),
    ("fly-small-web-mpg", fly_machine),
    ("fly-discord-bot", fly_machine),
    ("fly-table-shared-cpu-1x-1GB", fly_preset),
    ("fly-table-shared-cpu-2x-2GB", fly_preset),
    ("fly-table-performance-1x-2GB", fly_preset),
    ("railway-hobby-3", railway_floor),
    ("railway-hobby-5", railway_floor),
    ("railway-hobby-7", railway_floor),
    ("railway-hobby-15", railway_floor),
    ("railway-unit-rates", railway_rates),
    ("render-cron-rates", render_cron),
    ("aca-eastus-idle-30d", container_apps_replica),
    ("aca-eastus-active-30d", container_apps_replica),
    ("aca-canada-idle-730", container_apps_replica),
    ("aca-swc-keycloak", container_apps_gross_and_net),
    ("aca-weu-30min", container_apps_half_an_hour),
    ("aca-uks-mostly-idle-gbp", container_apps_mostly_idle),
    ("aca-vs-aks-westus3-day", container_apps_against_aks),
    ("aks-automatic-two-nodes", aks_automatic_nodes),
    ("azure-neu-egress-nat", azure_egress),
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
    (
        "gke-standard-prod",
        "nodes of a custom machine type, and a node price that the row itself has rounded",
    ),
    ("fly-rootfs-10d", "disks of stopped machines are left out"),
    ("fly-rootfs-3x30d", "disks of stopped machines are left out"),
    ("fly-reservation", "a prepaid block of credit, no bill"),
    (
        "render-workflow-halfhour",
        "workflows are another product than cron jobs",
    ),
    (
        "aks-sea-baseline",
        "a sum with blob storage, and a node price that the row does not give",
    ),
    (
        "aks-westus3-lean",
        "whole dollars from rounded prices; not reproducible by its own note",
    ),
    (
        "azure-neu-single-vm",
        "one virtual machine, no container platform",
    ),
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

/// Whether a row is met here.
pub(crate) fn is_met(id: &str) -> bool {
    MET.iter().any(|(met, _)| *met == id)
}

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

/// Nothing but runs of a job, of the row's size.
fn jobs(row: &Row, runs: f64, minutes: f64, memory: &str) -> Inputs {
    let mut inputs = nothing();
    inputs.jobs.runs_per_month = runs;
    inputs.jobs.minutes = minutes;
    inputs.jobs.vcpu = row.input("vcpu");
    inputs.jobs.memory_gib = row.input(memory);
    inputs
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
    let runs = row.input("tasks") * row.input("days");
    let inputs = jobs(row, runs, row.input("seconds_per_day") / 60.0, "memory_gb");
    let case = Case::of(&inputs);
    let plan = fargate::Plan {
        disk_gb: row.input("ephemeral_gb"),
        ..fargate::plan(&case)
    };
    let bill = fargate::lines(&fargate::usage(&plan, &case), &book.in_region(Region::Us)).unwrap();
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
    let inputs = jobs(row, row.input("runs"), row.input("minutes"), "memory_gb");
    let bill = bill(Platform::Fargate, &inputs, &PriceBook::bundled());
    printed(bill.infrastructure().get(), row.expected("total"), CENT);
}

/// A real bill's lines, normalised to a month by its owner: a load balancer, an address, a small task.
fn fargate_month_in_ireland(row: &Row) {
    let expected = &row.0["expected"]["normalised_730h"];
    let expected = |name: &str| expected[name].as_f64().unwrap();
    let mut inputs = nothing();
    inputs.region = Region::Europe;
    inputs.surroundings.counted = true;
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
fn tier_2(workers: f64, hours: f64, vcpu: f64, gib: f64) -> (f64, f64, plimsoll_model::bill::Bill) {
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
    let bill = cloud_run::lines(
        &usage,
        &book.in_region(Region::Europe).with_free_tiers(false),
    )
    .unwrap();
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
    let inputs = one_worker_a_node(nodes);
    let case = Case::of(&inputs);
    let plan = on_nodes(&eks::plans(&case), m::EC2_M5_LARGE, nodes);
    let bill = eks::lines(
        &kubernetes::Usage::of(&plan, &case),
        &book.in_region(Region::Us),
    )
    .unwrap();
    printed(
        amount(&bill, "aws/ec2/m5.large"),
        row.expected("compute"),
        CENT,
    );
}

fn one_worker_a_node(nodes: f64) -> Inputs {
    let mut inputs = nothing();
    inputs.workers.count = nodes as u32;
    inputs.workers.vcpu = 1.2;
    inputs.workers.memory_gib = 2.0;
    inputs
}

/// The plan on nodes of that type. One worker alone would be spread over two of them; an example may have one.
fn on_nodes(plans: &[kubernetes::Plan], node: Meter<Price<Hour>>, nodes: f64) -> kubernetes::Plan {
    let plan = plans
        .iter()
        .find(|plan| plan.node.price.id() == node.id())
        .unwrap();
    let plan = kubernetes::Plan {
        nodes: plan.nodes.min(nodes),
        ..*plan
    };
    assert_eq!(plan.nodes, nodes);
    plan
}

fn autopilot_jobs(row: &Row) {
    let inputs = jobs(
        row,
        row.input("runs"),
        row.input("hours") * 60.0,
        "memory_gib",
    );
    let bill = bill(Platform::GkeAutopilot, &inputs, &PriceBook::bundled());
    printed(
        bill.subtotal(CostCategory::Compute).get(),
        row.expected("total"),
        CENT,
    );
}

/// A month of pods and the cluster's fee, in whole dollars, without the credit.
fn autopilot_month(row: &Row) {
    let mut inputs = nothing();
    inputs.workers.count = 1;
    inputs.workers.vcpu = row.input("vcpu");
    inputs.workers.memory_gib = row.input("memory_gib");
    let bill = bill(Platform::GkeAutopilot, &inputs, &PriceBook::bundled());
    printed(bill.infrastructure().get(), row.expected("total"), 0.5);
}

/// Nodes with their boot disks, at the prices that the row has.
fn gke_nodes(row: &Row) {
    let nodes = row.0["inputs"]["nodes"]
        .as_f64()
        .unwrap_or_else(|| row.input("nodes_total"));
    let book = book_with(&[
        ("google-cloud/compute-engine/e2-standard-2", 0.033_505_71),
        ("google-cloud/persistent-disk/balanced", 0.04),
    ]);
    let inputs = one_worker_a_node(nodes);
    let case = Case::of(&inputs);
    let plan = on_nodes(&gke::plans(&case), m::GCE_E2_2, nodes);
    let bill = gke::lines(
        &kubernetes::Usage::of(&plan, &case),
        &book.in_region(Region::Us),
    )
    .unwrap();
    printed(
        amount(&bill, "google-cloud/gke/cluster"),
        row.expected("fee"),
        CENT,
    );
    printed(
        amount(&bill, "google-cloud/compute-engine/e2-standard-2"),
        row.expected("nodes"),
        CENT,
    );
    printed(
        amount(&bill, "google-cloud/persistent-disk/balanced"),
        row.expected("disk"),
        CENT,
    );
}

fn app_runner_bill(row: &Row, provisioned_hours: f64, active_hours: f64, region: Region) -> Bill {
    let usage = app_runner::Usage {
        size: app_runner::snap(row.input("vcpu"), row.input("memory_gb")),
        provisioned_hours,
        active_hours,
        environment_hours: 0.0,
    };
    app_runner::lines(&usage, &PriceBook::bundled().in_region(region)).unwrap()
}

fn app_runner_month(row: &Row) {
    let bill = app_runner_bill(
        row,
        row.input("hours"),
        row.input("active_hours"),
        Region::Us,
    );
    printed(
        amount(&bill, "aws/app-runner/memory"),
        row.expected("memory"),
        CENT,
    );
    printed(
        amount(&bill, "aws/app-runner/vcpu-active"),
        row.expected("cpu"),
        CENT,
    );
}

fn app_runner_hours(row: &Row) {
    for (region, figure) in [(Region::Asia, "total"), (Region::Us, "us_east_1_same")] {
        let bill = app_runner_bill(
            row,
            row.input("provisioned_hours"),
            row.input("active_hours"),
            region,
        );
        printed(bill.total().get(), row.expected(figure), CENT);
    }
}

/// A small shared machine for 30 days, and traffic out where the row's total is of these two.
fn fly_machine(row: &Row) {
    let preset = fly::Kind::Shared.snap(1.0, row.input("ram_gb")).unwrap();
    let seconds = row.input("days") * 86_400.0;
    let usage = fly::Usage {
        addresses: 0.0,
        machines: [
            ("machine time", preset, seconds),
            ("", preset, 0.0),
            ("", preset, 0.0),
            ("", preset, 0.0),
        ],
        egress: Qty::of(row.input("egress_gb")),
    };
    let bill = fly::lines(&usage, &PriceBook::bundled().in_region(Region::Us)).unwrap();
    printed(
        bill.subtotal(CostCategory::Compute).get(),
        row.expected("machine"),
        1e-9,
    );
    if row.0["inputs"].get("mpg_basic").is_none() {
        printed(bill.total().get(), row.expected("total"), 1e-9);
    }
}

fn fly_preset(row: &Row) {
    let name = row.0["inputs"]["preset"].as_str().unwrap();
    let kind = if name.starts_with("shared") {
        fly::Kind::Shared
    } else {
        fly::Kind::Performance
    };
    let words: Vec<&str> = name.split('-').collect();
    let cpus: f64 = words[words.len() - 2]
        .trim_end_matches('x')
        .parse()
        .unwrap();
    let gb: f64 = words[words.len() - 1]
        .trim_end_matches("GB")
        .parse()
        .unwrap();
    let preset = kind.snap(cpus, gb).unwrap();
    assert_eq!((preset.cpus, preset.gb), (cpus, gb));
    let seconds = row.input("days") * 86_400.0;
    let usage = fly::Usage {
        addresses: 0.0,
        machines: [
            ("machine time", preset, seconds),
            ("", preset, 0.0),
            ("", preset, 0.0),
            ("", preset, 0.0),
        ],
        egress: Qty::ZERO,
    };
    let bill = fly::lines(&usage, &PriceBook::bundled().in_region(Region::Us)).unwrap();
    printed(bill.total().get(), row.expected("monthly"), 1e-9);
}

/// So many dollars of usage on the Hobby plan.
fn railway_floor(row: &Row) {
    let book = PriceBook::bundled();
    let prices = book.in_region(Region::Us);
    let per_minute = prices.get(m::RAILWAY_CPU).unwrap().value.get();
    let usage = railway::Usage {
        subscription: m::RAILWAY_HOBBY,
        cpu: [
            ("CPU", Qty::of(row.input("usage_usd") / per_minute)),
            ("", Qty::ZERO),
            ("", Qty::ZERO),
            ("", Qty::ZERO),
        ],
        memory: [("", Qty::ZERO); 4],
        egress: Qty::ZERO,
        replicas: 1.0,
    };
    let bill = railway::lines(&usage, &prices).unwrap();
    printed(bill.total().get(), row.expected("total"), 1e-9);
}

/// A vCPU and a GB for the vendor's month of 43,200 minutes cost what the plan says of a month.
fn railway_rates(row: &Row) {
    let mut inputs = nothing();
    inputs.workers.count = 1;
    inputs.workers.vcpu = 1.0;
    inputs.workers.memory_gib = 1.0;
    inputs.workers.hours_per_month = row.input("minutes") / 60.0;
    let bill = bill(Platform::Railway, &inputs, &PriceBook::bundled());
    // The published rates per minute have six decimals, which is half a dollar-cent in a hundred of the month.
    printed(amount(&bill, "railway/vcpu"), row.input("vcpu_month"), 0.03);
    printed(amount(&bill, "railway/ram"), row.input("gb_month"), 0.03);
    for (meter, figure) in [("railway/vcpu", "vcpu_min"), ("railway/ram", "gb_min")] {
        let line = bill.lines.iter().find(|line| line.meter == meter).unwrap();
        printed(line.unit_price, row.expected(figure), 1e-12);
    }
}

/// Cron rates per minute of the first four rungs.
fn render_cron(row: &Row) {
    for (rung, figure) in render::LADDER
        .into_iter()
        .zip(["starter", "standard", "pro", "pro_plus"])
    {
        let mut inputs = nothing();
        inputs.jobs.runs_per_month = 1e6;
        inputs.jobs.minutes = 1.0;
        inputs.jobs.vcpu = rung.vcpu;
        inputs.jobs.memory_gib = rung.gb;
        let bill = bill(Platform::Render, &inputs, &PriceBook::bundled());
        let line = bill.category(CostCategory::Compute).next().unwrap();
        printed(line.unit_price, row.expected(figure), 0.000_005);
        printed(line.amount().get(), 1e6 * line.unit_price, 1e-6);
    }
}

/// One replica of a size, for so many seconds at the active and at the idle rate.
fn container_apps_bill(row: &Row, active_s: f64, idle_s: f64, free_grant: bool) -> Bill {
    let region = row.0["region"].as_str().unwrap();
    // Regions come in two price tiers.
    let (active, idle, memory) = match region {
        "eastus" | "swedencentral" | "westus3" => (0.000_024, 0.000_003, 0.000_003),
        "canadacentral" | "westeurope" | "uksouth" => (0.000_034, 0.000_004, 0.000_004),
        other => panic!("no price tier for {other}"),
    };
    let book = book_with(&[
        ("azure/container-apps/vcpu-active", active),
        ("azure/container-apps/vcpu-idle", idle),
        ("azure/container-apps/memory", memory),
    ]);
    let inputs = nothing();
    let case = Case::of(&inputs);
    let none = container_apps::usage(&container_apps::plan(&case), &case);
    let (vcpu, gib) = (row.input("vcpu"), row.input("gib"));
    let size = container_apps::snap(vcpu, gib);
    assert_eq!((size.vcpu, size.gib), (vcpu, gib));
    let mut times = none.times;
    times[0] = container_apps::Time {
        size,
        active_s,
        idle_s,
        ..times[0]
    };
    let usage = container_apps::Usage { times, ..none };
    container_apps::lines(
        &usage,
        &book.in_region(Region::Us).with_free_tiers(free_grant),
    )
    .unwrap()
}

fn container_apps_replica(row: &Row) {
    let hours = row.0["inputs"]["hours"]
        .as_f64()
        .unwrap_or_else(|| row.input("days") * 24.0);
    let seconds = row.input("replicas") * hours * 3_600.0;
    let idle = seconds * row.input("idle_share");
    let bill = container_apps_bill(row, seconds - idle, idle, true);
    printed(bill.total().get(), row.expected("total"), CENT);
}

fn container_apps_gross_and_net(row: &Row) {
    let seconds = row.input("hours") * 3_600.0;
    for (active, idle, name) in [(0.0, seconds, "idle"), (seconds, 0.0, "active")] {
        for (grant, kind) in [(false, "gross"), (true, "net")] {
            let bill = container_apps_bill(row, active, idle, grant);
            printed(
                bill.total().get(),
                row.expected(&format!("{name}_{kind}")),
                CENT,
            );
        }
    }
}

fn container_apps_half_an_hour(row: &Row) {
    let bill = container_apps_bill(row, row.input("active_seconds"), 0.0, false);
    printed(bill.total().get(), row.expected("total"), 0.000_05);
}

/// Met only if the grant covers idle seconds first.
fn container_apps_mostly_idle(row: &Row) {
    let active = row.input("active_seconds");
    let idle = row.input("days") * 86_400.0 - active;
    let usd = container_apps_bill(row, active, idle, true).total().get();
    printed(
        usd * row.input("fx_gbp_per_usd"),
        row.expected("total_gbp"),
        CENT,
    );
}

/// A day of two replicas against a day of a cluster with one node, a load balancer and an address.
fn container_apps_against_aks(row: &Row) {
    let aca = &row.0["inputs"]["aca"];
    let number = |name: &str| aca[name].as_f64().unwrap();
    let mut one = row.0.clone();
    one["region"] = "westus3".into();
    one["inputs"] = aca.clone();
    let seconds = number("replicas") * number("hours") * 3_600.0;
    let row_of_one = Row(one);
    let idle = container_apps_bill(&row_of_one, 0.0, seconds, false);
    printed(idle.total().get(), row.expected("aca_idle"), CENT);
    let active = container_apps_bill(&row_of_one, seconds, 0.0, false);
    printed(active.total().get(), row.expected("aca_active"), CENT);

    let aks = &row.0["inputs"]["aks"];
    let hours = aks["hours"].as_f64().unwrap();
    let nodes = aks["nodes"].as_f64().unwrap();
    let mut inputs = one_worker_a_node(nodes);
    let book = PriceBook::bundled();
    let case = Case::of(&inputs);
    let plan = on_nodes(&aks::plans(&case), m::VM_D2S, nodes);
    let usage = kubernetes::Usage {
        cluster_hours: hours,
        node_hours: nodes * hours,
        ..kubernetes::Usage::of(&plan, &case)
    };
    let cluster = aks_automatic::lines(&usage, &book.in_region(Region::Us)).unwrap();
    let without_disk = cluster.total().get() - amount_below(&cluster, "azure/disk/");
    // A load balancer with its address, from a month of a service.
    inputs.http.requests_per_month = 1_000.0;
    inputs.surroundings.counted = true;
    let month = bill(Platform::Aks, &inputs, &book);
    let ingress = amount(&month, "azure/load-balancer/rules") + amount(&month, "azure/ipv4/public");
    printed(
        without_disk + ingress * hours / 730.0,
        row.expected("aks_total"),
        CENT,
    );
}

/// Two nodes with the control plane, the surcharge by the vCPU.
fn aks_automatic_nodes(row: &Row) {
    let nodes = row.input("nodes");
    let inputs = one_worker_a_node(nodes);
    let case = Case::of(&inputs);
    let plan = on_nodes(&aks::plans(&case), m::VM_D2S, nodes);
    let bill = aks_automatic::lines(
        &kubernetes::Usage::of(&plan, &case),
        &PriceBook::bundled().in_region(Region::Us),
    )
    .unwrap();
    let without_disks = bill.total().get() - amount_below(&bill, "azure/disk/");
    assert!(
        (row.expected("low")..=row.expected("high")).contains(&without_disks),
        "{without_disks}"
    );
    printed(without_disks, 279.86, CENT);
}

/// Traffic out by its bands after the free 100 GB, at the prices of routing over the internet.
fn azure_egress(row: &Row) {
    let book = book_with(&[
        ("azure/egress/first-10-tb", 0.08),
        ("azure/egress/next-40-tb", 0.065),
    ]);
    let volumes = row.0["inputs"]["gb"].as_array().unwrap();
    for (gb, figure) in volumes.iter().zip(["e250", "e1t", "e10t", "e30t"]) {
        let mut inputs = nothing();
        inputs.options.free_tier = true;
        inputs.surroundings.counted = true;
        inputs.http.requests_per_month = 1e8;
        inputs.http.response_kb = gb.as_f64().unwrap() * 1e9 / 1e8 / 1e3;
        let bill = bill(Platform::ContainerApps, &inputs, &book);
        printed(
            amount_below(&bill, "azure/egress/"),
            row.expected(figure),
            CENT,
        );
    }
}
