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
    text, write_changes,
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
/// The longest name, in characters.
pub const LONGEST_NAME: usize = 60;
/// Where [`merge`] keeps the inputs of another tab.
pub const FROM_OTHER_TAB: &str = "From another tab";

/// Everything that the user made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Desk {
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

impl Desk {
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
    reason = "there is one at a time, and its desk is taken out at once"
)]
pub enum Reading {
    /// It was read, but for what the diagnostics name.
    Read(Desk, Vec<Diagnostic>),
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
            let desk = desk(&brought_up(value, version), &mut diagnostics);
            Reading::Read(desk, diagnostics)
        }
    }
}

fn brought_up(value: Value, version: u64) -> Value {
    STEPS
        .iter()
        .skip(version as usize - 1)
        .fold(value, |value, step| step(value))
}

fn desk(root: &Value, diagnostics: &mut Vec<Diagnostic>) -> Desk {
    let mut defaults = Inputs::default();
    if let Some(scenario) = root.get("defaults") {
        defaults = inputs("defaults", Some(scenario), &defaults, diagnostics);
    }
    let mut desk = Desk {
        inputs: inputs("inputs", root.get("inputs"), &defaults, diagnostics),
        named: Vec::new(),
    };
    let allowed = "a list of objects with name and inputs, 200 at most";
    let Some(Value::Array(named)) = root.get("named") else {
        let found = root.get("named").map_or("nothing", kind_of);
        diagnostics.push(Diagnostic::new("named", found, allowed));
        return desk;
    };
    if named.len() > MOST_READ {
        let found = format!("{} of them", named.len());
        diagnostics.push(Diagnostic::new("named", found, allowed));
    }
    for (n, scenario) in named.iter().take(MOST_READ).enumerate() {
        let at = format!("named[{n}]");
        let given = scenario.get("name").and_then(Value::as_str);
        let name = given.and_then(tidy).unwrap_or_else(|| "Unnamed".into());
        let name = desk.unused(&name);
        if given != Some(&name) {
            let found = scenario.get("name").map_or("nothing".into(), shown);
            let allowed = "a name of its own, 1 to 60 characters";
            diagnostics.push(Diagnostic::new(format!("{at}.name"), found, allowed));
        }
        let at = format!("{at}.inputs");
        let inputs = inputs(&at, scenario.get("inputs"), &defaults, diagnostics);
        desk.push(&name, inputs);
    }
    desk
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
pub fn write(desk: &Desk) -> String {
    let named: Value = desk
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
    root.insert("inputs".into(), write_changes(&desk.inputs));
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
pub fn merge(base: &Desk, ours: &Desk, theirs: &Desk) -> Desk {
    let mut merged = Desk {
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
mod tests {
    use super::*;
    use plimsoll_model::{inputs::Environment, presets::PRESETS};
    use proptest::prelude::*;

    const BARE: &str = include_str!("../../../../tests/cases/saved/1-bare.json");
    const BARE_AS_2: &str = include_str!("../../../../tests/cases/saved/1-bare-as-2.json");
    const DESK: &str = include_str!("../../../../tests/cases/saved/2-desk.json");

    fn value(text: &str) -> Value {
        json::read(text).expect("JSON")
    }

    fn services(services: u32) -> Inputs {
        Inputs {
            services,
            ..Inputs::default()
        }
    }

    fn whole(text: &str) -> Desk {
        match read(text) {
            Reading::Read(desk, diagnostics) => {
                assert_eq!(diagnostics, vec![]);
                desk
            }
            other => unreachable!("{other:?}"),
        }
    }

    fn diagnostics(text: &str) -> (Desk, Vec<String>) {
        match read(text) {
            Reading::Read(desk, diagnostics) => (
                desk,
                diagnostics.iter().map(Diagnostic::to_string).collect(),
            ),
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn the_first_step_makes_a_desk_of_bare_inputs() {
        assert_eq!(with_named(value(BARE)), value(BARE_AS_2));
    }

    #[test]
    fn every_version_that_was_ever_kept_is_read() {
        let bare = whole(BARE);
        assert_eq!((bare.inputs.services, bare.inputs.team.engineers), (4, 9));
        assert_eq!(bare.inputs.environments.len(), 1);
        assert_eq!(bare.named, vec![]);
        assert_eq!(whole(BARE_AS_2), bare);
        let desk = whole(DESK);
        assert_eq!(desk.inputs.services, 2);
        let names: Vec<&str> = desk.named.iter().map(|named| &*named.name).collect();
        assert_eq!(names, ["today", "with a mesh"]);
        // The defaults of the file, not those of today.
        assert_eq!(desk.named[0].inputs.team.engineers, 6);
        assert_eq!(desk.named[0].inputs.assumptions.kubernetes_fixed, 21.0);
        assert_eq!(desk.named[1].inputs.team.engineers, 12);
        // A scenario without its version is of the first.
        assert_eq!(whole(r#"{"services":3}"#).inputs, services(3));
    }

    #[test]
    fn every_default_is_written_beside_what_differs_from_it() {
        let text = value(&write(&Desk::default()));
        let defaults = text.get("defaults").expect("defaults");
        for path in fields::all().map(|field| field.path).chain(lists::ALL) {
            let found = path.split('.').try_fold(defaults, |at, key| at.get(key));
            assert!(found.is_some(), "{path}");
        }
        assert_eq!(text.get("inputs"), Some(&value(r#"{"v":1}"#)));
    }

    #[test]
    fn a_later_version_is_left_alone_and_what_is_no_text_of_ours_is_damaged() {
        assert_eq!(read(r#"{"v":3,"anything":[]}"#), Reading::Newer(3));
        let long = format!("{{\"v\":2,\"x\":\"{}\"}}", "x".repeat(TEXT_LIMIT));
        for (text, why) in [
            ("{not json", "key must be a string at line 1 column 2"),
            ("[1,2,3]", "a list; allowed: a JSON object"),
            (r#"{"v":0}"#, "v: 0; allowed: 1 to 2"),
            (r#"{"v":"two"}"#, "v: \"two\"; allowed: 1 to 2"),
            (long.as_str(), "262158 bytes; allowed: at most 262144 bytes"),
        ] {
            assert_eq!(read(text), Reading::Damaged(why.into()), "{text:.40}");
        }
    }

    #[test]
    fn what_can_not_be_read_is_named_and_the_rest_is_kept() {
        let (desk, told) = diagnostics(
            r#"{"v":2,"inputs":{"services":900},"named":[
                {"name":"a","inputs":{"services":2}}, {"name":"a","inputs":{"services":3}},
                {"name":"\u202e","inputs":{"servces":4}}, 7]}"#,
        );
        assert_eq!(desk.inputs, services(200));
        assert_eq!(desk.find("a"), Some(&services(2)));
        assert_eq!(desk.find("a 2"), Some(&services(3)));
        assert_eq!(desk.named.len(), 4);
        let begins = [
            "inputs.services: 900; allowed:",
            "named[1].name: \"a\"; allowed: a name of its own",
            "named[2].name: ",
            "named[2].inputs.servces: not an input",
            "named[3].name: nothing",
            "named[3].inputs: nothing; allowed: a JSON object",
        ];
        assert_eq!(told.len(), begins.len(), "{told:?}");
        for (told, begin) in told.iter().zip(begins) {
            assert!(told.starts_with(begin), "{told}");
        }
        let (_, told) = diagnostics(r#"{"v":2,"inputs":{},"named":{}}"#);
        assert_eq!(told.len(), 1, "{told:?}");
    }

    #[test]
    fn names_are_seen_short_and_their_own() {
        let mut desk = Desk::default();
        let mut add = |name: &str| desk.add(name, Inputs::default());
        assert_eq!(add(" x "), Ok("x".into()));
        assert_eq!(add("x"), Ok("x 2".into()));
        assert_eq!(add("x"), Ok("x 3".into()));
        assert_eq!(add("a\u{202e}b\n"), Ok("ab".into()));
        let long = "é".repeat(80);
        assert_eq!(add(&long), Ok("é".repeat(60)));
        assert_eq!(add(&long), Ok("é".repeat(58) + " 2"));
        for nothing in ["", " ", "\u{200b}\u{feff}", "\u{202e}"] {
            assert!(add(nothing).is_err(), "{nothing:?}");
        }
        assert_eq!(desk.rename(1, "x"), Ok("x 2".into()));
        assert_eq!(desk.rename(1, "y"), Ok("y".into()));
        assert_eq!(desk.rename(0, "x"), Ok("x".into()));
        assert!(desk.rename(0, " ").is_err() && desk.rename(9, "z").is_err());
        assert_eq!(whole(&write(&desk)), desk);
    }

    #[test]
    fn fifty_scenarios_fit_and_one_more_is_refused() {
        let mut desk = Desk::default();
        for n in 0..MOST {
            let preset = &PRESETS[n % PRESETS.len()];
            assert!(desk.add(preset.name, preset.inputs()).is_ok());
        }
        let text = write(&desk);
        assert!(text.len() < 24 * 1024, "{} bytes", text.len());
        assert_eq!(whole(&text), desk);
        let before = desk.clone();
        assert!(desk.add("one more", Inputs::default()).is_err());
        assert_eq!(desk, before);
    }

    #[test]
    fn scenarios_that_are_too_large_together_are_refused_before_they_are_kept() {
        let mut large = Inputs::default();
        large.traffic.grid = (0..168).map(|hour| f64::from(hour * 23)).collect();
        large.environments = vec![
            Environment {
                name: "\u{1f600}".repeat(60),
                ..Environment::default()
            };
            20
        ];
        let mut desk = Desk::default();
        let mut kept = 0;
        while desk.add("large", large.clone()).is_ok() {
            kept += 1;
        }
        assert!((20..MOST).contains(&kept), "{kept}");
        assert_eq!(desk.named.len(), kept);
        assert_eq!(whole(&write(&desk)), desk);
    }

    /// Desks with few names and few inputs, so that tabs meet.
    fn desks() -> impl Strategy<Value = Desk> {
        let scenario = (0..6_u32, 1..5_u32);
        (1..5_u32, proptest::collection::vec(scenario, 0..6)).prop_map(|(own, named)| {
            let mut desk = Desk {
                inputs: services(own),
                named: Vec::new(),
            };
            for (name, count) in named {
                let names = ["a", "b", "c", "d", "a (other tab)", FROM_OTHER_TAB];
                let name = names[name as usize];
                if desk.find(name).is_none() {
                    desk.push(name, services(count));
                }
            }
            desk
        })
    }

    /// Whether a tab made a scenario what it is.
    fn made(base: &Desk, named: &Named) -> bool {
        base.find(&named.name) != Some(&named.inputs)
    }

    /// Whether a scenario stands there, under its own name or as that of the other tab.
    fn stands(merged: &Desk, named: &Named) -> bool {
        let ends = with_end(&named.name, " (other tab)");
        merged.named.iter().any(|other| {
            other.inputs == named.inputs
                && (other.name == named.name || other.name.starts_with(&ends))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_that_either_tab_made_is_lost(base in desks(), ours in desks(), theirs in desks()) {
            let merged = merge(&base, &ours, &theirs);
            // The place for the inputs of another tab is the one that is written over.
            let replaced = merged.find(FROM_OTHER_TAB) == Some(&theirs.inputs);
            let counts = |named: &&Named| {
                made(&base, named) && !(replaced && named.name == FROM_OTHER_TAB)
            };
            for named in ours.named.iter().filter(counts) {
                prop_assert_eq!(merged.find(&named.name), Some(&named.inputs));
            }
            for named in theirs.named.iter().filter(counts) {
                prop_assert!(stands(&merged, named), "{:?} in {:?}", named.name, merged.named);
            }
            prop_assert_eq!(&merged.inputs, &ours.inputs);
            let mut all = merged.named.iter().map(|named| &named.inputs).chain([&merged.inputs]);
            prop_assert!(theirs.inputs == base.inputs || all.any(|inputs| *inputs == theirs.inputs));
        }

        #[test]
        fn nothing_comes_from_nowhere_and_no_name_twice(base in desks(), ours in desks(), theirs in desks()) {
            let merged = merge(&base, &ours, &theirs);
            for (n, named) in merged.named.iter().enumerate() {
                let from = ours.named.iter().chain(&theirs.named).any(|other| other.inputs == named.inputs);
                prop_assert!(from || named.inputs == theirs.inputs);
                prop_assert_eq!(merged.named.iter().position(|other| other.name == named.name), Some(n));
                prop_assert!(named.name.chars().count() <= LONGEST_NAME);
            }
        }

        #[test]
        fn what_one_tab_removed_and_the_other_left_alone_is_gone(base in desks(), ours in desks(), theirs in desks()) {
            let merged = merge(&base, &ours, &theirs);
            for named in &base.named {
                let (own, other) = (ours.find(&named.name), theirs.find(&named.name));
                let alone = |found: Option<&Inputs>| found.is_none() || found == Some(&named.inputs);
                let gone = (own.is_none() || other.is_none()) && alone(own) && alone(other);
                if gone && named.name != FROM_OTHER_TAB && named.name != "a (other tab)" {
                    prop_assert_eq!(merged.find(&named.name), None);
                }
                if own == Some(&named.inputs) && other == own && named.name != FROM_OTHER_TAB {
                    prop_assert_eq!(merged.find(&named.name), own);
                }
            }
        }

        #[test]
        fn a_merge_with_what_was_there_changes_nothing(base in desks(), ours in desks()) {
            prop_assert_eq!(merge(&base, &ours, &base), ours.clone());
            prop_assert_eq!(merge(&base, &ours, &ours), ours);
        }

        #[test]
        fn a_second_merge_adds_nothing(base in desks(), ours in desks(), theirs in desks()) {
            let once = merge(&base, &ours, &theirs);
            prop_assert_eq!(&merge(&theirs, &once, &theirs), &once);
            // Nor does one more try from the same base; it may have another order.
            let again = merge(&base, &once, &theirs);
            prop_assert_eq!(again.named.len(), once.named.len());
            prop_assert!(once.named.iter().all(|named| again.named.contains(named)));
        }
    }

    #[test]
    fn tabs_that_take_turns_do_not_pile_up() {
        // Each tab goes on with its own inputs and writes over what the other kept.
        let mut kept = Desk::default();
        let (mut one, mut two) = ((kept.clone(), kept.clone()), (kept.clone(), kept.clone()));
        for turn in 0..20 {
            let (seen, own) = if turn % 2 == 0 { &mut one } else { &mut two };
            own.inputs = services(turn + 2);
            *own = merge(seen, own, &kept);
            kept = own.clone();
            *seen = kept.clone();
        }
        assert_eq!(kept.named.len(), 1, "{:?}", kept.named);
        assert_eq!(kept.find(FROM_OTHER_TAB), Some(&services(20)));
        assert_eq!(kept.inputs, services(21));
    }
}
