//! Exports of each vendor, whole and damaged.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails panics"
)]

use super::{Bill, Charge, GROUP, Item};
use crate::{Choices, Kind, Reader, Reading};
use plimsoll_model::vendor::Vendor;

fn pieces(bytes: &[u8], size: usize, choices: &[(&str, &str)]) -> Reading {
    let choices = choices.iter();
    let choices: Choices = choices
        .map(|(id, taken)| ((*id).to_owned(), (*taken).to_owned()))
        .collect();
    let mut reader = Reader::new(choices, None);
    reader.open("bill.csv");
    for piece in bytes.chunks(size) {
        if !reader.push(piece) {
            break;
        }
    }
    reader.finish()
}

fn of(text: &str) -> Reading {
    with(text, &[])
}

/// Read whole, which pieces must come to as well.
fn with(text: &str, choices: &[(&str, &str)]) -> Reading {
    let whole = pieces(text.as_bytes(), usize::MAX, choices);
    for size in [1, 2, 7, 64] {
        let split = pieces(text.as_bytes(), size, choices);
        assert_eq!(split.bill, whole.bill, "pieces of {size}");
        assert_eq!(split.told, whole.told, "pieces of {size}");
    }
    whole
}

fn told(reading: &Reading, kind: Kind) -> Vec<String> {
    let told = reading.told.iter().filter(|told| told.kind == kind);
    told.map(ToString::to_string).collect()
}

/// The one item of a usage and a kind.
fn item<'a>(bill: &'a Bill, usage: &str, charge: Charge) -> &'a Item {
    let mut found = bill
        .items
        .iter()
        .filter(|item| item.usage == usage && item.charge == charge);
    let first = found.next();
    assert!(found.next().is_none(), "several of {usage}");
    first.unwrap_or_else(|| panic!("no {usage} {charge:?} in {:#?}", bill.items))
}

fn cents(x: f64) -> i64 {
    (x * 1e6).round() as i64
}

const FOCUS: &str = "\
BilledCost,BillingCurrency,ChargeCategory,ChargeDescription,ChargePeriodStart,ConsumedQuantity,ConsumedUnit,EffectiveCost,\
PricingQuantity,PricingUnit,ProviderName,RegionId,ServiceName,SubAccountName,Tags
0.5,USD,Usage,\"$0.008 per LCU-hour, used\",2026-09-18 22:00:00,62.5,LCU-Hours,0.4,NULL,NULL,AWS,us-west-2,Elastic Load Balancing,shop,\"{\"\"team\"\": \"\"a\"\"}\"
1.5,USD,Usage,\"$0.008 per LCU-hour, used\",2026-09-19 22:00:00,1,LCU-Hours,1.25,187.5,LCU-Hours,\"Amazon Web Services, Inc.\",us-west-2,Elastic Load Balancing,shop,\"{\"\"user:team\"\": \"\"b\"\"}\"
-0.25,USD,Credit,promotion,2026-09-19,,,-0.25,NULL,NULL,Google Cloud,NULL,Cloud Run,shop,NULL
10,USD,Purchase,a year,2026-10-01,1,Units,0,1,Units,Microsoft,eastus,Virtual Machines,office,NULL
2,USD,Tax,VAT,2026-10-01,,,2,,,Oracle,,COMPUTE,office,
3,USD,Adjustment,fix,2026-10-01,,,3,,,Azure,,Storage,office,
";

#[test]
fn focus_has_all_vendors_in_one_file() {
    let reading = of(FOCUS);
    let bill = &reading.bill;
    assert_eq!(bill.rows, 6);
    assert_eq!(cents(bill.billed_usd()), 16_750_000);
    let used = item(bill, "$0.008 per LCU-hour, used", Charge::Usage);
    assert_eq!(used.vendor, Some(Vendor::Aws));
    assert_eq!((used.quantity, used.rows), (250.0, 2));
    assert_eq!((used.billed_usd, used.effective_usd), (2.0, 1.65));
    assert_eq!((used.month, &*used.region), ((2026, 9), "us-west-2"));
    assert_eq!(used.group, "Elastic Load Balancing");
    let credit = item(bill, "promotion", Charge::Credit);
    assert_eq!(credit.vendor, Some(Vendor::GoogleCloud));
    let paid = item(bill, "a year", Charge::Commitment);
    assert_eq!((paid.effective_usd, paid.billed_usd), (0.0, 10.0));
    assert_eq!(item(bill, "VAT", Charge::Tax).vendor, None);
    assert_eq!(item(bill, "fix", Charge::Other).vendor, Some(Vendor::Azure));
    assert_eq!(
        told(&reading, Kind::Understood),
        ["bill.csv:1: understood: FOCUS export: 6 rows of 2026-09 to 2026-10, $16.75 billed"]
    );
    assert!(reading.is_empty() && !reading.is_wrong());
}

