//! The answer in words: one sentence that says serverless or Kubernetes, and what stands under it.

mod under;

pub use under::{Phrase, agreement, details, difference, difference_in_words, summary};

use crate::{explain, format};
use plimsoll_model::{
    Assessment, assess,
    bill::Bar,
    decide::{Against, Effect, Fired, Question, Shape, Verdict, money::Move, tie::LITTLE_USD},
    inputs::{Calibration, Inputs},
    people,
    platform::Platform,
    prices::PriceBook,
    sentence::Word,
    units::Usd,
};

/// Differences in infrastructure below this share of the smaller bill, or below a dollar, are "about the same".
const SAME_SHARE: f64 = 0.02;
const SAME_USD: f64 = 1.0;
/// Differences in hours a week below this are none.
const SAME_HOURS: f64 = 0.05;
/// A tie of so many platforms names them, and one of more counts them.
const NAMED: usize = 2;
/// Numbers that are written as words, from two on.
const WORDS: [&str; 9] = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
];

/// The answer in one sentence.
pub fn sentence(assessment: &Assessment, inputs: &Inputs) -> String {
    let verdict = &assessment.verdict;
    let Some(platform) = verdict.platform else {
        return match verdict.least_operated {
            Some(_) => none_fits(assessment, inputs),
            None => match verdict
                .rules
                .iter()
                .find(|fired| fired.rule.id == "objective")
            {
                Some(fired) => format!("None fits. {}", format::sentence(&fired.sentence)),
                None => nothing_fits(assessment, inputs),
            },
        };
    };
    match verdict.shape {
        Shape::Hybrid => hybrid(verdict, platform),
        Shape::Choose => chosen_among(assessment),
        Shape::Stay => {
            let lead = format!("Stay on {}", platform.name());
            // The question is serverless or Kubernetes: a move on one side is told below.
            let other_side = |to: &Move| to.to.is_kubernetes() != platform.is_kubernetes();
            match late(verdict, inputs) {
                Some((to, reason)) if other_side(to) => format!("{lead}: {reason}."),
                _ => with_reason(&lead, assessment),
            }
        }
        _ => {
            let lead = format!("{}, on {}", side_name(platform), platform.name());
            with_reason(&lead, assessment)
        }
    }
}

/// What the answer is about: services, and requests a month.
pub fn subject(inputs: &Inputs) -> String {
    let services = match inputs.services {
        1 => "one service".to_owned(),
        services => format!("{services} services"),
    };
    let requests = inputs.http.requests_per_month;
    let requests = if requests > 0.0 {
        format!("{} requests a month", format::spelled(requests))
    } else {
        "no requests".to_owned()
    };
    format!("{services}, {requests}")
}

/// The answer and what it costs, short enough to be listened to.
pub fn spoken(assessment: &Assessment) -> String {
    let verdict = &assessment.verdict;
    let Some(platform) = verdict.platform else {
        return "No platform fits.".to_owned();
    };
    let total = assessment.comparison.total(platform).unwrap_or(Usd::ZERO);
    let lead = match verdict.shape {
        Shape::Stay => "Stay on",
        Shape::Hybrid => "The answer is a hybrid with",
        _ => "The answer is",
    };
    format!(
        "{lead} {}, {} a month.",
        platform.name(),
        format::usd_about(total)
    )
}

/// The answer in a few words.
pub fn short(assessment: &Assessment) -> String {
    let verdict = &assessment.verdict;
    let Some(platform) = verdict.platform else {
        return "None fits".to_owned();
    };
    let total = assessment.comparison.total(platform).unwrap_or(Usd::ZERO);
    let name = platform.name();
    let total = format::usd_estimated(total);
    match verdict.shape {
        Shape::Choose => {
            let side = if verdict.either_side() {
                "Either side"
            } else {
                side_name(platform)
            };
            format!(
                "{side}: {} tie, {name} \u{2248} {total}",
                verdict.group.len()
            )
        }
        Shape::Stay => format!("Stay on {name} \u{2248} {total}"),
        _ => format!("{name} \u{2248} {total}"),
    }
}

fn side_name(platform: Platform) -> &'static str {
    if platform.is_kubernetes() {
        "Kubernetes"
    } else {
        "Serverless"
    }
}

/// That moving would save money, and not in time, as a clause.
fn late<'a>(verdict: &'a Verdict, inputs: &Inputs) -> Option<(&'a Move, String)> {
    let suggested = |to: &&Move| Some(to.to) == verdict.runner_up;
    let to = verdict.moves.iter().find(suggested)?;
    let (months, saved) = (to.payback_months?, to.saving?);
    let saving = format::usd_about(saved);
    let name = to.to.name();
    let reason = if months > inputs.payback_months {
        format::said(
            "moving to {} would save {} a month and pay back only after {}",
            &[Word::Name(name), Word::Money(saved), Word::time(months)],
        )
    } else {
        let once = format::usd_estimated(to.work.cost + to.overlap);
        format!(
            "moving to {name} might save {saving} a month and would cost {once} once, too close to call"
        )
    };
    Some((to, reason))
}

