//! What the controls of an input have in common: its element, its label, its frame, and reading what was typed.

use super::super::{
    html::{Html, button, classed, html},
    state::Calculator,
};
use leptos::prelude::*;
use plimsoll_model::inputs::{Between, Field, Inputs};
use plimsoll_wording::format;

/// The id of an input's element.
pub(crate) fn id_of(field: &Field) -> String {
    field.path.replace('.', "-")
}

/// An element that the user changes, unless the input is locked.
pub(super) fn entry(name: &'static str, field: &Field, calculator: Calculator) -> Html {
    unnamed_entry(name, field, calculator).is("id", &id_of(field))
}

/// An entry without the id that the label names.
pub(super) fn unnamed_entry(name: &'static str, field: &Field, calculator: Calculator) -> Html {
    html(name).flag("disabled", calculator.is_locked(field.path))
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
    class: &str,
    name: &'static str,
    field: &'static Field,
    calculator: Calculator,
    clear: impl Fn() + Send + Sync + Copy + 'static,
) -> Html {
    let own = Memo::new(move |_| calculator.is_own(field));
    let back = move || {
        own.get().then(|| {
            button("Reset", move || {
                clear();
                calculator.reset(field);
            })
            .is("class", "reset")
            .is("aria-label", &format!("Reset {name}"))
        })
    };
    html("div")
        .is("class", class)
        .now_flag("data-own", move || own.get())
        .shows(back)
}

/// The name of a field.
pub(super) fn name_of(field: &Field) -> Html {
    html("label").is("for", &id_of(field)).has(field.label)
}

/// What is wrong with what was typed, or what was changed for the user.
pub(super) fn message(field: &Field, text: impl FnMut() -> String + Send + 'static) -> Html {
    classed("p", "message")
        .is("id", &format!("{}-message", id_of(field)))
        .is("role", "alert")
        .says(text)
}
