//! What a vendor billed, dropped on the page: held against ours, its prices and quantities taken over, alone on paper.

use super::later::pages;
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_formats::{decision, scenario};
use plimsoll_model::{
    assess,
    explore::{
        billed::{measured, platform_of, prices_of, quantities_of, reconcile},
        flips,
        watch::watch,
    },
    inputs::Inputs,
    platform::Platform,
    prices::PriceBook,
};
use plimsoll_readers::{Choices, File, bills::Summary, read_with};
use plimsoll_wording::{billed as words, export::markdown::Cover, watch as told};
use serde_json::json;
use thirtyfour::{By, Key, common::print::PrintParameters};

in_each_engine!(
    a_bill_is_held_against_ours_and_taken_over,
    a_packed_bill_is_unpacked_by_the_browser,
    a_decision_is_held_against_today,
);

/// When the bills are read: their months are over.
const LATER: (i32, u8) = (2027, 1);

/// A month of Fargate, NAT gateways and balancers, as AWS exports it.
pub(crate) fn month() -> String {
    let path = plimsoll_tests::root().join("tests/cases/bills/fargate-october.csv");
    std::fs::read_to_string(path).unwrap()
}

/// A decision to stay on Fargate, as a record.
pub(crate) fn decided() -> (Inputs, String) {
    let book = PriceBook::bundled();
    let text = r#"{"clouds":["aws"],"already_on":"fargate","min_instances":3}"#;
    let (inputs, wrong) = scenario::read(text);
    assert_eq!(wrong, vec![]);
    let assessment = assess(&inputs, &book);
    let flips = flips::all(&inputs, &book);
    let cover = Cover {
        title: "",
        date: "2026-05-02",
        link: "",
    };
    let record = decision::record(&cover, &inputs, &assessment, &book, &flips, &[]);
    (inputs, record)
}

fn summary(text: &str, choices: &Choices) -> Summary {
    let name = "fargate-october.csv";
    let reading = read_with(&[File { name, text }], choices);
    reading.bill.summary(&PriceBook::bundled(), 100)
}

async fn a_bill_is_held_against_ours_and_taken_over(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.watch();
    browser.open().await;
    browser.unfold("Your files").await;
    let path = plimsoll_tests::root().join("tests/cases/bills/fargate-october.csv");
    let field = browser.found(By::Css("#import input[type=file]")).await;
    field.send_keys(path.display().to_string()).await.unwrap();
    let book = PriceBook::bundled();
    let inputs = Inputs::default();
    let bill = summary(&month(), &Choices::new());
    let platform = platform_of(&inputs, &book, &bill.billed).unwrap();
    assert_eq!(platform, Platform::Fargate);
    let held = reconcile(&inputs, &book, platform, &bill.billed, LATER).unwrap();
    let newest = held.newest().unwrap();
    let parts = words::parts(bill.billed_usd, bill.matched_usd);
    let said = words::summary(&held, newest);
    let left = format!("{}: ", bill.unmatched[0].name);
    browser.previewed(&[&parts, &said, &left]).await;
    let causes: Vec<String> = newest.lines.iter().map(words::cause).collect();
    let shown = "return [...document.querySelectorAll('#preview table.held tbody td:last-child')].map((cell) => cell.textContent).filter(Boolean)";
    assert_eq!(browser.script(shown).await, json!(causes));
    // Grouped by a tag: the file is read once more.
    let choice = "const select = [...document.querySelectorAll('#preview select')].find((select) => [...select.options].some((option) => option.value === 'tag:team'));
        select.value = 'tag:team'; select.dispatchEvent(new Event('change', { bubbles: true }))";
    browser.script(choice).await;
    browser.previewed(&["checkout", &said]).await;
    // Prices, then quantities: both are one step each.
    let own = prices_of(&held, &inputs);
    assert!(!own.is_empty());
    let button = format!(
        "Take {} from it",
        plimsoll_wording::format::count(own.len() as f64, "price", "prices")
    );
    // By keys alone, from the choice of the platform.
    browser
        .script("document.getElementById('bill-of').focus()")
        .await;
    let here = format!("return document.activeElement.textContent.trim() === {button:?}");
    let mut steps = 0;
    while !browser.is_so(&here).await {
        steps += 1;
        assert!(steps < 10, "Tab doesn't lead to the button");
        browser.types(Key::Tab).await;
    }
    browser.types(Key::Enter).await;
    // Nothing is left to take, and the focus stays in the preview.
    let stays = "return document.activeElement.closest('#preview') !== null && !document.activeElement.disabled";
    browser.returns(stays, json!(true)).await;
    let priced = Inputs {
        prices: own,
        ..Inputs::default()
    };
    browser
        .shows_with(&priced, &book.with_own(&priced.prices))
        .await;
    browser.press("Undo").await;
    browser.shows(&Inputs::default()).await;
    browser.press("Take its quantities").await;
    browser.shows(&quantities_of(&held, &inputs, &book)).await;
    browser.press("Undo").await;
    browser.shows(&Inputs::default()).await;
    // Another platform's bill of ours.
    let other = "const select = document.getElementById('bill-of'); select.value = 'eks'; select.dispatchEvent(new Event('change', { bubbles: true }))";
    browser.script(other).await;
    let eks = reconcile(&inputs, &book, Platform::Eks, &bill.billed, LATER).unwrap();
    browser
        .previewed(&[&words::summary(&eks, eks.newest().unwrap())])
        .await;
    browser.script(&other.replace("'eks'", "'fargate'")).await;
    browser.previewed(&[&said]).await;
    // Alone on one page.
    if engine == Engine::Chromium {
        let alone = "document.documentElement.setAttribute('data-print', 'alone')";
        browser.script(alone).await;
        let printed = browser.driver.print_page(PrintParameters::default());
        assert_eq!(pages(&printed.await.unwrap()), 1);
        browser
            .script("document.documentElement.removeAttribute('data-print')")
            .await;
    }
    browser
        .script("window.printed = 0; window.print = () => { window.printed += document.documentElement.dataset.print === 'alone' }")
        .await;
    browser.press("Print this").await;
    browser.returns("return window.printed", json!(1)).await;
    browser
        .returns(
            "return document.documentElement.dataset.print ?? null",
            json!(null),
        )
        .await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.end().await;
}

