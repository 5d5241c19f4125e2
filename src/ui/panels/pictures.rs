//! What the panels of the week, of the steps and of the months have alike: a sentence, a picture that is read out, and its
//! numbers as a table. Which chart it is, the panel does not know.

use super::{
    super::{
        kit::{
            chart_canvas::{Names, chart_canvas},
            chart_table::chart_table,
            events::{entered, press},
            fold::Fold,
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
    /// The id of its heading.
    pub(super) title_id: &'static str,
    /// Its heading.
    pub(super) title: &'static str,
    /// What its read-out is called.
    pub(super) label: &'static str,
    /// The id of its table's fold.
    pub(super) table_id: &'static str,
    /// The choices of platforms.
    pub(super) picks: &'static [Pick],
    /// The input that it can be changed by, and what the button to it says.
    pub(super) input: Option<(&'static Field, &'static str)>,
    /// Works out what it shows, and shows it; what it reads is followed.
    pub(super) work: fn(Calculator, Picks, Shown, Slices),
}

/// A choice of platforms: id, label, what is shown where nothing is chosen, and of which side alone.
pub(super) type Pick = (&'static str, &'static str, &'static str, Option<bool>);

/// Platforms that are chosen; where none is, the one that suggests itself.
pub(super) type Picks = [RwSignal<Option<Platform>>; 2];

/// What a panel shows; nothing yet, or nothing at all.
pub(super) type Shown = RwSignal<Option<Arc<dyn Chart>>>;

/// The panel as a section.
#[component]
pub(super) fn PictureSection(face: &'static Face) -> impl IntoView {
    let heading = view! { <h2 id=face.title_id>{face.title}</h2> }.into_any();
    view! {
        <section aria-labelledby=face.title_id>
            <FoldedPicture face heading />
        </section>
    }
}

/// The panel behind its heading, made when it is opened first.
#[component]
pub(super) fn FoldedPicture(face: &'static Face, heading: AnyView) -> impl IntoView {
    view! {
        <Fold id=face.id summary=heading>
            <Picture face />
        </Fold>
    }
}

#[component]
fn Picture(face: &'static Face) -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
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
    let choices = face
        .picks
        .iter()
        .zip(picks)
        .map(|(from, pick)| view! { <Choice from pick /> }.into_any())
        .collect_view();
    let change = face.input.map(|(field, text)| {
        view! {
            <p class="actions">
                <button type="button" on:click=press(move || go_to(field))>
                    {text}
                </button>
            </p>
        }
        .into_any()
    });
    view! {
        <div class="chart group">
            <p class="headline">{move || text_of(shown, |chart| chart.reading())}</p>
            {choices}
            {chart_canvas(names, shown.into())}
            <p class="note">{move || text_of(shown, |chart| chart.terms())}</p>
            {change}
            {chart_table(face.table_id, face.title_id, shown.into())}
        </div>
    }
}

/// What the chart that is shown says; nothing where there is none.
fn text_of(shown: Shown, says: impl Fn(&dyn Chart) -> String) -> String {
    shown.get().map_or_else(String::new, |chart| says(&*chart))
}

/// A choice of platforms, of one side where that is said.
#[component]
fn Choice(from: &'static Pick, pick: RwSignal<Option<Platform>>) -> impl IntoView {
    let (id, label, open, kubernetes) = *from;
    let options = Platform::ALL
        .into_iter()
        .filter(|platform| kubernetes.is_none_or(|side| platform.is_kubernetes() == side))
        .map(|platform| view! { <option value=platform.id()>{platform.name()}</option> }.into_any())
        .collect_view();
    let choose = move |id: String| pick.set(Platform::find(&id));
    view! {
        <div class="field" data-own=move || pick.get().is_some()>
            <label for=id>{label}</label>
            <select id=id on:change=entered(choose)>
                <option value="">{open}</option>
                {options}
            </select>
        </div>
    }
}
