//! How fast the built page is in Chromium: each figure with its limit, and as a ratio to a loop of known size in the same page.

use crate::{
    chromium::Chromium,
    first_visit, page,
    report::{Report, number, throttle},
    say,
    server::{self, Server},
    trace::{CATEGORIES, Kind, Trace, Work, percentile},
};
use serde_json::{Value, json};

/// What moves the sliders.
const DRAG: &str = include_str!("drag.js");

/// The page is there: no skeleton, and an answer in words.
const THERE: &str = "!document.getElementById('skeleton') \
     && /\\$[0-9]/.test(document.querySelector('.verdict, .answer')?.textContent ?? '')";

/// Notes when the answer is on screen, from the beginning of the navigation.
const WATCH: &str = "
    window.answeredAt = new Promise((tell) => {
        const look = new MutationObserver(() => {
            if (!(THERE)) return;
            look.disconnect();
            // The frame that shows it has been made when the task after it runs.
            requestAnimationFrame(() => setTimeout(() => tell(performance.now())));
        });
        look.observe(document, { subtree: true, childList: true, characterData: true });
    });
";

/// Slider events of one measurement, at least.
const EVENTS: usize = 600;
/// Slider events over which memory must not grow, and those before, after which everything that is kept is there.
const MEMORY_EVENTS: usize = 10_000;
const FIRST_EVENTS: usize = 1_000;
/// How often the page is started.
const STARTS: usize = 9;

/// What a slider's event may take to its picture, ms: what is aimed at, the most, and the most on a processor a quarter as fast.
const EVENT_AIM_MS: f64 = 8.3;
const EVENT_MS: f64 = 16.7;
const EVENT_SLOW_MS: f64 = 33.0;
const SLOWER: f64 = 4.0;
/// The longest task of a drag, ms, what a hand notices, and how many of a hundred events it may notice.
const TASK_MS: f64 = 100.0;
const NOTICED_MS: f64 = 50.0;
const NOTICED_PERCENT: f64 = 0.1;
/// How much memory may grow, bytes.
const GROWTH: f64 = 1e6;
/// When the verdict of a page that was opened before is on screen, ms.
const START_MS: f64 = 300.0;

/// From how many times the processor's time on the machine is too busy to measure on.
const BUSY: f64 = 1.3;

/// Measures the page that was built, with a drag of so many seconds. Fails after all of it if a limit does not hold.
pub fn page(seconds: u32) -> Result<(), String> {
    let dist = page::ready_made()?;
    let server = Server::start(0, server::files(dist)).map_err(|error| error.to_string())?;
    let mut browser = Chromium::start()?;
    browser.resize(1280, 1000)?;
    let url = server.url();
    browser.open(&url, THERE)?;
    browser.script(DRAG)?;
    let mut report = Report {
        reference: reference(&mut browser)?,
        broken: Vec::new(),
    };
    println!(
        "\n{:<48} {:>11} {:>10} {:>8}",
        "the page in Chromium", "measured", "limit", "ratio"
    );
    println!(
        "  {:<46} {:>8.2} ms {:>10} {:>8.2}",
        "a loop of 5,000,000 steps", report.reference, "", 1.0
    );
    events(&mut browser, &mut report)?;
    drag(&mut browser, &mut report, seconds)?;
    memory(&mut browser, &mut report)?;
    start(&mut browser, &mut report, &url)?;
    first_visit::measure(&mut browser, &mut report, &url)?;
    if report.broken.is_empty() {
        return Ok(());
    }
    Err(format!(
        "the page is not as fast as it must be:\n  {}",
        report.broken.join("\n  ")
    ))
}

fn reference(browser: &mut Chromium) -> Result<f64, String> {
    number(&browser.script("drag.reference()")?, "the loop")
}

/// From a slider's event to the picture, at full speed and slowed down.
fn events(browser: &mut Chromium, report: &mut Report) -> Result<(), String> {
    let sliders = number(&browser.script("drag.count()")?, "the count of sliders")? as usize;
    if sliders == 0 {
        return Err("the page has no slider to move".into());
    }
    let each = EVENTS.div_ceil(sliders).max(12);
    // Once unmeasured: the browser compiles what runs often.
    browser.script(&format!("drag.inTurn({each})"))?;
    let changed = browser.script(&format!("drag.mutations({each})"))?;
    let calls = browser.script(&format!("drag.calls({each})"))?;
    let works = traced_events(browser, each)?;
    println!(
        "\n  {} events of {sliders} sliders, to numbers, verdict and chart",
        works.len()
    );
    distribution(report, "", &works, EVENT_MS, Some(EVENT_AIM_MS));
    explain(&works, &changed, &calls);
    throttle(browser, SLOWER)?;
    let at_full_speed = report.reference;
    report.reference = reference(browser)?;
    let works = traced_events(browser, each)?;
    throttle(browser, 1.0)?;
    println!(
        "\n  the same on a processor a quarter as fast; the loop takes {:.2} ms there",
        report.reference
    );
    distribution(report, "slowed down, ", &works, EVENT_SLOW_MS, None);
    report.reference = at_full_speed;
    Ok(())
}

