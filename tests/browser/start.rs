//! The answer before the program: what stands there first is an example, is what the program shows first, box for box, and is
//! never shown to whoever has numbers of his own.

use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_model::{assess, inputs::Inputs, prices::PriceBook};
use plimsoll_wording::answer;
use serde_json::{Value, json};

in_each_engine!(
    the_program_takes_over_and_nothing_moves,
    an_example_is_never_shown_for_ones_own_numbers,
);

/// Holds the program until it is let go.
const HOLD: &str = "
    const compile = WebAssembly.compile;
    const gate = new Promise((open) => { window.letGo = open });
    WebAssembly.compile = async (bytes) => { await gate; return compile(bytes) };
";

/// What is seen of the page, down to what later panels stand in: each thing with its text and its box.
const SEEN: &str = "
    const seen = [];
    for (const e of document.querySelectorAll('.head *, .page *')) {
        const drawing = e.matches('.drawn > *');
        if (e.closest('#later, .foot, .drawn > * > *') || (e.children.length && !drawing) || !e.getClientRects().length) continue;
        const { x, y, width, height } = e.getBoundingClientRect();
        const text = drawing ? 'a drawing' : [e.tagName, e.value ?? e.textContent].join(' ');
        seen.push([text, x, y + scrollY, width, height]);
    }
    return seen;
";

impl Browser {
    /// Opens the page, or loads it again, and holds its program.
    async fn hold_at(&self, rest: &str) {
        self.site.inject(HOLD);
        // Another fragment alone would load nothing.
        self.driver.goto("about:blank").await.unwrap();
        self.driver.goto(self.site.url() + rest).await.unwrap();
        self.is_held().await;
    }

    async fn is_held(&self) {
        let held = "return Boolean(document.getElementById('skeleton') && window.letGo)";
        self.returns(held, true.into()).await;
    }

    /// Whether the answer of the start can be seen.
    async fn shows_the_example(&self) -> bool {
        let visible =
            "return getComputedStyle(document.querySelector('h2.answer')).visibility === 'visible'";
        self.script(visible).await == json!(true)
    }

    /// Compares what is seen before the program and after.
    async fn takes_over(&self) {
        let before = self.script(SEEN).await;
        self.script("window.letGo()").await;
        self.ready().await;
        let after = self.script(SEEN).await;
        let (before, after) = (before.as_array().unwrap(), after.as_array().unwrap());
        assert!(before.len() > 100, "{} things were seen", before.len());
        for (n, (before, after)) in before.iter().zip(after).enumerate() {
            let near = |n: usize| {
                let side = |thing: &Value| thing[n].as_f64().unwrap();
                (side(before) - side(after)).abs() <= 1.0
            };
            assert!(
                before[0] == after[0] && (1..=4).all(near),
                "thing {n} was {before} and is {after}"
            );
        }
        assert_eq!(before.len(), after.len());
    }
}

async fn the_program_takes_over_and_nothing_moves(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.hold_at("").await;
    assert!(browser.shows_the_example().await);
    let inputs = Inputs::default();
    let sentence = answer::sentence(&assess(&inputs, &PriceBook::bundled()), &inputs);
    browser.reads("h2.answer", &[sentence]).await;
    browser.takes_over().await;
    // And on a telephone.
    let host = "<!doctype html><html lang=en><title>Narrow</title><body style='margin: 0'>\
         <iframe title=Page src='./?nosw' style='border: 0; width: 390px; height: 844px'></iframe>";
    browser.site.add("/narrow.html", host);
    let narrow = browser.site.url() + "narrow.html";
    browser.driver.goto(narrow).await.unwrap();
    browser.enter_frame().await;
    browser.is_held().await;
    browser.takes_over().await;
    browser.leave_frame().await;
    browser.end().await;
}

async fn an_example_is_never_shown_for_ones_own_numbers(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    for rest in [
        "#v=1&requests=3e6",
        "?embed=1",
        "?panel=verdict",
        "?lock=region",
    ] {
        browser.hold_at(rest).await;
        assert!(!browser.shows_the_example().await, "{rest}");
        browser.script("window.letGo()").await;
        browser.ready().await;
        assert!(browser.shows_the_example().await, "{rest}");
    }
    browser.hold_at("").await;
    browser.script("window.letGo()").await;
    browser.ready().await;
    browser.sets_engineers(9).await;
    browser.keeps(9).await;
    browser.load_again().await;
    browser.is_held().await;
    assert!(!browser.shows_the_example().await);
    browser.end().await;
}
