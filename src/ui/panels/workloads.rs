//! Workloads: a row each, with where it belongs beside it. Rows are typed, or pasted from a spreadsheet.

mod paste;

use paste::Paste;

use super::super::{
    kit::{
        events::{entered, heard, press},
        fold::Fold,
    },
    state::Calculator,
};
use crate::web::page;
use leptos::{either::Either, prelude::*};
use plimsoll_formats::scenario::{samples::SAMPLES, table};
use plimsoll_model::{
    inputs::{
        Field, Inputs, Pin, WorkloadKind, WorkloadRow, at,
        workloads::{MOST_ALIKE, MOST_ROWS, own_field, own_range},
    },
    placement::Placement,
};
use plimsoll_wording::{format, placement as words};
use std::sync::Arc;

/// The columns that a row's numbers stand in: a heading, and the names of what stands there for a service, a worker and a job.
const COLUMNS: [(&str, &str, [Option<&str>; 3]); 4] = [
    (
        "Requests, hours or runs a month",
        "a month",
        [
            Some("requests_per_month"),
            Some("hours_per_month"),
            Some("runs_per_month"),
        ],
    ),
    (
        "Latency, ms, or run, min",
        "ms or min",
        [Some("latency_ms"), None, Some("minutes")],
    ),
    ("vCPU", "vCPU", [Some("vcpu"); 3]),
    ("GiB", "GiB", [Some("memory_gib"); 3]),
];

/// The best split of the list, as it stands after the last pause.
type Found = Memo<Option<Arc<Placement>>>;

/// The list, or the way to begin one.
#[component]
pub(crate) fn WorkloadsPanel() -> impl IntoView {
    let calculator = Calculator::from_context();
    let listed = Memo::new(move |_| {
        calculator
            .inputs
            .with(|inputs| !inputs.workloads.is_empty())
    });
    let open = listed.get_untracked();
    let summary = view! { <h2 id="workloads-title">"Workloads"</h2> }.into_any();
    view! {
        <section aria-label="Workloads" class="workloads">
            <Fold id="workloads" open summary>
                <Body listed />
            </Fold>
        </section>
    }
}

#[component]
fn Body(listed: Memo<bool>) -> impl IntoView {
    let calculator = Calculator::from_context();
    let later = calculator.debounced();
    let found: Found = calculator.placement;
    let sentence = move || {
        let found = found.get()?;
        Some(later.inputs.with(|inputs| words::sentence(&found, inputs)))
    };
    let count = Memo::new(move |_| {
        calculator
            .inputs
            .with(|inputs| inputs.workloads.rows().len())
    });
    let full = move || count.get() >= MOST_ROWS;
    let add = move || {
        change(calculator, |rows| {
            let name = format!("service {}", rows.len() + 1);
            rows.push(WorkloadRow {
                name,
                ..WorkloadRow::default()
            });
        });
    };
    let sample = move |event| {
        let chosen = event_target_value(&event).parse::<usize>().ok();
        if let Some(sample) = chosen.and_then(|n| SAMPLES.get(n)) {
            change(calculator, |rows| *rows = sample.rows());
        }
    };
    let clear = move || change(calculator, Vec::clear);
    let files = || page::unfold_to("import-text".to_owned(), "import");
    let bound = move || {
        let found = found.get().filter(|found| !found.exact)?;
        let gap = format::usd_about(plimsoll_model::units::Usd::of(
            found.total.usd() - found.lower_bound,
        ));
        Some(format!(
            "Too many to try every split: the best there may be would save {gap} a month more, if there is one."
        ))
    };
    let heads = || COLUMNS.map(|(name, ..)| view! { <th scope="col" class="number">{name}</th> });
    view! {
        <p class="note">
            "List them if they are not alike: each keeps its own size and traffic, and what it leaves empty is that of the questions. \
            The answer says which of them belong into a cluster. What one adds is beside what stands there anyway: often nothing, or a \
            whole node."
        </p>
        <p class="headline" role="status">
            {sentence}
        </p>
        <p class="note">{bound}</p>
        {move || {
            if !listed.get() {
                return Either::Left(());
            }
            Either::Right(
                view! {
                    <div class="scroll">
                        <table class="rows" aria-labelledby="workloads-title">
                            <thead>
                                <tr>
                                    <th scope="col">"Name"</th>
                                    <th scope="col">"Kind"</th>
                                    <th scope="col" class="number">
                                        "Count"
                                    </th>
                                    {heads().into_iter().collect_view()}
                                    <th scope="col">"Must stay"</th>
                                    <th scope="col">
                                        "Belongs on" <span class="with">"adds in the cluster, outside"</span>
                                    </th>
                                    <th scope="col">
                                        <span class="heard">"Row"</span>
                                    </th>
                                </tr>
                            </thead>
                            <tbody>
                                <For each=move || 0..count.get() key=|place| *place let:place>
                                    <Row place found />
                                </For>
                            </tbody>
                        </table>
                    </div>
                },
            )
        }}
        <p class="actions">
            <button type="button" disabled=full on:click=press(add)>
                "Add a workload"
            </button>
            <button type="button" hidden=move || !listed.get() on:click=press(clear)>
                "All alike again"
            </button>
            <button type="button" on:click=press(files)>
                "Read them from files"
            </button>
            <label>
                "Start from a list " <select on:change=heard(sample)>
                    <option value="">"Your own"</option>
                    {SAMPLES
                        .iter()
                        .enumerate()
                        .map(|(n, sample)| view! { <option value=n.to_string()>{sample.name}</option> })
                        .collect_view()}
                </select>
            </label>
        </p>
        <Paste />
    }
}

