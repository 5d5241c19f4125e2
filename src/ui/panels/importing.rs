//! Files on their way in: what is there to be read, how far it is, and what came of it.

use super::{
    super::state::Calculator,
    understood::{TEXT_LIMIT, Understood, few, is_for_us, is_price_book, placed, understand},
};
use crate::web::{
    files, page,
    reading::{self, Job, Outcome, Part},
};
use leptos::prelude::*;
use plimsoll_formats::{
    decision,
    scenario::saved::{self, SavedState},
};
use plimsoll_model::platform::Platform;
use plimsoll_readers::{Choices, Kind, Told};
use plimsoll_wording::format;
use std::sync::Arc;

/// The id of what shows what files would change.
pub(super) const PREVIEW: &str = "preview";

/// How far it is.
#[derive(Clone)]
pub(super) enum Stage {
    Nothing,
    Reading,
    Read(Box<Result<Understood, String>>),
}

/// What is there to be read, and what came of it.
#[derive(Clone, Copy)]
pub(super) struct Import {
    pub(super) calculator: Calculator,
    pub(super) text: RwSignal<String>,
    pub(super) parts: RwSignal<Vec<Part>, LocalStorage>,
    /// A record of a decision.
    pub(super) record: RwSignal<Option<Arc<str>>>,
    /// Whether it is held against the inputs of the page.
    pub(super) with_page: RwSignal<bool>,
    pub(super) choices: RwSignal<Choices>,
    /// Whose bill of ours a vendor's is held against, where it isn't the one that it is of.
    pub(super) bill_of: RwSignal<Option<Platform>>,
    pub(super) stage: RwSignal<Stage>,
    /// Which share is read.
    pub(super) share: RwSignal<f64>,
    /// What had the focus in the preview before it was made anew.
    focused: StoredValue<Option<String>>,
    job: page::Local<Option<Job>>,
}

impl Import {
    pub(super) fn begin() -> Self {
        Self {
            calculator: Calculator::from_context().debounced(),
            text: RwSignal::new(String::new()),
            parts: RwSignal::new_local(Vec::new()),
            record: RwSignal::new(None),
            with_page: RwSignal::new(false),
            choices: RwSignal::new(Choices::new()),
            bill_of: RwSignal::new(None),
            stage: RwSignal::new(Stage::Nothing),
            share: RwSignal::new(0.0),
            focused: StoredValue::new(None),
            job: StoredValue::new_local(None),
        }
    }

    /// Takes files in beside those that are there; a text of ours stands in the field instead.
    pub(super) fn take(self, files: Vec<Part>) {
        for part in files {
            if part.blob.size() > TEXT_LIMIT as f64 {
                self.parts.update(|parts| parts.push(part));
                continue;
            }
            files::read_text(&part.blob.clone(), TEXT_LIMIT, move |text| {
                if saved::is_ours(&text) || is_price_book(&text) {
                    self.text.set(text);
                } else if decision::is_in(&text) {
                    self.record.set(Some(text.into()));
                } else {
                    self.parts.update(|parts| parts.push(part));
                }
            });
        }
    }

    /// Forgets all that is there.
    pub(super) fn leave(self) {
        if page::focused_in(PREVIEW).is_some() {
            page::focus("import-text");
        }
        self.text.set(String::new());
        self.parts.set(Vec::new());
        self.record.set(None);
        self.choices.set(Choices::new());
        self.bill_of.set(None);
    }

