//! Local storage behind a guard: refused storage is no storage, never a crash.
//!
//! `gloo_storage` throws where the browser refuses storage (a sandboxed frame, blocked site data), and an exception
//! through Rust frames leaves locks behind. So the browser is asked first, and gloo only after it said yes.

use super::page;
use crate::scenario::json::{self, Value};
use gloo_storage::{LocalStorage, Storage};

/// The largest text that is written, in bytes; a quota is shared with everything else on the origin.
const LIMIT: usize = 64 * 1024;

/// What was kept under a name, if anything can be read. A full storage can be read as well.
pub fn load(name: &str) -> Option<String> {
    let key = key(name);
    let storage = web_sys::window()?.local_storage().ok()??;
    // gloo takes for granted that this does not throw.
    storage.get_item(&key).ok()?;
    let kept = LocalStorage::raw().get_item(&key).ok()??;
    json::read(&kept).ok()?.as_str().map(str::to_owned)
}

/// Keeps a text under a name; `false` if it could not be kept.
pub fn save(name: &str, text: &str) -> bool {
    text.len() <= LIMIT
        && writable()
        && LocalStorage::raw()
            .set_item(&key(name), &Value::from(text).to_string())
            .is_ok()
}

/// Whether the browser lets us keep things, tried out rather than asked.
fn writable() -> bool {
    web_sys::window()
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
