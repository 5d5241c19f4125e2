//! The scenario to take along: a link and JSON. Both stand there as text, for a frame may refuse clipboard and downloads.

use super::super::{
    html::{Html, button, classed, fold, html},
    state::Calculator,
};
use crate::{
    query::Query,
    scenario::{self, link},
    web::page,
};
use leptos::prelude::*;

const LINK: &str = "share-link";
const JSON: &str = "share-json";

/// The link and the JSON of what is on the page.
pub(crate) fn share(calculator: Calculator) -> Html {
    let address = Memo::new(move |_| {
        let day = calculator.book.with(|book| book.day().to_owned());
        let fragment = calculator.inputs.with(|inputs| link::write(inputs, &day));
        format!("{}#{fragment}", page::bare_address())
    });
    let embedded = calculator.query.with_value(Query::clone).embed;
    let link = || text(LINK, "Link to these numbers", address);
    let section = classed("section", "share");
    if embedded {
        let full = html("a")
            .now_is("href", move || Some(address.get()))
            .is("target", "_blank")
            .is("rel", "noopener")
            .has("Open the full version with these numbers");
        return section
            .is("aria-label", "The full version")
            .has(html("p").has(full))
            .has(fold("The link as text").has(link()));
    }
    let json = Memo::new(move |_| {
        calculator
            .inputs
            .with(|inputs| scenario::write(inputs).to_string())
    });
    let file = html("a")
        .is("download", "plimsoll-scenario.json")
        .now_is("href", move || Some(data_url(&json.get())))
        .has("Save it as a file");
    section
        .is("aria-labelledby", "share-title")
        .has(html("h2").is("id", "share-title").has("Share it, keep it"))
        .has(link())
        .has(
            fold("As JSON")
                .has(text(JSON, "The scenario as JSON", json))
                .has(html("p").has(file)),
        )
}

/// A text to be copied, by a button or by hand.
fn text(id: &'static str, label: &'static str, text: Memo<String>) -> Html {
    let told = RwSignal::new("");
    let copy = move || {
        page::copy(&text.get_untracked(), move |done| {
            if !done {
                page::select_all(id);
            }
            told.try_set(if done {
                "Copied."
            } else {
                "Copying is refused here. The text is selected: copy it with the keyboard."
            });
        });
    };
    let field = html("textarea")
        .is("id", id)
        .is("rows", "2")
        .is("readonly", "")
        .value(move || text.get())
        .on("focus", move |_| page::select_all(id));
    let answer = classed("span", "note")
        .is("role", "status")
        .says(move || told.get().to_owned());
    classed("div", "field stacked")
        .has(html("label").is("for", id).has(label))
        .has(field)
        .has(
            classed("p", "actions")
                .has(button("Copy", copy))
                .has(answer),
        )
}

/// A text as an address that can be saved; everything but letters and digits is escaped.
fn data_url(text: &str) -> String {
    let mut url = String::from("data:application/json,");
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            url.push(byte as char);
        } else {
            url += &format!("%{byte:02X}");
        }
    }
    url
}
