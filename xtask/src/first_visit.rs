//! A first visit: when the answer is painted, when the sliders live, how far anything shifts; and what one event costs the
//! processor until all is at rest.

use crate::{
    chromium::Chromium,
    report::{Report, number, throttle},
    trace::percentile,
};
use serde_json::{Value, json};

/// Notes, in the page itself, the first paint, what shifts, and when the first slider can be moved.
const WATCH: &str = "
    if (location.protocol.startsWith('http')) {
        window.shifted = 0;
        new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) window.shifted += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });
        window.lives = new Promise((tell) => {
            const look = () => {
                const live = document.querySelector('input[type=range]:not(:disabled)')
                    && !document.getElementById('start');
                if (live) setTimeout(() => tell(performance.now()));
                else requestAnimationFrame(look);
            };
            look();
        });
    }
";

/// When the answer was painted: it is in the page that comes, so with its first words.
const PAINTED: &str =
    "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null";

/// How often a first visit is made.
const VISITS: usize = 5;

/// A network, a processor, and what is allowed there.
struct Visit {
    name: &'static str,
    slower: f64,
    /// Bits a second and round trip in ms; none where the network is loopback's own.
    network: Option<(f64, f64)>,
    painted_ms: f64,
    lives_ms: f64,
}

const FAST: Visit = Visit {
    name: "first visit",
    slower: 1.0,
    network: None,
    painted_ms: 250.0,
    lives_ms: 600.0,
};
const SLOW: Visit = Visit {
    name: "slow 4G, a quarter as fast",
    slower: 4.0,
    network: Some((1.6e6, 150.0)),
    painted_ms: 1_000.0,
    lives_ms: 4_500.0,
};

/// How far things may shift at load, in the browser's own measure, and in a drag.
const SHIFT: f64 = 0.02;

/// Processor time of an event, ms, with nothing opened and what follows at rest.
const PROCESSOR_MS: f64 = 40.0;
/// How many events a drag has.
const DRAGGED: u32 = 120;
/// How long is waited for all to be at rest, ms.
const REST_MS: f64 = 1_500.0;

/// Measures all of it. Changes what the browser keeps: comes last.
pub(crate) fn measure(
    browser: &mut Chromium,
    report: &mut Report,
    url: &str,
) -> Result<(), String> {
    for (width, height) in [(1_440, 900), (390, 844)] {
        browser.resize(width, height)?;
        at_rest(browser, report, url, width)?;
    }
    browser.resize(1_440, 900)?;
    browser.call("Network.enable", &json!({}))?;
    let watch = json!({ "source": WATCH });
    let script = browser.call("Page.addScriptToEvaluateOnNewDocument", &watch)?;
    for visit in [FAST, SLOW] {
        visits(browser, report, url, &visit)?;
    }
    browser.call("Page.removeScriptToEvaluateOnNewDocument", &script)?;
    Ok(())
}

/// Visits by somebody who was never here.
fn visits(
    browser: &mut Chromium,
    report: &mut Report,
    url: &str,
    visit: &Visit,
) -> Result<(), String> {
    let (mut painted, mut lives, mut shifted) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..VISITS {
        browser.open("about:blank", "true")?;
        let origin = json!({ "origin": url.trim_end_matches('/'), "storageTypes": "all" });
        browser.call("Storage.clearDataForOrigin", &origin)?;
        browser.call("Network.clearBrowserCache", &json!({}))?;
        network(browser, visit.network)?;
        throttle(browser, visit.slower)?;
        browser.open(url, "!document.getElementById('start')")?;
        lives.push(number(&browser.script("window.lives")?, "the sliders")?);
        painted.push(number(&browser.script(PAINTED)?, "the first paint")?);
        // Fonts, effects and the service worker have had their time.
        browser.script("new Promise((go) => setTimeout(go, 1000))")?;
        shifted.push(number(&browser.script("window.shifted")?, "the shift")?);
        network(browser, None)?;
        throttle(browser, 1.0)?;
    }
    println!("\n  {VISITS} first visits, {}", visit.name);
    report.time(
        &format!("{}: answer painted", visit.name),
        percentile(&painted, 0.5),
        Some(visit.painted_ms),
    );
    report.time(
        &format!("{}: sliders live", visit.name),
        percentile(&lives, 0.5),
        Some(visit.lives_ms),
    );
    report.figure("layout shift at load", percentile(&shifted, 1.0), SHIFT, "");
    Ok(())
}

fn network(browser: &mut Chromium, slow: Option<(f64, f64)>) -> Result<(), String> {
    let (bytes, latency) = slow.map_or((-1.0, 0.0), |(bits, ms)| (bits / 8.0, ms));
    let conditions = json!({
        "offline": false, "latency": latency, "downloadThroughput": bytes, "uploadThroughput": bytes,
    });
    browser
        .call("Network.emulateNetworkConditions", &conditions)
        .map(drop)
}

/// What the processor does for one event of the requests' slider until nothing moves any more, and what moves in a drag from its one
/// end to the other.
fn at_rest(
    browser: &mut Chromium,
    report: &mut Report,
    url: &str,
    width: u32,
) -> Result<(), String> {
    browser.open("about:blank", "true")?;
    browser.open(url, "!document.getElementById('start')")?;
    browser.call("Performance.enable", &json!({}))?;
    browser.script(
        "window.moved = 0; new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) window.moved += entry.value;
        }).observe({ type: 'layout-shift' })",
    )?;
    let wait = format!("new Promise((go) => setTimeout(go, {REST_MS}))");
    let slider = "document.querySelector('#http-requests_per_month-slider')";
    let mut spent = Vec::new();
    browser.script(&wait)?;
    for n in 0..8 {
        let before = busy(browser)?;
        browser.script(&format!(
            "{{ const it = {slider}; it.value = String(Number(it.value) + {}); \
             it.dispatchEvent(new Event('input', {{ bubbles: true }})); }}",
            if n % 2 == 0 { 12 } else { -7 }
        ))?;
        browser.script(&wait)?;
        let after = busy(browser)?;
        // The first ones compile what runs often.
        if n >= 2 {
            spent.push((after - before) * 1e3);
        }
    }
    println!("\n  events of which each is followed by {REST_MS} ms of rest, {width} px wide");
    report.time(
        &format!("processor time of an event, {width} px"),
        percentile(&spent, 0.5),
        Some(PROCESSOR_MS),
    );
    let drag = format!(
        "new Promise((end) => {{
            window.moved = 0;
            const it = {slider}, [from, to] = [it.min, it.max].map(Number);
            const step = (n) => {{
                if (n > {DRAGGED}) return setTimeout(end);
                it.value = String(from + (to - from) * n / {DRAGGED});
                it.dispatchEvent(new Event('input', {{ bubbles: true }}));
                requestAnimationFrame(() => step(n + 1));
            }};
            step(0);
        }})"
    );
    browser.script(&drag)?;
    let moved = number(&browser.script("window.moved")?, "the shift")?;
    report.figure("layout shift in a drag", moved, 0.0, "");
    Ok(())
}

/// Seconds that the page's thread was busy, since it began.
fn busy(browser: &mut Chromium) -> Result<f64, String> {
    let metrics = browser.call("Performance.getMetrics", &json!({}))?;
    let found = metrics["metrics"].as_array().into_iter().flatten();
    let task = found.filter(|metric| metric["name"] == "TaskDuration");
    let value: Option<&Value> = task.map(|metric| &metric["value"]).next();
    number(value.unwrap_or(&Value::Null), "the processor's time")
}
