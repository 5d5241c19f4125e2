//! The verdict and the ranking: spoken and read.

use super::{ENGINEERS, assessed, label};
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_chart::table::{CostTable, Refused, Row};
use plimsoll_formats::scenario::link;
use plimsoll_model::{inputs::Inputs, platform::Platform, presets::Preset};
use plimsoll_wording::{answer, format};
use serde_json::json;

in_each_engine!(
    the_answer_and_its_cost_are_spoken_once_they_settle,
    each_side_is_a_group_and_what_cannot_run_stands_last_with_its_reason,
    the_first_of_a_group_are_shown_and_the_others_on_demand,
    rows_that_change_places_glide_unless_less_motion_is_wanted,
);

async fn the_answer_and_its_cost_are_spoken_once_they_settle(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let watch = "window.spoken = 0;\
         new MutationObserver((all) => { window.spoken += all.length }).observe(document.querySelector('.spoken'),\
             { subtree: true, childList: true, characterData: true })";
    browser.script(watch).await;
    let mut inputs = Inputs::default();
    for engineers in [6, 7, 60, 2, 3] {
        inputs.team.engineers = engineers;
        inputs.clamp_dependents();
        browser.enter(ENGINEERS, &engineers.to_string()).await;
        browser.agrees(&inputs).await;
        let spoken = answer::spoken(&assessed(&inputs));
        assert!(spoken.contains(" a month."), "{spoken}");
        browser.reads(".spoken", &[spoken]).await;
        // What is the same is not said again.
        browser.script("window.spoken = 0").await;
        browser.enter(ENGINEERS, &engineers.to_string()).await;
        browser.agrees(&inputs).await;
        browser.returns("return window.spoken", json!(0)).await;
    }
    for id in ["llm-inference", "nightly-batch", "twenty-services"] {
        let preset = Preset::find(id).unwrap();
        browser.choose("Start from an example", preset.name).await;
        browser
            .reads(".spoken", &[answer::spoken(&assessed(&preset.inputs()))])
            .await;
    }
    browser.end().await;
}

/// The rows of the table in their order: platform, infrastructure, hours and total; or the platform and why it has none.
pub(super) fn ranked(inputs: &Inputs) -> Vec<Vec<String>> {
    let table = CostTable::of(inputs, &assessed(inputs));
    let row = |row: &Row| {
        vec![
            row.platform.name().to_owned(),
            format::usd_about(row.infrastructure),
            row.hours_text(),
            row.total_text(),
        ]
    };
    let refused =
        |refused: &Refused| vec![refused.platform.name().to_owned(), refused.reason.clone()];
    table
        .rows()
        .map(row)
        .chain(table.refused.iter().map(refused))
        .collect()
}

async fn each_side_is_a_group_and_what_cannot_run_stands_last_with_its_reason(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let rows = "return [...document.querySelectorAll('.ranking tr[data-platform]')].map((row) => {\
         const reason = row.querySelector('.reason')?.firstChild.data;\
         const name = (row.querySelector('th button') ?? row.querySelector('th')).textContent;\
         return [name, ...reason ? [reason] : [...row.querySelectorAll('data')].map((data) => data.textContent)];\
         })";
    let mut reasons = 0;
    for id in ["", "llm-inference", "privileged"] {
        let mut inputs = Inputs::default();
        if let Some(preset) = Preset::find(id) {
            inputs = preset.inputs();
            browser.choose("Start from an example", preset.name).await;
        }
        if id == "privileged" {
            inputs = Preset::find("llm-inference").unwrap().inputs();
            inputs.needs.privileged = true;
            let switch = browser.labelled(label("needs.privileged")).await;
            browser.click(&switch).await;
        }
        browser.agrees(&inputs).await;
        let expected = ranked(&inputs);
        assert_eq!(expected.len(), Platform::ALL.len());
        browser.returns(rows, json!(expected)).await;
        reasons += expected.iter().filter(|row| row.len() == 2).count();
        let taken = assessed(&inputs).verdict.platform;
        let marked = "return [...document.querySelectorAll('.ranking tr[aria-current]')].map((row) => row.dataset.platform)";
        let taken: Vec<&str> = taken.into_iter().map(Platform::id).collect();
        browser.returns(marked, json!(taken)).await;
    }
    assert!(reasons > 0);
    browser.end().await;
}

/// Of a group the first rows are shown, and all that tie; the others are a line that opens.
async fn the_first_of_a_group_are_shown_and_the_others_on_demand(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser
        .open_at("?nosw#v=1&clouds=aws&requests=2e7&engineers=6&services=3")
        .await;
    let (inputs, _) = link::read("v=1&clouds=aws&requests=2e7&engineers=6&services=3");
    let table = CostTable::of(&inputs, &assessed(&inputs));
    let first: Vec<&str> = table
        .groups
        .iter()
        .flat_map(|group| group.rows.iter().take(group.first))
        .map(|row| row.platform.id())
        .collect();
    let more: Vec<&str> = table
        .groups
        .iter()
        .map(|group| &*group.more)
        .filter(|more| !more.is_empty())
        .collect();
    assert!(
        more.iter().any(|more| more.contains("ruled out")),
        "{more:?}"
    );
    let shown = "return [...document.querySelectorAll('.ranking tr[data-platform]:not([hidden])')]\
         .map((row) => row.dataset.platform)";
    browser.returns(shown, json!(first)).await;
    let lines =
        "return [...document.querySelectorAll('.more button')].map((more) => more.textContent)";
    browser.returns(lines, json!(more)).await;
    for _ in &more {
        browser.press_at(".more button[aria-expanded=false]").await;
    }
    let count =
        "return document.querySelectorAll('.ranking tr[data-platform]:not([hidden])').length";
    browser.returns(count, json!(Platform::ALL.len())).await;
    browser.end().await;
}

/// A hundred times the load puts the platforms into another order.
async fn rows_that_change_places_glide_unless_less_motion_is_wanted(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser
        .script(
            "window.glided = [];
             const animate = Element.prototype.animate;
             Element.prototype.animate = function (frames, timing) {
                 glided.push(this.dataset.platform);
                 return animate.call(this, frames, timing);
             };
             window.asked = matchMedia;
             window.matchMedia = (query) => query.includes('reduced-motion') ? { matches: false } : asked.call(window, query);",
        )
        .await;
    let to = async |requests: &str| {
        browser.type_into("Requests a month", requests).await;
        browser.rests().await;
    };
    to("9G").await;
    browser
        .until("rows glide", async || {
            browser
                .script("return glided.length > 0 && glided.every(Boolean)")
                .await
                == json!(true)
        })
        .await;
    browser
        .script("glided.length = 0; window.matchMedia = (query) => query.includes('reduced-motion') ? { matches: true } : asked.call(window, query)")
        .await;
    to("20M").await;
    browser.returns("return glided", json!([])).await;
    browser.end().await;
}
