//! What can be taken along: a link, files, a decision record. All stand there as text, for a frame may refuse clipboard and
//! downloads.

use super::{
    super::{
        html::{Html, button, classed, fold, html, note},
        state::Calculator,
    },
    curve::curves_of,
};
use crate::web::page;
use leptos::prelude::*;
use plimsoll_chart::{bars::Costs, svg, theme::Theme};
use plimsoll_formats::{
    percent,
    scenario::{self, link},
};
use plimsoll_wording::export::{self, markdown::Cover};

const LINK: &str = "share-link";
const TEXT: &str = "share-text";
/// The width of a chart that is saved, CSS pixels.
const WIDE: f64 = 900.0;

/// What can be exported: its name, the name of its file, and how its text is made.
struct Form {
    id: &'static str,
    name: &'static str,
    file: &'static str,
    make: fn(Calculator) -> String,
}

const FORMS: [Form; 7] = [
    Form {
        id: "scenario",
        name: "These numbers (JSON)",
        file: "plimsoll-scenario.json",
        make: |calculator| {
            calculator
                .inputs
                .with(|inputs| scenario::write(inputs).to_string())
        },
    },
    Form {
        id: "everything",
        name: "Everything, named scenarios too (JSON)",
        file: "plimsoll.json",
        make: |calculator| calculator.text(),
    },
    Form {
        id: "bills",
        name: "All bills, line by line (CSV)",
        file: "plimsoll-bills.csv",
        make: |calculator| {
            calculator.assessment.with(|assessment| {
                calculator
                    .book
                    .with(|book| export::csv::bills(&assessment.comparison, book))
            })
        },
    },
    Form {
        id: "record",
        name: "Decision record (Markdown)",
        file: "plimsoll-decision.md",
        make: |calculator| {
            let link = address(calculator).get();
            calculator.assessment.with(|assessment| {
                calculator.inputs.with(|inputs| {
                    calculator.book.with(|book| {
                        let cover = Cover {
                            title: "",
                            date: &page::today(),
                            link: &link,
                        };
                        export::markdown::record(&cover, inputs, assessment, book)
                    })
                })
            })
        },
    },
    Form {
        id: "costs-svg",
        name: "Chart of costs (SVG)",
        file: "plimsoll-costs.svg",
        make: |calculator| {
            let costs = calculator.assessment.with(Costs::of);
            svg::chart_svg(&costs, "Monthly cost, US dollars", &Theme::light(), WIDE)
        },
    },
    Form {
        id: "curve-svg",
        name: "Chart of cost against requests (SVG)",
        file: "plimsoll-curve.svg",
        make: |calculator| {
            let curves = curves_of(calculator);
            svg::chart_svg(&curves, "Cost against requests", &Theme::light(), WIDE)
        },
    },
    Form {
        id: "prices",
        name: "The price book with your prices (CSV)",
        file: "plimsoll-prices.csv",
        make: |calculator| calculator.book.with(|book| book.write(&book.in_force())),
    },
];

/// The address of what is on the page.
pub(super) fn address(calculator: Calculator) -> Memo<String> {
    Memo::new(move |_| {
        let fragment = calculator.book.with(|book| {
            calculator
                .inputs
                .with(|inputs| link::write(inputs, book.day()))
        });
        [&page::bare_address(), "#", &fragment].concat()
    })
}

/// The way from a frame to the whole page.
pub(crate) fn full_version(calculator: Calculator) -> Html {
    let address = address(calculator);
    let full = html("a")
        .now_is("href", move || Some(address.get()))
        .is("target", "_blank")
        .is("rel", "noopener")
        .has("Open the full version with these numbers");
    classed("section", "share")
        .is("aria-label", "The full version")
        .has(html("p").has(full))
        .has(fold("The link as text").has(copied(LINK, "Link to these numbers", address, None)))
}

/// The link, and everything else as a text of the form that is chosen.
pub(crate) fn share(calculator: Calculator) -> Html {
    let form = RwSignal::new(0);
    // Made only of what is looked at, and only while the fold is open.
    let opened = RwSignal::new(false);
    let made = Memo::new(move |_| {
        if opened.get() {
            (FORMS[form.get()].make)(calculator)
        } else {
            String::new()
        }
    });
    let file = Signal::derive(move || FORMS[form.get()].file.to_owned());
    let options: Vec<Html> = FORMS
        .iter()
        .map(|form| html("option").is("value", form.id).has(form.name))
        .collect();
    let which = html("select")
        .is("id", "share-form")
        .on_value("change", move |id| {
            let place = FORMS.iter().position(|form| form.id == id);
            form.set(place.unwrap_or_default());
        })
        .has(options);
    let files = fold("As a file")
        .is("id", "export")
        .on("toggle", move |_| opened.set(true))
        .has(
            classed("div", "field stacked")
                .has(html("label").is("for", "share-form").has("What"))
                .has(which),
        )
        .has(copied(TEXT, "As text", made, Some(file)));
    classed("section", "share")
        .is("aria-labelledby", "share-title")
        .has(html("h2").is("id", "share-title").has("Share it, keep it"))
        .has(copied(
            LINK,
            "Link to these numbers",
            address(calculator),
            None,
        ))
        .has(note(
            "The link holds every number behind the #, which browsers do not send to any server.",
        ))
        .has(files)
}

/// A text to be copied, by a button or by hand, or to be saved under the name of a file.
pub(super) fn copied(
    id: &'static str,
    label: &'static str,
    text: Memo<String>,
    file: Option<Signal<String>>,
) -> Html {
    let message = RwSignal::new("");
    let copy = move || {
        page::copy(&text.get_untracked(), move |done| {
            if !done {
                page::select_all(id);
            }
            message.try_set(if done {
                "Copied."
            } else {
                "Copying is refused here. The text is selected: copy it with the keyboard."
            });
        });
    };
    let save = file.map(|file| {
        html("a")
            .now_is("download", move || Some(file.get()))
            .now_is("href", move || Some(text.with(|text| data_url(text))))
            .has("Save as a file")
    });
    let field = html("textarea")
        .is("id", id)
        .is("rows", "3")
        .is("readonly", "")
        .value(move || text.get())
        .on("focus", move |_| page::select_all(id));
    let answer = classed("span", "note")
        .is("role", "status")
        .says(move || message.get().to_owned());
    classed("div", "field stacked")
        .has(html("label").is("for", id).has(label))
        .has(field)
        .has(
            classed("p", "actions")
                .has(button("Copy", copy))
                .has(save)
                .has(answer),
        )
}

/// A text as an address that can be saved.
fn data_url(text: &str) -> String {
    ["data:application/octet-stream,", &percent::encoded(text)].concat()
}
