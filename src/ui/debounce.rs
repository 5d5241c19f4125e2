//! Work that waits for a pause: done a while after the last change, not at each.

use crate::web::page::{self, Local};
use leptos::prelude::*;
use std::time::Duration;

/// What waits, when it is due, and whether a timer runs.
#[derive(Default)]
struct Pending {
    work: Option<Box<dyn Fn()>>,
    due_ms: f64,
    is_timed: bool,
}

/// Runs the last callback after a pause; each new one begins the pause anew.
///
/// A timer is never cleared: what it would have run is never freed then, and a drag begins thousands of pauses. One timer runs
/// at a time, and where it finds that the pause is not over it begins another.
#[derive(Clone, Copy)]
pub(super) struct Debounce {
    pause: Duration,
    pending: Local<Pending>,
}

impl Debounce {
    /// With nothing pending.
    pub(super) fn after(pause: Duration) -> Self {
        Self {
            pause,
            pending: Local::new_local(Pending::default()),
        }
    }

    /// Runs `callback` after the pause, instead of what is pending.
    pub(super) fn call(self, callback: impl Fn() + 'static) {
        let is_timed = self.pending.try_update_value(|pending| {
            pending.work = Some(Box::new(callback));
            pending.due_ms = page::now_ms() + self.pause.as_millis() as f64;
            std::mem::replace(&mut pending.is_timed, true)
        });
        if is_timed == Some(false) {
            set_timeout(move || self.wake(), self.pause);
        }
    }

    /// Does what is due, or waits for as long as it takes.
    fn wake(self) {
        let now = page::now_ms();
        let due = self.pending.try_update_value(|pending| {
            // What comes by another clock, or a little early, is not waited for once more.
            let left = pending.due_ms - now;
            if pending.work.is_some() && left > 1.0 && left <= self.pause.as_millis() as f64 {
                return Err(left);
            }
            pending.is_timed = false;
            Ok(pending.work.take())
        });
        match due {
            Some(Err(left)) => {
                set_timeout(
                    move || self.wake(),
                    Duration::from_millis(left.ceil() as u64),
                );
            }
            Some(Ok(Some(work))) => work(),
            // Nothing is left to do, or the page is gone.
            Some(Ok(None)) | None => {}
        }
    }

    /// Drops what is pending. Whether something was.
    pub(super) fn cancel(self) -> bool {
        let work = self
            .pending
            .try_update_value(|pending| pending.work.take())
            .flatten();
        work.is_some()
    }
}
