//! Cost against requests: what every platform would cost with fewer or more of them, and where the sides change places.

use super::super::{
    html::{Html, classed, html},
    kit::{
        chart_canvas::{Names, chart_canvas, shown},
        chart_table::chart_table,
    },
    slices::Slices,
    state::Calculator,
};
use leptos::prelude::*;
use plimsoll_chart::{Chart as _, curve::Curves};
use plimsoll_model::{
    compare::Best,
    explore::{break_even::Search, sweep::Sweep},
    inputs::Inputs,
    platform::Platform,
};
use plimsoll_wording::explain::change;

const NAMES: Names = Names {
    class: "curve",
    title: "curve-title",
    label: "Requests a month",
};

/// The chart, its headline and its table.
pub(crate) fn curve_panel(calculator: Calculator) -> Html {
    follow(calculator);
    let (curves, shown) = shown(move || curves_of(calculator));
    classed("figure", "chart")
        .is("aria-labelledby", NAMES.title)
        .has(
            html("figcaption")
                .is("id", NAMES.title)
                .has("Cost against requests, US dollars a month"),
        )
        .has(classed("p", "headline").says(move || curves.with(|curves| curves.reading())))
        .has(chart_canvas(NAMES, shown))
        .has(pair(calculator))
        .has(chart_table(
            "curve-table",
            "The numbers of the curves",
            NAMES.title,
            shown,
        ))
}

/// The curves with where the user is on them.
pub(super) fn curves_of(calculator: Calculator) -> Curves {
    let here = calculator
        .inputs
        .with(|inputs| inputs.http.requests_per_month);
    calculator.explored.with(|explored| Curves {
        curves: explored.curves.clone(),
        here: Some(here),
        break_evens: explored.break_evens.clone(),
    })
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
