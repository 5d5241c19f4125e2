//! What files and texts were understood as.

use super::super::state::Calculator;
use leptos::prelude::WithValue;
use plimsoll_formats::scenario::saved::{self, Reading, SavedState};
use plimsoll_model::{diagnostic::Diagnostic, inputs::Inputs};
use plimsoll_readers::{EVERYWHERE, Told, bills::Summary};
use plimsoll_wording::format;
use std::sync::Arc;

/// The longest text that is shown in the field, bytes.
pub(super) const TEXT_LIMIT: usize = 4 << 20;

/// What a text was understood as: what it would make of the page, and what to say of it.
#[derive(Clone)]
pub(super) struct Understood {
    pub(super) what: String,
    pub(super) notices: Vec<String>,
    pub(super) told: Vec<Told>,
    pub(super) state: SavedState,
    /// Whether there is something that the state has from them.
    pub(super) is_scenario: bool,
    /// What vendors billed.
    pub(super) bill: Option<Arc<Summary>>,
    /// A record of a decision, as text.
    pub(super) record: Option<Arc<str>>,
}

impl Understood {
    /// A state of ours.
    fn of(what: String, state: SavedState) -> Self {
        Self {
            what,
            notices: Vec::new(),
            told: Vec::new(),
            state,
            is_scenario: true,
            bill: None,
            record: None,
        }
    }

    /// A record alone.
    pub(super) fn of_record(record: Arc<str>, state: SavedState) -> Self {
        Self {
            is_scenario: false,
            record: Some(record),
            ..Self::of(String::new(), state)
        }
    }
}

/// Whether the page itself reads a text: JSON of ours, or one that is damaged, and a price book.
pub(super) fn is_for_us(text: &str) -> bool {
    let is_json = text.trim_start().starts_with(['{', '[']);
    let small = text.len() <= TEXT_LIMIT;
    let names_ours = text.contains("\"v\":") && !text.contains("\"kind\"");
    is_price_book(text) || is_json && small && (saved::is_ours(text) || names_ours)
}

pub(super) fn is_price_book(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty());
    first.is_some_and(|line| line.contains("meter") && line.contains("value"))
}

/// The first of several sentences.
pub(super) fn few(all: &[String]) -> String {
    let mut text = all.iter().take(5).cloned().collect::<Vec<_>>().join("; ");
    if all.len() > 5 {
        text += &format!("; and {} more", all.len() - 5);
    }
    text
}

/// Finds out what a text is by how it begins.
pub(super) fn understand(text: &str, calculator: Calculator) -> Result<Understood, String> {
    let now = calculator.saved_state();
    if text.trim_start().starts_with(['{', '[']) {
        return json(text, &now);
    }
    prices(text, &now, calculator)
}

fn json(text: &str, now: &SavedState) -> Result<Understood, String> {
    match saved::read(text) {
        Reading::Newer(version) => Err(format!(
            "It was written by a newer version of Plimsoll (format {version}), which this one can't read."
        )),
        Reading::Damaged(why) => Err(why),
        Reading::Read(theirs, notices) => {
            let many = !theirs.named.is_empty();
            let mut state = SavedState {
                inputs: theirs.inputs,
                named: now.named.clone(),
            };
            for named in theirs.named {
                if !state.named.contains(&named) {
                    state.add(&named.name, named.inputs)?;
                }
            }
            let what = if many {
                "Everything, with named scenarios."
            } else {
                "A scenario."
            };
            Ok(Understood {
                notices: notices.iter().map(Diagnostic::to_string).collect(),
                ..Understood::of(what.to_owned(), state)
            })
        }
    }
}

fn prices(text: &str, now: &SavedState, calculator: Calculator) -> Result<Understood, String> {
    let read = calculator
        .site
        .with_value(|site| site.book.own_prices(text));
    match read {
        Ok(own) => {
            let what = format::count(
                own.len() as f64,
                "price that is not the book\u{2019}s.",
                "prices that are not the book\u{2019}s.",
            );
            let inputs = Inputs {
                prices: own,
                ..now.inputs.clone()
            };
            let named = now.named.clone();
            let what = ["A price book: ", &what].concat();
            Ok(Understood::of(what, SavedState { inputs, named }))
        }
        Err(problems) => {
            let told: Vec<String> = problems.iter().take(5).map(ToString::to_string).collect();
            let more = problems.len().saturating_sub(told.len());
            let more = if more > 0 {
                format!("; and {more} more")
            } else {
                String::new()
            };
            Err(told.join("; ") + &more)
        }
    }
}

/// A sentence with its place.
pub(super) fn placed(told: &Told) -> String {
    let (file, line) = &told.at;
    if file == EVERYWHERE {
        return told.text.clone();
    }
    format!("{file}, line {line}: {}", told.text)
}
