//! A decision that was written down is read back, and says what has changed since.

use crate::{
    common::{book_with, inputs},
    seeded_damage::Dice,
};
use plimsoll_formats::decision;
use plimsoll_model::{
    assess,
    explore::{
        flips::{self, Direction, Setting},
        watch::{Cause, Decision, Watched, watch},
    },
    inputs::{Environment, Inputs, at},
    platform::Platform,
    prices::{MeterId, OwnPrice, PriceBook},
};
use plimsoll_wording::{export::markdown::Cover, watch as words};
use std::{fs, sync::LazyLock};

const DAY: &str = "2026-05-02";

fn cover() -> Cover<'static> {
    Cover {
        title: "",
        date: DAY,
        link: "",
    }
}

/// So many comparisons find most of what there is.
const SOME: usize = 1_000;

/// A decision and its record.
fn recorded(inputs: &Inputs) -> (Decision, String) {
    let book = book_of(inputs);
    let assessment = assess(inputs, &book);
    let flips = flips::within(inputs, &book, SOME);
    let record = decision::record(&cover(), inputs, &assessment, &book, &flips, &[]);
    let decided = Decision::of(DAY, inputs, &assessment, &book, &flips);
    (decided, record)
}

fn book_of(inputs: &Inputs) -> PriceBook {
    PriceBook::bundled().with_own(&inputs.prices)
}

fn read(record: &str) -> Decision {
    let (decided, told) = decision::read(record).unwrap();
    assert_eq!(told, vec![]);
    decided
}

fn watched(decided: &Decision, now: &Inputs, billed: Option<f64>) -> Watched {
    watch(decided, now, &book_of(now), billed)
}

fn told(decided: &Decision, watched: &Watched) -> String {
    words::told(decided, watched).join("\n")
}

/// Scenarios of every kind, each with its decision and its record.
static RECORDED: LazyLock<Vec<(Inputs, Decision, String)>> = LazyLock::new(|| {
    let mut all = vec![Inputs::default()];
    let folder = plimsoll_tests::root().join("tests/cases/scenarios");
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|end| end == "json") {
            all.push(inputs(&fs::read_to_string(&path).unwrap()));
        }
    }
    let mut dice = Dice(7);
    all.extend((0..30).map(|n| dice.inputs(2 + n % 9)));
    let record = |inputs: Inputs| {
        let (decided, record) = recorded(&inputs);
        (inputs, decided, record)
    };
    all.into_iter().map(record).collect()
});

#[test]
fn what_is_recorded_is_read_back_and_stands_while_nothing_changes() {
    let mut fits = 0;
    for (inputs, decided, record) in RECORDED.iter() {
        assert_eq!(read(record), *decided);
        let watched = watched(decided, inputs, None);
        assert!(watched.stands && !watched.is_due(), "{watched:?}");
        assert_eq!((watched.cause, watched.prices), (None, vec![]));
        assert_eq!(watched.wires.len(), decided.tripwires.len());
        assert_eq!(watched.answer, decided.answer);
        fits += usize::from(decided.answer.platform.is_some() && !decided.tripwires.is_empty());
    }
    assert!(fits > 15, "{fits}");
}

#[test]
fn the_block_of_the_default_scenario_is_short_and_has_what_it_promises() {
    let (decided, record) = recorded(&Inputs::default());
    let (_, block) = record.split_once("```json plimsoll-decision\n").unwrap();
    let (block, rest) = block.split_once("\n```\n").unwrap();
    assert!(block.len() < 6_000, "{}", block.len());
    assert_eq!(rest, "");
    assert!(decided.tripwires.len() > 10 && decided.prices.len() > 5);
    assert_eq!(decided.totals.len(), 2);
    assert!(decided.bill.is_some());
    assert_eq!(decided.prices_of, PriceBook::bundled().day());
    for key in [
        "written",
        "scenario",
        "verdict",
        "totals",
        "bill",
        "tripwires",
        "prices",
    ] {
        assert!(block.contains(&format!("\n\"{key}\":")), "{key}");
    }
}

