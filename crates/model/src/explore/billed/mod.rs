//! A bill of months, meter by meter, held against ours.

mod keys;

pub use keys::{EXPORTING, Key, vcpus};

use crate::region::Region;

/// What a bill has of one meter in one month.
#[derive(Clone, Debug, PartialEq)]
pub struct Billed {
    /// The month: its year, and 1 to 12.
    pub month: (i32, u8),
    /// Of what.
    pub key: Key,
    /// Where, as far as the price book knows the region; else none.
    pub region: Option<Region>,
    /// How much, in the key's unit.
    pub quantity: f64,
    /// What the vendor billed for it, US dollars: before credits, commitments as they were paid.
    pub billed_usd: f64,
    /// What it came to with commitments spread over what they cover, US dollars.
    pub effective_usd: f64,
}
