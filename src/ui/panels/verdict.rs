//! The verdict in words: what to take, why, what it means, and what is out of the race.

use super::super::state::Calculator;
use crate::{
    explain, format,
    model::{
        Assessment,
        bill::Refusal,
        decide::rules::{Effect, Fired, Side},
        inputs::Inputs,
        platform::Platform,
    },
};
use leptos::prelude::*;

/// The advice.
#[component]
pub(crate) fn VerdictPanel() -> impl IntoView {
    let calculator = expect_context::<Calculator>();
    let read = move |view: fn(&Assessment, &Inputs) -> AnyView| {
        move || {
            calculator
                .assessment
                .with(|assessment| calculator.inputs.with(|inputs| view(assessment, inputs)))
        }
    };
    let headline = read(|assessment, inputs| explain::headline(assessment, inputs).into_any());
    let summary =
        read(|assessment, inputs| explain::summary(assessment, inputs).join(" ").into_any());
    let reasons = read(|assessment, _| {
        assessment
            .verdict
            .rules
            .iter()
            .map(reason)
            .collect_view()
            .into_any()
    });
    let caution = read(|assessment, _| format::sentence(&assessment.verdict.caution).into_any());
    let consequences = read(|assessment, inputs| {
        explain::consequences(&assessment.verdict, inputs)
            .into_iter()
            .map(|text| view! { <li>{text}</li> })
            .collect_view()
            .into_any()
    });
    view! {
        <section class="verdict" aria-labelledby="verdict-title">
            <h2 id="verdict-title">"The verdict"</h2>
            <p class="answer" role="status">{headline}</p>
            <p>{summary}</p>
            <h3>"Why"</h3>
            <ol class="reasons">{reasons}</ol>
            <h3>"Keep in mind"</h3>
            <p>{caution}</p>
            <details>
                <summary>"What it ties up, leaving it, moving to it"</summary>
                <ul class="plain">{consequences}</ul>
            </details>
            {read(|assessment, _| exclusions(assessment))}
        </section>
    }
}

/// A reason with its question, its weight and its source.
fn reason(fired: &Fired) -> AnyView {
    view! {
        <li data-rule=fired.rule.id>
            <span class="question">{fired.rule.question}</span>
            " "
            {explain::reason_of(fired)}
            <span class="source">{format!(" {}; {}", weight(fired.effect), fired.rule.source)}</span>
        </li>
    }
    .into_any()
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
fn exclusions(assessment: &Assessment) -> AnyView {
    let out: Vec<AnyView> = Platform::ALL
        .into_iter()
        .filter_map(|platform| Some((platform, assessment.comparison.quote(platform).err()?)))
        .map(|(platform, refusal)| {
            let page = match refusal {
                Refusal::CannotRun(cannot) => page_link(cannot.page),
                Refusal::NoPrice(_) => ().into_any(),
            };
            view! { <li>{platform.name()} ": " {explain::refusal(refusal)} " " {page}</li> }
                .into_any()
        })
        .collect();
    if out.is_empty() {
        return ().into_any();
    }
    view! {
        <details>
            <summary>{format!("Not in the race: {} of {} platforms", out.len(), Platform::ALL.len())}</summary>
            <ul class="plain">{out}</ul>
        </details>
    }
    .into_any()
}

/// A link to the vendor's page, by its host.
fn page_link(page: &'static str) -> AnyView {
    if page.is_empty() {
        return ().into_any();
    }
    view! { <a href=page target="_blank" rel="noopener noreferrer">"the vendor\u{2019}s page"</a> }
        .into_any()
}
