//! What files would change, before they do: what was understood, assumed and left out, and what can be turned.

use super::{
    super::kit::{
        events::{heard, press},
        scrolled::Scrolled,
    },
    importing::{Import, PREVIEW},
    reconciliation::reconciliation,
    scenarios::difference_rows,
    understood::{Understood, placed},
    watched::watched,
};
use crate::web::page;
use leptos::prelude::*;
use plimsoll_readers::{Choice, Kind, Told};
use plimsoll_wording::{difference::differences, format};

/// How many sentences of a kind are shown at once.
const SHOWN: usize = 8;

/// Sentences of one kind, the first of them at once.
fn sentences(title: &'static str, kind: Kind, told: &[Told], import: Import) -> Option<AnyView> {
    // What can be turned comes first.
    let of_kind = |turns: bool| {
        let told = told.iter();
        told.filter(move |told| told.kind == kind && told.choice.is_some() == turns)
    };
    let mut all: Vec<AnyView> = of_kind(true)
        .chain(of_kind(false))
        .map(|told| sentence(told, import))
        .collect();
    if all.is_empty() {
        return None;
    }
    let title = format!("{title} ({})", all.len());
    let rest = if all.len() > SHOWN + 2 {
        all.split_off(SHOWN)
    } else {
        Vec::new()
    };
    let more = (!rest.is_empty()).then(|| {
        let summary = format!("{} more", rest.len());
        view! {
            <details>
                <summary>{summary}</summary>
                <ul class="plain sentences">{rest}</ul>
            </details>
        }
    });
    Some(
        view! {
            <h3>{title}</h3>
            <ul class="plain sentences">{all}</ul>
            {more}
        }
        .into_any(),
    )
}

fn sentence(told: &Told, import: Import) -> AnyView {
    let turn = told
        .choice
        .clone()
        .map(|choice| turn(choice, &told.text, import));
    view! { <li>{placed(told)} {turn}</li> }.into_any()
}

/// Takes something else instead of what was assumed.
fn turn(choice: Choice, text: &str, import: Import) -> AnyView {
    let Choice { id, options, taken } = choice;
    let name = id.clone();
    if options.is_empty() {
        return answer(id, taken, text, import);
    }
    let options: Vec<AnyView> = options
        .into_iter()
        .map(|(option, words)| {
            let selected = option == taken;
            view! {
                <option value=option selected=selected>
                    {words}
                </option>
            }
            .into_any()
        })
        .collect();
    let change = heard(move |event| {
        let taken = event_target_value(&event);
        import.choices.update(|choices| {
            choices.insert(id.clone(), taken);
        });
    });
    let label = format!("Instead of: {text}");
    view! {
        <select name=name aria-label=label on:change=change>
            {options}
        </select>
    }
    .into_any()
}

/// Says what a file leaves open, where there are no options: a rate.
fn answer(id: String, taken: String, text: &str, import: Import) -> AnyView {
    let name = id.clone();
    let label = format!("An answer to: {text}");
    let change = heard(move |event| {
        let said = event_target_value(&event).trim().to_owned();
        import.choices.update(|choices| {
            choices.insert(id.clone(), said);
        });
    });
    view! {
        <input
            type="text"
            name=name
            aria-label=label
            placeholder="1.08@2026-11-01"
            value=taken
            on:change=change
        />
    }
    .into_any()
}

/// Keeps the focus where it is while a part is made anew.
fn kept(make: impl Fn() -> AnyView) -> impl Fn() -> AnyView {
    move || {
        if let Some(name) = page::focused_in(PREVIEW) {
            page::focus_again(PREVIEW, name);
        }
        make()
    }
}

/// What was found: a decision, what has to be said first, a bill, and sentences.
fn findings(understood: &Understood, import: Import) -> AnyView {
    let told = |title, kind| sentences(title, kind, &understood.told, import);
    let asked: Vec<Told> = understood
        .told
        .iter()
        .filter(|told| told.kind == Kind::Wrong && told.choice.is_some())
        .cloned()
        .collect();
    let asked = sentences("To be said first", Kind::Wrong, &asked, import);
    let told = [
        told("Assumed", Kind::Assumed),
        told("Understood", Kind::Understood),
        told("Left out", Kind::LeftOut),
    ];
    let record = understood.record.clone().map(|record| {
        let bill = understood.bill.clone();
        let held = kept(move || watched(import, &record, bill.as_deref()));
        view! { <div>{held}</div> }.into_any()
    });
    let bill = understood.bill.clone().map(|bill| {
        let (is_scenario, inputs) = (understood.is_scenario, understood.state.inputs.clone());
        let held = kept(move || {
            let inputs = if is_scenario {
                inputs.clone()
            } else {
                import.calculator.inputs.get()
            };
            reconciliation(import.calculator, &bill, inputs, import.bill_of)
        });
        view! { <div>{held}</div> }.into_any()
    });
    view! {
        {record}
        {asked}
        {bill}
        {told.into_iter().collect_view()}
    }
    .into_any()
}

/// What it is, what of it was not understood, what it would change; and the buttons that do it.
pub(super) fn preview(understood: &Understood, import: Import) -> AnyView {
    let now = import.calculator.saved_state();
    let found = differences(&now.inputs, &understood.state.inputs);
    let more = understood.state.named.len().saturating_sub(now.named.len());
    let notices = understood
        .notices
        .iter()
        .map(|notice| view! { <li>{notice.clone()}</li> }.into_any())
        .collect_view();
    let nothing = found.is_empty() && more == 0;
    let title = if nothing {
        "It changes nothing"
    } else {
        "What it would change"
    };
    let more = if more == 0 {
        String::new()
    } else {
        format::count(
            more as f64,
            "scenario more under a name",
            "scenarios more under names",
        )
    };
    let findings = findings(understood, import);
    if !understood.is_scenario {
        return view! {
            <ul class="plain">{notices}</ul>
            {findings}
            <p class="actions">
                <button type="button" name="leave" on:click=press(move || import.leave())>
                    "Leave it"
                </button>
            </p>
        }
        .into_any();
    }
    let beside = (!understood.told.is_empty()).then(|| {
        view! {
            <button type="button" name="keep" disabled=nothing on:click=press(move || import.apply(true))>
                "Keep it as a scenario"
            </button>
        }
    });
    let rows = difference_rows(&found);
    view! {
        <p role="status">{understood.what.clone()}</p>
        <ul class="plain">{notices}</ul>
        {findings}
        <h3 id="preview-title">{title}</h3>
        <Scrolled title="preview-title">
            <table class="pair">
                <thead>
                    <tr>
                        <th scope="col">"Input"</th>
                        <th scope="col" class="number">"Now"</th>
                        <th scope="col" class="number">"Then"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </Scrolled>
        <p class="note">{more}</p>
        <p class="actions">
            <button type="button" name="take" disabled=nothing on:click=press(move || import.apply(false))>
                "Take it over"
            </button>
            {beside}
            <button type="button" name="leave" on:click=press(move || import.leave())>"Leave it"</button>
        </p>
    }
    .into_any()
}
