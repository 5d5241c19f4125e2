//! A table of traffic, read as its bytes arrive: a file of a gigabyte never stands in memory.

use super::{
    columns::{Layout, Meaning, Record, cut},
    numbers::{self, Unit},
    series::Series,
    times::{Order, Times},
};
use crate::{Choices, Place};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::collections::HashMap;

/// The separators of columns. A comma comes last: behind a semicolon or a tab it belongs to a number.
const SEPARATORS: [u8; 3] = [b';', b'\t', b','];
/// How many records decide how a table is laid out.
const LOOKED_AT: usize = 2_000;
/// The longest record, bytes: a quote that is never closed would take the rest of the file.
pub(crate) const LONGEST: usize = 1 << 20;
/// The most services that a column may name.
const MOST_SERIES: usize = 500;

/// Splits bytes into records, whatever the pieces in which they come.
pub(crate) struct Records {
    core: Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    written: usize,
    ended: usize,
    /// The line on which the record begins that is being read.
    line: u64,
}

impl Records {
    pub(crate) fn of(separator: u8) -> Self {
        Self {
            core: ReaderBuilder::new().delimiter(separator).build(),
            text: vec![0; 4_096],
            ends: vec![0; 64],
            written: 0,
            ended: 0,
            line: 1,
        }
    }

    /// Hands on each record of these bytes; nothing more stands behind an empty piece. Stops where `each` says so, or with
    /// the line of a record that is too long.
    pub(crate) fn feed(
        &mut self,
        mut bytes: &[u8],
        each: &mut dyn FnMut(Record<'_>) -> bool,
    ) -> Result<(), u64> {
        loop {
            let (result, read, written, ended) = self.core.read_record(
                bytes,
                &mut self.text[self.written..],
                &mut self.ends[self.ended..],
            );
            bytes = &bytes[read..];
            self.written += written;
            self.ended += ended;
            match result {
                ReadRecordResult::OutputFull if self.written >= LONGEST => return Err(self.line),
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => {
                    let bytes = &self.text[..self.written];
                    let ends = &self.ends[..self.ended];
                    let goes_on = match std::str::from_utf8(bytes) {
                        Ok(text) => each(Record {
                            line: self.line,
                            text,
                            ends,
                        }),
                        Err(_) => each(latin(bytes, ends, self.line).record()),
                    };
                    self.written = 0;
                    self.ended = 0;
                    self.line = self.core.line();
                    if !goes_on {
                        return Ok(());
                    }
                }
                ReadRecordResult::InputEmpty | ReadRecordResult::End => return Ok(()),
            }
        }
    }
}

/// A record in the old alphabet of western Europe, of which each byte is a letter.
struct Latin {
    text: String,
    ends: Vec<usize>,
    line: u64,
}

impl Latin {
    fn record(&self) -> Record<'_> {
        Record {
            line: self.line,
            text: &self.text,
            ends: &self.ends,
        }
    }
}

fn latin(bytes: &[u8], ends: &[usize], line: u64) -> Latin {
    let mut text = String::new();
    let mut moved = Vec::new();
    let mut from = 0;
    for end in ends {
        text.extend(bytes[from..*end].iter().map(|byte| char::from(*byte)));
        moved.push(text.len());
        from = *end;
    }
    Latin {
        text,
        ends: moved,
        line,
    }
}

/// What stops a table from being read: on which line, what was found, what is allowed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mistake {
    pub(crate) line: u64,
    pub(crate) text: String,
}

/// A mean that weighs each number.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mean {
    sum: f64,
    weight: f64,
}

impl Mean {
    fn add(&mut self, x: f64, weight: f64) {
        self.sum += x * weight;
        self.weight += weight;
    }

    /// The mean; nothing where there was nothing.
    pub(crate) fn get(self) -> Option<f64> {
        (self.weight > 0.0).then(|| self.sum / self.weight)
    }
}

/// What the rows of a table come to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows {
    /// The series by name, in the order of the file.
    pub(crate) series: Vec<(String, Series)>,
    /// Rows with a number, and without.
    pub(crate) read: u64,
    pub(crate) left_out: u64,
    /// The first and the last time as the file writes it, and the offset of the first.
    pub(crate) first: Option<(i64, Option<i64>)>,
    pub(crate) last: i64,
    /// The mean of latencies, in their own unit, weighed by requests.
    pub(crate) latency: Mean,
    /// CPU seconds.
    pub(crate) cpu: Series,
    /// Units that numbers have behind them.
    pub(crate) units: [u64; 4],
    /// Services beyond the most that are told apart.
    pub(crate) unnamed: u64,
}