#[test]
fn meters_of_focus_are_better_than_descriptions() {
    let header =
        "\u{feff}servicename;SKUMETER;chargedescription;billedcost;ChargePeriodStart;Extra\n";
    let reading = of(&[
        header,
        "A;Meter;text;1,5;2026-09-01;\nA;NULL;text;2.5;2026-09-01;x\n",
    ]
    .concat());
    assert_eq!(item(&reading.bill, "Meter", Charge::Usage).billed_usd, 1.5);
    assert_eq!(item(&reading.bill, "text", Charge::Usage).billed_usd, 2.5);
}

#[test]
fn items_are_grouped_by_accounts_and_tags() {
    let options = |reading: &Reading| {
        let told = reading.told.iter();
        let choice = told
            .filter_map(|told| told.choice.as_ref())
            .find(|choice| choice.id == GROUP);
        let choice = choice.unwrap();
        let names = choice.options.iter().map(|(id, _)| id.as_str());
        (choice.taken.clone(), names.collect::<Vec<_>>().join(" "))
    };
    let all = "service account tag:team".to_owned();
    assert_eq!(options(&of(FOCUS)), ("service".to_owned(), all.clone()));
    let reading = with(FOCUS, &[(GROUP, "tag:team")]);
    assert_eq!(options(&reading), ("tag:team".to_owned(), all.clone()));
    let sums = |reading: &Reading, group: &str| {
        let items = reading.bill.items.iter().filter(|item| item.group == group);
        items.map(|item| item.billed_usd).sum::<f64>()
    };
    assert_eq!(
        ["a", "b", ""].map(|group| sums(&reading, group)),
        [0.5, 1.5, 14.75]
    );
    let reading = with(FOCUS, &[(GROUP, "account")]);
    assert_eq!(
        ["shop", "office"].map(|group| sums(&reading, group)),
        [1.75, 15.0]
    );
    // A tag that isn't there any more.
    let reading = with(FOCUS, &[(GROUP, "tag:gone")]);
    assert_eq!(options(&reading), ("service".to_owned(), all));
    assert_eq!(sums(&reading, "Cloud Run"), -0.25);
}

