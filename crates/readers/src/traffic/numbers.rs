//! Numbers as exports write them: with separators of thousands, and with the units that dashboards put behind them.

/// What a number counts, as its own unit or its column's name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    /// Things in a second.
    PerSecond,
    /// Things in a minute.
    PerMinute,
    /// Thousandths of a second.
    Milliseconds,
    /// Seconds.
    Seconds,
}

/// A number, its unit where it has one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    pub(crate) x: f64,
    pub(crate) unit: Option<Unit>,
}

/// Prefixes of dashboards, longest first: Grafana's short notation has `Mil` and `Bil`.
const PREFIXES: [(&str, f64); 9] = [
    ("Tri", 1e12),
    ("Bil", 1e9),
    ("Mil", 1e6),
    ("K", 1e3),
    ("k", 1e3),
    ("M", 1e6),
    ("B", 1e9),
    ("G", 1e9),
    ("T", 1e12),
];

/// Units, in small letters.
const UNITS: [(&str, Unit); 29] = [
    ("req/s", Unit::PerSecond),
    ("reqs/s", Unit::PerSecond),
    ("requests/s", Unit::PerSecond),
    ("requests/sec", Unit::PerSecond),
    ("reqps", Unit::PerSecond),
    ("rps", Unit::PerSecond),
    ("qps", Unit::PerSecond),
    ("ops", Unit::PerSecond),
    ("ops/s", Unit::PerSecond),
    ("c/s", Unit::PerSecond),
    ("cps", Unit::PerSecond),
    ("io/s", Unit::PerSecond),
    ("/s", Unit::PerSecond),
    ("/sec", Unit::PerSecond),
    ("/second", Unit::PerSecond),
    ("count/second", Unit::PerSecond),
    ("req/m", Unit::PerMinute),
    ("req/min", Unit::PerMinute),
    ("requests/min", Unit::PerMinute),
    ("reqpm", Unit::PerMinute),
    ("rpm", Unit::PerMinute),
    ("opm", Unit::PerMinute),
    ("cpm", Unit::PerMinute),
    ("/min", Unit::PerMinute),
    ("/minute", Unit::PerMinute),
    ("ms", Unit::Milliseconds),
    ("milliseconds", Unit::Milliseconds),
    ("s", Unit::Seconds),
    ("seconds", Unit::Seconds),
];

/// Units of things that are counted: they say nothing of time.
const COUNTS: [&str; 6] = ["req", "reqs", "requests", "hits", "count", "counts"];

/// Whether a cell stands for no number at all.
pub(crate) fn is_missing(cell: &str) -> bool {
    [
        "",
        "-",
        "nan",
        "null",
        "none",
        "undefined",
        "n/a",
        "no data",
    ]
    .iter()
    .any(|word| cell.eq_ignore_ascii_case(word))
}

/// A number with this decimal sign, and its unit. None where it is none; the unit, where that isn't known, is told.
pub(crate) fn read(cell: &str, decimal: char) -> Result<Option<Number>, &str> {
    // Most cells are no more than digits.
    if decimal == '.'
        && cell.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && let Ok(x) = cell.parse::<f64>()
    {
        return Ok(x.is_finite().then_some(Number { x, unit: None }));
    }
    let cell = cell.trim();
    let end = cell
        .char_indices()
        .rev()
        .find(|(n, c)| {
            let behind = cell[n + c.len_utf8()..].trim_start();
            c.is_ascii_digit() && !behind.starts_with(|c: char| c.is_ascii_digit())
        })
        .map_or(0, |(n, _)| n + 1);
    let (digits, unit) = (cell[..end].trim(), cell[end..].trim());
    if digits.is_empty() {
        return Ok(None);
    }
    let Some(x) = plain(digits, decimal) else {
        return Ok(None);
    };
    if unit.is_empty() {
        return Ok(Some(Number { x, unit: None }));
    }
    let known = |unit: &str| {
        let unit = unit.trim().to_lowercase();
        let found = UNITS.iter().find(|(name, _)| *name == unit);
        match found {
            Some((_, unit)) => Some(Some(*unit)),
            None if unit.is_empty() || COUNTS.contains(&&*unit) => Some(None),
            None => None,
        }
    };
    if let Some(unit) = known(unit) {
        return Ok(Some(Number { x, unit }));
    }
    let scaled = PREFIXES.iter().find_map(|(prefix, times)| {
        let unit = known(unit.strip_prefix(prefix)?)?;
        Some(Number { x: x * times, unit })
    });
    scaled.map(Some).ok_or(unit)
}

/// Digits with this decimal sign. The other sign, or a space, may separate its thousands: three digits each.
pub(crate) fn plain(cell: &str, decimal: char) -> Option<f64> {
    let thousands = if decimal == ',' { '.' } else { ',' };
    let separates = |c: char| c == thousands || c.is_whitespace();
    let (mantissa, exponent) = match cell.find(['e', 'E']) {
        Some(at) => cell.split_at(at),
        None => (cell, ""),
    };
    let (whole, rest) = mantissa.split_once(decimal).unwrap_or((mantissa, ""));
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
    if !digits(rest) || !digits(first) {
        return None;
    }
    let whole: String = whole.chars().filter(|c| !separates(*c)).collect();
    let x: f64 = format!("{whole}.{rest}0{exponent}").parse().ok()?;
    x.is_finite().then_some(x)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            (",5", None, Some(0.5)),
            ("1,,234", None, None),
            ("2026-10-01", None, None),
        ] {
            let of = |decimal| read(text, decimal).ok().flatten().map(|number| number.x);
            assert_eq!(of('.'), point, "{text}");
            assert_eq!(of(','), comma, "{text}");
        }
    }

    #[test]
    fn dashboards_put_units_behind_their_numbers() {
        for (text, x, unit) in [
            ("3.72 K", 3_720.0, None),
            ("37.2 req/s", 37.2, Some(Unit::PerSecond)),
            ("1.2 kreq/s", 1_200.0, Some(Unit::PerSecond)),
            ("1.5 Mil", 1.5e6, None),
            ("2 Bil", 2e9, None),
            ("250 ms", 250.0, Some(Unit::Milliseconds)),
            ("1.2 s", 1.2, Some(Unit::Seconds)),
            ("90 rpm", 90.0, Some(Unit::PerMinute)),
            ("12 reqps", 12.0, Some(Unit::PerSecond)),
            ("4K", 4_000.0, None),
            ("7 requests", 7.0, None),
        ] {
            assert_eq!(read(text, '.'), Ok(Some(Number { x, unit })), "{text}");
        }
        assert_eq!(read("5%", '.'), Err("%"));
        assert_eq!(read("5 MiB", '.'), Err("MiB"));
    }
}
