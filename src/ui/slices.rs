//! Work that takes longer than a frame: done in slices, between which the page answers.

use crate::web::page;
use leptos::prelude::*;
use std::time::Duration;

/// How long one slice may take, ms.
const SLICE_MS: f64 = 6.0;

/// How long what is seen less often waits for what is seen at once.
const AFTERWARDS: Duration = Duration::from_millis(100);

/// A place for one piece of work: what is begun there ends what was under way.
#[derive(Clone, Copy)]
pub(super) struct Slices(StoredValue<u32>);

impl Slices {
    /// Nothing is under way yet.
    pub(super) fn new() -> Self {
        Self(StoredValue::new(0))
    }

    /// Begins a piece of work: steps, the last of which says that there is no more to do.
    pub(super) fn begin(self, step: impl FnMut() -> bool + 'static) {
        self.stop();
        slice(Box::new(step), self.0.get_value(), self.0);
    }

    /// Begins the work a little later: what else is to be done comes first.
    pub(super) fn begin_afterwards(self, step: impl FnMut() -> bool + 'static) {
        self.stop();
        let (this, run) = (self.0.get_value(), self.0);
        let step: Box<dyn FnMut() -> bool> = Box::new(step);
        set_timeout(move || slice(step, this, run), AFTERWARDS);
    }

    /// Ends what is under way.
    pub(super) fn stop(self) {
        self.0.update_value(|run| *run = run.wrapping_add(1));
    }
}

/// Does a slice of the work, unless another was begun or its place is gone.
fn slice(mut step: Box<dyn FnMut() -> bool>, this: u32, run: StoredValue<u32>) {
    if run.try_get_value() != Some(this) {
        return;
    }
    let began = page::now_ms();
    while step() {
        if page::now_ms() - began > SLICE_MS {
            page::soon(move || slice(step, this, run));
            return;
        }
    }
}
