//! Railway: no commitments. What stands around a platform, its own file bills.

use super::{egress::Egress, profile::Profile};
use crate::prices::meters as m;

/// What is Railway's own.
pub static PROFILE: Profile = Profile {
    reductions: &[],
    egress: Egress::Gb(m::RAILWAY_EGRESS),
    surroundings: |_| Ok(()),
};
