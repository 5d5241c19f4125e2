//! Under the bill: from the vCPU that requests use to the vCPU that is paid.

use super::{
    super::{slices::Slices, state::Calculator},
    pictures::{Face, FoldedPicture, Picks, Shown},
};
use leptos::prelude::*;
use plimsoll_model::platforms::{Case, capacity_trace::CapacityTrace};
use std::sync::Arc;

static FACE: Face = Face {
    id: "waterfall",
    // As high as bars in as many rows.
    class: "bars steps",
    title_id: "waterfall-title",
    title: "From used to paid vCPU",
    label: "Steps from used to paid vCPU",
    table_id: "waterfall-table",
    picks: &[],
    input: None,
    work,
};

/// The steps of the platform whose bill is shown.
pub(super) fn steps_panel() -> AnyView {
    let heading = view! { <h3 id=FACE.title_id>{FACE.title}</h3> }.into_any();
    view! { <FoldedPicture face=&FACE heading /> }.into_any()
}

fn work(calculator: Calculator, _: Picks, shown: Shown, _: Slices) {
    shown.set(trace(calculator).map(|trace| Arc::new(trace) as _));
}

fn trace(calculator: Calculator) -> Option<CapacityTrace> {
    let platform = calculator.shown()?;
    calculator.inputs.with(|inputs| {
        let book = calculator.book;
        book.with(|book| platform.capacity_trace(&Case::of(inputs), &book.in_region(inputs.region)))
    })
}
