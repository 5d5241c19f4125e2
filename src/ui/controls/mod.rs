//! Controls: a slider and a typed field in one, a switch, a choice. They know an input, not the page.

mod number;
mod parts;
pub(crate) mod track;

use super::{kit::events::heard, state::Calculator};
use leptos::{ev::Event, prelude::*};
use number::{hours_control, number_control};
pub(crate) use parts::id_of;
use parts::{
    at_start, framed, message, message_id, name_of, nothing_typed, take, typed, written_of,
};
use plimsoll_model::inputs::{Field, Inputs, Kind, Range, Topic, at};

/// The options of a choice: name in files, label on the page.
type Options = &'static [(&'static str, &'static str)];

/// The control that suits an input.
pub(crate) fn control(field: &'static Field, calculator: Calculator) -> AnyView {
    match field.kind {
        Kind::Number { range, get, .. } => number_control(field, range, get, calculator),
        Kind::Optional { .. } if field.path == at::team::ops_hours_per_week::kubernetes.path => {
            hours_control(field, calculator)
        }
        Kind::Optional {
            open, range, set, ..
        } => optional(field, open, range, set, calculator),
        Kind::Flag { get, set } => switch(field, get, set, calculator),
        Kind::Choice { options, get, set } => choice(field, options, get, set, calculator),
        Kind::Set { options, get, set } => several(field, options, get, set, calculator),
    }
}

fn switch(
    field: &'static Field,
    get: fn(&Inputs) -> bool,
    set: fn(&mut Inputs, bool),
    calculator: Calculator,
) -> AnyView {
    let change = move |event| {
        let on = event_target_checked(&event);
        calculator.change_field(field, |inputs| set(inputs, on));
    };
    let now = Memo::new(move |_| {
        calculator
            .inputs
            .with(|inputs| calculator.value(field, inputs, get))
    });
    let parts = view! {
        <label>
            <input
                id=id_of(field)
                type="checkbox"
                disabled=calculator.is_locked(field.path)
                checked=at_start(|| now.get_untracked())
                prop:checked=now
                on:change=heard(change)
            />
            {field.label}
        </label>
    };
    framed(
        "field switch",
        field.label,
        field,
        calculator,
        nothing_typed(),
        parts.into_any(),
    )
}

fn choice(
    field: &'static Field,
    options: Options,
    get: fn(&Inputs) -> usize,
    set: fn(&mut Inputs, usize),
    calculator: Calculator,
) -> AnyView {
    let now = Memo::new(move |_| {
        calculator
            .inputs
            .with(|inputs| calculator.value(field, inputs, get))
    });
    let place = move || now.get();
    // Long options get a line of their own.
    let long = options.iter().any(|(_, label)| label.len() > 16);
    let class = if long { "field stacked" } else { "field" };
    let entries = options.iter().enumerate().map(|(n, (name, label))| {
        view! {
            <option value=*name selected=move || place() == n>
                {*label}
            </option>
        }
    });
    let change = move |event| {
        let name = event_target_value(&event);
        if let Some(place) = options.iter().position(|(option, _)| *option == name) {
            calculator.change_field(field, |inputs| set(inputs, place));
        }
    };
    let parts = view! {
        {name_of(field)}
        <select
            id=id_of(field)
            disabled=calculator.is_locked(field.path)
            on:change=heard(change)
            prop:value=move || options[place()].0
        >
            {entries.collect_view()}
        </select>
    };
    framed(
        class,
        field.label,
        field,
        calculator,
        nothing_typed(),
        parts.into_any(),
    )
}

