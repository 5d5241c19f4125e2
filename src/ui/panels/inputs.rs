//! The questions: a few that stand open, and all others behind theirs.

use super::{
    super::{
        controls::{control, id_of},
        kit::events::{heard, press},
        state::Calculator,
    },
    environments::environments,
    invoice::invoice,
    traffic::own_week,
    verdict::InShort,
};
use crate::web::page;
use leptos::prelude::*;
use plimsoll_model::{
    inputs::{FIELDS, Field, Inputs, Topic, at},
    presets::{CLAIMS, Claim, PRESETS, Preset},
    vendor::Vendor,
};
use plimsoll_wording::{answer, difference};

/// What is asked first: a heading, and the inputs below it, each with a name that is short enough for a telephone.
const FIRST: [(&str, &[(&Field, &str)]); 3] = [
    (
        "Where may it run?",
        &[
            (at::clouds, "May run"),
            (at::already_on, "Today"),
            (at::data_on, "Data"),
        ],
    ),
    (
        "Load",
        &[
            (at::http::requests_per_month, "Requests"),
            (at::http::latency_ms, "Latency"),
            (at::http::cpu_ms, "CPU"),
            (at::services, "Services"),
        ],
    ),
    (
        "People",
        &[
            (at::team::engineers, "Team"),
            (at::team::fluent, "Fluent"),
            (at::team::rate_usd_per_hour, "Rate"),
            (at::team::ops_hours_per_week::kubernetes, "Hours"),
        ],
    ),
];

/// What is asked behind a heading: the inputs of a topic that are not asked first.
const TOPICS: [(Topic, &str); 10] = [
    (Topic::Traffic, "Traffic"),
    (Topic::Spikes, "Peaks, cold starts"),
    (Topic::Runs, "Instances, workers, jobs"),
    (Topic::People, "Team"),
    (Topic::Needs, "Must have"),
    (Topic::Promises, "Promises"),
    (Topic::Buying, "Region, buying"),
    (Topic::Where, "Moving"),
    (Topic::Counted, "What is counted"),
    (Topic::Invoice, "Last invoice"),
];

/// Whether an input is asked first.
fn is_first(field: &Field) -> bool {
    let mut first = FIRST.iter().flat_map(|(_, fields)| *fields);
    first.any(|(first, _)| first.path == field.path)
}

/// Goes to the control of an input, wherever it is.
pub(super) fn go_to(field: &Field) {
    let folded = TOPICS.iter().position(|topic| topic.0 == field.topic);
    match folded.filter(|_| !is_first(field)) {
        Some(n) => page::unfold_to(id_of(field), &topic_id(n)),
        None => page::go_to(&id_of(field)),
    }
}

fn topic_id(n: usize) -> String {
    format!("topic-{n}")
}

/// All inputs. On a narrow page they are a sheet that is docked below: one of the first questions is in hand, the others are chips.
#[component]
pub(crate) fn InputsPanel() -> impl IntoView {
    let calculator = Calculator::from_context();
    let locked = calculator.site.with_value(|site| !site.locked.is_empty());
    let in_hand = RwSignal::new(at::http::requests_per_month.path);
    let open = RwSignal::new(false);
    let first = FIRST.map(|(title, fields)| {
        let controls = fields.iter().map(|(field, _)| {
            let in_hand = move || in_hand.get() == field.path;
            // How many there are is the list's, where there is one.
            let listed = move || {
                *field == at::services
                    && calculator
                        .inputs
                        .with(|inputs| !inputs.workloads.is_empty())
            };
            view! {
                <div class="question" class:in-hand=in_hand hidden=listed>
                    {control(field, calculator)}
                </div>
            }
        });
        view! {
            <div class="asked" role="group" aria-label=title>
                <h3>{title}</h3>
                {controls.collect_view()}
            </div>
        }
    });
    let notice = move || calculator.storage_notice.get().unwrap_or_default();
    let topics = (0..TOPICS.len()).map(|n| view! { <Questions n /> });
    view! {
        <section class="inputs" aria-labelledby="inputs-title" class:open=open>
            <h2 id="inputs-title" class="heard">
                "Your workload and your team"
            </h2>
            <InShort />
            {locked.then(|| view! { <p class="note">"What is greyed out is set by this page."</p> })}
            <OfRow />
            {first.into_iter().collect_view()}
            <Chips in_hand open />
            <div class="topics">{topics.collect_view()} <Situations /></div>
            <p class="note" id="storage-notice" role="status">
                {notice}
            </p>
        </section>
    }
}

/// Whose numbers the sliders set, where that is one row of a list, and the way back to all.
#[component]
fn OfRow() -> impl IntoView {
    let calculator = Calculator::from_context();
    let name = Memo::new(move |_| {
        let place = calculator.row.get()?;
        let name = |inputs: &Inputs| Some(inputs.workloads.rows().get(place)?.name.clone());
        calculator.inputs.with(name)
    });
    let all = move || calculator.row.set(None);
    move || {
        name.get().map(|name| {
            view! {
                <p class="of-row" role="status">
                    {["These questions are about ", &name, ", where it may differ. "].concat()}
                    <button type="button" class="way" on:click=press(all)>
                        "All workloads"
                    </button>
                </p>
            }
        })
    }
}

