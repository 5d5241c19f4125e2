//! Monthly cost per platform as stacked bars: one bar a platform, one segment a part of the bill.

pub use super::rows::LEFT;
use super::{
    rows::{self, EDGE, ROW, Rows},
    scale::linear_ticks,
    scene::{Align, BOLD, Dash, Label, Point, Scene, TYPE, wide},
    theme::Theme,
};
use plimsoll_model::{bill::Part, compare::Comparison, platform::Platform, units::Usd};
use plimsoll_wording::format;

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The platform.
    pub platform: Platform,
    /// US dollars of each of [`Part::ALL`]; negative where credits are larger than what they are taken off.
    pub parts: [f64; Part::ALL.len()],
}

impl Bar {
    /// The length of the bar, US dollars.
    pub fn total(&self) -> f64 {
        self.parts.iter().sum()
    }

    /// How long each segment is drawn. A negative part, such as a discount on the whole bill, is taken off the others
    /// of the infrastructure in proportion, so that the bar is as long as its total.
    fn lengths(&self) -> [f64; Part::ALL.len()] {
        let mut lengths = self.parts.map(|usd| usd.max(0.0));
        let people = Part::People as usize;
        let positive = lengths.iter().sum::<f64>() - lengths[people];
        let rest = self.total() - self.parts[people];
        if rest < positive {
            let share = (rest / positive).max(0.0);
            for length in &mut lengths[..people] {
                *length *= share;
            }
        }
        lengths
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
                platform: *platform,
                parts: Part::ALL.map(|part| bill.subtotal(part).get()),
            })
        })
        .collect()
}

/// What is marked in the chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The platform that is recommended.
    pub recommended: Option<Platform>,
    /// The place of the bar that is pointed at or pinned.
    pub highlighted: Option<usize>,
}

/// Space above the rows, CSS pixels.
const TOP: f64 = 4.0;

/// The height that the chart needs for so many bars, at any width, CSS pixels.
pub fn height(bars: usize) -> f64 {
    rows::height(TOP, bars.max(1))
}

/// The bar in whose row a place in CSS pixels lies.
pub fn at(bars: &[Bar], width: f64, x: f64, y: f64) -> Option<usize> {
    rows::at(TOP, bars.len(), width, (x, y))
}

/// A bar in words, with exact amounts.
pub fn read_out(bar: &Bar) -> String {
    let mut text = String::from(bar.platform.name());
    text += ": ";
    text += &format::usd(Usd::of(bar.total()));
    text += " a month";
    let mut before = ": ";
    for (part, usd) in Part::ALL.into_iter().zip(bar.parts) {
        if usd != 0.0 {
            text += before;
            text += part.name();
            text += " ";
            text += &format::usd(Usd::of(usd));
            before = ", ";
        }
    }
    text += ".";
    text
}

/// The picture of the bars at a width in CSS pixels.
pub fn scene(bars: &[Bar], marks: Marks, theme: &Theme, width: f64) -> Scene {
    let totals: Vec<String> = bars.iter().map(|bar| total(bar.total())).collect();
    let room = totals
        .iter()
        .map(|text| BOLD * wide(text, TYPE))
        .fold(60.0, f64::max);
    let mut chart = Chart {
        scene: Scene::new(width, theme),
        theme,
        rows: Rows::new(width, TOP, LEFT, room + 10.0),
        end: 1.0,
    };
    chart.axis(bars);
    for (n, bar) in bars.iter().enumerate() {
        chart.row(n, bar, &totals[n], marks);
    }
    if bars.is_empty() {
        let middle = (width / 2.0, TOP + ROW / 2.0);
        let text = "Nothing here can be priced.";
        let label = Label::new(text, middle, Align::Centre, theme.text);
        chart.scene.label(label);
    }
    chart.scene
}

/// A total as it stands in the chart: to the cent below $100, to the dollar as far as there is room.
fn total(usd: f64) -> String {
    if usd < 1e8 {
        format::usd_about(Usd::of(usd))
    } else {
        format::usd_short(usd)
    }
}

