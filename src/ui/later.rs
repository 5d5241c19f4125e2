//! The panels below the first answer. They are made once it has been painted, one in each pause of the page, so that it
//! answers at once; and all at once where somebody prints.
//!
//! None waits until it is scrolled to: what stands nowhere in the document is not found by the browser's search, and the
//! browser tells nobody that it searches.

use super::{panels::later_panels, state::Calculator};
use crate::web::{IN_BROWSER, page};
use leptos::prelude::*;
use std::time::Duration;

/// How long the first answer has to be painted.
const FIRST_PAINT: Duration = Duration::from_millis(60);

/// Everything that stands below the first answer.
#[component]
pub(super) fn Later() -> impl IntoView {
    let panels = later_panels(Calculator::from_context());
    let count = panels.len();
    let made = RwSignal::new(0);
    if IN_BROWSER {
        set_timeout(move || next(made, count), FIRST_PAINT);
    }
    page::on_print(move || made.set(count));
    panels
        .into_iter()
        .enumerate()
        .map(|(n, make)| {
            let is_made = move || made.get() > n;
            view! { <Show when=is_made>{make()}</Show> }
        })
        .collect_view()
}

/// Makes the next panel, and the one after it in the next pause.
fn next(made: RwSignal<usize>, count: usize) {
    // The page may be gone by now.
    let now = made.try_update(|made| {
        *made += 1;
        *made
    });
    match now {
        Some(now) if now < count => page::soon(move || next(made, count)),
        // The browser has looked for the panel that the address names before there was one.
        Some(_) => page::soon(page::scroll_to_fragment),
        None => {}
    }
}
