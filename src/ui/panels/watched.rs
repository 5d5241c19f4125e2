//! A decision that was written down, held against today: alone, with the inputs of the page, or with a new bill.

use super::{
    super::kit::events::{press, ticked},
    importing::Import,
};
use crate::web::page;
use leptos::prelude::*;
use plimsoll_formats::decision;
use plimsoll_model::explore::{billed::month_of, watch::watch};
use plimsoll_readers::bills::Summary;
use plimsoll_wording::watch as words;

/// What is to be said of a record; why it can't be read where it can't.
pub(super) fn watched(import: Import, record: &str, bill: Option<&Summary>) -> AnyView {
    let (decided, notices) = match decision::read(record) {
        Ok(read) => read,
        Err(why) => return view! { <p class="message" role="alert">{why}</p> }.into_any(),
    };
    let calculator = import.calculator;
    let mut inputs = if import.with_page.get() {
        calculator.inputs.get()
    } else {
        decided.inputs.clone()
    };
    let book = calculator
        .site
        .with_value(|site| site.book.with_own(&inputs.prices));
    let mut usd = None;
    let mut of_month = String::new();
    if let Some((bill, platform)) = bill.zip(decided.answer.platform) {
        let today = month_of(&page::today());
        let found = decided.of_bill(&inputs, &book, &bill.billed, today);
        of_month = words::of_bill(found.as_ref(), platform);
        if let Some(found) = found {
            usd = Some(found.usd);
            inputs = found.inputs;
        }
    }
    let found = watch(&decided, &inputs, &book, usd);
    let told = words::told(&decided, &found);
    let said: Vec<AnyView> = told
        .iter()
        .skip(1)
        .chain(Some(&of_month).filter(|text| !text.is_empty()))
        .map(|text| view! { <li>{text.clone()}</li> }.into_any())
        .collect();
    let notices: Vec<AnyView> = notices
        .iter()
        .map(|notice| view! { <li>{notice.to_string()}</li> }.into_any())
        .collect();
    let headline = told.first().cloned().unwrap_or_default();
    let then = decided.inputs.clone();
    let take = move || {
        let then = then.clone();
        calculator.change(Vec::new(), |inputs| *inputs = then);
    };
    let with_page = import.with_page;
    view! {
        <div class="group" id="watched">
            <h3>"The decision, today"</h3>
            <p role="status">{headline}</p>
            <ul class="plain sentences">{said} {notices}</ul>
            <div class="switch"><label>
                <input
                    type="checkbox"
                    name="with-page"
                    prop:checked=move || with_page.get()
                    on:change=ticked(move |on| with_page.set(on))
                />
                "With the inputs of this page instead of its own"
            </label></div>
            <p class="actions">
                <button type="button" name="record-scenario" on:click=press(take)>
                    "Take its scenario over"
                </button>
            </p>
        </div>
    }
    .into_any()
}
