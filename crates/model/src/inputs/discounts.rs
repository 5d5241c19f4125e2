//! Discounts of one's own contract: an input for each vendor.

use super::{Field, Kind, Range, Scope, Topic};
use crate::vendor::{Vendor, all_vendors};
use std::ops::{Index, IndexMut};

/// Discounts of one's own contract, per cent off everything on the vendor's bill.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Discounts([f64; Vendor::ALL.len()]);

impl Index<Vendor> for Discounts {
    type Output = f64;

    fn index(&self, vendor: Vendor) -> &f64 {
        &self.0[vendor as usize]
    }
}

impl IndexMut<Vendor> for Discounts {
    fn index_mut(&mut self, vendor: Vendor) -> &mut f64 {
        &mut self.0[vendor as usize]
    }
}

const PERCENT: Range = Range::linear(0.0, 99.0, "%");

macro_rules! as_fields {
    ($($(#[$doc:meta])* $variant:ident = $file:ident, $id:literal, $name:literal, $link:literal;)*) => {
        /// The discount at each of [`Vendor::ALL`], in that order.
        pub const FIELDS: [Field; Vendor::ALL.len()] = [
            $(Field {
                path: concat!("buy.discount_percent.", $id),
                label: concat!("Your discount at ", $name),
                kind: Kind::Number {
                    range: PERCENT,
                    get: |i| i.buy.discount_percent[Vendor::$variant],
                    set: |i, x| i.buy.discount_percent[Vendor::$variant] = x,
                },
                topic: Topic::Buying,
                scope: Scope::System,
                links: [concat!("discount.", $id), $link],
            }),*
        ];
    };
}
all_vendors!(as_fields);
