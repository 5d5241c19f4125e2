//! A week's load from a pasted file: one file because a reader of imports is to replace it whole.
//!
//! Timestamped request counts become a grid of 168 relative loads.
//!
//! Made for what people export from Amazon CloudWatch, Google Cloud Monitoring, Prometheus and Grafana. Reading goes
//! over the text again rather than keep its cells: to find the first row, to know the columns, to add up. What can be
//! read in two ways is said in [`Reading::understood`]; what can't be read is a [`Diagnostic`], never a guess.
//!
//! Dates and cells are read by hand: a crate for them would be more for every visitor to download.

use crate::scenario::link;
use plimsoll_model::{
    diagnostic::{Diagnostic, Place},
    traffic::HOURS as HOURS_PER_WEEK,
    units::{SECONDS_PER_MONTH, parse_finite},
};
use plimsoll_wording::{
    calendar::{civil_from_days, days_from_civil, weekday},
    format,
};

/// The longest text that is read, in bytes.
pub const TEXT_LIMIT: usize = 4 * 1024 * 1024;

/// The fewest hours of the week that a file has to cover: a day's.
const FEWEST_HOURS: usize = 24;
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
/// The separators of columns. A comma comes last: behind a semicolon or a tab it belongs to a number.
const SEPARATORS: [char; 3] = [';', '\t', ','];

/// What was understood of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The relative load of each hour of the week: [`HOURS_PER_WEEK`] whole numbers as a link carries them
    /// ([`link::whole_loads`]), Monday 00:00 to 01:00 first. Hours are those that the file writes: its own local time if
    /// its times have an offset, UTC if they are seconds since 1970 or have none.
    pub grid: Vec<f64>,
    /// What was understood, in sentences for the user: rows, range, columns, and whatever was assumed or filled.
    pub understood: String,
    /// Requests in a month of [`HOURS_PER_MONTH`](plimsoll_model::units::HOURS_PER_MONTH), at the mean rate of the time
    /// that the file covers. It holds if the file has requests per interval, or per second in a column that says so.
    pub requests_per_month: f64,
}

/// What can't be read in a line, from 1, or, where that is 0, of the whole file. At most 60 characters of what was found are told.
fn mistake(line: usize, found: &str, allowed: &str) -> Diagnostic {
    let at = match line {
        0 => Place::Whole,
        line => Place::Line(line as u64),
    };
    Diagnostic::new(at, cut(found), allowed)
}

/// Reads a file: separated by commas, semicolons or tabs, with any lines above its rows, in any order of time.
///
/// # Errors
///
/// The first [`Diagnostic`] of a row, by its line; or, as line 0, a text over [`TEXT_LIMIT`], one without a row that has
/// a time and a number, rows that are not 1 second to 1 day apart, too few hours of the week, or no load at all.
pub fn read(text: &str) -> Result<Reading, Diagnostic> {
    let mut reading = exact(text)?;
    reading.grid = link::whole_loads(&reading.grid);
    Ok(reading)
}

/// Reads a file, with loads that have a mean of one.
fn exact(text: &str) -> Result<Reading, Diagnostic> {
    if text.len() > TEXT_LIMIT {
        let found = format::count(text.len() as f64, "byte", "bytes");
        return Err(mistake(0, &found, "at most 4 MiB"));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Some(layout) = Layout::of(text) else {
        return Err(mistake(
            0,
            "no line with a time and a number",
            "lines with a time such as 2026-10-01 00:00 and a number of requests such as 1234, \
             separated by commas, semicolons or tabs",
        ));
    };
    let columns = Columns::of(text, &layout);
    let rows = Rows::read(text, &layout, &columns)?;
    let week = Week::of(&rows, columns.per_second)?;
    Ok(Reading {
        understood: understood(&layout, &columns, &rows, &week),
        grid: week.grid,
        requests_per_month: week.requests / week.covered * SECONDS_PER_MONTH,
    })
}

// Lines and cells.

/// The lines of a text that have a cell with something in it: the number of the line, its cells, trimmed and without
/// their quotes. Doubled quotes stay doubled, so that no cell is copied.
struct Lines<'a> {
    rest: &'a str,
    separator: char,
    number: usize,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str, separator: char) -> Self {
        Self {
            rest: text,
            separator,
            number: 1,
        }
    }

    /// Takes the next cell, and whether its line goes on behind it.
    fn cell(&mut self) -> (&'a str, bool) {
        let ends = [self.separator, '\n'];
        let start = self.rest.trim_start_matches(' ');
        // A quote that is never closed, or not at the end of its cell, is only a quote.
        let quoted = start.strip_prefix('"').and_then(|inside| {
            let length = closing_quote(inside)?;
            let behind = &inside[length + 1..];
            let gap = behind.find(ends).unwrap_or(behind.len());
            behind[..gap]
                .trim()
                .is_empty()
                .then_some((&inside[..length], &behind[gap..]))
        });
        let (cell, behind) =
            quoted.unwrap_or_else(|| start.split_at(start.find(ends).unwrap_or(start.len())));
        self.number += cell.matches('\n').count();
        let more = behind.starts_with(self.separator);
        self.number += usize::from(behind.starts_with('\n'));
        self.rest = behind.get(1..).unwrap_or("");
        (cell.trim(), more)
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = (usize, Vec<&'a str>);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.rest.is_empty() {
            let number = self.number;
            let mut cells = Vec::new();
            loop {
                let (cell, more) = self.cell();
                cells.push(cell);
                if !more {
                    break;
                }
            }
            if cells.iter().any(|cell| !cell.is_empty()) {
                return Some((number, cells));
            }
        }
        None
    }
}

/// Where the quote stands that ends a cell; two in a row are one within it.
fn closing_quote(inside: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + inside[from..].find('"')?;
        if !inside[at + 1..].starts_with('"') {
            return Some(at);
        }
        from = at + 2;
    }
}

/// A text to be shown: its first 60 characters.
fn cut(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => text[..end].to_owned() + "…",
        None => text.to_owned(),
    }
}

// Numbers.

/// Whether a cell stands for no number at all.
fn missing(cell: &str) -> bool {
    ["", "-", "nan", "null", "none", "undefined", "n/a"]
        .iter()
        .any(|word| cell.eq_ignore_ascii_case(word))
}

/// A number with this decimal sign. The other sign, or a space, may separate its thousands: three digits each.
fn number(cell: &str, decimal: char) -> Option<f64> {
    let thousands = if decimal == ',' { '.' } else { ',' };
    let separates = |c: char| c == thousands || c.is_whitespace();
    let (whole, rest) = cell.split_once(decimal).unwrap_or((cell, ""));
    let mut groups = whole.split(separates);
    let first = groups.next().unwrap_or("").trim_start_matches(['+', '-']);
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    for group in groups {
        // No number of thousands begins with a zero: 0.125 is an eighth in any language.
        let begins = (1..=3).contains(&first.len()) && digits(first) && !first.starts_with('0');
        if !begins || group.len() != 3 || !digits(group) {
            return None;
        }
    }
    if rest.contains(separates) || rest.contains(decimal) || cell.contains('_') {
        return None;
    }
    if decimal == ',' {
        format::parse_number(&cell.replace('.', "").replace(',', "."))
    } else {
        format::parse_number(cell)
    }
}

/// Whether a cell is a number, with whichever decimal sign a file with this separator may have.
fn numeric(cell: &str, separator: char) -> bool {
    number(cell, '.').is_some() || separator == ';' && number(cell, ',').is_some()
}

// Times.

