//! A chart on a canvas: drawn anew when what it shows, its size or the theme changes; read out by pointer and by keys.

use crate::web::{canvas, page};
use leptos::{
    ev::{KeyboardEvent, PointerEvent},
    html::Canvas,
    prelude::*,
};
use plimsoll_chart::{Chart, nothing, scene::Scene, theme::Theme};
use plotters::style::RGBColor;
use plotters_canvas::CanvasBackend;
use std::sync::Arc;

/// What a panel shows; nothing yet, or nothing at all.
pub(in super::super) type Shown = Signal<Option<Arc<dyn Chart>>>;

/// A chart that a panel works out, to be shown. It is shared and never copied: a pointer asks at each of its moves.
pub(in super::super) fn shown<C: Chart + PartialEq + 'static>(
    chart: impl Fn() -> C + Send + Sync + 'static,
) -> (Memo<Arc<C>>, Shown) {
    let chart = Memo::new(move |_| Arc::new(chart()));
    (chart, Signal::derive(move || Some(chart.get() as _)))
}

/// How a chart is called on the page.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Names {
    /// The class of its canvas.
    pub(in super::super) class: &'static str,
    /// The id of its title.
    pub(in super::super) title: &'static str,
    /// What its read-out is called.
    pub(in super::super) label: &'static str,
}

/// The canvas of a chart with what is read out below it.
pub(in super::super) fn chart_canvas(names: Names, shown: Shown) -> AnyView {
    let Names {
        class,
        title,
        label,
    } = names;
    let pointed = RwSignal::new(None::<usize>);
    let scene = move |theme: &Theme, width| match shown.get() {
        Some(chart) => chart.scene(pointed.get(), theme, width),
        None => nothing(theme, width),
    };
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
            theme.with(|theme| paint(scene, backend, theme, size));
        }
    });
    let parts = move || shown.get().map_or(1, |chart| chart.count());
    let last = move || parts().saturating_sub(1);
    let text_of_part = move || match (pointed.get(), shown.get()) {
        (Some(part), Some(chart)) => chart.read_out(part.min(last())),
        _ => String::new(),
    };
    let count = move || last() + 1;
    let value = move || pointed.get().unwrap_or(0).min(last()) + 1;
    let text = move || match text_of_part() {
        text_of_part if text_of_part.is_empty() => "Arrow keys read it out".to_owned(),
        text_of_part => text_of_part,
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
            on:pointermove=move |event| pointing.moves(&event, shown)
            on:pointerleave=move |_| pointing.leaves()
        >
            <canvas node_ref=place class=class style:--rows=move || count().to_string()></canvas>
        </div>
        <p class="read-out" aria-hidden="true">
            {text_of_part}
        </p>
    }
    .into_any()
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
    fn moves(self, event: &PointerEvent, shown: Shown) {
        let now = (event.screen_x(), event.screen_y());
        let before = self.rests.get_value();
        self.rests.set_value(Some(now));
        if self.by_keys.get_value() && before.is_none_or(|before| before == now) {
            return;
        }
        self.by_keys.set_value(false);
        let (x, y, width) = page::place_of(event);
        let found = shown
            .get_untracked()
            .and_then(|chart| chart.hit(width, x, y));
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
pub(in super::super) fn paint(
    scene: impl Fn(&Theme, f64) -> Scene,
    mut backend: CanvasBackend,
    theme: &Theme,
    size: canvas::Size,
) {
    let width = f64::from(size.width) / size.ratio;
    // What can't be drawn is missed by nobody who can read the table.
    let _ = scene(theme, width).paint(&mut backend, size.ratio);
}

/// The theme as the page has it now.
pub(in super::super) fn theme() -> Theme {
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