/// Changes the rows of the list as one step.
fn change(calculator: Calculator, make: impl FnOnce(&mut Vec<WorkloadRow>)) {
    calculator.change(Vec::new(), |inputs| {
        let mut rows = inputs.workloads.rows().to_vec();
        make(&mut rows);
        inputs.set_workloads(rows);
    });
}

/// Changes one row.
fn change_row(calculator: Calculator, place: usize, make: impl FnOnce(&mut WorkloadRow)) {
    change(calculator, |rows| {
        if let Some(row) = rows.get_mut(place) {
            make(row);
        }
    });
}

/// A workload. It stays while others come and go, and whoever types in it goes on.
#[component]
fn Row(place: usize, found: Found) -> impl IntoView {
    let calculator = Calculator::from_context();
    let later = calculator.debounced();
    let message = RwSignal::new(String::new());
    let read = move |of: &dyn Fn(&WorkloadRow, &Inputs) -> String| {
        calculator.inputs.with(|inputs| {
            let row = inputs.workloads.rows().get(place);
            row.map_or(String::new(), |row| of(row, inputs))
        })
    };
    let name = Memo::new(move |_| read(&|row, _| row.name.clone()));
    let kind = Memo::new(move |_| read(&|row, _| row.kind.id().to_owned()));
    let pin = Memo::new(move |_| {
        read(&|row, _| row.pinned.map_or(String::new(), |pin| pin.id().to_owned()))
    });
    let rename = move |text: String| {
        let text = text.trim().chars().take(60).collect::<String>();
        if text.is_empty() {
            return message.set("A workload needs a name.".to_owned());
        }
        message.set(String::new());
        change_row(calculator, place, |row| row.name = text);
    };
    let set_kind = move |id: String| {
        let known = WorkloadKind::ALL.into_iter().find(|kind| kind.id() == id);
        if let Some(kind) = known {
            change_row(calculator, place, |row| become_kind(row, kind));
        }
    };
    let set_pin = move |id: String| {
        let pin = Pin::ALL.into_iter().find(|pin| pin.id() == id);
        change_row(calculator, place, |row| row.pinned = pin);
    };
    let set_count = move |text: String| {
        let most = f64::from(MOST_ALIKE);
        let count =
            format::parse_number(&text).filter(|x| x.fract() == 0.0 && (1.0..=most).contains(x));
        match count {
            Some(x) => {
                message.set(String::new());
                change_row(calculator, place, |row| row.count = x as u32);
            }
            None => message.set(format::refused(
                &text,
                &format!("whole numbers, 1 to {MOST_ALIKE}"),
            )),
        }
    };
    let set_calls = move |text: String| match table::read_calls(&text) {
        Ok(calls) => {
            message.set(String::new());
            change_row(calculator, place, |row| row.calls = calls);
        }
        Err(told) => message.set(told),
    };
    let numbers = COLUMNS.map(|(heading, unit, keys)| {
        view! {
            <td class="number" data-unit=unit>
                <Number place heading keys message />
            </td>
        }
    });
    let belongs = move || {
        let found = found.get()?;
        let placed = found.workloads.get(place)?;
        let usd = |usd: Option<f64>| {
            usd.map_or("\u{2013}".to_owned(), |usd| {
                format::usd_about(plimsoll_model::units::Usd::of(usd))
            })
        };
        let side = if found.platform_of(placed).is_kubernetes() {
            "kubernetes"
        } else {
            "serverless"
        };
        let costs = format!(
            "{} in, {} out",
            usd(placed.kubernetes),
            usd(placed.serverless)
        );
        Some(view! {
            <span class=["belongs ", side].concat()>
                <span class="key"></span>
                {found.platform_of(placed).name()}
            </span>
            <span class="with">{costs}</span>
        })
    };
    // What would turn it is looked for when somebody asks.
    let why = move || {
        let found = found.get()?;
        let said = |book: &_| {
            later
                .inputs
                .with(|inputs| words::reason_and_turn(place, &found, inputs, book))
        };
        Some(calculator.book.with(said))
    };
    let own = move || read(&|row, _| words::of_its_own(row));
    let ask = move || view! { <span class="heard">{move || name.get()} ": "</span> "why" };
    let unknown = move || {
        read(&|row, _| {
            if row.traffic_known() {
                String::new()
            } else {
                "traffic not known".to_owned()
            }
        })
    };
    let action =
        move |label: &'static str, sign: &'static str, act: fn(&mut Vec<WorkloadRow>, usize)| {
            let act = move || {
                calculator.row.set(None);
                change(calculator, |rows| act(rows, place));
            };
            view! {
                <button
                    type="button"
                    class="way"
                    aria-label=move || [label, " ", &name.get()].concat()
                    title=label
                    on:click=press(act)
                >
                    {sign}
                </button>
            }
        };
    view! {
        <tr>
            <th scope="row">
                <input
                    type="text"
                    class="name"
                    maxlength="60"
                    aria-label=move || format!("Name of workload {}", place + 1)
                    prop:value=move || name.get()
                    on:change=entered(rename)
                />
                <span class="with">{unknown}</span>
                <p class="message" role="alert">
                    {message}
                </p>
            </th>
            <td>
                <select
                    aria-label=move || format!("Kind of {}", name.get())
                    prop:value=move || kind.get()
                    on:change=heard(move |event| set_kind(event_target_value(&event)))
                >
                    {options(WorkloadKind::ALL.map(WorkloadKind::id), kind)}
                </select>
            </td>
            <td class="number" data-unit="alike">
                <input
                    type="text"
                    inputmode="numeric"
                    aria-label=move || format!("Count of {}", name.get())
                    prop:value=move || read(&|row, _| row.count.to_string())
                    on:change=entered(set_count)
                />
            </td>
            {numbers.into_iter().collect_view()}
            <td>
                <select
                    aria-label=move || format!("Where {} must stay", name.get())
                    prop:value=move || pin.get()
                    on:change=heard(move |event| set_pin(event_target_value(&event)))
                >
                    <option value="" selected=move || pin.get().is_empty()>
                        "anywhere"
                    </option>
                    {options(Pin::ALL.map(Pin::id), pin)}
                </select>
            </td>
            <td class="place">
                {belongs} <Fold class="why-there" summary=ask().into_any()>
                    <p class="note">{why}</p>
                    <p class="own">{own}</p>
                    <label>
                        "Calls "
                        <input
                            type="text"
                            class="calls"
                            placeholder="search 2x5"
                            aria-label=move || ["Calls of ", &name.get()].concat()
                            prop:value=move || read(&|row, _| table::written_calls(row))
                            on:change=entered(set_calls)
                        />
                    </label>
                    <p class="with">"Which it calls, how often for a request, and kB: search 2x5, mail 1x3."</p>
                </Fold>
            </td>
            <td class="ways">
                <button
                    type="button"
                    class="way"
                    aria-label=move || ["Ask about ", &name.get()].concat()
                    title="Ask about it alone"
                    aria-pressed=move || (calculator.row.get() == Some(place)).to_string()
                    on:click=press(move || {
                        calculator.row.update(|row| *row = (*row != Some(place)).then_some(place));
                    })
                >
                    "\u{2296}"
                </button>
                {action("Move up", "\u{2191}", |rows, place| {
                    if place > 0 {
                        rows.swap(place, place - 1);
                    }
                })}
                {action("Move down", "\u{2193}", |rows, place| {
                    if place + 1 < rows.len() {
                        rows.swap(place, place + 1);
                    }
                })}
                {action("Duplicate", "+", |rows, place| {
                    if rows.len() < MOST_ROWS {
                        let copy = rows[place].clone();
                        rows.insert(place + 1, copy);
                    }
                })}
                {action("Remove", "\u{d7}", |rows, place| {
                    rows.remove(place);
                })}
            </td>
        </tr>
    }
}

