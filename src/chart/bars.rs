//! Monthly cost per platform as stacked bars: one bar a platform, one segment a part of the bill.

use super::scale::linear_ticks;
use crate::{
    format,
    model::{bill::Part, compare::Comparison},
};
use plotters::{
    coord::Shift,
    prelude::{
        Circle, Color, DrawingArea, DrawingBackend, IntoDrawingArea, PathElement, RGBColor,
        Rectangle, Text, TextStyle,
    },
    style::{
        FontDesc, FontFamily, FontStyle, IntoFont,
        text_anchor::{HPos, Pos, VPos},
    },
};

/// The colours and the type of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Text.
    pub text: RGBColor,
    /// Lines behind the bars.
    pub grid: RGBColor,
    /// One colour for each of [`Part::ALL`].
    pub parts: [RGBColor; Part::ALL.len()],
    /// The family of the text, as CSS writes it.
    pub font: String,
}

impl Default for Theme {
    fn default() -> Self {
        Self {
            text: RGBColor(0x1c, 0x25, 0x2e),
            grid: RGBColor(0xd5, 0xdb, 0xe1),
            parts: [
                RGBColor(0x1f, 0x5f, 0x99),
                RGBColor(0x4f, 0x9a, 0x94),
                RGBColor(0x8a, 0x6f, 0xb3),
                RGBColor(0xb0, 0x8a, 0x3c),
                RGBColor(0xc2, 0x5b, 0x3f),
            ],
            font: "sans-serif".into(),
        }
    }
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The name beside it.
    pub name: &'static str,
    /// US dollars of each of [`Part::ALL`].
    pub parts: [f64; Part::ALL.len()],
}

impl Bar {
    /// The length of the bar, US dollars.
    pub fn total(&self) -> f64 {
        self.parts.iter().sum()
    }
}

/// The bars of all priced platforms, cheapest first.
pub fn bars(comparison: &Comparison) -> Vec<Bar> {
    comparison
        .ranked
        .iter()
        .filter_map(|platform| {
            let bill = comparison.quote(*platform).ok()?;
            Some(Bar {
                name: platform.name(),
                parts: Part::ALL.map(|part| bill.subtotal(part).get().max(0.0)),
            })
        })
        .collect()
}

/// Height of a bar with the space around it, CSS pixels.
const ROW: f64 = 34.0;
const BAR: f64 = 20.0;
/// Space for the names; there the bars begin, in CSS pixels.
pub const LEFT: f64 = 168.0;
/// Space for the totals and the axis.
const RIGHT: f64 = 78.0;
const BOTTOM: f64 = 26.0;
const TOP: f64 = 4.0;
const TYPE: f64 = 12.5;

/// The height that the chart needs for so many bars, CSS pixels.
pub fn height(bars: usize) -> f64 {
    TOP + BOTTOM + ROW * bars.max(1) as f64
}

/// Draws the bars. `scale` is device pixels per CSS pixel. Fails only if the backend does.
pub fn draw<B: DrawingBackend>(
    backend: B,
    bars: &[Bar],
    theme: &Theme,
    scale: f64,
) -> Result<(), String> {
    Picture::new(backend, theme, scale)
        .draw(bars)
        .map_err(|error| error.to_string())
}

struct Picture<'a, B: DrawingBackend> {
    area: DrawingArea<B, Shift>,
    theme: &'a Theme,
    scale: f64,
    width: f64,
}

impl<'a, B: DrawingBackend> Picture<'a, B> {
    fn new(backend: B, theme: &'a Theme, scale: f64) -> Self {
        let area = backend.into_drawing_area();
        let width = f64::from(area.dim_in_pixel().0) / scale;
        Self {
            area,
            theme,
            scale,
            width,
        }
    }

    /// A point in CSS pixels as the backend counts.
    fn at(&self, x: f64, y: f64) -> (i32, i32) {
        (
            (x * self.scale).round() as i32,
            (y * self.scale).round() as i32,
        )
    }

    fn style(&self, h: HPos, v: VPos) -> TextStyle<'_> {
        let size = TYPE * self.scale;
        FontDesc::new(FontFamily::Name(&self.theme.font), size, FontStyle::Normal)
            .into_font()
            .color(&self.theme.text)
            .pos(Pos::new(h, v))
    }

    fn text(&self, text: &str, x: f64, y: f64, h: HPos, v: VPos) -> Result<(), Error<B>> {
        self.area
            .draw(&Text::new(text.to_owned(), self.at(x, y), self.style(h, v)))
    }

    fn draw(&self, bars: &[Bar]) -> Result<(), Error<B>> {
        let largest = bars.iter().map(Bar::total).fold(0.0, f64::max);
        let plot = (self.width - LEFT - RIGHT).max(40.0);
        let ticks = linear_ticks(largest, if plot < 320.0 { 3 } else { 5 });
        let end = ticks.last().copied().unwrap_or(1.0);
        let x = |usd: f64| LEFT + plot * usd / end;
        let bottom = TOP + ROW * bars.len().max(1) as f64;
        for tick in &ticks {
            let line = [self.at(x(*tick), TOP), self.at(x(*tick), bottom)];
            self.area.draw(&PathElement::new(
                line,
                self.theme.grid.stroke_width(self.hair()),
            ))?;
            self.text(
                &format::usd_short(*tick),
                x(*tick),
                bottom + 6.0,
                HPos::Center,
                VPos::Top,
            )?;
        }
        for (n, bar) in bars.iter().enumerate() {
            self.bar(bar, TOP + ROW * n as f64, &x)?;
        }
        self.area.present()
    }

    fn bar(&self, bar: &Bar, top: f64, x: &impl Fn(f64) -> f64) -> Result<(), Error<B>> {
        let middle = top + ROW / 2.0;
        self.text(bar.name, LEFT - 10.0, middle, HPos::Right, VPos::Center)?;
        let mut from = 0.0;
        for (usd, colour) in bar.parts.iter().zip(&self.theme.parts) {
            let corners = [
                self.at(x(from), middle - BAR / 2.0),
                self.at(x(from + usd), middle + BAR / 2.0),
            ];
            // What is less than a pixel wide is not drawn; the total behind the bar says it.
            if corners[1].0 > corners[0].0 {
                self.area.draw(&Rectangle::new(corners, colour.filled()))?;
            }
            from += usd;
        }
        if from == 0.0 {
            let centre = self.at(x(0.0), middle);
            let radius = (2.5 * self.scale).round() as i32;
            self.area
                .draw(&Circle::new(centre, radius, self.theme.text.filled()))?;
        }
        let total = format::usd_short(from);
        self.text(&total, x(from) + 8.0, middle, HPos::Left, VPos::Center)
    }

    /// The width of a thin line.
    fn hair(&self) -> u32 {
        self.scale.round().max(1.0) as u32
    }
}

type Error<B> = plotters::drawing::DrawingAreaErrorKind<<B as DrawingBackend>::ErrorType>;
