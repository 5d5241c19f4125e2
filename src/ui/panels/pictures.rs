//! What the panels of the week, of the steps and of the months have alike: a sentence, a picture that is read out, and its
//! numbers as a table. Which chart it is, the panel does not know.

use super::{
    super::{
        html::{Html, button, classed, fold_later, html},
        kit::{
            chart_canvas::{Names, chart_canvas},
            chart_table::chart_table,
        },
        slices::Slices,
        state::Calculator,
    },
    inputs::go_to,
};
use leptos::prelude::*;
use plimsoll_chart::Chart;
use plimsoll_model::{inputs::Field, platform::Platform};
use std::sync::Arc;

/// One of the panels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Face {
    /// The id of its fold, with which those of its title and its table begin.
    pub(super) id: &'static str,
    /// The class of its canvas.
    pub(super) class: &'static str,
    /// The element of its heading.
    pub(super) heading: &'static str,
    /// The id of its heading.
    pub(super) title_id: &'static str,
    /// Its heading.
    pub(super) title: &'static str,
    /// What its read-out is called.
    pub(super) label: &'static str,
    /// The id of its table's fold.
    pub(super) table_id: &'static str,
    /// What its table is called.
    pub(super) numbers: &'static str,
    /// The choices of platforms: id, label, what is shown where nothing is chosen, and of which side alone.
    pub(super) picks: &'static [(&'static str, &'static str, &'static str, Option<bool>)],
    /// The input that it can be changed by, and what the button to it says.
    pub(super) input: Option<(&'static Field, &'static str)>,
    /// Works out what it shows, and shows it; what it reads is followed.
    pub(super) work: fn(Calculator, Picks, Shown, Slices),
}

/// Platforms that are chosen; where none is, the one that suggests itself.
pub(super) type Picks = [RwSignal<Option<Platform>>; 2];

/// What a panel shows; nothing yet, or nothing at all.
pub(super) type Shown = RwSignal<Option<Arc<dyn Chart>>>;

/// The panel as a section.
pub(super) fn section(face: &'static Face, calculator: Calculator) -> Html {
    html("section")
        .is("aria-labelledby", face.title_id)
        .has(folded(face, calculator))
}

/// The panel behind its heading, made when it is opened first.
pub(super) fn folded(face: &'static Face, calculator: Calculator) -> Html {
    let title = html(face.heading).is("id", face.title_id).has(face.title);
    fold_later(false, title, move || body(face, calculator)).is("id", face.id)
}

fn body(face: &'static Face, calculator: Calculator) -> Html {
    let picks: Picks = [RwSignal::new(None), RwSignal::new(None)];
    let shown: Shown = RwSignal::new(None);
    let slices = Slices::new();
    Effect::new(move |_| {
        (face.work)(calculator, picks, shown, slices);
    });
    let names = Names {
        class: face.class,
        title: face.title_id,
        label: face.label,
    };
    let choices: Vec<Html> = face
        .picks
        .iter()
        .zip(picks)
        .map(|((id, label, open, side), pick)| choice(id, label, open, *side, pick))
        .collect();
    let change = face.input.map(|(field, text)| {
        classed("p", "actions").has(button(text, move || go_to(field, calculator)))
    });
    classed("div", "chart group")
        .has(classed("p", "headline").says(move || text_of(shown, |chart| chart.reading())))
        .has(choices)
        .has(chart_canvas(names, shown.into()))
        .has(classed("p", "note").says(move || text_of(shown, |chart| chart.terms())))
        .has(change)
        .has(chart_table(
            face.table_id,
            face.numbers,
            face.title_id,
            shown.into(),
        ))
}

/// What the chart that is shown says; nothing where there is none.
fn text_of(shown: Shown, says: impl Fn(&dyn Chart) -> String) -> String {
    shown.get().map_or_else(String::new, |chart| says(&*chart))
}

/// A choice of platforms, of one side where that is said.
fn choice(
    id: &'static str,
    label: &'static str,
    open: &'static str,
    kubernetes: Option<bool>,
    pick: RwSignal<Option<Platform>>,
) -> Html {
    let mut options = vec![html("option").is("value", "").has(open)];
    for platform in Platform::ALL {
        if kubernetes.is_none_or(|side| platform.is_kubernetes() == side) {
            let option = html("option").is("value", platform.id());
            options.push(option.has(platform.name()));
        }
    }
    let select = html("select")
        .is("id", id)
        .on_value("change", move |id| pick.set(Platform::find(&id)))
        .has(options);
    classed("div", "field")
        .now_flag("data-own", move || pick.get().is_some())
        .has(html("label").is("for", id).has(label))
        .has(select)
}
