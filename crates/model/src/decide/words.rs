//! What conditions are put in words with.

use super::rule::Facts;
use crate::{bill::Bar, platform::Platform, sentence::Word};

/// Nothing to say beside that it holds.
pub(super) fn yes(condition: bool) -> Option<Vec<Word>> {
    condition.then(Vec::new)
}

pub(super) fn number(n: impl Into<f64>) -> Word {
    Word::Number(n.into())
}

pub(super) fn count(n: impl Into<f64>, one: &'static str, many: &'static str) -> Word {
    Word::Count(n.into(), one, many)
}

/// How many platforms something of that kind bars.
pub(super) fn barred(facts: &Facts<'_>, kind: fn(Bar) -> bool) -> usize {
    let by = |platform: &Platform| facts.comparison.barred_by(*platform).is_some_and(kind);
    Platform::ALL.iter().filter(|platform| by(platform)).count()
}

/// A number to two significant digits: more of it would pretend.
pub(super) fn about(x: f64) -> Word {
    if x == 0.0 {
        return Word::Number(0.0);
    }
    let step = libm::pow(10.0, libm::floor(libm::log10(x.abs())) - 1.0);
    Word::Number((x / step).round() * step)
}
