//! Corners of the instrument in which a number, a name or a text could get lost.

use super::{
    ENGINEERS, REQUESTS, assessed,
    bill::{DISCOUNT, first_priced, lines_of},
    bundled, id_of, label, sets, with_engineers,
};
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_formats::scenario::{link, saved::SavedState};
use plimsoll_model::{
    basis::Basis,
    inputs::{Field, Inputs, at},
    platform::Platform,
    prices::OwnPrice,
};
use plimsoll_wording::{explain, format};
use serde_json::json;
use thirtyfour::By;

in_each_engine!(
    a_number_that_is_being_typed_moves_no_other,
    the_way_back_empties_what_was_mistyped,
    tracked_hours_lead_to_their_control,
    a_discount_leads_to_its_control_when_it_is_loaded_again,
    a_price_taken_back_is_the_books_in_its_field_too,
    a_price_that_was_typed_stays_with_its_row,
    what_is_no_price_is_told_in_the_price_book,
    what_is_no_number_of_hours_is_told,
    a_name_that_it_cant_have_leaves_its_own,
    a_comparison_stays_with_its_scenario,
    a_file_takes_nothing_away_that_came_after_its_preview,
    a_link_takes_nothing_away_that_was_just_typed,
    what_the_snippet_locks_is_locked_at_its_number,
);

async fn started(engine: Engine) -> Browser {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser
}

async fn a_number_that_is_being_typed_moves_no_other(engine: Engine) {
    let browser = started(engine).await;
    let mut inputs = Inputs::default();
    // Its first digit alone would be less than the time on the processor.
    browser.enter("http.latency_ms", "120").await;
    sets(&mut inputs, "http.latency_ms", 120.0);
    let cpu = format!("#{}", id_of(at::http::cpu_ms));
    let begin = format::editable(Inputs::default().http.cpu_ms);
    browser.holds(&cpu, &[begin]).await;
    browser.agrees(&inputs).await;
    browser.end().await;
}

async fn the_way_back_empties_what_was_mistyped(engine: Engine) {
    let browser = started(engine).await;
    browser.enter(ENGINEERS, "9").await;
    browser.enter(ENGINEERS, "many").await;
    browser.agrees(&with_engineers(9)).await;
    browser.reset(ENGINEERS).await;
    browser.agrees(&Inputs::default()).await;
    let begin = Inputs::default().team.engineers;
    let field = format!("#{}", id_of(Field::by_path(ENGINEERS)));
    browser.holds(&field, &[begin.to_string()]).await;
    browser.end().await;
}

async fn tracked_hours_lead_to_their_control(engine: Engine) {
    let browser = started(engine).await;
    let path = "team.ops_hours_per_week.kubernetes";
    let mut inputs = Inputs::default();
    browser.enter(path, "4").await;
    inputs.team.ops_hours_per_week.kubernetes = Some(4.0);
    browser.agrees(&inputs).await;
    browser.bills(Platform::Eks).await;
    let assessment = assessed(&inputs);
    let bill = assessment.comparison.quote(Platform::Eks).unwrap();
    browser.itemizes(bill).await;
    let mut lines = lines_of(bill);
    let place = lines.position(|line| line.basis == Basis::Own).unwrap();
    browser.press_line(place).await;
    let derivation = [explain::derivation(lines_of(bill).nth(place).unwrap())];
    browser
        .reads(".derivation p:first-child", &derivation)
        .await;
    browser.leads_to(path).await;
    browser.end().await;
}

async fn a_discount_leads_to_its_control_when_it_is_loaded_again(engine: Engine) {
    let browser = started(engine).await;
    let place = browser.discounts().await;
    browser.reload().await;
    browser.bills(Platform::Eks).await;
    browser.press_line(place).await;
    browser.leads_to(DISCOUNT).await;
    browser.end().await;
}

async fn a_price_taken_back_is_the_books_in_its_field_too(engine: Engine) {
    let browser = started(engine).await;
    let assessment = assessed(&Inputs::default());
    let (place, id) = first_priced(assessment.comparison.quote(Platform::Eks).unwrap());
    let price = bundled().row(id).value.unwrap();
    browser.bills(Platform::Eks).await;
    browser.press_line(place).await;
    for (share, back) in [(0.9, "Back to the book\u{2019}s"), (0.95, "Undo")] {
        let own = format::editable(price * share);
        browser.write_at("#own-price", &own).await;
        browser.says("confidence own").await;
        browser.press(back).await;
        browser.agrees(&Inputs::default()).await;
        browser
            .holds("#own-price", &[format::editable(price)])
            .await;
    }
    browser.end().await;
}

impl Browser {
    /// Searches the price book for words, and waits for as many rows as have them.
    async fn searches(&self, words: &str, prices: &[String]) {
        let search = self.found(By::Id("price-search")).await;
        self.click(&search).await;
        let all = thirtyfour::Key::Control + "a";
        search.send_keys(all).await.unwrap();
        search.send_keys(words).await.unwrap();
        self.holds("#prices tbody input", prices).await;
    }
}

/// The prices of all meters whose name begins so, as fields have them.
fn prices_of(words: &str) -> Vec<String> {
    let book = bundled();
    let rows = book.in_force().into_iter().map(|id| book.row(id));
    rows.filter(|row| {
        let info = row.meter.info();
        let text = [info.id, " ", info.name, " ", &row.note]
            .concat()
            .to_lowercase();
        words.split_whitespace().all(|word| text.contains(word))
    })
    .map(|row| row.value.map_or(String::new(), format::editable))
    .collect()
}

