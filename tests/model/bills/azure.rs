//! Exports of Azure: learn.microsoft.com/azure/cost-management-billing/automate/understand-usage-details-fields, and the older
//! usage details of learn.microsoft.com/azure/cost-management-billing/understand/understand-usage.

use super::{
    exports::Format,
    rows::{Kind, Row, number},
    text::Table,
};
use crate::seeded_damage::Dice;
use serde_json::json;

fn charge_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Tax => "Tax",
        Kind::Support => "Purchase",
        Kind::Refund => "Refund",
        Kind::Adjustment => "RoundingAdjustment",
        _ => "Usage",
    }
}

/// Tags: JSON in a customer agreement, the same without its braces in an enterprise agreement.
fn tags(row: &Row, braces: bool) -> String {
    let Some(team) = row.team else {
        return String::new();
    };
    let text = json!({ "env": "prod", "team": team }).to_string();
    if braces {
        text
    } else {
        text.trim_matches(['{', '}']).to_owned()
    }
}

fn resource(row: &Row) -> String {
    format!(
        "/subscriptions/1/resourceGroups/shop/providers/Microsoft.App/containerApps/{}",
        row.resource
    )
}

/// Cost details.
pub(super) fn details(rows: &[Row], format: Format, dice: &mut Dice) -> Table {
    let customer = format == Format::Customer;
    // Dates as a user's settings have them.
    let american = dice.below(2) == 0;
    // Enterprise agreements price machines by 100 hours, but count single ones (as Red Hat's Koku reads them too).
    let hundreds = !customer && dice.below(2) == 0;
    let mut table = Table::default();
    for row in rows {
        let name = &row.name;
        let unit = if hundreds && name.service == "Virtual Machines" {
            "100 Hours".to_owned()
        } else {
            name.unit.clone()
        };
        let date = if american {
            format!("09/{:02}/2026", row.day)
        } else {
            row.date()
        };
        let product = if name.operation.is_empty() {
            &name.service
        } else {
            &name.operation
        };
        let mut cells = vec![
            ("BillingAccountId", "12345678".into()),
            ("Date", date),
            ("SubscriptionId", "1".into()),
            ("SubscriptionName", "Shop".into()),
            ("ResourceGroup", "shop".into()),
            ("MeterCategory", name.service.clone()),
            ("MeterSubCategory", name.operation.clone()),
            ("MeterName", name.usage.clone()),
            ("MeterId", "2711ef08-ef48-5416-9ef2-f1110cd09c79".into()),
            ("MeterRegion", row.place.words().into()),
            ("ResourceLocation", row.place.id().into()),
            ("ProductName", product.clone()),
            ("ConsumedService", "Microsoft.App".into()),
            ("ServiceFamily", "Compute".into()),
            ("Quantity", number(row.quantity)),
            ("UnitOfMeasure", unit),
            ("UnitPrice", row.unit_price()),
            ("EffectivePrice", row.unit_price()),
            ("CostInBillingCurrency", row.money(row.usd)),
            ("BillingCurrency", row.currency.into()),
            ("PricingModel", "OnDemand".into()),
            ("ChargeType", charge_type(row.kind).into()),
            ("Frequency", "UsageBased".into()),
            ("PublisherType", "Azure".into()),
            ("ResourceId", resource(row)),
            ("ResourceName", row.resource.clone()),
            ("Tags", tags(row, customer)),
        ];
        if customer {
            // Beside the cost: the same in US dollars, and what it would have been without a contract.
            cells.push(("CostInUsd", format!("{:.12}", row.usd)));
            cells.push(("PaygCostInBillingCurrency", row.money(1.07 * row.usd)));
            cells.push(("PaygCostInUsd", format!("{:.12}", 1.07 * row.usd)));
        }
        // Enterprise agreements have the billing currency's code under another name.
        let camel: Vec<(String, String)> = cells
            .drain(..)
            .map(|(name, cell)| {
                let name = match name {
                    _ if customer => name[..1].to_lowercase() + &name[1..],
                    "BillingCurrency" => "BillingCurrencyCode".to_owned(),
                    name => name.to_owned(),
                };
                (name, cell)
            })
            .collect();
        table.push(
            camel
                .iter()
                .map(|(name, cell)| (name.as_str(), cell.clone()))
                .collect(),
        );
    }
    table
}

/// Usage details as they were.
pub(super) fn older(rows: &[Row]) -> Table {
    let mut table = Table::default();
    for row in rows {
        let name = &row.name;
        table.push(vec![
            ("SubscriptionGuid", "1".into()),
            ("ResourceGroup", "shop".into()),
            ("ResourceLocation", row.place.id().into()),
            ("UsageDateTime", row.date()),
            ("MeterCategory", name.service.clone()),
            ("MeterSubcategory", name.operation.clone()),
            ("MeterId", "2711ef08-ef48-5416-9ef2-f1110cd09c79".into()),
            ("MeterName", name.usage.clone()),
            ("MeterRegion", row.place.words().into()),
            ("UsageQuantity", number(row.quantity)),
            ("ResourceRate", row.unit_price()),
            ("PreTaxCost", row.money(row.usd)),
            ("ConsumedService", "Microsoft.App".into()),
            ("ResourceType", "containerApps".into()),
            ("InstanceId", resource(row)),
            ("Tags", tags(row, true)),
            ("OfferId", "MS-AZR-0017P".into()),
            ("AdditionalInfo", "{\"ServiceType\": \"x\"}".into()),
            ("Currency", row.currency.into()),
            ("UnitOfMeasure", name.unit.clone()),
        ]);
    }
    table
}
