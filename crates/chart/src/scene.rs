//! What is drawn, as data: charts are laid out here once, and painted on any plotters backend.
//!
//! The layout is not generic, so that a second backend costs the page no second copy of it, and tests can look at it.

use super::theme::Theme;
use plotters::{
    prelude::{DrawingBackend, RGBAColor, ShapeStyle},
    style::{
        Color, FontDesc, FontFamily, FontStyle, IntoFont, RGBColor,
        text_anchor::{HPos, Pos, VPos},
    },
};
use std::error::Error;

/// A place in CSS pixels.
pub type Point = (f64, f64);

/// The size of most text, CSS pixels.
pub(super) const TYPE: f64 = 12.5;
/// The size of text where there is little room, CSS pixels.
pub(super) const SMALL: f64 = 11.0;
/// Height of a line of a legend, CSS pixels.
pub(super) const LEGEND_LINE: f64 = 18.0;

/// Which point of a text is its place; it is always in the middle of its height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// The left end.
    Left,
    /// The middle.
    Centre,
    /// The right end.
    Right,
}

/// A line's pattern.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dash {
    /// Length of what is drawn, CSS pixels; the line is solid if that is zero.
    pub on: f64,
    /// Length of what is not.
    pub off: f64,
    /// How far into the pattern the line begins.
    pub phase: f64,
}

impl Dash {
    pub(super) const SOLID: Self = Self::new(0.0, 0.0);

    pub(super) const fn new(on: f64, off: f64) -> Self {
        Self {
            on,
            off,
            phase: 0.0,
        }
    }
}

/// A text in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// What it says.
    pub text: String,
    /// Where.
    pub at: Point,
    /// Which point of the text is there.
    pub align: Align,
    /// Its size, CSS pixels.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
    /// Its colour.
    pub colour: RGBColor,
}

impl Label {
    pub(super) fn new(text: impl Into<String>, at: Point, align: Align, colour: RGBColor) -> Self {
        Self {
            text: text.into(),
            at,
            align,
            size: TYPE,
            bold: false,
            colour,
        }
    }

    pub(super) fn small(self) -> Self {
        Self {
            size: SMALL,
            ..self
        }
    }

    pub(super) fn bold(self, bold: bool) -> Self {
        Self { bold, ..self }
    }

    /// Its box, left, top, right and bottom. A guess on the large side: nothing here measures text.
    pub fn bounds(&self) -> [f64; 4] {
        let width = wide(&self.text, self.size) * if self.bold { BOLD } else { 1.0 };
        let left = match self.align {
            Align::Left => self.at.0,
            Align::Centre => self.at.0 - width / 2.0,
            Align::Right => self.at.0 - width,
        };
        let half = self.size / 2.0;
        [left, self.at.1 - half, left + width, self.at.1 + half]
    }
}

/// Whether two boxes have an area in common, each left, top, right and bottom.
pub(super) fn covers([left, top, right, low]: [f64; 4], [l, t, r, b]: [f64; 4]) -> bool {
    !(right <= l || r <= left || low <= t || b <= top)
}

/// How much wider bold text is.
pub(super) const BOLD: f64 = 1.12;

/// How wide a text is at most in common fonts.
pub(super) fn wide(text: &str, size: f64) -> f64 {
    text.chars().count() as f64 * size * 0.62
}

/// One thing to draw.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A filled rectangle: two corners, colour, and how opaque it is.
    Rect([Point; 2], RGBColor, f64),
    /// A filled area within points, with its colour, and how opaque it is.
    Area(Vec<Point>, RGBColor, f64),
    /// A line through points, with its width.
    Line(Vec<Point>, RGBColor, f64, Dash),
    /// A circle: centre, radius, and the width of its line; filled if that is zero.
    Circle(Point, f64, RGBColor, f64),
    /// A text.
    Text(Label),
}

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Its width, CSS pixels.
    pub width: f64,
    /// What is drawn, the first farthest behind.
    pub shapes: Vec<Shape>,
    /// The family of all text.
    font: String,
}

impl Scene {
    pub(super) fn new(width: f64, theme: &Theme) -> Self {
        Self {
            width,
            shapes: Vec::new(),
            font: theme.font.clone(),
        }
    }

    pub(super) fn rect(&mut self, corners: [Point; 2], colour: RGBColor) {
        self.shapes.push(Shape::Rect(corners, colour, 1.0));
    }

    /// A rectangle that lets through what is behind it.
    pub(super) fn tint(&mut self, corners: [Point; 2], colour: RGBColor) {
        self.shapes.push(Shape::Rect(corners, colour, 0.12));
    }

