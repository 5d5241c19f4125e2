//! Damaged weeks of load.

use super::{Count, expect};
use crate::{common::Scan, decoders::in_range, round_trips::week, seeded_damage::Dice};
use plimsoll_formats::traffic_csv;
use plimsoll_model::inputs::Inputs;

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
            ((day - 5) * 24 + hour) * 3_600 + minute * 60 + second,
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
    let mean = requests.iter().sum::<f64>() / seconds.iter().sum::<f64>();
    Some((mean * 730.0 * 3_600.0, loads.collect()))
}

#[test]
fn damaged_weeks() {
    let mut dice = Dice(105);
    let mut count = Count::default();
    let (mut refused, mut otherwise) = (0, 0);
    let scan = Scan::of(1_000, 12_000);
    for _ in 0..scan.cases {
        let whole = week(&mut dice);
        let understood = traffic_csv::read(&whole).unwrap().understood;
        let text = dice.damaged(&whole);
        let reading = traffic_csv::read(&text);
        let told = match &reading {
            Err(mistake) => {
                assert!(
                    !mistake.found.is_empty() || mistake.at.line().is_some(),
                    "{text}"
                );
                assert!(!mistake.allowed.is_empty() && mistake.found.chars().count() <= 61);
                refused += 1;
                true
            }
            Ok(reading) => {
                let mut inputs = Inputs::default();
                inputs.traffic.grid.clone_from(&reading.grid);
                in_range(&inputs, &text);
                assert!(
                    reading.requests_per_month.is_finite() && reading.requests_per_month >= 0.0
                );
                // The user reads other rows, another range, a gap or another column.
                let told = reading.understood != understood;
                otherwise += usize::from(told);
                told
            }
        };
        count.add(told, &text, || {
            let (month, said) = loads(&text).ok_or("a line that can't be read")?;
            let reading = reading.as_ref().map_err(ToString::to_string)?;
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
