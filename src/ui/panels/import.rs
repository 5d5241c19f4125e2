//! Files of the user's own: a scenario, everything, prices, a week of request counts. What they would change is shown first.

use super::{
    super::{
        kit::{
            events::{entered, press},
            fold::Section,
            scrolled::Scrolled,
        },
        state::Calculator,
    },
    scenarios::difference_rows,
    traffic::week_of,
};
use crate::web::files;
use leptos::{
    ev::{DragEvent, Event},
    prelude::*,
};
use plimsoll_formats::{
    scenario::saved::{self, Reading, SavedState},
    traffic_csv::TEXT_LIMIT,
};
use plimsoll_model::{diagnostic::Diagnostic, inputs::Inputs};
use plimsoll_wording::{difference::differences, format};

/// What a text was understood as: what it would make of the page, and what to say of it.
#[derive(Clone)]
struct Understood {
    what: String,
    notices: Vec<String>,
    state: SavedState,
}

/// Where files are taken in.
#[component]
pub(crate) fn ImportPanel() -> impl IntoView {
    view! {
        <Section id="import" label="Import" title="Your data">
            <Body />
        </Section>
    }
}

#[component]
fn Body() -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
    let text = RwSignal::new(String::new());
    let read = move |file: Option<web_sys::File>| {
        if let Some(file) = file {
            // One byte more than is allowed, so that too much is told and not cut off.
            files::read_text(&file, TEXT_LIMIT + 1, move |content| text.set(content));
        }
    };
    let understood = Memo::new_with_compare(
        move |_| {
            let text = text.get();
            // What it would change follows what is there.
            calculator.inputs.track();
            calculator.named.track();
            (!text.trim().is_empty()).then(|| understand(&text, calculator))
        },
        |_, _| true,
    );
    let pick: Box<dyn FnMut(Event)> = Box::new(move |event| read(files::picked(&event)));
    let drop = move |event: DragEvent| {
        if let Some(file) = files::dropped(&event) {
            event.prevent_default();
            read(Some(file));
        }
    };
    let mistake = move || understood.get().and_then(Result::err).unwrap_or_default();
    let preview = move || {
        let understood = understood.get()?.ok()?;
        Some(preview(&understood, text, calculator))
    };
    view! {
        <p class="note">
            "A scenario or everything as JSON, a price book as CSV, or a CSV of request counts (CloudWatch, Cloud Monitoring, \
            Prometheus, Grafana; timestamp,requests). You see what it would change before it does."
        </p>
        <div class="field stacked">
            <label for="import-text">"Paste it here, or drop the file"</label>
            <textarea
                id="import-text"
                rows="4"
                spellcheck="false"
                aria-describedby="import-text-message"
                prop:value=move || text.get()
                on:input=entered(move |typed| text.set(typed))
                on:dragover=|event| event.prevent_default()
                on:drop=drop
            ></textarea>
            <input
                type="file"
                accept=".json,.csv,.tsv,.txt,text/csv,application/json"
                aria-label="A file to import"
                on:change=pick
            />
            <p class="message" id="import-text-message" role="alert">{move || mistake()}</p>
        </div>
        <div class="group" id="preview">{move || preview()}</div>
    }
}

/// What it is, what of it was not understood, what it would change; and the button that does it.
fn preview(understood: &Understood, text: RwSignal<String>, calculator: Calculator) -> AnyView {
    let now = calculator.saved_state();
    let found = differences(&now.inputs, &understood.state.inputs);
    let more = understood.state.named.len().saturating_sub(now.named.len());
    let notices = understood
        .notices
        .iter()
        .map(|notice| view! { <li>{notice.clone()}</li> }.into_any())
        .collect_view();
    let nothing = found.is_empty() && more == 0;
    let title = if nothing {
        "It changes nothing"
    } else {
        "What it would change"
    };
    let more = if more == 0 {
        String::new()
    } else {
        format::count(
            more as f64,
            "scenario more under a name",
            "scenarios more under names",
        )
    };
    let apply = move || {
        // Of what is there now, not of what was when this was shown.
        if let Ok(understood) = understand(&text.get_untracked(), calculator) {
            let state = understood.state;
            let _ = calculator.change_kept(|now| {
                *now = state;
                Ok::<(), ()>(())
            });
        }
        text.set(String::new());
    };
    let rows = difference_rows(&found);
    view! {
        <p role="status">{understood.what.clone()}</p>
        <ul class="plain">{notices}</ul>
        <h3 id="preview-title">{title}</h3>
        <Scrolled title="preview-title">
            <table class="pair">
                <thead>
                    <tr>
                        <th scope="col">"Input"</th>
                        <th scope="col" class="number">"Now"</th>
                        <th scope="col" class="number">"Then"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </Scrolled>
        <p class="note">{more}</p>
        <p class="actions">
            <button type="button" disabled=nothing on:click=press(apply)>"Take it over"</button>
            <button type="button" on:click=press(move || text.set(String::new()))>"Leave it"</button>
        </p>
    }
    .into_any()
}

/// Finds out what a text is by how it begins.
fn understand(text: &str, calculator: Calculator) -> Result<Understood, String> {
    let now = calculator.saved_state();
    if text.trim_start().starts_with(['{', '[']) {
        return json(text, &now);
    }
    let first = text.lines().find(|line| !line.trim().is_empty());
    if first.is_some_and(|line| line.contains("meter") && line.contains("value")) {
        return prices(text, &now, calculator);
    }
    let (inputs, what) = week_of(text, &now.inputs)?;
    Ok(Understood {
        what,
        notices: Vec::new(),
        state: SavedState { inputs, ..now },
    })
}

fn json(text: &str, now: &SavedState) -> Result<Understood, String> {
    match saved::read(text) {
        Reading::Newer(version) => Err(format!(
            "It was written by a newer version of Plimsoll (format {version}), which this one can't read."
        )),
        Reading::Damaged(why) => Err(why),
        Reading::Read(theirs, notices) => {
            let many = !theirs.named.is_empty();
            let mut state = SavedState {
                inputs: theirs.inputs,
                named: now.named.clone(),
            };
            for named in theirs.named {
                if !state.named.contains(&named) {
                    state.add(&named.name, named.inputs)?;
                }
            }
            Ok(Understood {
                what: if many {
                    "Everything, with named scenarios."
                } else {
                    "A scenario."
                }
                .to_owned(),
                notices: notices.iter().map(Diagnostic::to_string).collect(),
                state,
            })
        }
    }
}

fn prices(text: &str, now: &SavedState, calculator: Calculator) -> Result<Understood, String> {
    let read = calculator
        .site
        .with_value(|site| site.book.own_prices(text));
    match read {
        Ok(own) => {
            let what = format::count(
                own.len() as f64,
                "price that is not the book\u{2019}s.",
                "prices that are not the book\u{2019}s.",
            );
            let inputs = Inputs {
                prices: own,
                ..now.inputs.clone()
            };
            Ok(Understood {
                what: ["A price book: ", &what].concat(),
                notices: Vec::new(),
                state: SavedState {
                    inputs,
                    named: now.named.clone(),
                },
            })
        }
        Err(problems) => {
            let told: Vec<String> = problems.iter().take(5).map(ToString::to_string).collect();
            let more = problems.len().saturating_sub(told.len());
            let more = if more > 0 {
                format!("; and {more} more")
            } else {
                String::new()
            };
            Err(told.join("; ") + &more)
        }
    }
}
