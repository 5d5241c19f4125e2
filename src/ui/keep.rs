//! What the user made, in this browser's storage: loaded at the start, written at rest, shared with other tabs.
//!
//! Nothing that is there is ever lost: what can't be read is copied before it is written over, what a newer version wrote
//! stays as it is, and what another tab wrote meanwhile is merged.

use super::{rest::Rest, state::Calculator};
use crate::web::{page, storage};
use leptos::prelude::*;
use plimsoll_formats::{
    query::Query,
    scenario::{
        Notice,
        saved::{self, Desk, Reading},
    },
};
use plimsoll_model::inputs::Inputs;
use std::time::Duration;

/// Under which name it is kept.
const SAVED: &str = "scenario";
/// Under which name a copy is kept of what can't be read.
const DAMAGED: &str = "damaged";
/// How long after the last change it is written, so that a drag is not a hundred writes.
const REST: Duration = Duration::from_millis(400);

/// What was loaded.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// It, or the site's own beginning.
    pub(super) desk: Desk,
    /// What to tell of it.
    pub(super) notice: Option<String>,
    /// It must not be written over.
    untouchable: bool,
}

impl Kept {
    /// Nothing was.
    pub(super) fn nothing(base: &Inputs) -> Self {
        Self {
            desk: Desk {
                inputs: base.clone(),
                named: Vec::new(),
            },
            notice: None,
            untouchable: false,
        }
    }

    /// What this browser has.
    pub(super) fn load(base: &Inputs) -> Self {
        let nothing = Self::nothing(base);
        let Some(text) = storage::load(SAVED) else {
            return nothing;
        };
        let (desk, why) = match saved::read(&text) {
            Reading::Newer(version) => {
                return Self {
                    notice: Some(newer(version)),
                    untouchable: true,
                    ..nothing
                };
            }
            Reading::Read(desk, notices) if notices.is_empty() => {
                return Self { desk, ..nothing };
            }
            Reading::Read(desk, notices) => {
                let list: Vec<String> = notices.iter().take(3).map(Notice::to_string).collect();
                (desk, list.join("; "))
            }
            Reading::Damaged(why) => (nothing.desk.clone(), why),
        };
        let copied = storage::save(DAMAGED, &text);
        let then = if copied {
            "A copy of it was kept."
        } else {
            "It is left as it is, and nothing is saved now."
        };
        Self {
            desk,
            notice: Some(
                [
                    "Not everything that was saved could be read (",
                    &why,
                    "). ",
                    then,
                ]
                .concat(),
            ),
            untouchable: !copied,
        }
    }
}

fn newer(version: u64) -> String {
    format!(
        "What is saved here was written by a newer version of Plimsoll (format {version}). It is left as it is; nothing is \
         saved now. Load the page again to get the newer version."
    )
}

/// What stands between the page and the storage.
#[derive(Clone, Copy)]
struct Keeper {
    calculator: Calculator,
    /// What both agreed on last.
    agreed: StoredValue<Desk>,
    untouchable: StoredValue<bool>,
    rest: Rest,
}

/// Writes to storage once everything rests, and when the page may be about to go; and follows other tabs.
pub(super) fn keep(calculator: Calculator, kept: Kept) {
    if !calculator.query.with_value(Query::keeps) {
        return;
    }
    let keeper = Keeper {
        calculator,
        agreed: StoredValue::new(kept.desk),
        untouchable: StoredValue::new(kept.untouchable),
        rest: Rest::after(REST),
    };
    Effect::new(move |first: Option<()>| {
        calculator.inputs.track();
        calculator.named.track();
        if first.is_none() {
            return;
        }
        keeper.rest.then(move || keeper.write());
    });
    let flush = move || {
        if keeper.rest.stop() {
            keeper.write();
        }
    };
    page::on_leave(flush);
    // Before a link to other inputs is followed.
    page::on_fragment(flush);
    storage::on_change(SAVED, move |text| keeper.other_tab(&text));
}

impl Keeper {
    /// What is to be kept: of a scenario that is only looked at, not its inputs.
    fn ours(self) -> Desk {
        let mut desk = self.calculator.desk();
        if self.calculator.shared.get_untracked() {
            desk.inputs = self.agreed.with_value(|agreed| agreed.inputs.clone());
        }
        desk
    }

    fn write(self) {
        if self.untouchable.try_get_value() != Some(false) {
            return;
        }
        // Another tab may have written without our hearing of it.
        let mut desk = self.ours();
        match storage::load(SAVED).map(|text| saved::read(&text)) {
            Some(Reading::Newer(version)) => return self.leave_alone(version),
            Some(Reading::Read(theirs, _)) => {
                let merged = self
                    .agreed
                    .with_value(|agreed| saved::merge(agreed, &desk, &theirs));
                if merged.named != desk.named {
                    self.calculator.named.set(merged.named.clone());
                }
                desk = merged;
            }
            Some(Reading::Damaged(_)) | None => {}
        }
        if storage::save(SAVED, &saved::write(&desk)) {
            self.agreed.set_value(desk);
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
            let theirs = Desk {
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
