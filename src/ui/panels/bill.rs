//! The bill of one platform, line by line, as on the vendor's.

use super::super::state::Calculator;
use crate::{
    explain, format,
    model::{
        basis::Basis,
        bill::{Bill, Line, Part, Source},
        compare::UnitCosts,
        inputs::Inputs,
    },
};
use leptos::prelude::*;

/// The bill of the platform that is chosen, or of the recommended one.
#[component]
pub(crate) fn BillPanel() -> impl IntoView {
    let calculator = expect_context::<Calculator>();
    let title = move || match calculator.shown() {
        Some(platform) => format!("The bill of {}", platform.name()),
        None => "The bill".to_owned(),
    };
    let body = move || {
        let Some(platform) = calculator.shown() else {
            return ().into_any();
        };
        calculator
            .assessment.with(|assessment| match assessment.comparison.quote(platform) {
                Ok(bill) => {
                    let about = platform.about();
                    view! {
                        <p class="note">{about.billed}" Left out: "{about.left_out}</p>
                        <BillTable bill=bill.clone() />
                        <p class="note">{calculator.inputs.with(|inputs| unit_costs(bill, inputs))}</p>
                    }
                    .into_any()
                }
                Err(refusal) => {
                    view! { <p class="reason">{explain::refusal(refusal)}</p> }.into_any()
                }
            })
    };
    view! {
        <section aria-labelledby="bill-title">
            <h2 id="bill-title">{title}</h2>
            {body}
        </section>
    }
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

#[component]
fn BillTable(bill: Bill) -> impl IntoView {
    let parts = Part::ALL
        .into_iter()
        .filter(|part| bill.part(*part).next().is_some())
        .map(|part| {
            let lines = bill
                .part(part)
                .map(|line| view! { <BillLine line=line.clone() /> })
                .collect_view();
            view! {
                <tbody>
                    <tr class="part">
                        <th scope="rowgroup" colspan="4">{name_of(part)}</th>
                        <td class="number">{format::usd(bill.subtotal(part))}</td>
                    </tr>
                    {lines}
                </tbody>
            }
        })
        .collect_view();
    view! {
        <div class="scroll" tabindex="0" role="group" aria-labelledby="bill-title">
            <table class="bill">
                <thead>
                    <tr>
                        <th scope="col">"Meter"</th>
                        <th scope="col" class="number">"Quantity"</th>
                        <th scope="col" class="number">"Unit price"</th>
                        <th scope="col">"Source"</th>
                        <th scope="col" class="number">"Amount"</th>
                    </tr>
                </thead>
                {parts}
                <tfoot>
                    <tr>
                        <th scope="row" colspan="4">"Total per month"</th>
                        <td class="number">{format::usd(bill.total())}</td>
                    </tr>
                </tfoot>
            </table>
        </div>
    }
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

#[component]
fn BillLine(line: Line) -> impl IntoView {
    let calculator = expect_context::<Calculator>();
    let mark = match line.basis {
        Basis::Published => "",
        Basis::Derived => "derived",
        Basis::Assumed => "assumed",
        Basis::Own => "own",
    };
    view! {
        <tr data-meter=line.meter>
            <th scope="row">
                {line.name} " " <span class="mark">{mark}</span>
            </th>
            <td class="number">{format::number(line.quantity)} " " <span class="unit">{line.unit}</span></td>
            <td class="number">{format::unit_price(line.unit_price)}</td>
            <td class="source">{calculator.book.with_value(|book| source(&line, book))}</td>
            <td class="number">{format::usd(line.amount())}</td>
        </tr>
    }
}

/// The page and the day behind a price, as a link where there is a page.
fn source(line: &Line, book: &crate::model::prices::PriceBook) -> AnyView {
    let Source::Row(id) = line.source else {
        return explain::source(line, book).into_any();
    };
    let row = book.row(id);
    let read = row
        .read
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    if row.page.is_empty() {
        return view! { "no page, " {read} }.into_any();
    }
    let host = row
        .page
        .trim_start_matches("https://")
        .split('/')
        .next()
        .unwrap_or_default()
        .to_owned();
    view! {
        <a href=row.page.clone() target="_blank" rel="noopener noreferrer">{host}</a>
        ", "
        {read}
    }
    .into_any()
}
