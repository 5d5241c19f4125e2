//! Lines of comma-separated values (RFC 4180), as spreadsheets write them.

use csv_core::{ReadFieldResult, Reader};

/// One line: where it begins in the file, and its cells, trimmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The number of its first line in the file, from 1.
    pub number: u64,
    /// Its cells.
    pub cells: Vec<String>,
}

/// Splits a text into lines of cells. Empty lines are left out.
pub fn lines(text: &str) -> Vec<Line> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut cursor = Cursor {
        reader: Reader::new(),
        rest: text.as_bytes(),
        number: 1,
        // No cell is longer than the text, and the reader wants room even where nothing comes.
        cell: vec![0; text.len() + 1],
    };
    std::iter::from_fn(|| cursor.line())
        .filter(|line| line.cells.iter().any(|cell| !cell.is_empty()))
        .collect()
}

struct Cursor<'a> {
    reader: Reader,
    rest: &'a [u8],
    /// The number of the line in the file where `rest` begins.
    number: u64,
    /// Where the reader writes a cell to.
    cell: Vec<u8>,
}

impl Cursor<'_> {
    fn line(&mut self) -> Option<Line> {
        // The reader would skip empty lines without telling how many.
        let is_break = |byte: &&u8| matches!(byte, b'\r' | b'\n');
        self.skip(self.rest.iter().take_while(is_break).count());
        let number = self.number;
        let mut cells = Vec::new();
        let mut length = 0;
        loop {
            let room = &mut self.cell[length..];
            let (result, read, written) = self.reader.read_field(self.rest, room);
            self.skip(read);
            length += written;
            match result {
                // At the end of the text; asked again without any, the reader ends the last cell.
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
                ReadFieldResult::Field { record_end } => {
                    let text = String::from_utf8_lossy(&self.cell[..length]);
                    cells.push(text.trim().to_owned());
                    length = 0;
                    if record_end {
                        return Some(Line { number, cells });
                    }
                }
                ReadFieldResult::End => return None,
            }
        }
    }

    /// Goes on by so many bytes, and counts their line breaks: `\n`, `\r\n` or `\r`.
    fn skip(&mut self, bytes: usize) {
        let breaks = (0..bytes).filter(|at| match self.rest[*at] {
            b'\n' => true,
            b'\r' => self.rest.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        self.number += breaks.count() as u64;
        self.rest = &self.rest[bytes..];
    }
}

/// A cell as it must be written so that it is read back: quoted where it has to be.
pub fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// What a spreadsheet takes for the beginning of a formula.
pub(super) const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// Whether a text begins a formula, behind any apostrophes.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

/// A text with an apostrophe before it if a spreadsheet would take it for a formula, or had to be told that it is none.
pub fn harmless(text: &str) -> String {
    let sign = if is_formula(text) { "'" } else { "" };
    [sign, text].concat()
}

/// The text that [`harmless`] made harmless.
pub fn as_meant(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(u64, Vec<String>)> {
        lines(text)
            .into_iter()
            .map(|line| (line.number, line.cells))
            .collect()
    }

    fn line(number: u64, cells: &[&str]) -> (u64, Vec<String>) {
        (
            number,
            cells.iter().map(|cell| (*cell).to_owned()).collect(),
        )
    }

    #[test]
    fn lines_and_cells_are_told_apart() {
        assert_eq!(
            cells("a,b\r\n1, 2 \n\n,x\n"),
            [
                line(1, &["a", "b"]),
                line(2, &["1", "2"]),
                line(4, &["", "x"])
            ]
        );
        assert_eq!(cells(""), []);
        assert_eq!(cells("\u{feff}a"), [line(1, &["a"])]);
        assert_eq!(
            cells("\u{feff}\r\n\r\na\r\n , \r\nb\rc,"),
            [line(3, &["a"]), line(5, &["b"]), line(6, &["c", ""])]
        );
    }

    #[test]
    fn quotes_hold_commas_quotes_and_line_breaks() {
        assert_eq!(
            cells("\"a,b\",\"say \"\"so\"\"\"\n\"two\nlines\",c\nd"),
            [
                line(1, &["a,b", "say \"so\""]),
                line(2, &["two\nlines", "c"]),
                line(4, &["d"]),
            ]
        );
        // A quote inside a bare cell is only a quote, and one that is never closed ends with the text.
        assert_eq!(cells("5\" disk,x"), [line(1, &["5\" disk", "x"])]);
        assert_eq!(cells("\"open,x"), [line(1, &["open,x"])]);
        assert_eq!(cells("a,\"open\n\nx\n"), [line(1, &["a", "open\n\nx"])]);
        // Text behind a closing quote belongs to the cell. A quote behind a space opens nothing.
        assert_eq!(cells("\"a\"b,c"), [line(1, &["ab", "c"])]);
        assert_eq!(cells("a, \"b,c\""), [line(1, &["a", "\"b", "c\""])]);
    }

    #[test]
    fn what_is_written_is_read_back() {
        for text in ["plain", "a,b", "say \"so\"", "two\nlines", "5\" disk", ""] {
            let read = lines(&format!("{},end", cell(text)));
            assert_eq!(read[0].cells, [text, "end"], "{text}");
        }
    }
}
