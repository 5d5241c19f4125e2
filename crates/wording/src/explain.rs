//! Results in words: why there is no bill, where a price comes from, how old it is, what the verdict is.

pub mod change;

use crate::{calendar::days_from_civil, format};
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

/// After how many days a price is old.
const OLD: i64 = 90;

/// What to say where the newest price is old, from two days as `YYYY-MM-DD` or `YYYY-MM`. Of a month the day that makes the
/// price younger counts: nobody is warned of a price that may be fresh. Nothing where one of them is no day.
pub fn staleness(newest: &str, today: &str) -> Option<String> {
    let age = day(today, false)? - day(newest, true)?;
    if age <= OLD {
        return None;
    }
    let months = (age * 12 + 182) / 365;
    let ago = if months < 24 {
        format::count(months as f64, "month", "months")
    } else {
        format::count((age / 365) as f64, "year", "years")
    };
    Some(format!(
        "The newest price was read {ago} ago; check them before you decide."
    ))
}

/// Which prices of a bill were read so long ago, and how many of its dollars rest on them; none where none was, or where a bill
/// would be the same without them. `today` as `YYYY-MM-DD`.
pub fn old_prices(bill: &Bill, book: &PriceBook, today: &str) -> Option<String> {
    /// Names that are told.
    const NAMED: usize = 3;
    let today = day(today, false)?;
    let mut old: Vec<(&str, f64)> = Vec::new();
    for line in &bill.lines {
        let Source::Row(id) = line.source else {
            continue;
        };
        let read = book.row(id).read.as_ref().map(ToString::to_string);
        let age = read
            .and_then(|read| day(&read, true))
            .map(|read| today - read);
        let usd = line.amount().get();
        if age.is_none_or(|age| age <= OLD) || usd <= 0.0 {
            continue;
        }
        match old.iter_mut().find(|(name, _)| *name == line.name) {
            Some((_, sum)) => *sum += usd,
            None => old.push((line.name, usd)),
        }
    }
    let sum: f64 = old.iter().map(|(_, usd)| usd).sum();
    let share = sum / bill.infrastructure().get();
    // What is less than a hundredth decides nothing.
    (share > 0.01).then(|| {
        old.sort_by(|one, other| other.1.total_cmp(&one.1));
        let names: Vec<&str> = old.iter().take(NAMED).map(|(name, _)| *name).collect();
        let more = old.len().saturating_sub(NAMED);
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        format!(
            "{} of its infrastructure rests on prices older than {OLD} days ({}{more}): check them before you decide.",
            format::chance(share.min(1.0)),
            names.join(", ")
        )
    })
}

/// The days up to a date; of a month those up to its last day, or to its first.
fn day(text: &str, last: bool) -> Option<i64> {
    let mut parts = text.split('-');
    let mut next = |digits: usize| parts.next().map(|part| whole(part, digits));
    let (year, month) = (next(4)??, next(2)??);
    let day = next(2);
    if next(0).is_some() || !(1..=12).contains(&month) {
        return None;
    }
    let first = days_from_civil(year, month, 1);
    let after = days_from_civil(year, month + 1, 1);
    match day {
        None if last => Some(after - 1),
        None => Some(first),
        Some(day) => day
            .map(|day| first + day - 1)
            .filter(|day| (first..after).contains(day)),
    }
}

/// So many digits as a whole number.
fn whole(text: &str, digits: usize) -> Option<i64> {
    let number = text.bytes().try_fold(0, |number, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + i64::from(byte - b'0'))
    });
    number.filter(|_| text.len() == digits)
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
    parts.sort_by(|one, other| other.0.total_cmp(&one.0));
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
        Refusal::CannotRun(cannot) => format::sentence(&cannot.reason),
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
    text += &match to.payback_months {
        Some(months) => format::said(
            ". It saves {} a month and pays back after {}.",
            &[Word::Money(to.saving), Word::time(months)],
        ),
        None => format!(
            ". It costs {} a month more and never pays back.",
            format::usd_about(-to.saving)
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

/// Between which amounts the cost of people probably lies; empty where it is no estimate.
pub fn people_range(platform: Platform, cost: Usd, inputs: &Inputs) -> String {
    let (low, high) = plimsoll_model::people::hours(platform.definition().people, inputs).range;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_calendars_count_them() {
        let apart =
            |from: &str, to: &str| day(to, false).unwrap_or(0) - day(from, false).unwrap_or(0);
        assert_eq!(apart("2026-10-04", "2026-10-04"), 0);
        assert_eq!(apart("2026-02-28", "2026-03-01"), 1);
        assert_eq!(apart("2028-02-28", "2028-03-01"), 2);
        assert_eq!(apart("2100-02-28", "2100-03-01"), 1);
        assert_eq!(apart("2000-01-01", "2000-12-31"), 365);
        assert_eq!(apart("2025-12-31", "2026-01-01"), 1);
        assert_eq!(apart("1970-01-01", "2026-10-04"), 20_730);
    }

    #[test]
    fn old_prices_are_told_with_their_age() {
        let cases = [
            ("2026-05-04", "2026-08-02", None),
            ("2026-05-04", "2026-08-03", Some("3 months")),
            ("2026-05-10", "2026-10-04", Some("5 months")),
            // Of a month without a day the last one counts.
            ("2026-06", "2026-09-28", None),
            ("2026-06", "2026-09-29", Some("3 months")),
            ("2026-06", "2026-09", None),
            ("2026-06", "2026-10", Some("3 months")),
            ("2025-01-01", "2026-10-04", Some("21 months")),
            ("2024-01-01", "2026-10-04", Some("2 years")),
            // A clock that is behind.
            ("2026-10-04", "2020-01-01", None),
        ];
        for (newest, today, ago) in cases {
            let told = ago.map(|ago| {
                format!("The newest price was read {ago} ago; check them before you decide.")
            });
            assert_eq!(staleness(newest, today), told, "{newest} on {today}");
        }
    }

    #[test]
    fn what_is_no_day_says_nothing() {
        for text in [
            "",
            "undated",
            "recalled",
            "2020",
            "2020-13",
            "2020-00",
            "2020-1",
            "2020-02-30",
            "2021-02-29",
            "2020-01-00",
            "2020-01-01-01",
            "2020-01-",
            "20-01-01",
            "2020-01-1x",
            "\u{661}020-01",
        ] {
            assert_eq!(staleness(text, "2026-10-04"), None, "{text}");
            assert_eq!(staleness("2020-01-01", text), None, "{text}");
        }
    }
}
