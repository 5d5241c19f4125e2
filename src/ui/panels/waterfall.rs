//! Under the bill: from the vCPU that requests use to the vCPU that is paid.

use super::{
    super::{html::Html, slices::Slices, state::Calculator},
    pictures::{Data, Face, Picks, Shown, Table, folded},
};
use leptos::prelude::*;
use plimsoll_chart::{scene::Scene, theme::Theme, waterfall};
use plimsoll_model::platforms::{Case, capacity_trace::CapacityTrace};
use plimsoll_wording::format;
pub(super) use waterfall::reading;

static FACE: Face = Face {
    id: "waterfall",
    // As high as bars in as many rows.
    class: "bars steps",
    heading: "h3",
    title_id: "waterfall-title",
    title: "From used to paid vCPU",
    label: "Steps from used to paid vCPU",
    table_id: "waterfall-table",
    numbers: "The numbers of the steps",
    picks: &[],
    input: None,
    work,
};

/// The steps of the platform whose bill is shown.
pub(super) fn steps_panel(calculator: Calculator) -> Html {
    folded(&FACE, calculator)
}

fn work(calculator: Calculator, _: Picks, shown: Shown, _: Slices) {
    shown.set(trace(calculator).map_or(Data::Nothing, Data::Steps));
}

fn trace(calculator: Calculator) -> Option<CapacityTrace> {
    let platform = calculator.shown()?;
    calculator.inputs.with(|inputs| {
        let book = calculator.book;
        book.with(|book| platform.capacity_trace(&Case::of(inputs), &book.at(inputs.region)))
    })
}

pub(super) fn read_out(trace: &CapacityTrace, row: usize) -> String {
    waterfall::read_out(&trace.steps, row)
}

pub(super) fn at(trace: &CapacityTrace, width: f64, x: f64, y: f64) -> Option<usize> {
    waterfall::at(trace.steps.len(), width, x, y)
}

pub(super) fn scene(
    trace: &CapacityTrace,
    highlighted: Option<usize>,
    theme: &Theme,
    width: f64,
) -> Scene {
    waterfall::scene(&trace.steps, highlighted, theme, width)
}

pub(super) fn table(trace: &CapacityTrace) -> Table {
    let heads = ["Step", "Mean vCPU", "Together"].map(str::to_owned);
    let row = |(what, vcpu, end): waterfall::Row| {
        vec![what.to_owned(), format::number(vcpu), format::number(end)]
    };
    let rows = waterfall::rows(&trace.steps).into_iter().map(row);
    (heads.into(), rows.collect())
}
