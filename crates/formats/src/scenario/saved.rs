//! What the page keeps in the browser: the inputs, and the scenarios that the user gave a name.
//!
//! One JSON text: `{"v":2,"defaults":{…},"inputs":{…},"named":[{"name":"…","inputs":{…}}]}`. `defaults` is a whole
//! scenario with every assumption; the other scenarios hold what differs from it. So fifty of them are no longer than
//! a few whole ones, and a default that changes with a later version of the page changes nothing that was saved. Without
//! `defaults` they are today's.
//!
//! Version 1 was a bare scenario. An old text is brought up by [`STEPS`], one version each, before anything is read of
//! it; a text of a later version is left alone.

use super::{
    json, lists, object,
    reader::{Reader, kind_of, shown},
    text::{self, LONGEST_NAME},
    write_changes,
};
use plimsoll_model::{
    diagnostic::Diagnostic,
    inputs::{Inputs, fields},
};
use serde_json::{Map, Value};

/// The version of what is kept; scenarios inside have their own.
pub const VERSION: u64 = 2;
/// The longest text that is read or written, in bytes.
pub const TEXT_LIMIT: usize = super::TEXT_LIMIT;
/// How many named scenarios there may be; what two tabs made is kept even where it is more.
pub const MOST: usize = 50;
/// How many are read.
const MOST_READ: usize = 200;
/// Where [`merge`] keeps the inputs of another tab.
pub const FROM_OTHER_TAB: &str = "From another tab";

/// Everything that the user made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SavedState {
    /// The inputs of the page.
    pub inputs: Inputs,
    /// The scenarios with a name, no two of them with the same.
    pub named: Vec<Named>,
}

/// A scenario with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// Its name: 1 to 60 characters that are seen.
    pub name: String,
    /// Its inputs.
    pub inputs: Inputs,
}

impl SavedState {
    /// The inputs of that name.
    pub fn find(&self, name: &str) -> Option<&Inputs> {
        self.get(name).map(|named| &named.inputs)
    }

    fn get(&self, name: &str) -> Option<&Named> {
        self.named.iter().find(|named| named.name == name)
    }

    /// Keeps inputs under a name and gives the name that they got: a second `x` becomes `x 2`. Where they can't be kept
    /// nothing changes, and the answer says why.
    ///
    /// # Errors
    ///
    /// Why it can’t have that name.
    pub fn add(&mut self, name: &str, inputs: Inputs) -> Result<String, &'static str> {
        let name = tidy(name).ok_or("A scenario needs a name.")?;
        if self.named.len() >= MOST {
            return Err("50 scenarios are kept, no more: remove one first.");
        }
        let name = self.unused(&name);
        self.push(&name, inputs);
        if write(self).len() > TEXT_LIMIT {
            self.named.pop();
            return Err("All scenarios together would be too large to be kept: remove one first.");
        }
        Ok(name)
    }

    /// Gives the scenario at a place another name, and gives the name that it got.
    ///
    /// # Errors
    ///
    /// Why it can’t have that name.
    pub fn rename(&mut self, place: usize, name: &str) -> Result<String, &'static str> {
        let name = tidy(name).ok_or("A scenario needs a name.")?;
        let gone = "There is no such scenario any more.";
        // Its own name is free for it.
        self.named.get_mut(place).ok_or(gone)?.name.clear();
        let name = self.unused(&name);
        self.named[place].name.clone_from(&name);
        Ok(name)
    }

    fn push(&mut self, name: &str, inputs: Inputs) {
        let name = name.to_owned();
        self.named.push(Named { name, inputs });
    }

    /// A name, or the first that nobody has of `x 2`, `x 3` and so on.
    fn unused(&self, name: &str) -> String {
        let mut free = name.to_owned();
        let mut n = 2;
        while self.find(&free).is_some() {
            free = with_end(name, &format!(" {n}"));
            n += 1;
        }
        free
    }
}

/// A name as it is kept; nothing where nothing is seen of it.
fn tidy(name: &str) -> Option<String> {
    let name = text::seen(name.trim(), LONGEST_NAME);
    let seen = |c: char| !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}');
    name.chars().any(seen).then(|| name.trim().to_owned())
}

