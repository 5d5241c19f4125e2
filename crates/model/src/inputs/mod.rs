//! What the user sets. [`table`] has every input, [`fields`] what is known of one.

pub mod assumptions;
mod choices;
pub mod discounts;
pub mod fields;
pub mod lists;
pub mod ranges;
pub mod table;

pub use assumptions::{ASSUMPTIONS, Assumption, Assumptions};
pub use choices::{Commitment, Gpu, Isolation, Shape};
pub use discounts::Discounts;
pub use fields::{Below, Field, Kind, Range, Scale, Scope, Topic, bound_by_others};
pub use ranges::Between;
pub use table::{
    Buy, Cluster, Connections, FIELDS, Http, Inputs, Instance, Jobs, Needs, OpsHours, Options,
    Surroundings, Team, Traffic, Workers, at,
};

/// A further environment beside production, such as staging.
#[derive(Clone, Debug, PartialEq)]
pub struct Environment {
    /// What the team calls it.
    pub name: String,
    /// Hours a week in which it is up.
    pub hours_per_week: f64,
    /// Instances of each service.
    pub replicas: u32,
}

impl Default for Environment {
    /// Staging, up in office hours.
    fn default() -> Self {
        Self {
            name: "staging".into(),
            hours_per_week: 50.0,
            replicas: 1,
        }
    }
}

impl Surroundings {
    /// None of them.
    pub const NOTHING: Self = Self {
        counted: false,
        load_balancer: false,
        public_ipv4: false,
        nat: false,
        egress: false,
        logs: false,
        registry: false,
        monitoring: false,
    };
}
