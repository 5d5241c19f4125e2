//! The curve under a slider: what the cheapest serverless platform and the cheapest Kubernetes cost over its positions, with
//! the place where the sides change and the thumb on the curve.
//!
//! All of them have one dollar scale, an eighth to eight times of what the answer costs now, so that slopes can be compared;
//! what lies beyond leaves the frame. Serverless is solid, Kubernetes dashed, the cheaper of the two drawn thick.

use super::{
    scene::{Dash, Point, Scene},
    theme::Theme,
};
use plimsoll_model::explore::slopes::{Sides, Slope};

/// What the chart shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View<'a> {
    /// The outcome over the slider.
    pub slope: &'a Slope,
    /// Where its thumb is, from 0 to 1.
    pub thumb: f64,
    /// What the cheapest of both sides costs now, US dollars a month: the middle of the scale.
    pub now: f64,
}

/// The height of the chart, CSS pixels.
pub const HEIGHT: f64 = 44.0;
/// How far the middle of a thumb stays from the ends of its slider, CSS pixels.
const INSET: f64 = 8.0;
/// Space above and below the lines.
const EDGE: f64 = 5.0;
/// How many times as much as now the top of the frame is; the bottom is as many times less.
const TIMES: f64 = 8.0;

/// The picture at a width in CSS pixels.
pub fn scene(view: View<'_>, theme: &Theme, width: f64) -> Scene {
    let mut scene = Scene::new(width, theme);
    let frame = Frame {
        left: INSET,
        right: (width - INSET).max(INSET + 1.0),
        now: view.now,
    };
    let middle = frame.y(view.now.max(1.0));
    scene.hair((frame.left, middle), (frame.right, middle), theme.grid);
    let dashes = [Dash::SOLID, Dash::new(5.0, 3.0)];
    for (side, dash) in dashes.into_iter().enumerate() {
        for line in lines(view.slope, &frame, |sides| sides[side]) {
            scene.line(&line, theme.muted, 1.0, dash);
        }
        // The cheaper of the two over it.
        for line in lines(view.slope, &frame, |sides| cheaper(sides, side)) {
            scene.line(&line, theme.text, 2.0, dash);
        }
    }
    for position in view.slope.crossings() {
        if let Some(usd) = least(view.slope.at(position)).filter(|usd| frame.has(*usd)) {
            let at = (frame.x(position), frame.y(usd));
            scene.circle(at, 4.0, theme.text, 1.5);
        }
    }
    if let Some(usd) = least(view.slope.at(view.thumb)) {
        let at = (
            frame.x(view.thumb),
            frame.y(usd.min(frame.most()).max(frame.least())),
        );
        scene.circle(at, 5.5, theme.panel, 0.0);
        scene.circle(at, 4.0, theme.accent, 0.0);
    }
    scene
}

/// The dollars of the cheaper side.
pub fn least(sides: Sides) -> Option<f64> {
    sides.into_iter().flatten().reduce(f64::min)
}

/// The dollars of a side where it is the cheaper one.
fn cheaper(sides: Sides, side: usize) -> Option<f64> {
    let usd = sides[side]?;
    let other = sides[1 - side].unwrap_or(f64::INFINITY);
    // Both where they meet, so that the lines do.
    (usd <= other * (1.0 + 1e-9)).then_some(usd)
}

/// Where the lines are.
struct Frame {
    left: f64,
    right: f64,
    now: f64,
}

impl Frame {
    fn most(&self) -> f64 {
        self.now.max(1.0) * TIMES
    }

    fn least(&self) -> f64 {
        self.now.max(1.0) / TIMES
    }

    fn has(&self, usd: f64) -> bool {
        (self.least()..=self.most()).contains(&usd)
    }

    fn x(&self, position: f64) -> f64 {
        self.left + (self.right - self.left) * position
    }

    fn y(&self, usd: f64) -> f64 {
        let least = self.least();
        let share = libm::log(usd.max(least / TIMES) / least) / libm::log(self.most() / least);
        HEIGHT - EDGE - (HEIGHT - 2.0 * EDGE) * share
    }
}

/// The lines through the points that a side has and that the frame holds, with the places where it leaves the frame and
/// where the sides change.
fn lines(slope: &Slope, frame: &Frame, usd_of: impl Fn(Sides) -> Option<f64>) -> Vec<Vec<Point>> {
    let mut positions: Vec<f64> = slope.places.iter().map(|(place, _)| *place).collect();
    positions.truncate(slope.points.len());
    for crossing in slope.crossings() {
        let after = positions.partition_point(|position| *position < crossing);
        positions.insert(after, crossing);
    }
    let (top, bottom) = (frame.y(frame.most()), frame.y(frame.least()));
    let mut lines = Vec::new();
    let mut line: Vec<Point> = Vec::new();
    let mut before: Option<Point> = None;
    for position in positions {
        let next = usd_of(slope.at(position)).map(|usd| (frame.x(position), frame.y(usd)));
        let piece = before
            .zip(next)
            .and_then(|(from, to)| inside(from, to, top, bottom));
        match piece {
            Some([from, to]) => {
                if line.last() != Some(&from) {
                    keep(&mut lines, &mut line);
                    line.push(from);
                }
                line.push(to);
            }
            None => keep(&mut lines, &mut line),
        }
        before = next;
    }
    keep(&mut lines, &mut line);
    lines
}

fn keep(lines: &mut Vec<Vec<Point>>, line: &mut Vec<Point>) {
    if line.len() > 1 {
        lines.push(std::mem::take(line));
    }
    line.clear();
}

/// The part of a line between two heights.
fn inside(from: Point, to: Point, top: f64, bottom: f64) -> Option<[Point; 2]> {
    let cut = |(x, y): Point, (other_x, other_y): Point| -> Option<Point> {
        let edge = y.max(top).min(bottom);
        if edge == y {
            return Some((x, y));
        }
        let share = (edge - y) / (other_y - y);
        (other_y != y && (0.0..=1.0).contains(&share)).then_some((x + (other_x - x) * share, edge))
    };
    Some([cut(from, to)?, cut(to, from)?])
}