async fn a_price_that_was_typed_stays_with_its_row(engine: Engine) {
    let browser = started(engine).await;
    browser.opens("prices").await;
    let (one, other) = ("aws/eks/cluster", "fly/egress");
    browser.searches(one, &prices_of(one)).await;
    browser
        .write_at("#prices tbody tr:first-child input", "0.4")
        .await;
    browser
        .until("a price of one's own", async || {
            browser
                .texts("#prices tbody tr[data-own]")
                .await
                .concat()
                .contains("own")
        })
        .await;
    browser.searches(other, &prices_of(other)).await;
    browser.end().await;
}

async fn what_is_no_price_is_told_in_the_price_book(engine: Engine) {
    let browser = started(engine).await;
    browser.opens("prices").await;
    browser
        .write_at("#prices tbody tr:first-child input", "dear")
        .await;
    browser.agrees(&Inputs::default()).await;
    let told = "return document.getElementById('prices').textContent.includes('dear')";
    browser.returns(told, json!(true)).await;
    browser.end().await;
}

async fn what_is_no_number_of_hours_is_told(engine: Engine) {
    let browser = started(engine).await;
    browser.opens("duties").await;
    browser
        .write_at("#duties tbody tr:first-child input", "umpteen")
        .await;
    let told = "return document.getElementById('duties').textContent.includes('umpteen')";
    browser.returns(told, json!(true)).await;
    browser.end().await;
}

async fn a_name_that_it_cant_have_leaves_its_own(engine: Engine) {
    let browser = started(engine).await;
    let mut state = SavedState::default();
    for _ in 0..2 {
        browser.keep_as("Mine").await;
        state.add("Mine", state.inputs.clone()).unwrap();
        browser.names(&state).await;
    }
    browser
        .write_at("input[aria-label='Name of Mine 2']", "Mine")
        .await;
    state.rename(1, "Mine").unwrap();
    browser.names(&state).await;
    browser.end().await;
}

async fn a_comparison_stays_with_its_scenario(engine: Engine) {
    let browser = started(engine).await;
    browser.keep_as("First").await;
    browser.enter(ENGINEERS, "9").await;
    browser.keep_as("Second").await;
    browser
        .holds(".named input", &["First".into(), "Second".into()])
        .await;
    browser.enter("services", "3").await;
    let mut now = with_engineers(9);
    sets(&mut now, "services", 3.0);
    browser.agrees(&now).await;
    browser.does("Compare", "Second").await;
    let nine = with_engineers(9);
    browser.stands_beside(&now, &[("Second", &nine)]).await;
    browser.does("Remove", "First").await;
    browser.holds(".named input", &["Second".into()]).await;
    browser.stands_beside(&now, &[("Second", &nine)]).await;
    browser.end().await;
}

async fn a_file_takes_nothing_away_that_came_after_its_preview(engine: Engine) {
    let browser = started(engine).await;
    browser.opens("import").await;
    let book = bundled();
    let cluster = book
        .in_force()
        .into_iter()
        .find(|id| book.row(*id).meter.info().id == "aws/eks/cluster")
        .unwrap();
    let row = book.row(cluster);
    let mut inputs = Inputs::default();
    inputs.prices.push(OwnPrice {
        meter: row.meter,
        region: row.region,
        value: 9.75,
    });
    let own = book.with_own(&inputs.prices);
    browser.paste(&own.write(&own.in_force())).await;
    browser.says("What it would change").await;
    browser.enter(ENGINEERS, "14").await;
    browser.keep_as("Meanwhile").await;
    browser.agrees(&with_engineers(14)).await;
    browser.press("Take it over").await;
    inputs.team.engineers = 14;
    let kept = ["Meanwhile".to_owned()];
    browser.holds(".named input", &kept).await;
    browser.agrees(&inputs).await;
    browser.end().await;
}

async fn a_link_takes_nothing_away_that_was_just_typed(engine: Engine) {
    let browser = started(engine).await;
    let mut shared = Inputs::default();
    sets(&mut shared, REQUESTS, 3e8);
    let fragment = link::write(&shared, bundled().day());
    let followed = format!(
        "const field = document.getElementById('team-engineers'); field.value = '44';\
         for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, {{ bubbles: true }}));\
         location.hash = '{fragment}'"
    );
    browser.script(&followed).await;
    browser.says("somebody shared").await;
    browser.agrees(&shared).await;
    browser.press("Back to mine").await;
    browser.agrees(&with_engineers(44)).await;
    browser.end().await;
}

async fn what_the_snippet_locks_is_locked_at_its_number(engine: Engine) {
    let browser = started(engine).await;
    browser.opens("embed").await;
    browser.enter(ENGINEERS, "9").await;
    let inputs = with_engineers(9);
    browser.agrees(&inputs).await;
    let xpath = "//*[@id='embed']//label[normalize-space()='the size of the team']/input";
    let tick = browser.found(By::XPath(xpath)).await;
    browser.click(&tick).await;
    let src = "const text = document.getElementById('embed-snippet').value;\
         return text.match(/src=\"([^\"]*)\"/)[1].replaceAll('&amp;', '&')";
    browser
        .until("the lock and the number", async || {
            let src = browser.script(src).await;
            let src = src.as_str().unwrap();
            src.contains("lock=team.engineers") && src.contains("engineers=9")
        })
        .await;
    let src = browser.script(src).await;
    browser.driver.goto("about:blank").await.unwrap();
    browser.driver.goto(src.as_str().unwrap()).await.unwrap();
    browser.ready().await;
    let field = browser.labelled(label(ENGINEERS)).await;
    assert!(!field.is_enabled().await.unwrap());
    browser.agrees(&inputs).await;
    browser.end().await;
}