struct Chart<'a> {
    scene: Scene,
    theme: &'a Theme,
    rows: Rows,
    /// The dollars at the end of the axis.
    end: f64,
}

impl Chart<'_> {
    fn x(&self, usd: f64) -> f64 {
        self.rows.left + (self.rows.right - self.rows.left) * usd / self.end
    }

    fn axis(&mut self, bars: &[Bar]) {
        if bars.is_empty() {
            return;
        }
        let largest = bars.iter().map(Bar::total).fold(0.0, f64::max);
        let rows = self.rows;
        let most = if rows.right - rows.left < 320.0 { 3 } else { 5 };
        let ticks = linear_ticks(largest, most);
        let last = ticks.len() - 1;
        self.end = ticks[last];
        for (n, tick) in ticks.iter().enumerate() {
            let x = self.x(*tick);
            rows.grid(x, bars.len(), &mut self.scene, self.theme);
            let (text, at) = (
                format::usd_short(*tick),
                (x, rows.top_of(bars.len()) + 13.0),
            );
            let label = Label::new(text, at, rows.align(n, last), self.theme.muted);
            self.scene.label(label);
        }
    }

    fn row(&mut self, n: usize, bar: &Bar, total: &str, marks: Marks) {
        let (theme, rows, width) = (self.theme, self.rows, self.scene.width);
        if marks.highlighted == Some(n) {
            rows.highlight(n, &mut self.scene, theme);
        }
        let (text, bar_at) = rows.middles(n);
        let thick = if rows.is_narrow { 10.0 } else { 20.0 };
        let is_recommended = marks.recommended == Some(bar.platform);
        let name = bar.platform.name();
        let (name_at, align, mark) = if rows.is_narrow {
            let x = if is_recommended { 28.0 } else { EDGE };
            ((x, text), Align::Left, 15.0)
        } else {
            let x = rows.left - 10.0;
            let mark = x - wide(name, TYPE) - 12.0;
            ((x, text), Align::Right, mark.max(10.0))
        };
        if is_recommended {
            load_line(&mut self.scene, theme, (mark, text));
        }
        self.scene
            .label(Label::new(name, name_at, align, theme.text));
        let label = Label::new(total, (width - EDGE, text), Align::Right, theme.text);
        self.scene.label(label.bold(is_recommended));
        self.bar(bar, bar_at, thick);
    }

    fn bar(&mut self, bar: &Bar, middle: f64, thick: f64) {
        let (above, below) = (middle - thick / 2.0, middle + thick / 2.0);
        let mut from = 0.0;
        for (n, usd) in bar.lengths().into_iter().enumerate() {
            let (start, mut end) = (self.x(from), self.x(from + usd));
            from += usd;
            // A thin gap ends a segment that is wider than that, except the last.
            let is_last = n + 1 == Part::ALL.len() || from >= bar.total();
            if end - start > 2.0 && !is_last {
                let gap = [(end - 1.0, above), (end, below)];
                self.scene.rect(gap, self.theme.panel);
                end -= 1.0;
            }
            let corners = [(start, above), (end, below)];
            fill(&mut self.scene, self.theme, n, corners);
        }
        if from <= 0.0 {
            let at = (self.x(0.0), middle);
            self.scene.circle(at, 2.5, self.theme.text, 0.0);
        }
    }
}

/// The mark of the recommended platform: the load line of a ship.
pub(super) fn load_line(scene: &mut Scene, theme: &Theme, (x, y): Point) {
    scene.circle((x, y), 5.0, theme.accent, 1.5);
    let ends = [(x - 9.0, y), (x + 9.0, y)];
    scene.line(&ends, theme.accent, 1.5, Dash::SOLID);
}

