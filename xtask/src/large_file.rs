//! A file of traffic of a million rows, dropped on the page: how long until it is understood, and what it blocks meanwhile.

use crate::{
    chromium::Chromium,
    page,
    report::{Report, number},
    server::{self, Server},
};
use serde_json::json;

/// Rows of half a minute each, nearly a year of them.
const ROWS: u32 = 1_000_000;
/// When the page has understood it, and the longest time without a frame meanwhile, ms.
const READ_MS: f64 = 3_000.0;
const FRAME_MS: f64 = 50.0;

/// Makes the file in the page, drops it and waits until its rows are told; with the longest gap between frames.
const DROP: &str = "
    (async () => {
        const rows = ['time,requests'];
        const begin = Date.UTC(2026, 0, 1);
        for (let n = 0; n < ROWS; n++) {
            const time = new Date(begin + n * 30000).toISOString().slice(0, 19).replace('T', ' ');
            rows.push(time + ',' + (100 + ((n * 37) % 900)));
        }
        const data = new DataTransfer();
        data.items.add(new File([rows.join('\\n')], 'traffic.csv'));
        rows.length = 0;
        await new Promise((go) => setTimeout(go, 2000));
        let longest = 0;
        let last = performance.now();
        let going = true;
        const frame = (now) => {
            longest = Math.max(longest, now - last);
            last = now;
            if (going) requestAnimationFrame(frame);
        };
        requestAnimationFrame((now) => {
            last = now;
            requestAnimationFrame(frame);
        });
        const began = performance.now();
        const drop = { bubbles: true, cancelable: true, dataTransfer: data };
        document.body.dispatchEvent(new DragEvent('drop', drop));
        const told = () => document.getElementById('preview')?.textContent.includes((ROWS).toLocaleString('en') + ' rows');
        while (!told()) {
            if (performance.now() - began > 60000) return [null, null];
            await new Promise((go) => setTimeout(go, 5));
        }
        const ms = performance.now() - began;
        going = false;
        return [ms, longest];
    })()
";

/// Measures it with the page's reader in a worker, and where a worker is refused.
pub(crate) fn measure(report: &mut Report, browser: &mut Chromium) -> Result<(), String> {
    let server =
        Server::start(0, server::files(page::ready_made()?)).map_err(|error| error.to_string())?;
    println!("\n  a file of {ROWS} rows, dropped");
    for (how, before) in [
        ("in a worker", "true"),
        (
            "in slices",
            "window.Worker = class { constructor() { throw new Error('refused') } }; true",
        ),
    ] {
        browser.open(&server.url(), "!document.getElementById('skeleton')")?;
        browser.script(before)?;
        // The panel is opened once, as whoever drops a second file has it.
        browser.script("document.getElementById('import')?.setAttribute('open', ''); true")?;
        let found = browser.script(&DROP.replace("ROWS", &ROWS.to_string()))?;
        let read = number(&found[0], "the file")?;
        let frame = number(&found[1], "the frames")?;
        let limit = (how == "in a worker").then_some(READ_MS);
        report.time(&format!("{how}: understood"), read, limit);
        report.time(
            &format!("{how}: longest without a frame"),
            frame,
            Some(FRAME_MS),
        );
        let _ = browser.call(
            "Runtime.evaluate",
            &json!({ "expression": "document.getElementById('preview').remove()" }),
        );
    }
    Ok(())
}

/// Measures it alone.
pub fn bench() -> Result<(), String> {
    let mut browser = Chromium::start()?;
    let mut report = Report {
        reference: 1.0,
        broken: Vec::new(),
    };
    measure(&mut report, &mut browser)?;
    if report.broken.is_empty() {
        return Ok(());
    }
    Err(format!(
        "it takes too long:\n  {}",
        report.broken.join("\n  ")
    ))
}
