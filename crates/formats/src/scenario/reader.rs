//! What reading a text leaves: the inputs so far, and a notice for everything that was not understood.

use super::{json, text};
use plimsoll_model::inputs::Inputs;
use serde_json::Value;
use std::fmt;

/// Something that was not understood: where, what, and what is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The path of the input, or where in the text.
    pub at: String,
    /// What stands there.
    pub found: String,
    /// What may stand there.
    pub allowed: String,
}

impl Notice {
    pub(super) fn new(
        at: impl Into<String>,
        found: impl Into<String>,
        allowed: impl Into<String>,
    ) -> Self {
        Self {
            at: at.into(),
            found: found.into(),
            allowed: allowed.into(),
        }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; allowed: {}", self.at, self.found, self.allowed)
    }
}

/// The most notices of one text: who gets so many has a text of another kind.
const MOST_NOTICES: usize = 100;

/// The first of many notices, and how many were left out.
pub(super) fn few(mut notices: Vec<Notice>) -> Vec<Notice> {
    let more = notices.len().saturating_sub(MOST_NOTICES);
    if more > 0 {
        notices.truncate(MOST_NOTICES);
        notices.push(Notice::new("and more", format!("{more} of them"), "none"));
    }
    notices
}

/// What a text has come to so far.
pub(super) struct Reader<'a> {
    pub(super) inputs: &'a mut Inputs,
    pub(super) notices: Vec<Notice>,
    /// Whether the text has a CPU time of its own: a default gives way without a word.
    pub(super) cpu_given: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn of(inputs: &'a mut Inputs) -> Self {
        Self {
            inputs,
            notices: Vec::new(),
            cpu_given: false,
        }
    }

    pub(super) fn notice(
        &mut self,
        at: &str,
        found: impl Into<String>,
        allowed: impl Into<String>,
    ) {
        self.notices.push(Notice::new(at, found, allowed));
    }
}

pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// A value as it stands, cut short, without what is not seen.
pub(super) fn shown(value: &Value) -> String {
    let text = json::quoted(value);
    let start = text::cut(&text);
    let more = if text.chars().count() > 60 { "…" } else { "" };
    start + more
}
