//! Below the figures of the last invoice: what of it our bill explains, what is missing, and what would have to be true.

use super::super::{
    html::{Html, button, classed, html, note},
    state::Calculator,
};
use leptos::prelude::*;
use plimsoll_model::explore::invoice::{Change, Reconciled, reconcile};
use plimsoll_wording::{
    format,
    invoice::{change, explains, quantity, summary},
};

/// What follows from the invoice; what it takes to find out where there is none.
pub(super) fn invoice(calculator: Calculator) -> Html {
    let calculator = calculator.debounced();
    let found = Memo::new(move |_| {
        let inputs = calculator.inputs;
        inputs.with(|inputs| calculator.book.with(|book| reconcile(inputs, book)))
    });
    let body = move || {
        found.with(|found| match found {
            Some(reconciled) => vec![told(reconciled, calculator)],
            None => vec![note(
                "Say above where it is today and what the invoice came to, and each quantity of it that you know: our bill is \
                 held against it.",
            )],
        })
    };
    html("div")
        .is("class", "invoice")
        .is("aria-live", "polite")
        .shows(move || Some(body()))
}

fn told(reconciled: &Reconciled, calculator: Calculator) -> Html {
    let mut items: Vec<Html> = Vec::new();
    for part in &reconciled.parts {
        let text = format!(
            "{}: {} on the invoice, {}.",
            format::capital(part.what),
            quantity(part.theirs, part.unit),
            explains(part)
        );
        items.push(item(text, part.change, calculator));
    }
    let parts = classed("ul", "plain").has(items);
    let would: Vec<Html> = reconciled
        .would
        .iter()
        .map(|change| item(String::new(), Some(*change), calculator))
        .collect();
    let lead = if would.is_empty() {
        ""
    } else {
        "One of these alone would explain the rest:"
    };
    html("div")
        .has(note(summary(reconciled)))
        .has(parts)
        .has(note(lead.to_owned()))
        .has(classed("ul", "plain").has(would))
}

/// A line, with the change that makes both alike one click away. It can be undone as any other.
fn item(text: String, found: Option<Change>, calculator: Calculator) -> Html {
    let item = html("li").has([text.as_str(), " "].concat());
    let Some(found) = found else {
        return item;
    };
    let label = change(&found);
    let take = button("Set it", move || {
        calculator.change(Vec::new(), |inputs| *inputs = found.made(inputs));
    });
    let said = ["Set it, ", &label].concat();
    item.has([label.as_str(), " "].concat())
        .has(take.is("aria-label", &said))
}
