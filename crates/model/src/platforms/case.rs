//! What every platform is asked to run.

use crate::{
    inputs::Inputs,
    traffic::{self, Levels},
    units::{HOURS_PER_MONTH, SECONDS_PER_HOUR},
    workload::Workload,
};

/// What every platform is asked to run.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// What the user set.
    pub inputs: &'a Inputs,
    /// The demand that follows.
    pub workload: Workload,
    /// Replicas of the size that the user set that one service needs at each level: most platforms have that size.
    pub(super) needed: Vec<f64>,
}

impl<'a> Case<'a> {
    /// The case that the inputs describe.
    pub fn of(inputs: &'a Inputs) -> Self {
        Self::with_levels(inputs, &traffic::levels_of(&inputs.traffic))
    }

    /// The case that the inputs describe, in load levels that are known.
    pub fn with_levels(inputs: &'a Inputs, levels: &Levels) -> Self {
        let mut case = Self {
            inputs,
            workload: Workload::with_levels(inputs, levels),
            needed: Vec::new(),
        };
        case.needed = case.needed_by_level(inputs.instance.vcpu);
        case
    }

    /// The same demand, with inputs that differ in nothing that it follows from: in who runs it.
    pub(crate) fn with_inputs<'b>(&self, inputs: &'b Inputs) -> Case<'b> {
        Case {
            inputs,
            workload: self.workload.clone(),
            needed: self.needed.clone(),
        }
    }

    /// Whether there is any HTTP service to run.
    pub fn has_services(&self) -> bool {
        self.workload.requests.get() > 0.0
    }

    /// The longest request, s: what the user says, and never less than the mean.
    pub fn longest_request_s(&self) -> f64 {
        self.inputs
            .needs
            .long_request_s
            .max(self.workload.service_s)
    }

    /// Hours that workers run in a month, all together.
    pub fn worker_hours(&self) -> f64 {
        let workers = &self.inputs.workers;
        f64::from(workers.count) * workers.hours_per_month
    }

    /// Seconds that a run takes, what is around its work included.
    pub fn run_s(&self) -> f64 {
        self.inputs.jobs.minutes * 60.0 + self.inputs.assumptions.run_overhead_s
    }

    /// Hours that jobs run in a month, all together, where each run counts `minimum_s` at least.
    pub fn job_hours(&self, minimum_s: f64) -> f64 {
        let jobs = &self.inputs.jobs;
        jobs.runs_per_month * self.run_s().max(minimum_s) / SECONDS_PER_HOUR
    }

    /// Mean number of jobs that run at the same time.
    pub fn jobs_at_once(&self) -> f64 {
        self.job_hours(0.0) / HOURS_PER_MONTH
    }
}
