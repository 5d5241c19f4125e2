//! The bundled book without pages and notes, half of its bytes, which the first answer does without. Made of the whole one by the
//! compiler, so that there is one table of prices.

const WHOLE: &[u8] = include_bytes!("book.csv");
/// The places of the columns that are left empty: `page` and `note`.
const LEFT_OUT: [usize; 2] = [5, 8];

/// The book as a text.
pub(super) fn text() -> &'static str {
    str::from_utf8(&BRIEF).unwrap_or_default()
}

const LENGTH: usize = copied(&mut [0; WHOLE.len()]);

static BRIEF: [u8; LENGTH] = {
    let mut brief = [0; LENGTH];
    copied(&mut brief);
    brief
};

/// Copies what is not left out, and counts it.
#[allow(long_running_const_eval, reason = "a loop over every byte of the book")]
const fn copied(into: &mut [u8]) -> usize {
    let (mut count, mut column, mut quoted, mut at) = (0, 0, false, 0);
    while at < WHOLE.len() {
        let byte = WHOLE[at];
        at += 1;
        quoted ^= byte == b'"';
        let (comma, end) = (byte == b',' && !quoted, byte == b'\n' && !quoted);
        // The names of the columns stay.
        let header = count < HEADER;
        if comma || end || header || column != LEFT_OUT[0] && column != LEFT_OUT[1] {
            into[count] = byte;
            count += 1;
        }
        if end {
            column = 0;
        } else if comma {
            column += 1;
        }
    }
    count
}

/// How long the line with the names of the columns is.
const HEADER: usize = {
    let mut length = 0;
    while WHOLE[length] != b'\n' {
        length += 1;
    }
    length
};
