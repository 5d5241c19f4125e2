//! Controls: a slider and a typed field in one, a switch, a choice. They know an input, not the page.

mod number;
mod track;

use super::state::Calculator;
use crate::model::inputs::{Field, Kind};
use leptos::prelude::*;
use number::NumberControl;
use std::collections::BTreeMap;

/// The id of an input's element.
fn id_of(field: &Field) -> String {
    field.path.replace('.', "-")
}

/// The control that suits an input.
#[component]
pub(crate) fn Control(
    /// The input.
    field: &'static Field,
) -> AnyView {
    match field.kind {
        Kind::Number { .. } => view! { <NumberControl field /> }.into_any(),
        Kind::Optional { .. } => view! { <OptionalControl field /> }.into_any(),
        Kind::Flag { get, set } => view! { <Switch field get set /> }.into_any(),
        Kind::Choice { options, get, set } => view! { <Choice field options get set /> }.into_any(),
    }
}

#[component]
fn Switch(
    field: &'static Field,
    get: fn(&crate::model::inputs::Inputs) -> bool,
    set: fn(&mut crate::model::inputs::Inputs, bool),
) -> impl IntoView {
    let calculator = expect_context::<Calculator>();
    let on = move || calculator.inputs.with(get);
    view! {
        <label class="switch">
            <input
                type="checkbox"
                disabled=calculator.is_locked(field.path)
                prop:checked=on
                on:change=move |event| {
                    let on = event_target_checked(&event);
                    calculator.change(BTreeMap::new(), |inputs| set(inputs, on));
                }
            />
            {field.label}
        </label>
    }
}

#[component]
fn Choice(
    field: &'static Field,
    options: &'static [(&'static str, &'static str)],
    get: fn(&crate::model::inputs::Inputs) -> usize,
    set: fn(&mut crate::model::inputs::Inputs, usize),
) -> impl IntoView {
    let calculator = expect_context::<Calculator>();
    let place = move || calculator.inputs.with(get);
    // Long options get a line of their own.
    let long = options.iter().any(|(_, label)| label.len() > 16);
    let class = if long { "field stacked" } else { "field" };
    let id = id_of(field);
    view! {
        <div class=class>
            <label for=id.clone()>{field.label}</label>
            <select
                id=id
                disabled=calculator.is_locked(field.path)
                on:change=move |event| {
                    let name = event_target_value(&event);
                    if let Some(place) = options.iter().position(|(option, _)| *option == name) {
                        calculator.change(BTreeMap::new(), |inputs| set(inputs, place));
                    }
                }
                prop:value=move || options[place()].0
            >
                {options
                    .iter()
                    .enumerate()
                    .map(|(n, (name, label))| {
                        view! { <option value=*name selected=move || place() == n>{*label}</option> }
                    })
                    .collect_view()}
            </select>
        </div>
    }
}

/// A number that may be left open: empty means that it is estimated.
#[component]
fn OptionalControl(field: &'static Field) -> impl IntoView {
    let calculator = expect_context::<Calculator>();
    let Kind::Optional {
        open,
        range,
        get,
        set,
    } = field.kind
    else {
        return ().into_any();
    };
    let message = RwSignal::new(String::new());
    let id = id_of(field);
    let text = move || {
        calculator
            .inputs
            .with(get)
            .map_or(String::new(), crate::format::editable)
    };
    let take = move |text: String| {
        let wanted = match crate::format::parse_number(&text) {
            _ if text.trim().is_empty() => None,
            Some(x) if range.contains(x) => Some(x),
            _ => {
                message.set(format!(
                    "\u{201c}{text}\u{201d} can't be used; leave it empty, or {}.",
                    crate::format::allowed(&range)
                ));
                return;
            }
        };
        message.set(String::new());
        calculator.change(BTreeMap::new(), |inputs| set(inputs, wanted));
    };
    view! {
        <div class="field">
            <label for=id.clone()>{field.label}</label>
            <span class="typed">
                <input
                    id=id
                    type="text"
                    disabled=calculator.is_locked(field.path)
                    inputmode="decimal"
                    placeholder=open.unwrap_or("estimated")
                    prop:value=text
                    on:change=move |event| take(event_target_value(&event))
                />
                <span class="unit">{range.unit}</span>
            </span>
            <p class="message" role="alert">{message}</p>
        </div>
    }
    .into_any()
}
