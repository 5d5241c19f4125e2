//! What the rows of a file of traffic mean, and the load that they come to.

use super::{
    columns::Meaning,
    numbers::Unit,
    series::{Gaps, Part, SLOT, Series},
    table::{Rows, Table, Why},
    times::{DAY, HOUR, Order},
    week::{self, Hours, Week},
};
use crate::{Kind, Place, Reading};
use plimsoll_model::traffic::HOURS;
use plimsoll_wording::{calendar, format};
use std::collections::BTreeMap;

/// The fewest hours of the week that a file has to cover: a day's.
const FEWEST_HOURS: usize = 24;

/// How far the reader's own clock is ahead of UTC, seconds, at a time in seconds since 1970.
pub type Zone = fn(i64) -> i64;

/// The load of a system, or of one service of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Load {
    /// Requests in a month.
    pub requests_per_month: f64,
    /// The relative load of each hour of the week, Monday 00:00 first, with a mean of one.
    pub grid: Vec<f64>,
}

impl Load {
    fn of(week: &Week) -> Self {
        let mean = week.requests.iter().sum::<f64>() / HOURS as f64;
        let grid = week.requests.iter().map(|requests| requests / mean);
        Self {
            requests_per_month: week.per_month(),
            grid: grid.collect(),
        }
    }
}

/// What a file of traffic comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Traffic {
    /// Where it stands.
    pub at: Place,
    /// All series together.
    pub total: Load,
    /// Each series by its name: services, or labels; those without a request are left out.
    pub services: Vec<(String, Load)>,
    /// How uneven requests come, from how far weeks differ: 1 is random.
    pub cv2: Option<f64>,
    /// How long a request takes, ms.
    pub latency_ms: Option<f64>,
    /// CPU time of a request, ms.
    pub cpu_ms: Option<f64>,
}

/// Rows, and what is known of them before they are added up.
pub(crate) struct Source {
    pub(crate) at: Place,
    pub(crate) rows: Rows,
    pub(crate) meaning: (Meaning, Why),
    /// Where the times and numbers come from: `time from “t”, requests from “v”`.
    pub(crate) from: String,
    pub(crate) unused: Vec<String>,
    /// The order of dates, where both would do.
    pub(crate) order: Option<Order>,
    /// The decimal sign, where both would do.
    pub(crate) decimal: Option<char>,
    /// The unit of latencies, where one is said.
    pub(crate) latency: Option<Unit>,
}

impl Source {
    pub(crate) fn of(table: Table, at: &Place) -> Self {
        let Table { layout, rows, .. } = table;
        let times: Vec<String> = layout
            .clock
            .columns()
            .iter()
            .map(|n| layout.shown(*n))
            .collect();
        let shown: Vec<String> = layout
            .requests
            .iter()
            .take(3)
            .map(|n| layout.shown(*n))
            .collect();
        let mut from = format!("time from {}, requests from ", times.join(" and "));
        if layout.requests.len() > 1 {
            from += "the sum of ";
        }
        from += &shown.join(", ");
        if layout.requests.len() > 3 {
            let more = (layout.requests.len() - 3) as f64;
            from += &format!(
                " and {}",
                format::count(more, "more column", "more columns")
            );
        }
        if let Some(n) = layout.service {
            from += &format!(", of each service in {}", layout.shown(n));
        }
        Self {
            at: at.clone(),
            meaning: rows.meaning(&layout),
            from,
            unused: layout.unused.clone(),
            order: layout.is_order_open.then_some(layout.order),
            decimal: layout.is_decimal_open.then_some(layout.decimal),
            latency: layout.latency.and_then(|(_, unit)| unit),
            rows,
        }
    }

    /// Adds the rows up, and tells what was understood and assumed.
    pub(crate) fn traffic(self, reading: &mut Reading) -> Option<Traffic> {
        match self.load(reading.zone, reading) {
            Ok(traffic) => Some(traffic),
            Err(text) => {
                reading.tell(Kind::Wrong, &self.at, text);
                None
            }
        }
    }

