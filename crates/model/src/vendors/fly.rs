//! Fly.io: reserved Machines. What stands around a platform, its own file bills.

use super::{
    egress::{Bands, Egress, band},
    profile::Profile,
};
use crate::{platforms::buying::Reduction, prices::meters as m};

/// What is Fly.io's own.
pub static PROFILE: Profile = Profile {
    reductions: &[Reduction {
        meters: &["fly/shared-", "fly/performance-"],
        // There is no reservation for three years; the one for a year can be had three times.
        commitment: [Some(m::FLY_RESERVED), Some(m::FLY_RESERVED)],
        spot: None,
    }],
    egress: Egress::Gb(Bands {
        steps: &[band(f64::MAX, m::FLY_EGRESS)],
        free: None,
    }),
    address: None,
    nat_of_machines: None,
    gpus: None,
    surroundings: Profile::LOGS_ELSEWHERE,
};
