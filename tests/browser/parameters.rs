//! One test for each row of the README's table of parameters, named as the parameter. `tests/promises.rs` compares the two.

use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_model::{
    assess,
    inputs::{Between, Field, Inputs},
    presets::Preset,
    prices::{OwnPrice, PriceBook},
    region::Region,
};
use plimsoll_wording::answer;
use serde_json::{Value, json};
use std::time::Duration;

in_each_engine!(
    embed, panel, lock, theme, persist, nosw, safe, v, prices, ranges, beside, book,
);

const ENGINEERS: &str = "Engineers";

impl Browser {
    /// Waits until this many engineers are kept for the next visit.
    async fn keeps_engineers(&self, engineers: u32) {
        let kept = "const key = Object.keys(localStorage).find((key) => key.endsWith(':scenario'));\
             return key ? JSON.parse(JSON.parse(localStorage[key])).inputs.team?.engineers ?? null : null";
        self.until("the state to be kept", async || {
            self.script(kept).await == json!(engineers)
        })
        .await;
    }

    /// The titles of what is shown.
    async fn titles(&self) -> Value {
        self.script("return [...document.querySelectorAll('h1, h2, figcaption')].map((title) => title.textContent)")
            .await
    }

    /// Leaves the page, so that another link is not followed on it.
    async fn leave(&self) {
        self.driver.goto("about:blank").await.unwrap();
    }
}

/// `embed=1`
async fn embed(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let look = "return [getComputedStyle(document.body).backgroundColor, document.querySelector('h1') !== null]";
    let transparent = json!("rgba(0, 0, 0, 0)");
    // A visit that keeps nothing, as later ones are to.
    browser.open_first_screen("?safe=1").await;
    let alone = browser.script(look).await;
    assert_ne!(alone[0], transparent);
    assert_eq!(alone[1], json!(true));
    let kept = "return Object.keys(localStorage).length";
    browser.script("localStorage.clear()").await;
    browser.open_at("?embed=1").await;
    assert_eq!(browser.script(look).await, json!([transparent, false]));
    browser.sets_engineers(12).await;
    browser
        .says("Open the full version with these numbers")
        .await;
    browser.leave().await;
    browser.open_at("?embed=1").await;
    assert_eq!(browser.value_of(ENGINEERS).await, "5");
    assert_eq!(browser.script(kept).await, json!(0));
    browser.end().await;
}

/// `panel=verdict,chart`
async fn panel(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let chart = "Monthly cost by part";
    let ranking = "On any cloud, a month";
    let answer = answer::sentence(
        &assess(&Inputs::default(), &PriceBook::bundled()),
        &Inputs::default(),
    );
    let load_line = "The load line: cost against requests";
    for (panels, titles) in [
        (
            "verdict,chart",
            vec![&*answer, load_line, "Why", chart, chart],
        ),
        ("verdict", vec![&*answer, load_line, "Why"]),
        ("ranking,chart", vec![ranking, chart, chart]),
    ] {
        browser.open_at(&format!("?embed=1&panel={panels}")).await;
        let mut found: Vec<String> = serde_json::from_value(browser.titles().await).unwrap();
        let mut expected = titles.clone();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{panels}");
    }
    let there = "return ['.inputs', '.verdict', '.ranking', 'canvas.bars', '.bill']\
         .map((css) => document.querySelector(css) !== null)";
    for (rest, shown) in [
        (
            "?embed=1&panel=inputs,bill",
            [true, false, false, false, true],
        ),
        ("?embed=1&panel=all", [true, true, true, true, false]),
        ("?embed=1", [true, true, true, true, false]),
    ] {
        browser.open_at(rest).await;
        assert_eq!(browser.script(there).await, json!(shown), "{rest}");
    }
    browser.end().await;
}

/// `lock=region,team`
async fn lock(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser
        .open_at("?embed=1&lock=region,team#v=1&engineers=7&services=3")
        .await;
    // A whole group, and one input; what the link sets is what they are locked at.
    for label in ["Region", ENGINEERS, "Engineer, USD an hour"] {
        let field = browser.labelled(label).await;
        assert!(!field.is_enabled().await.unwrap(), "{label}");
    }
    let slider = browser.slider(ENGINEERS).await;
    assert!(!slider.is_enabled().await.unwrap());
    assert!(
        browser
            .labelled("Services")
            .await
            .is_enabled()
            .await
            .unwrap()
    );
    assert_eq!(browser.value_of(ENGINEERS).await, "7");
    // A situation that would move them moves the others.
    let situation = Preset::find("twenty-services").unwrap();
    let services = situation.inputs().services.to_string();
    assert_ne!(situation.inputs().team.engineers, 7);
    browser
        .choose("Start from an example", situation.name)
        .await;
    browser
        .until("the services of the situation", async || {
            browser.value_of("Services").await == services
        })
        .await;
    assert_eq!(browser.value_of(ENGINEERS).await, "7");
    browser.end().await;
}

