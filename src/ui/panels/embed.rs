//! Builds the text that puts the calculator into another page.

use super::{
    super::{
        kit::{
            events::{entered, ticked},
            fold::Section,
        },
        state::Calculator,
    },
    share::{Copied, address},
};
use crate::web::page;
use leptos::prelude::*;
use plimsoll_formats::query::Panel;
use plimsoll_model::inputs::at;

/// The inputs that can be locked: groups and single ones, as the address names them.
const LOCKS: [(&str, &str); 8] = [
    ("region", "the region"),
    ("http", "the traffic"),
    (at::team::engineers.path, "the size of the team"),
    (at::team::rate_usd_per_hour.path, "the engineer rate"),
    ("buy", "commitments and discounts"),
    ("options", "free tier and surroundings"),
    ("assumptions", "the assumptions"),
    ("needs", "what it must have"),
];
const THEMES: [(&str, &str); 3] = [
    ("auto", "as the reader has it"),
    ("light", "light"),
    ("dark", "dark"),
];

/// What was chosen: the theme, and which panels and locks by their places.
#[derive(Clone, Default)]
struct Choice {
    theme: usize,
    panels: [bool; Panel::ALL.len()],
    locks: [bool; LOCKS.len()],
    persist: bool,
}

/// The builder, made when it is opened.
#[component]
pub(crate) fn EmbedPanel() -> impl IntoView {
    view! {
        <Section id="embed" label="Embedding" title="Embed">
            <Builder />
        </Section>
    }
}

#[component]
fn Builder() -> impl IntoView {
    let choice = RwSignal::new(Choice::default());
    let address = address(Calculator::from_context().debounced());
    let snippet = Memo::new(move |_| choice.with(|choice| snippet(choice, &address.get())));
    let themes = THEMES
        .into_iter()
        .map(|(id, name)| view! { <option value=id>{name}</option> }.into_any())
        .collect_view();
    let choose = move |id: String| {
        let place = THEMES.iter().position(|(theme, _)| *theme == id);
        choice.update(|choice| choice.theme = place.unwrap_or_default());
    };
    let ticks = move |names: &[&'static str], of: fn(&mut Choice) -> &mut [bool]| {
        let tick = |(n, label): (usize, &&'static str)| {
            let set = move |on| choice.update(|choice| of(choice)[n] = on);
            view! { <Tick label set=Box::new(set) /> }.into_any()
        };
        names.iter().enumerate().map(tick).collect_view()
    };
    let persist = move |on| choice.update(|choice| choice.persist = on);
    view! {
        <p class="note">
            "The numbers on this page go along. Nothing that a reader enters leaves the reader\u{2019}s browser."
        </p>
        <div class="field">
            <label for="embed-theme">"Theme"</label>
            <select id="embed-theme" on:change=entered(choose)>
                {themes}
            </select>
        </div>
        <fieldset class="ticks">
            <legend>"Only these panels (none ticked: all)"</legend>
            {ticks(&Panel::ALL.map(|(_, name)| name), |choice| &mut choice.panels)}
        </fieldset>
        <fieldset class="ticks">
            <legend>"Readers can\u{2019}t change"</legend>
            {ticks(&LOCKS.map(|(_, name)| name), |choice| &mut choice.locks)}
        </fieldset>
        <Tick label="keep the reader\u{2019}s numbers in the reader\u{2019}s browser" set=Box::new(persist) />
        <Copied id="embed-snippet" label="HTML for the page" text=snippet />
    }
}

/// A box to tick.
#[component]
fn Tick(label: &'static str, set: Box<dyn Fn(bool)>) -> impl IntoView {
    view! {
        <div class="switch">
            <label>
                <input type="checkbox" on:change=ticked(set) />
                {label}
            </label>
        </div>
    }
}

/// The address of the frame, and the script that gives it its height. It listens to nobody but the frame.
fn snippet(choice: &Choice, address: &str) -> String {
    let fragment = address.split_once('#').map_or("", |(_, fragment)| fragment);
    let ticked = |all: &mut dyn Iterator<Item = (bool, &'static str)>| {
        let names: Vec<&str> = all.filter(|(on, _)| *on).map(|(_, name)| name).collect();
        names.join(",")
    };
    let panels = ticked(
        &mut choice
            .panels
            .into_iter()
            .zip(Panel::ALL.map(|(_, name)| name)),
    );
    let locks = ticked(&mut choice.locks.into_iter().zip(LOCKS.map(|(path, _)| path)));
    let mut src = page::bare_address() + "?embed=1";
    for (key, value) in [
        (
            "theme",
            if choice.theme == 0 {
                ""
            } else {
                THEMES[choice.theme].0
            },
        ),
        ("panel", &panels),
        ("lock", &locks),
        ("persist", if choice.persist { "1" } else { "" }),
    ] {
        if !value.is_empty() {
            src = [&src, "&", key, "=", value].concat();
        }
    }
    let src = [&src, "#", fragment].concat().replace('&', "&amp;");
    [
        "<iframe id=\"plimsoll\" src=\"",
        &src,
        "\" title=\"Plimsoll: serverless containers or Kubernetes?\" width=\"100%\" height=\"900\" frameborder=\"0\" \
         allow=\"clipboard-write\"></iframe>\n<script>\n(() => {\n  const frame = \
         document.getElementById(\"plimsoll\");\n  addEventListener(\"message\", ({ source, data }) => {\n    if (source \
         === frame.contentWindow && data?.type === \"plimsoll:height\")\n      frame.height = \
         Math.min(Math.max(Number(data.height) || 0, 100), 20000);\n  });\n  const ask = () => \
         frame.contentWindow.postMessage({ type: \"plimsoll:get-height\" }, \"*\");\n  frame.addEventListener(\"load\", \
         ask);\n  ask();\n})();\n</script>\n",
    ]
    .concat()
}
