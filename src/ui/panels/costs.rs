//! The chart of monthly cost per platform by part, with people or without, and its numbers as a table.

use super::super::{
    kit::{
        chart_canvas::{Names, chart_canvas, shown},
        chart_table::chart_table,
        events::press,
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
#[component]
pub(crate) fn CostsChart() -> impl IntoView {
    let calculator = Calculator::from_context();
    let people = RwSignal::new(true);
    let (_, shown) = shown(move || {
        let costs = calculator.assessment.with(Costs::of);
        if people.get() {
            costs
        } else {
            costs.without_people()
        }
    });
    let keys = CostCategory::ALL.map(|part| {
        view! {
            <li class=format!("part-{}", part.id())>
                <span class="serverless">
                    <span class="key"></span>
                </span>
                <span class="kubernetes">
                    <span class="key"></span>
                </span>
                {part.name()}
            </li>
        }
    });
    let choice = move |label: &'static str, with: bool| {
        view! {
            <button
                type="button"
                aria-pressed=move || (people.get() == with).to_string()
                on:click=press(move || people.set(with))
            >
                {label}
            </button>
        }
    };
    view! {
        <figure class="chart" aria-labelledby=NAMES.title>
            <div class="line">
                <figcaption id=NAMES.title>
                    <h2>"Monthly cost by part"</h2>
                </figcaption>
                <div class="segments" role="group" aria-label="What the bars hold">
                    {choice("Infrastructure", false)}
                    {choice("With people", true)}
                </div>
            </div>
            <ul class="legend parts">{keys.into_iter().collect_view()}</ul>
            {chart_canvas(NAMES, shown)}
            {chart_table("chart-table", NAMES.title, shown)}
        </figure>
    }
}
