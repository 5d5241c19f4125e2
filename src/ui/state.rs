//! The state of the page: one signal of inputs, and memos after it.

use crate::{
    format,
    model::{
        Assessment, assess,
        inputs::{Field, Inputs, Kind, bound_by_others},
        platform::Platform,
        prices::PriceBook,
    },
    scenario,
    web::{page, storage},
};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::{collections::BTreeMap, time::Duration};

/// Under which name the inputs are kept.
const SAVED: &str = "scenario";
/// How long after the last change the inputs are written, so that a drag is not a hundred writes.
const REST: Duration = Duration::from_millis(400);

/// Everything the page knows. Panels take it from the context; controls get what they need as props.
#[derive(Clone, Copy)]
pub(crate) struct Calculator {
    /// What the user set.
    pub(crate) inputs: RwSignal<Inputs>,
    /// The prices.
    pub(crate) book: StoredValue<PriceBook>,
    /// What follows.
    pub(crate) assessment: Memo<Assessment>,
    /// The platform whose bill is shown, where it is not the recommended one.
    pub(crate) chosen: RwSignal<Option<Platform>>,
    /// What was changed for the user, by the path of the input.
    pub(crate) notices: RwSignal<BTreeMap<&'static str, String>>,
    /// What the page has to tell about saved state.
    pub(crate) storage_notice: RwSignal<Option<String>>,
}

impl Calculator {
    /// Builds the state from what was saved, and puts it into the context.
    pub(super) fn provide() -> Self {
        let (inputs, notice) = saved();
        let inputs = RwSignal::new(inputs);
        let book = StoredValue::new(PriceBook::bundled());
        let assessment =
            Memo::new(move |_| inputs.with(|inputs| book.with_value(|book| assess(inputs, book))));
        let calculator = Self {
            inputs,
            book,
            assessment,
            chosen: RwSignal::new(None),
            notices: RwSignal::new(BTreeMap::new()),
            storage_notice: RwSignal::new(notice),
        };
        provide_context(calculator);
        calculator
    }

    /// The platform whose bill is shown.
    pub(crate) fn shown(&self) -> Option<Platform> {
        let advised = || {
            self.assessment.with(|assessment| {
                let verdict = &assessment.verdict;
                verdict.platform.or(verdict.least_operated)
            })
        };
        self.chosen.get().or_else(advised)
    }

    /// Sets a number, brought into its range, and what depends on it.
    pub(crate) fn set_number(&self, field: &'static Field, x: f64) {
        let Kind::Number { range, set, .. } = field.kind else {
            return;
        };
        let legal = range.clamp(x);
        let bound = self
            .inputs
            .with_untracked(|inputs| bound_by_others(field.path, inputs))
            .filter(|(most, _)| legal > *most);
        let mut notices = BTreeMap::new();
        if let Some((most, why)) = bound {
            let text = format!("{} is the most: {why}.", format::number(most));
            notices.insert(field.path, text);
        } else if legal != x {
            let text = format!(
                "{} was taken instead: {}.",
                format::number(legal),
                format::allowed(&range)
            );
            notices.insert(field.path, text);
        }
        let legal = bound.map_or(legal, |(most, _)| range.clamp(most));
        self.change(notices, |inputs| set(inputs, legal));
    }

    /// Makes a change, brings what depends on it into its bounds and tells what else moved.
    pub(crate) fn change(
        &self,
        mut notices: BTreeMap<&'static str, String>,
        make: impl FnOnce(&mut Inputs),
    ) {
        self.inputs.update(|inputs| {
            make(inputs);
            for field in inputs.settle() {
                let most = bound_by_others(field.path, inputs).map_or("", |(_, why)| why);
                let text = format!("{} was lowered to its new most: {most}.", field.label);
                notices.insert(field.path, text);
            }
        });
        self.notices.set(notices);
    }

    /// Writes the inputs to storage once they rest, and when the page may be about to go.
    pub(super) fn save_at_rest(self) {
        let waiting: StoredValue<Option<TimeoutHandle>> = StoredValue::new(None);
        let write = move || {
            waiting.try_update_value(|handle| *handle = None);
            let Some(text) = self
                .inputs
                .try_with_untracked(|inputs| scenario::write(inputs).to_string())
            else {
                return;
            };
            if !storage::save(SAVED, &text) {
                let text =
                    "This browser keeps nothing: your numbers are gone when the page is closed.";
                self.storage_notice.try_set(Some(text.into()));
            }
        };
        Effect::new(move |first: Option<()>| {
            self.inputs.track();
            if first.is_none() {
                return;
            }
            if let Some(handle) = waiting.get_value() {
                handle.clear();
            }
            waiting.set_value(set_timeout_with_handle(write, REST).ok());
        });
        page::on_leave(move || {
            if let Some(handle) = waiting.try_get_value().flatten() {
                handle.clear();
                write();
            }
        });
    }
}

/// The saved inputs, or the defaults, and what to tell about them.
fn saved() -> (Inputs, Option<String>) {
    let Some(text) = storage::load(SAVED) else {
        return (Inputs::default(), None);
    };
    let (inputs, notices) = scenario::read(&text);
    if notices.is_empty() {
        return (inputs, None);
    }
    // What could not be read is not lost: the next write goes elsewhere than this copy.
    let kept = storage::save("damaged", &text);
    let list: Vec<String> = notices.iter().take(3).map(ToString::to_string).collect();
    let note = format!(
        "Not everything that was saved could be read ({}). {}",
        list.join("; "),
        if kept { "A copy of it was kept." } else { "" }
    );
    (inputs, Some(note))
}
