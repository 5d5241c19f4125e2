//! Whether something on the page is in sight, so that what nobody looks at is not worked out.

use js_sys::Array;
use leptos::{html::Div, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// What is so near to the window is in sight: it has its numbers when it gets there.
const NEAR: &str = "300px";

/// Whether a box is in sight.
pub fn of(place: NodeRef<Div>) -> RwSignal<bool> {
    let seen = RwSignal::new(false);
    Effect::new(move |_| {
        if let Some(place) = place.get() {
            watch(&place, seen);
        }
    });
    seen
}

/// Keeps `seen` as it is with an element. Where the browser can't tell, it is in sight; and so it is where somebody prints.
fn watch(element: &Element, seen: RwSignal<bool>) {
    super::page::on_print(move || {
        seen.try_set(true);
    });
    let callback = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
        let last = entries.get(entries.length().saturating_sub(1));
        let now = last
            .unchecked_ref::<IntersectionObserverEntry>()
            .is_intersecting();
        if seen.try_get_untracked() == Some(!now) {
            seen.set(now);
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin(NEAR);
    let Ok(observer) =
        IntersectionObserver::new_with_options(callback.as_ref().unchecked_ref(), &options)
    else {
        seen.set(true);
        return;
    };
    observer.observe(element);
    let keep = StoredValue::new_local((observer, callback));
    on_cleanup(move || {
        keep.with_value(|(observer, _)| observer.disconnect());
    });
}
