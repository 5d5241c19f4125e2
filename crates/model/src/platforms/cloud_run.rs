//! Google Cloud Run: services, worker pools and jobs; one file because every platform is one, from plan to lines.
//!
//! Billed under request-based billing: the time in which an instance has at least one request in flight (concurrent requests
//! share it), rounded up to 100 ms for each busy period, and each request. Under instance-based billing: the whole life of an
//! instance, no requests. Jobs: their run time, one minute at least. GPU jobs: GPU-seconds, and the vCPU and memory that come
//! with a GPU. The free tier is a credit at tier-1 prices, once per billing account. Left out: volume mounts, egress inside
//! Google's network.
//!
//! Pages: cloud.google.com/run/pricing (read 2026-09), docs.cloud.google.com/run/docs/about-instance-autoscaling
//! (2026-10-01), …/configuring/services/memory-limits (2026). That each busy period, and not each request, is rounded
//! up is our reading of the pricing page.

use super::{
    Case, Definition, Limit, Limits, Support, best,
    capacity_trace::{self as trace, CapacityTrace, TraceBuilder},
    gpu::GpuSize,
    scale_to_zero::{ColdStarts, KeepAlive},
    surroundings::Around,
    whole,
};
use crate::{
    bill::{Bill, CostCategory, Factor, Line, Refusal},
    capacity::{
        autoscaler::{self, Capacity, Target},
        busy::{self, Busy},
        cold::Cold,
    },
    inputs::{Inputs, at},
    people::Class,
    prices::{BillingAccount, Free, Meter, NoPrice, Price, PriceBook, Prices, meters as m},
    sentence::Word,
    traffic,
    units::{GibSecond, Qty, Request, SECONDS_PER_HOUR, SECONDS_PER_MONTH, Unit, VcpuSecond},
    vendor::Vendor,
    workload::{Level, Stream},
};
use std::rc::Rc;

const CONTRACT_PAGE: &str = "https://docs.cloud.google.com/run/docs/container-contract";
const GPU_PAGE: &str = "https://docs.cloud.google.com/run/docs/configuring/services/gpu";
const MEMORY_PAGE: &str =
    "https://docs.cloud.google.com/run/docs/configuring/services/memory-limits";

/// What is known of Cloud Run.
pub const DEFINITION: Definition = Definition {
    billed: "vCPU- and GiB-seconds while an instance has requests in flight, and each request; or the whole life of an \
             instance, if that is cheaper.",
    left_out: &["volume mounts", "traffic inside Google's network"],
    pages: &["https://cloud.google.com/run/pricing"],
    people: Class::Serverless,
    cities: ["us-central1", "europe-west1", "asia-northeast1"],
    limits: Limits {
        vcpu: Limit::at_most(
            8.0,
            "https://docs.cloud.google.com/run/quotas",
            "2026-10-01",
        ),
        memory_gib: Limit::at_most(32.0, MEMORY_PAGE, "2026"),
        request_s: Limit::at_most(
            3_600.0,
            "https://docs.cloud.google.com/run/docs/configuring/request-timeout",
            "2026-10-01",
        ),
        job_s: Limit::at_most(
            604_800.0,
            "https://docs.cloud.google.com/run/docs/configuring/task-timeout",
            "2026-10-01",
        ),
        volume: Support::no(CONTRACT_PAGE, "2026-10-01"),
        gpu: [
            Support::Yes,
            Support::Yes,
            Support::no(GPU_PAGE, "2026-10-01"),
        ],
        udp: Support::no(CONTRACT_PAGE, "2026-10-01"),
        tcp: Support::no(CONTRACT_PAGE, "2026-10-01"),
        windows: Support::no(CONTRACT_PAGE, "2026"),
        privileged: Support::no(CONTRACT_PAGE, "recalled"),
        ..Limits::NONE
    },
    closed: None,
    proprietary: "IAM, revision tags and VPC settings are Google's.",
    portable: "The image moves as it is, and the service file follows the Knative Serving API.",
    counterpart: None,
    bill,
    trace: capacity_trace,
};

