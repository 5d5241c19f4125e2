//! What the user sets. [`table`] has every input, [`fields`] what is known of one.

pub mod assumptions;
mod choices;
pub mod discounts;
mod environment;
pub mod fields;
pub mod lists;
pub mod ranges;
pub mod table;

pub use assumptions::{ASSUMPTIONS, Assumption, Assumptions};
pub use choices::{Commitment, Gpu, Isolation, Shape};
pub use discounts::Discounts;
pub use environment::Environment;
pub use fields::{Below, Field, Kind, Range, Scale, Scope, Topic, bound_by_others};
pub use ranges::Between;
pub use table::{
    Buy, Cluster, Connections, FIELDS, Http, Inputs, Instance, Jobs, Needs, OpsHours, Options,
    Surroundings, Team, Traffic, Workers, at,
};
