//! What may go wrong around the page, each with what must still work.

use crate::{
    engine::{Browser, Engine, Wish, in_each_engine},
    page_object::NO_STORAGE,
    site::Fault,
};
use plimsoll_model::{assess, inputs::Inputs, prices::PriceBook};
use plimsoll_wording::answer;
use serde_json::json;
use std::{path::Path, time::Duration};
use thirtyfour::{
    By, RequestData,
    common::command::{Command, FormatRequestData},
};

in_each_engine!(
    a_storage_that_throws_costs_only_the_keeping,
    a_full_storage_is_told_and_what_it_has_is_read,
    a_storage_wiped_while_open_is_filled_again,
    a_missing_program_is_told_and_a_reload_mends_it,
    a_truncated_program_is_told_and_a_reload_mends_it,
    a_damaged_copy_is_fetched_once_more,
    a_wrong_type_changes_nothing,
    a_slow_program_shows_its_progress,
    a_canvas_without_a_context_leaves_the_tables,
    a_frame_that_was_hidden_is_drawn_when_it_is_shown,
    the_chart_follows_a_change_of_the_pixel_ratio,
    without_scripts_the_page_says_what_it_needs,
    a_crash_offers_a_way_out_and_the_second_starts_without_saved_state,
    a_crash_in_the_middle_can_be_reset,
    a_crash_is_told_with_its_text_and_its_place,
    mistakes_in_the_defaults_of_the_site_are_told,
    where_copying_is_refused_the_text_is_selected,
);

impl Browser {
    /// What is kept of the scenario, once it is what is expected.
    pub(crate) async fn keeps(&self, engineers: u32) {
        self.until("the state to be written", async || {
            self.script(
                "const key = Object.keys(localStorage).find((key) => key.endsWith(':scenario'));\
                 return key ? JSON.parse(JSON.parse(localStorage[key])).inputs.team?.engineers ?? 5 : null",
            )
            .await
                == json!(engineers)
        })
        .await;
    }
}

async fn a_storage_that_throws_costs_only_the_keeping(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.site.inject(NO_STORAGE);
    browser.open().await;
    browser.sets_engineers(9).await;
    browser.says("keeps nothing").await;
    browser.end().await;
}

async fn a_full_storage_is_told_and_what_it_has_is_read(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.sets_engineers(9).await;
    browser.keeps(9).await;
    browser.site.inject(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
    );
    browser.reload().await;
    assert_eq!(browser.value_of("Engineers").await, "9");
    browser.sets_engineers(8).await;
    browser.says("keeps nothing").await;
    browser.end().await;
}

async fn a_storage_wiped_while_open_is_filled_again(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.sets_engineers(9).await;
    browser.keeps(9).await;
    browser.script("localStorage.clear()").await;
    browser.sets_engineers(8).await;
    browser.keeps(8).await;
    browser.end().await;
}

async fn a_missing_program_is_told_and_a_reload_mends_it(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.site.fault(".wasm", Fault::Status("404 Not Found"));
    told_and_mended(browser, "404").await;
}

async fn a_truncated_program_is_told_and_a_reload_mends_it(engine: Engine) {
    for fault in [Fault::Short(20_000), Fault::Cut(20_000)] {
        let browser = Browser::start(engine, Wish::default()).await;
        browser.site.fault(".wasm", fault);
        told_and_mended(browser, "").await;
    }
}

async fn told_and_mended(browser: Browser, detail: &str) {
    browser.driver.goto(browser.site.url()).await.unwrap();
    browser.says("The calculator could not be loaded").await;
    browser.says(detail).await;
    browser.site.mend();
    browser.press("Reload").await;
    browser.ready().await;
    browser.sets_engineers(9).await;
    browser.end().await;
}

async fn a_damaged_copy_is_fetched_once_more(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    // The first answer is short; whoever asks again past every cache gets the whole.
    browser.site.inject(
        "const real = window.fetch;
         window.fetch = async (url, how) => {
             const answer = await real(url, how);
             const damaged = String(url).endsWith('.wasm') && how?.cache !== 'reload';
             return damaged ? new Response((await answer.arrayBuffer()).slice(0, 9_000)) : answer;
         };",
    );
    browser.open().await;
    browser.sets_engineers(9).await;
    browser.end().await;
}

async fn a_wrong_type_changes_nothing(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.site.fault(".wasm", Fault::Type("text/plain"));
    browser.open().await;
    browser.sets_engineers(9).await;
    browser.end().await;
}

async fn a_slow_program_shows_its_progress(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser
        .site
        .fault(".wasm", Fault::Takes(Duration::from_secs(6)));
    // Not to wait for the page to be complete: it is looked at while it loads.
    browser
        .script(&format!(
            "setTimeout(() => {{ location.href = '{}' }}, 50)",
            browser.site.url()
        ))
        .await;
    browser
        .until("the progress", async || {
            browser
                .script(
                    "const bar = document.getElementById('start-progress');\
                     return !!bar && bar.value > 0 && bar.value < bar.max && / of [0-9]+ kB/.test(document.body.textContent)",
                )
                .await
                == json!(true)
        })
        .await;
    browser.ready().await;
    browser.sets_engineers(9).await;
    browser.end().await;
}

