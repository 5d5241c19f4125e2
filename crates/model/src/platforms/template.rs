//! Name of it: what it runs.
//!
//! Billed: every replica by the hour, its vCPU and its memory. Left out: TODO.
//!
//! Pages: TODO (the day they were read).

use super::{
    Case, Definition, Limits,
    capacity_trace::{self as trace, CapacityTrace, TraceBuilder, mean_vcpu},
    cheapest,
    replicas::{self, OTHER_LAG_S},
    surroundings::Around,
};
use crate::{
    bill::{Bill, CostCategory, Factor, Line, Refusal},
    people::Class,
    prices::{NoPrice, Prices, meters as m},
    units::{GibHour, HOURS_PER_MONTH, Qty, VcpuHour},
    vendor::Vendor,
};

/// What is known of Name of it.
pub const DEFINITION: Definition = Definition {
    billed: "Every replica by the hour, its vCPU and its memory.",
    left_out: &["TODO."],
    pages: &["https://TODO"],
    people: Class::Serverless,
    cities: ["TODO", "TODO", "TODO"],
    limits: Limits::NONE,
    closed: None,
    proprietary: "TODO.",
    portable: "The image moves as it is.",
    counterpart: None,
    bill,
    trace: |case, _| Some(capacity_trace(case)),
};

/// How the workload runs.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Mean number of replicas, over all services.
    pub replicas: f64,
}

/// The only way to run the case.
pub fn plan(case: &Case<'_>) -> Plan {
    Plan {
        replicas: replicas::autoscaled(case, case.inputs.instance.vcpu, OTHER_LAG_S),
    }
}

/// What one month meters: vCPU-hours and GiB-hours of replicas, environments, workers and jobs.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// vCPU-hours: what has them, and how many.
    pub vcpu: [(&'static str, Qty<VcpuHour>); 4],
    /// GiB-hours.
    pub memory: [(&'static str, Qty<GibHour>); 4],
}

/// What a plan uses.
pub fn usage(plan: &Plan, case: &Case<'_>) -> Usage {
    let inputs = case.inputs;
    let size = |vcpu, memory_gib| (vcpu, memory_gib);
    let instance = size(inputs.instance.vcpu, inputs.instance.memory_gib);
    let hours = [
        ("replicas", plan.replicas * HOURS_PER_MONTH, instance),
        (
            "environments",
            case.environment_replicas() * HOURS_PER_MONTH,
            instance,
        ),
        (
            "workers",
            case.worker_hours(),
            size(inputs.workers.vcpu, inputs.workers.memory_gib),
        ),
        (
            "jobs",
            case.job_hours(0.0),
            size(inputs.jobs.vcpu, inputs.jobs.memory_gib),
        ),
    ];
    Usage {
        vcpu: hours.map(|(what, hours, (vcpu, _))| (what, Qty::of(hours * vcpu))),
        memory: hours.map(|(what, hours, (_, gib))| (what, Qty::of(hours * gib))),
    }
}

/// The lines of a month's usage.
pub fn lines(usage: &Usage, prices: &Prices<'_>) -> Result<Bill, NoPrice> {
    let mut bill = Bill::default();
    let (vcpu, memory) = (
        prices.get(m::AUTOPILOT_CPU)?,
        prices.get(m::AUTOPILOT_MEMORY)?,
    );
    for (what, quantity) in usage.vcpu {
        let factors = [Factor::new(what, quantity.get(), "vCPU-hours")];
        bill.push(
            Line::charge(CostCategory::Compute, vcpu, quantity, factors)
                .assumed(prices.doubt(vcpu)),
        );
    }
    for (what, quantity) in usage.memory {
        let factors = [Factor::new(what, quantity.get(), "GiB-hours")];
        bill.push(
            Line::charge(CostCategory::Compute, memory, quantity, factors)
                .assumed(prices.doubt(memory)),
        );
    }
    Ok(bill)
}

/// What stands behind the bill.
fn capacity_trace(case: &Case<'_>) -> CapacityTrace {
    let inputs = case.inputs;
    let vcpu = inputs.instance.vcpu;
    let by_level = replicas::by_level(case, vcpu);
    let mut trace = TraceBuilder::new(case, vcpu);
    trace.autoscaled(case, vcpu, &by_level, OTHER_LAG_S);
    trace.others(
        mean_vcpu(case.worker_hours(), inputs.workers.vcpu)
            + mean_vcpu(case.job_hours(0.0), inputs.jobs.vcpu),
    );
    trace.environments(case.environment_replicas() * vcpu);
    let by_level = trace::of_all(case, &by_level);
    trace.done(trace::hourly(case, "replicas", &by_level, OTHER_LAG_S))
}

/// The whole bill without people. What stands around it is taken as included: say so above, or bill it.
fn bill(case: &Case<'_>, prices: &Prices<'_>) -> Result<Bill, Refusal> {
    cheapest(&[plan(case)], case, prices, usage, lines, |_, _| {
        Around::included(Vendor::GoogleCloud)
    })
}
