//! The week's load from the user's own figures: a CSV that is pasted, dropped or picked.

use super::super::{
    html::{Html, classed, fold, html, note},
    state::Calculator,
};
use crate::{
    model::inputs::{Field, Shape},
    traffic_csv::{self, TEXT_LIMIT},
    web::files,
};
use leptos::prelude::*;

/// What the last text was understood as, or why it was not.
#[derive(Clone, PartialEq)]
enum Told {
    Nothing,
    Understood(String),
    Mistake(String),
}

/// Where a CSV of request counts is taken in.
pub(super) fn own_week(calculator: Calculator) -> Html {
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
                calculator.change(Vec::new(), |inputs| {
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
    let locked = calculator.is_locked("traffic.grid");
    let text = html("textarea")
        .is("id", "traffic-csv")
        .is("rows", "3")
        .is("spellcheck", "false")
        .is("aria-describedby", "traffic-csv-message")
        .is("placeholder", "timestamp,requests")
        .on_value("input", take)
        .on("dragover", |event| event.prevent_default())
        .on("drop", move |event| {
            if let Some(file) = files::dropped(&event) {
                event.prevent_default();
                read(Some(file));
            }
        });
    let file = html("input")
        .is("type", "file")
        .is("accept", ".csv,.tsv,.txt,text/csv")
        .is("aria-label", "A CSV file of request counts")
        .on("change", move |event| read(files::picked(&event)));
    let message = classed("p", "message")
        .is("id", "traffic-csv-message")
        .is("role", "alert")
        .says(message);
    fold("Your own week from a CSV of request counts")
        .has(locked.then(|| note("The week is set by this page.")))
        .has(
            classed("div", "field stacked")
                .has(
                    html("label")
                        .is("for", "traffic-csv")
                        .has("Paste it here, or drop the file"),
                )
                .has(text)
                .has(file)
                .has(classed("p", "note").is("role", "status").says(understood))
                .has(message),
        )
}