/// A table that is being read.
pub(crate) struct Table {
    pub(crate) layout: Layout,
    pub(crate) rows: Rows,
    pub(crate) mistake: Option<Mistake>,
    records: Records,
    times: Times,
    places: HashMap<String, usize>,
}

impl Table {
    /// A table whose first bytes these are; nothing where no record has a time and a number. Choices turn what is open.
    pub(crate) fn of(head: &[u8], is_whole: bool, at: &Place, choices: &Choices) -> Option<Self> {
        let mut found: Option<Layout> = None;
        for separator in SEPARATORS {
            let layout = layout(head, is_whole, separator);
            // More columns tell more: a semicolon in a cell makes no table.
            let more = |one: &Layout| {
                found
                    .as_ref()
                    .is_none_or(|found| one.names.len() > found.names.len())
            };
            if let Some(layout) = layout.filter(more) {
                found = Some(layout);
            }
        }
        let mut layout = found?;
        let chosen = |what: &str| {
            choices
                .get(&format!("{}:{}:{what}", at.0, at.1))
                .map(String::as_str)
        };
        match chosen("dates") {
            Some("day") => layout.order = Order::Day,
            Some("month") => layout.order = Order::Month,
            _ => {}
        }
        match chosen("decimal") {
            Some("point") => layout.decimal = '.',
            Some("comma") => layout.decimal = ',',
            _ => {}
        }
        let mut rows = Rows::default();
        if layout.service.is_none() {
            let names = layout.requests.iter().map(|n| layout.names[*n].clone());
            rows.series = names.map(|name| (name, Series::default())).collect();
        }
        Some(Self {
            records: Records::of(layout.separator),
            times: Times::of(layout.order),
            layout,
            rows,
            mistake: None,
            places: HashMap::new(),
        })
    }

    /// Takes the next bytes; nothing more is read behind a mistake.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        if self.mistake.is_some() {
            return;
        }
        let Self {
            layout,
            rows,
            mistake,
            records,
            times,
            places,
        } = self;
        let mut each = |record: Record<'_>| {
            if record.line < layout.begin {
                return true;
            }
            match rows.take(record, layout, times, places) {
                Ok(()) => true,
                Err(text) => {
                    *mistake = Some(Mistake {
                        line: record.line,
                        text,
                    });
                    false
                }
            }
        };
        if let Err(line) = records.feed(bytes, &mut each) {
            *mistake = Some(Mistake {
                line,
                text: "a row of more than 1 MiB; allowed: a quote that is closed".to_owned(),
            });
        }
    }

    /// The file has ended.
    pub(crate) fn end(&mut self) {
        // A last line without an end, and then the end.
        self.push(b"\n");
        self.push(b"");
        for (_, series) in &mut self.rows.series {
            series.end();
        }
        self.rows.cpu.end();
    }
}

/// How a table is laid out, if this separates its cells.
fn layout(head: &[u8], is_whole: bool, separator: u8) -> Option<Layout> {
    let mut kept: Vec<Latin> = Vec::new();
    let mut records = Records::of(separator);
    let mut keep = |record: Record<'_>| {
        if record.len() > 1 {
            kept.push(Latin {
                text: record.text.to_owned(),
                ends: record.ends.to_vec(),
                line: record.line,
            });
        }
        kept.len() < LOOKED_AT
    };
    records.feed(head, &mut keep).ok()?;
    if is_whole {
        let _ = records.feed(b"\n", &mut keep);
    }
    let records: Vec<Record<'_>> = kept.iter().map(Latin::record).collect();
    Layout::of(&records, separator)
}

impl Rows {
    fn take(
        &mut self,
        record: Record<'_>,
        layout: &Layout,
        times: &mut Times,
        places: &mut HashMap<String, usize>,
    ) -> Result<(), String> {
        if (0..record.len()).all(|n| record.cell(n).is_empty()) {
            return Ok(());
        }
        let Some(stamp) = layout.clock.of(record, times) else {
            let cells: Vec<&str> = layout
                .clock
                .columns()
                .iter()
                .map(|n| record.cell(*n))
                .collect();
            let allowed = match layout.order {
                _ if !layout.has_order => "2026-10-01 00:00",
                Order::Day => "2026-10-01 00:00, or day first as in other rows: 31/10/2026 00:00",
                Order::Month => {
                    "2026-10-01 00:00, or month first as in other rows: 10/31/2026 00:00"
                }
            };
            return Err(format!(
                "\u{201c}{}\u{201d} is no time; allowed: a time such as {allowed}",
                cut(&cells.join(" "))
            ));
        };
        let (utc, offset) = (stamp.utc(), stamp.offset.unwrap_or(0));
        let mut requests = 0.0;
        let mut is_there = false;
        for (place, n) in layout.requests.iter().enumerate() {
            let Some(x) = self.number(record.cell(*n), layout)? else {
                continue;
            };
            is_there = true;
            requests += x;
            let place = match layout.service {
                // Several columns of a row that names its service are added up.
                Some(service) => self.place_of(record.cell(service), places),
                None => place,
            };
            if let Some((_, series)) = self.series.get_mut(place) {
                series.add(utc, offset, x);
            }
        }
        if !is_there {
            self.left_out += 1;
            return Ok(());
        }
        self.read += 1;
        self.first.get_or_insert((stamp.clock, stamp.offset));
        self.first = self
            .first
            .map(|(clock, offset)| (clock.min(stamp.clock), offset));
        self.last = self.last.max(stamp.clock);
        if let Some((n, _)) = layout.latency
            && let Ok(Some(number)) = numbers::read(record.cell(n), layout.decimal)
        {
            let x = match number.unit {
                Some(Unit::Seconds) => number.x * 1e3,
                _ => number.x,
            };
            self.latency.add(x, requests.max(1e-9));
        }
        if let Some(n) = layout.cpu
            && let Ok(Some(number)) = numbers::read(record.cell(n), layout.decimal)
        {
            self.cpu.add(utc, offset, number.x);
        }
        Ok(())
    }

