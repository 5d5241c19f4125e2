//! Cost against requests: what every platform would cost with fewer or more of them, and where the sides change places.

use super::{
    super::{
        html::{Html, classed, column, fold_later, html, number_cell, number_column, scrolled},
        state::Calculator,
    },
    chart::Drawn,
};
use crate::{
    chart::curve::{self, View},
    explain, format,
    model::{
        explore::{
            break_even::Search,
            sweep::{Curve, Sweep},
        },
        inputs::Inputs,
        platform::Platform,
        units::Usd,
    },
    web::page,
};
use leptos::prelude::*;
use std::time::Duration;

const TITLE: &str = "curve-title";
/// How long one slice of the sweep may take, ms: the page answers in between.
const SLICE_MS: f64 = 6.0;

/// The chart, its headline and its table.
pub(crate) fn curve_panel(calculator: Calculator) -> Html {
    follow(calculator);
    let pointed = RwSignal::new(None::<usize>);
    let explored = calculator.explored;
    let inputs = calculator.inputs;
    let here = Memo::new(move |_| inputs.with(|inputs| inputs.http.requests_per_month));
    let points = move || explored.with(|explored| count(&explored.curves));
    let canvas = Drawn {
        name: "curve",
        title: TITLE,
        label: "Requests a month",
        pointed,
        count: Box::new(points),
        read_out: Box::new(move |n| explored.with(|explored| curve::read_out(&explored.curves, n))),
        at: Box::new(move |width, x, _| {
            explored.with_untracked(|explored| curve::at(&explored.curves, width, x))
        }),
        draw: Box::new(move |backend, theme, ratio| {
            explored.with(|explored| {
                let view = View {
                    curves: &explored.curves,
                    here: Some(here.get()),
                    break_evens: &explored.break_evens,
                    highlighted: pointed.get(),
                };
                curve::draw(backend, view, theme, ratio)
            })
        }),
    }
    .canvas();
    let headline = move || {
        let here = here.get();
        explored.with(|explored| explain::break_even(&explored.curves, &explored.break_evens, here))
    };
    classed("figure", "chart")
        .is("aria-labelledby", TITLE)
        .has(
            html("figcaption")
                .is("id", TITLE)
                .has("Cost against requests, US dollars a month"),
        )
        .has(classed("p", "headline").says(headline))
        .has(canvas)
        .has(
            fold_later(false, "The numbers of the curves", move || {
                table(calculator)
            })
            .is("id", "curve-table"),
        )
}

/// How many points the curves have.
fn count(curves: &[Curve]) -> usize {
    curves.first().map_or(0, |curve| curve.points.len())
}

fn table(calculator: Calculator) -> Html {
    let rows = move || {
        calculator.explored.with(|explored| {
            let curves = &explored.curves;
            (0..count(curves))
                .map(|n| {
                    let cells: Vec<Html> = curves
                        .iter()
                        .map(|curve| {
                            number_cell(match curve.usd(n) {
                                Some(usd) => format::usd(Usd::of(usd)),
                                None => "\u{2013}".to_owned(),
                            })
                        })
                        .collect();
                    html("tr")
                        .has(
                            html("th")
                                .is("scope", "row")
                                .is("class", "number")
                                .has(format::number(curves[0].points[n].0)),
                        )
                        .has(cells)
                })
                .collect::<Vec<_>>()
        })
    };
    let head = html("tr")
        .has(column("Requests a month"))
        .has(Platform::ALL.map(|platform| number_column(platform.name())));
    let table = html("table")
        .has(html("thead").has(head))
        .has(html("tbody").shows(rows));
    scrolled(TITLE, table)
}

/// What is done in slices: the sweep, then the search in it.
enum Work {
    Sweep(Sweep),
    Search(Search),
}

/// Sweeps anew whenever something else than the requests has changed, in slices between which the page answers.
fn follow(calculator: Calculator) {
    let others = Memo::new(move |_| {
        let mut inputs = calculator.inputs.get();
        inputs.http.requests_per_month = Inputs::default().http.requests_per_month;
        inputs
    });
    let run = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let sweep = others.with(Sweep::new);
        calculator.book.track();
        run.update_value(|run| *run += 1);
        slice(Work::Sweep(sweep), run.get_value(), run, calculator);
    });
}

/// Does a slice of the work, unless it is another run's turn.
fn slice(mut work: Work, this: u32, run: StoredValue<u32>, calculator: Calculator) {
    if run.try_get_value() != Some(this) {
        return;
    }
    let began = page::now_ms();
    let more = calculator.book.with_untracked(|book| {
        loop {
            let more = match &mut work {
                Work::Sweep(sweep) => sweep.step(book),
                Work::Search(search) => search.step(book),
            };
            if !more || page::now_ms() - began > SLICE_MS {
                break more;
            }
        }
    });
    if !more {
        work = match work {
            Work::Sweep(sweep) => {
                let search = Search::new(&sweep);
                calculator
                    .explored
                    .update(|explored| explored.curves = sweep.curves);
                Work::Search(search)
            }
            Work::Search(search) => {
                let found = search.found().to_vec();
                return calculator
                    .explored
                    .update(|explored| explored.break_evens = found);
            }
        };
    }
    set_timeout(move || slice(work, this, run, calculator), Duration::ZERO);
}
