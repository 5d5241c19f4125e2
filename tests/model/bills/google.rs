//! Exports of Google Cloud: cloud.google.com/billing/docs/how-to/export-data-bigquery-tables/standard-usage, and the cost table
//! of the console, cloud.google.com/billing/docs/how-to/cost-table.

use super::{
    rows::{Kind, Row, number},
    text::Table,
};
use crate::seeded_damage::Dice;
use serde_json::{Value, json};

fn cost_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Tax => "tax",
        Kind::Adjustment => "adjustment",
        _ => "regular",
    }
}

/// A number as JSON has it: now and then a string, as BigQuery writes those of the type NUMERIC.
fn money(row: &Row, usd: f64, quoted: bool) -> Value {
    let text = row.money(usd);
    if quoted {
        text.into()
    } else {
        text.parse::<f64>().unwrap().into()
    }
}

fn labels(row: &Row) -> Value {
    match row.team {
        Some(team) => json!([{ "key": "env", "value": "prod" }, { "key": "team", "value": team }]),
        None => json!([]),
    }
}

fn credits(row: &Row, quoted: bool) -> Value {
    if row.credit == 0.0 {
        return json!([]);
    }
    let name = if row.credit_type == "PROMOTION" {
        "Free Trial"
    } else {
        "Free tier"
    };
    json!([{
        "name": name, "amount": money(row, row.credit, quoted), "full_name": name, "id": "f", "type": row.credit_type,
    }])
}

/// How many of a currency one US dollar is.
fn conversion(row: &Row) -> f64 {
    1.0 / row.rate
}

/// A row to a line.
pub(super) fn lines(rows: &[Row], dice: &mut Dice) -> String {
    let quoted = dice.below(4) == 0;
    let line = |row: &Row| {
        let name = &row.name;
        json!({
            "billing_account_id": "000000-000000-000000",
            "service": { "id": "152E-C115-5142", "description": name.service },
            "sku": { "id": "4856-B847-F1EB", "description": name.usage },
            "usage_start_time": format!("{} {:02}:00:00 UTC", row.date(), row.hour),
            "usage_end_time": format!("{} {:02}:59:59 UTC", row.date(), row.hour),
            "project": { "id": "shop-prod", "number": "1", "name": "Shop", "labels": [], "ancestors": [] },
            "labels": labels(row),
            "system_labels": [],
            "location": { "location": row.place.id(), "country": "US", "region": row.place.id(), "zone": Value::Null },
            "export_time": "2026-10-01 03:00:00 UTC",
            "cost": money(row, row.usd, quoted),
            "currency": row.currency,
            "currency_conversion_rate": conversion(row),
            "usage": {
                "amount": row.quantity * name.base.1, "unit": name.base.0,
                "amount_in_pricing_units": row.quantity, "pricing_unit": name.unit,
            },
            "credits": credits(row, quoted),
            "invoice": { "month": "202609", "publisher_type": "GOOGLE" },
            "cost_type": cost_type(row.kind),
            "adjustment_info": Value::Null,
            "cost_at_list": money(row, row.usd, quoted),
        })
    };
    let lines: Vec<String> = rows.iter().map(|row| line(row).to_string()).collect();
    lines.join("\n") + "\n"
}

/// The same as a CSV.
pub(super) fn standard(rows: &[Row], dice: &mut Dice) -> Table {
    let mut table = Table::default();
    let zone = dice.one(&[" UTC", "", "+00:00"]).to_owned();
    for row in rows {
        let name = &row.name;
        table.push(vec![
            ("billing_account_id", "000000-000000-000000".into()),
            ("service.id", "152E-C115-5142".into()),
            ("service.description", name.service.clone()),
            ("sku.id", "4856-B847-F1EB".into()),
            ("sku.description", name.usage.clone()),
            (
                "usage_start_time",
                format!("{} {:02}:00:00{zone}", row.date(), row.hour),
            ),
            (
                "usage_end_time",
                format!("{} {:02}:59:59{zone}", row.date(), row.hour),
            ),
            ("project.id", "shop-prod".into()),
            ("project.name", "Shop".into()),
            ("labels", labels(row).to_string()),
            ("location.region", row.place.id().into()),
            ("export_time", "2026-10-01 03:00:00".into()),
            ("cost", row.money(row.usd)),
            ("currency", row.currency.into()),
            ("currency_conversion_rate", conversion(row).to_string()),
            ("usage.amount", number(row.quantity * name.base.1)),
            ("usage.unit", name.base.0.into()),
            ("usage.amount_in_pricing_units", number(row.quantity)),
            ("usage.pricing_unit", name.unit.clone()),
            ("credits", credits(row, false).to_string()),
            ("invoice.month", "202609".into()),
            ("cost_type", cost_type(row.kind).into()),
        ]);
    }
    table
}

/// A number as the console prints it: 123,073.24.
fn grouped(text: &str) -> String {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits: Vec<char> = whole.chars().collect();
    let groups: Vec<String> = digits
        .rchunks(3)
        .rev()
        .map(|group| group.iter().collect())
        .collect();
    groups.join(",") + "." + part
}

/// The cost table of an invoice.
pub(super) fn cost_table(rows: &[Row], dice: &mut Dice) -> Table {
    let mut table = Table::default();
    let is_grouped = dice.below(2) == 0;
    for row in rows {
        let is_euro = usize::from(row.currency == "EUR");
        let (name, is_credit) = (&row.name, row.kind == Kind::Promotion);
        let kind = match row.kind {
            Kind::Tax => "Tax",
            Kind::Adjustment => "Adjustment",
            _ => "Usage",
        };
        let credit = match row.credit_type {
            "PROMOTION" => "Promotion",
            _ => "Free tier",
        };
        let quantity = if is_credit {
            String::new()
        } else {
            number(row.quantity)
        };
        let quantity = if is_grouped && !is_credit {
            grouped(&quantity)
        } else {
            quantity
        };
        table.push(vec![
            ("Billing account name", "Shop".into()),
            ("Billing account ID", "000000-000000-000000".into()),
            ("Project name", "Shop".into()),
            ("Project ID", "shop-prod".into()),
            ("Project number", "1".into()),
            ("Service description", name.service.clone()),
            ("Service ID", "152E-C115-5142".into()),
            ("SKU description", name.usage.clone()),
            ("SKU ID", "4856-B847-F1EB".into()),
            ("Credit type", if is_credit { credit } else { "" }.into()),
            ("Cost type", kind.into()),
            ("Usage start date", row.date()),
            ("Usage end date", row.date()),
            ("Usage amount", quantity),
            ("Usage unit", name.unit.clone()),
            (
                ["Unrounded Cost ($)", "Unrounded Cost (\u{20ac})"][is_euro],
                row.money(row.usd),
            ),
            (
                ["Cost ($)", "Cost (\u{20ac})"][is_euro],
                format!("{:.2}", row.usd / row.rate),
            ),
        ]);
    }
    table
}
