//! The verdict in words: what to take, why, and what it means.

use super::{
    super::{debounce::Debounce, kit::events::press, state::Calculator},
    flips::Flips,
    influence::Influence,
    load_line::LoadLinePicture,
};
use crate::web::page;
use leptos::prelude::*;
use plimsoll_model::{
    Assessment,
    decide::{Effect, Fired, Side},
    inputs::Inputs,
};
use plimsoll_wording::{
    answer::{self, Phrase},
    explain, format, placement as words,
};
use std::time::Duration;

const TITLE: &str = "verdict-title";
/// How long nothing may change before the answer is spoken: who types hears no number on the way.
const SPOKEN_AFTER: Duration = Duration::from_secs(1);
/// Reasons that are shown at once.
const FIRST: usize = 3;

/// The answer: a sentence, the line under it, and the picture.
#[component]
pub(crate) fn Answer() -> impl IntoView {
    let calculator = Calculator::from_context();
    let split = split(calculator);
    let facts = Memo::new(move |_| {
        if let Some((_, under)) = split.get() {
            let plain = Phrase {
                text: under,
                strong: false,
            };
            return vec![vec![plain]];
        }
        calculator.assessment.with(|assessment| {
            let difference = |inputs: &Inputs| answer::difference(assessment, inputs);
            calculator.inputs.with(difference)
        })
    });
    let count = Memo::new(move |_| facts.with(Vec::len));
    let sentence = move || {
        split
            .with(|split| split.as_ref().map(|(headline, _)| headline.clone()))
            .unwrap_or_else(|| read(calculator, answer::sentence))
    };
    view! {
        <section class="verdict" aria-labelledby=TITLE>
            <Tabs />
            <p class="subject">{subject(calculator)}</p>
            <h2 id=TITLE class="answer" tabindex="-1">
                {sentence}
            </h2>
            <p class="spoken" role="status">
                {spoken(calculator)}
            </p>
            <p class="under">
                <For each=move || 0..count.get() key=|n| *n let:n>
                    <Fact n facts />
                </For>
            </p>
            <Split answered=Signal::derive(move || split.with(Option::is_some)) />
            <LoadLinePicture />
        </section>
    }
}

/// A fact under the sentence. It stays while its words change: a drag would make it anew at each event.
#[component]
fn Fact(n: usize, facts: Memo<Vec<Vec<Phrase>>>) -> impl IntoView {
    let text = move |strong: bool| {
        Memo::new(move |_| {
            facts.with(|facts| {
                let phrases = facts.get(n).into_iter().flatten();
                let wanted = phrases.filter(|phrase| phrase.strong == strong);
                wanted.map(|phrase| &*phrase.text).collect::<String>()
            })
        })
    };
    let (strong, plain) = (text(true), text(false));
    view! {
        <span class="fact">
            <strong>{strong}</strong>
            {plain}
        </span>
        " "
    }
}

/// The sentence and what stands under it, where a split of workloads that differ is the answer. It is looked for at rest, and is
/// the answer until another is.
fn split(calculator: Calculator) -> Memo<Option<(String, String)>> {
    Memo::new(move |_| {
        let found = calculator.placement.get()?;
        calculator.debounced().inputs.with(|inputs| {
            let headline = words::headline(&found, inputs)?;
            Some((headline, words::under(&found, inputs)))
        })
    })
}

/// Which of workloads that differ belong into a cluster, and the way to their list; nothing where all are alike.
#[component]
fn Split(answered: Signal<bool>) -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
    let sentence = Memo::new(move |_| {
        let found = calculator.placement.get()?;
        Some(
            calculator
                .inputs
                .with(|inputs| words::sentence(&found, inputs)),
        )
    });
    let go = move || page::unfold_to("workloads-title".to_owned(), "workloads");
    move || {
        sentence.get().map(|sentence| {
            view! {
                <p class="split">
                    {(!answered.get()).then(|| [&sentence, " "].concat())}
                    <button type="button" class="way" on:click=press(go)>
                        "Each of them"
                    </button>
                </p>
            }
        })
    }
}

/// The scenarios that are kept, each a tab; none where there are none.
#[component]
fn Tabs() -> impl IntoView {
    let calculator = Calculator::from_context();
    let count = Memo::new(move |_| calculator.named.with(Vec::len));
    let tab = move |place: usize| {
        let open = move || calculator.open_named(place);
        let current = move || {
            // Asked at every event: nothing is copied for it.
            let is_here = calculator.named.with(|named| {
                let named = named.get(place);
                named.is_some_and(|named| calculator.inputs.with(|now| named.inputs == *now))
            });
            is_here.to_string()
        };
        view! {
            <button type="button" aria-pressed=current on:click=press(open)>
                {move || calculator.name_at(place)}
            </button>
        }
    };
    move || {
        (count.get() > 0).then(|| {
            view! {
                <div class="tabs" role="group" aria-label="Scenarios">
                    {(0..count.get()).map(tab).collect_view()}
                </div>
            }
        })
    }
}