async fn a_canvas_without_a_context_leaves_the_tables(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser
        .site
        .inject("HTMLCanvasElement.prototype.getContext = () => null;");
    browser.open().await;
    browser.sets_engineers(9).await;
    assert!(browser.chart_rows().await.len() >= 10);
    browser.end().await;
}

async fn a_frame_that_was_hidden_is_drawn_when_it_is_shown(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.site.add(
        "/parent.html",
        "<!doctype html><iframe src='./' width='0' height='0' style='display: none'></iframe>",
    );
    let url = browser.site.url() + "parent.html";
    browser.driver.goto(url).await.unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    browser
        .script(
            "const frame = document.querySelector('iframe'); frame.style.display = 'block';\
             frame.width = 800; frame.height = 700",
        )
        .await;
    browser.enter_frame().await;
    browser.ready().await;
    browser
        .until("a drawn chart", async || {
            browser
                .script(INK)
                .await
                .as_u64()
                .is_some_and(|ink| ink > 1_000)
        })
        .await;
    browser.sets_engineers(9).await;
    browser.end().await;
}

/// How many pixels of the chart are drawn.
const INK: &str = "const c = document.querySelector('canvas.bars');\
     if (!c || !c.width || !c.height) return 0;\
     const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;\
     let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n += 1; return n";

