//! Amazon EKS on Fargate: each pod on a machine of its own, no nodes.
//!
//! Billed: each cluster by the hour, and every pod at the Fargate size that holds it with 256 MB for Kubernetes itself,
//! per second, one minute at least, two pods of cluster DNS among them. Pods have private addresses alone, so that a NAT
//! gateway comes with them, and there is no Fargate Spot for them. No disk outlives a pod here, so the monitoring stack
//! keeps its data on the 20 GB that every pod has.
//!
//! Pages: docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html (2026-10-01).

use super::{
    Case, Definition, Limit, Limits, Support,
    capacity_trace::{CapacityTrace, mean_vcpu},
    cheapest, eks, fargate,
    gpu::GpuNodes,
    kubernetes, replicas,
    surroundings::Around,
};
use crate::{
    bill::{Bill, CostCategory, Factor, Line, Refusal},
    capacity::nodes::Room,
    people::Class,
    platform::Platform,
    prices::{NoPrice, Prices},
    units::{HOURS_PER_MONTH, Qty},
    vendor::Vendor,
};

const PODS_PAGE: &str =
    "https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html";

const FARGATE_PAGE: &str = "https://docs.aws.amazon.com/eks/latest/userguide/fargate.html";

/// What is known of EKS on Fargate.
pub const DEFINITION: Definition = Definition {
    billed: "Every cluster-hour, and the Fargate size of every pod with 256 MB for Kubernetes itself.",
    left_out: &["disks that outlive a pod"],
    pages: &["https://aws.amazon.com/fargate/pricing/", PODS_PAGE],
    people: Class::KubernetesManaged,
    cities: ["us-east-1", "eu-west-1", "ap-northeast-1"],
    limits: Limits {
        vcpu: Limit::at_most(16.0, PODS_PAGE, "2026-10-01"),
        // 120 GB less the 256 MB that Kubernetes takes.
        memory_gib: Limit::at_most(119.75, PODS_PAGE, "2026-10-01"),
        gpu: [Support::no(FARGATE_PAGE, "2026-10-01"); 3],
        windows: Support::no(FARGATE_PAGE, "2026"),
        privileged: Support::no(FARGATE_PAGE, "2026-10-01"),
        mesh: Support::no(FARGATE_PAGE, "2026-10-01"),
        ..Limits::NONE
    },
    closed: None,
    proprietary: "Fargate profiles, IAM roles and load balancer annotations are AWS's.",
    portable: "Manifests, Helm charts and images move to any Kubernetes.",
    counterpart: Some(Platform::Fargate),
    bill,
    trace: |case, _| Some(capacity_trace(case)),
};

/// Memory that Kubernetes takes of every pod's size, GiB.
const KUBERNETES_GIB: f64 = 0.25;

/// Cluster DNS: so many pods, and what one asks for (the add-on's default, recalled).
const DNS_PODS: f64 = 2.0;
const DNS_VCPU: f64 = 0.1;
const DNS_GIB: f64 = 0.07;

/// The size that holds a pod.
pub fn snap(vcpu: f64, gib: f64) -> fargate::Size {
    fargate::snap(vcpu, gib + KUBERNETES_GIB)
}

/// What one month meters.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// Hours of clusters.
    pub cluster_hours: f64,
    /// Their version is in extended support.
    pub extended_support: bool,
    /// The pods, by size and hours.
    pub pods: fargate::Usage,
    /// Size and hours of the monitoring stack.
    pub monitoring: (fargate::Size, f64),
    /// Size and hours of the pods of cluster DNS.
    pub dns: (fargate::Size, f64),
}

/// vCPU of a pod that are there for requests: padding is not used, and a sidecar has its own.
fn serving_vcpu(case: &Case<'_>) -> f64 {
    let instance = &case.inputs.instance;
    snap(instance.vcpu, instance.memory_gib).vcpu
}

