//! The price book: every price with its region, page, day and confidence; found by words, changed in place.

use super::{
    super::{
        html::{
            Html, button, classed, column, html, link_out, note, number_column, scrolled,
            section_later,
        },
        state::Calculator,
    },
    bill::host_of,
};
use crate::web::page;
use leptos::prelude::*;
use plimsoll_model::prices::{Confidence, PriceBook, Row, RowId};
use plimsoll_wording::{explain, format};

/// How many rows are shown before somebody asks for all.
const FIRST: usize = 40;

/// The view, made when it is opened.
pub(crate) fn prices_panel(calculator: Calculator) -> Html {
    section_later("prices", "Prices", "The price book", false, move || {
        body(calculator)
    })
}

fn body(calculator: Calculator) -> Vec<Html> {
    let words = RwSignal::new(String::new());
    let all = RwSignal::new(false);
    let message = RwSignal::new(String::new());
    let stale = move || {
        calculator
            .book
            .with(|book| explain::staleness(book.day(), &page::today()))
    };
    let search = html("input")
        .is("type", "search")
        .is("id", "price-search")
        .is("placeholder", "fargate europe vcpu")
        .on_value("input", move |text| words.set(text.to_lowercase()));
    let found = Memo::new(move |_| {
        calculator
            .book
            .with(|book| words.with(|words| matching(book, words)))
    });
    let count = move || {
        let (shown, found) = (
            found.with(|found| shown(found, all.get())),
            found.with(Vec::len),
        );
        format!("{shown} of {found} prices shown")
    };
    let rows = move || {
        let places = found.with(|found| found[..shown(found, all.get())].to_vec());
        calculator.book.with(|book| {
            let row = |id: RowId| row(book.row(id), message, calculator);
            places.into_iter().map(row).collect::<Vec<_>>()
        })
    };
    let more = move || {
        let hidden = found.with(|found| found.len() > shown(found, all.get()));
        hidden.then(|| button("Show all", move || all.set(true)))
    };
    let head = html("tr")
        .has([column("Meter"), column("Region")])
        .has(number_column("Price"))
        .has(["Unit", "Confidence", "Read", "Page"].map(column));
    let table = classed("table", "sources")
        .has(html("thead").has(head))
        .has(html("tbody").shows(rows));
    vec![
        note("List prices without taxes, as the vendors publish them. A price of your own holds for all bills; it is marked.")
            .says(move || stale().map_or(String::new(), |text| format!(" {text}"))),
        classed("div", "field stacked")
            .has(html("label").is("for", "price-search").has("Find by words"))
            .has(search)
            .has(classed("p", "note").is("role", "status").says(count)),
        scrolled("prices-title", table),
        classed("p", "message")
            .is("id", "price-message")
            .is("role", "alert")
            .says(move || message.get()),
        classed("p", "actions").shows(more),
    ]
}

fn shown(found: &[RowId], all: bool) -> usize {
    if all {
        found.len()
    } else {
        found.len().min(FIRST)
    }
}

/// The rows that apply and in which every word stands somewhere.
fn matching(book: &PriceBook, words: &str) -> Vec<RowId> {
    book.in_force()
        .into_iter()
        .filter(|id| {
            let row = book.row(*id);
            let text = [
                row.meter.info().id,
                " ",
                row.meter.info().name,
                " ",
                region(row),
                " ",
                &row.city,
                " ",
                row.confidence.name(),
                " ",
                &row.note,
            ]
            .concat()
            .to_lowercase();
            words.split_whitespace().all(|word| text.contains(word))
        })
        .collect()
}

fn region(row: &Row) -> &'static str {
    row.region.map_or("all", plimsoll_model::region::Region::id)
}

fn row(row: &Row, message: RwSignal<String>, calculator: Calculator) -> Html {
    let info = row.meter.info();
    let (meter, place, value) = (row.meter, row.region, row.value);
    let own = row.confidence == Confidence::Own;
    let take = move |text: String| {
        let price = format::parse_quantity(&text, "").filter(|x| (meter.info().accepts)(*x));
        if price.is_none() && !text.trim().is_empty() {
            let info = meter.info();
            let (name, unit) = (info.name, (info.unit)());
            return message.set(
                [
                    "\u{201c}",
                    &text,
                    "\u{201d} can't be used for ",
                    name,
                    "; allowed: ",
                    info.range(),
                    ", ",
                    &unit,
                    ", or nothing for the book\u{2019}s.",
                ]
                .concat(),
            );
        }
        message.set(String::new());
        calculator.set_price(meter, place, price);
    };
    let price = html("input")
        .is("type", "text")
        .is("autocomplete", "off")
        .is(
            "aria-label",
            &["Price of ", info.name, ", ", region(row)].concat(),
        )
        .value(move || value.map_or(String::new(), format::editable))
        .on_value("change", take);
    let back = own.then(|| {
        button("Back to the book\u{2019}s", move || {
            calculator.set_price(meter, place, None);
        })
        .is("class", "reset")
    });
    let page = (!row.page.is_empty()).then(|| link_out(&row.page, host_of(&row.page)));
    html("tr")
        .flag("data-own", own)
        .has(
            html("th")
                .is("scope", "row")
                .has(info.name)
                .has(classed("span", "city").has(info.id)),
        )
        .has(
            html("td")
                .has(region(row))
                .has(classed("span", "city").has(row.city.as_str())),
        )
        .has(classed("td", "number").has(price).has(back))
        .has(classed("td", "unit").has((info.unit)()))
        .has(
            html("td")
                .has(row.confidence.name())
                .has(classed("span", "city").has(row.note.as_str())),
        )
        .has(html("td").has(row.read.as_ref().map_or("", |read| read.as_str())))
        .has(html("td").has(page))
}