const CUR: &str = "\
identity/LineItemId,lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/ProductCode,lineItem/UsageType,\
lineItem/UsageAmount,lineItem/CurrencyCode,lineItem/UnblendedCost,product/ProductName,product/region,pricing/unit,\
savingsPlan/SavingsPlanEffectiveCost,savingsPlan/TotalCommitmentToDate,savingsPlan/UsedCommitment,reservation/EffectiveCost,\
reservation/UnusedAmortizedUpfrontFeeForBillingPeriod,reservation/UnusedRecurringFee,resourceTags/user:team
1,11,Usage,2026-09-01T00:00:00Z,AmazonECS,EUW1-Fargate-vCPU-Hours:perCPU,100,USD,4.048,Amazon ECS,eu-west-1,vCPU-Hours,,,,,,,a
2,11,Usage,2026-09-02T00:00:00Z,AmazonECS,EUW1-Fargate-vCPU-Hours:perCPU,50,USD,2.024,Amazon ECS,eu-west-1,vCPU-Hours,,,,,,,b
3,11,SavingsPlanCoveredUsage,2026-09-02T00:00:00Z,AmazonECS,Fargate-GB-Hours,10,USD,1.0,Amazon ECS,,GB-Hours,0.7,,,,,,
4,11,SavingsPlanNegation,2026-09-02T00:00:00Z,AmazonECS,Fargate-GB-Hours,10,USD,-1.0,Amazon ECS,,,,,,,,,
5,11,SavingsPlanRecurringFee,2026-09-02T00:00:00Z,ComputeSavingsPlans,ComputeSP:1yrNoUpfront,1,USD,1.0,Savings Plans,,,,1.0,0.7,,,,
6,11,DiscountedUsage,2026-09-02T00:00:00Z,AmazonEC2,BoxUsage:m5.large,5,USD,0,Amazon EC2,,Hrs,,,,0.3,,,
7,11,RIFee,2026-09-01T00:00:00Z,AmazonEC2,HeavyUsage:m5.large,6,USD,0.5,Amazon EC2,,Hrs,,,,,0.1,0.05,
8,11,Fee,2026-09-01T00:00:00Z,AWSSupportBusiness,,1,USD,100,AWS Support (Business),,,,,,,,,
9,11,Tax,2026-09-01T00:00:00Z,AmazonECS,,1,USD,20,Amazon ECS,,,,,,,,,
10,11,Credit,2026-09-01T00:00:00Z,AmazonECS,EUW1-Fargate-vCPU-Hours:perCPU,1,USD,-3,Amazon ECS,eu-west-1,vCPU-Hours,,,,,,,
11,11,EdpDiscount,2026-09-01T00:00:00Z,AmazonECS,USE1-NatGateway-Hours,1,USD,-0.5,Amazon ECS,,,,,,,,,
12,11,Fee,2026-09-01T00:00:00Z,AmazonRegistrar,EU-Renew,1,USD,12,Amazon Registrar,,,,,,,,,
";

fn is_cur(bill: &Bill) {
    assert_eq!(bill.rows, 12);
    assert_eq!(cents(bill.billed_usd()), 136_072_000);
    let used = item(bill, "Fargate-vCPU-Hours:perCPU", Charge::Usage);
    assert_eq!((used.quantity, cents(used.billed_usd)), (150.0, 6_072_000));
    assert_eq!((&*used.service, &*used.unit), ("AmazonECS", "vCPU-Hours"));
    assert_eq!(used.region, "eu-west-1");
    let money = |usage: &str, charge: Charge| {
        let item = item(bill, usage, charge);
        [cents(item.billed_usd), cents(item.effective_usd)]
    };
    let gib = "Fargate-GB-Hours";
    assert_eq!(money(gib, Charge::Usage), [1_000_000, 700_000]);
    assert_eq!(money(gib, Charge::Commitment), [-1_000_000, 0]);
    let plan = "ComputeSP:1yrNoUpfront";
    assert_eq!(money(plan, Charge::Commitment), [1_000_000, 300_000]);
    assert_eq!(money("BoxUsage:m5.large", Charge::Usage), [0, 300_000]);
    let reserved = "HeavyUsage:m5.large";
    assert_eq!(money(reserved, Charge::Commitment), [500_000, 150_000]);
    assert_eq!(money("", Charge::Support), [100_000_000; 2]);
    assert_eq!(money("", Charge::Tax), [20_000_000; 2]);
    let credit = money("Fargate-vCPU-Hours:perCPU", Charge::Credit);
    assert_eq!(credit, [-3_000_000; 2]);
    assert_eq!(money("NatGateway-Hours", Charge::Discount), [-500_000; 2]);
    let nat = item(bill, "NatGateway-Hours", Charge::Discount);
    assert_eq!(nat.region, "USE1");
    assert_eq!(item(bill, "Renew", Charge::Other).region, "EU");
}

#[test]
fn a_report_of_aws_spreads_its_commitments() {
    let reading = of(CUR);
    is_cur(&reading.bill);
    assert_eq!(
        told(&reading, Kind::Understood),
        ["bill.csv:1: understood: AWS cost and usage report: 12 rows of 2026-09, $136.07 billed"]
    );
    let by_team = with(CUR, &[(GROUP, "tag:team")]);
    let of_a = by_team.bill.items.iter().find(|item| item.group == "a");
    assert_eq!(of_a.unwrap().quantity, 100.0);
}

