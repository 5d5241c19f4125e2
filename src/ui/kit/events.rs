//! What answers an event. All answers to a kind of event are of one type, so that the code that listens is there once.

use leptos::{
    ev::{Event, MouseEvent},
    prelude::*,
};

/// Answers a press of a button.
pub(in super::super) fn press(mut then: impl FnMut() + 'static) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(move |_| then())
}

/// Answers an event with what it tells.
pub(in super::super) fn heard(then: impl FnMut(Event) + 'static) -> Box<dyn FnMut(Event)> {
    Box::new(then)
}

/// Takes what was typed or chosen.
pub(in super::super) fn entered(mut then: impl FnMut(String) + 'static) -> Box<dyn FnMut(Event)> {
    Box::new(move |event| then(event_target_value(&event)))
}

/// Takes whether a box is ticked.
pub(in super::super) fn ticked(mut then: impl FnMut(bool) + 'static) -> Box<dyn FnMut(Event)> {
    Box::new(move |event| then(event_target_checked(&event)))
}