/// Fills a segment of the part at a place of [`Part::ALL`], with the part's hatching where colours can't tell.
pub(super) fn fill(scene: &mut Scene, theme: &Theme, part: usize, corners: [Point; 2]) {
    let colour = theme.parts[part];
    let [(left, top), (right, bottom)] = corners;
    if !theme.patterned || part == 0 || right - left < 2.0 {
        scene.rect(corners, colour);
        return;
    }
    scene.rect(corners, theme.panel);
    let (wide, high) = (right - left, bottom - top);
    // Rising, falling and upright lines; the last part is empty.
    let (step, reach) = match part {
        1 | 2 => (5.0, wide + high),
        3 => (4.0, wide),
        _ => (f64::INFINITY, 0.0),
    };
    let mut place = step;
    while place < reach {
        let (from, to) = if part == 3 {
            ((place, 0.0), (place, high))
        } else {
            let (across, down) = (place.min(wide), place.min(high));
            ((across, place - across), (place - down, down))
        };
        let inside = |(x, y): Point| (left + x, if part == 2 { bottom - y } else { top + y });
        scene.hair(inside(from), inside(to), colour);
        place += step;
    }
    let (left, top, right, bottom) = (left + 0.5, top + 0.5, right - 0.5, bottom - 0.5);
    let frame = [
        (left, top),
        (right, top),
        (right, bottom),
        (left, bottom),
        (left, top),
    ];
    scene.line(&frame, colour, 1.0, Dash::SOLID);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::BOTTOM;
    use plimsoll_model::{compare::compare, inputs::Inputs, prices::PriceBook, vendor::Vendor};

    fn some_bars() -> Vec<Bar> {
        bars(&compare(&Inputs::default(), &PriceBook::bundled()))
    }

    #[test]
    fn a_bar_is_as_long_as_its_bill_with_a_contract_too() {
        let mut inputs = Inputs::default();
        inputs.buy.discount_percent[Vendor::Aws] = 60.0;
        inputs.buy.discount_percent[Vendor::GoogleCloud] = 60.0;
        let comparison = compare(&inputs, &PriceBook::bundled());
        let bars = bars(&comparison);
        assert!(
            bars.iter()
                .any(|bar| bar.parts.iter().any(|usd| *usd < 0.0))
        );
        for bar in bars {
            let total = comparison.total(bar.platform).map_or(0.0, Usd::get);
            assert!((bar.total() - total).abs() < 1e-6, "{bar:?}: {total}");
            let drawn: f64 = bar.lengths().iter().sum();
            assert!((drawn - total).abs() < 1e-6, "{bar:?}: {drawn}");
            assert!(bar.lengths().iter().all(|length| *length >= 0.0));
        }
    }

    #[test]
    fn a_place_belongs_to_the_bar_of_its_row() {
        let bars = some_bars();
        let last = bars.len() - 1;
        assert_eq!(at(&bars, 600.0, 0.0, TOP), Some(0));
        assert_eq!(at(&bars, 600.0, 599.0, TOP + ROW * 1.5), Some(1));
        assert_eq!(
            at(&bars, 600.0, 300.0, height(bars.len()) - BOTTOM - 0.1),
            Some(last)
        );
        for (x, y) in [
            (300.0, TOP - 0.1),
            (300.0, height(bars.len()) - BOTTOM),
            (-1.0, 50.0),
            (601.0, 50.0),
        ] {
            assert_eq!(at(&bars, 600.0, x, y), None, "{x} {y}");
        }
        assert_eq!(at(&bars, 600.0, 300.0, f64::NAN), None);
        assert_eq!(at(&[], 600.0, 300.0, 10.0), None);
    }

    #[test]
    fn a_bar_is_read_out_to_the_cent() {
        let bar = Bar {
            platform: Platform::CloudRun,
            parts: [23.7, -1.5, 0.0, 3.456, 1_964.6],
        };
        assert_eq!(
            read_out(&bar),
            "Cloud Run: $1,990.26 a month: Compute $23.70, Platform fees -$1.50, Logs and monitoring $3.46, \
             Engineering time $1,964.60."
        );
    }
}