#[test]
fn the_columns_of_a_report_may_stand_in_any_order() {
    let rows: Vec<Vec<&str>> = CUR.lines().map(|line| line.split(',').collect()).collect();
    for (turn, separator) in [(5, "\t"), (11, ";"), (18, ",")] {
        let lines = rows.iter().map(|row| {
            let mut row = row.clone();
            row.rotate_left(turn);
            row.iter()
                .map(|cell| format!("\"{cell}\""))
                .collect::<Vec<_>>()
                .join(separator)
        });
        is_cur(&of(&lines.collect::<Vec<_>>().join("\r\n")).bill);
    }
}

#[test]
fn data_exports_of_aws_have_maps() {
    let text = "line_item_usage_type,line_item_unblended_cost,line_item_line_item_type,line_item_product_code,resource_tags,product,\
        bill_billing_period_start_date,line_item_availability_zone,line_item_usage_amount\n\
        USW2-BoxUsage:m5.large,1.25,Usage,AmazonEC2,\"{\"\"user_team\"\":\"\"a\\\"\"b\"\",\"\"user_env\"\":\"\"\"\"}\",\"{\"\"region\"\":\"\"us-west-2\"\"}\",2026-09-01 00:00:00.000,,3\n\
        USW2-BoxUsage:m5.large,1.25,Usage,AmazonEC2,{},{},2026-09-01 00:00:00.000,us-west-2b,3\n";
    let reading = with(text, &[(GROUP, "tag:team")]);
    let groups = reading.bill.items.iter();
    let groups: Vec<(&str, &str)> = groups.map(|item| (&*item.group, &*item.region)).collect();
    assert_eq!(groups, [("", "us-west-2"), ("a\"b", "us-west-2")]);
}

#[test]
fn cost_explorer_has_sums_that_count_once() {
    let text = "\"Service\",\"EC2-Instances($)\",\"Support (Developer)($)\",\"Tax($)\",\"Lambda($)\",\"Total costs($)\"\n\
        \"Service total\",\"30.5\",\"29\",\"1.5\",\"0\",\"61\"\n\
        \"2026-08-01\",\"10.25\",\"29\",\"\",\"0\",\"39.25\"\n\
        \"2026-09-01\",\"20.25\",\"\",\"1.5\",\"\",\"21.75\"\n";
    let reading = of(text);
    assert_eq!(reading.bill.rows, 2);
    assert_eq!(reading.bill.billed_usd(), 61.0);
    assert_eq!(reading.bill.items.len(), 4);
    assert_eq!(
        item(&reading.bill, "", Charge::Support).service,
        "Support (Developer)"
    );
    assert_eq!(item(&reading.bill, "", Charge::Tax).month, (2026, 9));
    assert_eq!(
        told(&reading, Kind::Understood),
        ["bill.csv:1: understood: AWS Cost Explorer: 2 rows of 2026-08 to 2026-09, $61.00 billed"]
    );
}

const OBJECT: &str = r#"{"service":{"id":"1","description":"Cloud Run"},"sku":{"description":"CPU, \"x\" {"},"usage_start_time":"2026-09-01 00:00:00 UTC",
"project":{"id":"shop"},"labels":[{"key":"team","value":"a"}],"location":{"location":"europe-west1","region":null},"cost":9.0,
"currency":"EUR","currency_conversion_rate":0.9,"usage":{"amount":3600.0,"unit":"seconds","amount_in_pricing_units":"1.0","pricing_unit":"hour"},
"credits":[{"name":"c","amount":-1.8,"type":"COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE"},{"amount":"-0.9","type":"PROMOTION"}],"cost_type":"regular"}"#;

fn is_google(reading: &Reading, times: f64) {
    let bill = &reading.bill;
    let usage = "CPU, \"x\" {";
    let money = |charge: Charge| {
        let item = item(bill, usage, charge);
        [item.billed_usd, item.effective_usd].map(|x| cents(x / times))
    };
    assert_eq!(money(Charge::Usage), [10_000_000, 8_000_000]);
    assert_eq!(money(Charge::Commitment), [-2_000_000, 0]);
    assert_eq!(money(Charge::Credit), [-1_000_000; 2]);
    let used = item(bill, usage, Charge::Usage);
    assert_eq!((used.quantity, &*used.unit), (times, "hour"));
    assert_eq!((&*used.region, &*used.group), ("europe-west1", "a"));
    assert_eq!(used.vendor, Some(Vendor::GoogleCloud));
    assert!(!reading.is_wrong(), "{:?}", reading.told);
    let turned = "bill.csv:1: understood: amounts in EUR as the file itself has them in US dollars";
    assert_eq!(told(reading, Kind::Understood)[1], turned);
}

