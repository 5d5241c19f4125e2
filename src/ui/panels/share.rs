//! What can be taken along: a link, files, a decision record. All stand there as text, for a frame may refuse clipboard and
//! downloads.

use super::{
    super::{
        kit::events::{entered, press},
        state::Calculator,
    },
    curve::all_curves,
    scenarios::with_columns,
};
use crate::web::page;
use leptos::{ev::Event, prelude::*};
use plimsoll_chart::{bars::Costs, svg, theme::Theme};
use plimsoll_formats::{
    decision, percent,
    scenario::{self, link},
};
use plimsoll_model::{explore::flips, inputs::Inputs};
use plimsoll_wording::{
    difference::{Difference, differences},
    export::{
        self,
        manifests::{Target, manifests},
        markdown::Cover,
    },
};

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

const FORMS: [Form; 9] = [
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
                let of = |inputs: &_| {
                    let bills = |book: &_| export::csv::bills(&assessment.comparison, inputs, book);
                    calculator.book.with(bills)
                };
                calculator.inputs.with(of)
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
                        let flips = flips::within(inputs, book, flips::SOON);
                        with_columns(calculator, |columns| {
                            decision::record(&cover, inputs, assessment, book, &flips, columns)
                        })
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
            let curves = all_curves(calculator);
            svg::chart_svg(&curves, "Cost against requests", &Theme::light(), WIDE)
        },
    },
    Form {
        id: "prices",
        name: "The price book with your prices (CSV)",
        file: "plimsoll-prices.csv",
        make: |calculator| calculator.book.with(|book| book.write(&book.in_force())),
    },
    Form {
        id: "kubernetes",
        name: "First manifests (Kubernetes YAML)",
        file: "plimsoll-kubernetes.yaml",
        make: |calculator| first_manifests(calculator, Target::Kubernetes),
    },
    Form {
        id: "cloud-run",
        name: "First manifests (Cloud Run YAML)",
        file: "plimsoll-cloud-run.yaml",
        make: |calculator| first_manifests(calculator, Target::CloudRun),
    },
];

fn first_manifests(calculator: Calculator, target: Target) -> String {
    let made = |inputs: &Inputs| manifests(inputs, target);
    calculator.inputs.with(made)
}

/// The address of what is on the page.
pub(super) fn address(calculator: Calculator) -> Memo<String> {
    Memo::new(move |_| {
        let beside = calculator.beside.get();
        let fragment = calculator.book.with(|book| {
            calculator
                .inputs
                .with(|inputs| link::write_beside(inputs, book.day(), &beside))
        });
        [&page::bare_address(), "#", &fragment].concat()
    })
}

/// The way from a frame to the whole page.
#[component]
pub(crate) fn FullVersion() -> impl IntoView {
    let address = address(Calculator::from_context().debounced());
    view! {
        <section class="share" aria-label="The full version">
            <p>
                <a href=move || address.get() target="_blank" rel="noopener">
                    "Open the full version with these numbers"
                </a>
            </p>
            <details>
                <summary>"The link as text"</summary>
                <Copied id=LINK label="Link" text=address />
            </details>
        </section>
    }
}

/// On paper alone: which inputs differ from the defaults, and the link that opens the page with them.
#[component]
pub(crate) fn OnPaper() -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
    let address = address(calculator);
    let inputs = move || {
        let found = calculator
            .inputs
            .with(|inputs| differences(&Inputs::default(), inputs));
        let item = |one: Difference| view! { <li>{[one.label, ": ", &one.b].concat()}</li> };
        found.into_iter().map(item).collect_view()
    };
    view! {
        <section class="on-paper" aria-label="These numbers">
            <h2>"Inputs that are not the defaults"</h2>
            <ul class="plain">{inputs}</ul>
            <p>{move || address.get()}</p>
        </section>
    }
}

/// The link, and everything else as a text of the form that is chosen.
#[component]
pub(crate) fn SharePanel() -> impl IntoView {
    let address = address(Calculator::from_context().debounced());
    view! {
        <section class="share" aria-labelledby="share-title">
            <h2 id="share-title">"Share"</h2>
            <Copied id=LINK label="Link" text=address />
            <Files />
        </section>
    }
}

#[component]
fn Files() -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
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
    let options = FORMS
        .iter()
        .map(|form| view! { <option value=form.id>{form.name}</option> }.into_any())
        .collect_view();
    let open: Box<dyn FnMut(Event)> = Box::new(move |_| opened.set(true));
    let choose = move |id: String| {
        let place = FORMS.iter().position(|form| form.id == id);
        form.set(place.unwrap_or_default());
    };
    view! {
        <details id="export" on:toggle=open>
            <summary>"As a file"</summary>
            <div class="field stacked">
                <label for="share-form">"What"</label>
                <select id="share-form" on:change=entered(choose)>
                    {options}
                </select>
            </div>
            <Copied id=TEXT label="As text" text=made file />
        </details>
    }
}

/// A text to be copied, by a button or by hand, or to be saved under the name of a file.
#[component]
pub(super) fn Copied(
    id: &'static str,
    label: &'static str,
    text: Memo<String>,
    #[prop(optional)] file: Option<Signal<String>>,
) -> impl IntoView {
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
        view! {
            <a download=move || file.get() href=move || text.with(|text| data_url(text))>
                "Save as a file"
            </a>
        }
        .into_any()
    });
    view! {
        <div class="field stacked">
            <label for=id>{label}</label>
            <textarea
                id=id
                rows="3"
                readonly=true
                prop:value=move || text.get()
                on:focus=move |_| page::select_all(id)
            ></textarea>
            <p class="actions">
                <button type="button" on:click=press(copy)>"Copy"</button>
                {save}
                <span class="note" role="status">{message}</span>
            </p>
        </div>
    }
}

/// A text as an address that can be saved.
fn data_url(text: &str) -> String {
    ["data:application/octet-stream,", &percent::encoded(text)].concat()
}
