//! The meter of what leaves a vendor's network.

use crate::{
    prices::{Meter, Price},
    units::{Gb, Gib},
};

/// The meter of what leaves a vendor's network, in its unit.
#[derive(Clone, Copy)]
pub enum Egress {
    /// By the GB.
    Gb(Meter<Price<Gb>>),
    /// By the GiB.
    Gib(Meter<Price<Gib>>),
}
