//! The week's load from the user's own figures.

use super::super::{kit::events::press, state::Calculator};
use crate::web::page;
use leptos::prelude::*;
use plimsoll_formats::traffic_csv;
use plimsoll_model::inputs::{Inputs, Shape, at};
use plimsoll_wording::format;

/// Where to go with a CSV of request counts.
pub(super) fn own_week(calculator: Calculator) -> AnyView {
    let note = if calculator.is_locked("traffic.grid") {
        "The week is set by this page."
    } else {
        "Your own week, hour by hour, comes from a CSV of request counts."
    };
    let open = || page::unfold_to("import-text".to_owned(), "import");
    view! {
        <div class="field stacked">
            <p class="note">{note}</p>
            <button type="button" on:click=press(open)>
                "Use your own week"
            </button>
        </div>
    }
    .into_any()
}

/// The inputs with the week that a CSV has, and what was understood of it.
pub(super) fn week_of(text: &str, now: &Inputs) -> Result<(Inputs, String), String> {
    let reading = traffic_csv::read(text).map_err(|mistake| mistake.to_string())?;
    let range = at::http::requests_per_month.range();
    let requests = range.map_or(reading.requests_per_month, |range| {
        range.clamp(reading.requests_per_month.round())
    });
    let mut inputs = now.clone();
    inputs.traffic.grid = reading.grid;
    inputs.traffic.shape = Shape::Grid;
    inputs.http.requests_per_month = requests;
    let requests = format::number(requests);
    Ok((
        inputs,
        [
            &reading.understood,
            " That is ",
            &requests,
            " requests a month.",
        ]
        .concat(),
    ))
}
