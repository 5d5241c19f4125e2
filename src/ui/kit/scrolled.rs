//! A table that scrolls in its own frame.

use leptos::prelude::*;

/// The frame, named by the heading with that id.
#[component]
pub(in super::super) fn Scrolled(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="scroll" tabindex="0" role="group" aria-labelledby=title>
            {children()}
        </div>
    }
}
