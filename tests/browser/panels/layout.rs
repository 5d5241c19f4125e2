//! What is in sight at first, and that every input has its control.

use super::{ENGINEERS, assessed, id_of, label, sets, with_engineers};
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_model::inputs::{FIELDS, Field, Inputs, Kind, at};
use plimsoll_wording::{
    difference::{self},
    format,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use thirtyfour::Key;

in_each_engine!(
    the_verdict_is_in_sight_in_a_wide_window,
    the_verdict_is_in_sight_in_a_narrow_window,
    three_inputs_are_enough_and_the_others_are_told,
    every_input_has_a_control,
);

async fn the_verdict_is_in_sight_in_a_wide_window(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_narrow(1280, "").await;
    let at_the_right = "const left = (css) => document.querySelector(css).getBoundingClientRect();\
         const [inputs, results, verdict] = ['.inputs', '.results', '.verdict'].map(left);\
         return inputs.right <= results.left && results.right <= verdict.left";
    assert_eq!(browser.script(at_the_right).await, json!(true));
    assert!(browser.in_sight(".verdict .answer").await);
    browser.scroll_to_the_end().await;
    assert!(browser.in_sight(".verdict .answer").await);
    assert!(!browser.in_sight(".bar").await);
    browser.end().await;
}

async fn the_verdict_is_in_sight_in_a_narrow_window(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_narrow(390, "").await;
    browser.scroll_to_the_end().await;
    for engineers in [5, 40] {
        let inputs = with_engineers(engineers);
        browser.enter(ENGINEERS, &engineers.to_string()).await;
        browser.agrees(&inputs).await;
        let assessment = assessed(&inputs);
        let platform = assessment.verdict.platform.unwrap();
        let total = assessment.comparison.total(platform).unwrap();
        let short = format!("{} {}", platform.name(), format::usd_about(total));
        browser.reads(".bar strong", &[short]).await;
        assert!(browser.in_sight(".bar").await);
        browser.scroll_to_the_end().await;
        assert!(!browser.in_sight("#verdict-title").await);
        browser.press_at(".bar button").await;
        let there = "return document.activeElement.id";
        browser.returns(there, json!("verdict-title")).await;
        assert!(browser.in_sight("#verdict-title").await);
    }
    let below = "return Math.abs(document.querySelector('.bar').getBoundingClientRect().bottom - innerHeight) < 1";
    assert_eq!(browser.script(below).await, json!(true));
    browser.end().await;
}

impl Browser {
    /// Sees that the list of the quick mode says of each input what it is, and whether somebody has set it.
    pub(crate) async fn tells_what_is_assumed(&self, inputs: &Inputs) {
        let list = "return [...document.querySelectorAll('.inputs > ul > li')]\
             .map((item) => [item.textContent, item.hasAttribute('data-own')])";
        let list: Vec<(String, bool)> = serde_json::from_value(self.script(list).await).unwrap();
        assert!(list.len() > 3, "{list:?}");
        for (text, marked) in list {
            let (name, said) = text.split_once(": ").unwrap();
            let field = FIELDS.iter().find(|field| field.label == name).unwrap();
            let own = !field.same(inputs, &Inputs::default());
            let value = difference::value(field, inputs);
            let assumed = if own { "" } else { " (assumed)" };
            assert_eq!((said, marked), (&*[&value, assumed].concat(), own));
        }
    }
}

async fn three_inputs_are_enough_and_the_others_are_told(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut inputs = Inputs::default();
    let sliders = "return document.querySelectorAll('.inputs .slider').length";
    browser.press("Quick").await;
    browser.returns(sliders, json!(3)).await;
    browser.tells_what_is_assumed(&inputs).await;
    browser.push(label(ENGINEERS), Key::Right, 2).await;
    let engineers = browser.value_of(label(ENGINEERS)).await;
    inputs.team.engineers = engineers.parse().unwrap();
    browser.agrees(&inputs).await;
    browser.press("Show all inputs").await;
    browser.enter("services", "7").await;
    browser.choose(label("buy.commitment"), "One year").await;
    sets(&mut inputs, "services", 7.0);
    let Kind::Choice { options, set, .. } = at::buy::commitment.kind else {
        panic!("a choice")
    };
    let one_year = options.iter().position(|(_, label)| *label == "One year");
    set(&mut inputs, one_year.unwrap());
    browser.agrees(&inputs).await;
    browser.press("Quick").await;
    browser.returns(sliders, json!(3)).await;
    browser.tells_what_is_assumed(&inputs).await;
    browser.reload().await;
    browser.returns(sliders, json!(3)).await;
    browser.tells_what_is_assumed(&inputs).await;
    browser.agrees(&inputs).await;
    browser.press("All").await;
    browser.reload().await;
    assert!(browser.script(sliders).await.as_u64().unwrap() > 3);
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
