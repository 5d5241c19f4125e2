//! The verdict in words: what to take, why, what it means, and what is out of the race.

use super::{super::state::Calculator, flips::Flips};
use crate::web::page;
use leptos::prelude::*;
use plimsoll_model::{
    Assessment,
    bill::{CostCategory, Refusal},
    decide::{Effect, Fired, Side},
    inputs::Inputs,
    platform::Platform,
    units::Usd,
};
use plimsoll_wording::{answer, explain, format};

const TITLE: &str = "verdict-title";

/// The advice.
#[component]
pub(crate) fn Verdict() -> impl IntoView {
    let calculator = Calculator::from_context();
    let says = move |text: fn(&Assessment, &Inputs) -> String| move || read(calculator, text);
    let rules = move || {
        calculator
            .assessment
            .with(|assessment| assessment.verdict.rules.clone())
    };
    // After a pause: not each number on the way.
    let settled = calculator.debounced();
    let spoken = Memo::new(move |_| settled.assessment.with(answer::spoken));
    view! {
        <section class="verdict" aria-labelledby=TITLE>
            <h2 id=TITLE tabindex="-1">
                "The verdict"
            </h2>
            <p class="answer">{says(answer::sentence)}</p>
            <p class="spoken" role="status">
                {spoken}
            </p>
            {move || calculator.assessment.with(split)}
            <p>{says(|assessment, inputs| answer::summary(assessment, inputs).join(" "))}</p>
            <h3>"Why"</h3>
            <ol class="reasons">
                <For each=rules key=|fired| (fired.rule.id, weight(fired.effect)) let:fired>
                    <Reason fired />
                </For>
            </ol>
            <div id="flips">
                <Flips />
            </div>
            <h3>"Keep in mind"</h3>
            <p>{says(|assessment, _| format::sentence(&assessment.verdict.caution))}</p>
            <div id="consequences">
                <Consequences />
            </div>
            <Exclusions />
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
            <summary>"Effort, exit and migration"</summary>
            <ul class="plain">{items}</ul>
        </details>
    }
}

fn read(calculator: Calculator, text: fn(&Assessment, &Inputs) -> String) -> String {
    calculator
        .assessment
        .with(|assessment| calculator.inputs.with(|inputs| text(assessment, inputs)))
}

/// Infrastructure and people of the answer, as a bar in words' company.
fn split(assessment: &Assessment) -> Option<impl IntoView + use<>> {
    let bill = assessment
        .comparison
        .quote(assessment.verdict.platform?)
        .ok()?;
    let (all, people) = (
        bill.total().get(),
        bill.subtotal(CostCategory::People).get(),
    );
    let share = if all > 0.0 {
        (people / all * 100.0).round()
    } else {
        0.0
    };
    let share = format::number(share);
    let text = format!("{share} % engineering time");
    // A meter says its share to everybody; the sentence below has the money.
    Some(view! {
        <p class="split">
            <meter min="0" max="100" value=share aria-label="Share of engineering time"></meter>
            <span class="note">{text}</span>
        </p>
    })
}

/// The verdict in a line, always in sight where the panel is not.
#[component]
pub(crate) fn VerdictBar() -> impl IntoView {
    let calculator = Calculator::from_context();
    let total = move || {
        read(calculator, |assessment, _| {
            let verdict = &assessment.verdict;
            let total = |platform| assessment.comparison.total(platform);
            match verdict
                .platform
                .and_then(|platform| Some((platform, total(platform)?)))
            {
                Some((platform, total)) => {
                    format!("{} {}", platform.name(), format::usd_about(total))
                }
                None => "None fits".to_owned(),
            }
        })
    };
    let gap = move || {
        read(calculator, |assessment, _| {
            let verdict = &assessment.verdict;
            match (verdict.runner_up, verdict.gap) {
                _ if verdict.too_close() => "a tie".to_owned(),
                (Some(other), Some(gap)) => {
                    let more = if gap < Usd::ZERO { "less" } else { "more" };
                    let apart = Usd::of(gap.get().abs());
                    format!("{} {} {more}", other.name(), format::usd_about(apart))
                }
                _ => String::new(),
            }
        })
    };
    view! {
        <aside class="bar" aria-label="The verdict in short">
            <strong>{total}</strong>
            " a month, all in "
            <span class="note">{gap}</span>
            <button type="button" on:click=move |_| page::go_to(TITLE)>
                "Why"
            </button>
        </aside>
    }
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
            <span class="question">{rule.question.text()}</span>
            " "
            {reason}
            <span class="source">{[" ", weight(effect), "; ", rule.source].concat()}</span>
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

/// The platforms without a bill, with the limit of each and its page.
#[component]
fn Exclusions() -> impl IntoView {
    let calculator = Calculator::from_context();
    // Anew only for other refusals: most events change none.
    let excluded = Memo::new(move |_| {
        calculator.assessment.with(|assessment| {
            Platform::ALL
                .into_iter()
                .filter_map(|platform| {
                    let refusal = assessment.comparison.quote(platform).err()?;
                    let page = match refusal {
                        Refusal::CannotRun(cannot) => cannot.page,
                        Refusal::NoPrice(_) => "",
                    };
                    Some((platform, explain::refusal(refusal), page))
                })
                .collect::<Vec<_>>()
        })
    });
    move || {
        let excluded = excluded.get();
        let (count, all) = (excluded.len(), Platform::ALL.len());
        let items = excluded.into_iter().map(|(platform, why, page)| {
            let link = (!page.is_empty()).then(|| {
                view! {
                    <a href=page target="_blank" rel="noopener noreferrer">
                        "the vendor\u{2019}s page"
                    </a>
                }
            });
            view! { <li>{[platform.name(), ": ", &why, " "].concat()} {link}</li> }
        });
        (count > 0).then(|| {
            view! {
                <details>
                    <summary>{format!("Not in the race: {count} of {all} platforms")}</summary>
                    <ul class="plain">{items.collect_view()}</ul>
                </details>
            }
        })
    }
}
