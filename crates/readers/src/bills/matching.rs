//! Which meter of ours a row of a bill is: a table of usage types, SKUs and meters as vendors name them.

use plimsoll_model::{explore::billed::Key, vendor::Vendor};

/// A meter of ours, and how much of it one of the bill's units is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// Which.
    pub key: Key,
    /// What a quantity of the bill is multiplied by to be in the key's unit.
    pub times: f64,
}

/// The meter of a row: `service` as the bill names it, `usage` its usage type (AWS, with or without the region before it), SKU
/// description (Google Cloud) or meter name (Azure), or the description of the charge (FOCUS), `unit` the bill's.
pub fn matching(vendor: Vendor, service: &str, usage: &str, unit: &str) -> Option<Match> {
    let _ = (vendor, service, usage, unit);
    None
}
