//! What a platform can't do: hard limits, each with the vendor's page. One that nobody has read excludes nothing.

use super::Case;
use crate::{
    bill::{Bar, CannotRun},
    inputs::Gpu,
    region::Region,
    sentence::{Sentence, Word},
};

/// Requests shorter than this run everywhere.
const USUAL_REQUEST_S: f64 = 60.0;

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
                by: Bar::Limit,
                workload: None,
            }),
            _ => Ok(()),
        }
    }
}

/// Whether a platform has something that a workload may need.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Support {
    /// It has, or may well have: nobody has read that it has not.
    Yes,
    /// It has not, the vendor says.
    No {
        /// The page.
        page: &'static str,
        /// When it was read; `recalled` where it was not.
        read: &'static str,
    },
    /// Only in a way that this calculator does not price.
    Only {
        /// Which way: "on a dedicated IPv4 address".
        how: &'static str,
        /// The page.
        page: &'static str,
        /// When it was read.
        read: &'static str,
    },
    /// Nobody has read either; it excludes nothing.
    NotKnown,
}

impl Support {
    /// It has not, by a page read on a day.
    pub const fn no(page: &'static str, read: &'static str) -> Self {
        Self::No { page, read }
    }

    /// Only so, by a page read on a day.
    pub const fn only(how: &'static str, page: &'static str, read: &'static str) -> Self {
        Self::Only { how, page, read }
    }

    fn check(
        self,
        platform: &'static str,
        needed: bool,
        missing: &'static str,
        only: &'static str,
    ) -> Result<(), CannotRun> {
        let (text, words, page, read) = match self {
            _ if !needed => return Ok(()),
            Self::Yes | Self::NotKnown => return Ok(()),
            Self::No { page, read } => (missing, vec![Word::Name(platform)], page, read),
            Self::Only { how, page, read } => (
                only,
                vec![Word::Name(platform), Word::Name(how)],
                page,
                read,
            ),
        };
        Err(CannotRun {
            reason: Sentence::new(text, words),
            page,
            read,
            by: match self {
                Self::Only { .. } => Bar::Condition,
                _ => Bar::Limit,
            },
            workload: None,
        })
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
    /// Workers and jobs.
    pub background: Support,
    /// CPU between requests.
    pub between_requests: Support,
    /// A volume that survives a restart.
    pub volume: Support,
    /// Graphics processors for jobs, in each of [`crate::region::Region::ALL`].
    pub gpu: [Support; 3],
    /// UDP from outside.
    pub udp: Support,
    /// TCP from outside that is not HTTP.
    pub tcp: Support,
    /// Windows containers.
    pub windows: Support,
    /// Privileged containers.
    pub privileged: Support,
    /// Websockets and streams.
    pub websocket: Support,
    /// A service mesh's sidecars.
    pub mesh: Support,
}

impl Limits {
    /// No limit that matters here.
    pub const NONE: Self = Self {
        vcpu: Limit::None,
        memory_gib: Limit::None,
        request_s: Limit::None,
        job_s: Limit::None,
        instances: Limit::None,
        background: Support::Yes,
        between_requests: Support::Yes,
        volume: Support::Yes,
        gpu: [Support::Yes; 3],
        udp: Support::Yes,
        tcp: Support::Yes,
        windows: Support::Yes,
        privileged: Support::Yes,
        websocket: Support::Yes,
        mesh: Support::Yes,
    };

