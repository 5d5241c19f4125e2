//! AWS App Runner: web services; closed to new customers since 2026-04-30.
//!
//! Billed: the memory of every provisioned instance all the time, its vCPU only while it works on requests, one minute
//! at least each time it begins to. Load balancing is included. Left out: builds, automatic deployments, and the
//! rounding of each day to the cent that the vendor's examples show.
//!
//! Pages: aws.amazon.com/apprunner/pricing (2026-08-24), docs.aws.amazon.com/apprunner/latest/dg/architecture.html
//! (2026-10-01).

use super::{
    Case, Closed, Definition, Limit, Limits, Support,
    capacity_trace::{self as trace, CapacityTrace, TraceBuilder, mean_vcpu},
    cheapest,
    surroundings::Around,
};
use crate::{
    bill::{Bill, CostCategory, Factor, Line, Refusal},
    people::Class,
    prices::{NoPrice, Prices, meters as m},
    units::{HOURS_PER_MONTH, Qty},
    vendor::Vendor,
};

const SIZES_PAGE: &str = "https://docs.aws.amazon.com/apprunner/latest/dg/architecture.html";
const DEVELOP_PAGE: &str = "https://docs.aws.amazon.com/apprunner/latest/dg/develop.html";

/// What is known of App Runner.
pub const DEFINITION: Definition = Definition {
    billed: "Memory of provisioned instances all the time, vCPU while they work on requests.",
    left_out: &["builds", "automatic deployments"],
    pages: &["https://aws.amazon.com/apprunner/pricing/"],
    people: Class::Serverless,
    cities: ["us-east-1", "eu-west-1", "ap-northeast-1"],
    limits: Limits {
        vcpu: Limit::at_most(4.0, SIZES_PAGE, "2026-10-01"),
        memory_gib: Limit::at_most(12.0, SIZES_PAGE, "2026-10-01"),
        request_s: Limit::at_most(120.0, DEVELOP_PAGE, "2026-10-01"),
        background: Support::no(DEVELOP_PAGE, "2026-10-01"),
        between_requests: Support::no(DEVELOP_PAGE, "2026-10-01"),
        volume: Support::no(DEVELOP_PAGE, "2026-10-01"),
        gpu: [Support::no(SIZES_PAGE, "2026-10-01"); 3],
        udp: Support::no(DEVELOP_PAGE, "2026-10-01"),
        tcp: Support::no(DEVELOP_PAGE, "2026-10-01"),
        windows: Support::no(DEVELOP_PAGE, "recalled"),
        privileged: Support::no(DEVELOP_PAGE, "recalled"),
        websocket: Support::no(
            "https://github.com/aws/apprunner-roadmap/issues/13",
            "2026-10-01",
        ),
        ..Limits::NONE
    },
    closed: Some(Closed {
        since: "2026-04-30",
        page: "https://docs.aws.amazon.com/apprunner/latest/dg/apprunner-availability-change.html",
    }),
    proprietary: "The service and its apprunner.yaml are AWS's.",
    portable: "The image moves as it is; the rest is written anew.",
    counterpart: None,
    bill,
    trace: |case, _| Some(capacity_trace(case)),
};

/// An instance takes at most so many requests at once.
const CONCURRENCY: u32 = 200;
/// vCPU is billed for one minute at least whenever an instance begins to work.
const MINIMUM_S: f64 = 60.0;

/// A size that App Runner sells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// vCPU.
    pub vcpu: f64,
    /// GB of memory.
    pub gb: f64,
}

/// Smallest size sold that holds so much (the list between its ends is recalled).
pub fn snap(vcpu: f64, gib: f64) -> Size {
    const SOLD: [(f64, &[f64]); 5] = [
        (0.25, &[0.5, 1.0]),
        (0.5, &[1.0]),
        (1.0, &[2.0, 3.0, 4.0]),
        (2.0, &[4.0, 6.0]),
        (4.0, &[8.0, 10.0, 12.0]),
    ];
    SOLD.into_iter()
        .filter(|(sold, _)| *sold >= vcpu)
        .find_map(|(vcpu, memory)| {
            let gb = memory.iter().copied().find(|gb| *gb >= gib)?;
            Some(Size { vcpu, gb })
        })
        .unwrap_or(Size {
            vcpu: 4.0,
            gb: 12.0,
        })
}

/// How the services run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Size of an instance.
    pub size: Size,
    /// Requests at once on an instance.
    pub concurrency: u32,
}

/// The one way to run the case.
pub fn plan(case: &Case<'_>) -> Plan {
    let inputs = case.inputs;
    Plan {
        size: snap(inputs.instance.vcpu, inputs.instance.memory_gib),
        concurrency: inputs.http.concurrency.min(CONCURRENCY),
    }
}

