//! GKE Autopilot: Kubernetes that bills pods.
//!
//! Billed: each cluster by the hour, less a credit once per billing account, and what every pod requests: vCPU, memory,
//! ephemeral storage, by the second. Nodes, their disks and their addresses are not billed. Left out: spot pods, other
//! compute classes.
//!
//! Pages: cloud.google.com/kubernetes-engine/pricing (2026-09), docs.cloud.google.com/kubernetes-engine/docs/concepts/
//! autopilot-resource-requests (2026-10-01).

use super::{
    Case, Definition, Limit, Limits, Support,
    capacity_trace::{self as trace, CapacityTrace, TraceBuilder, mean_vcpu},
    cheapest, gke,
    gpu::GpuNodes,
    replicas,
    surroundings::Around,
};
use crate::{
    bill::{Bill, CostCategory, Factor, Line, Refusal},
    capacity::nodes::Room,
    inputs::Gpu,
    people::Class,
    platform::Platform,
    prices::{NoPrice, Prices, meters as m},
    units::{HOURS_PER_MONTH, Qty},
    vendor::Vendor,
};

const PODS_PAGE: &str =
    "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/autopilot-resource-requests";

/// What is known of GKE Autopilot.
pub const DEFINITION: Definition = Definition {
    billed: "Every cluster-hour, and the vCPU, memory and ephemeral storage that every pod requests.",
    left_out: &["compute classes other than general purpose"],
    pages: &[
        "https://cloud.google.com/kubernetes-engine/pricing",
        PODS_PAGE,
    ],
    people: Class::KubernetesManaged,
    cities: ["us-central1", "europe-west1", "asia-northeast1"],
    limits: Limits {
        vcpu: Limit::at_most(30.0, PODS_PAGE, "2026-10-01"),
        memory_gib: Limit::at_most(110.0, PODS_PAGE, "2026-10-01"),
        windows: Support::no(
            "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/autopilot-overview",
            "recalled",
        ),
        privileged: Support::only(
            "from an allow-list",
            "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/autopilot-privileged-allowlists",
            "2026",
        ),
        ..Limits::NONE
    },
    closed: None,
    proprietary: "Compute classes and admission rules are Google's.",
    portable: "Manifests, Helm charts and images move to any Kubernetes.",
    counterpart: Some(Platform::CloudRun),
    bill,
    trace: |case, _| Some(capacity_trace(case)),
};

/// Ephemeral storage of a pod that does not ask for any, GiB.
const STORAGE_GIB: f64 = 1.0;

/// A size that Autopilot accepts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// vCPU.
    pub vcpu: f64,
    /// GiB of memory.
    pub gib: f64,
}

/// Smallest size accepted that holds so much: 50 millicores and 52 MiB at least, 1 to 6.5 GiB for each vCPU.
pub fn snap(vcpu: f64, gib: f64) -> Size {
    const MOST_GIB_PER_VCPU: f64 = 6.5;
    let vcpu = vcpu.max(gib / MOST_GIB_PER_VCPU).max(0.05);
    Size {
        vcpu,
        gib: gib.max(vcpu).max(52.0 / 1_024.0),
    }
}

/// How the workload runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Size of a service's pod.
    pub service: Size,
    /// Mean number of them, over all services.
    pub pods: f64,
    /// Size of a worker.
    pub worker: Size,
    /// Size of a job.
    pub job: Size,
}

/// vCPU of a pod that are there for requests: padding is not used, and a sidecar has its own.
fn serving_vcpu(case: &Case<'_>) -> f64 {
    let instance = &case.inputs.instance;
    snap(instance.vcpu, instance.memory_gib).vcpu
}

/// The one way to run the case.
pub fn plan(case: &Case<'_>) -> Plan {
    let inputs = case.inputs;
    let room = |room: Room| snap(room.vcpu, room.gib);
    Plan {
        service: room(case.service_pod()),
        pods: replicas::autoscaled(case, serving_vcpu(case), replicas::HPA_LAG_S),
        worker: room(case.padded(inputs.workers.vcpu, inputs.workers.memory_gib)),
        job: room(case.padded(inputs.jobs.vcpu, inputs.jobs.memory_gib)),
    }
}

