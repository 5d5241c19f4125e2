//! A vendor's bill held against ours: month by month, meter by meter, with what of it can be taken over.

use super::super::{
    kit::{
        events::{entered, press},
        scrolled::Scrolled,
    },
    state::Calculator,
};
use crate::web::page;
use leptos::prelude::*;
use plimsoll_model::{
    explore::billed::{
        Compared, Month, Reconciliation, month_of, platform_of, prices_of, quantities_of, reconcile,
    },
    inputs::Inputs,
    platform::Platform,
    prices::{OwnPrice, PriceBook},
    units::Usd,
};
use plimsoll_readers::bills::{Group, Summary};
use plimsoll_wording::{billed as words, format};
use std::sync::Arc;

/// How many of the largest parts that are not compared are shown at once.
const SHOWN: usize = 8;

/// The bill against ours of the inputs, on the platform that it is of or that is chosen.
pub(super) fn reconciliation(
    calculator: Calculator,
    bill: &Arc<Summary>,
    inputs: Inputs,
    chosen_platform: RwSignal<Option<Platform>>,
) -> AnyView {
    let book = calculator
        .site
        .with_value(|site| site.book.with_own(&inputs.prices));
    let platform = chosen_platform
        .get()
        .or_else(|| platform_of(&inputs, &book, &bill.billed));
    let today = month_of(&page::today());
    let held =
        platform.and_then(|platform| reconcile(&inputs, &book, platform, &bill.billed, today));
    let score = held.as_ref().and_then(Reconciliation::score);
    let compared = held
        .as_ref()
        .map(|held| compared(calculator, held, &inputs, &book));
    let warnings: Vec<AnyView> = held
        .iter()
        .flat_map(words::warnings)
        .map(|warning| view! { <p class="message">{warning}</p> }.into_any())
        .collect();
    let platforms = whose(bill, platform, chosen_platform);
    view! {
        <div class="group" id="reconciliation" data-alone="">
            <h3>"The bill against ours"</h3>
            <p role="status">
                {words::parts(bill.billed_usd, bill.matched_usd)} " "
                {score.map(words::score)}
            </p>
            {platforms}
            <p class="note">{charges(bill)}</p>
            {warnings}
            {if compared.is_none() { words::NOTHING } else { "" }}
            {compared}
            {beside(bill)}
            {groups(bill)}
        </div>
    }
    .into_any()
}

/// What the bill was charged for.
fn charges(bill: &Summary) -> String {
    let parts = bill.charges.iter();
    let parts = parts.map(|(charge, usd)| [charge.id(), " ", &money(*usd)].concat());
    let parts: Vec<String> = parts.collect();
    ["Charged for: ", &parts.join(", "), "."].concat()
}

/// Whose bill of ours it is held against, to be chosen.
fn whose(
    bill: &Summary,
    platform: Option<Platform>,
    chosen_platform: RwSignal<Option<Platform>>,
) -> Option<AnyView> {
    let sent = |platform: &Platform| {
        bill.billed
            .iter()
            .any(|row| row.key.vendor() == Some(platform.vendor()))
    };
    let options: Vec<AnyView> = Platform::ALL
        .into_iter()
        .filter(sent)
        .map(|one| {
            view! {
                <option value=one.id() selected=Some(one) == platform>
                    {one.name()}
                </option>
            }
            .into_any()
        })
        .collect();
    if options.is_empty() {
        return None;
    }
    let change = entered(move |id| {
        chosen_platform.set(Platform::find(&id));
    });
    Some(
        view! {
            <p class="field">
                <label for="bill-of">"Held against our bill of"</label>
                <select id="bill-of" name="bill-of" on:change=change>
                    {options}
                </select>
            </p>
        }
        .into_any(),
    )
}

/// The newest month, the others behind a summary, and what can be taken over.
fn compared(
    calculator: Calculator,
    held: &Reconciliation,
    inputs: &Inputs,
    book: &PriceBook,
) -> AnyView {
    let newest = held.newest().map(|month| month.month);
    let shown = held.newest().map(|month| table(held, month, "bill-month"));
    let others: Vec<AnyView> = held
        .months
        .iter()
        .rev()
        .filter(|month| Some(month.month) != newest)
        .map(|month| {
            let summary = if held.is_whole(month) {
                words::month(month.month)
            } else {
                words::in_part(month)
            };
            let table = table(held, month, "bill-month-before");
            view! {
                <details>
                    <summary>{summary}</summary>
                    {table}
                </details>
            }
            .into_any()
        })
        .collect();
    view! {
        <div>
            {shown}
            {take(calculator, held, inputs, book)}
            {others}
        </div>
    }
    .into_any()
}

