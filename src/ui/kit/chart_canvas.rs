//! A chart on a canvas: drawn anew when what it shows, its size or the theme changes; read out by pointer and by keys.

use super::picture::pictures;
use crate::web::{IN_BROWSER, canvas, page};
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
    canvas_of(names, shown, None, None)
}

/// Where a pointer was pressed on a chart, where it is, and how wide the chart is, CSS pixels.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Dragged {
    pub(in super::super) from: (f64, f64),
    pub(in super::super) to: (f64, f64),
    pub(in super::super) width: f64,
}

/// What follows a pointer that is pressed; nothing once it is let go.
type Drag = Box<dyn Fn(Option<Dragged>)>;

/// A canvas on which a pointer drags something along. `legend` stands where a part is read out, while none is.
pub(in super::super) fn chart_canvas_dragged(
    names: Names,
    shown: Shown,
    legend: Signal<String>,
    drag: impl Fn(Option<Dragged>) + 'static,
) -> AnyView {
    canvas_of(names, shown, Some(legend), Some(Box::new(drag)))
}

fn canvas_of(
    names: Names,
    shown: Shown,
    legend: Option<Signal<String>>,
    drag: Option<Drag>,
) -> AnyView {
    let Names {
        class,
        title,
        label,
    } = names;
    let pointed = RwSignal::new(None::<usize>);
    let place: NodeRef<Canvas> = NodeRef::new();
    draw(place, shown, pointed);
    let pointing = Pointing::new(pointed);
    let parts = move || shown.get().map_or(1, |chart| chart.count());
    let last = move || parts().saturating_sub(1);
    let dragged = drag.is_some();
    let text_of_part = move || match (pointed.get(), shown.get()) {
        (Some(part), Some(chart)) => chart.read_out(part.min(last())),
        // What it says is read where it is drawn.
        (None, Some(chart)) if dragged => chart.reading(),
        _ => String::new(),
    };
    let read_out = move || match legend.filter(|_| pointed.get().is_none()) {
        Some(legend) => legend.get(),
        None => text_of_part(),
    };
    let value = move || pointed.get().unwrap_or(0).min(last()) + 1;
    let text = move || {
        let text = text_of_part();
        if text.is_empty() {
            "Arrow keys read it out".to_owned()
        } else {
            text
        }
    };
    let pressed = StoredValue::new(None::<(f64, f64)>);
    let drag = StoredValue::new_local(drag);
    let hand_on = move |dragged: Option<Dragged>| {
        drag.with_value(|drag| {
            if let Some(drag) = drag {
                drag(dragged);
            }
        });
    };
    let follow = move |event: &PointerEvent, from: (f64, f64)| {
        let (x, y, width) = page::place_of(event);
        let to = (x, y);
        hand_on(Some(Dragged { from, to, width }));
    };
    let press = move |event: PointerEvent| {
        if event.button() == 0 && drag.with_value(Option::is_some) {
            page::keep_pointer(&event);
            let (x, y, _) = page::place_of(&event);
            pressed.set_value(Some((x, y)));
            follow(&event, (x, y));
        }
    };
    let moves = move |event: PointerEvent| match pressed.get_value() {
        Some(from) => follow(&event, from),
        None => pointing.moves(&event, shown),
    };
    let let_go = move |_| {
        if pressed.get_value().is_some() {
            pressed.set_value(None);
            hand_on(None);
        }
    };
    let key = move |event: KeyboardEvent| {
        if pointing.key(&event.key(), last()) {
            event.prevent_default();
        }
    };
    let drawing = if IN_BROWSER {
        let rows = move || (last() + 1).to_string();
        view! { <canvas node_ref=place class=class style:--rows=rows></canvas> }.into_any()
    } else {
        pictures(class, shown.get_untracked(), dragged)
    };
    view! {
        <div
            class="drawn"
            tabindex="0"
            role="slider"
            aria-label=label
            aria-describedby=title
            aria-valuemin="1"
            aria-valuemax=move || (last() + 1).to_string()
            aria-valuenow=move || value().to_string()
            aria-valuetext=text
            on:keydown=key
            on:pointerdown=press
            on:pointermove=moves
            on:pointerup=let_go
            on:pointercancel=let_go
            on:pointerleave=move |_| pointing.leaves()
        >
            {drawing}
        </div>
        <p class="read-out" aria-hidden="true">
            {read_out}
        </p>
    }
    .into_any()
}

/// Keeps the picture on a canvas as it has to be now.
fn draw(place: NodeRef<Canvas>, shown: Shown, pointed: RwSignal<Option<usize>>) {
    let scene = move |theme: &Theme, width| match shown.get() {
        Some(chart) => chart.scene(pointed.get(), theme, width),
        None => nothing(theme, width),
    };
    let size = RwSignal::new(None::<canvas::Size>);
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
