//! The bill of one platform, line by line, as on the vendor's.

use super::{
    super::{
        html::{
            Content as _, Html, all, button, classed, column, html, link_out, note, number_cell,
            number_column, scrolled,
        },
        state::Calculator,
    },
    inputs::go_to,
    waterfall::steps_panel,
};
use crate::web::page;
use leptos::prelude::{AnyView, Get, RwSignal, Set, Update, With};
use plimsoll_model::{
    basis::Basis,
    bill::{Bill, CostCategory, Line, Source},
    compare::UnitCosts,
    inputs::{Field, Inputs},
    platform::Platform,
    platforms::{Item, Treatment, capacity_trace},
    prices::{Confidence, PriceBook, RowId},
};
use plimsoll_wording::{explain, format};

/// What tells a line of a bill from every other: its part, its meter and its name, and whether it is a credit.
type Key = (CostCategory, &'static str, &'static str, bool);

/// The line of the bill that is explained.
type Explained = RwSignal<Option<Key>>;

/// The bill of the platform that is chosen, or of the recommended one.
pub(crate) fn bill_panel(calculator: Calculator) -> Html {
    let explained: Explained = RwSignal::new(None);
    let title = move || match calculator.shown() {
        Some(platform) => format!("The bill of {}", platform.name()),
        None => "The bill".to_owned(),
    };
    let body = move || {
        let platform = calculator.shown()?;
        let about = platform.definition();
        let left_out = |bill: &Bill| {
            let about = |inputs: &Inputs| explain::left_out(platform, Some(bill), inputs);
            calculator.inputs.with(about)
        };
        let body =
            calculator
                .assessment
                .with(|assessment| match assessment.comparison.quote(platform) {
                    Ok(bill) => vec![
                        note([about.billed, " Left out: ", &left_out(bill)].concat()),
                        bill_table(bill, explained, calculator),
                        note(calculator.inputs.with(|inputs| unit_costs(bill, inputs))),
                    ]
                    .into_iter()
                    .chain(
                        calculator
                            .book
                            .with(|book| explain::old_prices(bill, book, &page::today()))
                            .map(note),
                    )
                    .chain(padding(platform, calculator))
                    .collect(),
                    Err(refusal) => vec![classed("p", "reason").has(explain::refusal(refusal))],
                });
        Some(body)
    };
    html("section")
        .is("aria-labelledby", "bill-title")
        .has(html("h2").is("id", "bill-title").says(title))
        .shows(body)
        .has(steps_panel(calculator))
}

