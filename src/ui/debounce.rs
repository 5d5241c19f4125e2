//! Work that waits for a pause: done a while after the last change, not at each.

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::time::Duration;

/// Runs the last callback after a pause; each new one begins the pause anew.
#[derive(Clone, Copy)]
pub(super) struct Debounce {
    pause: Duration,
    pending: StoredValue<Option<TimeoutHandle>>,
}

impl Debounce {
    /// With nothing pending.
    pub(super) fn after(pause: Duration) -> Self {
        Self {
            pause,
            pending: StoredValue::new(None),
        }
    }

    /// Runs `callback` after the pause, instead of what is pending.
    pub(super) fn call(self, callback: impl Fn() + 'static) {
        self.cancel();
        let done = move || {
            self.pending.try_update_value(|handle| *handle = None);
            callback();
        };
        let handle = set_timeout_with_handle(done, self.pause);
        self.pending.set_value(handle.ok());
    }

    /// Drops what is pending. Whether something was.
    pub(super) fn cancel(self) -> bool {
        let handle = self.pending.try_update_value(Option::take).flatten();
        handle.inspect(TimeoutHandle::clear).is_some()
    }
}