    /// Reads what is there, or what of it is ours at once.
    pub(super) fn read(self) {
        let mut text = self.text.get_untracked();
        let mut parts = self.parts.get_untracked();
        let mut record = self.record.get_untracked();
        if decision::is_in(&text) {
            record = Some(std::mem::take(&mut text).into());
        }
        if let Some(record) = record
            .clone()
            .filter(|_| parts.is_empty() && text.trim().is_empty())
        {
            self.job.set_value(None);
            let state = self.calculator.saved_state();
            self.stage
                .set(Stage::Read(Box::new(Ok(Understood::of_record(
                    record, state,
                )))));
            return;
        }
        if parts.is_empty() && text.trim().is_empty() {
            self.job.set_value(None);
            self.stage.set(Stage::Nothing);
            return;
        }
        let is_ours = is_for_us(&text);
        if is_ours && !parts.is_empty() {
            let why = "A scenario or a price book of ours is read alone: remove the files, or take them over first.";
            self.job.set_value(None);
            self.stage.set(Stage::Read(Box::new(Err(why.to_owned()))));
            return;
        }
        if is_ours {
            self.job.set_value(None);
            self.stage
                .set(Stage::Read(Box::new(understand(&text, self.calculator))));
            return;
        }
        if !text.trim().is_empty() {
            parts.extend(Part::of_text("what you pasted", &text));
        }
        if let Some(name) = page::focused_in(PREVIEW) {
            self.focused.set_value(Some(name));
        }
        self.share.set(0.0);
        self.stage.set(Stage::Reading);
        let now = self.calculator.inputs.get_untracked();
        let progress = move |share| self.share.set(share);
        let done = move |outcome: Outcome| self.done(outcome, record);
        let job = reading::start(parts, self.choices.get_untracked(), now, progress, done);
        self.job.set_value(Some(job));
    }

    fn done(self, outcome: Outcome, record: Option<Arc<str>>) {
        let is_wrong = |told: &&Told| told.kind == Kind::Wrong;
        let wrong = outcome.told.iter().filter(is_wrong);
        // What is asked for stands with the field for its answer.
        let asked = wrong.clone().any(|told| told.choice.is_some());
        let wrong: Vec<String> = wrong
            .filter(|told| told.choice.is_none())
            .map(placed)
            .collect();
        let has_bill = !outcome.bill.is_empty();
        if outcome.inputs.is_none() && !has_bill && !asked && record.is_none() {
            let none = "There is nothing in it that could be taken over.";
            let told = if wrong.is_empty() {
                none.to_owned()
            } else {
                few(&wrong)
            };
            return self.stage.set(Stage::Read(Box::new(Err(told))));
        }
        let now = self.calculator.saved_state();
        let is_scenario = outcome.inputs.is_some();
        let inputs = outcome.inputs.unwrap_or_else(|| now.inputs.clone());
        let rows = inputs.workloads.rows().len();
        let what = if !is_scenario {
            String::new()
        } else if rows > 0 {
            format!("{}.", format::count(rows as f64, "workload", "workloads"))
        } else {
            "A week of requests, hour by hour.".to_owned()
        };
        self.stage.set(Stage::Read(Box::new(Ok(Understood {
            what,
            notices: wrong,
            told: outcome.told,
            state: SavedState { inputs, ..now },
            is_scenario,
            bill: has_bill.then(|| Arc::new(outcome.bill)),
            record,
        }))));
        if let Some(name) = self.focused.try_update_value(Option::take).flatten() {
            page::focus_again(PREVIEW, name);
        }
    }

    /// Whether what is there changes with the inputs of now: a bill alone is the same for all of them.
    pub(super) fn follows_inputs(self) -> bool {
        self.stage.with_untracked(|stage| match stage {
            Stage::Nothing | Stage::Reading => false,
            Stage::Read(read) => read.as_ref().as_ref().is_ok_and(|read| read.is_scenario),
        })
    }

    /// Takes it over: what is there now is what it goes onto, also if that changed meanwhile.
    pub(super) fn apply(self, beside: bool) {
        let Stage::Read(read) = self.stage.get_untracked() else {
            return;
        };
        let Ok(understood) = *read else {
            return;
        };
        if !understood.is_scenario {
            return;
        }
        let text = self.text.get_untracked();
        let is_ours = self.parts.with_untracked(Vec::is_empty) && is_for_us(&text);
        let state = if is_ours {
            match understand(&text, self.calculator) {
                Ok(understood) => understood.state,
                Err(_) => return,
            }
        } else {
            understood.state
        };
        let kept = self.calculator.change_kept(|now| {
            if beside {
                return now.add("From files", state.inputs).map(|_| ());
            }
            if is_ours {
                *now = state;
            } else {
                now.inputs = state.inputs;
            }
            Ok(())
        });
        match kept {
            Ok(()) => self.leave(),
            Err(why) => self.stage.set(Stage::Read(Box::new(Err(why.to_owned())))),
        }
    }
}
