//! Why a meter differs on two bills, most likely.

use super::{Amount, EXPLAINED};
use crate::region::Region;

/// Prices this near to each other are the same, as a share.
const SAME_PRICE: f64 = 0.01;
/// An allowance explains a difference that is this near to it, as a share.
const SAME_CREDIT: f64 = 0.05;

/// Why a meter differs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cause {
    /// It doesn't, to a cent.
    Same,
    /// It differs by at most 5 %: rounding, or some hours.
    Near,
    /// Our bill has nothing of it.
    NotOurs,
    /// The bill has nothing of it.
    NotBilled,
    /// Our bill counts a free tier, which is used up elsewhere.
    FreeElsewhere,
    /// The price is that of another region.
    Region(Region),
    /// The price lies between those of two tiers of ours.
    Tier,
    /// The price is lower by this share: a commitment, a contract, spot.
    Cheaper(f64),
    /// The price is higher by this share: another size or edition.
    Dearer(f64),
    /// There is this many times as much of it as on ours, more than once.
    More(f64),
    /// There is this share of it of what ours has.
    Less(f64),
}

impl Cause {
    /// Its name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Near => "near",
            Self::NotOurs => "not-ours",
            Self::NotBilled => "not-billed",
            Self::FreeElsewhere => "free-elsewhere",
            Self::Region(_) => "region",
            Self::Tier => "tier",
            Self::Cheaper(_) => "cheaper",
            Self::Dearer(_) => "dearer",
            Self::More(_) => "more",
            Self::Less(_) => "less",
        }
    }
}

/// What is known of a meter.
pub(super) struct Facts {
    pub(super) billed: Amount,
    pub(super) ours: Amount,
    pub(super) is_billed: bool,
    pub(super) is_ours: bool,
    /// What allowances of ours take off, at most 0.
    pub(super) credit_usd: f64,
    /// The least and the highest list price of ours.
    pub(super) prices: Option<(f64, f64)>,
    /// The region of all rows.
    pub(super) region: Option<Region>,
    /// What ours would pay for a unit in other regions.
    pub(super) elsewhere: Vec<(Region, f64)>,
}

pub(super) fn of(facts: &Facts) -> Cause {
    let Facts { billed, ours, .. } = facts;
    let difference = billed.usd - ours.usd;
    if difference.abs() < 0.005 && facts.is_billed == facts.is_ours {
        return Cause::Same;
    }
    if !facts.is_ours {
        return Cause::NotOurs;
    }
    if !facts.is_billed {
        return Cause::NotBilled;
    }
    if difference.abs() <= EXPLAINED * billed.usd.abs() {
        return Cause::Near;
    }
    let credit = -facts.credit_usd;
    if credit > 0.0 && (difference - credit).abs() <= SAME_CREDIT * credit {
        return Cause::FreeElsewhere;
    }
    // What ours pays for a unit before allowances, which are no price.
    let before_credit = Amount {
        usd: ours.usd + credit,
        ..*ours
    };
    let (Some(theirs), Some(price)) = (billed.unit_price(), before_credit.unit_price()) else {
        return if difference > 0.0 {
            Cause::Dearer(f64::INFINITY)
        } else {
            Cause::Cheaper(1.0)
        };
    };
    let by_price = (theirs - price) * billed.quantity;
    let by_quantity = (billed.quantity - ours.quantity) * price;
    if by_quantity.abs() > by_price.abs() {
        let times = billed.quantity / ours.quantity;
        return if times > 1.0 {
            Cause::More(times)
        } else {
            Cause::Less(times)
        };
    }
    let near = |one: f64, other: f64| (one - other).abs() <= SAME_PRICE * other;
    let there = facts.elsewhere.iter().find(|(region, of_theirs)| {
        near(theirs, *of_theirs) && facts.region.is_none_or(|known| known == *region)
    });
    if let Some((region, _)) = there {
        return Cause::Region(*region);
    }
    let tiers = facts.prices.filter(|(least, most)| !near(*least, *most));
    if tiers.is_some_and(|(least, most)| {
        (least * (1.0 - SAME_PRICE)..=most * (1.0 + SAME_PRICE)).contains(&theirs)
    }) {
        return Cause::Tier;
    }
    if theirs < price {
        Cause::Cheaper(1.0 - theirs / price)
    } else {
        Cause::Dearer(theirs / price - 1.0)
    }
}