/// The autoscaler aims at 60 % of concurrency and of CPU (about-instance-autoscaling, read 2026-10-01).
const TARGET: Target = Target {
    concurrency_share: 0.6,
    cpu_share: 0.6,
};
/// Billed time is rounded up to 100 ms.
const GRANULARITY_S: f64 = 0.1;
/// An instance is kept for up to 15 minutes after its last request. Google publishes no start-up time; blogs have 0.3 to
/// 5 s, and this is their geometric middle.
const KEEPING: KeepAlive = KeepAlive {
    keep_s: 900.0,
    start_s: 1.2,
    connections_take_places: true,
};
/// A job is billed for one minute at least.
const JOB_MINIMUM_S: f64 = 60.0;
/// Jobs and worker pools get one vCPU and 512 MiB at least.
const SECOND_GENERATION: Size = Size {
    vcpu: 1.0,
    gib: 0.5,
};

/// A size that Cloud Run sells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// vCPU.
    pub vcpu: f64,
    /// GiB of memory.
    pub gib: f64,
}

impl Size {
    /// What comes with a GPU.
    fn beside(gpu: &GpuSize) -> Self {
        Self {
            vcpu: gpu.vcpu,
            gib: gpu.gib,
        }
    }
}

/// What a service pays for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Billing {
    /// The time with requests in flight.
    Request,
    /// The whole life of an instance.
    Instance,
}

/// One way to run the workload.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Size of a service's instance.
    pub service: Size,
    /// Requests at once on an instance.
    pub concurrency: u32,
    /// What services pay for.
    pub billing: Billing,
    /// Instances of each service that are kept, whatever the traffic.
    pub min_instances: u32,
    /// Size of a worker.
    pub worker: Size,
    /// Workers run in a worker pool, else as services that are always on.
    pub pool: bool,
    /// Size of a job.
    pub job: Size,
}

/// Smallest size sold that holds so much. Above one vCPU there are 2, 4, 6 and 8; memory asks for vCPU and the
/// other way round.
pub fn snap(vcpu: f64, gib: f64) -> Size {
    // vCPU, smallest memory, largest memory.
    const SOLD: [(f64, f64, f64); 5] = [
        (1.0, 0.125, 4.0),
        (2.0, 0.125, 8.0),
        (4.0, 2.0, 16.0),
        (6.0, 4.0, 24.0),
        (8.0, 4.0, 32.0),
    ];
    let least_for_memory = if gib <= 0.5 {
        0.08
    } else if gib <= 1.0 {
        0.5
    } else {
        1.0
    };
    let small = vcpu.max(least_for_memory);
    if small < 1.0 {
        return Size {
            // Sold in hundredths; a sum of tenths must not count as the next one.
            vcpu: ((small * 100.0 - 1e-9).ceil() / 100.0),
            gib: gib.max(0.125),
        };
    }
    let (vcpu, least, _) = SOLD
        .into_iter()
        .find(|(sold, _, most)| *sold >= vcpu && *most >= gib)
        .unwrap_or(SOLD[SOLD.len() - 1]);
    Size {
        vcpu,
        gib: gib.max(least),
    }
}

/// The smallest size of a job, or of a worker in a pool, that holds one that is sold.
pub fn second_generation(size: Size) -> Size {
    snap(
        size.vcpu.max(SECOND_GENERATION.vcpu),
        size.gib.max(SECOND_GENERATION.gib),
    )
}

