//! A week hour by hour: requests, and what a serverless platform and a Kubernetes have of instances.

use super::{
    super::{html::Html, slices::Slices, state::Calculator},
    pictures::{Data, Face, Picks, Shown, Table, section},
};
use leptos::prelude::*;
use plimsoll_chart::{
    scene::Scene,
    theme::Theme,
    week::{self, View},
};
use plimsoll_model::{
    explore::break_even::Best,
    platform::Platform,
    platforms::{
        Case,
        capacity_trace::{self, Hourly},
    },
    traffic::HOURS,
};
use plimsoll_wording::format;
pub(super) use week::at;

static FACE: Face = Face {
    id: "week",
    class: "week",
    heading: "h2",
    title_id: "week-title",
    title: "A week, hour by hour",
    label: "Hour of the week",
    table_id: "week-table",
    numbers: "The numbers of the week",
    picks: &[
        ("week-serverless", "Serverless", "The cheapest", Some(false)),
        ("week-kubernetes", "Kubernetes", "The cheapest", Some(true)),
    ],
    input: None,
    work,
};

/// What is to be known of the numbers.
pub(super) const TERMS: &str = "Means of each hour, as they are billed. Hours that are nearly alike count as one load; what \
    is kept after the load has fallen stands in the hour after.";

/// How many hours are read out.
pub(super) const COUNT: usize = HOURS;

/// What the strips show.
#[derive(Clone, Debug)]
pub(super) struct Week {
    requests: Vec<f64>,
    options: Vec<(Platform, Hourly)>,
}

impl Week {
    fn view(&self, highlighted: Option<usize>) -> View<'_> {
        View {
            requests: &self.requests,
            options: &self.options,
            highlighted,
        }
    }
}

/// The strips behind their heading.
pub(crate) fn week_panel(calculator: Calculator) -> Html {
    section(&FACE, calculator)
}

/// Shows the chosen platforms, or the cheapest that are open of either side.
fn work(calculator: Calculator, picks: Picks, shown: Shown, _: Slices) {
    calculator.inputs.with(|inputs| {
        let best = calculator
            .assessment
            .with(|assessment| Best::of(&assessment.comparison, inputs));
        let case = Case::of(inputs);
        let mut options = Vec::new();
        calculator.book.with(|book| {
            let prices = book.at(inputs.region);
            for (best, pick) in [best.serverless, best.kubernetes].into_iter().zip(picks) {
                let platform = pick.get().or(best.map(|(platform, _)| platform));
                if let Some(platform) = platform
                    && let Some(trace) = platform.capacity_trace(&case, &prices)
                {
                    options.push((platform, trace.hourly));
                }
            }
        });
        shown.set(Data::Week(Week {
            requests: capacity_trace::requests_by_hour(inputs),
            options,
        }));
    });
}

pub(super) fn reading(week: &Week) -> String {
    week::reading(&week.options)
}

pub(super) fn read_out(week: &Week, hour: usize) -> String {
    week::read_out(week.view(None), hour)
}

pub(super) fn scene(week: &Week, highlighted: Option<usize>, theme: &Theme, width: f64) -> Scene {
    week::scene(week.view(highlighted), theme, width)
}

pub(super) fn table(week: &Week) -> Table {
    let mut heads = vec!["Hour".to_owned(), "Requests a second".to_owned()];
    for (platform, hourly) in &week.options {
        heads.push([platform.name(), ", ", hourly.unit].concat());
    }
    let row = |hour: usize| {
        let mut row = vec![week::hour_name(hour), format::number(week.requests[hour])];
        for (_, hourly) in &week.options {
            row.push(format::number(hourly.by_hour[hour]));
        }
        row
    };
    (heads, (0..HOURS).map(row).collect())
}
