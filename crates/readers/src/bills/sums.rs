//! Sums of rows that are alike: to the cent, however many rows there are.

use std::collections::HashMap;

/// What stands between the parts of a key: below every other character, and so keys are in the order of their parts.
pub(super) const SPLIT: char = '\u{1f}';
/// Parts of a key, in this order: month, vendor, service, usage, region, charge, group, unit, currency.
pub(super) const PARTS: usize = 9;
/// The most kinds of rows that are told apart; beyond them, rows of one service are.
const MOST: usize = 50_000;
/// Beyond these, not even services.
const MOST_SERVICES: usize = 55_000;
/// The most bytes of all keys.
const MOST_BYTES: usize = 16 << 20;
/// What stands in place of the usage of rows beyond the most kinds.
pub(super) const FURTHER: &str = "(further kinds)";

/// A sum that keeps what a float rounds off.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    sum: f64,
    rest: f64,
}

impl Sum {
    pub(super) fn add(&mut self, x: f64) {
        let sum = self.sum + x;
        self.rest += if self.sum.abs() >= x.abs() {
            (self.sum - sum) + x
        } else {
            (x - sum) + self.sum
        };
        self.sum = sum;
    }

    pub(super) fn get(self) -> f64 {
        self.sum + self.rest
    }

    fn join(&mut self, other: Self, times: f64) {
        self.add(other.sum * times);
        self.add(other.rest * times);
    }
}

/// What rows that are alike come to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Amounts {
    pub(super) billed: Sum,
    pub(super) effective: Sum,
    pub(super) quantity: Sum,
    pub(super) rows: u64,
}

impl Amounts {
    /// Adds others, whose money is worth so much.
    pub(super) fn join(&mut self, other: &Self, rate: f64) {
        self.billed.join(other.billed, rate);
        self.effective.join(other.effective, rate);
        self.quantity.join(other.quantity, 1.0);
        self.rows += other.rows;
    }
}

/// Rows by what they are.
#[derive(Debug, Default)]
pub(super) struct Sums {
    items: HashMap<String, Amounts>,
    bytes: usize,
}

impl Sums {
    /// The amounts of a key. Nothing is allocated for one that is there.
    pub(super) fn of(&mut self, key: &str) -> &mut Amounts {
        if !self.items.contains_key(key) {
            let count = self.items.len();
            if count < MOST && self.bytes + key.len() <= MOST_BYTES {
                self.bytes += key.len();
                return self.items.entry(key.to_owned()).or_default();
            }
            let further = further(key, count >= MOST_SERVICES);
            return self.items.entry(further).or_default();
        }
        self.items.entry(key.to_owned()).or_default()
    }

    /// All of them, in the order of their keys.
    pub(super) fn sorted(self) -> Vec<(String, Amounts)> {
        let mut items: Vec<(String, Amounts)> = self.items.into_iter().collect();
        items.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        items
    }
}

/// The parts of a key.
pub(super) fn parts(key: &str) -> [&str; PARTS] {
    let mut all = key.split(SPLIT);
    std::array::from_fn(|_| all.next().unwrap_or_default())
}

/// The key of rows of a service that are told apart no further.
fn further(key: &str, is_any_service: bool) -> String {
    let [month, vendor, service, _, _, charge, group, _, currency] = parts(key);
    let (service, group) = if is_any_service {
        (FURTHER, "")
    } else {
        (service, group)
    };
    [
        month, vendor, service, FURTHER, "", charge, group, "", currency,
    ]
    .join("\u{1f}")
}

/// Writes a part of a key behind others.
pub(super) fn put(key: &mut String, part: &str) {
    /// Bytes of a part that tell it apart.
    const LONGEST: usize = 240;
    let mut end = part.len().min(LONGEST);
    while !part.is_char_boundary(end) {
        end -= 1;
    }
    let part = &part[..end];
    if part.contains(SPLIT) {
        key.extend(part.chars().filter(|c| *c != SPLIT));
    } else {
        key.push_str(part);
    }
    key.push(SPLIT);
}
