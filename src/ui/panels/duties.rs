//! The ten duties of a cluster's owner: a worksheet for one's own figure of hours.

use super::super::{
    kit::{
        events::{entered, press},
        fold::Section,
        scrolled::Scrolled,
    },
    state::Calculator,
};
use leptos::prelude::*;
use plimsoll_model::{
    duties::{DUTIES, estimate, on},
    inputs::at,
    platform::Platform,
};
use plimsoll_wording::format;

/// Hours a week that one duty may take.
const MOST_HOURS: f64 = 1_000.0;

/// The hours that were typed; none where our estimate holds.
type Own = RwSignal<[Option<f64>; DUTIES.len()]>;

/// The hours of each duty on Kubernetes.
type Hours = Memo<[f64; DUTIES.len()]>;

/// What is left of each duty on the platform whose bill is shown.
type Shown = Memo<Option<(Platform, [Option<f64>; DUTIES.len()])>>;

/// The worksheet, made when it is opened.
#[component]
pub(crate) fn DutiesPanel() -> impl IntoView {
    view! {
        <Section id="duties" label="Hours of work" title="Hours of work">
            <Worksheet />
        </Section>
    }
}

#[component]
fn Worksheet() -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
    let own = Own::new([None; DUTIES.len()]);
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
    let shown = Memo::new(move |_| {
        let platform = calculator.shown()?;
        Some((
            platform,
            calculator.inputs.with(|inputs| on(platform, inputs)),
        ))
    });
    let name = move || match shown.get() {
        Some((platform, _)) => ["On ", platform.name()].concat(),
        None => String::new(),
    };
    let sum_there = move || match shown.get() {
        Some((_, hours)) => format::number(to_tenths(hours.iter().flatten().sum())),
        None => String::new(),
    };
    let take = move || {
        let hours = to_tenths(sum());
        calculator.change(Vec::new(), |inputs| {
            at::team::ops_hours_per_week::kubernetes.set_number(inputs, hours);
        });
    };
    let rows = (0..DUTIES.len())
        .map(|n| view! { <Row n own hours shown told /> }.into_any())
        .collect_view();
    view! {
        <p class="note">
            "Our estimate of hours on Kubernetes with nodes of your own, by the calibration that you chose, spread over the \
            ten duties of whoever owns a cluster; and what is left of them on the platform whose bill is shown. Put in your \
            own; their sum can stand in for the estimate."
        </p>
        <Scrolled title="duties-title">
            <table class="sources">
                <thead>
                    <tr>
                        <th scope="col">"Duty"</th>
                        <th scope="col" class="number">"Hours a week on Kubernetes"</th>
                        <th scope="col">{move || name()}</th>
                        <th scope="col">"What it is"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">"Together"</th>
                        <td class="number">{move || format::number(sum())}</td>
                        <td class="here">{move || sum_there()}</td>
                        <td></td>
                    </tr>
                </tfoot>
            </table>
        </Scrolled>
        <p class="message" role="alert">{told}</p>
        <p class="actions">
            <button type="button" on:click=press(take)>"Use the sum as our hours on Kubernetes"</button>
        </p>
    }
}

/// A duty, with a field for one's own hours.
#[component]
fn Row(n: usize, own: Own, hours: Hours, shown: Shown, told: RwSignal<String>) -> impl IntoView {
    let duty = &DUTIES[n];
    let there = move || match shown.get() {
        Some((_, hours)) => hours[n].map_or("the platform does it".to_owned(), |hours| {
            format::number(to_tenths(hours))
        }),
        None => String::new(),
    };
    let take = move |text: String| {
        let typed = format::parse_quantity(&text, "hours per week");
        let legal = typed.filter(|x| (0.0..=MOST_HOURS).contains(x));
        if legal.is_none() && !text.trim().is_empty() {
            return told.set(
                [
                    "\u{201c}",
                    &text,
                    "\u{201d} can't be used; allowed: 0 to 1,000 hours per week, or nothing for \
                  our estimate.",
                ]
                .concat(),
            );
        }
        told.set(String::new());
        own.update(|own| own[n] = legal);
    };
    view! {
        <tr data-own=move || own.get()[n].is_some()>
            <th scope="row">{duty.label}</th>
            <td class="number">
                <input
                    type="text"
                    autocomplete="off"
                    aria-label=duty.label
                    prop:value=move || format::number(hours.get()[n])
                    on:change=entered(take)
                />
            </td>
            <td class="here">{move || there()}</td>
            <td class="source">{duty.about}</td>
        </tr>
    }
}

fn to_tenths(hours: f64) -> f64 {
    (hours * 10.0).round() / 10.0
}
