//! The inputs: the few that matter most first, the others behind a fold.

use super::{
    super::{
        controls::control,
        html::{Html, all, classed, fold, html, note, now},
        state::Calculator,
    },
    environments::environments,
    traffic::own_week,
};
use crate::model::{
    inputs::{FIELDS, Field},
    presets::{PRESETS, Preset},
};
use leptos::prelude::*;

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
pub(crate) fn inputs_panel(calculator: Calculator) -> Html {
    let first = FIRST.map(|path| control(Field::at(path), calculator));
    let others: Vec<Html> = FIELDS
        .iter()
        .filter(|field| !FIRST.contains(&field.path))
        .map(|field| control(field, calculator))
        .collect();
    let locked = calculator.site.with_value(|site| !site.locked.is_empty());
    classed("section", "inputs")
        .is("aria-labelledby", "inputs-title")
        .has(
            html("h2")
                .is("id", "inputs-title")
                .has("Your workload and your team"),
        )
        .has(locked.then(|| note("What is greyed out is set by this page.")))
        .has(situations(calculator))
        .has(first)
        .has(
            fold("More inputs")
                .has(others)
                .has(environments(calculator)),
        )
        .has(own_week(calculator))
        .has(
            classed("p", "note")
                .is("id", "storage-notice")
                .is("role", "status")
                .says(move || calculator.storage_notice.get().unwrap_or_default()),
        )
}

/// The worked situations to start from, and what the article says of the one that is set.
fn situations(calculator: Calculator) -> AnyView {
    let set = Memo::new(move |_| {
        calculator
            .inputs
            .with(|inputs| PRESETS.iter().position(|preset| preset.inputs() == *inputs))
    });
    let take = move |id: String| {
        if let Some(preset) = Preset::find(&id) {
            calculator.change(Vec::new(), |inputs| *inputs = preset.inputs());
        }
    };
    let claim = move || {
        set.get().map(|n| {
            let preset = &PRESETS[n];
            [
                note(["The article: ", preset.claim]),
                note(preset.difference),
            ]
        })
    };
    let own = html("option")
        .is("value", "")
        .now_flag("selected", move || set.get().is_none())
        .has("Your own");
    let options: Vec<Html> = PRESETS
        .iter()
        .enumerate()
        .map(|(n, preset)| {
            html("option")
                .is("value", preset.id)
                .now_flag("selected", move || set.get() == Some(n))
                .has(preset.name)
        })
        .collect();
    let field = classed("div", "field stacked")
        .has(
            html("label")
                .is("for", "situation")
                .has("Start from a situation"),
        )
        .has(
            html("select")
                .is("id", "situation")
                .on_value("change", take)
                .has(own)
                .has(options),
        );
    all([all(field), now(claim)])
}