#[test]
fn google_cloud_exports_objects_and_tables() {
    let line = OBJECT.replace('\n', "");
    let choices = [(GROUP, "tag:team")];
    is_google(&with(&[&line, "\n", &line].concat(), &choices), 2.0);
    is_google(
        &with(&["[", OBJECT, ",\n", OBJECT, "]"].concat(), &choices),
        2.0,
    );
    let table = "service.description,sku.description,cost,currency,currency_conversion_rate,usage.amount_in_pricing_units,\
        usage.pricing_unit,credits,labels,location.region,usage_start_time\n\
        Cloud Run,\"CPU, \"\"x\"\" {\",9,EUR,0.9,1,hour,\"[{\"\"amount\"\":-1.8,\"\"type\"\":\"\"COMMITTED_USAGE_DISCOUNT\"\"},{\"\"amount\"\":-0.9}]\",\
        \"[{\"\"key\"\":\"\"team\"\",\"\"value\"\":\"\"a\"\"}]\",europe-west1,2026-09-01 00:00:00 UTC\n";
    is_google(&with(table, &choices), 1.0);
    let flat = "service_description,sku_description,cost,currency,currency_conversion_rate,usage_amount,usage_unit,credits_amount,\
        credits_type,labels.team,location_region,usage_start_time\n\
        Cloud Run,\"CPU, \"\"x\"\" {\",9,EUR,0.9,1,hour,-1.8,COMMITTED_USAGE_DISCOUNT,a,europe-west1,2026-09-01\n\
        Cloud Run,\"CPU, \"\"x\"\" {\",0,EUR,0.9,0,hour,-0.9,PROMOTION,a,europe-west1,2026-09-01\n";
    is_google(&with(flat, &choices), 1.0);
}

#[test]
fn objects_that_are_none_are_told_with_their_line() {
    let line = OBJECT.replace('\n', "");
    let text = [
        &line,
        "\nnull\n{\"cost\" 1}\n{\"cost\": 1,}\n",
        &line,
        "\n{\"service\": {",
    ]
    .concat();
    let reading = of(&text);
    assert_eq!(reading.bill.rows, 2);
    let wrong = told(&reading, Kind::Wrong);
    let begins = ["bill.csv:2:", "bill.csv:3:", "bill.csv:4:"];
    assert!(
        wrong
            .iter()
            .zip(begins)
            .all(|(one, begins)| one.starts_with(begins)),
        "{wrong:?}"
    );
    assert_eq!(wrong[3], "bill.csv:1: wrong: 1 more row cut off or broken");
}

#[test]
fn tables_of_costs_have_lines_above_and_sums_below() {
    let text = "Invoice number,123\nInvoice date,2026-09-30\nCurrency,EUR\nTotal amount due,11.5\n\n\
        Billing account name,Project name,Service description,SKU description,Credit type,Cost type,Usage start date,Usage amount,Usage unit,Unrounded Cost (\u{20ac}),Cost (\u{20ac})\n\
        a,p,Cloud Run,CPU,,Usage,2026-09-01,\"1,000\",second,12.004,12.00\n\
        a,p,Cloud Run,CPU,PROMOTION,Usage,2026-09-01,0,second,-2.004,-2.00\n\
        a,,,Tax,,Tax,2026-09-01,,,1.5,1.50\n\
        ,,,,,Rounding error,,,,0.001,0\n\
        ,,,,,Total,,,,11.501,11.50\nTotal,,,,,,,,,11.501\n";
    let reading = with(text, &[("rate:EUR", "2@2026-09-30")]);
    assert_eq!(cents(reading.bill.billed_usd()), 23_002_000);
    assert_eq!(item(&reading.bill, "CPU", Charge::Usage).quantity, 1_000.0);
    assert_eq!(
        cents(item(&reading.bill, "CPU", Charge::Credit).billed_usd),
        -4_008_000
    );
    assert_eq!(
        told(&reading, Kind::Understood),
        ["bill.csv:6: understood: Google Cloud cost table: 4 rows of 2026-09, EUR 11.50 billed"]
            .map(|text| text.replace(":6:", ":1:"))
    );
    assert!(!reading.is_wrong(), "{:?}", reading.told);
}

