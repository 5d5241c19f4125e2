//! Quantities as Kubernetes writes them: `500m`, `1.5`, `512Mi`, `1e3`, `128974848`.
//!
//! Source: <https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/>.

use serde_json::Value;

const GIB: f64 = 1_073_741_824.0;

/// Suffixes of parts, and of how many there are in one: divided by, so that 100u is a ten-thousandth to the last digit.
const PARTS: [(&str, f64); 3] = [("n", 1e9), ("u", 1e6), ("m", 1e3)];

/// Suffixes and what they multiply by.
const SUFFIXES: [(&str, f64); 12] = [
    ("", 1.0),
    ("k", 1e3),
    ("M", 1e6),
    ("G", 1e9),
    ("T", 1e12),
    ("P", 1e15),
    ("E", 1e18),
    ("Ki", 1_024.0),
    ("Mi", 1_048_576.0),
    ("Gi", GIB),
    ("Ti", 1_024.0 * GIB),
    ("Pi", 1_048_576.0 * GIB),
];

/// A quantity in its own unit: cores, bytes. None where it is no quantity.
pub fn parse(text: &str) -> Option<f64> {
    let text = text.trim();
    let end = text
        .char_indices()
        .find(|(n, c)| {
            let exponent = ['e', 'E'].contains(c) && {
                let rest = text[n + 1..].trim_start_matches(['+', '-']);
                rest.starts_with(|c: char| c.is_ascii_digit())
            };
            !(c.is_ascii_digit() || ['.', '+', '-'].contains(c) || exponent)
        })
        .map_or(text.len(), |(n, _)| n);
    let (number, suffix) = text.split_at(end);
    let number: f64 = number.parse().ok()?;
    if suffix == "Ei" {
        return Some(number * 1_073_741_824.0 * GIB);
    }
    let of = |known: &[(&str, f64)]| {
        known
            .iter()
            .find(|(name, _)| *name == suffix)
            .map(|(_, x)| *x)
    };
    let x = match of(&PARTS) {
        Some(parts) => number / parts,
        None => number * of(&SUFFIXES)?,
    };
    (x.is_finite() && x >= 0.0).then_some(x)
}

/// A quantity of a document: a text or a number.
pub(crate) fn of(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) => parse(text),
        Value::Number(number) => parse(&number.to_string()),
        _ => None,
    }
}

/// Bytes in GiB.
pub(crate) fn gib(bytes: f64) -> f64 {
    bytes / GIB
}
