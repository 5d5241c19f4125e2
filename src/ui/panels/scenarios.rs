//! Named scenarios: keep what is on the page under a name, come back to it, compare it with what is there now.

use super::super::{
    html::{
        Html, button, classed, column, html, note, number_cell, number_column, rows, scrolled,
        section_later,
    },
    named::Done,
    state::Calculator,
};
use crate::web::page;
use leptos::{ev::Event, prelude::*};
use plimsoll_model::{compare::compare, inputs::Inputs};
use plimsoll_wording::difference::{Difference, differences, totals};

/// The list, the field for a new name, and the comparison.
pub(crate) fn scenarios_panel(calculator: Calculator) -> Html {
    section_later(
        "scenarios",
        "Scenarios",
        "Your scenarios",
        true,
        move || body(calculator),
    )
}

fn body(calculator: Calculator) -> Vec<Html> {
    let name = RwSignal::new(String::new());
    let compared = RwSignal::new(None::<String>);
    let message = RwSignal::new(String::new());
    let count = Memo::new(move |_| calculator.named.with(Vec::len));
    let keep = move || {
        let wanted = name.get_untracked();
        let wanted = if wanted.trim().is_empty() {
            "Scenario"
        } else {
            &wanted
        };
        match calculator.keep_as(wanted) {
            Ok(got) => {
                message.set(["Kept as ", &got, "."].concat());
                name.set(String::new());
            }
            Err(why) => message.set(why.to_owned()),
        }
    };
    let field = html("input")
        .is("type", "text")
        .is("id", "scenario-name")
        .is("class", "long")
        .is("maxlength", "60")
        .is("autocomplete", "off")
        .value(move || name.get())
        .on_value("input", move |text| name.set(text));
    let list = rows(
        move || (0..count.get()).collect(),
        move |place| row(place, compared, message, calculator),
    );
    vec![
        note("Everything is kept in this browser alone, and can be undone."),
        classed("div", "field stacked")
            .has(
                html("label")
                    .is("for", "scenario-name")
                    .has("Keep the numbers on the page as"),
            )
            .has(classed("p", "actions").has(field).has(button("Keep", keep)))
            .has(
                classed("p", "note")
                    .is("role", "status")
                    .says(move || message.get()),
            ),
        classed("ul", "named").has(list),
        classed("div", "group").shows(move || comparison(&compared.get()?, calculator)),
    ]
}

fn row(
    place: usize,
    compared: RwSignal<Option<String>>,
    message: RwSignal<String>,
    calculator: Calculator,
) -> Html {
    let name = move || calculator.name_at(place);
    let does = move |label: &'static str, then: Box<dyn Fn()>| {
        button(label, then).now_is("aria-label", move || Some([label, " ", &name()].concat()))
    };
    let tell = move |done: Done| message.set(done.map_or_else(str::to_owned, |_| String::new()));
    let rename = move |event: Event| {
        let before = untrack(name);
        let done = calculator.rename(place, &event_target_value(&event));
        // The name that it has now, which may be another than was typed.
        let now = untrack(name);
        page::set_value(&event, &now);
        if compared.with_untracked(|compared| compared.as_ref() == Some(&before)) {
            compared.set(Some(now));
        }
        tell(done);
    };
    html("li")
        .has(
            html("input")
                .is("type", "text")
                .is("class", "long")
                .is("maxlength", "60")
                .now_is("aria-label", move || Some(["Name of ", &name()].concat()))
                .value(name)
                .on("change", rename),
        )
        .has([
            does("Open", Box::new(move || calculator.open_named(place))),
            does(
                "Compare",
                Box::new(move || compared.set(Some(untrack(name)))),
            ),
            does(
                "Duplicate",
                Box::new(move || tell(calculator.duplicate(place))),
            ),
            does(
                "Remove",
                Box::new(move || tell(calculator.remove_named(place))),
            ),
        ])
}

/// What differs between a named scenario and the page, in inputs and in money.
fn comparison(name: &str, calculator: Calculator) -> Option<Vec<Html>> {
    let named = calculator
        .named
        .with(|named| named.iter().find(|named| named.name == name).cloned())?;
    let now = calculator.inputs.get();
    let title = ["On the page, beside ", &named.name].concat();
    let found = differences(&now, &named.inputs);
    let inputs = difference_rows(&found);
    let same = inputs.is_empty().then(|| note("They are the same."));
    let theirs = || {
        html("th")
            .is("scope", "col")
            .is("class", "number")
            .has(named.name.as_str())
    };
    let table = classed("table", "pair")
        .has(html("thead").has(html("tr").has([
            column("Input"),
            number_column("On the page"),
            theirs(),
        ])))
        .has(html("tbody").has(inputs));
    let money = money(&now, &named.inputs, calculator);
    let totals = classed("table", "pair")
        .has(html("thead").has(html("tr").has([
            column("A month, all in"),
            number_column("On the page"),
            theirs(),
            number_column("Difference"),
        ])))
        .has(html("tbody").has(money));
    Some(vec![
        html("h3").is("id", "compare-title").has(title),
        same.unwrap_or_else(|| scrolled("compare-title", table)),
        scrolled("compare-title", totals),
    ])
}

/// A row for each input that differs, with its value on either side.
pub(super) fn difference_rows(found: &[Difference]) -> Vec<Html> {
    let row = |difference: &Difference| {
        html("tr")
            .has(html("th").is("scope", "row").has(difference.label))
            .has([
                number_cell(difference.a.as_str()),
                number_cell(difference.b.as_str()),
            ])
    };
    found.iter().map(row).collect()
}

/// The totals of both on each platform that one of them can use.
fn money(one: &Inputs, other: &Inputs, calculator: Calculator) -> Vec<Html> {
    let compared = |inputs: &Inputs| {
        let book = calculator
            .site
            .with_value(|site| site.book.with_own(&inputs.prices));
        compare(inputs, &book)
    };
    totals(&compared(one), &compared(other))
        .iter()
        .filter(|totals| totals.a.or(totals.b).is_some())
        .map(|totals| {
            html("tr")
                .has(html("th").is("scope", "row").has(totals.platform.name()))
                .has(totals.in_words().map(number_cell))
        })
        .collect()
}
