//! The verdict in words: what to take, why, what it means, and what is out of the race.

use super::{
    super::{
        html::{Html, all, button, classed, fold, fold_later, html, link_out},
        state::Calculator,
    },
    flips::FLIPS,
};
use crate::{
    explain, format,
    model::{
        Assessment,
        bill::{Part, Refusal},
        decide::{
            Class,
            rules::{Effect, Fired, Side},
        },
        inputs::Inputs,
        platform::Platform,
        units::Usd,
    },
    web::page,
};
use leptos::prelude::{AnyView, Get, Memo, With};

const TITLE: &str = "verdict-title";

/// The advice.
pub(crate) fn verdict_panel(calculator: Calculator) -> Html {
    let says = move |text: fn(&Assessment, &Inputs) -> String| move || read(calculator, text);
    let reasons = move || {
        calculator.assessment.with(|assessment| {
            let rules = &assessment.verdict.rules;
            rules.iter().map(reason).collect::<Vec<_>>()
        })
    };
    classed("section", "verdict")
        .is("aria-labelledby", TITLE)
        .has(
            html("h2")
                .is("id", TITLE)
                .is("tabindex", "-1")
                .has("The verdict"),
        )
        .has(classed("p", "answer").says(says(explain::headline)))
        .has(
            classed("p", "spoken")
                .is("role", "status")
                .says(winner(calculator)),
        )
        .shows(move || calculator.assessment.with(split))
        .has(html("p").says(says(|assessment, inputs| {
            explain::summary(assessment, inputs).join(" ")
        })))
        .has(html("h3").has("Why"))
        .has(classed("ol", "reasons").shows(reasons))
        .has(html("div").is("id", FLIPS))
        .has(html("h3").has("Keep in mind"))
        .has(html("p").says(says(|assessment, _| {
            format::sentence(&assessment.verdict.caution)
        })))
        .has(html("div").is("id", CONSEQUENCES))
        .shows(move || calculator.assessment.with(exclusions))
}

/// Where the workbench tells what follows from the verdict.
pub(crate) const CONSEQUENCES: &str = "consequences";

/// What the answer ties up, what leaving it costs, and what moving to it does.
pub(crate) fn consequences(calculator: Calculator) -> AnyView {
    let items = move || {
        let texts = calculator.assessment.with(|assessment| {
            calculator
                .inputs
                .with(|inputs| explain::consequences(&assessment.verdict, inputs))
        });
        let items = texts.into_iter().map(|text| html("li").has(text));
        items.collect::<Vec<_>>()
    };
    all(fold_later(
        false,
        "What it ties up, leaving it, moving to it",
        move || classed("ul", "plain").shows(items),
    ))
}

fn read(calculator: Calculator, text: fn(&Assessment, &Inputs) -> String) -> String {
    calculator
        .assessment
        .with(|assessment| calculator.inputs.with(|inputs| text(assessment, inputs)))
}

/// What is spoken when the answer is another one; not each number on the way.
fn winner(calculator: Calculator) -> impl Fn() -> String + Send + 'static {
    let answer = Memo::new(move |_| {
        calculator
            .assessment
            .with(|assessment| (assessment.verdict.class, assessment.verdict.platform))
    });
    move || match answer.get() {
        (Class::Hybrid, Some(platform)) => {
            format!("The answer is a hybrid with {}.", platform.name())
        }
        (_, Some(platform)) => format!("The answer is {}.", platform.name()),
        (_, None) => "No platform fits.".to_owned(),
    }
}

/// Infrastructure and people of the answer, as a bar in words' company.
fn split(assessment: &Assessment) -> Option<Html> {
    let bill = assessment
        .comparison
        .quote(assessment.verdict.platform?)
        .ok()?;
    let (all, people) = (bill.total().get(), bill.subtotal(Part::People).get());
    let share = if all > 0.0 {
        (people / all * 100.0).round()
    } else {
        0.0
    };
    // A meter says its share to everybody; the sentence below has the money.
    let meter = html("meter")
        .is("min", "0")
        .is("max", "100")
        .is("value", &format::number(share))
        .is("aria-label", "Share of engineering time");
    Some(
        classed("p", "split").has(meter).has(
            classed("span", "note").has(format!("{} % engineering time", format::number(share))),
        ),
    )
}

/// The verdict in a line, always in sight where the panel is not.
pub(crate) fn verdict_bar(calculator: Calculator) -> Html {
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
                _ if verdict.too_close => "too close to call".to_owned(),
                (Some(other), Some(gap)) => {
                    let more = if gap < Usd::ZERO { "less" } else { "more" };
                    let apart = Usd::of(gap.get().abs());
                    format!("{} {} {more}", other.name(), format::usd_about(apart))
                }
                _ => String::new(),
            }
        })
    };
    classed("aside", "bar")
        .is("aria-label", "The verdict in short")
        .has(html("strong").says(total))
        .has(" a month, all in ")
        .has(classed("span", "note").says(gap))
        .has(button("Why", || page::go_to(TITLE)))
}

/// A reason with its question, its weight and its source.
fn reason(fired: &Fired) -> Html {
    html("li")
        .is("data-rule", fired.rule.id)
        .has(classed("span", "question").has(fired.rule.question))
        .has(" ")
        .has(explain::reason_of(fired))
        .has(classed("span", "source").has([" ", weight(fired.effect), "; ", fired.rule.source]))
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
