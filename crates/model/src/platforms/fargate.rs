//! AWS Fargate on ECS: services, workers and scheduled tasks.
//!
//! Billed: the size of every task, per second, one minute at least, from image pull to end; used or not. 20 GB of disk
//! are included. Left out: capacity providers, service discovery, cross-zone traffic.
//!
//! Pages: aws.amazon.com/fargate/pricing (2026), docs.aws.amazon.com/AmazonECS/latest/developerguide/
//! fargate-tasks-services.html (2026-10-01).

use super::{
    Case, Definition, Limit, Limits, Support,
    capacity_trace::{self as trace, CapacityTrace, TraceBuilder, mean_vcpu},
    cheapest, replicas,
    surroundings::Around,
};
use crate::{
    bill::{Bill, CostCategory, Factor, Line, Refusal},
    inputs::Inputs,
    people::Class,
    platform::Platform,
    prices::{Meter, NoPrice, Price, Prices, meters as m},
    units::{GbHour, HOURS_PER_MONTH, Qty, VcpuHour},
    vendor::Vendor,
};

const SIZES_PAGE: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html";

const PARAMETERS_PAGE: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html";

/// What is known of Fargate.
pub const DEFINITION: Definition = Definition {
    billed: "vCPU- and GB-hours of every task at its full size, per second, one minute at least.",
    left_out: &["service discovery"],
    pages: &["https://aws.amazon.com/fargate/pricing/"],
    people: Class::Fargate,
    cities: ["us-east-1", "eu-west-1", "ap-northeast-1"],
    limits: LIMITS,
    closed: None,
    proprietary: "The task definition, the service and IAM roles are AWS's.",
    portable: "The image moves as it is; the rest is written anew.",
    counterpart: None,
    bill,
    trace,
};

/// The sizes that Fargate has for Linux.
pub(super) const LIMITS: Limits = Limits {
    vcpu: Limit::at_most(32.0, SIZES_PAGE, "2026-10-01"),
    memory_gib: Limit::at_most(244.0, SIZES_PAGE, "2026-10-01"),
    gpu: [Support::no(PARAMETERS_PAGE, "2026-10-01"); 3],
    privileged: Support::no(SIZES_PAGE, "2026"),
    ..Limits::NONE
};

/// The sizes that Fargate has for Windows: 1, 2 and 4 vCPU.
const WINDOWS_LIMITS: Limits = Limits {
    vcpu: Limit::at_most(4.0, SIZES_PAGE, "2026"),
    memory_gib: Limit::at_most(30.0, SIZES_PAGE, "2026"),
    ..LIMITS
};
/// The smallest task of Windows, vCPU.
const SMALLEST_WINDOWS: f64 = 1.0;

/// What a task runs on: each has meters of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// Linux on x86 processors.
    X86,
    /// Linux on Arm processors.
    Arm,
    /// Windows, on x86 processors.
    Windows,
}

impl Runtime {
    fn of(inputs: &Inputs) -> Self {
        if inputs.needs.windows {
            Self::Windows
        } else if inputs.buy.arm {
            Self::Arm
        } else {
            Self::X86
        }
    }

    /// The smallest size sold that holds so much.
    fn snap(self, vcpu: f64, gib: f64) -> Size {
        match self {
            Self::X86 | Self::Arm => snap(vcpu, gib),
            Self::Windows => snap(vcpu.max(SMALLEST_WINDOWS), gib),
        }
    }

    /// What a task is billed for at least, s.
    fn minimum_s(self) -> f64 {
        match self {
            Self::X86 | Self::Arm => 60.0,
            Self::Windows => 300.0,
        }
    }

    fn meters(self) -> Meters {
        match self {
            Self::X86 => X86,
            Self::Arm => (m::FARGATE_ARM_CPU, m::FARGATE_ARM_MEMORY),
            Self::Windows => (m::FARGATE_WINDOWS_CPU, m::FARGATE_WINDOWS_MEMORY),
        }
    }
}

/// Disk that a task has without paying, GB.
pub const FREE_DISK_GB: f64 = 20.0;

/// A size that Fargate sells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// vCPU.
    pub vcpu: f64,
    /// GB of memory; AWS writes GB and means GiB.
    pub gb: f64,
}

