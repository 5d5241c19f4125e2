//! Railway: services, workers and cron jobs.
//!
//! Billed: the CPU and memory that are really used, per minute, and traffic out; at least the plan's fee, which counts
//! towards the usage. Replicas are set by hand. Hobby is for one developer. Left out: volumes, committed spend, sleeping
//! services.
//!
//! Pages: docs.railway.com/pricing/plans (2026), docs.railway.com/deployments/scaling (2026). What an application
//! really uses of the memory it asks for is its own affair; we take all of it.

use super::{
    Case, Definition, Limit, Limits, Support,
    capacity_trace::{self as trace, CapacityTrace, TraceBuilder},
    cheapest, replicas,
    surroundings::Around,
};
use crate::{
    attestation::Attestation,
    bill::{Bill, CostCategory, Factor, Line, Refusal},
    people::Class,
    prices::{Meter, NoPrice, Price, Prices, meters as m},
    units::{Gb, GbMinute, HOURS_PER_MONTH, Month, Qty, VcpuMinute},
    vendor::Vendor,
};

const SCALING_PAGE: &str = "https://docs.railway.com/deployments/scaling";

/// What is known of Railway.
pub const DEFINITION: Definition = Definition {
    billed: "CPU and memory that are really used, per minute, and traffic out; at least the plan's fee.",
    left_out: &["volumes", "committed spend", "sleeping services"],
    pages: &["https://docs.railway.com/pricing/plans"],
    people: Class::Serverless,
    cities: ["us-east4", "Amsterdam", "Singapore"],
    limits: Limits {
        vcpu: Limit::at_most(24.0, SCALING_PAGE, "2026"),
        memory_gib: Limit::at_most(24.0, SCALING_PAGE, "2026"),
        request_s: Limit::at_most(
            900.0,
            "https://docs.railway.com/networking/public-networking/specs-and-limits",
            "2026",
        ),
        job_s: Limit::NotKnown,
        instances: Limit::at_most(42.0, "https://docs.railway.com/pricing/plans", "2026"),
        gpu: [Support::no("https://docs.railway.com/", "recalled"); 3],
        udp: Support::no("https://docs.railway.com/networking/tcp-proxy", "recalled"),
        windows: Support::no("https://docs.railway.com/", "recalled"),
        privileged: Support::no("https://docs.railway.com/", "recalled"),
        ..Limits::NONE
    },
    closed: None,
    proprietary: "railway.json and the project model are Railway's.",
    portable: "The image or Dockerfile moves as it is; the rest is written anew.",
    counterpart: None,
    bill,
    trace: |case, _| Some(capacity_trace(case)),
};

/// Replicas and their size on Hobby.
const HOBBY_REPLICAS: f64 = 6.0;
const HOBBY_SIZE: f64 = 8.0;
const MINUTES_PER_HOUR: f64 = 60.0;
/// Log lines that a replica may write in a second (docs.railway.com/observability/logs, 2026-08-21).
const LOG_LINES_PER_S: f64 = 500.0;

/// How the workload runs.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The subscription.
    pub subscription: Meter<Price<Month>>,
    /// Replicas, over all services.
    pub replicas: f64,
}

/// The ways to run the case: Pro, and Hobby where it is allowed.
pub fn plans(case: &Case<'_>) -> Vec<Plan> {
    let inputs = case.inputs;
    let replicas = replicas::fixed(case, inputs.instance.vcpu);
    let sizes = [
        inputs.instance.vcpu,
        inputs.instance.memory_gib,
        inputs.workers.vcpu,
        inputs.workers.memory_gib,
        inputs.jobs.vcpu,
        inputs.jobs.memory_gib,
    ];
    let small = replicas <= HOBBY_REPLICAS * case.workload.services
        && sizes.iter().all(|size| *size <= HOBBY_SIZE);
    if inputs.promises.attestation == Some(Attestation::HipaaBaa) {
        // The agreement comes with committed spend.
        return vec![Plan {
            subscription: m::RAILWAY_COMMITTED,
            replicas,
        }];
    }
    let mut plans = vec![Plan {
        subscription: m::RAILWAY_PRO,
        replicas,
    }];
    if small && inputs.team.engineers == 1 {
        plans.push(Plan {
            subscription: m::RAILWAY_HOBBY,
            replicas,
        });
    }
    plans
}

