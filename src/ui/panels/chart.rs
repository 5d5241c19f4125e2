//! The chart of monthly cost per platform, and its numbers as a table.

use super::{super::state::Calculator, bill::name_of};
use crate::{
    chart::bars::{self, Bar, Theme},
    format,
    model::{bill::Part, units::Usd},
    web::{canvas, page},
};
use leptos::{html::Canvas, prelude::*};
use plotters::style::RGBColor;

/// Stacked bars, drawn on a canvas; the same numbers stand in a table for whoever can't see them.
#[component]
pub(crate) fn CostChart() -> impl IntoView {
    let calculator = expect_context::<Calculator>();
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
            let _ = bars.with(|bars| bars::draw(backend, bars, &theme(), size.ratio));
        }
    });
    view! {
        <figure class="chart" aria-labelledby="chart-title">
            <figcaption id="chart-title">"Where the money goes, US dollars a month"</figcaption>
            <ul class="legend">
                {Part::ALL
                    .map(|part| view! { <li class=format!("key key-{}", part.id())>{name_of(part)}</li> })
                    .collect_view()}
            </ul>
            <canvas
                node_ref=place
                class="bars"
                role="img"
                aria-labelledby="chart-title"
                aria-describedby="chart-table"
                style:--rows=move || bars.with(Vec::len).max(1).to_string()
            ></canvas>
            <details>
                <summary>"The numbers of the chart"</summary>
                <ChartTable bars />
            </details>
        </figure>
    }
}

#[component]
fn ChartTable(bars: Memo<Vec<Bar>>) -> impl IntoView {
    let cell = |usd: f64| view! { <td class="number">{format::usd(Usd::of(usd))}</td> };
    view! {
        <div class="scroll" tabindex="0" role="group" aria-labelledby="chart-title">
            <table id="chart-table">
                <thead>
                    <tr>
                        <th scope="col">"Platform"</th>
                        {Part::ALL
                            .map(|part| view! { <th scope="col" class="number">{name_of(part)}</th> })
                            .collect_view()}
                        <th scope="col" class="number">"Total"</th>
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        bars.get()
                            .into_iter()
                            .map(|bar| {
                                view! {
                                    <tr>
                                        <th scope="row">{bar.name}</th>
                                        {bar.parts.map(cell).collect_view()}
                                        {cell(bar.total())}
                                    </tr>
                                }
                            })
                            .collect_view()
                    }}
                </tbody>
            </table>
        </div>
    }
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
    Theme {
        text: colour("--text", default.text),
        grid: colour("--line", default.grid),
        parts,
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