fn traced_events(browser: &mut Chromium, each: usize) -> Result<Vec<Work>, String> {
    let (_, events) = browser.traced(&format!("drag.inTurn({each})"), &CATEGORIES)?;
    let works = Trace::read(&events).events;
    if works.len() < EVENTS {
        return Err(format!("the trace has {} events of {EVENTS}", works.len()));
    }
    Ok(works)
}

fn distribution(report: &mut Report, how: &str, works: &[Work], most: f64, aim: Option<f64>) {
    let all: Vec<f64> = works.iter().map(|work| work.task + work.later).collect();
    let busy: Vec<f64> = works.iter().map(|work| work.busy).collect();
    let mut row = |what: &str, of: &[f64], share: f64, limit: Option<f64>| {
        let ms = percentile(of, share);
        report.time(&format!("{how}{what}"), ms, limit);
        ms
    };
    row("half of the events", &all, 0.5, None);
    row("95 % of the events", &all, 0.95, None);
    let nearly_all = row("99 % of the events", &all, 0.99, Some(most));
    row("the slowest event", &all, 1.0, None);
    row("99 %, without waiting for others", &busy, 0.99, None);
    if let Some(aim) = aim.filter(|aim| nearly_all > *aim) {
        println!("  aimed at are {aim} ms for 99 %, and that is missed");
    }
    let waited = all.iter().sum::<f64>() / busy.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    if waited > BUSY {
        say::loud(&format!(
            "The page waited for the processor, {waited:.1} times what it needed: other programs run, and the figures \
             mean little."
        ));
    }
}

/// Where the time of an event goes, and what it does to the document.
fn explain(works: &[Work], changed: &Value, calls: &Value) {
    let whole = |work: &Work| work.task + work.later;
    let mut by_length: Vec<&Work> = works.iter().collect();
    by_length.sort_by(|a, b| whole(b).total_cmp(&whole(a)));
    let slowest = &by_length[..by_length.len().div_ceil(20)];
    println!(
        "\n  {:<34} {:>10} {:>10}",
        "where it goes, ms an event", "all", "slowest 5 %"
    );
    let row = |name: &str, of: &dyn Fn(&Work) -> f64| {
        let mean =
            |works: &[&Work]| works.iter().map(|work| of(work)).sum::<f64>() / works.len() as f64;
        println!(
            "  {name:<34} {:>10.2} {:>10.2}",
            mean(&by_length),
            mean(slowest)
        );
    };
    for (n, (_, name)) in Kind::ALL.into_iter().enumerate() {
        row(name, &move |work| work.spent[n]);
    }
    row("of all that, after the frame", &|work| work.later);
    row("elements restyled", &|work| work.restyled);
    let number = |value: &Value| value.as_f64().unwrap_or(0.0);
    let each = |what: &str, value: &Value, events: &Value| {
        println!(
            "  {what:<34} {:>10.2}",
            number(value) / number(events).max(1.0)
        );
    };
    println!("\n  what it changes in the document, an event");
    for what in ["added", "removed", "texts", "attributes"] {
        each(what, &changed[what], &changed["events"]);
    }
    for place in changed["places"].as_array().into_iter().flatten() {
        let name = place[0].as_str().unwrap_or_default();
        each(&format!("  in {name}"), &place[1], &changed["events"]);
    }
    println!(
        "\n  what it asks of the browser, calls an event; the chart is drawn in {:.2} ms",
        number(&calls["chart"])
    );
    for call in calls["calls"].as_array().into_iter().flatten() {
        each(
            call[0].as_str().unwrap_or_default(),
            &call[1],
            &calls["events"],
        );
    }
    println!("\n  the slowest sliders, 95 % of their events, ms");
    let mut sliders: Vec<&str> = works.iter().map(|work| work.mark.as_str()).collect();
    sliders.dedup();
    let of_slider = |name: &str| -> Vec<f64> {
        let own = works.iter().filter(|work| work.mark == name);
        own.map(whole).collect()
    };
    let mut slowest: Vec<(f64, &str)> = sliders
        .into_iter()
        .map(|name| (percentile(&of_slider(name), 0.95), name))
        .collect();
    slowest.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (ms, name) in slowest.iter().take(5) {
        println!("  {name:<34} {ms:>10.2}");
    }
}

