//! Render: web services, background workers and cron jobs.
//!
//! Billed: every instance at its type's monthly price, prorated, whatever it does; a workspace plan; outbound traffic
//! above what the plan includes. Cron jobs by the minute, one dollar a month at least. Autoscaling needs the Pro
//! workspace, Hobby has one seat. Left out: disks, the older plans per seat, pipeline minutes.
//!
//! Pages: render.com/pricing (2026-08-09), render.com/docs/scaling (2026), render.com/docs/outbound-bandwidth
//! (2025-08-01).

use super::{
    Case, Definition, Limit, Limits, Support, best,
    capacity_trace::{self as trace, CapacityTrace, TraceBuilder},
    replicas,
    surroundings::Around,
};
use crate::{
    attestation::Attestation,
    bill::{Bill, CostCategory, Factor, Line, Refusal},
    people::Class,
    prices::{Free, Meter, NoPrice, Price, Prices, Workspace, meters as m},
    units::{Dollar, Gb, HOURS_PER_MONTH, InstanceMonth, Minute, Month, Qty, Unit},
    vendor::Vendor,
};

const PRICING_PAGE: &str = "https://render.com/pricing";

/// What is known of Render.
pub const DEFINITION: Definition = Definition {
    billed: "Every instance at its monthly price, a workspace plan, and outbound traffic above what the plan includes.",
    left_out: &["disks", "older plans per seat", "pipeline minutes"],
    pages: &[PRICING_PAGE],
    people: Class::Serverless,
    cities: ["Virginia", "Frankfurt", "Singapore"],
    limits: Limits {
        vcpu: Limit::at_most(8.0, PRICING_PAGE, "2026-08-09"),
        memory_gib: Limit::at_most(32.0, PRICING_PAGE, "2026-08-09"),
        // 100 minutes by a third party, 12 hours for a cron run by memory: neither page was read.
        request_s: Limit::NotKnown,
        job_s: Limit::NotKnown,
        instances: Limit::at_most(100.0, "https://render.com/docs/scaling", "2026"),
        gpu: [Support::no("https://render.com/docs/", "recalled"); 3],
        udp: Support::no("https://render.com/docs/private-services", "recalled"),
        tcp: Support::no("https://render.com/docs/private-services", "recalled"),
        windows: Support::no("https://render.com/docs/", "recalled"),
        privileged: Support::no("https://render.com/docs/", "recalled"),
        ..Limits::NONE
    },
    closed: None,
    proprietary: "The render.yaml blueprint is Render's.",
    portable: "The image moves as it is; the rest is written anew.",
    counterpart: None,
    bill,
    trace: capacity_trace,
};

/// Cron rates are monthly prices over a month of 30 days (inferred from the price list, which they meet).
const CRON_MINUTES_PER_MONTH: f64 = 43_200.0;
/// Log lines that an instance may write in a second: 6,000 a minute (render.com/docs/logging, 2026-09-20).
const LOG_LINES_PER_S: f64 = 100.0;

/// An instance type.
#[derive(Clone, Copy, Debug)]
pub struct Instance {
    /// vCPU.
    pub vcpu: f64,
    /// GB of memory.
    pub gb: f64,
    /// Its price.
    pub price: Meter<Price<InstanceMonth>>,
}

/// The ladder, smallest first.
pub const LADDER: [Instance; 6] = [
    Instance {
        vcpu: 0.5,
        gb: 0.5,
        price: m::RENDER_STARTER,
    },
    Instance {
        vcpu: 1.0,
        gb: 2.0,
        price: m::RENDER_STANDARD,
    },
    Instance {
        vcpu: 2.0,
        gb: 4.0,
        price: m::RENDER_PRO,
    },
    Instance {
        vcpu: 4.0,
        gb: 8.0,
        price: m::RENDER_PRO_PLUS,
    },
    Instance {
        vcpu: 4.0,
        gb: 16.0,
        price: m::RENDER_PRO_MAX,
    },
    Instance {
        vcpu: 8.0,
        gb: 32.0,
        price: m::RENDER_PRO_ULTRA,
    },
];

/// Smallest type that holds so much.
pub fn snap(vcpu: f64, gib: f64) -> Instance {
    LADDER
        .into_iter()
        .find(|rung| rung.vcpu >= vcpu && rung.gb >= gib)
        .unwrap_or(LADDER[LADDER.len() - 1])
}

