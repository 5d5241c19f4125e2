//! A number: a slider for the hand, a field for the exact value.

use super::{super::state::Calculator, id_of, track::Track};
use crate::{
    format,
    model::{
        inputs::{Field, Kind},
        units::SECONDS_PER_MONTH,
    },
};
use leptos::prelude::*;

/// A slider and a typed field for the same number.
#[component]
pub(super) fn NumberControl(field: &'static Field) -> impl IntoView {
    let calculator = expect_context::<Calculator>();
    let Kind::Number { range, get, .. } = field.kind else {
        return ().into_any();
    };
    let track = StoredValue::new(Track::of(&range));
    let value = Memo::new(move |_| calculator.inputs.with(get));
    // What is being typed and is no value yet; it stays as it is until it is one.
    let draft = RwSignal::new(None::<String>);
    let text = move || draft.get().unwrap_or_else(|| format::editable(value.get()));
    let message = move || match draft.get() {
        Some(text) => refusal(&text, field).unwrap_or_default(),
        None => calculator
            .notices
            .with(|notices| notices.get(field.path).cloned().unwrap_or_default()),
    };
    let typed = move |text: String| match format::parse_number(&text) {
        Some(x) if range.contains(x) => {
            calculator.set_number(field, x);
            draft.set(Some(text));
        }
        _ => draft.set(Some(text)),
    };
    let left = move || {
        // A number out of range is taken as far as it goes; what is no number stays to be mended.
        if let Some(x) = draft
            .get_untracked()
            .and_then(|text| format::parse_number(&text))
        {
            if !range.contains(x) {
                calculator.set_number(field, x);
            }
            draft.set(None);
        }
    };
    let id = id_of(field);
    let message_id = format!("{id}-message");
    let locked = calculator.is_locked(field.path);
    let in_words = move || format!("{} {}", format::number(value.get()), range.unit);
    view! {
        <div class="field">
            <label for=id.clone()>{field.label}</label>
            <span class="typed">
                <input
                    id=id
                    type="text"
                    disabled=locked
                    inputmode="decimal"
                    autocomplete="off"
                    aria-describedby=message_id.clone()
                    aria-invalid=move || draft.get().is_some_and(|text| refusal(&text, field).is_some()).to_string()
                    prop:value=text
                    on:input=move |event| typed(event_target_value(&event))
                    on:change=move |_| left()
                />
                <span class="unit">{range.unit}</span>
            </span>
            <input
                type="range"
                disabled=locked
                class="slider"
                min="0"
                max=track.with_value(Track::last)
                step="1"
                aria-label=field.label
                aria-valuetext=in_words
                prop:value=move || track.with_value(|track| track.position(value.get())).to_string()
                on:input=move |event| {
                    if let Ok(position) = event_target_value(&event).parse() {
                        draft.set(None);
                        calculator.set_number(field, track.with_value(|track| track.value(position)));
                    }
                }
            />
            <p class="aside">{move || aside(field, value.get())}</p>
            <p class="message" id=message_id role="alert">{message}</p>
        </div>
    }
    .into_any()
}

/// Why a typed text is no value of the field.
fn refusal(text: &str, field: &Field) -> Option<String> {
    let range = field.range()?;
    let allowed = format::allowed(range);
    match format::parse_number(text) {
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