/// The ways to run the case, with the fewest instances that are asked for.
pub fn plans(case: &Case<'_>) -> Vec<Plan> {
    let inputs = case.inputs;
    let asked = snap(inputs.instance.vcpu, inputs.instance.memory_gib);
    let whole = snap(asked.vcpu.max(1.0), asked.gib);
    let worker = snap(inputs.workers.vcpu, inputs.workers.memory_gib);
    let job = second_generation(snap(inputs.jobs.vcpu, inputs.jobs.memory_gib));
    let concurrency = inputs.http.concurrency;
    let mut services = vec![(whole, concurrency, Billing::Instance)];
    // What works between requests needs CPU then, which request-based billing doesn't give.
    if !inputs.needs.background {
        services.insert(0, (whole, concurrency, Billing::Request));
    }
    if asked.vcpu < 1.0 && !inputs.needs.background {
        // Below one vCPU there is one request at a time, and request-based billing only.
        services.push((asked, 1, Billing::Request));
    }
    let pools: &[bool] = if inputs.workers.count > 0 {
        &[true, false]
    } else {
        &[true]
    };
    services
        .into_iter()
        .flat_map(|(service, concurrency, billing)| {
            let min_instances = case.min_instances(concurrency, KEEPING, 1);
            pools.iter().map(move |pool| Plan {
                service,
                concurrency,
                billing,
                min_instances,
                worker: second_generation(worker),
                pool: *pool,
                job,
            })
        })
        .collect()
}

/// Whether it may be cheaper to keep one more instance of a service than to start it: an instance is billed while it starts, and one
/// that is kept at the idle rate whenever no request is in flight on it. A vCPU that is idle costs `idle_share` of one that works.
fn one_kept_may_pay(asked: &ColdStarts, case: &Case<'_>, idle_share: f64) -> bool {
    let w = &case.workload;
    let (mut starting, mut idle) = (0.0, 0.0);
    for (level, cold) in w.levels.iter().zip(&asked.levels) {
        let stream = w.stream(level);
        starting += level.weight * stream.rate * cold.probability * asked.start.mean_s();
        let busy_at_most = stream.rate * (stream.service_s + GRANULARITY_S);
        let kept = f64::from(asked.min);
        idle += level.weight * (kept + 1.0 - busy_at_most.max(kept)).max(0.0);
    }
    starting > idle_share * idle
}

/// The ways to run the case and how instances start and stop in each: with the fewest instances that are asked for, and above it with
/// as many as may be cheaper to keep than to start.
fn ways(case: &Case<'_>, prices: &Prices<'_>) -> Vec<(Plan, Rc<ColdStarts>)> {
    let rate =
        |meter: Meter<Price<VcpuSecond>>| prices.get(meter).map_or(0.0, |price| price.value.get());
    let idle_share = rate(m::CLOUD_RUN_IDLE_CPU) / rate(m::CLOUD_RUN_CPU);
    let mut all: Vec<(Plan, Rc<ColdStarts>)> = Vec::new();
    for plan in plans(case) {
        let starts_with = |min| Rc::new(case.starts(plan.concurrency, KEEPING, min));
        // Nearly all plans keep instances alike.
        let alike = all.iter().find(|(other, _)| {
            (other.concurrency, other.min_instances) == (plan.concurrency, plan.min_instances)
        });
        let asked = alike.map_or_else(
            || starts_with(plan.min_instances),
            |(_, starts)| Rc::clone(starts),
        );
        if plan.billing == Billing::Request && one_kept_may_pay(&asked, case, idle_share) {
            let kept = |min_instances| {
                (
                    Plan {
                        min_instances,
                        ..plan
                    },
                    starts_with(min_instances),
                )
            };
            let above = case.minimums_above(&asked, 1, &[]);
            all.extend(above.into_iter().map(kept));
        }
        all.push((plan, asked));
    }
    all
}

impl Plan {
    /// What one instance can do at once.
    fn one(&self) -> Capacity {
        Capacity {
            concurrency: f64::from(self.concurrency),
            vcpu: self.service.vcpu,
        }
    }
}

