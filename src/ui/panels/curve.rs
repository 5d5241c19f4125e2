//! Cost against requests: what every platform would cost with fewer or more of them, and where the sides change places.

use super::{
    super::{
        html::{Html, classed, column, fold_later, html, number_cell, number_column, scrolled},
        slices::Slices,
        state::Calculator,
    },
    chart::Drawn,
};
use leptos::prelude::*;
use plimsoll_chart::curve::{self, View};
use plimsoll_model::{
    explore::{
        break_even::{Best, Search},
        sweep::{Curve, Sweep},
    },
    inputs::Inputs,
    platform::Platform,
    units::Usd,
};
use plimsoll_wording::{
    explain::{self, change},
    format,
};

const TITLE: &str = "curve-title";

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
        scene: Box::new(move |theme, size| {
            explored.with(|explored| {
                let view = View {
                    curves: &explored.curves,
                    here: Some(here.get()),
                    break_evens: &explored.break_evens,
                    highlighted: pointed.get(),
                };
                curve::scene(view, theme, size)
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
        .has(pair(calculator))
        .has(
            fold_later(false, "The numbers of the curves", move || {
                table(calculator)
            })
            .is("id", "curve-table"),
        )
}

/// Any two platforms, and where they change places.
fn pair(calculator: Calculator) -> Html {
    let chosen = RwSignal::new([None::<Platform>; 2]);
    // Until others are chosen: the best of either side as things are.
    let rivals = Memo::new(move |_| {
        let best = calculator.assessment.with(|assessment| {
            calculator
                .inputs
                .with(|inputs| Best::of(&assessment.comparison, inputs))
        });
        let first = best
            .serverless
            .map_or(Platform::CloudRun, |(platform, _)| platform);
        let second = best
            .kubernetes
            .map_or(Platform::Eks, |(platform, _)| platform);
        let [one, other] = chosen.get();
        [one.unwrap_or(first), other.unwrap_or(second)]
    });
    let text = Memo::new(move |_| {
        let [first, second] = rivals.get();
        if first == second {
            return "Choose two that are not the same.".to_owned();
        }
        calculator.explored.with(|explored| {
            calculator.inputs.with(|inputs| {
                calculator.book.with(|book| {
                    if explored.curves.is_empty() {
                        return String::new();
                    }
                    let mut search = Search::between(first, second, inputs, &explored.curves);
                    while search.step(book) {}
                    let here = inputs.http.requests_per_month;
                    let outcome = search.outcomes().first();
                    outcome.map_or(String::new(), |outcome| change::outcome(outcome, here))
                })
            })
        })
    });
    let choice = move |n: usize, id: &'static str, label: &'static str| {
        let options = Platform::ALL.map(|platform| {
            html("option")
                .is("value", platform.id())
                .now_flag("selected", move || rivals.get()[n] == platform)
                .has(platform.name())
        });
        let select = html("select")
            .is("id", id)
            .on_value("change", move |id| {
                chosen.update(|chosen| chosen[n] = Platform::find(&id));
            })
            .value(move || rivals.get()[n].id().to_owned())
            .has(options);
        classed("div", "field stacked")
            .has(html("label").is("for", id).has(label))
            .has(select)
    };
    classed("div", "pair")
        .is("role", "group")
        .is("aria-label", "Break-even of any two platforms")
        .has(classed("div", "line").has([
            choice(0, "pair-one", "One platform"),
            choice(1, "pair-other", "The other platform"),
        ]))
        .has(html("p").is("role", "status").says(move || text.get()))
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

/// Sweeps anew whenever something else than the requests has changed, and then looks for where the sides change places.
fn follow(calculator: Calculator) {
    let others = Memo::new(move |_| {
        let mut inputs = calculator.inputs.get();
        inputs.http.requests_per_month = Inputs::default().http.requests_per_month;
        inputs
    });
    let slices = Slices::new();
    Effect::new(move |_| {
        let mut sweep = others.with(Sweep::new);
        calculator.book.track();
        let mut search: Option<Search> = None;
        let explored = calculator.explored;
        slices.begin_afterwards(move || {
            calculator.book.with_untracked(|book| {
                let Some(search) = &mut search else {
                    if !sweep.step(book) {
                        search = Some(Search::new(&sweep));
                        explored.update(|explored| explored.curves.clone_from(&sweep.curves));
                    }
                    return true;
                };
                let more = search.step(book);
                if !more {
                    let found = search.found().to_vec();
                    explored.update(|explored| explored.break_evens = found);
                }
                more
            })
        });
    });
}
