//! Panels below the first screen are made after the first answer. Whoever looks for them, in whatever way, finds them with
//! the numbers of now, though they were never in sight.

use super::{
    ENGINEERS, assessed,
    bill::lines_of,
    bundled,
    share::{SCENARIO, starts, svgs},
    with_engineers,
};
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_formats::{
    decision,
    scenario::{self, link},
};
use plimsoll_model::{explore::flips, inputs::Inputs};
use plimsoll_wording::export::markdown::Cover;
use serde_json::json;
use thirtyfour::{Key, common::print::PrintParameters};

in_each_engine!(
    what_is_far_down_follows,
    a_print_has_what_was_never_in_sight,
    a_search_finds_what_was_never_in_sight,
    an_export_has_what_was_never_in_sight,
    an_anchor_leads_to_what_was_never_in_sight,
);

/// The panels below the first screen that have something to show without being unfolded, by what only they have.
const LATER: [&str; 3] = ["canvas.map", "#scenario-name", "#share-link"];

/// Holds what the page puts off while it starts, later panels among it, until it is released.
const HOLD: &str = "
    const real = window.setTimeout;
    window.held = [];
    window.setTimeout = (then, ms = 0, ...rest) =>
        document.getElementById('skeleton') && ms < 1000 ? -window.held.push(() => then(...rest)) : real(then, ms, ...rest);
";

/// A script that returns which of these are not in the document.
fn missing(all: &[&str]) -> String {
    format!(
        "return {}.filter((css) => document.querySelector(css) === null)",
        json!(all)
    )
}

impl Browser {
    /// Sees that the later panels are there, with the numbers of these inputs.
    async fn has_later_panels(&self, inputs: &Inputs) {
        self.returns(&missing(&LATER), json!([])).await;
        let assessment = assessed(inputs);
        let advised = assessment.verdict.platform.unwrap();
        let bill = assessment.comparison.quote(advised).unwrap();
        self.bills(advised).await;
        self.itemizes(bill).await;
        assert!(lines_of(bill).count() > 1);
        let fragment = link::write(inputs, bundled().day());
        let expected = format!("{}#{fragment}", self.site.url());
        self.holds("#share-link", &[expected]).await;
    }
}

async fn what_is_far_down_follows(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_first_screen("").await;
    browser.enter(ENGINEERS, "9").await;
    let mut inputs = with_engineers(9);
    browser.agrees(&inputs).await;
    // A screen at a time, to the end.
    browser
        .until("the end of the page", async || {
            let further = "scrollBy({ top: innerHeight * 0.8, behavior: 'instant' });\
                 return scrollY + innerHeight >= document.documentElement.scrollHeight - 2\
                     && document.querySelector('#embed') !== null";
            browser.script(further).await == json!(true)
        })
        .await;
    browser.has_later_panels(&inputs).await;
    // And they go on to follow.
    browser.enter(ENGINEERS, "12").await;
    inputs.team.engineers = 12;
    browser.has_later_panels(&inputs).await;
    browser.end().await;
}

/// How many pages a printed document has. Chromium writes the pages of a PDF uncompressed.
pub(super) fn pages(pdf: &[u8]) -> usize {
    let page = b"/Type /Page\n";
    pdf.windows(page.len()).filter(|part| part == page).count()
}