#[test]
fn a_flip_that_came_is_a_crossed_tripwire_and_the_decision_falls() {
    let (mut up, mut down, mut other) = (0, 0, 0);
    for (inputs, decided, _) in RECORDED.iter().take(12) {
        for (n, wire) in decided.tripwires.iter().enumerate() {
            let now = wire.to.put(wire.field, inputs);
            let watched = watched(decided, &now, None);
            assert!(watched.wires[n].crossed, "{wire:?}");
            assert!(!watched.stands && watched.is_due(), "{wire:?}");
            assert_eq!(watched.cause, Some(Cause::Inputs), "{wire:?}");
            assert_eq!(watched.answer.platform, wire.winner, "{wire:?}");
            let text = told(decided, &watched);
            assert!(
                text.contains("no longer stands: with the numbers of today"),
                "{text}"
            );
            assert!(text.contains(": crossed ("), "{text}");
            match wire.direction {
                Direction::Up => up += 1,
                Direction::Down => down += 1,
                Direction::Other => other += 1,
            }
        }
    }
    assert!(up > 20 && down > 5 && other > 20, "{up} {down} {other}");
}

#[test]
fn requests_past_their_limit_are_said_first() {
    let requests = |decided: &Decision| {
        let up = decided.tripwires.iter().find(|wire| {
            wire.field == at::http::requests_per_month && wire.direction == Direction::Up
        });
        match up?.to {
            Setting::Number(limit) => Some(limit),
            _ => None,
        }
    };
    let found = RECORDED
        .iter()
        .find_map(|(inputs, decided, record)| Some((inputs, decided, record, requests(decided)?)));
    let (inputs, decided, record, limit) = found.unwrap();
    let mut now = inputs.clone();
    now.http.requests_per_month = limit * 0.999;
    let before = watched(&read(record), &now, None);
    assert!(!before.wires.iter().any(|one| one.crossed));
    now.http.requests_per_month = (limit * 2.0).min(1e10);
    let after = watched(&read(record), &now, None);
    let crossed: Vec<_> = after.wires.iter().filter(|one| one.crossed).collect();
    assert_eq!(crossed.len(), 1);
    let text = words::told(decided, &after);
    assert!(
        text[1].starts_with("Requests a month: to stay below "),
        "{text:#?}"
    );
    assert!(text[1].contains(": crossed ("), "{text:#?}");
}

#[test]
fn a_price_that_changed_is_listed_with_what_it_changes() {
    let inputs = Inputs::default();
    let (decided, _) = recorded(&inputs);
    // One that is on the bill of the recommended platform.
    let usd = |value: &OwnPrice, times: f64| {
        let mut now = inputs.clone();
        let changed = OwnPrice {
            value: value.value * times,
            ..value.clone()
        };
        changed.put(&mut now.prices);
        now
    };
    let mut seen = 0;
    for price in &decided.prices {
        let now = usd(price, 1.5);
        if now.prices[0].value == price.value || !(price.meter.info().accepts)(now.prices[0].value)
        {
            continue;
        }
        let watched = watched(&decided, &now, None);
        let [one] = watched.prices.as_slice() else {
            unreachable!("{watched:?}")
        };
        assert_eq!((&one.before, one.now), (price, Some(now.prices[0].value)));
        let text = words::repriced(one, decided.answer.platform);
        assert!(text.contains("(+50 %)") || price.value == 0.0, "{text}");
        if one.usd.unwrap() > 0.01 {
            assert!(text.contains(" more a month on "), "{text}");
            seen += 1;
        }
    }
    assert!(seen > 1, "{seen}");
}

#[test]
fn prices_that_turn_the_answer_are_the_reason() {
    let inputs = Inputs::default();
    let (decided, record) = recorded(&inputs);
    let answer = decided.answer.platform.unwrap();
    // What runs the containers there a thousand times as dear.
    let here = answer.vendor().id();
    let mut now = inputs.clone();
    for price in &decided.prices {
        let is_free = price.meter.info().id.contains("/free/");
        if price.meter.info().id.starts_with(here) && !is_free {
            let value = price.value * 1_000.0;
            let dear = OwnPrice {
                value,
                ..price.clone()
            };
            if (price.meter.info().accepts)(value) {
                dear.put(&mut now.prices);
            }
        }
    }
    let book = book_of(&now);
    let watched = watch(&read(&record), &inputs, &book, None);
    assert!(!watched.stands);
    assert_eq!(watched.cause, Some(Cause::Prices));
    assert!(!watched.wires.iter().any(|one| one.crossed));
    let text = told(&decided, &watched);
    let begin = format!(
        "The decision of 2026-05-02, {}, no longer stands: with today's prices ",
        answer.name()
    );
    assert!(text.starts_with(&begin), "{text}");
    // A price of another platform alone: none of those that are recorded.
    let mut cheap = Vec::new();
    for meter in [
        "aws/eks/cluster",
        "aws/fargate/x86/vcpu",
        "aws/fargate/x86/memory",
    ] {
        cheap.push((meter, 1e-9));
    }
    let watched = watch(&decided, &inputs, &book_with(&cheap), None);
    assert_eq!(watched.prices, vec![]);
}

