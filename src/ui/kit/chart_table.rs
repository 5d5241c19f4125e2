//! The numbers of a chart as a table.

use super::{chart_canvas::Shown, fold::Fold, scrolled::Scrolled};
use leptos::prelude::*;
use plimsoll_chart::Table;

/// The table behind its summary, made when it is opened first. `title` is the id of the heading that names it.
pub(in super::super) fn chart_table(
    id: &'static str,
    title: &'static str,
    shown: Shown,
) -> AnyView {
    view! {
        <Fold id summary="As a table".into_any()>
            <Scrolled title>
                <Numbers shown />
            </Scrolled>
        </Fold>
    }
    .into_any()
}

/// The table itself.
#[component]
pub(in super::super) fn Numbers(
    #[prop(optional)] id: Option<&'static str>,
    shown: Shown,
) -> impl IntoView {
    let body = move || {
        let (heads, rows) = shown
            .get()
            .map_or_else(Table::default, |chart| chart.table());
        let lines: Vec<_> = rows.into_iter().map(|cells| row("row", cells)).collect();
        view! {
            <thead>{row("col", heads)}</thead>
            <tbody>{lines}</tbody>
        }
        .into_any()
    };
    view! { <table id=id>{move || body()}</table> }
}

/// A row of a table. What is beside a name is a number, or the name of a column of numbers.
fn row(scope: &'static str, cells: Vec<String>) -> AnyView {
    let cells: Vec<_> = cells
        .into_iter()
        .enumerate()
        .map(|(n, text)| {
            let class = (n > 0).then_some("number");
            if n == 0 || scope == "col" {
                view! {
                    <th scope=scope class=class>
                        {text}
                    </th>
                }
                .into_any()
            } else {
                view! { <td class=class>{text}</td> }.into_any()
            }
        })
        .collect();
    view! { <tr>{cells}</tr> }.into_any()
}