    /// An area that lets through what is behind it.
    pub(super) fn area(&mut self, around: Vec<Point>, colour: RGBColor, opacity: f64) {
        self.shapes.push(Shape::Area(around, colour, opacity));
    }

    pub(super) fn line(&mut self, points: &[Point], colour: RGBColor, width: f64, dash: Dash) {
        self.shapes
            .push(Shape::Line(points.to_vec(), colour, width, dash));
    }

    /// A hairline.
    pub(super) fn hair(&mut self, from: Point, to: Point, colour: RGBColor) {
        self.line(&[from, to], colour, 1.0, Dash::SOLID);
    }

    pub(super) fn circle(&mut self, centre: Point, radius: f64, colour: RGBColor, width: f64) {
        self.shapes
            .push(Shape::Circle(centre, radius, colour, width));
    }

    /// The mark of a ship's load line: what is the user's own, and the answer.
    pub(super) fn mark(&mut self, at: Point, radius: f64, theme: &Theme) {
        let width = radius / 3.0;
        self.circle(at, radius, theme.panel, 0.0);
        self.circle(at, radius, theme.text, width.max(1.5));
        let ends = [(at.0 - 1.7 * radius, at.1), (at.0 + 1.7 * radius, at.1)];
        self.line(&ends, theme.text, width.max(1.5), Dash::SOLID);
    }

    pub(super) fn label(&mut self, label: Label) {
        self.shapes.push(Shape::Text(label));
    }

    /// A legend of words, a line each from the height `y` on; returns where it ends.
    pub(super) fn legend(&mut self, texts: &[&str], theme: &Theme, y: f64) -> f64 {
        let mut y = y + LEGEND_LINE / 2.0;
        for text in texts {
            let label = Label::new(*text, (6.0, y), Align::Left, theme.text);
            self.label(label.small());
            y += LEGEND_LINE;
        }
        y
    }

    /// Whether no label is in a box, left, top, right and bottom.
    pub(super) fn is_clear(&self, bounds: [f64; 4]) -> bool {
        !self.labels().any(|label| covers(bounds, label.bounds()))
    }

    /// All labels.
    pub fn labels(&self) -> impl Iterator<Item = &Label> {
        self.shapes.iter().filter_map(|shape| match shape {
            Shape::Text(label) => Some(label),
            _ => None,
        })
    }

    /// Moves everything down.
    pub(super) fn shift(&mut self, by: f64) {
        for shape in &mut self.shapes {
            match shape {
                Shape::Rect(corners, ..) => corners.iter_mut().for_each(|at| at.1 += by),
                Shape::Area(points, ..) | Shape::Line(points, ..) => {
                    for at in points {
                        at.1 += by;
                    }
                }
                Shape::Circle(at, ..) => at.1 += by,
                Shape::Text(label) => label.at.1 += by,
            }
        }
    }

    /// A rectangle behind all that is drawn.
    pub(super) fn background(&mut self, corners: [Point; 2], colour: RGBColor) {
        self.shapes.insert(0, Shape::Rect(corners, colour, 1.0));
    }

    /// Makes all text larger where it stands.
    pub(super) fn enlarge_text(&mut self, times: f64) {
        for shape in &mut self.shapes {
            if let Shape::Text(label) = shape {
                label.size *= times;
            }
        }
    }

    /// Paints the picture. `scale` is units of the backend per CSS pixel. Fails only if the backend does.
    ///
    /// # Errors
    ///
    /// Whatever the backend refuses to draw.
    pub fn paint<B>(&self, backend: &mut B, scale: f64) -> Result<(), Box<dyn Error>>
    where
        B: DrawingBackend<ErrorType: 'static>,
    {
        backend.ensure_prepared()?;
        let at = |(x, y): Point| ((x * scale).round() as i32, (y * scale).round() as i32);
        let stroke = |colour: RGBColor, width: f64| ShapeStyle {
            color: colour.to_rgba(),
            filled: false,
            stroke_width: (width * scale).round().max(1.0) as u32,
        };
        for shape in &self.shapes {
            match shape {
                Shape::Rect([from, to], colour, opacity) => {
                    let style = RGBAColor(colour.0, colour.1, colour.2, *opacity);
                    let (from, to) = (at(*from), at(*to));
                    // What is less than a pixel wide can't be drawn; the number beside it says it.
                    if to.0 > from.0 {
                        backend.draw_rect(from, to, &ShapeStyle::from(style), true)?;
                    }
                }
                Shape::Area(points, colour, opacity) => {
                    let style = RGBAColor(colour.0, colour.1, colour.2, *opacity);
                    let points = points.iter().copied().map(at);
                    backend.fill_polygon(points, &ShapeStyle::from(style))?;
                }
                Shape::Line(points, colour, width, dash) => {
                    let style = stroke(*colour, *width);
                    for piece in dashed(points, *dash) {
                        match *piece {
                            // The canvas moves such lines by half a pixel, which makes odd widths sharp.
                            [from, to] if style.stroke_width % 2 == 1 => {
                                backend.draw_line(at(from), at(to), &style)?;
                            }
                            _ => backend.draw_path(piece.into_iter().map(at), &style)?,
                        }
                    }
                }
                Shape::Circle(centre, radius, colour, width) => {
                    let radius = (radius * scale).round() as u32;
                    let filled = *width == 0.0;
                    backend.draw_circle(at(*centre), radius, &stroke(*colour, *width), filled)?;
                }
                Shape::Text(label) => {
                    let (h, style) = (label.align.anchor(), label.weight());
                    let family = FontFamily::Name(&self.font);
                    let style = FontDesc::new(family, label.size * scale, style)
                        .into_font()
                        .color(&label.colour)
                        .pos(Pos::new(h, VPos::Center));
                    backend.draw_text(&label.text, &style, at(label.at))?;
                }
            }
        }
        Ok(backend.present()?)
    }
}

