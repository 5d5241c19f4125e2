//! Named scenarios: what is on the page is saved under a name, comes back, and stands beside what is there now.

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
use leptos::{
    ev::{Event, KeyboardEvent},
    prelude::*,
};
use plimsoll_model::{Assessment, assess};
use plimsoll_wording::{
    beside::{Column, Row, SideBySide},
    difference::Difference,
};

/// The list, the field for a new name, and the comparison.
#[component]
pub(crate) fn ScenariosPanel() -> impl IntoView {
    view! {
        <Section id="scenarios" label="Scenarios" title="Scenarios" open=true>
            <Body />
        </Section>
    }
}

#[component]
fn Body() -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
    let name = RwSignal::new(String::new());
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
                message.set(["Saved as ", &got, "."].concat());
                name.set(String::new());
            }
            Err(why) => message.set(why.to_owned()),
        }
    };
    let by_enter = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            keep();
        }
    };
    view! {
        <div class="field stacked">
            <label for="scenario-name">"Save as"</label>
            <p class="actions">
                <input
                    type="text"
                    id="scenario-name"
                    class="long"
                    maxlength="60"
                    autocomplete="off"
                    prop:value=move || name.get()
                    on:input=entered(move |text| name.set(text))
                    on:keydown=by_enter
                />
                <button type="button" on:click=press(keep)>"Save"</button>
            </p>
            <p class="note" role="status">{message}</p>
        </div>
        <ul class="named">
            <For each=move || 0..count.get() key=|place| *place let:place>
                <Kept place message />
            </For>
        </ul>
        <div class="group">
            <Table />
        </div>
    }
}

/// A scenario: its name, and what can be done with it. The row moves with its place, and takes the focus along.
#[component]
fn Kept(place: usize, message: RwSignal<String>) -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
    let name = Signal::derive(move || calculator.name_at(place));
    let beside = calculator.beside;
    let is_beside = move || {
        let name = name.get();
        beside.with(|beside| beside.iter().any(|named| named.name == name))
    };
    let compare = move || {
        if let Err(why) = calculator.put_beside(place) {
            message.set(why.to_owned());
        }
    };
    let tell = move |done: Done| message.set(done.map_or_else(str::to_owned, |_| String::new()));
    let rename: Box<dyn FnMut(Event)> = Box::new(move |event| {
        let before = name.get_untracked();
        let done = calculator.rename(place, &event_target_value(&event));
        // The name that it has now, which may be another than was typed.
        let now = name.get_untracked();
        page::set_value(&event, &now);
        beside.update(|beside| {
            for named in beside.iter_mut().filter(|named| named.name == before) {
                named.name.clone_from(&now);
            }
        });
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
            <button
                type="button"
                aria-label=move || ["Compare ", &name.get()].concat()
                aria-pressed=move || is_beside().to_string()
                on:click=press(compare)
            >
                "Compare"
            </button>
            {does("Duplicate", Box::new(move || tell(calculator.duplicate(place))))}
            {does("Remove", Box::new(move || tell(calculator.remove_named(place))))}
        </li>
    }
}

/// What is on the page with what stands beside it, the page first.
pub(super) fn with_columns<T>(calculator: Calculator, of: impl FnOnce(&[Column<'_>]) -> T) -> T {
    let beside = calculator.beside.get();
    let assessed: Vec<Assessment> = beside
        .iter()
        .map(|named| {
            let own = &named.inputs.prices;
            let book = calculator.site.with_value(|site| site.book.with_own(own));
            assess(&named.inputs, &book)
        })
        .collect();
    calculator.assessment.with(|assessment| {
        calculator.inputs.with(|inputs| {
            let page = Column {
                name: "On the page",
                inputs,
                assessment,
            };
            let others = beside.iter().zip(&assessed);
            let others = others.map(|(named, assessment)| Column {
                name: &named.name,
                inputs: &named.inputs,
                assessment,
            });
            let all: Vec<Column<'_>> = std::iter::once(page).chain(others).collect();
            of(&all)
        })
    })
}

/// The page and what stands beside it: the answer of each, the inputs that differ, and the totals.
#[component]
fn Table() -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
    move || {
        let beside = calculator.beside;
        if beside.with(Vec::is_empty) {
            return ().into_any();
        }
        let table = with_columns(calculator, SideBySide::of);
        let columns = (1 + table.names.len()).to_string();
        let head = |(n, name): (usize, String)| {
            let away = (n > 0).then(|| {
                let gone = move || {
                    beside.update(|beside| {
                        beside.remove(n - 1);
                    });
                };
                let label = ["Take away ", &name].concat();
                view! {
                    <button type="button" class="way" aria-label=label on:click=press(gone)>
                        "\u{d7}"
                    </button>
                }
            });
            view! {
                <th scope="col">
                    {name.clone()}
                    {away}
                </th>
            }
            .into_any()
        };
        let heads: Vec<_> = table.names.into_iter().enumerate().map(head).collect();
        let rows = |rows: Vec<Row>, class: &'static str| {
            let rows = rows
                .into_iter()
                .map(|(name, cells)| row(name, cells, class));
            rows.collect::<Vec<_>>()
        };
        view! {
            <h3 id="beside-title">"Side by side"</h3>
            <Scrolled title="beside-title">
                <table class="beside">
                    <thead>
                        <tr>
                            <td></td>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>
                        {rows(table.answers, "")}
                        {rows(table.inputs, "")}
                    </tbody>
                    <tbody>
                        <tr class="side">
                            <th scope="rowgroup" colspan=columns>
                                "A month, with people"
                            </th>
                        </tr>
                        {rows(table.totals, "number")}
                    </tbody>
                </table>
            </Scrolled>
        }
        .into_any()
    }
}

/// A row for each input that differs, with its value on either side.
pub(super) fn difference_rows(found: &[Difference]) -> Vec<AnyView> {
    let row = |difference: &Difference| {
        let Difference { label, a, b, .. } = difference;
        row(label, vec![a.clone(), b.clone()], "number")
    };
    found.iter().map(row).collect()
}

/// A row of a name and cells of a class.
fn row(name: &'static str, cells: Vec<String>, class: &'static str) -> AnyView {
    let cells: Vec<_> = cells
        .into_iter()
        .map(|cell| view! { <td class=class>{cell}</td> }.into_any())
        .collect();
    view! {
        <tr>
            <th scope="row">{name}</th>
            {cells}
        </tr>
    }
    .into_any()
}
