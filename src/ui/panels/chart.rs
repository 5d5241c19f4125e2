//! The chart of monthly cost per platform, and its numbers as a table; and what any chart on the page needs.

use super::super::{
    html::{Html, classed, column, fold_later, html, number_cell, number_column, scrolled},
    state::Calculator,
};
use crate::web::{canvas, page};
use leptos::{
    ev::{KeyboardEvent, PointerEvent},
    html::Canvas,
    prelude::*,
};
use plimsoll_chart::{
    bars::{self, Bar, Marks},
    scene::Scene,
    theme::Theme,
};
use plimsoll_model::{bill::Part, units::Usd};
use plimsoll_wording::format;
use plotters::style::RGBColor;
use plotters_canvas::CanvasBackend;

/// Stacked bars, drawn on a canvas; the same numbers stand in a table for whoever can't see them.
pub(crate) fn cost_chart(calculator: Calculator) -> Html {
    let bars = Memo::new(move |_| {
        calculator
            .assessment
            .with(|assessment| bars::bars(&assessment.comparison))
    });
    let pointed = RwSignal::new(None::<usize>);
    let canvas = Drawn {
        name: "bars",
        title: "chart-title",
        label: "Monthly cost by platform",
        pointed,
        count: Box::new(move || bars.with(Vec::len)),
        read_out: Box::new(move |n| {
            bars.with(|bars| bars.get(n).map_or(String::new(), bars::read_out))
        }),
        at: Box::new(move |width, x, y| bars.with_untracked(|bars| bars::at(bars, width, x, y))),
        scene: Box::new(move |theme, (width, _)| {
            let recommended = calculator
                .assessment
                .with(|assessment| assessment.verdict.platform);
            let marks = Marks {
                recommended,
                highlighted: pointed.get(),
            };
            bars.with(|bars| bars::scene(bars, marks, theme, width))
        }),
    }
    .canvas();
    let keys = Part::ALL.map(|part| {
        html("li")
            .is("class", &["key key-", part.id()].concat())
            .has(part.name())
    });
    classed("figure", "chart")
        .is("aria-labelledby", "chart-title")
        .has(
            html("figcaption")
                .is("id", "chart-title")
                .has("Where the money goes, US dollars a month"),
        )
        .has(classed("ul", "legend").has(keys))
        .has(canvas)
        .has(
            fold_later(false, "The numbers of the chart", move || chart_table(bars))
                .is("id", "chart-table"),
        )
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
        .has(Part::ALL.map(|part| number_column(part.name())))
        .has(number_column("Total"));
    let table = html("table")
        .has(html("thead").has(head))
        .has(html("tbody").shows(rows));
    scrolled("chart-title", table)
}

/// The picture in a theme, at a width and height in CSS pixels.
type Picture = Box<dyn Fn(&Theme, (f64, f64)) -> Scene>;

/// A chart on a canvas: drawn anew when what it shows, its size or the theme changes; read out by pointer and by keys.
pub(super) struct Drawn {
    /// The class of its canvas.
    pub(super) name: &'static str,
    /// The id of its title.
    pub(super) title: &'static str,
    /// What its read-out is called.
    pub(super) label: &'static str,
    /// Which of its things is read out.
    pub(super) pointed: RwSignal<Option<usize>>,
    /// How many there are.
    pub(super) count: Box<dyn Fn() -> usize + Send + Sync>,
    /// One of them in words.
    pub(super) read_out: Box<dyn Fn(usize) -> String + Send + Sync>,
    /// The one at a place of a canvas of that width, in CSS pixels.
    pub(super) at: Box<dyn Fn(f64, f64, f64) -> Option<usize>>,
    /// The picture of it.
    pub(super) scene: Picture,
}

