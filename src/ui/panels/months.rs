//! What staying and moving come to over three years, as requests grow.

use super::{
    super::{
        html::{
            Html, button, classed, column, fold_later, html, number_cell, number_column, scrolled,
            section_later,
        },
        state::Calculator,
    },
    chart::Drawn,
    inputs::go_to,
    week::{Pick, pick},
};
use crate::{
    chart::months,
    format,
    model::{
        explore::months::{MONTHS, Months},
        inputs::Field,
        units::Usd,
    },
    web::page,
};
use leptos::prelude::*;
use std::time::Duration;

const TITLE: &str = "months-title";
/// How long one slice of the work may take, ms: the page answers in between.
const SLICE_MS: f64 = 6.0;

/// What is worked out; none where there are no two platforms to compare.
type Shown = RwSignal<Option<Months>>;

/// The months behind their heading.
pub(crate) fn months_panel(calculator: Calculator) -> Html {
    section_later(
        "months",
        "Three years",
        "Staying or moving, over 36 months",
        false,
        move || body(calculator),
    )
}

fn body(calculator: Calculator) -> Html {
    let to: Pick = RwSignal::new(None);
    let shown: Shown = RwSignal::new(None);
    follow(calculator, to, shown);
    let pointed = RwSignal::new(None::<usize>);
    let canvas = Drawn {
        name: "months",
        title: TITLE,
        label: "Month",
        pointed,
        count: Box::new(|| MONTHS),
        read_out: Box::new(move |month| {
            shown.with(|shown| {
                let told = |shown| months::read_out(shown, month);
                shown.as_ref().map_or(String::new(), told)
            })
        }),
        at: Box::new(|width, x, _| months::at(width, x)),
        draw: Box::new(move |backend, theme, ratio| {
            shown.with(|shown| months::draw(backend, shown.as_ref(), pointed.get(), theme, ratio))
        }),
    }
    .canvas();
    let reading = move || shown.with(|shown| shown.as_ref().map_or(String::new(), months::reading));
    let growth = Field::at("growth_percent_per_month");
    classed("figure", "chart")
        .is("aria-labelledby", TITLE)
        .has(classed("p", "headline").says(reading))
        .has(pick("months-to", "Compare with", None, to))
        .has(canvas)
        .has(classed("p", "note").says(move || terms(calculator, shown)))
        .has(classed("p", "actions").has(button("Change the growth", move || go_to(growth))))
        .has(
            fold_later(false, "The numbers of the months", move || table(shown))
                .is("id", "months-table"),
        )
}

/// What the lines begin with and rest on.
fn terms(calculator: Calculator, shown: Shown) -> String {
    shown.with(|shown| {
        let Some(shown) = shown else {
            return String::new();
        };
        let mut text = String::from("US dollars all in, added up.");
        for way in [&shown.stay, &shown.go] {
            if way.one_off.weeks > 0.0 {
                text += " ";
                text += &months::name_of(shown, way.platform);
                text += " begins with ";
                text += &format::count(way.one_off.weeks, "engineer-week", "engineer-weeks");
                text += ", ";
                text += &format::usd_estimated(way.one_off.cost);
                text += ".";
            }
        }
        calculator.inputs.with(|inputs| {
            if shown.moving {
                text += " Both platforms run for ";
                let overlap = inputs.assumptions.move_overlap_months;
                text += &format::count(overlap, "month", "months");
                text += ".";
            }
            text += " Requests change by ";
            text += &format::number(inputs.growth_percent_per_month);
            text += " % a month.";
        });
        text
    })
}

fn table(shown: Shown) -> Html {
    let rows = move || {
        shown.with(|shown| {
            let Some(shown) = shown else {
                return Vec::new();
            };
            let usd = |usd: Option<f64>| {
                number_cell(match usd {
                    Some(usd) => format::usd(Usd::of(usd)),
                    None => "\u{2013}".to_owned(),
                })
            };
            (0..shown.done())
                .map(|n| {
                    let saved = shown.saved(n).map(Usd::get);
                    html("tr")
                        .has(html("th").is("scope", "row").has((n + 1).to_string()))
                        .has(number_cell(format::number(shown.requests[n])))
                        .has([shown.stay.spent[n], shown.go.spent[n], saved].map(usd))
                })
                .collect()
        })
    };
    let head = move || {
        let names = shown.with(|shown| {
            let shown = shown.as_ref()?;
            Some([&shown.stay, &shown.go].map(|way| {
                let name = months::name_of(shown, way.platform);
                html("th")
                    .is("scope", "col")
                    .is("class", "number")
                    .has(name)
            }))
        });
        html("tr")
            .has(column("Month"))
            .has(number_column("Requests"))
            .has(names)
            .has(number_column("Saved so far"))
    };
    let table = html("table")
        .has(html("thead").shows(head))
        .has(html("tbody").shows(rows));
    scrolled(TITLE, table)
}

/// Works it out anew whenever something has changed, in slices between which the page answers.
fn follow(calculator: Calculator, to: Pick, shown: Shown) {
    let run = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let inputs = calculator.inputs;
        let months = inputs.with(|inputs| {
            let assessment = calculator.assessment;
            assessment.with(|assessment| Months::new(inputs, assessment, to.get()))
        });
        calculator.book.track();
        run.update_value(|run| *run += 1);
        match months {
            Some(months) => slice(months, run.get_value(), run, calculator, shown),
            None => shown.set(None),
        }
    });
}

/// Does a slice of the work, unless it is another run's turn.
fn slice(
    mut months: Months,
    this: u32,
    run: StoredValue<u32>,
    calculator: Calculator,
    shown: Shown,
) {
    if run.try_get_value() != Some(this) {
        return;
    }
    let began = page::now_ms();
    let more = calculator.book.with_untracked(|book| {
        loop {
            let more = months.step(book);
            if !more || page::now_ms() - began > SLICE_MS {
                break more;
            }
        }
    });
    if more {
        set_timeout(
            move || slice(months, this, run, calculator, shown),
            Duration::ZERO,
        );
    } else {
        shown.set(Some(months));
    }
}
