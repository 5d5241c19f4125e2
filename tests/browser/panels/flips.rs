//! What would change the answer: flips as buttons, the curves under the sliders, break-evens of any two platforms.

use super::{assessed, book_of, bundled, charts::curves_of};
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_chart::slope;
use plimsoll_model::{
    compare::Best,
    explore::{
        break_even::Search as BreakEvens,
        flips::{self, Flip},
    },
    inputs::{FIELDS, Inputs, Kind},
    platform::Platform,
    units::Usd,
};
use plimsoll_wording::{answer, explain::change, format};
use serde_json::json;

in_each_engine!(
    the_nearest_changes_are_buttons_that_make_them,
    a_locked_input_is_told_and_not_changed,
    every_slider_has_its_curve,
    inputs_stand_by_influence_if_they_are_asked_to,
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

fn first_five(inputs: &Inputs) -> Vec<Flip> {
    let mut flips = flips::all(inputs, &book_of(inputs));
    assert!(flips.len() > 5);
    flips.truncate(5);
    flips
}

async fn the_nearest_changes_are_buttons_that_make_them(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut inputs = Inputs::default();
    let near = "#flips > div > ul:first-child > li";
    for _ in 0..2 {
        let flips = first_five(&inputs);
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
    assert!(of_services.is_some_and(|place| place < 5));
    let buttons = "return [...document.querySelectorAll('#flips > div > ul:first-child > li')]\
         .filter((item) => !item.querySelector('button')).map((item) => item.dataset.input)";
    browser.returns(buttons, json!(["services"])).await;
    browser.end().await;
}

/// The ids of sliders under which nothing is drawn.
const BLANK: &str = "return [...document.querySelectorAll('input.slider')].filter((slider) => {\
     const c = slider.nextElementSibling;\
     if (c?.className !== 'slope' || !c.width) return true;\
     const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;\
     let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n += 1; return n < 100;\
     }).map((slider) => slider.id)";

async fn every_slider_has_its_curve(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.returns(BLANK, json!([])).await;
    browser.all_inputs().await;
    browser.returns(BLANK, json!([])).await;
    let numbers = FIELDS
        .iter()
        .filter(|field| matches!(field.kind, Kind::Number { .. }));
    let count = "return document.querySelectorAll('.slope').length";
    browser.returns(count, json!(numbers.count())).await;
    // The thumb is on the curve, and goes along with the slider; other curves wait for it to rest.
    let picture = "return document.querySelector('#http-latency_ms-slider + .slope').toDataURL()";
    let before = browser.script(picture).await;
    browser
        .push("Latency per request", thirtyfour::Key::Right, 4)
        .await;
    browser
        .until("the thumb to have moved on its curve", async || {
            browser.script(picture).await != before
        })
        .await;
    // Under the same slider another curve is drawn when another input changes.
    let before = browser.script(picture).await;
    browser.enter("http.requests_per_month", "3G").await;
    browser
        .until("the curve to follow the other input", async || {
            browser.script(picture).await != before
        })
        .await;
    browser.end().await;
}

async fn inputs_stand_by_influence_if_they_are_asked_to(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.opens("slopes-table").await;
    let numbers = FIELDS
        .iter()
        .filter(|field| matches!(field.kind, Kind::Number { .. }))
        .count();
    let rows = "return document.querySelectorAll('#slopes-table tbody tr').length";
    browser.returns(rows, json!(numbers)).await;
    let ranked = browser.texts("#slopes-table tbody th").await;
    let place = |label: &str| ranked.iter().position(|other| other == label);
    let expected = [
        "Requests per month",
        "Engineer rate",
        "Your discount at Azure",
    ]
    .map(place);
    assert!(expected.is_sorted() && expected[0].is_some(), "{ranked:?}");
    // The numbers follow the inputs.
    let inputs = Inputs {
        services: 40,
        ..Inputs::default()
    };
    browser.enter("services", "40").await;
    let best = Best::of(&assessed(&inputs).comparison, &inputs);
    let usd = slope::least(best.sides()).map(|usd| format::usd_about(Usd::of(usd)));
    let now = "return document.querySelector('#slopes-table tbody td:nth-child(3)')?.textContent";
    browser.returns(now, json!(usd)).await;
    let ranked = browser.texts("#slopes-table tbody th").await;
    browser.press("By influence").await;
    browser
        .reads(".inputs .field:not(.stacked) > label", &ranked[..])
        .await;
    browser.returns(BLANK, json!([])).await;
    browser.press("By topic").await;
    browser
        .returns(
            "return document.querySelectorAll('.topic').length",
            json!(9),
        )
        .await;
    browser.end().await;
}

async fn any_two_platforms_have_their_break_even(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let inputs = Inputs::default();
    let curves = curves_of(&inputs).curves;
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
