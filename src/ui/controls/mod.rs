//! Controls: a slider and a typed field in one, a switch, a choice. They know an input, not the page.

mod number;
pub(crate) mod track;

use super::{
    html::{Html, all, button, classed, html},
    state::Calculator,
};
use leptos::prelude::*;
use number::number_control;
use plimsoll_model::inputs::{Between, Field, Inputs, Kind, Range};
use plimsoll_wording::format;

/// The id of an input's element.
pub(crate) fn id_of(field: &Field) -> String {
    field.path.replace('.', "-")
}

/// The control that suits an input.
pub(crate) fn control(field: &'static Field, calculator: Calculator) -> AnyView {
    all(match field.kind {
        Kind::Number { range, get, .. } => number_control(field, range, get, calculator),
        Kind::Optional {
            open, range, set, ..
        } => optional(field, open, range, set, calculator),
        Kind::Flag { get, set } => switch(field, get, set, calculator),
        Kind::Choice { options, get, set } => choice(field, options, get, set, calculator),
    })
}

/// An element that the user changes, unless the input is locked.
fn entry(name: &'static str, field: &Field, calculator: Calculator) -> Html {
    unnamed_entry(name, field, calculator).is("id", &id_of(field))
}

/// The same without the id that the label names.
fn unnamed_entry(name: &'static str, field: &Field, calculator: Calculator) -> Html {
    html(name).flag("disabled", calculator.is_locked(field.path))
}

/// A number as it stands in its field, or its range, if it has one; nothing where it is left open.
fn written(x: Option<f64>, between: Option<&Between>) -> String {
    match between {
        Some(between) => format::editable_ends(between),
        None => x.map_or(String::new(), format::editable),
    }
}

/// The same of an input.
fn written_of(field: &Field, inputs: &Inputs) -> String {
    written(field.number(inputs), inputs.between(field.path))
}

/// The range that was typed for a number.
fn between(text: &str, field: &Field) -> Option<Between> {
    let (low, high) = format::parse_ends(text, field.range()?.unit)?;
    Between::new(field, low, high)
}

/// Takes what was typed for a number at once, a range too, and says why it can't be used otherwise.
fn take(text: &str, field: &'static Field, calculator: Calculator) -> String {
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
fn framed(
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
fn name_of(field: &Field) -> Html {
    html("label").is("for", &id_of(field)).has(field.label)
}

/// What is wrong with what was typed, or what was changed for the user.
fn message(field: &Field, text: impl FnMut() -> String + Send + 'static) -> Html {
    classed("p", "message")
        .is("id", &format!("{}-message", id_of(field)))
        .is("role", "alert")
        .says(text)
}

fn switch(
    field: &'static Field,
    get: fn(&Inputs) -> bool,
    set: fn(&mut Inputs, bool),
    calculator: Calculator,
) -> Html {
    let entry = entry("input", field, calculator)
        .is("type", "checkbox")
        .checked(move || calculator.inputs.with(get))
        .on("change", move |event| {
            let on = event_target_checked(&event);
            calculator.change(Vec::new(), |inputs| set(inputs, on));
        });
    framed("field switch", field.label, field, calculator, || {})
        .has(html("label").has(entry).has(field.label))
}

fn choice(
    field: &'static Field,
    options: &'static [(&'static str, &'static str)],
    get: fn(&Inputs) -> usize,
    set: fn(&mut Inputs, usize),
    calculator: Calculator,
) -> Html {
    let place = move || calculator.inputs.with(get);
    // Long options get a line of their own.
    let long = options.iter().any(|(_, label)| label.len() > 16);
    let class = if long { "field stacked" } else { "field" };
    let entries: Vec<Html> = options
        .iter()
        .enumerate()
        .map(|(n, (name, label))| {
            html("option")
                .is("value", name)
                .now_flag("selected", move || place() == n)
                .has(*label)
        })
        .collect();
    let entry = entry("select", field, calculator)
        .on_value("change", move |name| {
            if let Some(place) = options.iter().position(|(option, _)| *option == name) {
                calculator.change(Vec::new(), |inputs| set(inputs, place));
            }
        })
        .value(move || options[place()].0.to_owned())
        .has(entries);
    framed(class, field.label, field, calculator, || {})
        .has(name_of(field))
        .has(entry)
}

/// A number that may be left open: empty means that it is estimated.
fn optional(
    field: &'static Field,
    open: Option<&'static str>,
    range: Range,
    set: fn(&mut Inputs, Option<f64>),
    calculator: Calculator,
) -> Html {
    let refusal = RwSignal::new(String::new());
    let take = move |text: String| {
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
    let entry = entry("input", field, calculator)
        .is("type", "text")
        .is("autocomplete", "off")
        .is("aria-describedby", &format!("{}-message", id_of(field)))
        .is("placeholder", open.unwrap_or("estimated"))
        .value(move || calculator.inputs.with(|inputs| written_of(field, inputs)))
        .on_value("change", take);
    framed("field", field.label, field, calculator, move || {
        refusal.set(String::new());
    })
    .has(name_of(field))
    .has(typed(entry, &range))
    .has(message(field, move || refusal.get()))
}

/// A number in a table: the field alone, named by its label, with the way back.
pub(crate) fn bare_number(field: &'static Field, calculator: Calculator) -> Html {
    let Some(range) = field.range() else {
        return html("span");
    };
    let name = field.label;
    let refusal = RwSignal::new(String::new());
    let take = move |text: String| refusal.set(take(&text, field, calculator));
    let entry = entry("input", field, calculator)
        .is("type", "text")
        .is("autocomplete", "off")
        .is("aria-label", name)
        .is("aria-describedby", &format!("{}-message", id_of(field)))
        .value(move || calculator.inputs.with(|inputs| written_of(field, inputs)))
        .on_value("change", take);
    framed("field", name, field, calculator, move || {
        refusal.set(String::new());
    })
    .has(typed(entry, range))
    .has(message(field, move || refusal.get()))
}

/// A field to type in, with the unit of its number.
fn typed(entry: Html, range: &Range) -> Html {
    classed("span", "typed")
        .has(entry)
        .has(classed("span", "unit").has(range.unit))
}
