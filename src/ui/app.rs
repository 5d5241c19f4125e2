//! Start-up, and where each panel stands.

use super::{
    panels::{
        bill::BillPanel, chart::CostChart, inputs::InputsPanel, ranking::Ranking,
        verdict::VerdictPanel,
    },
    state::Calculator,
};
use crate::{model::units::HOURS_PER_MONTH, web::page};
use leptos::prelude::*;

/// Starts the page: takes up the saved state and mounts the app in place of the skeleton.
pub fn start() {
    let Some(place) = page::mount_point() else {
        return;
    };
    page::remove_skeleton();
    mount_to(place, App).forget();
}

#[component]
fn App() -> impl IntoView {
    let calculator = Calculator::provide();
    calculator.save_at_rest();
    view! {
        <header class="head">
            <h1>"Plimsoll"</h1>
            <p>"Serverless containers or Kubernetes: what each costs a month, engineering time included."</p>
        </header>
        <main class="page">
            <InputsPanel />
            <div class="results">
                <VerdictPanel />
                <Ranking />
                <CostChart />
                <BillPanel />
                <Limits />
            </div>
        </main>
    }
}

#[component]
fn Limits() -> impl IntoView {
    let text = format!(
        "An estimate, not a quote: list prices in US dollars, a month of {HOURS_PER_MONTH} hours. Taxes and \
         support plans are left out. Nothing you enter leaves this browser."
    );
    view! {
        <footer class="foot">
            <p>{text}</p>
        </footer>
    }
}
