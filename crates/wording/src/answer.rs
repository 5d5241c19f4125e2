//! The answer in words: one sentence that says serverless or Kubernetes, and what stands under it.

use crate::{explain, format};
use plimsoll_model::{
    Assessment, assess,
    bill::CostCategory,
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
/// Hours a week below this are not worth a number.
const HALF_AN_HOUR: f64 = 0.5;
/// A tie names so many platforms, and counts the rest.
const NAMED: usize = 4;

/// The answer in one sentence.
pub fn sentence(assessment: &Assessment, inputs: &Inputs) -> String {
    let verdict = &assessment.verdict;
    let Some(platform) = verdict.platform else {
        return match verdict.least_operated {
            Some(least) => none_fits(assessment, least, inputs),
            None => "None: no platform can be priced for this workload.".to_owned(),
        };
    };
    match verdict.shape {
        Shape::Hybrid => hybrid(verdict, platform),
        Shape::Choose => chosen_among(assessment),
        Shape::Stay => {
            let side = if platform.is_kubernetes() {
                "on Kubernetes"
            } else {
                "serverless"
            };
            let lead = format!("Stay {side}, on {}", platform.name());
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
    let months = to.payback_months?;
    let saving = format::usd_about(to.saving);
    let name = to.to.name();
    let reason = if months > inputs.payback_months {
        format::said(
            "moving to {} would save {} a month and pay back only after {}",
            &[Word::Name(name), Word::Money(to.saving), Word::time(months)],
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
        (None, None) => format!("{lead}: nothing on the other side can run this workload here."),
    }
}

/// What the other side would cost and take, as a clause.
fn other_side(against: &Against, assessment: &Assessment) -> String {
    let name = against.platform.name();
    let infrastructure = against.infrastructure.get();
    let base = assessment
        .comparison
        .quote(against.platform)
        .map_or(0.0, |bill| bill.infrastructure().get());
    let same_money = infrastructure.abs() < (SAME_SHARE * base).max(SAME_USD);
    let hours = against.hours_per_week;
    let time = if hours.abs() < SAME_HOURS {
        "the same hours".to_owned()
    } else {
        let more = if hours > 0.0 { "more" } else { "fewer" };
        format!("{} {more} hours a week", about(hours.abs()))
    };
    if same_money {
        return format!("{name} would cost about the same in infrastructure and take {time}");
    }
    let money = format::usd_about(Usd::of(infrastructure.abs()));
    if infrastructure > 0.0 {
        let fewer = hours <= -SAME_HOURS;
        let link = if fewer { "but" } else { "and" };
        format!("{name} would cost {money} a month more in infrastructure {link} take {time}")
    } else {
        let more = hours >= SAME_HOURS;
        let link = if more { "but" } else { "and" };
        format!("{name} would save {money} a month in infrastructure {link} take {time}")
    }
}

/// Hours to two digits: more of them would pretend.
fn about(hours: f64) -> String {
    format::number(format::to_two_digits(hours))
}

/// A tie: all of it is named, or the first and how many more there are.
fn chosen_among(assessment: &Assessment) -> String {
    let verdict = &assessment.verdict;
    let count = verdict.group.len();
    let named: Vec<&str> = verdict
        .group
        .iter()
        .map(|platform| platform.name())
        .collect();
    let names = if count > NAMED {
        let rest = format::count((count - NAMED) as f64, "more", "more");
        format!("{} and {rest}", named[..NAMED].join(", "))
    } else {
        format::listed(&named)
    };
    let spread = assessment.comparison.spread(&verdict.group);
    let apart = if spread.get() < 0.005 {
        "cost the same".to_owned()
    } else if spread.get() < LITTLE_USD {
        format!("are within {} a month", format::usd_about(spread))
    } else {
        "are too close to call".to_owned()
    };
    if verdict.either_side() {
        return format!(
            "Either: {names} {apart}; what nobody publishes outweighs the {} between them.",
            format::usd_about(spread)
        );
    }
    let side = verdict.platform.map_or("", side_name);
    let reason = match (verdict.rules.iter().find_map(cause), verdict.against) {
        (Some(cause), _) => cause.to_owned(),
        (None, Some(against)) => other_side(&against, assessment),
        (None, None) => "nothing on the other side can run this workload here".to_owned(),
    };
    format!("{side}: {reason}. {names} {apart}: choose on other grounds.")
}

fn hybrid(verdict: &Verdict, platform: Platform) -> String {
    let api = format!("Both: the API serverless, on {}", platform.name());
    match &verdict.pool {
        Some(pool) => format!(
            "{api}, and {} with GPUs on {} behind it, for {} a month more, people included.",
            format::count(pool.nodes, "node", "nodes"),
            pool.platform.name(),
            format::usd_estimated(pool.cost + pool.people)
        ),
        None => format!("{api}, and a pool of GPU nodes on Kubernetes behind it."),
    }
}

/// Where no platform fits the team: what would take the least work, and what to look at first.
fn none_fits(assessment: &Assessment, least: Platform, inputs: &Inputs) -> String {
    let only_kubernetes = !assessment
        .comparison
        .open(inputs)
        .any(|(platform, _)| !platform.is_kubernetes());
    let why = if only_kubernetes {
        "only Kubernetes can run this workload here"
    } else {
        "what you need takes Kubernetes"
    };
    let mut text = format!(
        "None fits a team of {}: {why}, and a team of this size should not run it alone. {} would take the least work.",
        format::count(inputs.team.engineers.into(), "engineer", "engineers"),
        least.name()
    );
    let conditional: Vec<&str> = Platform::ALL
        .into_iter()
        .filter(|platform| assessment.comparison.only_on_condition(*platform))
        .map(Platform::name)
        .collect();
    if !conditional.is_empty() {
        text += &format!(
            " Look first at {}, which may run it on a condition that is not priced here.",
            conditional.join(", ")
        );
    }
    text
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

/// What stands under the sentence: the total and its parts, when Kubernetes would pay, how sure that is, and what was left out of
/// the contest.
pub fn summary(assessment: &Assessment, inputs: &Inputs) -> Vec<String> {
    let verdict = &assessment.verdict;
    let mut sentences = Vec::new();
    sentences.extend(cost(assessment, inputs));
    sentences.extend(pays_off(assessment, inputs));
    sentences.extend(tie(assessment));
    sentences.extend(the_move(verdict, inputs));
    sentences.extend(agreement(verdict));
    if let Some(price) = verdict.price_of_rule {
        sentences.push(format!(
            "Following the rules costs {} a month more than the cheapest.",
            format::usd_about(price)
        ));
    }
    sentences.extend(elsewhere(verdict));
    sentences
}

fn cost(assessment: &Assessment, inputs: &Inputs) -> Option<String> {
    let platform = assessment.verdict.platform?;
    let bill = assessment.comparison.quote(platform).ok()?;
    let hours = people::hours(platform.definition().people, inputs);
    let (low, high) = hours.range;
    let total = hours.total();
    let range = if low < high {
        format!(", likely {} to {}", about(total * low), about(total * high))
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
    match verdict.pays_off {
        Some(pays) => {
            let name = pays.platform.name();
            let estimate = people::hours(pays.platform.definition().people, inputs).total();
            let below = if pays.hours_per_week < HALF_AN_HOUR {
                "half an hour".to_owned()
            } else {
                let hours = about(pays.hours_per_week);
                format!("{hours} {}", if hours == "1" { "hour" } else { "hours" })
            };
            let pays = if answer.is_kubernetes() {
                "pays"
            } else {
                "would pay"
            };
            Some(format!(
                "{name} {pays} below {below} a week; {} {}.",
                if inputs.team.ops_hours_per_week.kubernetes.is_some() {
                    "you track"
                } else {
                    "we estimate"
                },
                about(estimate)
            ))
        }
        None if verdict.against.is_some() && !answer.is_kubernetes() => {
            let and_move = if inputs.already_on.is_some() {
                "infrastructure and the move alone cost"
            } else {
                "infrastructure alone costs"
            };
            Some(format!(
                "Kubernetes would not pay at any number of hours: its {and_move} more than {} with people.",
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
    if !verdict.too_close() || verdict.shape == Shape::Choose {
        return None;
    }
    let others: Vec<&str> = verdict
        .group
        .iter()
        .filter(|platform| Some(**platform) != verdict.platform)
        .map(|platform| platform.name())
        .collect();
    Some(format!(
        "{} can\u{2019}t be told apart from it by cost.",
        format::listed(&others)
    ))
}

/// Under how many calibrations of engineering time the answer is the same, and which one turns it.
fn agreement(verdict: &Verdict) -> Option<String> {
    let (agree, all) = verdict.agreement();
    if all == 0 {
        return None;
    }
    if agree == all {
        return Some(format!(
            "The answer is the same under all {all} estimates of engineering time."
        ));
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
        "The answer is the same under {agree} of {all} estimates of engineering time; {}.",
        turned.join(", ")
    ))
}

fn by(calibration: Calibration) -> &'static str {
    match calibration {
        Calibration::Article => "by the article\u{2019}s",
        Calibration::Vendor => "by the vendor\u{2019}s",
        Calibration::Practitioner => "by the practitioner\u{2019}s",
        Calibration::Middle => "by the middle of the three",
    }
}

fn elsewhere(verdict: &Verdict) -> Option<String> {
    let elsewhere = verdict.elsewhere?;
    let saving = elsewhere.saving;
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
