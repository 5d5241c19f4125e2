//! What is kept: steps back, scenarios under names, other versions, other tabs, links.

use super::{
    ENGINEERS, REQUESTS, assessed, bill::first_priced, bundled, label, sets, with_engineers,
};
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_formats::scenario::{
    link,
    saved::{self, Named, Reading, SavedState},
};
use plimsoll_model::{Assessment, inputs::Inputs, platform::Platform, prices::OwnPrice};
use plimsoll_wording::{
    beside::{Column, SideBySide},
    format,
};
use serde_json::{Value, json};
use thirtyfour::Key;

in_each_engine!(
    steps_are_taken_back_and_done_again,
    scenarios_are_kept_under_names,
    what_version_1_kept_is_brought_up,
    what_a_newer_version_kept_is_left_alone,
    two_tabs_lose_nothing,
    a_link_holds_everything_and_takes_nothing_away,
    a_link_holds_what_stands_beside,
);

impl Browser {
    /// Keeps what is on the page under a name.
    pub(crate) async fn keep_as(&self, name: &str) {
        self.write_at("#scenario-name", name).await;
        self.press("Save").await;
    }

    /// Waits until these names are kept, in this order.
    pub(crate) async fn names(&self, state: &SavedState) {
        let names: Vec<String> = state.named.iter().map(|named| named.name.clone()).collect();
        self.holds(".named input", &names).await;
    }

    /// Does something with a named scenario.
    pub(crate) async fn does(&self, what: &str, name: &str) {
        self.press_at(&format!(".named button[aria-label='{what} {name}']"))
            .await;
    }
}

async fn steps_are_taken_back_and_done_again(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let buttons = "return [...document.querySelectorAll('.head .steps button')].map((button) => button.disabled)";
    browser.returns(buttons, json!([true, true])).await;
    let mut state = SavedState::default();
    let mut states = vec![state.clone()];
    // Typed digit by digit, and one step.
    browser.enter(ENGINEERS, "12").await;
    state.inputs.team.engineers = 12;
    states.push(state.clone());
    browser.agrees(&state.inputs).await;
    // Dragged over many numbers, and one step.
    let drag = "const slider = document.getElementById('http-requests_per_month-slider');\
         const from = Number(slider.value);\
         for (let n = 1; n <= 7; n += 1) { slider.value = from + n; slider.dispatchEvent(new Event('input', { bubbles: true })) }\
         slider.dispatchEvent(new Event('change', { bubbles: true }))";
    browser.script(drag).await;
    let shown = browser.value_of(label(REQUESTS)).await;
    state.inputs.http.requests_per_month = format::parse_number(&shown).unwrap();
    assert_ne!(state.inputs, states[1].inputs);
    states.push(state.clone());
    browser.agrees(&state.inputs).await;
    browser.keep_as("Before").await;
    state.add("Before", state.inputs.clone()).unwrap();
    states.push(state.clone());
    browser.names(&state).await;
    // A price, in the bill.
    browser.bills(Platform::Eks).await;
    let assessment = assessed(&state.inputs);
    let (place, id) = first_priced(assessment.comparison.quote(Platform::Eks).unwrap());
    let book = bundled();
    let row = book.row(id);
    let value = row.value.unwrap() * 2.0;
    browser.press_line(place).await;
    browser
        .write_at("#own-price", &format::editable(value))
        .await;
    state.inputs.prices.push(OwnPrice {
        meter: row.meter,
        region: row.region,
        value,
    });
    states.push(state.clone());
    browser.agrees(&state.inputs).await;
    // A switch.
    let switch = browser.labelled(label("options.free_tier")).await;
    browser.click(&switch).await;
    state.inputs.options.free_tier = !state.inputs.options.free_tier;
    states.push(state.clone());
    browser.agrees(&state.inputs).await;
    for state in states.iter().rev().skip(1) {
        browser.press("Undo").await;
        browser.agrees(&state.inputs).await;
        browser.names(state).await;
    }
    browser.returns(buttons, json!([true, false])).await;
    for state in states.iter().skip(1) {
        browser.press("Redo").await;
        browser.agrees(&state.inputs).await;
        browser.names(state).await;
    }
    browser.returns(buttons, json!([false, true])).await;
    // After another change there is nothing to do again.
    browser.press("Undo").await;
    browser.agrees(&states[states.len() - 2].inputs).await;
    browser.enter("services", "3").await;
    browser.returns(buttons, json!([false, true])).await;
    browser.end().await;
}