/// The lead of the sentence, and what decided.
fn with_reason(lead: &str, assessment: &Assessment) -> String {
    let verdict = &assessment.verdict;
    let cause = verdict.rules.iter().find_map(cause);
    match (cause, &verdict.against) {
        (Some(cause), Some(against)) => {
            let but = if against.total < Usd::ZERO {
                let less = format::usd_about(-against.total);
                format!(
                    ", though {} would cost {less} a month less",
                    against.platform.name()
                )
            } else {
                String::new()
            };
            format!("{lead}: {cause}{but}.")
        }
        (Some(cause), None) => format!("{lead}: {cause}."),
        (None, Some(against)) => {
            format!("{lead}: {}.", other_side(against, assessment))
        }
        (None, None) => format!("{lead}: {}.", nothing_there(assessment)),
    }
}

/// Whether nothing but its promise bars a platform.
fn promises_less(assessment: &Assessment, platform: Platform) -> bool {
    assessment.comparison.barred_by(platform) == Some(Bar::Promise)
}

/// Why there is nothing on the other side, as a clause.
fn nothing_there(assessment: &Assessment) -> &'static str {
    let on_kubernetes = assessment
        .verdict
        .platform
        .is_some_and(Platform::is_kubernetes);
    let other_side = |platform: &Platform| platform.is_kubernetes() != on_kubernetes;
    if Platform::ALL
        .into_iter()
        .filter(other_side)
        .any(|platform| promises_less(assessment, platform))
    {
        "nothing on the other side promises what you need"
    } else {
        "nothing on the other side can run this workload here"
    }
}

/// A difference too small to tell, or which way it goes.
#[derive(Clone, Copy, PartialEq)]
enum Gap {
    Less,
    Same,
    More,
}

impl Gap {
    fn of(difference: f64, same: f64) -> Self {
        if difference.abs() < same {
            Self::Same
        } else if difference > 0.0 {
            Self::More
        } else {
            Self::Less
        }
    }
}

/// What the best of the other side costs more in infrastructure, and takes more in hours.
fn gaps(against: &Against, assessment: &Assessment) -> (Gap, Gap) {
    let base = assessment
        .comparison
        .quote(against.platform)
        .map_or(0.0, |bill| bill.infrastructure().get());
    let same = (SAME_SHARE * base).max(SAME_USD);
    (
        Gap::of(against.infrastructure.get(), same),
        Gap::of(against.hours_per_week, SAME_HOURS),
    )
}

/// Why not the other side, as a clause.
fn other_side(against: &Against, assessment: &Assessment) -> String {
    let dearer = against.total > Usd::ZERO;
    let why = match gaps(against, assessment) {
        (Gap::More, Gap::More) => "costs more in machines and in people",
        (Gap::More, Gap::Same) => "costs more in machines and no less in people",
        (Gap::More, Gap::Less) if dearer => "costs more in machines than it saves in people",
        (Gap::More, Gap::Less) => "costs more in machines and less in people",
        (Gap::Same, Gap::More) => "costs as much in machines and more in people",
        (Gap::Same, Gap::Same) => "costs as much in machines and in people",
        (Gap::Same, Gap::Less) => "costs as much in machines and less in people",
        (Gap::Less, Gap::More) if dearer => "saves less in machines than it costs in people",
        (Gap::Less, Gap::More) => "costs less in machines and more in people",
        (Gap::Less, Gap::Same) => "costs less in machines and no less in people",
        (Gap::Less, Gap::Less) => "costs less in machines and in people",
    };
    format!("{} {why}", against.platform.name())
}

/// Hours to two digits: more of them would pretend.
fn about(hours: f64) -> String {
    format::number(format::to_two_digits(hours))
}

/// A tie: two are named, and more are counted.
fn chosen_among(assessment: &Assessment) -> String {
    let verdict = &assessment.verdict;
    let count = verdict.group.len();
    let spread = assessment.comparison.spread(&verdict.group);
    let named: Vec<&str> = verdict
        .group
        .iter()
        .map(|platform| platform.name())
        .collect();
    let (who, are) = if count > NAMED {
        let word = WORDS.get(count - 2).copied();
        let count = word.map_or_else(|| format::number(count as f64), format::capital);
        (format!("{count} platforms"), "")
    } else {
        (format::listed(&named), "are ")
    };
    let apart = if spread.get() < 0.005 {
        "cost the same".to_owned()
    } else if spread.get() < LITTLE_USD {
        format!("{are}within {}", format::usd_about(spread))
    } else {
        "are too close to call".to_owned()
    };
    let side = if verdict.either_side() {
        "Either side"
    } else {
        verdict.platform.map_or("", side_name)
    };
    let lead = match verdict.rules.iter().find_map(cause) {
        Some(cause) => format!("{side}: {cause}"),
        None => side.to_owned(),
    };
    format!("{lead}. {who} {apart}: choose on other grounds.")
}

