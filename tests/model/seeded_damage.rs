//! Random scenarios and random damage to texts, the same on every run.

use plimsoll_formats::scenario::link::whole_loads;
use plimsoll_model::{
    inputs::{Between, Environment, Inputs, Kind, Range, Scale, fields},
    prices::{MeterId, OwnPrice, REGION_GROUPS},
    traffic,
};

/// Random numbers from a seed (SplitMix64).
pub(crate) struct Dice(pub(crate) u64);

/// What names of environments are made of: whatever a text of JSON or a link could stumble over.
const LETTERS: &[char] = &[
    'a',
    'z',
    'Q',
    '7',
    ' ',
    '.',
    '-',
    '_',
    '~',
    '/',
    ':',
    ',',
    '&',
    '=',
    '#',
    '%',
    '+',
    '?',
    '"',
    '\\',
    '\'',
    '{',
    ']',
    '<',
    'é',
    'ß',
    '準',
    '\u{a0}',
    '\u{301}',
    '\u{200d}',
    '\u{feff}',
    '\u{1f600}',
];

impl Dice {
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.bits() % n.max(1) as u64) as usize
    }

    pub(crate) fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// From 0 to 1.
    pub(crate) fn share(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number of a range: an end of it, one with all its digits, or one as people type it.
    fn number(&mut self, range: &Range) -> f64 {
        let share = self.share();
        let x = match range.scale {
            Scale::Linear => range.min + share * (range.max - range.min),
            Scale::Log => range.min * (range.max / range.min).powf(share),
        };
        range.clamp(match self.below(8) {
            0 => 0.0,
            1 => range.max,
            2 => range.min,
            3..=5 => format!("{x:.2e}").parse().unwrap(),
            _ => x,
        })
    }

    fn environment(&mut self) -> Environment {
        let most = [60, 12, 12, 12][self.below(4)];
        let length = 1 + self.below(most);
        Environment {
            name: (0..length)
                .map(|_| LETTERS[self.below(LETTERS.len())])
                .collect(),
            hours_per_week: self.number(&fields::ENVIRONMENT_HOURS),
            replicas: self.number(&fields::ENVIRONMENT_REPLICAS) as u32,
        }
    }

    fn price(&mut self) -> OwnPrice {
        let meter = MeterId::all()
            .nth(self.below(MeterId::all().count()))
            .unwrap();
        let (_, region) = REGION_GROUPS[self.below(REGION_GROUPS.len())];
        let value = self.share() / [1.0, 1e3, 1e6, 1e9][self.below(4)];
        OwnPrice {
            meter,
            region,
            value: if self.below(2) == 0 {
                value
            } else {
                format!("{value:.2e}").parse().unwrap()
            },
        }
    }

    /// Loads of a week: counts, or with all their digits.
    pub(crate) fn loads(&mut self) -> Vec<f64> {
        let size = [1e-300, 1.0, 1e9, 1e300][self.below(4)];
        let whole = self.below(2) == 0;
        let loads = (0..traffic::HOURS).map(|_| {
            if whole {
                self.below(3_844) as f64
            } else {
                self.share() * size
            }
        });
        loads.collect()
    }

    /// Legal inputs of which one field in so many is not the default.
    pub(crate) fn inputs(&mut self, one_in: usize) -> Inputs {
        let mut inputs = Inputs::default();
        for field in fields::all() {
            if self.below(one_in) > 0 {
                continue;
            }
            match field.kind {
                Kind::Number { range, set, .. } => set(&mut inputs, self.number(&range)),
                Kind::Optional { range, set, .. } => {
                    let number = (self.below(2) > 0).then(|| self.number(&range));
                    set(&mut inputs, number);
                }
                Kind::Flag { set, .. } => set(&mut inputs, self.below(2) > 0),
                Kind::Choice { options, set, .. } => set(&mut inputs, self.below(options.len())),
                Kind::Set { options, set, .. } => {
                    set(&mut inputs, 1 + self.below((1 << options.len()) - 1) as u32);
                }
            }
        }
        for _ in 0..self.below(8).saturating_sub(4) {
            inputs.environments.push(self.environment());
        }
        for _ in 0..self.below(8).saturating_sub(4) {
            self.price().put(&mut inputs.prices);
        }
        if self.below(3) == 0 {
            inputs.traffic.grid = whole_loads(&self.loads());
        }
        for field in fields::all() {
            if let Some(range) = field.range()
                && self.below(25 * one_in) == 0
            {
                let (one, other) = (self.number(range), self.number(range));
                let between = Between::new(field, one.min(other), one.max(other));
                inputs.set_between(between.unwrap());
            }
        }
        inputs.clamp_dependents();
        inputs
    }

    /// A text with some damage.
    pub(crate) fn damaged(&mut self, text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..[1, 1, 2, 4][self.below(4)] {
            self.damage(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn damage(&mut self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let at = self.below(bytes.len());
        match self.below(12) {
            // A digit becomes another: often a text that is right.
            9..12 => {
                if let Some(digit) = bytes[at..].iter_mut().find(|byte| byte.is_ascii_digit()) {
                    *digit = b'0' + self.below(10) as u8;
                }
            }
            0 => bytes.truncate(at),
            1 => bytes[at] ^= 1 << self.below(8),
            2 => drop(bytes.remove(at)),
            3 => bytes.insert(at, self.bits() as u8),
            4 => bytes.insert(at, b"&=%:,.-+e9#\"[]{}\n;'"[self.below(19)]),
            5 => {
                let digits = "7".repeat(400);
                let numbers = [
                    "1e308", "1e999", "-1e308", &digits, "-1", "1e-400", "NaN", "Infinity", "0x10",
                    "00", "0.5", "", "4,5",
                ];
                self.replace(
                    bytes,
                    at,
                    |byte| b"0123456789.eE+-".contains(&byte),
                    &numbers,
                );
            }
            6 => {
                let values = [
                    "\"text\"",
                    "null",
                    "true",
                    "[]",
                    "{}",
                    "3",
                    "[1]",
                    "{\"a\":1}",
                    "\"\\u202e\"",
                ];
                self.replace(bytes, at, |byte| !b",:&=\n[]{}".contains(&byte), &values);
            }
            7 => {
                let depth = [3, 100, 126, 127, 128, 5_000][self.below(6)];
                let (open, close) = [("[", "]"), ("{\"a\":", "}")][self.below(2)];
                let inner = ["", "1"][self.below(2)];
                let closed = if self.below(4) == 0 { 0 } else { depth };
                let nest = open.repeat(depth) + inner + &close.repeat(closed);
                self.replace(bytes, at, |byte| !b",:&=\n[]{}".contains(&byte), &[&nest]);
            }
            _ => self.double(bytes, at),
        }
    }

    /// Puts one of some texts in place of the bytes of a kind around a place.
    fn replace(
        &mut self,
        bytes: &mut Vec<u8>,
        at: usize,
        is_part: impl Fn(u8) -> bool,
        with: &[&str],
    ) {
        // From the next of its kind, so that it is seldom in vain.
        let Some(within) = bytes[at..].iter().position(|byte| is_part(*byte)) else {
            return;
        };
        let at = at + within;
        let begin = bytes[..at]
            .iter()
            .rposition(|byte| !is_part(*byte))
            .map_or(0, |place| place + 1);
        let end = bytes[at..]
            .iter()
            .position(|byte| !is_part(*byte))
            .map_or(bytes.len(), |length| at + length);
        bytes.splice(begin..end, self.one(with).bytes());
    }

    /// Writes what stands between two separators a second time.
    fn double(&mut self, bytes: &mut Vec<u8>, at: usize) {
        let separators = [b",".as_slice(), b"&", b"\n", b":"];
        let is_end = |byte: &u8| separators.iter().any(|end| end.contains(byte));
        let begin = bytes[..at]
            .iter()
            .rposition(is_end)
            .map_or(0, |place| place + 1);
        let Some(end) = bytes[at..].iter().position(is_end) else {
            return;
        };
        let part = bytes[begin..=at + end].to_vec();
        // Beside itself, or beside another.
        let place = if self.below(2) == 0 {
            begin
        } else {
            let from = self.below(bytes.len());
            bytes[..from]
                .iter()
                .rposition(is_end)
                .map_or(0, |place| place + 1)
        };
        bytes.splice(place..place, part);
    }
}
