//! The numbers of a chart as a table.

use super::{
    super::html::{Html, fold_later, html, scrolled},
    chart_canvas::Shown,
};
use leptos::prelude::*;
use plimsoll_chart::Table;

/// The table behind its summary, made when it is opened first. `title` is the id of the heading that names it.
pub(in super::super) fn chart_table(
    id: &'static str,
    summary: &'static str,
    title: &'static str,
    shown: Shown,
) -> Html {
    fold_later(false, summary, move || scrolled(title, table(shown))).is("id", id)
}

/// The table itself.
pub(in super::super) fn table(shown: Shown) -> Html {
    let body = move || {
        let (heads, rows) = shown
            .get()
            .map_or_else(Table::default, |chart| chart.table());
        let mut body = vec![html("thead").has(row("col", heads))];
        let mut lines = html("tbody");
        for cells in rows {
            lines = lines.has(row("row", cells));
        }
        body.push(lines);
        body
    };
    html("table").shows(body)
}

/// A row of a table. What is beside a name is a number, or the name of a column of numbers.
fn row(scope: &'static str, cells: Vec<String>) -> Html {
    let mut row = html("tr");
    for (n, text) in cells.into_iter().enumerate() {
        let is_head = n == 0 || scope == "col";
        let cell = html(if is_head { "th" } else { "td" }).has(text);
        let cell = if is_head {
            cell.is("scope", scope)
        } else {
            cell
        };
        row = row.has(if n == 0 {
            cell
        } else {
            cell.is("class", "number")
        });
    }
    row
}
