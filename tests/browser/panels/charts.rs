//! The bars, the load line and the curves: read out by keys and pointer, and as tables.

use super::{book_of, bundled, id_of, label, sets};
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_chart::{Chart, bars::Costs, curve::Curves, load_line::LoadLines, map::WhoWins};
use plimsoll_model::{
    assess,
    explore::{
        break_even::Search,
        load_line::LoadLine,
        map::Map,
        sweep::{POINTS, Sweep},
    },
    inputs::{Field, Inputs, at},
};
use plimsoll_wording::{answer, format};
use serde_json::json;
use thirtyfour::{By, Key};

in_each_engine!(
    the_bars_are_read_out,
    the_curves_are_read_out,
    the_load_line_is_read_out_and_its_load_is_dragged,
    the_hours_of_kubernetes_are_dragged_up_and_down,
    the_map_is_read_out_over_any_two_inputs,
);

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
    browser.opens("chart-table").await;
    browser
        .tabulates("#chart-table tbody tr", &expected.table().1)
        .await;
    browser.end().await;
}

/// The load line that belongs to inputs.
fn load_line_of(inputs: &Inputs) -> LoadLines {
    let book = bundled();
    let assessment = assess(inputs, &book);
    LoadLines {
        line: LoadLine::of(inputs, &assessment, &book),
        pays_off: assessment.verdict.pays_off,
    }
}

async fn the_load_line_is_read_out_and_its_load_is_dragged(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let chart = "[role=slider][aria-label='The load line']";
    browser.is_drawn("load-line").await;
    let mut inputs = Inputs::default();
    let expected = load_line_of(&inputs);
    let says = format!("return document.querySelector(\"{chart}\").getAttribute('aria-valuetext')");
    browser.returns(&says, json!(expected.reading())).await;
    // Where a point is read out, the legend stands before.
    let agreement = answer::agreement(&assess(&inputs, &bundled()).verdict).unwrap();
    let idle = browser
        .texts("figure[aria-labelledby=load-line-title] .read-out")
        .await;
    assert!(idle[0].ends_with(&agreement), "{idle:?}");
    browser.key_on(chart, Key::End).await;
    let last = expected.count() - 1;
    browser.reads_out(chart, &expected.read_out(last)).await;
    browser.key_on(chart, Key::Escape).await;
    browser.opens("load-line-table").await;
    browser
        .tabulates("#load-line-table tbody tr", &expected.table().1)
        .await;
    let (x, _, width) = browser.point_at(chart, 0.7, 0.5).await;
    let press = browser.driver.action_chain().click();
    press.perform().await.unwrap();
    let requests = format::to_two_digits(expected.requests_at(width, x));
    assert!(requests > 1e8, "{requests}");
    sets(&mut inputs, "http.requests_per_month", requests);
    browser.agrees(&inputs).await;
    let moved = load_line_of(&inputs);
    browser
        .tabulates("#load-line-table tbody tr", &moved.table().1)
        .await;
    browser.press("Undo").await;
    browser.agrees(&Inputs::default()).await;
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
    browser.opens("curve").await;
    browser.looks_at("canvas.curve").await;
    // Once it is worked out, nothing moves under the pointer.
    let headline = "figure:has(canvas.curve) .headline";
    browser.reads(headline, &[curves.reading()]).await;
    browser.opens("curve-table").await;
    browser
        .tabulates("#curve-table tbody tr", &curves.table().1)
        .await;
    browser.is_drawn("curve").await;
    // The pointer of the last press may rest on the chart, and keys go on from where it points.
    browser.key_on(chart, Key::Escape).await;
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

async fn the_hours_of_kubernetes_are_dragged_up_and_down(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let chart = "[role=slider][aria-label='The load line']";
    browser.is_drawn("load-line").await;
    let mut inputs = Inputs::default();
    let expected = load_line_of(&inputs);
    // The middle tells how wide and high it is.
    let (x, y, width) = browser.point_at(chart, 0.5, 0.5).await;
    let (to_x, to_y) = expected.grip_at(width).unwrap();
    let (_, y, width) = browser
        .point_at(chart, to_x / (2.0 * x), to_y / (2.0 * y))
        .await;
    let hold = browser.driver.action_chain().click_and_hold();
    let drag = hold.move_by_offset(0, -10).move_by_offset(0, -20);
    drag.release().perform().await.unwrap();
    // The axis follows what is dragged, and each move counts by the axis of then.
    let first = format::to_two_digits(expected.hours_at(width, y - 10.0).unwrap());
    assert!(first > expected.line.side(true).unwrap().hours.total());
    let path = "team.ops_hours_per_week.kubernetes";
    let field = id_of(Field::by_path(path));
    let typed =
        format!("return parseFloat(document.getElementById('{field}').value.replace(',', ''))");
    browser
        .until("hours above those of the first move", async || {
            let hours = browser.script(&typed).await.as_f64();
            hours.is_some_and(|hours| hours >= first)
        })
        .await;
    inputs.team.ops_hours_per_week.kubernetes = browser.script(&typed).await.as_f64();
    browser.agrees(&inputs).await;
    browser.press("Undo").await;
    browser.agrees(&Inputs::default()).await;
    browser.end().await;
}

/// The map of inputs, all of it.
fn map_of(inputs: &Inputs, x: &'static Field, y: &'static Field) -> WhoWins {
    let book = bundled();
    let mut map = Map::new(inputs, x, y).unwrap();
    while map.step(inputs, &book) {}
    WhoWins { map }
}

async fn the_map_is_read_out_over_any_two_inputs(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.looks_at("canvas.map").await;
    let chart = "[role=slider][aria-label='The map']";
    browser.is_drawn("map").await;
    let inputs = Inputs::default();
    let expected = map_of(&inputs, at::http::requests_per_month, at::team::engineers);
    browser.reads("#map .headline", &[expected.reading()]).await;
    browser.key_on(chart, Key::Escape).await;
    for (key, place) in [
        (Key::Right, 0),
        (Key::Right, 1),
        (Key::End, expected.count() - 1),
    ] {
        browser.key_on(chart, key).await;
        browser.reads_out(chart, &expected.read_out(place)).await;
    }
    browser.choose("Upward", label("services")).await;
    let expected = map_of(&inputs, at::http::requests_per_month, at::services);
    browser.opens("map-table").await;
    browser
        .tabulates("#map-table tbody tr", &expected.table().1)
        .await;
    // What one axis has the other can't be given.
    let taken = "return document.querySelector('#map-x option:disabled').value";
    browser.returns(taken, json!("services")).await;
    browser.end().await;
}
