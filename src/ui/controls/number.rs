//! A number: a slider for the hand, a field for the exact value, or for a range.

use super::{
    super::{kit::events::heard, state::Calculator},
    parts::{at_start, between, framed, id_of, message, message_id, name_of, typed, written},
    track::Track,
};
use leptos::{
    ev::{Event, KeyboardEvent},
    prelude::*,
};
use plimsoll_model::{
    decide::tie,
    inputs::{Field, Inputs, Range, Scale, at},
    people,
    platform::Platform,
    units::SECONDS_PER_MONTH,
};
use plimsoll_wording::format;

/// A slider: where it stands, what it says of that, and what takes a place that the hand or a key chose.
struct Slider {
    field: &'static Field,
    track: StoredValue<Track>,
    position: Signal<usize>,
    says: Signal<String>,
    slide: Callback<usize>,
}

impl Slider {
    fn view(self, calculator: Calculator) -> AnyView {
        let Self {
            field,
            track,
            position,
            says,
            slide,
        } = self;
        let input = move |event| {
            if let Ok(position) = event_target_value(&event).parse() {
                slide.run(position);
            }
        };
        let key = move |event: KeyboardEvent| {
            // Engines differ in how far these keys go.
            let up = match &*event.key() {
                "PageUp" => true,
                "PageDown" => false,
                _ => return,
            };
            event.prevent_default();
            let from = position.get_untracked();
            slide.run(track.with_value(|track| track.large_step(from, up)));
            calculator.end_step();
        };
        let last = track.with_value(Track::last);
        view! {
            <input
                id=format!("{}-slider", id_of(field))
                disabled=calculator.is_locked(field.path)
                type="range"
                class="slider"
                min="0"
                max=last.to_string()
                step="1"
                aria-label=field.label
                aria-valuetext=says
                value=at_start(|| position.get_untracked().to_string())
                prop:value=move || position.get().to_string()
                on:input=heard(input)
                on:change=heard(move |_| calculator.end_step())
                on:keydown=key
            />
        }
        .into_any()
    }
}

/// A slider and a typed field for the same number.
pub(super) fn number_control(
    field: &'static Field,
    range: Range,
    get: fn(&Inputs) -> f64,
    calculator: Calculator,
) -> AnyView {
    let track = StoredValue::new(Track::of(&range));
    let known = Memo::new(move |_| {
        calculator.inputs.with(|inputs| {
            let x = calculator.value(field, inputs, get);
            (x, inputs.between(field.path).copied())
        })
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
    let complaint = Signal::derive(move || match draft.get() {
        Some(text) => refusal(&text, field).unwrap_or_default(),
        None => calculator.notices.with(|notices| {
            let mut latest = notices.iter().rev();
            let own = latest.find(|(path, _)| *path == field.path);
            own.map_or(String::new(), |(_, text)| text.clone())
        }),
    });
    let write = move |event: Event| {
        let text = event_target_value(&event);
        if let Some(between) = between(&text, field) {
            calculator.set_between(between);
        } else if let Some(x) = format::parse_quantity(&text, range.unit)
            && range.contains(x)
        {
            calculator.set_number(field, x);
        }
        draft.set(Some(text));
    };
    let left = move |_| {
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
    let invalid = move || {
        let refused = |text: String| refusal(&text, field).is_some();
        draft.get().is_some_and(refused).to_string()
    };
    let slider = Slider {
        field,
        track,
        position: Signal::derive(move || track.with_value(|track| track.position(value()))),
        says: Signal::derive(move || format!("{} {}", format::number(value()), range.unit)),
        slide: Callback::new(move |position| {
            draft.set(None);
            calculator.set_number(field, track.with_value(|track| track.value(position)));
        }),
    };
    let entry = view! {
        <input
            id=id_of(field)
            disabled=calculator.is_locked(field.path)
            type="text"
            autocomplete="off"
            aria-describedby=message_id(field)
            aria-invalid=invalid
            value=at_start(text)
            prop:value=text
            on:input=heard(write)
            on:change=heard(left)
        />
    };
    let parts = view! {
        {name_of(field)}
        {typed(entry.into_any(), field, &range)}
        {slider.view(calculator)}
        <p class="aside">{move || aside(field, value())}</p>
        {message(field, complaint)}
    };
    let clear = Callback::new(move |()| draft.set(None));
    framed(
        "field",
        field.label,
        field,
        calculator,
        clear,
        parts.into_any(),
    )
}

/// Hours that a slider of them begins and ends with, a week.
const HOURS: (f64, f64) = (0.5, 500.0);

/// The hours a week on Kubernetes: our estimate until the user sets it, with what is likely of it.
pub(super) fn hours_control(field: &'static Field, calculator: Calculator) -> AnyView {
    let Some(range) = field.range() else {
        return ().into_any();
    };
    let track = StoredValue::new(Track::of(&Range {
        min: HOURS.0,
        max: HOURS.1,
        scale: Scale::Log,
        ..*range
    }));
    // Of the best Kubernetes there is, as the answer has it.
    let estimated = Memo::new(move |_| {
        let platform = calculator.assessment.with(|assessment| {
            let verdict = &assessment.verdict;
            let named = [
                verdict.platform,
                verdict.against.map(|other| other.platform),
            ];
            let mut named = named.into_iter().flatten();
            named.find(|platform| platform.is_kubernetes())
        });
        let platform = platform.unwrap_or(Platform::Eks);
        calculator.inputs.with(|inputs| {
            let mut ours = inputs.clone();
            ours.team.ops_hours_per_week.kubernetes = None;
            let hours = people::on(platform, &ours).total();
            (hours, tie::hours_likely(platform, &ours))
        })
    });
    let own = move || calculator.inputs.with(|inputs| field.number(inputs));
    let value = move || own().unwrap_or(estimated.get().0);
    let refusal = RwSignal::new(String::new());
    let take = move |event: Event| {
        let text = event_target_value(&event);
        refusal.set(if text.trim().is_empty() {
            calculator.reset(field);
            String::new()
        } else {
            super::take(&text, field, calculator)
        });
    };
    let hours = |hours: f64| format::number(format::to_two_digits(hours));
    let slider = Slider {
        field,
        track,
        position: Signal::derive(move || track.with_value(|track| track.position(value()))),
        says: Signal::derive(move || {
            let about = if own().is_none() { "about " } else { "" };
            format!("{about}{} hours a week", hours(value()))
        }),
        slide: Callback::new(move |position| {
            refusal.set(String::new());
            calculator.set_number(field, track.with_value(|track| track.value(position)));
        }),
    };
    let placeholder = move || format!("\u{2248} {}", hours(estimated.get().0));
    let entry = super::open_entry(field, placeholder, take, calculator);
    let likely = move || {
        let (low, high) = estimated.get().1;
        format!("Likely {} to {}.", hours(low), hours(high))
    };
    let parts = view! {
        {name_of(field)}
        {typed(entry, field, range)}
        {slider.view(calculator)}
        <p class="aside">{likely}</p>
        {message(field, refusal.into())}
    };
    let clear = Callback::new(move |()| refusal.set(String::new()));
    framed(
        "field estimate",
        field.label,
        field,
        calculator,
        clear,
        parts.into_any(),
    )
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
            "\u{201c}{text}\u{201d} is not a number; allowed: {allowed}.{}",
            format::about_commas(text)
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
        format!(
            "{}/s",
            format::number(format::to_two_digits(value / SECONDS_PER_MONTH))
        )
    } else {
        String::new()
    }
}
