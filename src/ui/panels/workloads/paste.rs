//! Rows that are pasted from a spreadsheet.

use super::{
    super::super::{
        kit::events::{entered, press},
        state::Calculator,
    },
    change,
};
use leptos::prelude::*;
use plimsoll_formats::scenario::table;
use plimsoll_model::inputs::workloads::MOST_ROWS;

/// Rows of a spreadsheet.
#[component]
pub(super) fn Paste() -> impl IntoView {
    let calculator = Calculator::from_context();
    let text = RwSignal::new(String::new());
    let read =
        Memo::new(move |_| text.with(|text| (!text.trim().is_empty()).then(|| table::read(text))));
    let told = move || {
        let told = read.with(|read| {
            let told = read.as_ref().map(|(_, told)| told.clone());
            told.unwrap_or_default()
        });
        let told = told
            .into_iter()
            .map(|told| view! { <li>{told.to_string()}</li> });
        told.collect_view()
    };
    let count = move || read.with(|read| read.as_ref().map_or(0, |(rows, _)| rows.len()));
    let known = Memo::new(move |_| {
        calculator
            .inputs
            .with(|inputs| inputs.workloads.rows().len())
    });
    let label = move || {
        if known.get() == 0 {
            format!("Take {} rows", count())
        } else {
            format!("Replace the list by {} rows", count())
        }
    };
    let add_label = move || format!("Add {} rows", count());
    let take = move |adds: bool| {
        if let Some((rows, told)) = read.get_untracked() {
            calculator.row.set(None);
            change(calculator, |known| {
                if !adds {
                    known.clear();
                }
                known.extend(rows);
                known.truncate(MOST_ROWS);
            });
            // What was not understood stays to be mended.
            if told.is_empty() {
                text.set(String::new());
            }
        }
    };
    view! {
        <div class="field stacked">
            <label for="workloads-paste">
                "Or paste rows of a spreadsheet: a header with name, kind, count, requests, latency, vcpu, memory, in any order"
            </label>
            <textarea
                id="workloads-paste"
                rows="3"
                spellcheck="false"
                prop:value=move || text.get()
                on:input=entered(move |typed| text.set(typed))
            ></textarea>
            {move || {
                (count() > 0)
                    .then(|| {
                        view! {
                            <p class="actions">
                                <button type="button" on:click=press(move || take(false))>
                                    {label}
                                </button>
                                <button
                                    type="button"
                                    hidden=move || known.get() == 0
                                    on:click=press(move || take(true))
                                >
                                    {add_label}
                                </button>
                            </p>
                        }
                    })
            }}
            <ul class="plain message" role="alert">{told}</ul>
        </div>
    }
}