/// Why no platform is left that anybody could run.
fn nothing_fits(assessment: &Assessment, inputs: &Inputs) -> String {
    let allowed = |platform: &Platform| inputs.clouds.allow(platform.vendor());
    let barred = Platform::ALL
        .into_iter()
        .filter(allowed)
        .any(|platform| promises_less(assessment, platform));
    match inputs.promises.availability_pct.filter(|_| barred) {
        Some(needed) => {
            format!(
                "None: nothing on your clouds that can run this promises {} %.",
                format::uptime(needed)
            )
        }
        None => "None: no platform can be priced for this workload.".to_owned(),
    }
}

fn hybrid(verdict: &Verdict, platform: Platform) -> String {
    let name = platform.name();
    let Some(pool) = &verdict.pool else {
        return format!("Both: the API on {name}, and a pool of GPU nodes behind it.");
    };
    let nodes = format!(
        "{} with {} GPUs",
        format::count(pool.nodes, "node", "nodes"),
        pool.gpu
    );
    if pool.platform == platform {
        return format!("Both on {name}: the API, and {nodes} behind it.");
    }
    format!(
        "Both: the API serverless, on {name}, and {nodes} on {} behind it.",
        pool.platform.name()
    )
}

/// Where no platform fits the team.
fn none_fits(assessment: &Assessment, inputs: &Inputs) -> String {
    let only_kubernetes = !assessment
        .comparison
        .open(inputs)
        .any(|(platform, _)| !platform.is_kubernetes());
    let why = if only_kubernetes {
        "only Kubernetes can run this workload here"
    } else {
        "what you need takes Kubernetes"
    };
    format!(
        "None fits a team of {}: {why}, and a team of this size should not run it alone.",
        format::count(inputs.team.engineers.into(), "engineer", "engineers")
    )
}

/// Why a rule decided, as a clause; none where it is no rule that decided before the money did.
pub fn cause(fired: &Fired) -> Option<&'static str> {
    let Effect::Decides(_) = fired.effect else {
        return None;
    };
    if fired.rule.question == Question::Money {
        return None;
    }
    Some(match fired.rule.id {
        "small-team" | "no-platform-team" => "your team is too small to run a cluster",
        "gpu-serving" => "serving models takes a pool of GPU nodes",
        "mesh" => "so many services with a mesh need it",
        "hostile-tenants" => "customers\u{2019} untrusted code needs isolation that you control",
        "isolation-own" => "the auditor wants isolation that you control",
        _ => "a rule decides before the money does",
    })
}

/// The whole advice in plain text.
pub fn in_words(assessment: &Assessment, inputs: &Inputs) -> String {
    let verdict = &assessment.verdict;
    let mut text = sentence(assessment, inputs) + "\n";
    for sentence in summary(assessment, inputs) {
        text += &format!("{sentence}\n");
    }
    text += "\nWhy\n";
    for fired in &verdict.rules {
        text += &format!(
            "- {} {} [{}; {}]\n",
            fired.rule.question.text(),
            explain::reason_of(fired),
            fired.effect.id(),
            fired.rule.source
        );
    }
    text += &format!("\nKeep in mind\n- {}\n", format::sentence(&verdict.caution));
    for consequence in explain::consequences(verdict, inputs) {
        text += &format!("- {consequence}\n");
    }
    let mut out = String::new();
    for platform in Platform::ALL {
        if let Err(why) = assessment.comparison.quote(platform) {
            out += &format!("- {}: {}\n", platform.name(), explain::refusal(why));
        }
    }
    if !out.is_empty() {
        text += &format!("\nNot in the race\n{out}");
    }
    text
}

/// The figure of the article beside ours: its hours on EKS, and the answer with them.
pub fn by_the_article(inputs: &Inputs, book: &PriceBook) -> String {
    let mut article = inputs.clone();
    article.people.calibration = Calibration::Article;
    let class = Platform::Eks.definition().people;
    let [theirs, ours] = [&article, inputs].map(|inputs| people::hours(class, inputs).total());
    format!(
        "By the article\u{2019}s measure EKS takes {} hours a week, by ours {}. With its hours: {}",
        about(theirs),
        about(ours),
        sentence(&assess(&article, book), &article)
    )
}
