//! Lines of comma-separated values (RFC 4180), as spreadsheets write them.
//!
//! The well-kept crate for this adds 6 kB to the 150 that a visitor downloads; what a price book needs of it is this
//! file: quotes, doubled quotes, line breaks inside quotes, either line ending, a byte-order mark.

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
    let mut lines = Vec::new();
    let mut reader = Reader {
        number: 1,
        cell: String::new(),
        cells: Vec::new(),
    };
    let mut first_of_line = 1;
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        reader.number += u64::from(c == '\n');
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                reader.cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if reader.cell.trim().is_empty() => quoted = true,
            ',' if !quoted => reader.end_cell(),
            '\n' if !quoted => {
                reader.end_line(first_of_line, &mut lines);
                first_of_line = reader.number;
            }
            _ => reader.cell.push(c),
        }
    }
    reader.end_line(first_of_line, &mut lines);
    lines
}

struct Reader {
    number: u64,
    cell: String,
    cells: Vec<String>,
}

impl Reader {
    fn end_cell(&mut self) {
        self.cells.push(self.cell.trim().to_owned());
        self.cell.clear();
    }

    fn end_line(&mut self, number: u64, lines: &mut Vec<Line>) {
        self.end_cell();
        let cells = std::mem::take(&mut self.cells);
        if cells.iter().any(|cell| !cell.is_empty()) {
            lines.push(Line { number, cells });
        }
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
    }

    #[test]
    fn what_is_written_is_read_back() {
        for text in ["plain", "a,b", "say \"so\"", "two\nlines", "5\" disk", ""] {
            let read = lines(&format!("{},end", cell(text)));
            assert_eq!(read[0].cells, [text, "end"], "{text}");
        }
    }
}
