//! A number: a slider for the hand, a field for the exact value.

use super::{
    super::{
        html::{Html, classed},
        state::Calculator,
    },
    entry, framed, id_of, message, name_of,
    track::Track,
    unnamed_entry,
};
use crate::{
    format,
    model::{
        inputs::{Field, Inputs, Range},
        units::SECONDS_PER_MONTH,
    },
    web::page,
};
use leptos::prelude::*;

/// A slider and a typed field for the same number.
pub(super) fn number_control(
    field: &'static Field,
    range: Range,
    get: fn(&Inputs) -> f64,
    calculator: Calculator,
) -> Html {
    let track = StoredValue::new(Track::of(&range));
    let value = Memo::new(move |_| calculator.inputs.with(get));
    // What is being typed and is no value yet; it stays as it is until it is one.
    let draft = RwSignal::new(None::<String>);
    let text = move || draft.get().unwrap_or_else(|| format::editable(value.get()));
    let told = move || match draft.get() {
        Some(text) => refusal(&text, field).unwrap_or_default(),
        None => calculator.notices.with(|notices| {
            let mut latest = notices.iter().rev();
            let own = latest.find(|(path, _)| *path == field.path);
            own.map_or(String::new(), |(_, text)| text.clone())
        }),
    };
    let typed = move |text: String| {
        if let Some(x) = format::parse_quantity(&text, range.unit)
            && range.contains(x)
        {
            calculator.set_number(field, x);
        }
        draft.set(Some(text));
    };
    let left = move || {
        // A number out of range is taken as far as it goes; what is no number stays to be mended.
        if let Some(x) = draft
            .get_untracked()
            .and_then(|text| format::parse_quantity(&text, range.unit))
        {
            if !range.contains(x) {
                calculator.set_number(field, x);
            }
            draft.set(None);
        }
        calculator.rest();
    };
    let slide = move |position: usize| {
        draft.set(None);
        calculator.set_number(field, track.with_value(|track| track.value(position)));
    };
    let position = move || track.with_value(|track| track.position(value.get()));
    let in_words = move || Some(format!("{} {}", format::number(value.get()), range.unit));
    let invalid = move || {
        let refused = |text: String| refusal(&text, field).is_some();
        Some(draft.get().is_some_and(refused).to_string())
    };
    let written = entry("input", field, calculator)
        .is("type", "text")
        .is("autocomplete", "off")
        .is("aria-describedby", &format!("{}-message", id_of(field)))
        .now_is("aria-invalid", invalid)
        .value(text)
        .on_value("input", typed)
        .on("change", move |_| left());
    let slider = unnamed_entry("input", field, calculator)
        .is("id", &format!("{}-slider", id_of(field)))
        .is("type", "range")
        .is("class", "slider")
        .is("min", "0")
        .is("max", &track.with_value(Track::last).to_string())
        .is("step", "1")
        .is("aria-label", field.label)
        .now_is("aria-valuetext", in_words)
        .value(move || position().to_string())
        .on_value("input", move |position| {
            if let Ok(position) = position.parse() {
                slide(position);
            }
        })
        .on("change", move |_| calculator.rest())
        .on("keydown", move |event| {
            // Engines differ in how far these keys go.
            let up = match page::key_of(&event).as_str() {
                "PageUp" => true,
                "PageDown" => false,
                _ => return,
            };
            event.prevent_default();
            slide(track.with_value(|track| track.large_step(position(), up)));
            calculator.rest();
        });
    framed("field", field, calculator, move || draft.set(None))
        .has(name_of(field))
        .has(super::typed(written, &range))
        .has(slider)
        .has(classed("p", "aside").says(move || aside(field, value.get())))
        .has(message(field, told))
}

/// Why a typed text is no value of the field.
fn refusal(text: &str, field: &Field) -> Option<String> {
    let range = field.range()?;
    let allowed = format::allowed(range);
    match format::parse_quantity(text, range.unit) {
        None => Some(format!(
            "\u{201c}{text}\u{201d} is not a number; allowed: {allowed}."
        )),
        Some(x) if !range.contains(x) => Some(format!(
            "{} is out of range; allowed: {allowed}.",
            format::number(x)
        )),
        Some(_) => None,
    }
}

/// The same number in another light.
fn aside(field: &Field, value: f64) -> String {
    if field.path == "http.requests_per_month" {
        format!("{} per second", format::number(value / SECONDS_PER_MONTH))
    } else {
        String::new()
    }
}
