//! Reads files as their bytes arrive, and finds out what each of them is.

use super::{
    Choices, EVERYWHERE, File, Kind, LARGEST, Place, Reading,
    bills::{Bills, Export, unreadable},
    documents::{self, Document},
    traffic::{Source, Table, Zone},
    usage,
};
use plimsoll_formats::scenario::table;
use plimsoll_model::inputs::workloads::MOST_ROWS;

/// Bytes that decide what a file is: behind them a file of traffic is read as it arrives.
const HEAD: usize = 1 << 17;
/// What may stand in front of text in UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// Reads files that belong together, piece by piece.
#[derive(Default)]
pub struct Reader {
    reading: Reading,
    documents: Vec<Document>,
    /// What kubectl says of a cluster, with the names of its files: read behind the manifests.
    used: Vec<(String, String)>,
    names: Vec<String>,
    /// What vendors billed.
    bills: Bills,
    open: Option<Open>,
}

/// The file that is being read.
struct Open {
    at: Place,
    /// What has arrived, as long as it is not known to be a bill or a table of traffic.
    bytes: Vec<u8>,
    bill: Option<Export>,
    table: Option<Table>,
    /// Why it is no text.
    unreadable: Option<&'static str>,
    is_looked_at: bool,
    is_too_large: bool,
}

impl Reader {
    /// A reader that takes choices in place of what is usual, and knows how far this computer's clock is ahead of UTC, or not.
    pub fn new(choices: Choices, zone: Option<Zone>) -> Self {
        let reading = Reading {
            choices,
            zone,
            ..Reading::default()
        };
        Self {
            reading,
            ..Self::default()
        }
    }

    /// Begins the next file.
    pub fn open(&mut self, name: &str) {
        self.close();
        self.names.push(name.to_owned());
        self.open = Some(Open {
            at: (name.to_owned(), 1),
            bytes: Vec::new(),
            bill: None,
            table: None,
            unreadable: None,
            is_looked_at: false,
            is_too_large: false,
        });
    }

    /// Takes the next bytes of the file. Whether more of them are needed: behind a mistake they are not.
    pub fn push(&mut self, bytes: &[u8]) -> bool {
        let Some(open) = &mut self.open else {
            return false;
        };
        if let Some(bill) = &mut open.bill {
            return bill.push(bytes);
        }
        if let Some(table) = &mut open.table {
            table.push(bytes);
            return table.mistake.is_none();
        }
        if open.is_too_large || open.bytes.len() + bytes.len() > LARGEST {
            open.is_too_large = true;
            open.bytes = Vec::new();
            return false;
        }
        open.bytes.extend_from_slice(bytes);
        open.unreadable = unreadable(&open.bytes);
        if open.unreadable.is_some() {
            return false;
        }
        if open.bytes.len() >= HEAD && !open.is_looked_at {
            open.is_looked_at = true;
            open.look(false, &self.reading.choices);
        }
        true
    }

    /// The file can't be read to its end.
    pub fn fail(&mut self, why: &str) {
        if let Some(open) = self.open.take() {
            self.reading.tell(Kind::Wrong, &open.at, why);
        }
    }

    /// The file has ended.
    pub fn close(&mut self) {
        let Some(mut open) = self.open.take() else {
            return;
        };
        if let Some(text) = open.unreadable {
            return self.reading.tell(Kind::Wrong, &open.at, text);
        }
        if !open.is_too_large && !open.is_looked_at {
            open.look(true, &self.reading.choices);
        }
        let (at, reading) = (&open.at, &mut self.reading);
        if let Some(mut bill) = open.bill {
            bill.end();
            return self.bills.take(bill, at, reading);
        }
        if let Some(mut table) = open.table {
            table.end();
            if let Some(mistake) = table.mistake.take() {
                let at = (at.0.clone(), mistake.line as usize);
                reading.tell(Kind::Wrong, &at, mistake.text);
                Source::of(table, &(at.0, 1)).tell_notation(reading);
                return;
            }
            let traffic = Source::of(table, at).traffic(reading);
            reading.traffic.extend(traffic);
            return;
        }
        if open.is_too_large {
            let text = "larger than 64 MiB; allowed: files up to that size, and of traffic any, with a time and a number in \
                        each row";
            return reading.tell(Kind::Wrong, at, text);
        }
        let text = String::from_utf8_lossy(&open.bytes);
        let text = text.trim_start_matches('\u{feff}');
        let file = File { name: &at.0, text };
        if text.trim().is_empty() {
            let text = "empty; allowed: manifests, task definitions, files of traffic, or rows with a header";
            reading.tell(Kind::Wrong, at, text);
        } else if usage::knows(text) {
            self.used.push((at.0.clone(), text.to_owned()));
        } else if documents::are_in(text) {
            let documents = documents::split(&file, reading);
            self.documents.extend(documents);
        } else {
            spreadsheet(&file, reading);
        }
    }

    /// What all files come to.
    pub fn finish(mut self) -> Reading {
        self.close();
        let mut reading = self.reading;
        documents::read(self.documents, &mut reading);
        let used = self.used.iter().map(|(name, text)| File { name, text });
        let used: Vec<File<'_>> = used.collect();
        usage::read(&used, &mut reading);
        self.bills.finish(&mut reading);
        // No file is passed over without a word, unless it belongs to another.
        if reading.told.is_empty() {
            for name in self.names {
                let text = "nothing in it runs or gets requests";
                reading.tell(Kind::LeftOut, &(name, 1), text);
            }
        }
        if reading.rows.len() > MOST_ROWS {
            let count = reading.rows.len();
            let text = format!("{count} workloads; the first {MOST_ROWS} are taken");
            reading.tell(Kind::LeftOut, &(EVERYWHERE.to_owned(), 1), text);
            reading.rows.truncate(MOST_ROWS);
        }
        reading
    }
}

impl Open {
    /// Finds out whether the file is a bill or a table of traffic, and takes it in as far as it has arrived if it is.
    fn look(&mut self, is_whole: bool, choices: &Choices) {
        let head = self.bytes.strip_prefix(BOM).unwrap_or(&self.bytes);
        if let Some(mut bill) = Export::of(head, choices) {
            bill.push(head);
            self.bill = Some(bill);
            self.bytes = Vec::new();
            return;
        }
        let begins = self.bytes.iter().find(|byte| !byte.is_ascii_whitespace());
        // Documents of JSON begin so, and tables don't.
        if begins.is_none_or(|byte| b"{[".contains(byte)) {
            return;
        }
        if std::str::from_utf8(&self.bytes).is_ok_and(usage::knows) {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        match Table::of(&bytes, is_whole, &self.at, choices) {
            Some(mut table) => {
                table.push(bytes.strip_prefix(BOM).unwrap_or(&bytes));
                self.table = Some(table);
            }
            None => self.bytes = bytes,
        }
    }
}

fn spreadsheet(file: &File<'_>, reading: &mut Reading) {
    let (rows, told) = table::read(file.text);
    let at = |n: usize| (file.name.to_owned(), n);
    if rows.is_empty() {
        let text = "neither a list of workloads nor a file of traffic; allowed: manifests, task definitions, rows with a header, \
                    rows with a time and a number";
        return reading.tell(Kind::Wrong, &at(1), text);
    }
    for told in told {
        reading.tell(Kind::Wrong, &at(1), told.to_string());
    }
    for (n, row) in rows.iter().enumerate() {
        let text = format!("{} {}", row.kind.id(), row.name);
        reading.tell(Kind::Understood, &at(n + 2), text);
    }
    reading.rows.extend(rows);
}
