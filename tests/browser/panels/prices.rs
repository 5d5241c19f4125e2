//! The price book, the assumptions, and the duties of a cluster's owner.

use super::{assessed, bundled, id_of, label, sets};
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_model::{
    duties::{DUTIES, estimate},
    inputs::{ASSUMPTIONS, FIELDS, Inputs, fields},
    prices::{OwnPrice, RowId},
    region::Region,
};
use plimsoll_wording::format;
use serde_json::json;
use thirtyfour::{By, Key};

in_each_engine!(
    the_price_book_is_searched_and_changed,
    an_assumption_changes_the_totals,
    the_sum_of_the_duties_is_tracked_time,
);

async fn the_price_book_is_searched_and_changed(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.opens("prices").await;
    let mut inputs = Inputs::default();
    let book = bundled();
    let search = async |words: &str| {
        let field = browser.found(By::Id("price-search")).await;
        browser.click(&field).await;
        field.send_keys(Key::Control + "a").await.unwrap();
        field.send_keys(words).await.unwrap();
    };
    let found = |words: &str| -> Vec<RowId> {
        let matches = |id: &RowId| {
            let row = book.row(*id);
            let info = row.meter.info();
            let region = row.region.map_or("all", Region::id);
            let text = [
                info.id,
                info.name,
                region,
                &row.city,
                row.confidence.name(),
                &row.note,
            ]
            .join(" ")
            .to_lowercase();
            words.split_whitespace().all(|word| text.contains(word))
        };
        book.in_force().into_iter().filter(matches).collect()
    };
    // Meter, region and price of what is shown.
    let shown = "return [...document.querySelectorAll('#prices tbody tr')].map((row) => [\
         row.querySelector('th .city').textContent, row.cells[1].firstChild.textContent, row.querySelector('input').value])";
    let rows = |ids: &[RowId]| -> Vec<[String; 3]> {
        let row = |id: &RowId| {
            let row = book.row(*id);
            [
                row.meter.info().id.to_owned(),
                row.region.map_or("all", Region::id).to_owned(),
                row.value.map_or(String::new(), format::editable),
            ]
        };
        ids.iter().map(row).collect()
    };
    for words in ["fargate europe", "eks cluster"] {
        search(words).await;
        let found = found(words);
        assert!(!found.is_empty() && found.len() < 40, "{words}");
        browser.returns(shown, json!(rows(&found))).await;
    }
    let ids = found("eks cluster");
    let row = book.row(ids[0]);
    let value = row.value.unwrap() * 4.0;
    browser
        .write_at(
            "#prices tbody tr:first-child input",
            &format::editable(value),
        )
        .await;
    inputs.prices.push(OwnPrice {
        meter: row.meter,
        region: row.region,
        value,
    });
    assert_ne!(
        assessed(&inputs).comparison,
        assessed(&Inputs::default()).comparison
    );
    browser.agrees(&inputs).await;
    // It is found among the own ones, and taken back there.
    browser.reload().await;
    browser.opens("prices").await;
    search("eks cluster own").await;
    let own = json!([[
        row.meter.info().id,
        row.region.map_or("all", Region::id),
        format::editable(value)
    ]]);
    browser.returns(shown, own).await;
    browser.press("Back to the book\u{2019}s").await;
    browser.agrees(&Inputs::default()).await;
    search("eks cluster").await;
    browser.returns(shown, json!(rows(&ids))).await;
    browser.end().await;
}

async fn an_assumption_changes_the_totals(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.opens("assumptions").await;
    let rows = "return document.querySelectorAll('#assumptions tbody tr').length";
    browser.returns(rows, json!(ASSUMPTIONS.len())).await;
    let begin = assessed(&Inputs::default());
    let moved = |path: &str, x: f64| {
        let mut inputs = Inputs::default();
        sets(&mut inputs, path, x);
        inputs
    };
    let changes =
        |path: &str, high: f64| assessed(&moved(path, high)).comparison != begin.comparison;
    let assumption = ASSUMPTIONS
        .iter()
        .find(|one| changes(one.field.path, one.likely.1))
        .unwrap();
    let (_, high) = assumption.likely;
    let path = assumption.field.path;
    let field = format!(
        "#assumptions input[aria-label='{}']",
        assumption.field.label
    );
    browser
        .holds(&field, &[format::editable(assumption.default)])
        .await;
    browser.write_at(&field, &format::editable(high)).await;
    browser.agrees(&moved(path, high)).await;
    browser.is_own(path, true).await;
    browser.write_at(&field, "nobody knows").await;
    let message = browser
        .texts(&format!("#{}-message", id_of(&assumption.field)))
        .await
        .concat();
    let allowed = format::allowed(assumption.field.range().unwrap());
    assert!(
        message.contains("nobody knows") && message.contains(&allowed),
        "{message}"
    );
    browser.agrees(&moved(path, high)).await;
    browser.reset(path).await;
    browser.agrees(&Inputs::default()).await;
    browser.is_own(path, false).await;
    browser
        .holds(&field, &[format::editable(assumption.default)])
        .await;
    assert!(fields::all().count() == FIELDS.len() + ASSUMPTIONS.len());
    browser.end().await;
}

async fn the_sum_of_the_duties_is_tracked_time(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.opens("duties").await;
    let mut hours = estimate(&Inputs::default());
    let written =
        |hours: &[f64]| -> Vec<String> { hours.iter().copied().map(format::number).collect() };
    browser.holds("#duties tbody input", &written(&hours)).await;
    let together = "#duties tfoot .number";
    browser
        .reads(together, &written(&[hours.iter().sum()]))
        .await;
    for (place, text) in [(0, "3.5"), (8, "1.25")] {
        let field = format!("#duties input[aria-label='{}']", DUTIES[place].label);
        browser.write_at(&field, text).await;
        hours[place] = format::parse_number(text).unwrap();
        browser.holds("#duties tbody input", &written(&hours)).await;
        browser
            .reads(together, &written(&[hours.iter().sum()]))
            .await;
    }
    browser
        .press("Use the sum as our hours on Kubernetes")
        .await;
    let mut inputs = Inputs::default();
    let sum: f64 = hours.iter().sum();
    inputs.team.ops_hours_per_week.kubernetes = Some((sum * 10.0).round() / 10.0);
    assert_ne!(
        assessed(&inputs).comparison,
        assessed(&Inputs::default()).comparison
    );
    browser.agrees(&inputs).await;
    let tracked = browser
        .value_of(label("team.ops_hours_per_week.kubernetes"))
        .await;
    assert_eq!(
        format::parse_number(&tracked),
        inputs.team.ops_hours_per_week.kubernetes
    );
    browser.end().await;
}
