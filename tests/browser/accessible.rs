//! Nobody is shut out: what axe-core can find, a narrow window, and the keyboard alone.

use crate::engine::{
    Browser, Engine, Wish, in_each_engine, in_each_engine_when_long, run_when_long,
};
use crate::panels::bills::{decided, month};
use serde::Deserialize;
use std::{fs, time::Duration};
use thirtyfour::{Key, TimeoutConfiguration};
use xtask::shots::{FILES, STATES, THEMES};

in_each_engine!(
    axe_finds_nothing_on_a_first_visit,
    axe_finds_nothing_in_the_dark,
    axe_finds_what_is_wrong,
    a_window_of_320_pixels_shows_everything,
    the_keyboard_reaches_everything_on_a_first_visit,
);

// What axe-core looks at is the same in every engine, but for colours and sizes; those the two above have. So is the order of what
// was folded.
in_each_engine_when_long!(
    the_keyboard_reaches_everything_that_was_folded,
    axe_finds_nothing_on_a_telephone,
    axe_finds_nothing_in_an_embedded_page,
    axe_finds_nothing_where_something_is_wrong,
    axe_finds_nothing_in_what_was_folded,
    axe_finds_nothing_in_comparisons,
    axe_finds_nothing_in_ranges,
    axe_finds_nothing_in_a_list,
    axe_finds_nothing_in_what_files_would_change,
    axe_finds_nothing_in_a_bill_and_a_decision,
);

/// Each fold open.
const UNFOLD: &str = "document.querySelectorAll('details').forEach((fold) => { fold.open = true })";

impl Browser {
    /// Opens the page in a frame of that width: a window of a browser can't be made as narrow everywhere.
    pub(crate) async fn open_narrow(&self, width: u32, rest: &str) {
        let host = format!(
            "<!doctype html><html lang=en><title>Narrow</title><body style='margin: 0'>\
             <iframe title=Page src='./{rest}' style='border: 0; width: {width}px; height: 800px'></iframe>"
        );
        self.site.add("/narrow.html", &host);
        let url = format!("{}narrow.html", self.site.url());
        self.driver.goto(url).await.unwrap();
        self.enter_frame().await;
        self.ready().await;
        self.all_panels().await;
        // A bar to scroll by takes some of it, in some engines.
        let inner = "return document.documentElement.clientWidth";
        let has = self.script(inner).await.as_u64().unwrap();
        self.leave_frame().await;
        let wider = 2 * u64::from(width) - has;
        let widen = format!("document.querySelector('iframe').style.width = '{wider}px'");
        self.script(&widen).await;
        self.enter_frame().await;
        self.until("a page of that width", async || {
            self.script(inner).await == serde_json::json!(width)
        })
        .await;
    }

    /// What axe-core finds to break the rules of WCAG 2.2, levels A and AA.
    async fn axe_finds(&self) -> Vec<String> {
        // A page with everything unfolded has many thousands of pairs to look at.
        let patience = TimeoutConfiguration::new(Some(Duration::from_mins(2)), None, None);
        self.driver.update_timeouts(patience).await.unwrap();
        let axe = xtask::tools::axe();
        let axe = fs::read_to_string(&axe).unwrap_or_else(|error| {
            panic!("{}: {error}; `cargo xtask test` gets it", axe.display())
        });
        let found = self
            .driver
            .execute_async(format!("{axe}\n{RUN_AXE}"), vec![])
            .await
            .unwrap();
        serde_json::from_value(found.json().clone())
            .unwrap_or_else(|_| panic!("axe-core: {}", found.json()))
    }

    async fn has_nothing_to_find(self) {
        let found = self.axe_finds().await;
        assert!(found.is_empty(), "{found:#?}");
        self.end().await;
    }
}

/// Runs it and tells each violation with its elements, and that there was something to look at.
const RUN_AXE: &str = r"
    const done = arguments[arguments.length - 1];
    const rules = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
    const tell = ({ violations, passes }) => {
        const found = violations.map(({ id, help, nodes }) => {
            const shown = nodes.slice(0, 6).map((node) => `${node.target.join(' ')}: ${node.failureSummary}`);
            return `${id}, ${help}, ${nodes.length} elements: ${shown.join('; ')}`;
        });
        if (passes.length < 15) found.push(`only ${passes.length} rules had anything to look at`);
        done(found);
    };
    window.axe.run(document, { runOnly: rules }).then(tell, (error) => done(String(error)));
";

