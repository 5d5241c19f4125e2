//! The inputs that are lists, by their names in files: they have no field, for no control of one number or choice sets them.

/// The load of each hour of a week.
pub const GRID: &str = "traffic.grid";
/// Environments beside production.
pub const ENVIRONMENTS: &str = "environments";
/// The user's own prices.
pub const PRICES: &str = "prices";
/// The inputs that are known only roughly.
pub const RANGES: &str = "ranges";
/// Workloads that differ.
pub const WORKLOADS: &str = "workloads";