/// What the answer is about, and whether that is an example or the user's own.
fn subject(calculator: Calculator) -> Memo<String> {
    let preset = calculator.preset();
    Memo::new(move |_| {
        calculator.inputs.with(|inputs| {
            let is_base = || calculator.site.with_value(|site| site.base == *inputs);
            let example = preset.get().is_some() || is_base();
            let lead = if example { "Example: " } else { "" };
            format::capital(&format!("{lead}{}", answer::subject(inputs)))
        })
    })
}

/// The answer and what it costs, once nothing has changed for a while.
fn spoken(calculator: Calculator) -> RwSignal<String> {
    let split = split(calculator);
    let now = Memo::new(move |_| {
        let headline = split.with(|split| split.as_ref().map(|(headline, _)| headline.clone()));
        headline.unwrap_or_else(|| calculator.assessment.with(answer::spoken))
    });
    let spoken = RwSignal::new(now.get_untracked());
    let pause = Debounce::after(SPOKEN_AFTER);
    leptos::prelude::Effect::new(move |_| {
        now.track();
        pause.call(move || {
            let now = now.get_untracked();
            if spoken.with_untracked(|before| *before != now) {
                spoken.set(now);
            }
        });
    });
    spoken
}

/// Why it is the answer, what would change it, and what it means.
#[component]
pub(crate) fn Why() -> impl IntoView {
    let calculator = Calculator::from_context();
    let rules = move || {
        calculator
            .assessment
            .with(|assessment| assessment.verdict.rules.clone())
    };
    let first = move || rules().into_iter().take(FIRST).collect::<Vec<_>>();
    let others = move || rules().into_iter().skip(FIRST).collect::<Vec<_>>();
    let caution = move || {
        read(calculator, |assessment, _| {
            format::sentence(&assessment.verdict.caution)
        })
    };
    let details = move || {
        let details = calculator.assessment.with(|assessment| {
            let details = |inputs: &Inputs| answer::details(assessment, inputs);
            calculator.inputs.with(details)
        });
        let detail = |text: String| view! { <li>{text}</li> };
        details.into_iter().map(detail).collect_view()
    };
    let key = |fired: &Fired| (fired.rule.id, weight(fired.effect));
    view! {
        <section class="why" aria-labelledby="why-title">
            <h2 id="why-title">"Why"</h2>
            <ol class="reasons">
                <For each=first key=key let:fired>
                    <Reason fired />
                </For>
            </ol>
            <details>
                <summary>"More"</summary>
                <ol class="reasons" start=FIRST + 1>
                    <For each=others key=key let:fired>
                        <Reason fired />
                    </For>
                </ol>
                <ul class="plain">{details}</ul>
            </details>
            <p class="caution">{caution}</p>
            <div id="flips">
                <Flips />
            </div>
            <div id="consequences">
                <Consequences />
            </div>
            <Influence />
        </section>
    }
}

/// What the answer ties up, what leaving it costs, and what moving to it does.
#[component]
fn Consequences() -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
    let items = move || {
        let texts = calculator.assessment.with(|assessment| {
            calculator
                .inputs
                .with(|inputs| explain::consequences(&assessment.verdict, inputs))
        });
        let items = texts.into_iter().map(|text| view! { <li>{text}</li> });
        items.collect_view()
    };
    view! {
        <details>
            <summary>"Exit, migration"</summary>
            <ul class="plain">{items}</ul>
        </details>
    }
}

fn read(calculator: Calculator, text: fn(&Assessment, &Inputs) -> String) -> String {
    calculator
        .assessment
        .with(|assessment| calculator.inputs.with(|inputs| text(assessment, inputs)))
}

/// The answer in a few words, for where the sentence is out of sight.
#[component]
pub(crate) fn InShort() -> impl IntoView {
    let calculator = Calculator::from_context();
    let split = split(calculator);
    let text = move || {
        let headline = split.with(|split| split.as_ref().map(|(headline, _)| headline.clone()));
        headline.unwrap_or_else(|| read(calculator, |assessment, _| answer::short(assessment)))
    };
    view! { <p class="in-short">{text}</p> }
}

/// A reason with its question, its weight and its source. Its words follow the numbers in them.
#[component]
fn Reason(fired: Fired) -> impl IntoView {
    let calculator = Calculator::from_context();
    let (rule, effect) = (fired.rule, fired.effect);
    let reason = move || {
        calculator.assessment.with(|assessment| {
            let rules = &assessment.verdict.rules;
            let now = rules.iter().find(|fired| fired.rule.id == rule.id);
            now.map_or(String::new(), explain::reason_of)
        })
    };
    view! {
        <li data-rule=rule.id>
            <details>
                <summary>{reason}</summary>
                <p class="note">
                    {format!("{}; {}.", weight(effect), explain::origin(rule.source))}
                </p>
            </details>
        </li>
    }
}

/// What a rule does, in words.
fn weight(effect: Effect) -> &'static str {
    match effect {
        Effect::Excludes => "Excludes",
        Effect::Decides(Side::Serverless) => "Decides for serverless",
        Effect::Decides(Side::Kubernetes) => "Decides for Kubernetes",
        Effect::Decides(Side::Hybrid) => "Decides for both",
        Effect::Leans(Side::Serverless) => "Speaks for serverless",
        Effect::Leans(Side::Kubernetes) => "Speaks for Kubernetes",
        Effect::Leans(Side::Hybrid) => "Speaks for both",
        Effect::Warns => "Warns",
    }
}
