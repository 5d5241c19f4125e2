//! What reading a text leaves: the inputs so far, and a diagnostic for everything that was not understood.

use super::{json, text};
use plimsoll_model::{diagnostic::Diagnostic, inputs::Inputs};
use serde_json::Value;

/// The most diagnostics of one text: who gets so many has a text of another kind.
const MOST_DIAGNOSTICS: usize = 100;

/// The first of many diagnostics, and how many were left out.
pub(crate) fn few(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let more = diagnostics.len().saturating_sub(MOST_DIAGNOSTICS);
    if more > 0 {
        diagnostics.truncate(MOST_DIAGNOSTICS);
        diagnostics.push(Diagnostic::new(
            "and more",
            format!("{more} of them"),
            "none",
        ));
    }
    diagnostics
}

/// What a text has come to so far.
pub(crate) struct Reader<'a> {
    pub(crate) inputs: &'a mut Inputs,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Whether the text has a CPU time of its own: a default gives way without a word.
    pub(crate) cpu_given: bool,
}

impl<'a> Reader<'a> {
    pub(crate) fn of(inputs: &'a mut Inputs) -> Self {
        Self {
            inputs,
            diagnostics: Vec::new(),
            cpu_given: false,
        }
    }

    pub(crate) fn report(
        &mut self,
        at: &str,
        found: impl Into<String>,
        allowed: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::new(at, found, allowed));
    }
}

pub(crate) fn kind_of(value: &Value) -> &'static str {
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
pub(crate) fn shown(value: &Value) -> String {
    let text = json::quoted(value);
    let start = text::cut(&text);
    let more = if text.chars().count() > 60 { "…" } else { "" };
    start + more
}
