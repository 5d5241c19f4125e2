//! A vendor's bill, held against ours of a scenario.

use plimsoll_model::{
    explore::billed::{Month, Reconciliation, platform_of, reconcile},
    inputs::Inputs,
    platform::Platform,
    prices::PriceBook,
    units::Usd,
};
use plimsoll_readers::{
    Choices, Kind, Reading, Told,
    bills::{GROUP, Group, RATE, Summary},
};
use plimsoll_wording::{billed as words, format};
use serde_json::{Value, json};

/// What is printed, and the same in words.
pub struct Held {
    /// As JSON.
    pub json: Value,
    /// As sentences and tables.
    pub words: String,
}

/// What the reader takes from arguments: rates of currencies, and what the groups are.
///
/// # Errors
///
/// A rate that isn't written as `EUR=1.08@2026-11-01`.
pub fn choices(rates: &[String], group: Option<&str>) -> Result<Choices, Vec<String>> {
    let mut choices = Choices::new();
    for rate in rates {
        let Some((currency, rate)) = rate.split_once('=') else {
            return Err(vec![format!(
                "--rate: {rate} is no rate; allowed: EUR=1.08@2026-11-01"
            )]);
        };
        let is_currency = currency.len() == 3 && currency.chars().all(|c| c.is_ascii_uppercase());
        let (turns, day) = rate.split_once('@').unwrap_or((rate, ""));
        let turns: Option<f64> = turns.parse().ok();
        let is_rate = turns.is_some_and(|x| x > 0.0 && x.is_finite());
        if !is_currency || !is_rate || crate::decision::day(day).is_err() {
            return Err(vec![format!(
                "--rate: {currency}={rate} is no rate; allowed: EUR=1.08@2026-11-01, US dollars for one, and the day"
            )]);
        }
        choices.insert([RATE, currency].concat(), rate.to_owned());
    }
    if let Some(group) = group {
        choices.insert(GROUP.to_owned(), group.to_owned());
    }
    Ok(choices)
}

/// Holds the bill of a reading against ours of the inputs: on the platform that is said, else on the one that the bill is of.
///
/// # Errors
///
/// What can't be read, each with its file and line; that there is no bill, or none of a platform of ours.
pub fn held(
    reading: &Reading,
    inputs: &Inputs,
    platform: Option<Platform>,
    group: Option<&str>,
    today: (i32, u8),
) -> Result<Held, Vec<String>> {
    let wrong = reading.told.iter().filter(|told| told.kind == Kind::Wrong);
    let hinted = |told: &Told| {
        let hint = match &told.choice {
            Some(choice) if choice.id.starts_with(RATE) => {
                [" (--rate ", &choice.id[RATE.len()..], "=1.08@2026-11-01)"].concat()
            }
            _ => String::new(),
        };
        [told.to_string(), hint].concat()
    };
    let wrong: Vec<String> = wrong.map(hinted).collect();
    let book = PriceBook::bundled().with_own(&inputs.prices);
    let bill = reading.bill.summary(&book, usize::MAX);
    if bill.is_empty() {
        let none = "no bill in these files; allowed: exports in FOCUS, AWS cost and usage reports, Cost Explorer, Google Cloud \
                    billing exports and cost tables, Azure cost details";
        // What the reader allows otherwise is no bill.
        let of_bills = wrong.into_iter().filter(|told| !told.contains("manifests"));
        let of_bills: Vec<String> = of_bills.collect();
        return Err(if of_bills.is_empty() {
            vec![none.to_owned()]
        } else {
            of_bills
        });
    }
    let platform = platform.or_else(|| platform_of(inputs, &book, &bill.billed));
    let held =
        platform.and_then(|platform| reconcile(inputs, &book, platform, &bill.billed, today));
    let told = reading.told.iter().map(ToString::to_string).collect();
    if let Some(group) = group {
        let mut choices = reading.told.iter().filter_map(|told| told.choice.as_ref());
        let choice = choices.find(|choice| choice.id == GROUP);
        let allowed: Vec<&str> = choice.map_or(vec!["service"], |choice| {
            choice.options.iter().map(|(name, _)| &**name).collect()
        });
        if !allowed.contains(&group) {
            return Err(vec![format!(
                "--group: nothing is grouped by {group}; allowed: {}",
                allowed.join(", ")
            )]);
        }
    }
    Ok(Held {
        json: as_json(&bill, held.as_ref(), told),
        words: in_words(&bill, held.as_ref(), &wrong),
    })
}