impl Align {
    fn anchor(self) -> HPos {
        match self {
            Self::Left => HPos::Left,
            Self::Centre => HPos::Center,
            Self::Right => HPos::Right,
        }
    }
}

impl Label {
    fn weight(&self) -> FontStyle {
        if self.bold {
            FontStyle::Bold
        } else {
            FontStyle::Normal
        }
    }
}

/// How long a line is.
pub(super) fn length(points: &[Point]) -> f64 {
    points
        .windows(2)
        .map(|ends| libm::hypot(ends[1].0 - ends[0].0, ends[1].1 - ends[0].1))
        .sum()
}

/// The pieces of a line that are drawn: a canvas of plotters knows no dashes.
fn dashed(points: &[Point], dash: Dash) -> Vec<Vec<Point>> {
    if dash.on <= 0.0 || dash.off <= 0.0 {
        return vec![points.to_vec()];
    }
    let period = dash.on + dash.off;
    let mut place = dash.phase % period;
    let mut pieces = Vec::new();
    let mut piece: Vec<Point> = Vec::new();
    for ends in points.windows(2) {
        let whole = length(ends);
        let mut gone = 0.0;
        while gone < whole {
            let is_on = place < dash.on;
            let left = if is_on { dash.on } else { period } - place;
            let step = left.min(whole - gone);
            let between = |gone: f64| {
                let share = gone / whole;
                (
                    ends[0].0 + (ends[1].0 - ends[0].0) * share,
                    ends[0].1 + (ends[1].1 - ends[0].1) * share,
                )
            };
            if is_on {
                if piece.is_empty() {
                    piece.push(between(gone));
                }
                piece.push(between(gone + step));
            }
            gone += step;
            place += step;
            // Whole steps end a dash exactly, whatever the rounding of the sum.
            if step == left {
                place = if is_on { dash.on } else { 0.0 };
                if is_on {
                    pieces.push(std::mem::take(&mut piece));
                }
            }
        }
    }
    if piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_go_round_corners_and_keep_their_lengths() {
        let corner = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)];
        let pieces = dashed(&corner, Dash::new(6.0, 2.0));
        assert_eq!(
            pieces,
            [
                vec![(0.0, 0.0), (6.0, 0.0)],
                vec![(8.0, 0.0), (10.0, 0.0), (10.0, 4.0)],
                vec![(10.0, 6.0), (10.0, 10.0)],
            ]
        );
        assert_eq!(dashed(&corner, Dash::SOLID), [corner.to_vec()]);
    }

    #[test]
    fn a_part_of_a_line_has_the_dashes_of_the_whole() {
        let whole = dashed(&[(0.0, 0.0), (100.0, 0.0)], Dash::new(7.0, 4.0));
        let phase = Dash {
            phase: 50.0,
            ..Dash::new(7.0, 4.0)
        };
        let part = dashed(&[(50.0, 0.0), (100.0, 0.0)], phase);
        let ends = |pieces: &[Vec<Point>]| -> Vec<i64> {
            pieces
                .iter()
                .map(|piece| (piece[piece.len() - 1].0 * 1e6) as i64)
                .collect()
        };
        let (whole, part) = (ends(&whole), ends(&part));
        assert!(part.len() > 2);
        assert_eq!(part, whole[whole.len() - part.len()..]);
    }
}
