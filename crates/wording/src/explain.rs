//! Results in words: why there is no bill, where a price comes from, how old it is, what the verdict is.

mod age;
pub mod change;

pub use age::{old_prices, staleness};

use crate::format;
use plimsoll_model::sorting::by_number;
use plimsoll_model::{
    Fit,
    bill::{Bill, CostCategory, Line, Refusal, Source},
    compare::Best,
    decide::{
        Effort, Fired, Verdict,
        money::{Leaving, Move, ScaleCheck},
    },
    explore::{break_even::BreakEven, sweep::Curve},
    inputs::Inputs,
    people::Formula,
    platform::Platform,
    platforms::{Case, Item, Treatment},
    prices::PriceBook,
    sentence::Word,
    units::{SECONDS_PER_MONTH, Usd},
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

/// How the quantity of a line comes about, short: `3 services × 2 vCPU × 730 h = 4,380 vCPU-hours`.
pub fn quantity(line: &Line) -> String {
    let whole = format!("{} {}", format::number(line.quantity), line.unit);
    let factors: Vec<String> = line
        .factors
        .iter()
        .map(|factor| {
            let unit = if factor.unit.is_empty() {
                factor.name
            } else {
                factor.unit
            };
            format!("{} {unit}", format::number(factor.value))
        })
        .collect();
    if factors.len() < 2 {
        return whole;
    }
    format!("{} = {whole}", factors.join(" \u{d7} "))
}

/// How a calibration comes to its hours a week, as a sum with its numbers; hours on call and a cluster that is joined apart.
pub fn hours(formula: &Formula) -> String {
    let number = |x: f64| format::number(format::to_two_digits(x));
    let clusters = if formula.clusters > 1.0 {
        format!(" \u{d7} {} clusters", number(formula.clusters))
    } else {
        String::new()
    };
    let sum = format!(
        "{} h{clusters} + {} h \u{d7} {} + {} h \u{d7} {}",
        number(formula.fixed),
        number(formula.per_engineer),
        format::count(formula.engineers, "engineer", "engineers"),
        number(formula.per_service),
        format::count(formula.services, "service", "services")
    );
    if formula.fluency == 1.0 {
        sum
    } else {
        format!("({sum}) \u{d7} {} for fluency", number(formula.fluency))
    }
}

/// Where a rule comes from, by the title of what says it.
pub fn origin(source: &str) -> String {
    match source.split_once("article: ") {
        Some((before, section)) => {
            format!("{before}\u{201c}Serverless Containers vs Kubernetes\u{201d}, {section}")
        }
        None => source.to_owned(),
    }
}

/// From how many requests on the other side is cheaper, and where that is from today, in sentences.
pub fn break_even(curves: &[Curve], found: &[BreakEven], here: f64) -> String {
    if curves.is_empty() {
        return String::new();
    }
    let per_second =
        |requests: f64| format::number(format::to_two_digits(requests / SECONDS_PER_MONTH));
    let today = format!("today you are at {}", per_second(here));
    match found {
        [] => {
            let winner =
                (0..curves[0].points.len()).find_map(|point| Best::at(curves, point).winner());
            match winner {
                Some((platform, _)) if platform.is_kubernetes() => {
                    "Kubernetes is the cheaper side at any number of requests.".to_owned()
                }
                Some(_) => format!(
                    "Kubernetes does not pay off at any number of requests up to ten billion a month: {}.",
                    never_pays(curves, here)
                ),
                None => "Nothing can be priced at any number of requests.".to_owned(),
            }
        }
        [first, rest @ ..] => {
            let side = if first.above.is_kubernetes() {
                "Kubernetes"
            } else {
                "Serverless"
            };
            let mut text = format!(
                "{side} pays off above {} requests a second ({} a month), with {} in place of {}; {today}.",
                per_second(first.per_month),
                format::number(format::to_two_digits(first.per_month)),
                first.above.name(),
                first.below.name()
            );
            // Steps of whole nodes let two change places several times where people read one number.
            if let [.., last] = rest
                && per_second(last.per_month) != per_second(first.per_month)
            {
                text += &if last.above.is_kubernetes() == first.above.is_kubernetes() {
                    format!(
                        " Up to {} a second the sides change places again and again.",
                        per_second(last.per_month)
                    )
                } else {
                    format!(
                        " Above {} a second {} is the cheaper one again.",
                        per_second(last.per_month),
                        last.above.name()
                    )
                };
            }
            text
        }
    }
}

/// Why Kubernetes is the dearer side everywhere: its infrastructure alone, or what it saves of that against its people.
fn never_pays(curves: &[Curve], here: f64) -> String {
    let side = |kubernetes: bool| {
        let of_side =
            move |curve: &&Curve| curve.open && curve.platform.is_kubernetes() == kubernetes;
        curves.iter().filter(of_side)
    };
    let cheapest = |point: usize, kubernetes: bool| {
        let all = side(kubernetes).filter_map(|curve| curve.infrastructure_usd(point));
        all.reduce(f64::min)
    };
    let points = 0..curves[0].points.len();
    let saved = points
        .clone()
        .filter_map(|point| Some(cheapest(point, false)? - cheapest(point, true)?))
        .fold(0.0, f64::max);
    // Hours don't depend on the requests: what is no infrastructure is people.
    let people = side(true)
        .flat_map(|curve| {
            points
                .clone()
                .filter_map(|point| Some(curve.usd(point)? - curve.infrastructure_usd(point)?))
        })
        .reduce(f64::min)
        .unwrap_or(0.0);
    if saved >= 1.0 && people >= 1.0 {
        return format!(
            "it saves {} of infrastructure at most, and its engineering time costs {} or more",
            format::usd_about(Usd::of(saved)),
            format::usd_estimated(Usd::of(people))
        );
    }
    let near = |point: usize| libm::log(curves[0].points[point].0 / here.max(1.0)).abs();
    let point = points.reduce(|best, other| {
        if near(other) < near(best) {
            other
        } else {
            best
        }
    });
    let bill = point.and_then(|point| {
        let priced = side(true).filter(|curve| curve.usd(point).is_some());
        priced
            .map(|curve| curve.parts[point])
            .reduce(|best, other| {
                if other.iter().sum::<f64>() < best.iter().sum() {
                    other
                } else {
                    best
                }
            })
    });
    let names = CostCategory::INFRASTRUCTURE.map(CostCategory::name);
    let mut parts: Vec<(f64, &str)> = bill
        .into_iter()
        .flat_map(|bill| bill.into_iter().zip(names))
        .filter(|(usd, _)| *usd >= 1.0)
        .collect();
    by_number(&mut parts, |part| -part.0);
    let named: Vec<String> = parts
        .iter()
        .take(3)
        .map(|(usd, name)| {
            let usd = format::usd_estimated(Usd::of(*usd));
            format!("{} {usd}", name.to_lowercase())
        })
        .collect();
    if named.is_empty() {
        return "its infrastructure alone costs more".to_owned();
    }
    format!(
        "its infrastructure alone costs more (near today\u{2019}s load {})",
        named.join(", ")
    )
}

/// What a platform's bill leaves out, what its prices include and what is said of it, in sentences.
pub fn left_out(platform: Platform, bill: Option<&Bill>, inputs: &Inputs) -> String {
    let items = || {
        let those = Item::ALL.into_iter().filter(|item| item.matters(inputs));
        those.map(|item| (item, platform.treatment(item)))
    };
    let mut out: Vec<&str> = platform.definition().left_out.to_vec();
    out.extend(
        items()
            .filter(|(_, how)| *how == Treatment::LeftOut)
            .map(|(item, _)| item.name()),
    );
    let unset =
        |(item, how): &(Item, Treatment)| *how == Treatment::WhenSet && !item.is_set(inputs);
    out.extend(items().filter(unset).map(|(item, _)| item.name()));
    let team = &inputs.team;
    if team.platform_team && team.platform_team_paid_by_others {
        out.push("the hours of the platform team, which others pay");
    }
    let mut text = format::capital(&format::listed(&out));
    text.push('.');
    let included: Vec<&str> = items()
        .filter_map(|(_, how)| match how {
            Treatment::Included(what) => Some(what),
            _ => None,
        })
        .collect();
    if !included.is_empty() {
        text += &format!(" Included in its prices: {}.", format::listed(&included));
    }
    let two = platform.treatment(Item::Minimums) == Treatment::Billed;
    if two && inputs.min_instances.is_none() && inputs.http.requests_per_month > 0.0 {
        text += " Two instances of each service are counted at least, unless you set a number.";
    }
    for note in bill.iter().flat_map(|bill| &bill.notes) {
        text.push(' ');
        text += &format::sentence(note);
    }
    text
}

/// The infrastructure of a platform with other padding, where it has a bill.
pub fn with_padding(
    platform: Platform,
    padding: f64,
    inputs: &Inputs,
    book: &PriceBook,
) -> Option<Usd> {
    let mut inputs = inputs.clone();
    inputs.assumptions.requests_padding = padding;
    let quote = platform.quote(&Case::of(&inputs), &book.in_region(inputs.region));
    quote.ok().map(|bill| bill.infrastructure())
}

/// What the padding of a bill stands for, and what the other of the two figures comes to, in sentences.
pub fn padding(other: f64, with_other: Option<Usd>) -> String {
    let there = with_other.map_or("no node would hold a pod".to_owned(), |usd| {
        format!("infrastructure would be {}", format::usd_about(usd))
    });
    if other > 1.0 {
        format!(
            "Pods ask for what they need here, as in a well-run cluster. In the field they ask for about {} times as much \
             (measured clusters use 8 to 13 % of their CPU): {there}.",
            format::number(other)
        )
    } else {
        format!(
            "Pods ask for more than they need here, as they do in the field. In a well-run cluster {there}."
        )
    }
}

/// How a platform fares, in a word or two.
pub fn fit(fit: Fit) -> String {
    match fit {
        Fit::Recommended => "Recommended".into(),
        Fit::Ties => "Ties with it".into(),
        Fit::RunnerUp => "Runner-up".into(),
        Fit::Fits => "Fits".into(),
        Fit::Dearer(more) => format!("Dearer by {}", format::usd_about(more)),
        Fit::RuledOut => "Ruled out".into(),
        Fit::NotAllowed => "Cloud not allowed".into(),
        Fit::Closed => "Closed".into(),
        Fit::CannotRun => "Can\u{2019}t run it".into(),
        Fit::NoPrice => "No price".into(),
    }
}

/// Why a platform has no bill, in a sentence.
pub fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::CannotRun(cannot) => {
            let reason = format::sentence(&cannot.reason);
            match &cannot.workload {
                Some(name) => [name, ": ", &reason].concat(),
                None => reason,
            }
        }
        Refusal::NoPrice(missing) => format!(
            "The price book has no price for {} ({}) in {}.",
            missing.meter.info().name,
            missing.meter.info().id,
            missing.region.id()
        ),
    }
}