/// What the bill would be with the padding of the field, or in a well-run cluster, one click away.
fn padding(platform: Platform, calculator: Calculator) -> Option<Html> {
    if platform.treatment(Item::Padding) != Treatment::Billed
        || calculator.is_locked("assumptions.requests_padding")
    {
        return None;
    }
    let (other, text) = calculator.inputs.with(|inputs| {
        let (other, _) = capacity_trace::other_padding(inputs);
        let with_other = calculator
            .book
            .with(|book| explain::with_padding(platform, other, inputs, book));
        (other, explain::padding(other, with_other))
    });
    let label = if other > 1.0 {
        "Use the field\u{2019}s figure"
    } else {
        "Use a well-run cluster\u{2019}s"
    };
    let take = button(label, move || {
        calculator.change(Vec::new(), |inputs| {
            inputs.assumptions.requests_padding = other;
        });
    });
    Some(note([text, " ".to_owned()].concat()).has(take))
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

fn bill_table(bill: &Bill, explained: Explained, calculator: Calculator) -> Html {
    let parts: Vec<Html> = CostCategory::ALL
        .into_iter()
        .filter(|part| bill.category(*part).next().is_some())
        .map(|part| {
            let head = classed("tr", "part")
                .has(
                    html("th")
                        .is("scope", "rowgroup")
                        .is("colspan", "4")
                        .has(part.name()),
                )
                .has(number_cell(format::usd(bill.subtotal(part))));
            let lines: Vec<Html> = bill
                .category(part)
                .flat_map(|line| bill_line(line, explained, calculator))
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

fn bill_line(line: &Line, explained: Explained, calculator: Calculator) -> Vec<Html> {
    let mark = match line.basis {
        Basis::Published => "",
        Basis::Derived => "derived",
        Basis::Assumed => "assumed",
        Basis::Own => "own",
    };
    let key = key_of(line);
    let open = explained.get() == Some(key);
    let opener = button(line.name, move || {
        explained.update(|explained| {
            *explained = (*explained != Some(key)).then_some(key);
        });
    });
    let row = html("tr")
        .is("data-meter", line.meter)
        .has(
            html("th")
                .is("scope", "row")
                .has(opener.is("aria-expanded", if open { "true" } else { "false" }))
                .has(" ")
                .has(classed("span", "mark").has(mark)),
        )
        .has(
            number_cell([&format::number(line.quantity), " "])
                .has(classed("span", "unit").has(line.unit)),
        )
        .has(number_cell(format::unit_price(line.unit_price)))
        .has(classed("td", "source").has(calculator.book.with(|book| source(line, book))))
        .has(number_cell(format::usd(line.amount())));
    let mut rows = vec![row];
    if open {
        rows.push(
            classed("tr", "derivation").has(
                html("td")
                    .is("colspan", "5")
                    .has(html("p").has(explain::derivation(line)))
                    .has(price_of(line, calculator)),
            ),
        );
    }
    rows
}

/// What tells a line from every other of its bill.
fn key_of(line: &Line) -> Key {
    (line.category, line.meter, line.name, line.unit_price < 0.0)
}

/// Where the price of a line comes from, and where it can be changed.
fn price_of(line: &Line, calculator: Calculator) -> Vec<Html> {
    match line.source {
        Source::Row(id) => calculator.book.with(|book| row_of(book, id, calculator)),
        Source::Input(path) => match Field::find(path) {
            Some(field) => vec![
                html("p").has(["It is your own figure: ", field.label, ". "]),
                button("Change it", move || go_to(field, calculator)),
            ],
            None => Vec::new(),
        },
        Source::Model(text) => {
            vec![html("p").has(["The price is our own model\u{2019}s: ", text, "."])]
        }
    }
}

/// A row of the price book: what it says, who says so, and a field for the user's own price.
fn row_of(book: &PriceBook, id: RowId, calculator: Calculator) -> Vec<Html> {
    let row = book.row(id);
    let info = row.meter.info();
    let value = row.value.unwrap_or_default();
    let (meter, region) = (row.meter, row.region);
    let own = row.confidence == Confidence::Own;
    let unit = (info.unit)();
    let told = RwSignal::new(String::new());
    let typed = move |text: String| match format::parse_quantity(&text, "") {
        Some(x) if (info.accepts)(x) => {
            told.set(String::new());
            calculator.set_price(meter, region, Some(x));
        }
        _ => {
            let allowed = [info.range(), ", ", &(info.unit)()].concat();
            told.set(format::refused(&text, &allowed));
        }
    };
    let field = html("input")
        .is("type", "text")
        .is("id", "own-price")
        .is("autocomplete", "off")
        .value(move || format::editable(value))
        .on_value("change", typed);
    let note_of = (!row.note.is_empty()).then(|| note(["Note: ", &row.note]));
    let confidence = [
        "Price book: ",
        info.id,
        ", ",
        &format::editable(value),
        " ",
        &unit,
        if row.city.is_empty() { "" } else { " in " },
        &row.city,
        "; confidence ",
        row.confidence.name(),
        ".",
    ]
    .concat();
    let mut parts = vec![html("p").has(confidence)];
    parts.extend(note_of);
    parts.push(
        classed("p", "actions")
            .has(html("label").is("for", "own-price").has("Your own price"))
            .has(
                classed("span", "typed")
                    .has(field)
                    .has(classed("span", "unit").has(unit)),
            )
            .has(own.then(|| {
                button("Back to the book\u{2019}s", move || {
                    calculator.set_price(meter, region, None);
                })
            })),
    );
    parts.push(
        classed("p", "message")
            .is("role", "alert")
            .says(move || told.get()),
    );
    parts
}

/// The page and the day behind a price, as a link where there is a page.
fn source(line: &Line, book: &PriceBook) -> AnyView {
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
    let mut parts = Vec::new();
    link_out(&row.page, host_of(&row.page)).add_to(&mut parts);
    [", ", &read].add_to(&mut parts);
    all(parts)
}

/// Whose page it is.
pub(super) fn host_of(page: &str) -> &str {
    let bare = page.trim_start_matches("https://");
    bare.split('/').next().unwrap_or(bare)
}
