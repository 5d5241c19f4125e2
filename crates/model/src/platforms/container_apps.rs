//! Azure Container Apps, Consumption plan: apps, workers and jobs.
//!
//! Billed: vCPU- and GiB-seconds that every running replica is given, requests from outside, less a grant once per
//! subscription. A replica at the app's minimum that does nothing is billed at an idle rate for its vCPU; above the minimum
//! every replica is active. Replicas are kept 300 s after the last request. Jobs pay the active rate and no requests; GPU
//! jobs the GPU's seconds and their profile's vCPU and memory. Left out: dedicated plans, private endpoints, planned
//! maintenance, health probes.
//!
//! Pages: learn.microsoft.com/azure/container-apps/billing (2026-10-01), …/containers (2026-10-01), …/scale-app
//! (2026-10-01). The vendor does not say whether the grant covers idle or active seconds first; both worked examples
//! that tell them apart have idle first, and so have we.

use super::{
    Case, Definition, Limit, Limits, Support, best,
    capacity_trace::{self as trace, CapacityTrace, TraceBuilder},
    gpu::GpuSize,
    replicas,
    scale_to_zero::{ColdStarts, KeepAlive},
    surroundings::Around,
    whole,
};
use crate::{
    bill::{Bill, CostCategory, Factor, Line, Refusal},
    capacity::busy,
    people::Class,
    prices::{NoPrice, Prices, meters as m},
    sentence::Word,
    units::{
        GibSecond, HOURS_PER_MONTH, Qty, Request, SECONDS_PER_HOUR, SECONDS_PER_MONTH, VcpuSecond,
    },
    vendor::Vendor,
};

const SIZES_PAGE: &str = "https://learn.microsoft.com/en-us/azure/container-apps/containers";

const INGRESS_PAGE: &str =
    "https://learn.microsoft.com/en-us/azure/container-apps/ingress-overview";

/// What is known of Container Apps.
pub const DEFINITION: Definition = Definition {
    billed: "vCPU- and GiB-seconds of every running replica, and each request from outside.",
    left_out: &["dedicated plans", "planned maintenance"],
    pages: &["https://learn.microsoft.com/en-us/azure/container-apps/billing"],
    people: Class::Serverless,
    cities: ["eastus", "northeurope", "japaneast"],
    limits: Limits {
        vcpu: Limit::at_most(4.0, SIZES_PAGE, "2026-10-01"),
        memory_gib: Limit::at_most(8.0, SIZES_PAGE, "2026-10-01"),
        request_s: Limit::at_most(240.0, INGRESS_PAGE, "2026-10-01"),
        job_s: Limit::NotKnown,
        instances: Limit::at_most(
            1_000.0,
            "https://learn.microsoft.com/en-us/azure/container-apps/scale-app",
            "2026-10-01",
        ),
        gpu: [Support::Yes, Support::NotKnown, Support::NotKnown],
        udp: Support::no(INGRESS_PAGE, "2025-05-02"),
        windows: Support::no(SIZES_PAGE, "2026-10-01"),
        privileged: Support::no(SIZES_PAGE, "2023-05-04"),
        ..Limits::NONE
    },
    closed: None,
    proprietary: "The app definition is Azure's.",
    portable: "The image moves as it is; scale rules are KEDA and service calls may be Dapr, which Kubernetes has too.",
    counterpart: None,
    bill,
    trace: capacity_trace,
};

/// A replica is kept for 300 s after its last request (scale-app). In the one measurement that tells the parts of a start,
/// scheduling took 12 to 15 s and pulling the image 2 to 4 s (yeongseon.github.io/azure-paas-troubleshooting-labs,
/// 2026-04-10); starts of 5, 6, 20 and 22 s were reported (github.com/microsoft/azure-container-apps, issues 199 and 997).
const KEEPING: KeepAlive = KeepAlive {
    keep_s: 300.0,
    start_s: 16.2,
    connections_take_places: false,
};

/// A size that Container Apps sells: quarters of a vCPU with twice as many GiB.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// vCPU.
    pub vcpu: f64,
    /// GiB of memory.
    pub gib: f64,
}

/// Smallest size sold that holds so much.
pub fn snap(vcpu: f64, gib: f64) -> Size {
    let quarters = (vcpu.max(gib / 2.0) * 4.0 - 1e-9).ceil().clamp(1.0, 16.0);
    Size {
        vcpu: quarters / 4.0,
        gib: quarters / 2.0,
    }
}

/// How the workload runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Size of an app's replica.
    pub app: Size,
    /// Replicas of each app that are always there.
    pub min_replicas: u32,
    /// Size of a worker.
    pub worker: Size,
    /// Size of a job.
    pub job: Size,
}