fn table(held: &Reconciliation, month: &Month, id: &'static str) -> AnyView {
    let rows: Vec<AnyView> = month.lines.iter().map(row).collect();
    let sums = [
        month.billed_usd(),
        month.ours_usd(),
        month.billed_usd() - month.ours_usd(),
    ];
    let sums = sums.map(|usd| view! { <td class="number">{money(usd)}</td> }.into_any());
    view! {
        <p id=id>{words::summary(held, month)}</p>
        <Scrolled title=id>
            <table class="pair held">
                <thead>
                    <tr>
                        <th scope="col">"Meter"</th>
                        <th scope="col" class="number">"Billed"</th>
                        <th scope="col" class="number">"Ours"</th>
                        <th scope="col" class="number">"Difference"</th>
                        <th scope="col">"Likely cause"</th>
                    </tr>
                </thead>
                <tbody>
                    {rows}
                    <tr class="total">
                        <th scope="row">"Together"</th>
                        {sums.into_iter().collect_view()}
                        <td></td>
                    </tr>
                </tbody>
            </table>
        </Scrolled>
    }
    .into_any()
}

fn money(usd: f64) -> String {
    format::usd(Usd::of(usd))
}

/// Dollars, and the quantity below them.
fn amount(usd: f64, quantity: f64, unit: &str) -> AnyView {
    let quantity = if quantity > 0.0 {
        words::quantity(quantity, unit)
    } else {
        String::new()
    };
    view! {
        <td class="number">{money(usd)} <small>{quantity}</small></td>
    }
    .into_any()
}

fn row(line: &Compared) -> AnyView {
    let unit = line.key.unit();
    view! {
        <tr>
            <th scope="row">{line.key.name}</th>
            {amount(line.billed.usd, line.billed.quantity, &unit)}
            {amount(line.ours.usd, line.ours.quantity, &unit)}
            <td class="number">{money(line.difference_usd())}</td>
            <td>{words::cause(line)}</td>
        </tr>
    }
    .into_any()
}

/// Effective prices and quantities, each taken over with one click, which can be undone as any other.
fn take(
    calculator: Calculator,
    held: &Reconciliation,
    inputs: &Inputs,
    book: &PriceBook,
) -> AnyView {
    let own = prices_of(held, inputs);
    let count = if own.is_empty() {
        "prices".to_owned()
    } else {
        format::count(own.len() as f64, "price", "prices")
    };
    let has_prices = !own.is_empty();
    let prices = press(move || {
        let own: Vec<OwnPrice> = own.clone();
        calculator.change(Vec::new(), |inputs| {
            for price in own {
                price.put(&mut inputs.prices);
            }
        });
    });
    let then = quantities_of(held, inputs, book);
    let differs = then != *inputs;
    let quantities = press(move || {
        let then = then.clone();
        calculator.change(Vec::new(), |inputs| *inputs = then);
    });
    view! {
        <p class="actions">
            <button type="button" name="bill-prices" disabled=!has_prices on:click=prices>
                "Take " {count} " from it"
            </button>
            <button type="button" name="bill-quantities" disabled=!differs on:click=quantities>
                "Take its quantities"
            </button>
            <button type="button" name="bill-print" on:click=press(page::print_alone)>
                "Print this"
            </button>
        </p>
        <p class="note">
            "Prices stand in for the book\u{2019}s. Quantities go into the last invoice, and into the inputs that make ours alike. \
            Both can be undone."
        </p>
    }
    .into_any()
}

/// What is compared with nothing, with its share: never dropped.
fn beside(bill: &Summary) -> Option<AnyView> {
    let (first, rest) = bill.unmatched.split_at(SHOWN.min(bill.unmatched.len()));
    if first.is_empty() {
        return None;
    }
    let more = (!rest.is_empty()).then(|| {
        let summary = format!("{} more", rest.len());
        let list = parts(rest, bill.billed_usd);
        view! {
            <details>
                <summary>{summary}</summary>
                {list}
            </details>
        }
    });
    let left = money(bill.billed_usd - bill.matched_usd);
    let list = parts(first, bill.billed_usd);
    Some(
        view! {
            <h3>"Not compared: " {left}</h3>
            <p class="note">"The largest first, with its share of the bill."</p>
            {list}
            {more}
        }
        .into_any(),
    )
}

fn parts(parts: &[Group], all: f64) -> AnyView {
    let items: Vec<AnyView> = parts
        .iter()
        .map(|part| {
            let share = if all > 0.0 {
                [", ", &words::share(part.billed_usd / all)].concat()
            } else {
                String::new()
            };
            view! { <li>{part.name.clone()} ": " {money(part.billed_usd)} {share}</li> }.into_any()
        })
        .collect();
    view! { <ul class="plain">{items}</ul> }.into_any()
}

/// The bill by service, tag or account.
fn groups(bill: &Summary) -> Option<AnyView> {
    if bill.groups.len() < 2 {
        return None;
    }
    let rows: Vec<AnyView> = bill
        .groups
        .iter()
        .map(|group| {
            view! {
                <tr>
                    <th scope="row">{group.name.clone()}</th>
                    <td class="number">{money(group.billed_usd)}</td>
                    <td class="number">{money(group.matched_usd)}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    Some(
        view! {
            <details>
                <summary id="bill-groups">"The bill by its parts"</summary>
                <Scrolled title="bill-groups">
                    <table class="pair">
                        <thead>
                            <tr>
                                <th scope="col">"Part"</th>
                                <th scope="col" class="number">"Billed"</th>
                                <th scope="col" class="number">"Of it compared"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </Scrolled>
            </details>
        }
        .into_any(),
    )
}
