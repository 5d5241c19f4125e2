//! All platforms side by side: every quote, ranked, and the cheapest.

use super::{
    bill::{Bill, Quote, Refusal},
    inputs::Inputs,
    platforms::{Case, Platform},
    prices::PriceBook,
    units::Usd,
};

/// What every platform answers for the same inputs and prices.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// One quote for each of [`Platform::ALL`], in that order.
    quotes: Vec<Quote>,
    /// All platforms: priced ones by total, then the others in their own order.
    pub ranked: Vec<Platform>,
    /// The cheapest all in, if any can be priced.
    pub recommended: Option<Platform>,
}

impl Comparison {
    /// What one platform answers.
    pub fn quote(&self, platform: Platform) -> Result<&Bill, &Refusal> {
        self.quotes[platform as usize].as_ref()
    }

    /// The total of one platform, if it is priced.
    pub fn total(&self, platform: Platform) -> Option<Usd> {
        self.quote(platform).ok().map(Bill::total)
    }
}

/// Compares all platforms.
pub fn compare(inputs: &Inputs, book: &PriceBook) -> Comparison {
    let case = Case::of(inputs);
    let prices = book.at(inputs.region);
    let quotes: Vec<Quote> = Platform::ALL
        .into_iter()
        .map(|platform| platform.quote(&case, &prices))
        .collect();
    let totals: Vec<Option<Usd>> = quotes
        .iter()
        .map(|quote| quote.as_ref().ok().map(Bill::total))
        .collect();
    let mut ranked = Platform::ALL.to_vec();
    // A stable sort: equal totals, and platforms without one, stay in their own order.
    ranked.sort_by_key(|platform| {
        let total = totals[*platform as usize];
        (total.is_none(), total)
    });
    let recommended = ranked
        .first()
        .copied()
        .filter(|platform| totals[*platform as usize].is_some());
    Comparison {
        quotes,
        ranked,
        recommended,
    }
}