/// A command of Firefox's driver: where scripts run, with its own rights or the page's.
#[derive(Debug)]
struct Context(&'static str);

impl FormatRequestData for Context {
    fn format_request(&self, session: &thirtyfour::SessionId) -> RequestData {
        let mut request = Command::Refresh.format_request(session);
        request.uri = format!("session/{session}/moz/context").into();
        request.add_body(json!({ "context": self.0 }))
    }
}

async fn the_chart_follows_a_change_of_the_pixel_ratio(engine: Engine) {
    let wish = Wish {
        alone: true,
        ..Wish::default()
    };
    let browser = Browser::start(engine, wish).await;
    browser.open().await;
    let sharp = |ratio: f64| {
        format!(
            "const c = document.querySelector('canvas.bars'), r = c.getBoundingClientRect();\
             return devicePixelRatio === {ratio} && Math.abs(c.width - r.width * {ratio}) < 1\
                 && Math.abs(c.height - r.height * {ratio}) < 1"
        )
    };
    let is_sharp = async |ratio: f64| {
        browser
            .until("a sharp chart", async || {
                browser.script(&sharp(ratio)).await == json!(true)
            })
            .await;
    };
    is_sharp(1.0).await;
    match engine {
        Engine::Chromium => {
            let metrics =
                json!({ "width": 0, "height": 0, "deviceScaleFactor": 2, "mobile": false });
            let cdp = browser.driver.cdp();
            cdp.send_raw("Emulation.setDeviceMetricsOverride", metrics)
                .await
                .unwrap();
        }
        Engine::Firefox => {
            let handle = browser.driver.handle();
            handle.cmd(Context("chrome")).await.unwrap();
            browser
                .script("Services.prefs.setStringPref('layout.css.devPixelsPerPx', '2')")
                .await;
            handle.cmd(Context("content")).await.unwrap();
        }
        // Its driver has no such setting: the page is told of one, as a window that moves to another screen tells it.
        Engine::WebKit => {
            browser
                .script(
                    "Object.defineProperty(window, 'devicePixelRatio', { value: 2, configurable: true });\
                     window.dispatchEvent(new Event('resize'))",
                )
                .await;
        }
    }
    is_sharp(2.0).await;
    browser.end().await;
}

async fn without_scripts_the_page_says_what_it_needs(engine: Engine) {
    let browser = Browser::start(
        engine,
        Wish {
            no_scripts: true,
            ..Wish::default()
        },
    )
    .await;
    // WebKit has no switch for it that its driver survives; a sandbox has.
    if engine == Engine::WebKit {
        browser.site.fault(
            "/",
            Fault::Header("Content-Security-Policy", "sandbox".into()),
        );
    }
    browser.driver.goto(browser.site.url()).await.unwrap();
    let body = browser.driver.find(By::Tag("body")).await.unwrap();
    let told = async || body.text().await.unwrap();
    let off = "JavaScript is off here";
    browser
        .until(off, async || told().await.contains(off))
        .await;
    let text = told().await;
    assert!(!text.contains("Loading the calculator"), "{text}");
    // The example stands there all the same.
    let inputs = Inputs::default();
    let sentence = answer::sentence(&assess(&inputs, &PriceBook::bundled()), &inputs);
    assert!(text.contains(&sentence), "{text}");
    assert!(text.contains("GKE Autopilot"), "{text}");
    browser.end().await;
}

/// Saved state that brings the page down: once it was read, no element can be made any more.
const POISON: &str = "
    const read = Storage.prototype.getItem;
    Storage.prototype.getItem = function (key) {
        const text = read.call(this, key);
        if (text !== null && String(key).endsWith(':scenario')) {
            const make = Document.prototype.createElement;
            Document.prototype.createElement = function (name, ...rest) {
                if (/^main$/i.test(name)) throw new DOMException('no more', 'NotSupportedError');
                return make.call(this, name, ...rest);
            };
        }
        return text;
    };
";

async fn a_crash_offers_a_way_out_and_the_second_starts_without_saved_state(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.sets_engineers(9).await;
    browser.keeps(9).await;
    browser.site.inject(POISON);
    browser.load_again().await;
    browser.says("Something broke").await;
    browser.press("Reload").await;
    // The second crash in a row.
    browser.says("Started without your saved state").await;
    browser.ready().await;
    assert_eq!(browser.value_of("Engineers").await, "5");
    browser.sets_engineers(8).await;
    tokio::time::sleep(Duration::from_millis(800)).await;
    browser.keeps(9).await;
    // Nothing was lost: once the cause is gone, it is all there.
    browser.site.inject("");
    browser.open().await;
    assert_eq!(browser.value_of("Engineers").await, "9");
    browser.end().await;
}

async fn a_crash_in_the_middle_can_be_reset(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.sets_engineers(9).await;
    browser.keeps(9).await;
    browser.all_inputs().await;
    browser.rests().await;
    browser
        .script(
            "Node.prototype.cloneNode = () => { throw new DOMException('no more', 'NotSupportedError'); }",
        )
        .await;
    browser.press("Add an environment").await;
    browser.says("Something broke").await;
    let focused = "return document.activeElement?.textContent";
    assert_eq!(browser.script(focused).await, json!("Reload"));
    // What waits to be saved is saved as the page goes.
    browser
        .script(
            "const kept = Object.entries(localStorage);
             addEventListener('pagehide', () => kept.forEach(([key, text]) => localStorage.setItem(key, text)))",
        )
        .await;
    browser.press("Reset: delete what is saved here").await;
    browser
        .until("a fresh page", async || {
            let page = "return document.getElementById('failure') === null";
            browser.is_so(page).await
        })
        .await;
    browser.ready().await;
    assert_eq!(browser.value_of("Engineers").await, "5");
    browser.end().await;
}

/// Without its text and its place, a crash that somebody reports can't be found.
async fn a_crash_is_told_with_its_text_and_its_place(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_first_screen("").await;
    browser.all_inputs().await;
    browser.rests().await;
    // The program takes for granted that the browser copies a node, and panics where it does not.
    browser
        .script(
            "Node.prototype.cloneNode = () => { throw new DOMException('no more of them', 'NotSupportedError'); }",
        )
        .await;
    browser.press("Add an environment").await;
    browser.says("Something broke").await;
    let told = "return document.querySelector('#failure details pre').textContent";
    let told = browser.script(told).await;
    let told = told.as_str().unwrap();
    assert!(told.contains("no more of them"), "without its text: {told}");
    let is_place = |word: &str| {
        let mut parts = word.split(':');
        let (file, line) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        let in_source = file.starts_with("src/") || file.contains("/src/");
        in_source
            && Path::new(file)
                .extension()
                .is_some_and(|ending| ending == "rs")
            && line.parse::<u32>().is_ok()
    };
    assert!(
        told.split_whitespace().any(is_place),
        "without its place: {told}"
    );
    browser.end().await;
}

async fn where_copying_is_refused_the_text_is_selected(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    for refusal in [
        "Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined });",
        "Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => \
         ({ writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) }) });",
    ] {
        browser.site.inject(refusal);
        browser.open().await;
        browser.press("Copy").await;
        browser.says("Copying is refused here").await;
        let selected = "const field = document.getElementById('share-link');\
             return [field.selectionStart, field.selectionEnd === field.value.length, field.value.includes('#v=1')]";
        assert_eq!(browser.script(selected).await, json!([0, true, true]));
    }
    browser.end().await;
}

async fn mistakes_in_the_defaults_of_the_site_are_told(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let write = |text: &str| {
        let file = browser.site.folder().join("plimsoll.config.json");
        std::fs::write(file, text).unwrap();
    };
    write(r#"{ "v": 1, "lock": ["regoin"], "scenario": { "services": 900 } }"#);
    browser.open().await;
    browser.says("plimsoll.config.json: lock: \"regoin\"").await;
    browser
        .says("plimsoll.config.json: scenario.services: 900; allowed: whole numbers, 1 to 200 services")
        .await;
    assert_eq!(browser.value_of("Services").await, "200");
    for damaged in ["{", "[]", "\u{0}\u{1}", "null"] {
        write(damaged);
        browser.reload().await;
        browser.says("plimsoll.config.json").await;
    }
    browser
        .site
        .fault("config.json", Fault::Status("500 Internal Server Error"));
    browser.reload().await;
    browser.says("The defaults of this site are missing").await;
    browser.end().await;
}
