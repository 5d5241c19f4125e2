//! Below the figures of the last invoice: what of it our bill explains, what is missing, and what would have to be true.

use super::super::{kit::events::press, state::Calculator};
use leptos::prelude::*;
use plimsoll_model::explore::invoice::{Change, Reconciled, reconcile};
use plimsoll_wording::{
    format,
    invoice::{self, explains, quantity, summary},
};

/// What follows from the invoice; what it takes to find out where there is none.
pub(super) fn invoice(calculator: Calculator) -> AnyView {
    let calculator = calculator.debounced();
    let found = Memo::new(move |_| {
        let inputs = calculator.inputs;
        inputs.with(|inputs| calculator.book.with(|book| reconcile(inputs, book)))
    });
    let body = move || {
        found.with(|found| match found {
            Some(reconciled) => told(reconciled),
            None => view! {
                <p class="note">
                    "Say above where it is today and what the invoice came to, and each quantity of it that you know: our bill \
                    is held against it."
                </p>
            }
            .into_any(),
        })
    };
    view! {
        <div class="invoice" aria-live="polite">
            {move || body()}
        </div>
    }
    .into_any()
}

fn told(reconciled: &Reconciled) -> AnyView {
    let parts = reconciled.parts.iter().map(|part| {
        let text = format!(
            "{}: {} on the invoice, {}. ",
            format::capital(part.what),
            quantity(part.theirs, part.unit),
            explains(part)
        );
        let change = part
            .change
            .map(|change| view! { <Offer change /> }.into_any());
        view! { <li>{text} {change}</li> }.into_any()
    });
    let would = reconciled
        .would
        .iter()
        .map(|change| view! { <li>" " <Offer change=*change /></li> }.into_any());
    let lead = if reconciled.would.is_empty() {
        ""
    } else {
        "One of these alone would explain the rest:"
    };
    view! {
        <div>
            <p class="note">{summary(reconciled)}</p>
            <ul class="plain">{parts.collect_view()}</ul>
            <p class="note">{lead}</p>
            <ul class="plain">{would.collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// The change that makes both alike, one click away. It can be undone as any other.
#[component]
fn Offer(change: Change) -> impl IntoView {
    let calculator = Calculator::from_context();
    let label = invoice::change(&change);
    let said = ["Set it, ", &label].concat();
    let take = move || calculator.change(Vec::new(), |inputs| *inputs = change.made(inputs));
    view! {
        {label}
        " "
        <button type="button" aria-label=said on:click=press(take)>
            "Set it"
        </button>
    }
}
