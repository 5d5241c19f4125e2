//! How sure it is: thousands of samples of what is only roughly known, drawn in slices once somebody looks.

use super::super::{
    html::{Html, classed, html, note, scrolled, section_later},
    kit::{
        chart_canvas::{Names, Shown, chart_canvas, shown},
        chart_table,
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
const SEED: &str = "seed";
/// After how many samples it is message how many there are.
const TOLD: usize = 20;

/// The section, made when it is opened.
pub(crate) fn ranges_panel(calculator: Calculator) -> Html {
    section_later(
        "ranges",
        "How sure it is",
        "How sure is it?",
        false,
        move || body(calculator),
    )
}

/// What draws, and what is known of it.
#[derive(Clone, Copy)]
struct Sampler {
    calculator: Calculator,
    sampled: RwSignal<Option<Sampled>>,
    /// How many samples are drawn, while more are.
    drawn: RwSignal<Option<usize>>,
    seed: RwSignal<String>,
    slices: Slices,
}

fn body(calculator: Calculator) -> Vec<Html> {
    let sampler = Sampler {
        calculator,
        sampled: RwSignal::new(None),
        drawn: RwSignal::new(None),
        seed: RwSignal::new("1".to_owned()),
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
    vec![
        note(
            "Type 5..9 into any number, or 50ms..90ms, and it is a range: nine times in ten what you mean lies between. All \
             other results are those of its middle.",
        ),
        classed("p", "note").is("id", "varied").says(varied),
        sampler.controls(),
        chart(shown),
        scrolled(
            NAMES.title,
            chart_table::table(shown).is("id", "ranges-table"),
        ),
    ]
}

impl Sampler {
    /// Draws anew, unless the seed is none.
    fn start(self) {
        self.slices.stop();
        let Ok(seed) = self.seed.get_untracked().parse() else {
            return self.drawn.set(None);
        };
        let calculator = self.calculator;
        let mut sampling = calculator.inputs.with_untracked(|inputs| {
            let book = |book: &_| Sampling::new(inputs, book, Bands::All, seed, SAMPLES);
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

    fn controls(self) -> Html {
        let drawn = self.drawn;
        let seed = html("input")
            .is("id", SEED)
            .is("type", "text")
            .is("autocomplete", "off")
            .is("aria-describedby", "seed-message")
            .value(move || self.seed.get())
            .on_value("change", move |text| {
                self.seed.set(text.trim().to_owned());
                self.start();
            });
        let refused = move || {
            let seed = self.seed.get();
            if seed.parse::<u64>().is_ok() {
                String::new()
            } else {
                format::refused(&seed, "a whole number, 0 or more")
            }
        };
        let action = html("button")
            .is("type", "button")
            .on("click", move |_| self.press())
            .says(move || {
                if drawn.get().is_some() {
                    "Cancel"
                } else {
                    "Sample again"
                }
                .to_owned()
            });
        let progress = html("progress")
            .is("aria-label", "Samples")
            .is("max", &SAMPLES.to_string())
            .now_is("value", move || {
                Some(drawn.get().unwrap_or(SAMPLES).to_string())
            })
            .now_flag("hidden", move || drawn.get().is_none());
        let message = move || match (drawn.get(), self.sampled.get()) {
            (Some(_), _) | (_, None) => String::new(),
            (None, Some(sampled)) => summary(&sampled),
        };
        classed("div", "group")
            .has(
                classed("div", "field")
                    .flag("data-own", true)
                    .has(
                        html("label")
                            .is("for", SEED)
                            .has("Seed: the same one draws the same"),
                    )
                    .has(seed)
                    .has(
                        classed("p", "message")
                            .is("id", "seed-message")
                            .is("role", "alert")
                            .says(refused),
                    ),
            )
            .has(classed("p", "actions").has([action, progress]))
            .has(classed("p", "headline").is("role", "status").says(message))
    }
}

/// The bars of the samples.
fn chart(shown: Shown) -> Html {
    classed("figure", "chart")
        .is("aria-labelledby", "ranges-caption")
        .has(
            html("figcaption")
                .is("id", "ranges-caption")
                .has("What it may cost, US dollars a month"),
        )
        .has(chart_canvas(NAMES, shown))
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
