//! Cost against requests: what every platform would cost with fewer or more of them, and where the sides change places.

use super::super::{
    kit::{
        chart_canvas::{Names, chart_canvas, shown},
        chart_table::chart_table,
        events::entered,
        fold::Section,
    },
    slices::Slices,
    state::Calculator,
};
use crate::web::sight;
use leptos::{html::Div, prelude::*};
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

/// The section, made when it is opened.
#[component]
pub(crate) fn CurvePanel() -> impl IntoView {
    view! {
        <Section id="curve" label="Cost against requests" title="All platforms">
            <Chart />
        </Section>
    }
}

/// The chart, its headline and its table.
#[component]
fn Chart() -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
    let place: NodeRef<Div> = NodeRef::new();
    follow(calculator, sight::of(place));
    let (curves, shown) = shown(move || curves_of(calculator));
    view! {
        <figure class="chart" aria-labelledby=NAMES.title>
            <p class="headline">{move || curves.with(|curves| curves.reading())}</p>
            <div node_ref=place class="group">
                {chart_canvas(NAMES, shown)}
            </div>
            <Pair />
            {chart_table("curve-table", NAMES.title, shown)}
        </figure>
    }
}

/// The curves with where the user is on them.
fn curves_of(calculator: Calculator) -> Curves {
    let here = calculator
        .inputs
        .with(|inputs| inputs.http.requests_per_month);
    calculator.explored.with(|explored| Curves {
        curves: explored.curves.clone(),
        here: Some(here),
        break_evens: explored.break_evens.clone(),
    })
}

/// The curves, worked out at once for who takes them along.
pub(super) fn all_curves(calculator: Calculator) -> Curves {
    calculator.inputs.with(|inputs| {
        calculator.book.with(|book| {
            let mut sweep = Sweep::new(inputs);
            while sweep.step(book) {}
            let mut search = Search::new(&sweep);
            while search.step(book) {}
            Curves {
                here: Some(inputs.http.requests_per_month),
                break_evens: search.found().to_vec(),
                curves: sweep.curves,
            }
        })
    })
}

/// Any two platforms, and where they change places.
#[component]
fn Pair() -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
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
    view! {
        <div class="pair" role="group" aria-label="Break-even of any two platforms">
            <div class="line">
                <Choice n=0 id="pair-one" label="One platform" rivals chosen />
                <Choice n=1 id="pair-other" label="The other platform" rivals chosen />
            </div>
            <p role="status">{text}</p>
        </div>
    }
}

/// One of the two platforms.
#[component]
fn Choice(
    n: usize,
    id: &'static str,
    label: &'static str,
    rivals: Memo<[Platform; 2]>,
    chosen: RwSignal<[Option<Platform>; 2]>,
) -> impl IntoView {
    let options = Platform::ALL.into_iter().map(|platform| {
        view! {
            <option value=platform.id() selected=move || rivals.get()[n] == platform>
                {platform.name()}
            </option>
        }
        .into_any()
    });
    let choose = move |id: String| chosen.update(|chosen| chosen[n] = Platform::find(&id));
    view! {
        <div class="field stacked">
            <label for=id>{label}</label>
            <select
                id=id
                on:change=entered(choose)
                prop:value=move || rivals.get()[n].id().to_owned()
            >
                {options.collect_view()}
            </select>
        </div>
    }
}

/// Sweeps anew whenever something else than the requests has changed and it is in sight, and then looks for where the
/// sides change places.
fn follow(calculator: Calculator, seen: RwSignal<bool>) {
    let others = Memo::new(move |_| {
        let mut inputs = calculator.inputs.get();
        inputs.http.requests_per_month = Inputs::default().http.requests_per_month;
        inputs
    });
    let slices = Slices::new();
    // What is shown is of these: it stays as it is when it comes into sight again. Prices are among the inputs.
    let done = StoredValue::new(None::<Inputs>);
    Effect::new(move |_| {
        if !seen.get() {
            return slices.stop();
        }
        let inputs = others.get();
        if done.with_value(|done| done.as_ref() == Some(&inputs)) {
            return slices.stop();
        }
        let mut sweep = Sweep::new(&inputs);
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
                    done.set_value(Some(inputs.clone()));
                }
                more
            })
        });
    });
}
