//! A meter apart from its price, and the typed handle that alone leads to it.

use super::kinds::MOST;
use std::marker::PhantomData;

/// Which meter of [`ALL`](super::meters::ALL).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct MeterId(pub(super) u16);

/// A meter, apart from its price.
#[derive(Clone, Copy)]
pub struct MeterInfo {
    /// Its name in price books: `aws/fargate/x86/vcpu`.
    pub id: &'static str,
    /// Its name on the vendor's bill.
    pub name: &'static str,
    /// The unit column of its rows: `USD per vCPU-hour`.
    pub unit: fn() -> String,
    /// Whether a number may stand in its rows.
    pub accepts: fn(f64) -> bool,
}

impl MeterInfo {
    /// What [`accepts`](Self::accepts) accepts, in words.
    pub fn range(&self) -> &'static str {
        if !(self.accepts)(0.0) {
            "above 0, at most 1,000,000,000,000"
        } else if (self.accepts)(MOST) {
            "0 to 1,000,000,000,000"
        } else {
            "0 to 1"
        }
    }
}

/// A typed handle of a meter: the only way to its price.
pub struct Meter<K>(MeterId, PhantomData<K>);

impl<K> Clone for Meter<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Meter<K> {}
impl<K> PartialEq for Meter<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<K> Meter<K> {
    pub(super) const fn new(place: u16) -> Self {
        Self(MeterId(place), PhantomData)
    }

    /// The meter, without its type.
    pub const fn id(self) -> MeterId {
        self.0
    }
}
