//! Every platform, serverless and Kubernetes apart, the cheapest first: the table that is the chart of monthly cost, too. A bill
//! opens under its row.

use super::{
    super::{kit::events::press, state::Calculator},
    bill::Bill,
};
use crate::web::page;
use leptos::{either::Either, prelude::*};
use plimsoll_chart::table::{CostTable, ENGINEER_HOURS, Group, Refused, Row, Standing};
use plimsoll_model::platform::Platform;
use plimsoll_wording::format;
use std::sync::Arc;

/// How many columns there are.
const COLUMNS: &str = "4";

/// The table as it is now.
type Shown = Memo<Arc<CostTable>>;

/// The table of all platforms.
#[component]
pub(crate) fn Ranking() -> impl IntoView {
    let calculator = Calculator::from_context();
    let table: Shown = Memo::new(move |_| {
        calculator.assessment.with(|assessment| {
            let of = |inputs: &_| Arc::new(CostTable::of(inputs, assessment));
            calculator.inputs.with(of)
        })
    });
    // On paper the bill of the answer is the second page.
    page::on_print(move || {
        if calculator.chosen.get_untracked().is_none() {
            calculator.chosen.set(calculator.shown());
        }
    });
    let groups = (0..3).map(|n| view! { <Rows n table /> });
    view! {
        <section class="costs" aria-labelledby="ranking-title">
            <table class="ranking">
                <thead>
                    <tr>
                        <th scope="col">
                            <h2 id="ranking-title" tabindex="-1">
                                {move || table.with(|table| table.title.clone())}
                            </h2>
                        </th>
                        <th scope="col">
                            "Infrastructure" <span class="wide">", published prices"</span>
                        </th>
                        <th scope="col">
                            "Hours a week" <span class="wide">", estimated"</span>
                        </th>
                        <th scope="col" class="number">
                            "With people"
                        </th>
                    </tr>
                </thead>
                {groups.collect_view()}
                <Refusals table />
            </table>
        </section>
    }
}

/// A group: its name, its first rows, and the others on demand.
#[component]
fn Rows(n: usize, table: Shown) -> impl IntoView {
    let group = move |of: fn(&Group) -> String| {
        Memo::new(move |_| table.with(|table| of(&table.groups[n])))
    };
    let (note, more) = (
        group(|group| group.note.clone()),
        group(|group| group.more.clone()),
    );
    let there = Memo::new(move |_| table.with(|table| !table.groups[n].rows.is_empty()));
    let opened = RwSignal::new(false);
    let rows = move || {
        table.with(|table| {
            let group = &table.groups[n];
            let count = if opened.get() {
                group.rows.len()
            } else {
                group.first
            };
            let rows = group.rows.iter().take(count);
            rows.map(|row| row.platform).collect::<Vec<_>>()
        })
    };
    let head = move || {
        (there.get() && n < 2).then(|| {
            let name = table.with_untracked(|table| table.groups[n].name);
            view! {
                <tr class="side">
                    <th scope="rowgroup" colspan=COLUMNS>
                        <span class="key"></span>
                        {name}
                        <span class="with">{note}</span>
                    </th>
                </tr>
            }
        })
    };
    let more = move || {
        let text = more.get();
        (!text.is_empty()).then(|| {
            let toggle = move || opened.update(|opened| *opened = !*opened);
            view! {
                <tr class="more">
                    <td colspan=COLUMNS>
                        <button
                            type="button"
                            aria-expanded=move || opened.get().to_string()
                            on:click=press(toggle)
                        >
                            {text}
                        </button>
                    </td>
                </tr>
            }
        })
    };
    let class = ["serverless", "kubernetes", "elsewhere"][n];
    view! {
        <tbody class=class>
            {head}
            <For each=rows key=|platform| *platform let:platform>
                <PlatformRow platform table />
            </For>
            {more}
        </tbody>
    }
}

