//! Texts of users as they may be shown: short, and without what is not seen.

/// The longest name that is kept, in characters.
pub(crate) const LONGEST_NAME: usize = 60;

/// So many characters of a text, without those that are not seen.
pub(super) fn seen(text: &str, most: usize) -> String {
    text.chars().filter(|c| !hidden(*c)).take(most).collect()
}

/// The beginning of a text, to be shown.
pub(crate) fn cut(text: &str) -> String {
    seen(text, 60)
}

/// Whether a character is not seen itself, but may change how others are.
pub(super) fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
