//! Every platform, cheapest first; what has no bill stands last with the reason. Two can be pinned and compared.

use super::super::state::Calculator;
use leptos::{either::Either, prelude::*};
use plimsoll_model::{
    bill::{Bill, CostCategory},
    platform::Platform,
    units::Usd,
};
use plimsoll_wording::{explain, format};

/// How many platforms are compared.
const PINS: usize = 2;

/// The platforms that are to be compared.
type Pinned = RwSignal<Vec<Platform>>;

/// The ranked table, and the two that are pinned.
#[component]
pub(crate) fn Ranking() -> impl IntoView {
    let calculator = Calculator::from_context();
    let pinned: Pinned = RwSignal::new(Vec::new());
    let ranked = move || {
        calculator
            .assessment
            .with(|assessment| assessment.comparison.ranked.clone())
    };
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
                            <th scope="col">"Fit"</th>
                            <th scope="col" class="number">"Published"</th>
                            <th scope="col">"Pin"</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=ranked key=|platform| *platform let:platform>
                            <Row platform pinned />
                        </For>
                    </tbody>
                </table>
            </div>
            {move || side_by_side(pinned, calculator)}
        </section>
    }
}

/// A platform. Its row moves with it, and takes the focus along.
#[component]
fn Row(platform: Platform, pinned: Pinned) -> impl IntoView {
    let calculator = Calculator::from_context();
    let city = move || {
        calculator
            .inputs
            .with(|inputs| platform.city(inputs.region).to_owned())
    };
    let current = move || (calculator.shown() == Some(platform)).then_some("true");
    let closed = platform.definition().closed.map(|closed| {
        view! {
            <a class="badge" href=closed.page target="_blank" rel="noopener noreferrer">
                {format!("closed to new customers since {}", closed.since)}
            </a>
        }
    });
    let nodes = platform
        .has_nodes_without_kubernetes()
        .then(|| view! { <span class="city">"no Kubernetes, you own the nodes"</span> });
    view! {
        <tr data-platform=platform.id() aria-current=current>
            <th scope="row">
                <button type="button" on:click=move |_| calculator.choose(platform)>
                    {platform.name()}
                </button>
                <span class="city">{city}</span>
                {closed} {nodes}
            </th>
            {move || cells(platform, calculator)}
            <td>{pin(platform, pinned)}</td>
        </tr>
    }
}

/// Infrastructure, people, total, fit and how much of it is published; or the reason why there is none of it.
fn cells(platform: Platform, calculator: Calculator) -> impl IntoView {
    calculator.assessment.with(|assessment| {
        let bill = match assessment.comparison.quote(platform) {
            Ok(bill) => bill,
            Err(refusal) => {
                let why = explain::refusal(refusal);
                return Either::Left(view! {
                    <td colspan="5" class="reason">
                        {why}
                    </td>
                });
            }
        };
        let people = bill.subtotal(CostCategory::People);
        let (fit, range) = calculator.inputs.with(|inputs| {
            (
                assessment.fit(platform, inputs),
                explain::people_range(platform, people, inputs),
            )
        });
        let published = (bill.published_share() * 100.0).floor();
        Either::Right(view! {
            <td class="number">{format::usd(bill.infrastructure())}</td>
            <td class="number">
                {format::usd_estimated(people)} <span class="city">{range}</span>
            </td>
            <td class="number">{format::usd(bill.total())}</td>
            <td class="fit">{explain::fit(fit)}</td>
            <td class="number">{format!("{} %", format::number(published))}</td>
        })
    })
}

/// The box that pins a platform. A third one takes the place of the first.
fn pin(platform: Platform, pinned: Pinned) -> impl IntoView {
    let change = move |event| {
        let on = event_target_checked(&event);
        pinned.update(|pinned| {
            pinned.retain(|other| *other != platform);
            if on {
                pinned.push(platform);
            }
            if pinned.len() > PINS {
                pinned.remove(0);
            }
        });
    };
    view! {
        <input
            type="checkbox"
            aria-label=format!("Compare {}", platform.name())
            prop:checked=move || pinned.with(|pinned| pinned.contains(&platform))
            on:change=change
        />
    }
}

/// The two that are pinned, part by part.
fn side_by_side(pinned: Pinned, calculator: Calculator) -> Option<impl IntoView> {
    let pinned = pinned.get();
    let [one, other] = pinned[..] else {
        return None;
    };
    let row = |name: &'static str, class: Option<&'static str>, of: &dyn Fn(&Bill) -> Usd| {
        calculator.assessment.with(|assessment| {
            let amount = |platform| assessment.comparison.quote(platform).ok().map(of);
            let text = |usd: Option<Usd>| usd.map_or("\u{2013}".to_owned(), format::usd);
            let (first, second) = (amount(one), amount(other));
            let apart = first.zip(second).map(|(first, second)| second - first);
            let cells = [first, second, apart]
                .map(|usd| view! { <td class="number">{text(usd)}</td> })
                .collect_view();
            view! {
                <tr class=class>
                    <th scope="row">{name}</th>
                    {cells}
                </tr>
            }
        })
    };
    let mut rows: Vec<_> = CostCategory::ALL
        .into_iter()
        .map(|part| row(part.name(), None, &|bill| bill.subtotal(part)))
        .collect();
    rows.push(row("Total", Some("total"), &Bill::total));
    Some(view! {
        <div class="group">
            <h3 id="pair-title">{format!("{} beside {}", one.name(), other.name())}</h3>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="pair-title">
                <table class="pair">
                    <thead>
                        <tr>
                            <th scope="col">"A month"</th>
                            <th scope="col" class="number">{one.name()}</th>
                            <th scope="col" class="number">{other.name()}</th>
                            <th scope="col" class="number">"Difference"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </div>
    })
}
