//! Numbers as people type them.

use plimsoll_model::{
    inputs::fields::THINGS,
    units::{HOURS_PER_MONTH, SECONDS_PER_MONTH, parse_finite},
};

/// A number as people type it: `1,000,000`, `1e6`, `0.5`. Spaces and separators of thousands don't matter. A comma that separates no
/// thousands is none: `0,5` is a half to some people and five to nobody.
pub fn parse_number(text: &str) -> Option<f64> {
    if !separates_thousands(text) {
        return None;
    }
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '_' | '\u{2009}'))
        .collect();
    parse_finite(&plain)
}

/// Whether each comma of a number may stand between thousands: `1,000,000`, and `10,00,000` as in India.
fn separates_thousands(text: &str) -> bool {
    let whole = text.trim().split(['.', 'e', 'E']).next().unwrap_or("");
    let whole = whole.trim_start_matches(['+', '-']);
    if text.matches(',').count() != whole.matches(',').count() {
        return false;
    }
    let digits = |group: &str| group.chars().filter(char::is_ascii_digit).count();
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let groups: Vec<&str> = groups.collect();
    let Some((last, middle)) = groups.split_last() else {
        return true;
    };
    !first.starts_with('0')
        && (1..=3).contains(&digits(first))
        && digits(last) == 3
        && middle.iter().all(|group| [2, 3].contains(&digits(group)))
}

/// What a user may write behind a number, by the unit that the input counts in: a suffix, and how many of that unit it is.
/// A letter that multiplies may stand before it: `1.5k/s`.
const SUFFIXES: &[(&str, &[(&str, f64)])] = &[
    (
        "requests",
        &[
            ("/s", SECONDS_PER_MONTH),
            ("rps", SECONDS_PER_MONTH),
            ("persecond", SECONDS_PER_MONTH),
            ("/min", SECONDS_PER_MONTH / 60.0),
            ("/h", HOURS_PER_MONTH),
            ("/day", HOURS_PER_MONTH / 24.0),
            ("/d", HOURS_PER_MONTH / 24.0),
            ("/month", 1.0),
            ("permonth", 1.0),
        ],
    ),
    ("ms", &[("ms", 1.0), ("s", 1e3), ("min", 6e4), ("h", 3.6e6)]),
    (
        "s",
        &[("ms", 1e-3), ("s", 1.0), ("min", 60.0), ("h", 3_600.0)],
    ),
    ("minutes", &[("s", 1.0 / 60.0), ("min", 1.0), ("h", 60.0)]),
    ("hours", &[("h", 1.0)]),
    ("hours per week", &[("h", 1.0), ("h/week", 1.0)]),
    ("vCPU", &[("m", 1e-3), ("cores", 1.0), ("core", 1.0)]),
    (
        "GiB",
        &[
            ("GB", 1e9 / 1_073_741_824.0),
            ("MiB", 1.0 / 1_024.0),
            ("MB", 1e6 / 1_073_741_824.0),
        ],
    ),
    (
        "kB",
        &[
            ("B", 1e-3),
            ("KB", 1.0),
            ("MB", 1e3),
            ("KiB", 1.024),
            ("MiB", 1_048.576),
        ],
    ),
    ("USD per hour", &[("/h", 1.0), ("$", 1.0), ("USD", 1.0)]),
];

/// A number as people type it into an input that counts in `unit`: `3M`, `250ms`, `1.5k/s`, `70%`, or the number alone.
pub fn parse_quantity(text: &str, unit: &str) -> Option<f64> {
    let (number, suffix) = number_and_suffix(text);
    let x = quantity(&number, &suffix, unit)?;
    // What was worked out from a rate counts things, too: a third of a request is none.
    let worked_out = !suffix.is_empty() && THINGS.contains(&unit) && x >= 1.0;
    Some(if worked_out { x.round() } else { x })
}

/// A typed number, and what stands behind it.
fn number_and_suffix(text: &str) -> (String, String) {
    let mut plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if plain.starts_with('$') {
        plain.remove(0);
    }
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '_' | '+' | '-');
    let mut end = plain.find(|c| !digits(c)).unwrap_or(plain.len());
    // An exponent belongs to the number, if digits follow it.
    if plain[end..].starts_with(['e', 'E']) {
        let behind = plain[end + 1..].trim_start_matches(['+', '-']);
        let exponent = behind.bytes().take_while(u8::is_ascii_digit).count();
        if exponent > 0 {
            end = plain.len() - behind.len() + exponent;
        }
    }
    let suffix = plain.split_off(end);
    (plain, suffix)
}

fn quantity(number: &str, suffix: &str, unit: &str) -> Option<f64> {
    let number = parse_number(number)?;
    let factor = factor(suffix, unit)?;
    // A hundredth times seventy is not seven tenths; seventy through a hundred is.
    let through = (1.0 / factor).round();
    let x = if through > 1.0 && (through * factor - 1.0).abs() < 1e-12 {
        number / through
    } else {
        number * factor
    };
    x.is_finite().then_some(x)
}

/// Multiples in words.
const WORDS: [(&str, f64); 3] = [("thousand", 1e3), ("million", 1e6), ("billion", 1e9)];

/// How many of a unit a suffix means.
fn factor(suffix: &str, unit: &str) -> Option<f64> {
    let bare: String = unit.chars().filter(|c| !c.is_whitespace()).collect();
    if suffix.is_empty() || suffix == bare {
        return Some(1.0);
    }
    if suffix == "%" {
        return if unit.is_empty() || unit.starts_with("share") {
            Some(0.01)
        } else {
            (unit == "%").then_some(1.0)
        };
    }
    let known = SUFFIXES.iter().find(|(name, _)| *name == unit);
    let of_unit = |suffix: &str| {
        let (_, suffixes) = known?;
        let found = suffixes.iter().find(|(name, _)| *name == suffix);
        found.map(|(_, factor)| *factor)
    };
    if let Some(factor) = of_unit(suffix) {
        return Some(factor);
    }
    let in_words = |(word, times): &(&str, f64)| Some((*times, suffix.strip_prefix(word)?));
    let (times, rest) = if let Some(found) = WORDS.iter().find_map(in_words) {
        found
    } else {
        let (letter, rest) = suffix.split_at(suffix.chars().next()?.len_utf8());
        let times = match letter {
            "k" | "K" => 1e3,
            "M" | "m" => 1e6,
            "G" | "B" | "b" => 1e9,
            _ => return None,
        };
        (times, rest)
    };
    let rest = if rest.is_empty() || rest == bare {
        Some(1.0)
    } else {
        of_unit(rest)
    };
    Some(times * rest?)
}

/// Two numbers as people type them into an input that counts in `unit`, the smaller one first: `5..9`, `50ms..90ms`,
/// `1..3M`. A unit behind the second alone holds for both. None where there are no two; which is the smaller is not asked.
pub fn parse_ends(text: &str, unit: &str) -> Option<(f64, f64)> {
    let (low, high) = text.split_once("..")?;
    let (low, mut suffix) = number_and_suffix(low);
    let (high, last) = number_and_suffix(high);
    if suffix.is_empty() {
        suffix.clone_from(&last);
    }
    Some((
        quantity(&low, &suffix, unit)?,
        quantity(&high, &last, unit)?,
    ))
}
