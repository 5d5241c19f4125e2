//! Percent-encoding of what stands in an address (RFC 3986).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Everything but the characters that never need an escape.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A text as it may stand anywhere in an address.
pub fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A text without its escapes, and whether it was sound: an escape that is none stays, and what is no UTF-8 stays as it was.
pub fn decoded(text: &str) -> (String, bool) {
    let bytes = text.as_bytes();
    let is_digit = |place: usize| bytes.get(place).is_some_and(u8::is_ascii_hexdigit);
    let all = (0..bytes.len()).filter(|place| bytes[*place] == b'%');
    let sound = all
        .into_iter()
        .all(|place| is_digit(place + 1) && is_digit(place + 2));
    match percent_decode_str(text).decode_utf8() {
        Ok(decoded) => (decoded.into_owned(), sound),
        Err(_) => (text.to_owned(), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_decoded() {
        let text: String = (0..0x300).filter_map(char::from_u32).collect();
        assert_eq!(decoded(&encoded(&text)), (text, true));
        assert_eq!(encoded("a-b_c.d~e f/\u{e9}"), "a-b_c.d~e%20f%2F%C3%A9");
    }

    #[test]
    fn what_is_no_escape_stays() {
        assert_eq!(decoded("100%"), ("100%".to_owned(), false));
        assert_eq!(decoded("%zz%41"), ("%zzA".to_owned(), false));
        assert_eq!(decoded("%ff%41"), ("%ff%41".to_owned(), false));
        assert_eq!(decoded("%2c"), (",".to_owned(), true));
    }
}
