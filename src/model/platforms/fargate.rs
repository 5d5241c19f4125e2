//! AWS Fargate on ECS: services, workers and scheduled tasks.
//!
//! Billed: the size of every task, per second, one minute at least, from image pull to end; used or not. 20 GB of disk
//! are included. Left out: Windows, capacity providers, service discovery, cross-zone traffic.
//!
//! Pages: aws.amazon.com/fargate/pricing (2026), docs.aws.amazon.com/AmazonECS/latest/developerguide/
//! fargate-tasks-services.html (2026-10-01).

use super::{
    About, Case, Limit, Limits, cheapest,
    surroundings::{self, Cloud},
};
use crate::model::{
    bill::{Bill, Factor, Line, Part, Refusal},
    capacity::autoscaler::{self, Capacity, Target},
    people::Class,
    prices::{NoPrice, Prices, meters as m},
    units::{HOURS_PER_MONTH, Qty, SECONDS_PER_HOUR},
};

const SIZES_PAGE: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html";

/// What is known of Fargate.
pub const ABOUT: About = About {
    id: "fargate",
    name: "AWS Fargate",
    billed: "vCPU- and GB-hours of every task at its full size, per second, one minute at least.",
    left_out: "Windows, service discovery and traffic between zones.",
    pages: &["https://aws.amazon.com/fargate/pricing/"],
    people: Class::Fargate,
    cities: ["us-east-1", "eu-west-1", "ap-northeast-1"],
    limits: Limits {
        vcpu: Limit::at_most(32.0, SIZES_PAGE, "2026-10-01"),
        memory_gib: Limit::at_most(244.0, SIZES_PAGE, "2026-10-01"),
        request_s: Limit::None,
        job_s: Limit::None,
    },
};

/// A task is billed for one minute at least.
const MINIMUM_S: f64 = 60.0;
/// Disk that a task has without paying, GB.
pub const FREE_DISK_GB: f64 = 20.0;
/// Production runs two tasks at least: Fargate is redundant over zones only with tasks in two of them.
const REDUNDANT: f64 = 2.0;

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
}

/// The one way to run the case.
pub fn plan(case: &Case<'_>) -> Plan {
    let inputs = case.inputs;
    let service = snap(inputs.instance.vcpu, inputs.instance.memory_gib);
    Plan {
        service,
        tasks: replicas(case, service.vcpu),
        worker: snap(inputs.workers.vcpu, inputs.workers.memory_gib),
        job: snap(inputs.jobs.vcpu, inputs.jobs.memory_gib),
        disk_gb: FREE_DISK_GB,
    }
}

/// Mean number of replicas that target tracking keeps, over all services: enough for the load, two of each service at
/// least, none without traffic.
pub(super) fn replicas(case: &Case<'_>, vcpu: f64) -> f64 {
    let w = &case.workload;
    let assumptions = &case.inputs.assumptions;
    let target = Target {
        concurrency_share: assumptions.target_concurrency,
        cpu_share: assumptions.target_cpu,
    };
    let one = Capacity {
        concurrency: f64::from(case.inputs.http.concurrency),
        vcpu,
    };
    if !case.has_services() {
        return 0.0;
    }
    w.services
        * w.mean(|level| {
            autoscaler::instances(level.rate, w.service_s, w.cpu_s, one, target).max(REDUNDANT)
        })
}

/// What one month meters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usage {
    /// Size and hours of services' tasks.
    pub services: (Size, f64),
    /// Size and hours of workers.
    pub workers: (Size, f64),
    /// Size and hours of jobs.
    pub jobs: (Size, f64),
    /// Disk of every task, GB.
    pub disk_gb: f64,
}

impl Usage {
    fn hours(&self) -> f64 {
        self.services.1 + self.workers.1 + self.jobs.1
    }
}

/// What the plan uses.
pub fn usage(plan: &Plan, case: &Case<'_>) -> Usage {
    let inputs = case.inputs;
    // Billed per second: a part of a second counts as a whole one.
    let run_s = (inputs.jobs.minutes * 60.0 - 1e-9).ceil().max(MINIMUM_S);
    Usage {
        services: (plan.service, plan.tasks * HOURS_PER_MONTH),
        workers: (
            plan.worker,
            f64::from(inputs.workers.count) * inputs.workers.hours_per_month,
        ),
        jobs: (
            plan.job,
            inputs.jobs.runs_per_month * run_s / SECONDS_PER_HOUR,
        ),
        disk_gb: plan.disk_gb,
    }
}

/// The lines of a month's usage.
pub fn lines(usage: &Usage, prices: &Prices<'_>) -> Result<Bill, NoPrice> {
    let mut bill = Bill::default();
    let cpu = prices.get(m::FARGATE_CPU)?;
    let memory = prices.get(m::FARGATE_MEMORY)?;
    for (what, (size, hours)) in [
        ("service task hours", usage.services),
        ("worker task hours", usage.workers),
        ("job task hours", usage.jobs),
    ] {
        let time = Factor::new(what, hours, "hours");
        bill.push(Line::charge(
            Part::Compute,
            cpu,
            Qty::of(hours * size.vcpu),
            [time, Factor::new("size", size.vcpu, "vCPU")],
        ));
        bill.push(Line::charge(
            Part::Compute,
            memory,
            Qty::of(hours * size.gb),
            [time, Factor::new("size", size.gb, "GB")],
        ));
    }
    let paid_gb = usage.disk_gb - FREE_DISK_GB;
    if paid_gb > 0.0 {
        bill.push(Line::charge(
            Part::Compute,
            prices.get(m::FARGATE_STORAGE)?,
            Qty::of(usage.hours() * paid_gb),
            [
                Factor::new("task hours", usage.hours(), "hours"),
                Factor::new("disk above 20 GB", paid_gb, "GB"),
            ],
        ));
    }
    Ok(bill)
}

/// The whole bill without people.
pub(super) fn bill(case: &Case<'_>, prices: &Prices<'_>) -> Result<Bill, Refusal> {
    let plan = plan(case);
    let usage = usage(&plan, case);
    cheapest([lines(&usage, prices).and_then(|mut bill| {
        let months = usage.hours() / HOURS_PER_MONTH;
        let around = surroundings::Around {
            cloud: Cloud::Aws,
            instance_months: months,
            load_balancer: case.has_services(),
            addresses: months,
            in_cluster_monitoring: false,
        };
        surroundings::lines(&around, case, prices, &mut bill)?;
        bill.figure("replicas", plan.tasks, "");
        Ok(bill)
    })])
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
