//! The week's load from the user's own figures.

use super::super::{kit::events::press, state::Calculator};
use crate::web::page;
use leptos::prelude::*;

/// Where to go with a CSV of request counts.
pub(super) fn own_week(calculator: Calculator) -> AnyView {
    let note = if calculator.is_locked("traffic.grid") {
        "The week is set by this page."
    } else {
        "Your own week, hour by hour, comes from a file of request counts."
    };
    let open = || page::unfold_to("import-text".to_owned(), "import");
    view! {
        <div class="field stacked">
            <p class="note">{note}</p>
            <button type="button" on:click=press(open)>
                "Use your own week"
            </button>
        </div>
    }
    .into_any()
}
