//! How numbers are written: the only place that decides it.

mod typed;

pub use typed::{parse_ends, parse_number, parse_quantity};

use plimsoll_model::{
    inputs::{Between, Range},
    sentence::{Sentence, Word},
    units::{Usd, parse_finite},
};

/// A number with thousands separators, to at most four significant digits behind a point that it needs.
pub fn number(x: f64) -> String {
    if x == 0.0 {
        return "0".into();
    }
    let size = x.abs();
    if size < 1e-6 {
        return scientific(x);
    }
    significant(x, 4)
}

/// A number to so many significant digits, whole digits always, without zeros that say nothing.
fn significant(x: f64, digits: u32) -> String {
    let size = x.abs();
    let decimals = if size > 0.0 {
        (f64::from(digits) - 1.0 - libm::floor(libm::log10(size))).max(0.0) as usize
    } else {
        0
    };
    let text = grouped(x, decimals);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// A number as it stands in a field to be edited: separators, all digits that it has.
pub fn editable(x: f64) -> String {
    let text = format!("{x}");
    match text.split_once('.') {
        Some((whole, rest)) => format!("{}.{rest}", grouped(parse_finite(whole).unwrap_or(x), 0)),
        None => grouped(x, 0),
    }
}

/// A range as it stands in a field to be edited: `5..9`, `1M..3M` where these are the very numbers. A letter behind the
/// second alone would be one of both.
pub fn editable_ends(between: &Between) -> String {
    let ends = [between.low, between.high];
    let is_short = |x: f64| x >= 1e3 && parse_quantity(&short(x), "") == Some(x);
    let write = if between.high >= 1e4 && ends.into_iter().all(is_short) {
        short
    } else {
        editable
    };
    [&write(between.low), "..", &write(between.high)].concat()
}

/// The ranges that an input may have, in words.
pub fn allowed_ends(range: &Range) -> String {
    String::from("two numbers, the smaller one first, ") + &allowed(range)
}

/// A very small number: `4.00e-7`.
fn scientific(x: f64) -> String {
    format!("{x:.2e}")
}

/// A number with thousands separators and so many decimals.
fn grouped(x: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", x.abs());
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut out = String::with_capacity(text.len() + whole.len() / 3 + 1);
    // A number that rounds to nothing has no sign.
    if x < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        out.push('-');
    }
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

/// Money to the cent: `$1,234.56`, `-$3.00`.
pub fn usd(amount: Usd) -> String {
    let text = grouped(amount.get(), 2);
    match text.strip_prefix('-') {
        Some(rest) => format!("-${rest}"),
        None => format!("${text}"),
    }
}

/// Money in a sentence: whole dollars from $100 on, where cents would pretend.
pub fn usd_about(amount: Usd) -> String {
    if amount.get().abs() < 99.995 {
        return usd(amount);
    }
    let text = grouped(amount.get(), 0);
    match text.strip_prefix('-') {
        Some(rest) => format!("-${rest}"),
        None => format!("${text}"),
    }
}

/// Money that is estimated, to two significant digits: `$1,200`.
pub fn usd_estimated(amount: Usd) -> String {
    let size = amount.get().abs();
    if size < 10.0 {
        return usd(amount);
    }
    usd_about(Usd::of(to_two_digits(amount.get())))
}

/// How often something happens of all that might, in whole per cent: `0 %`, `<1 %`, `38 %`, `>99 %`, `100 %`.
pub fn chance(share: f64) -> String {
    let percent = (share * 100.0).round();
    let (sign, percent) = match percent {
        0.0 if share > 0.0 => ("<", 1.0),
        100.0 if share < 1.0 => (">", 99.0),
        _ => ("", percent),
    };
    [sign, &number(percent), " %"].concat()
}

/// A number that is only roughly known, to two significant digits.
pub fn to_two_digits(x: f64) -> f64 {
    if x == 0.0 {
        return 0.0;
    }
    let step = libm::pow(10.0, libm::floor(libm::log10(x.abs())) - 1.0);
    (x / step).round() * step
}

/// What to say of a text with a comma that is refused.
pub fn about_commas(text: &str) -> &'static str {
    if text.contains(',') {
        " A point begins the decimals; commas stand between thousands."
    } else {
        ""
    }
}

/// Why a typed text is not taken, and what would be.
pub fn refused(text: &str, allowed: &str) -> String {
    [
        "\u{201c}",
        text,
        "\u{201d} can't be used; allowed: ",
        allowed,
        ".",
        about_commas(text),
    ]
    .concat()
}

/// A unit price, to the digits that it was published with: `$0.000024`.
pub fn unit_price(usd: f64) -> String {
    let text = format!("{}", usd.abs());
    let sign = if usd < 0.0 { "-" } else { "" };
    // Whole cents at least: $0.50, not $0.5.
    let decimals = text.split_once('.').map_or(0, |(_, rest)| rest.len());
    match decimals {
        0 | 1 => format!("{sign}${:.2}", usd.abs()),
        _ => format!("{sign}${text}"),
    }
}

