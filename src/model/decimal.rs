//! Decimal numbers as text, to the nearest float.
//!
//! The standard library reads them with a table of 10 kB that does not compress, for speed that nobody here needs: it was
//! a fifteenth of what a visitor downloaded. This is exact in every case, too.

/// Digits that decide how a number rounds; of those behind, only whether one is not zero.
const DIGITS: usize = 800;

/// A number such as `-12`, `0.5`, `.5`, `1e6`; `None` for any other text, words such as `inf` among them. A number too
/// large for a float is infinite.
pub fn parse(text: &str) -> Option<f64> {
    let (negative, text) = match text.as_bytes() {
        [sign @ (b'-' | b'+'), rest @ ..] => (*sign == b'-', rest),
        text => (false, text),
    };
    let mut digits = Digits {
        digits: Vec::new(),
        point: 0,
    };
    let (mut any, mut behind_point) = (false, false);
    let mut rest = text;
    while let [byte, behind @ ..] = rest {
        match byte {
            b'0'..=b'9' => {
                any = true;
                digits.push(byte - b'0', behind_point);
            }
            b'.' if !behind_point => behind_point = true,
            _ => break,
        }
        rest = behind;
    }
    if let [b'e' | b'E', power @ ..] = rest {
        digits.point += exponent(power)?;
        rest = &[];
    }
    if !any || !rest.is_empty() {
        return None;
    }
    let size = digits.nearest();
    Some(if negative { -size } else { size })
}

/// A whole number with a sign or without, as far as it matters.
fn exponent(text: &[u8]) -> Option<i32> {
    let (negative, digits) = match text {
        [sign @ (b'-' | b'+'), rest @ ..] => (*sign == b'-', rest),
        text => (false, text),
    };
    if digits.is_empty() {
        return None;
    }
    let mut size = 0;
    for digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        size = (size * 10 + i32::from(digit - b'0')).min(1_000_000);
    }
    Some(if negative { -size } else { size })
}

/// `0.d₁d₂d₃… × 10^point`, where the first digit is not zero.
struct Digits {
    digits: Vec<u8>,
    point: i32,
}

impl Digits {
    fn push(&mut self, digit: u8, behind_point: bool) {
        if self.digits.is_empty() && digit == 0 {
            self.point -= i32::from(behind_point);
            return;
        }
        self.point += i32::from(!behind_point);
        if self.digits.len() < DIGITS {
            self.digits.push(digit);
        } else if digit != 0 {
            self.digits[DIGITS - 1] |= 1;
        }
    }

    fn nearest(mut self) -> f64 {
        if self.digits.is_empty() || self.point < -330 {
            return 0.0;
        }
        if self.point > 310 {
            return f64::INFINITY;
        }
        // Nearly every number that people write: a whole number times or through a power of ten, both of them exact.
        let power = self.point - i32::from(self.digits.len() as u16);
        if self.digits.len() <= 15 && power.abs() <= 22 {
            let whole = self.whole(self.digits.len()) as f64;
            let ten = (0..power.abs()).fold(1.0, |ten, _| ten * 10.0);
            return if power < 0 { whole / ten } else { whole * ten };
        }
        // Any other is halved or doubled until its whole part has the 53 bits of a float, or as many as the smallest have.
        let mut halvings = 0;
        while self.point > 16 || self.whole_part() >= 1 << 53 {
            self.halve();
            halvings += 1;
        }
        while halvings > -1_074 && self.whole_part() < 1 << 52 {
            self.double();
            halvings -= 1;
        }
        let whole = self.whole_part();
        let at = usize::try_from(self.point).ok();
        let rest = at.and_then(|at| self.digits.get(at..)).unwrap_or_default();
        let up = match rest {
            [5] => whole % 2 == 1,
            [first, ..] => *first >= 5,
            [] => false,
        };
        libm::scalbn((whole + u64::from(up)) as f64, halvings)
    }

    /// The first digits as a whole number.
    fn whole(&self, count: usize) -> u64 {
        (0..count).fold(0, |whole, n| {
            whole * 10 + u64::from(self.digits.get(n).copied().unwrap_or(0))
        })
    }

    /// What stands before the point, 16 digits at most.
    fn whole_part(&self) -> u64 {
        self.whole(usize::try_from(self.point).unwrap_or(0))
    }

    fn halve(&mut self) {
        let mut carry = 0;
        for digit in &mut self.digits {
            let here = *digit + 10 * carry;
            *digit = here / 2;
            carry = here % 2;
        }
        if carry == 1 {
            self.digits.push(5);
        }
        if self.digits[0] == 0 {
            self.digits.remove(0);
            self.point -= 1;
        }
    }

    fn double(&mut self) {
        let mut carry = 0;
        for digit in self.digits.iter_mut().rev() {
            let here = *digit * 2 + carry;
            *digit = here % 10;
            carry = here / 10;
        }
        if carry == 1 {
            self.digits.insert(0, 1);
            self.point += 1;
        }
        if self.digits.last() == Some(&0) {
            self.digits.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn other_texts_are_no_numbers() {
        for text in [
            "", "-", ".", "e5", "1e", "1e+", "1.2.3", "--1", "+-1", "inf", "NaN", "0x1", "1_0",
            " 1", "1 ", "1e5.0",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn hard_numbers_round_as_in_the_standard_library() {
        let mut cases: Vec<String> = [
            "0",
            "-0",
            "0e999999999",
            "5.",
            ".5",
            "1e22",
            "1e23",
            "9007199254740993",
            "9007199254740992.5",
            "9007199254740993.000000000000000000000000001",
            "1.7976931348623157e308",
            "1.7976931348623159e308",
            "1e309",
            "4.9406564584124654e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "1e-400",
            "1e99999999999",
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "0.000001",
            "123456789012345678901234567890",
        ]
        .map(String::from)
        .to_vec();
        // Halfway between two floats, to the last of 767 digits, and a little beside it.
        let half = format!("{:.1100}", f64::MIN_POSITIVE * (1.0 + f64::EPSILON));
        for end in ["", "0000001"] {
            cases.push(format!("{half}{end}"));
            cases.push(format!("{}5{}{end}", "9".repeat(40), "0".repeat(900)));
        }
        for text in cases {
            assert_eq!(parse(&text), text.parse().ok(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_float_comes_back(bits in any::<u64>()) {
            let x = f64::from_bits(bits);
            prop_assume!(x.is_finite());
            prop_assert_eq!(parse(&format!("{x:e}")), Some(x));
            prop_assert_eq!(parse(&x.to_string()), Some(x));
        }

        #[test]
        fn decimals_are_read_as_in_the_standard_library(text in "-?[0-9]{0,30}\\.?[0-9]{0,30}(e-?[0-9]{1,3})?") {
            prop_assert_eq!(parse(&text), text.parse().ok());
        }
    }
}
