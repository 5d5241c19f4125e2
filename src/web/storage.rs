//! Local storage behind a guard: refused storage is no storage, never a crash.
//!
//! `gloo_storage` throws where the browser refuses storage (a sandboxed frame, blocked site data), and an exception
//! through Rust frames leaves locks behind. So the browser is asked first, and gloo only after it said yes.

use super::page;
use gloo_storage::{LocalStorage, Storage};
use leptos::{
    ev,
    prelude::{on_cleanup, window_event_listener},
};

/// The largest text that is written, in bytes; a quota is shared with everything else on the origin.
const LIMIT: usize = plimsoll_formats::scenario::saved::TEXT_LIMIT;

/// What was kept under a name, if anything can be read. A full storage can be read as well.
pub fn load(name: &str) -> Option<String> {
    let key = key(name);
    let storage = super::window()?.local_storage().ok()??;
    // gloo takes for granted that this does not throw.
    storage.get_item(&key).ok()?;
    LocalStorage::get(key).ok()
}

/// Keeps a text under a name; `false` if it could not be kept.
pub fn save(name: &str, text: &str) -> bool {
    text.len() <= LIMIT && writable() && LocalStorage::set(key(name), text).is_ok()
}

/// Runs `then` with what another tab has kept under a name, until the owner is cleaned up.
pub fn on_change(name: &str, then: impl Fn(String) + 'static) {
    if !super::IN_BROWSER {
        return;
    }
    let key = key(name);
    let handle = window_event_listener(ev::storage, move |event| {
        if event.key().as_deref() == Some(&key)
            && let Some(kept) = event.new_value()
            && let Ok(text) = serde_json::from_str(&kept)
        {
            then(text);
        }
    });
    on_cleanup(move || handle.remove());
}

/// Whether the browser lets us keep things, tried out rather than asked.
fn writable() -> bool {
    super::window()
        .and_then(|window| window.local_storage().ok().flatten())
        .is_some_and(|storage| {
            let key = key("probe");
            storage.set_item(&key, "1").is_ok() && storage.remove_item(&key).is_ok()
        })
}

/// Our own name for a thing: several pages may share one origin.
fn key(name: &str) -> String {
    format!("plimsoll:{}:v1:{name}", page::path())
}
