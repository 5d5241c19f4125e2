//! Fly.io: reserved Machines. What stands around a platform, its own file bills.

use super::{egress::Egress, profile::Profile};
use crate::{platforms::buying::Reduction, prices::meters as m};

/// What is Fly.io's own.
pub static PROFILE: Profile = Profile {
    reductions: &[Reduction {
        meters: &["fly/shared-", "fly/performance-"],
        commitment: [Some(m::FLY_RESERVED), None],
        spot: None,
    }],
    egress: Egress::Gb(m::FLY_EGRESS),
    surroundings: |_| Ok(()),
};