/// The one way to run the case.
pub fn plan(case: &Case<'_>) -> fargate::Plan {
    let inputs = case.inputs;
    let size = |room: Room| snap(room.vcpu, room.gib);
    fargate::Plan {
        service: size(case.service_pod()),
        tasks: replicas::autoscaled(case, serving_vcpu(case), replicas::HPA_LAG_S),
        worker: size(case.padded(inputs.workers.vcpu, inputs.workers.memory_gib)),
        job: size(case.padded(inputs.jobs.vcpu, inputs.jobs.memory_gib)),
        disk_gb: fargate::FREE_DISK_GB,
        runtime: fargate::Runtime::X86,
    }
}

/// What the plan uses.
pub fn usage(plan: &fargate::Plan, case: &Case<'_>) -> Usage {
    let assumptions = &case.inputs.assumptions;
    let pods = fargate::usage(plan, case);
    let monitored = pods.hours() > 0.0 && case.monitors_itself();
    // In a cluster that exists they run already.
    let clusters = if pods.hours() > 0.0 {
        case.clusters()
    } else {
        0.0
    };
    Usage {
        cluster_hours: case.cluster_hours(),
        extended_support: case.inputs.cluster.extended_support,
        pods,
        dns: (
            snap(DNS_VCPU, DNS_GIB),
            DNS_PODS * clusters * HOURS_PER_MONTH,
        ),
        monitoring: (
            snap(assumptions.monitoring_vcpu, assumptions.monitoring_gib),
            if monitored { HOURS_PER_MONTH } else { 0.0 },
        ),
    }
}

/// The lines of a month's usage.
///
/// # Errors
///
/// [`NoPrice`], if the book lacks a price on the bill.
pub fn lines(usage: &Usage, prices: &Prices<'_>) -> Result<Bill, NoPrice> {
    let mut bill = fargate::lines(&usage.pods, prices)?;
    let (size, hours) = usage.monitoring;
    fargate::task_lines(
        "monitoring pod hours",
        CostCategory::Observability,
        size,
        hours,
        fargate::X86,
        prices,
        &mut bill,
    )?;
    let (size, hours) = usage.dns;
    fargate::task_lines(
        "cluster DNS pod hours",
        CostCategory::Platform,
        size,
        hours,
        fargate::X86,
        prices,
        &mut bill,
    )?;
    bill.push(
        Line::charge(
            CostCategory::Platform,
            prices.get(eks::cluster_fee(usage.extended_support))?,
            Qty::of(usage.cluster_hours),
            [Factor::new("cluster hours", usage.cluster_hours, "hours")],
        )
        .once(),
    );
    Ok(bill)
}

/// What stands behind the bill.
pub(super) fn capacity_trace(case: &Case<'_>) -> CapacityTrace {
    let plan = plan(case);
    let Usage {
        monitoring, dns, ..
    } = usage(&plan, case);
    let vcpu = |(size, hours): (fargate::Size, f64)| mean_vcpu(hours, size.vcpu);
    let more = [
        ("Monitoring", vcpu(monitoring)),
        ("Cluster add-ons", vcpu(dns)),
    ];
    let serving = serving_vcpu(case);
    fargate::capacity_trace_of(case, &plan, serving, replicas::HPA_LAG_S, "pods", &more)
}

fn around(usage: &Usage, case: &Case<'_>) -> Around {
    let pods = usage.pods.hours() / HOURS_PER_MONTH;
    Around {
        load_balancers: case.load_balancers(),
        machines: pods,
        // A pod has no public address: it reaches the registry and the outside through NAT.
        nat_comes_with_it: pods > 0.0,
        spot: false,
        // Fargate has no GPUs: they are on a node group of the same cluster.
        gpus: GpuNodes::Own,
        ..Around::of(
            Vendor::Aws,
            kubernetes::instance_months(case, kubernetes::Runs::KubernetesAlone, pods),
        )
    }
}

/// The whole bill without people.
fn bill(case: &Case<'_>, prices: &Prices<'_>) -> Result<Bill, Refusal> {
    cheapest(&[plan(case)], case, prices, usage, lines, around)
}