impl Browser {
    /// Waits until these scenarios stand beside the page.
    pub(crate) async fn stands_beside(&self, inputs: &Inputs, others: &[(&str, &Inputs)]) {
        let (here, assessed_others) = (
            assessed(inputs),
            others.iter().map(|(_, inputs)| assessed(inputs)),
        );
        let assessed_others: Vec<Assessment> = assessed_others.collect();
        let page = Column {
            name: "On the page",
            inputs,
            assessment: &here,
        };
        let columns = others
            .iter()
            .zip(&assessed_others)
            .map(|((name, inputs), assessment)| Column {
                name,
                inputs,
                assessment,
            });
        let columns: Vec<Column<'_>> = std::iter::once(page).chain(columns).collect();
        let table = SideBySide::of(&columns);
        let rows = table.answers.into_iter().chain(table.inputs);
        let rows: Vec<Vec<String>> = rows
            .chain(table.totals)
            .map(|(name, cells)| std::iter::once(name.to_owned()).chain(cells).collect())
            .collect();
        self.tabulates(".beside tbody tr:not(.side)", &rows).await;
    }
}

async fn scenarios_are_kept_under_names(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut state = SavedState::default();
    browser.enter(ENGINEERS, "9").await;
    state.inputs.team.engineers = 9;
    browser.keep_as("Nine").await;
    state.add("Nine", state.inputs.clone()).unwrap();
    browser.names(&state).await;
    browser.enter(REQUESTS, "300M").await;
    sets(&mut state.inputs, REQUESTS, 3e8);
    browser.agrees(&state.inputs).await;
    // A name that is taken, and none at all.
    for name in ["Nine", " "] {
        browser.keep_as(name).await;
        let name = if name == " " { "Scenario" } else { name };
        state.add(name, state.inputs.clone()).unwrap();
        browser.names(&state).await;
    }
    browser.does("Compare", "Nine").await;
    let compared = async |state: &SavedState| {
        let others = ["Nine"].map(|name| (name, state.find(name).unwrap()));
        browser.stands_beside(&state.inputs, &others).await;
    };
    compared(&state).await;
    // The comparison follows the page.
    browser.enter("services", "4").await;
    sets(&mut state.inputs, "services", 4.0);
    browser.agrees(&state.inputs).await;
    compared(&state).await;
    // Saved by Enter, and a tab at the top leads back.
    browser.write_at("#scenario-name", "Four services").await;
    let field = browser.labelled("Save as").await;
    field.send_keys(Key::Enter).await.unwrap();
    state.add("Four services", state.inputs.clone()).unwrap();
    browser.names(&state).await;
    let tabs = "return [...document.querySelectorAll('.tabs button')]\
         .map((tab) => [tab.textContent, tab.ariaPressed])";
    let expected = state
        .named
        .iter()
        .map(|named| json!([named.name, (named.inputs == state.inputs).to_string()]));
    let expected: Vec<Value> = expected.collect();
    browser.returns(tabs, json!(expected)).await;
    browser.does("Compare", "Four services").await;
    let others = ["Nine", "Four services"].map(|name| (name, state.find(name).unwrap()));
    browser.stands_beside(&state.inputs, &others).await;
    browser.press("Take away Four services").await;
    browser.does("Remove", "Four services").await;
    state.named.pop();
    browser.press_at(".tabs button").await;
    state.inputs = state.find("Nine").unwrap().clone();
    browser.agrees(&state.inputs).await;
    browser
        .write_at("input[aria-label='Name of Nine 2']", "Many")
        .await;
    state.rename(1, "Many").unwrap();
    browser.names(&state).await;
    browser.does("Open", "Many").await;
    state.inputs = state.find("Many").unwrap().clone();
    browser.agrees(&state.inputs).await;
    browser.does("Duplicate", "Many").await;
    let many = state.find("Many").unwrap().clone();
    state.add("Many", many).unwrap();
    browser.names(&state).await;
    browser.does("Remove", "Scenario").await;
    state.named.remove(2);
    browser.names(&state).await;
    browser.reload().await;
    browser.agrees(&state.inputs).await;
    browser.names(&state).await;
    browser.end().await;
}