    /// The number of a cell; nothing where it is empty.
    fn number(&mut self, cell: &str, layout: &Layout) -> Result<Option<f64>, String> {
        if numbers::is_missing(cell) {
            return Ok(None);
        }
        let sign = if layout.decimal == ',' {
            "with a decimal comma"
        } else {
            "such as 1234.5"
        };
        match numbers::read(cell, layout.decimal) {
            Ok(Some(number)) if number.x >= 0.0 => {
                if let Some(unit) = number.unit {
                    self.units[unit as usize] += 1;
                }
                Ok(Some(number.x))
            }
            Ok(_) => Err(format!(
                "\u{201c}{}\u{201d} is no number of requests; allowed: a number of 0 or more {sign}, or nothing",
                cut(cell)
            )),
            Err(unit) => Err(format!(
                "the unit \u{201c}{}\u{201d} is not known; allowed: requests, req/s, rpm, with K, Mil or Bil",
                cut(unit)
            )),
        }
    }

    /// The place of a service among the series.
    fn place_of(&mut self, name: &str, places: &mut HashMap<String, usize>) -> usize {
        if let Some(place) = places.get(name) {
            return *place;
        }
        if self.series.len() >= MOST_SERIES {
            self.unnamed += 1;
            return MOST_SERIES - 1;
        }
        let place = self.series.len();
        self.series.push((name.to_owned(), Series::default()));
        places.insert(name.to_owned(), place);
        place
    }

    /// Whether every series only grows, but for those of one row, which say nothing.
    pub(crate) fn only_grow(&self, is_named_so: bool) -> bool {
        let mut several = self.series.iter().filter(|(_, series)| series.rows > 1);
        several.clone().count() > 0 && several.all(|(_, series)| series.only_grows(is_named_so))
    }

    /// Whether most numbers have fractions.
    pub(crate) fn are_fractions(&self) -> bool {
        let sum = |of: fn(&Series) -> u64| self.series.iter().map(|(_, one)| of(one)).sum::<u64>();
        sum(|series| series.fractions) * 2 > sum(|series| series.rows)
    }

    /// What the numbers are: by a unit behind them, by a name, by how they grow; and whether that is sure.
    pub(crate) fn meaning(&self, layout: &Layout) -> (Meaning, Why) {
        let with = |unit: Unit| self.units[unit as usize] * 2 > self.read;
        if with(Unit::PerSecond) {
            return (Meaning::PerSecond, Why::Unit);
        }
        if with(Unit::PerMinute) {
            return (Meaning::PerMinute, Why::Unit);
        }
        if let Some(said) = layout.said {
            return (said, Why::Name);
        }
        let is_named = layout.requests.iter().any(|n| {
            let words = super::columns::words(&layout.names[*n]);
            super::columns::has(&words, super::columns::COUNTERS)
        });
        if self.only_grow(is_named) {
            return (Meaning::Counter, Why::Growth);
        }
        match (self.are_fractions(), layout.is_count_named) {
            (true, false) => (Meaning::PerSecond, Why::Fractions),
            (true, true) => (Meaning::Count, Why::Fractions),
            (false, true) => (Meaning::Count, Why::Name),
            (false, false) => (Meaning::Count, Why::Nothing),
        }
    }
}

/// Why numbers are taken for what they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// A unit stands behind them.
    Unit,
    /// The column's name says it.
    Name,
    /// They only grow.
    Growth,
    /// They have fractions, and no unit.
    Fractions,
    /// Nothing says it.
    Nothing,
}