/// Some of several, at least one: the last one that is left can't be taken away.
fn several(
    field: &'static Field,
    options: Options,
    get: fn(&Inputs) -> u32,
    set: fn(&mut Inputs, u32),
    calculator: Calculator,
) -> AnyView {
    let now = Memo::new(move |_| calculator.inputs.with(get));
    let bits = move || now.get();
    let boxes = options.iter().enumerate().map(|(place, (name, label))| {
        let bit = 1 << place;
        let change = move |event| {
            let on = event_target_checked(&event);
            calculator.change(Vec::new(), |inputs| {
                let others = get(inputs) & !bit;
                set(inputs, if on { others | bit } else { others });
            });
        };
        view! {
            <label>
                <input
                    id=format!("{}-{name}", id_of(field))
                    type="checkbox"
                    checked=at_start(|| bits() & bit != 0)
                    prop:checked=move || bits() & bit != 0
                    disabled=move || calculator.is_locked(field.path) || bits() == bit
                    on:change=heard(change)
                />
                {*label}
            </label>
        }
    });
    let name = format!("{}-name", id_of(field));
    let parts = view! {
        <span class="name" id=name.clone()>
            {field.label}
        </span>
        <div class="options" role="group" aria-labelledby=name>
            {boxes.collect_view()}
        </div>
    };
    framed(
        "field several",
        field.label,
        field,
        calculator,
        nothing_typed(),
        parts.into_any(),
    )
}

/// A number that may be left open: empty means that it is estimated.
fn optional(
    field: &'static Field,
    open: Option<&'static str>,
    range: Range,
    set: fn(&mut Inputs, Option<f64>),
    calculator: Calculator,
) -> AnyView {
    let refusal = RwSignal::new(String::new());
    let take = move |event| {
        let text = event_target_value(&event);
        refusal.set(if text.trim().is_empty() {
            calculator.change(Vec::new(), |inputs| {
                field.forget_range(inputs);
                set(inputs, None);
            });
            String::new()
        } else {
            take(&text, field, calculator)
        });
    };
    let placeholder = open.unwrap_or(left_open(field));
    let entry = open_entry(field, move || placeholder.to_owned(), take, calculator);
    let parts = view! {
        {name_of(field)}
        {typed(entry, field, &range)}
        {message(field, refusal.into())}
    };
    let clear = Callback::new(move |()| refusal.set(String::new()));
    framed(
        "field",
        field.label,
        field,
        calculator,
        clear,
        parts.into_any(),
    )
}

/// Where a number is typed that may be left open; `placeholder` says what it is then.
fn open_entry(
    field: &'static Field,
    placeholder: impl Fn() -> String + Send + 'static,
    take: impl FnMut(Event) + 'static,
    calculator: Calculator,
) -> AnyView {
    view! {
        <input
            id=id_of(field)
            disabled=calculator.is_locked(field.path)
            type="text"
            autocomplete="off"
            aria-describedby=message_id(field)
            placeholder=placeholder
            prop:value=move || calculator.inputs.with(|inputs| written_of(field, inputs))
            on:change=heard(take)
        />
    }
    .into_any()
}

/// A number in a table: the field alone, named by its label, with the way back. `id` is that of its element, where it is the one
/// that links lead to.
pub(crate) fn bare_number(
    field: &'static Field,
    id: Option<String>,
    calculator: Calculator,
) -> AnyView {
    let Some(range) = field.range() else {
        return ().into_any();
    };
    let name = field.label;
    let refusal = RwSignal::new(String::new());
    let take = move |event| refusal.set(take(&event_target_value(&event), field, calculator));
    let message = id.as_ref().map(|_| message_id(field));
    let entry = view! {
        <input
            id=id
            disabled=calculator.is_locked(field.path)
            type="text"
            autocomplete="off"
            aria-label=name
            aria-describedby=message.clone()
            prop:value=move || calculator.inputs.with(|inputs| written_of(field, inputs))
            on:change=heard(take)
        />
    };
    let parts = view! {
        {typed(entry.into_any(), field, range)}
        <p class="message" id=message role="alert">
            {refusal}
        </p>
    };
    let clear = Callback::new(move |()| refusal.set(String::new()));
    framed("field", name, field, calculator, clear, parts.into_any())
}

/// What a number is that nobody gave.
fn left_open(field: &Field) -> &'static str {
    match field.topic {
        Topic::Invoice => "not known",
        Topic::Counted => "none",
        _ => "estimated",
    }
}
