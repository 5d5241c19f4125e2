//! The state of the page: one signal of inputs, and memos after it.

use crate::{
    format,
    model::{
        Assessment, assess,
        inputs::{Field, Inputs, Kind, bound_by_others},
        platform::Platform,
        prices::PriceBook,
    },
    query::Query,
    scenario::{self, Notice, link, site::Site},
    web::{bridge, page, storage},
};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::time::Duration;

/// Under which name the inputs are kept.
const SAVED: &str = "scenario";
/// Under which name it is kept whether three inputs are shown or all.
const QUICK: &str = "quick";
/// How long after the last change the inputs are written, so that a drag is not a hundred writes.
const REST: Duration = Duration::from_millis(400);
/// How long after the last change the workbench follows.
const PAUSE: Duration = Duration::from_millis(120);

/// What was changed for the user: the path of each input, and a sentence. The last of several counts.
pub(crate) type Moved = Vec<(&'static str, String)>;

/// Everything the page knows: what panels and controls are made of.
#[derive(Clone, Copy)]
pub(crate) struct Calculator {
    /// What the user set.
    pub(crate) inputs: RwSignal<Inputs>,
    /// The prices, the user's own among them.
    pub(crate) book: Memo<PriceBook>,
    /// What follows.
    pub(crate) assessment: Memo<Assessment>,
    /// The platform whose bill is shown, where it is not the recommended one.
    pub(crate) chosen: RwSignal<Option<Platform>>,
    /// What was changed for the user.
    pub(crate) notices: RwSignal<Moved>,
    /// What the page has to tell about saved state.
    pub(crate) storage_notice: RwSignal<Option<String>>,
    /// What the address asks for.
    pub(crate) query: StoredValue<Query>,
    /// What the site sets.
    pub(crate) site: StoredValue<Site>,
    /// Whether the inputs came with a link: then they are not kept before the user says so.
    pub(crate) shared: RwSignal<bool>,
    /// What of the address and of the site's defaults was not understood.
    pub(crate) told: RwSignal<Vec<String>>,
    /// Whether this is the workbench's copy: it hands in what is changed.
    workbench: bool,
    /// Whether only three inputs are shown.
    pub(crate) quick: RwSignal<bool>,
    /// The meter of the bill's line that is explained.
    pub(crate) explained: RwSignal<Option<&'static str>>,
    /// The platforms that are pinned, to be compared: two at most.
    pub(crate) pinned: RwSignal<Vec<Platform>>,
}

impl Calculator {
    /// Builds the state from the address, what was saved and what the site sets, in this order.
    pub(super) fn begin() -> Self {
        let query = Query::read(&page::query());
        let (site, mut told) = site(&query);
        let (mut inputs, notice) = if query.keeps() {
            saved(&site.base)
        } else {
            (site.base.clone(), None)
        };
        let from_link = linked();
        let shared = from_link.is_some() && query.keeps();
        if let Some((linked, notices)) = from_link {
            inputs = linked;
            told.extend(notices.iter().map(Notice::to_string));
        }
        site.hold(&mut inputs);
        inputs.settle();
        Self {
            storage_notice: RwSignal::new(notice),
            shared: RwSignal::new(shared),
            told: RwSignal::new(told),
            ..Self::of(query, site, inputs)
        }
    }

    /// The workbench's copy of the state, which follows the page's.
    pub(super) fn of_workbench() -> Self {
        let query = Query::read(&page::query());
        let (site, _) = site(&query);
        let base = site.base.clone();
        let calculator = Self {
            workbench: true,
            ..Self::of(query, site, base)
        };
        bridge::on(bridge::STATE, move |text| {
            let (inputs, _) = scenario::read(&text);
            if calculator.inputs.with_untracked(|now| *now != inputs) {
                calculator.inputs.set(inputs);
            }
        });
        bridge::tell(bridge::ASK, "");
        calculator
    }

    fn of(query: Query, site: Site, inputs: Inputs) -> Self {
        let quick = query.keeps() && storage::load(QUICK).is_some_and(|quick| quick == "1");
        let inputs = RwSignal::new(inputs);
        let prices = Memo::new(move |_| inputs.with(|inputs| inputs.prices.clone()));
        let base = site.book.clone();
        let book = Memo::new(move |_| prices.with(|own| base.with_own(own)));
        let assessment =
            Memo::new(move |_| inputs.with(|inputs| book.with(|book| assess(inputs, book))));
        Self {
            inputs,
            book,
            assessment,
            chosen: RwSignal::new(None),
            notices: RwSignal::new(Vec::new()),
            storage_notice: RwSignal::new(None),
            query: StoredValue::new(query),
            site: StoredValue::new(site),
            shared: RwSignal::new(false),
            told: RwSignal::new(Vec::new()),
            workbench: false,
            quick: RwSignal::new(quick),
            explained: RwSignal::new(None),
            pinned: RwSignal::new(Vec::new()),
        }
    }

    /// Whether an input is set otherwise than the site has it to begin with.
    pub(crate) fn is_own(&self, field: &Field) -> bool {
        self.inputs
            .with(|inputs| self.site.with_value(|site| !field.same(inputs, &site.base)))
    }

    /// Sets an input back to what the site has it to begin with.
    pub(crate) fn reset(&self, field: &Field) {
        let base = self.site.with_value(|site| site.base.clone());
        self.change(Vec::new(), |inputs| field.copy(&base, inputs));
    }

    /// Shows three inputs, or all of them.
    pub(crate) fn set_quick(&self, quick: bool) {
        self.quick.set(quick);
        if self.query.with_value(Query::keeps) {
            storage::save(QUICK, if quick { "1" } else { "" });
        }
    }

    /// Ends a gesture: what comes next is a change of its own.
    pub(crate) fn rest(&self) {}

    /// Whether the site or the address keeps an input as it is.
    pub(crate) fn is_locked(&self, path: &str) -> bool {
        self.site.with_value(|site| site.locked.contains(&path))
    }

    /// Takes up links to other scenarios that are followed on this page.
    pub(super) fn follow_links(self) {
        page::on_fragment(move || {
            if let Some((inputs, notices)) = linked() {
                self.told
                    .try_set(notices.iter().map(Notice::to_string).collect());
                self.shared.try_set(self.query.with_value(Query::keeps));
                self.change(Vec::new(), |now| *now = inputs);
            }
        });
    }

    /// Ends the look at a shared scenario: it becomes the user's own, or the user's own comes back.
    pub(crate) fn end_shared(&self, keep: bool) {
        page::drop_fragment();
        self.told.set(Vec::new());
        self.shared.set(false);
        if keep {
            // To be written, as every change is.
            self.inputs.update(|_| ());
        } else {
            let own = self.site.with_value(|site| saved(&site.base).0);
            self.change(Vec::new(), |inputs| *inputs = own);
        }
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
        let mut notices = Vec::new();
        if let Some((most, why)) = bound {
            let text = format!("{} is the most: {why}.", format::number(most));
            notices.push((field.path, text));
        } else if legal != x {
            let text = format!(
                "{} was taken instead: {}.",
                format::number(legal),
                format::allowed(&range)
            );
            notices.push((field.path, text));
        }
        let legal = bound.map_or(legal, |(most, _)| range.clamp(most));
        self.change(notices, |inputs| set(inputs, legal));
    }

    /// Makes a change, brings what depends on it into its bounds and tells what else moved.
    pub(crate) fn change(&self, mut notices: Moved, make: impl FnOnce(&mut Inputs)) {
        if self.workbench {
            bridge::tell(bridge::ASK, "");
        }
        self.inputs.update(|inputs| {
            make(inputs);
            self.site.with_value(|site| site.hold(inputs));
            for field in inputs.settle() {
                let most = bound_by_others(field.path, inputs).map_or("", |(_, why)| why);
                let text = format!("{} was lowered to its new most: {most}.", field.label);
                notices.push((field.path, text));
            }
        });
        self.notices.set(notices);
        if self.workbench {
            bridge::tell(bridge::TAKE, &self.text());
        }
    }

    /// The state as a text.
    fn text(&self) -> String {
        self.inputs
            .with_untracked(|inputs| scenario::write(inputs).to_string())
    }

    /// Tells the workbench what the state is, when it rests and when it asks; and takes what it hands in.
    pub(super) fn serve_workbench(self) {
        let tell = move || bridge::tell(bridge::STATE, &self.text());
        bridge::on(bridge::ASK, move |_| tell());
        bridge::on(bridge::TAKE, move |text| {
            let (inputs, _) = scenario::read(&text);
            self.change(Vec::new(), |now| *now = inputs);
        });
        let waiting: StoredValue<Option<TimeoutHandle>> = StoredValue::new(None);
        Effect::new(move |_| {
            self.inputs.track();
            if let Some(handle) = waiting.get_value() {
                handle.clear();
            }
            waiting.set_value(set_timeout_with_handle(tell, PAUSE).ok());
        });
    }

    /// Writes the inputs to storage once they rest, and when the page may be about to go.
    pub(super) fn save_at_rest(self) {
        if !self.query.with_value(Query::keeps) {
            return;
        }
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
            if first.is_none() || self.shared.get_untracked() {
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

/// What the site sets and the address adds to it, and what of both was not understood.
fn site(query: &Query) -> (Site, Vec<String>) {
    let (mut site, problem) = match page::config() {
        Some(Ok(text)) => (Site::read(&text), None),
        Some(Err(why)) => {
            let told = format!("The defaults of this site are missing ({why}): these are ours.");
            (Site::default(), Some(told))
        }
        None => (Site::default(), None),
    };
    site.lock_all(query.lock.clone());
    let notices = site.notices.iter().chain(&query.notices);
    let told = problem
        .into_iter()
        .chain(notices.map(Notice::to_string))
        .collect();
    (site, told)
}

/// The scenario that the address carries, if it does.
fn linked() -> Option<(Inputs, Vec<Notice>)> {
    let fragment = page::fragment();
    link::is_link(&fragment).then(|| link::read(&fragment))
}

/// The saved inputs, or those to begin with, and what to tell about them.
fn saved(base: &Inputs) -> (Inputs, Option<String>) {
    let Some(text) = storage::load(SAVED) else {
        return (base.clone(), None);
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
