//! Every platform, serverless and Kubernetes apart, the cheapest first: the table that is the chart of monthly cost, too. A bill
//! opens under its row.

use super::{
    super::{kit::events::press, state::Calculator},
    bill::Bill,
};
use crate::web::{IN_BROWSER, glide::Places, page};
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
    let later = calculator.debounced();
    // How many rows of each side are shown, and of how many: in a drag nothing below them moves.
    let held = RwSignal::new([(0, 0); 2]);
    let table: Shown = Memo::new(move |_| {
        let mut table = calculator.assessment.with(|assessment| {
            let of = |inputs: &_| CostTable::of(inputs, assessment);
            calculator.inputs.with(of)
        });
        for (group, (first, all)) in table.groups.iter_mut().zip(held.get()) {
            if group.rows.len() == all {
                group.hold(first);
            }
        }
        Arc::new(table)
    });
    Effect::new(move || {
        later.inputs.track();
        let counts = table.with_untracked(|table| {
            let [serverless, kubernetes, _] = &table.groups;
            [serverless, kubernetes].map(|group| (group.wanted, group.rows.len()))
        });
        if held.get_untracked() != counts {
            held.set(counts);
        }
    });
    let order = Memo::new(move |_| {
        table.with(|table| {
            let rows = table.groups.iter().flat_map(|group| &group.rows);
            rows.map(|row| row.platform).collect::<Vec<_>>()
        })
    });
    let places = Places::unknown();
    Effect::new(move || {
        // Tracked alone it would never be worked out.
        order.with(|_| ());
        places.glide();
    });
    // At rest it is seen where rows are: in a drag only the first change of their order glides, and nothing more under a finger.
    Effect::new(move || {
        later.inputs.track();
        places.note(".ranking tr[data-platform]", "data-platform");
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
                            "Infrastructure" <span class="wide">", published"</span>
                        </th>
                        <th scope="col">
                            "Hours a week" <span class="wide">", estimated; tick: one engineer"</span>
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
            // Where nobody can unfold them, they are not there.
            let count = if IN_BROWSER {
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
    // One button whatever it says: it says something else at each event of a drag.
    let is_more = Memo::new(move |_| more.with(|text| !text.is_empty()));
    let more = move || {
        is_more.get().then(|| {
            let toggle = move || opened.update(|opened| *opened = !*opened);
            view! {
                <tr class="more">
                    <td colspan=COLUMNS>
                        <button
                            type="button"
                            aria-expanded=move || opened.get().to_string()
                            on:click=press(toggle)
                        >
                            {more}
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
                <PlatformRow platform n opened table />
            </For>
            {more}
        </tbody>
    }
}

/// A platform, and its bill where that is open. The row moves with its platform, and takes the focus along. One beyond the first of
/// its group is hidden and not taken away: a drag would make it anew again and again.
#[component]
fn PlatformRow(
    platform: Platform,
    n: usize,
    opened: RwSignal<bool>,
    table: Shown,
) -> impl IntoView {
    let calculator = Calculator::from_context();
    let is_first = Memo::new(move |_| {
        table.with(|table| {
            let group = &table.groups[n];
            let mut first = group.rows.iter().take(group.first);
            first.any(|row| row.platform == platform)
        })
    });
    let hidden = Memo::new(move |_| !is_first.get() && !opened.get());
    let open = Memo::new(move |_| calculator.chosen.get() == Some(platform) && !hidden.get());
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
        <tr data-platform=platform.id() class=class aria-current=current hidden=hidden>
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
            {cells(platform, table)}
        </tr>
        {bill}
    }
}

/// What stands in the cells of a row, and where its bar and its dot are, in per cent.
#[derive(Clone, Default, PartialEq)]
struct Cells {
    infrastructure: [String; 2],
    hours: [String; 2],
    likely: String,
    total: [String; 2],
    bar: String,
    dot: String,
    from: String,
    across: String,
    engineer: String,
}

impl Cells {
    fn of(row: &Row, table: &CostTable) -> Self {
        let percent = |share: f64| format!("{:.2}%", 100.0 * share);
        let (dot, (low, high)) = table.dot(row);
        Self {
            infrastructure: [
                format::usd(row.infrastructure),
                format::usd_about(row.infrastructure),
            ],
            hours: [format::number(row.hours), row.hours_text()],
            likely: row.likely_text(),
            total: [format::usd(row.total), row.total_text()],
            bar: percent(table.bar(row)),
            dot: percent(dot),
            from: percent(low),
            across: percent(high - low),
            engineer: percent((ENGINEER_HOURS / table.hours_end).min(1.0)),
        }
    }
}

/// Infrastructure with its bar, hours with what is likely of them, and the total. Only what has changed is written anew.
fn cells(platform: Platform, table: Shown) -> impl IntoView {
    let now = Memo::new(move |_| {
        table.with(|table| {
            let row = table.row(platform);
            row.map_or_else(Cells::default, |row| Cells::of(row, table))
        })
    });
    let is = move |part: fn(&Cells) -> &String| move || now.with(|cells| part(cells).clone());
    view! {
        <td class="infrastructure">
            <data value=is(|c| &c.infrastructure[0])>{is(|c| &c.infrastructure[1])}</data>
            <svg class="amount" aria-hidden="true">
                <rect width=is(|c| &c.bar) height="100%" />
            </svg>
        </td>
        <td class="hours">
            <data value=is(|c| &c.hours[0]) title=is(|c| &c.likely)>
                {is(|c| &c.hours[1])}
            </data>
            <svg class="dots" aria-hidden="true">
                <line
                    class="engineer"
                    x1=is(|c| &c.engineer)
                    x2=is(|c| &c.engineer)
                    y1="0"
                    y2="100%"
                />
                <rect x=is(|c| &c.from) width=is(|c| &c.across) y="6" height="4" />
                <circle cx=is(|c| &c.dot) cy="8" r="4.5" />
            </svg>
        </td>
        <td class="number total">
            <data value=is(|c| &c.total[0])>{is(|c| &c.total[1])}</data>
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
