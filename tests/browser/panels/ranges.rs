//! Ranges: typed, kept, taken back, and sampled.

use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_chart::{Chart, ranges::Ranges};
use plimsoll_model::{
    explore::sample::{Bands, SAMPLES, Sampled, Sampling},
    inputs::{Between, Field, Inputs},
    prices::PriceBook,
    units::Usd,
};
use plimsoll_wording::format;
use serde_json::json;
use thirtyfour::{By, Key};

in_each_engine!(
    a_range_is_typed_shown_and_taken_back,
    a_range_that_can_not_be_used_is_explained,
    samples_are_those_of_the_model,
    sampling_is_stopped_and_begun_again,
);

const LATENCY: &str = "Latency";
const REQUESTS: &str = "Requests a month";

fn between(inputs: &mut Inputs, path: &str, low: f64, high: f64) {
    inputs.set_between(Between::new(Field::by_path(path), low, high).unwrap());
}

fn sampled(inputs: &Inputs, seed: u64) -> Sampled {
    let mut sampling = Sampling::new(inputs, &PriceBook::bundled(), Bands::All, seed, SAMPLES);
    while sampling.step() {}
    sampling.result()
}

/// The table's rows as the samples have them.
fn rows(sampled: &Sampled) -> serde_json::Value {
    let usd = |usd: f64| format::usd_about(Usd::of(usd));
    let row = |spread: &plimsoll_model::explore::sample::Spread| {
        let totals = spread
            .totals
            .map_or(["\u{2013}"; 3].map(str::to_owned), |all| all.map(usd));
        let mut row = vec![spread.platform.name().to_owned()];
        row.extend(totals);
        row.extend([spread.cheapest, spread.recommended].map(format::chance));
        row
    };
    json!(sampled.spreads.iter().map(row).collect::<Vec<_>>())
}

const ROWS: &str = "return [...document.querySelectorAll('#ranges-table tbody tr')]\
     .map((row) => [...row.children].map((cell) => cell.textContent))";

impl Browser {
    async fn opens_ranges(&self) {
        self.unfold("How sure?").await;
        self.sampled().await;
    }

    /// Waits until all samples are drawn.
    async fn sampled(&self) {
        let done = "return document.querySelector('#ranges progress')?.hidden === true\
             && document.querySelector('#ranges-table tbody tr') !== null";
        self.until("the samples", async || {
            self.script(done).await == json!(true)
        })
        .await;
    }

    async fn tabulates_samples(&self, expected: &Sampled) {
        let expected = rows(expected);
        self.until("the table of samples", async || {
            self.script(ROWS).await == expected
        })
        .await;
    }

    /// Ends typing, as a user does who goes on.
    pub(crate) async fn leaves(&self, label: &str) {
        self.labelled(label)
            .await
            .send_keys(Key::Tab)
            .await
            .unwrap();
    }
}

async fn a_range_is_typed_shown_and_taken_back(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut inputs = Inputs::default();
    for (typed, low, high, shown) in [
        ("50ms..90ms", 50.0, 90.0, "50..90"),
        ("40..80", 40.0, 80.0, "40..80"),
        ("0.1..0.2s", 100.0, 200.0, "100..200"),
    ] {
        between(&mut inputs, "http.latency_ms", low, high);
        browser.type_into(LATENCY, typed).await;
        browser.shows(&inputs).await;
        assert_eq!(browser.value_of(LATENCY).await, typed);
        browser.leaves(LATENCY).await;
        assert_eq!(browser.value_of(LATENCY).await, shown);
    }
    between(&mut inputs, "http.requests_per_month", 1e6, 3e6);
    browser.type_into(REQUESTS, "1..3M").await;
    browser.leaves(REQUESTS).await;
    browser.shows(&inputs).await;
    assert_eq!(browser.value_of(REQUESTS).await, "1M..3M");
    // A reload brings it back, and so does the link.
    browser
        .until("the range in the storage", async || {
            let kept = "const key = Object.keys(localStorage).find((key) => key.endsWith(':scenario'));\
                 return localStorage.getItem(key)?.includes('[1000000,3000000]')";
            browser.script(kept).await == json!(true)
        })
        .await;
    browser.reload().await;
    assert_eq!(browser.value_of(REQUESTS).await, "1M..3M");
    browser.shows(&inputs).await;
    // A slider makes it a plain number, and undo brings the range back.
    browser.push(REQUESTS, Key::Right, 1).await;
    let plain = "return document.getElementById('http-requests_per_month').value";
    browser
        .until("a plain number", async || {
            let text = browser.script(plain).await;
            text.as_str().is_some_and(|text| !text.contains(".."))
        })
        .await;
    browser.press("Undo").await;
    browser.shows(&inputs).await;
    assert_eq!(browser.value_of(REQUESTS).await, "1M..3M");
    browser.end().await;
}