/// The text that is kept, as it was written.
pub(super) const KEPT: &str = "const key = Object.keys(localStorage).find((key) => key.endsWith(':scenario'));\
     return key ? JSON.parse(localStorage[key]) : null";

impl Browser {
    /// Puts a text into storage as an earlier or a later page would have left it, and opens the page.
    pub(crate) async fn open_over(&self, text: &str) {
        self.open().await;
        let keep = format!(
            "localStorage['plimsoll:' + location.pathname + ':v1:scenario'] = JSON.stringify({})",
            json!(text)
        );
        self.script(&keep).await;
        self.reload().await;
    }
}

async fn what_version_1_kept_is_brought_up(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let text = include_str!("../../cases/saved/1-bare.json");
    browser.open_over(text).await;
    let Reading::Read(mut state, _) = saved::read(text) else {
        panic!("version 1 can't be read")
    };
    assert_ne!(state.inputs, Inputs::default());
    browser.agrees(&state.inputs).await;
    browser.enter(ENGINEERS, "33").await;
    state.inputs.team.engineers = 33;
    browser.keep_as("Brought up").await;
    state.add("Brought up", state.inputs.clone()).unwrap();
    browser.names(&state).await;
    browser.returns(KEPT, json!(saved::write(&state))).await;
    browser.reload().await;
    browser.agrees(&state.inputs).await;
    browser.names(&state).await;
    browser.end().await;
}

async fn what_a_newer_version_kept_is_left_alone(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let newer = saved::VERSION + 1;
    let text = format!("{{ \"v\":{newer},  \"later\": [1, 2.50, \"\u{e9}\"],\"inputs\":{{}} }}");
    browser.open_over(&text).await;
    browser.says("newer version").await;
    browser.agrees(&Inputs::default()).await;
    browser.sets_engineers(9).await;
    browser.keep_as("Mine").await;
    // Leaving would write what waits to be written.
    browser.reload().await;
    browser.says("newer version").await;
    browser.agrees(&Inputs::default()).await;
    assert_eq!(browser.script(KEPT).await, json!(text));
    browser.end().await;
}

