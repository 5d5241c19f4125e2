//! Files of the user's own: what runs today, what comes in, a scenario, prices. What they would change is shown first, and what
//! was assumed can be turned there.

use super::{
    super::{
        debounce::Debounce,
        kit::{
            events::{entered, heard, press},
            fold::Section,
            scrolled::Scrolled,
        },
        state::Calculator,
    },
    scenarios::difference_rows,
};
use crate::web::{
    files, page,
    reading::{self, Job, Outcome, Part},
};
use leptos::{ev::Event, prelude::*};
use plimsoll_formats::scenario::saved::{self, Reading, SavedState};
use plimsoll_model::{diagnostic::Diagnostic, inputs::Inputs};
use plimsoll_readers::{Choice, Choices, EVERYWHERE, Kind, Told};
use plimsoll_wording::{difference::differences, format};
use std::time::Duration;

/// The longest text that is shown in the field, bytes.
const TEXT_LIMIT: usize = 4 << 20;
/// How long typing rests before files are read.
const PAUSE: Duration = Duration::from_millis(120);
/// The id of what shows what files would change.
const PREVIEW: &str = "preview";
/// How many sentences of a kind are shown at once.
const SHOWN: usize = 8;

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

/// What a text was understood as: what it would make of the page, and what to say of it.
#[derive(Clone)]
struct Understood {
    what: String,
    notices: Vec<String>,
    told: Vec<Told>,
    state: SavedState,
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
struct Import {
    calculator: Calculator,
    text: RwSignal<String>,
    parts: RwSignal<Vec<Part>, LocalStorage>,
    choices: RwSignal<Choices>,
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
            choices: RwSignal::new(Choices::new()),
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
                } else {
                    self.parts.update(|parts| parts.push(part));
                }
            });
        }
    }

    /// Forgets all that is there.
    fn leave(self) {
        if page::focused_in(PREVIEW).is_some() {
            page::focus("import-text");
        }
        self.text.set(String::new());
        self.parts.set(Vec::new());
        self.choices.set(Choices::new());
    }

    /// Reads what is there, or what of it is ours at once.
    fn read(self) {
        let text = self.text.get_untracked();
        let mut parts = self.parts.get_untracked();
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
        let done = move |outcome: Outcome| self.done(outcome);
        let job = reading::start(parts, self.choices.get_untracked(), now, progress, done);
        self.job.set_value(Some(job));
    }

    fn done(self, outcome: Outcome) {
        let wrong: Vec<String> = outcome
            .told
            .iter()
            .filter(|told| told.kind == Kind::Wrong)
            .map(placed)
            .collect();
        let Some(inputs) = outcome.inputs else {
            let none = "There is nothing in it that could be taken over.";
            let told = if wrong.is_empty() {
                none.to_owned()
            } else {
                few(&wrong)
            };
            return self.stage.set(Stage::Read(Box::new(Err(told))));
        };
        let now = self.calculator.saved_state();
        let rows = inputs.workloads.rows().len();
        let what = if rows > 0 {
            format!("{}.", format::count(rows as f64, "workload", "workloads"))
        } else {
            "A week of requests, hour by hour.".to_owned()
        };
        self.stage.set(Stage::Read(Box::new(Ok(Understood {
            what,
            notices: wrong,
            told: outcome.told,
            state: SavedState { inputs, ..now },
        }))));
        if let Some(name) = self.focused.try_update_value(Option::take).flatten() {
            page::focus_again(PREVIEW, name);
        }
    }

    /// Takes it over: what is there now is what it goes onto, also if that changed meanwhile.
    fn apply(self, beside: bool) {
        let Stage::Read(read) = self.stage.get_untracked() else {
            return;
        };
        let Ok(understood) = *read else {
            return;
        };
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

/// Whether the page itself reads a text: JSON of ours, or one that is damaged, and a price book.
fn is_for_us(text: &str) -> bool {
    let is_json = text.trim_start().starts_with(['{', '[']);
    let small = text.len() <= TEXT_LIMIT;
    let names_ours = text.contains("\"v\":") && !text.contains("\"kind\"");
    is_price_book(text) || is_json && small && (saved::is_ours(text) || names_ours)
}

fn is_price_book(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty());
    first.is_some_and(|line| line.contains("meter") && line.contains("value"))
}

/// A sentence with its place.
fn placed(told: &Told) -> String {
    let (file, line) = &told.at;
    if file == EVERYWHERE {
        return told.text.clone();
    }
    format!("{file}, line {line}: {}", told.text)
}

