//! Points in time, as exports write them: dates and times of day by chrono, seconds since 1970, and digits without signs.
//!
//! No database of time zones: a time has the offset that stands beside it, or none.

use chrono::{Datelike, FixedOffset, NaiveDate, NaiveTime, Timelike};

pub(crate) const HOUR: i64 = 3_600;
pub(crate) const DAY: i64 = 24 * HOUR;

/// The years that a file of traffic may have.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2099;

/// A point in time as a file writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Seconds since 1970-01-01 by the clock that wrote it.
    pub(crate) clock: i64,
    /// Seconds that this clock is ahead of UTC, if the file says.
    pub(crate) offset: Option<i64>,
}

impl Stamp {
    /// Seconds since 1970-01-01 UTC; a time without an offset is taken as UTC.
    pub(crate) fn utc(self) -> i64 {
        self.clock - self.offset.unwrap_or(0)
    }
}

/// What comes first in a date with its year at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// 10/31/2026
    Month,
    /// 31/10/2026
    Day,
}

/// Dates that are read in one way only.
const PLAIN: [&str; 14] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d.%m.%Y",
    "%d.%m.%y",
    "%b %d, %Y",
    "%b %d %Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d/%b/%Y",
    "%B %d, %Y",
    "%d %B %Y",
    "%a %b %d %Y",
    "%a, %d %b %Y",
];
const MONTH_FIRST: [&str; 4] = ["%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y", "%m-%d-%y"];
const DAY_FIRST: [&str; 4] = ["%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d-%m-%y"];
const TIMES: [&str; 5] = [
    "%H:%M:%S%.f",
    "%H:%M",
    "%I:%M:%S %p",
    "%I:%M %p",
    "%I:%M:%S%p",
];

/// Reads the times of a file. It remembers the last date: most rows have that of the row before.
#[derive(Clone, Debug)]
pub(crate) struct Times {
    order: Order,
    date: (String, i64),
}

impl Times {
    pub(crate) fn of(order: Order) -> Self {
        Self {
            order,
            date: (String::new(), 0),
        }
    }

    /// A date and a time of day in a cell, or in two; or seconds since 1970, or digits such as 2024041623.
    pub(crate) fn read(&mut self, cell: &str) -> Option<Stamp> {
        let cell = cell.trim();
        if let Some(stamp) = digits(cell) {
            return Some(stamp);
        }
        let Some(colon) = colon_of_clock(cell) else {
            let clock = self.days(cell)? * DAY;
            return Some(Stamp {
                clock,
                offset: None,
            });
        };
        let hour = cell[..colon]
            .bytes()
            .rev()
            .take(2)
            .take_while(u8::is_ascii_digit)
            .count();
        let (date, rest) = cell.split_at(colon - hour);
        let date = date.trim_end_matches(|c: char| c.is_whitespace() || "T,@:t".contains(c));
        let (clock, offset) = clock_and_offset(rest)?;
        Some(Stamp {
            clock: self.days(date)? * DAY + clock,
            offset,
        })
    }

    /// Days from 1970-01-01 to a date.
    pub(crate) fn days(&mut self, text: &str) -> Option<i64> {
        if !text.is_empty() && text == self.date.0 {
            return Some(self.date.1);
        }
        if text.len() > 40 || !text.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        let turned = match self.order {
            Order::Month => MONTH_FIRST,
            Order::Day => DAY_FIRST,
        };
        let date = PLAIN.iter().chain(&turned).find_map(|format| {
            let date = NaiveDate::parse_from_str(text, format).ok()?;
            YEARS.contains(&date.year()).then_some(date)
        })?;
        let days = days(date);
        self.date = (text.to_owned(), days);
        Some(days)
    }
}

/// Where the colon stands behind the hour of a time of day: `2024-04-16 23:00`, not `16/Apr/2024:23:00`'s first.
fn colon_of_clock(cell: &str) -> Option<usize> {
    let bytes = cell.as_bytes();
    let is_digit = |n: usize| bytes.get(n).is_some_and(u8::is_ascii_digit);
    let mut colons = cell.match_indices(':').map(|(n, _)| n);
    colons.find(|&n| {
        let year = n >= 4 && (n - 4..n).all(is_digit);
        n > 0 && is_digit(n - 1) && is_digit(n + 1) && is_digit(n + 2) && !year
    })
}

