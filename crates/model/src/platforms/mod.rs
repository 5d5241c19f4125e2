//! The platforms: one file each, all of one shape.
//!
//! A file has a header (what is billed, what is left out, which pages say so), then `plans` (ways to run the workload)
//! → `usage` (metered amounts) → `lines`. Where a platform offers several ways, each is priced and the cheapest is
//! taken; a way whose price is missing counts only if no other is priced. What a file shares with others stands in
//! [`replicas`], `scale_to_zero`, [`kubernetes`] and [`surroundings`].

pub mod aks;
pub mod aks_automatic;
pub mod app_runner;
pub mod buying;
pub mod capacity_trace;
pub mod cloud_run;
pub mod container_apps;
pub mod ecs_express;
pub mod eks;
pub mod eks_auto;
pub mod eks_fargate;
pub mod fargate;
pub mod fly;
pub mod gke;
pub mod gke_autopilot;
pub mod kubernetes;
mod limits;
pub mod railway;
pub mod render;
pub mod replicas;
mod scale_to_zero;
pub mod surroundings;

use super::{
    bill::{Bill, CannotRun, Quote, Refusal},
    inputs::Inputs,
    people,
    platform::{Platform, all_platforms},
    prices::{NoPrice, Prices},
    region::Region,
    sentence::Sentence,
    traffic::{self, Levels},
    units::{HOURS_PER_MONTH, SECONDS_PER_HOUR},
    workload::Workload,
};
use capacity_trace::CapacityTrace;
pub use limits::{Limit, Limits, Support};
use surroundings::{Adder, Around};

/// What the file of a platform says of it.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// What the vendor bills, in a sentence.
    pub billed: &'static str,
    /// What the bill here leaves out, in a sentence.
    pub left_out: &'static str,
    /// The pages that say so.
    pub pages: &'static [&'static str],
    /// How much engineering time it takes.
    pub people: people::Class,
    /// Where it stands in each of [`Region::ALL`].
    pub cities: [&'static str; 3],
    /// What it can't do.
    pub limits: Limits,
    /// Whether new customers are turned away.
    pub closed: Option<Closed>,
    /// What of a workload on it belongs to the platform and stays behind when the workload leaves.
    pub proprietary: &'static str,
    /// What moves.
    pub portable: &'static str,
    /// The serverless platform of the same vendor, for who runs Kubernetes there.
    pub counterpart: Option<Platform>,
    /// The bill without people.
    bill: fn(&Case<'_>, &Prices<'_>) -> Result<Bill, Refusal>,
    /// What stands behind the means of the bill; none where there is no bill.
    trace: fn(&Case<'_>, &Prices<'_>) -> Option<CapacityTrace>,
}

/// A platform that takes no new customers: priced, but recommended only to who is on it already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The first day.
    pub since: &'static str,
    /// The vendor's page.
    pub page: &'static str,
}

macro_rules! as_definitions {
    ($($(#[$doc:meta])* $variant:ident = $file:ident, $vendor:ident, $id:literal, $name:literal, $short:literal;)*) => {
        impl Platform {
            /// What its file says of it.
            pub fn definition(self) -> &'static Definition {
                match self { $(Self::$variant => &$file::DEFINITION),* }
            }
        }
    };
}
all_platforms!(as_definitions);

impl Platform {
    /// Whether it is Kubernetes, whoever runs its nodes.
    pub fn is_kubernetes(self) -> bool {
        self.definition().people.is_kubernetes()
    }

    /// Where it runs in a region group.
    pub fn city(self, region: Region) -> &'static str {
        self.definition().cities[region as usize]
    }

    /// What running the workload costs in a month, engineering time included.
    ///
    /// # Errors
    ///
    /// Why there is no bill: the platform can’t run the workload, or a price is missing.
    pub fn quote(self, case: &Case<'_>, prices: &Prices<'_>) -> Quote {
        let definition = self.definition();
        definition.limits.check(self.name(), case)?;
        let prices = prices.with_free_tiers(case.inputs.options.free_tier);
        let mut bill = (definition.bill)(case, &prices)?;
        for line in people::lines(definition.people, case.inputs) {
            bill.push(line);
        }
        Ok(bill)
    }

    /// What stands behind the means of its bill; none where it has no bill.
    pub fn capacity_trace(self, case: &Case<'_>, prices: &Prices<'_>) -> Option<CapacityTrace> {
        let definition = self.definition();
        definition.limits.check(self.name(), case).ok()?;
        let prices = prices.with_free_tiers(case.inputs.options.free_tier);
        (definition.trace)(case, &prices)
    }
}

