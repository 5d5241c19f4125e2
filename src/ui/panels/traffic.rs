//! The week's load from the user's own figures: a CSV that is pasted, dropped or picked.

use super::super::state::Calculator;
use crate::{
    model::inputs::{Field, Shape},
    traffic_csv::{self, TEXT_LIMIT},
    web::files,
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What the last text was understood as, or why it was not.
#[derive(Clone, PartialEq)]
enum Told {
    Nothing,
    Understood(String),
    Mistake(String),
}

/// Where a CSV of request counts is taken in.
#[component]
pub(super) fn OwnWeek() -> impl IntoView {
    let calculator = expect_context::<Calculator>();
    let told = RwSignal::new(Told::Nothing);
    let take = move |text: String| {
        if text.trim().is_empty() {
            return told.set(Told::Nothing);
        }
        match traffic_csv::read(&text) {
            Ok(reading) => {
                let range = Field::at("http.requests_per_month").range();
                let requests = range.map_or(reading.requests_per_month, |range| {
                    range.clamp(reading.requests_per_month.round())
                });
                calculator.change(BTreeMap::new(), |inputs| {
                    inputs.traffic.grid = reading.grid;
                    inputs.traffic.shape = Shape::Grid;
                    inputs.http.requests_per_month = requests;
                });
                let requests = crate::format::number(requests);
                told.set(Told::Understood(format!(
                    "{} That is {requests} requests a month.",
                    reading.understood
                )));
            }
            Err(mistake) => told.set(Told::Mistake(mistake.to_string())),
        }
    };
    let read = move |file: Option<web_sys::File>| {
        if let Some(file) = file {
            // One byte more than is allowed, so that too much is told and not cut off.
            files::read_text(&file, TEXT_LIMIT + 1, take);
        }
    };
    let message = move || match told.get() {
        Told::Mistake(text) => text,
        Told::Nothing | Told::Understood(_) => String::new(),
    };
    let understood = move || match told.get() {
        Told::Understood(text) => text,
        Told::Nothing | Told::Mistake(_) => String::new(),
    };
    view! {
        <details>
            <summary>"Your own week from a CSV of request counts"</summary>
            {calculator
                .is_locked("traffic.grid")
                .then(|| view! { <p class="note">"The week is set by this page."</p> })}
            <div class="field stacked">
                <label for="traffic-csv">"Paste it here, or drop the file"</label>
                <textarea
                    id="traffic-csv"
                    rows="3"
                    spellcheck="false"
                    aria-describedby="traffic-csv-message"
                    placeholder="timestamp,requests"
                    on:input=move |event| take(event_target_value(&event))
                    on:dragover=move |event| event.prevent_default()
                    on:drop=move |event| {
                        if let Some(file) = files::dropped(&event) {
                            event.prevent_default();
                            read(Some(file));
                        }
                    }
                />
                <input
                    type="file"
                    accept=".csv,.tsv,.txt,text/csv"
                    aria-label="A CSV file of request counts"
                    on:change=move |event| read(files::picked(&event))
                />
                <p class="note" role="status">{understood}</p>
                <p class="message" id="traffic-csv-message" role="alert">{message}</p>
            </div>
        </details>
    }
}
