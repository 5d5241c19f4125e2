//! The bars and the curves: read out by keys and pointer, and as tables.

use super::{book_of, bundled, sets};
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_chart::{Chart, bars::Costs, curve::Curves};
use plimsoll_model::{
    assess,
    explore::{
        break_even::Search,
        sweep::{POINTS, Sweep},
    },
    inputs::Inputs,
};
use serde_json::json;
use thirtyfour::{By, Key};

in_each_engine!(the_bars_are_read_out, the_curves_are_read_out,);

impl Browser {
    /// What a chart reads out, to readers of the screen and to all others.
    pub(crate) async fn reads_out(&self, chart: &str, expected: &str) {
        let told = format!(
            "const frame = document.querySelector(\"{chart}\");\
             return [frame.getAttribute('aria-valuetext'), frame.parentElement.querySelector('.read-out').textContent]"
        );
        self.returns(&told, json!([expected, expected])).await;
    }

    /// Presses a key on a chart.
    pub(crate) async fn key_on(&self, chart: &str, key: Key) {
        let frame = self.found(By::Css(chart)).await;
        frame.send_keys(key).await.unwrap();
    }

    /// Points at a place of a chart, and tells where that is in it, with its width.
    pub(crate) async fn point_at(&self, chart: &str, x: f64, y: f64) -> (f64, f64, f64) {
        // What moves is waited for, as a hand would.
        let into_view = format!(
            "const frame = document.querySelector(\"{chart}\");\
             const rest = async (before) => {{\
                 frame.scrollIntoView({{ block: 'center', behavior: 'instant' }});\
                 await new Promise((go) => setTimeout(go, 35));\
                 const {{ left, top, width, height }} = frame.getBoundingClientRect();\
                 return before === top ? [left, top, width, height] : rest(top);\
             }};\
             return rest()"
        );
        let rect = self.script(&into_view).await;
        let [left, top, width, height]: [f64; 4] = serde_json::from_value(rect).unwrap();
        let (to_x, to_y) = ((left + x * width).round(), (top + y * height).round());
        // In more than one move, as a hand does it: a single one may be of a pointer that rests.
        self.driver
            .action_chain()
            .move_to(to_x as i64 - 3, to_y as i64)
            .move_to(to_x as i64, to_y as i64)
            .perform()
            .await
            .unwrap();
        (to_x - left, to_y - top, width)
    }

    /// Each chart has ink on it.
    pub(crate) async fn is_drawn(&self, canvas: &str) {
        let ink = format!(
            "const c = document.querySelector('canvas.{canvas}');\
             if (!c?.width || !c.height) return false;\
             const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;\
             let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n += 1; return n > 1000"
        );
        self.returns(&ink, json!(true)).await;
    }
}

async fn the_bars_are_read_out(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let chart = "[role=slider][aria-label='Monthly cost by platform']";
    let expected = Costs::of(&assess(&Inputs::default(), &bundled()));
    browser.is_drawn("bars").await;
    let last = expected.count() - 1;
    for (key, place) in [
        (Key::Right, 0),
        (Key::Right, 1),
        (Key::Down, 2),
        (Key::Left, 1),
        (Key::End, last),
        (Key::Right, last),
        (Key::Home, 0),
        (Key::Left, 0),
    ] {
        browser.key_on(chart, key).await;
        browser.reads_out(chart, &expected.read_out(place)).await;
        let now = format!(
            "const frame = document.querySelector(\"{chart}\");\
             return ['aria-valuenow', 'aria-valuemax'].map((name) => frame.getAttribute(name))"
        );
        let counted = json!([(place + 1).to_string(), expected.count().to_string()]);
        browser.returns(&now, counted).await;
    }
    browser.key_on(chart, Key::Escape).await;
    browser
        .reads(
            "figure[aria-labelledby=chart-title] .read-out",
            &[String::new()],
        )
        .await;
    for y in [0.1, 0.5, 0.8] {
        let (x, y, width) = browser.point_at(chart, 0.5, y).await;
        let place = expected.hit(width, x, y).unwrap();
        browser.reads_out(chart, &expected.read_out(place)).await;
    }
    browser.unfold("The numbers of the chart").await;
    browser
        .tabulates("#chart-table tbody tr", &expected.table().1)
        .await;
    browser.end().await;
}

/// The curves that belong to inputs.
pub(super) fn curves_of(inputs: &Inputs) -> Curves {
    let book = book_of(inputs);
    let mut sweep = Sweep::new(inputs);
    while sweep.step(&book) {}
    let mut search = Search::new(&sweep);
    while search.step(&book) {}
    Curves {
        here: Some(inputs.http.requests_per_month),
        break_evens: search.found().to_vec(),
        curves: sweep.curves,
    }
}

async fn the_curves_are_read_out(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut inputs = Inputs::default();
    browser.enter("services", "6").await;
    sets(&mut inputs, "services", 6.0);
    browser.agrees(&inputs).await;
    let curves = curves_of(&inputs);
    let chart = "[role=slider][aria-label='Requests a month']";
    browser.unfold("The numbers of the curves").await;
    browser
        .tabulates("#curve-table tbody tr", &curves.table().1)
        .await;
    browser.is_drawn("curve").await;
    browser.reads(".headline", &[curves.reading()]).await;
    for (key, place) in [
        (Key::Right, 0),
        (Key::Right, 1),
        (Key::End, POINTS - 1),
        (Key::Left, POINTS - 2),
        (Key::Home, 0),
    ] {
        browser.key_on(chart, key).await;
        browser.reads_out(chart, &curves.read_out(place)).await;
    }
    for x in [0.3, 0.6] {
        let (x, y, width) = browser.point_at(chart, x, 0.5).await;
        let place = curves.hit(width, x, y).unwrap();
        browser.reads_out(chart, &curves.read_out(place)).await;
    }
    // A pointer that rests takes nothing from the keys, neither where the chart scrolls under it nor where it scrolls away.
    for (key, place) in [(Key::End, POINTS - 1), (Key::Left, POINTS - 2)] {
        browser.key_on(chart, key).await;
        for pixels in [20, -40, 2000, -2000] {
            let scrolls = format!(
                "window.scrollBy({{ top: {pixels}, behavior: 'instant' }});\
                 const frame = () => new Promise(requestAnimationFrame);\
                 const rest = () => new Promise((go) => setTimeout(go, 100));\
                 return frame().then(frame).then(rest)"
            );
            browser.script(&scrolls).await;
            browser.reads_out(chart, &curves.read_out(place)).await;
        }
    }
    browser.end().await;
}
