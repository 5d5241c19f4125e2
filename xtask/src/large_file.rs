//! Files of a million rows, dropped on the page, of traffic and of a vendor's bill: how long until they are understood, and what
//! they block meanwhile.

use crate::{
    chromium::Chromium,
    page,
    report::{Report, number},
    server::{self, Server},
};
use serde_json::json;

/// Rows of each file.
const ROWS: u32 = 1_000_000;
/// When the page has understood traffic, a bill, and the longest time without a frame meanwhile, ms.
const TRAFFIC_MS: f64 = 3_000.0;
const BILL_MS: f64 = 10_000.0;
const FRAME_MS: f64 = 50.0;

/// Makes rows of half a minute each, nearly a year of them.
const TRAFFIC: &str = "
        const rows = ['time,requests'];
        const begin = Date.UTC(2026, 0, 1);
        for (let n = 0; n < ROWS; n++) {
            const time = new Date(begin + n * 30000).toISOString().slice(0, 19).replace('T', ' ');
            rows.push(time + ',' + (100 + ((n * 37) % 900)));
        }
        const file = new Blob([rows.join('\\n')]);
        rows.length = 0;
";

/// Makes an AWS cost and usage report of some 500 bytes a row: hours of a month, tasks and gateways.
const BILL: &str = "
        const head = ['identity/LineItemId', 'identity/TimeInterval', 'bill/BillingPeriodStartDate', 'lineItem/UsageAccountId',
            'lineItem/LineItemType', 'lineItem/UsageStartDate', 'lineItem/ProductCode', 'lineItem/UsageType', 'lineItem/Operation',
            'lineItem/ResourceId', 'lineItem/UsageAmount', 'lineItem/CurrencyCode', 'lineItem/UnblendedRate', 'lineItem/UnblendedCost',
            'lineItem/LineItemDescription', 'product/ProductName', 'product/region', 'pricing/unit', 'resourceTags/user:team'];
        const kinds = [
            ['AmazonECS', 'USE1-Fargate-vCPU-Hours:perCPU', '0.04048', 'AWS Fargate - vCPU - US East (N. Virginia)', 'hours'],
            ['AmazonECS', 'USE1-Fargate-GB-Hours', '0.004445', 'AWS Fargate - Memory - US East (N. Virginia)', 'hours'],
            ['AmazonEC2', 'USE1-NatGateway-Hours', '0.045', '$0.045 per NAT Gateway Hour', 'Hrs'],
            ['AmazonEC2', 'USE1-NatGateway-Bytes', '0.045', '$0.045 per GB Data Processed by NAT Gateways', 'GB'],
            ['AWSELB', 'USE1-LCUUsage', '0.008', '$0.008 per used Application load balancer capacity unit-hour', 'LCU-Hrs'],
            ['AmazonS3', 'USE1-Requests-Tier1', '0.000005', '$0.005 per 1,000 PUT, COPY, POST, or LIST requests', 'Requests'],
        ];
        const parts = [head.join(',') + '\\n'];
        for (let part = 0; part < 1000; part++) {
            let text = '';
            for (let n = 0; n < ROWS / 1000; n++) {
                const hour = (part * 7 + n) % 744;
                const time = new Date(Date.UTC(2026, 9, 1) + hour * 3600000).toISOString().slice(0, 19) + 'Z';
                const [code, usage, rate, words, unit] = kinds[(part + n) % kinds.length];
                const amount = (0.25 + (n % 7) / 4).toFixed(10);
                const id = (part * 1000 + n).toString(36).padStart(52, 'x');
                text += id + ',' + time + '/2026-10-31T23:00:00Z,2026-10-01T00:00:00Z,111122223333,Usage,' + time + ',' + code + ',' + usage
                    + ',Operation-' + (n % 9) + ',arn:aws:ecs:us-east-1:111122223333:task/production/' + id + id + ',' + amount + ',USD,'
                    + rate + '0000000,' + (amount * rate).toFixed(10) + ',\"' + words + '\",\"Amazon Web Services, a product\",us-east-1,'
                    + unit + ',team-' + (n % 12) + '\\n';
            }
            parts.push(text);
        }
        let file = new Blob(parts);
        parts.length = 0;
";

/// Packs the file, as exports are.
const PACK: &str = "
        file = await new Response(file.stream().pipeThrough(new CompressionStream('gzip'))).blob();
";

/// Makes a file in the page.
const MAKE: &str = "
    (async () => {
        MAKE
        window.file = file;
    })()
";

/// Drops the file and waits until its rows are told; with the longest gap between frames and the bytes.
const DROP: &str = "
    (async () => {
        const data = new DataTransfer();
        const file = window.file;
        data.items.add(new File([file], 'file.csv'));
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
            if (performance.now() - began > 120000) return [null, null, file.size];
            await new Promise((go) => setTimeout(go, 5));
        }
        const ms = performance.now() - began;
        going = false;
        return [ms, longest, file.size];
    })()
";

/// Refuses workers.
const NO_WORKER: &str =
    "window.Worker = class { constructor() { throw new Error('refused') } }; true";

/// Measures it with the page's reader in a worker, and where a worker is refused.
pub(crate) fn measure(report: &mut Report, browser: &mut Chromium) -> Result<(), String> {
    let server =
        Server::start(0, server::files(page::ready_made()?)).map_err(|error| error.to_string())?;
    println!("\n  files of {ROWS} rows, dropped");
    let packed = [BILL, PACK].concat();
    for (what, make, before, limit) in [
        ("traffic in a worker", TRAFFIC, "true", Some(TRAFFIC_MS)),
        ("traffic in slices", TRAFFIC, NO_WORKER, None),
        ("a bill in a worker", BILL, "true", Some(BILL_MS)),
        ("a packed bill in a worker", &packed, "true", Some(BILL_MS)),
        ("a bill in slices", BILL, NO_WORKER, None),
        ("a packed bill in slices", &packed, NO_WORKER, None),
    ] {
        browser.open(&server.url(), "!document.getElementById('skeleton')")?;
        browser.script(before)?;
        // The panel is opened once, as whoever drops a second file has it.
        browser.script("document.getElementById('import')?.setAttribute('open', ''); true")?;
        let rows = |script: &str| script.replace("ROWS", &ROWS.to_string());
        browser.script(&rows(&MAKE.replace("MAKE", make)))?;
        // What it took to make the file isn't what is measured.
        browser.call("HeapProfiler.collectGarbage", &json!({}))?;
        let found = browser.script(&rows(DROP))?;
        let read = number(&found[0], "the file")?;
        let frame = number(&found[1], "the frames")?;
        let bytes = number(&found[2], "the bytes")?;
        report.time(
            &format!("{what}, {:.0} MB: understood", bytes / 1e6),
            read,
            limit,
        );
        report.time(
            &format!("{what}: longest without a frame"),
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
