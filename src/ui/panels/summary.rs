//! The answer in a sentence.

use super::super::state::Calculator;
use crate::{format, model::units::Usd};
use leptos::prelude::*;

/// The cheapest platform and the runner-up, in words.
#[component]
pub(crate) fn Summary() -> impl IntoView {
    let calculator = expect_context::<Calculator>();
    let text = move || {
        calculator.comparison.with(|comparison| {
            let Some(best) = comparison.recommended else {
                return "No platform can be priced for these inputs; the list below says why."
                    .to_owned();
            };
            let total = comparison.total(best).unwrap_or(Usd::ZERO);
            let best_is = format!(
                "{} is the cheapest all in: {} a month.",
                best.name(),
                format::usd(total)
            );
            let next = comparison
                .ranked
                .get(1)
                .and_then(|next| Some((next, comparison.total(*next)?)));
            match next {
                Some((next, more)) => {
                    format!(
                        "{best_is} {} costs {} more.",
                        next.name(),
                        format::usd(more - total)
                    )
                }
                None => best_is,
            }
        })
    };
    view! {
        <section class="summary" aria-labelledby="summary-title">
            <h2 id="summary-title">"Answer"</h2>
            <p class="answer" role="status">{text}</p>
        </section>
    }
}
