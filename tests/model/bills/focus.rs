//! FOCUS: focus.finops.org/focus-specification, columns as in its sample data.

use super::{
    aws,
    exports::Format,
    rows::{Kind, Row, number},
    text::Table,
};
use crate::seeded_damage::Dice;
use plimsoll_model::vendor::Vendor;
use serde_json::json;

fn category(kind: Kind) -> &'static str {
    match kind {
        Kind::Tax => "Tax",
        Kind::Support | Kind::Plan => "Purchase",
        Kind::Promotion => "Credit",
        Kind::Adjustment => "Adjustment",
        _ => "Usage",
    }
}

/// A unit as FOCUS spells it, and how many of it one of the vendor's is: focus.finops.org, unit format.
pub(super) fn unit(vendor: Vendor, unit: &str) -> (String, f64) {
    let name = match (vendor, unit) {
        (Vendor::Aws, "Hrs" | "hours" | "vCPU-hours") | (Vendor::Azure, "1 Hour") => "Hours",
        (Vendor::Aws, "GB-hours" | "GB-Hours") => "GB-Hours",
        (Vendor::Aws, "GB-Mo") => "GB-Months",
        (Vendor::Aws, "LCU-Hrs") => "LCU-Hours",
        (Vendor::Azure, "1 Second") => "Seconds",
        (Vendor::Azure, "1/Month") => "Units/Month",
        (Vendor::Azure, "1/Day") => "Units/Day",
        (Vendor::Azure, "1 GB") => "GB",
        (Vendor::Azure, "1M") => return ("Units".to_owned(), 1e6),
        (_, unit) => unit,
    };
    (name.to_owned(), 1.0)
}

fn tags(row: &Row, empty: &str) -> String {
    match (row.team, row.place.vendor) {
        (None, _) => empty.to_owned(),
        // Google Cloud's view has them as a list.
        (Some(team), Vendor::GoogleCloud) => json!([{ "key": "team", "value": team }]).to_string(),
        (Some(team), _) => json!({ "team": team, "env": "prod" }).to_string(),
    }
}

/// What is measured, where that is not what is priced.
fn consumed(row: &Row) -> (String, String) {
    if row.place.vendor == Vendor::GoogleCloud && !row.name.base.0.is_empty() {
        let (unit, times) = row.name.base;
        return (number(times * row.quantity), unit.to_owned());
    }
    let (unit, times) = unit(row.place.vendor, &row.name.unit);
    (number(times * row.quantity), unit)
}

/// `ProviderName` and `PublisherName`.
fn provider(vendor: Vendor) -> [&'static str; 2] {
    match vendor {
        Vendor::Aws => ["AWS", "Amazon Web Services, Inc."],
        Vendor::GoogleCloud => ["Google Cloud", "Google Cloud"],
        _ => ["Microsoft", "Microsoft Corporation"],
    }
}

/// The table of a version.
pub(super) fn table(rows: &[Row], format: Format, dice: &mut Dice) -> Table {
    let empty = dice.one(&["NULL", ""]).to_owned();
    let sample_dates = dice.below(2) == 0;
    let mut table = Table::default();
    for row in rows {
        let (name, vendor) = (&row.name, row.place.vendor);
        let time = |day: &str, hour: u32| {
            if sample_dates {
                format!("{day} {hour:02}:00:00")
            } else {
                format!("{day}T{hour:02}:00:00Z")
            }
        };
        let or_empty = |text: &str| {
            if text.is_empty() {
                empty.clone()
            } else {
                text.to_owned()
            }
        };
        let provider = provider(vendor);
        let (priced, times) = unit(vendor, &name.unit);
        let (quantity, measured) = consumed(row);
        let is_covered = row.kind == Kind::Covered;
        let commitment = if is_covered || row.kind == Kind::Plan {
            "arn:aws:savingsplans::123456789012:savingsplan/8c2d"
        } else {
            ""
        };
        let mut cells = vec![
            ("AvailabilityZone", empty.clone()),
            ("BilledCost", row.money(row.usd)),
            ("BillingAccountId", "123456789012".into()),
            ("BillingAccountName", "Shop".into()),
            ("BillingCurrency", row.currency.into()),
            ("BillingPeriodEnd", time("2026-10-01", 0)),
            ("BillingPeriodStart", time("2026-09-01", 0)),
            ("ChargeCategory", category(row.kind).into()),
            ("ChargeClass", empty.clone()),
            ("ChargeDescription", or_empty(&name.description)),
            ("ChargeFrequency", "Usage-Based".into()),
            ("ChargePeriodEnd", time(&row.date(), row.hour)),
            ("ChargePeriodStart", time(&row.date(), row.hour)),
            ("CommitmentDiscountId", or_empty(commitment)),
            (
                "CommitmentDiscountType",
                or_empty(if commitment.is_empty() {
                    ""
                } else {
                    "Savings Plan"
                }),
            ),
            (
                "CommitmentDiscountStatus",
                or_empty(if is_covered { "Used" } else { "" }),
            ),
            ("ConsumedQuantity", quantity),
            ("ConsumedUnit", or_empty(&measured)),
            ("ContractedCost", row.money(row.usd)),
            ("EffectiveCost", row.money(row.effective)),
            ("InvoiceIssuerName", provider[1].into()),
            ("ListCost", row.money(row.usd)),
            ("ListUnitPrice", row.unit_price()),
            (
                "PricingCategory",
                if is_covered { "Committed" } else { "Standard" }.into(),
            ),
            ("PricingQuantity", number(times * row.quantity)),
            ("PricingUnit", or_empty(&priced)),
            ("ProviderName", provider[0].into()),
            ("PublisherName", provider[1].into()),
            ("RegionId", row.place.id().into()),
            ("RegionName", row.place.words().into()),
            ("ResourceId", row.resource.clone()),
            ("ServiceCategory", "Compute".into()),
            ("ServiceName", name.service_name.clone()),
            ("SkuId", "G95FST5FTYV3JSRX".into()),
            ("SkuPriceId", "G95FST5FTYV3JSRX.JRTCKXETXF".into()),
            ("SubAccountId", "210987654321".into()),
            ("SubAccountName", "Shop".into()),
            ("Tags", tags(row, &empty)),
        ];
        let meter = match vendor {
            Vendor::Aws => aws::usage_type(row, dice),
            _ => name.usage.clone(),
        };
        if format == Format::Focus12 {
            cells.push(("InvoiceId", "2026-09-1".into()));
            cells.push(("PricingCurrency", row.currency.into()));
            cells.push(("SkuMeter", or_empty(&meter)));
        } else if vendor == Vendor::Azure {
            // Microsoft's exports have it from the first version on, under a name of its own.
            cells.push(("x_SkuMeterName", or_empty(&meter)));
            cells.push(("x_SkuMeterCategory", or_empty(&name.service)));
            cells.push(("x_SkuMeterSubcategory", or_empty(&name.operation)));
        }
        table.push(cells);
    }
    table
}
