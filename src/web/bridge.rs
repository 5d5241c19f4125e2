//! Between the page and its workbench: two programs on one document, which talk in texts by events of the document.
//!
//! The page has the state. It tells every change as [`STATE`]; the workbench asks for it as [`ASK`] and hands in what the
//! user changed there as [`TAKE`]. Events are dispatched at once, so what was asked for is there when the call returns.

use leptos::prelude::{on_cleanup, window_event_listener_untyped};
use wasm_bindgen::{JsCast, JsValue};

/// The page tells its state.
pub const STATE: &str = "plimsoll:state";
/// The workbench asks for it.
pub const ASK: &str = "plimsoll:ask";
/// The hand rests: whoever waits whether more comes need not.
pub const REST: &str = "plimsoll:rest";
/// The workbench hands in another.
pub const TAKE: &str = "plimsoll:take";

/// The page tells whose bill is to be shown, by its id.
pub const CHOSEN: &str = "plimsoll:chosen";
/// The workbench wants all inputs to be shown.
pub const ALL_INPUTS: &str = "plimsoll:all-inputs";
/// The workbench tells in which order numbers are to be shown, by their ids with commas between; by topic without any.
pub const ORDER: &str = "plimsoll:order";

/// Tells a text to whoever listens.
pub fn tell(name: &str, text: &str) {
    let init = web_sys::CustomEventInit::new();
    init.set_detail(&JsValue::from_str(text));
    let event = web_sys::CustomEvent::new_with_event_init_dict(name, &init);
    if let (Some(window), Ok(event)) = (web_sys::window(), event) {
        let _ = window.dispatch_event(&event);
    }
}

/// Runs `then` with every text that is told under that name, until the owner is cleaned up.
pub fn on(name: &'static str, then: impl Fn(String) + 'static) {
    let handle = window_event_listener_untyped(name, move |event| {
        let detail = event.dyn_ref::<web_sys::CustomEvent>();
        then(
            detail
                .and_then(|event| event.detail().as_string())
                .unwrap_or_default(),
        );
    });
    on_cleanup(move || handle.remove());
}