async fn axe_finds_nothing_on_a_first_visit(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_at("?nosw&theme=light").await;
    browser.has_nothing_to_find().await;
}

async fn axe_finds_nothing_in_the_dark(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_at("?nosw&theme=dark").await;
    browser.has_nothing_to_find().await;
}

async fn axe_finds_nothing_on_a_telephone(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_narrow(390, "?nosw").await;
    browser.has_nothing_to_find().await;
}

async fn axe_finds_nothing_in_an_embedded_page(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_at("?embed=1&nosw").await;
    browser.has_nothing_to_find().await;
}

async fn axe_finds_nothing_where_something_is_wrong(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser
        .open_at("?nosw&lock=colour#v=1&requests=lots&services=900&colour=blue")
        .await;
    browser.type_into("Engineers", "many").await;
    let message = browser.message_of("Engineers").await;
    assert!(message.contains("many"), "{message}");
    browser.has_nothing_to_find().await;
}

async fn axe_finds_nothing_in_what_was_folded(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_at("?nosw").await;
    browser.script(UNFOLD).await;
    browser.settled().await;
    browser.has_nothing_to_find().await;
}

/// Workloads that differ, with their split.
async fn axe_finds_nothing_in_a_list(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let list = r#"[{"name":"a","requests_per_month":1e7},{"name":"b","kind":"worker","count":2}]"#;
    let list = list.replace('"', "%22");
    browser
        .open_at(&format!("?nosw#v=2&clouds=aws&workloads={list}"))
        .await;
    browser.all_panels().await;
    browser.says("in, ").await;
    browser.has_nothing_to_find().await;
}

/// What files would change, with assumptions that can be turned.
async fn axe_finds_nothing_in_what_files_would_change(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_at("?nosw").await;
    browser.script(&format!("return {FILES}")).await;
    browser.has_nothing_to_find().await;
}

async fn axe_finds_nothing_in_a_bill_and_a_decision(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_at("?nosw").await;
    // What a vendor billed, beside the decision that it is held against.
    let (_, record) = decided();
    let files = [("decision.md", &*record), ("bill.csv", &*month())];
    browser.drops(&files).await;
    browser.says("The bill is that of October 2026.").await;
    browser
        .script(&UNFOLD.replace("'details'", "'#import details'"))
        .await;
    browser.has_nothing_to_find().await;
}

async fn axe_finds_nothing_in_ranges(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser
        .open_at("?nosw#v=1&ranges=requests:1e6..3e6,latency:50..90")
        .await;
    browser.unfold("How sure?").await;
    browser.says("samples.").await;
    browser.type_into("Latency", "90..50").await;
    let message = browser.message_of("Latency").await;
    assert!(message.contains("the smaller one first"), "{message}");
    browser.has_nothing_to_find().await;
}

async fn axe_finds_nothing_in_comparisons(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_at("?nosw").await;
    browser.settled().await;
    browser.keep_as("Before").await;
    browser.says("Saved as").await;
    browser.type_into("Engineers", "9").await;
    // A kept scenario, a line of the bill.
    browser
        .script(
            "document.querySelector('.named button[aria-label^=Compare]').click();\
             document.querySelector('.ranking tr.taken th button').click();\
             requestAnimationFrame(() => document.querySelector('.bill tbody button').click())",
        )
        .await;
    browser
        .until("the comparisons", async || {
            let there = "return ['.beside', '.derivation']\
                 .every((found) => document.querySelector(found) !== null)";
            browser.script(there).await == serde_json::json!(true)
        })
        .await;
    browser.has_nothing_to_find().await;
}

/// That nothing is found says something only if what is wrong would be.
/// Every state that pictures are taken of, at each width and in both themes. Long, and in one engine: see above.
#[test]
fn axe_finds_nothing_in_any_state() {
    run_when_long(
        module_path!(),
        Engine::Chromium,
        axe_finds_nothing_in_any_state_of,
    );
}