/// A workspace plan: its fee, and the outbound traffic that it includes.
#[derive(Clone, Copy, Debug)]
pub struct Tier {
    /// The fee.
    pub fee: Meter<Price<Month>>,
    /// Included outbound traffic.
    pub outbound: Meter<Free<Gb, Workspace>>,
}

const HOBBY: Tier = Tier {
    fee: m::RENDER_HOBBY_WORKSPACE,
    outbound: m::RENDER_HOBBY_EGRESS,
};
const PRO: Tier = Tier {
    fee: m::RENDER_PRO_WORKSPACE,
    outbound: m::RENDER_PRO_EGRESS,
};
const SCALE: Tier = Tier {
    fee: m::RENDER_SCALE_WORKSPACE,
    outbound: m::RENDER_SCALE_EGRESS,
};

/// How the workload runs.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The workspace plan.
    pub tier: Tier,
    /// Type of a service's instance.
    pub service: Instance,
    /// Mean number of instances, over all services.
    pub instances: f64,
    /// Type of a worker.
    pub worker: Instance,
    /// Type of a job.
    pub job: Instance,
}

/// The ways to run the case: Pro and Scale with autoscaling, Hobby by hand for a team of one.
pub fn plans(case: &Case<'_>) -> Vec<Plan> {
    let inputs = case.inputs;
    let service = snap(inputs.instance.vcpu, inputs.instance.memory_gib);
    let plan = |tier, instances| Plan {
        tier,
        service,
        instances,
        worker: snap(inputs.workers.vcpu, inputs.workers.memory_gib),
        job: snap(inputs.jobs.vcpu, inputs.jobs.memory_gib),
    };
    let scaled = replicas::autoscaled(case, service.vcpu, replicas::OTHER_LAG_S);
    if hipaa(case) {
        return vec![plan(SCALE, scaled)];
    }
    let mut plans = vec![plan(PRO, scaled), plan(SCALE, scaled)];
    if inputs.team.engineers == 1 {
        plans.push(plan(HOBBY, replicas::fixed(case, service.vcpu)));
    }
    plans
}

/// Whether the workspace is one for health data: from Scale on, with a share of the usage on top.
fn hipaa(case: &Case<'_>) -> bool {
    case.inputs.promises.attestation == Some(Attestation::HipaaBaa)
}

