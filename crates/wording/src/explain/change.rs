//! What would change the answer, in words.

use crate::difference;
use crate::format;
use plimsoll_model::{
    explore::{
        break_even::{BreakEven, Contest, Outcome},
        flips::{Direction, Flip, Setting},
    },
    inputs::{Inputs, Kind},
    platform::Platform,
    units::{SECONDS_PER_MONTH, Usd},
};

/// What is to be said where no single change of an input gives another answer.
pub const NO_FLIP: &str = "No single change does.";

/// The change that gives another answer: the input, and what it has to be.
pub fn flip(flip: &Flip, inputs: &Inputs) -> String {
    let then = difference::value(flip.field, &flip.round.put(flip.field, inputs));
    let now = difference::value(flip.field, inputs);
    let is_number = matches!(flip.field.kind, Kind::Number { .. } | Kind::Optional { .. });
    // The unit is said once.
    let then = match then.split_once(' ') {
        Some((number, _)) if is_number && now.contains(' ') => number.to_owned(),
        _ => then,
    };
    let what = match flip.direction {
        Direction::Up => format!("at least {then}"),
        Direction::Down if flip.round == Setting::Number(0.0) => then,
        Direction::Down => format!("at most {then}"),
        Direction::Other => then,
    };
    format!("{}: {what}, now {now}", flip.field.label)
}

/// Who is recommended then.
pub fn winner(winner: Option<Platform>) -> &'static str {
    winner.map_or("nothing fits", Platform::name)
}

/// Every change that gives another answer, a line each.
pub fn flips(flips: &[Flip], inputs: &Inputs) -> String {
    if flips.is_empty() {
        return format!("- {NO_FLIP}\n");
    }
    let line = |found: &Flip| format!("- {}: {}\n", flip(found, inputs), winner(found.winner));
    flips.iter().map(line).collect()
}

/// Where two platforms change places, or which of them is the cheaper everywhere.
pub fn outcome(outcome: &Outcome, here: f64) -> String {
    let Some(below) = outcome.at_first else {
        return "The two can nowhere be held against each other: one of them has no price."
            .to_owned();
    };
    let today = format!("; today you are at {} a month.", requests(here));
    let [first, rest @ ..] = outcome.found.as_slice() else {
        return match outcome.contest {
            Contest::Pair(a, b) => {
                let other = if below == a { b } else { a };
                format!(
                    "{} costs less than {} at any number of requests.",
                    below.name(),
                    other.name()
                )
            }
            Contest::Sides => format!("{} stays on the cheaper side.", below.name()),
        };
    };
    let mut text = crossing(first);
    if let Some(last) = rest.last()
        && requests(last.per_month) != requests(first.per_month)
    {
        text += " After that they change places again, the last time where ";
        text += &crossing(last);
    }
    // The sentence of the last crossing ends with a full stop, and goes on with where the user is.
    text.truncate(text.len() - 1);
    text + &today
}

fn crossing(found: &BreakEven) -> String {
    format!(
        "{} costs less up to {} a month ({} a second), {} above, at {}.",
        found.below.name(),
        requests(found.per_month),
        format::number(format::to_two_digits(found.per_month / SECONDS_PER_MONTH)),
        found.above.name(),
        format::usd_about(Usd::of(found.usd)),
    )
}

fn requests(count: f64) -> String {
    format!("{} requests", format::number(format::to_two_digits(count)))
}