async fn a_range_that_can_not_be_used_is_explained(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    for typed in ["90..50", "0..5", "5..", "5..x"] {
        // At once, as pasted: key by key the numbers on the way would be taken.
        let pasted = format!(
            "const field = document.getElementById('http-latency_ms'); field.value = '{typed}';\
             for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, {{ bubbles: true }}))"
        );
        browser.script(&pasted).await;
        browser.says(typed).await;
        let message = browser.message_of(LATENCY).await;
        assert!(
            message.contains(typed) && message.contains("two numbers, the smaller one first"),
            "{message}"
        );
        assert_eq!(browser.value_of(LATENCY).await, typed);
        browser.shows(&Inputs::default()).await;
    }
    browser.type_into(LATENCY, "50").await;
    assert_eq!(browser.message_of(LATENCY).await, "");
    browser.end().await;
}

async fn samples_are_those_of_the_model(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut inputs = Inputs::default();
    // Without any range there are the bands of people, prices and model.
    browser.opens_ranges().await;
    browser.tabulates_samples(&sampled(&inputs, 1)).await;
    between(&mut inputs, "http.latency_ms", 50.0, 90.0);
    browser.type_into(LATENCY, "50..90").await;
    browser.leaves(LATENCY).await;
    browser.tabulates_samples(&sampled(&inputs, 1)).await;
    browser
        .says("What varies: Latency, 50 to 90 ms; engineering")
        .await;
    let chart = "[role=slider][aria-label='Range of the monthly cost by platform']";
    let expected = sampled(&inputs, 1);
    let expected = Ranges {
        sampled: Some(expected),
    };
    let frame = browser.found(By::Css(chart)).await;
    browser.key_on(chart, Key::Escape).await;
    for (key, place) in [
        (Key::Right, 0),
        (Key::Down, 1),
        (Key::End, expected.count() - 1),
    ] {
        frame.send_keys(key).await.unwrap();
        let told = expected.read_out(place);
        browser
            .until(&told, async || {
                let text = frame.attr("aria-valuetext").await.unwrap();
                text.as_deref() == Some(&*told)
            })
            .await;
    }
    browser.end().await;
}

async fn sampling_is_stopped_and_begun_again(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.opens_ranges().await;
    // Begun and stopped within one slice, as nobody could by hand: a fast machine is done before a driver's click arrives.
    let stopped = "
        const button = document.querySelector('#ranges .actions button');
        const before = button.textContent;
        button.click();
        return new Promise((go) => setTimeout(() => {
            const during = button.textContent;
            button.click();
            setTimeout(() => go([before, during, button.textContent]), 100);
        }, 12))";
    let texts = browser.script(stopped).await;
    assert_eq!(texts, json!(["Sample again", "Cancel", "Sample again"]));
    browser.says("Stopped: ").await;
    let told = browser
        .script("return document.querySelector('#ranges .headline').textContent")
        .await;
    let count = told.as_str().unwrap().rsplit(' ').nth(1).unwrap();
    let count = format::parse_number(count).unwrap();
    assert!(count > 0.0 && count < SAMPLES as f64, "{told}");
    browser.press("Sample again").await;
    browser
        .tabulates_samples(&sampled(&Inputs::default(), 1))
        .await;
    browser.end().await;
}
