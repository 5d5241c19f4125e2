//! What is in sight at first, and that every input has its control.

use super::{ENGINEERS, assessed, id_of, label};
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_model::inputs::{FIELDS, Field, Inputs, Kind};
use plimsoll_wording::{answer, format};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use thirtyfour::Key;

in_each_engine!(
    the_verdict_is_in_sight_in_a_wide_window,
    the_questions_are_docked_in_a_narrow_window,
    a_few_questions_stand_open,
    the_page_has_few_words_until_something_is_opened,
    every_input_has_a_control,
);

async fn the_verdict_is_in_sight_in_a_wide_window(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_narrow(1280, "").await;
    let beside = "const box = (css) => document.querySelector(css).getBoundingClientRect();\
         const [inputs, results, verdict] = ['.inputs', '.results', '.verdict'].map(box);\
         return inputs.right <= verdict.left && verdict.bottom <= results.top";
    assert_eq!(browser.script(beside).await, json!(true));
    assert!(browser.in_sight(".verdict .answer").await);
    assert!(browser.in_sight("canvas.load-line").await);
    // Whichever input is set, the answer and its picture stand beside it.
    let last = "[...document.querySelectorAll('.inputs .slider')].at(-1)";
    let go_there = format!("{last}.scrollIntoView({{ block: 'nearest', behavior: 'instant' }})");
    browser.script(&go_there).await;
    let there = format!(
        "const {{ top, bottom }} = {last}.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight"
    );
    assert_eq!(browser.script(&there).await, json!(true));
    assert!(browser.in_sight(".verdict .answer").await);
    assert!(browser.in_sight("canvas.load-line").await);
    browser.end().await;
}

/// How many words can be read on the first screen and on the whole page, without those of pictures and their keys.
const WORDS: &str = "
    const words = (node) => node.data.split(/\\s+/).filter((word) => /[a-z]/i.test(word)).length;
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let [first, all] = [0, 0];
    while (walk.nextNode()) {
        const parent = walk.currentNode.parentElement;
        const { top, bottom, width } = parent.getBoundingClientRect();
        const folded = parent.closest('details:not([open]) > :not(summary)');
        const seen = parent.checkVisibility() && !folded && width > 1;
        if (!seen || parent.closest('script, style, option, .chart .legend, .chart .read-out')) continue;
        const count = words(walk.currentNode);
        all += count;
        if (top < innerHeight && bottom > 0) first += count;
    }
    return [first, all];
";

async fn the_page_has_few_words_until_something_is_opened(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    for width in [1_440, 390] {
        browser.open_narrow(width, "").await;
        browser.all_panels().await;
        // With all that comes once it is in sight.
        for css in ["#flips", "canvas.map"] {
            browser.looks_at(css).await;
            browser.rests().await;
        }
        let headline = "#map .headline";
        browser
            .until("the map", async || {
                let said =
                    format!("return document.querySelector('{headline}')?.textContent.length > 20");
                browser.is_so(&said).await
            })
            .await;
        browser.script("scrollTo(0, 0)").await;
        let words: [usize; 2] = serde_json::from_value(browser.script(WORDS).await).unwrap();
        assert!(
            words.iter().all(|words| (50..=350).contains(words)),
            "{words:?} words at {width}"
        );
        browser.leave_frame().await;
    }
    browser.end().await;
}

async fn the_questions_are_docked_in_a_narrow_window(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_narrow(390, "").await;
    // One question is in hand, with the answer and its picture in sight.
    let seen = "return [...document.querySelectorAll('.inputs .slider')].filter((slider) => slider.checkVisibility()).map((slider) => slider.id)";
    browser
        .returns(seen, json!(["http-requests_per_month-slider"]))
        .await;
    for css in [".verdict .answer", "canvas.load-line", ".inputs"] {
        assert!(browser.in_sight(css).await, "{css}");
    }
    browser.press_at(".chips button:nth-child(8)").await;
    browser
        .returns(seen, json!(["team-engineers-slider"]))
        .await;
    let mut inputs = Inputs::default();
    browser.push(label(ENGINEERS), Key::Right, 2).await;
    inputs.team.engineers = browser.value_of(label(ENGINEERS)).await.parse().unwrap();
    browser.agrees(&inputs).await;
    browser
        .reads(
            ".chips button:nth-child(8) b",
            &[inputs.team.engineers.to_string()],
        )
        .await;
    let assessment = assessed(&inputs);
    browser
        .reads(".in-short", &[answer::short(&assessment)])
        .await;
    // And all of them behind one button, which leads back.
    browser.press("More").await;
    let count = "return [...document.querySelectorAll('.inputs .slider')].filter((slider) => slider.checkVisibility()).length";
    browser.returns(count, json!(8)).await;
    browser.press("Close").await;
    browser
        .returns(seen, json!(["team-engineers-slider"]))
        .await;
    // What is touched is large enough for a finger.
    let small = "return [...document.querySelectorAll('.inputs :is(button, input, select, summary), .head button')]\
         .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 24 && !one.closest('.options'))\
         .map((one) => one.outerHTML.slice(0, 80))";
    browser.returns(small, json!([])).await;
    browser.end().await;
}

