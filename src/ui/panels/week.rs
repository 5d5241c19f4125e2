//! A week hour by hour: requests, and what a serverless platform and a Kubernetes have of instances.

use super::{
    super::{slices::Slices, state::Calculator},
    pictures::{Face, Picks, PictureSection, Shown},
};
use leptos::prelude::*;
use plimsoll_chart::week::Week;
use plimsoll_model::{
    compare::Best,
    platforms::{Case, capacity_trace},
};
use std::sync::Arc;

static FACE: Face = Face {
    id: "week",
    class: "week",
    title_id: "week-title",
    title: "A week",
    label: "Hour of the week",
    table_id: "week-table",
    picks: &[
        ("week-serverless", "Serverless", "The cheapest", Some(false)),
        ("week-kubernetes", "Kubernetes", "The cheapest", Some(true)),
    ],
    input: None,
    work,
};

/// The strips behind their heading.
#[component]
pub(crate) fn WeekPanel() -> impl IntoView {
    view! { <PictureSection face=&FACE /> }
}

/// Shows the chosen platforms, or the cheapest that are open of either side.
fn work(calculator: Calculator, picks: Picks, shown: Shown, _: Slices) {
    calculator.inputs.with(|inputs| {
        let best = calculator
            .assessment
            .with(|assessment| Best::of(&assessment.comparison, inputs));
        let case = Case::of(inputs);
        let mut options = Vec::new();
        calculator.book.with(|book| {
            let prices = book.in_region(inputs.region);
            for (best, pick) in [best.serverless, best.kubernetes].into_iter().zip(picks) {
                let platform = pick.get().or(best.map(|(platform, _)| platform));
                if let Some(platform) = platform
                    && let Some(trace) = platform.capacity_trace(&case, &prices)
                {
                    options.push((platform, trace.hourly));
                }
            }
        });
        shown.set(Some(Arc::new(Week {
            requests: capacity_trace::requests_by_hour(inputs),
            options,
        })));
    });
}
