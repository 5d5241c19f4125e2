//! Results in words: why there is no bill, where a price comes from, what the verdict is.

use crate::{
    format,
    model::{
        Assessment,
        bill::{Line, Part, Refusal, Source},
        decide::{
            Class, Effort, Verdict,
            money::{Leaving, Move, ScaleCheck},
            rules::Fired,
        },
        inputs::{Field, Inputs, Kind},
        platform::Platform,
        prices::PriceBook,
        units::Usd,
    },
};

/// Where a line's price comes from, in words.
pub fn source(line: &Line, book: &PriceBook) -> String {
    match line.source {
        Source::Row(id) => {
            let row = book.row(id);
            let page = if row.page.is_empty() {
                "no page"
            } else {
                &row.page
            };
            match &row.read {
                Some(read) => format!("{page}, read {read}"),
                None => page.to_owned(),
            }
        }
        Source::Input(path) => format!("your input {path}"),
        Source::Model(text) => text.to_owned(),
    }
}

/// What an input is set to, for people.
pub fn said(field: &Field, inputs: &Inputs) -> String {
    let number = |x: f64, unit: &str| {
        format!("{} {unit}", format::number(x))
            .trim_end()
            .to_owned()
    };
    match field.kind {
        Kind::Number { range, get, .. } => number(get(inputs), range.unit),
        Kind::Optional {
            open, range, get, ..
        } => match get(inputs) {
            Some(x) => number(x, range.unit),
            None => open.unwrap_or("estimated").to_owned(),
        },
        Kind::Flag { get, .. } => if get(inputs) { "yes" } else { "no" }.to_owned(),
        Kind::Choice { options, get, .. } => options[get(inputs)].1.to_owned(),
    }
}

/// How the quantity of a line comes about, and its amount, in numbers.
pub fn derivation(line: &Line) -> String {
    let mut text = String::new();
    for factor in &line.factors {
        if !text.is_empty() {
            text += " \u{d7} ";
        }
        text += &format!(
            "{} {} ({})",
            format::number(factor.value),
            factor.unit,
            factor.name
        );
    }
    text += &format!(
        " = {} {}; at {} each that is {}.",
        format::number(line.quantity),
        line.unit,
        format::unit_price(line.unit_price),
        format::usd(line.amount())
    );
    text
}

/// Why a platform has no bill, in a sentence.
pub fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::CannotRun(cannot) => format::sentence(&cannot.reason),
        Refusal::NoPrice(missing) => format!(
            "The price book has no price for {} ({}) in {}.",
            missing.meter.info().name,
            missing.meter.info().id,
            missing.region.id()
        ),
    }
}

/// The verdict in a sentence.
pub fn headline(assessment: &Assessment, inputs: &Inputs) -> String {
    let verdict = &assessment.verdict;
    let Some(platform) = verdict.platform else {
        return match verdict.least_operated {
            Some(least) => none_fits(assessment, least, inputs),
            None => "No platform can be priced for this workload.".to_owned(),
        };
    };
    let total = assessment.comparison.total(platform).unwrap_or(Usd::ZERO);
    match verdict.class {
        Class::Hybrid => {
            let api = format!(
                "A hybrid: the API on {} for {} a month all in, in front of",
                platform.name(),
                format::usd_about(total)
            );
            match &verdict.pool {
                Some(pool) => format!(
                    "{api} {} with graphics processors on {} for {} more, people included.",
                    format::count(pool.nodes, "node", "nodes"),
                    pool.platform.name(),
                    format::usd_estimated(pool.cost + pool.people)
                ),
                None => format!("{api} a pool of graphics processors on Kubernetes."),
            }
        }
        _ => format!(
            "{}: {} a month, all in.",
            platform.name(),
            format::usd_about(total)
        ),
    }
}

