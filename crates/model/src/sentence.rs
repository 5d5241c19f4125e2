//! A sentence with the user's numbers in it, before anybody has decided how a number is written.
//!
//! The model says what is true; `format` writes it down. Keeping the numbers apart keeps the model free of
//! formatting and lets two sentences be compared without building text.

use super::units::Usd;

/// A number or a name inside a sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Word {
    /// A plain number: `3,600`, `0.25`.
    Number(f64),
    /// A number of things, with their names for one and for several: `1 node`, `4 nodes`.
    Count(f64, &'static str, &'static str),
    /// A promise of uptime, per cent: every nine counts, so that no digit is lost.
    Uptime(f64),
    /// An amount of money: `$1,234`.
    Money(Usd),
    /// A name, as it stands.
    Name(&'static str),
}

/// Above so many months a time is said in years.
const YEARS_FROM: f64 = 60.0;

impl Word {
    /// A time in whole months, or in years where it is long.
    pub fn time(months: f64) -> Self {
        if months <= YEARS_FROM {
            Self::Count(months.ceil(), "month", "months")
        } else {
            Self::Count((months / 12.0).ceil(), "year", "years")
        }
    }
}

/// A whole sentence: its text has one `{}` for every word.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// The text, with a `{}` where each word goes.
    pub text: &'static str,
    /// The words, in the order of their places.
    pub words: Vec<Word>,
}

impl Sentence {
    /// A sentence of `text` with its `words`. There must be as many words as places.
    pub fn new(text: &'static str, words: impl Into<Vec<Word>>) -> Self {
        let words = words.into();
        debug_assert_eq!(
            text.matches("{}").count(),
            words.len(),
            "a sentence with places and words that differ in number: {text}"
        );
        Self { text, words }
    }
}