/// What one month meters, over all services.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usage {
    /// What services pay for.
    pub billing: Billing,
    /// Size of a service's instance.
    pub service: Size,
    /// Billed seconds of services' instances.
    pub service_s: f64,
    /// Between which the billed seconds may lie, since neither the routing nor how a busy period is rounded is published.
    pub service_s_band: (f64, f64),
    /// Seconds of instances that are kept without a request in flight.
    pub idle_s: f64,
    /// Seconds of instances of environments beside production that are kept, without requests.
    pub environment_s: f64,
    /// Requests that are billed: none under instance-based billing.
    pub requests: Qty<Request>,
    /// Size of a worker.
    pub worker: Size,
    /// Seconds of workers.
    pub worker_s: f64,
    /// Workers run in a pool.
    pub pool: bool,
    /// Size of a job.
    pub job: Size,
    /// Billed seconds of jobs.
    pub job_s: f64,
    /// The GPU of GPU jobs, and their seconds.
    pub gpu: Option<(&'static GpuSize, f64)>,
    /// Mean instances in service, over all services.
    pub in_service: f64,
    /// Mean instances alive, over all services.
    pub alive: f64,
    /// Mean busy instances before rounding, over all services; not counted under instance-based billing.
    pub busy: f64,
}

/// What a plan uses.
pub fn usage(plan: &Plan, case: &Case<'_>) -> Usage {
    let starts = case.starts(plan.concurrency, KEEPING, plan.min_instances);
    usage_with(plan, case, &starts)
}

fn usage_with(plan: &Plan, case: &Case<'_>, starts: &ColdStarts) -> Usage {
    let w = &case.workload;
    let mut mean = Levels::default();
    let mut alive = Vec::with_capacity(w.levels.len());
    for (level, cold) in w.levels.iter().zip(&starts.levels) {
        let at = at_level(plan, case, level, cold, starts);
        alive.push(at.alive);
        mean.in_service += level.weight * at.in_service;
        if plan.billing == Billing::Instance {
            continue;
        }
        let At { busy, starting, .. } = at;
        mean.busy += level.weight * busy.instances;
        mean.billed += level.weight * (busy.rounded + starting);
        mean.idle += level.weight * at.idle;
        let stream = w.stream(level);
        let c = f64::from(plan.concurrency);
        let (low, high) = busy::band(stream.rate, stream.service_s, c, at.in_service);
        // However they are packed, instances give no more CPU than they have.
        let low = low.max(stream.rate * stream.cpu_s / plan.service.vcpu);
        // And connections that are kept need their places.
        let low = low.max((level.connections / c).ceil().min(level.connections));
        let rounding = busy.rounded / busy.instances.max(f64::MIN_POSITIVE);
        mean.low += level.weight * (low.min(busy.instances) + starting);
        mean.high += level.weight * ((high * rounding).max(busy.rounded) + starting);
    }
    let month = w.services * SECONDS_PER_MONTH;
    let billed = match plan.billing {
        Billing::Request => mean.billed,
        Billing::Instance => w.lagging(&alive, KEEPING.keep_s),
    };
    let band = match plan.billing {
        Billing::Request => (mean.low, mean.high),
        Billing::Instance => (billed, billed),
    };
    let inputs = case.inputs;
    Usage {
        billing: plan.billing,
        service: plan.service,
        service_s: month * billed,
        service_s_band: (month * band.0, month * band.1),
        idle_s: month * mean.idle,
        environment_s: case.environment_replicas_kept() * SECONDS_PER_MONTH,
        requests: match plan.billing {
            Billing::Request => w.requests,
            Billing::Instance => Qty::ZERO,
        },
        worker: plan.worker,
        worker_s: f64::from(inputs.workers.count)
            * inputs.workers.hours_per_month
            * SECONDS_PER_HOUR,
        pool: plan.pool,
        job: plan.job,
        job_s: inputs.jobs.runs_per_month * case.run_s().max(JOB_MINIMUM_S),
        gpu: case.gpu_jobs(Vendor::GoogleCloud),
        in_service: w.services * mean.in_service,
        alive: w.services * w.mean_of(&alive),
        busy: w.services * mean.busy,
    }
}

/// Mean instances of one service at a load level.
#[derive(Clone, Copy, Debug)]
struct At {
    /// In service, as many as the autoscaler wants.
    in_service: f64,
    /// Alive, those included that wait for their last request to be long ago.
    alive: f64,
    /// Busy, before and after rounding.
    busy: Busy,
    /// Starting, which is billed.
    starting: f64,
    /// Kept without a request in flight.
    idle: f64,
}

