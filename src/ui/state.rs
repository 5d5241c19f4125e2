//! The state of the page: one signal of inputs, and memos after it.
//!
//! Panels get the one [`Calculator`] from the context. What must answer at every event of a drag reads it as it is; what
//! stands further down reads [`Calculator::debounced`], which follows after a pause.

use super::{debounce::Debounce, loaded_state::LoadedState};
use crate::history::History;
use crate::web::page;
use leptos::prelude::*;
use plimsoll_formats::{
    query::Query,
    scenario::{
        link,
        saved::{self, Named, SavedState},
        site::Site,
    },
};
use plimsoll_model::{
    Assessment, assess,
    diagnostic::Diagnostic,
    explore::{break_even::BreakEven, sweep::Curve},
    inputs::{Between, Field, Inputs, bound_by_others},
    placement::{self, Placement},
    platform::Platform,
    presets::{PRESETS, Preset},
    prices::{MeterId, OwnPrice, PriceBook},
    region::Region,
};
use plimsoll_wording::format;
use std::{sync::Arc, time::Duration};

/// How long after the last change the panels follow that are not live.
const DEBOUNCE: Duration = Duration::from_millis(80);

/// What was changed for the user: the path of each input, and a sentence. The last of several counts.
pub(crate) type Moved = Vec<(&'static str, String)>;

/// What is known beyond the present number of requests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Explored {
    /// What every platform costs with fewer or more of them.
    pub(crate) curves: Vec<Curve>,
    /// Where the sides change places.
    pub(crate) break_evens: Vec<BreakEven>,
}

/// Everything the page knows: what panels and controls are made of.
#[derive(Clone, Copy)]
pub(crate) struct Calculator {
    /// What the user set, as this reader of the state has it: now, or after the last pause.
    pub(crate) inputs: Signal<Inputs>,
    /// What the user set. Every change is made here.
    live: RwSignal<Inputs>,
    /// The inputs after the last pause.
    debounced: RwSignal<Inputs>,
    /// What `debounced` waits for.
    debounce: Debounce,
    /// The scenarios that are kept under names.
    pub(crate) named: RwSignal<Vec<Named>>,
    /// Scenarios that stand beside the page: those that the user chose, and those of a link.
    pub(crate) beside: RwSignal<Vec<Named>>,
    /// What can be undone and done again.
    pub(crate) history: RwSignal<History<SavedState>>,
    /// The prices: ours, the site's over them, and the user's own over those.
    pub(crate) book: Memo<PriceBook>,
    /// What follows from `inputs`.
    pub(crate) assessment: Memo<Assessment>,
    /// What follows from `debounced`.
    debounced_assessment: Memo<Assessment>,
    /// Which of workloads that differ belong into a cluster, after the last pause; none where all are alike.
    pub(crate) placement: Memo<Option<Arc<Placement>>>,
    /// The row of the list whose numbers the sliders set, where it has them; else they set what all rows have in common.
    pub(crate) row: RwSignal<Option<usize>>,
    /// The platform whose bill is open.
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
    pub(crate) warnings: RwSignal<Vec<String>>,
    /// What every platform costs with fewer or more requests.
    pub(crate) explored: RwSignal<Explored>,
    /// Inputs that another tab has saved meanwhile.
    pub(crate) elsewhere: RwSignal<Option<Inputs>>,
}

impl Calculator {
    /// Builds the state from the address, what was saved and what the site sets, in this order.
    pub(super) fn begin() -> (Self, LoadedState) {
        let query = Query::read(&page::query());
        let from_link = linked();
        let (site, mut warnings) = site(PriceBook::bundled(), &query, from_link.as_ref());
        let loaded = if query.keeps() {
            LoadedState::load(&site.base)
        } else {
            LoadedState::nothing(&site.base)
        };
        let SavedState { mut inputs, named } = loaded.state.clone();
        let shared = from_link.is_some() && query.keeps();
        let mut beside = Vec::new();
        if let Some(linked) = from_link {
            inputs = linked.inputs;
            beside = linked.beside;
            warnings.extend(linked.notices.iter().map(Diagnostic::to_string));
            warnings.extend(other_prices(&site));
        }
        site.hold(&mut inputs);
        inputs.clamp_dependents();
        let calculator = Self {
            named: RwSignal::new(named),
            beside: RwSignal::new(beside),
            storage_notice: RwSignal::new(loaded.notice.clone()),
            shared: RwSignal::new(shared),
            warnings: RwSignal::new(warnings),
            ..Self::of(query, site, inputs)
        };
        (calculator, loaded)
    }

