//! What leaves a vendor's network: one table of bands for each, in the unit of its meter.

use crate::{
    prices::{Meter, NoPrice, Price, Prices, Quoted},
    tiers::{Allowance, Band},
    units::{Gb, Gib, Rate, Unit},
};

/// What leaves a vendor's network, in the unit of its meter.
#[derive(Clone, Copy)]
pub enum Egress {
    /// By the GB.
    Gb(Bands<Gb>),
    /// By the GiB.
    Gib(Bands<Gib>),
}

/// An allowance, unless the user counts without free tiers.
pub type FreeOf<U> = fn(&Prices<'_>) -> Result<Option<Quoted<Allowance<U>>>, NoPrice>;

/// A graduated price of traffic to the internet.
#[derive(Clone, Copy)]
pub struct Bands<U: Unit> {
    /// The bands, by where they end; counted from what is free on.
    pub steps: &'static [Band<Meter<Price<U>>>],
    /// What nobody pays for.
    pub free: Option<FreeOf<U>>,
}

/// A band of a graduated price.
pub(super) const fn band<U: Unit>(upto: f64, price: Meter<Price<U>>) -> Band<Meter<Price<U>>> {
    Band { upto, price }
}

impl<U: Unit> Bands<U> {
    /// The price of the first band.
    pub fn first(&self) -> Meter<Price<U>> {
        self.steps[0].price
    }

    /// The bands as they stand in a region; where the book does not know one, the band before it goes on, as assumed.
    ///
    /// # Errors
    ///
    /// [`NoPrice`], if the book lacks the first.
    pub fn in_force(&self, prices: &Prices<'_>) -> Result<Vec<Band<Quoted<Rate<U>>>>, NoPrice> {
        let mut before = prices.get(self.first())?;
        let steps = self.steps.iter().map(|step| {
            before = prices.band(step.price, before);
            Band {
                upto: step.upto,
                price: before,
            }
        });
        Ok(steps.collect())
    }
}
