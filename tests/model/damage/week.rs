//! Damaged weeks of load.

use super::{Count, expect};
use crate::{common::Scan, decoders::in_range, round_trips::week, seeded_damage::Dice};
use plimsoll_model::inputs::Inputs;
use plimsoll_readers::{File, Reading, read};

/// The requests and the load of each hour that rows say as [`week`] writes them: each holds for an hour, or to the next.
pub(super) fn loads(text: &str) -> Option<(f64, Vec<f64>)> {
    let mut lines = text.lines();
    lines.next()?;
    let mut rows = Vec::new();
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let mut cells = line.split(',').map(|cell| cell.trim().trim_matches('"'));
        let (time, count) = (cells.next()?, cells.next()?);
        let numbers = time
            .split(|c: char| !c.is_ascii_digit())
            .filter(|digits| !digits.is_empty());
        let numbers: Vec<i64> = numbers.map(str::parse).collect::<Result<_, _>>().ok()?;
        let [2026, 10, day, hour, minute, second] = numbers[..] else {
            return None;
        };
        rows.push((
            // A leap second is the one before it.
            ((day - 5) * 24 + hour) * 3_600 + minute * 60 + second.min(59),
            count.parse::<f64>().ok()?,
        ));
    }
    rows.sort_by_key(|(time, _)| *time);
    let (mut requests, mut seconds) = ([0.0; 168], [0.0; 168]);
    let mut at = 0;
    while at < rows.len() {
        let begin = rows[at].0;
        let together = rows[at..]
            .iter()
            .take_while(|(time, _)| *time == begin)
            .count();
        let sum: f64 = rows[at..at + together].iter().map(|(_, count)| count).sum();
        at += together;
        let end = rows
            .get(at)
            .map_or(begin + 3_600, |(next, _)| (begin + 3_600).min(*next));
        for (from, to) in [
            (begin, end.min((begin / 3_600 + 1) * 3_600)),
            ((begin / 3_600 + 1) * 3_600, end),
        ] {
            if from < to {
                let hour = usize::try_from(from / 3_600 % 168).ok()?;
                requests[hour] += sum * (to - from) as f64 / (end - begin) as f64;
                seconds[hour] += (to - from) as f64;
            }
        }
    }
    let loads = requests
        .iter()
        .zip(seconds)
        .map(|(requests, seconds)| requests / seconds);
    let loads: Vec<f64> = loads.collect();
    let mean = loads.iter().sum::<f64>() / 168.0;
    Some((mean * 730.0 * 3_600.0, loads))
}

#[test]
fn damaged_weeks() {
    let mut dice = Dice(105);
    let mut count = Count::default();
    let (mut refused, mut otherwise) = (0, 0);
    let scan = Scan::of(1_000, 12_000);
    for _ in 0..scan.cases {
        let whole = week(&mut dice);
        let said = |reading: &Reading| -> Vec<String> {
            reading.told.iter().map(ToString::to_string).collect()
        };
        let of = |text: &str| {
            read(&[File {
                name: "week.csv",
                text,
            }])
        };
        let mut before = of(&whole);
        before.onto(&Inputs::default());
        let text = dice.damaged(&whole);
        let mut reading = of(&text);
        let inputs = reading.onto(&Inputs::default());
        in_range(&inputs, &text);
        // What a month comes to is another number for each file.
        let same = |told: &String| !told.contains("requests a month");
        let [first, then] = [&before, &reading].map(|reading| {
            let all = said(reading).into_iter();
            all.filter(same).collect::<Vec<_>>()
        });
        // The user reads other rows, another range, a gap or another column.
        let told = first != then;
        refused += usize::from(reading.traffic.is_empty());
        otherwise += usize::from(told && !reading.traffic.is_empty());
        count.add(told, &text, || {
            let (month, said) = loads(&text).ok_or("a line that can't be read")?;
            let reading = reading.traffic.first().ok_or("nothing was told")?;
            let reading = &reading.total;
            let most = |loads: &[f64]| loads.iter().copied().fold(0.0, f64::max);
            for (said, read) in said
                .iter()
                .map(|load| load / most(&said))
                .zip(&reading.grid)
            {
                let read = read / most(&reading.grid);
                expect((said - read).abs() <= 0.000_2, || {
                    format!("{said} is {read}")
                })?;
            }
            let off = (reading.requests_per_month / month - 1.0).abs();
            expect(off < 1e-9, || {
                format!("{} a month, not {month}", reading.requests_per_month)
            })
        });
    }
    assert!(
        refused > scan.least(3_000) && otherwise > scan.least(500) && count.right > scan.least(700),
        "{refused} {otherwise} {count:?}"
    );
}
