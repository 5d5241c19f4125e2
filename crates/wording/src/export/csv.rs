//! All bills as comma-separated values (RFC 4180): a row for each line, then one for each platform without a bill.
//!
//! `amount_usd` is the amount to the cent, the very digits of the screen; `amount_exact_usd` is not rounded, and only these
//! sum to the total to the last cent. There are no rows of sums: whoever sums the table counts nothing twice. Numbers
//! are bare, without separators or signs of currency. Text that a spreadsheet would take for a formula begins with `'`.

use crate::explain;
use crate::format;
use plimsoll_model::{
    bill::{CostCategory, Line, Refusal, Source},
    compare::Comparison,
    inputs::Inputs,
    prices::{PriceBook, csv::cell},
    units::Usd,
};

/// The columns.
pub const COLUMNS: [&str; 16] = [
    "platform",
    "part",
    "meter",
    "name",
    "quantity",
    "unit",
    "unit_price_usd",
    "amount_usd",
    "amount_exact_usd",
    "basis",
    "source",
    "read",
    "no_bill_because",
    "region",
    "workload",
    "formula",
];

/// The bills of all platforms, in the order of the comparison. `book` is the one that they were made with.
pub fn bills(comparison: &Comparison, inputs: &Inputs, book: &PriceBook) -> String {
    let mut out = String::new();
    push_row(&mut out, COLUMNS.map(str::to_owned));
    let mut without = String::new();
    for platform in &comparison.ranked {
        let name = platform.name();
        let city = platform.city(inputs.region);
        match comparison.quote(*platform) {
            Ok(bill) => {
                for part in CostCategory::ALL {
                    for line in bill.category(part) {
                        push_row(&mut out, row([name, city], line, inputs, book));
                    }
                }
            }
            Err(refusal) => push_row(&mut without, row_without([name, city], refusal)),
        }
    }
    out + &without
}

fn row(
    [platform, city]: [&str; 2],
    line: &Line,
    inputs: &Inputs,
    book: &PriceBook,
) -> [String; COLUMNS.len()] {
    let rows = inputs.workloads.rows();
    let workload = line.workload.and_then(|place| rows.get(place));
    let (source, read) = match line.source {
        Source::Row(id) => {
            let row = book.row(id);
            let read = row.read.as_ref().map_or("", |read| read.as_str());
            (row.page.clone(), read)
        }
        _ => (explain::source(line, book), ""),
    };
    [
        text(platform),
        text(line.category.id()),
        text(line.meter),
        text(line.name),
        line.quantity.to_string(),
        text(line.unit),
        line.unit_price.to_string(),
        cents(line.amount()),
        line.amount().get().to_string(),
        text(line.basis.id()),
        text(&source),
        text(read),
        String::new(),
        text(city),
        text(workload.map_or("", |row| &row.name)),
        text(&explain::quantity(line)),
    ]
}

fn row_without([platform, city]: [&str; 2], refusal: &Refusal) -> [String; COLUMNS.len()] {
    let mut row = [const { String::new() }; COLUMNS.len()];
    row[0] = text(platform);
    row[13] = text(city);
    match refusal {
        Refusal::CannotRun(cannot) => {
            row[10] = text(cannot.page);
            row[11] = text(cannot.read);
        }
        Refusal::NoPrice(missing) => {
            let info = missing.meter.info();
            row[2] = text(info.id);
            row[3] = text(info.name);
        }
    }
    row[12] = text(&explain::refusal(refusal));
    row
}

/// An amount to the cent as a bare number, from how the screen has it.
fn cents(amount: Usd) -> String {
    format::usd(amount).replace(['$', ','], "")
}

/// A text that no spreadsheet takes for a formula, quoted where it has to be.
fn text(text: &str) -> String {
    let begins = |text: &str| text.starts_with(['=', '+', '-', '@']);
    // Some look behind spaces, too.
    if text.starts_with(['\t', '\r', '\n']) || begins(text.trim_start()) {
        cell(&["'", text].concat())
    } else {
        cell(text)
    }
}

fn push_row(out: &mut String, cells: [String; COLUMNS.len()]) {
    out.push_str(&cells.join(","));
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_stays_text() {
        let cases = [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "\"'\r=1\""),
            (" =1", "' =1"),
            (
                "=HYPERLINK(\"x\",\"y\")",
                "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"",
            ),
            ("a=1", "a=1"),
            ("aws/ec2", "aws/ec2"),
            ("a, b", "\"a, b\""),
            ("", ""),
        ];
        for (plain, written) in cases {
            assert_eq!(text(plain), written);
        }
    }

    #[test]
    fn amounts_are_bare_numbers_with_the_digits_of_the_screen() {
        assert_eq!(cents(Usd::of(1_234_567.891)), "1234567.89");
        assert_eq!(cents(Usd::of(-3.0)), "-3.00");
        assert_eq!(cents(Usd::of(-0.001)), "0.00");
    }
}