fn at_level(plan: &Plan, case: &Case<'_>, level: &Level, cold: &Cold, starts: &ColdStarts) -> At {
    let Stream {
        rate,
        service_s,
        cpu_s,
    } = case.workload.stream(level);
    let one = plan.one();
    let c = one.concurrency;
    let kept = f64::from(plan.min_instances);
    let in_service = if rate > 0.0 {
        autoscaler::instances(rate, service_s, cpu_s, one, TARGET)
            .max(1.0)
            .max(kept)
    } else {
        kept
    };
    let mut at = At {
        in_service,
        // The autoscaler's own number counts for as long as there is an instance at all.
        alive: cold.alive.max(in_service * cold.alive.min(1.0)),
        busy: Busy::default(),
        starting: 0.0,
        idle: 0.0,
    };
    if plan.billing == Billing::Instance {
        return at;
    }
    at.busy = busy::busy(rate, service_s, c, in_service, GRANULARITY_S);
    let held = case.workload.held(level, in_service);
    if held > 0.0 {
        // Besides those that connections hold, instances are busy by requests alone.
        let (rate, service_s) = (level.rate, case.workload.service_s);
        let by_requests = busy::busy(rate, service_s, c, in_service, GRANULARITY_S);
        let with = |busy: f64| in_service * held + (1.0 - held) * busy;
        at.busy.instances = at.busy.instances.max(with(by_requests.instances));
        at.busy.rounded = at.busy.rounded.max(with(by_requests.rounded));
    }
    // An instance is billed while it starts.
    at.starting = rate * cold.probability * starts.start.mean_s();
    // A kept instance is billed either active or idle: idle is what rounding leaves of it.
    at.idle = if in_service > 0.0 && kept > 0.0 {
        let idle_share = (1.0 - at.busy.rounded / in_service).max(0.0);
        busy::kept_idle(kept, in_service, idle_share)
    } else {
        kept
    };
    at
}

/// Means over the load levels, for one service.
#[derive(Clone, Copy, Debug, Default)]
struct Levels {
    in_service: f64,
    busy: f64,
    billed: f64,
    idle: f64,
    low: f64,
    high: f64,
}

/// The lines of a month's usage.
///
/// # Errors
///
/// [`NoPrice`], if the book lacks a price on the bill.
pub fn lines(usage: &Usage, prices: &Prices<'_>) -> Result<Bill, NoPrice> {
    let mut bill = Bill::default();
    let service = ("billed instance time", usage.service_s, usage.service);
    let worker = ("worker time", usage.worker_s, usage.worker);
    let job = ("job time", usage.job_s, usage.job);
    let environments = (
        "environment instance time",
        usage.environment_s,
        usage.service,
    );

    let request_based = Meters {
        cpu: m::CLOUD_RUN_CPU,
        memory: m::CLOUD_RUN_MEMORY,
        free: Some((m::CLOUD_RUN_FREE_CPU, m::CLOUD_RUN_FREE_MEMORY)),
    };
    let instance_based = Meters {
        cpu: m::CLOUD_RUN_INSTANCE_CPU,
        memory: m::CLOUD_RUN_INSTANCE_MEMORY,
        free: Some((
            m::CLOUD_RUN_FREE_INSTANCE_CPU,
            m::CLOUD_RUN_FREE_INSTANCE_MEMORY,
        )),
    };
    let worker_pool = Meters {
        cpu: m::CLOUD_RUN_WORKER_CPU,
        memory: m::CLOUD_RUN_WORKER_MEMORY,
        free: None,
    };
    let mut by_instance = vec![job];
    if let Some((gpu, seconds)) = usage.gpu {
        gpu.line(seconds, prices, &mut bill)?;
        by_instance.push(("GPU job time", seconds, Size::beside(gpu)));
    }
    match usage.billing {
        Billing::Request => {
            request_based.lines(&[service], prices, &mut bill)?;
            let idle = Meters {
                cpu: m::CLOUD_RUN_IDLE_CPU,
                memory: m::CLOUD_RUN_IDLE_MEMORY,
                free: None,
            };
            let times = [
                ("idle instance time", usage.idle_s, usage.service),
                environments,
            ];
            idle.lines(&times, prices, &mut bill)?;
        }
        Billing::Instance => {
            by_instance.insert(0, service);
            by_instance.push(environments);
        }
    }
    request_lines(usage.requests, prices, &mut bill)?;
    if usage.pool {
        worker_pool.lines(&[worker], prices, &mut bill)?;
    } else {
        by_instance.push(worker);
    }
    instance_based.lines(&by_instance, prices, &mut bill)?;

    bill.figure("billed_instance_seconds", usage.service_s, "s");
    bill.figure("instances", usage.in_service, "");
    bill.figure("alive_instances", usage.alive, "");
    if usage.billing == Billing::Request {
        bill.figure("busy_instances", usage.busy, "");
        bill.figure("idle_instance_seconds", usage.idle_s, "s");
    }
    Ok(bill)
}

