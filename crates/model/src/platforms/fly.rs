//! Fly.io Machines: services, workers and jobs.
//!
//! Billed: every started machine per second, by its preset and memory, times a region multiplier; traffic out. Each line
//! is rounded to the cent, as the vendor's own examples do. The proxy, IPv6 and a shared IPv4 are included. Left out:
//! stopped machines' disks, volumes, dedicated addresses, managed databases, support plans.
//!
//! Pages: fly.io/docs/about/pricing (2026-10-01), fly.io/docs/machines/guides-examples/machine-sizing (2026).

use super::{
    Case, Definition, Limit, Limits, Support, best,
    capacity_trace::{self as trace, CapacityTrace, TraceBuilder},
    replicas,
    scale_to_zero::{ColdStarts, KeepAlive},
    surroundings::Around,
    whole,
};
use crate::{
    basis::Basis,
    bill::{Bill, CostCategory, Factor, Line, Refusal},
    people::Class,
    prices::{Meter, NoPrice, Price, Prices, meters as m},
    sentence::Word,
    units::{
        Gb, HOURS_PER_MONTH, MachineSecond, Qty, SECONDS_PER_HOUR, SECONDS_PER_MONTH, Unit,
        VcpuSecond,
    },
    vendor::Vendor,
};

const SIZES_PAGE: &str = "https://fly.io/docs/machines/guides-examples/machine-sizing/";

/// What is known of Fly.io.
pub const DEFINITION: Definition = Definition {
    billed: "Every started machine per second, by preset, memory and region, and traffic out; each line to the cent.",
    left_out: &["disks of stopped machines", "volumes", "support plans"],
    pages: &["https://fly.io/docs/about/pricing/"],
    people: Class::Serverless,
    cities: ["iad", "fra", "nrt"],
    limits: Limits {
        vcpu: Limit::at_most(16.0, SIZES_PAGE, "2026"),
        memory_gib: Limit::at_most(128.0, SIZES_PAGE, "2026"),
        request_s: Limit::NotKnown,
        job_s: Limit::None,
        instances: Limit::NotKnown,
        gpu: [Support::no("https://fly.io/docs/gpus/", "recalled"); 3],
        windows: Support::no("https://fly.io/docs/", "recalled"),
        ..Limits::NONE
    },
    closed: None,
    proprietary: "fly.toml and the Machines API are Fly.io's.",
    portable: "The image moves as it is; the rest is written anew.",
    counterpart: None,
    bill,
    trace: capacity_trace,
};

/// A kind of CPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A share of a core that may burst.
    Shared,
    /// A core of one's own.
    Performance,
}

/// A machine as it is sold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Preset {
    /// Shared or performance.
    pub kind: Kind,
    /// How many of them.
    pub cpus: f64,
    /// GB of memory; 1 GB is 1,024 MB here.
    pub gb: f64,
}

/// The largest machine.
const LARGEST: Preset = Preset {
    kind: Kind::Performance,
    cpus: 16.0,
    gb: 128.0,
};

impl Kind {
    /// The meter of one CPU.
    fn meter(self) -> Meter<Price<VcpuSecond>> {
        match self {
            Self::Shared => m::FLY_SHARED,
            Self::Performance => m::FLY_PERFORMANCE,
        }
    }

    /// Numbers of CPUs sold, GB that each brings, most GB for each, step of memory.
    fn sold(self) -> (&'static [f64], f64, f64, f64) {
        match self {
            Self::Shared => (&[1.0, 2.0, 4.0, 8.0], 0.25, 2.0, 0.25),
            Self::Performance => (&[1.0, 2.0, 4.0, 8.0, 16.0], 2.0, 8.0, 2.0),
        }
    }

    /// The machines of this kind with so many CPUs and so much memory at least: more CPUs in one may be cheaper than more
    /// machines, since memory is needed once.
    fn that_hold(self, cpus: f64, gib: f64) -> impl Iterator<Item = Preset> {
        let counts = self.sold().0.iter().copied();
        let larger = counts.filter(move |count| *count >= cpus);
        let mut before = None;
        larger
            .filter_map(move |count| self.snap(count, gib))
            .filter(move |preset| before.replace(preset.cpus) != Some(preset.cpus))
    }

