//! What is done with the scenarios that are kept under names. Each is one step that can be undone.

use super::state::Calculator;
use crate::scenario::saved::Named;
use leptos::prelude::*;

/// The name it got, or why it could not be done.
pub(crate) type Done = Result<String, &'static str>;

impl Calculator {
    /// Keeps what is on the page under a name.
    pub(crate) fn keep_as(&self, name: &str) -> Done {
        self.change_named(|desk| desk.add(name, desk.inputs.clone()))
    }

    /// Brings a kept scenario onto the page.
    pub(crate) fn open_named(&self, place: usize) {
        if let Some(named) = self.at(place) {
            self.change(Vec::new(), |inputs| *inputs = named.inputs);
        }
    }

    /// Gives a kept scenario another name.
    pub(crate) fn rename(&self, place: usize, name: &str) -> Done {
        // One that can't be had leaves everything as it is.
        self.change_named(|desk| {
            let before = desk.clone();
            let done = desk.rename(place, name);
            if done.is_err() {
                *desk = before;
            }
            done
        })
    }

    /// Keeps a kept scenario once more, under another name.
    pub(crate) fn duplicate(&self, place: usize) -> Done {
        match self.at(place) {
            Some(Named { name, inputs }) => self.change_named(|desk| desk.add(&name, inputs)),
            None => Err("There is no such scenario any more."),
        }
    }

    /// Takes a kept scenario away.
    pub(crate) fn remove_named(&self, place: usize) {
        self.change_named(|desk| {
            if place < desk.named.len() {
                desk.named.remove(place);
            }
        });
    }

    fn at(&self, place: usize) -> Option<Named> {
        self.named.with_untracked(|named| named.get(place).cloned())
    }
}