/// Where no platform fits the team: what would take the least work, and what to look at first.
fn none_fits(assessment: &Assessment, least: Platform, inputs: &Inputs) -> String {
    let kubernetes = |platform: &Platform| platform.about().people.is_kubernetes();
    let runs = |platform: &Platform| assessment.comparison.total(*platform).is_some();
    let only_kubernetes = !Platform::ALL
        .iter()
        .any(|platform| runs(platform) && !kubernetes(platform));
    let why = if only_kubernetes {
        "of what can be priced for this workload only Kubernetes runs it"
    } else {
        "what it asks for takes Kubernetes"
    };
    let mut text = format!(
        "None of them fits a team of {}: {why}, and a team of this size should not run Kubernetes. {} would take the least \
         work.",
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
            " Look first at {}: they may run it on a condition that is not priced here.",
            conditional.join(", ")
        );
    }
    text
}

/// What a rule says here, with its price where it lost.
pub fn reason_of(fired: &Fired) -> String {
    let mut text = format::sentence(&fired.sentence);
    if let Some(price) = fired.price {
        text += &if price >= Usd::ZERO {
            format!(
                " An earlier rule decided; following this one would cost {} a month more.",
                format::usd_about(price)
            )
        } else {
            format!(
                " An earlier rule decided; following this one would save {} a month.",
                format::usd_about(-price)
            )
        };
    }
    text
}

/// How far the runner-up is away, in a sentence.
fn gap(assessment: &Assessment) -> Option<String> {
    let verdict = &assessment.verdict;
    let (other, gap) = (verdict.runner_up?, verdict.gap?);
    let apart = if gap.get().abs() < 0.005 {
        format!("{} costs the same", other.name())
    } else if gap >= Usd::ZERO {
        format!(
            "{} costs {} a month more",
            other.name(),
            format::usd_about(gap)
        )
    } else {
        format!(
            "{} would cost {} a month less",
            other.name(),
            format::usd_about(-gap)
        )
    };
    Some(if verdict.too_close {
        format!("{apart}, which is too close to call.")
    } else {
        format!("{apart}.")
    })
}

/// What the answer ties up of the team, in a sentence.
fn effort(effort: &Effort, inputs: &Inputs) -> String {
    format!(
        "It ties up about {} hours a week, {} of {}.",
        format::number(effort.hours_per_week),
        format::number((effort.engineers * 100.0).round() / 100.0),
        format::count(inputs.team.engineers.into(), "engineer", "engineers")
    )
}

/// What leaving later would cost and what moves, in sentences.
fn leaving(leaving: &Leaving) -> String {
    format!(
        "Leaving it would take about {} engineer-weeks ({}). {} {}",
        format::number(leaving.work.weeks),
        format::usd_about(leaving.work.cost),
        leaving.portable,
        leaving.proprietary
    )
}

/// A move from where the team is today, in sentences.
pub fn moving(to: &Move) -> String {
    let work = format!(
        "Moving from {} to {} takes about {} engineer-weeks ({})",
        to.from.name(),
        to.to.name(),
        format::number(to.work.weeks),
        format::usd_about(to.work.cost)
    );
    let mut text = match to.payback_months {
        Some(months) => format!(
            "{work} and saves {} a month: it has paid for itself after {}.",
            format::usd_about(to.saving),
            if months <= 60.0 {
                format::count(months.ceil(), "month", "months")
            } else {
                format::count((months / 12.0).ceil(), "year", "years")
            }
        ),
        None => format!(
            "{work} and costs {} a month more: it never pays for itself.",
            format::usd_about(-to.saving)
        ),
    };
    let kubernetes = |platform: Platform| platform.about().people.is_kubernetes();
    if kubernetes(to.from) && !kubernetes(to.to) {
        text += " What keeps state on disk, needs graphics processors, UDP, privileged access or a DaemonSet should stay \
                 where it is.";
    }
    text
}

