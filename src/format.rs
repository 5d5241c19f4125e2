//! How numbers are written: the only place that decides it.

use crate::model::{
    decimal,
    inputs::Range,
    sentence::{Sentence, Word},
    units::Usd,
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
        Some((whole, rest)) => format!("{}.{rest}", grouped(decimal::parse(whole).unwrap_or(x), 0)),
        None => grouped(x, 0),
    }
}

/// A number as people type it: `1,000,000`, `1e6`, `0.5`. Spaces and separators of thousands don't matter.
pub fn parse_number(text: &str) -> Option<f64> {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '_' | '\u{2009}'))
        .collect();
    // Words like "inf" and "nan" are numbers to Rust, not to people.
    if plain.is_empty()
        || plain
            .chars()
            .any(|c| !matches!(c, '0'..='9' | '.' | 'e' | 'E' | '+' | '-'))
    {
        return None;
    }
    decimal::parse(&plain).filter(|x| x.is_finite())
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
    let step = libm::pow(10.0, libm::floor(libm::log10(size)) - 1.0);
    usd_about(Usd::of((amount.get() / step).round() * step))
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

/// A short amount for an axis: `$0`, `$150`, `$2.5k`, `$3M`.
pub fn usd_short(amount: f64) -> String {
    String::from("$") + &short(amount)
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
                Word::Count(x, one, many) => count(*x, one, many),
                Word::Money(amount) => usd_about(*amount),
                Word::Name(name) => (*name).to_owned(),
            });
        }
        out.push_str(part);
    }
    out
}

/// A number of things: `1 node`, `4 nodes`.
pub fn count(x: f64, one: &str, many: &str) -> String {
    let text = number(x);
    let name = if text == "1" { one } else { many };
    format!("{text} {name}")
}

/// What may stand in an input: `0, or 1,000 to 10,000,000,000 requests`.
pub fn allowed(range: &Range) -> String {
    use crate::model::inputs::Below;
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
        assert_eq!(parse_number(" 1 000,000 "), Some(1e6));
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
