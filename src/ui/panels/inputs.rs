//! The inputs: the few that matter most first, the others behind a fold.

use super::super::{controls::Control, state::Calculator};
use crate::model::inputs::{FIELDS, Field};
use leptos::prelude::*;

/// The inputs that stand open.
const FIRST: [&str; 6] = [
    "http.requests_per_month",
    "http.latency_ms",
    "services",
    "team.engineers",
    "team.rate_usd_per_hour",
    "region",
];

/// All inputs.
#[component]
pub(crate) fn InputsPanel() -> impl IntoView {
    let calculator = expect_context::<Calculator>();
    let first = FIRST.map(Field::at);
    let others = FIELDS.iter().filter(|field| !FIRST.contains(&field.path));
    view! {
        <section class="inputs" aria-labelledby="inputs-title">
            <h2 id="inputs-title">"Your workload and your team"</h2>
            {first.into_iter().map(|field| view! { <Control field /> }).collect_view()}
            <details>
                <summary>"More inputs"</summary>
                {others.map(|field| view! { <Control field /> }).collect_view()}
            </details>
            <p class="note" role="status">{move || calculator.storage_notice.get()}</p>
        </section>
    }
}