/// The plan with what apps do in it.
#[derive(Clone)]
struct Way {
    plan: Plan,
    starts: ColdStarts,
    /// Replicas of one app that are alive at each load level.
    alive: Vec<f64>,
}

/// The plan with the fewest replicas that are asked for.
pub fn plan(case: &Case<'_>) -> Plan {
    let inputs = case.inputs;
    Plan {
        app: snap(inputs.instance.vcpu, inputs.instance.memory_gib),
        min_replicas: case.min_instances(inputs.http.concurrency, KEEPING, replicas::REDUNDANT),
        worker: snap(inputs.workers.vcpu, inputs.workers.memory_gib),
        job: snap(inputs.jobs.vcpu, inputs.jobs.memory_gib),
    }
}

/// The ways to run the case: with the fewest replicas that are asked for, and with a minimum above it, whose replicas are billed
/// at the idle rate while they wait.
fn ways(case: &Case<'_>) -> Vec<Way> {
    let asked = plan(case);
    let wanted = wanted(&asked, case);
    let way = |min_replicas| {
        let starts = case.starts(case.inputs.http.concurrency, KEEPING, min_replicas);
        Way {
            plan: Plan {
                min_replicas,
                ..asked
            },
            alive: alive(&wanted, &starts),
            starts,
        }
    };
    let mut all = vec![way(asked.min_replicas)];
    let quietest = wanted.iter().copied().fold(f64::INFINITY, f64::min);
    let busiest = wanted.iter().copied().fold(0.0, f64::max);
    let of_load = [quietest.ceil() as u32, busiest.ceil() as u32];
    let above = case.minimums_above(&all[0].starts, replicas::REDUNDANT, &of_load);
    // Below what is alive at every load, none is ever idle.
    let alive = all[0].alive.iter().copied();
    let least = alive.fold(f64::INFINITY, f64::min);
    let idle = |min: &u32| f64::from(*min) >= least;
    all.extend(above.into_iter().filter(idle).map(way));
    all
}

/// Replicas of one size that run for some time, a part of it idle at their minimum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Time {
    /// What they are.
    pub what: &'static str,
    /// Their size.
    pub size: Size,
    /// Seconds at the active rate.
    pub active_s: f64,
    /// Seconds at the idle rate.
    pub idle_s: f64,
}

/// What one month meters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usage {
    /// Apps, environments, workers, jobs and GPU jobs.
    pub times: [Time; 5],
    /// The GPU of GPU jobs.
    pub gpu: Option<&'static GpuSize>,
    /// Requests from outside.
    pub requests: Qty<Request>,
    /// Hours of environments that private endpoints have a fee of.
    pub managed_hours: f64,
}

impl Case<'_> {
    /// Environments, production included, that have a fee of their own since private endpoints lead to them.
    fn managed_environments(&self) -> f64 {
        let around = &self.inputs.surroundings;
        if around.counted && around.private_endpoints > 0 {
            1.0 + self.inputs.environments.len() as f64
        } else {
            0.0
        }
    }
}

impl Usage {
    fn seconds(&self) -> f64 {
        self.times
            .iter()
            .map(|time| time.active_s + time.idle_s)
            .sum()
    }
}

/// What the plan uses.
pub fn usage(plan: &Plan, case: &Case<'_>) -> Usage {
    let starts = case.starts(case.inputs.http.concurrency, KEEPING, plan.min_replicas);
    usage_with(plan, case, &alive(&wanted(plan, case), &starts))
}

/// Replicas of one app that are alive at each load level.
fn alive(wanted: &[f64], starts: &ColdStarts) -> Vec<f64> {
    let levels = wanted.iter().zip(&starts.levels);
    levels
        .map(|(wanted, cold)| cold.alive.max(wanted * cold.alive.min(1.0)))
        .collect()
}

/// Replicas of one app that its rules ask for at each load level: the HTTP rule counts requests per second, whatever their
/// duration; CPU needs its replicas as anywhere.
fn wanted(plan: &Plan, case: &Case<'_>) -> Vec<f64> {
    let c = f64::from(case.inputs.http.concurrency);
    let levels = case.workload.levels.iter();
    levels
        .zip(case.needed_by_level(plan.app.vcpu))
        .map(|(level, needed)| (level.rate / c).max(needed))
        .collect()
}

