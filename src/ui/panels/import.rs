//! Files of the user's own: what runs today, what comes in, a scenario, prices. What they would change is shown first, and what
//! was assumed can be turned there.

use super::{
    super::{
        debounce::Debounce,
        kit::{
            events::{entered, press},
            fold::Section,
        },
        state::Calculator,
    },
    preview::{placed, preview},
    understood::{TEXT_LIMIT, Understood, few, is_for_us, is_price_book, understand},
};
use crate::web::{
    files, page,
    reading::{self, Job, Outcome, Part},
};
use leptos::{ev::Event, prelude::*};
use plimsoll_formats::{
    decision,
    scenario::saved::{self, SavedState},
};
use plimsoll_model::platform::Platform;
use plimsoll_readers::{Choices, Kind};
use plimsoll_wording::format;
use std::{sync::Arc, time::Duration};

/// How long typing rests before files are read.
const PAUSE: Duration = Duration::from_millis(120);
/// The id of what shows what files would change.
pub(super) const PREVIEW: &str = "preview";

/// Files that were dropped anywhere on the page, and wait for the panel.
#[derive(Clone, Copy)]
pub(crate) struct Dropped(RwSignal<Vec<Part>, LocalStorage>);

/// Takes files that are dropped on the page to the panel, which is opened for them.
pub(crate) fn take_drops() {
    let dropped = Dropped(RwSignal::new_local(Vec::new()));
    provide_context(dropped);
    files::on_drop(move |parts| {
        dropped.0.set(parts);
        page::unfold_to("import-text".to_owned(), "import");
    });
}

/// How far it is.
#[derive(Clone)]
enum Stage {
    Nothing,
    Reading,
    Read(Box<Result<Understood, String>>),
}

/// Where files are taken in.
#[component]
pub(crate) fn ImportPanel() -> impl IntoView {
    view! {
        <Section id="import" label="Import" title="Your files">
            <Body />
        </Section>
    }
}

/// What is there to be read, and what came of it.
#[derive(Clone, Copy)]
pub(super) struct Import {
    pub(super) calculator: Calculator,
    text: RwSignal<String>,
    parts: RwSignal<Vec<Part>, LocalStorage>,
    /// A record of a decision.
    record: RwSignal<Option<Arc<str>>>,
    /// Whether it is held against the inputs of the page.
    pub(super) with_page: RwSignal<bool>,
    pub(super) choices: RwSignal<Choices>,
    /// Whose bill of ours a vendor's is held against, where it isn't the one that it is of.
    pub(super) bill_of: RwSignal<Option<Platform>>,
    stage: RwSignal<Stage>,
    /// Which share is read.
    share: RwSignal<f64>,
    /// What had the focus in the preview before it was made anew.
    focused: StoredValue<Option<String>>,
    job: page::Local<Option<Job>>,
}

impl Import {
    fn begin() -> Self {
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
    fn take(self, files: Vec<Part>) {
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
    fn read(self) {
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
        let is_wrong = |told: &&plimsoll_readers::Told| told.kind == Kind::Wrong;
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
    fn follows_inputs(self) -> bool {
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

#[component]
fn Body() -> impl IntoView {
    let import = Import::begin();
    let (text, parts) = (import.text, import.parts);
    let calculator = import.calculator;
    let pause = Debounce::after(PAUSE);
    Effect::new(move |_| {
        text.track();
        parts.track();
        import.record.track();
        import.choices.track();
        pause.call(move || import.read());
    });
    Effect::new(move |_| {
        // What it would change follows what is there.
        calculator.inputs.track();
        calculator.named.track();
        if import.follows_inputs() {
            pause.call(move || import.read());
        }
    });
    if let Some(Dropped(dropped)) = use_context::<Dropped>() {
        Effect::new(move |_| {
            let files = dropped.get();
            if !files.is_empty() {
                dropped.set(Vec::new());
                import.take(files);
            }
        });
    }
    let pick: Box<dyn FnMut(Event)> = Box::new(move |event| import.take(files::picked(&event)));
    let mistake = move || match import.stage.get() {
        Stage::Read(read) => read.err().unwrap_or_default(),
        _ => String::new(),
    };
    view! {
        <p class="note">
            "Kubernetes manifests, Cloud Run, ECS, Container Apps, Compose, terraform show -json, kubectl top, a spreadsheet of services, \
            request counts (CloudWatch, Cloud Monitoring, Azure Monitor, Prometheus, Grafana), what was billed (FOCUS, AWS, Google Cloud and Azure exports), or a \
            scenario, a price book or a decision of ours: several at once. They are read here and go nowhere. You see what they would change before they do."
        </p>
        <div class="field stacked">
            <label for="import-text">"Paste it here, or drop the files"</label>
            <textarea
                id="import-text"
                rows="4"
                spellcheck="false"
                aria-describedby="import-text-message"
                prop:value=move || text.get()
                on:input=entered(move |typed| text.set(typed))
            ></textarea>
            <input
                type="file"
                multiple
                aria-label="Files to import"
                on:change=pick
            />
            {move || file_names(import)}
            <p class="message" id="import-text-message" role="alert">{mistake}</p>
        </div>
        <div class="group" id=PREVIEW>{move || shown(import)}</div>
    }
}

/// The names of the files, and how to leave them.
fn file_names(import: Import) -> Option<AnyView> {
    let names = import.parts.with(|parts| {
        let names = parts.iter().map(|part| part.name.clone());
        names.collect::<Vec<_>>().join(", ")
    });
    let names = if import.record.with(Option::is_some) {
        [
            "a decision",
            if names.is_empty() { "" } else { ", " },
            &names,
        ]
        .concat()
    } else {
        names
    };
    (!names.is_empty()).then(|| {
        view! {
            <p class="note">
                {names} " "
                <button type="button" class="quiet" on:click=press(move || import.leave())>
                    "Remove"
                </button>
            </p>
        }
        .into_any()
    })
}

fn shown(import: Import) -> Option<AnyView> {
    match import.stage.get() {
        Stage::Nothing => None,
        Stage::Reading => Some(progress(import)),
        Stage::Read(read) => read.ok().map(|understood| preview(&understood, import)),
    }
}

fn progress(import: Import) -> AnyView {
    let share = import.share;
    view! {
        <p role="status">"Reading: " {move || (share.get() * 100.0).round()} " %"</p>
        <progress max="1" value=move || share.get() aria-label="Reading files"></progress>
        <p class="actions">
            <button type="button" name="stop" on:click=press(move || import.leave())>"Stop"</button>
        </p>
    }
    .into_any()
}
