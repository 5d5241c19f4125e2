//! Files of the user's own: what runs today, what comes in, a scenario, prices. What they would change is shown first, and what
//! was assumed can be turned there.

use super::{
    super::{
        debounce::Debounce,
        kit::{
            events::{entered, press},
            fold::Section,
        },
    },
    importing::{Import, PREVIEW, Stage},
    preview::preview,
};
use crate::web::{files, page, reading::Part};
use leptos::{ev::Event, prelude::*};
use std::time::Duration;

/// How long typing rests before files are read.
const PAUSE: Duration = Duration::from_millis(120);

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

/// Where files are taken in.
#[component]
pub(crate) fn ImportPanel() -> impl IntoView {
    view! {
        <Section id="import" label="Import" title="Your files">
            <Body />
        </Section>
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
            request counts (CloudWatch, Cloud Monitoring, Azure Monitor, Prometheus, Grafana), what was billed (FOCUS, AWS, Google \
            Cloud and Azure exports), or a scenario, a price book or a decision of ours: several at once. They are read here and go \
            nowhere. You see what they would change before they do."
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