fn usage_with(plan: &Plan, case: &Case<'_>, alive: &[f64]) -> Usage {
    let w = &case.workload;
    let c = f64::from(case.inputs.http.concurrency);
    let min = f64::from(plan.min_replicas);
    let mut idle = 0.0;
    for (level, alive) in w.levels.iter().zip(alive) {
        // At its minimum a replica that does nothing is idle; above it every one is active.
        if min > 0.0 && *alive <= min {
            let stream = w.stream(level);
            let free = 1.0 - w.held(level, min);
            idle += level.weight * min * free * busy::idle(stream.rate, stream.service_s, c, min);
        }
    }
    let month = w.services * SECONDS_PER_MONTH;
    // What works between requests is never idle.
    let idle_share = if case.inputs.needs.background {
        0.0
    } else {
        case.inputs.assumptions.idle_share
    };
    let idle_s = month * idle * idle_share;
    let kept = case.environment_replicas_kept() * SECONDS_PER_MONTH;
    let active = |what, size, active_s| Time {
        what,
        size,
        active_s,
        idle_s: 0.0,
    };
    let hour = SECONDS_PER_HOUR;
    let gpu = case.gpu_jobs(Vendor::Azure);
    let (profile, gpu_s) = gpu.map_or((plan.job, 0.0), |(gpu, seconds)| {
        let (vcpu, gib) = (gpu.vcpu, gpu.gib);
        (Size { vcpu, gib }, seconds)
    });
    Usage {
        times: [
            Time {
                idle_s,
                ..active(
                    "replica time",
                    plan.app,
                    month * w.lagging(alive, KEEPING.keep_s) - idle_s,
                )
            },
            // At their minimum, without requests.
            Time {
                idle_s: kept * idle_share,
                ..active(
                    "environment replica time",
                    plan.app,
                    kept * (1.0 - idle_share),
                )
            },
            active("worker time", plan.worker, case.worker_hours() * hour),
            active("job time", plan.job, case.job_hours(0.0) * hour),
            active("GPU job time", profile, gpu_s),
        ],
        gpu: gpu.map(|(gpu, _)| gpu),
        requests: w.requests,
        managed_hours: case.managed_environments() * HOURS_PER_MONTH,
    }
}

/// The lines of a month's usage.
///
/// # Errors
///
/// [`NoPrice`], if the book lacks a price on the bill.
pub fn lines(usage: &Usage, prices: &Prices<'_>) -> Result<Bill, NoPrice> {
    let mut bill = Bill::default();
    let active = prices.get(m::ACA_CPU)?;
    let idle = prices.get(m::ACA_CPU_IDLE)?;
    let memory = prices.get(m::ACA_MEMORY)?;
    let (mut active_cpu, mut idle_cpu) = (Qty::<VcpuSecond>::ZERO, Qty::<VcpuSecond>::ZERO);
    let mut all_memory = Qty::<GibSecond>::ZERO;
    for time in &usage.times {
        let seconds = |s: f64| Factor::new(time.what, s, "s");
        let vcpu = Factor::new("size", time.size.vcpu, "vCPU");
        let quantity = Qty::of(time.active_s * time.size.vcpu);
        active_cpu = active_cpu + quantity;
        // How much of the time is idle is an assumption: neither line is surer than that.
        let as_sure = |line: Line, price| {
            if time.idle_s > 0.0 {
                line.assumed(prices.doubt(price))
            } else {
                line
            }
        };
        let line = Line::charge(
            CostCategory::Compute,
            active,
            quantity,
            [seconds(time.active_s), vcpu],
        );
        bill.push(as_sure(line, active));
        let quantity = Qty::of(time.idle_s * time.size.vcpu);
        idle_cpu = idle_cpu + quantity;
        let line = Line::charge(
            CostCategory::Compute,
            idle,
            quantity,
            [seconds(time.idle_s), vcpu],
        );
        bill.push(as_sure(line, idle));
        let both = time.active_s + time.idle_s;
        let quantity = Qty::of(both * time.size.gib);
        all_memory = all_memory + quantity;
        let gib = Factor::new("size", time.size.gib, "GiB");
        bill.push(Line::charge(
            CostCategory::Compute,
            memory,
            quantity,
            [seconds(both), gib],
        ));
    }
    if let Some(gpu) = usage.gpu {
        gpu.line(usage.times[4].active_s, prices, &mut bill)?;
    }
    let requests = prices.get(m::ACA_REQUESTS)?;
    bill.push(Line::charge(
        CostCategory::Compute,
        requests,
        usage.requests,
        [Factor::new("requests", usage.requests.get(), "requests")],
    ));
    if let Some(free) = prices.free_tier(m::ACA_FREE_CPU)? {
        let idle_part = free.value.of_quantity(idle_cpu);
        bill.push(Line::credit(CostCategory::Compute, free, idle, idle_part));
        let rest = (free.value.quantity - idle_part).min(active_cpu);
        bill.push(Line::credit(CostCategory::Compute, free, active, rest));
    }
    if let Some(free) = prices.free_tier(m::ACA_FREE_MEMORY)? {
        bill.push(Line::credit(
            CostCategory::Compute,
            free,
            memory,
            free.value.of_quantity(all_memory),
        ));
    }
    if let Some(free) = prices.free_tier(m::ACA_FREE_REQUESTS)? {
        let free_requests = free.value.of_quantity(usage.requests);
        bill.push(Line::credit(
            CostCategory::Compute,
            free,
            requests,
            free_requests,
        ));
    }
    bill.push(
        Line::charge(
            CostCategory::Platform,
            prices.get(m::ACA_MANAGEMENT)?,
            Qty::of(usage.managed_hours),
            [Factor::new(
                "hours of environments",
                usage.managed_hours,
                "hours",
            )],
        )
        .once(),
    );
    let apps = &usage.times[0];
    let replicas = (apps.active_s + apps.idle_s) / SECONDS_PER_MONTH;
    bill.figure("replicas", replicas, "");
    bill.figure("idle_instance_seconds", apps.idle_s, "s");
    Ok(bill)
}

