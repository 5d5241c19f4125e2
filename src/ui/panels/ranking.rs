//! Every platform, cheapest first; what has no bill stands last with the reason. Two can be pinned and compared.

use super::super::{
    html::{
        Html, button, classed, column, html, link_out, number_cell, number_column, rows, scrolled,
    },
    state::Calculator,
};
use crate::{
    explain, format,
    model::{
        bill::{Bill, Part},
        platform::Platform,
        units::Usd,
    },
};
use leptos::prelude::*;

/// How many platforms are compared.
const PINS: usize = 2;

/// The platforms that are to be compared.
type Pinned = RwSignal<Vec<Platform>>;

/// The ranked table, and the two that are pinned.
pub(crate) fn ranking(calculator: Calculator) -> Html {
    let pinned: Pinned = RwSignal::new(Vec::new());
    let ranked = move || {
        calculator.assessment.with(|assessment| {
            let ranked = assessment.comparison.ranked.iter();
            ranked.map(|platform| *platform as usize).collect()
        })
    };
    let rows = rows(ranked, move |place| {
        row(Platform::ALL[place], pinned, calculator)
    });
    let head = html("tr").has([
        column("Platform"),
        number_column("Infrastructure"),
        number_column("People"),
        number_column("Total"),
        column("Fit"),
        number_column("Published"),
        column("Pin"),
    ]);
    let table = classed("table", "ranking")
        .has(html("thead").has(head))
        .has(html("tbody").has(rows));
    html("section")
        .is("aria-labelledby", "ranking-title")
        .has(
            html("h2")
                .is("id", "ranking-title")
                .has("Monthly cost per platform"),
        )
        .has(scrolled("ranking-title", table))
        .shows(move || side_by_side(pinned, calculator))
}

fn row(platform: Platform, pinned: Pinned, calculator: Calculator) -> Html {
    let city = move || {
        calculator
            .inputs
            .with(|inputs| platform.city(inputs.region).to_owned())
    };
    let current = move || (calculator.shown() == Some(platform)).then(|| "true".to_owned());
    let closed = platform.about().closed.map(|closed| {
        let since = format!("closed to new customers since {}", closed.since);
        link_out(closed.page, since).is("class", "badge")
    });
    html("tr")
        .is("data-platform", platform.id())
        .now_is("aria-current", current)
        .has(
            html("th")
                .is("scope", "row")
                .has(button(platform.name(), move || {
                    calculator.choose(platform);
                }))
                .has(classed("span", "city").says(city))
                .has(closed),
        )
        .shows(move || cells(platform, calculator))
        .has(html("td").has(pin(platform, pinned)))
}

/// Infrastructure, people, total, fit and how much of it is published; or the reason why there is none of it.
fn cells(platform: Platform, calculator: Calculator) -> Vec<Html> {
    calculator.assessment.with(|assessment| {
        let bill = match assessment.comparison.quote(platform) {
            Ok(bill) => bill,
            Err(refusal) => {
                return vec![
                    html("td")
                        .is("colspan", "5")
                        .is("class", "reason")
                        .has(explain::refusal(refusal)),
                ];
            }
        };
        let people = bill.subtotal(Part::People);
        let (fit, range) = calculator.inputs.with(|inputs| {
            (
                assessment.fit(platform, inputs),
                explain::people_range(platform, people, inputs),
            )
        });
        let published = (bill.published_share() * 100.0).floor();
        vec![
            number_cell(format::usd(bill.infrastructure())),
            number_cell(format::usd_estimated(people)).has(classed("span", "city").has(range)),
            number_cell(format::usd(bill.total())),
            classed("td", "fit").has(fit.name()),
            number_cell([&format::number(published), " %"]),
        ]
    })
}

/// The box that pins a platform. A third one takes the place of the first.
fn pin(platform: Platform, pinned: Pinned) -> Html {
    html("input")
        .is("type", "checkbox")
        .is("aria-label", &format!("Compare {}", platform.name()))
        .checked(move || pinned.with(|pinned| pinned.contains(&platform)))
        .on("change", move |event| {
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
        })
}

/// The two that are pinned, part by part.
fn side_by_side(pinned: Pinned, calculator: Calculator) -> Option<Html> {
    let pinned = pinned.get();
    let [one, other] = pinned[..] else {
        return None;
    };
    let row = |name: &'static str, of: &dyn Fn(&Bill) -> Usd| {
        calculator.assessment.with(|assessment| {
            let amount = |platform| assessment.comparison.quote(platform).ok().map(of);
            let text = |usd: Option<Usd>| usd.map_or("\u{2013}".to_owned(), format::usd);
            let (first, second) = (amount(one), amount(other));
            let apart = first.zip(second).map(|(first, second)| second - first);
            html("tr")
                .has(html("th").is("scope", "row").has(name))
                .has([first, second, apart].map(|usd| number_cell(text(usd))))
        })
    };
    let mut rows: Vec<Html> = Part::ALL
        .into_iter()
        .map(|part| row(part.name(), &|bill| bill.subtotal(part)))
        .collect();
    rows.push(row("Total", &Bill::total).is("class", "total"));
    let head = html("tr").has([
        column("A month"),
        number_column(one.name()),
        number_column(other.name()),
        number_column("Difference"),
    ]);
    let table = classed("table", "pair")
        .has(html("thead").has(head))
        .has(html("tbody").has(rows));
    let title = format!("{} beside {}", one.name(), other.name());
    Some(
        classed("div", "group")
            .has(html("h3").is("id", "pair-title").has(title))
            .has(scrolled("pair-title", table)),
    )
}