/// `theme=dark`
async fn theme(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let look = "return [document.documentElement.dataset.theme, getComputedStyle(document.documentElement).colorScheme,\
         matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light']";
    for rest in ["?", "?embed=1&"] {
        for theme in ["dark", "light", "auto"] {
            browser
                .open_first_screen(&format!("{rest}theme={theme}"))
                .await;
            let [shown, scheme, own]: [String; 3] =
                serde_json::from_value(browser.script(look).await).unwrap();
            let expected = if theme == "auto" { &*own } else { theme };
            assert_eq!(shown, expected, "{rest}theme={theme}");
            assert_eq!(scheme, expected, "{rest}theme={theme}");
        }
    }
    browser.end().await;
}

/// `persist=1`
async fn persist(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_first_screen("?embed=1&persist=1").await;
    browser.sets_engineers(12).await;
    browser.keeps_engineers(12).await;
    browser.reload().await;
    assert_eq!(browser.value_of(ENGINEERS).await, "12");
    browser.open_first_screen("?embed=1").await;
    assert_eq!(browser.value_of(ENGINEERS).await, "5");
    browser.end().await;
}

/// `nosw`
async fn nosw(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let asked = |browser: &Browser| browser.site.seen().iter().any(|path| path == "/sw.js");
    browser.open_at("?nosw").await;
    // Where there is a worker, it has been asked for long before this: see below.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let workers = "return navigator.serviceWorker.getRegistrations().then((all) => all.length)";
    assert_eq!(browser.script(workers).await, json!(0));
    assert!(!asked(&browser));
    browser.open_at("").await;
    browser
        .until("the service worker to be asked for", async || {
            asked(&browser)
        })
        .await;
    browser.end().await;
}

/// `safe=1`
async fn safe(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_first_screen("").await;
    browser.sets_engineers(9).await;
    browser.keeps_engineers(9).await;
    browser.open_first_screen("?safe=1").await;
    browser.says("Started without your saved state").await;
    assert_eq!(browser.value_of(ENGINEERS).await, "5");
    browser.sets_engineers(8).await;
    // Nothing is written over it.
    browser.open_first_screen("").await;
    assert_eq!(browser.value_of(ENGINEERS).await, "9");
    browser.end().await;
}

/// `#v=1&requests=3e6`
async fn v(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_first_screen("#v=1&requests=3e6").await;
    let mut inputs = Inputs::default();
    inputs.http.requests_per_month = 3e6;
    browser.shows(&inputs).await;
    browser.says("somebody shared").await;
    assert_eq!(browser.value_of("Requests a month").await, "3,000,000");
    browser.end().await;
}

/// A price of one's own for a meter of the price book.
pub(crate) fn own_price(
    book: &PriceBook,
    meter: &str,
    region: Option<Region>,
    value: f64,
) -> OwnPrice {
    let meter_of = |id| book.row(id).meter;
    let mut rows = book.in_force().into_iter();
    let meter = rows
        .find_map(|id| (meter_of(id).info().id == meter).then(|| meter_of(id)))
        .unwrap_or_else(|| panic!("no meter {meter}"));
    OwnPrice {
        meter,
        region,
        value,
    }
}

/// `&prices=aws/eks/cluster:us:0.08,fly/egress:all:0.01`
async fn prices(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser
        .open_first_screen("#v=1&prices=aws/eks/cluster:us:0.08,fly/egress:all:0.01")
        .await;
    let book = PriceBook::bundled();
    let inputs = Inputs {
        prices: vec![
            own_price(&book, "aws/eks/cluster", Some(Region::Us), 0.08),
            own_price(&book, "fly/egress", None, 0.01),
        ],
        ..Inputs::default()
    };
    browser
        .shows_with(&inputs, &book.with_own(&inputs.prices))
        .await;
    browser.end().await;
}

/// `&ranges=latency:50..90,requests:1e6..3e6`
async fn ranges(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser
        .open_first_screen("#v=1&ranges=latency:50..90,requests:1e6..3e6")
        .await;
    let mut inputs = Inputs::default();
    for (path, low, high) in [
        ("http.latency_ms", 50.0, 90.0),
        ("http.requests_per_month", 1e6, 3e6),
    ] {
        inputs.set_between(Between::new(Field::by_path(path), low, high).unwrap());
    }
    browser.shows(&inputs).await;
    assert_eq!(browser.value_of("Latency").await, "50..90");
    assert_eq!(browser.value_of("Requests a month").await, "1M..3M");
    browser.end().await;
}

/// `&beside=Name:v%3D1%26services%3D4`
async fn beside(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser
        .open_at("#v=1&engineers=9&beside=Name:v%3D1%26services%3D4")
        .await;
    let other = Inputs {
        services: 4,
        ..Inputs::default()
    };
    let mut inputs = Inputs::default();
    inputs.team.engineers = 9;
    browser.shows(&inputs).await;
    browser.stands_beside(&inputs, &[("Name", &other)]).await;
    browser.end().await;
}

/// `&book=2026-10-09`
async fn book(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let now = PriceBook::bundled().day().to_owned();
    for then in ["2026-10-09", "2025-01-31", &now] {
        browser.leave().await;
        browser
            .open_first_screen(&format!("#v=1&engineers=9&book={then}"))
            .await;
        browser.says("somebody shared").await;
        let told = browser.script("return document.body.textContent").await;
        let notice = format!("The link was made with prices of {then}; these are of {now}");
        let told = told.as_str().unwrap().contains(&notice);
        assert_eq!(told, then != now, "{then}");
    }
    browser.end().await;
}