/// Whether the efficiency of Kubernetes would pay for its team, in sentences.
pub fn scale_check(check: &ScaleCheck, inputs: &Inputs) -> String {
    let (compute, threshold) = (
        format::usd_about(check.compute),
        format::usd_estimated(check.threshold),
    );
    let verdict = if check.compute >= check.threshold {
        "which is above it"
    } else {
        "which is below it"
    };
    format!(
        "If Kubernetes saves {} % of compute, that pays for {} a year of engineering above {threshold} of compute a year; \
         this workload has {compute}, {verdict}.",
        format::number(inputs.assumptions.efficiency_gain * 100.0),
        format::usd_estimated(check.team_per_year)
    )
}

/// What the answer comes to, how far the others are, and what a rule costs: a sentence each.
pub fn summary(assessment: &Assessment, inputs: &Inputs) -> Vec<String> {
    let verdict = &assessment.verdict;
    let mut sentences = Vec::new();
    if let Some(platform) = verdict.platform
        && let Ok(bill) = assessment.comparison.quote(platform)
    {
        sentences.push(format!(
            "{} of it is infrastructure and {} engineering time; {} a year.",
            format::usd_about(bill.infrastructure()),
            people_cost(platform, bill.subtotal(Part::People), inputs),
            format::usd_about(Usd::of(bill.total().get() * 12.0))
        ));
    }
    sentences.extend(gap(assessment));
    if let Some(price) = verdict.price_of_rule {
        sentences.push(format!(
            "Following the rules costs {} a month more than the cheapest.",
            format::usd_about(price)
        ));
    }
    sentences
}

/// The cost of people with its range: it is an estimate.
pub fn people_cost(platform: Platform, cost: Usd, inputs: &Inputs) -> String {
    let about = format::usd_estimated(cost);
    let range = people_range(platform, cost, inputs);
    if range.is_empty() {
        return about;
    }
    format!("about {about} ({range})")
}

/// Between which amounts the cost of people probably lies; empty where it is no estimate.
pub fn people_range(platform: Platform, cost: Usd, inputs: &Inputs) -> String {
    let (low, high) = crate::model::people::hours(platform.about().people, inputs).range;
    let about = |factor: f64| format::usd_estimated(Usd::of(cost.get() * factor));
    if low == high {
        return String::new();
    }
    format!("{} to {}", about(low), about(high))
}

/// What the answer means for the team and the years to come: a text each.
pub fn consequences(verdict: &Verdict, inputs: &Inputs) -> Vec<String> {
    let ties = verdict.effort.as_ref().map(|hours| effort(hours, inputs));
    let leaves = verdict.leaving.as_ref().map(leaving);
    let scales = verdict
        .scale_check
        .as_ref()
        .map(|check| scale_check(check, inputs));
    ties.into_iter()
        .chain(leaves)
        .chain(verdict.moves.iter().map(moving))
        .chain(scales)
        .collect()
}

/// The whole advice in plain text.
pub fn in_words(assessment: &Assessment, inputs: &Inputs) -> String {
    let verdict = &assessment.verdict;
    let mut text = headline(assessment, inputs) + "\n";
    for sentence in summary(assessment, inputs) {
        text += &format!("{sentence}\n");
    }
    text += "\nWhy\n";
    for fired in &verdict.rules {
        text += &format!(
            "- {} {} [{}; {}]\n",
            fired.rule.question,
            reason_of(fired),
            fired.effect.id(),
            fired.rule.source
        );
    }
    text += &format!("\nKeep in mind\n- {}\n", format::sentence(&verdict.caution));
    for consequence in consequences(verdict, inputs) {
        text += &format!("- {consequence}\n");
    }
    let mut out = String::new();
    for platform in Platform::ALL {
        if let Err(why) = assessment.comparison.quote(platform) {
            out += &format!("- {}: {}\n", platform.name(), refusal(why));
        }
    }
    if !out.is_empty() {
        text += &format!("\nNot in the race\n{out}");
    }
    text
}