const AZURE: &str = "\
Date,MeterCategory,MeterSubCategory,MeterName,Quantity,UnitOfMeasure,CostInBillingCurrency,BillingCurrency,ChargeType,ResourceLocation,SubscriptionName,Tags
09/01/2026,Azure Container Apps,,Standard vCPU Active Usage,3,\"10,000 s\",1.25,USD,Usage,westeurope,shop,\"\"\"team\"\": \"\"a\"\",\"\"env\"\": \"\"prod\"\"\"
09/30/2026,Azure Container Apps,,Standard Requests,2,1M,0.8,USD,Usage,westeurope,shop,\"{\"\"team\"\": \"\"b\"\"}\"
09/01/2026,Virtual Machines,Dv3 Series,D2 v3,5,100 Hours,48,USD,Usage,westeurope,shop,
09/01/2026,Virtual Machines,Dv3 Series,D2 v3,1,1 Hour,0.1,USD,UnusedReservation,westeurope,shop,
09/01/2026,Virtual Machines,,A year,1,1,500,USD,Purchase,westeurope,shop,
09/01/2026,Virtual Machines,,A year,1,1,-100,USD,Refund,westeurope,shop,
09/01/2026,,,,1,,-0.004,USD,RoundingAdjustment,westeurope,shop,
";

#[test]
fn azure_has_quantities_in_hundreds() {
    let reading = of(AZURE);
    let bill = &reading.bill;
    assert_eq!(cents(bill.billed_usd()), 450_146_000);
    let of = |usage: &str| {
        let item = item(bill, usage, Charge::Usage);
        (item.quantity, item.unit.clone())
    };
    assert_eq!(of("Standard vCPU Active Usage"), (30_000.0, "s".to_owned()));
    assert_eq!(of("Standard Requests"), (2e6, String::new()));
    // But machines, whose price alone is of hundreds.
    assert_eq!(of("Dv3 Series / D2 v3"), (5.0, "Hours".to_owned()));
    let kinds = [
        ("A year", Charge::Commitment),
        ("A year", Charge::Credit),
        ("", Charge::Other),
    ];
    for (usage, charge) in kinds {
        assert_eq!(item(bill, usage, charge).month, (2026, 9));
    }
    let by_team = with(AZURE, &[(GROUP, "tag:team")]);
    let sum = |group: &str| {
        let items = by_team.bill.items.iter().filter(|item| item.group == group);
        items.map(|item| item.billed_usd).sum::<f64>()
    };
    assert_eq!([sum("a"), sum("b")], [1.25, 0.8]);
}

#[test]
fn older_usage_of_azure_has_other_names() {
    let text = "SubscriptionGuid,UsageDateTime,Categor\u{ed}a (MeterCategory),MeterName,UsageQuantity,PreTaxCost,InstanceId,Currency,UnitOfMeasure\n\
        1,2026-09-18,Storage,LRS,2,0.5,/x,USD,1 GB/Month\n";
    let reading = of(text);
    let item = item(&reading.bill, "LRS", Charge::Usage);
    assert_eq!(
        (item.quantity, &*item.unit, item.billed_usd),
        (2.0, "GB/Month", 0.5)
    );
    assert_eq!(item.service, "Storage");
}