/// What one month meters.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// The workspace plan.
    pub tier: Tier,
    /// Services, environments and workers: what, on which type, for how many instance-months.
    pub instances: [(&'static str, Instance, f64); 3],
    /// Type and minutes of cron jobs.
    pub cron: (Instance, f64),
    /// Outbound traffic.
    pub egress: Qty<Gb>,
    /// The workspace is one for health data.
    pub hipaa: bool,
}

/// What a plan uses.
pub fn usage(plan: &Plan, case: &Case<'_>) -> Usage {
    Usage {
        tier: plan.tier,
        instances: [
            ("service instance-months", plan.service, plan.instances),
            (
                "environment instance-months",
                plan.service,
                case.environment_replicas(),
            ),
            (
                "worker instance-months",
                plan.worker,
                case.worker_hours() / HOURS_PER_MONTH,
            ),
        ],
        cron: (plan.job, case.job_hours(0.0) * 60.0),
        egress: Qty::of(case.egress_gb()),
        hipaa: hipaa(case),
    }
}

/// The lines of a month's usage.
///
/// # Errors
///
/// [`NoPrice`], if the book lacks a price on the bill.
pub fn lines(usage: &Usage, prices: &Prices<'_>) -> Result<Bill, NoPrice> {
    let mut bill = Bill::default();
    for (what, rung, months) in usage.instances {
        bill.push(Line::charge(
            CostCategory::Compute,
            prices.get(rung.price)?,
            Qty::of(months),
            [Factor::new(what, months, "instance-months")],
        ));
    }
    cron_lines(usage, prices, &mut bill)?;
    let one = [Factor::new("months", 1.0, "")];
    bill.push(
        Line::charge(
            CostCategory::Platform,
            prices.get(usage.tier.fee)?,
            Qty::of(1.0),
            one,
        )
        .once(),
    );
    let outbound = prices.get(m::RENDER_EGRESS)?;
    let sent = [Factor::new("sent", usage.egress.get(), "GB")];
    bill.push(Line::charge(
        CostCategory::Network,
        outbound,
        usage.egress,
        sent,
    ));
    let included = prices.get(usage.tier.outbound)?;
    let free = included.value.of_quantity(usage.egress);
    bill.push(Line::credit(
        CostCategory::Network,
        included,
        outbound,
        free,
    ));
    if usage.hipaa {
        let [compute, network] =
            [CostCategory::Compute, CostCategory::Network].map(|part| bill.subtotal(part).get());
        let factors = [Factor::new("usage", compute + network, Dollar::NAME)];
        let of_it = Qty::of(compute + network);
        let share = prices.get(m::RENDER_HIPAA)?;
        bill.push(Line::charge(CostCategory::Platform, share, of_it, factors));
    }
    bill.figure("replicas", usage.instances[0].2, "");
    Ok(bill)
}

fn cron_lines(usage: &Usage, prices: &Prices<'_>, bill: &mut Bill) -> Result<(), NoPrice> {
    let (rung, minutes) = usage.cron;
    if minutes <= 0.0 {
        return Ok(());
    }
    let factors = [Factor::new("job minutes", minutes, "minutes")];
    let line = if rung.price.id() == m::RENDER_STARTER.id() {
        Line::charge(
            CostCategory::Compute,
            prices.get(m::RENDER_CRON)?,
            Qty::of(minutes),
            factors,
        )
    } else {
        let month = prices.get(rung.price)?;
        let rate = month.value.get() / CRON_MINUTES_PER_MONTH;
        Line::composed(
            CostCategory::Compute,
            month,
            month.basis,
            Minute::NAME,
            rate,
            minutes,
            factors,
        )
    };
    // One cron job is counted, with its least bill.
    let least = prices.get(m::RENDER_CRON_LEAST)?;
    let missing = 1.0 - line.amount().get() / least.value.get().max(1e-9);
    bill.push(line);
    bill.push(Line::charge(
        CostCategory::Compute,
        least,
        Qty::of(missing),
        [Factor::new(
            "share of the least bill not reached",
            missing,
            "",
        )],
    ));
    Ok(())
}

fn around(usage: &Usage, _case: &Case<'_>) -> Around {
    let instances: f64 = usage.instances.iter().map(|(_, _, months)| months).sum();
    let cron = usage.cron.1 / (HOURS_PER_MONTH * 60.0);
    Around::of(Vendor::Render, instances + cron)
}

/// The whole bill without people.
fn bill(case: &Case<'_>, prices: &Prices<'_>) -> Result<Bill, Refusal> {
    chosen(case, prices).map(|(_, bill)| bill)
}

/// The cheapest way to run the case, with its bill.
fn chosen(case: &Case<'_>, prices: &Prices<'_>) -> Result<(Plan, Bill), Refusal> {
    let plans = plans(case);
    let (plan, mut bill) = best(&plans, case, prices, usage, lines, around)?;
    case.note_dropped_logs(
        case.workload.services * case.most_needed(plan.service.vcpu).max(case.floor()),
        LOG_LINES_PER_S,
        "Render drops what an instance logs above {} lines a second; at your busiest hour each would write {}.",
        &mut bill,
    );
    Ok((*plan, bill))
}

/// What stands behind the bill.
pub(super) fn capacity_trace(case: &Case<'_>, prices: &Prices<'_>) -> Option<CapacityTrace> {
    const LAG_S: f64 = replicas::OTHER_LAG_S;
    let (plan, _) = chosen(case, prices).ok()?;
    let usage = usage(&plan, case);
    let [services, environments, workers] =
        usage.instances.map(|(_, rung, months)| rung.vcpu * months);
    let jobs = usage.cron.0.vcpu * usage.cron.1 / (HOURS_PER_MONTH * 60.0);
    let sold = plan.service.vcpu;
    let mut trace = TraceBuilder::new(case, case.inputs.instance.vcpu);
    let by_level = if plan.tier.fee.id() == HOBBY.fee.id() {
        trace.needed(case, sold);
        trace.up("As the busiest hour needs", plan.instances);
        trace::constant(case, plan.instances)
    } else {
        let by_level = replicas::by_level(case, sold);
        trace.autoscaled(case, sold, &by_level, LAG_S);
        trace::of_all(case, &by_level)
    };
    trace.up_to(trace::SOLD, services);
    trace.others(workers + jobs);
    trace.environments(environments);
    Some(trace.done(trace::hourly(case, "instances", &by_level, LAG_S)))
}