/// The first questions as chips, each with what is set: who touches one takes it in hand.
#[component]
fn Chips(in_hand: RwSignal<&'static str>, open: RwSignal<bool>) -> impl IntoView {
    let calculator = Calculator::from_context();
    let chips = FIRST.iter().flat_map(|(_, fields)| *fields);
    let chips = chips.map(|(field, name)| {
        let value = Memo::new(move |_| {
            calculator
                .inputs
                .with(|inputs| difference::value_short(field, inputs))
        });
        let take = move || {
            open.set(false);
            in_hand.set(field.path);
        };
        view! {
            <button
                type="button"
                aria-pressed=move || (in_hand.get() == field.path).to_string()
                on:click=press(take)
            >
                {*name}
                <b>{value}</b>
            </button>
        }
    });
    view! {
        <div class="chips" role="group" aria-label="Questions">
            {chips.collect_view()}
            <button
                type="button"
                aria-expanded=move || open.get().to_string()
                on:click=press(move || open.update(|open| *open = !*open))
            >
                {move || if open.get() { "Close" } else { "More" }}
            </button>
        </div>
    }
}

/// The other inputs of a topic. They are made when it is opened first.
#[component]
fn Questions(n: usize) -> impl IntoView {
    let calculator = Calculator::from_context();
    let (topic, question) = TOPICS[n];
    // Found once: which they are is asked at every event.
    let fields: Vec<&'static Field> = FIELDS
        .iter()
        .filter(|field| field.topic == topic && !is_first(field))
        .collect();
    let shown = fields.clone();
    let own = move || {
        let own = fields.iter().filter(|field| calculator.is_own(field));
        match own.count() {
            0 => String::new(),
            own => format!("{own} set"),
        }
    };
    let opened = RwSignal::new(false);
    let controls = move || {
        opened.get().then(|| {
            let mut parts: Vec<AnyView> = shown
                .iter()
                .map(|field| where_allowed(field, calculator))
                .collect();
            match topic {
                Topic::Spikes => parts.push(own_week(calculator)),
                Topic::Runs => {
                    parts.push(environments(calculator));
                    parts.push(differ());
                }
                Topic::Invoice => parts.push(invoice(calculator)),
                _ => {}
            }
            parts
        })
    };
    view! {
        <details class="topic" id=topic_id(n) on:toggle=heard(move |_| opened.set(true))>
            <summary>
                <span>{question}</span>
                <span class="digest">{own}</span>
            </summary>
            {controls}
        </details>
    }
}

/// A control that is there as long as all workloads are alike.
fn where_alike(field: &'static Field, calculator: Calculator) -> AnyView {
    let listed = move || {
        calculator
            .inputs
            .with(|inputs| !inputs.workloads.is_empty())
    };
    view! { <div hidden=listed>{control(field, calculator)}</div> }.into_any()
}

/// The way to the list of workloads, for whom these are not alike.
fn differ() -> AnyView {
    let go = move || page::unfold_to("workloads-title".to_owned(), "workloads");
    view! {
        <button type="button" on:click=press(go)>
            "They differ: list them"
        </button>
    }
    .into_any()
}

/// A control; one that is of a single cloud only where that cloud is allowed, or where something is set there. What a list of
/// workloads adds up to has none beside the list.
fn where_allowed(field: &'static Field, calculator: Calculator) -> AnyView {
    let of_a_cloud = ["buy.discount_percent.", "credits."];
    let vendor = of_a_cloud.iter().find_map(|prefix| {
        let id = field.path.strip_prefix(prefix)?.split('.').next()?;
        Vendor::ALL.into_iter().find(|vendor| vendor.id() == id)
    });
    if [
        at::workers::count,
        at::jobs::runs_per_month,
        at::connections::count,
    ]
    .contains(&field)
    {
        return where_alike(field, calculator);
    }
    let Some(vendor) = vendor else {
        return control(field, calculator);
    };
    let allowed = move || calculator.inputs.with(|inputs| inputs.clouds.allow(vendor));
    let hidden = Memo::new(move |_| !allowed() && !calculator.is_own(field));
    view! { <div hidden=hidden>{control(field, calculator)}</div> }.into_any()
}

/// The worked situations to start from.
#[component]
fn Situations() -> impl IntoView {
    let calculator = Calculator::from_context();
    let set = calculator.preset();
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
            <label for="situation">"Start from an example"</label>
            <select id="situation" on:change=heard(take)>
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

/// What the source of an example says of it, and why our figure may differ.
fn claim(situation: usize, calculator: Calculator) -> impl IntoView {
    let Claim { claim, difference } = CLAIMS[situation];
    let by_the_article = move || {
        let inputs = PRESETS[situation].inputs();
        calculator
            .book
            .with(|book| answer::by_the_article(&inputs, book))
    };
    view! {
        <details>
            <summary>"Source"</summary>
            <p class="note">"\u{201c}Serverless Containers vs Kubernetes\u{201d} says: " {claim}</p>
            <p class="note">{difference}</p>
            <p class="note">{by_the_article}</p>
        </details>
    }
}
