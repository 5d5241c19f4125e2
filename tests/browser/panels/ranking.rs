//! The verdict and the ranking: spoken, read, and two platforms side by side.

use super::{ENGINEERS, assessed, label};
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_model::{
    bill::{Bill, CostCategory},
    inputs::Inputs,
    platform::Platform,
    presets::Preset,
    units::Usd,
};
use plimsoll_wording::{answer, explain, format};
use serde_json::json;

in_each_engine!(
    the_answer_and_its_cost_are_spoken_once_they_settle,
    the_ranking_says_fit_and_what_is_published,
    two_pinned_platforms_stand_side_by_side,
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
        browser.choose("Start from a situation", preset.name).await;
        browser
            .reads(".spoken", &[answer::spoken(&assessed(&preset.inputs()))])
            .await;
    }
    browser.end().await;
}

/// Platform, city, then infrastructure, people, total, fit and what is published, or the reason why there is none.
pub(super) fn ranked(inputs: &Inputs) -> Vec<Vec<String>> {
    let assessment = assessed(inputs);
    let row = |platform: &Platform| match assessment.comparison.quote(*platform) {
        Err(refusal) => vec![platform.name().to_owned(), explain::refusal(refusal)],
        Ok(bill) => {
            let published = (bill.published_share() * 100.0).floor();
            vec![
                platform.name().to_owned(),
                format::usd(bill.infrastructure()),
                format::usd(bill.total()),
                explain::fit(assessment.fit(*platform, inputs)),
                format!("{} %", format::number(published)),
            ]
        }
    };
    assessment.comparison.ranked.iter().map(row).collect()
}

async fn the_ranking_says_fit_and_what_is_published(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    // Of a platform that can't run, its name and the reason; of the others all cells but city and people.
    let rows = "return [...document.querySelectorAll('.ranking tbody tr')].map((row) => {\
         const reason = row.querySelector('.reason');\
         const cells = [...row.querySelectorAll('td')].filter((_, n, all) => n !== 1 && n < all.length - 1);\
         return [row.querySelector('th button'), ...(reason ? [reason] : cells)].map((cell) => cell.textContent);\
         })";
    let mut reasons = 0;
    for id in ["", "llm-inference", "udp"] {
        let mut inputs = Inputs::default();
        if let Some(preset) = Preset::find(id) {
            inputs = preset.inputs();
            browser.choose("Start from a situation", preset.name).await;
        }
        if id == "udp" {
            inputs = Preset::find("llm-inference").unwrap().inputs();
            inputs.needs.udp_or_tcp = true;
            let switch = browser.labelled(label("needs.udp_or_tcp")).await;
            browser.click(&switch).await;
        }
        browser.agrees(&inputs).await;
        let expected = ranked(&inputs);
        assert_eq!(expected.len(), Platform::ALL.len());
        browser.returns(rows, json!(expected)).await;
        let out = expected.iter().filter(|row| row.len() == 2).count();
        reasons += out;
        let says = format!("Not in the race: {out} of {}", Platform::ALL.len());
        let told = format!(
            "return [...document.querySelectorAll('.verdict summary')]\
             .some((summary) => summary.textContent.includes({}))",
            json!(says)
        );
        browser.returns(&told, json!(out > 0)).await;
    }
    assert!(reasons > 0);
    browser.end().await;
}

/// The two side by side, part by part, with what the second costs more.
pub(super) fn pair(inputs: &Inputs, one: Platform, other: Platform) -> Vec<Vec<String>> {
    let assessment = assessed(inputs);
    let row = |name: &str, of: &dyn Fn(&Bill) -> Usd| {
        let amount = |platform| assessment.comparison.quote(platform).ok().map(of);
        let text = |usd: Option<Usd>| usd.map_or("\u{2013}".to_owned(), format::usd);
        let (one, other) = (amount(one), amount(other));
        let apart = one.zip(other).map(|(one, other)| other - one);
        vec![name.to_owned(), text(one), text(other), text(apart)]
    };
    let mut rows: Vec<Vec<String>> = CostCategory::ALL
        .into_iter()
        .map(|part| row(part.name(), &|bill| bill.subtotal(part)))
        .collect();
    rows.push(row("Total", &Bill::total));
    rows
}

async fn two_pinned_platforms_stand_side_by_side(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut inputs = Inputs::default();
    let pin = async |platform: Platform| {
        let css = format!("input[aria-label='Compare {}']", platform.name());
        browser.press_at(&css).await;
    };
    let rows = "section[aria-labelledby=ranking-title] .pair tbody tr";
    let titled = async |one: Platform, other: Platform| {
        let head = "section[aria-labelledby=ranking-title] .pair thead th.number";
        let names = [
            one.name().to_owned(),
            other.name().to_owned(),
            "Difference".to_owned(),
        ];
        browser.reads(head, &names).await;
    };
    let [one, other, third] = [Platform::Eks, Platform::CloudRun, Platform::Gke];
    pin(one).await;
    browser.tabulates(rows, &[]).await;
    pin(other).await;
    titled(one, other).await;
    browser.tabulates(rows, &pair(&inputs, one, other)).await;
    inputs.team.engineers = 9;
    browser.enter(ENGINEERS, "9").await;
    browser.agrees(&inputs).await;
    browser.tabulates(rows, &pair(&inputs, one, other)).await;
    pin(third).await;
    titled(other, third).await;
    browser.tabulates(rows, &pair(&inputs, other, third)).await;
    let ticked = "return [...document.querySelectorAll('.ranking input:checked')].map((box) => box.closest('tr').dataset.platform).sort()";
    let mut ids = [other.id(), third.id()];
    ids.sort_unstable();
    browser.returns(ticked, json!(ids)).await;
    // What can't run has nothing to compare.
    inputs.needs.udp_or_tcp = true;
    let switch = browser.labelled(label("needs.udp_or_tcp")).await;
    browser.click(&switch).await;
    browser.agrees(&inputs).await;
    assert!(assessed(&inputs).comparison.quote(other).is_err());
    browser.tabulates(rows, &pair(&inputs, other, third)).await;
    pin(third).await;
    browser.tabulates(rows, &[]).await;
    browser.end().await;
}
