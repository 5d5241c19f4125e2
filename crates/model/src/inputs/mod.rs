//! What the user sets. [`table`] has every input, [`fields`] what is known of one.

pub mod assumptions;
mod choices;
mod clouds;
pub mod credits;
pub mod discounts;
mod environment;
pub mod fields;
pub mod lists;
mod parts;
pub mod ranges;
pub mod table;
pub mod workloads;

pub use assumptions::{ASSUMPTIONS, Assumption, Assumptions, FIELD_PADDING};
pub use choices::{Calibration, Commitment, Gpu, Isolation, Shape};
pub use clouds::Clouds;
pub use credits::{Credit, Credits};
pub use discounts::Discounts;
pub use environment::Environment;
pub use fields::{
    Below, Field, Kind, RETIRED, Range, Retired, SPLIT, Scale, Scope, Split, Topic, bound_by_others,
};
pub use ranges::Between;
pub use table::{
    Buy, Cluster, Connections, FIELDS, Http, Inputs, Instance, Invoice, Jobs, Needs, OpsHours,
    Options, People, Surroundings, Team, Traffic, Workers, at,
};
pub use workloads::{Pin, WorkloadKind, WorkloadRow, Workloads};
