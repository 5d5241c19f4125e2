//! Start-up, and where each panel stands.

use super::{
    html::{Html, all, button, classed, html, note, now},
    keep,
    panels::{
        chart::cost_chart,
        inputs::inputs_panel,
        ranking::ranking,
        verdict::{verdict_bar, verdict_panel},
    },
    state::Calculator,
    workbench,
};
use crate::{
    history::History,
    model::units::HOURS_PER_MONTH,
    query::Panel,
    scenario::{saved::Desk, site::Link},
    web::page,
};
use leptos::prelude::*;

/// Starts the page: takes up the saved state and mounts the app in place of the skeleton.
pub fn start() {
    page::tell_panics();
    let Some(place) = page::mount_point("app") else {
        return;
    };
    mount_to(place, app).forget();
    page::remove_skeleton();
}

fn app() -> AnyView {
    let (calculator, kept) = Calculator::begin();
    keep::keep(calculator, kept);
    calculator.follow_links();
    calculator.serve_workbench();
    let shown = |panel, make: fn(Calculator) -> Html| {
        let shows = calculator.query.with_value(|query| query.shows(panel));
        shows.then(|| make(calculator))
    };
    let inputs = shown(Panel::Inputs, inputs_panel);
    let verdict = shown(Panel::Verdict, verdict_panel);
    // In a frame that is as high as its content nothing stays in sight.
    let embedded = calculator.query.with_value(|query| query.embed);
    let bar = (verdict.is_some() && !embedded).then(|| verdict_bar(calculator));
    let class = match (&inputs, &verdict) {
        (Some(_), Some(_)) => "page",
        (Some(_), None) => "page no-verdict",
        (None, _) => "page alone",
    };
    let results = classed("div", "results")
        .has([
            shown(Panel::Ranking, ranking),
            shown(Panel::Chart, cost_chart),
        ])
        .has(workbench_place())
        .has(limits(calculator));
    all([
        head(calculator),
        Some(
            classed("main", class)
                .has(classed("div", "news").has(told(calculator)))
                .has(verdict)
                .has(inputs)
                .has(results),
        ),
        bar,
    ])
}

/// The title: the site's, or ours. An embedded page has a heading of its own around it.
fn head(calculator: Calculator) -> Option<Html> {
    let own = calculator.site.with_value(|site| site.title.clone());
    if let Some(title) = &own {
        page::set_title(title);
    }
    let embedded = calculator.query.with_value(|query| query.embed);
    if embedded && own.is_none() {
        return None;
    }
    let subtitle = if own.is_some() {
        "Plimsoll: serverless"
    } else {
        "Serverless"
    };
    let title = html("h1").has(own.as_deref().unwrap_or("Plimsoll"));
    let subtitle = html("p").has([
        subtitle,
        " containers or Kubernetes: what each costs a month, engineering time included.",
    ]);
    Some(
        classed("header", "head")
            .has([title, subtitle])
            .has((!embedded).then(|| steps(calculator))),
    )
}

/// A step back, and forth again.
fn steps(calculator: Calculator) -> Html {
    let none = move |steps: fn(&History<Desk>) -> bool| move || !calculator.history.with(steps);
    classed("p", "actions").has([
        button("Undo", move || calculator.undo()).now_flag("disabled", none(History::has_past)),
        button("Redo", move || calculator.redo()).now_flag("disabled", none(History::has_future)),
    ])
}

/// What has to be known before the numbers are read: whose scenario it is, what was not understood.
fn told(calculator: Calculator) -> [AnyView; 4] {
    let notice = || classed("div", "told").is("role", "status");
    let shared = move || {
        calculator.shared.get().then(|| {
            let choice = |label, keep| button(label, move || calculator.end_shared(keep));
            notice()
                .has(html("p").has(
                    "You are viewing a scenario that somebody shared. Your own is kept as it was.",
                ))
                .has(
                    classed("p", "actions")
                        .has([choice("Keep this one", true), choice("Back to mine", false)]),
                )
        })
    };
    let told = move || {
        let told = calculator.told.get();
        (!told.is_empty()).then(|| {
            let items: Vec<Html> = told.into_iter().map(|text| html("li").has(text)).collect();
            notice()
                .is("id", "told")
                .has(html("p").has("To be known before you read on:"))
                .has(classed("ul", "plain").has(items))
        })
    };
    let safe = calculator.query.with_value(|query| query.safe).then(|| {
        let again = html("a")
            .is("href", &page::bare_address())
            .has("Start with it again");
        let text = "Started without your saved state, which is untouched; nothing is saved now. ";
        notice()
            .is("id", "safe")
            .has(html("p").has(text).has(again))
    });
    let elsewhere = move || {
        calculator.elsewhere.get().map(|theirs| {
            let show = move || {
                calculator.elsewhere.set(None);
                calculator.change(Vec::new(), |inputs| *inputs = theirs.clone());
            };
            notice()
                .is("id", "elsewhere")
                .has(html("p").has(
                    "Another tab has saved other numbers. Yours stay until you take them over; what is saved last is what \
                     comes back.",
                ))
                .has(classed("p", "actions").has([
                    button("Show them here", show),
                    button("Keep mine", move || {
                        calculator.elsewhere.set(None);
                        // To be written, as every change is.
                        calculator.inputs.update(|_| ());
                    }),
                ]))
        })
    };
    [all(safe), now(shared), now(elsewhere), now(told)]
}

/// Where the workbench comes to stand.
fn workbench_place() -> Html {
    classed("div", "results")
        .is("id", workbench::PLACE)
        .has(note("The bill and everything behind it are being loaded."))
}

fn limits(calculator: Calculator) -> Html {
    let text = format!(
        "An estimate, not a quote: list prices in US dollars, a month of {HOURS_PER_MONTH} hours. Taxes and \
         support plans are left out. Nothing you enter leaves this browser. "
    );
    let links = calculator.site.with_value(|site| site.links.clone());
    let version = page::version().map(|version| format!("Version {version}."));
    let embedded = calculator.query.with_value(|query| query.embed);
    classed("footer", "foot")
        .has(html("p").has(text).has(version))
        .has((!links.is_empty()).then(|| site_links(links, embedded)))
}

fn site_links(links: Vec<Link>, embedded: bool) -> Html {
    let links: Vec<Html> = links
        .into_iter()
        .map(|link| {
            let mut leading = html("a").is("href", &link.href).is("rel", "noopener");
            if embedded {
                leading = leading.is("target", "_blank");
            }
            html("li").has(leading.has(link.text))
        })
        .collect();
    classed("ul", "legend")
        .is("aria-label", "Links of this site")
        .has(links)
}
