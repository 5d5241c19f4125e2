//! Every platform, cheapest first; what has no bill stands last with the reason.

use super::super::state::Calculator;
use crate::{
    explain, format,
    model::{bill::Part, platform::Platform},
};
use leptos::prelude::*;

/// The ranked table.
#[component]
pub(crate) fn Ranking() -> impl IntoView {
    let calculator = expect_context::<Calculator>();
    view! {
        <section aria-labelledby="ranking-title">
            <h2 id="ranking-title">"Monthly cost per platform"</h2>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="ranking-title">
                <table class="ranking">
                    <thead>
                        <tr>
                            <th scope="col">"Platform"</th>
                            <th scope="col" class="number">"Infrastructure"</th>
                            <th scope="col" class="number">"People"</th>
                            <th scope="col" class="number">"Total"</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=move || calculator.assessment.with(|assessment| assessment.comparison.ranked.clone())
                            key=|platform| *platform
                            children=move |platform| view! { <Row platform /> }
                        />
                    </tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Row(platform: Platform) -> impl IntoView {
    let calculator = expect_context::<Calculator>();
    let about = platform.about();
    let city = move || {
        calculator
            .inputs
            .with(|inputs| platform.city(inputs.region))
    };
    let current = move || (calculator.shown() == Some(platform)).then_some("true");
    // Infrastructure, people and total, or the reason why there are none.
    let cells = move || {
        calculator
            .assessment
            .with(|assessment| match assessment.comparison.quote(platform) {
                Ok(bill) => Ok([
                    bill.infrastructure(),
                    bill.subtotal(Part::People),
                    bill.total(),
                ]
                .map(format::usd)),
                Err(refusal) => Err(explain::refusal(refusal)),
            })
    };
    view! {
        <tr data-platform=platform.id() aria-current=current>
            <th scope="row">
                <button type="button" on:click=move |_| calculator.chosen.set(Some(platform))>
                    {platform.name()}
                </button>
                <span class="city">{city}</span>
                {about
                    .closed
                    .map(|closed| {
                        view! {
                            <a class="badge" href=closed.page target="_blank" rel="noopener noreferrer">
                                {format!("closed to new customers since {}", closed.since)}
                            </a>
                        }
                    })}
            </th>
            {move || match cells() {
                Ok(cells) => cells.map(|text| view! { <td class="number">{text}</td> }).collect_view().into_any(),
                Err(reason) => view! { <td colspan="3" class="reason">{reason}</td> }.into_any(),
            }}
        </tr>
    }
}
