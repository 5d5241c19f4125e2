//! Builds the text that puts the calculator into another page.

use super::{
    super::{
        html::{Html, classed, html, note, section_later},
        state::Calculator,
    },
    share::{address, copied},
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
pub(crate) fn embed_panel(calculator: Calculator) -> Html {
    section_later(
        "embed",
        "Embedding",
        "Put it into a wiki",
        false,
        move || body(calculator),
    )
}

fn body(calculator: Calculator) -> Vec<Html> {
    let choice = RwSignal::new(Choice::default());
    let address = address(calculator);
    let snippet = Memo::new(move |_| choice.with(|choice| snippet(choice, &address.get())));
    let themes: Vec<Html> = THEMES
        .iter()
        .map(|(id, name)| html("option").is("value", id).has(*name))
        .collect();
    let theme = html("select")
        .is("id", "embed-theme")
        .on_value("change", move |id| {
            let place = THEMES.iter().position(|(theme, _)| *theme == id);
            choice.update(|choice| choice.theme = place.unwrap_or_default());
        })
        .has(themes);
    let panels: Vec<Html> = Panel::ALL
        .iter()
        .enumerate()
        .map(|(n, (_, name))| {
            tick(name, move |on| {
                choice.update(|choice| choice.panels[n] = on);
            })
        })
        .collect();
    let locks: Vec<Html> = LOCKS
        .iter()
        .enumerate()
        .map(|(n, (_, name))| tick(name, move |on| choice.update(|choice| choice.locks[n] = on)))
        .collect();
    let persist = tick(
        "keep the reader\u{2019}s numbers in the reader\u{2019}s browser",
        move |on| {
            choice.update(|choice| choice.persist = on);
        },
    );
    vec![
        note(
            "The numbers on this page go along. Nothing that a reader enters leaves the reader\u{2019}s browser.",
        ),
        classed("div", "field")
            .has(html("label").is("for", "embed-theme").has("Theme"))
            .has(theme),
        group("Only these panels (none ticked: all)", panels),
        group("Readers can\u{2019}t change", locks),
        persist,
        copied("embed-snippet", "HTML for the page", snippet, None),
    ]
}

fn group(legend: &'static str, ticks: Vec<Html>) -> Html {
    classed("fieldset", "ticks")
        .has(html("legend").has(legend))
        .has(ticks)
}

fn tick(name: &'static str, set: impl Fn(bool) + 'static) -> Html {
    let entry = html("input")
        .is("type", "checkbox")
        .on("change", move |event| set(event_target_checked(&event)));
    classed("div", "switch").has(html("label").has(entry).has(name))
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
