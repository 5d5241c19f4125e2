//! One series of a file of traffic: its rows, added up in quarters of an hour, whatever its numbers turn out to mean.

use super::columns::Meaning;
use std::collections::BTreeMap;

/// Seconds of a slot: offsets of clocks are multiples of it.
pub(crate) const SLOT: i64 = 900;

/// What the rows of a quarter of an hour come to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Slot {
    /// The first row's time, seconds since 1970 UTC, and how far its clock is ahead.
    start: i64,
    offset: i64,
    sum: f64,
    /// What a counter grew from these rows to the next, and in how many seconds.
    increase: f64,
    grown: f64,
    /// Rows of different times.
    times: u32,
}

/// How often rows lie so many seconds behind the one before, in the order of seconds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gaps(Vec<(i64, u64)>);

impl Gaps {
    /// The most that are told apart: regular rows have a few.
    const MOST: usize = 1_000;

    fn add(&mut self, gap: i64, times: u64) {
        match self.0.binary_search_by_key(&gap, |(gap, _)| *gap) {
            Ok(place) => self.0[place].1 += times,
            Err(place) if self.0.len() < Self::MOST => self.0.insert(place, (gap, times)),
            Err(_) => {}
        }
    }

    /// Takes those of another series in.
    pub(crate) fn take(&mut self, other: &Self) {
        for (gap, times) in &other.0 {
            self.add(*gap, *times);
        }
    }

    /// The middle one; nothing where there are none.
    pub(crate) fn median(&self) -> Option<i64> {
        let half = self
            .0
            .iter()
            .map(|(_, times)| times)
            .sum::<u64>()
            .div_ceil(2);
        let mut counted = 0;
        let middle = self.0.iter().find(|(_, times)| {
            counted += times;
            counted >= half
        });
        middle.map(|(gap, _)| *gap)
    }
}

/// Rows of one series.
#[derive(Clone, Debug, Default)]
pub(crate) struct Series {
    slots: BTreeMap<i64, Slot>,
    /// The slot of the last row, which the next row most often has as well.
    open: Option<(i64, Slot)>,
    last: Option<(i64, f64)>,
    /// How many rows lie so many seconds behind the one before.
    gaps: Gaps,
    /// Growth of a counter over more than a slot: from when, for how long, how much.
    long: Vec<(i64, i64, f64)>,
    pub(crate) rows: u64,
    pub(crate) fractions: u64,
    ups: u64,
    downs: u64,
    forwards: u64,
    backwards: u64,
}

/// Requests in a quarter of an hour: how many, in how many seconds that rows cover, and how far the clock is ahead of UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Part {
    pub(crate) requests: f64,
    pub(crate) seconds: f64,
    pub(crate) offset: i64,
}

impl Series {
    /// Takes a row in: seconds since 1970 UTC, seconds that its clock is ahead, and its number.
    pub(crate) fn add(&mut self, utc: i64, offset: i64, x: f64) {
        self.rows += 1;
        self.fractions += u64::from(x.fract() != 0.0);
        if let Some((before, y)) = self.last {
            self.step(before, y, utc, x);
        }
        let key = utc.div_euclid(SLOT);
        let is_new_time = self.last.is_none_or(|(before, _)| before != utc);
        if self.open.as_ref().is_none_or(|(open, _)| *open != key) {
            self.close();
            let empty = Slot {
                start: utc,
                offset,
                ..Slot::default()
            };
            self.open = Some((key, self.slots.remove(&key).unwrap_or(empty)));
        }
        if let Some((_, slot)) = &mut self.open {
            if slot.times == 0 {
                (slot.start, slot.offset) = (utc, offset);
            }
            slot.sum += x;
            slot.start = slot.start.min(utc);
            slot.times += u32::from(is_new_time);
        }
        self.last = Some((utc, x));
    }