/// The hour of the week, from Monday 00:00, of so many seconds after 1970-01-01.
fn hour_of_week(seconds: i64) -> usize {
    weekday(seconds.div_euclid(DAY)) * 24 + (seconds.rem_euclid(DAY) / HOUR) as usize
}

/// A point in time as a file writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Time {
    /// Seconds since 1970-01-01 UTC, fractions cut off.
    utc: i64,
    /// Seconds that its clock is ahead of UTC, if the file says.
    offset: Option<i64>,
}

/// Seconds since 1970, or thousandths, millionths and so on, from 2001 to 2100: a count of requests is seldom so large.
fn epoch(cell: &str) -> Option<Time> {
    if cell.len() < 9 || !cell.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let mut seconds = parse_finite(cell)?;
    for _ in 0..4 {
        if (978_307_200.0..4_102_444_800.0).contains(&seconds) {
            return Some(Time {
                utc: seconds as i64,
                offset: Some(0),
            });
        }
        seconds /= 1_000.0;
    }
    None
}

/// A time as people write it: `2026-10-01T00:00:00.000+02:00`, `2026/10/01 00:00`, `10/01/2026 00:00`,
/// `01.10.2026 00:00`, `Thu Oct 01 2026 00:00:00 GMT+0200 (CEST)`.
///
/// `day_first` is how a date with slashes and its year at the end begins.
fn calendar(cell: &str, day_first: bool) -> Option<Time> {
    let mut rest = Cursor(cell.as_bytes());
    let (year, month, day);
    if let Some(name) = rest.word() {
        // The date that JavaScript writes, behind its weekday.
        place(&name, "sunmontuewedthufrisat")?;
        rest.required(b' ')?;
        month = place(&rest.word()?, "janfebmaraprmayjunjulaugsepoctnovdec")?;
        rest.required(b' ')?;
        day = rest.digits(1, 2)?;
        rest.required(b' ')?;
        year = rest.digits(4, 4)?;
    } else {
        let digits = rest.0.iter().take_while(|b| b.is_ascii_digit()).count();
        let first = rest.digits(1, 4)?;
        let sign = *rest.0.first()?;
        rest.required(sign)?;
        let second = rest.digits(1, 2)?;
        rest.required(sign)?;
        (year, month, day) = match (digits, sign) {
            (4, b'-' | b'/') => (first, second, rest.digits(1, 2)?),
            (1 | 2, b'/') if !day_first => (rest.digits(4, 4)?, first, second),
            (1 | 2, b'/' | b'.') => (rest.digits(4, 4)?, second, first),
            _ => return None,
        };
    }
    let days = days_from_civil(year, month, day);
    // Only a day that exists comes back as itself.
    if !(1970..2200).contains(&year) || civil_from_days(days) != (year, month, day) {
        return None;
    }
    // A date alone is its first second.
    let clock = if rest.0.is_empty() { 0 } else { rest.clock()? };
    let offset = if rest.0.is_empty() {
        None
    } else {
        Some(rest.offset()?)
    };
    Some(Time {
        utc: days * DAY + clock - offset.unwrap_or(0),
        offset,
    })
}

/// The place of a word of three letters in a list of such words, from 1.
fn place(word: &str, list: &str) -> Option<i64> {
    let at = list.find(word)?;
    let place = i64::try_from(at / 3).ok()?;
    at.is_multiple_of(3).then_some(place + 1)
}