/// A platform, and its bill where that is open. The row moves with its platform, and takes the focus along.
#[component]
fn PlatformRow(platform: Platform, table: Shown) -> impl IntoView {
    let calculator = Calculator::from_context();
    let open = Memo::new(move |_| calculator.chosen.get() == Some(platform));
    let standing =
        Memo::new(move |_| table.with(|table| table.row(platform).map(|row| row.standing)));
    let class = move || {
        let side = if platform.is_kubernetes() {
            "kubernetes"
        } else {
            "serverless"
        };
        let standing = match standing.get() {
            Some(Standing::Answer) => "taken",
            Some(Standing::Tie) => "tie",
            Some(Standing::Out) => "out",
            Some(Standing::Open) | None => "",
        };
        format!("{side} {standing}")
    };
    let current = move || (standing.get() == Some(Standing::Answer)).then_some("true");
    let note = move || {
        let of = |row: &Row| row.note.clone();
        table.with(|table| table.row(platform).map_or(String::new(), of))
    };
    let bill = move || {
        open.get().then(|| {
            view! {
                <tr class="opened">
                    <td colspan=COLUMNS>
                        <Bill platform />
                    </td>
                </tr>
            }
        })
    };
    view! {
        <tr data-platform=platform.id() class=class aria-current=current>
            <th scope="row">
                <button
                    type="button"
                    aria-expanded=move || open.get().to_string()
                    on:click=press(move || calculator.toggle(platform))
                >
                    {platform.name()}
                </button>
                <span class="with">{note}</span>
            </th>
            {move || table.with(|table| table.row(platform).map(|row| cells(row, table)))}
        </tr>
        {bill}
    }
}

/// Infrastructure with its bar, hours with what is likely of them, and the total.
fn cells(row: &Row, table: &CostTable) -> impl IntoView + use<> {
    let percent = |share: f64| format!("{:.2}%", 100.0 * share);
    let (dot, (low, high)) = table.dot(row);
    let engineer = percent((ENGINEER_HOURS / table.hours_end).min(1.0));
    view! {
        <td class="infrastructure">
            <data value=format::usd(row.infrastructure)>{format::usd_about(row.infrastructure)}</data>
            <svg class="amount" aria-hidden="true">
                <rect width=percent(table.bar(row)) height="100%" />
            </svg>
        </td>
        <td class="hours">
            <data value=format::number(row.hours) title=row.likely_text()>
                {row.hours_text()}
            </data>
            <svg class="dots" aria-hidden="true">
                <line class="engineer" x1=engineer.clone() x2=engineer y1="0" y2="100%" />
                <rect x=percent(low) width=percent(high - low) y="6" height="4" />
                <circle cx=percent(dot) cy="8" r="4.5" />
            </svg>
        </td>
        <td class="number total">
            <data value=format::usd(row.total)>{row.total_text()}</data>
        </td>
    }
}

/// What has no bill, with the reason.
#[component]
fn Refusals(table: Shown) -> impl IntoView {
    let refused = Memo::new(move |_| table.with(|table| table.refused.clone()));
    move || {
        let refused = refused.get();
        if refused.is_empty() {
            return Either::Left(());
        }
        let rows = refused.into_iter().map(|refused| {
            let Refused {
                platform,
                reason,
                page,
            } = refused;
            let link = (!page.is_empty()).then(|| {
                view! {
                    " "
                    <a href=page target="_blank" rel="noopener noreferrer">
                        "Source"
                    </a>
                }
            });
            view! {
                <tr data-platform=platform.id() class="out">
                    <th scope="row">{platform.name()}</th>
                    <td colspan="3" class="reason">
                        {reason}
                        {link}
                    </td>
                </tr>
            }
        });
        Either::Right(view! {
            <tbody class="refused">
                <tr class="side">
                    <th scope="rowgroup" colspan=COLUMNS>
                        "Can\u{2019}t run it"
                    </th>
                </tr>
                {rows.collect_view()}
            </tbody>
        })
    }
}
