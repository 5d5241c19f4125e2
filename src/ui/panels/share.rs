//! The scenario to take along: a link and JSON. Both stand there as text, for a frame may refuse clipboard and downloads.

use super::super::state::Calculator;
use crate::{
    query::Query,
    scenario::{self, link},
    web::page,
};
use leptos::prelude::*;

const LINK: &str = "share-link";
const JSON: &str = "share-json";

/// The link and the JSON of what is on the page.
#[component]
pub(crate) fn Share() -> impl IntoView {
    let calculator = expect_context::<Calculator>();
    let address = Memo::new(move |_| {
        let fragment = calculator.inputs.with(link::write);
        format!("{}#{fragment}", page::bare_address())
    });
    let embedded = calculator.query.with_value(Query::clone).embed;
    if embedded {
        return view! {
            <section class="share" aria-label="The full version">
                <p>
                    <a href=address target="_blank" rel="noopener">"Open the full version with these numbers"</a>
                </p>
                <details>
                    <summary>"The link as text"</summary>
                    <Text id=LINK label="Link to these numbers" text=address />
                </details>
            </section>
        }
        .into_any();
    }
    let json = Memo::new(move |_| {
        calculator
            .inputs
            .with(|inputs| scenario::write(inputs).to_string())
    });
    view! {
        <section class="share" aria-labelledby="share-title">
            <h2 id="share-title">"Share it, keep it"</h2>
            <Text id=LINK label="Link to these numbers" text=address />
            <details>
                <summary>"As JSON"</summary>
                <Text id=JSON label="The scenario as JSON" text=json />
                <p>
                    <a download="plimsoll-scenario.json" href=move || data_url(&json.get())>"Save it as a file"</a>
                </p>
            </details>
        </section>
    }
    .into_any()
}

/// A text to be copied, by a button or by hand.
#[component]
fn Text(id: &'static str, label: &'static str, text: Memo<String>) -> impl IntoView {
    let told = RwSignal::new("");
    let copy = move |_| {
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
    view! {
        <div class="field stacked">
            <label for=id>{label}</label>
            <textarea id=id rows="2" readonly prop:value=text on:focus=move |_| page::select_all(id)></textarea>
            <p class="actions">
                <button type="button" on:click=copy>"Copy"</button>
                <span class="note" role="status">{told}</span>
            </p>
        </div>
    }
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
