//! The workbench: what is loaded once the page has given its first answer. It shows the page's state, and hands in what is
//! changed here.

use super::{html::all, panels::share::share, state::Calculator};
use crate::web::page;
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

fn workbench() -> AnyView {
    let calculator = Calculator::of_workbench();
    all([share(calculator)])
}
