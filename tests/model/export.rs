//! What is taken along says what is on the screen.

use crate::common::{book_with, legal};
use plimsoll_formats::decision;
use plimsoll_model::{
    Assessment, assess,
    bill::{CostCategory, Source},
    explore::flips,
    inputs::{Environment, Inputs},
    platform::Platform,
    presets::Preset,
    prices::{PriceBook, csv::lines},
};
use plimsoll_wording::{
    explain,
    export::{
        csv::{self, COLUMNS},
        markdown::{self, Cover},
    },
    format,
};
use proptest::prelude::*;

const COVER: Cover<'static> = Cover {
    title: "Where the API runs",
    date: "2026-10-04",
    link: "https://example.com/plimsoll/#v=1",
};

/// The rows of an export below its head, cell by cell.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut lines = lines(text).into_iter().map(|line| line.cells);
    assert_eq!(lines.next().unwrap(), COLUMNS);
    lines.collect()
}

/// The place of a column.
fn at(column: &str) -> usize {
    COLUMNS.iter().position(|name| *name == column).unwrap()
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

/// Fails unless the rows are the lines of all bills and the reasons why there is none, in this order.
fn holds_all(text: &str, assessment: &Assessment, book: &PriceBook) {
    let comparison = &assessment.comparison;
    let mut rows = rows(text).into_iter();
    for platform in &comparison.ranked {
        let Ok(bill) = comparison.quote(*platform) else {
            continue;
        };
        let mut exact = 0.0;
        for line in CostCategory::ALL
            .into_iter()
            .flat_map(|part| bill.category(part))
        {
            let row = rows.next().unwrap();
            assert_eq!(row.len(), COLUMNS.len());
            let cell = |column: &str| row[at(column)].as_str();
            assert_eq!(cell("platform"), platform.name());
            assert_eq!(cell("part"), line.category.id());
            assert_eq!(cell("meter"), line.meter);
            assert_eq!(cell("name"), line.name);
            assert_eq!(cell("unit"), line.unit);
            assert_eq!(cell("basis"), line.basis.id());
            assert_eq!(number(cell("quantity")), line.quantity);
            assert_eq!(number(cell("unit_price_usd")), line.unit_price);
            assert_eq!(number(cell("amount_exact_usd")), line.amount().get());
            exact += number(cell("amount_exact_usd"));
            // As on the screen, but for the sign of currency and the separators.
            let screen = format::usd(line.amount());
            assert_eq!(cell("amount_usd"), screen.replace(['$', ','], ""));
            if let Source::Row(id) = line.source {
                assert_eq!(cell("source"), book.row(id).page);
                let read = book.row(id).read.as_ref().map(ToString::to_string);
                assert_eq!(cell("read"), read.unwrap_or_default());
            } else {
                assert_eq!(cell("source"), explain::source(line, book));
            }
            assert_eq!(cell("no_bill_because"), "");
            assert_eq!(cell("formula"), explain::quantity(line));
            assert!(!cell("region").is_empty());
        }
        let total = bill.total().get();
        assert!((exact - total).abs() <= 1e-9 * total.max(1.0));
    }
    for platform in &comparison.ranked {
        let Err(refusal) = comparison.quote(*platform) else {
            continue;
        };
        let row = rows.next().unwrap();
        assert_eq!(row[at("platform")], platform.name());
        assert_eq!(row[at("no_bill_because")], explain::refusal(refusal));
        assert_eq!(row[at("amount_usd")], "");
    }
    assert_eq!(rows.next(), None);
}

/// Fails unless the table of options has the money of every bill as the screen has it.
fn has_all_options(text: &str, assessment: &Assessment) {
    let table: Vec<Vec<&str>> = text
        .lines()
        .skip_while(|line| !line.starts_with("| Platform |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    let comparison = &assessment.comparison;
    assert_eq!(table.len(), Platform::ALL.len());
    for (row, platform) in table.iter().zip(&comparison.ranked) {
        assert_eq!(row.len(), 4, "{row:?}");
        assert!(row[0].starts_with(platform.name()), "{row:?}");
        match comparison.quote(*platform) {
            Ok(bill) => {
                let money = [
                    bill.infrastructure(),
                    bill.subtotal(CostCategory::People),
                    bill.total(),
                ];
                assert_eq!(row[1..], money.map(format::usd));
            }
            Err(refusal) => {
                let why = row[3].replace('\\', "");
                assert_eq!(why, format!("no bill: {}", explain::refusal(refusal)));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_export_equals_the_screen(inputs in legal()) {
        let book = PriceBook::bundled();
        let assessment = assess(&inputs, &book);
        holds_all(&csv::bills(&assessment.comparison, &inputs, &book), &assessment, &book);
        has_all_options(&markdown::record(&COVER, &inputs, &assessment, &book, &[]), &assessment);
    }
}

#[test]
fn golden_exports() {
    for id in ["one-microservice", "llm-inference"] {
        let inputs = Preset::find(id).unwrap().inputs();
        let book = PriceBook::bundled();
        let assessment = assess(&inputs, &book);
        let flips = flips::all(&inputs, &book);
        let record = decision::record(&COVER, &inputs, &assessment, &book, &flips, &[]);
        insta::assert_snapshot!(format!("record_{id}"), record);
        let table = csv::bills(&assessment.comparison, &inputs, &book);
        assert_eq!(table.matches('\n').count(), table.matches("\r\n").count());
        insta::assert_snapshot!(format!("bills_{id}"), table.replace("\r\n", "\n"));
    }
}

#[test]
fn what_somebody_typed_changes_no_table() {
    let mut inputs = Inputs::default();
    inputs.environments.push(Environment {
        name: "a | b\n# c <img src=x onerror=alert(1)> `d`".into(),
        ..Environment::default()
    });
    let book = PriceBook::bundled();
    let assessment = assess(&inputs, &book);
    let cover = Cover {
        title: "x\n\n| [y](javascript:z) |",
        date: "today\n# x",
        link: "https://example.com/#v=1&env=<b>\n\n# x",
    };
    let text = markdown::record(&cover, &inputs, &assessment, &book, &[]);
    has_all_options(&text, &assessment);
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
    let expected = [
        "# x  \\| \\[y\\](javascript:z) \\|",
        "## Context",
        "## Options considered",
        "## Decision",
        "## Consequences",
        "## When to look again",
        "## Prices",
        "## What it promises",
        "## Limits",
    ];
    assert_eq!(headings, expected);
    assert!(text.contains("\n- Date: today \\# x\n"));
    assert!(
        text.contains("- a \\| b \\# c \\<img src=x onerror=alert(1)\\> \\`d\\`: 50 hours a week")
    );
    assert!(text.contains("<https://example.com/#v=1&env=%3Cb%3E#x>"));
    assert!(!text.replace("\\<", "").contains("<img"));
}

#[test]
fn a_page_that_a_site_wrote_is_no_formula_and_an_own_price_says_so() {
    let csv = "meter,region_group,region,value,unit,page,read,confidence,note\n\
               google-cloud/cloud-run/requests,all,,0.0000001,USD per request,=cmd|' /C calc'!A0,,own,\n";
    let book = PriceBook::bundled().overlaid(csv).unwrap();
    let assessment = assess(&Inputs::default(), &book);
    let text = csv::bills(&assessment.comparison, &Inputs::default(), &book);
    let own: Vec<Vec<String>> = rows(&text)
        .into_iter()
        .filter(|row| {
            row[at("meter")] == "google-cloud/cloud-run/requests" && row[at("basis")] == "own"
        })
        .collect();
    assert!(!own.is_empty());
    for row in own {
        assert_eq!(row[at("source")], "'=cmd|' /C calc'!A0");
    }
    // A credit is a number, not a text that begins with a minus.
    let negative: Vec<f64> = rows(&text)
        .iter()
        .map(|row| &row[at("amount_usd")])
        .filter(|amount| amount.starts_with('-'))
        .map(|amount| number(amount))
        .collect();
    assert!(!negative.is_empty());
}

#[test]
fn a_missing_price_is_told_with_its_meter() {
    // A book of one price: nothing can be billed.
    let book = PriceBook::of(Vec::new());
    let assessment = assess(&Inputs::default(), &book);
    let text = csv::bills(&assessment.comparison, &Inputs::default(), &book);
    holds_all(&text, &assessment, &book);
    assert!(rows(&text).iter().all(|row| !row[at("meter")].is_empty()));
    let record = markdown::record(&COVER, &Inputs::default(), &assessment, &book, &[]);
    has_all_options(&record, &assessment);
    assert!(record.contains("**None: no platform can be priced for this workload.**"));
    // Nor does a price of zero leave a line without a number.
    let book = book_with(&[("google-cloud/cloud-run/requests", 0.0)]);
    let assessment = assess(&Inputs::default(), &book);
    holds_all(
        &csv::bills(&assessment.comparison, &Inputs::default(), &book),
        &assessment,
        &book,
    );
}
