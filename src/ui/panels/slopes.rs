//! The curve under every slider: the outcome over its range, all at one scale; and the inputs by how much they matter.

use super::super::{
    controls::track,
    debounce::Debounce,
    html::{Html, all, column, fold_later, html, note, number_cell, number_column, scrolled},
    kit::chart_canvas::{paint, theme},
    slices::Slices,
    state::Calculator,
};
use crate::web::{canvas, page};
use leptos::{html::Canvas, prelude::*};
use plimsoll_chart::{
    slope::{self, View},
    theme::Theme,
};
use plimsoll_model::{
    compare::Best,
    explore::{flips::Setting, slopes::Slope},
    inputs::{FIELDS, Field, Inputs, Kind},
    units::Usd,
};
use plimsoll_wording::{difference, format};
use std::time::Duration;
use web_sys::HtmlCanvasElement;

const TITLE: &str = "slopes-title";
/// How many points a slope has, about.
const POINTS: usize = 16;
/// How long sliders are waited for that come together, and at the start for the first answer to be painted.
const TOGETHER: Duration = Duration::from_millis(60);

/// A slider's canvas, and what is drawn there.
struct Drawn {
    field: &'static Field,
    canvas: HtmlCanvasElement,
    /// Where the thumb is, from 0 to 1.
    thumb: Memo<f64>,
    slope: Option<Slope>,
    /// The size of the canvas. Asking for it makes the browser lay out the page, which no event of a drag has time for.
    size: Option<canvas::Size>,
}

impl Drawn {
    /// How far it is from what is seen, CSS pixels; zero where it is seen itself.
    fn distance(&self) -> f64 {
        let rect = self.canvas.get_bounding_client_rect();
        (rect.top() - page::window_height())
            .max(-rect.bottom())
            .max(0.0)
    }
}

/// The curves of all sliders that are on the page. They share one scale and one queue of work.
#[derive(Clone, Copy)]
pub(crate) struct Slopes {
    calculator: Calculator,
    drawn: page::Local<Vec<Drawn>>,
    /// The colours; asking for them is slow, and they change with the theme alone.
    theme: StoredValue<Theme>,
    slices: Slices,
    gathering: Debounce,
}

impl Slopes {
    /// No slider is on the page yet. The curves follow the inputs of that calculator.
    pub(crate) fn new(calculator: Calculator) -> Self {
        let slopes = Self {
            calculator,
            drawn: StoredValue::new_local(Vec::new()),
            theme: StoredValue::new(theme()),
            slices: Slices::new(),
            gathering: Debounce::after(TOGETHER),
        };
        Effect::new(move |first: Option<()>| {
            calculator.inputs.track();
            calculator.book.track();
            // At first there is no slider.
            if first.is_some() {
                slopes.begin();
            }
        });
        page::on_resize(move || {
            slopes.measure();
            slopes.draw(|_| true);
        });
        page::on_theme(move || {
            slopes.theme.try_set_value(theme());
            slopes.draw(|_| true);
        });
        slopes
    }

    /// The canvas under the slider of an input. The table of influences tells the same.
    pub(crate) fn canvas(field: &'static Field, thumb: Memo<f64>) -> AnyView {
        let Some(slopes) = use_context::<Self>() else {
            return ().into_any();
        };
        let place: NodeRef<Canvas> = NodeRef::new();
        Effect::new(move |_| {
            if let Some(canvas) = place.get() {
                slopes.add(field, canvas, thumb);
            }
        });
        Effect::new(move |_| {
            thumb.track();
            slopes.draw(|drawn| std::ptr::eq(drawn.field, field));
        });
        on_cleanup(move || {
            slopes.drawn.try_update_value(|drawn| {
                drawn.retain(|drawn| drawn.thumb != thumb);
            });
        });
        view! { <canvas class="slope" aria-hidden="true" node_ref=place></canvas> }.into_any()
    }

    fn add(self, field: &'static Field, canvas: HtmlCanvasElement, thumb: Memo<f64>) {
        self.drawn.update_value(|drawn| {
            drawn.push(Drawn {
                field,
                canvas,
                thumb,
                slope: None,
                size: None,
            });
        });
        self.gathering.call(move || self.begin());
    }

    /// Works out every curve anew, those in sight first.
    fn begin(self) {
        let inputs = self.calculator.inputs.get_untracked();
        self.drawn.update_value(|drawn| {
            drawn.sort_by_cached_key(|drawn| drawn.distance() as u32);
            for drawn in drawn {
                drawn.slope = slope_of(drawn.field, &inputs);
            }
        });
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
                drawn.size = canvas::size_of(&drawn.canvas, None);
            }
        });
    }

    /// One more point of a slope. Whether it has more; none where there is no such slope.
    fn step(self, place: usize, inputs: &Inputs) -> Option<bool> {
        self.drawn.try_update_value(|drawn| {
            let Some(slope) = &mut drawn.get_mut(place)?.slope else {
                return Some(false);
            };
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
        let Some(slope) = drawn.slope.as_ref().filter(|slope| slope.is_complete()) else {
            return;
        };
        let (Some(now), Some(size), Some(thumb)) = (
            now(self.calculator),
            drawn.size,
            drawn.thumb.try_get_untracked(),
        ) else {
            return;
        };
        let view = View { slope, thumb, now };
        if let Some(backend) = canvas::backend(&drawn.canvas, size) {
            let scene = |theme: &Theme, width| slope::scene(view, theme, width);
            self.theme
                .with_value(|theme| paint(scene, backend, theme, size));
        }
    }
}

/// What the curves show, and the inputs by their influence.
#[component]
pub(crate) fn SlopesNote() -> impl IntoView {
    let calculator = Calculator::from_context();
    view! {
        <p class="note">
            "Under each slider: what the cheapest serverless (solid) and Kubernetes (dashed) cost over its range, all on one \
            scale, an eighth to eight times of now. A ring marks where they change places."
        </p>
        <Order />
        {all(
            fold_later(
                    false,
                    html("span").is("id", TITLE).has("The numbers behind the curves"),
                    move || influences(calculator.debounced()),
                )
                .is("id", "slopes-table"),
        )}
    }
}

/// The switch between the order of topics and that of influence.
#[component]
fn Order() -> impl IntoView {
    let calculator = Calculator::from_context();
    let by_influence = RwSignal::new(false);
    let slices = Slices::new();
    let choose = move |on: bool| {
        by_influence.set(on);
        if on {
            rank(calculator, slices, move |slopes| {
                let fields = slopes.iter().map(|slope| slope.field);
                calculator.order.set(fields.collect());
            });
        } else {
            slices.stop();
            calculator.order.set(Vec::new());
        }
    };
    let choice = move |label: &'static str, on: bool| {
        view! {
            <button
                type="button"
                aria-pressed=move || (by_influence.get() == on).to_string()
                on:click=move |_| choose(on)
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="segments" role="group" aria-label="Order of the inputs">
            {choice("By topic", false)}
            {choice("By influence", true)}
        </div>
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
    best.least()
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
            slopes.sort_by(|a, b| b.swing().total_cmp(&a.swing()));
            then(std::mem::take(&mut slopes));
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
