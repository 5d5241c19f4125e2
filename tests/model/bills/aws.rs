//! Cost and Usage Reports of AWS: docs.aws.amazon.com/cur/latest/userguide/data-dictionary.html, and as data exports
//! docs.aws.amazon.com/cur/latest/userguide/table-dictionary-cur2.html.

use super::{
    rows::{Kind, Row, number},
    text::Table,
};
use crate::seeded_damage::Dice;
use plimsoll_model::region::Region;

/// `lineItem/LineItemType`.
fn line_item_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Usage | Kind::Adjustment => "Usage",
        Kind::Covered => "SavingsPlanCoveredUsage",
        Kind::Negation => "SavingsPlanNegation",
        Kind::Plan => "SavingsPlanRecurringFee",
        Kind::Tax => "Tax",
        Kind::Support => "Fee",
        Kind::Promotion => "Credit",
        Kind::Refund => "Refund",
        Kind::Discount => "EdpDiscount",
    }
}

/// A usage type as it stands in a report: the region before it, which N. Virginia's older ones don't have.
pub(super) fn usage_type(row: &Row, dice: &mut Dice) -> String {
    if row.name.usage.is_empty() || row.kind == Kind::Plan {
        return row.name.usage.clone();
    }
    let before = match row.place.region {
        Region::Us => ["", "USE1-"],
        Region::Europe => ["EU-", "EUW1-"],
        Region::Asia => ["APN1-", "APN1-"],
    };
    format!("{}{}", dice.one(&before), row.name.usage)
}

fn cells(row: &Row, dice: &mut Dice) -> Vec<(&'static str, String)> {
    let begin = format!("{}T{:02}:00:00Z", row.date(), row.hour);
    let end = format!("{}T{:02}:59:59Z", row.date(), row.hour);
    let is_usage = matches!(row.kind, Kind::Usage | Kind::Covered);
    let covered = if row.kind == Kind::Covered {
        row.money(row.effective)
    } else {
        String::new()
    };
    let plan = "arn:aws:savingsplans::123456789012:savingsplan/8c2d";
    vec![
        ("identity/LineItemId", format!("{:016x}", dice.bits())),
        ("identity/TimeInterval", format!("{begin}/{end}")),
        ("bill/BillingEntity", "AWS".into()),
        (
            "bill/BillType",
            if row.kind == Kind::Refund {
                "Refund"
            } else {
                "Anniversary"
            }
            .into(),
        ),
        ("bill/PayerAccountId", "123456789012".into()),
        ("bill/BillingPeriodStartDate", "2026-09-01T00:00:00Z".into()),
        ("bill/BillingPeriodEndDate", "2026-10-01T00:00:00Z".into()),
        ("lineItem/UsageAccountId", "210987654321".into()),
        ("lineItem/LineItemType", line_item_type(row.kind).into()),
        ("lineItem/UsageStartDate", begin),
        ("lineItem/UsageEndDate", end),
        ("lineItem/ProductCode", row.name.service.clone()),
        ("lineItem/UsageType", usage_type(row, dice)),
        ("lineItem/Operation", row.name.operation.clone()),
        ("lineItem/ResourceId", row.resource.clone()),
        ("lineItem/UsageAmount", number(row.quantity)),
        ("lineItem/CurrencyCode", row.currency.into()),
        ("lineItem/UnblendedRate", row.unit_price()),
        ("lineItem/UnblendedCost", row.money(row.usd)),
        // Blended: the mean of an organisation, another number.
        ("lineItem/BlendedRate", row.unit_price()),
        ("lineItem/BlendedCost", row.money(0.97 * row.usd)),
        ("lineItem/LineItemDescription", row.name.description.clone()),
        (
            "lineItem/TaxType",
            if row.kind == Kind::Tax { "VAT" } else { "" }.into(),
        ),
        ("product/ProductName", row.name.service_name.clone()),
        ("product/region", row.place.id().into()),
        ("pricing/unit", row.name.unit.clone()),
        (
            "pricing/publicOnDemandCost",
            if is_usage {
                row.money(row.usd)
            } else {
                String::new()
            },
        ),
        (
            "pricing/term",
            if is_usage { "OnDemand" } else { "" }.into(),
        ),
        (
            "savingsPlan/SavingsPlanARN",
            if covered.is_empty() { "" } else { plan }.into(),
        ),
        ("savingsPlan/SavingsPlanEffectiveCost", covered),
        ("reservation/EffectiveCost", "0".into()),
    ]
}

/// The report as it was.
pub(super) fn legacy(rows: &[Row], dice: &mut Dice) -> Table {
    let mut table = Table::default();
    for row in rows {
        let mut cells = cells(row, dice);
        cells.push(("resourceTags/user:team", row.team.unwrap_or("").into()));
        cells.push(("resourceTags/aws:createdBy", "Root".into()));
        table.push(cells);
    }
    table
}

/// `lineItem/UsageType` as `line_item_usage_type`.
fn snake(name: &str) -> String {
    let mut text = String::new();
    let mut before = '/';
    for c in name.chars() {
        if c == '/' {
            text.push('_');
        } else {
            if c.is_uppercase() && before.is_lowercase() {
                text.push('_');
            }
            text.extend(c.to_lowercase());
        }
        before = c;
    }
    text
}

/// The report as a data export.
pub(super) fn data_export(rows: &[Row], dice: &mut Dice) -> Table {
    let mut table = Table::default();
    for row in rows {
        let cells = cells(row, dice);
        let kept = cells
            .iter()
            .filter(|(name, _)| !name.starts_with("product/"));
        let names: Vec<String> = kept.clone().map(|(name, _)| snake(name)).collect();
        let values = kept.map(|(_, cell)| cell.clone());
        let mut cells: Vec<(&str, String)> = names.iter().map(String::as_str).zip(values).collect();
        let product =
            serde_json::json!({ "product_name": row.name.service_name, "region": row.place.id() });
        cells.push(("product", product.to_string()));
        cells.push(("product_region_code", row.place.id().into()));
        cells.push(("product_servicecode", row.name.service.clone()));
        let tags = match row.team {
            Some(team) => serde_json::json!({ "user_team": team, "user_env": "prod" }),
            None => serde_json::json!({}),
        };
        cells.push(("resource_tags", tags.to_string()));
        table.push(cells);
    }
    table
}

#[test]
fn names_of_columns_are_those_of_data_exports() {
    for (legacy, newer) in [
        ("lineItem/UsageType", "line_item_usage_type"),
        ("identity/LineItemId", "identity_line_item_id"),
        (
            "savingsPlan/SavingsPlanEffectiveCost",
            "savings_plan_savings_plan_effective_cost",
        ),
        (
            "pricing/publicOnDemandCost",
            "pricing_public_on_demand_cost",
        ),
        (
            "savingsPlan/SavingsPlanARN",
            "savings_plan_savings_plan_arn",
        ),
        (
            "bill/BillingPeriodStartDate",
            "bill_billing_period_start_date",
        ),
    ] {
        assert_eq!(snake(legacy), newer);
    }
}