/// A name with an end, cut so that both are no longer than a name may be.
fn with_end(name: &str, end: &str) -> String {
    let room = LONGEST_NAME.saturating_sub(end.chars().count());
    let begin: String = name.chars().take(room).collect();
    begin.trim_end().to_owned() + end
}

// Reading.

/// What a kept text is.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "there is one at a time, and its state is taken out at once"
)]
pub enum Reading {
    /// It was read, but for what the diagnostics name.
    Read(SavedState, Vec<Diagnostic>),
    /// A later version of the page wrote it: to be left as it is.
    Newer(u64),
    /// It can't be read at all, and why.
    Damaged(String),
}

/// What brings a text from each version to the next: the first one from version 1 to 2.
const STEPS: [fn(Value) -> Value; VERSION as usize - 1] = [with_named];

/// Version 1 was the inputs alone.
fn with_named(scenario: Value) -> Value {
    let mut root = Map::new();
    root.insert("v".into(), 2_u64.into());
    root.insert("inputs".into(), scenario);
    root.insert("named".into(), Value::Array(Vec::new()));
    Value::Object(root)
}

/// Whether a text is JSON of ours, a scenario or everything, and not what another tool prints.
pub fn is_ours(text: &str) -> bool {
    let Ok(Value::Object(root)) = json::read(text) else {
        return false;
    };
    let has = |keys: &[&str]| keys.iter().any(|key| root.contains_key(*key));
    let theirs = ["kind", "apiVersion", "resources", "items"];
    // A scenario need not have its version.
    let ours = [
        "v",
        "http",
        "instance",
        "team",
        "workloads",
        "needs",
        "inputs",
    ];
    root.is_empty() || has(&ours) && !has(&theirs)
}

/// Reads what was kept. Never fails, and never changes what it can't read.
pub fn read(text: &str) -> Reading {
    if text.len() > TEXT_LIMIT {
        let (found, most) = (text.len(), TEXT_LIMIT);
        return Reading::Damaged(format!("{found} bytes; allowed: at most {most} bytes"));
    }
    let value = match json::read(text) {
        Ok(value @ Value::Object(_)) => value,
        Ok(other) => {
            return Reading::Damaged(format!("{}; allowed: a JSON object", kind_of(&other)));
        }
        Err(error) => return Reading::Damaged(error),
    };
    // A scenario need not have its version.
    let version = value.get("v").map_or(Some(1), Value::as_u64);
    match version {
        None | Some(0) => {
            let found = value.get("v").map_or(String::new(), shown);
            Reading::Damaged(format!("v: {found}; allowed: 1 to {VERSION}"))
        }
        Some(newer) if newer > VERSION => Reading::Newer(newer),
        Some(version) => {
            let mut diagnostics = Vec::new();
            let state = state_of(&brought_up(value, version), &mut diagnostics);
            Reading::Read(state, diagnostics)
        }
    }
}

fn brought_up(value: Value, version: u64) -> Value {
    STEPS
        .iter()
        .skip(version as usize - 1)
        .fold(value, |value, step| step(value))
}

fn state_of(root: &Value, diagnostics: &mut Vec<Diagnostic>) -> SavedState {
    let mut defaults = Inputs::default();
    if let Some(scenario) = root.get("defaults") {
        defaults = inputs("defaults", Some(scenario), &defaults, diagnostics);
    }
    let mut state = SavedState {
        inputs: inputs("inputs", root.get("inputs"), &defaults, diagnostics),
        named: Vec::new(),
    };
    let allowed = "a list of objects with name and inputs, 200 at most";
    let Some(Value::Array(named)) = root.get("named") else {
        let found = root.get("named").map_or("nothing", kind_of);
        diagnostics.push(Diagnostic::new("named", found, allowed));
        return state;
    };
    if named.len() > MOST_READ {
        let found = format!("{} of them", named.len());
        diagnostics.push(Diagnostic::new("named", found, allowed));
    }
    for (n, scenario) in named.iter().take(MOST_READ).enumerate() {
        let at = format!("named[{n}]");
        let given = scenario.get("name").and_then(Value::as_str);
        let name = given.and_then(tidy).unwrap_or_else(|| "Unnamed".into());
        let name = state.unused(&name);
        if given != Some(&name) {
            let found = scenario.get("name").map_or("nothing".into(), shown);
            let allowed = "a name of its own, 1 to 60 characters";
            diagnostics.push(Diagnostic::new(format!("{at}.name"), found, allowed));
        }
        let at = format!("{at}.inputs");
        let inputs = inputs(&at, scenario.get("inputs"), &defaults, diagnostics);
        state.push(&name, inputs);
    }
    state
}

