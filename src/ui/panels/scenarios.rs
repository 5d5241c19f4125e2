//! Named scenarios: keep what is on the page under a name, come back to it, compare it with what is there now.

use super::super::{
    kit::{
        events::{entered, press},
        fold::Section,
        scrolled::Scrolled,
    },
    named::Done,
    state::Calculator,
};
use crate::web::page;
use leptos::{ev::Event, prelude::*};
use plimsoll_model::{compare::compare, inputs::Inputs};
use plimsoll_wording::difference::{Difference, differences, totals};

/// The list, the field for a new name, and the comparison.
#[component]
pub(crate) fn ScenariosPanel() -> impl IntoView {
    view! {
        <Section id="scenarios" label="Scenarios" title="Your scenarios" open=true>
            <Body />
        </Section>
    }
}

#[component]
fn Body() -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
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
    let comparison = move || comparison(&compared.get()?, calculator);
    view! {
        <p class="note">"Everything is kept in this browser alone, and can be undone."</p>
        <div class="field stacked">
            <label for="scenario-name">"Keep the numbers on the page as"</label>
            <p class="actions">
                <input
                    type="text"
                    id="scenario-name"
                    class="long"
                    maxlength="60"
                    autocomplete="off"
                    prop:value=move || name.get()
                    on:input=entered(move |text| name.set(text))
                />
                <button type="button" on:click=press(keep)>"Keep"</button>
            </p>
            <p class="note" role="status">{message}</p>
        </div>
        <ul class="named">
            <For each=move || 0..count.get() key=|place| *place let:place>
                <Row place compared message />
            </For>
        </ul>
        <div class="group">{move || comparison()}</div>
    }
}

/// A scenario: its name, and what can be done with it. The row moves with its place, and takes the focus along.
#[component]
fn Row(
    place: usize,
    compared: RwSignal<Option<String>>,
    message: RwSignal<String>,
) -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
    let name = Signal::derive(move || calculator.name_at(place));
    let tell = move |done: Done| message.set(done.map_or_else(str::to_owned, |_| String::new()));
    let rename: Box<dyn FnMut(Event)> = Box::new(move |event| {
        let before = name.get_untracked();
        let done = calculator.rename(place, &event_target_value(&event));
        // The name that it has now, which may be another than was typed.
        let now = name.get_untracked();
        page::set_value(&event, &now);
        if compared.with_untracked(|compared| compared.as_ref() == Some(&before)) {
            compared.set(Some(now));
        }
        tell(done);
    });
    let does = move |label: &'static str, then: Box<dyn Fn()>| {
        view! {
            <button type="button" aria-label=move || [label, " ", &name.get()].concat() on:click=press(then)>
                {label}
            </button>
        }
        .into_any()
    };
    view! {
        <li>
            <input
                type="text"
                class="long"
                maxlength="60"
                aria-label=move || ["Name of ", &name.get()].concat()
                prop:value=move || name.get()
                on:change=rename
            />
            {does("Open", Box::new(move || calculator.open_named(place)))}
            {does("Compare", Box::new(move || compared.set(Some(name.get_untracked()))))}
            {does("Duplicate", Box::new(move || tell(calculator.duplicate(place))))}
            {does("Remove", Box::new(move || tell(calculator.remove_named(place))))}
        </li>
    }
}

/// What differs between a named scenario and the page, in inputs and in money.
fn comparison(name: &str, calculator: Calculator) -> Option<AnyView> {
    let named = calculator
        .named
        .with(|named| named.iter().find(|named| named.name == name).cloned())?;
    let now = calculator.inputs.get();
    let found = differences(&now, &named.inputs);
    let theirs = named.name.clone();
    let inputs = if found.is_empty() {
        view! { <p class="note">"They are the same."</p> }.into_any()
    } else {
        let rows = difference_rows(&found);
        view! {
            <Scrolled title="compare-title">
                <table class="pair">
                    <thead>
                        <tr>
                            <th scope="col">"Input"</th>
                            <th scope="col" class="number">"On the page"</th>
                            <th scope="col" class="number">{theirs}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </Scrolled>
        }
        .into_any()
    };
    let money = money(&now, &named.inputs, calculator);
    let title = ["On the page, beside ", &named.name].concat();
    let view = view! {
        <h3 id="compare-title">{title}</h3>
        {inputs}
        <Scrolled title="compare-title">
            <table class="pair">
                <thead>
                    <tr>
                        <th scope="col">"A month, all in"</th>
                        <th scope="col" class="number">"On the page"</th>
                        <th scope="col" class="number">{named.name}</th>
                        <th scope="col" class="number">"Difference"</th>
                    </tr>
                </thead>
                <tbody>{money}</tbody>
            </table>
        </Scrolled>
    };
    Some(view.into_any())
}

/// A row for each input that differs, with its value on either side.
pub(super) fn difference_rows(found: &[Difference]) -> Vec<AnyView> {
    let row = |difference: &Difference| {
        let Difference { label, a, b, .. } = difference;
        row(label, vec![a.clone(), b.clone()])
    };
    found.iter().map(row).collect()
}

/// The totals of both on each platform that one of them can use.
fn money(one: &Inputs, other: &Inputs, calculator: Calculator) -> Vec<AnyView> {
    let compared = |inputs: &Inputs| {
        let book = calculator
            .site
            .with_value(|site| site.book.with_own(&inputs.prices));
        compare(inputs, &book)
    };
    totals(&compared(one), &compared(other))
        .iter()
        .filter(|totals| totals.a.or(totals.b).is_some())
        .map(|totals| row(totals.platform.name(), totals.in_words().to_vec()))
        .collect()
}

/// A row of a name and numbers.
fn row(name: &'static str, numbers: Vec<String>) -> AnyView {
    let numbers: Vec<_> = numbers
        .into_iter()
        .map(|number| view! { <td class="number">{number}</td> }.into_any())
        .collect();
    view! {
        <tr>
            <th scope="row">{name}</th>
            {numbers}
        </tr>
    }
    .into_any()
}