impl Drawn {
    pub(super) fn canvas(self) -> AnyView {
        let Self {
            name,
            title,
            label,
            pointed,
            count,
            read_out,
            at,
            scene,
        } = self;
        let things = StoredValue::new(count);
        let read_out = StoredValue::new(read_out);
        let place: NodeRef<Canvas> = NodeRef::new();
        let size = RwSignal::new(None::<canvas::Size>);
        let pointing = Pointing::new(pointed);
        // Asking for colours is slow; they change with the theme alone.
        let theme = RwSignal::new(theme());
        page::on_theme(move || {
            theme.try_set(self::theme());
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
            if let Some(backend) = canvas::backend(&canvas, size) {
                theme.with(|theme| paint(&*scene, backend, theme, size));
            }
        });
        let last = move || things.with_value(|count| count()).saturating_sub(1);
        let told = move || {
            pointed.get().map_or(String::new(), |n| {
                read_out.with_value(|read_out| read_out(n.min(last())))
            })
        };
        let count = move || last() + 1;
        let value = move || pointed.get().unwrap_or(0).min(last()) + 1;
        let text = move || match told() {
            told if told.is_empty() => "Arrow keys read it out".to_owned(),
            told => told,
        };
        let key = move |event: KeyboardEvent| {
            if pointing.key(&event.key(), last()) {
                event.prevent_default();
            }
        };
        view! {
            <div
                class="drawn"
                tabindex="0"
                role="slider"
                aria-label=label
                aria-describedby=title
                aria-valuemin="1"
                aria-valuemax=move || count().to_string()
                aria-valuenow=move || value().to_string()
                aria-valuetext=text
                on:keydown=key
                on:pointermove=move |event| pointing.moves(&event, &*at)
                on:pointerleave=move |_| pointing.leaves()
            >
                <canvas node_ref=place class=name style:--rows=move || count().to_string()></canvas>
            </div>
            <p class="read-out" aria-hidden="true">
                {told}
            </p>
        }
        .into_any()
    }
}

/// Which thing of a chart is read out, and who chose it.
#[derive(Clone, Copy)]
struct Pointing {
    pointed: RwSignal<Option<usize>>,
    /// Whether it was chosen with the keys.
    by_keys: StoredValue<bool>,
    /// Where the pointer is on the screen, while it is on the chart.
    rests: StoredValue<Option<(i32, i32)>>,
}

impl Pointing {
    fn new(pointed: RwSignal<Option<usize>>) -> Self {
        Self {
            pointed,
            by_keys: StoredValue::new(false),
            rests: StoredValue::new(None),
        }
    }

    /// Goes where a key leads, if it leads anywhere.
    fn key(self, key: &str, last: usize) -> bool {
        let now = self.pointed.get_untracked();
        let next = match key {
            "ArrowRight" | "ArrowDown" => Some(now.map_or(0, |n| n + 1)),
            "ArrowLeft" | "ArrowUp" => Some(now.map_or(0, |n| n.saturating_sub(1))),
            "Home" => Some(0),
            "End" => Some(usize::MAX),
            "Escape" => None,
            _ => return false,
        };
        self.by_keys.set_value(true);
        self.pointed.set(next.map(|n| n.min(last)));
        true
    }

    /// Goes where a pointer went. Browsers also tell of one that rests while the chart comes to lie under it, and that takes
    /// nothing from whoever reads with the keys.
    fn moves(self, event: &PointerEvent, at: &dyn Fn(f64, f64, f64) -> Option<usize>) {
        let now = (event.screen_x(), event.screen_y());
        let before = self.rests.get_value();
        self.rests.set_value(Some(now));
        if self.by_keys.get_value() && before.is_none_or(|before| before == now) {
            return;
        }
        self.by_keys.set_value(false);
        let (x, y, width) = page::place_of(event);
        let found = at(width, x, y);
        if found != self.pointed.get_untracked() {
            self.pointed.set(found);
        }
    }

    fn leaves(self) {
        self.rests.set_value(None);
        if !self.by_keys.get_value() {
            self.pointed.set(None);
        }
    }
}

/// Draws a picture on a canvas of that size.
pub(super) fn paint(
    scene: &dyn Fn(&Theme, (f64, f64)) -> Scene,
    mut backend: CanvasBackend,
    theme: &Theme,
    size: canvas::Size,
) {
    let [width, height] = [size.width, size.height].map(|side| f64::from(side) / size.ratio);
    // What can't be drawn is missed by nobody who can read the table.
    let _ = scene(theme, (width, height)).paint(&mut backend, size.ratio);
}

/// The theme as the page has it now.
pub(super) fn theme() -> Theme {
    let mut theme = if page::is_dark() {
        Theme::dark()
    } else {
        Theme::light()
    };
    if let Some(forced) = page::forced_colours() {
        let [text, panel] = forced.map(|[red, green, blue]| RGBColor(red, green, blue));
        theme = Theme {
            text,
            panel,
            grid: text,
            ..theme
        }
        .patterned();
    }
    if let Some(font) = page::style_property("--font") {
        theme.font = font;
    }
    theme
}