#[test]
fn days_say_whether_they_stand_first() {
    let text = |dates: [&str; 2]| {
        let [a, b] = dates;
        format!("Date,MeterCategory,MeterName,Cost\n{a},Storage,LRS,1\n{b},Storage,LRS,1\n")
    };
    let months = |reading: &Reading| {
        let items = reading.bill.items.iter();
        items.map(|item| item.month.1).collect::<Vec<_>>()
    };
    assert_eq!(months(&of(&text(["02/09/2026", "13/09/2026"]))), [9]);
    assert_eq!(months(&of(&text(["09/02/2026", "09/13/2026"]))), [9]);
    let open = text(["09/02/2026", "09/03/2026"]);
    let reading = of(&open);
    assert_eq!(months(&reading), [9]);
    let assumed = told(&reading, Kind::Assumed);
    assert_eq!(assumed, ["bill.csv:1: assumed: dates begin with the month"]);
    let reading = with(&open, &[("bill.csv:1:dates", "day")]);
    assert_eq!(months(&reading), [2, 3]);
    assert_eq!(months(&of(&text(["", "soon"]))), [1]);
}

#[test]
fn other_currencies_need_a_rate() {
    let text = AZURE.replace("USD", "EUR");
    let reading = of(&text);
    assert!(reading.bill.items.is_empty());
    assert_eq!(
        told(&reading, Kind::Wrong),
        ["bill.csv:1: wrong: amounts in EUR: say how many US dollars one EUR is, and of which day"]
    );
    let choice = reading
        .told
        .iter()
        .find_map(|told| told.choice.clone())
        .unwrap();
    assert_eq!((&*choice.id, &*choice.taken), ("rate:EUR", ""));
    let reading = with(&text, &[("rate:EUR", "1.08@2026-11-01")]);
    assert_eq!(cents(reading.bill.billed_usd()), 486_157_680);
    let says = "bill.csv:1: assumed: 1 EUR is 1.08 US dollars, of 2026-11-01, as you say";
    assert_eq!(told(&reading, Kind::Assumed)[0], says);
    let understood = told(&reading, Kind::Understood);
    assert!(
        understood[0].ends_with("EUR 450.15 billed"),
        "{understood:?}"
    );
    for wrong in [
        "1.08",
        "@2026-11-01",
        "0@2026-11-01",
        "1@2026-13-01",
        "1@2026-11-00",
        "x@2026-11-01",
        "1e99@2026-11-01",
    ] {
        let reading = with(&text, &[("rate:EUR", wrong)]);
        assert!(reading.bill.items.is_empty());
        assert!(
            told(&reading, Kind::Wrong)[0].contains("is no rate"),
            "{wrong}"
        );
    }
    // The file's own US dollars are as good.
    let own = "Date,MeterCategory,MeterName,CostInBillingCurrency,BillingCurrency,costInUsd\n2026-09-01,Storage,LRS,1,EUR,1.1\n";
    assert_eq!(of(own).bill.billed_usd(), 1.1);
    // What of several files is the same is asked once.
    let mut reader = Reader::new(Choices::new(), None);
    for name in ["a.csv", "b.csv"] {
        reader.open(name);
        reader.push(text.as_bytes());
    }
    let reading = reader.finish();
    let choices = reading.told.iter().filter(|told| told.choice.is_some());
    assert_eq!((told(&reading, Kind::Wrong).len(), choices.count()), (2, 2));
}

#[test]
fn damaged_cells_are_told_and_other_rows_are_read() {
    let mut text = String::from("Date,MeterCategory,MeterName,Quantity,Cost\n");
    text += "2026-09-01,Storage,LRS,1,\"=HYPERLINK(\"\"http://x\"\",\"\"1\"\")\"\n";
    for _ in 0..5 {
        text += "2026-09-01,Storage,LRS,1,abc\n";
    }
    text += "2026-09-01,Storage,LRS,many,\"1,234.56\"\n2026-09-01,Storage,LRS,1,\n,,,,\n2026-09-01,Storage,LRS,1,1e2\n2026-09-01,Sto";
    let reading = of(&text);
    assert_eq!(cents(reading.bill.billed_usd()), 1_334_560_000);
    assert_eq!(reading.bill.rows, 3);
    assert_eq!(
        told(&reading, Kind::Wrong),
        [
            "bill.csv:2: wrong: \u{201c}=HYPERLINK(\"http://x\",\"1\")\u{201d} is no amount; allowed: a number such as 1234.56, or nothing",
            "bill.csv:3: wrong: \u{201c}abc\u{201d} is no amount; allowed: a number such as 1234.56, or nothing",
            "bill.csv:4: wrong: \u{201c}abc\u{201d} is no amount; allowed: a number such as 1234.56, or nothing",
            "bill.csv:1: wrong: 3 more rows without an amount",
            "bill.csv:8: wrong: \u{201c}many\u{201d} is no number; allowed: a number such as 1234.5, or nothing. What the row bills counts",
            "bill.csv:12: wrong: 2 columns in place of 5; allowed: as many as the header has. The row does not count",
        ]
    );
    let says = "3 rows of 2026-09, $1,334.56 billed; 6 rows without an amount";
    assert!(told(&reading, Kind::Understood)[0].ends_with(says));
}

