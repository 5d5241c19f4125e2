//! Render: no commitments. What stands around a platform, its own file bills.

use super::{egress::Egress, profile::Profile};
use crate::prices::meters as m;

/// What is Render's own.
pub static PROFILE: Profile = Profile {
    reductions: &[],
    egress: Egress::Gb(m::RENDER_EGRESS),
    surroundings: |_| Ok(()),
};
