//! The inputs: the few that matter most first, the others behind a fold.

use super::{
    super::{controls::Control, state::Calculator},
    environments::Environments,
    traffic::OwnWeek,
};
use crate::model::{
    inputs::{FIELDS, Field},
    presets::{PRESETS, Preset},
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The inputs that stand open.
const FIRST: [&str; 7] = [
    "http.requests_per_month",
    "traffic.shape",
    "http.latency_ms",
    "services",
    "team.engineers",
    "team.rate_usd_per_hour",
    "region",
];

/// All inputs.
#[component]
pub(crate) fn InputsPanel() -> impl IntoView {
    let calculator = expect_context::<Calculator>();
    let first = FIRST.map(Field::at);
    let others = FIELDS.iter().filter(|field| !FIRST.contains(&field.path));
    view! {
        <section class="inputs" aria-labelledby="inputs-title">
            <h2 id="inputs-title">"Your workload and your team"</h2>
            {calculator
                .site
                .with_value(|site| !site.locked.is_empty())
                .then(|| view! { <p class="note">"What is greyed out is set by this page."</p> })}
            <Situations />
            {first.into_iter().map(|field| view! { <Control field /> }).collect_view()}
            <details>
                <summary>"More inputs"</summary>
                {others.map(|field| view! { <Control field /> }).collect_view()}
                <Environments />
            </details>
            <OwnWeek />
            <p class="note" id="storage-notice" role="status">{move || calculator.storage_notice.get()}</p>
        </section>
    }
}

/// The worked situations to start from, and what the article says of the one that is set.
#[component]
fn Situations() -> impl IntoView {
    let calculator = expect_context::<Calculator>();
    let set = Memo::new(move |_| {
        calculator
            .inputs
            .with(|inputs| PRESETS.iter().position(|preset| preset.inputs() == *inputs))
    });
    let take = move |id: String| {
        if let Some(preset) = Preset::find(&id) {
            calculator.change(BTreeMap::new(), |inputs| *inputs = preset.inputs());
        }
    };
    let claim = move || {
        set.get().map(|n| {
            let preset = &PRESETS[n];
            view! {
                <p class="note">"The article: "{preset.claim}</p>
                <p class="note">{preset.difference}</p>
            }
        })
    };
    view! {
        <div class="field stacked">
            <label for="situation">"Start from a situation"</label>
            <select id="situation" on:change=move |event| take(event_target_value(&event))>
                <option value="" selected=move || set.get().is_none()>"Your own"</option>
                {PRESETS
                    .iter()
                    .enumerate()
                    .map(|(n, preset)| {
                        view! { <option value=preset.id selected=move || set.get() == Some(n)>{preset.name}</option> }
                    })
                    .collect_view()}
            </select>
        </div>
        {claim}
    }
}
