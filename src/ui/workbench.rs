//! The workbench: what is loaded once the page has given its first answer. It shows the page's state, and hands in what is
//! changed here.

use super::{
    html::all,
    panels::{
        assumptions::assumptions_panel,
        bill::bill_panel,
        curve::curve_panel,
        duties::duties_panel,
        embed::embed_panel,
        flips::{FLIPS, flips},
        import::import_panel,
        inputs::{CLAIM, claim},
        months::months_panel,
        prices::prices_panel,
        ranges::ranges_panel,
        scenarios::scenarios_panel,
        share::{full_version, share},
        slopes::{SLOPES, slopes},
        verdict::{CONSEQUENCES, consequences},
        week::week_panel,
    },
    state::Calculator,
};
use crate::{query::Panel, web::page};
use leptos::prelude::*;

/// The element of the page that it is mounted in.
pub(super) const PLACE: &str = "workbench";

/// Starts the workbench, where the page has a place for it.
pub fn start() {
    let Some(place) = page::mount_point(PLACE) else {
        return;
    };
    page::clear(&place);
    mount_to(place, workbench).forget();
}

/// Mounts something in its place of the page, where the page has that place.
fn elsewhere(place: &str, view: impl FnOnce() -> AnyView + 'static) {
    if let Some(place) = page::mount_point(place) {
        mount_to(place, view).forget();
    }
}

fn workbench() -> AnyView {
    let calculator = Calculator::of_workbench();
    // What it has to say elsewhere on the page.
    elsewhere(CLAIM, move || claim(calculator));
    elsewhere(FLIPS, move || flips(calculator));
    elsewhere(CONSEQUENCES, move || consequences(calculator));
    elsewhere(SLOPES, move || slopes(calculator));
    let (embedded, billed) = calculator
        .query
        .with_value(|query| (query.embed, query.shows(Panel::Bill)));
    let bill = billed.then(|| bill_panel(calculator));
    if embedded {
        return all([bill, Some(full_version(calculator))]);
    }
    all([
        bill,
        Some(curve_panel(calculator)),
        Some(ranges_panel(calculator)),
        Some(week_panel(calculator)),
        Some(months_panel(calculator)),
        Some(scenarios_panel(calculator)),
        Some(share(calculator)),
        Some(import_panel(calculator)),
        Some(prices_panel(calculator)),
        Some(assumptions_panel(calculator)),
        Some(duties_panel(calculator)),
        Some(embed_panel(calculator)),
    ])
}
