//! Credits of a vendor: an amount and how long it lasts, two inputs for each vendor. They are counted in what a move pays back
//! and in the coming months, and not in a month's bill.

use super::{Field, Kind, Range, Scope, Topic};
use crate::vendor::{Vendor, all_vendors};
use std::ops::{Index, IndexMut};

/// What a vendor gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Credit {
    /// US dollars, for the vendor's own bill.
    pub usd: f64,
    /// Months after which what is left is lost.
    pub months: f64,
}

impl Default for Credit {
    fn default() -> Self {
        Self {
            usd: 0.0,
            months: 12.0,
        }
    }
}

impl Credit {
    /// Dollars of a bill of so much a month that it has paid after so many months.
    pub fn paid(&self, monthly: f64, months: f64) -> f64 {
        (monthly.max(0.0) * months.min(self.months)).min(self.usd)
    }

    /// Months of such a bill that it pays in full.
    pub fn lasts(&self, monthly: f64) -> f64 {
        if monthly > 0.0 {
            (self.usd / monthly).min(self.months)
        } else {
            self.months
        }
    }
}

/// Credits of every vendor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Credits([Credit; Vendor::ALL.len()]);

impl Index<Vendor> for Credits {
    type Output = Credit;

    fn index(&self, vendor: Vendor) -> &Credit {
        &self.0[vendor as usize]
    }
}

impl IndexMut<Vendor> for Credits {
    fn index_mut(&mut self, vendor: Vendor) -> &mut Credit {
        &mut self.0[vendor as usize]
    }
}

const DOLLARS: Range = Range::log(100.0, 10_000_000.0, "USD").down_to_zero();
const MONTHS: Range = Range::linear(1.0, 60.0, "months").whole();

macro_rules! as_fields {
    ($($(#[$doc:meta])* $variant:ident = $file:ident, $id:literal, $name:literal, $link:literal;)*) => {
        /// The amount and the months at each of [`Vendor::ALL`], in that order.
        pub const FIELDS: [Field; 2 * Vendor::ALL.len()] = [
            $(Field {
                path: concat!("credits.", $id, ".usd"),
                label: concat!("Credits at ", $name),
                kind: Kind::Number {
                    range: DOLLARS,
                    get: |i| i.credits[Vendor::$variant].usd,
                    set: |i, x| i.credits[Vendor::$variant].usd = x,
                },
                topic: Topic::Buying,
                scope: Scope::System,
                links: [concat!("credits.", $id), concat!("c", $link)],
            },
            Field {
                path: concat!("credits.", $id, ".months"),
                label: concat!("Credits at ", $name, " last"),
                kind: Kind::Number {
                    range: MONTHS,
                    get: |i| i.credits[Vendor::$variant].months,
                    set: |i, x| i.credits[Vendor::$variant].months = x,
                },
                topic: Topic::Buying,
                scope: Scope::System,
                links: [concat!("credits.", $id, ".months"), concat!("m", $link)],
            }),*
        ];
    };
}
all_vendors!(as_fields);
