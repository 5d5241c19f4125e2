//! One of our bills as its vendor exports it, and what must be read from it.

use super::{
    aws, azure, focus, google,
    rows::{Kind, Row, Scenario, Wanted},
    text::{Style, Table},
};
use crate::seeded_damage::Dice;
use plimsoll_model::vendor::Vendor;
use plimsoll_readers::{Choices, Reader, Reading, bills::Charge};
use std::collections::BTreeMap;

/// A format of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// FOCUS 1.0, with words alone for what was used.
    Focus10,
    /// FOCUS 1.2, with the meter's name.
    Focus12,
    /// AWS Cost and Usage Report.
    Cur,
    /// The same as a data export, CUR 2.0.
    Cur2,
    /// Google Cloud's standard usage cost as lines of JSON.
    BigQuery,
    /// The same as a CSV with dotted columns.
    Standard,
    /// Google Cloud's cost table.
    CostTable,
    /// Azure's cost details of an enterprise agreement.
    Enterprise,
    /// Those of a Microsoft customer agreement.
    Customer,
    /// Azure's older usage details.
    Older,
}

impl Format {
    /// Those of a vendor.
    pub(super) fn of(vendor: Vendor) -> &'static [Self] {
        match vendor {
            Vendor::Aws => &[Self::Focus10, Self::Focus12, Self::Cur, Self::Cur2],
            Vendor::GoogleCloud => &[
                Self::BigQuery,
                Self::Standard,
                Self::CostTable,
                Self::Focus10,
                Self::Focus12,
            ],
            _ => &[
                Self::Enterprise,
                Self::Customer,
                Self::Older,
                Self::Focus10,
                Self::Focus12,
            ],
        }
    }

    fn is_focus(self) -> bool {
        matches!(self, Self::Focus10 | Self::Focus12)
    }

    /// The rows of a scenario as this format has them.
    fn rows(self, scenario: &Scenario) -> Vec<Row> {
        let vendor = scenario.place.vendor;
        let has_others = scenario.rows.iter().any(|row| row.currency != "USD");
        let account = if has_others {
            ("EUR", 1.08)
        } else {
            ("USD", 1.0)
        };
        let mut rows = Vec::new();
        for row in &scenario.rows {
            let mut row = row.clone();
            // Nothing in it says what is a tax, a refund or support.
            if self == Self::Older && row.kind != Kind::Usage {
                continue;
            }
            // The cost table is in the account's currency, whose sign stands in its header.
            if self == Self::CostTable {
                (row.currency, row.rate) = account;
            }
            // FOCUS has no word for refunds; for discounts it has lower costs.
            if self.is_focus() && matches!(row.kind, Kind::Refund | Kind::Discount) {
                continue;
            }
            if row.kind == Kind::Covered {
                if self.is_focus() {
                    row.usd = 0.0;
                } else {
                    let mut back = row.clone();
                    back.kind = Kind::Negation;
                    (back.usd, back.quantity, back.effective) = (-row.usd, 0.0, 0.0);
                    rows.push(back);
                }
            }
            if row.kind == Kind::Plan && self.is_focus() {
                row.effective = 0.0;
            }
            if row.credit != 0.0 && vendor == Vendor::GoogleCloud && self.is_focus() {
                // cloud.google.com/billing/docs/how-to/export-data-bigquery: BilledCost is the cost and its credits.
                row.usd += row.credit;
                row.effective = row.usd;
                row.credit = 0.0;
            }
            if row.credit != 0.0 && self == Self::CostTable {
                let mut credit = row.clone();
                credit.kind = Kind::Promotion;
                (credit.usd, credit.credit) = (row.credit, 0.0);
                credit.effective = credit.usd;
                row.credit = 0.0;
                rows.push(credit);
            }
            rows.push(row);
        }
        rows
    }
}

/// An export, and what must be read from it.
pub(super) struct Export {
    pub(super) format: Format,
    pub(super) vendor: Vendor,
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    /// Its table, where it is one.
    pub(super) table: Option<(Table, Style)>,
    pub(super) rows: Vec<Row>,
    pub(super) wanted: BTreeMap<&'static str, Wanted>,
    pub(super) plan: BTreeMap<&'static str, f64>,
}

