//! What each platform promises: in a table, and for the one whose bill is shown thing by thing, each with its page.

use super::super::{
    kit::{fold::Section, link_out::LinkOut, scrolled::Scrolled},
    state::Calculator,
};
use leptos::prelude::*;
use plimsoll_model::platform::Platform;
use plimsoll_wording::promises::{self, COLUMNS, Told};

/// The promises, made when they are opened.
#[component]
pub(crate) fn PromisesPanel() -> impl IntoView {
    view! {
        <Section
            id="promises"
            label="SLA, scaling, attestations, support, outages"
            title="Promises"
        >
            <p class="note">
                "An SLA pays back a part of the fee, on request; it says nothing of how often a platform fails. What nobody \
                has read is not known: it excludes nothing and breaks no tie. The weakest part counts, the Kubernetes API \
                included."
            </p>
            <Scrolled title="promises-title">
                <AllPromises />
            </Scrolled>
            <ItsPromises />
        </Section>
    }
}

/// What each platform promises, the cheapest first.
#[component]
fn AllPromises() -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
    // Of everything else nothing of it depends.
    let ranked = Memo::new(move |_| {
        let ranked = calculator
            .assessment
            .with(|assessment| assessment.comparison.ranked.clone());
        calculator.inputs.with(|inputs| {
            ranked
                .into_iter()
                .map(|platform| (platform, promises::cells(platform, inputs)))
                .collect::<Vec<_>>()
        })
    });
    let rows = move || {
        ranked.with(|ranked| {
            let row = |(platform, cells): &(Platform, [String; COLUMNS.len()])| {
                let cells: Vec<_> = cells
                    .iter()
                    .map(|cell| view! { <td>{cell.clone()}</td> }.into_any())
                    .collect();
                view! {
                    <tr data-platform=platform.id()>
                        <th scope="row">{platform.name()}</th>
                        {cells}
                    </tr>
                }
                .into_any()
            };
            ranked.iter().map(row).collect_view()
        })
    };
    view! {
        <table class="sources">
            <thead>
                <tr>
                    <th scope="col">"Platform"</th>
                    {COLUMNS
                        .into_iter()
                        .map(|column| view! { <th scope="col">{column}</th> }.into_any())
                        .collect_view()}
                </tr>
            </thead>
            <tbody>{move || rows()}</tbody>
        </table>
    }
}

/// What the platform promises whose bill is shown.
#[component]
fn ItsPromises() -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
    let shown = Memo::new(move |_| calculator.shown());
    let details = move || {
        let platform = shown.get()?;
        let items = promises::all(platform).into_iter().map(item);
        let details = view! {
            <h3>{["What ", platform.name(), " promises"].concat()}</h3>
            <ul class="plain">{items.collect_view()}</ul>
        };
        Some(details.into_any())
    };
    view! { <div>{move || details()}</div> }
}

fn item(told: Told) -> AnyView {
    let source = told.confidence.map(|confidence| {
        let text = [told.read, ", ", confidence.id(), " confidence"].concat();
        view! {
            <span class="source">
                <LinkOut href=told.page text />
            </span>
        }
        .into_any()
    });
    view! { <li>{[told.what, ": ", &told.text, " "].concat()} {source}</li> }.into_any()
}
