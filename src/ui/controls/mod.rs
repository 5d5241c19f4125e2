//! Controls: a slider and a typed field in one, a switch, a choice. They know an input, not the page.

mod number;
mod parts;
pub(crate) mod track;

use super::{
    html::{Html, all, classed, html},
    state::Calculator,
};
use leptos::prelude::*;
use number::number_control;
pub(crate) use parts::id_of;
use parts::{entry, framed, message, name_of, take, unnamed_entry, written_of};
use plimsoll_model::inputs::{Field, Inputs, Kind, Range, Topic};

/// The control that suits an input.
pub(crate) fn control(field: &'static Field, calculator: Calculator) -> AnyView {
    all(match field.kind {
        Kind::Number { range, get, .. } => number_control(field, range, get, calculator),
        Kind::Optional {
            open, range, set, ..
        } => optional(field, open, range, set, calculator),
        Kind::Flag { get, set } => switch(field, get, set, calculator),
        Kind::Choice { options, get, set } => choice(field, options, get, set, calculator),
        Kind::Set { options, get, set } => several(field, options, get, set, calculator),
    })
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

/// Some of several, at least one: the last one that is left can't be taken away.
fn several(
    field: &'static Field,
    options: &'static [(&'static str, &'static str)],
    get: fn(&Inputs) -> u32,
    set: fn(&mut Inputs, u32),
    calculator: Calculator,
) -> Html {
    let bits = move || calculator.inputs.with(get);
    let boxes: Vec<Html> = options
        .iter()
        .enumerate()
        .map(|(place, (name, label))| {
            let bit = 1 << place;
            let entry = unnamed_entry("input", field, calculator)
                .is("id", &format!("{}-{name}", id_of(field)))
                .is("type", "checkbox")
                .checked(move || bits() & bit != 0)
                .now_flag("disabled", move || {
                    calculator.is_locked(field.path) || bits() == bit
                })
                .on("change", move |event| {
                    let on = event_target_checked(&event);
                    calculator.change(Vec::new(), |inputs| {
                        let others = get(inputs) & !bit;
                        set(inputs, if on { others | bit } else { others });
                    });
                });
            html("label").has(entry).has(*label)
        })
        .collect();
    let name = format!("{}-name", id_of(field));
    framed("field several", field.label, field, calculator, || {})
        .has(classed("span", "name").is("id", &name).has(field.label))
        .has(
            classed("div", "options")
                .is("role", "group")
                .is("aria-labelledby", &name)
                .has(boxes),
        )
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
        .is("placeholder", open.unwrap_or(left_open(field)))
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

/// What a number is that nobody gave.
fn left_open(field: &Field) -> &'static str {
    match field.topic {
        Topic::Invoice => "not known",
        Topic::Counted => "none",
        _ => "estimated",
    }
}