impl Plan {
    /// Instances of one service at a rate. The platform spreads them over zones, so one is enough.
    fn provisioned(&self, case: &Case<'_>, rate: f64) -> f64 {
        case.needed_at(rate, f64::from(self.concurrency), self.size.vcpu)
            .max(f64::from(case.inputs.min_instances.unwrap_or(1)).max(1.0))
    }
}

/// What one month meters, over all services.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usage {
    /// Size of an instance.
    pub size: Size,
    /// Hours of provisioned instances.
    pub provisioned_hours: f64,
    /// Hours in which instances work on requests.
    pub active_hours: f64,
    /// Hours of provisioned instances of environments beside production.
    pub environment_hours: f64,
}

/// What the plan uses.
pub fn usage(plan: &Plan, case: &Case<'_>) -> Usage {
    let w = &case.workload;
    // Requests are spread over all that are provisioned; each works at least a minute once it begins.
    let active = |rate: f64| {
        let instances = plan.provisioned(case, rate);
        -libm::expm1(-rate / instances * w.service_s.max(MINIMUM_S)) * instances
    };
    let hours = |instances: f64| {
        if case.has_services() {
            w.services * instances * HOURS_PER_MONTH
        } else {
            0.0
        }
    };
    Usage {
        size: plan.size,
        provisioned_hours: hours(w.mean(|level| plan.provisioned(case, level.rate))),
        active_hours: hours(w.mean(|level| active(level.rate))),
        environment_hours: case.environment_replicas() * HOURS_PER_MONTH,
    }
}

/// The lines of a month's usage.
///
/// # Errors
///
/// [`NoPrice`], if the book lacks a price on the bill.
pub fn lines(usage: &Usage, prices: &Prices<'_>) -> Result<Bill, NoPrice> {
    let mut bill = Bill::default();
    let Usage {
        size,
        provisioned_hours,
        active_hours,
        environment_hours,
    } = *usage;
    bill.push(Line::charge(
        CostCategory::Compute,
        prices.get(m::APP_RUNNER_CPU)?,
        Qty::of(active_hours * size.vcpu),
        [
            Factor::new("active hours", active_hours, "hours"),
            Factor::new("size", size.vcpu, "vCPU"),
        ],
    ));
    bill.push(Line::charge(
        CostCategory::Compute,
        prices.get(m::APP_RUNNER_MEMORY)?,
        Qty::of(provisioned_hours * size.gb),
        [
            Factor::new("provisioned hours", provisioned_hours, "hours"),
            Factor::new("size", size.gb, "GB"),
        ],
    ));
    bill.push(Line::charge(
        CostCategory::Compute,
        prices.get(m::APP_RUNNER_MEMORY)?,
        Qty::of(environment_hours * size.gb),
        [
            Factor::new("environment provisioned hours", environment_hours, "hours"),
            Factor::new("size", size.gb, "GB"),
        ],
    ));
    bill.figure("instances", provisioned_hours / HOURS_PER_MONTH, "");
    bill.figure("busy_instances", active_hours / HOURS_PER_MONTH, "");
    Ok(bill)
}

/// What stands behind the bill: vCPU is billed of instances that work, memory of all.
pub(super) fn capacity_trace(case: &Case<'_>) -> CapacityTrace {
    let plan = plan(case);
    let usage = usage(&plan, case);
    let mut trace = TraceBuilder::new(case, case.inputs.instance.vcpu.min(plan.size.vcpu));
    trace.up(
        "Minutes with requests",
        usage.active_hours / HOURS_PER_MONTH,
    );
    trace.up_to(trace::SOLD, mean_vcpu(usage.active_hours, plan.size.vcpu));
    let levels = &case.workload.levels;
    let by_level: Vec<f64> = if case.has_services() {
        let provisioned = levels
            .iter()
            .map(|level| plan.provisioned(case, level.rate));
        provisioned.collect()
    } else {
        trace::constant(case, 0.0)
    };
    let by_level = trace::of_all(case, &by_level);
    trace.done(trace::hourly(case, "instances", &by_level, 0.0))
}

fn around(usage: &Usage, _case: &Case<'_>) -> Around {
    Around::of(Vendor::Aws, usage.provisioned_hours / HOURS_PER_MONTH)
}

/// The whole bill without people.
fn bill(case: &Case<'_>, prices: &Prices<'_>) -> Result<Bill, Refusal> {
    cheapest(&[plan(case)], case, prices, usage, lines, around)
}
