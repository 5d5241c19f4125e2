//! What would change the answer: flips as buttons, the curves under the sliders, break-evens of any two platforms.

use super::{assessed, book_of, bundled, charts::curves_of, label};
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_model::{
    explore::{
        break_even::Search as BreakEvens,
        flips::{self, Flip},
    },
    inputs::Inputs,
    platform::Platform,
};
use plimsoll_wording::{answer, explain::change};
use serde_json::json;

in_each_engine!(
    the_nearest_changes_are_buttons_that_make_them,
    a_locked_input_is_told_and_not_changed,
    the_inputs_that_matter_most_are_told,
    any_two_platforms_have_their_break_even,
);

/// A flip as the page writes it.
fn written(flip: &Flip, inputs: &Inputs) -> String {
    let arrow = match flip.direction.id() {
        "up" => "\u{2191} ",
        "down" => "\u{2193} ",
        _ => "\u{21c4} ",
    };
    let winner = change::winner(flip.winner);
    format!("{arrow}{}: {winner}", change::flip(flip, inputs))
}

fn first_three(inputs: &Inputs) -> Vec<Flip> {
    let mut flips = flips::all(inputs, &book_of(inputs));
    assert!(flips.len() > 3);
    flips.truncate(3);
    flips
}

async fn the_nearest_changes_are_buttons_that_make_them(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut inputs = Inputs::default();
    let near = "#flips > div > ul:first-child > li";
    for _ in 0..2 {
        browser.looks_at("#flips").await;
        let flips = first_three(&inputs);
        let expected: Vec<String> = flips.iter().map(|flip| written(flip, &inputs)).collect();
        browser.reads(near, &expected).await;
        browser.press_at(&format!("{near} .flip")).await;
        inputs = flips[0].round.put(flips[0].field, &inputs);
        assert_eq!(assessed(&inputs).verdict.platform, flips[0].winner);
        browser.agrees(&inputs).await;
        let headline = answer::sentence(&assessed(&inputs), &inputs);
        browser.reads(".answer", &[headline]).await;
        // The focus does not get lost with the button.
        browser
            .returns("return document.activeElement.id", json!("flips-title"))
            .await;
    }
    browser.press("Undo").await;
    browser.press("Undo").await;
    browser.agrees(&Inputs::default()).await;
    browser.end().await;
}

async fn a_locked_input_is_told_and_not_changed(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_at("?lock=services").await;
    let flips = flips::all(&Inputs::default(), &bundled());
    let of_services = flips.iter().position(|flip| flip.field.path == "services");
    assert!(of_services.is_some_and(|place| place < 3));
    browser.looks_at("#flips").await;
    let buttons = "return [...document.querySelectorAll('#flips > div > ul:first-child > li')]\
         .filter((item) => !item.querySelector('button')).map((item) => item.dataset.input)";
    browser.returns(buttons, json!(["services"])).await;
    browser.end().await;
}

async fn the_inputs_that_matter_most_are_told(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.opens("influence").await;
    let names = "#influence tbody th";
    let count = "return document.querySelectorAll('#influence tbody tr').length";
    browser.returns(count, json!(5)).await;
    let ranked = browser.texts(names).await;
    for path in ["http.requests_per_month", "team.engineers"] {
        assert!(ranked.iter().any(|name| name == label(path)), "{ranked:?}");
    }
    // The longest bar is the first, and none is longer than the one before it.
    let bars = "return [...document.querySelectorAll('#influence rect')].map((bar) => parseFloat(bar.getAttribute('width')))";
    let bars: Vec<f64> = serde_json::from_value(browser.script(bars).await).unwrap();
    assert!((bars[0] - 100.0).abs() < 0.1, "{bars:?}");
    assert!(
        bars.is_sorted_by(|a, b| a >= b) && bars[4] > 0.0,
        "{bars:?}"
    );
    // They follow the inputs.
    let first = "return document.querySelector('#influence tbody').textContent";
    let before = browser.script(first).await;
    browser.enter("services", "40").await;
    browser
        .until("the influences to follow", async || {
            browser.script(first).await != before
        })
        .await;
    browser.end().await;
}

async fn any_two_platforms_have_their_break_even(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let inputs = Inputs::default();
    let curves = curves_of(&inputs).curves;
    browser.opens("curve").await;
    browser.looks_at("canvas.curve").await;
    for (one, other) in [
        (Platform::CloudRun, Platform::Fly),
        (Platform::Fly, Platform::Railway),
        (Platform::Eks, Platform::Railway),
    ] {
        browser.choose("One platform", one.name()).await;
        browser.choose("The other platform", other.name()).await;
        let mut search = BreakEvens::between(one, other, &inputs, &curves);
        while search.step(&bundled()) {}
        let text = change::outcome(&search.outcomes()[0], inputs.http.requests_per_month);
        browser.reads(".pair [role=status]", &[text]).await;
    }
    browser.end().await;
}
