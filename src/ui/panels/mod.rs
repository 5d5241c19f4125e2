//! The panels of the page, each a reading of the assessment.

pub(super) mod bill;
pub(super) mod chart;
mod environments;
pub(super) mod inputs;
pub(super) mod ranking;
pub(super) mod share;
mod traffic;
pub(super) mod verdict;
