//! What stands in the cells of a bill: amounts, days, units, usage types, tags.

use crate::traffic::plain;
use std::borrow::Cow;

/// A number, with separators of thousands or the sign of a currency; none where it is none.
pub(super) fn number(cell: &str, is_comma_usual: bool) -> Option<f64> {
    let is_simple = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E');
    if cell.bytes().all(is_simple) {
        return cell.parse().ok().filter(|x: &f64| x.is_finite());
    }
    let symbol = |c: char| matches!(c, '$' | '\u{20ac}' | '\u{a3}' | '\u{a5}');
    let text: String = cell.chars().filter(|c| !symbol(*c)).collect();
    let (first, second) = if is_comma_usual {
        (',', '.')
    } else {
        ('.', ',')
    };
    // Bookkeepers write what is below zero in parentheses.
    let text = text.trim();
    let inner = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'));
    let inner = inner.filter(|inner| !inner.is_empty());
    let (text, sign) = inner.map_or((text, 1.0), |inner| (inner.trim(), -1.0));
    let number = plain(text, first).or_else(|| plain(text, second));
    number
        .filter(|x| inner.is_none() || *x >= 0.0)
        .map(|x| sign * x)
}

/// The day of a row, as far as its month is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Day {
    /// There is none.
    None,
    /// Its month is sure, and whether the day stands first where only the numbers say it.
    Sure(i32, u8, Option<bool>),
    /// Either of two numbers is the month.
    Either(i32, u8, u8),
}

/// Reads the month of `2026-09-01T…`, `202609`, `09/01/2026`, `01.09.2026`.
pub(super) fn day(cell: &str) -> Day {
    let mut numbers = [(0_u32, 0_usize); 3];
    let mut separator = 0;
    let mut n = 0;
    for b in cell.bytes() {
        match b {
            b'0'..=b'9' => {
                let digit = u32::from(b - b'0');
                let (x, digits) = numbers[n];
                // A year without a separator behind it: 202609, 20260901.
                if n == 0 && digits == 4 {
                    n = 1;
                    numbers[1] = (digit, 1);
                    continue;
                }
                if n == 1 && numbers[0].1 == 4 && separator == 0 && digits == 2 {
                    break;
                }
                if digits == 4 {
                    return Day::None;
                }
                numbers[n] = (x * 10 + digit, digits + 1);
            }
            b'-' | b'/' | b'.' if n < 2 && numbers[n].1 > 0 => {
                separator = b;
                n += 1;
            }
            _ => break,
        }
    }
    let sure = |year: u32, month: u32, order: Option<bool>| {
        if (2000..2100).contains(&year) && (1..=12).contains(&month) {
            Day::Sure(year.cast_signed(), month as u8, order)
        } else {
            Day::None
        }
    };
    let [(a, digits), (b, _), (year, year_digits)] = numbers;
    if digits == 4 {
        return sure(a, b, None);
    }
    let year = if year_digits == 2 { year + 2_000 } else { year };
    match (a, b) {
        _ if separator == b'.' => sure(year, b, None),
        (13..=31, 1..=12) => sure(year, b, Some(true)),
        (1..=12, 13..=31) => sure(year, a, Some(false)),
        (1..=12, 1..=12) if a == b => sure(year, a, None),
        (1..=12, 1..=12) if (2000..2100).contains(&year) => {
            Day::Either(year.cast_signed(), a as u8, b as u8)
        }
        _ => Day::None,
    }
}

/// The number in front of a unit, and the unit: `100 Hours`, `10,000 s`, `1M`.
pub(super) fn unit(cell: &str) -> (f64, &str) {
    let end = cell
        .find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.')
        .unwrap_or(cell.len());
    let (front, rest) = cell.split_at(end);
    let Some(x) = number(front, false).filter(|x| *x > 0.0) else {
        return (1.0, cell);
    };
    let times = match rest.bytes().next() {
        Some(b'K') => 1e3,
        Some(b'M') => 1e6,
        _ => 0.0,
    };
    if times > 0.0 && !rest[1..].starts_with(|c: char| c.is_alphanumeric()) {
        return (x * times, rest[1..].trim());
    }
    (x, rest.trim())
}

/// How many of the unit a quantity of Azure counts, and the unit. Enterprise agreements price machines by 100 hours and count
/// them by one: no day has more than 24.
pub(super) fn counted<'u>(service: &str, cell: &'u str) -> (f64, &'u str) {
    match unit(cell) {
        (_, "Hours") if service == "Virtual Machines" => (1.0, "Hours"),
        counted => counted,
    }
}