/// What one month meters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usage {
    /// Hours of clusters.
    pub cluster_hours: f64,
    /// Services, environments, workers, jobs, monitoring: what, of which size, for how many pod-hours, on which part of the bill.
    pub pods: [(&'static str, Size, f64, CostCategory); 5],
}

impl Usage {
    fn pod_hours(&self) -> f64 {
        self.pods.iter().map(|(_, _, hours, _)| hours).sum()
    }

    /// Virtual machines behind the pods: nobody pays for them, but a NAT gateway counts them. One in each zone at least, of
    /// this many vCPU.
    fn machines(&self, case: &Case<'_>) -> f64 {
        const VCPU_OF_A_MACHINE: f64 = 4.0;
        if self.pod_hours() <= 0.0 {
            return 0.0;
        }
        let vcpu: f64 = self
            .pods
            .iter()
            .map(|(_, size, hours, _)| size.vcpu * hours)
            .sum();
        let full = vcpu / HOURS_PER_MONTH / VCPU_OF_A_MACHINE;
        if case.is_part {
            full
        } else {
            full.max(case.inputs.assumptions.zones)
        }
    }
}

/// What the plan uses.
pub fn usage(plan: &Plan, case: &Case<'_>) -> Usage {
    let assumptions = &case.inputs.assumptions;
    let (services, workers, jobs) = (
        plan.pods * HOURS_PER_MONTH,
        case.worker_hours(),
        case.job_hours(0.0),
    );
    let monitored = services + workers + jobs > 0.0 && case.monitors_itself();
    Usage {
        cluster_hours: case.cluster_hours(),
        pods: [
            (
                "service pod hours",
                plan.service,
                services,
                CostCategory::Compute,
            ),
            (
                "environment pod hours",
                plan.service,
                case.environment_replicas() * HOURS_PER_MONTH,
                CostCategory::Compute,
            ),
            (
                "worker pod hours",
                plan.worker,
                workers,
                CostCategory::Compute,
            ),
            ("job pod hours", plan.job, jobs, CostCategory::Compute),
            (
                "monitoring pod hours",
                snap(assumptions.monitoring_vcpu, assumptions.monitoring_gib),
                if monitored { HOURS_PER_MONTH } else { 0.0 },
                CostCategory::Observability,
            ),
        ],
    }
}

/// The lines of a month's usage.
///
/// # Errors
///
/// [`NoPrice`], if the book lacks a price on the bill.
pub fn lines(usage: &Usage, prices: &Prices<'_>) -> Result<Bill, NoPrice> {
    let mut bill = Bill::default();
    let cpu = prices.get(m::AUTOPILOT_CPU)?;
    let memory = prices.get(m::AUTOPILOT_MEMORY)?;
    let storage = prices.get(m::AUTOPILOT_STORAGE)?;
    for (what, size, hours, part) in usage.pods {
        let time = Factor::new(what, hours, "hours");
        let of = |amount: f64, unit| [time, Factor::new("request", amount, unit)];
        bill.push(Line::charge(
            part,
            cpu,
            Qty::of(hours * size.vcpu),
            of(size.vcpu, "vCPU"),
        ));
        bill.push(Line::charge(
            part,
            memory,
            Qty::of(hours * size.gib),
            of(size.gib, "GiB"),
        ));
        bill.push(Line::charge(
            part,
            storage,
            Qty::of(hours * STORAGE_GIB),
            of(STORAGE_GIB, "GiB"),
        ));
    }
    let fee = prices.get(m::GKE_CLUSTER)?;
    let hours = Qty::of(usage.cluster_hours);
    bill.push(
        Line::charge(
            CostCategory::Platform,
            fee,
            hours,
            [Factor::new("cluster hours", usage.cluster_hours, "hours")],
        )
        .once(),
    );
    gke::credit_line(hours, prices, &mut bill)?;
    bill.figure("replicas", usage.pods[0].2 / HOURS_PER_MONTH, "");
    Ok(bill)
}

/// What stands behind the bill.
pub(super) fn capacity_trace(case: &Case<'_>) -> CapacityTrace {
    let plan = plan(case);
    let [services, environments, workers, jobs, monitoring] = usage(&plan, case)
        .pods
        .map(|(_, size, hours, _)| mean_vcpu(hours, size.vcpu));
    let serving = serving_vcpu(case);
    let by_level = replicas::by_level(case, serving);
    let mut trace = TraceBuilder::new(case, case.inputs.instance.vcpu);
    trace.autoscaled(case, serving, &by_level, replicas::HPA_LAG_S);
    trace.up_to("Padding, sidecars, sizes", services);
    trace.others(workers + jobs);
    trace.add("Monitoring", monitoring);
    trace.environments(environments);
    let by_level = trace::of_all(case, &by_level);
    trace.done(trace::hourly(case, "pods", &by_level, replicas::HPA_LAG_S))
}

fn around(usage: &Usage, case: &Case<'_>) -> Around {
    Around {
        load_balancers: case.load_balancers(),
        machines: usage.machines(case),
        cluster: usage.pod_hours() > 0.0,
        gpus: GpuNodes::Own,
        ..Around::of(Vendor::GoogleCloud, usage.pod_hours() / HOURS_PER_MONTH)
    }
}

/// The whole bill without people.
fn bill(case: &Case<'_>, prices: &Prices<'_>) -> Result<Bill, Refusal> {
    let mut bill = cheapest(&[plan(case)], case, prices, usage, lines, around)?;
    if case.inputs.needs.gpu != Gpu::None {
        bill.note(
            "Autopilot\u{2019}s own prices of GPUs aren\u{2019}t known: they are billed as nodes of Compute Engine.",
            [],
        );
    }
    Ok(bill)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_keep_the_ratio_of_memory_to_cpu() {
        let cases = [
            ((1.0, 1.0), (1.0, 1.0)),
            ((1.0, 0.5), (1.0, 1.0)),
            ((1.0, 13.0), (2.0, 13.0)),
            ((0.01, 0.01), (0.05, 52.0 / 1_024.0)),
        ];
        for ((vcpu, gib), (taken_vcpu, taken_gib)) in cases {
            let taken = Size {
                vcpu: taken_vcpu,
                gib: taken_gib,
            };
            assert_eq!(snap(vcpu, gib), taken, "{vcpu} vCPU, {gib} GiB");
        }
    }
}