#[test]
fn a_bill_above_its_limit_is_crossed() {
    let inputs = Inputs::default();
    let (decided, record) = recorded(&inputs);
    let wire = decided.bill.unwrap();
    let (answer, group) = (decided.answer.platform.unwrap(), &decided.answer.group);
    assert!(wire.then != answer && !group.contains(&wire.then));
    let total = |platform: Platform| {
        let book = PriceBook::bundled();
        assess(&inputs, &book)
            .comparison
            .total(platform)
            .unwrap()
            .get()
    };
    let people = decided.totals[0].people_usd;
    assert!((total(wire.then) - (wire.above_usd + people)).abs() < 0.02);
    let decided = read(&record);
    for (billed, crossed) in [(wire.above_usd - 1.0, false), (wire.above_usd + 1.0, true)] {
        let watched = watched(&decided, &inputs, Some(billed));
        assert_eq!(watched.bill.unwrap().crossed, crossed);
        assert_eq!(watched.is_due(), crossed);
        assert!(watched.stands);
        let estimated = watched.estimated.unwrap();
        assert!((estimated.estimated_usd - decided.totals[0].infrastructure_usd).abs() < 0.006);
        let text = told(&decided, &watched);
        assert_eq!(
            text.contains("Infrastructure a month") && text.contains("crossed ("),
            crossed,
            "{text}"
        );
        assert!(text.contains(" more than estimated."), "{text}");
    }
}

#[test]
fn a_record_is_read_however_it_was_passed_on() {
    let (decided, record) = recorded(&Inputs::default());
    let line = |with: &str| -> String {
        let lines = record.lines().map(|line| format!("{with}{line}\n"));
        lines.collect()
    };
    let (start, block) = record.split_once("```json plimsoll-decision\n").unwrap();
    let block = block.split_once("\n```").unwrap().0;
    let html = block.replace('"', "&quot;");
    let value: serde_json::Value = serde_json::from_str(block).unwrap();
    let twice = format!("{record}\n\n# Old\n\n```json plimsoll-decision\n{block}\n```\n");
    let texts = [
        record.replace('\n', "\r\n"),
        record.replace('\n', "\r"),
        line("> "),
        line("> > "),
        line("    "),
        format!("\u{feff}{record}"),
        format!("```json plimsoll-decision\n{block}\n```\n\n{start}"),
        format!("~~~ plimsoll-decision\n{block}\n~~~\n"),
        format!("{start}\n```json plimsoll-decision\n{block}"),
        record.replace("```json plimsoll-decision", "```json"),
        format!("{start}<pre>{block}</pre><p>{{</p>"),
        format!("{start}<pre>{html}</pre>"),
        format!("```json plimsoll-decision\n{html}\n```"),
        format!("```json plimsoll-decision\n{value:#}\n```"),
        twice,
    ];
    for text in texts {
        assert_eq!(read(&text), decided, "{text}");
    }
}

#[test]
fn what_cannot_be_read_is_told() {
    let (_, record) = recorded(&Inputs::default());
    let (start, block) = record.split_once("```json plimsoll-decision\n").unwrap();
    let at = start.lines().count() + 1;
    let refused = |text: &str| decision::read(text).unwrap_err();
    assert!(refused(start).starts_with("no decision in it"));
    assert!(refused("").starts_with("no decision in it"));
    let other = block.replace(DAY, "2026-06-01");
    let twice = format!("{record}\n```json plimsoll-decision\n{other}");
    assert!(
        refused(&twice).starts_with("two decisions, in the lines "),
        "{}",
        refused(&twice)
    );
    let newer = record.replace("\"plimsoll-decision\":1", "\"plimsoll-decision\":2");
    assert!(refused(&newer).contains("version 2, of a newer Plimsoll"));
    let torn = record.replace("\"verdict\":{", "\"verdict\":{ some words ");
    let why = refused(&torn);
    let line = torn
        .lines()
        .position(|line| line.contains("some words"))
        .unwrap()
        + 1;
    assert!(
        line > at && why.starts_with(&format!("line {line}: the decision is damaged: ")),
        "{why}"
    );
    let gone = record.replace("\"platform\":\"fly\"", "\"platform\":\"nimbus\"");
    assert!(refused(&gone).contains("for \"nimbus\", which is no platform of this version"));
    assert!(refused(&"x".repeat(2_000_000)).contains("at most"));
    let list = "```json plimsoll-decision\n[1]\n```";
    assert_eq!(
        refused(list),
        "line 2: the decision is a list; allowed: a JSON object"
    );
}

