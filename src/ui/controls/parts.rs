//! What the controls of an input have in common: its label, its frame, and reading what was typed.

use super::super::{kit::events::press, state::Calculator};
use crate::web::IN_BROWSER;
use leptos::prelude::*;
use plimsoll_model::inputs::{Between, Field, Inputs, Range};
use plimsoll_wording::format;

/// The id of an input's element.
pub(crate) fn id_of(field: &Field) -> String {
    field.path.replace('.', "-")
}

/// A number as it stands in its field, or its range, if it has one; nothing where it is left open.
pub(super) fn written(x: Option<f64>, between: Option<&Between>) -> String {
    match between {
        Some(between) => format::editable_ends(between),
        None => x.map_or(String::new(), format::editable),
    }
}

/// What stands in the field of an input.
pub(super) fn written_of(field: &Field, inputs: &Inputs) -> String {
    written(field.number(inputs), inputs.between(field.path))
}

/// The range that was typed for a number.
pub(super) fn between(text: &str, field: &Field) -> Option<Between> {
    let (low, high) = format::parse_ends(text, field.range()?.unit)?;
    Between::new(field, low, high)
}

/// Takes what was typed for a number at once, a range too, and says why it can't be used otherwise.
pub(super) fn take(text: &str, field: &'static Field, calculator: Calculator) -> String {
    let Some(range) = field.range() else {
        return String::new();
    };
    if let Some(between) = between(text, field) {
        calculator.set_between(between);
    } else if let Some(x) = format::parse_quantity(text, range.unit).filter(|x| range.contains(*x))
    {
        calculator.change(Vec::new(), |inputs| field.set_number(inputs, x));
    } else {
        return format::refused(text, &format::allowed(range));
    }
    calculator.end_step();
    String::new()
}

/// The frame of a control: it looks assumed until the user sets it, and then offers the way back.
/// `name` is that of the field; `clear` takes away what was typed and not understood.
pub(super) fn framed(
    class: &'static str,
    name: &'static str,
    field: &'static Field,
    calculator: Calculator,
    clear: Callback<()>,
    parts: AnyView,
) -> AnyView {
    let own = Memo::new(move |_| calculator.is_own(field));
    let reset = move || {
        clear.run(());
        calculator.reset(field);
    };
    let back = move || {
        own.get().then(|| {
            let label = format!("Reset {name}");
            view! {
                <button type="button" class="reset" aria-label=label on:click=press(reset)>
                    "\u{21ba}"
                </button>
            }
        })
    };
    view! {
        <div class=class data-own=move || own.get().then_some("")>
            {back}
            {parts}
        </div>
    }
    .into_any()
}

/// Nothing was typed that could be taken away.
pub(super) fn nothing_typed() -> Callback<()> {
    Callback::new(|()| ())
}

/// The name of a field.
pub(super) fn name_of(field: &'static Field) -> AnyView {
    view! { <label for=id_of(field)>{field.label}</label> }.into_any()
}

/// A field to type in, with the unit of its number; unseen where its name says it.
pub(super) fn typed(entry: AnyView, field: &Field, range: &Range) -> AnyView {
    let first = range
        .unit
        .split(' ')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let said = range.whole || (!first.is_empty() && field.label.to_lowercase().contains(&first));
    view! {
        <span class="typed">
            {entry} <span class="unit" class:said=said>{range.unit}</span>
        </span>
    }
    .into_any()
}

/// What an element has as a property, as its attribute: the start of the page has no properties.
pub(super) fn at_start<T>(now: impl FnOnce() -> T) -> Option<T> {
    (!IN_BROWSER).then(now)
}

/// The id of the message beside a field.
pub(super) fn message_id(field: &Field) -> String {
    format!("{}-message", id_of(field))
}

/// What is wrong with what was typed, or what was changed for the user.
pub(super) fn message(field: &Field, text: Signal<String>) -> AnyView {
    view! {
        <p class="message" id=message_id(field) role="alert">
            {text}
        </p>
    }
    .into_any()
}
