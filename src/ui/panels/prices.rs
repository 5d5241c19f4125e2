//! The price book: every price with its region, page, day and confidence; found by words, changed in place.

use super::{
    super::{
        kit::{
            events::{entered, press},
            fold::Section,
            link_out::LinkOut,
            scrolled::Scrolled,
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
#[component]
pub(crate) fn PricesPanel() -> impl IntoView {
    view! {
        <Section id="prices" label="Prices" title="Prices">
            <Book />
        </Section>
    }
}

#[component]
fn Book() -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
    let words = RwSignal::new(String::new());
    let all = RwSignal::new(false);
    let message = RwSignal::new(String::new());
    let stale = move || {
        let stale = calculator
            .book
            .with(|book| explain::staleness(book.day(), &page::today()));
        stale.map_or(String::new(), |text| format!(" {text}"))
    };
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
        hidden.then(|| {
            view! {
                <button type="button" on:click=press(move || all.set(true))>
                    "Show all"
                </button>
            }
            .into_any()
        })
    };
    view! {
        <p class="note">
            "List prices without taxes, as the vendors publish them. A price of your own holds for all bills; it is marked."
            {move || stale()}
        </p>
        <div class="field stacked">
            <label for="price-search">"Find by words"</label>
            <input
                type="search"
                id="price-search"
                placeholder="fargate europe vcpu"
                on:input=entered(move |text| words.set(text.to_lowercase()))
            />
            <p class="note" role="status">{move || count()}</p>
        </div>
        <Scrolled title="prices-title">
            <table class="sources">
                <thead>
                    <tr>
                        <th scope="col">"Meter"</th>
                        <th scope="col">"Region"</th>
                        <th scope="col" class="number">"Price"</th>
                        <th scope="col">"Unit"</th>
                        <th scope="col">"Confidence"</th>
                        <th scope="col">"Read"</th>
                        <th scope="col">"Page"</th>
                    </tr>
                </thead>
                <tbody>{move || rows()}</tbody>
            </table>
        </Scrolled>
        <p class="message" id="price-message" role="alert">{message}</p>
        <p class="actions">{move || more()}</p>
    }
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

fn row(row: &Row, message: RwSignal<String>, calculator: Calculator) -> AnyView {
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
    let back = own.then(|| {
        let back = move || calculator.set_price(meter, place, None);
        view! {
            <button type="button" class="reset" on:click=press(back)>
                "Back to the book\u{2019}s"
            </button>
        }
        .into_any()
    });
    let page = (!row.page.is_empty())
        .then(|| view! { <LinkOut href=&row.page text=host_of(&row.page) /> }.into_any());
    let read = row.read.as_ref().map_or("", |read| read.as_str());
    view! {
        <tr data-own=own>
            <th scope="row">{info.name} <span class="city">{info.id}</span></th>
            <td>{region(row)} <span class="city">{row.city.clone()}</span></td>
            <td class="number">
                <input
                    type="text"
                    autocomplete="off"
                    aria-label=["Price of ", info.name, ", ", region(row)].concat()
                    prop:value=move || value.map_or(String::new(), format::editable)
                    on:change=entered(take)
                />
                {back}
            </td>
            <td class="unit">{(info.unit)()}</td>
            <td>{row.confidence.name()} <span class="city">{row.note.clone()}</span></td>
            <td>{read.to_owned()}</td>
            <td>{page}</td>
        </tr>
    }
    .into_any()
}
