//! What is done once things rest: a while after the last change, not at each.

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::time::Duration;

/// A thing to do that waits; whatever comes meanwhile lets it wait anew.
#[derive(Clone, Copy)]
pub(super) struct Rest {
    after: Duration,
    waiting: StoredValue<Option<TimeoutHandle>>,
}

impl Rest {
    /// Nothing waits yet; what will is done so long after it was last asked for.
    pub(super) fn after(after: Duration) -> Self {
        Self {
            after,
            waiting: StoredValue::new(None),
        }
    }

    /// Has something done, in place of what waits.
    pub(super) fn then(self, act: impl Fn() + 'static) {
        self.stop();
        let done = move || {
            self.waiting.try_update_value(|handle| *handle = None);
            act();
        };
        let handle = set_timeout_with_handle(done, self.after);
        self.waiting.set_value(handle.ok());
    }

    /// Drops what waits. Whether something did.
    pub(super) fn stop(self) -> bool {
        let handle = self.waiting.try_update_value(Option::take).flatten();
        handle.inspect(TimeoutHandle::clear).is_some()
    }
}
