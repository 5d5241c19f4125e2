//! What staying and moving come to over three years, as requests grow.

use super::{
    super::{html::Html, state::Calculator},
    pictures::{Data, Face, Picks, Run, Shown, Table, section},
};
use crate::{
    chart::months,
    format,
    model::{
        explore::months::{MONTHS, Months},
        units::Usd,
    },
    web::page,
};
use leptos::prelude::*;
pub(super) use months::{at, read_out, reading, scene, terms};
use std::time::Duration;

static FACE: Face = Face {
    id: "months",
    class: "months",
    heading: "h2",
    title_id: "months-title",
    title: "Staying or moving, over 36 months",
    label: "Month",
    table_id: "months-table",
    numbers: "The numbers of the months",
    picks: &[("months-to", "Compare with", "As suggested", None)],
    input: Some(("growth_percent_per_month", "Change the growth")),
    work,
};

/// How many months are read out.
pub(super) const COUNT: usize = MONTHS;
/// How long one slice of the work may take, ms: the page answers in between.
const SLICE_MS: f64 = 6.0;

/// The months behind their heading.
pub(crate) fn months_panel(calculator: Calculator) -> Html {
    section(&FACE, calculator)
}

pub(super) fn table(months: &Months) -> Table {
    let ways = [&months.stay, &months.go];
    let mut heads = vec!["Month".to_owned(), "Requests".to_owned()];
    heads.extend(ways.map(|way| months::name_of(months, way.platform)));
    heads.push("Saved so far".to_owned());
    let usd = |usd: Option<f64>| match usd {
        Some(usd) => format::usd(Usd::of(usd)),
        None => "\u{2013}".to_owned(),
    };
    let row = |n: usize| {
        let mut row = vec![(n + 1).to_string(), format::number(months.requests[n])];
        let saved = months.saved(n).map(Usd::get);
        row.extend([ways[0].spent[n], ways[1].spent[n], saved].map(usd));
        row
    };
    (heads, (0..months.done()).map(row).collect())
}

/// Works it out in slices between which the page answers.
fn work(calculator: Calculator, picks: Picks, shown: Shown, run: Run) {
    let months = calculator.inputs.with(|inputs| {
        let assessment = calculator.assessment;
        assessment.with(|assessment| Months::new(inputs, assessment, picks[0].get()))
    });
    calculator.book.track();
    match months {
        Some(months) => slice(months, run.get_value(), run, calculator, shown),
        None => shown.set(Data::Nothing),
    }
}

/// Does a slice of the work, unless it is another run's turn.
fn slice(mut months: Months, this: u32, run: Run, calculator: Calculator, shown: Shown) {
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
        shown.set(Data::Months(Box::new(months)));
    }
}
