//! A vendor's export, read as its bytes arrive.

use super::{
    GROUP,
    columns::{Cells, DAY, Layout, MOST_COLUMNS, Rules, SERVICE, TYPE, USAGE, plain},
    json::{self, Found, Objects},
    rows::{Group, Rows},
};
use crate::{
    Choices,
    traffic::{Record, Records},
};

/// What separates columns: most exports have commas.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
/// Lines that may stand above a header.
const MOST_ABOVE: usize = 30;

/// An export that is being read.
pub(crate) struct Export {
    source: Source,
    pub(super) layout: Option<Layout>,
    pub(super) rows: Rows,
    /// What stops it from being read, and on which line.
    pub(super) mistake: Option<(u64, String)>,
    /// The currency that stands above the header.
    currency: Option<String>,
    above: usize,
}

enum Source {
    Table(Box<Records>),
    Objects(Objects),
}

/// What a file is that no reader of text can read, by its first bytes.
pub(crate) fn unreadable(bytes: &[u8]) -> Option<&'static str> {
    let begins: [(&[u8], &str); 5] = [
        (
            b"PAR1",
            "a Parquet file; choose CSV with gzip in the export\u{2019}s settings (AWS Data Exports: \u{201c}Format: \
             text/csv\u{201d}; FOCUS likewise)",
        ),
        (
            b"\x1f\x8b",
            "packed with gzip and not unpacked; allowed: the CSV in it",
        ),
        (
            b"PK\x03\x04",
            "a ZIP file: unpack it and take the CSV in it",
        ),
        (b"\xff\xfe", UTF_16),
        (b"\xfe\xff", UTF_16),
    ];
    let found = begins.iter().find(|(front, _)| bytes.starts_with(front));
    found.map(|(_, text)| *text)
}

const UTF_16: &str = "text in UTF-16; allowed: UTF-8, as \u{201c}CSV UTF-8\u{201d} is";

impl Export {
    /// An export whose first bytes these are; nothing where they have no header of a bill. They are not taken in yet.
    pub(crate) fn of(head: &[u8], choices: &Choices) -> Option<Self> {
        let begins = head.iter().find(|byte| !byte.is_ascii_whitespace())?;
        let separator = if b"{[".contains(begins) {
            let mut is_known = false;
            let _ = Objects::default().feed(head, &mut |found| {
                is_known = matches!(found, Found::Object(object, _) if json::knows(object));
                false
            });
            if !is_known {
                return None;
            }
            None
        } else {
            let has_header = |separator: &&u8| {
                let (mut seen, mut is_known) = (0, false);
                let mut records = Records::of(**separator);
                let mut each = |record: Record<'_>| {
                    seen += 1;
                    is_known = record.len() > 1 && Layout::of(record).is_some();
                    !is_known && seen < MOST_ABOVE
                };
                let is_read = records.feed(head, &mut each).is_ok();
                // Of a very long header the beginning is enough, and a short file may end with it.
                if is_read && !is_known && seen < MOST_ABOVE {
                    let mut each = |record: Record<'_>| {
                        is_known = record.len() > 1 && Layout::of(record).is_some();
                        false
                    };
                    let _ = records.feed(b"\n", &mut each);
                }
                is_known
            };
            Some(*SEPARATORS.iter().find(has_header)?)
        };
        let taken = choices.get(GROUP).map_or("", String::as_str);
        Some(Self {
            source: match separator {
                Some(separator) => Source::Table(Box::new(Records::of(separator))),
                None => Source::Objects(Objects::default()),
            },
            layout: separator.is_none().then(Layout::of_objects),
            rows: Rows::by(Group::of(taken), separator == Some(b';')),
            mistake: None,
            currency: None,
            above: 0,
        })
    }

    /// Takes the next bytes. Whether more are needed: behind a mistake they are not.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> bool {
        if self.mistake.is_some() {
            return false;
        }
        let Self {
            source,
            layout,
            rows,
            mistake,
            currency,
            above,
        } = self;
        let read = match source {
            Source::Table(records) => records.feed(bytes, &mut |record| {
                if let Some(layout) = layout {
                    rows.record(layout, record);
                    return true;
                }
                *layout = Layout::of(record);
                if let Some(layout) = layout {
                    if layout.width > MOST_COLUMNS {
                        let text = layout.width.to_string() + " columns; allowed: up to 10,000";
                        *mistake = Some((record.line, text));
                        return false;
                    }
                    if let Some(currency) = currency.take() {
                        layout.currency = currency;
                    }
                    for n in 0..layout.tags.len() {
                        rows.see(&layout.tags[n].0);
                    }
                    return true;
                }
                if plain(record.cell(0)) == "currency" && record.cell(1).len() == 3 {
                    *currency = Some(record.cell(1).to_owned());
                }
                *above += 1;
                if *above > MOST_ABOVE {
                    *mistake = Some((record.line, "no header of a bill".to_owned()));
                }
                *above <= MOST_ABOVE
            }),
            Source::Objects(objects) => objects.feed(bytes, &mut |found| {
                let Some(layout) = layout else {
                    return false;
                };
                let line = match found {
                    Found::Object(object, line) => {
                        let mut take = |cells: &Cells<'_>| rows.take(layout, cells, line, "");
                        if json::cells(object, &mut take) {
                            return true;
                        }
                        line
                    }
                    Found::Other(line) => line,
                };
                let text = || "no object of JSON; allowed: objects, one a line or in one list";
                rows.not_whole.add(line, || text().to_owned());
                true
            }),
        };
        if let Err(line) = read {
            let text = "a row of more than 1 MiB; allowed: up to 10,000 columns, and quotes and brackets that are closed";
            *mistake = Some((line, text.to_owned()));
        }
        mistake.is_none()
    }

    /// The file has ended.
    pub(crate) fn end(&mut self) {
        match &self.source {
            Source::Table(_) => {
                // A last line without an end, and then the end.
                self.push(b"\n");
                self.push(b"");
            }
            Source::Objects(objects) => {
                if let Some(line) = objects.open() {
                    let text = || "an object that does not end".to_owned();
                    self.rows.not_whole.add(line, text);
                }
            }
        }
    }
}

impl Rows {
    /// Takes a record below the header.
    fn record(&mut self, layout: &Layout, record: Record<'_>) {
        if record.text.trim().is_empty() {
            return;
        }
        let is_whole = record.len() == layout.width
            || record.len() > layout.width
                && (layout.width..record.len()).all(|n| record.cell(n).is_empty());
        let cells = layout.cells(record);
        // Sums at the end of a table of costs are no rows.
        let is_empty = |role: usize| cells[role].is_empty();
        if layout.format.rules == Rules::Google
            && is_empty(SERVICE)
            && is_empty(USAGE)
            && is_empty(DAY)
            && matches!(&*plain(cells[TYPE]), "" | "total" | "subtotal")
        {
            return;
        }
        if !is_whole {
            let text = || {
                [
                    &record.len().to_string(),
                    " columns in place of ",
                    &layout.width.to_string(),
                    "; allowed: as many as the header has. The row does not count",
                ]
                .concat()
            };
            return self.not_whole.add(record.line, text);
        }
        if layout.format.rules == Rules::Explorer {
            return self.services(layout, record);
        }
        let tagged = match &self.group {
            Group::Tag(tag) => layout.tags.iter().find(|(name, _)| name == tag),
            _ => None,
        };
        let tagged = tagged.map_or("", |(_, n)| record.cell(*n));
        self.take(layout, &cells, record.line, tagged);
    }
}
