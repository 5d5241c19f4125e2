//! The curve under every slider: the outcome over its range, all at one scale; and the inputs by how much they matter.

use super::{
    super::{
        controls::{id_of, track},
        html::{
            Html, all, button, classed, column, fold_later, html, note, number_cell, number_column,
            scrolled,
        },
        slices::Slices,
        state::Calculator,
    },
    chart::{paint, theme},
};
use crate::{
    chart::{
        slope::{self, View},
        theme::Theme,
    },
    format,
    model::{
        explore::{break_even::Best, flips::Setting, slopes::Slope},
        inputs::{FIELDS, Field, Inputs, Kind},
        units::Usd,
    },
    scenario::difference,
    web::{
        bridge, canvas, page,
        sliders::{self, Place, Slider},
    },
};
use leptos::prelude::*;

/// Where its words come to stand among the inputs.
pub(crate) const SLOPES: &str = "slopes";
const TITLE: &str = "slopes-title";
/// How many points a slope has, about.
const POINTS: usize = 16;

/// What is known of one slider.
struct Drawn {
    slider: Slider,
    slope: Slope,
    /// The size of its canvas. Asking for it makes the browser lay out the page, which no event of a drag has time for.
    size: Option<canvas::Size>,
}

/// Everything there is to draw.
#[derive(Clone, Copy)]
struct Slopes {
    calculator: Calculator,
    drawn: Place<Vec<Drawn>>,
    /// The colours; asking for them is slow, and they change with the theme alone.
    theme: StoredValue<Theme>,
    slices: Slices,
}

/// The curves, what they show, and the inputs by their influence.
pub(crate) fn slopes(calculator: Calculator) -> AnyView {
    let slopes = Slopes {
        calculator,
        drawn: StoredValue::new_local(Vec::new()),
        theme: StoredValue::new(theme()),
        slices: Slices::new(),
    };
    Effect::new(move |_| {
        calculator.inputs.track();
        calculator.book.track();
        slopes.begin();
    });
    sliders::on_new("inputs", move || slopes.begin());
    sliders::on_slide(move |id| slopes.draw(|drawn| drawn.slider.id == id));
    sliders::on_resize(move || {
        slopes.measure();
        slopes.draw(|_| true);
    });
    page::on_theme(move || {
        slopes.theme.try_set_value(theme());
        slopes.draw(|_| true);
    });
    let mut parts = vec![note(
        "Under each slider: what the cheapest serverless (solid) and Kubernetes (dashed) cost over its range, all on one scale, \
         an eighth to eight times of now. A ring marks where they change places.",
    )];
    parts.extend(order_of_inputs(calculator));
    all(parts)
}

impl Slopes {
    /// Finds the sliders and works out the slope of each, those in sight first.
    fn begin(self) {
        let inputs = self.calculator.inputs.get_untracked();
        let mut found = sliders::all();
        found.sort_by(|a, b| a.distance().total_cmp(&b.distance()));
        let drawn: Vec<Drawn> = found
            .into_iter()
            .filter_map(|slider| drawn(slider, &inputs))
            .collect();
        self.drawn.set_value(drawn);
        self.measure();
        let mut place = 0;
        self.slices.begin(move || {
            let Some(more) = self.step(place, &inputs) else {
                return false;
            };
            if !more {
                self.draw_at(place);
                place += 1;
            }
            true
        });
    }

    /// Takes the size of every canvas.
    fn measure(self) {
        self.drawn.try_update_value(|drawn| {
            for drawn in drawn {
                drawn.size = canvas::size_of(&drawn.slider.canvas, None);
            }
        });
    }

    /// One more point of a slope. Whether it has more; none where there is no such slope.
    fn step(self, place: usize, inputs: &Inputs) -> Option<bool> {
        self.drawn.try_update_value(|drawn| {
            let slope = &mut drawn.get_mut(place)?.slope;
            let book = self.calculator.book;
            Some(book.with_untracked(|book| slope.step(inputs, book)))
        })?
    }

    fn draw_at(self, place: usize) {
        self.drawn.with_value(|drawn| {
            if let Some(drawn) = drawn.get(place) {
                self.paint(drawn);
            }
        });
    }

    fn draw(self, which: impl Fn(&Drawn) -> bool) {
        self.drawn.try_with_value(|drawn| {
            for drawn in drawn.iter().filter(|drawn| which(drawn)) {
                self.paint(drawn);
            }
        });
    }

    fn paint(self, drawn: &Drawn) {
        let (slider, slope) = (&drawn.slider, &drawn.slope);
        let (Some(now), Some(size)) = (now(self.calculator), drawn.size) else {
            return;
        };
        if !slope.is_complete() {
            return;
        }
        let view = View {
            slope,
            thumb: slider.thumb(),
            now,
        };
        if let Some(backend) = canvas::backend(&slider.canvas, size) {
            let scene = |theme: &Theme, (width, _)| slope::scene(view, theme, width);
            self.theme
                .with_value(|theme| paint(&scene, backend, theme, size));
        }
    }
}

/// What the cheapest of both sides costs now.
fn now(calculator: Calculator) -> Option<f64> {
    let best = calculator.assessment.with_untracked(|assessment| {
        let comparison = &assessment.comparison;
        calculator
            .inputs
            .with_untracked(|inputs| Best::of(comparison, inputs))
    });
    slope::least(best.sides())
}