/// What stands behind the bill.
pub(super) fn capacity_trace(case: &Case<'_>, prices: &Prices<'_>) -> Option<CapacityTrace> {
    let (Way { plan, alive, .. }, _) = chosen(case, prices).ok()?;
    let w = &case.workload;
    let [apps, environments, workers, jobs, gpu_jobs] = usage_with(&plan, case, &alive)
        .times
        .map(|time| (time.active_s + time.idle_s) * time.size.vcpu / SECONDS_PER_MONTH);
    let mut trace = TraceBuilder::new(case, case.inputs.instance.vcpu);
    trace.needed(case, plan.app.vcpu);
    trace.up(
        trace::TARGET_OF_RULES,
        w.services * w.mean_of(&wanted(&plan, case)),
    );
    trace.up(trace::WARM, w.services * w.mean_of(&alive));
    trace.up(trace::LATE, w.services * w.lagging(&alive, KEEPING.keep_s));
    trace.up_to(trace::SOLD, apps);
    trace.others(workers + jobs + gpu_jobs);
    trace.environments(environments);
    let alive = trace::of_all(case, &alive);
    Some(trace.done(trace::hourly(case, "replicas", &alive, KEEPING.keep_s)))
}

/// What stands around the apps. Raw TCP needs a network of one's own, with a load balancer in it for each environment (recalled,
/// from …/container-apps/networking).
fn around(usage: &Usage, case: &Case<'_>) -> Around {
    Around {
        load_balancers: if case.inputs.needs.tcp {
            case.environments_served()
        } else {
            0.0
        },
        ..Around::of(Vendor::Azure, usage.seconds() / SECONDS_PER_MONTH)
    }
}

/// The whole bill without people.
fn bill(case: &Case<'_>, prices: &Prices<'_>) -> Result<Bill, Refusal> {
    chosen(case, prices).map(|(_, bill)| bill)
}

/// The cheapest way to run the case, with its bill.
fn chosen(case: &Case<'_>, prices: &Prices<'_>) -> Result<(Way, Bill), Refusal> {
    let ways = ways(case);
    let use_of = |way: &Way, case: &Case<'_>| usage_with(&way.plan, case, &way.alive);
    let (way, mut bill) = best(&ways, case, prices, use_of, lines, around)?;
    if way.plan.min_replicas > ways[0].plan.min_replicas {
        bill.note(
            "Priced with minReplicas at {}: a replica at its minimum is billed at the idle rate while it waits, which costs \
             less here than fewer replicas would.",
            [Word::Number(f64::from(way.plan.min_replicas))],
        );
    }
    if case.has_services() {
        way.starts.add_figures(case, &mut bill, |more| {
            let plan = Plan {
                min_replicas: more.min,
                ..way.plan
            };
            let alive = alive(&wanted(&plan, case), more);
            let usage = usage_with(&plan, case, &alive);
            whole(&usage, case, prices, lines, around)
        })?;
    }
    Ok((way.clone(), bill))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_snap_to_quarters_with_twice_the_memory() {
        let cases = [
            ((0.08, 0.125), (0.25, 0.5)),
            ((0.25, 0.6), (0.5, 1.0)),
            ((1.0, 1.0), (1.0, 2.0)),
            ((0.3, 8.0), (4.0, 8.0)),
            ((4.0, 1.0), (4.0, 8.0)),
        ];
        for ((vcpu, gib), (sold_vcpu, sold_gib)) in cases {
            let sold = Size {
                vcpu: sold_vcpu,
                gib: sold_gib,
            };
            assert_eq!(snap(vcpu, gib), sold, "{vcpu} vCPU, {gib} GiB");
        }
    }
}
