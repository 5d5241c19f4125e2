//! What scenarios need of JSON beyond serde_json: one order of keys, and numbers as people write them.

use serde::Serialize;
use serde_json::{
    Number, Value,
    ser::{Formatter, Serializer},
};
use std::io;

/// Reads a text that is one value. The message says what is wrong and where.
pub(super) fn read(text: &str) -> Result<Value, String> {
    let mut value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    // Another crate of the same build may have turned on serde_json's `preserve_order`.
    value.sort_all_objects();
    Ok(value)
}

/// A number in the shortest way that gives the same number when it is read: `100`, where serde_json has `100.0`. `null`
/// for one that JSON does not have.
pub(crate) fn number(x: f64) -> Value {
    let number: Result<Number, _> = x.to_string().parse();
    number.map_or(Value::Null, Value::Number)
}

/// A value as it stands in a text: serde_json reads `1e999` and writes `1e+999`.
pub(super) fn quoted(value: &Value) -> String {
    let mut text = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut text, WithoutPlus);
    if value.serialize(&mut serializer).is_err() {
        return value.to_string();
    }
    String::from_utf8_lossy(&text).into_owned()
}

struct WithoutPlus;

impl Formatter for WithoutPlus {
    fn write_number_str<W: io::Write + ?Sized>(
        &mut self,
        out: &mut W,
        digits: &str,
    ) -> io::Result<()> {
        out.write_all(digits.replace('+', "").as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_mistake_has_its_place() {
        let place = "expected value at line 2 column 8";
        assert_eq!(read("{\n  \"a\": x}"), Err(place.into()));
    }

    #[test]
    fn lists_and_objects_stand_in_one_another_127_deep() {
        let deep = |n: usize| "[".repeat(n) + &"]".repeat(n);
        assert!(read(&deep(127)).is_ok());
        let why = read(&deep(128)).expect_err("too deep");
        assert!(why.starts_with("recursion limit exceeded"), "{why}");
    }

    #[test]
    fn keys_are_in_order_and_the_last_of_equal_ones_holds() {
        let value = read(r#"{"b":1,"a":{"d":[],"c":{}},"b":2}"#).expect("JSON");
        assert_eq!(value.to_string(), r#"{"a":{"c":{},"d":[]},"b":2}"#);
    }

    #[test]
    fn numbers_are_floats_or_whole() {
        let number = |text: &str| read(text).expect("a number");
        assert_eq!(number("1e400").as_f64(), None);
        assert_eq!(number("0.1").as_f64(), Some(0.1));
        assert_eq!(number("7").as_u64(), Some(7));
        assert_eq!(number("7.0").as_u64(), None);
    }

    #[test]
    fn numbers_are_written_without_what_says_nothing() {
        for (x, text) in [
            (100.0, "100"),
            (0.25, "0.25"),
            (-0.0, "-0"),
            (1e21, "1000000000000000000000"),
            (1e-7, "0.0000001"),
            (f64::NAN, "null"),
            (f64::INFINITY, "null"),
        ] {
            assert_eq!(number(x).to_string(), text);
        }
    }

    #[test]
    fn a_number_is_quoted_without_a_plus_and_a_text_as_it_is() {
        let value = read(r#"[1e999, "1e+5", -2E-3]"#).expect("JSON");
        assert_eq!(quoted(&value), r#"[1e999,"1e+5",-2e-3]"#);
    }

    proptest! {
        #[test]
        fn every_number_comes_back(bits in any::<u64>()) {
            let x = f64::from_bits(bits);
            let written = number(x);
            prop_assert_eq!(written.as_f64(), x.is_finite().then_some(x));
            prop_assert_eq!(read(&written.to_string()), Ok(written));
        }
    }
}