async fn two_tabs_lose_nothing(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let one = browser.driver.window().await.unwrap();
    let other = browser.driver.new_tab().await.unwrap();
    let go = async |tab: &thirtyfour::WindowHandle| {
        browser.driver.switch_to_window(tab.clone()).await.unwrap();
    };
    let mut state = SavedState::default();
    go(&other).await;
    browser.open().await;
    go(&one).await;
    browser.keep_as("From the first").await;
    state.add("From the first", state.inputs.clone()).unwrap();
    browser.names(&state).await;
    browser.returns(KEPT, json!(saved::write(&state))).await;
    go(&other).await;
    browser.names(&state).await;
    browser.keep_as("From the second").await;
    state.add("From the second", state.inputs.clone()).unwrap();
    browser.names(&state).await;
    browser.returns(KEPT, json!(saved::write(&state))).await;
    go(&one).await;
    browser.names(&state).await;
    // The numbers of the other are offered, not taken.
    browser.enter(ENGINEERS, "9").await;
    browser.agrees(&with_engineers(9)).await;
    state.inputs.team.engineers = 9;
    browser.returns(KEPT, json!(saved::write(&state))).await;
    go(&other).await;
    browser.says("Another tab has saved other numbers").await;
    browser.agrees(&Inputs::default()).await;
    browser.press("Show them here").await;
    browser.agrees(&state.inputs).await;
    browser
        .returns("return document.getElementById('elsewhere')", Value::Null)
        .await;
    browser.enter(ENGINEERS, "21").await;
    browser.agrees(&with_engineers(21)).await;
    state.inputs.team.engineers = 21;
    browser.returns(KEPT, json!(saved::write(&state))).await;
    go(&one).await;
    browser.says("Another tab has saved other numbers").await;
    browser.press("Keep mine").await;
    browser.agrees(&with_engineers(9)).await;
    browser
        .returns("return document.getElementById('elsewhere')", Value::Null)
        .await;
    browser.reload().await;
    browser.agrees(&with_engineers(9)).await;
    // Both names are there still; what the other had may be kept beside them.
    let names = browser
        .script("return [...document.querySelectorAll('.named input')].map((field) => field.value)")
        .await;
    for named in &state.named {
        assert!(
            names.as_array().unwrap().contains(&json!(named.name)),
            "{names}"
        );
    }
    browser.end().await;
}

async fn a_link_holds_everything_and_takes_nothing_away(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut shared = Inputs::default();
    sets(&mut shared, "services", 4.0);
    sets(&mut shared, REQUESTS, 3e8);
    browser.enter("services", "4").await;
    browser.enter(REQUESTS, "300M").await;
    browser.agrees(&shared).await;
    let fragment = link::write(&shared, bundled().day());
    let expected = format!("{}#{fragment}", browser.site.url());
    browser.holds("#share-link", &[expected]).await;
    assert!(
        fragment.starts_with("v=1&") && fragment.contains("&book="),
        "{fragment}"
    );
    browser.press("Undo").await;
    browser.press("Undo").await;
    browser.enter(ENGINEERS, "33").await;
    let mine = with_engineers(33);
    browser.agrees(&mine).await;
    browser.keep_as("Mine").await;
    browser.reload().await;
    for (choice, then) in [("Back to mine", &mine), ("Keep this", &shared)] {
        browser.driver.goto("about:blank").await.unwrap();
        browser.open_at(&format!("#{fragment}")).await;
        browser.says("somebody shared").await;
        browser.agrees(&shared).await;
        browser.press(choice).await;
        browser.agrees(then).await;
        browser.holds(".named input", &["Mine".to_owned()]).await;
        assert_eq!(browser.script("return location.hash").await, json!(""));
        browser.reload().await;
        browser.agrees(then).await;
        browser.holds(".named input", &["Mine".to_owned()]).await;
    }
    browser.end().await;
}

async fn a_link_holds_what_stands_beside(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.enter(ENGINEERS, "9").await;
    browser.agrees(&with_engineers(9)).await;
    browser.keep_as("Nine: of us & you").await;
    browser.does("Compare", "Nine: of us & you").await;
    browser.enter(ENGINEERS, "33").await;
    let (mine, nine) = (with_engineers(33), with_engineers(9));
    browser.agrees(&mine).await;
    let others = [("Nine: of us & you", &nine)];
    browser.stands_beside(&mine, &others).await;
    let link = "return document.getElementById('share-link').value.split('#')[1]";
    let named = [Named {
        name: others[0].0.to_owned(),
        inputs: nine.clone(),
    }];
    let fragment = link::write_beside(&mine, bundled().day(), &named);
    browser.returns(link, json!(fragment)).await;
    // Somebody else, who has kept nothing.
    browser.script("localStorage.clear()").await;
    browser.driver.goto("about:blank").await.unwrap();
    browser.open_at(&format!("?safe=1#{fragment}")).await;
    browser.agrees(&mine).await;
    browser.stands_beside(&mine, &others).await;
    browser.end().await;
}