async fn axe_finds_nothing_in_any_state_of(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let mut found = Vec::new();
    for state in &STATES {
        for width in state.widths {
            for theme in THEMES {
                browser.open_narrow(*width, &state.rest(theme)).await;
                let script = state.script.trim_start();
                let waits = if script.starts_with("new ") {
                    "return "
                } else {
                    ""
                };
                browser.script(&[waits, script].concat()).await;
                browser.settled().await;
                for fault in browser.axe_finds().await {
                    found.push(format!("{} at {width}, {theme}: {fault}", state.name));
                }
                browser.leave_frame().await;
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    browser.end().await;
}

async fn axe_finds_what_is_wrong(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_at("?nosw").await;
    let wrong = "document.querySelector('main').append(\
        Object.assign(document.createElement('img'), { src: './icon.svg' }), document.createElement('input'))\n\
        document.documentElement.removeAttribute('lang')\n\
        document.querySelectorAll('p').forEach((p) => { p.style.color = '#888' })";
    browser.script(wrong).await;
    let found = browser.axe_finds().await;
    for rule in ["image-alt", "label", "html-has-lang", "color-contrast"] {
        let there = found.iter().any(|found| found.starts_with(rule));
        assert!(there, "{rule} is not among {found:#?}");
    }
    browser.end().await;
}

/// WCAG 2.2, 1.4.10: what is wide scrolls in a frame of its own, and nothing else does.
async fn a_window_of_320_pixels_shows_everything(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    for rest in [
        "?nosw",
        "?nosw&embed=1",
        "?nosw&safe=1#v=1&requests=lots&windows=1&privileged=1",
    ] {
        browser.open_narrow(320, rest).await;
        browser.script(UNFOLD).await;
        let cut = browser.script(CUT_OFF).await;
        assert_eq!(cut, serde_json::json!([]), "{rest}: {cut:#}");
        browser.leave_frame().await;
    }
    browser.end().await;
}

/// What does not fit, in words.
const CUT_OFF: &str = r"
    const root = document.documentElement;
    const cut = [];
    const name = (e) => `${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''}.${e.className}: ${(e.textContent || e.value || '').slice(0, 40)}`;
    if (root.scrollWidth > root.clientWidth) cut.push(`the page is ${root.scrollWidth} wide in ${root.clientWidth}`);
    for (const e of document.body.querySelectorAll('*')) {
        if (e.parentElement.closest('.scroll') || !e.getClientRects().length) continue;
        const { left, right } = e.getBoundingClientRect();
        if (left < -0.5 || right > root.clientWidth + 0.5) cut.push(`from ${left} to ${right}: ${name(e)}`);
        // What is a pixel wide is there for readers of the screen, and a canvas has no text to lose.
        const hides = ['hidden', 'clip'].includes(getComputedStyle(e).overflowX) && e.clientWidth > 1;
        const typed = e.matches('input[type=text], input:not([type])');
        if ((hides || typed) && e.scrollWidth > e.clientWidth + 1) cut.push(`${e.scrollWidth} in ${e.clientWidth}: ${name(e)}`);
    }
    return cut.slice(0, 20);
";

async fn the_keyboard_reaches_everything_on_a_first_visit(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_at("?nosw").await;
    browser.walk().await;
    browser.end().await;
}

async fn the_keyboard_reaches_everything_that_was_folded(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_at("?nosw").await;
    browser.script(UNFOLD).await;
    browser.walk().await;
    browser.end().await;
}

/// Where the focus is.
#[derive(Debug, Deserialize)]
struct Focus {
    /// Its place among all controls in the order of the document; -1 on what is none, such as a frame that scrolls.
    place: i64,
    /// How many controls there are.
    count: i64,
    /// What it is.
    name: String,
    /// Why it can't be seen that the focus is there; empty where it can.
    unseen: String,
}

const FOCUS: &str = r"
    const kinds = 'a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]';
    const chosen = (e) => {
        if (e.type !== 'radio' || !e.name) return true;
        const group = [...document.getElementsByName(e.name)].filter((other) => other.type === 'radio');
        return e === (group.find((other) => other.checked) ?? group[0]);
    };
    const controls = [...document.querySelectorAll(kinds)].filter((e) =>
        e.tabIndex >= 0 && !e.matches(':disabled') && !e.closest('[inert]') && e.type !== 'hidden' && chosen(e)
            && e.checkVisibility({ visibilityProperty: true }));
    const [root, now] = [document.documentElement, document.activeElement];
    const name = `${now.tagName.toLowerCase()}#${now.id} ${now.getAttribute('aria-label') ?? now.textContent.trim().slice(0, 40)}`;
    const unseen = () => {
        const { outlineStyle, outlineWidth } = getComputedStyle(now);
        if (outlineStyle === 'none' || parseFloat(outlineWidth) === 0) return 'has no outline';
        const rect = now.getClientRects()[0];
        if (!rect || rect.width === 0) return 'has no size';
        // What is larger than the window, or has its caret in view, is not all in it; and where a pixel of it is in view
        // already, not every engine scrolls.
        let [left, right] = [Math.max(rect.left, 0), Math.min(rect.right, root.clientWidth)];
        let [top, bottom] = [Math.max(rect.top, 0), Math.min(rect.bottom, root.clientHeight)];
        // So it is with a panel that scrolls by itself.
        for (let box = now.parentElement; box && box !== root; box = box.parentElement) {
            if (getComputedStyle(box).overflowY !== 'auto') continue;
            const clip = box.getBoundingClientRect();
            [left, right] = [Math.max(left, clip.left), Math.min(right, clip.right)];
            [top, bottom] = [Math.max(top, clip.top), Math.min(bottom, clip.bottom)];
        }
        if (right - left < 1 || bottom - top < 1) return `is out of sight, from ${rect.top} to ${rect.bottom}`;
        const [x, y] = [(left + right) / 2, (top + bottom) / 2];
        const there = document.elementFromPoint(x, y);
        if (now.contains(there) || there?.closest('label')?.control === now) return '';
        return `is below ${there?.tagName} ${there?.className}`;
    };
    const place = controls.indexOf(now);
    return { place, count: controls.length, name, unseen: place < 0 ? '' : unseen() };
";

/// Whether everything that is unfolded is made, nothing is being worked out, and there are as many elements as at the last
/// look.
const SETTLED: &str = "const made = [...document.querySelectorAll('details[open]')].every((fold) => fold.children.length > 1);\
    const busy = document.querySelector('[aria-busy=true], progress:not([hidden])') !== null;\
    const now = document.querySelectorAll('*').length, before = window.looked;\
    window.looked = now; return made && !busy && now === before";

impl Browser {
    /// Waits until everything is there: what is unfolded is made then, piece by piece.
    async fn settled(&self) {
        self.until("everything to be there", async || {
            tokio::time::sleep(Duration::from_millis(300)).await;
            self.script(SETTLED).await == serde_json::json!(true)
        })
        .await;
    }

    async fn focus(&self) -> Focus {
        serde_json::from_value(self.script(FOCUS).await).unwrap()
    }

    /// One press of Tab, and where it leads once what has to scroll has scrolled.
    async fn tab(&self, back: bool) -> Focus {
        let keys = self.driver.action_chain();
        let keys = if back {
            keys.key_down(Key::Shift).key_down(Key::Tab)
        } else {
            keys.key_down(Key::Tab)
        };
        let keys = keys.key_up(Key::Tab);
        let keys = if back { keys.key_up(Key::Shift) } else { keys };
        keys.perform().await.unwrap();
        // The browser scrolls with its next frame; a key that comes before takes that from it.
        self.script("return new Promise((go) => setTimeout(go, 35))")
            .await;
        let mut focus = self.focus().await;
        for _ in 0..160 {
            if focus.unseen.is_empty() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
            focus = self.focus().await;
        }
        focus
    }

    /// Tab leads to every control once, in the order of the document, and Shift and Tab the same way back; wherever the
    /// focus is, it can be seen.
    async fn walk(&self) {
        // What is worked out while it is in sight is there before.
        for css in ["canvas.map", "#flips"] {
            self.looks_at(css).await;
            self.settled().await;
        }
        // Tab goes on from where something went away.
        let to_the_top = "const first = document.createElement('button');\
             document.body.prepend(first); first.focus(); first.remove(); scrollTo(0, 0)";
        self.script(to_the_top).await;
        let count = self.focus().await.count;
        assert!(count > 10, "only {count} controls");
        let there = self.steps(false, count, count - 1).await;
        let forward: Vec<i64> = (0..count).collect();
        assert_eq!(there, forward, "there are {count} controls");
        let back = self.steps(true, count, 0).await;
        let backward: Vec<i64> = (0..count - 1).rev().collect();
        assert_eq!(back, backward, "there are {count} controls");
    }

    /// The places of the controls that presses lead to, up to one of them.
    async fn steps(&self, back: bool, count: i64, last: i64) -> Vec<i64> {
        let mut places = Vec::new();
        // A frame that scrolls may take the focus too.
        for _ in 0..2 * count + 10 {
            let focus = self.tab(back).await;
            assert!(focus.unseen.is_empty(), "{} {}", focus.name, focus.unseen);
            assert_eq!(focus.count, count, "{} changed what there is", focus.name);
            if focus.place >= 0 {
                assert!(
                    places.last() != Some(&focus.place),
                    "the focus can't leave {}",
                    focus.name
                );
                places.push(focus.place);
            }
            if focus.place == last {
                break;
            }
        }
        places
    }
}
