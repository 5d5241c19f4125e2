//! What staying and moving come to over three years, as requests grow.

use super::{
    super::{html::Html, slices::Slices, state::Calculator},
    pictures::{Data, Face, Picks, Shown, Table, section},
};
use leptos::prelude::*;
pub(super) use months::{at, read_out, reading, scene, terms};
use plimsoll_chart::months;
use plimsoll_model::{
    explore::months::{MONTHS, Months},
    units::Usd,
};
use plimsoll_wording::format;

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
    input: Some((
        plimsoll_model::inputs::at::growth_percent_per_month,
        "Change the growth",
    )),
    work,
};

/// How many months are read out.
pub(super) const COUNT: usize = MONTHS;

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
fn work(calculator: Calculator, picks: Picks, shown: Shown, slices: Slices) {
    let mut months = calculator.inputs.with(|inputs| {
        let assessment = calculator.assessment;
        assessment.with(|assessment| Months::new(inputs, assessment, picks[0].get()))
    });
    calculator.book.track();
    slices.begin(move || {
        let step = |months: &mut Months| calculator.book.with_untracked(|book| months.step(book));
        let more = months.as_mut().is_some_and(step);
        if !more {
            let done = months.take();
            shown.set(done.map_or(Data::Nothing, |months| Data::Months(Box::new(months))));
        }
        more
    });
}
