//! The panels of the page, each a reading of the assessment.

pub(super) mod assumptions;
pub(super) mod bill;
pub(super) mod chart;
pub(super) mod curve;
pub(super) mod duties;
pub(super) mod embed;
mod environments;
pub(super) mod flips;
pub(super) mod import;
pub(super) mod inputs;
pub(super) mod months;
mod pictures;
pub(super) mod prices;
pub(super) mod ranges;
pub(super) mod ranking;
pub(super) mod scenarios;
pub(super) mod share;
pub(super) mod slopes;
pub(super) mod traffic;
pub(super) mod verdict;
mod waterfall;
pub(super) mod week;
