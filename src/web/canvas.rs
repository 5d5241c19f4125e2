//! A canvas that is sharp at any pixel ratio: its size in device pixels, and when that changes.

use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::{RwSignal, Set, StoredValue, WithValue, on_cleanup};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::HtmlCanvasElement;

/// The size of a canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// Width in device pixels.
    pub width: u32,
    /// Height in device pixels.
    pub height: u32,
    /// Device pixels in a CSS pixel.
    pub ratio: f64,
}

/// No canvas is larger than this on a side; more would only cost memory.
const LARGEST: f64 = 4_096.0;
/// Below this nothing can be read, and the frame is probably hidden.
const SMALLEST: f64 = 32.0;

/// The size that a canvas should have, or `None` if it is too small to draw on. `exact` is its size in device pixels
/// where the browser tells it; a canvas that is one pixel off is stretched, and blurred.
pub fn size_of(canvas: &HtmlCanvasElement, exact: Option<(f64, f64)>) -> Option<Size> {
    let rect = canvas.get_bounding_client_rect();
    if rect.width() < SMALLEST || rect.height() < SMALLEST {
        return None;
    }
    let ratio = super::window()?.device_pixel_ratio();
    let (width, height) = exact.unwrap_or((rect.width() * ratio, rect.height() * ratio));
    // Beyond three device pixels in a CSS pixel nobody sees a difference.
    let shrink = (3.0 / ratio).min(LARGEST / width.max(height)).min(1.0);
    Some(Size {
        width: (width * shrink).round() as u32,
        height: (height * shrink).round() as u32,
        ratio: width * shrink / rect.width(),
    })
}

/// Keeps `size` up to date with the canvas's place on the page and the screen's pixel ratio.
pub fn watch(canvas: &HtmlCanvasElement, size: RwSignal<Option<Size>>) {
    watch_box(canvas, size);
    let measure = {
        let canvas = canvas.clone();
        move || {
            size.try_set(size_of(&canvas, None));
        }
    };
    watch_ratio(measure);
}

fn watch_box(canvas: &HtmlCanvasElement, size: RwSignal<Option<Size>>) {
    let measured = canvas.clone();
    let callback = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
        size.try_set(size_of(&measured, device_pixels(&entries.get(0))));
    });
    let Ok(observer) = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref()) else {
        return;
    };
    // Not every engine knows this box, and one that does not throws.
    let options = Object::new();
    let _ = Reflect::set(&options, &"box".into(), &"device-pixel-content-box".into());
    let observe = Reflect::get(&observer, &"observe".into()).ok();
    let exact = observe
        .and_then(|observe| observe.dyn_into::<Function>().ok())
        .is_some_and(|observe| observe.call2(&observer, canvas, &options).is_ok());
    if !exact {
        observer.observe(canvas);
    }
    let keep = StoredValue::new_local((observer, callback));
    on_cleanup(move || {
        keep.with_value(|(observer, _)| observer.disconnect());
    });
}

/// The size in device pixels that an observed change tells, in engines that tell it.
fn device_pixels(entry: &JsValue) -> Option<(f64, f64)> {
    let boxes = Reflect::get(entry, &"devicePixelContentBoxSize".into()).ok()?;
    let first = Reflect::get_u32(&boxes, 0).ok()?;
    let side = |name: &str| Reflect::get(&first, &name.into()).ok()?.as_f64();
    Some((side("inlineSize")?, side("blockSize")?))
}

/// The browser tells of a change of the pixel ratio only by a media query for the present one, so each change asks for
/// the next. Zooming resizes too, but moving a window to another screen does not.
fn watch_ratio(measure: impl Fn() + Clone + 'static) {
    let handle = leptos::prelude::window_event_listener_untyped("resize", {
        let measure = measure.clone();
        move |_| measure()
    });
    on_cleanup(move || handle.remove());
    next_ratio(measure);
}

fn next_ratio(measure: impl Fn() + Clone + 'static) {
    let Some(window) = super::window() else {
        return;
    };
    let query = format!("(resolution: {}dppx)", window.device_pixel_ratio());
    let Ok(Some(list)) = window.match_media(&query) else {
        return;
    };
    let changed = Closure::once_into_js(move |_: JsValue| {
        measure();
        next_ratio(measure);
    });
    let options = web_sys::AddEventListenerOptions::new();
    options.set_once(true);
    let _ = list.add_event_listener_with_callback_and_add_event_listener_options(
        "change",
        changed.unchecked_ref(),
        &options,
    );
}

/// A backend to draw on, cleared and of that size; `None` where the browser gives no context.
pub fn backend(canvas: &HtmlCanvasElement, size: Size) -> Option<CanvasBackend> {
    if canvas.width() != size.width {
        canvas.set_width(size.width);
    }
    if canvas.height() != size.height {
        canvas.set_height(size.height);
    }
    let context: web_sys::CanvasRenderingContext2d =
        canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.clear_rect(0.0, 0.0, f64::from(size.width), f64::from(size.height));
    CanvasBackend::with_canvas_object(canvas.clone())
}