    /// Smallest machine of this kind with so many CPUs and so much memory, if there is one.
    pub fn snap(self, cpus: f64, gib: f64) -> Option<Preset> {
        let (counts, least, most, step) = self.sold();
        let cpus = counts
            .iter()
            .copied()
            .find(|count| *count >= cpus && count * most >= gib)?;
        let gb = ((gib / step - 1e-9).ceil() * step).max(cpus * least);
        Some(Preset {
            kind: self,
            cpus,
            gb,
        })
    }
}

impl Preset {
    /// Cores that the machine keeps up for good.
    fn sustained(&self, case: &Case<'_>) -> f64 {
        match self.kind {
            Kind::Shared => self.cpus * case.inputs.assumptions.fly_shared_cpu,
            Kind::Performance => self.cpus,
        }
    }

    /// Dollars per second in a region, and what they rest on.
    fn rate(&self, prices: &Prices<'_>) -> Result<(f64, Basis), NoPrice> {
        let (_, included, _, _) = self.kind.sold();
        let cpu = prices.get(self.kind.meter())?;
        let memory = prices.get(m::FLY_MEMORY)?;
        let region = prices.get(m::FLY_MULTIPLIER)?;
        let extra = (self.gb - self.cpus * included).max(0.0);
        let rate = (self.cpus * cpu.value.get() + extra * memory.value.get()) * region.value;
        Ok((rate, cpu.basis.with(memory.basis).with(region.basis)))
    }
}

/// The proxy stops a machine "every few minutes" where fewer would do, taken as 300 s; a virtual machine starts in about
/// 0.3 s (fly.io/docs/app-guides/functions-with-machines, 2026).
const KEEPING: KeepAlive = KeepAlive {
    keep_s: 300.0,
    start_s: 0.3,
    connections_take_places: false,
};

/// How the workload runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// A service's machine.
    pub service: Preset,
    /// Machines of each service that are always started where the proxy stops and starts them; else all are, as many as the
    /// busiest hour needs.
    pub autostop: Option<u32>,
    /// A worker.
    pub worker: Preset,
    /// A job.
    pub job: Preset,
}

/// The ways to run the case: services on shared or on performance machines, small or large.
pub fn plans(case: &Case<'_>) -> Vec<Plan> {
    let inputs = case.inputs;
    let plan = |service: Preset, autostop| Plan {
        service,
        autostop,
        worker: steady(inputs.workers.vcpu, inputs.workers.memory_gib, case),
        job: steady(inputs.jobs.vcpu, inputs.jobs.memory_gib, case),
    };
    if !case.has_services() && inputs.environments.is_empty() {
        return vec![plan(LARGEST, None)];
    }
    let started = case.min_instances(inputs.http.concurrency, KEEPING, replicas::REDUNDANT);
    [Kind::Shared, Kind::Performance]
        .into_iter()
        .flat_map(|kind| kind.that_hold(inputs.instance.vcpu, inputs.instance.memory_gib))
        .flat_map(|service| [plan(service, None), plan(service, Some(started))])
        .collect()
}

/// A machine for what works all the time: a shared CPU counts for what it keeps up.
fn steady(vcpu: f64, gib: f64, case: &Case<'_>) -> Preset {
    let shared = Kind::Shared.snap(vcpu / case.inputs.assumptions.fly_shared_cpu, gib);
    shared
        .or_else(|| Kind::Performance.snap(vcpu, gib))
        .unwrap_or(LARGEST)
}

