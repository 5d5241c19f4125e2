//! How capacity is bought: commitments, interruptible capacity, discounts of one's own contract.
//!
//! Lines that take a share off what was billed at list price; on which meters and how much is a vendor's own, in
//! [`vendors`](crate::vendors). Interruptible capacity comes first, the commitment covers its share of the rest. Where the price
//! book has no rate for a meter, nothing is taken off it: such are GPU nodes, Container Apps' Consumption plan, Railway and
//! Render.

use super::Case;
use crate::{
    bill::{Bill, CostCategory, Factor, Line},
    inputs::{Commitment, discounts},
    prices::{Meter, Prices, Share},
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

/// Adds the lines of what the way of buying takes off a vendor's bill.
pub fn lines(
    vendor: Vendor,
    reductions: &[Reduction],
    case: &Case<'_>,
    prices: &Prices<'_>,
    bill: &mut Bill,
) {
    let buy = &case.inputs.buy;
    if buy.commitment != Commitment::None || buy.spot > 0.0 {
        for reduction in reductions {
            reduction.lines(case, prices, bill);
        }
    }
    let percent = buy.discount_percent[vendor];
    if percent > 0.0 {
        let path = discounts::FIELDS[vendor as usize].path;
        let spent = spent(bill, |meter| Vendor::of_meter(meter) == Some(vendor));
        if spent > 0.0 {
            bill.push(Line::own_discount(path, percent / 100.0, spent));
        }
    }
}

/// Dollars of infrastructure on the meters that count, credits and discounts taken off.
fn spent(bill: &Bill, counts: impl Fn(&str) -> bool) -> f64 {
    bill.lines
        .iter()
        .filter(|line| line.category != CostCategory::People)
        .filter(|line| counts(line.meter))
        .map(|line| line.amount().get())
        .sum()
}

impl Reduction {
    fn lines(&self, case: &Case<'_>, prices: &Prices<'_>, bill: &mut Bill) {
        let buy = &case.inputs.buy;
        let spent = spent(bill, |meter| {
            self.meters.iter().any(|start| meter.starts_with(start))
        });
        if spent <= 0.0 {
            return;
        }
        let mut off = |meter: Option<Meter<Share>>, covered: f64, what: &'static str| {
            let share = meter.and_then(|meter| prices.get(meter).ok());
            let Some(share) = share.filter(|_| covered > 0.0) else {
                return false;
            };
            let factors = vec![
                Factor::new("billed at list price", spent, Dollar::NAME),
                Factor::new(what, covered, ""),
            ];
            let dollars = spent * covered;
            bill.push(Line::discount(
                CostCategory::Compute,
                share,
                dollars,
                factors,
            ));
            true
        };
        let interruptible = off(self.spot, buy.spot, "share on interruptible capacity");
        let rest = if interruptible { 1.0 - buy.spot } else { 1.0 };
        let commitment = match buy.commitment {
            Commitment::None => None,
            Commitment::OneYear => self.commitment[0],
            Commitment::ThreeYears => self.commitment[1],
        };
        off(
            commitment,
            rest * buy.coverage,
            "share under the commitment",
        );
    }
}