async fn a_print_has_what_was_never_in_sight(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    // Firefox, told by its driver, prints before the page has followed the event: there nothing is held.
    let held = engine != Engine::Firefox;
    if held {
        browser.site.inject(HOLD);
    }
    browser.driver.goto(browser.site.url()).await.unwrap();
    let answer = "return document.getElementById('skeleton') === null\
         && Boolean(document.querySelector('h2.answer')?.textContent)";
    browser.returns(answer, json!(true)).await;
    if held {
        // Else the print would say nothing.
        assert_eq!(browser.script(&missing(&LATER)).await, json!(LATER));
    } else {
        browser.returns(&missing(&LATER), json!([])).await;
    }
    // Written down at the end of the first print: what comes later is not on paper.
    let note = format!(
        "addEventListener('afterprint', () => {{ const look = () => {{ {} }}; window.unprinted ??= look() }})",
        missing(&LATER)
    );
    browser.script(&note).await;
    let print = async || {
        let printed = browser.driver.print_page(PrintParameters::default());
        printed.await.unwrap()
    };
    let first = if engine == Engine::WebKit {
        // Its driver can't print: the page is told as a print tells it.
        let told = "window.dispatchEvent(new Event('beforeprint'));\
             return new Promise((go) => setTimeout(go)).then(() => window.dispatchEvent(new Event('afterprint')))";
        browser.script(told).await;
        Vec::new()
    } else {
        print().await
    };
    let unprinted = "return window.unprinted ?? 'never printed'";
    browser.returns(unprinted, json!([])).await;
    browser
        .script("window.held?.splice(0).forEach((then) => then())")
        .await;
    browser.ready().await;
    browser.has_later_panels(&Inputs::default()).await;
    if engine == Engine::Chromium {
        // What was worked out meanwhile may take a page more.
        let (first, all) = (pages(&first), pages(&print().await));
        assert!(
            first > 2 && first.abs_diff(all) <= 1,
            "{first} and {all} pages"
        );
    }
    browser.end().await;
}

async fn a_search_finds_what_was_never_in_sight(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_first_screen("").await;
    // As a user begins a search; then what the browser's own field does.
    let keys = browser.driver.action_chain();
    let keys = keys.key_down(Key::Control).key_down('f').key_up('f');
    keys.key_up(Key::Control).perform().await.unwrap();
    for text in ["As a file", "who wins where"] {
        let find = format!(
            "getSelection().removeAllRanges(); return window.find({}, false, false, true)",
            json!(text)
        );
        browser.returns(&find, json!(true)).await;
    }
    browser.has_later_panels(&Inputs::default()).await;
    browser.end().await;
}

async fn an_export_has_what_was_never_in_sight(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    // Straight to the panel with the files: curves and the others above it were never in sight.
    browser.open_first_screen("").await;
    browser.script("location.hash = '#share-title'").await;
    browser.unfold("As a file").await;
    let inputs = Inputs::default();
    browser
        .exports(SCENARIO, &scenario::write(&inputs).to_string())
        .await;
    let (book, assessment) = (bundled(), assessed(&inputs));
    let date = browser
        .script("return new Date().toISOString().split('T')[0]")
        .await;
    let cover = Cover {
        title: "",
        date: date.as_str().unwrap(),
        link: &format!(
            "{}#{}",
            browser.site.url(),
            link::write(&inputs, book.day())
        ),
    };
    let flips = flips::within(&inputs, &book, flips::SOON);
    let record = decision::record(&cover, &inputs, &assessment, &book, &flips, &[]);
    browser.exports("Decision record (Markdown)", &record).await;
    let pictures = svgs(&inputs);
    for form in [
        "Chart of costs (SVG)",
        "Chart of cost against requests (SVG)",
    ] {
        browser
            .until(form, async || {
                let picture = starts(&browser.exported(form).await);
                pictures.contains(&(form, picture))
            })
            .await;
    }
    browser.end().await;
}

async fn an_anchor_leads_to_what_was_never_in_sight(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let in_sight = |id: &str| {
        format!(
            "const {{ top, bottom, height }} = document.getElementById('{id}')?.getBoundingClientRect() ?? {{}};\
             return height > 0 && top < innerHeight && bottom > 0"
        )
    };
    for (n, (id, inside)) in [
        ("share-title", "#share-link"),
        ("assumptions-title", "#assumptions"),
        ("scenarios-title", "#scenario-name"),
        ("map-title", "canvas.map"),
    ]
    .into_iter()
    .enumerate()
    {
        // Opened with it, and followed on the page.
        if n % 2 == 0 {
            browser.driver.goto("about:blank").await.unwrap();
            browser.open_first_screen(&format!("#{id}")).await;
        } else {
            browser.driver.goto("about:blank").await.unwrap();
            browser.open_first_screen("").await;
            browser.script(&format!("location.hash = '#{id}'")).await;
        }
        browser.returns(&missing(&[inside]), json!([])).await;
        browser.returns(&in_sight(id), json!(true)).await;
    }
    // Nothing of it is taken for a link with numbers.
    browser.agrees(&Inputs::default()).await;
    browser.end().await;
}