impl Export {
    pub(super) fn of(scenario: &Scenario, format: Format, dice: &mut Dice) -> Self {
        let rows = format.rows(scenario);
        let vendor = scenario.place.vendor;
        let table = match format {
            Format::Focus10 | Format::Focus12 => focus::table(&rows, format, dice),
            Format::Cur => aws::legacy(&rows, dice),
            Format::Cur2 => aws::data_export(&rows, dice),
            Format::Standard => google::standard(&rows, dice),
            Format::CostTable => google::cost_table(&rows, dice),
            Format::Enterprise | Format::Customer => azure::details(&rows, format, dice),
            Format::Older => azure::older(&rows),
            Format::BigQuery => {
                return Self::made(
                    scenario,
                    format,
                    rows.clone(),
                    google::lines(&rows, dice),
                    None,
                );
            }
        };
        let style = Style::any(dice);
        let table = table.shuffled(dice);
        let mut text = table.written(style);
        if format == Format::CostTable && vendor == Vendor::GoogleCloud && dice.below(2) == 0 {
            // What stands above an invoice's cost table.
            let currency = rows.first().map_or("USD", |row| row.currency);
            let above = format!(
                "Invoice number,4812345678\nInvoice date,2026-09-30\nBilling account ID,000000-000000-000000\n\
                 Currency,{currency}\n\n"
            );
            text.insert_str(0, &above);
        }
        Self::made(scenario, format, rows, text, Some((table, style)))
    }

    fn made(
        scenario: &Scenario,
        format: Format,
        rows: Vec<Row>,
        text: String,
        table: Option<(Table, Style)>,
    ) -> Self {
        let ending = if table.is_some() { "csv" } else { "json" };
        Self {
            format,
            vendor: scenario.place.vendor,
            name: format!("{format:?}.{ending}"),
            bytes: text.into_bytes(),
            table,
            rows,
            wanted: scenario.wanted.clone(),
            plan: scenario.plan.clone(),
        }
    }

    /// The sum of rows, US dollars.
    pub(super) fn sum(&self, of: impl Fn(&Row) -> bool) -> f64 {
        let rows = self.rows.iter().filter(|row| of(row));
        rows.map(|row| row.usd + row.credit).sum()
    }

    /// What is billed of a charge, US dollars.
    pub(super) fn charged(&self, charge: Charge) -> f64 {
        let amount = |row: &Row| {
            // A cost table has credits as rows of their own.
            let own = match row.credit_type {
                "FREE_TIER" if row.kind == Kind::Promotion => Charge::Discount,
                _ => row.kind.charge(),
            };
            let own = if own == charge { row.usd } else { 0.0 };
            let of_credit = if row.credit_type == "PROMOTION" {
                Charge::Credit
            } else {
                Charge::Discount
            };
            let credit = if charge == of_credit { row.credit } else { 0.0 };
            own + credit
        };
        self.rows.iter().map(amount).sum()
    }

    /// Whether a savings plan covers some of it.
    pub(super) fn has_plan(&self) -> bool {
        !self.plan.is_empty()
    }

    /// The rates of its currencies; Google Cloud's rows have their own.
    pub(super) fn rates(&self) -> Choices {
        if matches!(self.format, Format::BigQuery | Format::Standard) {
            return Choices::new();
        }
        let others = self.rows.iter().filter(|row| row.currency != "USD");
        others
            .map(|row| {
                let rate = format!("{}@2026-11-01", row.rate);
                (format!("rate:{}", row.currency), rate)
            })
            .collect()
    }

    /// Reads it in pieces of a size.
    pub(super) fn read(&self, choices: &Choices, size: usize) -> Reading {
        read(&self.name, &self.bytes, choices, size)
    }
}

/// Reads one file in pieces of a size.
pub(super) fn read(name: &str, bytes: &[u8], choices: &Choices, size: usize) -> Reading {
    let mut reader = Reader::new(choices.clone(), None);
    reader.open(name);
    for piece in bytes.chunks(size.clamp(1, bytes.len().max(1))) {
        reader.push(piece);
    }
    reader.close();
    reader.finish()
}
