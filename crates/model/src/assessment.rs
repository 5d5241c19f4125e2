//! The whole answer: every platform's bill, and the advice.

use crate::{
    bill::Refusal,
    compare::{Comparison, compare_for},
    decide::{Effect, Fired, Question, Verdict, decide},
    inputs::Inputs,
    platform::Platform,
    platforms::Case,
    prices::PriceBook,
    units::Usd,
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
    /// It ties with the answer.
    Ties,
    /// It is the next best.
    RunnerUp,
    /// It would do, for no more money.
    Fits,
    /// It would do, for so much more a month.
    Dearer(Usd),
    /// A rule that isn't about money speaks against it.
    RuledOut,
    /// Its cloud may not be used.
    NotAllowed,
    /// It takes no new customers.
    Closed,
    /// It can't run the workload.
    CannotRun,
    /// The price book can't price it.
    NoPrice,
}

impl Assessment {
    /// Whether a rule that isn't about money speaks against a platform.
    pub fn is_ruled_out(&self, platform: Platform) -> bool {
        let against = |fired: &Fired| match fired.effect {
            Effect::Decides(side) => {
                fired.rule.question != Question::Money && !side.allows(platform)
            }
            _ => false,
        };
        self.verdict.rules.iter().any(against)
    }

    /// How a platform fares.
    pub fn fit(&self, platform: Platform, inputs: &Inputs) -> Fit {
        let chosen = self.verdict.platform;
        let answer = chosen.and_then(|platform| self.comparison.total(platform));
        match self.comparison.quote(platform) {
            Err(Refusal::CannotRun(_)) => Fit::CannotRun,
            Err(Refusal::NoPrice(_)) => Fit::NoPrice,
            Ok(_) if self.verdict.platform == Some(platform) => Fit::Recommended,
            Ok(_) if self.verdict.group.contains(&platform) => Fit::Ties,
            Ok(_) if self.verdict.runner_up == Some(platform) => Fit::RunnerUp,
            Ok(_) if !inputs.clouds.allow(platform.vendor()) => Fit::NotAllowed,
            Ok(_) if !self.comparison.is_open(platform, inputs) => Fit::Closed,
            Ok(_) if self.is_ruled_out(platform) => Fit::RuledOut,
            Ok(bill) => match answer {
                Some(answer) if bill.total() > answer => Fit::Dearer(bill.total() - answer),
                _ => Fit::Fits,
            },
        }
    }
}

/// Assesses the inputs at the prices of a book.
pub fn assess(inputs: &Inputs, book: &PriceBook) -> Assessment {
    let case = Case::of(inputs);
    let comparison = compare_for(&case, book);
    let verdict = if inputs.workloads.is_empty() {
        decide(&case, book, &comparison)
    } else {
        decide(&case.with_inputs(&inputs.united()), book, &comparison)
    };
    Assessment {
        comparison,
        verdict,
    }
}
