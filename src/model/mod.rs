//! The model: what a workload costs on each platform, people included. Pure.
//!
//! Inputs → workload → plan → usage → bill → comparison, each a plain function. No web, no I/O, no clock, no
//! randomness of its own, no serde. Prices are an argument.

pub mod basis;
pub mod bill;
pub mod capacity;
pub mod compare;
pub mod decide;
pub mod decimal;
pub mod duties;
pub mod inputs;
pub mod order;
pub mod people;
pub mod platform;
pub mod platforms;
pub mod presets;
pub mod prices;
pub mod region;
pub mod sentence;
pub mod tiers;
pub mod traffic;
pub mod units;
pub mod workload;

use compare::Comparison;
use decide::Verdict;
use inputs::Inputs;
use prices::PriceBook;

/// The whole answer: every platform's bill, and the advice.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// All platforms side by side.
    pub comparison: Comparison,
    /// The advice.
    pub verdict: Verdict,
}

/// Assesses the inputs at the prices of a book.
pub fn assess(inputs: &Inputs, book: &PriceBook) -> Assessment {
    let comparison = compare::compare(inputs, book);
    let verdict = decide::decide(inputs, book, &comparison);
    Assessment {
        comparison,
        verdict,
    }
}
