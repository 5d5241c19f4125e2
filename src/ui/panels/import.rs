//! Files of the user's own: a scenario, everything, prices, a week of request counts. What they would change is shown first.

use super::{
    super::{
        html::{Html, button, classed, column, html, note, number_column, scrolled, section_later},
        state::Calculator,
    },
    scenarios::difference_rows,
    traffic::week_of,
};
use crate::web::files;
use leptos::prelude::*;
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
pub(crate) fn import_panel(calculator: Calculator) -> Html {
    section_later(
        "import",
        "Import",
        "Bring your own data",
        false,
        move || body(calculator),
    )
}

fn body(calculator: Calculator) -> Vec<Html> {
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
    let field = html("textarea")
        .is("id", "import-text")
        .is("rows", "4")
        .is("spellcheck", "false")
        .is("aria-describedby", "import-text-message")
        .value(move || text.get())
        .on_value("input", move |typed| text.set(typed))
        .on("dragover", |event| event.prevent_default())
        .on("drop", move |event| {
            if let Some(file) = files::dropped(&event) {
                event.prevent_default();
                read(Some(file));
            }
        });
    let file = html("input")
        .is("type", "file")
        .is("accept", ".json,.csv,.tsv,.txt,text/csv,application/json")
        .is("aria-label", "A file to import")
        .on("change", move |event| read(files::picked(&event)));
    let mistake = move || match understood.get() {
        Some(Err(mistake)) => mistake,
        Some(Ok(_)) | None => String::new(),
    };
    let preview = move || match understood.get() {
        Some(Ok(understood)) => preview(&understood, text, calculator),
        Some(Err(_)) | None => Vec::new(),
    };
    vec![
        note(
            "A scenario or everything as JSON, a price book as CSV, or a CSV of request counts (CloudWatch, Cloud Monitoring, \
             Prometheus, Grafana; timestamp,requests). You see what it would change before it does.",
        ),
        classed("div", "field stacked")
            .has(
                html("label")
                    .is("for", "import-text")
                    .has("Paste it here, or drop the file"),
            )
            .has(field)
            .has(file)
            .has(
                classed("p", "message")
                    .is("id", "import-text-message")
                    .is("role", "alert")
                    .says(mistake),
            ),
        classed("div", "group").is("id", "preview").shows(preview),
    ]
}

/// What it is, what of it was not understood, what it would change; and the button that does it.
fn preview(understood: &Understood, text: RwSignal<String>, calculator: Calculator) -> Vec<Html> {
    let now = calculator.saved_state();
    let found = differences(&now.inputs, &understood.state.inputs);
    let more = understood.state.named.len().saturating_sub(now.named.len());
    let head = html("tr")
        .has(column("Input"))
        .has([number_column("Now"), number_column("Then")]);
    let table = classed("table", "pair")
        .has(html("thead").has(head))
        .has(html("tbody").has(difference_rows(&found)));
    let notices: Vec<Html> = understood
        .notices
        .iter()
        .map(|notice| html("li").has(notice.as_str()))
        .collect();
    let nothing = found.is_empty() && more == 0;
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
    vec![
        html("p").is("role", "status").has(understood.what.as_str()),
        classed("ul", "plain").has(notices),
        html("h3").is("id", "preview-title").has(if nothing {
            "It changes nothing"
        } else {
            "What it would change"
        }),
        scrolled("preview-title", table),
        note(if more == 0 {
            String::new()
        } else {
            format::count(
                more as f64,
                "scenario more under a name",
                "scenarios more under names",
            )
        }),
        classed("p", "actions").has([
            button("Take it over", apply).flag("disabled", nothing),
            button("Leave it", move || text.set(String::new())),
        ]),
    ]
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