/// A usage type of AWS, and the region in front of it: `EUW1-Fargate-GB-Hours`, `EU-BoxUsage`.
pub(super) fn usage_type(usage: &str) -> (&str, &str) {
    // Where CloudFront answers, and what the oldest regions are called.
    const SHORT: &str = "US EU AP JP IN AU ZA CA SA ME CN";
    let Some((front, rest)) = usage.split_once('-') else {
        return ("", usage);
    };
    let letters = front.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = front.bytes().filter(u8::is_ascii_digit).count();
    // EC2 is two letters and a digit, and no region.
    let is_region = match letters {
        3 => (1..=2).contains(&digits) && front.len() == letters + digits,
        2 => front.len() == 2 && SHORT.split(' ').any(|name| name == front),
        _ => false,
    };
    if is_region && !rest.is_empty() {
        (front, rest)
    } else {
        ("", usage)
    }
}

/// Which kind of load balancer a row of AWS is of, where its usage type is that of all kinds: by its operation, such as
/// `LoadBalancing:Network`, or else by the words of its charge. Nothing for those that containers usually have.
pub(super) fn balancer(usage: &str, operation: &str) -> Option<&'static str> {
    if !matches!(usage, "LoadBalancerUsage" | "LCUUsage") || operation.is_empty() {
        return None;
    }
    let has = |word: &str| operation.contains(word);
    if has("Application") {
        None
    } else if has("Network") {
        Some("Network")
    } else if has("Gateway") {
        Some("Gateway")
    } else if operation == "LoadBalancing" || has(" per LoadBalancer-hour") {
        Some("Classic")
    } else {
        None
    }
}

/// Writes parts over a text.
pub(super) fn joined<'t>(text: &'t mut String, parts: [&str; 3]) -> &'t str {
    text.clear();
    text.extend(parts);
    text
}

/// The vendor's region of a zone: `us-east-1a` is in `us-east-1`.
pub(super) fn region_of(zone: &str) -> &str {
    let without = zone.trim_end_matches(|c: char| c.is_ascii_lowercase());
    if without.ends_with(|c: char| c.is_ascii_digit()) {
        without
    } else {
        zone
    }
}

/// The code of a currency by its sign in a header.
pub(super) fn currency(sign: &str) -> &str {
    match sign.trim() {
        "$" | "US$" => "USD",
        "\u{20ac}" => "EUR",
        "\u{a3}" => "GBP",
        "\u{a5}" => "JPY",
        "\u{20b9}" => "INR",
        "A$" => "AUD",
        "CA$" => "CAD",
        "R$" => "BRL",
        other => other,
    }
}

/// Whether a cell is this word, whatever its case and what stands between its letters.
pub(super) fn is(cell: &str, word: &str) -> bool {
    let letters = cell.bytes().filter(u8::is_ascii_alphanumeric);
    letters.map(|b| b.to_ascii_lowercase()).eq(word.bytes())
}

/// Hands on each tag or label of a cell: `{"team": "a"}` with or without braces, or a list of keys and values.
pub(super) fn tags(cell: &str, each: &mut dyn FnMut(&str, &str)) {
    let doubled = cell.trim_start_matches(['{', '[', ' ']);
    let doubled = doubled.strip_prefix("\"\"");
    let cell = match doubled {
        // Quotes are still as a quoted cell has them.
        Some(rest) if !rest.starts_with([':', ',', '"']) => Cow::from(cell.replace("\"\"", "\"")),
        _ => Cow::from(cell),
    };
    let (mut key, mut named): (Option<Cow<'_, str>>, Option<Cow<'_, str>>) = (None, None);
    let mut rest = &*cell;
    while let Some(at) = rest.find(|c: char| !matches!(c, ' ' | ',' | '{' | '}' | '[' | ']')) {
        rest = &rest[at..];
        let value;
        if rest.starts_with('"') {
            let end = closing(rest);
            value = text(&rest[..end]);
            rest = rest[end..].trim_start();
            if let Some(behind) = rest.strip_prefix(':') {
                key = Some(value);
                rest = behind;
                continue;
            }
        } else {
            let end = rest.find([',', '}', ']']).unwrap_or(rest.len());
            value = Cow::from(rest[..end].trim());
            rest = &rest[end..];
        }
        match key.take() {
            Some(word) if word == "key" => named = Some(value),
            Some(word) if word == "value" && named.is_some() => {
                each(&named.take().unwrap_or_default(), &value);
            }
            Some(word) => each(&word, &value),
            None => {}
        }
    }
}

/// Where a text in quotes ends, behind its last quote.
pub(super) fn closing(text: &str) -> usize {
    let mut is_escaped = true;
    for (n, b) in text.bytes().enumerate() {
        if is_escaped {
            is_escaped = false;
        } else if b == b'\\' {
            is_escaped = true;
        } else if b == b'"' {
            return n + 1;
        }
    }
    text.len()
}

