//! Rows that change places glide there, so that the eye can follow them; at once where the system asks for less motion.

use super::page::Local;
use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::{StoredValue, UpdateValue, WithValue, request_animation_frame};
use std::collections::HashMap;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

/// How long a row is on its way, ms.
const GLIDE_MS: f64 = 180.0;

/// The longest way that an eye follows, CSS pixels: what comes from farther, as when a bill has opened above, is there at once.
const FARTHEST_PX: i32 = 250;

/// Where rows were when all was at rest, and how they are found.
#[derive(Clone, Copy)]
pub struct Places(Local<Known>);

#[derive(Default)]
struct Known {
    /// What selects the rows, and the attribute that tells them apart.
    rows: &'static str,
    named_by: &'static str,
    /// CSS pixels from the top of their table, by name.
    tops: HashMap<String, i32>,
}

impl Places {
    /// None known.
    pub fn unknown() -> Self {
        Self(StoredValue::new_local(Known::default()))
    }

    /// Notes where the rows are once they have been drawn.
    pub fn note(self, rows: &'static str, named_by: &'static str) {
        self.in_the_next_frame(move |known| {
            let tops = find(rows, named_by).into_iter();
            *known = Known {
                rows,
                named_by,
                tops: tops.map(|(name, _, top)| (name, top)).collect(),
            };
        });
    }

    /// Lets rows glide in the next frame from where they were noted, once.
    pub fn glide(self) {
        let noted = self.0.try_with_value(|known| !known.tops.is_empty());
        if noted == Some(true) {
            self.in_the_next_frame(go);
        }
    }

    fn in_the_next_frame(self, then: impl FnOnce(&mut Known) + 'static) {
        if super::IN_BROWSER {
            request_animation_frame(move || {
                // The panel may have gone since.
                let _ = self.0.try_update_value(then);
            });
        }
    }
}

fn go(known: &mut Known) {
    let before = std::mem::take(&mut known.tops);
    if wants_less_motion() {
        return;
    }
    for (name, element, top) in find(known.rows, known.named_by) {
        let from = before.get(&name).map_or(0, |before| before - top);
        if from != 0 && from.abs() <= FARTHEST_PX {
            animate(&element, from);
        }
    }
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
