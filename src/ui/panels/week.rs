//! A week hour by hour: requests, and what a serverless platform and a Kubernetes have of instances.

use super::{
    super::{
        html::{
            Html, classed, column, fold_later, html, note, number_cell, number_column, scrolled,
            section_later,
        },
        state::Calculator,
    },
    chart::Drawn,
};
use crate::{
    chart::week::{self, View},
    format,
    model::{
        explore::break_even::Best,
        platform::Platform,
        platforms::{
            Case,
            behind::{self, Hourly},
        },
        traffic::HOURS,
    },
};
use leptos::prelude::*;

const TITLE: &str = "week-title";

/// A platform that is chosen; the one that suggests itself where none is.
pub(super) type Pick = RwSignal<Option<Platform>>;

/// What the strips show.
#[derive(Clone, Debug, Default, PartialEq)]
struct Week {
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
    section_later(
        "week",
        "The week",
        "A week, hour by hour",
        false,
        move || body(calculator),
    )
}

fn body(calculator: Calculator) -> Html {
    let picks: [Pick; 2] = [RwSignal::new(None), RwSignal::new(None)];
    let week = Memo::new(move |_| week_of(calculator, picks));
    let pointed = RwSignal::new(None::<usize>);
    let canvas = Drawn {
        name: "week",
        title: TITLE,
        label: "Hour of the week",
        pointed,
        count: Box::new(|| HOURS),
        read_out: Box::new(move |hour| week.with(|week| week::read_out(week.view(None), hour))),
        at: Box::new(|width, x, _| week::at(width, x)),
        draw: Box::new(move |backend, theme, ratio| {
            week.with(|week| week::draw(backend, week.view(pointed.get()), theme, ratio))
        }),
    }
    .canvas();
    classed("figure", "chart")
        .is("aria-labelledby", TITLE)
        .has(classed("p", "headline").says(move || week.with(|week| week::reading(&week.options))))
        .has(pick("week-serverless", "Serverless", Some(false), picks[0]))
        .has(pick("week-kubernetes", "Kubernetes", Some(true), picks[1]))
        .has(canvas)
        .has(note(
            "Means of each hour, as they are billed. Hours that are nearly alike count as one load; what is kept after the \
             load has fallen stands in the hour after.",
        ))
        .has(fold_later(false, "The numbers of the week", move || table(week)).is("id", "week-table"))
}

/// The chosen platforms over the week, or the cheapest that are open of either side.
fn week_of(calculator: Calculator, picks: [Pick; 2]) -> Week {
    calculator.inputs.with(|inputs| {
        let best = calculator
            .assessment
            .with(|assessment| Best::of(&assessment.comparison, inputs));
        let case = Case::of(inputs);
        let shown = [best.serverless, best.kubernetes].into_iter().zip(picks);
        let platforms =
            shown.filter_map(|(best, pick)| pick.get().or(best.map(|(platform, _)| platform)));
        let options = calculator.book.with(|book| {
            let prices = book.at(inputs.region);
            let behind =
                |platform: Platform| Some((platform, platform.behind(&case, &prices)?.hourly));
            platforms.filter_map(behind).collect()
        });
        Week {
            requests: behind::requests_by_hour(inputs),
            options,
        }
    })
}

/// A choice of platforms, of one side where that is said.
pub(super) fn pick(
    id: &'static str,
    label: &'static str,
    kubernetes: Option<bool>,
    pick: Pick,
) -> Html {
    let of_side = |platform: &Platform| {
        kubernetes.is_none_or(|side| platform.about().people.is_kubernetes() == side)
    };
    let options: Vec<Html> = Platform::ALL
        .into_iter()
        .filter(of_side)
        .map(|platform| {
            html("option")
                .is("value", platform.id())
                .has(platform.name())
        })
        .collect();
    classed("div", "field")
        .has(html("label").is("for", id).has(label))
        .has(
            html("select")
                .is("id", id)
                .on_value("change", move |id| pick.set(Platform::find(&id)))
                .has(html("option").is("value", "").has("What suggests itself"))
                .has(options),
        )
}

fn table(week: Memo<Week>) -> Html {
    let rows = move || {
        week.with(|week| {
            (0..HOURS)
                .map(|hour| {
                    let cells: Vec<Html> = week
                        .options
                        .iter()
                        .map(|(_, hourly)| number_cell(format::number(hourly.by_hour[hour])))
                        .collect();
                    html("tr")
                        .has(html("th").is("scope", "row").has(week::hour_name(hour)))
                        .has(number_cell(format::number(week.requests[hour])))
                        .has(cells)
                })
                .collect::<Vec<_>>()
        })
    };
    let names = move || {
        week.with(|week| {
            let heads = week.options.iter().map(|(platform, hourly)| {
                html("th")
                    .is("scope", "col")
                    .is("class", "number")
                    .has([platform.name(), ", ", hourly.unit].concat())
            });
            let heads: Vec<Html> = heads.collect();
            html("tr")
                .has(column("Hour"))
                .has(number_column("Requests a second"))
                .has(heads)
        })
    };
    let table = html("table")
        .has(html("thead").shows(names))
        .has(html("tbody").shows(rows));
    scrolled(TITLE, table)
}
