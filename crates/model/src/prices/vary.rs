//! The book as it might be: what is assumed of it is off by some factor.
//!
//! One factor for each row, shared by all platforms that use it. A price that is assumed is multiplied by it, what is left to
//! pay where it is a share taken off. A price that is published stays, and the factor is on quantities of it that we assume.
//! What the user typed stays.

use super::{
    book::{PriceBook, Prices, Quoted},
    kinds::MOST,
    meter::MeterId,
    row::{Confidence, Row},
};
use crate::{basis::Basis, region::Region};

impl PriceBook {
    /// Varies the rows that hold in a region, each by the next factor; `from` is this book as it was before.
    pub fn vary(&mut self, from: &Self, region: Region, factor: &mut dyn FnMut() -> f64) {
        self.doubts.resize(self.rows.len(), 1.0);
        for slots in &self.index {
            let Some(place) = slots[region as usize].map(|id| usize::from(id.0)) else {
                continue;
            };
            let row = &from.rows[place];
            if row.value.is_none() || row.confidence == Confidence::Own {
                continue;
            }
            let factor = factor();
            if row.confidence.basis() == Basis::Assumed {
                self.rows[place].value = row.value.map(|x| varied(row, x, factor));
            } else {
                self.doubts[place] = factor;
            }
        }
    }

    fn doubt(&self, place: usize) -> f64 {
        self.doubts.get(place).copied().unwrap_or(1.0)
    }
}

impl Prices<'_> {
    /// How many times as much as assumed is used of what a price is for.
    pub fn doubt<V>(&self, quoted: Quoted<V>) -> f64 {
        self.book.doubt(usize::from(quoted.row.0))
    }
}

fn varied(row: &Row, x: f64, factor: f64) -> f64 {
    if is_share(row.meter) {
        (1.0 - (1.0 - x) * factor).max(0.0)
    } else {
        (x * factor).min(MOST)
    }
}

fn is_share(meter: MeterId) -> bool {
    !(meter.info().accepts)(2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{basis::Basis, prices::meters as m};

    #[test]
    fn assumed_prices_move_published_ones_stay_and_so_do_own_ones() {
        let own = "meter,region_group,region,value,unit,page,read,confidence,note\n\
                   aws/registry/storage,us,,0.2,USD per GB-month,,,own,\n";
        let bundled = PriceBook::bundled();
        for (book, registry) in [
            (bundled.clone(), 0.15),
            (bundled.overlaid(own).expect("a book"), 0.2),
        ] {
            let mut other = book.clone();
            other.vary(&book, Region::Us, &mut || 1.5);
            let (before, after) = (book.in_region(Region::Us), other.in_region(Region::Us));
            let value = |prices: super::super::Prices<'_>| {
                let cluster = prices.get(m::EKS_CLUSTER).expect("a price");
                assert_eq!(cluster.basis, Basis::Published);
                (cluster.value.get(), prices.doubt(cluster))
            };
            assert_eq!(value(before).0, value(after).0);
            assert_eq!((value(before).1, value(after).1), (1.0, 1.5));
            let stored = after.get(m::AWS_REGISTRY).expect("a price");
            assert!((stored.value.get() - registry).abs() < 1e-12);
            assert_eq!(after.doubt(stored), 1.0);
            // 55 % off leaves 45 %, of which it is one and a half times.
            let spot = after.get(m::EC2_SPOT).expect("a share");
            assert!((spot.value - 0.325).abs() < 1e-12, "{}", spot.value);
            // Each time anew from the book, not from the last sample.
            let mut again = other.clone();
            again.vary(&book, Region::Us, &mut || 1.5);
            assert_eq!(again, other);
        }
    }
}
