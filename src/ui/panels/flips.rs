//! What would change the answer: single changes of an input, the nearest first, each a button that makes it.

use super::super::{
    kit::{events::press, fold::Fold},
    slices::Slices,
    state::Calculator,
};
use crate::web::{page, sight};
use leptos::{html::Div, prelude::*};
use plimsoll_model::explore::flips::{Direction, Flip, Search};
use plimsoll_wording::explain::change;

const TITLE: &str = "flips-title";
/// How many are shown at once.
const FIRST: usize = 3;

/// The changes: found anew whenever the inputs rest.
#[component]
pub(crate) fn Flips() -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
    let found = RwSignal::new(None::<Vec<Flip>>);
    let busy = RwSignal::new(false);
    let place: NodeRef<Div> = NodeRef::new();
    let seen = sight::of(place);
    follow(calculator, seen, found, busy);
    let near = move || {
        found.with(|found| match found {
            None => view! { <p class="note">"Looking."</p> }.into_any(),
            Some(found) if found.is_empty() => view! { <p>{change::NO_FLIP}</p> }.into_any(),
            Some(found) => list(&found[..found.len().min(FIRST)], calculator),
        })
    };
    let count = Memo::new(move |_| found.with(|found| found.as_ref().map_or(0, Vec::len)));
    let all = move || {
        found.with(|found| {
            let others = found.as_ref().and_then(|found| found.get(FIRST..));
            others.map(|others| list(others, calculator))
        })
    };
    // One fold whatever is found: who has opened it goes on reading.
    let is_more = Memo::new(move |_| count.get() > FIRST);
    let more = move || {
        is_more.get().then(|| {
            let summary = view! { {move || format!("{} more", count.get() - FIRST)} };
            view! { <Fold summary=summary.into_any()>{move || all()}</Fold> }.into_any()
        })
    };
    view! {
        <h3 id=TITLE tabindex="-1">
            "What would change it"
        </h3>
        <div node_ref=place aria-busy=move || busy.get().to_string()>
            {move || near()}
            {move || more()}
        </div>
    }
}

fn list(flips: &[Flip], calculator: Calculator) -> AnyView {
    let items: Vec<_> = flips.iter().map(|flip| item(*flip, calculator)).collect();
    view! { <ul class="flips">{items}</ul> }.into_any()
}

/// A change and who wins then. A button makes it, unless the input is locked.
fn item(flip: Flip, calculator: Calculator) -> AnyView {
    let text = calculator
        .inputs
        .with_untracked(|inputs| change::flip(&flip, inputs));
    let arrow = match flip.direction {
        Direction::Up => "\u{2191} ",
        Direction::Down => "\u{2193} ",
        Direction::Other => "\u{21c4} ",
    };
    let what = view! {
        <span class="arrow" aria-hidden="true">
            {arrow}
        </span>
        <span>{text}</span>
        <span class="then">{[": ", change::winner(flip.winner)].concat()}</span>
    };
    let make = move || {
        calculator.change(Vec::new(), |inputs| {
            *inputs = flip.round.put(flip.field, inputs);
        });
        // The button goes away with the answer that it changed.
        page::focus(TITLE);
    };
    let what = if calculator.is_locked(flip.field.path) {
        what.into_any()
    } else {
        view! {
            <button type="button" class="flip" on:click=press(make)>
                {what}
            </button>
        }
        .into_any()
    };
    view! { <li data-input=flip.field.path>{what}</li> }.into_any()
}

/// Searches anew after each change of inputs or prices, while it is in sight. It is busy while what is shown may be of the inputs
/// before.
fn follow(
    calculator: Calculator,
    seen: RwSignal<bool>,
    found: RwSignal<Option<Vec<Flip>>>,
    busy: RwSignal<bool>,
) {
    let slices = Slices::new();
    Effect::new(move |_| {
        calculator.inputs.track();
        calculator.book.track();
        if !seen.get() {
            busy.set(false);
            return slices.stop();
        }
        if !busy.get_untracked() {
            busy.set(true);
        }
        let mut search: Option<Search> = None;
        slices.begin_afterwards(move || {
            calculator.book.with_untracked(|book| {
                let Some(search) = &mut search else {
                    let begun = calculator
                        .inputs
                        .with_untracked(|inputs| Search::new(inputs, book));
                    search = Some(begun);
                    return true;
                };
                let more = search.step(book);
                if !more {
                    found.set(Some(search.found()));
                    busy.set(false);
                }
                more
            })
        });
    });
}