    /// The one of the page that is being made.
    pub(crate) fn from_context() -> Self {
        expect_context()
    }

    /// This state for readers that follow after a pause, so that a drag does not pay for them.
    pub(crate) fn debounced(self) -> Self {
        Self {
            inputs: self.debounced.into(),
            assessment: self.debounced_assessment,
            ..self
        }
    }

    /// Lets what is debounced follow every change.
    pub(super) fn follow_changes(self) {
        Effect::new(move |_| {
            self.live.track();
            self.debounce.call(move || self.catch_up());
        });
    }

    /// What is debounced is what is live.
    fn catch_up(self) {
        if self
            .debounced
            .with_untracked(|then| self.live.with_untracked(|now| then != now))
        {
            self.debounced.set(self.live.get_untracked());
        }
    }

    fn of(query: Query, site: Site, inputs: Inputs) -> Self {
        let debounced = RwSignal::new(inputs.clone());
        let live = RwSignal::new(inputs);
        let site = StoredValue::new(site);
        let own = Memo::new(move |_| live.with(|inputs| inputs.prices.clone()));
        let book =
            Memo::new(move |_| site.with_value(|site| own.with(|own| site.book.with_own(own))));
        let assessed = move |inputs: RwSignal<Inputs>| {
            Memo::new(move |_| inputs.with(|inputs| book.with(|book| assess(inputs, book))))
        };
        let debounced_assessment = assessed(debounced);
        let placement = Memo::new(move |_| {
            debounced.with(|inputs| {
                debounced_assessment.with(|assessment| {
                    let found = |book: &_| placement::placement(inputs, book, assessment);
                    book.with(found).map(Arc::new)
                })
            })
        });
        Self {
            inputs: live.into(),
            live,
            debounced,
            debounce: Debounce::after(DEBOUNCE),
            named: RwSignal::new(Vec::new()),
            beside: RwSignal::new(Vec::new()),
            history: RwSignal::new(History::default()),
            book,
            assessment: assessed(live),
            debounced_assessment,
            placement,
            row: RwSignal::new(None),
            chosen: RwSignal::new(None),
            notices: RwSignal::new(Vec::new()),
            storage_notice: RwSignal::new(None),
            query: StoredValue::new(query),
            site,
            shared: RwSignal::new(false),
            warnings: RwSignal::new(Vec::new()),
            explored: RwSignal::new(Explored::default()),
            elsewhere: RwSignal::new(None),
        }
    }

    /// Everything the user made, as it is now.
    pub(super) fn saved_state(&self) -> SavedState {
        SavedState {
            inputs: self.live.get_untracked(),
            named: self.named.get_untracked(),
        }
    }

    /// Everything the user made as a text. Tracked: it is there to be shown.
    pub(crate) fn text(&self) -> String {
        self.inputs.track();
        self.named.track();
        saved::write(&self.saved_state())
    }

    /// Takes over what somebody else has made of it, without a way back.
    pub(super) fn follow(&self, state: SavedState) {
        if self.live.with_untracked(|now| *now != state.inputs) {
            self.live.set(state.inputs);
        }
        if self.named.with_untracked(|now| *now != state.named) {
            self.named.set(state.named);
        }
    }

    /// Goes a step back.
    pub(crate) fn undo(&self) {
        self.step(History::undo);
    }

    /// Goes forth again.
    pub(crate) fn redo(&self) {
        self.step(History::redo);
    }

    fn step(&self, way: fn(&mut History<SavedState>, &SavedState) -> Option<SavedState>) {
        let now = self.saved_state();
        let then = self.history.try_update(|history| way(history, &now));
        if let Some(mut state) = then.flatten() {
            self.site.with_value(|site| site.hold(&mut state.inputs));
            self.follow(state);
            self.notices.set(Vec::new());
        }
    }

