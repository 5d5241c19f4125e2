//! The rules on what vendors promise.

use super::{
    rule::{Effect, Facts, Fired, Question, Rule},
    verdict::Choice,
    words::{about, barred, count, number},
};
use crate::{
    bill::Bar,
    platform::Platform,
    promises::{Attested, Promised},
    sentence::Word,
    units::Usd,
};

const PAGES: &str = "the vendors\u{2019} pages, under \u{201c}What it promises\u{201d}";

/// The rules that need no choice.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "availability",
        question: Question::Promise,
        effect: Effect::Excludes,
        text: "{} of {} platforms promise less than the {} % that you need, or promise it only on other terms.",
        source: PAGES,
        when: |facts| {
            let needed = facts.inputs.promises.availability_pct?;
            let out = barred(facts, |by| by == Bar::Promise);
            let [out, all] = [out, Platform::ALL.len()].map(|count| count as f64);
            (out > 0.0).then(|| vec![number(out), number(all), Word::Uptime(needed)])
        },
    },
    Rule {
        id: "attestation",
        question: Question::Promise,
        effect: Effect::Warns,
        text: "{}: {} of {} platforms have it, and {} more on a plan or at a level that the page names. Of the others nobody has \
               read it, which excludes none. Ask for it in writing.",
        source: PAGES,
        when: |facts| {
            let asked = facts.inputs.promises.attestation?;
            let have = |wanted: Attested| {
                let has = |platform: &Platform| {
                    let fact = platform.attested(facts.inputs);
                    fact.is_some_and(|fact| fact.value == wanted)
                };
                number(
                    Platform::ALL
                        .iter()
                        .filter(|platform| has(platform))
                        .count() as f64,
                )
            };
            Some(vec![
                Word::Name(asked.name()),
                have(Attested::Yes),
                number(Platform::ALL.len() as f64),
                have(Attested::OnPlan),
            ])
        },
    },
];

/// What an hour down costs, where the answer is known.
pub(super) static HOURS_DOWN: Rule = Rule {
    id: "hours-down",
    question: Question::Promise,
    effect: Effect::Warns,
    text: "{} promises {} %: it may be down about {} a year, which costs you {}. That is in no bill.",
    source: PAGES,
    when: |_| None,
};

static BROKE_THE_TIE: Rule = Rule {
    text: "Of those that tie, {} costs least once the hours down that its promise allows are added: {} a year, where {} comes to {}. \
           That is in no bill.",
    ..HOURS_DOWN
};

static PROMISED_AT_ALL: Rule = Rule {
    text: "Of those that tie, {} promises an uptime, and its hours down come to {} a year; {} promises none to what runs so. That is \
           in no bill.",
    ..HOURS_DOWN
};

static PROMISES_NONE: Rule = Rule {
    text: "{} promises no uptime to what runs so: nothing bounds how long it is down, and an hour costs you {}.",
    ..HOURS_DOWN
};

static UNBOUND: Rule = Rule {
    text: "Nobody has read what uptime {} promises, and an hour down costs you {}.",
    ..HOURS_DOWN
};

/// What an hour down costs with the answer: by its promise, and whether that broke a tie.
pub(super) fn hours_down(facts: &Facts<'_>, choice: &Choice) -> Option<Fired> {
    let inputs = facts.inputs;
    let hour = inputs.promises.hour_down_usd;
    let name = Word::Name(choice.platform.name());
    if hour <= 0.0 {
        return None;
    }
    let (Promised::Percent(_, percent), Some(hours), Some(cost)) = (
        choice.platform.promised(inputs),
        choice.platform.hours_down_per_year(inputs),
        choice.platform.cost_of_hours_down(inputs),
    ) else {
        let rule = if choice.platform.promises_nothing(inputs) {
            &PROMISES_NONE
        } else {
            &UNBOUND
        };
        return Some(rule.with(vec![name, Word::Money(Usd::of(hour))]));
    };
    let first = choice.group.first();
    let beaten = first.filter(|first| **first != choice.platform && !choice.stays);
    if let Some(cheapest) = beaten {
        let mut words = vec![name, Word::Money(cost), Word::Name(cheapest.name())];
        if cheapest.promises_nothing(inputs) {
            return Some(PROMISED_AT_ALL.with(words));
        }
        if let Some(other) = cheapest.cost_of_hours_down(inputs) {
            words.push(Word::Money(other));
            return Some(BROKE_THE_TIE.with(words));
        }
    }
    let hours = match about(hours) {
        Word::Number(hours) => count(hours, "hour", "hours"),
        other => other,
    };
    Some(HOURS_DOWN.with(vec![name, Word::Uptime(percent), hours, Word::Money(cost)]))
}
