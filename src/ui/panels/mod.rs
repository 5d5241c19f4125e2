//! The panels of the page, each a reading of the assessment.

pub(super) mod bill;
pub(super) mod chart;
pub(super) mod inputs;
pub(super) mod ranking;
pub(super) mod verdict;