/// What is left to read of a time.
struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    /// Takes one byte if it stands here, in either case of a letter.
    fn take(&mut self, byte: u8) -> bool {
        match self.0.split_first() {
            Some((first, rest)) if first.eq_ignore_ascii_case(&byte) => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    fn required(&mut self, byte: u8) -> Option<()> {
        self.take(byte).then_some(())
    }

    /// Takes a whole number of so many digits.
    fn digits(&mut self, least: usize, most: usize) -> Option<i64> {
        let mut number = 0;
        let mut length = 0;
        while length < most
            && let Some((digit @ b'0'..=b'9', rest)) = self.0.split_first()
        {
            number = number * 10 + i64::from(digit - b'0');
            self.0 = rest;
            length += 1;
        }
        (length >= least).then_some(number)
    }

    /// Takes three letters, as small ones.
    fn word(&mut self) -> Option<String> {
        let (word, rest) = self.0.split_at_checked(3)?;
        if !word.iter().all(u8::is_ascii_alphabetic) {
            return None;
        }
        self.0 = rest;
        Some(
            word.iter()
                .map(|b| b.to_ascii_lowercase() as char)
                .collect(),
        )
    }

    /// Takes a time of day: seconds since midnight.
    fn clock(&mut self) -> Option<i64> {
        if !self.take(b'T') {
            // Browsers write a comma here: 10/1/2026, 1:00:00 PM.
            self.take(b',');
            self.required(b' ')?;
        }
        let mut hour = self.digits(1, 2)?;
        self.required(b':')?;
        let minute = self.digits(2, 2)?;
        let mut second = 0;
        if self.take(b':') {
            second = self.digits(2, 2)?;
            if self.take(b'.') {
                while self.digits(1, 1).is_some() {}
            }
        }
        self.take(b' ');
        let half = if self.take(b'A') {
            Some(0)
        } else if self.take(b'P') {
            Some(12)
        } else {
            None
        };
        if let Some(half) = half {
            self.required(b'M')?;
            if !(1..=12).contains(&hour) {
                return None;
            }
            hour = hour % 12 + half;
        }
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        Some(hour * HOUR + minute * 60 + second)
    }

    /// Takes an offset to the end: Z, UTC, +02:00, GMT+0200 (CEST). In seconds ahead of UTC.
    fn offset(&mut self) -> Option<i64> {
        if !self.take(b'Z')
            && let Some(zone) = self.word()
            && zone != "gmt"
            && zone != "utc"
        {
            return None;
        }
        let mut offset = 0;
        let ahead = self.take(b'+');
        if ahead || self.take(b'-') {
            let hours = self.digits(2, 2)?;
            self.take(b':');
            let minutes = self.digits(2, 2).unwrap_or(0);
            if hours > 18 || minutes > 59 {
                return None;
            }
            offset = hours * HOUR + minutes * 60;
            if !ahead {
                offset = -offset;
            }
            // The zone's name.
            self.take(b' ');
            if self.0.starts_with(b"(") && self.0.ends_with(b")") {
                self.0 = &[];
            }
        }
        self.0.is_empty().then_some(offset)
    }
}

// Where a file has its times and numbers.

/// How a file is laid out.
struct Layout<'a> {
    separator: char,
    /// The column of the time.
    time: usize,
    /// Whether that column has the date alone, and the next one the time of day.
    split: bool,
    /// The line of the first row.
    begin: usize,
    /// The lines of two cells and more above it.
    above: Vec<(usize, Vec<&'a str>)>,
}

impl<'a> Layout<'a> {
    /// Looks for the first line with a time and a number, with the first separator that gives one.
    fn of(text: &'a str) -> Option<Self> {
        for separator in SEPARATORS {
            let mut above = Vec::new();
            for (number, cells) in Lines::of(text, separator).filter(|(_, cells)| cells.len() > 1) {
                if let Some(time) = time_column(&cells, &above)
                    && cells
                        .iter()
                        .enumerate()
                        .any(|(n, cell)| n != time && numeric(cell, separator))
                {
                    let mut layout = Self {
                        separator,
                        time,
                        split: splits(&cells, time),
                        begin: number,
                        above,
                    };
                    // Rows before the first number count as rows, too.
                    while let Some((number, cells)) = layout.above.last()
                        && layout.stamp_either_way(cells).is_some()
                    {
                        layout.begin = *number;
                        layout.above.pop();
                    }
                    return Some(layout);
                }
                above.push((number, cells));
            }
        }
        None
    }

    /// The rows of the file: line and cells.
    fn rows(&self, text: &'a str) -> impl Iterator<Item = (usize, Vec<&'a str>)> {
        let begin = self.begin;
        Lines::of(text, self.separator).skip_while(move |(number, _)| *number < begin)
    }

    /// The time of a row.
    fn stamp(&self, cells: &[&str], day_first: bool) -> Option<Time> {
        let cell = cells.get(self.time)?;
        if self.split {
            calendar(&[cell, *cells.get(self.time + 1)?].join(" "), day_first)
        } else {
            epoch(cell).or_else(|| calendar(cell, day_first))
        }
    }

    fn stamp_either_way(&self, cells: &[&str]) -> Option<Time> {
        self.stamp(cells, false).or_else(|| self.stamp(cells, true))
    }

    /// The names of the columns: the last line above that names its time so, or else the first without numbers.
    fn header(&self) -> &[&'a str] {
        let named = self.above.iter().rev().find(|(_, cells)| {
            cells.get(self.time).is_some_and(|cell| names_time(cell))
                && !cells.iter().any(|cell| is_date(cell))
        });
        let plain = || {
            self.above
                .iter()
                .find(|(_, cells)| !cells.iter().any(|cell| numeric(cell, self.separator)))
        };
        named.or_else(plain).map_or(&[], |(_, cells)| cells)
    }
}

fn is_date(cell: &str) -> bool {
    calendar(cell, false)
        .or_else(|| calendar(cell, true))
        .is_some()
}

/// The column of a line that has its time: a date before a number, and the number that is called a time first.
fn time_column(cells: &[&str], above: &[(usize, Vec<&str>)]) -> Option<usize> {
    let is_epoch = |n: usize| cells.get(n).is_some_and(|cell| epoch(cell).is_some());
    let named = |n: usize| {
        above
            .iter()
            .any(|(_, names)| names.get(n).is_some_and(|name| names_time(name)))
    };
    cells
        .iter()
        .position(|cell| is_date(cell))
        .or_else(|| (0..cells.len()).find(|n| is_epoch(*n) && named(*n)))
        .or_else(|| (0..cells.len()).find(|n| is_epoch(*n)))
}

/// Whether a date has its time of day in the next column.
fn splits(cells: &[&str], time: usize) -> bool {
    cells
        .get(time)
        .zip(cells.get(time + 1))
        .is_some_and(|(date, clock)| {
            !date.contains(':') && clock.contains(':') && is_date(&[*date, *clock].join(" "))
        })
}

/// Whether a column's name is that of a time.
fn names_time(name: &str) -> bool {
    has(&words(name), TIMES)
}

/// The words of a name, each between spaces: `RequestRate` and `request_rate` are ` request rate `. Labels in braces,
/// as Prometheus writes them, name a series and not what is counted.
fn words(name: &str) -> String {
    let mut out = String::from(" ");
    let mut small = false;
    for c in name.split('{').next().unwrap_or("").chars() {
        if c == '/' || (small && c.is_ascii_uppercase()) {
            out.push(' ');
        }
        small = c.is_ascii_lowercase();
        // Of other alphabets every character is a letter, as far as names that are known go.
        out.push(
            if c.is_ascii_alphanumeric()
                || c >= '\u{c0}' && !('\u{2000}'..'\u{3000}').contains(&c)
                || c == '/'
            {
                c.to_ascii_lowercase()
            } else {
                ' '
            },
        );
        if c == '/' {
            out.push(' ');
        }
    }
    out.push(' ');
    out
}

/// Whether a name's words have one of a list, which stands between commas.
fn has(words: &str, list: &str) -> bool {
    list.split(',').any(|word| words.contains(word))
}

/// Names of times.
const TIMES: &str = " time , timestamp , date , datetime , epoch , ts ";
/// Names of rates per second.
const RATES: &str =
    " rate , irate , rps , qps , reqps , per second , per sec , / s , / sec , / second ";
/// Names that tell columns apart, strongest first, and whether such a column is wanted. Each is applied only while it
/// leaves a column.
const PREFERENCES: [(&str, bool); 7] = [
    // A second column of times, as seconds since 1970.
    (TIMES, false),
    (
        " latency , duration , error , errors , failed , failures , average , avg , minimum , min , maximum , max \
         , p50 , p90 , p95 , p99 , bytes , cpu , memory , id , status , code , hour , day , weekday ",
        false,
    ),
    (
        " request , requests , req , reqs , rps , qps , hits , invocations , calls ",
        true,
    ),
    (" total , sum ", true),
    (" count ", true),
    (" value ", true),
    // Rates beside counts are the same requests again.
    (RATES, false),
];

/// What the columns of a file hold.
struct Columns {
    /// The name of the time's.
    time: String,
    /// Those that are summed, with their names.
    values: Vec<(usize, String)>,
    /// How many more have numbers.
    unused: usize,
    /// Whether they have requests per second, not requests.
    per_second: bool,
    /// The decimal sign of the numbers.
    decimal: char,
    /// Whether every number with it could be one with separated thousands.
    decimal_assumed: bool,
    /// Whether dates with slashes begin with the day.
    day_first: bool,
}

impl Columns {
    fn of(text: &str, layout: &Layout<'_>) -> Self {
        let header = layout.header();
        // Of each column: cells that are numbers, cells that are something else.
        let mut counts: Vec<(usize, usize)> = Vec::new();
        let mut day_first = false;
        let mut decimal = None;
        // Whether there are numbers that can be read in two ways, because of a point or a comma.
        let mut either = [false; 2];
        for (_, cells) in layout.rows(text) {
            day_first |=
                layout.stamp(&cells, false).is_none() && layout.stamp(&cells, true).is_some();
            if counts.len() < cells.len() {
                counts.resize(cells.len(), (0, 0));
            }
            for (n, (cell, count)) in cells.iter().zip(&mut counts).enumerate() {
                if n == layout.time || missing(cell) {
                    continue;
                }
                if !numeric(cell, layout.separator) {
                    count.1 += 1;
                    continue;
                }
                count.0 += 1;
                if layout.separator == ';' && cell.contains([',', '.']) {
                    // The first number that can be read in one way only decides for all.
                    match (number(cell, '.').is_some(), number(cell, ',').is_some()) {
                        (true, true) => either[usize::from(cell.contains(','))] = true,
                        (as_point, _) => {
                            decimal = decimal.or(Some(if as_point { '.' } else { ',' }));
                        }
                    }
                }
            }
        }
        let name = |n: usize| header.get(n).copied().unwrap_or("");
        let words_of: Vec<String> = (0..counts.len()).map(|n| words(name(n))).collect();
        let mut values: Vec<usize> = (0..counts.len()).filter(|&n| counts[n].0 > 0).collect();
        // A column of names may hold a few numbers, one of numbers a mistake or two.
        narrow(&mut values, &|n| counts[n].0 >= counts[n].1);
        let candidates = values.len();
        for (list, wanted) in PREFERENCES {
            narrow(&mut values, &|n| has(&words_of[n], list) == wanted);
        }
        let unit = |n: usize| {
            layout.above.iter().find_map(|(_, cells)| {
                let is_unit = cells
                    .get(layout.time)
                    .is_some_and(|cell| has(&words(cell), " unit , units "));
                cells.get(n).copied().filter(|_| is_unit)
            })
        };
        let per_second = values.iter().any(|&n| {
            has(&words_of[n], RATES) || unit(n).is_some_and(|unit| has(&words(unit), RATES))
        });
        let shown = |n: usize| match name(n) {
            "" => format!("column {}", n + 1),
            name => format!("column \"{}\"", cut(&name.replace("\"\"", "\""))),
        };
        Self {
            time: if names_time(name(layout.time)) {
                shown(layout.time)
            } else {
                format!("column {}", layout.time + 1)
            },
            unused: candidates - values.len(),
            values: values.into_iter().map(|n| (n, shown(n))).collect(),
            per_second,
            decimal: decimal.unwrap_or(if either[1] { ',' } else { '.' }),
            decimal_assumed: decimal.is_none() && (either[0] || either[1]),
            day_first,
        }
    }
}

/// Keeps the columns that are wanted, if there is one.
fn narrow(columns: &mut Vec<usize>, wanted: &dyn Fn(usize) -> bool) {
    if columns.iter().any(|&n| wanted(n)) {
        columns.retain(|&n| wanted(n));
    }
}

// Rows.

/// What is added up of the rows at one time.
struct Row {
    utc: i64,
    /// Seconds that the file's clock is ahead of UTC.
    offset: i64,
    value: f64,
}

/// The rows of a file.
struct Rows {
    /// One per time, in the order of time.
    list: Vec<Row>,
    /// Seconds from one row to the next.
    interval: i64,
    /// How many were added up.
    read: usize,
    /// How many had no number.
    left_out: usize,
    /// The offset of the first, if it has one.
    offset: Option<i64>,
    /// Whether dates could begin with the month or the day.
    slashes: bool,
}

impl Rows {
    fn read(text: &str, layout: &Layout<'_>, columns: &Columns) -> Result<Self, Diagnostic> {
        let mut read: Vec<Row> = Vec::new();
        let mut left_out = 0;
        let mut offset = None;
        let mut slashes = false;
        for (line, cells) in layout.rows(text) {
            let Some(time) = layout.stamp(&cells, columns.day_first) else {
                let allowed = if columns.day_first {
                    "a time such as 2026-10-01 00:00, or day first as in other lines: 31/10/2026 00:00"
                } else {
                    "a time such as 2026-10-01 00:00, 10/31/2026 00:00 or 1790812800"
                };
                let found: Vec<&str> = cells
                    .into_iter()
                    .skip(layout.time)
                    .take(1 + usize::from(layout.split))
                    .collect();
                return Err(mistake(line, &found.join(" "), allowed));
            };
            let mut sum = None;
            for (n, _) in &columns.values {
                let cell = cells.get(*n).copied().unwrap_or("");
                if missing(cell) {
                    continue;
                }
                match number(cell, columns.decimal) {
                    Some(x) if x >= 0.0 => sum = Some(sum.unwrap_or(0.0) + x),
                    _ => {
                        let allowed = if columns.decimal == ',' {
                            "a number of 0 or more with a decimal comma, or nothing"
                        } else {
                            "a number of 0 or more such as 1234.5, or nothing"
                        };
                        return Err(mistake(line, cell, allowed));
                    }
                }
            }
            let Some(value) = sum else {
                left_out += 1;
                continue;
            };
            if read.is_empty() {
                offset = time.offset;
                slashes = matches!(cells[layout.time].find('/'), Some(1 | 2));
            }
            read.push(Row {
                utc: time.utc,
                offset: time.offset.unwrap_or(0),
                value,
            });
        }
        let rows_read = read.len();
        let mut list: Vec<Row> = Vec::new();
        // Rows of one time are added up in the order of the file.
        read.sort_by_key(|row| row.utc);
        for row in read {
            match list.last_mut() {
                Some(last) if last.utc == row.utc => last.value += row.value,
                _ => list.push(row),
            }
        }
        let mut gaps: Vec<i64> = list
            .windows(2)
            .map(|pair| pair[1].utc - pair[0].utc)
            .collect();
        gaps.sort_unstable();
        let Some(&interval) = gaps.get(gaps.len().saturating_sub(1) / 2) else {
            return Err(mistake(
                0,
                "rows of one time only",
                "rows of two times and more",
            ));
        };
        if interval > DAY {
            let found = [&span(interval), " from row to row"].concat();
            return Err(mistake(0, &found, "1 second to 1 day"));
        }
        Ok(Self {
            list,
            interval,
            read: rows_read,
            left_out,
            offset,
            slashes,
        })
    }
}

// The week.

/// A file's rows as a week.
struct Week {
    /// Relative loads with a mean of one.
    grid: Vec<f64>,
    /// All requests of the file.
    requests: f64,
    /// The seconds that its rows cover.
    covered: f64,
    /// How many hours of the week no row covers.
    filled: usize,
}

impl Week {
    fn of(rows: &Rows, per_second: bool) -> Result<Self, Diagnostic> {
        let mut requests = [0.0; HOURS_PER_WEEK];
        let mut seconds = [0.0; HOURS_PER_WEEK];
        for (n, row) in rows.list.iter().enumerate() {
            // A row holds until the next one, but not over a gap.
            let length = rows
                .list
                .get(n + 1)
                .map_or(rows.interval, |next| rows.interval.min(next.utc - row.utc));
            let rate = if per_second {
                row.value
            } else {
                row.value / length as f64
            };
            let mut at = row.utc + row.offset;
            let end = at + length;
            while at < end {
                let stop = end.min((at.div_euclid(HOUR) + 1) * HOUR);
                let hour = hour_of_week(at);
                requests[hour] += rate * (stop - at) as f64;
                seconds[hour] += (stop - at) as f64;
                at = stop;
            }
        }
        let known = seconds.iter().filter(|seconds| **seconds > 0.0).count();
        if known < FEWEST_HOURS {
            let found = format::count(known as f64, "hour of the week", "hours of the week");
            return Err(mistake(
                0,
                &found,
                "rows that cover 24 hours of the week or more",
            ));
        }
        // The mean rate of the hours that a condition picks and the file covers.
        let rate = |hour: usize| requests[hour] / seconds[hour];
        let mean = |step: usize, from: usize| {
            let (mut sum, mut count) = (0.0, 0.0);
            for hour in (from..HOURS_PER_WEEK).step_by(step) {
                if seconds[hour] > 0.0 {
                    sum += rate(hour);
                    count += 1.0;
                }
            }
            (count > 0.0).then_some(sum / count)
        };
        let overall = mean(1, 0).unwrap_or(0.0);
        let mut grid: Vec<f64> = (0..HOURS_PER_WEEK)
            .map(|hour| {
                if seconds[hour] > 0.0 {
                    rate(hour)
                } else {
                    mean(24, hour % 24).unwrap_or(overall)
                }
            })
            .collect();
        let level = grid.iter().sum::<f64>() / HOURS_PER_WEEK as f64;
        let requests: f64 = requests.iter().sum();
        if level <= 0.0 {
            return Err(mistake(0, "only zeros", "a number above 0"));
        }
        if !(requests * SECONDS_PER_MONTH).is_finite() || !level.is_finite() {
            return Err(mistake(
                0,
                "numbers too large to add up",
                "numbers of requests",
            ));
        }
        for load in &mut grid {
            *load /= level;
        }
        Ok(Self {
            grid,
            requests,
            covered: seconds.iter().sum(),
            filled: HOURS_PER_WEEK - known,
        })
    }
}

// What is said to the user.

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

/// A time by the file's own clock: `2026-10-01 00:00`.
fn clock(row: &Row) -> String {
    let seconds = row.utc + row.offset;
    let (year, month, day) = civil_from_days(seconds.div_euclid(DAY));
    let minutes = seconds.rem_euclid(DAY) / 60;
    format!(
        "{year}-{month:02}-{day:02} {:02}:{:02}",
        minutes / 60,
        minutes % 60
    )
}

fn understood(layout: &Layout<'_>, columns: &Columns, rows: &Rows, week: &Week) -> String {
    let mut out = what_was_read(layout, columns, rows);
    what_was_assumed(columns, rows, week, &mut out);
    out
}

fn what_was_read(layout: &Layout<'_>, columns: &Columns, rows: &Rows) -> String {
    let mut out = format::count(rows.read as f64, "row", "rows");
    if let [first, .., last] = rows.list.as_slice() {
        for part in [" of ", &clock(first), " to ", &clock(last)] {
            out.push_str(part);
        }
    }
    for part in [
        ", ",
        &span(rows.interval),
        " apart; time from ",
        &columns.time,
        if layout.split { " and the next" } else { "" },
        if columns.per_second {
            ", requests per second from "
        } else {
            ", requests from "
        },
    ] {
        out.push_str(part);
    }
    if columns.values.len() > 1 {
        out.push_str("the sum of ");
    }
    for (n, (_, name)) in columns.values.iter().enumerate() {
        if n == 3 {
            let more = columns.values.len() - 3;
            out.push_str(" and ");
            out.push_str(&format::count(more as f64, "more column", "more columns"));
            break;
        }
        if n > 0 {
            out.push_str(", ");
        }
        out.push_str(name);
    }
    if columns.unused > 0 {
        out.push_str("; not used: ");
        let unused = columns.unused as f64;
        out.push_str(&format::count(
            unused,
            "other column of numbers",
            "other columns of numbers",
        ));
    }
    if rows.left_out > 0 {
        out.push_str("; ");
        out.push_str(&format::count(
            rows.left_out as f64,
            "row without a number was left out",
            "rows without a number were left out",
        ));
    }
    out.push('.');
    out
}

fn what_was_assumed(columns: &Columns, rows: &Rows, week: &Week, out: &mut String) {
    if rows.slashes {
        out.push_str(if columns.day_first {
            " Dates begin with the day."
        } else {
            " Dates begin with the month."
        });
    }
    if columns.decimal_assumed {
        out.push_str(if columns.decimal == ',' {
            " The comma is read as a decimal sign."
        } else {
            " The point is read as a decimal sign."
        });
    }
    match rows.offset {
        None => out.push_str(" Times have no offset and are taken as UTC."),
        Some(0) => {}
        Some(offset) => {
            let minutes = offset.abs() / 60;
            out.push_str(&format!(
                " Hours are the file's own, at first UTC{}{:02}:{:02}.",
                if offset < 0 { '-' } else { '+' },
                minutes / 60,
                minutes % 60
            ));
        }
    }
    if rows.interval > HOUR {
        out.push_str(" Each number is spread evenly over its ");
        out.push_str(&format::count(
            rows.interval as f64 / HOUR as f64,
            "hour",
            "hours",
        ));
        out.push('.');
    }
    let length = match rows.list.as_slice() {
        [first, .., last] => (last.utc - first.utc + rows.interval) as f64,
        _ => 0.0,
    };
    let gap = length - week.covered;
    // Clocks that drift a little leave no gap worth a word.
    if gap > 0.01 * length {
        out.push_str(" Gaps without rows (");
        out.push_str(&format::count((gap / HOUR as f64).ceil(), "hour", "hours"));
        out.push_str(" in all) are left out, not taken as zero.");
    }
    if week.filled > 0 {
        out.push(' ');
        out.push_str(&format::count(week.filled as f64, "hour", "hours"));
        out.push_str(" of the week had no row: filled with the mean of the same hour on other days, or of all hours.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OCTOBER: i64 = 1_790_812_800;

    /// A file with a row for each of so many steps after 2026-10-01 00:00 UTC, a Thursday.
    fn file(header: &str, rows: i64, step: i64, row: impl Fn(String, i64) -> String) -> String {
        let mut text = header.to_owned();
        for n in 0..rows {
            let utc = OCTOBER + n * step;
            let at = clock(&Row {
                utc,
                offset: 0,
                value: 0.0,
            });
            text.push_str(&row(at, utc));
            text.push('\n');
        }
        text
    }

    /// Hours of four weeks: ten requests, and thirty from Monday 08:00 to 09:00.
    fn hourly(header: &str, row: impl Fn(String, i64, i64) -> String) -> String {
        file(header, 4 * 168, HOUR, |at, utc| {
            row(at, utc, if hour_of_week(utc) == 8 { 30 } else { 10 })
        })
    }

    fn is_hourly(text: &str, times: f64) -> String {
        let reading = exact(text).expect("a file that can be read");
        assert_eq!(reading.grid.len(), HOURS_PER_WEEK);
        let mean = (167.0 * 10.0 + 30.0) / 168.0;
        for (hour, load) in reading.grid.iter().enumerate() {
            let wanted = if hour == 8 { 30.0 } else { 10.0 } / mean;
            assert!(
                (load - wanted).abs() < 1e-9,
                "hour {hour}: {load} {}",
                reading.understood
            );
        }
        let month = mean * times * SECONDS_PER_MONTH / HOUR as f64;
        assert!(
            (reading.requests_per_month / month - 1.0).abs() < 1e-9,
            "{} {month}",
            reading.requests_per_month
        );
        reading.understood
    }

    fn mistake(text: &str) -> String {
        exact(text)
            .expect_err("a file that can't be read")
            .to_string()
    }

    fn at(text: &str) -> Option<(i64, Option<i64>)> {
        epoch(text)
            .or_else(|| calendar(text, false))
            .map(|time| (time.utc - OCTOBER, time.offset))
    }

    #[test]
    fn days_and_dates_are_each_other_and_have_their_weekday() {
        assert_eq!(days_from_civil(1970, 1, 1), 0);
        assert_eq!(days_from_civil(2000, 3, 1), 11_017);
        assert_eq!(days_from_civil(2026, 10, 1) * DAY, OCTOBER);
        assert_eq!(civil_from_days(-1), (1969, 12, 31));
        assert_eq!(civil_from_days(11_016), (2000, 2, 29));
        for days in -800_000..800_000 {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
        // 1970-01-01 was a Thursday, 2024-02-29 too; 2026-10-05 is a Monday, 1969-12-28 was a Sunday.
        assert_eq!(weekday(0), 3);
        assert_eq!(weekday(days_from_civil(2024, 2, 29)), 3);
        assert_eq!(weekday(days_from_civil(2026, 10, 5)), 0);
        assert_eq!(weekday(-4), 6);
        assert_eq!(hour_of_week(4 * DAY), 0);
        assert_eq!(hour_of_week(4 * DAY - 1), 167);
    }

    #[test]
    fn times_are_read_in_the_forms_that_people_export() {
        for text in [
            "2026-10-01",
            "2026-10-01 00:00",
            "2026-10-01T00:00:00",
            "2026-10-01 00:00:00.000",
            "2026/10/01 00:00:00",
            "2026/10/1 0:00",
            "10/01/2026 00:00",
            "10/1/2026, 12:00:00 AM",
            "01.10.2026 00:00",
        ] {
            assert_eq!(at(text), Some((0, None)), "{text}");
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
            "Thu Oct 01 2026 00:00:00 GMT+0000 (Coordinated Universal Time)",
        ] {
            assert_eq!(at(text), Some((0, Some(0))), "{text}");
        }
        let east = Some((-7_200, Some(7_200)));
        assert_eq!(at("2026-10-01T00:00:00+02:00"), east);
        assert_eq!(at("2026-10-01 00:00+02"), east);
        assert_eq!(at("Thu Oct 01 2026 00:00:00 GMT+0200 (CEST)"), east);
        assert_eq!(at("Thu Oct 01 2026 00:00:00 GMT+0200"), east);
        assert_eq!(
            at("2026-10-01T00:00:00-03:30"),
            Some((12_600, Some(-12_600)))
        );
        assert_eq!(at("10/01/2026 12:30 PM"), Some((45_000, None)));
        assert_eq!(calendar("10/01/2026", true), calendar("2026-01-10", false));
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
            "10/01/26",
            "2026-10-01 24:00",
            "2026-10-01 00:60",
            "2026-10-01 13:00 PM",
            "2026-10-01 00:00 CEST",
            "2026-10-01T00:00:00+99:00",
            "2026-10-01 00:00:00;5",
            "2026-10/01",
            "Unm Oct 01 2026 00:00:00",
            "Thu Abc 01 2026 00:00:00",
            "20261001",
            "1.790812800",
            "é26-10-01",
            "99999999999999999999999999",
        ] {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_have_thousands_only_in_threes() {
        for (text, point, comma) in [
            ("12", Some(12.0), Some(12.0)),
            ("1,234", Some(1_234.0), Some(1.234)),
            ("1.234", Some(1.234), Some(1_234.0)),
            ("1,234,567.5", Some(1_234_567.5), None),
            ("1.234.567,5", None, Some(1_234_567.5)),
            ("12,5", None, Some(12.5)),
            ("0.125", Some(0.125), None),
            ("1 234", Some(1_234.0), Some(1_234.0)),
            ("1\u{a0}234", Some(1_234.0), Some(1_234.0)),
            ("1 2", None, None),
            ("1.5e3", Some(1_500.0), None),
            ("-5", Some(-5.0), Some(-5.0)),
            ("1e999", None, None),
            ("inf", None, None),
            ("1_000", None, None),
            ("5%", None, None),
            (",5", None, Some(0.5)),
            ("1,,234", None, None),
            ("2026-10-01", None, None),
        ] {
            assert_eq!(number(text, '.'), point, "{text}");
            assert_eq!(number(text, ','), comma, "{text}");
        }
    }

    #[test]
    fn lines_and_cells_are_told_apart() {
        let lines: Vec<_> = Lines::of(
            "a,\"b,c\"\r\n\n,,\n\"say \"\"so\"\"\" , \"two\nlines\"\n5\" x,\"open\n\"a\"b,c",
            ',',
        )
        .collect();
        assert_eq!(
            lines,
            [
                (1, vec!["a", "b,c"]),
                (4, vec!["say \"\"so\"\"", "two\nlines"]),
                (6, vec!["5\" x", "\"open"]),
                (7, vec!["\"a\"b", "c"]),
            ]
        );
    }

    #[test]
    fn cloudwatch_has_labels_above_its_rows() {
        let head =
            "Load balancer requests\nLabel,RequestCount\nId,m1\nPeriod,3600\nStatistic,Sum\n";
        let text = hourly(head, |at, _, n| {
            format!("{}:00,{n}.0", at.replace('-', "/"))
        });
        assert_eq!(
            is_hourly(&text, 1.0),
            "672 rows of 2026-10-01 00:00 to 2026-10-28 23:00, 1 hour apart; time from column 1, requests from \
             column \"RequestCount\". Times have no offset and are taken as UTC."
        );
        // Newest first, seconds as a unit, and a rate by its unit.
        let text = hourly("", |at, _, n| format!("{at},{}", n as f64 / 3_600.0));
        let mut lines: Vec<&str> = text.lines().rev().collect();
        lines.insert(0, "Unit,Count/Second");
        lines.insert(0, "Label,RequestCount");
        assert!(
            is_hourly(&lines.join("\r\n"), 1.0)
                .contains("requests per second from column \"RequestCount\"")
        );
    }

    #[test]
    fn google_cloud_has_a_column_per_series_and_local_times() {
        let head = "TimeSeries ID,a,b\nservice_name,shop,corporate-api\n";
        let text = hourly(head, |at, _, n| {
            let day = days_from_civil(2026, 10, at[8..10].parse().unwrap_or(0));
            let name = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][weekday(day)];
            format!(
                "{name} Oct {} 2026 {}:00 GMT+0200 (Central European Summer Time),{n},{}",
                &at[8..10],
                &at[11..],
                2 * n
            )
        });
        // The hours stay those of the file's clock.
        assert_eq!(
            is_hourly(&text, 3.0),
            "672 rows of 2026-10-01 00:00 to 2026-10-28 23:00, 1 hour apart; time from column \"TimeSeries ID\", \
             requests from the sum of column \"a\", column \"b\". Hours are the file's own, at first UTC+02:00."
        );
    }

    #[test]
    fn grafana_has_quotes_and_milliseconds_and_rates() {
        let text = hourly("\u{feff}\"Time\",\"value\"\r\n", |_, utc, n| {
            format!("\"{utc}000\",\"{n},000\"\r")
        });
        assert!(is_hourly(&text, 1_000.0).ends_with("requests from column \"value\"."));
        let text = hourly(
            "sep=;\nTime;sum(rate(http_requests_total{job=\"\"x\"\"}[5m]))\n",
            |_, utc, n| format!("{utc};{n},5"),
        );
        let reading = exact(&text.replace("10,5", "10,0").replace("30,5", "30,0")).expect("rates");
        assert!(
            reading
                .understood
                .contains("requests per second from column \"sum(rate(")
        );
        assert!(
            (reading.requests_per_month / (1_700.0 / 168.0 * SECONDS_PER_MONTH) - 1.0).abs() < 1e-9
        );
        // Rates with seconds between them are no less: an hour holds the same.
        for name in [
            "req/s",
            "RPS",
            "requests_per_second",
            "RequestRate",
            "irate(x[1m])",
        ] {
            assert!(has(&words(name), RATES), "{name}");
        }
        for name in [
            "corporate",
            "/search",
            "operated",
            "requests",
            "{route=\"/a/s\"}",
            "corps",
        ] {
            assert!(!has(&words(name), RATES), "{name}");
        }
    }

    #[test]
    fn semicolons_allow_a_decimal_comma_and_tabs_do_not() {
        let semicolon = hourly("Datum;Anfragen\n", |at, _, n| {
            format!(
                "{}.{}.{} {};{n},50",
                &at[8..10],
                &at[5..7],
                &at[..4],
                &at[11..]
            )
        });
        let reading = exact(&semicolon).expect("a German file");
        assert!((reading.grid[8] / reading.grid[9] - 30.5 / 10.5).abs() < 1e-9);
        // As Grafana 6 wrote it: semicolons, and commas between thousands.
        let thousands = hourly("Series;Time;Value\n", |at, _, n| {
            format!("\"all\";\"{at}\";1,0{n},000.5")
        });
        let reading = exact(&thousands).expect("thousands");
        assert!((reading.grid[8] / reading.grid[9] - 1_030_000.5 / 1_010_000.5).abs() < 1e-9);
        // One way or the other, and said so.
        let either = hourly("t;v\n", |at, _, n| format!("{at};{n},000"));
        assert!(is_hourly(&either, 1.0).contains("The comma is read as a decimal sign."));
        let either = hourly("t;v\n", |at, _, n| format!("{at};{n}.000"));
        assert!(is_hourly(&either, 1.0).contains("The point is read as a decimal sign."));
        is_hourly(&hourly("t\tv\n", |at, _, n| format!("{at}\t{n}")), 1.0);
        assert!(
            mistake("t;v\n2026-10-01 00:00;1,5\n2026-10-01 01:00;2.5\n")
                .starts_with("line 3: \"2.5\"")
        );
        assert!(
            mistake("t\tv\n2026-10-01 00:00\t1,500\n2026-10-01 01:00\t2,5\n")
                .starts_with("line 3: \"2,5\"")
        );
    }

    #[test]
    fn rows_at_one_time_are_summed_and_rows_without_a_number_left_out() {
        let text = hourly("region,timestamp,value\n", |at, _, n| {
            format!("eu,{at},{n}\nus,{at},{n}\nasia,{at},NaN\n-,{at},\n-,{at}")
        });
        let said = is_hourly(&text, 2.0);
        assert!(said.starts_with("1,344 rows of"), "{said}");
        assert!(
            said.contains("; 2,016 rows without a number were left out."),
            "{said}"
        );
        // Rows before the first number are rows, too.
        let late = hourly(
            "time,value\n2026-09-30 22:00,null\n2026-09-30 23:00,-\n",
            |at, _, n| format!("{at},{n}"),
        );
        assert!(is_hourly(&late, 1.0).contains("; 2 rows without a number"));
    }

    #[test]
    fn the_clearest_column_is_taken() {
        let chosen = |header: &str| {
            let text = hourly(&format!("{header}\n"), |at, _, n| format!("{at},{n},{n},7"));
            let said = exact(&text).expect(header).understood;
            let from = said
                .find("from column \"")
                .map_or(0, |_| said.find(", requests").unwrap_or(0));
            said[from..].split('.').next().unwrap_or("").to_owned()
        };
        assert_eq!(
            chosen("time,latency,requests,errors"),
            ", requests from column \"requests\"; not used: 2 other columns of numbers"
        );
        assert_eq!(
            chosen("time,requests_2xx,requests_total,requests_5xx"),
            ", requests from column \"requests_total\"; not used: 2 other columns of numbers"
        );
        assert_eq!(
            chosen("time,p50,Sum,Average"),
            ", requests from column \"Sum\"; not used: 2 other columns of numbers"
        );
        assert_eq!(
            chosen("time,requests,rps,p99"),
            ", requests from column \"requests\"; not used: 2 other columns of numbers"
        );
        assert_eq!(
            chosen("time,eu,us,asia"),
            ", requests from the sum of column \"eu\", column \"us\", column \"asia\""
        );
        assert_eq!(
            chosen("time,200,404,500"),
            ", requests from the sum of column \"200\", column \"404\", column \"500\""
        );
        // A time as a number goes by its name, wherever it stands; a column without a name by its place.
        let text = hourly("requests,ts\n", |_, utc, n| format!("{n}000000000,{utc}"));
        assert!(
            is_hourly(&text, 1e9)
                .contains("time from column \"ts\", requests from column \"requests\"")
        );
        let text = hourly("", |at, _, n| format!("{at},{n}"));
        assert!(is_hourly(&text, 1.0).contains("time from column 1, requests from column 2."));
        let text = hourly("Date;Time;Requests\n", |at, _, n| {
            format!("{};{n}", at.replace(' ', ";"))
        });
        assert!(
            is_hourly(&text, 1.0)
                .contains("time from column \"Date\" and the next, requests from column")
        );
    }

    #[test]
    fn dates_with_slashes_begin_with_the_month_unless_one_cannot() {
        let text = hourly("t,v\n", |at, _, n| {
            format!(
                "{}/{}/{} {},{n}",
                &at[5..7],
                &at[8..10],
                &at[..4],
                &at[11..]
            )
        });
        assert!(is_hourly(&text, 1.0).contains("Dates begin with the month."));
        let text = hourly("t,v\n", |at, _, n| {
            format!(
                "{}/{}/{} {},{n}",
                &at[8..10],
                &at[5..7],
                &at[..4],
                &at[11..]
            )
        });
        assert!(is_hourly(&text, 1.0).contains("Dates begin with the day."));
        let both = "t,v\n13/10/2026,1\n10/13/2026,1\n";
        assert!(mistake(both).starts_with("line 3: \"10/13/2026\""));
    }

    #[test]
    fn minutes_are_summed_to_hours_and_days_spread_over_theirs() {
        let text = file("t,v\n", 28 * 24 * 12, 300, |at, utc| {
            format!(
                "{at},{}",
                if hour_of_week(utc) == 8 {
                    2.5
                } else {
                    10.0 / 12.0
                }
            )
        });
        assert!(is_hourly(&text, 1.0).contains("5 minutes apart"));
        // Saturdays and Sundays have a quarter of a weekday.
        let text = file("date,v\n", 14, DAY, |at, utc| {
            format!(
                "{},{}",
                &at[..10],
                if weekday(utc / DAY) > 4 { 600 } else { 2_400 }
            )
        });
        let reading = exact(&text).expect("days");
        assert!((reading.grid[0] / reading.grid[167] - 4.0).abs() < 1e-9);
        assert_eq!(reading.grid[0], reading.grid[23]);
        assert!(
            (reading.requests_per_month / (SECONDS_PER_MONTH * 13_200.0 / 604_800.0) - 1.0).abs()
                < 1e-9
        );
        assert!(reading.understood.contains("1 day apart"));
        assert!(
            reading
                .understood
                .contains("spread evenly over its 24 hours.")
        );
    }

    #[test]
    fn weeks_are_averaged_by_the_time_that_they_cover() {
        // Nine days: Thursday and Friday twice, 10 and then 40 an hour; the first hour of the second Thursday half.
        let text = file("t,v\n", 9 * 48, 1_800, |at, utc| {
            let second_week = utc >= OCTOBER + 7 * DAY;
            if utc == OCTOBER + 7 * DAY + 1_800 {
                return String::new();
            }
            format!("{at},{}", if second_week { 20 } else { 5 })
        });
        let reading = exact(&text).expect("nine days");
        let thursday = (10.0 + 20.0) / 1.5;
        assert!((reading.grid[72] / reading.grid[0] - thursday / 10.0).abs() < 1e-9);
        assert!((reading.grid[73] / reading.grid[0] - 2.5).abs() < 1e-9);
    }

    #[test]
    fn hours_without_a_row_are_filled_and_gaps_are_said() {
        // Thursday and Friday, without the hours from 02:00 to 04:00, and Friday twice as high.
        let text = file("t,v\n", 48, HOUR, |at, utc| {
            let hour = (utc - OCTOBER) / HOUR;
            if (2..4).contains(&(hour % 24)) {
                return String::new();
            }
            format!(
                "{at},{}",
                if hour < 24 {
                    10 + hour
                } else {
                    2 * (hour - 14)
                }
            )
        });
        let reading = exact(&text).expect("two days");
        let thursday: f64 = (0..24)
            .filter(|h| !(2..4).contains(h))
            .map(|h| 10.0 + f64::from(h))
            .sum();
        let overall = thursday * 3.0 / 44.0;
        // Monday 05:00 is between Thursday's and Friday's, 02:00 is as all hours.
        assert!((reading.grid[5] / reading.grid[77] - 1.5).abs() < 1e-9);
        assert!((reading.grid[2] / reading.grid[77] - overall / 15.0).abs() < 1e-9);
        assert!((reading.grid.iter().sum::<f64>() - 168.0).abs() < 1e-9);
        assert!(
            reading
                .understood
                .contains(" Gaps without rows (4 hours in all) are left out, not taken as zero.")
        );
        assert!(
            reading
                .understood
                .contains(" 124 hours of the week had no row: filled")
        );
    }

    #[test]
    fn an_hour_that_comes_twice_is_two_times() {
        // The night when summer time ends: 02:00 to 03:00 twice.
        let text = file("t,v\n", 48, HOUR, |_, utc| {
            // The change is at 01:00 UTC on 2026-10-25; a day before as the first row.
            let utc = utc + 23 * DAY;
            let offset = if utc < OCTOBER + 24 * DAY + HOUR {
                2
            } else {
                1
            };
            let row = Row {
                utc,
                offset: offset * HOUR,
                value: 0.0,
            };
            format!("{}+0{offset}:00,10", clock(&row))
        });
        let reading = exact(&text).expect("a night in October");
        assert!(reading.grid.iter().all(|load| (load - 1.0).abs() < 1e-9));
        assert!(
            reading
                .understood
                .starts_with("48 rows of 2026-10-24 02:00 to 2026-10-26 00:00")
        );
    }

    #[test]
    fn mistakes_have_their_line() {
        let good = |n: i64| file("time,value\n", n, HOUR, |at, _| format!("{at},5"));
        for (row, start) in [
            (
                "yesterday,5",
                "line 12: \"yesterday\"; allowed: a time such as",
            ),
            (",5", "line 12: \"\"; allowed: a time"),
            ("Total,50", "line 12: \"Total\"; allowed: a time"),
            ("Total", "line 12: \"Total\"; allowed: a time"),
            (
                "2026-10-01 10:00,abc",
                "line 12: \"abc\"; allowed: a number of 0 or more",
            ),
            ("2026-10-01 10:00,-1", "line 12: \"-1\"; allowed: a number"),
            (
                "2026-10-01 10:00,inf",
                "line 12: \"inf\"; allowed: a number",
            ),
            (
                "2026-10-01 10:00,1e999",
                "line 12: \"1e999\"; allowed: a number",
            ),
        ] {
            assert!(
                mistake(&(good(10) + row + "\n")).starts_with(start),
                "{row}"
            );
        }
        // The first row, and a break within quotes that counts as a line.
        assert!(
            mistake("time,value\n2026-10-01 00:00,x\n2026-10-01 01:00,5\n")
                .starts_with("line 2: \"x\"")
        );
        assert!(
            mistake("\"a\nb\",value\n2026-10-01 00:00,1\n2026-10-01 01:00,x\n")
                .starts_with("line 4: \"x\"")
        );
        let long = "x".repeat(500);
        assert!(mistake(&(good(3) + &long + ",1\n")).len() < 200);
    }

    #[test]
    fn files_that_say_too_little_are_refused() {
        let with = |rows: i64, step: i64, value: &str| {
            file("time,value\n", rows, step, |at, _| format!("{at},{value}"))
        };
        let none = "no line with a time and a number; allowed: ";
        for text in [
            "",
            "\u{feff}",
            "\n\n",
            "hello",
            "a,b\nc,d\n",
            "time,value\n",
            &with(30, HOUR, "NaN"),
        ] {
            assert!(mistake(text).starts_with(none), "{text}");
        }
        assert!(mistake(&with(1, HOUR, "5")).starts_with("rows of one time only; allowed: "));
        assert!(mistake(&with(23, HOUR, "5")).starts_with("23 hours of the week; allowed: "));
        assert!(exact(&with(24, HOUR, "5")).is_ok());
        assert!(mistake(&with(48, HOUR, "0")).starts_with("only zeros; allowed: "));
        assert!(mistake(&with(48, HOUR, "1e308")).starts_with("numbers too large"));
        assert!(
            mistake(&with(9, 7 * DAY, "5"))
                .starts_with("7 days from row to row; allowed: 1 second to 1 day")
        );
        let large = "x".repeat(TEXT_LIMIT + 1);
        assert_eq!(mistake(&large), "4,194,305 bytes; allowed: at most 4 MiB");
    }

    /// Numbers that only look random: the same on every run.
    fn next(seed: &mut u64) -> usize {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) as usize
    }

    fn holds(text: &str) {
        match exact(text) {
            Ok(mut reading) => {
                assert_eq!(reading.grid.len(), HOURS_PER_WEEK);
                assert!(
                    reading
                        .grid
                        .iter()
                        .all(|load| load.is_finite() && *load >= 0.0),
                    "{text}"
                );
                assert!(
                    (reading.grid.iter().sum::<f64>() / HOURS_PER_WEEK as f64 - 1.0).abs() < 1e-9,
                    "{text}"
                );
                assert!(
                    reading.requests_per_month.is_finite() && reading.requests_per_month >= 0.0
                );
                let whole = link::whole_loads(&reading.grid);
                assert!(plimsoll_model::traffic::usable(&whole), "{text}");
                reading.grid = whole;
                assert_eq!(read(text), Ok(reading));
            }
            Err(mistake) => {
                assert!(mistake.found.chars().count() <= 61 && !mistake.allowed.is_empty());
                let line = mistake.at.line().unwrap_or(0) as usize;
                assert!(line <= text.matches('\n').count() + 1, "{mistake}");
            }
        }
    }

    #[test]
    fn no_text_panics() {
        let mut seed = 1;
        let parts = [
            "\"",
            "\"\"",
            ",",
            ";",
            "\t",
            "\n",
            "\r\n",
            " ",
            "-",
            "/",
            ".",
            ":",
            "T",
            "Z",
            "+02:00",
            "0",
            "9",
            "1e308",
            "5e-324",
            "é",
            "\u{feff}",
            "{",
            "2026-10-01 00:00",
            "1790812800",
            "9999999999999999999",
            "31/12/2199",
            "time",
            "NaN",
            "Thu Oct 01 2026 00:00:00 GMT+0200 (",
            "1,234",
            "rate",
        ];
        for n in 0..600 {
            let length = next(&mut seed) % 200;
            let bytes: Vec<u8> = (0..length).map(|_| next(&mut seed) as u8).collect();
            holds(&String::from_utf8_lossy(&bytes));
            // And what is nearer to a file.
            let text: String = (0..length)
                .map(|_| parts[next(&mut seed) % parts.len()])
                .collect();
            holds(&text);
            let rows = file("time;a;b\n", n % 40, 1 + n * n, |at, utc| {
                let part = parts[next(&mut seed.wrapping_add(utc as u64)) % parts.len()];
                format!("{at};{};{part}", n * 7)
            });
            holds(&rows);
        }
        let valid = "\u{feff}sep=;\n\"Time\";\"Anfragen/s\"\n".to_owned()
            + &file("", 30, HOUR, |at, _| {
                format!("\"{at}:00.000+02:00\";\"1.234,5\"")
            });
        assert!(exact(&valid).is_ok());
        for end in (0..valid.len()).filter(|end| valid.is_char_boundary(*end)) {
            holds(&valid[..end]);
            holds(&valid[end..]);
            // One byte more or less, or another one.
            let part = parts[next(&mut seed) % parts.len()];
            holds(&[&valid[..end], part, &valid[end..]].concat());
        }
    }
}