    fn load(&self, zone: Option<Zone>, reading: &mut Reading) -> Result<Traffic, String> {
        let interval = self.interval()?;
        self.tell_rows(interval, reading);
        let meaning = self.tell_meaning(reading);
        if meaning == Meaning::Counter
            && self.rows.series.iter().any(|(_, series)| series.is_mixed())
        {
            return Err(
                "a counter whose rows go back and forth in time; allowed: rows in the order of time".to_owned(),
            );
        }
        self.tell_notation(reading);
        let parts = |series: &Series| series.parts(meaning, interval);
        let each: Vec<BTreeMap<i64, Part>> = self
            .rows
            .series
            .iter()
            .map(|(_, series)| parts(series))
            .collect();
        let mut together: BTreeMap<i64, Part> = BTreeMap::new();
        for (key, part) in each.iter().flatten() {
            let all = together.entry(*key).or_insert(Part {
                requests: 0.0,
                ..*part
            });
            all.requests += part.requests;
            all.seconds = all.seconds.max(part.seconds);
        }
        let own = self.own_clock(zone, reading);
        let ahead = own.as_ref().map(|zone| zone as &dyn Fn(i64) -> i64);
        let covered = week::hours(&together, ahead);
        let mut known = [false; HOURS];
        for hour in covered.keys() {
            known[week::hour_of_week(hour * HOUR)] = true;
        }
        let known = known.iter().filter(|known| **known).count();
        if known < FEWEST_HOURS {
            let found = format::count(known as f64, "hour of the week", "hours of the week");
            return Err(format!(
                "{found}; allowed: rows that cover 24 hours of the week or more"
            ));
        }
        let is_nothing = self.tell_silence(&covered, reading);
        let total = Week::of(&covered, &covered, is_nothing);
        let requests = total.per_month();
        if requests <= 0.0 {
            return Err("only zeros; allowed: a number above 0".to_owned());
        }
        if !requests.is_finite() {
            return Err("numbers too large to add up; allowed: numbers of requests".to_owned());
        }
        if total.filled > 0 {
            let hours = format::count(total.filled as f64, "hour", "hours");
            let text = format!(
                "{hours} of the week had no row: filled with the mean of the same hour on other days, or of all hours"
            );
            reading.tell(Kind::Assumed, &self.at, text);
        }
        let all: f64 = together.values().map(|part| part.requests).sum();
        let services = self
            .rows
            .series
            .iter()
            .zip(&each)
            .filter_map(|((name, _), parts)| {
                let week = Week::of(&week::hours(parts, ahead), &covered, is_nothing);
                (week.per_month() > 0.0).then(|| (name.clone(), Load::of(&week)))
            });
        Ok(Traffic {
            at: self.at.clone(),
            total: Load::of(&total),
            services: services.collect(),
            cv2: self.tell_spread(&covered, reading),
            latency_ms: self.tell_latency(reading),
            cpu_ms: self.tell_cpu(interval, all, reading),
        })
    }

    /// Seconds from one row to the next, in most places.
    fn interval(&self) -> Result<i64, String> {
        let mut gaps = Gaps::default();
        for (_, series) in &self.rows.series {
            gaps.take(series.gaps());
        }
        let Some(interval) = gaps.median() else {
            return Err("rows of one time only; allowed: rows of two times and more".to_owned());
        };
        if interval > DAY + 2 * HOUR {
            return Err(format!(
                "{} from row to row; allowed: 1 second to 1 day",
                span(interval)
            ));
        }
        Ok(interval)
    }

    fn tell_rows(&self, interval: i64, reading: &mut Reading) {
        let rows = &self.rows;
        let mut text = format::count(rows.read as f64, "row", "rows");
        if let Some((first, _)) = rows.first {
            text += &format!(" of {} to {}", clock(first), clock(rows.last));
        }
        text += &format!(", {} apart; {}", span(interval), self.from);
        reading.tell(Kind::Understood, &self.at, text);
        if rows.left_out > 0 {
            let text = format::count(
                rows.left_out as f64,
                "row without a number",
                "rows without a number",
            );
            reading.tell(Kind::LeftOut, &self.at, text);
        }
        if rows.unnamed > 0 {
            let text = format!(
                "{} of services beyond the first 500 are counted with the last of them",
                format::count(rows.unnamed as f64, "row", "rows")
            );
            reading.tell(Kind::Assumed, &self.at, text);
        }
        if !self.unused.is_empty() {
            let shown: Vec<&str> = self.unused.iter().take(5).map(String::as_str).collect();
            let more = self.unused.len().saturating_sub(5);
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            let text = format!("columns of other numbers: {}{more}", shown.join(", "));
            reading.tell(Kind::LeftOut, &self.at, text);
        }
        if interval > HOUR {
            let text = format!(
                "each number is spread evenly over its {}",
                format::count(interval as f64 / HOUR as f64, "hour", "hours")
            );
            reading.tell(Kind::Assumed, &self.at, text);
        }
    }

