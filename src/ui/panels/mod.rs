//! The panels of the page, each a reading of the assessment.

mod assumptions;
mod bill;
pub(super) mod costs;
mod curve;
mod duties;
mod embed;
mod environments;
pub(super) mod flips;
mod import;
pub(super) mod inputs;
mod invoice;
mod months;
mod pictures;
mod prices;
mod ranges;
pub(super) mod ranking;
mod scenarios;
pub(super) mod share;
pub(super) mod slopes;
pub(super) mod traffic;
pub(super) mod verdict;
mod waterfall;
mod week;

use super::{html::all, state::Calculator};
use leptos::prelude::{AnyView, WithValue};
use plimsoll_formats::query::Panel;

/// Makes a panel.
type Make = fn(Calculator) -> AnyView;

/// The panels below the first answer in their order, or those of a frame.
pub(super) fn later_panels(calculator: Calculator) -> Vec<Make> {
    let (embedded, billed) = calculator
        .query
        .with_value(|query| (query.embed, query.shows(Panel::Bill)));
    let mut panels: Vec<Make> = Vec::new();
    if billed {
        panels.push(|calculator| all(bill::bill_panel(calculator)));
    }
    if embedded {
        panels.push(|calculator| all(share::full_version(calculator)));
        return panels;
    }
    panels.extend([
        (|calculator| all(curve::curve_panel(calculator))) as Make,
        |calculator| all(ranges::ranges_panel(calculator)),
        |calculator| all(week::week_panel(calculator)),
        |calculator| all(months::months_panel(calculator)),
        |calculator| all(scenarios::scenarios_panel(calculator)),
        |calculator| all(share::share(calculator)),
        |calculator| all(import::import_panel(calculator)),
        |calculator| all(prices::prices_panel(calculator)),
        |calculator| all(assumptions::assumptions_panel(calculator)),
        |calculator| all(duties::duties_panel(calculator)),
        |calculator| all(embed::embed_panel(calculator)),
    ]);
    panels
}
