//! The chart of monthly cost per platform, and its numbers as a table.

use super::{
    super::{
        html::{Html, classed, column, fold, html, number_cell, number_column, scrolled},
        state::Calculator,
    },
    bill::name_of,
};
use crate::{
    chart::{
        bars::{self, Bar, Marks},
        theme::Theme,
    },
    format,
    model::{bill::Part, units::Usd},
    web::{canvas, page},
};
use leptos::{html::Canvas, prelude::*};
use plotters::style::RGBColor;

/// Stacked bars, drawn on a canvas; the same numbers stand in a table for whoever can't see them.
pub(crate) fn cost_chart(calculator: Calculator) -> Html {
    let bars = Memo::new(move |_| {
        calculator
            .assessment
            .with(|assessment| bars::bars(&assessment.comparison))
    });
    let place: NodeRef<Canvas> = NodeRef::new();
    let size = RwSignal::new(None);
    let painted = RwSignal::new(());
    page::on_theme(move || {
        painted.try_set(());
    });
    Effect::new(move |_| {
        if let Some(canvas) = place.get() {
            canvas::watch(&canvas, size);
        }
    });
    Effect::new(move |_| {
        let (Some(canvas), Some(size)) = (place.get(), size.get()) else {
            return;
        };
        painted.track();
        if let Some(backend) = canvas::backend(&canvas, size) {
            // A chart that can't be drawn is missed by nobody who can read the table.
            let _ =
                bars.with(|bars| bars::draw(backend, bars, Marks::default(), &theme(), size.ratio));
        }
    });
    let keys = Part::ALL.map(|part| {
        html("li")
            .is("class", &format!("key key-{}", part.id()))
            .has(name_of(part))
    });
    let canvas = view! {
        <canvas
            node_ref=place
            class="bars"
            role="img"
            aria-labelledby="chart-title"
            aria-describedby="chart-table"
            style:--rows=move || bars.with(Vec::len).max(1).to_string()
        ></canvas>
    };
    classed("figure", "chart")
        .is("aria-labelledby", "chart-title")
        .has(
            html("figcaption")
                .is("id", "chart-title")
                .has("Where the money goes, US dollars a month"),
        )
        .has(classed("ul", "legend").has(keys))
        .has(canvas.into_any())
        .has(fold("The numbers of the chart").has(chart_table(bars)))
}

fn chart_table(bars: Memo<Vec<Bar>>) -> Html {
    let cell = |usd: f64| number_cell(format::usd(Usd::of(usd)));
    let rows = move || {
        bars.with(|bars| {
            bars.iter()
                .map(|bar| {
                    html("tr")
                        .has(html("th").is("scope", "row").has(bar.platform.name()))
                        .has(bar.parts.map(cell))
                        .has(cell(bar.total()))
                })
                .collect::<Vec<_>>()
        })
    };
    let head = html("tr")
        .has(column("Platform"))
        .has(Part::ALL.map(|part| number_column(name_of(part))))
        .has(number_column("Total"));
    let table = html("table")
        .is("id", "chart-table")
        .has(html("thead").has(head))
        .has(html("tbody").shows(rows));
    scrolled("chart-title", table)
}

/// The theme as the page's style sheet has it now.
fn theme() -> Theme {
    let default = Theme::default();
    let colour = |name: &str, or: RGBColor| {
        page::style_property(name)
            .and_then(|text| hex(&text))
            .unwrap_or(or)
    };
    let mut parts = default.parts;
    for (part, place) in Part::ALL.into_iter().zip(&mut parts) {
        *place = colour(&format!("--part-{}", part.id()), *place);
    }
    let mut series = default.series;
    for (n, place) in series.iter_mut().enumerate() {
        *place = colour(&format!("--series-{}", n + 1), *place);
    }
    Theme {
        text: colour("--text", default.text),
        muted: colour("--muted", default.muted),
        grid: colour("--line", default.grid),
        panel: colour("--panel", default.panel),
        accent: colour("--accent", default.accent),
        parts,
        series,
        patterned: false,
        font: page::style_property("--font").unwrap_or(default.font),
    }
}

/// A colour written as `#rrggbb`.
fn hex(text: &str) -> Option<RGBColor> {
    let digits = text
        .strip_prefix('#')
        .filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let channel = |n: usize| u8::from_str_radix(&digits[n..n + 2], 16).ok();
    Some(RGBColor(channel(0)?, channel(2)?, channel(4)?))
}
