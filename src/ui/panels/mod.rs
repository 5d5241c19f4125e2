//! The panels of the page, each a reading of the assessment.

mod assumptions;
mod bill;
pub(super) mod costs;
mod curve;
mod duties;
mod embed;
mod environments;
pub(super) mod flips;
pub(super) mod import;
mod importing;
mod influence;
pub(super) mod inputs;
mod invoice;
mod load_line;
mod map;
mod months;
mod pictures;
mod preview;
mod prices;
mod promises;
mod ranges;
pub(super) mod ranking;
mod reconciliation;
mod scenarios;
pub(super) mod share;
pub(super) mod traffic;
mod understood;
pub(super) mod verdict;
mod watched;
mod waterfall;
mod week;
mod workloads;

use super::state::Calculator;
use leptos::prelude::*;
use plimsoll_formats::query::Panel;

/// Makes a panel.
type Make = fn() -> AnyView;

/// The panels below the first answer in their order, or those of a frame.
pub(super) fn later_panels(calculator: Calculator) -> Vec<Make> {
    let (embedded, billed, ranked) = calculator.query.with_value(|query| {
        let shows = |panel| query.shows(panel);
        (query.embed, shows(Panel::Bill), shows(Panel::Ranking))
    });
    let mut panels: Vec<Make> = Vec::new();
    // Where there is a table, bills open in it.
    if billed && !ranked {
        panels.push(|| view! { <bill::BillPanel /> }.into_any());
    }
    if embedded {
        panels.push(|| view! { <share::FullVersion /> }.into_any());
        return panels;
    }
    panels.extend([
        (|| view! { <workloads::WorkloadsPanel /> }.into_any()) as Make,
        || view! { <map::MapPanel /> }.into_any(),
        || view! { <curve::CurvePanel /> }.into_any(),
        || view! { <ranges::RangesPanel /> }.into_any(),
        || view! { <week::WeekPanel /> }.into_any(),
        || view! { <months::MonthsPanel /> }.into_any(),
        || view! { <scenarios::ScenariosPanel /> }.into_any(),
        || view! { <share::SharePanel /> }.into_any(),
        || view! { <import::ImportPanel /> }.into_any(),
        || view! { <promises::PromisesPanel /> }.into_any(),
        || view! { <prices::PricesPanel /> }.into_any(),
        || view! { <assumptions::AssumptionsPanel /> }.into_any(),
        || view! { <duties::DutiesPanel /> }.into_any(),
        || view! { <embed::EmbedPanel /> }.into_any(),
    ]);
    panels
}