fn as_json(bill: &Summary, held: Option<&Reconciliation>, told: Vec<String>) -> Value {
    let months = held.map_or(&[][..], |held| &held.months);
    let explained: f64 = months.iter().map(Month::explained_usd).sum();
    let billed = bill.billed_usd;
    let group = |group: &Group| {
        json!({
            "name": group.name,
            "billed_usd": group.billed_usd,
            "matched_usd": group.matched_usd,
        })
    };
    let beside = |group: &Group| {
        json!({
            "name": group.name,
            "billed_usd": group.billed_usd,
            "share": share(group.billed_usd, billed),
        })
    };
    let lines = months.iter().flat_map(|month| {
        month.lines.iter().map(|line| {
            json!({
                "month": name(month),
                "whole_month": held.is_some_and(|held| held.is_whole(month)),
                "meter": line.key.id,
                "name": line.key.name,
                "unit": line.key.unit(),
                "billed": { "quantity": line.billed.quantity, "usd": line.billed.usd, "unblended_usd": line.unblended_usd },
                "ours": { "quantity": line.ours.quantity, "usd": line.ours.usd },
                "difference_usd": line.difference_usd(),
                "cause": line.cause.id(),
                "explanation": words::cause(line),
            })
        })
    });
    json!({
        "v": 1,
        "platform": held.map(|held| held.platform.id()),
        "warnings": held.map(words::warnings),
        "rows": bill.rows,
        "billed_usd": billed,
        "matched_usd": bill.matched_usd,
        "explained_usd": explained,
        "score": held.and_then(Reconciliation::score),
        "charges": bill.charges.iter().map(|(charge, usd)| json!({ "charge": charge.id(), "billed_usd": usd })).collect::<Vec<_>>(),
        "groups": bill.groups.iter().map(group).collect::<Vec<_>>(),
        "lines": lines.collect::<Vec<_>>(),
        "unmatched": bill.unmatched.iter().map(beside).collect::<Vec<_>>(),
        "told": told,
    })
}

fn usd(amount: f64) -> String {
    format::usd(Usd::of(amount))
}

fn share(part: f64, of: f64) -> Option<f64> {
    (of != 0.0).then(|| part / of)
}

fn name(month: &Month) -> String {
    let (year, month) = month.month;
    format!("{year:04}-{month:02}")
}

fn in_words(bill: &Summary, held: Option<&Reconciliation>, wrong: &[String]) -> String {
    let mut text = String::new();
    for wrong in wrong {
        text += wrong;
        text += "\n";
    }
    text += &words::parts(bill.billed_usd, bill.matched_usd);
    text += "\n";
    let Some(held) = held else {
        text += words::NOTHING;
        text += "\n";
        return text + &beside(bill);
    };
    for warning in words::warnings(held) {
        text += &warning;
        text += "\n";
    }
    if let Some(score) = held.score() {
        text += &words::score(score);
        text += "\n";
    }
    for month in &held.months {
        text += "\n";
        if !held.is_whole(month) && held.newest() != Some(month) {
            text += &words::in_part(month);
            text += "\n";
            continue;
        }
        text += &words::summary(held, month);
        text += "\n";
        for line in &month.lines {
            text += &format!(
                "- {}: {} billed, {} ours, {} apart. {}\n",
                line.key.name,
                usd(line.billed.usd),
                usd(line.ours.usd),
                usd(line.difference_usd()),
                words::cause(line),
            );
        }
    }
    text + &beside(bill)
}

/// What is compared with nothing, the largest first.
fn beside(bill: &Summary) -> String {
    const SHOWN: usize = 20;
    let left = &bill.unmatched;
    if left.is_empty() {
        return String::new();
    }
    let mut text = String::from("\nNot compared\n");
    let all = bill.billed_usd;
    for group in left.iter().take(SHOWN) {
        text += &format!(
            "- {}: {}, {} of the bill\n",
            group.name,
            usd(group.billed_usd),
            words::share(share(group.billed_usd, all).unwrap_or(0.0)),
        );
    }
    if let Some(rest) = left.get(SHOWN..).filter(|rest| !rest.is_empty()) {
        let usd: f64 = rest.iter().map(|group| group.billed_usd).sum();
        text += &format!("- {} more: {}\n", rest.len(), self::usd(usd));
    }
    text
}