/// A text without its quotes.
pub(super) fn text(quoted: &str) -> Cow<'_, str> {
    if quoted.contains('\\')
        && let Ok(text) = serde_json::from_str::<String>(quoted)
    {
        return Cow::from(text);
    }
    let text = quoted.strip_prefix('"').unwrap_or(quoted);
    Cow::from(text.strip_suffix('"').unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_may_have_separators_and_signs() {
        for (cell, x) in [
            ("12.5", Some(12.5)),
            ("-0.00000080000", Some(-8e-7)),
            ("1.5E-05", Some(1.5e-5)),
            ("1,234.56", Some(1_234.56)),
            ("-$1,234.56", Some(-1_234.56)),
            ("\u{20ac}5", Some(5.0)),
            ("0,05", Some(0.05)),
            ("1.234,56", Some(1_234.56)),
            ("(3.00)", Some(-3.0)),
            ("($1,234.56)", Some(-1_234.56)),
            ("(-3)", None),
            ("()", None),
            ("abc", None),
            ("=1+1", None),
            ("-", None),
            ("e", None),
            ("1e999", None),
            ("inf", None),
            ("NaN", None),
            ("12 USD", None),
        ] {
            assert_eq!(number(cell, false), x, "{cell}");
        }
        assert_eq!(number("1,234", false), Some(1_234.0));
        assert_eq!(number("1,234", true), Some(1.234));
    }

    #[test]
    fn days_say_their_month_or_what_it_may_be() {
        for (cell, of) in [
            ("2026-09-01T00:00:00Z", Day::Sure(2026, 9, None)),
            ("2026-9-1", Day::Sure(2026, 9, None)),
            ("2026/09/01", Day::Sure(2026, 9, None)),
            ("202609", Day::Sure(2026, 9, None)),
            ("20260901", Day::Sure(2026, 9, None)),
            ("09/30/2026", Day::Sure(2026, 9, Some(false))),
            ("30/09/2026 10:00", Day::Sure(2026, 9, Some(true))),
            ("01.09.2026", Day::Sure(2026, 9, None)),
            ("9/9/26", Day::Sure(2026, 9, None)),
            ("09/01/2026", Day::Either(2026, 9, 1)),
            ("2026-13-01", Day::None),
            ("1788220800", Day::None),
            ("September", Day::None),
            ("", Day::None),
            ("31/31/2026", Day::None),
            ("////", Day::None),
        ] {
            assert_eq!(day(cell), of, "{cell}");
        }
    }

    #[test]
    fn units_have_numbers_in_front() {
        for (cell, of) in [
            ("1 Hour", (1.0, "Hour")),
            ("100 Hours", (100.0, "Hours")),
            ("10,000 s", (1e4, "s")),
            ("1M", (1e6, "")),
            ("10K", (1e4, "")),
            ("1 GB/Month", (1.0, "GB/Month")),
            ("1/Month", (1.0, "/Month")),
            ("Hours", (1.0, "Hours")),
            ("", (1.0, "")),
            ("0 x", (1.0, "0 x")),
            ("1 Million", (1.0, "Million")),
            ("1MB", (1.0, "MB")),
        ] {
            assert_eq!(unit(cell), of, "{cell}");
        }
    }

    #[test]
    fn regions_in_front_of_usage_types_are_no_part_of_them() {
        for (usage, of) in [
            ("USE1-Fargate-GB-Hours", ("USE1", "Fargate-GB-Hours")),
            ("EU-BoxUsage:m5.large", ("EU", "BoxUsage:m5.large")),
            ("APN1-USW2-AWS-Out-Bytes", ("APN1", "USW2-AWS-Out-Bytes")),
            ("Fargate-GB-Hours", ("", "Fargate-GB-Hours")),
            ("EC2-Other", ("", "EC2-Other")),
            ("VPN-Usage-Hours:ipsec.1", ("", "VPN-Usage-Hours:ipsec.1")),
            ("AWS-Out-Bytes", ("", "AWS-Out-Bytes")),
            ("USE1-", ("", "USE1-")),
            ("EBS:VolumeUsage.gp3", ("", "EBS:VolumeUsage.gp3")),
        ] {
            assert_eq!(usage_type(usage), of, "{usage}");
        }
        assert_eq!(region_of("us-east-1a"), "us-east-1");
        assert_eq!(region_of("global"), "global");
    }

    #[test]
    fn tags_stand_in_cells_in_many_ways() {
        let all = |cell: &str| {
            let mut all = String::new();
            tags(cell, &mut |key, value| {
                all += &[key, "=", value, ";"].concat();
            });
            all
        };
        for (cell, of) in [
            (r#"{"team": "a", "env":"x, y"}"#, "team=a;env=x, y;"),
            (r#""team": "a","env": """#, "team=a;env=;"),
            (r#"{""team"": ""a"", ""env"": """"}"#, "team=a;env=;"),
            (
                r#"[{"key":"team","value":"a"},{"key":"env","value":"b"}]"#,
                "team=a;env=b;",
            ),
            (
                r#"{"n": 5, "ok": true, "no": null}"#,
                "n=5;ok=true;no=null;",
            ),
            (r#"{"a\"b": "c\\"}"#, "a\"b=c\\;"),
            (r#"{"a": "b"#, "a=b;"),
            ("{}", ""),
            ("\"\"", ""),
            ("NULL", ""),
            (r#"{"a":"#, ""),
        ] {
            assert_eq!(all(cell), of, "{cell}");
        }
    }
}