/// A scenario that differs from the defaults by what is written.
fn inputs(
    at: &str,
    value: Option<&Value>,
    defaults: &Inputs,
    diagnostics: &mut Vec<Diagnostic>,
) -> Inputs {
    let mut inputs = defaults.clone();
    let Some(Value::Object(scenario)) = value else {
        let found = value.map_or("nothing", kind_of);
        diagnostics.push(Diagnostic::new(at, found, "a JSON object"));
        return inputs;
    };
    let mut reader = Reader::of(&mut inputs);
    reader.object("", scenario);
    for mut diagnostic in reader.finish() {
        diagnostic.at = format!("{at}.{}", diagnostic.at).into();
        diagnostics.push(diagnostic);
    }
    inputs
}

// Writing.

/// Everything as one text, to be kept.
pub fn write(state: &SavedState) -> String {
    let named: Value = state
        .named
        .iter()
        .map(|named| {
            let mut object = Map::new();
            object.insert("name".into(), named.name.as_str().into());
            object.insert("inputs".into(), write_changes(&named.inputs));
            Value::Object(object)
        })
        .collect();
    let defaults = object(fields::all(), &lists::ALL, &Inputs::default());
    let mut root = Map::new();
    root.insert("v".into(), VERSION.into());
    root.insert("defaults".into(), defaults);
    root.insert("inputs".into(), write_changes(&state.inputs));
    root.insert("named".into(), named);
    let mut root = Value::Object(root);
    root.sort_all_objects();
    root.to_string()
}

// Two tabs.

/// What two tabs made of `base`, the text that both last saw: nothing that either of them added or changed is lost.
///
/// Named scenarios are those that either tab added or changed, and those that both left alone. A change beats a removal.
/// Where both changed one differently, ours keeps the name and theirs is kept as `name (other tab)`. A scenario with a new
/// name is one removed and one added.
///
/// The inputs are ours. Where theirs changed and no scenario has them yet, they are kept under [`FROM_OTHER_TAB`],
/// in the place of what was there: inputs on the move are not work that was given a name.
///
/// There may be more than [`MOST`] then; none is dropped for it.
pub fn merge(base: &SavedState, ours: &SavedState, theirs: &SavedState) -> SavedState {
    let mut merged = SavedState {
        inputs: ours.inputs.clone(),
        named: Vec::new(),
    };
    let mut both_changed: Vec<&Named> = Vec::new();
    for own in &ours.named {
        let (before, other) = (base.find(&own.name), theirs.get(&own.name));
        if before != Some(&own.inputs) {
            merged.named.push(own.clone());
            // Their inputs that an earlier merge kept are no work of ours.
            let kept = own.name == FROM_OTHER_TAB && own.inputs == theirs.inputs;
            let changed = |other: &&Named| {
                !kept && before != Some(&other.inputs) && other.inputs != own.inputs
            };
            both_changed.extend(other.filter(changed));
        } else if let Some(other) = other {
            merged.named.push(other.clone());
        }
    }
    for other in &theirs.named {
        // What we removed stays removed, unless they changed it.
        let left_alone = base.find(&other.name) == Some(&other.inputs);
        if ours.find(&other.name).is_none() && !left_alone {
            merged.named.push(other.clone());
        }
    }
    for other in both_changed {
        let name = with_end(&other.name, " (other tab)");
        // An earlier merge may have kept it already, with a number behind the name.
        let kept = |named: &Named| named.inputs == other.inputs && named.name.starts_with(&name);
        if !merged.named.iter().any(kept) {
            let name = merged.unused(&name);
            merged.push(&name, other.inputs.clone());
        }
    }
    let kept = |named: &Named| named.inputs == theirs.inputs;
    let changed = theirs.inputs != base.inputs && theirs.inputs != ours.inputs;
    if changed && !merged.named.iter().any(kept) {
        merged.named.retain(|named| named.name != FROM_OTHER_TAB);
        merged.push(FROM_OTHER_TAB, theirs.inputs.clone());
    }
    merged
}

#[cfg(test)]
mod tests;
