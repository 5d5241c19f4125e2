//! The chart of monthly cost per platform, and its numbers as a table.

use super::super::{
    html::{Html, classed, html},
    kit::{
        chart_canvas::{Names, Shown, chart_canvas},
        chart_table::chart_table,
    },
    state::Calculator,
};
use leptos::prelude::*;
use plimsoll_chart::bars::Costs;
use plimsoll_model::bill::CostCategory;
use std::sync::Arc;

const NAMES: Names = Names {
    class: "bars",
    title: "chart-title",
    label: "Monthly cost by platform",
};

/// Stacked bars, drawn on a canvas; the same numbers stand in a table for whoever can't see them.
pub(crate) fn costs_chart(calculator: Calculator) -> Html {
    let costs = Memo::new(move |_| calculator.assessment.with(Costs::of));
    let shown: Shown = Signal::derive(move || Some(Arc::new(costs.get()) as _));
    let keys = CostCategory::ALL.map(|part| {
        html("li")
            .is("class", &["key key-", part.id()].concat())
            .has(part.name())
    });
    classed("figure", "chart")
        .is("aria-labelledby", NAMES.title)
        .has(
            html("figcaption")
                .is("id", NAMES.title)
                .has("Where the money goes, US dollars a month"),
        )
        .has(classed("ul", "legend").has(keys))
        .has(chart_canvas(NAMES, shown))
        .has(chart_table(
            "chart-table",
            "The numbers of the chart",
            NAMES.title,
            shown,
        ))
}
