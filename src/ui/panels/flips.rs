//! What would change the answer: single changes of an input, the nearest first, each a button that makes it.

use super::super::{
    html::{Html, all, button, classed, fold_later, html, note},
    slices::Slices,
    state::Calculator,
};
use crate::{
    explain::change,
    model::explore::flips::{Direction, Flip, Search},
    web::page,
};
use leptos::prelude::*;

/// Where it comes to stand in the verdict.
pub(crate) const FLIPS: &str = "flips";
const TITLE: &str = "flips-title";
/// How many are shown at once.
const FIRST: usize = 5;

/// The changes: found anew whenever the inputs rest.
pub(crate) fn flips(calculator: Calculator) -> AnyView {
    let found = RwSignal::new(None::<Vec<Flip>>);
    let busy = RwSignal::new(true);
    follow(calculator, found, busy);
    let near = move || {
        found.with(|found| match found {
            None => vec![note("Being looked for.")],
            Some(found) if found.is_empty() => vec![html("p").has(change::NO_FLIP)],
            Some(found) => vec![list(&found[..found.len().min(FIRST)], calculator)],
        })
    };
    let more = move || {
        let count = found.with(|found| found.as_ref().map_or(0, Vec::len));
        (count > FIRST).then(|| {
            fold_later(false, format!("All {count} single changes"), move || {
                found.with_untracked(|found| {
                    let rest = found.as_ref().and_then(|found| found.get(FIRST..));
                    rest.map(|rest| list(rest, calculator))
                })
            })
        })
    };
    all([
        html("h3")
            .is("id", TITLE)
            .is("tabindex", "-1")
            .has("What would change it"),
        html("div")
            .now_is("aria-busy", move || Some(busy.get().to_string()))
            .shows(near)
            .shows(more),
    ])
}

fn list(flips: &[Flip], calculator: Calculator) -> Html {
    let items: Vec<Html> = flips.iter().map(|flip| item(flip, calculator)).collect();
    classed("ul", "flips").has(items)
}

/// A change and who wins then. A button makes it, unless the input is locked.
fn item(flip: &Flip, calculator: Calculator) -> Html {
    let flip = *flip;
    let text = calculator
        .inputs
        .with_untracked(|inputs| change::flip(&flip, inputs));
    let arrow = match flip.direction {
        Direction::Up => "\u{2191} ",
        Direction::Down => "\u{2193} ",
        Direction::Other => "\u{21c4} ",
    };
    let what = [
        classed("span", "arrow")
            .is("aria-hidden", "true")
            .has(arrow),
        html("span").has(text),
        classed("span", "then").has([": ", change::winner(flip.winner)]),
    ];
    let item = html("li").is("data-input", flip.field.path);
    if calculator.is_locked(flip.field.path) {
        return item.has(what);
    }
    let make = move || {
        calculator.change(Vec::new(), |inputs| {
            *inputs = flip.round.put(flip.field, inputs);
        });
        // The button goes away with the answer that it changed.
        page::focus(TITLE);
    };
    item.has(button("", make).is("class", "flip").has(what))
}

/// Searches anew after each change of inputs or prices. It is busy while what is shown may be of the inputs before.
fn follow(calculator: Calculator, found: RwSignal<Option<Vec<Flip>>>, busy: RwSignal<bool>) {
    let slices = Slices::new();
    Effect::new(move |_| {
        calculator.inputs.track();
        calculator.book.track();
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
