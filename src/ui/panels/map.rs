//! The map: who wins over any two inputs, where the user stands on it, and where growth takes them.

use super::super::{
    kit::{
        chart_canvas::{Names, chart_canvas},
        chart_table::chart_table,
        events::heard,
    },
    slices::Slices,
    state::Calculator,
};
use crate::web::sight;
use leptos::{html::Div, prelude::*};
use plimsoll_chart::{
    Chart,
    map::{KEYS, WhoWins},
};
use plimsoll_model::{
    explore::map::{Map, is_axis},
    inputs::{FIELDS, Field, Inputs, at},
};
use std::sync::Arc;

const NAMES: Names = Names {
    class: "map",
    title: "map-title",
    label: "The map",
};

/// The two inputs that it is of.
type Axes = [RwSignal<&'static str>; 2];

/// The map, worked out while it is in sight.
#[component]
pub(crate) fn MapPanel() -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
    let axes: Axes = [
        RwSignal::new(at::http::requests_per_month.path),
        RwSignal::new(at::team::engineers.path),
    ];
    let shown = RwSignal::new(None::<Arc<dyn Chart>>);
    let place: NodeRef<Div> = NodeRef::new();
    let seen = sight::of(place);
    follow(calculator, axes, seen, shown);
    let reading = move || shown.with(|chart| chart.as_ref().map(|chart| chart.reading()));
    let keys = KEYS.map(|key| view! { <li>{key}</li> });
    view! {
        <section aria-labelledby=NAMES.title>
            <h2 id=NAMES.title>"The map: who wins where"</h2>
            <div class="chart group" id="map" node_ref=place>
                <p class="headline">{reading}</p>
                <div class="line">
                    {choice("map-x", "Across", axes[0], axes[1])}
                    {choice("map-y", "Upward", axes[1], axes[0])}
                </div>
                {chart_canvas(NAMES, shown.into())}
                <ul class="legend water">{keys.into_iter().collect_view()}</ul>
                {chart_table("map-table", NAMES.title, shown.into())}
            </div>
        </section>
    }
}

/// A choice of the input of an axis; what the other one has can't be chosen.
fn choice(
    id: &'static str,
    label: &'static str,
    axis: RwSignal<&'static str>,
    other: RwSignal<&'static str>,
) -> impl IntoView {
    let options = FIELDS.iter().filter(|field| is_axis(field)).map(|field| {
        view! {
            <option
                value=field.path
                selected=move || axis.get() == field.path
                disabled=move || other.get() == field.path
            >
                {field.label}
            </option>
        }
    });
    let take = move |event| {
        if let Some(field) = Field::find(&event_target_value(&event)) {
            axis.set(field.path);
        }
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select id=id on:change=heard(take)>
                {options.collect_view()}
            </select>
        </div>
    }
}

/// Works it out anew, in slices, whenever what it is of has changed and it is in sight: its first shape is shown at once.
fn follow(
    calculator: Calculator,
    axes: Axes,
    seen: RwSignal<bool>,
    shown: RwSignal<Option<Arc<dyn Chart>>>,
) {
    let slices = Slices::new();
    // What is shown is of these: it stays as it is when it comes into sight again. Prices are among the inputs.
    let done = StoredValue::new(None::<(Inputs, [&str; 2])>);
    Effect::new(move |_| {
        if !seen.get() {
            return slices.stop();
        }
        let inputs = calculator.inputs.get();
        let names = axes.map(|axis| axis.get());
        let key = (inputs.clone(), names);
        if done.with_value(|done| done.as_ref() == Some(&key)) {
            return slices.stop();
        }
        let [x, y] = names.map(Field::by_path);
        let Some(mut map) = Map::new(&inputs, x, y) else {
            return shown.set(None);
        };
        let mut has_shape = false;
        slices.begin(move || {
            let more = calculator
                .book
                .with_untracked(|book| map.step(&inputs, book));
            if !more || (map.first_shape() && !has_shape) {
                has_shape = true;
                shown.set(Some(Arc::new(WhoWins { map: map.clone() })));
            }
            if !more {
                done.set_value(Some(key.clone()));
            }
            more
        });
    });
}
