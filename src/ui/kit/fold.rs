//! What is shown on demand, behind its summary.

use leptos::{ev::Event, prelude::*};

/// A fold whose body is made when it is opened first: what nobody looks at costs nothing.
#[component]
pub(in super::super) fn Fold(
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional)] class: Option<&'static str>,
    #[prop(optional)] open: bool,
    summary: AnyView,
    children: ChildrenFn,
) -> impl IntoView {
    let opened = RwSignal::new(open);
    let open_once: Box<dyn FnMut(Event)> = Box::new(move |_| {
        if !opened.get_untracked() {
            opened.set(true);
        }
    });
    view! {
        <details id=id class=class open=open on:toggle=open_once>
            <summary>{summary}</summary>
            {move || opened.get().then(|| children())}
        </details>
    }
}

/// A section behind its heading, made when it is opened first. `id` is that of the fold, and begins that of the heading.
#[component]
pub(in super::super) fn Section(
    id: &'static str,
    label: &'static str,
    title: &'static str,
    #[prop(optional)] open: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let heading = view! { <h2 id=[id, "-title"].concat()>{title}</h2> }.into_any();
    view! {
        <section aria-label=label>
            <Fold id open summary=heading children />
        </section>
    }
}