    /// Keeps what is there now to come back to, unless it is one gesture with the change before: the same `key`. A change
    /// without one is a step of its own.
    fn remember(&self, key: &'static str) {
        if self.history.with_untracked(|history| history.goes_on(key)) {
            return;
        }
        let now = self.saved_state();
        self.history.update(|history| {
            history.record(key, &now);
            if key.is_empty() {
                history.end_step();
            }
        });
    }

    /// Ends a gesture: what comes next is a change of its own, and nobody need wait whether more comes.
    pub(crate) fn end_step(&self) {
        self.history.update_untracked(History::end_step);
        if self.debounce.cancel() {
            self.catch_up();
        }
    }

    /// Has what is on the page saved, as every change is.
    pub(crate) fn touch(&self) {
        self.live.update(|_| ());
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

    /// Sets the user's own price of a meter in a region, or in all; or takes it back.
    pub(crate) fn set_price(&self, meter: MeterId, region: Option<Region>, value: Option<f64>) {
        self.change(Vec::new(), |inputs| match value {
            Some(value) => {
                let own = OwnPrice {
                    meter,
                    region,
                    value,
                };
                own.put(&mut inputs.prices);
            }
            None => inputs
                .prices
                .retain(|own| own.meter != meter || own.region != region),
        });
    }

    /// Opens the bill of a platform, or closes it.
    pub(crate) fn toggle(&self, platform: Platform) {
        self.chosen
            .update(|chosen| *chosen = (*chosen != Some(platform)).then_some(platform));
    }

    /// Whether the site or the address keeps an input as it is.
    pub(crate) fn is_locked(&self, path: &str) -> bool {
        self.site.with_value(|site| site.locked.contains(&path))
    }

    /// Takes up links to other scenarios that are followed on this page.
    pub(super) fn follow_links(self) {
        page::on_fragment(move || {
            if let Some(linked) = linked() {
                let others = self.site.with_value(other_prices);
                let notices = linked.notices.iter().map(Diagnostic::to_string);
                self.warnings.try_set(notices.chain(others).collect());
                self.shared.try_set(self.query.with_value(Query::keeps));
                self.beside.try_set(linked.beside);
                self.change(Vec::new(), |now| *now = linked.inputs);
            }
        });
    }

    /// Ends the look at a shared scenario: it becomes the user's own, or the user's own comes back.
    pub(crate) fn end_shared(&self, keep: bool) {
        page::drop_fragment();
        self.warnings.set(Vec::new());
        self.shared.set(false);
        if keep {
            self.touch();
        } else {
            let own = self
                .site
                .with_value(|site| LoadedState::load(&site.base).state);
            self.change(Vec::new(), |inputs| *inputs = own.inputs);
        }
    }

    /// The example that is set, by its place among the presets.
    pub(crate) fn preset(self) -> Memo<Option<usize>> {
        let presets: Vec<Inputs> = PRESETS.iter().map(Preset::inputs).collect();
        Memo::new(move |_| {
            self.inputs
                .with(|inputs| presets.iter().position(|preset| preset == inputs))
        })
    }

    /// The platform that is looked at: the one whose bill is open, or the answer.
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
        let Some(range) = field.range() else {
            return;
        };
        let legal = range.clamp(x);
        let bound = self
            .live
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
                format::allowed(range)
            );
            notices.push((field.path, text));
        }
        let legal = bound.map_or(legal, |(most, _)| range.clamp(most));
        let row = self.row.get_untracked();
        self.change_as(field.path, notices, |inputs| {
            in_row(row, field, inputs, |inputs| field.set_number(inputs, legal));
        });
    }

    /// Changes an input: that of the row which the questions are about, where it may have its own.
    pub(crate) fn change_field(&self, field: &'static Field, make: impl FnOnce(&mut Inputs)) {
        let row = self.row.get_untracked();
        self.change(Vec::new(), |inputs| in_row(row, field, inputs, make));
    }

    /// What an input is: that of the row which the questions are about, where it has its own.
    pub(crate) fn value<T>(
        &self,
        field: &'static Field,
        inputs: &Inputs,
        get: impl Fn(&Inputs) -> T,
    ) -> T {
        let place = self.row.get();
        let row = place.and_then(|place| inputs.workloads.rows().get(place));
        match row.filter(|row| row.own.contains(&field)) {
            Some(row) => get(&row.values),
            None => get(inputs),
        }
    }

    /// Gives a number a range.
    pub(crate) fn set_between(&self, between: Between) {
        self.change_as(between.path, Vec::new(), |inputs| {
            inputs.set_between(between);
        });
    }

    /// Makes a change, brings what depends on it into its bounds and tells what else moved.
    pub(crate) fn change(&self, notices: Moved, make: impl FnOnce(&mut Inputs)) {
        self.change_as("", notices, make);
    }

    /// Changes the inputs as a part of a gesture: a drag is undone in one step.
    fn change_as(&self, key: &'static str, mut notices: Moved, make: impl FnOnce(&mut Inputs)) {
        // What a gesture moves on its way and leaves behind comes back: it counts from where it began.
        let begin = self
            .history
            .with_untracked(|history| Some(history.begin(key)?.inputs.clone()));
        self.remember(key);
        self.live.update(|inputs| {
            if let Some(begin) = begin {
                *inputs = begin;
            }
            make(inputs);
            inputs.spread_load();
            self.site.with_value(|site| site.hold(inputs));
            for field in inputs.clamp_dependents() {
                let most = bound_by_others(field.path, inputs).map_or("", |(_, why)| why);
                let text = format!("{} was lowered to its new most: {most}.", field.label);
                notices.push((field.path, text));
            }
        });
        self.notices.set(notices);
        // Whoever makes one change at once wants to see all that follows.
        if key.is_empty() {
            self.catch_up();
        }
    }

    /// Changes everything that is kept, unless that can't be done.
    pub(super) fn change_kept<T, E>(
        &self,
        make: impl FnOnce(&mut SavedState) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut state = self.saved_state();
        let done = make(&mut state)?;
        self.remember("");
        self.follow(state);
        self.catch_up();
        Ok(done)
    }
}

