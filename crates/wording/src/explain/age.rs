//! How old prices are, in words.

use crate::{calendar::days_from_civil, format};
use plimsoll_model::sorting::by_number;
use plimsoll_model::{
    bill::{Bill, Source},
    prices::PriceBook,
};

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
        by_number(&mut old, |one| -one.1);
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
