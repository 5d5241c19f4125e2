//! Reads what a team has: Kubernetes manifests and spreadsheets, as a list of workloads with everything that was understood,
//! assumed and left out. Nothing here knows a price.
//!
//! Values of `env` are never looked at, and nothing of a file is told but names, kinds, sizes and counts.

mod cron;
mod kubernetes;
pub mod quantity;

use plimsoll_formats::scenario::table;
use plimsoll_model::inputs::{WorkloadRow, workloads::MOST_ROWS};
use serde_json::Value;
use serde_saphyr::{Budget, Options};
use std::fmt;

/// The largest file that is read whole, bytes.
pub const LARGEST: usize = 64 << 20;

/// What is to be said of something in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It can't be read, or means nothing.
    Wrong,
    /// It counts, as the file says.
    Understood,
    /// It counts as is usual: the file doesn't say it.
    Assumed,
    /// It doesn't count.
    LeftOut,
}

/// A sentence on something in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What kind of thing it is.
    pub kind: Kind,
    /// The file's name, and the line on which the document or the row begins.
    pub at: (String, usize),
    /// The sentence, without its place.
    pub text: String,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.kind {
            Kind::Wrong => "wrong",
            Kind::Understood => "understood",
            Kind::Assumed => "assumed",
            Kind::LeftOut => "left out",
        };
        let (file, line) = &self.at;
        write!(f, "{file}:{line}: {word}: {}", self.text)
    }
}

/// A file: its name, and what is in it.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// How it is called in messages.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// What files come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The workloads: those of spreadsheets first, else in the order of the files.
    pub rows: Vec<WorkloadRow>,
    /// All that is to be said of them.
    pub told: Vec<Told>,
}

impl Reading {
    fn tell(&mut self, kind: Kind, at: &(String, usize), text: impl Into<String>) {
        self.told.push(Told {
            kind,
            at: at.clone(),
            text: text.into(),
        });
    }

    /// Whether something in a file could not be read.
    pub fn is_wrong(&self) -> bool {
        self.told.iter().any(|told| told.kind == Kind::Wrong)
    }
}

/// A document of a file: where it begins, and what is in it.
pub(crate) struct Document {
    at: (String, usize),
    value: Value,
}

/// Reads files together: an autoscaler in one of them belongs to a Deployment in another.
pub fn read(files: &[File<'_>]) -> Reading {
    let mut reading = Reading::default();
    let mut documents = Vec::new();
    for file in files {
        let at = (file.name.to_owned(), 1);
        if file.text.len() > LARGEST {
            let text = "larger than 64 MiB; allowed: files up to that size";
            reading.tell(Kind::Wrong, &at, text);
        } else if file.text.trim().is_empty() {
            reading.tell(
                Kind::Wrong,
                &at,
                "empty; allowed: manifests, or rows with a header",
            );
        } else if is_manifest(file.text) {
            documents.extend(split(file, &mut reading));
        } else {
            spreadsheet(file, &mut reading);
        }
    }
    kubernetes::read(documents, &mut reading);
    if reading.rows.len() > MOST_ROWS {
        let text = format!(
            "{} workloads; the first {MOST_ROWS} are taken",
            reading.rows.len()
        );
        reading.tell(Kind::LeftOut, &(String::from("all files"), 1), text);
        reading.rows.truncate(MOST_ROWS);
    }
    reading
}

/// Whether a text is a manifest: an object, not rows.
fn is_manifest(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_start);
    text.trim_start().starts_with(['{', '['])
        || lines.any(|line| line.starts_with("kind:") || line.starts_with("apiVersion:"))
}

/// The documents of a file.
fn split(file: &File<'_>, reading: &mut Reading) -> Vec<Document> {
    let mut parts: Vec<(usize, String)> = vec![(1, String::new())];
    for (n, line) in file.text.lines().enumerate() {
        if line.trim_end() == "---" || line.starts_with("--- ") {
            parts.push((n + 2, String::new()));
        } else if let Some((_, part)) = parts.last_mut() {
            part.push_str(line);
            part.push('\n');
        }
    }
    let mut documents = Vec::new();
    for (line, part) in parts {
        let is_said = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
        let Some(first) = part.lines().position(is_said) else {
            continue;
        };
        let at = (file.name.to_owned(), line + first);
        match parse(&part) {
            Ok(value) => documents.push(Document { at, value }),
            Err(found) => reading.tell(Kind::Wrong, &at, found),
        }
    }
    documents
}

/// JSON or YAML, with limits on what a few bytes may unfold to.
fn parse(text: &str) -> Result<Value, String> {
    if text.trim_start().starts_with(['{', '['])
        && let Ok(value) = serde_json::from_str(text)
    {
        return Ok(value);
    }
    let mut options = Options::default();
    let mut budget = Budget::default();
    budget.max_aliases = 1_000;
    budget.max_depth = 100;
    options.budget = Some(budget);
    let value: Result<Value, _> = serde_saphyr::from_str_with_options(text, options);
    value.map_err(|error| {
        // The message of the parser may show a part of the file, and so a secret.
        match error.location() {
            Some(place) => format!(
                "no YAML at line {} of this document, column {}; allowed: YAML or JSON, nested up to 100 deep, 1,000 aliases",
                place.line(),
                place.column()
            ),
            None => "no YAML; allowed: YAML or JSON, nested up to 100 deep, 1,000 aliases".to_owned(),
        }
    })
}

fn spreadsheet(file: &File<'_>, reading: &mut Reading) {
    let (rows, told) = table::read(file.text);
    let at = |n: usize| (file.name.to_owned(), n);
    for told in told {
        reading.tell(Kind::Wrong, &at(1), told.to_string());
    }
    for (n, row) in rows.iter().enumerate() {
        let text = format!("{} {}", row.kind.id(), row.name);
        reading.tell(Kind::Understood, &at(n + 2), text);
    }
    reading.rows.extend(rows);
}

#[cfg(test)]
mod tests;
