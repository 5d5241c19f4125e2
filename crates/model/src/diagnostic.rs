//! What can't be used of a text that somebody gave: where it stands, what was found there, and what is allowed.

use std::fmt::{self, Display, Formatter};

/// Where something can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The path of an input, or a part of the text by its name.
    Named(String),
    /// A line of a table, from 1.
    Line(u64),
    /// A cell of a table: its line, from 1, and its column.
    Cell(u64, &'static str),
    /// The whole text: what was found is said in our words.
    Whole,
}

impl Place {
    /// The line that it is in, from 1.
    pub fn line(&self) -> Option<u64> {
        match self {
            Self::Line(line) | Self::Cell(line, _) => Some(*line),
            Self::Named(_) | Self::Whole => None,
        }
    }
}

impl From<&str> for Place {
    fn from(name: &str) -> Self {
        Self::Named(name.to_owned())
    }
}

impl From<String> for Place {
    fn from(name: String) -> Self {
        Self::Named(name)
    }
}

impl Display for Place {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name) => f.write_str(name),
            Self::Line(line) => write!(f, "line {line}"),
            Self::Cell(line, column) => write!(f, "line {line}, column {column}"),
            Self::Whole => Ok(()),
        }
    }
}

/// Something that can't be used. It is displayed as a sentence without its full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Where.
    pub at: Place,
    /// What stands there.
    pub found: String,
    /// What may stand there.
    pub allowed: String,
}

impl Diagnostic {
    /// What was found at a place, and what is allowed there.
    pub fn new(at: impl Into<Place>, found: impl Into<String>, allowed: impl Into<String>) -> Self {
        Self {
            at: at.into(),
            found: found.into(),
            allowed: allowed.into(),
        }
    }
}

impl Display for Diagnostic {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { at, found, allowed } = self;
        match at {
            Place::Named(_) => write!(f, "{at}: {found}; allowed: {allowed}"),
            Place::Line(_) => write!(f, "{at}: \"{found}\"; allowed: {allowed}"),
            Place::Cell(..) => write!(f, "{at}: \"{found}\" can't be used; allowed: {allowed}"),
            Place::Whole => write!(f, "{found}; allowed: {allowed}"),
        }
    }
}