/// A short number for an axis: `0`, `150`, `2.5k`, `3M`.
pub fn short(x: f64) -> String {
    for (size, letter) in [(1e9, "B"), (1e6, "M"), (1e3, "k")] {
        if x.abs() >= size {
            return significant(x / size, 3) + letter;
        }
    }
    significant(x, 3)
}

/// A number in a sentence: `950,000`, `10 million`, `2.5 billion`.
pub fn spelled(x: f64) -> String {
    for (size, word) in [(1e9, " billion"), (1e6, " million")] {
        if x.abs() >= size {
            return significant(x / size, 3) + word;
        }
    }
    number(x)
}

/// A short amount for an axis: `$0`, `$150`, `$2.5k`, `$3M`.
pub fn usd_short(amount: f64) -> String {
    String::from("$") + &short(amount)
}

/// A text with its words in the places of its `{}`.
pub fn said(text: &'static str, words: &[Word]) -> String {
    let words = words.to_vec();
    sentence(&Sentence { text, words })
}

/// A promise of uptime, per cent: every nine counts.
pub fn uptime(percent: f64) -> String {
    ((percent * 1e4).round() / 1e4).to_string()
}

/// A sentence with its words in their places.
pub fn sentence(sentence: &Sentence) -> String {
    let mut words = sentence.words.iter();
    let mut out = String::new();
    for (n, part) in sentence.text.split("{}").enumerate() {
        if n > 0
            && let Some(word) = words.next()
        {
            out.push_str(&match word {
                Word::Number(x) => number(*x),
                Word::Uptime(percent) => uptime(*percent),
                Word::Count(x, one, many) => count(*x, one, many),
                Word::Money(amount) => usd_about(*amount),
                Word::Name(name) => (*name).to_owned(),
            });
        }
        out.push_str(part);
    }
    out
}

/// A text whose first letter is a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// `A, B and C`.
pub fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A number of things: `1 node`, `4 nodes`.
pub fn count(x: f64, one: &str, many: &str) -> String {
    let text = number(x);
    let name = if text == "1" { one } else { many };
    format!("{text} {name}")
}