/// What one month meters.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// The subscription.
    pub subscription: Meter<Price<Month>>,
    /// CPU that is used: what uses it, and how much.
    pub cpu: [(&'static str, Qty<VcpuMinute>); 4],
    /// Memory that is held.
    pub memory: [(&'static str, Qty<GbMinute>); 4],
    /// Traffic out.
    pub egress: Qty<Gb>,
    /// Mean number of replicas.
    pub replicas: f64,
}

/// What a plan uses.
pub fn usage(plan: &Plan, case: &Case<'_>) -> Usage {
    let inputs = case.inputs;
    let minutes = |hours: f64| hours * MINUTES_PER_HOUR;
    let (workers, jobs) = (minutes(case.worker_hours()), minutes(case.job_hours(0.0)));
    let by_requests = case.workload.requests.get() * case.workload.cpu_s / 60.0;
    let standing = plan.replicas + case.environment_replicas();
    let idle = standing * minutes(HOURS_PER_MONTH) * inputs.assumptions.idle_vcpu;
    Usage {
        subscription: plan.subscription,
        cpu: [
            ("CPU of requests", Qty::of(by_requests)),
            ("CPU of replicas without requests", Qty::of(idle)),
            ("CPU of workers", Qty::of(workers * inputs.workers.vcpu)),
            ("CPU of jobs", Qty::of(jobs * inputs.jobs.vcpu)),
        ],
        memory: [
            (
                "memory of replicas",
                Qty::of(plan.replicas * minutes(HOURS_PER_MONTH) * inputs.instance.memory_gib),
            ),
            (
                "memory of environments",
                Qty::of(
                    case.environment_replicas()
                        * minutes(HOURS_PER_MONTH)
                        * inputs.instance.memory_gib,
                ),
            ),
            (
                "memory of workers",
                Qty::of(workers * inputs.workers.memory_gib),
            ),
            ("memory of jobs", Qty::of(jobs * inputs.jobs.memory_gib)),
        ],
        egress: Qty::of(case.egress_gb()),
        replicas: plan.replicas,
    }
}

/// The lines of a month's usage.
///
/// # Errors
///
/// [`NoPrice`], if the book lacks a price on the bill.
pub fn lines(usage: &Usage, prices: &Prices<'_>) -> Result<Bill, NoPrice> {
    let mut bill = Bill::default();
    let (cpu, memory) = (prices.get(m::RAILWAY_CPU)?, prices.get(m::RAILWAY_MEMORY)?);
    for (what, quantity) in usage.cpu {
        let factors = [Factor::new(what, quantity.get(), "vCPU-minutes")];
        let line = Line::charge(CostCategory::Compute, cpu, quantity, factors);
        bill.push(line.assumed(prices.doubt(cpu)));
    }
    for (what, quantity) in usage.memory {
        let factors = [Factor::new(what, quantity.get(), "GB-minutes")];
        let line = Line::charge(CostCategory::Compute, memory, quantity, factors);
        bill.push(line.assumed(prices.doubt(memory)));
    }
    let egress = prices.get(m::RAILWAY_EGRESS)?;
    let sent = [Factor::new("sent", usage.egress.get(), "GB")];
    bill.push(Line::charge(
        CostCategory::Network,
        egress,
        usage.egress,
        sent,
    ));
    let used = bill.infrastructure();
    let plan = prices.get(usage.subscription)?;
    let one = [Factor::new("months", 1.0, "")];
    bill.push(Line::charge(CostCategory::Platform, plan, Qty::of(1.0), one).once());
    // The fee is a floor: what it covers of the usage is not billed again.
    let covered = Qty::of(used.get().min(plan.value.get()));
    bill.push(Line::dollars_off(CostCategory::Platform, plan, covered).up_to(plan.value.get()));
    bill.figure("replicas", usage.replicas, "");
    Ok(bill)
}

/// What stands behind the bill: CPU is metered as it is used, replicas pay for their memory.
pub(super) fn capacity_trace(case: &Case<'_>) -> CapacityTrace {
    let replicas = replicas::fixed(case, case.inputs.instance.vcpu);
    let by_level = trace::constant(case, replicas);
    let mut trace = TraceBuilder::new(case, case.inputs.instance.vcpu);
    let standing = replicas + case.environment_replicas();
    trace.add(
        "Idle between requests",
        standing * case.inputs.assumptions.idle_vcpu,
    );
    trace.done(trace::hourly(case, "replicas", &by_level, 0.0))
}

fn around(usage: &Usage, case: &Case<'_>) -> Around {
    let months = usage.replicas
        + case.environment_replicas()
        + (case.worker_hours() + case.job_hours(0.0)) / HOURS_PER_MONTH;
    Around::of(Vendor::Railway, months)
}

/// The whole bill without people.
fn bill(case: &Case<'_>, prices: &Prices<'_>) -> Result<Bill, Refusal> {
    let plans = plans(case);
    let replicas = plans[0].replicas;
    let mut bill = cheapest(&plans, case, prices, usage, lines, around)?;
    case.note_dropped_logs(
        replicas,
        LOG_LINES_PER_S,
        "Railway drops what a replica logs above {} lines a second; at your busiest hour each would write {}.",
        &mut bill,
    );
    Ok(bill)
}
