//! What stands behind the means of a bill: instances hour by hour, and the way from the vCPU that is used to the vCPU that
//! is paid.
//!
//! Each platform's file has its own numbers here from the same functions as its usage, so that nothing is modelled twice.
//! An hour has the instances of its load level ([`traffic::levels`] joins hours that are nearly alike), and the hour after a
//! fall has those too that the platform keeps for some time: so the mean over whole periods of the traffic is what is billed.

use super::Case;
use crate::{
    inputs::{FIELD_PADDING, Inputs},
    traffic,
    units::{HOURS_PER_MONTH, SECONDS_PER_HOUR, SECONDS_PER_MONTH},
};

/// What a platform has over a week, all services together.
#[derive(Clone, Debug, PartialEq)]
pub struct Hourly {
    /// Of what, in the plural: instances, nodes.
    pub unit: &'static str,
    /// Mean number in each hour of the week, Monday 00:00 first.
    pub by_hour: Vec<f64>,
    /// After how many hours the traffic begins anew; a week has no whole number of some periods.
    pub period: usize,
}

impl Hourly {
    /// The mean over the whole periods of the week: the number that is billed.
    pub fn mean(&self) -> f64 {
        let whole = self.by_hour.len() / self.period * self.period;
        self.by_hour[..whole].iter().sum::<f64>() / whole as f64
    }

    /// The fewest and the most.
    pub fn range(&self) -> (f64, f64) {
        let hours = self.by_hour.iter().copied();
        let fewest = hours.clone().fold(f64::INFINITY, f64::min);
        (fewest, hours.fold(0.0, f64::max))
    }
}

/// One step of the way from the vCPU that is used to the vCPU that is paid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// What takes it.
    pub what: &'static str,
    /// Mean vCPU that it adds; below zero where less is paid than used, as instances share busy time.
    pub vcpu: f64,
}

/// What stands behind a bill.
#[derive(Clone, Debug, PartialEq)]
pub struct CapacityTrace {
    /// Instances hour by hour.
    pub hourly: Hourly,
    /// From used to paid, what requests use first. Their sum is the mean vCPU that is paid.
    pub steps: Vec<Step>,
    /// What would be paid with other padding: in the field, or in a well-run cluster; none where padding isn't billed.
    pub beside: Option<Step>,
}

impl CapacityTrace {
    /// Mean vCPU that is paid.
    pub fn paid(&self) -> f64 {
        self.steps.iter().map(|step| step.vcpu).sum()
    }

    /// Mean vCPU that requests use.
    pub fn used(&self) -> f64 {
        self.steps.first().map_or(0.0, |step| step.vcpu)
    }
}

/// Requests per second in each hour of the week, all services together.
pub fn requests_by_hour(inputs: &Inputs) -> Vec<f64> {
    let steps = traffic::steps(&inputs.traffic);
    let mean = inputs.http.requests_per_month / SECONDS_PER_MONTH;
    traffic::step_of_hour(&steps)
        .into_iter()
        .map(|place| steps[place].load * mean)
        .collect()
}

/// The week of what there is at each load level, which follows a falling load `lag_s` seconds later.
pub(super) fn hourly(case: &Case<'_>, unit: &'static str, by_level: &[f64], lag_s: f64) -> Hourly {
    let steps = traffic::steps(&case.inputs.traffic);
    let of_step = traffic::levels(&steps, case.workload.levels.len()).of_step;
    let of_hour = traffic::step_of_hour(&steps);
    let period: usize = steps.iter().map(|step| step.hours as usize).sum();
    let level = |hour: usize| of_step[of_hour[hour % period]];
    let at = |hour: usize| {
        let (before, now) = (level(hour + period - 1), level(hour));
        let late: f64 = if now < before {
            (by_level[before] - by_level[now]).max(0.0) * lag_s / SECONDS_PER_HOUR
        } else {
            0.0
        };
        by_level[now] + late
    };
    Hourly {
        unit,
        by_hour: (0..traffic::HOURS).map(at).collect(),
        period,
    }
}

/// The way up from the vCPU that is used. What instances of services come to is told in counts of instances of `each` vCPU,
/// never below what their requests use.
pub(super) struct TraceBuilder {
    steps: Vec<Step>,
    each: f64,
    /// Used by requests.
    used: f64,
    /// Used by workers and jobs.
    others: f64,
    /// Where the trace of the services stands.
    at: f64,
}