/// What a rule says here, with its price where it lost.
pub fn reason_of(fired: &Fired) -> String {
    let mut text = format::sentence(&fired.sentence);
    if let Some(price) = fired.price {
        text += &if price >= Usd::ZERO {
            format!(
                " Following it would cost {} a month more.",
                format::usd_about(price)
            )
        } else {
            format!(
                " Following it would save {} a month.",
                format::usd_about(-price)
            )
        };
    }
    text
}

/// What the answer ties up of the team, in a sentence.
fn effort(effort: &Effort, inputs: &Inputs) -> String {
    format!(
        "It takes about {} hours a week, {} of {}.",
        format::number(format::to_two_digits(effort.hours_per_week)),
        format::number(format::to_two_digits(effort.engineers)),
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
    let mut text = format!(
        "Moving from {} to {} takes about {} engineer-weeks ({})",
        to.from.name(),
        to.to.name(),
        format::number(to.work.weeks),
        format::usd_about(to.work.cost)
    );
    if to.overlap > Usd::ZERO {
        text += &format!(" and {} while both run", format::usd_about(to.overlap));
    }
    text += &match (to.saving, to.payback_months) {
        (Some(saving), Some(months)) => format::said(
            ". It saves {} a month and pays back after {}.",
            &[Word::Money(saving), Word::time(months)],
        ),
        (Some(saving), None) => format!(
            ". It costs {} a month more and never pays back.",
            format::usd_about(-saving)
        ),
        (None, _) => format!(
            ". {} has no bill for this workload to compare it with.",
            to.from.name()
        ),
    };
    if to.from.is_kubernetes() && !to.to.is_kubernetes() {
        text += " Leave what keeps state on disk or needs GPUs, UDP, privileged access or a DaemonSet where it is.";
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
        "If Kubernetes saves {} % of compute, that pays for {} a year of engineering above {threshold} of compute a year. \
         This workload has {compute}, {verdict}. Published thresholds are $240,000 (a vendor) and $2.5 million (the article), \
         ten times apart; 17 % of organisations optimize continuously (survey of 321, 2026).",
        format::number(inputs.assumptions.efficiency_gain * 100.0),
        format::usd_estimated(check.team_per_year)
    )
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
