//! What a vendor's file says of it.

use super::egress::Egress;
use crate::{
    platforms::{buying::Reduction, gpu::Gpus, surroundings::Adder},
    prices::{Meter, NoPrice, Price},
    units::{AddressHour, Hour},
};

/// What is alike on all platforms that a vendor bills.
pub struct Profile {
    /// What commitments and interruptible capacity take off.
    pub reductions: &'static [Reduction],
    /// What leaves its network, at the price of the first band.
    pub egress: Egress,
    /// What a public address of a machine is billed on.
    pub address: Option<Meter<Price<AddressHour>>>,
    /// What a NAT gateway bills for each machine behind it, and for how many at most.
    pub nat_of_machines: Option<(Meter<Price<Hour>>, f64)>,
    /// Its graphics processors; none where it sells no nodes with them.
    pub gpus: Option<&'static Gpus>,
    /// Adds the lines of what stands around a platform; nothing where the platforms' own files bill that.
    pub surroundings: fn(&mut Adder<'_>) -> Result<(), NoPrice>,
}

impl Profile {
    /// For vendors whose platforms' own files bill the rest: logs are not billed, but may go to a service that bills them.
    pub(super) const LOGS_ELSEWHERE: fn(&mut Adder<'_>) -> Result<(), NoPrice> = |adder| {
        adder.log_service();
        Ok(())
    };
}
