//! The load line under the answer: what either side costs over requests a month, with the user's load, which can be dragged.

use super::super::{
    kit::{
        chart_canvas::{Dragged, Names, chart_canvas_dragged, shown},
        chart_table::chart_table,
    },
    state::Calculator,
};
use leptos::prelude::*;
use plimsoll_chart::load_line::LoadLines;
use plimsoll_model::{
    Assessment,
    explore::load_line::LoadLine,
    inputs::{Inputs, at},
    platform::Platform,
    prices::PriceBook,
};
use plimsoll_wording::{answer, format};
use std::sync::{Mutex, PoisonError};

const NAMES: Names = Names {
    class: "load-line",
    title: "load-line-title",
    label: "The load line",
};

/// How the lines are told apart.
const LEGEND: &str = "Band: likely range with people. Dashed: infrastructure alone.";

/// The picture, what is read out of it, and its table.
#[component]
pub(super) fn LoadLinePicture() -> impl IntoView {
    let calculator = Calculator::from_context();
    let (lines, shown) = shown(load_lines(calculator));
    // What is in hand: the hours of Kubernetes at their grip, the load everywhere else.
    let hours = StoredValue::new(None::<bool>);
    let drag = move |dragged: Option<Dragged>| {
        let Some(Dragged { from, to, width }) = dragged else {
            hours.set_value(None);
            return calculator.end_step();
        };
        lines.with_untracked(|lines| {
            let of_hours = hours
                .get_value()
                .unwrap_or_else(|| lines.is_grip(width, from));
            hours.set_value(Some(of_hours));
            if !of_hours {
                let requests = format::to_two_digits(lines.requests_at(width, to.0));
                calculator.set_number(at::http::requests_per_month, requests);
            } else if let Some(week) = lines.hours_at(width, to.1) {
                let field = at::team::ops_hours_per_week::kubernetes;
                calculator.set_number(field, format::to_two_digits(week));
            }
        });
    };
    let legend = Signal::derive(move || {
        let agreement = calculator
            .assessment
            .with(|assessment| answer::agreement(&assessment.verdict));
        format!("{LEGEND} {}", agreement.unwrap_or_default())
    });
    view! {
        <figure class="chart load" aria-labelledby=NAMES.title>
            <figcaption id=NAMES.title class="heard">
                "The load line: cost against requests"
            </figcaption>
            {chart_canvas_dragged(NAMES, shown, legend, drag)}
            <p class="heard">{legend}</p>
            {chart_table("load-line-table", NAMES.title, shown)}
        </figure>
    }
}

/// What the lines follow from, apart from the user's own load: who stands for the sides, the inputs, and which of the price books
/// that there were.
type Key = ([Option<Platform>; 2], Inputs, usize);

/// The chart. While the load alone is changed, its lines stay and the mark moves.
fn load_lines(calculator: Calculator) -> impl Fn() -> LoadLines + Send + Sync {
    let books = Memo::new(move |before: Option<&usize>| {
        calculator.book.track();
        before.map_or(0, |before| before + 1)
    });
    let known: Mutex<Option<(Key, LoadLine)>> = Mutex::new(None);
    let lines = move |assessment: &Assessment, inputs: &Inputs, book: &PriceBook| {
        let mut others = inputs.clone();
        others.http.requests_per_month = LoadLine::begins_at(inputs.http.requests_per_month);
        let contenders = LoadLine::contenders(inputs, assessment);
        let key = (contenders, others, books.get());
        let comparison = &assessment.comparison;
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut line = match known.take() {
            Some((before, line)) if before == key => line,
            _ => LoadLine::between(contenders, &key.1, comparison, book),
        };
        line.stand_at(inputs, comparison, book);
        *known = Some((key, line.clone()));
        LoadLines {
            line,
            pays_off: assessment.verdict.pays_off,
        }
    };
    move || {
        calculator.assessment.with(|assessment| {
            let of = |inputs: &Inputs| calculator.book.with(|book| lines(assessment, inputs, book));
            calculator.inputs.with(of)
        })
    }
}
