//! A number: a slider for the hand, a field for the exact value, or for a range.

use super::{
    super::{
        html::{Html, classed},
        panels::slopes::Slopes,
        state::Calculator,
    },
    parts::{between, entry, framed, id_of, message, name_of, unnamed_entry, written},
    track::Track,
};
use leptos::{ev::KeyboardEvent, prelude::*};
use plimsoll_model::{
    inputs::{Field, Inputs, Range, at},
    units::SECONDS_PER_MONTH,
};
use plimsoll_wording::format;
use wasm_bindgen::JsCast;

/// A slider and a typed field for the same number.
pub(super) fn number_control(
    field: &'static Field,
    range: Range,
    get: fn(&Inputs) -> f64,
    calculator: Calculator,
) -> Html {
    let track = StoredValue::new(Track::of(&range));
    let known = Memo::new(move |_| {
        calculator
            .inputs
            .with(|inputs| (get(inputs), inputs.between(field.path).copied()))
    });
    let value = move || known.get().0;
    // What is being typed and is no value yet; it stays as it is until it is one.
    let draft = RwSignal::new(None::<String>);
    let text = move || {
        draft.get().unwrap_or_else(|| {
            let (x, between) = known.get();
            written(Some(x), between.as_ref())
        })
    };
    let complaint = move || match draft.get() {
        Some(text) => refusal(&text, field).unwrap_or_default(),
        None => calculator.notices.with(|notices| {
            let mut latest = notices.iter().rev();
            let own = latest.find(|(path, _)| *path == field.path);
            own.map_or(String::new(), |(_, text)| text.clone())
        }),
    };
    let typed = move |text: String| {
        if let Some(between) = between(&text, field) {
            calculator.set_between(between);
        } else if let Some(x) = format::parse_quantity(&text, range.unit)
            && range.contains(x)
        {
            calculator.set_number(field, x);
        }
        draft.set(Some(text));
    };
    let left = move || {
        // A number out of range is taken as far as it goes; what is no number stays to be mended.
        let typed = draft.get_untracked().unwrap_or_default();
        if between(&typed, field).is_some() {
            draft.set(None);
        } else if let Some(x) = format::parse_quantity(&typed, range.unit) {
            if !range.contains(x) {
                calculator.set_number(field, x);
            }
            draft.set(None);
        }
        calculator.end_step();
    };
    let slide = move |position: usize| {
        draft.set(None);
        calculator.set_number(field, track.with_value(|track| track.value(position)));
    };
    let position = move || track.with_value(|track| track.position(value()));
    let in_words = move || Some(format!("{} {}", format::number(value()), range.unit));
    let invalid = move || {
        let refused = |text: String| refusal(&text, field).is_some();
        Some(draft.get().is_some_and(refused).to_string())
    };
    let typing = entry("input", field, calculator)
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
        .on("change", move |_| calculator.end_step())
        .on("keydown", move |event| {
            // Engines differ in how far these keys go.
            let up = match event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key) {
                Some(key) if key == "PageUp" => true,
                Some(key) if key == "PageDown" => false,
                _ => return,
            };
            event.prevent_default();
            slide(track.with_value(|track| track.large_step(position(), up)));
            calculator.end_step();
        });
    let thumb = Memo::new(move |_| {
        track.with_value(|track| position() as f64 / track.last().max(1) as f64)
    });
    framed("field", field.label, field, calculator, move || {
        draft.set(None);
    })
    .has(name_of(field))
    .has(super::typed(typing, &range))
    .has(slider)
    .has(Slopes::canvas(field, thumb))
    .has(classed("p", "aside").says(move || aside(field, value())))
    .has(message(field, complaint))
}

/// Why a typed text is no value of the field.
fn refusal(text: &str, field: &Field) -> Option<String> {
    let range = field.range()?;
    if text.contains("..") {
        let refused = || format::refused(text, &format::allowed_ends(range));
        return between(text, field).is_none().then(refused);
    }
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

/// The number in another unit, as a note.
fn aside(field: &Field, value: f64) -> String {
    if field.path == at::http::requests_per_month.path {
        format!("{} per second", format::number(value / SECONDS_PER_MONTH))
    } else {
        String::new()
    }
}
