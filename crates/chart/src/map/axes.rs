//! The axes of a map.

use super::{
    super::{
        scale::{linear_ticks, log_ticks},
        scene::{Align, Dash, Label, Point, SMALL, wide},
    },
    drawing::Drawing,
};
use plimsoll_model::explore::map::Axis;
use plimsoll_wording::format;

/// The ticks that have their number: those that come first, and where these are few the others as far as there is room.
fn written(first: &[f64], all: &[f64]) -> Vec<f64> {
    let others: &[f64] = if first.len() > 3 { &[] } else { all };
    [first, others].concat()
}

impl Drawing<'_> {
    /// Ticks of an axis: all of them, and those among them that are written first.
    pub(super) fn ticks(axis: &Axis, most: usize) -> (Vec<f64>, Vec<f64>) {
        let (low, high) = (axis.stops[0], axis.stops[axis.stops.len() - 1]);
        if !axis.is_log {
            let inside = |tick: &f64| (low..=high).contains(tick);
            let ticks: Vec<f64> = linear_ticks(high, most)
                .into_iter()
                .filter(inside)
                .collect();
            return (ticks.clone(), ticks);
        }
        let ticks = log_ticks(low, high);
        let is_decade = |tick: &f64| {
            let decade = libm::log10(*tick);
            (decade - libm::round(decade)).abs() < 1e-6
        };
        let decades: Vec<f64> = ticks.iter().copied().filter(is_decade).collect();
        (ticks, decades)
    }

    pub(super) fn axes(&mut self) {
        let (frame, theme, map) = (self.frame, self.theme, self.map);
        let (x, y) = (&map.x, &map.y);
        let corners = [
            (frame.left, frame.top),
            (frame.right, frame.top),
            (frame.right, frame.bottom),
            (frame.left, frame.bottom),
            (frame.left, frame.top),
        ];
        self.scene.line(&corners[..4], theme.grid, 1.0, Dash::SOLID);
        self.scene.line(&corners[2..], theme.text, 1.0, Dash::SOLID);
        let small = |text: String, at: Point, align: Align| {
            Label::new(text, at, align, theme.muted).small()
        };
        let room =
            |text: &str| text.chars().count() as f64 * SMALL * 0.62 < self.scene.width - 12.0;
        let title = |axis: &Axis| {
            let range = axis.field.range();
            let unit = range.filter(|range| !range.counts_things() && !range.unit.is_empty());
            let name = axis.field.label;
            let long = unit.map(|range| [name, ", ", range.unit].concat());
            let name = long
                .filter(|long| room(long))
                .unwrap_or_else(|| name.to_owned());
            if room(&name) {
                return name;
            }
            let most = ((self.scene.width - 12.0) / (SMALL * 0.62)) as usize;
            name.chars().take(most - 1).chain(['\u{2026}']).collect()
        };
        let (across, upward) = (title(x), title(y));
        let at = (frame.right, frame.bottom + 33.0);
        self.scene.label(small(across, at, Align::Right));
        self.scene.label(small(upward, (6.0, 7.0), Align::Left));
        let (all, first) = Self::ticks(
            x,
            if frame.right - frame.left < 400.0 {
                4
            } else {
                8
            },
        );
        let under = frame.bottom + 17.0;
        for tick in all.iter().copied() {
            let at = frame.x(x, tick);
            let long = if first.contains(&tick) { 6.0 } else { 3.0 };
            let from = (at, frame.bottom);
            self.scene.hair(from, (at, frame.bottom + long), theme.text);
        }
        for tick in written(&first, &all) {
            let at = frame.x(x, tick);
            let text = format::short(tick);
            let half = wide(&text, SMALL) / 2.0 + 1.0;
            let (at, align) = if at + half > self.scene.width {
                (self.scene.width - 2.0, Align::Right)
            } else {
                (at, Align::Centre)
            };
            self.write_apart(small(text, (at, under), align), (6.0, 0.0));
        }
        let (all, first) = Self::ticks(y, 6);
        for tick in all.iter().copied() {
            let at = frame.y(y, tick);
            let long = if first.contains(&tick) { 6.0 } else { 3.0 };
            self.scene
                .hair((frame.left - long, at), (frame.left, at), theme.text);
        }
        for tick in written(&first, &all) {
            let at = (frame.left - 8.0, frame.y(y, tick));
            self.write_apart(small(format::short(tick), at, Align::Right), (0.0, 2.0));
        }
    }

    /// A label beside the map, unless another is that near.
    fn write_apart(&mut self, label: Label, (x, y): Point) {
        let [left, top, right, low] = label.bounds();
        let around = [left - x, top - y, right + x, low + y];
        if self.scene.is_clear(around) && left >= 0.0 {
            self.scene.label(label);
        }
    }
}
