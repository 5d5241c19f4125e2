//! The chart of monthly cost per platform, and its numbers as a table.

use super::super::{
    html::{Html, classed, html},
    kit::{
        chart_canvas::{Names, chart_canvas, shown},
        chart_table::chart_table,
    },
    state::Calculator,
};
use leptos::prelude::*;
use plimsoll_chart::bars::Costs;
use plimsoll_model::bill::CostCategory;

const NAMES: Names = Names {
    class: "bars",
    title: "chart-title",
    label: "Monthly cost by platform",
};

/// Stacked bars, drawn on a canvas; the same numbers stand in a table for whoever can't see them.
pub(crate) fn costs_chart(calculator: Calculator) -> Html {
    let (_, shown) = shown(move || calculator.assessment.with(Costs::of));
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