/// What is asked first stands open, in a wide window; all else is behind its question.
async fn a_few_questions_stand_open(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_narrow(1280, "").await;
    let seen = "return [...document.querySelectorAll('.inputs .slider')].map((slider) => slider.getAttribute('aria-label'))";
    let first = [
        "http.requests_per_month",
        "http.latency_ms",
        "http.cpu_ms",
        "services",
        "team.engineers",
        "team.fluent",
        "team.rate_usd_per_hour",
        "team.ops_hours_per_week.kubernetes",
    ];
    browser.returns(seen, json!(first.map(label))).await;
    // Hours that nobody gave are our estimate; a slider sets the user's own.
    let mut inputs = Inputs::default();
    browser.push(label(first[7]), Key::Left, 8).await;
    let own: f64 = browser.value_of(label(first[7])).await.parse().unwrap();
    inputs.team.ops_hours_per_week.kubernetes = Some(own);
    browser.agrees(&inputs).await;
    browser.press(&format!("Reset {}", label(first[7]))).await;
    browser.agrees(&Inputs::default()).await;
    // And words before anything is opened are few.
    let words = "return document.body.innerText.split(/\\s+/).filter((word) => /[a-z]{2}/i.test(word)).length";
    let words = browser.script(words).await.as_u64().unwrap();
    assert!(words > 100, "{words} words");
    browser.end().await;
}

async fn every_input_has_a_control(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.all_inputs().await;
    // Of several that may be chosen each has a box of its own.
    let ids_of = |field: &Field| match field.kind {
        Kind::Set { options, .. } => options
            .iter()
            .map(|(name, _)| format!("{}-{name}", id_of(field)))
            .collect(),
        _ => vec![id_of(field)],
    };
    let ids: Vec<String> = FIELDS.iter().flat_map(ids_of).collect();
    let missing = format!(
        "return {}.filter((id) => !document.getElementById(id)?.matches('.inputs .field :is(input, select)'))",
        json!(ids)
    );
    assert_eq!(browser.script(&missing).await, json!([]));
    // Each stands there once, with the value that the model begins with.
    let twice = format!(
        "return {}.filter((id) => document.querySelectorAll('#' + CSS.escape(id)).length !== 1)",
        json!(ids)
    );
    assert_eq!(browser.script(&twice).await, json!([]));
    let inputs = Inputs::default();
    let begin: BTreeMap<String, Value> = FIELDS
        .iter()
        .flat_map(|field| {
            let value = match field.kind {
                Kind::Number { get, .. } => json!(format::editable(get(&inputs))),
                Kind::Optional { get, .. } => {
                    json!(get(&inputs).map_or(String::new(), format::editable))
                }
                Kind::Flag { get, .. } => json!(get(&inputs)),
                Kind::Choice { options, get, .. } => json!(options[get(&inputs)].0),
                Kind::Set { get, .. } => {
                    json!(get(&inputs).count_ones() as usize == ids_of(field).len())
                }
            };
            ids_of(field).into_iter().map(move |id| (id, value.clone()))
        })
        .collect();
    let values = format!(
        "return Object.fromEntries({}.map((id) => [id, document.getElementById(id)])\
         .map(([id, field]) => [id, field.type === 'checkbox' ? field.checked : field.value]))",
        json!(ids)
    );
    assert_eq!(browser.script(&values).await, json!(begin));
    browser.end().await;
}
