//! A bill held against ours, in words.

use crate::format;
use plimsoll_model::{
    explore::billed::{Cause, Compared, Month, Reconciliation},
    platform::Platform,
    units::Usd,
};

/// The names of months.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// That nothing can be compared.
pub const NOTHING: &str = "None of its rows is for a meter of ours that this scenario could have. Exports with usage types, SKUs or meters \
                       can be compared; Cost Explorer has services alone.";

/// A month of a bill: `October 2026`.
pub fn month((year, month): (i32, u8)) -> String {
    let name = MONTHS.get(usize::from(month).wrapping_sub(1));
    match name.filter(|_| year > 0) {
        Some(name) => format!("{name} {year}"),
        None => "Without a date".to_owned(),
    }
}

/// A share in per cent.
pub fn share(share: f64) -> String {
    format::number(format::to_two_digits(share * 100.0)) + " %"
}

/// A quantity with its unit: `2,232 hours`, `1,571 GB`.
pub fn quantity(x: f64, unit: &str) -> String {
    let many = x != 1.0 && !unit.ends_with('B') && !unit.is_empty();
    let ending = if many { "s" } else { "" };
    [&format::number(x), " ", unit, ending].concat()
}

/// A factor: `2.4 times`.
fn times(factor: f64) -> String {
    format::number(format::to_two_digits(factor))
}

/// Why a meter differs, in a sentence.
pub fn cause(line: &Compared) -> String {
    let unit = line.key.unit();
    let runs = line.key.id.ends_with("vcpu")
        || line.key.id.ends_with("vcpu-active")
        || line.key.id.contains("memory")
        || line.key.id.ends_with("/nodes");
    match line.cause {
        Cause::Same => "The same.".to_owned(),
        Cause::Near => "Within 5 %: rounding, or some hours.".to_owned(),
        Cause::NotOurs => "Not in your scenario: other systems in this account, or something that it doesn\u{2019}t say.".to_owned(),
        Cause::NotBilled => "Not on this bill: perhaps another account pays it.".to_owned(),
        Cause::FreeElsewhere => "Ours counts the free tier; on this account it is used up elsewhere.".to_owned(),
        Cause::Region(region) => format!("The rate of another region: {}.", region.name()),
        Cause::Tier if line.key.id.ends_with("/disks") => "Other sizes or classes of disks.".to_owned(),
        Cause::Tier => "Another tier: the whole account\u{2019}s traffic counts.".to_owned(),
        Cause::Cheaper(off) if off >= 0.995 => "Free on this bill, or in a row of its own.".to_owned(),
        Cause::Cheaper(off) => format!(
            "A price {} lower: a commitment, a contract or spot.",
            share(off)
        ),
        Cause::Dearer(off) if off.is_finite() => format!(
            "A price {} higher: another size, edition or region.",
            share(off)
        ),
        Cause::Dearer(_) => "Billed without a quantity.".to_owned(),
        // Nothing grows by that much.
        Cause::More(factor) if factor > 1e5 => {
            "Counted in another unit, most likely: only the dollars can be compared.".to_owned()
        }
        Cause::More(factor) if runs => format!(
            "{} times the {}s of ours: more or larger instances, or hours in which they wait.",
            times(factor),
            unit
        ),
        Cause::More(factor) => format!(
            "{} times as much as ours: more of it than your scenario says, or other systems in this account.",
            times(factor)
        ),
        Cause::Less(factor) if runs => format!(
            "{} of the {}s of ours: fewer or smaller instances, or fewer hours.",
            share(factor),
            unit
        ),
        Cause::Less(factor) => format!("{} of ours: less of it than your scenario says.", share(factor)),
    }
}

/// How a month of the bill and ours stand to each other.
pub fn summary(held: &Reconciliation, of: &Month) -> String {
    let (billed, ours) = (of.billed_usd(), of.ours_usd());
    let off = if billed > 0.0 {
        let off = ours / billed - 1.0;
        let side = if off < 0.0 { "below" } else { "above" };
        format!(", {} {side} it", share(off.abs()))
    } else {
        String::new()
    };
    let unblended: f64 = of.lines.iter().map(|line| line.unblended_usd).sum();
    let spread = if (unblended - billed).abs() < 0.005 {
        ""
    } else {
        ", with commitments spread over what they cover"
    };
    format!(
        "{}, {} hours: {} was billed for meters of ours at {}{spread}; our bill of {} comes to {}{off}.",
        month(of.month),
        format::number(of.hours),
        format::usd(Usd::of(billed)),
        held.platform.vendor().name(),
        held.platform.name(),
        format::usd(Usd::of(ours)),
    )
}

/// How much of a bill is compared, and how much is not.
pub fn parts(billed_usd: f64, matched_usd: f64) -> String {
    let of = |part: f64| {
        let usd = format::usd(Usd::of(part));
        if billed_usd > 0.0 {
            format!("{usd} ({})", share(part / billed_usd))
        } else {
            usd
        }
    };
    format!(
        "{} billed: {} for meters of ours, and {} for the rest, which is not compared: other things, commitments, credits, taxes.",
        format::usd(Usd::of(billed_usd)),
        of(matched_usd),
        of(billed_usd - matched_usd),
    )
}

/// How much ours explains of what is compared.
pub fn score(score: f64) -> String {
    if score < 0.005 {
        return "Our bill explains none of what is compared: no meter is within 5 %.".to_owned();
    }
    format!(
        "Our bill explains {} of what is compared: those meters are within 5 %.",
        share(score)
    )
}

/// What has to be known before the lines are read: whose bill it really is, and where.
pub fn warnings(held: &Reconciliation) -> Vec<String> {
    let mut told = Vec::new();
    if !held.runs_on_it {
        told.push(not_there(held.platform));
    }
    if let Some(region) = held.region {
        told.push(format!(
            "Most of it is of the region {}, and the scenario is not.",
            region.name()
        ));
    }
    if held.elsewhere_usd >= 0.005 {
        told.push(format!(
            "{} for meters of ours is of other vendors, and not in the lines below.",
            format::usd(Usd::of(held.elsewhere_usd))
        ));
    }
    told
}

/// That nothing on a bill runs on a platform.
pub fn not_there(platform: Platform) -> String {
    format!(
        "Nothing on the bill runs on {}: it isn\u{2019}t there yet, or another account pays it.",
        platform.name()
    )
}

/// That a month isn't compared.
pub fn in_part(of: &Month) -> String {
    format!(
        "{}: {}, which is not the whole month.",
        month(of.month),
        format::usd(Usd::of(of.billed_usd()))
    )
}
