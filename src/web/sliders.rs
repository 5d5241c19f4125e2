//! The sliders of the page as another program finds them: the canvas under each, and when they come, go and move.

use js_sys::Array;
use leptos::prelude::{
    LocalStorage, StoredValue, WithValue, document, on_cleanup, window_event_listener_untyped,
};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlCanvasElement, HtmlInputElement};

/// A place for things of the browser's, which stay on its one thread.
pub type Place<T> = StoredValue<T, LocalStorage>;

/// What the id of a slider ends with.
const SUFFIX: &str = "-slider";

/// A slider with the canvas under it.
#[derive(Clone, Debug)]
pub struct Slider {
    /// The id of its input.
    pub id: String,
    input: HtmlInputElement,
    /// What is drawn under it.
    pub canvas: HtmlCanvasElement,
}

impl Slider {
    /// Where its thumb is, from 0 to 1.
    pub fn thumb(&self) -> f64 {
        let number = |text: String| text.parse::<u32>().map_or(0.0, f64::from);
        number(self.input.value()) / number(self.input.max()).max(1.0)
    }

    /// How far it is from what is seen, CSS pixels; zero where it is seen itself.
    pub fn distance(&self) -> f64 {
        let rect = self.input.get_bounding_client_rect();
        let window = web_sys::window().and_then(|window| window.inner_height().ok());
        let height = window.and_then(|height| height.as_f64()).unwrap_or(0.0);
        (rect.top() - height).max(-rect.bottom()).max(0.0)
    }
}

/// Every slider that there is now, with a canvas under it.
pub fn all() -> Vec<Slider> {
    let Ok(found) = document().query_selector_all("input.slider") else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|n| found.item(n)?.dyn_into::<HtmlInputElement>().ok())
        .filter_map(with_canvas)
        .collect()
}

fn with_canvas(input: HtmlInputElement) -> Option<Slider> {
    let id = input.id().strip_suffix(SUFFIX)?.to_owned();
    let next = input.next_element_sibling();
    let canvas = next.and_then(|next| next.dyn_into::<HtmlCanvasElement>().ok());
    let canvas = canvas.or_else(|| canvas_under(&input))?;
    Some(Slider { id, input, canvas })
}

fn canvas_under(input: &HtmlInputElement) -> Option<HtmlCanvasElement> {
    let canvas = document().create_element("canvas").ok()?;
    canvas.set_class_name("slope");
    // The table of influences tells the same.
    let _ = canvas.set_attribute("aria-hidden", "true");
    let put = input.insert_adjacent_element("afterend", &canvas);
    put.ok().flatten()?.dyn_into().ok()
}

/// Runs `then` when there are sliders without a canvas in the first element of a class, until the owner is cleaned up.
pub fn on_new(class: &str, then: impl Fn() + 'static) {
    let Ok(Some(place)) = document().query_selector(&[".", class].concat()) else {
        return;
    };
    let callback = Closure::<dyn FnMut(Array)>::new(move |_: Array| {
        let bare = document().query_selector("input.slider:not(:has(+ .slope))");
        if bare.is_ok_and(|bare| bare.is_some()) {
            then();
        }
    });
    let Ok(observer) = web_sys::MutationObserver::new(callback.as_ref().unchecked_ref()) else {
        return;
    };
    let options = web_sys::MutationObserverInit::new();
    options.set_child_list(true);
    options.set_subtree(true);
    if observer.observe_with_options(&place, &options).is_err() {
        return;
    }
    let keep = StoredValue::new_local((observer, callback));
    on_cleanup(move || {
        keep.with_value(|(observer, _)| observer.disconnect());
    });
}

/// Runs `then` with the id of the input whose slider moves, until the owner is cleaned up.
pub fn on_slide(then: impl Fn(String) + 'static) {
    let handle = window_event_listener_untyped("input", move |event| {
        let id = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
            .and_then(|input| input.id().strip_suffix(SUFFIX).map(str::to_owned));
        if let Some(id) = id {
            then(id);
        }
    });
    on_cleanup(move || handle.remove());
}

/// Runs `then` when the window has another size.
pub fn on_resize(then: impl Fn() + 'static) {
    let handle = window_event_listener_untyped("resize", move |_| then());
    on_cleanup(move || handle.remove());
}