/// What every platform is asked to run.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// What the user set.
    pub inputs: &'a Inputs,
    /// The demand that follows.
    pub workload: Workload,
    /// Replicas of the size that the user set that one service needs at each level: most platforms have that size.
    needed: Vec<f64>,
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

    /// Hours that jobs run in a month, all together, where each run counts `minimum_s` at least.
    pub fn job_hours(&self, minimum_s: f64) -> f64 {
        let jobs = &self.inputs.jobs;
        jobs.runs_per_month * (jobs.minutes * 60.0).max(minimum_s) / SECONDS_PER_HOUR
    }

    /// Mean number of jobs that run at the same time.
    pub fn jobs_at_once(&self) -> f64 {
        self.job_hours(0.0) / HOURS_PER_MONTH
    }
}

/// Prices each way to run the case, with what stands around it, and gives the cheapest with its bill; where none can be
/// priced, what the first one lacks.
fn best<'p, P, U>(
    plans: &'p [P],
    case: &Case<'_>,
    prices: &Prices<'_>,
    usage: impl Fn(&P, &Case<'_>) -> U,
    lines: impl Fn(&U, &Prices<'_>) -> Result<Bill, NoPrice>,
    around: impl Fn(&U, &Case<'_>) -> Around,
) -> Result<(&'p P, Bill), Refusal> {
    let (place, bill) = best_of(plans.len(), &|place| {
        whole(&usage(&plans[place], case), case, prices, &lines, &around)
    })?;
    Ok((&plans[place], bill))
}

/// The best of so many ways, by place. The same for all platforms, so that the page has it once.
fn best_of(
    count: usize,
    bill_of: &dyn Fn(usize) -> Result<Bill, NoPrice>,
) -> Result<(usize, Bill), Refusal> {
    let mut best: Option<(usize, Result<Bill, NoPrice>)> = None;
    for place in 0..count {
        let bill = bill_of(place);
        let better = match (&best, &bill) {
            (None, _) | (Some((_, Err(_))), Ok(_)) => true,
            (Some((_, Ok(old))), Ok(new)) => new.total() < old.total(),
            (Some(_), Err(_)) => false,
        };
        if better {
            best = Some((place, bill));
        }
    }
    match best {
        Some((place, bill)) => Ok((place, bill?)),
        None => Err(Refusal::CannotRun(CannotRun {
            reason: Sentence::new(NO_NODE, []),
            page: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
            read: "2026",
            on_condition: false,
        })),
    }
}

/// Only where node types are the ways to run can there be none.
const NO_NODE: &str = "None of the node types in the price book holds a pod as large as yours, padding and sidecar included.";

/// The bill of one way to run the case, with what stands around it.
fn whole<U>(
    usage: &U,
    case: &Case<'_>,
    prices: &Prices<'_>,
    lines: impl Fn(&U, &Prices<'_>) -> Result<Bill, NoPrice>,
    around: impl Fn(&U, &Case<'_>) -> Around,
) -> Result<Bill, NoPrice> {
    finished(lines(usage, prices), &around(usage, case), case, prices)
}

/// A bill with the lines that every platform has alike.
#[inline(never)]
fn finished(
    bill: Result<Bill, NoPrice>,
    around: &Around,
    case: &Case<'_>,
    prices: &Prices<'_>,
) -> Result<Bill, NoPrice> {
    let mut bill = bill?;
    let vendor = around.vendor;
    let profile = vendor.profile();
    (profile.surroundings)(&mut Adder::new(around, case, prices, &mut bill))?;
    buying::lines(vendor, profile.reductions, case, prices, &mut bill);
    Ok(bill)
}

/// The bill of the cheapest way to run the case.
fn cheapest<P, U>(
    plans: &[P],
    case: &Case<'_>,
    prices: &Prices<'_>,
    usage: impl Fn(&P, &Case<'_>) -> U,
    lines: impl Fn(&U, &Prices<'_>) -> Result<Bill, NoPrice>,
    around: impl Fn(&U, &Case<'_>) -> Around,
) -> Result<Bill, Refusal> {
    best(plans, case, prices, usage, lines, around).map(|(_, bill)| bill)
}