    /// What happened from one row to the next in the file: which way time went, and what a counter grew by.
    fn step(&mut self, before: i64, y: f64, utc: i64, x: f64) {
        let gap = utc - before;
        if gap == 0 {
            return;
        }
        self.gaps.add(gap.abs(), 1);
        let (older, newer) = if gap > 0 { (y, x) } else { (x, y) };
        self.forwards += u64::from(gap > 0);
        self.backwards += u64::from(gap < 0);
        self.ups += u64::from(newer > older);
        self.downs += u64::from(newer < older);
        // A counter that is smaller than before began again at nothing.
        let growth = if newer < older { newer } else { newer - older };
        if gap.abs() > SLOT {
            self.long.push((before.min(utc), gap.abs(), growth));
            return;
        }
        let key = before.min(utc).div_euclid(SLOT);
        let slot = match &mut self.open {
            Some((open, slot)) if *open == key => slot,
            _ => self.slots.entry(key).or_insert(Slot {
                start: utc,
                ..Slot::default()
            }),
        };
        slot.increase += growth;
        slot.grown += gap.abs() as f64;
    }

    fn close(&mut self) {
        if let Some((key, slot)) = self.open.take() {
            self.slots.insert(key, slot);
        }
    }

    /// Takes the last row's slot in: before anything is asked of the series.
    pub(crate) fn end(&mut self) {
        self.close();
    }

    /// How many rows lie so many seconds behind the one before.
    pub(crate) fn gaps(&self) -> &Gaps {
        &self.gaps
    }

    /// Whether it only grows, but for a few times at which it began again: what a raw counter does, and hardly any count.
    pub(crate) fn only_grows(&self, is_named_so: bool) -> bool {
        let steps = self.forwards + self.backwards;
        let few = if is_named_so { 20 } else { 50 };
        let enough = if is_named_so { 6 } else { 48 };
        steps >= enough && self.ups * 2 > steps && self.downs * few <= steps
    }

    /// Whether its rows go back and forth in time: then a counter can't be told from its resets.
    pub(crate) fn is_mixed(&self) -> bool {
        let fewer = self.forwards.min(self.backwards);
        fewer * 50 > self.forwards + self.backwards
    }

    /// Requests of each quarter of an hour, if that is what its numbers mean. `interval` is in seconds, from row to row.
    pub(crate) fn parts(&self, meaning: Meaning, interval: i64) -> BTreeMap<i64, Part> {
        let mut parts = BTreeMap::new();
        let each = match meaning {
            Meaning::Count | Meaning::Counter => 1.0,
            Meaning::PerSecond => interval as f64,
            Meaning::PerMinute => interval as f64 / 60.0,
        };
        let mut slots = self.slots.iter().peekable();
        while let Some((key, slot)) = slots.next() {
            if meaning == Meaning::Counter {
                if slot.grown > 0.0 {
                    let part = part_at(&mut parts, *key, slot.offset);
                    part.requests += slot.increase;
                    part.seconds += slot.grown;
                }
            } else if interval <= SLOT {
                let part = part_at(&mut parts, *key, slot.offset);
                part.requests += slot.sum * each;
                part.seconds += (f64::from(slot.times) * interval as f64).min(SLOT as f64);
            } else {
                // A row holds until the next one, but not over a gap.
                let next = slots.peek().map_or(i64::MAX, |(_, next)| next.start);
                let length = interval.min(next.saturating_sub(slot.start)).max(1);
                let rate = match meaning {
                    Meaning::Count | Meaning::Counter => slot.sum / length as f64,
                    Meaning::PerSecond => slot.sum,
                    Meaning::PerMinute => slot.sum / 60.0,
                };
                spread(&mut parts, slot.start, length, rate, slot.offset);
            }
        }
        if meaning == Meaning::Counter {
            for (start, length, growth) in &self.long {
                spread(&mut parts, *start, *length, growth / *length as f64, 0);
            }
        }
        for part in parts.values_mut() {
            part.seconds = part.seconds.min(SLOT as f64);
        }
        parts
    }
}

fn part_at(parts: &mut BTreeMap<i64, Part>, key: i64, offset: i64) -> &mut Part {
    parts.entry(key).or_insert(Part {
        offset,
        ..Part::default()
    })
}

/// Gives each quarter of an hour its part of a time.
fn spread(parts: &mut BTreeMap<i64, Part>, start: i64, length: i64, rate: f64, offset: i64) {
    let (mut at, end) = (start, start + length);
    while at < end {
        let key = at.div_euclid(SLOT);
        let stop = end.min((key + 1) * SLOT);
        let seconds = (stop - at) as f64;
        let part = part_at(parts, key, offset);
        part.requests += rate * seconds;
        part.seconds += seconds;
        at = stop;
    }
}