/// Smallest size sold that holds so much.
pub fn snap(vcpu: f64, gib: f64) -> Size {
    // vCPU, smallest and largest memory, step of memory.
    const SOLD: [(f64, f64, f64, f64); 7] = [
        (0.25, 0.5, 2.0, 1.0),
        (0.5, 1.0, 4.0, 1.0),
        (1.0, 2.0, 8.0, 1.0),
        (2.0, 4.0, 16.0, 1.0),
        (4.0, 8.0, 30.0, 1.0),
        (8.0, 16.0, 60.0, 4.0),
        (16.0, 32.0, 120.0, 8.0),
    ];
    for (sold, least, most, step) in SOLD {
        if sold >= vcpu && most >= gib {
            let gb = if gib <= least {
                least
            } else {
                // The memory steps start at zero for every size.
                ((gib / step - 1e-9).ceil() * step).min(most)
            };
            return Size { vcpu: sold, gb };
        }
    }
    let gb = [60.0, 120.0, 244.0]
        .into_iter()
        .find(|gb| *gb >= gib)
        .unwrap_or(244.0);
    Size { vcpu: 32.0, gb }
}

/// How the workload runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Size of a service's task.
    pub service: Size,
    /// Mean number of tasks, over all services.
    pub tasks: f64,
    /// Size of a worker.
    pub worker: Size,
    /// Size of a job.
    pub job: Size,
    /// Disk of every task, GB.
    pub disk_gb: f64,
    /// What the tasks run on.
    pub runtime: Runtime,
}

/// The one way to run the case.
pub fn plan(case: &Case<'_>) -> Plan {
    let inputs = case.inputs;
    let runtime = Runtime::of(inputs);
    let size = |vcpu, gib| runtime.snap(vcpu, gib);
    Plan {
        service: size(inputs.instance.vcpu, inputs.instance.memory_gib),
        tasks: replicas::autoscaled(case, serving_vcpu(case), replicas::ECS_LAG_S),
        worker: size(inputs.workers.vcpu, inputs.workers.memory_gib),
        job: size(inputs.jobs.vcpu, inputs.jobs.memory_gib),
        disk_gb: FREE_DISK_GB,
        runtime,
    }
}

/// vCPU of a task that are there for requests.
fn serving_vcpu(case: &Case<'_>) -> f64 {
    let instance = &case.inputs.instance;
    let runtime = Runtime::of(case.inputs);
    runtime.snap(instance.vcpu, instance.memory_gib).vcpu
}

/// What one month meters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usage {
    /// Size and hours of services' tasks.
    pub services: (Size, f64),
    /// Size and hours of the tasks of environments beside production.
    pub environments: (Size, f64),
    /// Size and hours of workers.
    pub workers: (Size, f64),
    /// Size and hours of jobs.
    pub jobs: (Size, f64),
    /// Disk of every task, GB.
    pub disk_gb: f64,
    /// What the tasks run on.
    pub runtime: Runtime,
}

impl Usage {
    /// Hours of all tasks.
    pub fn hours(&self) -> f64 {
        self.services.1 + self.environments.1 + self.workers.1 + self.jobs.1
    }
}

/// What the plan uses.
pub fn usage(plan: &Plan, case: &Case<'_>) -> Usage {
    Usage {
        services: (plan.service, plan.tasks * HOURS_PER_MONTH),
        environments: (plan.service, case.environment_replicas() * HOURS_PER_MONTH),
        workers: (plan.worker, case.worker_hours()),
        jobs: (plan.job, case.job_hours(plan.runtime.minimum_s())),
        disk_gb: plan.disk_gb,
        runtime: plan.runtime,
    }
}

/// The lines of a month's usage.
///
/// # Errors
///
/// [`NoPrice`], if the book lacks a price on the bill.
pub fn lines(usage: &Usage, prices: &Prices<'_>) -> Result<Bill, NoPrice> {
    let mut bill = Bill::default();
    for (what, (size, hours)) in [
        ("service task hours", usage.services),
        ("environment task hours", usage.environments),
        ("worker task hours", usage.workers),
        ("job task hours", usage.jobs),
    ] {
        task_lines(
            what,
            CostCategory::Compute,
            size,
            hours,
            usage.runtime.meters(),
            prices,
            &mut bill,
        )?;
        if usage.runtime == Runtime::Windows {
            bill.push(Line::charge(
                CostCategory::Compute,
                prices.get(m::FARGATE_WINDOWS_LICENCE)?,
                Qty::of(hours * size.vcpu),
                [
                    Factor::new(what, hours, "hours"),
                    Factor::new("size", size.vcpu, "vCPU"),
                ],
            ));
        }
    }
    let paid_gb = usage.disk_gb - FREE_DISK_GB;
    if paid_gb > 0.0 {
        bill.push(Line::charge(
            CostCategory::Compute,
            prices.get(m::FARGATE_STORAGE)?,
            Qty::of(usage.hours() * paid_gb),
            [
                Factor::new("task hours", usage.hours(), "hours"),
                Factor::new("disk above 20 GB", paid_gb, "GB"),
            ],
        ));
    }
    bill.figure("replicas", usage.services.1 / HOURS_PER_MONTH, "");
    Ok(bill)
}