    /// What of the limits nobody has read, as far as the case needs it: in words.
    pub fn not_known(&self, case: &Case<'_>) -> Vec<&'static str> {
        let inputs = case.inputs;
        let needs = &inputs.needs;
        let number = |limit: Limit| limit == Limit::NotKnown;
        let thing = |support: Support| support == Support::NotKnown;
        [
            (
                number(self.request_s) && case.longest_request_s() > USUAL_REQUEST_S,
                "the longest request",
            ),
            (
                number(self.job_s) && inputs.jobs.runs_per_month > 0.0,
                "the longest job",
            ),
            (
                number(self.instances) && case.has_services(),
                "the most instances of a service",
            ),
            (
                thing(self.volume) && needs.local_state,
                "persistent volumes",
            ),
            (
                thing(self.gpu[inputs.region as usize]) && needs.gpu == Gpu::Light,
                "GPUs in this region",
            ),
            (thing(self.udp) && needs.udp, "UDP"),
            (thing(self.tcp) && needs.tcp, "raw TCP"),
            (thing(self.windows) && needs.windows, "Windows containers"),
            (
                thing(self.privileged) && needs.privileged,
                "privileged containers",
            ),
        ]
        .into_iter()
        .filter_map(|(open, what)| open.then_some(what))
        .collect()
    }

    /// The page about GPUs in a region, and when it was read.
    pub(super) fn gpu_page(&self, region: Region) -> (&'static str, &'static str) {
        match self.gpu[region as usize] {
            Support::No { page, read } | Support::Only { page, read, .. } => (page, read),
            Support::Yes | Support::NotKnown => ("", ""),
        }
    }

    /// Whether the platform can run the case, by its limits.
    ///
    /// # Errors
    ///
    /// The first limit that the case is beyond, with its page.
    pub fn check(&self, platform: &'static str, case: &Case<'_>) -> Result<(), CannotRun> {
        let inputs = case.inputs;
        let needs = &inputs.needs;
        objective(platform, case)?;
        self.background.check(
            platform,
            case.worker_hours() > 0.0 || inputs.jobs.runs_per_month > 0.0,
            "{} runs web services only; workers and jobs need another platform.",
            "{} runs workers and jobs only {}, which is not priced here.",
        )?;
        self.between_requests.check(
            platform,
            needs.background && case.has_services(),
            "{} gives an instance no CPU between requests.",
            "{} gives an instance CPU between requests only {}, which is not priced here.",
        )?;
        self.udp.check(
            platform,
            needs.udp,
            "{} doesn't accept UDP from outside.",
            "{} accepts UDP only {}, which is not priced here.",
        )?;
        self.tcp.check(
            platform,
            needs.tcp,
            "{} doesn't accept raw TCP from outside, only HTTP.",
            "{} accepts raw TCP only {}, which is not priced here.",
        )?;
        // What serves models is a pool of its own, see `gpu`.
        self.gpu[inputs.region as usize].check(
            platform,
            needs.gpu == Gpu::Light,
            if self
                .gpu
                .iter()
                .all(|region| matches!(region, Support::No { .. }))
            {
                "{} offers no GPUs."
            } else {
                "{} offers no GPUs in this region."
            },
            "{} offers GPUs only {}, which is not priced here.",
        )?;
        self.volume.check(
            platform,
            needs.local_state,
            "{} offers no persistent volumes.",
            "{} offers persistent volumes only {}, which is not priced here.",
        )?;
        self.windows.check(
            platform,
            needs.windows,
            "{} doesn't run Windows containers.",
            "{} runs Windows containers only {}, which is not priced here.",
        )?;
        self.privileged.check(
            platform,
            needs.privileged,
            "{} doesn't run privileged containers.",
            "{} runs privileged containers only {}, which is not priced here.",
        )?;
        self.websocket.check(
            platform,
            inputs.connections.count > 0.0,
            "{} doesn't support websockets or streams.",
            "{} supports websockets and streams only {}, which is not priced here.",
        )?;
        self.mesh.check(
            platform,
            needs.mesh,
            "{} runs no service mesh: no DaemonSets, no init container with NET_ADMIN.",
            "{} runs a service mesh only {}, which is not priced here.",
        )?;
        if case.has_services() {
            self.request_s.check(
                platform,
                case.longest_request_s(),
                "{} ends requests after {} s; yours take up to {} s.",
            )?;
            let instance = &inputs.instance;
            self.size(platform, instance.vcpu, instance.memory_gib, INSTANCE)?;
            let kept = f64::from(inputs.min_instances.unwrap_or(0));
            self.instances.check(
                platform,
                case.most_needed(instance.vcpu).max(kept),
                "{} runs at most {} instances of a service; you need {}.",
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
                "{} ends jobs after {} s; yours take {} s.",
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

/// No platform answers faster than the service itself.
fn objective(platform: &'static str, case: &Case<'_>) -> Result<(), CannotRun> {
    let latency = case.inputs.http.latency_ms;
    match case.inputs.slo_ms {
        Some(slo) if case.has_services() && slo < latency => Err(CannotRun {
            reason: Sentence::new(
                "{} can't answer within {} ms, and no platform can: your service takes {} ms by itself.",
                [
                    Word::Name(platform),
                    Word::Number(slo),
                    Word::Number(latency),
                ],
            ),
            page: "",
            read: "",
            by: Bar::Objective,
            workload: None,
        }),
        _ => Ok(()),
    }
}

const INSTANCE: [&str; 2] = [
    "{} allows at most {} vCPU for an instance; you need {}.",
    "{} allows at most {} GiB of memory for an instance; you need {}.",
];
const WORKER: [&str; 2] = [
    "{} allows at most {} vCPU for a worker; you need {}.",
    "{} allows at most {} GiB of memory for a worker; you need {}.",
];
const JOB: [&str; 2] = [
    "{} allows at most {} vCPU for a job; you need {}.",
    "{} allows at most {} GiB of memory for a job; you need {}.",
];
