//! What is done with the scenarios that are kept under names. Each is one step that can be undone.

use super::state::Calculator;
use leptos::prelude::*;
use plimsoll_formats::scenario::{link::BESIDE_LIMIT, saved::Named};

/// The name it got, or why it could not be done.
pub(crate) type Done = Result<String, &'static str>;

const GONE: &str = "There is no such scenario any more.";

impl Calculator {
    /// Keeps what is on the page under a name.
    pub(crate) fn keep_as(&self, name: &str) -> Done {
        self.change_kept(|state| state.add(name, state.inputs.clone()))
    }

    /// Brings a kept scenario onto the page.
    pub(crate) fn open_named(&self, place: usize) {
        if let Some(named) = self.at(place) {
            self.change(Vec::new(), |inputs| *inputs = named.inputs);
        }
    }

    /// Gives a kept scenario another name.
    pub(crate) fn rename(&self, place: usize, name: &str) -> Done {
        self.change_kept(|state| state.rename(place, name))
    }

    /// Keeps a kept scenario once more, under another name.
    pub(crate) fn duplicate(&self, place: usize) -> Done {
        let Named { name, inputs } = self.at(place).ok_or(GONE)?;
        self.change_kept(|state| state.add(&name, inputs))
    }

    /// Takes a kept scenario away.
    pub(crate) fn remove_named(&self, place: usize) -> Done {
        self.change_kept(|state| {
            if place < state.named.len() {
                Ok(state.named.remove(place).name)
            } else {
                Err(GONE)
            }
        })
    }

    /// Puts a kept scenario beside the page, or takes it from there.
    pub(crate) fn put_beside(&self, place: usize) -> Result<(), &'static str> {
        let named = self.at(place).ok_or(GONE)?;
        self.beside
            .try_update(|beside| {
                let before = beside.len();
                beside.retain(|other| other.name != named.name);
                if beside.len() < before {
                    return Ok(());
                }
                if before == BESIDE_LIMIT {
                    return Err("Four stand beside the page already: take one away first.");
                }
                beside.push(named);
                Ok(())
            })
            .unwrap_or(Ok(()))
    }

    /// The name of a kept scenario.
    pub(crate) fn name_at(&self, place: usize) -> String {
        self.named.with(|named| {
            named
                .get(place)
                .map_or(String::new(), |named| named.name.clone())
        })
    }

    fn at(&self, place: usize) -> Option<Named> {
        self.named.with_untracked(|named| named.get(place).cloned())
    }
}
