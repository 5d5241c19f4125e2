//! What each platform promises: the table, and each thing with its page.

use super::assessed;
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_formats::scenario::link;
use plimsoll_model::platform::Platform;
use plimsoll_wording::promises;
use serde_json::json;

in_each_engine!(each_promise_stands_with_its_page);

async fn each_promise_stands_with_its_page(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    // One task that is kept is outside of the promise for two zones.
    let text = "v=1&min_instances=1&hour_down=1000&clouds=aws";
    let (inputs, told) = link::read(text);
    assert!(told.is_empty(), "{told:?}");
    browser.open_at(&format!("?nosw#{text}")).await;
    browser.opens("promises").await;
    for platform in [Platform::Fargate, Platform::CloudRun, Platform::Railway] {
        let cells = format!("#promises tr[data-platform='{}'] td", platform.id());
        let scaling = platform.promises().scaling.as_ref().unwrap();
        let wanted = [
            promises::uptime_here(platform, &inputs),
            promises::down_here(platform, &inputs),
            promises::scaling(scaling.value).to_owned(),
            promises::outages(platform),
            promises::known(platform),
        ];
        browser.reads(&cells, &wanted).await;
    }
    assert_eq!(
        promises::uptime_here(Platform::Fargate, &inputs),
        "none in one zone"
    );
    let answer = assessed(&inputs).verdict.platform.unwrap();
    let pages: Vec<&str> = promises::all(answer)
        .iter()
        .filter(|told| told.confidence.is_some())
        .map(|told| told.page)
        .collect();
    let links = "return [...document.querySelectorAll('#promises li a')].map((link) => link.getAttribute('href'))";
    browser.returns(links, json!(pages)).await;
    browser.end().await;
}
