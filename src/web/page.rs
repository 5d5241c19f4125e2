//! The page around the app: its skeleton, its colours, its life.

use leptos::prelude::{on_cleanup, window_event_listener_untyped};

/// Takes the static skeleton away that stood in for the app while it loaded.
pub fn remove_skeleton() {
    let skeleton = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("skeleton"));
    if let Some(skeleton) = skeleton {
        skeleton.remove();
    }
}

/// The element that the app is mounted in.
pub fn mount_point() -> Option<web_sys::HtmlElement> {
    use wasm_bindgen::JsCast;
    web_sys::window()?
        .document()?
        .get_element_by_id("app")?
        .dyn_into()
        .ok()
}

/// The value of a custom property of the page's style, as it stands in the present theme.
pub fn style_property(name: &str) -> Option<String> {
    let window = web_sys::window()?;
    let root = window.document()?.document_element()?;
    let style = window.get_computed_style(&root).ok()??;
    let value = style.get_property_value(name).ok()?;
    Some(value.trim().to_owned())
}

/// Runs `then` whenever the page may be about to go: hidden, left or frozen. Until the owner is cleaned up.
pub fn on_leave(then: impl Fn() + Clone + 'static) {
    for event in ["pagehide", "visibilitychange"] {
        let then = then.clone();
        let handle = window_event_listener_untyped(event, move |_| then());
        on_cleanup(move || handle.remove());
    }
}
