//! Rows that change places glide there, so that the eye can follow them; at once where the system asks for less motion.

use super::page::Local;
use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::{StoredValue, UpdateValue, request_animation_frame};
use std::collections::HashMap;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

/// How long a row is on its way, ms.
const GLIDE_MS: f64 = 180.0;

/// The longest way that an eye follows, CSS pixels: what comes from farther, as when a bill has opened above, is there at once.
const FARTHEST_PX: i32 = 250;

/// Where rows were when last looked at, by what tells them apart: CSS pixels from the top of their table.
#[derive(Clone, Copy)]
pub struct Places(Local<HashMap<String, i32>>);

impl Places {
    /// None known.
    pub fn unknown() -> Self {
        Self(StoredValue::new_local(HashMap::new()))
    }

    /// Lets what `rows` selects glide from where it was, in the next frame; `named_by` is the attribute that tells rows apart.
    pub fn glide(self, rows: &'static str, named_by: &'static str) {
        if super::IN_BROWSER {
            request_animation_frame(move || {
                // The panel may have gone since.
                let _ = self.0.try_update_value(|known| go(known, rows, named_by));
            });
        }
    }
}

fn go(known: &mut HashMap<String, i32>, rows: &str, named_by: &str) {
    let now = find(rows, named_by);
    if !wants_less_motion() {
        for (name, element, top) in &now {
            let from = known.get(name).map_or(0, |before| before - top);
            if from != 0 && from.abs() <= FARTHEST_PX {
                animate(element, from);
            }
        }
    }
    *known = now.into_iter().map(|(name, _, top)| (name, top)).collect();
}

/// Rows in sight: name, element, place.
fn find(rows: &str, named_by: &str) -> Vec<(String, HtmlElement, i32)> {
    let document = super::window().and_then(|window| window.document());
    let Some(found) = document.and_then(|document| document.query_selector_all(rows).ok()) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|n| {
            let element: HtmlElement = found.get(n)?.dyn_into().ok()?;
            let name = element.get_attribute(named_by)?;
            let top = element.offset_top();
            (!element.hidden()).then_some((name, element, top))
        })
        .collect()
}

fn wants_less_motion() -> bool {
    let asked = super::window().and_then(|window| {
        window
            .match_media("(prefers-reduced-motion: reduce)")
            .ok()?
    });
    asked.is_some_and(|asked| asked.matches())
}

/// From so many pixels below its place to its place. A browser that can't shows the row there at once.
fn animate(element: &HtmlElement, from: i32) {
    let animate = Reflect::get(element, &"animate".into());
    let Some(animate) = animate.ok().and_then(|f| f.dyn_into::<Function>().ok()) else {
        return;
    };
    let frame = |transform: &str| {
        let frame = Object::new();
        let _ = Reflect::set(&frame, &"transform".into(), &transform.into());
        JsValue::from(frame)
    };
    let frames = Array::of2(&frame(&format!("translateY({from}px)")), &frame("none"));
    let timing = Object::new();
    for (name, value) in [("duration", GLIDE_MS.into()), ("easing", "ease-out".into())] {
        let _ = Reflect::set(&timing, &name.into(), &value);
    }
    let _ = animate.call2(element, &frames, &timing);
}