fn drawn(slider: Slider, inputs: &Inputs) -> Option<Drawn> {
    let field = FIELDS.iter().find(|field| id_of(field) == slider.id)?;
    let slope = slope_of(field, inputs)?;
    Some(Drawn {
        slider,
        slope,
        size: None,
    })
}

/// The slope of a number at the positions of its slider, none of it known yet.
fn slope_of(field: &'static Field, inputs: &Inputs) -> Option<Slope> {
    let Kind::Number { range, get, .. } = field.kind else {
        return None;
    };
    let track = track::Track::of(&range);
    let last = track.last();
    let present = track.position(get(inputs));
    let stride = last.div_ceil(POINTS).max(1);
    let places = (0..=last)
        .filter(|position| position % stride == 0 || *position == last || *position == present)
        .map(|position| {
            // The thumb stands on the nearest position, and the curve has what is really set there.
            let value = if position == present {
                get(inputs)
            } else {
                track.value(position)
            };
            (position as f64 / last.max(1) as f64, value)
        })
        .collect();
    Some(Slope::new(field, places))
}

/// The inputs by influence: the switch, and the table behind the curves.
fn order_of_inputs(calculator: Calculator) -> Vec<Html> {
    let by_influence = RwSignal::new(false);
    let slices = Slices::new();
    let tell = move |on: bool| {
        by_influence.set(on);
        if on {
            rank(calculator, slices, move |slopes| {
                let ids: Vec<String> = slopes.iter().map(|slope| id_of(slope.field)).collect();
                bridge::tell(bridge::ORDER, &ids.join(","));
            });
        } else {
            bridge::tell(bridge::ORDER, "");
        }
    };
    let choice = |label, on| {
        button(label, move || tell(on)).now_is("aria-pressed", move || {
            Some((by_influence.get() == on).to_string())
        })
    };
    vec![
        classed("div", "segments")
            .is("role", "group")
            .is("aria-label", "Order of the inputs")
            .has([choice("By topic", false), choice("By influence", true)]),
        fold_later(
            false,
            html("span")
                .is("id", TITLE)
                .has("The numbers behind the curves"),
            move || influences(calculator),
        )
        .is("id", "slopes-table"),
    ]
}

/// Works out the slope of every number and hands them on, the steepest first.
fn rank(calculator: Calculator, slices: Slices, then: impl Fn(Vec<Slope>) + 'static) {
    let inputs = calculator.inputs.get_untracked();
    let mut slopes: Vec<Slope> = FIELDS
        .iter()
        .filter_map(|field| slope_of(field, &inputs))
        .collect();
    let mut place = 0;
    slices.begin(move || {
        let Some(slope) = slopes.get_mut(place) else {
            let mut ranked = slopes.clone();
            ranked.sort_by(|a, b| b.swing().total_cmp(&a.swing()));
            then(ranked);
            return false;
        };
        let book = calculator.book;
        if !book.with_untracked(|book| slope.step(&inputs, book)) {
            place += 1;
        }
        true
    });
}

/// The numbers behind the curves.
fn influences(calculator: Calculator) -> Html {
    let ranked = RwSignal::new(Vec::<Slope>::new());
    let slices = Slices::new();
    Effect::new(move |_| {
        calculator.inputs.track();
        calculator.book.track();
        rank(calculator, slices, move |slopes| ranked.set(slopes));
    });
    let head = html("tr").has(column("Input")).has([
        number_column("At its least"),
        number_column("Now"),
        number_column("At its most"),
        number_column("The sides change places at"),
    ]);
    let rows = move || {
        let now = now(calculator).map_or(String::new(), |usd| format::usd_about(Usd::of(usd)));
        ranked.with(|slopes| {
            slopes
                .iter()
                .map(|slope| row(slope, &now, calculator))
                .collect::<Vec<_>>()
        })
    };
    let table = html("table")
        .has(html("thead").has(head))
        .has(html("tbody").shows(rows));
    html("div")
        .has(note(
            "What the cheapest platform of both sides costs a month, all in, with one input changed.",
        ))
        .has(scrolled(TITLE, table))
}

fn row(slope: &Slope, now: &str, calculator: Calculator) -> Html {
    let usd = |point: usize| match slope::least(slope.sides(point)) {
        Some(usd) => format::usd_about(Usd::of(usd)),
        None => "\u{2013}".to_owned(),
    };
    let at = |position: f64| {
        // The nearest of the positions that were worked out.
        let after = slope.places.partition_point(|(place, _)| *place < position);
        let value = slope.places[after.min(slope.places.len() - 1)].1;
        calculator.inputs.with_untracked(|inputs| {
            let put = Setting::Number(value).put(slope.field, inputs);
            difference::value(slope.field, &put)
        })
    };
    let crossings: Vec<String> = slope.crossings().into_iter().map(at).collect();
    let crossings = if crossings.is_empty() {
        "\u{2013}".to_owned()
    } else {
        ["about ", &crossings.join(", ")].concat()
    };
    html("tr")
        .has(html("th").is("scope", "row").has(slope.field.label))
        .has([
            number_cell(usd(0)),
            number_cell(now.to_owned()),
            number_cell(usd(slope.places.len() - 1)),
            number_cell(crossings),
        ])
}
