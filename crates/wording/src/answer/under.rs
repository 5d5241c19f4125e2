//! What stands under the sentence.

use super::{Gap, about, gaps, late};
use crate::{explain, format};
use plimsoll_model::{
    Assessment,
    bill::{Bar, CostCategory},
    decide::{
        Shape, Verdict,
        money::Move,
        tie::{hours_apart, hours_likely},
    },
    inputs::{Calibration, Inputs},
    people,
    platform::Platform,
    units::Usd,
};

/// Hours a week below this are not worth a number.
const HALF_AN_HOUR: f64 = 0.5;

/// A piece of the line under the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// What it says.
    pub text: String,
    /// Whether it is one of the numbers that the answer rests on.
    pub strong: bool,
}

/// The line under the sentence, fact by fact: what the other side costs more, what it takes more, and at how many hours a week
/// Kubernetes would pay. A narrow page shows each fact on a line of its own, so that a longer number pushes none of the others.
pub fn difference(assessment: &Assessment, inputs: &Inputs) -> Vec<Vec<Phrase>> {
    let verdict = &assessment.verdict;
    let plain = |text: String| Phrase {
        text,
        strong: false,
    };
    let strong = |text: String| Phrase { text, strong: true };
    let mut facts = Vec::new();
    if let (Some(answer), Some(against)) = (verdict.platform, verdict.against) {
        let (machines, people) = gaps(&against, assessment);
        // In a tie the sentence names no platform.
        let beside = if verdict.shape == Shape::Choose {
            format!(", beside {}", answer.name())
        } else {
            String::new()
        };
        facts.push(vec![plain(format!(
            "On {}{beside}:",
            against.platform.name()
        ))]);
        facts.push(if machines == Gap::Same {
            vec![plain("about as much a month for infrastructure,".into())]
        } else {
            let money = format::usd_about(Usd::of(against.infrastructure.get().abs()));
            let word = if machines == Gap::Less {
                "less"
            } else {
                "more"
            };
            vec![
                strong(money),
                plain(format!(" a month {word} for infrastructure,")),
            ]
        });
        facts.push(if people == Gap::Same {
            vec![plain("as many hours a week of work.".into())]
        } else {
            let hours = about(against.hours_per_week.abs());
            let unit = if hours == "1" { "hour" } else { "hours" };
            let likely = likely(answer, against.platform, inputs);
            let word = if people == Gap::Less { "less" } else { "more" };
            vec![
                strong(format!("{hours} {unit}")),
                plain(format!(" a week {word} work{likely}.")),
            ]
        });
    }
    let further = pays_off(assessment, inputs)
        .into_iter()
        .chain(pool(verdict))
        .chain(instead(assessment));
    facts.extend(further.map(|sentence| vec![plain(sentence)]));
    facts
}

/// The same as one line of text.
pub fn difference_in_words(assessment: &Assessment, inputs: &Inputs) -> String {
    let text =
        |fact: Vec<Phrase>| -> String { fact.into_iter().map(|phrase| phrase.text).collect() };
    let facts: Vec<String> = difference(assessment, inputs)
        .into_iter()
        .map(text)
        .collect();
    facts.join(" ")
}

/// Between how many hours more a week the other side probably takes; from fewer to more where that isn't sure either.
fn likely(answer: Platform, other: Platform, inputs: &Inputs) -> String {
    let (low, high) = hours_apart(other, answer, inputs);
    let (low, high) = if high < 0.0 {
        (-high, -low)
    } else {
        (low, high)
    };
    if about(low) == about(high) {
        return String::new();
    }
    let low = if low < 0.0 {
        format!("{} fewer", about(-low))
    } else {
        about(low)
    };
    format!(" (likely {low} to {})", about(high))
}

/// What is to be told of the answer beyond the line under it: what it costs, what ties with it, the move, the price of a rule, and
/// what was left out of the contest.
pub fn details(assessment: &Assessment, inputs: &Inputs) -> Vec<String> {
    let verdict = &assessment.verdict;
    let price = verdict.price_of_rule.map(|price| {
        format!(
            "Following the rules costs {} a month more than the cheapest.",
            format::usd_about(price)
        )
    });
    cost(assessment, inputs)
        .into_iter()
        .chain(tie(assessment))
        .chain(the_move(verdict, inputs))
        .chain(price)
        .chain(elsewhere(verdict))
        .collect()
}

/// Everything that stands under the sentence.
pub fn summary(assessment: &Assessment, inputs: &Inputs) -> Vec<String> {
    let line = Some(difference_in_words(assessment, inputs)).filter(|line| !line.is_empty());
    line.into_iter()
        .chain(agreement(&assessment.verdict))
        .chain(details(assessment, inputs))
        .collect()
}

fn cost(assessment: &Assessment, inputs: &Inputs) -> Option<String> {
    let platform = assessment.verdict.platform?;
    let bill = assessment.comparison.quote(platform).ok()?;
    let hours = people::on(platform, inputs);
    let (low, high) = hours_likely(platform, inputs);
    let total = hours.total();
    let range = if low < high {
        format!(", likely {} to {}", about(low), about(high))
    } else {
        String::new()
    };
    Some(format!(
        "{} costs {} a month: {} of infrastructure and {} of engineering time ({} hours a week{range}).",
        platform.name(),
        format::usd_about(bill.total()),
        format::usd_about(bill.infrastructure()),
        format::usd_estimated(bill.subtotal(CostCategory::People)),
        about(total),
    ))
}

