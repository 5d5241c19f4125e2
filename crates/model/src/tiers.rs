//! Graduated prices and allowances: the only code that splits a quantity.
//!
//! A band is a price up to a threshold. An allowance is something else: a quantity that a named scope gets free, once.

use super::units::{Qty, Rate, Unit, Usd};

/// One band of a graduated price, up to `upto` of everything used; the last band has no end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band<P> {
    /// The band ends here, counted from zero.
    pub upto: f64,
    /// The price inside.
    pub price: P,
}

/// Splits `quantity` over the bands: for each band that is reached, its price and the part inside.
///
/// Bands are in ascending order. What lies above the last band's end stays in the last band.
pub fn split<U: Unit, P: Copy>(
    quantity: Qty<U>,
    bands: &[Band<P>],
) -> impl Iterator<Item = (P, Qty<U>)> {
    let mut from = 0.0;
    let last = bands.len().saturating_sub(1);
    bands.iter().enumerate().filter_map(move |(n, band)| {
        let upto = if n == last { f64::MAX } else { band.upto };
        let inside = Qty::of(quantity.get().min(upto) - from);
        from = upto;
        (inside.get() > 0.0).then_some((band.price, inside))
    })
}

/// Who shares an allowance: it is given once to each of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A billing account, over all its projects.
    BillingAccount,
    /// An account.
    Account,
    /// A project.
    Project,
    /// A subscription.
    Subscription,
    /// A workspace.
    Workspace,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 5] = [
        Self::BillingAccount,
        Self::Account,
        Self::Project,
        Self::Subscription,
        Self::Workspace,
    ];

    /// How price books write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::BillingAccount => "billing account",
            Self::Account => "account",
            Self::Project => "project",
            Self::Subscription => "subscription",
            Self::Workspace => "workspace",
        }
    }
}

/// What a scope may use in a month without paying.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Allowance<U: Unit> {
    /// How much.
    pub quantity: Qty<U>,
    /// Once for whom.
    pub scope: Scope,
}

impl<U: Unit> Allowance<U> {
    /// The part of `used` that is free, by quantity.
    pub fn of_quantity(self, used: Qty<U>) -> Qty<U> {
        used.min(self.quantity)
    }

    /// The quantity, at `reference` prices, whose worth is taken off `used` at `actual` prices.
    ///
    /// Google applies its Cloud Run allowance as money: so many units at tier-1 prices, wherever the units were used.
    pub fn of_worth(self, reference: Rate<U>, actual: Rate<U>, used: Qty<U>) -> Qty<U> {
        let spent: Usd = used * actual;
        if reference.get() == 0.0 {
            return Qty::ZERO;
        }
        Qty::of(spent.get() / reference.get()).min(self.quantity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Gb, VcpuSecond};

    fn parts(quantity: f64, bands: &[Band<u8>]) -> Vec<(u8, f64)> {
        split(Qty::<Gb>::of(quantity), bands)
            .map(|(price, part)| (price, part.get()))
            .collect()
    }

    #[test]
    fn a_quantity_is_split_at_the_thresholds() {
        let bands = [
            Band {
                upto: 10.0,
                price: 1,
            },
            Band {
                upto: 50.0,
                price: 2,
            },
            Band {
                upto: 60.0,
                price: 3,
            },
        ];
        assert_eq!(parts(0.0, &bands), []);
        assert_eq!(parts(10.0, &bands), [(1, 10.0)]);
        assert_eq!(parts(11.0, &bands), [(1, 10.0), (2, 1.0)]);
        // What lies beyond the last end stays in the last band.
        assert_eq!(parts(100.0, &bands), [(1, 10.0), (2, 40.0), (3, 50.0)]);
    }

    #[test]
    fn an_allowance_of_money_is_worth_less_where_prices_are_higher() {
        let rate = |usd| Rate::<VcpuSecond>::checked(usd).expect("a rate");
        let allowance = Allowance {
            quantity: Qty::of(100.0),
            scope: Scope::BillingAccount,
        };
        let used = Qty::of(1_000.0);
        // The credit is 100 units at the reference price, whatever the units cost where they were used.
        let credit = allowance.of_worth(rate(1.0), rate(2.0), used);
        assert_eq!(credit.get(), 100.0);
        // Ten units at 2 are worth twenty at 1.
        assert_eq!(
            allowance
                .of_worth(rate(1.0), rate(2.0), Qty::of(10.0))
                .get(),
            20.0
        );
        assert_eq!(allowance.of_quantity(Qty::of(10.0)).get(), 10.0);
    }
}