/// A time of day in seconds since midnight, with what stands behind it.
fn clock_and_offset(text: &str) -> Option<(i64, Option<i64>)> {
    // The offset begins behind the digits of the time and what says which half of the day it is.
    let digits = text
        .find(|c: char| !(c.is_ascii_digit() || ":.,".contains(c)))
        .unwrap_or(text.len());
    let (mut clock, mut rest) = (text[..digits].replace(',', "."), text[digits..].trim());
    let half = rest
        .get(..2)
        .filter(|half| half.eq_ignore_ascii_case("am") || half.eq_ignore_ascii_case("pm"));
    if let Some(half) = half {
        clock = format!("{clock} {}", half.to_uppercase());
        rest = rest[2..].trim();
    }
    let whole = clock.split(['.', ' ']).next().unwrap_or("");
    if whole.split(':').skip(1).any(|part| part.len() != 2) {
        return None;
    }
    let time = TIMES
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(&clock, format).ok())?;
    let seconds =
        i64::from(time.hour()) * HOUR + i64::from(time.minute()) * 60 + i64::from(time.second());
    Some((seconds, offset(rest)?))
}

/// Seconds ahead of UTC: `Z`, `UTC`, `+02:00`, `+0200`, `GMT+0200 (CEST)`. None in an offset that is none, and no offset where
/// nothing stands.
#[allow(
    clippy::option_option,
    reason = "nothing there, or nothing that is an offset"
)]
fn offset(text: &str) -> Option<Option<i64>> {
    // A zone's name in brackets says the same again.
    let (text, name) = text.split_at(text.find(['(', '[']).unwrap_or(text.len()));
    if !name.is_empty() && !name.ends_with([')', ']']) {
        return None;
    }
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    let number = ["UTC", "GMT", "Z", "z"]
        .iter()
        .find_map(|name| text.strip_prefix(name))
        .unwrap_or(text)
        .trim();
    if number.is_empty() {
        return Some(Some(0));
    }
    let number = if number.len() == 3 {
        format!("{number}:00")
    } else {
        number.to_owned()
    };
    let offset: FixedOffset = number.parse().ok()?;
    let seconds = i64::from(offset.local_minus_utc());
    (seconds.abs() <= 18 * HOUR).then_some(Some(seconds))
}

/// Digits alone: a date without signs, with its hour, minute and second or without; or seconds since 1970, or thousandths,
/// millionths and so on.
///
/// 2024041623 is an hour of 2024: as seconds it would be one of 2034.
fn digits(cell: &str) -> Option<Stamp> {
    let whole = cell.bytes().all(|b| b.is_ascii_digit());
    if cell.len() < 8 || !(whole || cell.bytes().all(|b| b.is_ascii_digit() || b == b'.')) {
        return None;
    }
    if whole && [8, 10, 12, 14].contains(&cell.len()) {
        let part = |from: usize| {
            cell.get(from..from + 2)
                .map_or(Some(0), |two| two.parse().ok())
        };
        let date = NaiveDate::parse_from_str(&cell[..8], "%Y%m%d").ok();
        let date = date.filter(|date| YEARS.contains(&date.year()));
        let time = NaiveTime::from_hms_opt(part(8)?, part(10)?, part(12)?);
        if let Some((date, time)) = date.zip(time) {
            let clock = i64::from(time.hour()) * HOUR
                + i64::from(time.minute()) * 60
                + i64::from(time.second());
            return Some(Stamp {
                clock: days(date) * DAY + clock,
                offset: None,
            });
        }
    }
    if cell.len() < 9 {
        return None;
    }
    let mut seconds: f64 = cell.parse().ok()?;
    for _ in 0..4 {
        // From 2001 to 2033: a count of requests is seldom so large.
        if (978_307_200.0..2_000_000_000.0).contains(&seconds) {
            return Some(Stamp {
                clock: seconds as i64,
                offset: Some(0),
            });
        }
        seconds /= 1_000.0;
    }
    None
}

