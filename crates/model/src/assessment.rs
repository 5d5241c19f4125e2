//! The whole answer: every platform's bill, and the advice.

use crate::{
    bill::Refusal,
    compare::{Comparison, compare_for},
    decide::{Effect, Fired, Verdict, decide},
    inputs::Inputs,
    platform::Platform,
    platforms::Case,
    prices::PriceBook,
};

/// The whole answer: every platform's bill, and the advice.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// All platforms side by side.
    pub comparison: Comparison,
    /// The advice.
    pub verdict: Verdict,
}

/// How a platform fares in the advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It is the answer.
    Recommended,
    /// It is the next best.
    RunnerUp,
    /// It would do.
    Fits,
    /// A deciding rule speaks against it.
    RuledOut,
    /// It takes no new customers.
    Closed,
    /// It can't run the workload.
    CannotRun,
    /// The price book can't price it.
    NoPrice,
}

impl Fit {
    /// What it says on the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Recommended => "Recommended",
            Self::RunnerUp => "Runner-up",
            Self::Fits => "Fits",
            Self::RuledOut => "Ruled out",
            Self::Closed => "Closed",
            Self::CannotRun => "Can\u{2019}t run it",
            Self::NoPrice => "No price",
        }
    }
}

impl Assessment {
    /// How a platform fares.
    pub fn fit(&self, platform: Platform, inputs: &Inputs) -> Fit {
        let against = |fired: &Fired| match fired.effect {
            Effect::Decides(side) => !side.allows(platform),
            _ => false,
        };
        match self.comparison.quote(platform) {
            Err(Refusal::CannotRun(_)) => Fit::CannotRun,
            Err(Refusal::NoPrice(_)) => Fit::NoPrice,
            Ok(_) if self.verdict.platform == Some(platform) => Fit::Recommended,
            Ok(_) if self.verdict.runner_up == Some(platform) => Fit::RunnerUp,
            Ok(_) if !self.comparison.is_open(platform, inputs) => Fit::Closed,
            Ok(_) if self.verdict.rules.iter().any(against) => Fit::RuledOut,
            Ok(_) => Fit::Fits,
        }
    }
}

/// Assesses the inputs at the prices of a book.
pub fn assess(inputs: &Inputs, book: &PriceBook) -> Assessment {
    let case = Case::of(inputs);
    let comparison = compare_for(&case, book);
    let verdict = decide(&case, book, &comparison);
    Assessment {
        comparison,
        verdict,
    }
}
