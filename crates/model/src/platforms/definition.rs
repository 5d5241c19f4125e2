//! What the file of a platform says of it.

use super::{capacity_trace::CapacityTrace, case::Case, limits::Limits};
use crate::{
    bill::{Bill, Refusal},
    people,
    platform::Platform,
    prices::Prices,
};

/// What the file of a platform says of it.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// What the vendor bills, in a sentence.
    pub billed: &'static str,
    /// What the bill here leaves out beside what [`Item`](super::Item) lists, inside a sentence.
    pub left_out: &'static [&'static str],
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
    pub(super) bill: fn(&Case<'_>, &Prices<'_>) -> Result<Bill, Refusal>,
    /// What stands behind the means of the bill; none where there is no bill.
    pub(super) trace: fn(&Case<'_>, &Prices<'_>) -> Option<CapacityTrace>,
}

/// A platform that takes no new customers: priced, but recommended only to who is on it already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The first day.
    pub since: &'static str,
    /// The vendor's page.
    pub page: &'static str,
}