/// The options of those names, the present one chosen.
fn options<const N: usize>(ids: [&'static str; N], chosen: Memo<String>) -> Vec<AnyView> {
    let option = |id: &'static str| {
        view! {
            <option value=id selected=move || chosen.get() == id>
                {id}
            </option>
        }
        .into_any()
    };
    ids.map(option).into()
}

/// Takes what a row has of its own over to another kind, where that has it too.
fn become_kind(row: &mut WorkloadRow, kind: WorkloadKind) {
    let from = std::mem::replace(
        row,
        WorkloadRow {
            kind,
            ..WorkloadRow::default()
        },
    );
    (row.name, row.count, row.pinned) = (from.name.clone(), from.count, from.pinned);
    for key in ["vcpu", "memory_gib"] {
        let fields = (own_field(from.kind, key), own_field(kind, key));
        if let (Some(had), Some(has)) = fields
            && from.own.contains(&had)
            && let Some(x) = from.number(had, &from.values)
        {
            row.set_number(has, x);
        }
    }
    for field in from
        .own
        .iter()
        .filter(|field| field.path.starts_with("needs."))
    {
        row.take(field, &from.values);
    }
}

/// A number of a row. One that it leaves empty is the scenario's, which stands there in grey.
#[component]
fn Number(
    place: usize,
    heading: &'static str,
    keys: [Option<&'static str>; 3],
    message: RwSignal<String>,
) -> impl IntoView {
    let calculator = Calculator::from_context();
    let of = move |row: &WorkloadRow| -> Option<&'static Field> {
        own_field(row.kind, keys[row.kind as usize]?)
    };
    let row = move |read: &dyn Fn(&WorkloadRow, &Inputs) -> String| {
        calculator.inputs.with(|inputs| {
            let row = inputs.workloads.rows().get(place);
            row.map_or(String::new(), |row| read(row, inputs))
        })
    };
    let own = move || {
        row(&|row, inputs| {
            let field = of(row).filter(|field| row.own.contains(field));
            let number = field.and_then(|field| row.number(field, inputs));
            number.map_or(String::new(), format::editable)
        })
    };
    let common = move || {
        row(&|row, inputs| {
            // Requests and runs are nobody else's.
            let shared = |field: &&Field| {
                ![at::http::requests_per_month, at::jobs::runs_per_month].contains(field)
            };
            let field = of(row).filter(shared);
            let number = field.and_then(|field| row.number(field, inputs));
            number.map_or("?".to_owned(), format::editable)
        })
    };
    let none = move || {
        calculator
            .inputs
            .with(|inputs| inputs.workloads.rows().get(place).and_then(of).is_none())
    };
    let label = move || {
        row(&|row, _| {
            let what = of(row).map_or(heading, |field| field.label);
            format!("{what} of {}", row.name)
        })
    };
    let typed = move |text: String| {
        let field = calculator
            .inputs
            .with_untracked(|inputs| inputs.workloads.rows().get(place).and_then(of));
        let Some(field) = field else { return };
        if text.trim().is_empty() {
            message.set(String::new());
            return change_row(calculator, place, |row| row.forget(field));
        }
        let Some(range) = own_range(field) else {
            return;
        };
        match format::parse_quantity(&text, range.unit).filter(|x| range.contains(*x)) {
            Some(x) => {
                message.set(String::new());
                change_row(calculator, place, |row| row.set_number(field, x));
            }
            None => message.set(format::refused(&text, &format::allowed(&range))),
        }
    };
    view! {
        <input
            type="text"
            inputmode="decimal"
            hidden=none
            aria-label=label
            placeholder=common
            prop:value=own
            on:change=entered(typed)
        />
    }
}