impl TraceBuilder {
    pub(super) fn new(case: &Case<'_>, each: f64) -> Self {
        let w = &case.workload;
        let used = w.services * w.mean(|level| level.rate) * w.cpu_s;
        let others = case.useful_vcpu() - used;
        let mut trace = Self {
            // Stays, though it may be nothing: it is what all else is held against.
            steps: vec![Step {
                what: "Used by requests",
                vcpu: used,
            }],
            each,
            used,
            others,
            at: used,
        };
        trace.add("Used by workers and jobs", others);
        trace
    }

    /// A step that adds so much; one of nothing is left out.
    pub(super) fn add(&mut self, what: &'static str, vcpu: f64) {
        // What is less is rounding.
        const LEAST: f64 = 1e-9;
        if vcpu.abs() > LEAST {
            self.steps.push(Step { what, vcpu });
        }
    }

    /// A step up to so many instances of all services.
    pub(super) fn up(&mut self, what: &'static str, count: f64) {
        self.up_to(what, (count * self.each).max(self.used));
    }

    /// A step up to so much vCPU of all services.
    pub(super) fn up_to(&mut self, what: &'static str, vcpu: f64) {
        self.add(what, vcpu - self.at);
        self.at = vcpu;
    }

    /// The steps up to the replicas that the load asks for at each level: what the autoscaler aims at, then whole ones.
    pub(super) fn needed(&mut self, case: &Case<'_>, vcpu: f64) {
        let w = &case.workload;
        let wanted = w.mean(|level| case.wanted(level.rate, vcpu));
        self.up(TARGET, w.services * wanted);
        self.up(WHOLE, w.services * w.mean_of(&case.needed_by_level(vcpu)));
    }

    /// Adds the steps of replicas of an autoscaler that keeps a minimum and waits before it takes one away.
    pub(super) fn autoscaled(&mut self, case: &Case<'_>, vcpu: f64, by_level: &[f64], lag_s: f64) {
        let w = &case.workload;
        self.needed(case, vcpu);
        self.up(FEWEST, w.services * w.mean_of(by_level));
        self.up(LATE, w.services * w.lagging(by_level, lag_s));
    }

    /// What workers and jobs pay for, where sizes, or times, are more than they use.
    pub(super) fn others(&mut self, vcpu: f64) {
        self.add("Workers and jobs, sizes sold", vcpu - self.others);
    }

    /// What environments beside production pay for.
    pub(super) fn environments(&mut self, vcpu: f64) {
        self.add("Other environments", vcpu);
    }

    /// What is used by workers and jobs.
    pub(super) fn used_by_others(&self) -> f64 {
        self.others
    }

    pub(super) fn done(self, hourly: Hourly) -> CapacityTrace {
        CapacityTrace {
            hourly,
            steps: self.steps,
            beside: None,
        }
    }
}

/// The other of two figures of padding, and what it is: that of the field beside a well-run cluster, and the other way round.
pub fn other_padding(inputs: &Inputs) -> (f64, &'static str) {
    if inputs.assumptions.requests_padding < FIELD_PADDING {
        (FIELD_PADDING, "Paid in the field")
    } else {
        (1.0, "Paid in a well-run one")
    }
}

pub(super) const TARGET: &str = "Room for bursts";
pub(super) const WHOLE: &str = "Whole instances";
pub(super) const FEWEST: &str = "The fewest that are kept";
pub(super) const LATE: &str = "Kept after the load falls";
pub(super) const TARGET_OF_RULES: &str = "Rule for requests a second";
pub(super) const WARM: &str = "Alive between requests";
pub(super) const SOLD: &str = "Sizes that are sold";

/// Mean vCPU of so many hours in a month on a size.
pub(super) fn mean_vcpu(hours: f64, vcpu: f64) -> f64 {
    hours * vcpu / HOURS_PER_MONTH
}

/// A figure of one service at each level, for all services.
pub(super) fn of_all(case: &Case<'_>, by_level: &[f64]) -> Vec<f64> {
    by_level
        .iter()
        .map(|figure| case.workload.services * figure)
        .collect()
}

/// As many at every level.
pub(super) fn constant(case: &Case<'_>, count: f64) -> Vec<f64> {
    vec![count; case.workload.levels.len()]
}
