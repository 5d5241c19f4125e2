//! What the user made, as this browser's storage has it. What can't be read is copied before it is written over, what a newer
//! version wrote stays as it is.

use crate::web::storage;
use plimsoll_formats::scenario::saved::{self, Reading, SavedState};
use plimsoll_model::{diagnostic::Diagnostic, inputs::Inputs};

/// The key of the saved state in storage.
pub(super) const SAVED: &str = "scenario";
/// The key of a copy of what can't be read.
const DAMAGED: &str = "damaged";

/// The saved state as it was loaded.
#[derive(Clone, Debug)]
pub(super) struct LoadedState {
    /// The state, or the site's own beginning.
    pub(super) state: SavedState,
    /// What to say of it.
    pub(super) notice: Option<String>,
    /// It must not be written over.
    pub(super) untouchable: bool,
}

impl LoadedState {
    /// Nothing was saved.
    pub(super) fn nothing(base: &Inputs) -> Self {
        Self {
            state: SavedState {
                inputs: base.clone(),
                named: Vec::new(),
            },
            notice: None,
            untouchable: false,
        }
    }

    /// Reads the storage.
    pub(super) fn load(base: &Inputs) -> Self {
        let nothing = Self::nothing(base);
        let Some(text) = storage::load(SAVED) else {
            return nothing;
        };
        let (state, why) = match saved::read(&text) {
            Reading::Newer(version) => {
                return Self {
                    notice: Some(newer(version)),
                    untouchable: true,
                    ..nothing
                };
            }
            Reading::Read(state, notices) if notices.is_empty() => {
                return Self { state, ..nothing };
            }
            Reading::Read(state, notices) => {
                let list: Vec<String> = notices.iter().take(3).map(Diagnostic::to_string).collect();
                (state, list.join("; "))
            }
            Reading::Damaged(why) => (nothing.state.clone(), why),
        };
        let copied = storage::save(DAMAGED, &text);
        let then = if copied {
            "A copy of it was kept."
        } else {
            "It is left as it is, and nothing is saved now."
        };
        Self {
            state,
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

pub(super) fn newer(version: u64) -> String {
    format!(
        "What is saved here was written by a newer version of Plimsoll (format {version}). It is left as it is; nothing is \
         saved now. Load the page again to get the newer version."
    )
}
