//! Writes what the user made to this browser's storage after a pause, and merges what another tab wrote meanwhile: nothing that
//! is there is ever lost.

use super::{
    debounce::Debounce,
    loaded_state::{LoadedState, SAVED, newer},
    state::Calculator,
};
use crate::web::{page, storage};
use leptos::prelude::*;
use plimsoll_formats::{
    query::Query,
    scenario::saved::{self, Reading, SavedState},
};
use std::time::Duration;

/// How long after the last change it is written, so that a drag is not a hundred writes.
const SAVE_DELAY: Duration = Duration::from_millis(400);

/// What stands between the page and the storage.
#[derive(Clone, Copy)]
struct Autosave {
    calculator: Calculator,
    /// What both agreed on last.
    agreed: StoredValue<SavedState>,
    untouchable: StoredValue<bool>,
    debounce: Debounce,
}

/// Writes to storage after a pause, and when the page may be about to go; and follows other tabs.
pub(super) fn autosave(calculator: Calculator, loaded: LoadedState) {
    if !calculator.query.with_value(Query::keeps) {
        return;
    }
    let autosave = Autosave {
        calculator,
        agreed: StoredValue::new(loaded.state),
        untouchable: StoredValue::new(loaded.untouchable),
        debounce: Debounce::after(SAVE_DELAY),
    };
    Effect::new(move |first: Option<()>| {
        calculator.inputs.track();
        calculator.named.track();
        if first.is_none() {
            return;
        }
        autosave.debounce.call(move || autosave.write());
    });
    let flush = move || {
        if autosave.debounce.cancel() {
            autosave.write();
        }
    };
    page::on_leave(flush);
    // Before a link to other inputs is followed.
    page::on_fragment(flush);
    storage::on_change(SAVED, move |text| autosave.other_tab(&text));
}

impl Autosave {
    /// What is to be kept: of a scenario that is only looked at, not its inputs.
    fn ours(self) -> SavedState {
        let mut state = self.calculator.saved_state();
        if self.calculator.shared.get_untracked() {
            state.inputs = self.agreed.with_value(|agreed| agreed.inputs.clone());
        }
        state
    }

    fn write(self) {
        if self.untouchable.try_get_value() != Some(false) {
            return;
        }
        // Another tab may have written without our hearing of it.
        let mut state = self.ours();
        match storage::load(SAVED).map(|text| saved::read(&text)) {
            Some(Reading::Newer(version)) => return self.leave_alone(version),
            Some(Reading::Read(theirs, _)) => {
                let merged = self
                    .agreed
                    .with_value(|agreed| saved::merge(agreed, &state, &theirs));
                if merged.named != state.named {
                    self.calculator.named.set(merged.named.clone());
                }
                state = merged;
            }
            Some(Reading::Damaged(_)) | None => {}
        }
        if storage::save(SAVED, &saved::write(&state)) {
            self.agreed.set_value(state);
        } else {
            let text = "This browser keeps nothing: your numbers are gone when the page is closed. A link or a file keeps them.";
            self.calculator.storage_notice.try_set(Some(text.into()));
        }
    }

    fn leave_alone(self, version: u64) {
        self.untouchable.set_value(true);
        self.calculator.storage_notice.set(Some(newer(version)));
    }

    /// Another tab has written: its named scenarios are ours too, and its inputs are offered.
    fn other_tab(self, text: &str) {
        let theirs = match saved::read(text) {
            Reading::Newer(version) => return self.leave_alone(version),
            Reading::Read(theirs, _) => theirs,
            Reading::Damaged(_) => return,
        };
        let ours = self.ours();
        let merged = self.agreed.with_value(|agreed| {
            let theirs = SavedState {
                inputs: agreed.inputs.clone(),
                named: theirs.named.clone(),
            };
            saved::merge(agreed, &ours, &theirs)
        });
        let differ = theirs.inputs != ours.inputs;
        self.calculator
            .elsewhere
            .set(differ.then(|| theirs.inputs.clone()));
        self.agreed.set_value(theirs);
        if merged.named != ours.named {
            self.calculator.named.set(merged.named);
        }
    }
}