async fn a_packed_bill_is_unpacked_by_the_browser(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.watch();
    browser.open().await;
    browser.unfold("Your files").await;
    let text = month();
    let bill = summary(&text, &Choices::new());
    let parts = words::parts(bill.billed_usd, bill.matched_usd);
    let drop = |cut: &str| {
        format!(
            "return (async () => {{
                const packed = new Blob([{text:?}]).stream().pipeThrough(new CompressionStream('gzip'));
                const whole = await new Response(packed).blob();
                const data = new DataTransfer();
                data.items.add(new File([whole.slice(0, whole.size{cut})], 'bill.csv.gz'));
                document.body.dispatchEvent(new DragEvent('drop', {{ bubbles: true, cancelable: true, dataTransfer: data }}));
            }})()"
        )
    };
    browser.script(&drop("")).await;
    browser.previewed(&[&parts]).await;
    browser.press("Leave it").await;
    // Without its end what was there is kept, and said.
    browser.script(&drop(" * 0.6")).await;
    browser
        .previewed(&[
            "bill.csv.gz",
            "can\u{2019}t be unpacked to its end",
            " billed: ",
        ])
        .await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.end().await;
}

async fn a_decision_is_held_against_today(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.watch();
    browser.open().await;
    browser.unfold("Your files").await;
    let book = PriceBook::bundled();
    let (inputs, record) = decided();
    let (decided, _) = decision::read(&record).unwrap();
    let says = |now: &Inputs, usd| told::told(&decided, &watch(&decided, now, &book, usd));
    let previewed = async |texts: &[String]| {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        browser.previewed(&texts).await;
    };
    browser.drops(&[("decision.md", &*record)]).await;
    previewed(&says(&inputs, None)).await;
    // With a new bill beside it.
    let month = month();
    browser.drops(&[("fargate-october.csv", &*month)]).await;
    let bill = summary(&month, &Choices::new());
    let held = reconcile(&inputs, &book, Platform::Fargate, &bill.billed, LATER).unwrap();
    let newest = held.newest().unwrap();
    let now = measured(&held, &inputs, &book);
    let mut with_bill = says(&now, Some(newest.billed_usd()));
    with_bill.push("The bill is that of October 2026.".to_owned());
    previewed(&with_bill).await;
    browser.press("Leave it").await;
    // With what the page has now.
    browser.drops(&[("decision.md", &*record)]).await;
    previewed(&says(&inputs, None)).await;
    browser
        .script("document.querySelector('#watched [name=with-page]').click()")
        .await;
    previewed(&says(&Inputs::default(), None)).await;
    browser.press("Take its scenario over").await;
    browser.shows(&inputs).await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.end().await;
}