fn days(date: NaiveDate) -> i64 {
    plimsoll_wording::calendar::days_from_civil(
        date.year().into(),
        date.month().into(),
        date.day().into(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-10-01 00:00, a Thursday.
    const OCTOBER: i64 = 1_790_812_800;

    fn at(text: &str, order: Order) -> Option<(i64, Option<i64>)> {
        let stamp = Times::of(order).read(text)?;
        Some((stamp.utc() - OCTOBER, stamp.offset))
    }

    #[test]
    fn times_are_read_in_the_forms_that_people_export() {
        for text in [
            "2026-10-01",
            "2026-10-01 00:00",
            "2026-10-01T00:00:00",
            "2026-10-01 00:00:00.000",
            "2026-10-01 00:00:00,000",
            "2026/10/01 00:00:00",
            "2026/10/1 0:00",
            "10/01/2026 00:00",
            "10/1/2026, 12:00:00 AM",
            "10/01/26 00:00",
            "01.10.2026 00:00",
            "Oct 1, 2026 @ 00:00:00.000",
            "1 October 2026",
            "01-Oct-2026 00:00",
            "Thu, 01 Oct 2026 00:00",
            "20261001",
            "2026100100",
            "202610010000",
            "20261001000000",
        ] {
            assert_eq!(at(text, Order::Month), Some((0, None)), "{text}");
        }
        for text in ["01/10/2026 00:00", "01-10-2026", "1/10/26 0:00"] {
            assert_eq!(at(text, Order::Day), Some((0, None)), "{text}");
        }
        for text in [
            "2026-10-01T00:00:00Z",
            "2026-10-01t00:00:00.123456z",
            "2026-10-01 00:00:00 UTC",
            "2026-10-01T00:00:00+00:00",
            "1790812800",
            "1790812800.25",
            "1790812800000",
            "1790812800000000000",
            "01/Oct/2026:00:00:00 +0000",
            "Thu Oct 01 2026 00:00:00 GMT+0000 (Coordinated Universal Time)",
        ] {
            assert_eq!(at(text, Order::Month), Some((0, Some(0))), "{text}");
        }
        let east = Some((-7_200, Some(7_200)));
        assert_eq!(at("2026-10-01T00:00:00+02:00", Order::Month), east);
        assert_eq!(at("2026-10-01 00:00+02", Order::Month), east);
        assert_eq!(
            at("Thu Oct 01 2026 00:00:00 GMT+0200 (CEST)", Order::Month),
            east
        );
        let west = Some((12_600, Some(-12_600)));
        assert_eq!(at("2026-10-01T00:00:00-03:30", Order::Month), west);
        let noon = Some((45_000, None));
        assert_eq!(at("10/01/2026 12:30 PM", Order::Month), noon);
    }

    #[test]
    fn an_hour_without_signs_is_no_second_of_another_year() {
        let stamp = Times::of(Order::Day).read("2024041623");
        let expected = Stamp {
            clock: 1_713_308_400,
            offset: None,
        };
        assert_eq!(stamp, Some(expected));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "1",
            "300",
            "12:00",
            "2026",
            "2026-10",
            "2026-13-01",
            "2026-02-29",
            "2026-10-00",
            "0001-01-01",
            "31/10/2026",
            "2026-10-01 24:00",
            "2026-10-01 00:60",
            "2026-10-01 00:00 CEST",
            "2026-10-01T00:00:00+99:00",
            "2026-10-01 00:00:00;5",
            "Unm Oct 01 2026 00:00:00",
            "2199-12-31",
            "Apr 16, 14:00",
            "1.790812800",
            "\u{e9}26-10-01",
            "99999999999999999999999999",
            "\u{e9}\u{e9}:00",
        ] {
            assert_eq!(at(text, Order::Month), None, "{text}");
        }
    }
}
