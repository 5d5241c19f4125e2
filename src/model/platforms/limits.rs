//! What a platform can't do: hard limits, each with the vendor's page. One that nobody has read excludes nothing.

use super::Case;
use crate::model::{
    bill::CannotRun,
    sentence::{Sentence, Word},
};

/// One limit of a platform.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// At most so much, the vendor says.
    AtMost {
        /// The largest value.
        most: f64,
        /// The page.
        page: &'static str,
        /// When it was read.
        read: &'static str,
    },
    /// As much as you like, or set by something else in the bill.
    None,
    /// Nobody has read one; it excludes nothing.
    NotKnown,
}

impl Limit {
    /// At most `most`, by a page read on a day.
    pub const fn at_most(most: f64, page: &'static str, read: &'static str) -> Self {
        Self::AtMost { most, page, read }
    }

    fn check(
        self,
        platform: &'static str,
        wanted: f64,
        text: &'static str,
    ) -> Result<(), CannotRun> {
        match self {
            Self::AtMost { most, page, read } if wanted > most => Err(CannotRun {
                reason: Sentence::new(
                    text,
                    [
                        Word::Name(platform),
                        Word::Number(most),
                        Word::Number(wanted),
                    ],
                ),
                page,
                read,
            }),
            _ => Ok(()),
        }
    }
}

/// What a platform can't do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Largest instance, vCPU.
    pub vcpu: Limit,
    /// Largest instance, GiB.
    pub memory_gib: Limit,
    /// Longest request, s.
    pub request_s: Limit,
    /// Longest job, s.
    pub job_s: Limit,
    /// Most instances of one service.
    pub instances: Limit,
    /// It runs nothing but web services: the page that says so, and when it was read.
    pub only_http: Option<(&'static str, &'static str)>,
}

impl Limits {
    /// No limit that matters here.
    pub const NONE: Self = Self {
        vcpu: Limit::None,
        memory_gib: Limit::None,
        request_s: Limit::None,
        job_s: Limit::None,
        instances: Limit::None,
        only_http: None,
    };

    /// Whether the platform can run the case, by its limits.
    pub fn check(&self, platform: &'static str, case: &Case<'_>) -> Result<(), CannotRun> {
        let inputs = case.inputs;
        if let Some((page, read)) = self.only_http
            && (case.worker_hours() > 0.0 || inputs.jobs.runs_per_month > 0.0)
        {
            return Err(CannotRun {
                reason: Sentence::new(
                    "{} runs web services only; workers and jobs need another platform.",
                    [Word::Name(platform)],
                ),
                page,
                read,
            });
        }
        if case.has_services() {
            self.request_s.check(
                platform,
                case.workload.service_s,
                "{} ends a request after {} s; yours take {} s.",
            )?;
            let instance = &inputs.instance;
            self.size(platform, instance.vcpu, instance.memory_gib, INSTANCE)?;
            self.instances.check(
                platform,
                (case.needed(case.workload.peak(), instance.vcpu) - 1e-9).ceil(),
                "{} runs at most {} instances of a service; yours need {}.",
            )?;
        }
        if case.worker_hours() > 0.0 {
            let workers = &inputs.workers;
            self.size(platform, workers.vcpu, workers.memory_gib, WORKER)?;
        }
        if inputs.jobs.runs_per_month > 0.0 {
            self.size(platform, inputs.jobs.vcpu, inputs.jobs.memory_gib, JOB)?;
            self.job_s.check(
                platform,
                inputs.jobs.minutes * 60.0,
                "{} ends a job after {} s; yours take {} s.",
            )?;
        }
        Ok(())
    }

    fn size(
        &self,
        platform: &'static str,
        vcpu: f64,
        gib: f64,
        [by_vcpu, by_gib]: [&'static str; 2],
    ) -> Result<(), CannotRun> {
        self.vcpu.check(platform, vcpu, by_vcpu)?;
        self.memory_gib.check(platform, gib, by_gib)
    }
}

const INSTANCE: [&str; 2] = [
    "{} gives an instance at most {} vCPU; yours need {}.",
    "{} gives an instance at most {} GiB of memory; yours need {}.",
];
const WORKER: [&str; 2] = [
    "{} gives a worker at most {} vCPU; yours need {}.",
    "{} gives a worker at most {} GiB of memory; yours need {}.",
];
const JOB: [&str; 2] = [
    "{} gives a job at most {} vCPU; yours need {}.",
    "{} gives a job at most {} GiB of memory; yours need {}.",
];