#[test]
fn what_this_version_does_not_know_is_told_and_the_rest_is_read() {
    let (decided, record) = recorded(&Inputs::default());
    let wire = decided.tripwires[0].field.path;
    let damaged = record
        .replacen(
            &format!("\"input\":\"{wire}\""),
            "\"input\":\"team.moons\"",
            1,
        )
        .replacen("\"winner\":\"cloud-run\"", "\"winner\":\"nimbus\"", 1)
        .replace("\"scenario\":{", "\"scenario\":{\"moons\":3,")
        .replacen("\"meter\":\"", "\"meter\":\"nimbus/", 1);
    let (read, told) = decision::read(&damaged).unwrap();
    let told: Vec<String> = told.iter().map(ToString::to_string).collect();
    for (text, start) in told.iter().zip([
        "scenario.moons: not an input",
        "tripwires[0].input: \"team.moons\"; allowed: an input of this version",
        "tripwires[1].winner: \"nimbus\"; allowed: a platform of this version",
        "prices[0].meter: \"nimbus/",
    ]) {
        assert!(text.starts_with(start), "{told:#?}");
    }
    assert_eq!(told.len(), 4, "{told:#?}");
    assert_eq!(read.tripwires.len(), decided.tripwires.len() - 2);
    assert_eq!(read.prices.len(), decided.prices.len() - 1);
    assert_eq!(read.inputs, decided.inputs);
}

#[test]
fn damage_is_survived_and_told() {
    let mut inputs = Inputs {
        services: 3,
        ..Inputs::default()
    };
    MeterId::find("aws/eks/cluster").map(|meter| {
        OwnPrice {
            meter,
            region: None,
            value: 0.2,
        }
        .put(&mut inputs.prices)
    });
    let (decided, record) = recorded(&inputs);
    let block = record.find("```json plimsoll-decision").unwrap();
    let length = record.len() - block;
    let whole = record.trim_end().len() - "\n```".len();
    for n in 0..200 {
        let mut end = block + length * n / 200;
        while !record.is_char_boundary(end) {
            end -= 1;
        }
        let read = decision::read(&record[..end]);
        assert!(read.is_err() || end >= whole, "{end}");
    }
    let mut dice = Dice(11);
    let mut refused = 0;
    for _ in 0..1_000 {
        let damaged = dice.damaged(&record[block..]);
        let text = format!("{}{damaged}", &record[..block]);
        match decision::read(&text) {
            Err(why) => {
                assert!(!why.is_empty());
                refused += 1;
            }
            Ok((read, _)) => {
                let watched = watched(&read, &read.inputs, Some(100.0));
                assert!(!told(&read, &watched).is_empty());
            }
        }
    }
    assert!(refused > 300, "{refused}");
    for n in 0..50 {
        let at = block + length * n / 50;
        if record.is_char_boundary(at) {
            let text = format!("{}\n# and then\n{}", &record[..at], &record[at..]);
            if let Ok((read, _)) = decision::read(&text) {
                assert_eq!(read.inputs, decided.inputs);
            }
        }
    }
}

#[test]
fn nothing_that_somebody_typed_ends_the_block() {
    let mut inputs = Inputs::default();
    let name = "```\n--> <script>\"}]</script> ~~~ &quot; \\";
    inputs.environments.push(Environment {
        name: name.replace('\n', " "),
        ..Environment::default()
    });
    let book = PriceBook::bundled();
    let assessment = assess(&inputs, &book);
    let cover = Cover {
        title: "```json plimsoll-decision\n{\"plimsoll-decision\":1}",
        date: "2026-05-02\n```\n-->",
        link: "https://example.com/\n```json plimsoll-decision",
    };
    let record = decision::record(&cover, &inputs, &assessment, &book, &[], &[]);
    let (_, block) = record.split_once("\n```json plimsoll-decision\n").unwrap();
    let (block, rest) = block.split_once("\n```\n").unwrap();
    assert_eq!(rest, "");
    for sign in ["`", "~", "<", ">", "&"] {
        assert!(!block.contains(sign), "{sign}");
    }
    let read = read(&record);
    assert_eq!(read.inputs, inputs);
    assert_eq!(read.written, "2026-05-02```-->");
}
