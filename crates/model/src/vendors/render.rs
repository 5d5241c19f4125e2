//! Render: no commitments. What stands around a platform, its own file bills.

use super::{
    egress::{Bands, Egress, band},
    profile::Profile,
};
use crate::prices::meters as m;

/// What is Render's own.
pub static PROFILE: Profile = Profile {
    reductions: &[],
    egress: Egress::Gb(Bands {
        steps: &[band(f64::MAX, m::RENDER_EGRESS)],
        free: None,
    }),
    address: None,
    nat_of_machines: None,
    gpus: None,
    surroundings: Profile::LOGS_ELSEWHERE,
};
