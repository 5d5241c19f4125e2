//! Files that the user drops or picks. They are read here and go nowhere else.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// The first file that was dropped, if one was.
pub fn dropped(event: &web_sys::Event) -> Option<web_sys::File> {
    let event: &web_sys::DragEvent = event.dyn_ref()?;
    event.data_transfer()?.files()?.get(0)
}

/// The file that was picked in a file input.
pub fn picked(event: &web_sys::Event) -> Option<web_sys::File> {
    let input: web_sys::HtmlInputElement = event.target()?.dyn_into().ok()?;
    input.files()?.get(0)
}

/// Reads a file as text, at most `limit` bytes of it, and hands it on; nothing where the browser can't.
pub fn read_text(file: &web_sys::File, limit: usize, then: impl FnOnce(String) + 'static) {
    let Ok(part) = file.slice_with_i32_and_i32(0, i32::try_from(limit).unwrap_or(i32::MAX)) else {
        return;
    };
    let done = Closure::once(move |text: JsValue| then(text.as_string().unwrap_or_default()));
    let _ = part.text().then(&done);
    // It runs once, later, and is freed then.
    done.forget();
}