#[test]
fn what_is_no_text_is_told_as_what_it_is() {
    for (bytes, says) in [
        (&b"PAR1\x15\x04"[..], "a Parquet file; choose CSV with gzip"),
        (b"\x1f\x8b\x08\x00", "packed with gzip and not unpacked"),
        (b"PK\x03\x04\x14", "a ZIP file: unpack it"),
        (b"\xff\xfeB\x00", "text in UTF-16"),
    ] {
        for size in [1, 64] {
            let wrong = told(&pieces(bytes, size, &[]), Kind::Wrong);
            assert_eq!(wrong.len(), 1);
            assert!(wrong[0].contains(says), "{wrong:?}");
        }
    }
}

#[test]
fn headers_and_rows_have_limits() {
    let header = |columns: usize| {
        let mut text = String::from("BilledCost,ServiceName,ChargePeriodStart");
        for _ in 3..columns {
            text += ",x";
        }
        text + "\n1,A,2026-09-01" + &",".repeat(columns - 3) + "\n"
    };
    let read = |text: &str| pieces(text.as_bytes(), 1 << 16, &[]);
    assert_eq!(read(&header(10_000)).bill.billed_usd(), 1.0);
    for columns in [10_001, 1_000_000] {
        let reading = read(&header(columns));
        let wrong = told(&reading, Kind::Wrong);
        assert!(wrong[0].contains("up to 10,000"), "{wrong:?}");
        assert!(reading.bill.items.is_empty());
    }
    let long = FOCUS.to_owned() + "\"" + &"x,".repeat(1 << 20);
    let wrong = told(&read(&long), Kind::Wrong);
    assert!(
        wrong[0].starts_with("bill.csv:8: wrong: a row of more than 1 MiB"),
        "{wrong:?}"
    );
}

#[test]
fn no_row_is_dropped_beyond_the_most_kinds() {
    let mut text = String::from("BilledCost,ServiceName,ChargeDescription,ChargePeriodStart\n");
    for n in 0..60_000 {
        text += &format!("0.01,A,kind {n},2026-09-01\n");
    }
    let bill = pieces(text.as_bytes(), 1 << 16, &[]).bill;
    assert_eq!((bill.items.len(), bill.rows), (50_000, 60_000));
    assert_eq!(cents(bill.billed_usd()), 600_000_000);
    let further = item(&bill, "(further kinds)", Charge::Usage);
    assert_eq!(
        (further.rows, cents(further.billed_usd)),
        (10_001, 100_010_000)
    );
}

#[test]
fn sums_are_right_to_the_cent() {
    let mut text = String::from(
        "BilledCost,ServiceName,ChargeDescription,ChargePeriodStart\n1e12,A,x,2026-09-01\n",
    );
    text += &"0.10,A,x,2026-09-01\n".repeat(100_000);
    text += "-1e12,A,x,2026-09-01\n";
    let bill = pieces(text.as_bytes(), 1 << 16, &[]).bill;
    assert_eq!(cents(bill.billed_usd()), 10_000_000_000);
}

#[test]
fn other_tables_are_no_bills() {
    for text in [
        "time,requests\n2026-09-01 00:00,5\n2026-09-01 01:00,6\n",
        "name;requests;vcpu\nshop;3M;500m\n",
        "Service,Cost\nA,1\n",
        "Product,Cost,Date\nA,1,2026-09-01\n",
        "{\"cost\": 1, \"service\": \"x\"}",
        "[]",
    ] {
        assert_eq!(of(text).bill, Bill::default(), "{text}");
    }
}
