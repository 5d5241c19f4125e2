//! The inputs by topic, in plain words; or three of them, with everything else assumed.

use super::{
    super::{
        controls::{control, id_of},
        html::{Html, all, button, classed, fold_later, html},
        state::Calculator,
    },
    environments::environments,
    invoice::invoice,
    slopes::SlopesNote,
    traffic::own_week,
};
use crate::web::page;
use leptos::prelude::*;
use plimsoll_model::{
    inputs::{FIELDS, Field, Inputs, Topic, at},
    presets::{CLAIMS, Claim, PRESETS, Preset},
};
use plimsoll_wording::{answer, difference};

/// A topic as the page asks for it: its question, and whether it stands open.
const TOPICS: [(Topic, &str, bool); 9] = [
    (
        Topic::Where,
        "Where may it run, and where is it today?",
        true,
    ),
    (Topic::Traffic, "How much traffic?", true),
    (Topic::Spikes, "How spiky?", false),
    (Topic::Runs, "What runs?", false),
    (Topic::People, "Who runs it?", true),
    (Topic::Needs, "What must it have?", false),
    (Topic::Buying, "How do you buy?", false),
    (Topic::Counted, "What is counted?", false),
    (Topic::Invoice, "What was your last invoice?", false),
];

/// The inputs of the quick mode.
const QUICK: [&Field; 3] = [
    at::http::requests_per_month,
    at::http::latency_ms,
    at::team::engineers,
];

/// What the quick mode tells of the others.
const TOLD: [&Field; 8] = [
    at::services,
    at::traffic::shape,
    at::instance::vcpu,
    at::instance::memory_gib,
    at::team::fluent,
    at::team::rate_usd_per_hour,
    at::region,
    at::buy::commitment,
];

/// Goes to the control of an input, wherever it is.
pub(super) fn go_to(field: &Field, calculator: Calculator) {
    calculator.set_quick(false);
    if let Some(n) = TOPICS.iter().position(|topic| topic.0 == field.topic) {
        page::unfold_to(id_of(field), &topic_id(n));
    }
}

fn topic_id(n: usize) -> String {
    format!("topic-{n}")
}

/// All inputs.
#[component]
pub(crate) fn InputsPanel() -> impl IntoView {
    let calculator = Calculator::from_context();
    let locked = calculator.site.with_value(|site| !site.locked.is_empty());
    let body = move || {
        let ordered = calculator.order.get();
        if !ordered.is_empty() {
            return ordered
                .into_iter()
                .map(|field| control(field, calculator))
                .collect();
        }
        if calculator.quick.get() {
            quick(calculator)
        } else {
            TOPICS
                .iter()
                .enumerate()
                .map(|(n, _)| all(topic(n, calculator)))
                .collect()
        }
    };
    let notice = move || calculator.storage_notice.get().unwrap_or_default();
    view! {
        <section class="inputs" aria-labelledby="inputs-title">
            <div class="line">
                <h2 id="inputs-title">"Your workload and your team"</h2>
                {all(mode(calculator))}
            </div>
            {locked.then(|| view! { <p class="note">"What is greyed out is set by this page."</p> })}
            <Situations />
            <div class="group" id="slopes">
                <SlopesNote />
            </div>
            {body}
            <p class="note" id="storage-notice" role="status">
                {notice}
            </p>
        </section>
    }
}

/// Three inputs, or all of them.
fn mode(calculator: Calculator) -> Html {
    let choice = |label, quick| {
        button(label, move || calculator.set_quick(quick)).now_is("aria-pressed", move || {
            Some((calculator.quick.get() == quick).to_string())
        })
    };
    classed("div", "segments")
        .is("role", "group")
        .is("aria-label", "How many inputs")
        .has([choice("Quick", true), choice("All", false)])
}

/// The three inputs that matter most, and what is taken for the others.
fn quick(calculator: Calculator) -> Vec<AnyView> {
    let mut parts: Vec<AnyView> = QUICK
        .into_iter()
        .map(|field| control(field, calculator))
        .collect();
    let assumed = move || {
        calculator.inputs.with(|inputs| {
            TOLD.map(|field| {
                let own = calculator.is_own(field);
                html("li").flag("data-own", own).has([
                    field.label,
                    ": ",
                    &difference::value(field, inputs),
                    if own { "" } else { " (assumed)" },
                ])
            })
        })
    };
    parts.push(all(
        html("h3").has("Everything else is assumed, unless you set it")
    ));
    parts.push(all(classed("ul", "plain note").shows(assumed)));
    parts.push(all(button("Show all inputs", move || {
        calculator.set_quick(false);
    })));
    parts
}

/// The inputs of a topic. They are made when it is opened first.
fn topic(n: usize, calculator: Calculator) -> Html {
    let (topic, question, open) = TOPICS[n];
    // Found once: which they are is asked at every event.
    let fields: Vec<&'static Field> = FIELDS.iter().filter(|field| field.topic == topic).collect();
    let shown = fields.clone();
    let own = move || {
        let own = fields
            .iter()
            .filter(|field| calculator.is_own(field))
            .count();
        if own == 0 {
            "assumed".to_owned()
        } else {
            format!("{own} set by you")
        }
    };
    let summary = [
        html("span").has(question),
        classed("span", "digest").says(own),
    ];
    let controls = move || {
        let mut parts: Vec<AnyView> = shown
            .iter()
            .map(|field| control(field, calculator))
            .collect();
        match topic {
            Topic::Spikes => parts.push(all(own_week(calculator))),
            Topic::Runs => parts.push(all(environments(calculator))),
            Topic::Invoice => parts.push(all(invoice(calculator))),
            _ => {}
        }
        parts
    };
    fold_later(open, summary, controls)
        .is("class", "topic")
        .is("id", &topic_id(n))
}

/// The worked situations to start from.
#[component]
fn Situations() -> impl IntoView {
    let calculator = Calculator::from_context();
    let set = set_preset(calculator);
    let take = move |event| {
        if let Some(preset) = Preset::find(&event_target_value(&event)) {
            calculator.change(Vec::new(), |inputs| *inputs = preset.inputs());
        }
    };
    let options = PRESETS
        .iter()
        .enumerate()
        .map(|(n, preset)| {
            view! {
                <option value=preset.id selected=move || set.get() == Some(n)>
                    {preset.name}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class="field stacked">
            <label for="situation">"Start from a situation"</label>
            <select id="situation" on:change=take>
                <option value="" selected=move || set.get().is_none()>
                    "Your own"
                </option>
                {options}
            </select>
        </div>
        <div class="group" id="claim">
            {move || set.get().map(|situation| claim(situation, calculator))}
        </div>
    }
}

/// The situation that is set, by its place.
fn set_preset(calculator: Calculator) -> Memo<Option<usize>> {
    let presets: Vec<Inputs> = PRESETS.iter().map(Preset::inputs).collect();
    Memo::new(move |_| {
        calculator
            .inputs
            .with(|inputs| presets.iter().position(|preset| preset == inputs))
    })
}

/// What the article says of a situation, and why our figure may differ.
fn claim(situation: usize, calculator: Calculator) -> impl IntoView {
    let Claim { claim, difference } = CLAIMS[situation];
    let by_the_article = move || {
        let inputs = PRESETS[situation].inputs();
        calculator
            .book
            .with(|book| answer::by_the_article(&inputs, book))
    };
    view! {
        <p class="note">"The article: " {claim}</p>
        <p class="note">{difference}</p>
        <p class="note">{by_the_article}</p>
    }
}
