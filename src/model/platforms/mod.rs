//! The platforms: one file each, all of one shape.
//!
//! A file has a header (what is billed, what is left out, which pages say so), then `plans` (ways to run the workload)
//! → `usage` (metered amounts) → `lines`. Where a platform offers several ways, each is priced and the cheapest is
//! taken; a way whose price is missing counts only if no other is priced.

pub mod cloud_run;
pub mod eks;
pub mod fargate;
mod limits;
pub mod surroundings;

use super::{
    bill::{Bill, Quote, Refusal},
    inputs::{Inputs, Region},
    people,
    prices::{NoPrice, Prices},
    workload::Workload,
};
pub use limits::{Limit, Limits};

/// Every platform. Adding one makes the compiler name the places to fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Platform {
    /// Google Cloud Run.
    CloudRun,
    /// AWS Fargate on ECS.
    Fargate,
    /// Amazon EKS with managed nodes.
    Eks,
}

/// What is known of a platform apart from its prices.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Its name in scenario and result files.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
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
}

impl Platform {
    /// Every platform, in the order of the list.
    pub const ALL: [Self; 3] = [Self::CloudRun, Self::Fargate, Self::Eks];

    /// What is known of it.
    pub fn about(self) -> &'static About {
        match self {
            Self::CloudRun => &cloud_run::ABOUT,
            Self::Fargate => &fargate::ABOUT,
            Self::Eks => &eks::ABOUT,
        }
    }

    /// The platform of that id.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|platform| platform.about().id == id)
    }

    /// Where it runs in a region group.
    pub fn city(self, region: Region) -> &'static str {
        self.about().cities[region as usize]
    }

    /// What running the workload costs in a month, engineering time included.
    pub fn quote(self, case: &Case<'_>, prices: &Prices<'_>) -> Quote {
        let about = self.about();
        about.limits.check(about.name, case)?;
        let mut bill = match self {
            Self::CloudRun => cloud_run::bill(case, prices)?,
            Self::Fargate => fargate::bill(case, prices)?,
            Self::Eks => eks::bill(case, prices)?,
        };
        for line in people::lines(about.people, case.inputs) {
            bill.push(line);
        }
        Ok(bill)
    }
}

/// What every platform is asked to run.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// What the user set.
    pub inputs: &'a Inputs,
    /// The demand that follows.
    pub workload: Workload,
}

impl<'a> Case<'a> {
    /// The case that the inputs describe.
    pub fn of(inputs: &'a Inputs) -> Self {
        Self {
            inputs,
            workload: Workload::of(inputs),
        }
    }

    /// Whether there is any HTTP service to run.
    pub fn has_services(&self) -> bool {
        self.workload.requests.get() > 0.0
    }
}

/// The cheapest of several bills; where none can be priced, what the first one lacks.
fn cheapest(bills: impl IntoIterator<Item = Result<Bill, NoPrice>>) -> Result<Bill, Refusal> {
    let mut best: Option<Result<Bill, NoPrice>> = None;
    for bill in bills {
        let better = match (&best, &bill) {
            (None, _) | (Some(Err(_)), Ok(_)) => true,
            (Some(Ok(old)), Ok(new)) => new.total() < old.total(),
            (Some(_), Err(_)) => false,
        };
        if better {
            best = Some(bill);
        }
    }
    match best {
        Some(bill) => Ok(bill?),
        None => unreachable!("a platform that passed its limits has a way to run"),
    }
}
