//! What staying and moving come to over three years, as requests grow.

use super::{
    super::{slices::Slices, state::Calculator},
    pictures::{Face, Picks, PictureSection, Shown},
};
use leptos::prelude::*;
use plimsoll_model::{explore::months::Months, inputs::at};
use std::sync::Arc;

static FACE: Face = Face {
    id: "months",
    class: "months",
    title_id: "months-title",
    title: "36 months",
    label: "Month",
    table_id: "months-table",
    picks: &[("months-to", "Compare with", "As suggested", None)],
    input: Some((at::growth_percent_per_month, "Change the growth")),
    work,
};

/// The months behind their heading.
#[component]
pub(crate) fn MonthsPanel() -> impl IntoView {
    view! { <PictureSection face=&FACE /> }
}

/// Works it out in slices between which the page answers.
fn work(calculator: Calculator, picks: Picks, shown: Shown, slices: Slices) {
    let mut months = calculator.inputs.with(|inputs| {
        let assessment = calculator.assessment;
        assessment.with(|assessment| Months::new(inputs, assessment, picks[0].get()))
    });
    calculator.book.track();
    slices.begin(move || {
        let step = |months: &mut Months| calculator.book.with_untracked(|book| months.step(book));
        let more = months.as_mut().is_some_and(step);
        if !more {
            let done = months.take();
            shown.set(done.map(|months| Arc::new(months) as _));
        }
        more
    });
}
