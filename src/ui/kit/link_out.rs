//! A link to a page of somebody else.

use leptos::prelude::*;

/// The link. It opens a tab of its own, which learns nothing of this one.
#[component]
pub(in super::super) fn LinkOut(
    #[prop(into)] href: String,
    #[prop(into)] text: String,
) -> impl IntoView {
    view! {
        <a href=href target="_blank" rel="noopener noreferrer">
            {text}
        </a>
    }
}