/// All sliders dragged anywhere: no task that a hand would notice.
fn drag(browser: &mut Chromium, report: &mut Report, seconds: u32) -> Result<(), String> {
    let script = format!("drag.anywhere({seconds} * 1000)");
    let (_, events) = browser.traced(&script, &CATEGORIES)?;
    let trace = Trace::read(&events);
    // Those in which an event was answered: the many small ones between would hide them in any share.
    let tasks: Vec<f64> = trace.events.iter().map(|work| work.task).collect();
    if tasks.is_empty() {
        return Err("the drag left no trace".into());
    }
    let noticed = tasks.iter().filter(|task| **task >= NOTICED_MS).count();
    let share = noticed as f64 / tasks.len() as f64;
    println!("\n  {seconds} s of dragging, {} events", tasks.len());
    report.time(
        "the longest task",
        percentile(&trace.tasks, 1.0),
        Some(TASK_MS),
    );
    report.figure(
        "events answered in 50 ms or more",
        share * 100.0,
        NOTICED_PERCENT,
        "%",
    );
    Ok(())
}

/// Memory, nodes and listeners before and after many events.
fn memory(browser: &mut Chromium, report: &mut Report) -> Result<(), String> {
    browser.script("performance.clearMarks()")?;
    browser.script(&format!("drag.quickly({FIRST_EVENTS})"))?;
    let before = Held::now(browser)?;
    let events = number(
        &browser.script(&format!("drag.quickly({MEMORY_EVENTS})"))?,
        "the events",
    )?;
    let after = Held::now(browser)?;
    println!("\n  {events} events, then the garbage collected: before and after");
    for (name, before, after) in [
        ("script's objects, kB", before.heap / 1e3, after.heap / 1e3),
        (
            "WebAssembly's memory, kB",
            before.wasm / 1e3,
            after.wasm / 1e3,
        ),
        ("nodes", before.nodes, after.nodes),
        ("listeners", before.listeners, after.listeners),
    ] {
        println!("  {name:<32} {before:>10.0} {after:>10.0}");
    }
    let growth = (after.heap + after.wasm - before.heap - before.wasm) / 1e6;
    report.figure("growth of memory", growth, GROWTH / 1e6, "MB");
    report.figure("growth of nodes", after.nodes - before.nodes, 0.0, "");
    report.figure(
        "growth of listeners",
        after.listeners - before.listeners,
        0.0,
        "",
    );
    Ok(())
}

/// What a page holds on to.
struct Held {
    heap: f64,
    wasm: f64,
    nodes: f64,
    listeners: f64,
}

impl Held {
    fn now(browser: &mut Chromium) -> Result<Self, String> {
        for _ in 0..2 {
            browser.call("HeapProfiler.collectGarbage", &json!({}))?;
        }
        let heap = browser.call("Runtime.getHeapUsage", &json!({}))?;
        let counters = browser.call("Memory.getDOMCounters", &json!({}))?;
        Ok(Self {
            heap: number(&heap["usedSize"], "the heap")?,
            wasm: wasm_memory(browser)?,
            nodes: number(&counters["nodes"], "the nodes")?,
            listeners: number(&counters["jsEventListeners"], "the listeners")?,
        })
    }
}

/// The bytes of every WebAssembly memory of the page, which no script of the page can reach.
fn wasm_memory(browser: &mut Chromium) -> Result<f64, String> {
    let prototype = browser.call(
        "Runtime.evaluate",
        &json!({ "expression": "WebAssembly.Memory.prototype" }),
    )?;
    let query = json!({ "prototypeObjectId": prototype["result"]["objectId"] });
    let found = browser.call("Runtime.queryObjects", &query)?;
    let sum =
        "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0) }";
    let params = json!({
        "objectId": found["objects"]["objectId"],
        "functionDeclaration": sum,
        "returnByValue": true,
    });
    let bytes = browser.call("Runtime.callFunctionOn", &params)?;
    browser.call(
        "Runtime.releaseObject",
        &json!({ "objectId": found["objects"]["objectId"] }),
    )?;
    number(&bytes["result"]["value"], "WebAssembly's memory")
}

/// How long a page that was opened before takes to its verdict.
fn start(browser: &mut Chromium, report: &mut Report, url: &str) -> Result<(), String> {
    let watch = json!({ "source": WATCH.replace("THERE", THERE) });
    browser.call("Page.addScriptToEvaluateOnNewDocument", &watch)?;
    let mut times = Vec::new();
    for n in 0..STARTS + 3 {
        browser.open("about:blank", "true")?;
        browser.open(url, THERE)?;
        let time = number(&browser.script("window.answeredAt")?, "the start")?;
        // The first ones fill the caches.
        if n >= 3 {
            times.push(time);
        }
        browser.until(
            "the service worker",
            "navigator.serviceWorker.ready.then(() => true)",
        )?;
    }
    let held = browser.script("navigator.serviceWorker.controller !== null")?;
    if held != json!(true) {
        say::loud(
            "The service worker does not answer for the page, so its cache was not measured.",
        );
    }
    println!("\n  {STARTS} starts of a page that was opened before");
    report.time(
        "half of the starts, to the verdict on screen",
        percentile(&times, 0.5),
        Some(START_MS),
    );
    report.time("the slowest start", percentile(&times, 1.0), None);
    Ok(())
}