/// What the site sets and the address adds to it, and what of both was not understood.
fn site(book: PriceBook, query: &Query, linked: Option<&Linked>) -> (Site, Vec<String>) {
    let (mut site, problem) = match page::config() {
        Some(Ok(text)) => (Site::read_over(book, &text), None),
        Some(Err(why)) => {
            let warnings =
                format!("The defaults of this site are missing ({why}): these are ours.");
            (Site::with(book), Some(warnings))
        }
        None => (Site::with(book), None),
    };
    // What an address locks stays at what the same address says.
    match linked {
        Some(linked) => site.lock_at(query.lock.clone(), &linked.inputs),
        None => site.lock_all(query.lock.clone()),
    }
    let diagnostics = site.diagnostics.iter().chain(&query.diagnostics);
    let warnings = problem
        .into_iter()
        .chain(diagnostics.map(Diagnostic::to_string))
        .collect();
    (site, warnings)
}

/// What to say where a link was made with other prices than there are now.
fn other_prices(site: &Site) -> Option<String> {
    let then = link::book_of(&page::fragment())?;
    let now = site.book.day();
    (then != now).then(|| {
        [
            "The link was made with prices of ",
            &then,
            "; these are of ",
            now,
            ", so that amounts may differ.",
        ]
        .concat()
    })
}

/// What an address carries: a scenario, those beside it, and what of both was not understood.
struct Linked {
    inputs: Inputs,
    beside: Vec<Named>,
    notices: Vec<Diagnostic>,
}

/// The scenario that the address carries, if it does.
fn linked() -> Option<Linked> {
    let fragment = page::fragment();
    link::is_link(&fragment).then(|| {
        let (inputs, mut notices) = link::read(&fragment);
        let (beside, of_others) = link::beside(&fragment);
        notices.extend(of_others);
        Linked {
            inputs,
            beside,
            notices,
        }
    })
}

/// Makes a change in a row of the list, where that may have the input of its own; else in what all have in common.
fn in_row(
    row: Option<usize>,
    field: &'static Field,
    inputs: &mut Inputs,
    make: impl FnOnce(&mut Inputs),
) {
    let Some(place) = row.filter(|place| inputs.has_of_its_own(*place, field)) else {
        return make(inputs);
    };
    let mut rows = inputs.workloads.rows().to_vec();
    let mut values = if rows[place].own.contains(&field) {
        (*rows[place].values).clone()
    } else {
        inputs.clone()
    };
    make(&mut values);
    rows[place].take(field, &values);
    inputs.set_workloads(rows);
}
