//! The inputs by topic, in plain words; or three of them, with everything else assumed.

use super::{
    super::{
        controls::{control, id_of},
        html::{Html, button, classed, fold_later, html, note, now},
        state::Calculator,
    },
    environments::environments,
    slopes::SLOPES,
    traffic::own_week,
};
use crate::{
    model::{
        inputs::{FIELDS, Field, Inputs},
        presets::{CLAIMS, Claim, PRESETS, Preset},
    },
    scenario::difference,
    web::{bridge, page},
};
use leptos::prelude::*;

/// A topic: its question, whether it stands open, and the beginnings of the paths that belong to it. A path belongs to the
/// first topic that has it.
struct Topic {
    question: &'static str,
    open: bool,
    paths: &'static [&'static str],
}

const TOPICS: [Topic; 7] = [
    Topic {
        question: "How much traffic?",
        open: true,
        paths: &["http.", "connections.", "growth"],
    },
    Topic {
        question: "How spiky?",
        open: false,
        paths: &[
            "traffic.",
            "instance.startup_s",
            "min_instances",
            "slo_ms",
            "needs.cold_starts_ok",
        ],
    },
    Topic {
        question: "What runs?",
        open: false,
        paths: &["services", "instance.", "workers.", "jobs."],
    },
    Topic {
        question: "Who runs it?",
        open: true,
        paths: &["team.", "already_on"],
    },
    Topic {
        question: "What must it have?",
        open: false,
        paths: &["needs."],
    },
    Topic {
        question: "How do you buy?",
        open: false,
        paths: &["region", "buy.", "options.free_tier"],
    },
    Topic {
        question: "What is counted?",
        open: false,
        paths: &["options.", "surroundings.", "cluster."],
    },
];

/// The inputs of the quick mode.
const QUICK: [&str; 3] = [
    "http.requests_per_month",
    "http.latency_ms",
    "team.engineers",
];

/// What the quick mode tells of the others.
const TOLD: [&str; 8] = [
    "services",
    "traffic.shape",
    "instance.vcpu",
    "instance.memory_gib",
    "team.fluent",
    "team.rate_usd_per_hour",
    "region",
    "buy.commitment",
];

/// The place of the topic that an input belongs to.
fn topic_of(path: &str) -> Option<usize> {
    let belongs = |topic: &Topic| topic.paths.iter().any(|start| path.starts_with(start));
    TOPICS.iter().position(belongs)
}

/// Goes to the control of an input, wherever it is.
pub(super) fn go_to(field: &Field) {
    bridge::tell(bridge::ALL_INPUTS, "");
    if let Some(n) = topic_of(field.path) {
        page::unfold_to(id_of(field), &topic_id(n));
    }
}

fn topic_id(n: usize) -> String {
    format!("topic-{n}")
}

/// All inputs.
pub(crate) fn inputs_panel(calculator: Calculator) -> Html {
    let locked = calculator.site.with_value(|site| !site.locked.is_empty());
    let order = ordered();
    let body = move || {
        let ordered = order.get();
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
                .map(|(n, _)| topic(n, calculator))
                .collect()
        }
    };
    classed("section", "inputs")
        .is("aria-labelledby", "inputs-title")
        .has(
            classed("div", "line")
                .has(
                    html("h2")
                        .is("id", "inputs-title")
                        .has("Your workload and your team"),
                )
                .has(mode(calculator)),
        )
        .has(locked.then(|| note("What is greyed out is set by this page.")))
        .has(situations(calculator))
        .has(classed("div", "group").is("id", SLOPES))
        .shows(body)
        .has(
            classed("p", "note")
                .is("id", "storage-notice")
                .is("role", "status")
                .says(move || calculator.storage_notice.get().unwrap_or_default()),
        )
}

/// The numbers in the order that the workbench tells; none for the order of topics.
fn ordered() -> RwSignal<Vec<&'static Field>> {
    let order = RwSignal::new(Vec::new());
    bridge::on(bridge::ORDER, move |ids| {
        let field = |id: &str| FIELDS.iter().find(|field| id_of(field) == id);
        order.set(ids.split(',').filter_map(field).collect());
    });
    order
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
fn quick(calculator: Calculator) -> Vec<Html> {
    let mut parts: Vec<Html> = QUICK
        .into_iter()
        .map(|path| control(Field::at(path), calculator))
        .collect();
    let assumed = move || {
        calculator.inputs.with(|inputs| {
            TOLD.map(|path| {
                let field = Field::at(path);
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
    parts.push(html("h3").has("Everything else is assumed, unless you set it"));
    parts.push(classed("ul", "plain note").shows(assumed));
    parts.push(button("Show all inputs", move || {
        calculator.set_quick(false);
    }));
    parts
}

/// The inputs of a topic. They are made when it is opened first.
fn topic(n: usize, calculator: Calculator) -> Html {
    // Found once: which they are is asked at every event.
    let fields: Vec<&'static Field> = FIELDS
        .iter()
        .filter(|field| topic_of(field.path) == Some(n))
        .collect();
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
        html("span").has(TOPICS[n].question),
        classed("span", "digest").says(own),
    ];
    let controls = move || {
        let mut parts: Vec<Html> = shown
            .iter()
            .map(|field| control(field, calculator))
            .collect();
        match TOPICS[n].question {
            "How spiky?" => parts.push(own_week(calculator)),
            "What runs?" => parts.push(environments(calculator)),
            _ => {}
        }
        parts
    };
    fold_later(TOPICS[n].open, summary, controls)
        .is("class", "topic")
        .is("id", &topic_id(n))
}

/// Where the workbench says what the article has on the situation that is set.
pub(crate) const CLAIM: &str = "claim";

/// The worked situations to start from.
fn situations(calculator: Calculator) -> Vec<Html> {
    let set = set_preset(calculator);
    let take = move |id: String| {
        if let Some(preset) = Preset::find(&id) {
            calculator.change(Vec::new(), |inputs| *inputs = preset.inputs());
        }
    };
    let own = html("option")
        .is("value", "")
        .now_flag("selected", move || set.get().is_none())
        .has("Your own");
    let options: Vec<Html> = PRESETS
        .iter()
        .enumerate()
        .map(|(n, preset)| {
            html("option")
                .is("value", preset.id)
                .now_flag("selected", move || set.get() == Some(n))
                .has(preset.name)
        })
        .collect();
    let field = classed("div", "field stacked")
        .has(
            html("label")
                .is("for", "situation")
                .has("Start from a situation"),
        )
        .has(
            html("select")
                .is("id", "situation")
                .on_value("change", take)
                .has(own)
                .has(options),
        );
    vec![field, classed("div", "group").is("id", CLAIM)]
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

/// What the article says of the situation that is set, and why our figure may differ.
pub(crate) fn claim(calculator: Calculator) -> AnyView {
    let set = set_preset(calculator);
    now(move || {
        set.get().map(|n| {
            let Claim { claim, difference } = CLAIMS[n];
            [note(["The article: ", claim]), note(difference)]
        })
    })
}