    fn tell_meaning(&self, reading: &mut Reading) -> Meaning {
        let (meaning, why) = self.meaning;
        if why == Why::Unit {
            let text = format!("the numbers are {}, as their unit says", meaning.words());
            reading.tell(Kind::Understood, &self.at, text);
            return meaning;
        }
        let options = Meaning::ALL.map(|meaning| (meaning.id(), meaning.words()));
        let why = match why {
            Why::Unit | Why::Name => "as their name says",
            Why::Growth => "as they only grow",
            Why::Fractions => "they have fractions and no unit",
            Why::Nothing => "nothing says what they are",
        };
        let text = |taken: &str| {
            let taken = Meaning::ALL.iter().find(|meaning| meaning.id() == taken);
            let is_usual = taken.is_none_or(|taken| *taken == meaning);
            let why = if is_usual { why } else { "as you chose" };
            format!(
                "the numbers are taken as {}: {why}",
                taken.map_or("", |taken| taken.words())
            )
        };
        let taken = reading.choose(&self.at, "numbers", meaning.id(), &options, text);
        let found = Meaning::ALL
            .into_iter()
            .find(|meaning| meaning.id() == taken);
        found.unwrap_or(meaning)
    }

    /// Tells how dates and numbers are read, where they can be read in two ways.
    pub(crate) fn tell_notation(&self, reading: &mut Reading) {
        if let Some(order) = self.order {
            let usual = if order == Order::Day { "day" } else { "month" };
            let options = [("month", "the month"), ("day", "the day")];
            let text = |taken: &str| format!("dates begin with the {taken}");
            reading.choose(&self.at, "dates", usual, &options, text);
        }
        if let Some(decimal) = self.decimal {
            let usual = if decimal == ',' { "comma" } else { "point" };
            let options = [("point", "the point"), ("comma", "the comma")];
            let text = |taken: &str| format!("the {taken} is the decimal sign");
            reading.choose(&self.at, "decimal", usual, &options, text);
        }
    }

    /// The clock of this computer, if hours are to be those.
    fn own_clock(&self, zone: Option<Zone>, reading: &mut Reading) -> Option<Zone> {
        let (first, offset) = self.rows.first?;
        let said = match offset {
            None => "times have no zone: hours are those that the file writes".to_owned(),
            Some(0) => "hours are those of UTC".to_owned(),
            Some(offset) => format!("hours are the file\u{2019}s own, at first {}", utc(offset)),
        };
        let other = zone.map(|zone| zone(first - offset.unwrap_or(0)));
        let Some((zone, other)) = zone
            .zip(other)
            .filter(|(_, other)| *other != offset.unwrap_or(0))
        else {
            reading.tell(Kind::Assumed, &self.at, said);
            return None;
        };
        let own = format!("this computer\u{2019}s ({})", utc(other));
        let options = [("file", "the file\u{2019}s"), ("own", own.as_str())];
        let text = |taken: &str| {
            if taken == "own" {
                "hours are moved to this computer\u{2019}s clock".to_owned()
            } else {
                said
            }
        };
        (reading.choose(&self.at, "zone", "file", &options, text) == "own").then_some(zone)
    }

    /// Whether hours without a row had no request.
    fn tell_silence(&self, covered: &Hours, reading: &mut Reading) -> bool {
        let silence = week::silence(covered);
        let length = covered.len() + silence.hours;
        // Clocks that drift a little leave no gap worth a word.
        if silence.hours * 100 <= length {
            return false;
        }
        let is_regular = silence.regular * 10 >= silence.hours * 6;
        let usual = if is_regular { "nothing" } else { "unknown" };
        let hours = format::count(silence.hours as f64, "hour has no row", "hours have no row");
        let why = if is_regular {
            "they come back every day or week, and meters leave out what is empty"
        } else {
            "they don\u{2019}t come back"
        };
        let options = [
            ("nothing", "no request"),
            ("unknown", "not known, left out"),
        ];
        let text = |taken: &str| {
            let then = if taken == "nothing" {
                "no request came then"
            } else {
                "they are left out, not taken as nothing"
            };
            let why = if taken == usual { why } else { "as you chose" };
            format!("{hours}: {then}; {why}")
        };
        reading.choose(&self.at, "silence", usual, &options, text) == "nothing"
    }

