//! Every platform, cheapest first; what has no bill stands last with the reason.

use super::super::{
    html::{
        Html, button, classed, column, html, link_out, number_cell, number_column, rows, scrolled,
    },
    state::Calculator,
};
use crate::{
    explain, format,
    model::{bill::Part, platform::Platform},
};
use leptos::prelude::*;

/// The ranked table.
pub(crate) fn ranking(calculator: Calculator) -> Html {
    // A row moves with its platform, and takes the focus along.
    let ranked = move || {
        calculator.assessment.with(|assessment| {
            let ranked = assessment.comparison.ranked.iter();
            ranked.map(|platform| *platform as usize).collect()
        })
    };
    let rows = rows(ranked, move |place| row(Platform::ALL[place], calculator));
    let head = html("tr").has([
        column("Platform"),
        number_column("Infrastructure"),
        number_column("People"),
        number_column("Total"),
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
}

fn row(platform: Platform, calculator: Calculator) -> Html {
    let city = move || {
        calculator
            .inputs
            .with(|inputs| platform.city(inputs.region).to_owned())
    };
    let current = move || (calculator.shown() == Some(platform)).then(|| "true".to_owned());
    // Infrastructure, people and total, or the reason why there are none.
    let cells = move || {
        calculator
            .assessment
            .with(|assessment| match assessment.comparison.quote(platform) {
                Ok(bill) => [
                    bill.infrastructure(),
                    bill.subtotal(Part::People),
                    bill.total(),
                ]
                .into_iter()
                .map(|usd| number_cell(format::usd(usd)))
                .collect(),
                Err(refusal) => vec![
                    html("td")
                        .is("colspan", "3")
                        .is("class", "reason")
                        .has(explain::refusal(refusal)),
                ],
            })
    };
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
                    calculator.chosen.set(Some(platform));
                }))
                .has(classed("span", "city").says(city))
                .has(closed),
        )
        .shows(cells)
}