/// The meters of a task's vCPU and memory.
pub(super) type Meters = (Meter<Price<VcpuHour>>, Meter<Price<GbHour>>);

/// Of tasks on x86 processors.
pub(super) const X86: Meters = (m::FARGATE_CPU, m::FARGATE_MEMORY);

/// What stands behind the bill, if there is one: not every size and region runs Windows.
fn trace(case: &Case<'_>, prices: &Prices<'_>) -> Option<CapacityTrace> {
    let runs = !case.inputs.needs.windows || bill(case, prices).is_ok();
    runs.then(|| capacity_trace(case))
}

/// The lines of tasks of one size.
pub(super) fn task_lines(
    what: &'static str,
    category: CostCategory,
    size: Size,
    hours: f64,
    (cpu, memory): Meters,
    prices: &Prices<'_>,
    bill: &mut Bill,
) -> Result<(), NoPrice> {
    let time = Factor::new(what, hours, "hours");
    bill.push(Line::charge(
        category,
        prices.get(cpu)?,
        Qty::of(hours * size.vcpu),
        [time, Factor::new("size", size.vcpu, "vCPU")],
    ));
    bill.push(Line::charge(
        category,
        prices.get(memory)?,
        Qty::of(hours * size.gb),
        [time, Factor::new("size", size.gb, "GB")],
    ));
    Ok(())
}

/// What stands behind the bill.
pub(super) fn capacity_trace(case: &Case<'_>) -> CapacityTrace {
    let serving = serving_vcpu(case);
    capacity_trace_of(
        case,
        &plan(case),
        serving,
        replicas::ECS_LAG_S,
        "tasks",
        &[],
    )
}

/// What stands behind the bill, for another plan, of whose tasks so many vCPU serve requests, and another lag, where these
/// further things pay for so much vCPU.
pub(super) fn capacity_trace_of(
    case: &Case<'_>,
    plan: &Plan,
    serving: f64,
    lag_s: f64,
    unit: &'static str,
    more: &[(&'static str, f64)],
) -> CapacityTrace {
    let usage = usage(plan, case);
    let by_level = replicas::by_level(case, serving);
    let mut trace = TraceBuilder::new(case, case.inputs.instance.vcpu);
    trace.autoscaled(case, serving, &by_level, lag_s);
    trace.up_to(trace::SOLD, plan.tasks * plan.service.vcpu);
    let paid = |(size, hours): (Size, f64)| mean_vcpu(hours, size.vcpu);
    trace.others(paid(usage.workers) + paid(usage.jobs));
    for (what, vcpu) in more {
        trace.add(what, *vcpu);
    }
    trace.environments(paid(usage.environments));
    let by_level = trace::of_all(case, &by_level);
    trace.done(trace::hourly(case, unit, &by_level, lag_s))
}

fn around(usage: &Usage, case: &Case<'_>) -> Around {
    around_with(usage, case.load_balancers())
}

/// What stands around tasks that so many load balancers serve. Without NAT every task needs an address of its own.
pub(super) fn around_with(usage: &Usage, load_balancers: f64) -> Around {
    let tasks = usage.hours() / HOURS_PER_MONTH;
    Around {
        load_balancers,
        machines: tasks,
        own_addresses: true,
        ..Around::of(Vendor::Aws, tasks)
    }
}

/// The whole bill without people.
fn bill(case: &Case<'_>, prices: &Prices<'_>) -> Result<Bill, Refusal> {
    if case.inputs.needs.windows {
        WINDOWS_LIMITS.check(Platform::Fargate.name(), case)?;
    }
    cheapest(&[plan(case)], case, prices, usage, lines, around)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_snap_to_what_is_sold() {
        let cases = [
            ((0.1, 0.1), (0.25, 0.5)),
            ((0.25, 0.6), (0.25, 1.0)),
            ((0.25, 2.0), (0.25, 2.0)),
            ((0.25, 2.1), (0.5, 3.0)),
            ((1.0, 1.0), (1.0, 2.0)),
            ((3.0, 31.0), (8.0, 32.0)),
            ((4.0, 30.0), (4.0, 30.0)),
            ((8.0, 17.0), (8.0, 20.0)),
            ((16.0, 33.0), (16.0, 40.0)),
            ((17.0, 10.0), (32.0, 60.0)),
            ((1.0, 244.0), (32.0, 244.0)),
        ];
        for ((vcpu, gib), (sold_vcpu, sold_gb)) in cases {
            assert_eq!(
                snap(vcpu, gib),
                Size {
                    vcpu: sold_vcpu,
                    gb: sold_gb
                },
                "{vcpu} vCPU, {gib} GiB"
            );
        }
    }
}
