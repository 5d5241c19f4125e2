//! The grip on the line of Kubernetes: who drags it up or down says how many hours a week the cluster takes.

use super::{Drawing, Frame, LoadLines};
use crate::scene::{Align, Dash, Label, Point};
use plimsoll_model::explore::load_line::Cost;

/// Where across the frame the grip of the hours is.
const GRIP: f64 = 0.64;
/// How near to the grip a finger is on it, CSS pixels.
const REACH: f64 = 22.0;

impl LoadLines {
    /// What Kubernetes costs where the grip of its hours is, with the requests there.
    fn gripped(&self, frame: &Frame) -> Option<(f64, Cost)> {
        let side = self.line.side(true)?;
        let at = frame.left + (frame.right - frame.left) * GRIP;
        let away = |requests: f64| (frame.x(requests) - at).abs();
        let priced = self.line.requests.iter().copied().zip(&side.costs);
        priced
            .filter_map(|(requests, cost)| Some((requests, (*cost)?)))
            .min_by(|a, b| away(a.0).total_cmp(&away(b.0)))
    }

    fn grip(&self, frame: &Frame) -> Option<Point> {
        let (requests, cost) = self.gripped(frame)?;
        Some((frame.x(requests), frame.y(cost.total)))
    }

    /// Where the grip of the hours is on a chart so wide, CSS pixels; none where Kubernetes has no bill.
    pub fn grip_at(&self, width: f64) -> Option<Point> {
        self.grip(&Frame::new(self, width))
    }

    /// Whether a place of a chart so wide is the grip of the hours, CSS pixels.
    pub fn is_grip(&self, width: f64, (x, y): Point) -> bool {
        self.grip_at(width)
            .is_some_and(|at| libm::hypot(at.0 - x, at.1 - y) <= REACH)
    }

    /// The hours a week with which Kubernetes would cost what a height of the chart stands for, where its grip is; at least half an
    /// hour. None where it has no bill, or takes no hours that money could be counted by.
    pub fn hours_at(&self, width: f64, y: f64) -> Option<f64> {
        let frame = Frame::new(self, width);
        let (_, cost) = self.gripped(&frame)?;
        let hours = self.line.side(true)?.hours.total();
        let usd_per_hour = (cost.total - cost.infrastructure) / hours;
        let share = ((frame.bottom - y) / (frame.bottom - frame.top)).clamp(0.0, 1.0);
        let (from, to) = frame.usd;
        let usd = from * libm::pow(to / from, share);
        let found = (usd - cost.infrastructure) / usd_per_hour;
        found.is_finite().then(|| found.max(0.5))
    }
}

impl Drawing<'_> {
    /// Where the hours of Kubernetes are dragged: a ring with two heads.
    pub(super) fn grip(&mut self) {
        let Some((x, y)) = self.view.grip(&self.frame) else {
            return;
        };
        let colour = self.theme.side(true);
        self.scene.circle((x, y), 8.0, self.theme.panel, 0.0);
        self.scene.circle((x, y), 8.0, colour, 1.5);
        for up in [-1.0, 1.0] {
            let head = [
                (x - 3.0, y + up * 2.0),
                (x, y + up * 5.0),
                (x + 3.0, y + up * 2.0),
            ];
            self.scene.line(&head, colour, 1.5, Dash::SOLID);
        }
        let label = Label::new("drag: hours", (x + 13.0, y - 9.0), Align::Left, colour);
        self.first_free(&[label.small()]);
    }
}
