//! Every coefficient that stands in for what nobody publishes: its value, its likely range, where it comes from.

use super::super::{
    controls::bare_number,
    html::{Html, classed, column, html, note, scrolled, section_later},
    state::Calculator,
};
use plimsoll_model::inputs::{ASSUMPTIONS, Assumption};
use plimsoll_wording::format;

/// The view, made when it is opened.
pub(crate) fn assumptions_panel(calculator: Calculator) -> Html {
    section_later(
        "assumptions",
        "Assumptions",
        "The assumptions",
        false,
        move || {
            [
                note(
                    "What nobody publishes we assume. Each of these enters a bill or the advice, and shows there as \
                         assumed. Change what you know better; it is kept, shared and exported with your numbers.",
                ),
                table(calculator),
            ]
        },
    )
}

fn table(calculator: Calculator) -> Html {
    let head = html("tr").has(
        [
            "Assumption",
            "Value",
            "Probably between",
            "Where it comes from",
        ]
        .map(column),
    );
    let rows: Vec<Html> = ASSUMPTIONS
        .iter()
        .map(|assumption| row(assumption, calculator))
        .collect();
    let table = classed("table", "sources")
        .has(html("thead").has(head))
        .has(html("tbody").has(rows));
    scrolled("assumptions-title", table)
}

fn row(assumption: &'static Assumption, calculator: Calculator) -> Html {
    let (low, high) = assumption.likely;
    html("tr")
        .has(html("th").is("scope", "row").has(assumption.field.label))
        .has(html("td").has(bare_number(&assumption.field, calculator)))
        .has(html("td").has([&format::number(low), " to ", &format::number(high)]))
        .has(classed("td", "source").has(assumption.origin))
}
