//! Start-up, and where each panel stands.

use super::{
    panels::{
        bill::BillPanel, chart::CostChart, inputs::InputsPanel, ranking::Ranking, share::Share,
        verdict::VerdictPanel,
    },
    state::Calculator,
};
use crate::{
    model::units::HOURS_PER_MONTH,
    query::{Panel, Query},
    scenario::site::Link,
    web::page,
};
use leptos::prelude::*;

/// Starts the page: takes up the saved state and mounts the app in place of the skeleton.
pub fn start() {
    page::tell_panics();
    let Some(place) = page::mount_point() else {
        return;
    };
    mount_to(place, App).forget();
    page::remove_skeleton();
}

#[component]
fn App() -> impl IntoView {
    let calculator = Calculator::provide();
    calculator.save_at_rest();
    calculator.follow_links();
    let shows = |panel| calculator.query.with_value(|query| query.shows(panel));
    let results = [
        shows(Panel::Verdict).then(|| view! { <VerdictPanel /> }.into_any()),
        shows(Panel::Ranking).then(|| view! { <Ranking /> }.into_any()),
        shows(Panel::Chart).then(|| view! { <CostChart /> }.into_any()),
        shows(Panel::Bill).then(|| view! { <BillPanel /> }.into_any()),
    ];
    let inputs = shows(Panel::Inputs).then(|| view! { <InputsPanel /> });
    let class = if inputs.is_some() {
        "page"
    } else {
        "page alone"
    };
    view! {
        <Head />
        <main class=class>
            {inputs}
            <div class="results">
                <Told />
                {results.into_iter().flatten().collect_view()}
                <Share />
                <Limits />
            </div>
        </main>
    }
}

/// The title: the site's, or ours. An embedded page has a heading of its own around it.
#[component]
fn Head() -> impl IntoView {
    let calculator = expect_context::<Calculator>();
    let own = calculator.site.with_value(|site| site.title.clone());
    if let Some(title) = &own {
        page::set_title(title);
    }
    let embedded = calculator.query.with_value(|query| query.embed);
    if embedded && own.is_none() {
        return ().into_any();
    }
    let subtitle = if own.is_some() {
        "Plimsoll: serverless"
    } else {
        "Serverless"
    };
    view! {
        <header class="head">
            <h1>{own.unwrap_or_else(|| "Plimsoll".to_owned())}</h1>
            <p>{subtitle} " containers or Kubernetes: what each costs a month, engineering time included."</p>
        </header>
    }
    .into_any()
}

/// What has to be known before the numbers are read: whose scenario it is, what was not understood.
#[component]
fn Told() -> impl IntoView {
    let calculator = expect_context::<Calculator>();
    let shared = move || {
        calculator.shared.get().then(|| {
            view! {
                <div class="told" role="status">
                    <p>"You are viewing a scenario that somebody shared. Your own is kept as it was."</p>
                    <p class="actions">
                        <button type="button" on:click=move |_| calculator.end_shared(true)>"Keep this one"</button>
                        <button type="button" on:click=move |_| calculator.end_shared(false)>"Back to mine"</button>
                    </p>
                </div>
            }
        })
    };
    let told = move || {
        let told = calculator.told.get();
        (!told.is_empty()).then(|| {
            view! {
                <div class="told" role="status" id="told">
                    <p>"Not everything could be used:"</p>
                    <ul class="plain">{told.into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ul>
                </div>
            }
        })
    };
    let safe = calculator.query.with_value(|query| query.safe).then(|| {
        view! {
            <div class="told" role="status" id="safe">
                <p>
                    "Started without your saved state, which is untouched; nothing is saved now. "
                    <a href=page::bare_address()>"Start with it again"</a>
                </p>
            </div>
        }
    });
    view! {
        {safe}
        {shared}
        {told}
    }
}

#[component]
fn Limits() -> impl IntoView {
    let calculator = expect_context::<Calculator>();
    let text = format!(
        "An estimate, not a quote: list prices in US dollars, a month of {HOURS_PER_MONTH} hours. Taxes and \
         support plans are left out. Nothing you enter leaves this browser."
    );
    let links = calculator.site.with_value(|site| site.links.clone());
    let version = page::version().map(|version| format!("Version {version}."));
    let embedded = calculator.query.with_value(Query::clone).embed;
    view! {
        <footer class="foot">
            <p>{text} " " {version}</p>
            {(!links.is_empty()).then(|| view! { <SiteLinks links embedded /> })}
        </footer>
    }
}

#[component]
fn SiteLinks(links: Vec<Link>, embedded: bool) -> impl IntoView {
    let target = embedded.then_some("_blank");
    view! {
        <ul class="legend" aria-label="Links of this site">
            {links
                .into_iter()
                .map(|link| view! { <li><a href=link.href target=target rel="noopener">{link.text}</a></li> })
                .collect_view()}
        </ul>
    }
}
