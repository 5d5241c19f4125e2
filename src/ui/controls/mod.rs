//! Controls: a slider and a typed field in one, a switch, a choice. They know an input, not the page.

mod number;
mod track;

use super::{
    html::{Html, classed, html},
    state::Calculator,
};
use crate::model::inputs::{Field, Inputs, Kind, Range};
use leptos::prelude::*;
use number::number_control;

/// The id of an input's element.
fn id_of(field: &Field) -> String {
    field.path.replace('.', "-")
}

/// The control that suits an input.
pub(crate) fn control(field: &'static Field, calculator: Calculator) -> Html {
    match field.kind {
        Kind::Number { range, get, .. } => number_control(field, range, get, calculator),
        Kind::Optional {
            open,
            range,
            get,
            set,
        } => optional(field, open, range, get, set, calculator),
        Kind::Flag { get, set } => switch(field, get, set, calculator),
        Kind::Choice { options, get, set } => choice(field, options, get, set, calculator),
    }
}

/// An element that the user changes, unless the input is locked.
fn entry(name: &'static str, field: &Field, calculator: Calculator) -> Html {
    html(name).flag("disabled", calculator.is_locked(field.path))
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
    classed("label", "switch").has(entry).has(field.label)
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
    let id = id_of(field);
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
        .is("id", &id)
        .on_value("change", move |name| {
            if let Some(place) = options.iter().position(|(option, _)| *option == name) {
                calculator.change(Vec::new(), |inputs| set(inputs, place));
            }
        })
        .value(move || options[place()].0.to_owned())
        .has(entries);
    classed("div", class)
        .has(html("label").is("for", &id).has(field.label))
        .has(entry)
}

/// A number that may be left open: empty means that it is estimated.
fn optional(
    field: &'static Field,
    open: Option<&'static str>,
    range: Range,
    get: fn(&Inputs) -> Option<f64>,
    set: fn(&mut Inputs, Option<f64>),
    calculator: Calculator,
) -> Html {
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
        calculator.change(Vec::new(), |inputs| set(inputs, wanted));
    };
    let entry = entry("input", field, calculator)
        .is("id", &id)
        .is("type", "text")
        .is("inputmode", "decimal")
        .is("placeholder", open.unwrap_or("estimated"))
        .value(text)
        .on_value("change", take);
    classed("div", "field")
        .has(html("label").is("for", &id).has(field.label))
        .has(typed(entry, &range))
        .has(
            classed("p", "message")
                .is("role", "alert")
                .says(move || message.get()),
        )
}

/// A field to type in, with the unit of its number.
fn typed(entry: Html, range: &Range) -> Html {
    classed("span", "typed")
        .has(entry)
        .has(classed("span", "unit").has(range.unit))
}