/// What may stand in an input: `0, or 1,000 to 10,000,000,000 requests`.
pub fn allowed(range: &Range) -> String {
    use plimsoll_model::inputs::Below;
    let (from, zero) = match range.below {
        Below::Nothing => (range.min, ""),
        Below::Zero => (range.min, "0, or "),
        Below::DownToZero => (0.0, ""),
    };
    let whole = if range.whole { "whole numbers, " } else { "" };
    format!(
        "{whole}{zero}{} to {} {}",
        number(from),
        number(range.max),
        range.unit
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_rare_is_not_never_and_what_is_likely_not_sure() {
        for (share, text) in [
            (0.0, "0 %"),
            (0.000_5, "<1 %"),
            (0.004_9, "<1 %"),
            (0.005, "1 %"),
            (0.375, "38 %"),
            (0.994, "99 %"),
            (0.999_5, ">99 %"),
            (1.0, "100 %"),
        ] {
            assert_eq!(chance(share), text, "{share}");
        }
    }

    #[test]
    fn two_numbers_share_a_unit_or_each_has_its_own() {
        let cases = [
            ("5..9", "", Some((5.0, 9.0))),
            ("50ms..90ms", "ms", Some((50.0, 90.0))),
            ("50..90ms", "ms", Some((50.0, 90.0))),
            ("0.5s .. 2min", "ms", Some((500.0, 120_000.0))),
            ("500ms..2s", "ms", Some((500.0, 2_000.0))),
            ("1M..3M", "requests", Some((1e6, 3e6))),
            ("1..3M", "requests", Some((1e6, 3e6))),
            ("1..3e6", "requests", Some((1.0, 3e6))),
            ("1e6..3e6", "requests", Some((1e6, 3e6))),
            ("1,000..2,000", "requests", Some((1e3, 2e3))),
            ("$80..$120", "USD per hour", Some((80.0, 120.0))),
            ("30..70%", "", Some((0.3, 0.7))),
            (".5...9", "", Some((0.5, 0.9))),
            // Which is the smaller is the input's question.
            ("9..5", "", Some((9.0, 5.0))),
            ("5", "", None),
            ("5.9", "", None),
            ("..9", "", None),
            ("5..", "", None),
            ("5..9..12", "", None),
            ("5x..9", "", None),
            ("5..nine", "", None),
        ];
        for (text, unit, expected) in cases {
            assert_eq!(parse_ends(text, unit), expected, "{text}");
        }
        let cases = [
            ("http.latency_ms", 1_500.0, 2_500.25, "1,500..2,500.25"),
            ("http.latency_ms", 5.0, 5.0, "5..5"),
            ("http.requests_per_month", 1e6, 5e7, "1M..50M"),
            (
                "http.requests_per_month",
                12_345.0,
                1.234_5e9,
                "12,345..1,234,500,000",
            ),
            ("needs.long_request_s", 90.0, 20_000.0, "90..20,000"),
            ("needs.long_request_s", 1_500.0, 20_000.0, "1.5k..20k"),
        ];
        for (path, low, high, text) in cases {
            let field = plimsoll_model::inputs::Field::by_path(path);
            let between = Between::new(field, low, high).expect("a range");
            assert_eq!(editable_ends(&between), text);
        }
        // Whatever its unit, a range that is shown is the one that is read.
        for field in plimsoll_model::inputs::fields::all() {
            let Some(range) = field.range() else { continue };
            for low in [range.min, range.max / 2.0, range.max] {
                let low = range.clamp(low);
                let between = Between::new(field, low, range.max).expect("a range");
                let text = editable_ends(&between);
                let read = parse_ends(&text, range.unit);
                assert_eq!(read, Some((low, range.max)), "{field:?}: {text}");
            }
        }
    }

    #[test]
    fn numbers_keep_four_digits_and_no_needless_zeros() {
        let cases = [
            (0.0, "0"),
            (3_600.0, "3,600"),
            (1e10, "10,000,000,000"),
            (0.25, "0.25"),
            (12.345_6, "12.35"),
            (999.96, "1,000"),
            (-1_234.5, "-1,234"),
            (0.000_024, "0.000024"),
            (4e-7, "4.00e-7"),
        ];
        for (x, text) in cases {
            assert_eq!(number(x), text);
        }
    }

    #[test]
    fn what_is_shown_for_editing_is_read_back() {
        for x in [0.0, 0.08, 1.0, 1_234.5, 1e7, 1e10, 115_200_000.0, 0.1 + 0.2] {
            assert_eq!(parse_number(&editable(x)), Some(x));
        }
        for text in ["", "abc", "inf", "NaN", "1e999", "1.2.3", "--1"] {
            assert_eq!(parse_number(text), None, "{text}");
        }
        assert_eq!(parse_number(" 1 000 000 "), Some(1e6));
    }

    #[test]
    fn a_comma_separates_thousands_or_is_refused() {
        for (text, x) in [
            ("1,000,000", 1e6),
            ("12,345.5", 12_345.5),
            ("-1,500", -1_500.0),
            ("10,00,000", 1e6),
            ("1,500e3", 1.5e6),
        ] {
            assert_eq!(parse_number(text), Some(x), "{text}");
        }
        for text in [
            "0,5",
            "0,0356",
            "1,5",
            "0,500",
            "1,5M",
            "1.500,25",
            "1 000,000",
            ",5",
            "5,",
        ] {
            assert_eq!(parse_number(text), None, "{text}");
            assert_eq!(parse_quantity(text, "requests"), None, "{text}");
        }
        assert_eq!(parse_quantity("1,500k", "requests"), Some(1.5e6));
        assert!(refused("0,5", "1 to 8").contains("A point begins the decimals"));
    }

    #[test]
    fn numbers_may_have_a_letter_and_a_unit() {
        let cases = [
            ("3M", "requests", 3e6),
            ("3m", "requests", 3e6),
            (
                "1.5k/s",
                "requests",
                1_500.0 * plimsoll_model::units::SECONDS_PER_MONTH,
            ),
            ("2 / day", "requests", 61.0),
            ("1e6 requests", "requests", 1e6),
            ("1E+6", "requests", 1e6),
            ("2B", "requests", 2e9),
            ("250ms", "ms", 250.0),
            ("0.25 s", "ms", 250.0),
            ("2 min", "s", 120.0),
            ("90 s", "minutes", 1.5),
            ("250m", "vCPU", 0.25),
            ("512MiB", "GiB", 0.5),
            ("1 MB", "kB", 1_000.0),
            ("70%", "", 0.7),
            ("12 %", "%", 12.0),
            ("$106", "USD per hour", 106.0),
            ("106 USD per hour", "USD per hour", 106.0),
        ];
        for (text, unit, x) in cases {
            assert_eq!(parse_quantity(text, unit), Some(x), "{text}");
        }
        for (text, unit) in [
            ("3 apples", "requests"),
            ("M", "requests"),
            ("250ms", "requests"),
            ("5%", "ms"),
            ("1e", "ms"),
            ("", "ms"),
            ("k/s", "requests"),
            ("1kk", "requests"),
            ("1e400", "requests"),
            ("\u{20ac}5", "USD per hour"),
        ] {
            assert_eq!(parse_quantity(text, unit), None, "{text}");
        }
    }

    #[test]
    fn money_has_cents_and_no_negative_nothing() {
        assert_eq!(usd(Usd::of(1_234.567)), "$1,234.57");
        assert_eq!(usd(Usd::of(-3.0)), "-$3.00");
        assert_eq!(usd(Usd::of(-0.001)), "$0.00");
        assert_eq!(unit_price(0.000_024), "$0.000024");
        assert_eq!(unit_price(-0.5), "-$0.50");
        assert_eq!(usd_short(2_500.0), "$2.5k");
        assert_eq!(usd_short(35_161.92), "$35.2k");
        assert_eq!(usd_short(999.92), "$1,000");
        assert_eq!(short(10_000.0), "10k");
        assert_eq!(short(12_345_678.0), "12.3M");
    }

    #[test]
    fn words_go_to_their_places() {
        let text = Sentence::new("{} takes {} s.", [Word::Name("It"), Word::Number(3_600.0)]);
        assert_eq!(sentence(&text), "It takes 3,600 s.");
    }
}