/// The first of several sentences.
fn few(all: &[String]) -> String {
    let mut text = all.iter().take(5).cloned().collect::<Vec<_>>().join("; ");
    if all.len() > 5 {
        text += &format!("; and {} more", all.len() - 5);
    }
    text
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
        import.choices.track();
        // What it would change follows what is there.
        calculator.inputs.track();
        calculator.named.track();
        pause.call(move || import.read());
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
            request counts (CloudWatch, Cloud Monitoring, Azure Monitor, Prometheus, Grafana), or a scenario or price book of ours: \
            several at once. They are read here and go nowhere. You see what they would change before they do."
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

/// Sentences of one kind, the first of them at once.
fn sentences(title: &'static str, kind: Kind, told: &[Told], import: Import) -> Option<AnyView> {
    // What can be turned comes first.
    let of_kind = |turns: bool| {
        let told = told.iter();
        told.filter(move |told| told.kind == kind && told.choice.is_some() == turns)
    };
    let mut all: Vec<AnyView> = of_kind(true)
        .chain(of_kind(false))
        .map(|told| sentence(told, import))
        .collect();
    if all.is_empty() {
        return None;
    }
    let title = format!("{title} ({})", all.len());
    let rest = if all.len() > SHOWN + 2 {
        all.split_off(SHOWN)
    } else {
        Vec::new()
    };
    let more = (!rest.is_empty()).then(|| {
        let summary = format!("{} more", rest.len());
        view! {
            <details>
                <summary>{summary}</summary>
                <ul class="plain sentences">{rest}</ul>
            </details>
        }
    });
    Some(
        view! {
            <h3>{title}</h3>
            <ul class="plain sentences">{all}</ul>
            {more}
        }
        .into_any(),
    )
}

fn sentence(told: &Told, import: Import) -> AnyView {
    let turn = told
        .choice
        .clone()
        .map(|choice| turn(choice, &told.text, import));
    view! { <li>{placed(told)} {turn}</li> }.into_any()
}

/// Takes something else instead of what was assumed.
fn turn(choice: Choice, text: &str, import: Import) -> AnyView {
    let Choice { id, options, taken } = choice;
    let name = id.clone();
    let options: Vec<AnyView> = options
        .into_iter()
        .map(|(option, words)| {
            let selected = option == taken;
            view! {
                <option value=option selected=selected>
                    {words}
                </option>
            }
            .into_any()
        })
        .collect();
    let change = heard(move |event| {
        let taken = event_target_value(&event);
        import.choices.update(|choices| {
            choices.insert(id.clone(), taken);
        });
    });
    let label = format!("Instead of: {text}");
    view! {
        <select name=name aria-label=label on:change=change>
            {options}
        </select>
    }
    .into_any()
}

/// What it is, what of it was not understood, what it would change; and the buttons that do it.
fn preview(understood: &Understood, import: Import) -> AnyView {
    let now = import.calculator.saved_state();
    let found = differences(&now.inputs, &understood.state.inputs);
    let more = understood.state.named.len().saturating_sub(now.named.len());
    let notices = understood
        .notices
        .iter()
        .map(|notice| view! { <li>{notice.clone()}</li> }.into_any())
        .collect_view();
    let nothing = found.is_empty() && more == 0;
    let title = if nothing {
        "It changes nothing"
    } else {
        "What it would change"
    };
    let more = if more == 0 {
        String::new()
    } else {
        format::count(
            more as f64,
            "scenario more under a name",
            "scenarios more under names",
        )
    };
    let kinds = [
        ("Assumed", Kind::Assumed),
        ("Understood", Kind::Understood),
        ("Left out", Kind::LeftOut),
    ];
    let told = kinds.map(|(title, kind)| sentences(title, kind, &understood.told, import));
    let beside = (!understood.told.is_empty()).then(|| {
        view! {
            <button type="button" name="keep" disabled=nothing on:click=press(move || import.apply(true))>
                "Keep it as a scenario"
            </button>
        }
    });
    let rows = difference_rows(&found);
    view! {
        <p role="status">{understood.what.clone()}</p>
        <ul class="plain">{notices}</ul>
        {told.into_iter().collect_view()}
        <h3 id="preview-title">{title}</h3>
        <Scrolled title="preview-title">
            <table class="pair">
                <thead>
                    <tr>
                        <th scope="col">"Input"</th>
                        <th scope="col" class="number">"Now"</th>
                        <th scope="col" class="number">"Then"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </Scrolled>
        <p class="note">{more}</p>
        <p class="actions">
            <button type="button" name="take" disabled=nothing on:click=press(move || import.apply(false))>
                "Take it over"
            </button>
            {beside}
            <button type="button" name="leave" on:click=press(move || import.leave())>"Leave it"</button>
        </p>
    }
    .into_any()
}

/// Finds out what a text is by how it begins.
fn understand(text: &str, calculator: Calculator) -> Result<Understood, String> {
    let now = calculator.saved_state();
    if text.trim_start().starts_with(['{', '[']) {
        return json(text, &now);
    }
    prices(text, &now, calculator)
}

fn json(text: &str, now: &SavedState) -> Result<Understood, String> {
    match saved::read(text) {
        Reading::Newer(version) => Err(format!(
            "It was written by a newer version of Plimsoll (format {version}), which this one can't read."
        )),
        Reading::Damaged(why) => Err(why),
        Reading::Read(theirs, notices) => {
            let many = !theirs.named.is_empty();
            let mut state = SavedState {
                inputs: theirs.inputs,
                named: now.named.clone(),
            };
            for named in theirs.named {
                if !state.named.contains(&named) {
                    state.add(&named.name, named.inputs)?;
                }
            }
            Ok(Understood {
                what: if many {
                    "Everything, with named scenarios."
                } else {
                    "A scenario."
                }
                .to_owned(),
                notices: notices.iter().map(Diagnostic::to_string).collect(),
                told: Vec::new(),
                state,
            })
        }
    }
}

fn prices(text: &str, now: &SavedState, calculator: Calculator) -> Result<Understood, String> {
    let read = calculator
        .site
        .with_value(|site| site.book.own_prices(text));
    match read {
        Ok(own) => {
            let what = format::count(
                own.len() as f64,
                "price that is not the book\u{2019}s.",
                "prices that are not the book\u{2019}s.",
            );
            let inputs = Inputs {
                prices: own,
                ..now.inputs.clone()
            };
            Ok(Understood {
                what: ["A price book: ", &what].concat(),
                notices: Vec::new(),
                told: Vec::new(),
                state: SavedState {
                    inputs,
                    named: now.named.clone(),
                },
            })
        }
        Err(problems) => {
            let told: Vec<String> = problems.iter().take(5).map(ToString::to_string).collect();
            let more = problems.len().saturating_sub(told.len());
            let more = if more > 0 {
                format!("; and {more} more")
            } else {
                String::new()
            };
            Err(told.join("; ") + &more)
        }
    }
}
