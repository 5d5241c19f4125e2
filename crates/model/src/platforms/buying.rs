//! How capacity is bought: commitments, interruptible capacity, discounts of one's own contract.
//!
//! Lines that take a share off what was billed at list price; on which meters and how much is a vendor's own, in
//! [`vendors`](crate::vendors). Interruptible capacity comes first, the commitment covers its share of the rest. Where the
//! price book has no rate for a meter, nothing is taken off it: such are GPU nodes (the rates of their families are for other
//! types), Container Apps' Consumption plan, Railway and Render.

use super::{Case, gpu};
use crate::{
    bill::{Bill, CostCategory, Factor, Line},
    inputs::{Commitment, discounts},
    prices::{Meter, Prices, Quoted, Share},
    units::{Dollar, Unit},
    vendor::Vendor,
};

/// What may be taken off the lines of some meters.
pub struct Reduction {
    /// How the meters begin.
    pub meters: &'static [&'static str],
    /// For a year, and for three.
    pub commitment: [Option<Meter<Share>>; 2],
    /// On interruptible capacity.
    pub spot: Option<Meter<Share>>,
}

/// Adds the lines of what the way of buying takes off a vendor's bill; `spot` where the platform has interruptible capacity.
pub fn lines(vendor: Vendor, spot: bool, case: &Case<'_>, prices: &Prices<'_>, bill: &mut Bill) {
    let buy = &case.inputs.buy;
    if buy.commitment != Commitment::None || buy.spot > 0.0 {
        for reduction in vendor.profile().reductions {
            reduction.lines(spot, case, prices, bill);
        }
    }
    let percent = buy.discount_percent[vendor];
    if percent > 0.0 {
        let path = discounts::FIELDS[vendor as usize].path;
        let spent = spent(bill, |meter| Vendor::of_meter(meter) == Some(vendor));
        for (category, spent) in spent {
            bill.push(Line::own_discount(category, path, percent / 100.0, spent));
        }
    }
}

/// The share of list price that is left to pay on a meter, discounts of one's own contract apart.
pub(super) fn left_to_pay(
    vendor: Vendor,
    meter: &str,
    spot: bool,
    case: &Case<'_>,
    prices: &Prices<'_>,
) -> f64 {
    let on_it = |reduction: &&Reduction| reduction.is_on(meter);
    let reduction = vendor.profile().reductions.iter().find(on_it);
    reduction.map_or(1.0, |reduction| {
        let off = reduction.shares(spot, case, prices);
        1.0 - off
            .iter()
            .map(|(share, covered, _)| share.value * covered)
            .sum::<f64>()
    })
}

/// Dollars of infrastructure on the meters that count, in each part of the bill, credits and discounts taken off. What is
/// taken off stands in the part in which it was spent.
fn spent(bill: &Bill, counts: impl Fn(&str) -> bool) -> [(CostCategory, f64); 4] {
    CostCategory::INFRASTRUCTURE.map(|category| {
        let of_it = bill.category(category).filter(|line| counts(line.meter));
        (category, of_it.map(|line| line.amount().get()).sum())
    })
}

/// A share that is taken off, of which share of the dollars, and what that is.
type Off = (Quoted<f64>, f64, &'static str);

impl Reduction {
    fn is_on(&self, meter: &str) -> bool {
        self.meters.iter().any(|start| meter.starts_with(start)) && !gpu::is_node(meter)
    }

    /// What is taken off: of interruptible capacity first, of what is under a commitment then.
    fn shares(&self, spot: bool, case: &Case<'_>, prices: &Prices<'_>) -> Vec<Off> {
        let buy = &case.inputs.buy;
        let known = |meter: Option<Meter<Share>>| meter.and_then(|meter| prices.get(meter).ok());
        let mut off: Vec<Off> = Vec::with_capacity(2);
        let mut rest = 1.0;
        if let Some(share) = known(self.spot.filter(|_| spot && buy.spot > 0.0)) {
            off.push((share, buy.spot, "share on interruptible capacity"));
            rest -= buy.spot;
        }
        let [one_year, three_years] = self.commitment;
        let commitment = match buy.commitment {
            Commitment::None => None,
            Commitment::OneYear => known(one_year),
            // Where no rate for three years is known, that for one holds: nobody pays more for a longer promise.
            Commitment::ThreeYears => known(three_years).or_else(|| known(one_year)),
        };
        if let Some(share) = commitment {
            off.push((share, rest * buy.coverage, "share under the commitment"));
        }
        off
    }

    fn lines(&self, spot: bool, case: &Case<'_>, prices: &Prices<'_>, bill: &mut Bill) {
        let spent = spent(bill, |meter| self.is_on(meter));
        for (share, covered, what) in self.shares(spot, case, prices) {
            for (category, spent) in spent.iter().filter(|(_, spent)| *spent > 0.0) {
                let factors = vec![
                    Factor::new("billed at list price", *spent, Dollar::NAME),
                    Factor::new(what, covered, ""),
                ];
                let dollars = spent * covered;
                bill.push(Line::discount(*category, share, dollars, factors));
            }
        }
    }
}
