//! How sure it is: thousands of samples of what is only roughly known, drawn in slices once somebody looks.

use super::super::{
    kit::{
        chart_canvas::{Names, chart_canvas, shown},
        chart_table::Numbers,
        events::press,
        fold::Section,
        scrolled::Scrolled,
    },
    slices::Slices,
    state::Calculator,
};
use leptos::prelude::*;
use plimsoll_chart::ranges::Ranges;
use plimsoll_model::{
    explore::sample::{Bands, SAMPLES, Sampled, Sampling},
    inputs::Field,
};
use plimsoll_wording::{difference, format};

const NAMES: Names = Names {
    class: "ranges",
    title: "ranges-title",
    label: "Range of the monthly cost by platform",
};
/// Where the samples begin: the same ones each time, so that the same inputs say the same.
const SEED: u64 = 1;
/// After how many samples it is message how many there are.
const TOLD: usize = 20;

/// The section, made when it is opened.
#[component]
pub(crate) fn RangesPanel() -> impl IntoView {
    view! {
        <Section id="ranges" label="How sure it is" title="How sure?">
            <Body />
        </Section>
    }
}

/// What draws, and what is known of it.
#[derive(Clone, Copy)]
struct Sampler {
    calculator: Calculator,
    sampled: RwSignal<Option<Sampled>>,
    /// How many samples are drawn, while more are.
    drawn: RwSignal<Option<usize>>,
    slices: Slices,
}

#[component]
fn Body() -> impl IntoView {
    let calculator = Calculator::from_context().debounced();
    let sampler = Sampler {
        calculator,
        sampled: RwSignal::new(None),
        drawn: RwSignal::new(None),
        slices: Slices::new(),
    };
    Effect::new(move |_| {
        calculator.inputs.track();
        calculator.book.track();
        sampler.start();
    });
    let (_, shown) = shown(move || Ranges {
        sampled: sampler.sampled.get(),
    });
    let varied = move || {
        calculator.inputs.with(|inputs| {
            let ranges: Vec<String> = inputs
                .ranges
                .iter()
                .filter_map(|between| Field::find(between.path))
                .map(|field| [field.label, ", ", &difference::value(field, inputs), "; "].concat())
                .collect();
            [
                "What varies: ",
                &ranges.concat(),
                "engineering time that nobody has tracked, within its range; prices and quantities that we assume; what \
                 the model can\u{2019}t know of routing and rounding. Published prices stay.",
            ]
            .concat()
        })
    };
    view! {
        <p class="note">
            "Type 5..9 into any number, or 50ms..90ms, and it is a range: nine times in ten what you mean lies between. All \
            other results are those of its middle."
        </p>
        <p class="note" id="varied">{move || varied()}</p>
        <Controls sampler />
        <figure class="chart" aria-labelledby="ranges-caption">
            <figcaption id="ranges-caption">"What it may cost, US dollars a month"</figcaption>
            {chart_canvas(NAMES, shown)}
        </figure>
        <Scrolled title=NAMES.title>
            <Numbers id="ranges-table" shown />
        </Scrolled>
    }
}

impl Sampler {
    /// Draws anew.
    fn start(self) {
        self.slices.stop();
        let calculator = self.calculator;
        let mut sampling = calculator.inputs.with_untracked(|inputs| {
            let book = |book: &_| Sampling::new(inputs, book, Bands::All, SEED, SAMPLES);
            calculator.book.with_untracked(book)
        });
        self.drawn.set(Some(0));
        self.slices.begin(move || {
            // Whoever cancels sees what there is.
            let goes_on = self.drawn.get_untracked().is_some() && sampling.step();
            if !goes_on {
                self.drawn.set(None);
                if sampling.done() > 0 {
                    self.sampled.set(Some(sampling.result()));
                }
            } else if sampling.done() % TOLD == 0 {
                self.drawn.set(Some(sampling.done()));
            }
            goes_on
        });
    }

    fn press(self) {
        if self.drawn.get_untracked().is_some() {
            // The next step sees it.
            self.drawn.set(None);
        } else {
            self.start();
        }
    }
}

/// The button, and what the samples say.
#[component]
fn Controls(sampler: Sampler) -> impl IntoView {
    let Sampler { sampled, drawn, .. } = sampler;
    let action = move || match drawn.get() {
        Some(_) => "Cancel".to_owned(),
        None => "Sample again".to_owned(),
    };
    let message = move || match (drawn.get(), sampled.get()) {
        (Some(_), _) | (_, None) => String::new(),
        (None, Some(sampled)) => summary(&sampled),
    };
    view! {
        <div class="group">
            <p class="actions">
                <button type="button" on:click=press(move || sampler.press())>{move || action()}</button>
                <progress
                    aria-label="Samples"
                    max=SAMPLES.to_string()
                    value=move || drawn.get().unwrap_or(SAMPLES).to_string()
                    hidden=move || drawn.get().is_none()
                ></progress>
            </p>
            <p class="headline" role="status">{move || message()}</p>
        </div>
    }
}

/// What the samples say, in a sentence.
fn summary(sampled: &Sampled) -> String {
    let mut best: Option<(&str, f64)> = None;
    for spread in &sampled.spreads {
        if best.is_none_or(|(_, share)| spread.recommended > share) {
            best = Some((spread.platform.name(), spread.recommended));
        }
    }
    let (name, share) = match best {
        Some((name, share)) if share > sampled.none => (name, share),
        _ => ("No platform", sampled.none),
    };
    let count = format::number(sampled.samples as f64);
    let stopped = if sampled.samples < SAMPLES {
        "Stopped: "
    } else {
        ""
    };
    [
        stopped,
        name,
        " is the answer in ",
        &format::chance(share),
        " of ",
        &count,
        " samples.",
    ]
    .concat()
}
