//! Files that the user drops or picks. They are read here and go nowhere else.

use super::reading::Part;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{DragEvent, FileList};

/// The files that were dropped.
pub fn dropped(event: &web_sys::Event) -> Vec<Part> {
    let event: Option<&DragEvent> = event.dyn_ref();
    let files = event.and_then(|event| event.data_transfer()?.files());
    parts(files)
}

/// The files that were picked in a file input. It can be asked for the same ones again.
pub fn picked(event: &web_sys::Event) -> Vec<Part> {
    let input = event.target().and_then(|input| input.dyn_into().ok());
    let Some(input): Option<web_sys::HtmlInputElement> = input else {
        return Vec::new();
    };
    let parts = parts(input.files());
    input.set_value("");
    parts
}

fn parts(files: Option<FileList>) -> Vec<Part> {
    let Some(files) = files else {
        return Vec::new();
    };
    let file = |n: u32| files.get(n);
    let part = |file: web_sys::File| Part {
        name: file.name(),
        blob: file.into(),
    };
    (0..files.length()).filter_map(file).map(part).collect()
}

/// Reads a file as text, at most `limit` bytes of it, and hands it on; nothing where the browser can't.
pub fn read_text(file: &web_sys::Blob, limit: usize, then: impl FnOnce(String) + 'static) {
    let Ok(part) = file.slice_with_i32_and_i32(0, i32::try_from(limit).unwrap_or(i32::MAX)) else {
        return;
    };
    let done = Closure::once(move |text: JsValue| then(text.as_string().unwrap_or_default()));
    let _ = part.text().then(&done);
    // It runs once, later, and is freed then.
    done.forget();
}

/// Takes files that are dropped anywhere on the page, which would be left for them otherwise.
pub fn on_drop(then: impl Fn(Vec<Part>) + 'static) {
    if !super::IN_BROWSER {
        return;
    }
    let has_files = |event: &DragEvent| {
        let types = event.data_transfer().map(|transfer| transfer.types());
        types.is_some_and(|types| types.includes(&JsValue::from_str("Files"), 0))
    };
    let over = leptos::prelude::window_event_listener(leptos::ev::dragover, move |event| {
        if has_files(&event) {
            event.prevent_default();
        }
    });
    let drop = leptos::prelude::window_event_listener(leptos::ev::drop, move |event| {
        if has_files(&event) {
            event.prevent_default();
            then(dropped(&event));
        }
    });
    leptos::prelude::on_cleanup(move || {
        over.remove();
        drop.remove();
    });
}