fn request_lines(
    requests: Qty<Request>,
    prices: &Prices<'_>,
    bill: &mut Bill,
) -> Result<(), NoPrice> {
    if requests == Qty::ZERO {
        return Ok(());
    }
    let price = prices.get(m::CLOUD_RUN_REQUESTS)?;
    let factors = [Factor::new("requests", requests.get(), "requests")];
    bill.push(Line::charge(
        CostCategory::Compute,
        price,
        requests,
        factors,
    ));
    if let Some(free) = prices.free_tier(m::CLOUD_RUN_FREE_REQUESTS)? {
        bill.push(Line::credit(
            CostCategory::Compute,
            free,
            price,
            free.value.of_quantity(requests),
        ));
    }
    Ok(())
}

/// Instance seconds of one kind: what they are, how many, and of which size.
type Time = (&'static str, f64, Size);

/// The allowances of one way of billing.
type FreeTier = (
    Meter<Free<VcpuSecond, BillingAccount>>,
    Meter<Free<GibSecond, BillingAccount>>,
);

/// The meters of one way of billing instances, and the allowance of it.
struct Meters {
    cpu: Meter<Price<VcpuSecond>>,
    memory: Meter<Price<GibSecond>>,
    free: Option<FreeTier>,
}

impl Meters {
    /// The lines of these instance seconds; the allowance is taken off their sum.
    fn lines(&self, times: &[Time], prices: &Prices<'_>, bill: &mut Bill) -> Result<(), NoPrice> {
        if times.iter().all(|(_, seconds, _)| *seconds == 0.0) {
            return Ok(());
        }
        let cpu = Self::charge(self.cpu, times, |size| (size.vcpu, "vCPU"), prices, bill)?;
        let memory = Self::charge(self.memory, times, |size| (size.gib, "GiB"), prices, bill)?;
        if let Some((free_cpu, free_memory)) = self.free {
            credit(self.cpu, free_cpu, cpu, prices, bill)?;
            credit(self.memory, free_memory, memory, prices, bill)?;
        }
        Ok(())
    }

    fn charge<U: Unit>(
        meter: Meter<Price<U>>,
        times: &[Time],
        per_instance: impl Fn(&Size) -> (f64, &'static str),
        prices: &Prices<'_>,
        bill: &mut Bill,
    ) -> Result<Qty<U>, NoPrice> {
        let price = prices.get(meter)?;
        let mut sum = Qty::ZERO;
        for (what, seconds, size) in times {
            let (amount, unit) = per_instance(size);
            let quantity = Qty::of(seconds * amount);
            sum = sum + quantity;
            let factors = [
                Factor::new(what, *seconds, "s"),
                Factor::new("size", amount, unit),
            ];
            bill.push(Line::charge(
                CostCategory::Compute,
                price,
                quantity,
                factors,
            ));
        }
        Ok(sum)
    }
}

/// The free tier: so many units at tier-1 prices, taken off what was spent.
fn credit<U: Unit>(
    meter: Meter<Price<U>>,
    free: Meter<Free<U, BillingAccount>>,
    used: Qty<U>,
    prices: &Prices<'_>,
    bill: &mut Bill,
) -> Result<(), NoPrice> {
    let Some(free) = prices.free_tier(free)? else {
        return Ok(());
    };
    let tier_1 = prices.reference(meter)?;
    let actual = prices.get(meter)?;
    let worth = free.value.of_worth(tier_1.value, actual.value, used);
    bill.push(Line::credit(CostCategory::Compute, free, tier_1, worth));
    Ok(())
}

fn around(usage: &Usage, _case: &Case<'_>) -> Around {
    let seconds = usage.service_s
        + usage.idle_s
        + usage.environment_s
        + usage.worker_s
        + usage.job_s
        + usage.gpu.map_or(0.0, |(_, seconds)| seconds);
    Around::of(Vendor::GoogleCloud, seconds / SECONDS_PER_MONTH)
}

/// The whole bill without people.
fn bill(case: &Case<'_>, prices: &Prices<'_>) -> Result<Bill, Refusal> {
    chosen(case, prices).map(|(_, bill, _)| bill)
}

/// The cheapest way to run the case, with its bill, and how its instances start and stop.
fn chosen(case: &Case<'_>, prices: &Prices<'_>) -> Result<(Plan, Bill, Rc<ColdStarts>), Refusal> {
    let ways = ways(case, prices);
    let use_of =
        |(plan, starts): &(Plan, Rc<ColdStarts>), case: &Case<'_>| usage_with(plan, case, starts);
    let ((plan, starts), mut bill) = best(&ways, case, prices, use_of, lines, around)?;
    let no_pool_rate = prices.get(m::CLOUD_RUN_WORKER_CPU).is_err();
    if case.worker_hours() > 0.0 && no_pool_rate {
        bill.note(
            "Google\u{2019}s rate of worker pools is not known in {}: workers are billed as services that are always on, which \
             costs more.",
            [Word::Name(prices.region().name())],
        );
    }
    if plan.min_instances > case.min_instances(plan.concurrency, KEEPING, 1) {
        bill.note(
            "Priced with a minimum of {} for each service: an instance that is kept is billed at the idle rate while it waits, \
             which is cheaper here than to start it.",
            [Word::Number(f64::from(plan.min_instances))],
        );
    }
    if !case.has_services() {
        return Ok((*plan, bill, Rc::clone(starts)));
    }
    let with = |usage: &Usage| whole(usage, case, prices, lines, around);
    starts.add_figures(case, &mut bill, |more| {
        let plan = Plan {
            min_instances: more.min,
            ..*plan
        };
        with(&usage_with(&plan, case, more))
    })?;
    if plan.billing == Billing::Request {
        let here = usage_with(plan, case, starts);
        for (id, service_s) in [
            ("infrastructure_low_usd", here.service_s_band.0),
            ("infrastructure_high_usd", here.service_s_band.1),
        ] {
            let bound = with(&Usage { service_s, ..here })?;
            bill.figure(id, bound.infrastructure().get(), "USD");
        }
    }
    Ok((*plan, bill, Rc::clone(starts)))
}

/// What stands behind the bill: under request-based billing instances are those that are billed, busy, starting or idle.
pub(super) fn capacity_trace(case: &Case<'_>, prices: &Prices<'_>) -> Option<CapacityTrace> {
    let (plan, _, starts) = chosen(case, prices).ok()?;
    let usage = usage_with(&plan, case, &starts);
    let w = &case.workload;
    let levels: Vec<At> = w
        .levels
        .iter()
        .zip(&starts.levels)
        .map(|(level, cold)| at_level(&plan, case, level, cold, &starts))
        .collect();
    let of = |figure: &dyn Fn(&At) -> f64| -> Vec<f64> {
        levels.iter().map(|at| w.services * figure(at)).collect()
    };
    let vcpu = plan.service.vcpu;
    let mut trace = TraceBuilder::new(case, case.inputs.instance.vcpu.min(vcpu));
    let (by_level, lag_s) = match plan.billing {
        Billing::Request => {
            let busy = usage.busy;
            let rounded = w.mean_of(&of(&|at| at.busy.rounded));
            trace.up("Waiting while in flight", busy);
            trace.up("Rounding up to 100 ms", rounded);
            trace.up("Starting", usage.service_s / SECONDS_PER_MONTH);
            trace.up(
                "Kept warm",
                (usage.service_s + usage.idle_s) / SECONDS_PER_MONTH,
            );
            (of(&|at| at.busy.rounded + at.starting + at.idle), 0.0)
        }
        Billing::Instance => {
            let wanted = w.mean(|level| {
                let stream = w.stream(level);
                let Stream {
                    rate,
                    service_s,
                    cpu_s,
                } = stream;
                autoscaler::wanted(rate, service_s, cpu_s, plan.one(), TARGET)
            });
            trace.up(trace::TARGET, w.services * wanted);
            trace.up(trace::WHOLE, usage.in_service);
            trace.up(trace::WARM, usage.alive);
            trace.up(trace::LATE, usage.service_s / SECONDS_PER_MONTH);
            (of(&|at| at.alive), KEEPING.keep_s)
        }
    };
    let sold = (usage.service_s + usage.idle_s) / SECONDS_PER_MONTH * vcpu;
    trace.up_to(trace::SOLD, sold);
    let beside_gpus = usage.gpu.map_or(0.0, |(gpu, seconds)| seconds * gpu.vcpu);
    let others = usage.worker_s * plan.worker.vcpu + usage.job_s * plan.job.vcpu + beside_gpus;
    trace.others(others / SECONDS_PER_MONTH);
    trace.environments(usage.environment_s / SECONDS_PER_MONTH * vcpu);
    Some(trace.done(trace::hourly(case, "instances", &by_level, lag_s)))
}

/// Requests a month, all services together, from which on the bill is lower under instance-based billing, found on the bill
/// itself; none where the one or the other always is.
pub fn instance_billing_from(inputs: &Inputs, book: &PriceBook) -> Option<f64> {
    /// Halvings of the search: so many come within two hundred-thousandths.
    const STEPS: u32 = 20;
    if inputs.needs.background || inputs.http.requests_per_month <= 0.0 {
        return None;
    }
    let prices = book
        .in_region(inputs.region)
        .with_free_tiers(inputs.options.free_tier);
    // The shape of the week stays as it is.
    let levels = traffic::levels_of(&inputs.traffic);
    let request_based_is_dearer = |requests: f64| {
        let mut inputs = inputs.clone();
        inputs.http.requests_per_month = requests;
        let case = Case::with_levels(&inputs, &levels);
        let total = |billing: Billing| {
            let of_it: Vec<Plan> = plans(&case)
                .into_iter()
                .filter(|plan| plan.billing == billing)
                .collect();
            let found = best(&of_it, &case, &prices, usage, lines, around).ok()?;
            Some(found.1.total())
        };
        Some(total(Billing::Request)? > total(Billing::Instance)?)
    };
    let range = at::http::requests_per_month.range()?;
    let (mut low, mut high) = (range.min, range.max);
    if request_based_is_dearer(low)? || !request_based_is_dearer(high)? {
        return None;
    }
    for _ in 0..STEPS {
        let middle = libm::sqrt(low * high);
        if request_based_is_dearer(middle)? {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_snap_to_what_is_sold() {
        let cases = [
            ((0.083, 0.25), (0.09, 0.25)),
            ((0.08, 0.125), (0.08, 0.125)),
            ((0.1, 0.75), (0.5, 0.75)),
            ((0.5, 2.0), (1.0, 2.0)),
            ((1.0, 5.0), (2.0, 5.0)),
            ((3.0, 1.0), (4.0, 2.0)),
            ((1.0, 32.0), (8.0, 32.0)),
            ((5.0, 1.0), (6.0, 4.0)),
        ];
        for ((vcpu, gib), (sold_vcpu, sold_gib)) in cases {
            assert_eq!(
                snap(vcpu, gib),
                Size {
                    vcpu: sold_vcpu,
                    gib: sold_gib
                },
                "{vcpu} vCPU, {gib} GiB"
            );
        }
    }
}
