//! The ten duties of a cluster's owner: a worksheet for one's own figure of hours.

use super::super::{
    html::{Html, button, classed, column, html, note, number_column, scrolled, section_later},
    state::Calculator,
};
use leptos::prelude::*;
use plimsoll_model::{
    duties::{DUTIES, estimate},
    inputs::at,
};
use plimsoll_wording::format;

/// Hours a week that one duty may take.
const MOST_HOURS: f64 = 1_000.0;

/// The worksheet, made when it is opened.
pub(crate) fn duties_panel(calculator: Calculator) -> Html {
    section_later(
        "duties",
        "The ten duties",
        "The ten duties of a cluster\u{2019}s owner",
        false,
        move || body(calculator),
    )
}

fn body(calculator: Calculator) -> Vec<Html> {
    // What was typed; our estimate where nothing was.
    let own = RwSignal::new([None::<f64>; DUTIES.len()]);
    let told = RwSignal::new(String::new());
    let hours = Memo::new(move |_| {
        let estimate = calculator.inputs.with(estimate);
        let mut hours = own.get().into_iter().zip(estimate);
        [(); DUTIES.len()].map(|()| {
            let (own, estimated) = hours.next().unwrap_or_default();
            own.unwrap_or(estimated)
        })
    });
    let sum = move || hours.get().iter().sum::<f64>();
    let rows: Vec<Html> = DUTIES
        .iter()
        .enumerate()
        .map(|(n, duty)| {
            let take = move |text: String| {
                let typed = format::parse_quantity(&text, "hours per week");
                let legal = typed.filter(|x| (0.0..=MOST_HOURS).contains(x));
                if legal.is_none() && !text.trim().is_empty() {
                    return told.set(
                        ["\u{201c}", &text, "\u{201d} can't be used; allowed: 0 to 1,000 hours per week, or nothing for \
                          our estimate."]
                        .concat(),
                    );
                }
                told.set(String::new());
                own.update(|own| own[n] = legal);
            };
            let entry = html("input")
                .is("type", "text")
                .is("autocomplete", "off")
                .is("aria-label", duty.label)
                .value(move || format::number(hours.get()[n]))
                .on_value("change", take);
            html("tr")
                .now_flag("data-own", move || own.get()[n].is_some())
                .has(html("th").is("scope", "row").has(duty.label))
                .has(classed("td", "number").has(entry))
                .has(classed("td", "source").has(duty.about))
        })
        .collect();
    let head = html("tr")
        .has(column("Duty"))
        .has(number_column("Hours a week"))
        .has(column("What it is"));
    let foot = html("tr")
        .has(html("th").is("scope", "row").has("Together"))
        .has(classed("td", "number").says(move || format::number(sum())))
        .has(html("td"));
    let table = classed("table", "sources")
        .has(html("thead").has(head))
        .has(html("tbody").has(rows))
        .has(html("tfoot").has(foot));
    let take = move || {
        let hours = sum();
        calculator.change(Vec::new(), |inputs| {
            let field = at::team::ops_hours_per_week::kubernetes;
            field.set_number(inputs, (hours * 10.0).round() / 10.0);
        });
    };
    vec![
        note(
            "Our estimate of hours on Kubernetes, spread over what they go into. Put in your own; their sum can stand in for \
             the estimate.",
        ),
        scrolled("duties-title", table),
        classed("p", "message")
            .is("role", "alert")
            .says(move || told.get()),
        classed("p", "actions").has(button("Use the sum as our hours on Kubernetes", take)),
    ]
}