    /// How uneven requests come, by how far weeks differ.
    fn tell_spread(&self, covered: &Hours, reading: &mut Reading) -> Option<f64> {
        let spread = week::spread(covered)?;
        let cv2 = spread.dispersion.clamp(1.0, 100.0);
        let cv2 = (cv2 * 10.0).round() / 10.0;
        let options = [("weeks", "from the weeks"), ("keep", "as it was")];
        let text = |taken: &str| {
            let weeks = format!(
                "{} weeks are averaged hour by hour, which differ by {} %",
                spread.weeks,
                format::number((spread.share * 100.0).round())
            );
            if taken == "weeks" {
                format!("{weeks}: burstiness is {}", format::number(cv2))
            } else {
                format!("{weeks}: burstiness stays as it was")
            }
        };
        (reading.choose(&self.at, "burstiness", "weeks", &options, text) == "weeks").then_some(cv2)
    }

    fn tell_latency(&self, reading: &mut Reading) -> Option<f64> {
        let mean = self.rows.latency.get().filter(|mean| *mean > 0.0)?;
        let is_seconds = if let Some(unit) = self.latency {
            unit == Unit::Seconds
        } else {
            let usual = if mean < 20.0 {
                "seconds"
            } else {
                "milliseconds"
            };
            let options = [("milliseconds", "milliseconds"), ("seconds", "seconds")];
            let text = |taken: &str| format!("latencies have no unit and are taken as {taken}");
            reading.choose(&self.at, "latency", usual, &options, text) == "seconds"
        };
        let ms = if is_seconds { mean * 1e3 } else { mean };
        let text = format!(
            "a request takes {} ms, by its latencies",
            format::number(rounded(ms))
        );
        reading.tell(Kind::Understood, &self.at, text);
        Some(rounded(ms))
    }

    fn tell_cpu(&self, interval: i64, requests: f64, reading: &mut Reading) -> Option<f64> {
        let cpu = &self.rows.cpu;
        let meaning = if cpu.only_grows(true) {
            Meaning::Counter
        } else {
            Meaning::Count
        };
        let seconds: f64 = cpu
            .parts(meaning, interval)
            .values()
            .map(|part| part.requests)
            .sum();
        let ms = rounded(seconds / requests * 1e3);
        if seconds <= 0.0 || !ms.is_finite() {
            return None;
        }
        let text = format!(
            "a request takes {} ms of CPU, by the CPU seconds of all rows",
            format::number(ms)
        );
        reading.tell(Kind::Understood, &self.at, text);
        Some(ms)
    }
}

/// Three digits.
fn rounded(x: f64) -> f64 {
    if x <= 0.0 || !x.is_finite() {
        return x;
    }
    let digits = 2 - libm::floor(libm::log10(x)) as i32;
    let scale = libm::pow(10.0, f64::from(digits));
    (x * scale).round() / scale
}

/// A length of time in its largest whole unit.
fn span(seconds: i64) -> String {
    let (unit, one, many) = if seconds % DAY == 0 {
        (DAY, "day", "days")
    } else if seconds % HOUR == 0 {
        (HOUR, "hour", "hours")
    } else if seconds % 60 == 0 {
        (60, "minute", "minutes")
    } else {
        (1, "second", "seconds")
    };
    format::count((seconds / unit) as f64, one, many)
}

/// An offset: `UTC+02:00`.
fn utc(offset: i64) -> String {
    let minutes = offset.abs() / 60;
    let sign = if offset < 0 { '-' } else { '+' };
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A time: `2026-10-01 00:00`.
fn clock(seconds: i64) -> String {
    let (year, month, day) = calendar::civil_from_days(seconds.div_euclid(DAY));
    let minutes = seconds.rem_euclid(DAY) / 60;
    format!(
        "{year}-{month:02}-{day:02} {:02}:{:02}",
        minutes / 60,
        minutes % 60
    )
}

const _: () = assert!(HOUR % SLOT == 0);
