//! The bill of one platform, line by line, as on the vendor's.

use super::super::{
    html::{
        Html, Part as _, all, classed, column, html, link_out, note, number_cell, number_column,
        scrolled,
    },
    state::Calculator,
};
use crate::{
    explain, format,
    model::{
        basis::Basis,
        bill::{Bill, Line, Part, Source},
        compare::UnitCosts,
        inputs::Inputs,
    },
};
use leptos::prelude::{AnyView, With};

/// The bill of the platform that is chosen, or of the recommended one.
pub(crate) fn bill_panel(calculator: Calculator) -> Html {
    let title = move || match calculator.shown() {
        Some(platform) => format!("The bill of {}", platform.name()),
        None => "The bill".to_owned(),
    };
    let body = move || {
        let platform = calculator.shown()?;
        let about = platform.about();
        let body =
            calculator
                .assessment
                .with(|assessment| match assessment.comparison.quote(platform) {
                    Ok(bill) => vec![
                        note([about.billed, " Left out: ", about.left_out]),
                        bill_table(bill, calculator),
                        note(calculator.inputs.with(|inputs| unit_costs(bill, inputs))),
                    ],
                    Err(refusal) => vec![classed("p", "reason").has(explain::refusal(refusal))],
                });
        Some(body)
    };
    html("section")
        .is("aria-labelledby", "bill-title")
        .has(html("h2").is("id", "bill-title").says(title))
        .shows(body)
}

/// What the bill comes to for each thing that it pays for, in a sentence.
fn unit_costs(bill: &Bill, inputs: &Inputs) -> String {
    let costs = UnitCosts::of(bill, inputs);
    let requests = costs.per_million_requests.map_or(String::new(), |usd| {
        format!("{} for a million requests, ", format::usd(usd))
    });
    format!(
        "That is {requests}{} for each service, {} for each engineer.",
        format::usd(costs.per_service),
        format::usd(costs.per_engineer)
    )
}

fn bill_table(bill: &Bill, calculator: Calculator) -> Html {
    let parts: Vec<Html> = Part::ALL
        .into_iter()
        .filter(|part| bill.part(*part).next().is_some())
        .map(|part| {
            let head = classed("tr", "part")
                .has(
                    html("th")
                        .is("scope", "rowgroup")
                        .is("colspan", "4")
                        .has(name_of(part)),
                )
                .has(number_cell(format::usd(bill.subtotal(part))));
            let lines: Vec<Html> = bill
                .part(part)
                .map(|line| bill_line(line, calculator))
                .collect();
            html("tbody").has(head).has(lines)
        })
        .collect();
    let head = html("tr").has([
        column("Meter"),
        number_column("Quantity"),
        number_column("Unit price"),
        column("Source"),
        number_column("Amount"),
    ]);
    let total = html("th")
        .is("scope", "row")
        .is("colspan", "4")
        .has("Total per month");
    let foot = html("tr")
        .has(total)
        .has(number_cell(format::usd(bill.total())));
    let table = classed("table", "bill")
        .has(html("thead").has(head))
        .has(parts)
        .has(html("tfoot").has(foot));
    scrolled("bill-title", table)
}

/// The name of a part on the page.
pub(super) fn name_of(part: Part) -> &'static str {
    match part {
        Part::Compute => "Compute",
        Part::Platform => "Platform fees",
        Part::Network => "Network",
        Part::Observability => "Logs and monitoring",
        Part::People => "Engineering time",
    }
}

fn bill_line(line: &Line, calculator: Calculator) -> Html {
    let mark = match line.basis {
        Basis::Published => "",
        Basis::Derived => "derived",
        Basis::Assumed => "assumed",
        Basis::Own => "own",
    };
    html("tr")
        .is("data-meter", line.meter)
        .has(
            html("th")
                .is("scope", "row")
                .has([line.name, " "])
                .has(classed("span", "mark").has(mark)),
        )
        .has(
            number_cell([&format::number(line.quantity), " "])
                .has(classed("span", "unit").has(line.unit)),
        )
        .has(number_cell(format::unit_price(line.unit_price)))
        .has(classed("td", "source").has(calculator.book.with(|book| source(line, book))))
        .has(number_cell(format::usd(line.amount())))
}

/// The page and the day behind a price, as a link where there is a page.
fn source(line: &Line, book: &crate::model::prices::PriceBook) -> AnyView {
    let Source::Row(id) = line.source else {
        return all(explain::source(line, book));
    };
    let row = book.row(id);
    let read = row
        .read
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    if row.page.is_empty() {
        return all(["no page, ", &read]);
    }
    let host = row.page.trim_start_matches("https://").split('/').next();
    let mut parts = Vec::new();
    link_out(&row.page, host).add_to(&mut parts);
    [", ", &read].add_to(&mut parts);
    all(parts)
}
