//! The verdict in words: what to take, why, what it means, and what is out of the race.

use super::super::{
    html::{Html, classed, fold, html, link_out},
    state::Calculator,
};
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
use leptos::prelude::With;

/// The advice.
pub(crate) fn verdict_panel(calculator: Calculator) -> Html {
    let title = html("h2").is("id", "verdict-title").has("The verdict");
    let says = move |text: fn(&Assessment, &Inputs) -> String| {
        move || {
            calculator
                .assessment
                .with(|assessment| calculator.inputs.with(|inputs| text(assessment, inputs)))
        }
    };
    let reasons = move || {
        calculator.assessment.with(|assessment| {
            let rules = &assessment.verdict.rules;
            rules.iter().map(reason).collect::<Vec<_>>()
        })
    };
    let consequences = move || {
        let verdict = calculator.assessment.with(|assessment| {
            calculator
                .inputs
                .with(|inputs| explain::consequences(&assessment.verdict, inputs))
        });
        let items = verdict.into_iter().map(|text| html("li").has(text));
        items.collect::<Vec<_>>()
    };
    classed("section", "verdict")
        .is("aria-labelledby", "verdict-title")
        .has(title)
        .has(
            classed("p", "answer")
                .is("role", "status")
                .says(says(explain::headline)),
        )
        .has(html("p").says(says(|assessment, inputs| {
            explain::summary(assessment, inputs).join(" ")
        })))
        .has(html("h3").has("Why"))
        .has(classed("ol", "reasons").shows(reasons))
        .has(html("h3").has("Keep in mind"))
        .has(html("p").says(says(|assessment, _| {
            format::sentence(&assessment.verdict.caution)
        })))
        .has(
            fold("What it ties up, leaving it, moving to it")
                .has(classed("ul", "plain").shows(consequences)),
        )
        .shows(move || calculator.assessment.with(exclusions))
}

/// A reason with its question, its weight and its source.
fn reason(fired: &Fired) -> Html {
    html("li")
        .is("data-rule", fired.rule.id)
        .has(classed("span", "question").has(fired.rule.question))
        .has(" ")
        .has(explain::reason_of(fired))
        .has(classed("span", "source").has(format!(
            " {}; {}",
            weight(fired.effect),
            fired.rule.source
        )))
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
fn exclusions(assessment: &Assessment) -> Option<Html> {
    let out: Vec<Html> = Platform::ALL
        .into_iter()
        .filter_map(|platform| Some((platform, assessment.comparison.quote(platform).err()?)))
        .map(|(platform, refusal)| {
            let page = match refusal {
                Refusal::CannotRun(cannot) => cannot.page,
                Refusal::NoPrice(_) => "",
            };
            let link = (!page.is_empty()).then(|| link_out(page, "the vendor\u{2019}s page"));
            html("li")
                .has([platform.name(), ": ", &explain::refusal(refusal), " "])
                .has(link)
        })
        .collect();
    let (count, all) = (out.len(), Platform::ALL.len());
    (count > 0).then(|| {
        fold(format!("Not in the race: {count} of {all} platforms"))
            .has(classed("ul", "plain").has(out))
    })
}
