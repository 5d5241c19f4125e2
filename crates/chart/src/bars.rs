//! Monthly cost per platform as stacked bars: one bar a platform, one segment a part of the bill.

pub use super::rows::LEFT;
use super::{
    Chart, Table,
    rows::{self, EDGE, ROW, Rows},
    scale::linear_ticks,
    scene::{Align, BOLD, Dash, LEGEND_LINE, Label, Point, SMALL, Scene, TYPE, wide},
    theme::Theme,
};
use plimsoll_model::sorting::by_number;
use plimsoll_model::{
    Assessment, bill::CostCategory, compare::Comparison, platform::Platform, units::Usd,
};
use plimsoll_wording::format;

/// The chart of monthly cost per platform.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Costs {
    /// A bar for each platform that is priced, cheapest first.
    pub bars: Vec<Bar>,
    /// The platform that is recommended.
    pub recommended: Option<Platform>,
}

impl Costs {
    /// The costs and the answer of an assessment.
    pub fn of(assessment: &Assessment) -> Self {
        Self {
            bars: bars(&assessment.comparison),
            recommended: assessment.verdict.platform,
        }
    }
}

impl Costs {
    /// The infrastructure alone, the cheapest first.
    #[must_use]
    pub fn without_people(mut self) -> Self {
        for bar in &mut self.bars {
            bar.parts[CostCategory::People as usize] = 0.0;
        }
        by_number(&mut self.bars, Bar::total);
        self
    }
}

impl Chart for Costs {
    fn count(&self) -> usize {
        self.bars.len()
    }

    fn read_out(&self, bar: usize) -> String {
        self.bars.get(bar).map_or(String::new(), read_out)
    }

    fn hit(&self, width: f64, x: f64, y: f64) -> Option<usize> {
        rows::hit_test(TOP, self.bars.len(), width, (x, y))
    }

    fn height(&self, _: f64) -> f64 {
        rows::height(TOP, self.bars.len().max(1))
    }

    fn scene(&self, highlighted: Option<usize>, theme: &Theme, width: f64) -> Scene {
        scene(self, highlighted, theme, width)
    }

    /// The parts of a bill, as many in a line as there is room for, and the mark of the recommended platform.
    fn legend(&self, scene: &mut Scene, theme: &Theme, y: f64) -> f64 {
        let mut y = y + LEGEND_LINE / 2.0;
        let mut x = EDGE;
        for part in CostCategory::ALL {
            let room = 26.0 + wide(part.name(), SMALL);
            if x + room > scene.width && x > EDGE {
                (x, y) = (EDGE, y + LEGEND_LINE);
            }
            for kubernetes in [false, true] {
                let left = x + if kubernetes { 10.0 } else { 0.0 };
                let key = [(left, y - 5.0), (left + 10.0, y + 5.0)];
                fill(scene, theme, part as usize, kubernetes, key);
            }
            let label = Label::new(part.name(), (x + 25.0, y), Align::Left, theme.text);
            scene.label(label.small());
            x += room + 10.0;
        }
        if self.recommended.is_some() {
            y += LEGEND_LINE;
            scene.mark((15.0, y), 5.0, theme);
            let label = Label::new("Recommended", (28.0, y), Align::Left, theme.text);
            scene.label(label.small());
        }
        y + LEGEND_LINE
    }

    fn table(&self) -> Table {
        let usd = |usd: f64| format::usd(Usd::of(usd));
        let mut heads = vec!["Platform".to_owned()];
        heads.extend(CostCategory::ALL.map(|part| part.name().to_owned()));
        heads.push("Total".to_owned());
        let row = |bar: &Bar| {
            let mut row = vec![bar.platform.name().to_owned()];
            row.extend(bar.parts.map(usd));
            row.push(usd(bar.total()));
            row
        };
        (heads, self.bars.iter().map(row).collect())
    }
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The platform.
    pub platform: Platform,
    /// US dollars of each of [`CostCategory::ALL`]; negative where credits are larger than what they are taken off.
    pub parts: [f64; CostCategory::ALL.len()],
}

impl Bar {
    /// The length of the bar, US dollars.
    pub fn total(&self) -> f64 {
        self.parts.iter().sum()
    }

    /// How long each segment is drawn. A negative part, such as a discount on the whole bill, is taken off the others
    /// of the infrastructure in proportion, so that the bar is as long as its total.
    fn lengths(&self) -> [f64; CostCategory::ALL.len()] {
        let mut lengths = self.parts.map(|usd| usd.max(0.0));
        let people = CostCategory::People as usize;
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
                parts: CostCategory::ALL.map(|part| bill.subtotal(part).get()),
            })
        })
        .collect()
}

/// Space above the rows, CSS pixels.
const TOP: f64 = 4.0;

