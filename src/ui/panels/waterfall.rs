//! Under the bill: from the vCPU that requests use to the vCPU that is paid.

use super::{
    super::{
        html::{Html, classed, column, fold_later, html, number_cell, number_column, scrolled},
        state::Calculator,
    },
    chart::Drawn,
};
use crate::{
    chart::waterfall,
    format,
    model::platforms::{Case, behind::Behind},
};
use leptos::prelude::*;

const TITLE: &str = "waterfall-title";

/// The steps of the platform whose bill is shown, made when they are looked at.
pub(super) fn waterfall(calculator: Calculator) -> Html {
    let title = html("h3").is("id", TITLE).has("From used to paid vCPU");
    fold_later(false, title, move || body(calculator)).is("id", "waterfall")
}

fn body(calculator: Calculator) -> Html {
    let behind = Memo::new(move |_| behind(calculator));
    let steps =
        move || behind.with(|behind| behind.as_ref().map_or(0, |behind| behind.steps.len()));
    let pointed = RwSignal::new(None::<usize>);
    let canvas = Drawn {
        // As high as bars in as many rows.
        name: "bars steps",
        title: TITLE,
        label: "Steps from used to paid vCPU",
        pointed,
        count: Box::new(move || steps() + 1),
        read_out: Box::new(move |row| {
            behind.with(|behind| {
                let steps = behind.as_ref().map(|behind| &behind.steps[..]);
                waterfall::read_out(steps.unwrap_or_default(), row)
            })
        }),
        at: Box::new(move |width, x, y| waterfall::at(steps(), width, x, y)),
        draw: Box::new(move |backend, theme, ratio| {
            behind.with(|behind| {
                let steps = behind.as_ref().map(|behind| &behind.steps[..]);
                waterfall::draw(
                    backend,
                    steps.unwrap_or_default(),
                    pointed.get(),
                    theme,
                    ratio,
                )
            })
        }),
    }
    .canvas();
    let reading = move || {
        behind.with(|behind| match behind {
            Some(behind) => waterfall::reading(behind),
            None => "Without a bill there is nothing that is paid.".to_owned(),
        })
    };
    classed("figure", "chart")
        .is("aria-labelledby", TITLE)
        .has(classed("p", "headline").says(reading))
        .has(canvas)
        .has(
            fold_later(false, "The numbers of the steps", move || table(behind))
                .is("id", "waterfall-table"),
        )
}

fn behind(calculator: Calculator) -> Option<Behind> {
    let platform = calculator.shown()?;
    calculator.inputs.with(|inputs| {
        let book = calculator.book;
        book.with(|book| platform.behind(&Case::of(inputs), &book.at(inputs.region)))
    })
}

fn table(behind: Memo<Option<Behind>>) -> Html {
    let rows = move || {
        behind.with(|behind| {
            let steps = behind.as_ref().map(|behind| &behind.steps[..]);
            waterfall::rows(steps.unwrap_or_default())
                .into_iter()
                .map(|(what, vcpu, end)| {
                    html("tr")
                        .has(html("th").is("scope", "row").has(what))
                        .has(number_cell(format::number(vcpu)))
                        .has(number_cell(format::number(end)))
                })
                .collect::<Vec<_>>()
        })
    };
    let head = html("tr")
        .has(column("Step"))
        .has(number_column("Mean vCPU"))
        .has(number_column("Together"));
    let table = html("table")
        .has(html("thead").has(head))
        .has(html("tbody").shows(rows));
    scrolled(TITLE, table)
}