/// What one month meters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usage {
    /// What runs, on which machine, for how many seconds all together.
    pub machines: [(&'static str, Preset, f64); 4],
    /// Traffic out.
    pub egress: Qty<Gb>,
    /// Dedicated IPv4 addresses, which UDP and TCP without TLS need (fly.io/docs/networking/services, 2026).
    pub addresses: f64,
}

/// What a plan uses.
pub fn usage(plan: &Plan, case: &Case<'_>) -> Usage {
    let starts = plan
        .autostop
        .map(|min| case.starts(case.inputs.http.concurrency, KEEPING, min));
    usage_with(plan, case, starts.as_ref())
}

/// Machines of one service that are started at each load level.
fn alive(case: &Case<'_>, cores: f64, starts: &ColdStarts) -> Vec<f64> {
    case.needed_by_level(cores)
        .iter()
        .zip(&starts.levels)
        .map(|(needed, cold)| cold.alive.max(needed * cold.alive.min(1.0)))
        .collect()
}

fn usage_with(plan: &Plan, case: &Case<'_>, starts: Option<&ColdStarts>) -> Usage {
    let w = &case.workload;
    let cores = plan.service.sustained(case);
    let machines = match starts {
        None => replicas::fixed(case, cores),
        Some(starts) => w.services * w.lagging(&alive(case, cores, starts), KEEPING.keep_s),
    };
    let hour = SECONDS_PER_HOUR;
    let month = HOURS_PER_MONTH * hour;
    Usage {
        machines: [
            ("service machine time", plan.service, machines * month),
            (
                "environment machine time",
                plan.service,
                case.environment_replicas_kept() * month,
            ),
            (
                "worker machine time",
                plan.worker,
                case.worker_hours() * hour,
            ),
            ("job machine time", plan.job, case.job_hours(0.0) * hour),
        ],
        egress: Qty::of(case.egress_gb()),
        addresses: case.addresses_for_raw_ports(),
    }
}

/// The lines of a month's usage.
///
/// # Errors
///
/// [`NoPrice`], if the book lacks a price on the bill.
pub fn lines(usage: &Usage, prices: &Prices<'_>) -> Result<Bill, NoPrice> {
    let mut bill = Bill::default();
    for (what, preset, seconds) in usage.machines {
        let (rate, basis) = preset.rate(prices)?;
        let cpu = prices.get(preset.kind.meter())?;
        bill.push(
            Line::composed(
                CostCategory::Compute,
                cpu,
                basis,
                MachineSecond::NAME,
                rate,
                seconds,
                [Factor::new(what, seconds, "s")],
            )
            .rounded_to_cents(),
        );
    }
    bill.push(
        Line::charge(
            CostCategory::Network,
            prices.get(m::FLY_EGRESS)?,
            usage.egress,
            [Factor::new("sent", usage.egress.get(), "GB")],
        )
        .rounded_to_cents(),
    );
    bill.push(Line::charge(
        CostCategory::Network,
        prices.get(m::FLY_IPV4)?,
        Qty::of(usage.addresses),
        [Factor::new(
            "addresses for UDP and raw TCP",
            usage.addresses,
            "",
        )],
    ));
    bill.figure(
        "replicas",
        usage.machines[0].2 / SECONDS_PER_HOUR / HOURS_PER_MONTH,
        "",
    );
    Ok(bill)
}

fn around(usage: &Usage, _case: &Case<'_>) -> Around {
    let seconds: f64 = usage.machines.iter().map(|(_, _, seconds)| seconds).sum();
    Around::of(Vendor::Fly, seconds / SECONDS_PER_MONTH)
}

/// The whole bill without people.
fn bill(case: &Case<'_>, prices: &Prices<'_>) -> Result<Bill, Refusal> {
    chosen(case, prices).map(|(_, bill)| bill)
}

/// What stands behind the bill: vCPU are those of a machine as it is sold, shared or not.
pub(super) fn capacity_trace(case: &Case<'_>, prices: &Prices<'_>) -> Option<CapacityTrace> {
    let (plan, _) = chosen(case, prices).ok()?;
    let starts = plan
        .autostop
        .map(|min| case.starts(case.inputs.http.concurrency, KEEPING, min));
    let [services, environments, workers, jobs] = usage_with(&plan, case, starts.as_ref())
        .machines
        .map(|(_, preset, s)| (s / SECONDS_PER_MONTH, preset.cpus));
    let w = &case.workload;
    let cores = plan.service.sustained(case);
    let mut trace = TraceBuilder::new(case, case.inputs.instance.vcpu.min(cores));
    trace.needed(case, cores);
    let by_level = match &starts {
        None => {
            trace.up("As the busiest hour needs", services.0);
            trace::constant(case, services.0)
        }
        Some(starts) => {
            let alive = alive(case, cores, starts);
            trace.up(trace::WARM, w.services * w.mean_of(&alive));
            trace.up(trace::LATE, services.0);
            trace::of_all(case, &alive)
        }
    };
    let vcpu = |(count, cpus): (f64, f64)| count * cpus;
    trace.up_to("Shared CPUs, sizes sold", vcpu(services));
    trace.others(vcpu(workers) + vcpu(jobs));
    trace.environments(vcpu(environments));
    Some(trace.done(trace::hourly(case, "machines", &by_level, KEEPING.keep_s)))
}

/// Notes what shared CPUs do to a request once they have used up their bursts: at the busiest load it waits for its part of a
/// core, and for those before it (processor sharing).
fn note_queueing(plan: &Plan, case: &Case<'_>, bill: &mut Bill) {
    let w = &case.workload;
    if plan.service.kind != Kind::Shared || w.cpu_s <= 0.0 || !case.has_services() {
        return;
    }
    let cores = plan.service.sustained(case);
    let machines = case.most_needed(cores).max(1.0);
    let busy = (w.peak() * w.cpu_s / (machines * cores)).min(0.99);
    let share = case.inputs.assumptions.fly_shared_cpu;
    let waits_ms = 1_000.0 * w.cpu_s / share / (1.0 - busy);
    bill.note(
        "A shared CPU keeps up {} of a core: once its bursts are used up, the {} ms of CPU of a request take about {} ms at \
         your busiest hour.",
        [share, 1_000.0 * w.cpu_s, waits_ms.round()].map(Word::Number),
    );
}

/// The cheapest way to run the case, with its bill.
fn chosen(case: &Case<'_>, prices: &Prices<'_>) -> Result<(Plan, Bill), Refusal> {
    let plans = plans(case);
    // Every plan with autostop starts machines alike.
    let starts = plans
        .iter()
        .find_map(|plan| plan.autostop)
        .map(|min| case.starts(case.inputs.http.concurrency, KEEPING, min));
    let use_of = |plan: &Plan, case: &Case<'_>| {
        usage_with(
            plan,
            case,
            starts.as_ref().filter(|_| plan.autostop.is_some()),
        )
    };
    let (plan, mut bill) = best(&plans, case, prices, use_of, lines, around)?;
    note_queueing(plan, case, &mut bill);
    let stops = plan.autostop.is_some() && case.has_services();
    if let Some(starts) = starts.as_ref().filter(|_| stops) {
        starts.add_figures(case, &mut bill, |more| {
            let usage = usage_with(plan, case, Some(more));
            whole(&usage, case, prices, lines, around)
        })?;
    }
    Ok((*plan, bill))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_snap_to_presets() {
        let shared = |cpus, gib| {
            Kind::Shared
                .snap(cpus, gib)
                .map(|preset| (preset.cpus, preset.gb))
        };
        let performance = |cpus, gib| {
            Kind::Performance
                .snap(cpus, gib)
                .map(|preset| (preset.cpus, preset.gb))
        };
        assert_eq!(shared(0.08, 0.125), Some((1.0, 0.25)));
        assert_eq!(shared(1.0, 1.1), Some((1.0, 1.25)));
        assert_eq!(shared(1.0, 3.0), Some((2.0, 3.0)));
        assert_eq!(shared(3.0, 0.5), Some((4.0, 1.0)));
        assert_eq!(shared(9.0, 1.0), None);
        assert_eq!(performance(1.0, 1.0), Some((1.0, 2.0)));
        assert_eq!(performance(1.0, 9.0), Some((2.0, 10.0)));
        assert_eq!(performance(16.0, 128.0), Some((16.0, 128.0)));
    }
}