/// A bar in words, with exact amounts.
fn read_out(bar: &Bar) -> String {
    let mut text = String::from(bar.platform.name());
    text += ": ";
    text += &format::usd(Usd::of(bar.total()));
    text += " a month";
    let mut before = ": ";
    for (part, usd) in CostCategory::ALL.into_iter().zip(bar.parts) {
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

fn scene(costs: &Costs, highlighted: Option<usize>, theme: &Theme, width: f64) -> Scene {
    let bars = &costs.bars;
    let totals: Vec<String> = bars.iter().map(|bar| total(bar.total())).collect();
    let room = totals
        .iter()
        .map(|text| BOLD * wide(text, TYPE))
        .fold(60.0, f64::max);
    let mut chart = Drawing {
        scene: Scene::new(width, theme),
        theme,
        rows: Rows::new(width, TOP, LEFT, room + 10.0),
        end: 1.0,
    };
    chart.axis(bars);
    for (n, bar) in bars.iter().enumerate() {
        if highlighted == Some(n) {
            chart.rows.highlight(n, &mut chart.scene, theme);
        }
        let is_recommended = costs.recommended == Some(bar.platform);
        chart.row(n, bar, &totals[n], is_recommended);
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

struct Drawing<'a> {
    scene: Scene,
    theme: &'a Theme,
    rows: Rows,
    /// The dollars at the end of the axis.
    end: f64,
}

impl Drawing<'_> {
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

    fn row(&mut self, n: usize, bar: &Bar, total: &str, is_recommended: bool) {
        let (theme, rows, width) = (self.theme, self.rows, self.scene.width);
        let (text, bar_at) = rows.middles(n);
        let thick = if rows.is_narrow { 10.0 } else { 20.0 };
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
            self.scene.mark((mark, text), 5.0, theme);
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
            let is_last = n + 1 == CostCategory::ALL.len() || from >= bar.total();
            if end - start > 2.0 && !is_last {
                let gap = [(end - 1.0, above), (end, below)];
                self.scene.rect(gap, self.theme.panel);
                end -= 1.0;
            }
            let corners = [(start, above), (end, below)];
            let kubernetes = bar.platform.is_kubernetes();
            fill(&mut self.scene, self.theme, n, kubernetes, corners);
        }
        if from <= 0.0 {
            let at = (self.x(0.0), middle);
            self.scene.circle(at, 2.5, self.theme.text, 0.0);
        }
    }
}

/// A segment of the part at a place of [`CostCategory::ALL`]: a tint of its side, an outline for people, which are estimated; with
/// the part's hatching where colours can't tell.
pub(super) fn fill(
    scene: &mut Scene,
    theme: &Theme,
    part: usize,
    kubernetes: bool,
    corners: [Point; 2],
) {
    let [(left, top), (right, bottom)] = corners;
    let ink = theme.side(kubernetes);
    let is_people = part == CostCategory::People as usize;
    if right - left < 2.0 || (!is_people && (!theme.patterned || part == 0)) {
        scene.rect(
            corners,
            if is_people {
                ink
            } else {
                theme.part(part, kubernetes)
            },
        );
        return;
    }
    if theme.patterned {
        scene.rect(corners, theme.panel);
    }
    let (wide, high) = (right - left, bottom - top);
    // Rising, falling and upright lines; people are empty.
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
        scene.hair(inside(from), inside(to), ink);
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
    scene.line(&frame, ink, 1.0, Dash::SOLID);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::BOTTOM;
    use plimsoll_model::{
        assess, compare::compare, inputs::Inputs, prices::PriceBook, vendor::Vendor,
    };

    #[test]
    fn a_bar_is_as_long_as_its_bill_with_a_contract_too() {
        let mut inputs = Inputs::default();
        inputs.buy.discount_percent[Vendor::Aws] = 60.0;
        inputs.buy.discount_percent[Vendor::GoogleCloud] = 60.0;
        let comparison = compare(&inputs, &PriceBook::bundled());
        let bars = bars(&comparison);
        // What is taken off stands in the part in which it was spent.
        assert!(
            bars.iter()
                .all(|bar| bar.parts.iter().all(|usd| *usd >= 0.0))
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
        let costs = Costs::of(&assess(&Inputs::default(), &PriceBook::bundled()));
        let last = costs.count() - 1;
        let end = costs.height(600.0) - BOTTOM;
        assert_eq!(costs.hit(600.0, 0.0, TOP), Some(0));
        assert_eq!(costs.hit(600.0, 599.0, TOP + ROW * 1.5), Some(1));
        assert_eq!(costs.hit(600.0, 300.0, end - 0.1), Some(last));
        for (x, y) in [
            (300.0, TOP - 0.1),
            (300.0, end),
            (-1.0, 50.0),
            (601.0, 50.0),
        ] {
            assert_eq!(costs.hit(600.0, x, y), None, "{x} {y}");
        }
        assert_eq!(costs.hit(600.0, 300.0, f64::NAN), None);
        assert_eq!(Costs::default().hit(600.0, 300.0, 10.0), None);
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
