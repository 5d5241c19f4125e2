//! Inputs that matter: the five over whose range the cheapest platform of all differs by the most dollars.

use super::super::{controls::track, kit::events::heard, slices::Slices, state::Calculator};
use leptos::prelude::*;
use plimsoll_model::sorting::by_number;
use plimsoll_model::{
    explore::slopes::Slope,
    inputs::{FIELDS, Field, Inputs, Kind},
    units::Usd,
};
use plimsoll_wording::{difference, format};

/// How many points a slope has, about.
const POINTS: usize = 16;
/// How many inputs are told.
const TOLD: usize = 5;

/// The inputs that matter most, worked out when they are asked for.
#[component]
pub(crate) fn Influence() -> impl IntoView {
    let opened = RwSignal::new(false);
    view! {
        <details id="influence" on:toggle=heard(move |_| opened.set(true))>
            <summary>"Inputs that matter"</summary>
            {move || opened.get().then(|| view! { <Told /> })}
        </details>
    }
}

#[component]
fn Told() -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
    let steepest = RwSignal::new(Vec::<Slope>::new());
    let slices = Slices::new();
    Effect::new(move |_| {
        calculator.book.track();
        let inputs = calculator.inputs.get();
        rank(inputs, calculator, slices, steepest);
    });
    let rows = move || {
        steepest.with(|slopes| {
            let most = slopes.first().map_or(1.0, Slope::swing);
            let row = |slope: &Slope| row(slope, most, calculator);
            slopes.iter().map(row).collect_view()
        })
    };
    view! {
        <p class="note" id="influence-title">
            "What the cheapest platform costs a month, with people, over the range of one input."
        </p>
        <div class="scroll" tabindex="0" role="group" aria-labelledby="influence-title">
            <table class="influence">
                <thead>
                    <tr>
                        <th scope="col">"Input"</th>
                        <th scope="col">"Difference"</th>
                        <th scope="col">"From"</th>
                        <th scope="col">"To"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(slope: &Slope, most: f64, calculator: Calculator) -> impl IntoView + use<> {
    let field = slope.field;
    let at = |end: usize| {
        let (_, value) = slope.places[end];
        let usd = slope.points[end].least();
        let usd = usd.map_or("no bill".to_owned(), |usd| {
            format::usd_estimated(Usd::of(usd))
        });
        let at = calculator.inputs.with_untracked(|inputs| {
            let mut there = inputs.clone();
            field.set_number(&mut there, value);
            difference::value(field, &there)
        });
        format!("{usd} at {at}")
    };
    let (least, largest) = (at(0), at(slope.points.len() - 1));
    let width = format!("{:.1}%", 100.0 * slope.swing() / most.max(1.0));
    view! {
        <tr>
            <th scope="row">{field.label}</th>
            <td>
                <svg class="amount" aria-hidden="true">
                    <rect width=width height="100%" />
                </svg>
                {format::usd_estimated(Usd::of(slope.swing()))}
            </td>
            <td>{least}</td>
            <td>{largest}</td>
        </tr>
    }
}

/// The slope of a number at the positions of its slider, none of it known yet.
fn slope_of(field: &'static Field) -> Option<Slope> {
    let Kind::Number { range, .. } = field.kind else {
        return None;
    };
    let track = track::Track::of(&range);
    let last = track.last();
    let stride = last.div_ceil(POINTS).max(1);
    let places = (0..=last)
        .filter(|position| position % stride == 0 || *position == last)
        .map(|position| (position as f64 / last.max(1) as f64, track.value(position)));
    Some(Slope::new(field, places.collect()))
}

/// Works out the slope of every number, and shows the steepest.
fn rank(inputs: Inputs, calculator: Calculator, slices: Slices, steepest: RwSignal<Vec<Slope>>) {
    let mut slopes: Vec<Slope> = FIELDS.iter().filter_map(slope_of).collect();
    let mut place = 0;
    slices.begin(move || {
        let Some(slope) = slopes.get_mut(place) else {
            by_number(&mut slopes, |slope| -slope.swing());
            slopes.truncate(TOLD);
            steepest.set(std::mem::take(&mut slopes));
            return false;
        };
        let book = calculator.book;
        if !book.with_untracked(|book| slope.step(&inputs, book)) {
            place += 1;
        }
        true
    });
}
