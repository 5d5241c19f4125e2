//! Reads what a team has: manifests, task definitions, spreadsheets and files of traffic, as a list of workloads and a load,
//! with everything that was understood, assumed and left out. Nothing here knows a price.
//!
//! Values of environment variables are never looked at, and nothing of a file is told but names, kinds, sizes and counts.

pub mod bills;
mod cloud_run;
mod compose;
mod container_apps;
mod cron;
mod documents;
mod ecs;
mod kubernetes;
pub mod quantity;
mod reader;
mod rows;
mod scenario;
mod terraform;
mod traffic;
mod usage;
mod yaml;

pub use reader::Reader;
pub use traffic::{Load, Traffic, Zone};

use plimsoll_model::inputs::WorkloadRow;
use std::{collections::BTreeMap, fmt};

/// The largest file that is read whole, bytes.
pub const LARGEST: usize = 64 << 20;

/// The name of what is told of all files together.
pub const EVERYWHERE: &str = "all files";

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

impl Kind {
    /// Its name in words.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Understood => "understood",
            Self::Assumed => "assumed",
            Self::LeftOut => "left out",
        }
    }
}

/// The file's name, and the line on which a document or a row begins.
pub type Place = (String, usize);

/// What may be taken instead of what was assumed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is chosen, the same for the same files: `all.yaml:3:Deployment cart:kind`.
    pub id: String,
    /// Names of what may be taken, and what each is in words.
    pub options: Vec<(String, String)>,
    /// Which of them is taken.
    pub taken: String,
}

/// A sentence on something in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What kind of thing it is.
    pub kind: Kind,
    /// Where it stands.
    pub at: Place,
    /// The sentence, without its place.
    pub text: String,
    /// What may be taken instead.
    pub choice: Option<Choice>,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (file, line) = &self.at;
        write!(f, "{file}:{line}: {}: {}", self.kind.word(), self.text)
    }
}

/// What is taken instead of what would be assumed, by [`Choice::id`].
pub type Choices = BTreeMap<String, String>;

/// A file: its name, and what is in it.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// How it is called in messages.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// What files come to.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The workloads: those of spreadsheets first, else in the order of the files.
    pub rows: Vec<WorkloadRow>,
    /// The loads of files of traffic.
    pub traffic: Vec<Traffic>,
    /// All that is to be said of them.
    pub told: Vec<Told>,
    /// The share of the CPU of a cluster's nodes that its pods ask for, 0.05 to 1, where the files say it.
    pub utilisation: Option<f64>,
    /// What vendors billed, where the files are their exports.
    pub bill: bills::Bill,
    /// How many times the CPU that they use pods ask for, 1 to 10, where the files say both.
    pub padding: Option<f64>,
    choices: Choices,
    zone: Option<Zone>,
    /// How often each choice was there, by its name without a number.
    asked_at: BTreeMap<String, usize>,
    /// What the pods of manifests ask for.
    asked: Vec<usage::Asked>,
    /// How many times a month jobs are started by what stands elsewhere in a file, by their names.
    starts: BTreeMap<String, f64>,
}

impl Reading {
    pub(crate) fn tell(&mut self, kind: Kind, at: &Place, text: impl Into<String>) {
        self.told.push(Told {
            kind,
            at: at.clone(),
            text: cut(text.into()),
            choice: None,
        });
    }

    /// Takes what is usual, or what was chosen instead, and tells it as an assumption that can be turned. `what` names it
    /// among the choices at that place; each option has a name, and words.
    pub(crate) fn choose<'o>(
        &mut self,
        at: &Place,
        what: &str,
        usual: &'o str,
        options: &[(&'o str, &str)],
        text: impl FnOnce(&str) -> String,
    ) -> &'o str {
        let mut id = format!("{}:{}:{what}", at.0, at.1);
        // Objects of one list begin on one line.
        let before = self.asked_at.entry(id.clone()).or_default();
        *before += 1;
        if *before > 1 {
            id += &format!("#{before}");
        }
        let chosen = self.choices.get(&id).map(String::as_str);
        let taken = options.iter().find(|(name, _)| Some(*name) == chosen);
        let taken = taken.map_or(usual, |(name, _)| name);
        let words = |(name, words): &(&str, &str)| ((*name).to_owned(), (*words).to_owned());
        self.told.push(Told {
            kind: Kind::Assumed,
            at: at.clone(),
            text: cut(text(taken)),
            choice: Some(Choice {
                id,
                options: options.iter().map(words).collect(),
                taken: taken.to_owned(),
            }),
        });
        taken
    }

    /// Whether something in a file could not be read.
    pub fn is_wrong(&self) -> bool {
        self.told.iter().any(|told| told.kind == Kind::Wrong)
    }
}

/// A sentence that shows what it is about, and not a file: names may be as long as whoever wrote them likes.
fn cut(text: String) -> String {
    const LONGEST: usize = 400;
    // What moves a terminal's cursor may stand in a name.
    let text = if text.contains(char::is_control) {
        text.replace(char::is_control, " ")
    } else {
        text
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => text[..end].to_owned() + "\u{2026}",
        None => text,
    }
}

/// Reads files together, as is usual: an autoscaler in one of them belongs to a Deployment in another.
pub fn read(files: &[File<'_>]) -> Reading {
    read_with(files, &Choices::new())
}

/// Reads files together, with choices in place of what is usual.
pub fn read_with(files: &[File<'_>], choices: &Choices) -> Reading {
    let mut reader = Reader::new(choices.clone(), None);
    for file in files {
        reader.open(file.name);
        reader.push(file.text.as_bytes());
        reader.close();
    }
    reader.finish()
}

#[cfg(test)]
mod tests;
