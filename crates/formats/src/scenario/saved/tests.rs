//! Of what is saved: every version, and what two tabs make of it.

use super::*;
use plimsoll_model::{inputs::Environment, presets::PRESETS};
use proptest::prelude::*;

const BARE: &str = include_str!("../../../../../tests/cases/saved/1-bare.json");
const BARE_AS_2: &str = include_str!("../../../../../tests/cases/saved/1-bare-as-2.json");
const DESK: &str = include_str!("../../../../../tests/cases/saved/2-desk.json");

fn value(text: &str) -> Value {
    json::read(text).expect("JSON")
}

fn services(services: u32) -> Inputs {
    Inputs {
        services,
        ..Inputs::default()
    }
}

fn whole(text: &str) -> SavedState {
    match read(text) {
        Reading::Read(state, diagnostics) => {
            assert_eq!(diagnostics, vec![]);
            state
        }
        other => unreachable!("{other:?}"),
    }
}

fn diagnostics(text: &str) -> (SavedState, Vec<String>) {
    match read(text) {
        Reading::Read(state, diagnostics) => (
            state,
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
    let state = whole(DESK);
    assert_eq!(state.inputs.services, 2);
    let names: Vec<&str> = state.named.iter().map(|named| &*named.name).collect();
    assert_eq!(names, ["today", "with a mesh"]);
    // The defaults of the file, not those of today.
    assert_eq!(state.named[0].inputs.team.engineers, 6);
    assert_eq!(state.named[0].inputs.assumptions.kubernetes_fixed, 21.0);
    assert_eq!(state.named[1].inputs.team.engineers, 12);
    // A scenario without its version is of the first.
    assert_eq!(whole(r#"{"services":3}"#).inputs, services(3));
}

#[test]
fn every_default_is_written_beside_what_differs_from_it() {
    let text = value(&write(&SavedState::default()));
    let defaults = text.get("defaults").expect("defaults");
    // Where there is no list of workloads, none is written: the scenario is of the first version.
    let lists = lists::ALL
        .into_iter()
        .filter(|path| *path != lists::WORKLOADS);
    for path in fields::all().map(|field| field.path).chain(lists) {
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
    let (state, told) = diagnostics(
        r#"{"v":2,"inputs":{"services":900},"named":[
            {"name":"a","inputs":{"services":2}}, {"name":"a","inputs":{"services":3}},
            {"name":"\u202e","inputs":{"servces":4}}, 7]}"#,
    );
    assert_eq!(state.inputs, services(200));
    assert_eq!(state.find("a"), Some(&services(2)));
    assert_eq!(state.find("a 2"), Some(&services(3)));
    assert_eq!(state.named.len(), 4);
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
    let mut state = SavedState::default();
    let mut add = |name: &str| state.add(name, Inputs::default());
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
    assert_eq!(state.rename(1, "x"), Ok("x 2".into()));
    assert_eq!(state.rename(1, "y"), Ok("y".into()));
    assert_eq!(state.rename(0, "x"), Ok("x".into()));
    assert!(state.rename(0, " ").is_err() && state.rename(9, "z").is_err());
    assert_eq!(whole(&write(&state)), state);
}

#[test]
fn fifty_scenarios_fit_and_one_more_is_refused() {
    let mut state = SavedState::default();
    for n in 0..MOST {
        let preset = &PRESETS[n % PRESETS.len()];
        assert!(state.add(preset.name, preset.inputs()).is_ok());
    }
    let text = write(&state);
    assert!(text.len() < 24 * 1024, "{} bytes", text.len());
    assert_eq!(whole(&text), state);
    let before = state.clone();
    assert!(state.add("one more", Inputs::default()).is_err());
    assert_eq!(state, before);
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
    let mut state = SavedState::default();
    let mut kept = 0;
    while state.add("large", large.clone()).is_ok() {
        kept += 1;
    }
    assert!((20..MOST).contains(&kept), "{kept}");
    assert_eq!(state.named.len(), kept);
    assert_eq!(whole(&write(&state)), state);
}

/// Desks with few names and few inputs, so that tabs meet.
fn desks() -> impl Strategy<Value = SavedState> {
    let scenario = (0..6_u32, 1..5_u32);
    (1..5_u32, proptest::collection::vec(scenario, 0..6)).prop_map(|(own, named)| {
        let mut state = SavedState {
            inputs: services(own),
            named: Vec::new(),
        };
        for (name, count) in named {
            let names = ["a", "b", "c", "d", "a (other tab)", FROM_OTHER_TAB];
            let name = names[name as usize];
            if state.find(name).is_none() {
                state.push(name, services(count));
            }
        }
        state
    })
}

/// Whether a tab made a scenario what it is.
fn made(base: &SavedState, named: &Named) -> bool {
    base.find(&named.name) != Some(&named.inputs)
}

/// Whether a scenario stands there, under its own name or as that of the other tab.
fn stands(merged: &SavedState, named: &Named) -> bool {
    let ends = with_end(&named.name, " (other tab)");
    merged.named.iter().any(|other| {
        other.inputs == named.inputs && (other.name == named.name || other.name.starts_with(&ends))
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
    let mut kept = SavedState::default();
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
