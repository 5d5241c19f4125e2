//! The labels of the load line: each where it covers no other.

use super::{Drawing, HALO, under};
use crate::scene::{Align, Label, Shape};
use plimsoll_model::sorting::by_number;
use plimsoll_wording::format;
use plotters::style::RGBColor;

impl Drawing<'_> {
    /// The first of the labels that covers no other and stays in the picture; none where each does.
    pub(super) fn first_free(&mut self, labels: &[Label]) {
        let (width, bottom) = (self.scene.width, self.frame.bottom);
        let free = |label: &&Label| {
            let [left, top, right, low] = label.bounds();
            let inside = left >= 0.0 && right <= width && top >= 0.0 && low <= bottom;
            inside && self.scene.is_clear(label.bounds())
        };
        if let Some(label) = labels.iter().find(free) {
            // Lines pass behind it, and not through it.
            let [left, top, right, low] = label.bounds();
            let corners = [
                (left - 2.0, top - 1.0),
                (right - 0.12 * (right - left), low + 1.0),
            ];
            let shade = Shape::Rect(corners, self.theme.panel, HALO);
            self.scene.shapes.push(shade);
            self.scene.label(label.clone());
        }
    }

    /// A bold label at the right of an upright, or at its left where there is no room: the first of these texts that has room.
    pub(super) fn beside(&mut self, texts: &[&str], ink: RGBColor, requests: f64, y: f64) {
        let x = self.frame.x(requests);
        let sides = [(x + 8.0, Align::Left), (x - 8.0, Align::Right)];
        let labels = texts.iter().flat_map(|text| {
            sides.map(|(x, align)| {
                let label = Label::new(*text, (x, y), align, ink);
                label.small().bold(true)
            })
        });
        let mut labels: Vec<Label> = labels.collect();
        // Across the user's upright only where there is nowhere else.
        let upright = self.frame.x(self.view.line.here);
        by_number(&mut labels, |label| {
            let [left, _, right, _] = label.bounds();
            f64::from(left < upright && upright < right)
        });
        self.first_free(&labels);
    }

    /// The names of the sides at their lines: right of the upright or, where there is more room, at the left end.
    pub(super) fn names(&mut self) {
        let frame = self.frame;
        let x = frame.x(self.view.line.here);
        let right = x < f64::midpoint(frame.left, frame.right);
        let at = if right { x + 12.0 } else { frame.left + 10.0 };
        let requests = &self.view.line.requests;
        let away = |place: &usize| (frame.x(requests[*place]) - at - 40.0).abs();
        let mut names: Vec<(f64, String, RGBColor)> = Vec::new();
        for side in &self.view.line.sides {
            let priced = (0..requests.len()).filter(|place| side.costs[*place].is_some());
            let near = priced.min_by(|a, b| away(a).total_cmp(&away(b)));
            let Some(cost) = near.and_then(|place| side.costs[place]) else {
                continue;
            };
            let hours = format::number(format::to_two_digits(side.hours.total()));
            let name = if frame.is_narrow() {
                side.platform.name().to_owned()
            } else {
                format!("{} with {hours} h a week", side.platform.name())
            };
            names.push((frame.y(cost.total), name, self.colour(side)));
        }
        by_number(&mut names, |name| name.0);
        for (y, name, colour) in names {
            // Above its line, or below, or a little farther off where something else stands.
            let places = [-11.0, 12.0, -24.0, 25.0].map(|away| y + away);
            self.first_free(&places.map(|y| {
                let label = Label::new(name.clone(), (at, y), Align::Left, colour);
                label.small().bold(true)
            }));
        }
        if self.view.line.meetings.is_empty()
            && self.view.line.sides.len() == 2
            && !frame.is_narrow()
        {
            self.no_meeting(right);
        }
    }

    fn no_meeting(&mut self, right: bool) {
        let (frame, ink) = (self.frame, self.theme.text);
        let (x, align) = if right {
            (frame.right - 6.0, Align::Right)
        } else {
            (frame.left + 10.0, Align::Left)
        };
        let y = frame.bottom - 30.0;
        let label = Label::new(
            "No load line: they don\u{2019}t meet up to 10 billion",
            (x, y),
            align,
            ink,
        );
        self.first_free(&[label.small().bold(true)]);
        if let Some(pays) = self.view.pays_off {
            let hours = under(pays.hours_per_week);
            let name = pays.platform.short_name();
            let text = format!("{name} would have to take less than {hours} a week");
            let label = Label::new(text, (x, y + 14.0), align, self.theme.muted);
            self.first_free(&[label.small()]);
        }
    }
}