/// At how many hours a week Kubernetes would pay.
fn pays_off(assessment: &Assessment, inputs: &Inputs) -> Option<String> {
    let verdict = &assessment.verdict;
    let answer = verdict.platform?;
    // A pool in a cluster beside the answer is neither.
    if verdict.shape == Shape::Hybrid {
        return None;
    }
    match verdict.pays_off {
        Some(pays) => {
            let below = if pays.hours_per_week < HALF_AN_HOUR {
                "half an hour".to_owned()
            } else {
                let hours = about(pays.hours_per_week);
                format!("{hours} {}", if hours == "1" { "hour" } else { "hours" })
            };
            let estimate = about(people::on(pays.platform, inputs).total());
            // The one that would pay first need not be the one that is named already: its estimate would be a second number for
            // what the page shows of the one that is.
            let named = [Some(answer), verdict.against.map(|other| other.platform)];
            let (on, ours) = if !named.contains(&Some(pays.platform)) {
                (format!(", on {}", pays.platform.name()), String::new())
            } else if inputs.team.ops_hours_per_week.kubernetes.is_some() {
                (String::new(), format!("; you track {estimate}"))
            } else {
                (String::new(), format!("; we estimate {estimate}"))
            };
            Some(if answer.is_kubernetes() {
                format!("Kubernetes wins under {below} a week{on}{ours}.")
            } else {
                format!("Kubernetes wins only under {below} a week{on}{ours}.")
            })
        }
        None if verdict.against.is_some() && !answer.is_kubernetes() => {
            let and_move = if inputs.already_on.is_some() {
                "machines and the move alone cost"
            } else {
                "machines alone cost"
            };
            Some(format!(
                "Kubernetes would not win at any number of hours: its {and_move} more than {} with people.",
                answer.name()
            ))
        }
        None => None,
    }
}

/// What the move comes to, where the answer is one, or why it is not.
fn the_move(verdict: &Verdict, inputs: &Inputs) -> Option<String> {
    if verdict.shape == Shape::Stay {
        let (to, reason) = late(verdict, inputs)?;
        let told = Some(to.to.is_kubernetes()) != verdict.platform.map(Platform::is_kubernetes);
        return (!told).then(|| format::capital(&reason) + ".");
    }
    let to_answer = |to: &&Move| Some(to.to) == verdict.platform;
    verdict.moves.iter().find(to_answer).map(explain::moving)
}

fn tie(assessment: &Assessment) -> Option<String> {
    let verdict = &assessment.verdict;
    if !verdict.too_close() {
        return None;
    }
    let others: Vec<&str> = verdict
        .group
        .iter()
        .filter(|platform| Some(**platform) != verdict.platform)
        .map(|platform| platform.name())
        .collect();
    Some(format!(
        "Cost can\u{2019}t tell {} from it.",
        format::listed(&others)
    ))
}

/// Under how many calibrations of engineering time the answer is the same, and which one turns it.
pub fn agreement(verdict: &Verdict) -> Option<String> {
    let (agree, all) = verdict.agreement();
    if all == 0 {
        return None;
    }
    if agree == all {
        return Some(format!("All {all} estimates of people give this answer."));
    }
    let turned: Vec<String> = verdict
        .under
        .iter()
        .filter(|under| !under.agrees)
        .map(|under| {
            format!(
                "{} it would be {}",
                by(under.calibration),
                under.platform.name()
            )
        })
        .collect();
    Some(format!(
        "{agree} of {all} estimates of people give this answer; {}.",
        turned.join(", ")
    ))
}

fn by(calibration: Calibration) -> &'static str {
    match calibration {
        Calibration::Article => "by the start-up\u{2019}s",
        Calibration::Vendor => "by the vendor\u{2019}s",
        Calibration::Practitioner => "by the practitioner\u{2019}s",
        Calibration::Middle => "by the middle of the three",
    }
}

fn elsewhere(verdict: &Verdict) -> Option<String> {
    let elsewhere = verdict.elsewhere?;
    let saving = elsewhere.saving;
    if verdict.platform.is_none() {
        return Some(format!(
            "On clouds you ruled out, {} would do.",
            elsewhere.platform.name()
        ));
    }
    Some(if saving > Usd::ZERO {
        format!(
            "On clouds you ruled out, the cheapest ({}) would save {} a month.",
            elsewhere.platform.name(),
            format::usd_about(saving)
        )
    } else {
        "Nothing on the clouds you ruled out would cost less.".to_owned()
    })
}

/// Where no platform fits the team: what would take the least work, and what to look at first.
fn instead(assessment: &Assessment) -> Option<String> {
    let verdict = &assessment.verdict;
    let least = verdict
        .least_operated
        .filter(|_| verdict.platform.is_none())?;
    let mut text = format!("{} would take the least work.", least.name());
    let conditional: Vec<&str> = Platform::ALL
        .into_iter()
        .filter(|platform| assessment.comparison.barred_by(*platform) == Some(Bar::Condition))
        .map(Platform::name)
        .collect();
    if !conditional.is_empty() {
        text += &format!(
            " Look first at {}, which may run it on a condition that is not priced here.",
            conditional.join(", ")
        );
    }
    Some(text)
}

/// What the pool of a hybrid comes to, and what one cluster for both would.
fn pool(verdict: &Verdict) -> Option<String> {
    let pool = verdict
        .pool
        .as_ref()
        .filter(|_| verdict.shape == Shape::Hybrid)?;
    let cost = format::usd_estimated(pool.cost + pool.people);
    let one_cluster = match verdict.against {
        Some(against) if against.total < Usd::ZERO && Some(pool.platform) != verdict.platform => {
            format!(
                " Both in one cluster, on {}, would cost {} a month less.",
                against.platform.name(),
                format::usd_about(-against.total)
            )
        }
        _ => String::new(),
    };
    Some(format!(
        "The pool is {cost} of the monthly total, people included.{one_cluster}"
    ))
}
