//! How sure a ranking is: a bar from the tenth to the ninetieth of a hundred samples for each platform, a mark at the
//! fiftieth, and how often it is recommended.

use super::{
    Chart, Table,
    rows::{self, EDGE, LEFT, ROW, Rows},
    scale::{linear_ticks, log_range, log_ticks},
    scene::{Align, BOLD, Dash, Label, SMALL, Scene, wide},
    theme::Theme,
};
use plimsoll_model::{
    explore::sample::{Sampled, Spread},
    units::Usd,
};
use plimsoll_wording::format;

/// Space for what the columns are called.
const TOP: f64 = 22.0;
/// Where the dearest costs so many times what the cheapest does, the axis is logarithmic.
const LOG_FROM: f64 = 12.0;

const BARS: &str = "Bar: 8 of 10, line: half";
const CHANCE: &str = "Recommended";

/// The chart of how sure a ranking is; empty while nothing has been sampled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranges {
    /// What the samples say.
    pub sampled: Option<Sampled>,
}

impl Ranges {
    /// The bars of all platforms that are priced in some sample, in the order of the ranking.
    fn bars(&self) -> Vec<Bar<'_>> {
        let spreads = self.sampled.iter().flat_map(|sampled| &sampled.spreads);
        spreads
            .filter_map(|spread| Some((spread, spread.totals?)))
            .collect()
    }
}

impl Chart for Ranges {
    fn count(&self) -> usize {
        self.bars().len()
    }

    fn read_out(&self, bar: usize) -> String {
        self.bars().get(bar).map_or(String::new(), read_out)
    }

    fn hit(&self, width: f64, x: f64, y: f64) -> Option<usize> {
        rows::hit_test(TOP, self.count(), width, (x, y))
    }

    fn height(&self, _: f64) -> f64 {
        rows::height(TOP, self.count().max(1))
    }

    fn scene(&self, highlighted: Option<usize>, theme: &Theme, width: f64) -> Scene {
        scene(self, highlighted, theme, width)
    }

    fn table(&self) -> Table {
        let heads = [
            "Platform",
            "1 in 10 below",
            "Half below",
            "9 in 10 below",
            "Cheapest",
            "Recommended",
        ];
        let row = |spread: &Spread| {
            let ends = spread.totals.map_or([None; 3], |all| all.map(Some));
            let usd = ends.map(|usd| match usd {
                Some(usd) => format::usd_about(Usd::of(usd)),
                None => "\u{2013}".to_owned(),
            });
            let mut row = vec![spread.platform.name().to_owned()];
            row.extend(usd);
            row.extend([spread.cheapest, spread.recommended].map(format::chance));
            row
        };
        let spreads = self.sampled.iter().flat_map(|sampled| &sampled.spreads);
        (heads.map(str::to_owned).into(), spreads.map(row).collect())
    }
}

/// A bar: whose it is, and the dollars a month of its ends and its mark.
type Bar<'a> = (&'a Spread, [f64; 3]);

/// A bar in words.
fn read_out((spread, [low, middle, high]): &Bar<'_>) -> String {
    let usd = |x: &f64| format::usd_about(Usd::of(*x));
    [
        spread.platform.name(),
        ": ",
        &usd(low),
        " to ",
        &usd(high),
        " a month in 8 of 10 samples, ",
        &usd(middle),
        " in the middle; the cheapest in ",
        &format::chance(spread.cheapest),
        ", recommended in ",
        &format::chance(spread.recommended),
        " of all.",
    ]
    .concat()
}

fn scene(ranges: &Ranges, highlighted: Option<usize>, theme: &Theme, width: f64) -> Scene {
    let bars = ranges.bars();
    let room = BOLD * wide(CHANCE, SMALL) + 14.0;
    let mut chart = Drawing {
        scene: Scene::new(width, theme),
        theme,
        rows: Rows::new(width, TOP, LEFT, room),
        ends: (0.0, 1.0),
        is_log: false,
    };
    if bars.is_empty() {
        let text = if ranges.sampled.is_some() {
            "Nothing here can be priced."
        } else {
            "No samples yet."
        };
        let middle = (width / 2.0, TOP + ROW / 2.0);
        let label = Label::new(text, middle, Align::Centre, theme.text);
        chart.scene.label(label);
        return chart.scene;
    }
    chart.heads();
    chart.axis(&bars);
    for (n, bar) in bars.iter().enumerate() {
        chart.row(n, bar, highlighted == Some(n));
    }
    chart.scene
}

struct Drawing<'a> {
    scene: Scene,
    theme: &'a Theme,
    rows: Rows,
    /// The dollars at the ends of the axis.
    ends: (f64, f64),
    is_log: bool,
}

impl Drawing<'_> {
    fn x(&self, usd: f64) -> f64 {
        let (from, to) = self.ends;
        let share = if self.is_log {
            libm::log(usd / from) / libm::log(to / from)
        } else {
            (usd - from) / (to - from)
        };
        self.rows.left + (self.rows.right - self.rows.left) * share.clamp(0.0, 1.0)
    }

    fn heads(&mut self) {
        let y = TOP / 2.0;
        let colour = self.theme.muted;
        let bars = Label::new(BARS, (self.rows.left, y), Align::Left, colour);
        let end = (self.scene.width - EDGE, y);
        let chance = Label::new(CHANCE, end, Align::Right, colour);
        self.scene.label(bars.small());
        self.scene.label(chance.small());
    }

    fn axis(&mut self, bars: &[Bar<'_>]) {
        let ends = bars.iter().flat_map(|(_, ends)| ends.iter().copied());
        let least = ends.clone().fold(f64::INFINITY, f64::min);
        let most = ends.clone().fold(0.0, f64::max);
        self.is_log = least > 0.0 && most > LOG_FROM * least;
        let rows = self.rows;
        let ticks = if self.is_log {
            self.ends = log_range(ends);
            log_ticks(self.ends.0, self.ends.1)
        } else {
            let steps = if rows.right - rows.left < 320.0 { 3 } else { 5 };
            let ticks = linear_ticks(most, steps);
            self.ends = (0.0, ticks[ticks.len() - 1]);
            ticks
        };
        let mut free = 0.0;
        for (n, tick) in ticks.iter().enumerate() {
            let x = self.x(*tick);
            rows.grid(x, bars.len(), &mut self.scene, self.theme);
            let (text, at) = (
                format::usd_short(*tick),
                (x, rows.top_of(bars.len()) + 13.0),
            );
            let align = rows.align(n, ticks.len() - 1);
            let label = Label::new(text, at, align, self.theme.muted);
            let [from, _, to, _] = label.bounds();
            if from >= free {
                free = to + 4.0;
                self.scene.label(label);
            }
        }
    }

    fn row(&mut self, n: usize, (spread, ends): &Bar<'_>, is_highlighted: bool) {
        let (theme, rows, width) = (self.theme, self.rows, self.scene.width);
        if is_highlighted {
            rows.highlight(n, &mut self.scene, theme);
        }
        let (text, middle) = rows.middles(n);
        let thick = if rows.is_narrow { 8.0 } else { 12.0 };
        let (name_at, align) = if rows.is_narrow {
            ((EDGE, text), Align::Left)
        } else {
            ((rows.left - 10.0, text), Align::Right)
        };
        let name = Label::new(spread.platform.name(), name_at, align, theme.text);
        self.scene.label(name);
        let ever = spread.recommended > 0.0;
        let chance = Label::new(
            format::chance(spread.recommended),
            (width - EDGE, text),
            Align::Right,
            if ever { theme.text } else { theme.muted },
        );
        self.scene.label(chance.bold(ever));
        self.bar(*ends, (middle, thick), ever);
    }

    fn bar(&mut self, ends: [f64; 3], (middle, thick): (f64, f64), ever: bool) {
        let [low, half, high] = ends.map(|usd| self.x(usd));
        let theme = self.theme;
        let colour = if ever { theme.accent } else { theme.muted };
        // What does not vary has a length, too.
        let (low, high) = if high - low < 2.0 {
            (half - 1.0, half + 1.0)
        } else {
            (low, high)
        };
        let (above, below) = (middle - thick / 2.0, middle + thick / 2.0);
        self.scene.rect([(low, above), (high, below)], colour);
        // The mark stands free of the bar.
        let gap = [(half - 2.5, above), (half + 2.5, below)];
        self.scene.rect(gap, theme.panel);
        let mark = [(half, above - 3.0), (half, below + 3.0)];
        self.scene.line(&mark, theme.text, 2.0, Dash::SOLID);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_in_the_row_of_its_bar() {
        for (y, expected) in [
            (TOP - 1.0, None),
            (TOP + 1.0, Some(0)),
            (TOP + 2.5 * ROW, Some(2)),
            (TOP + 3.1 * ROW, None),
        ] {
            assert_eq!(rows::hit_test(TOP, 3, 400.0, (10.0, y)), expected, "{y}");
        }
        assert_eq!(rows::hit_test(TOP, 3, 400.0, (401.0, TOP + 1.0)), None);
        assert!(wide(BARS, SMALL) + BOLD * wide(CHANCE, SMALL) < 280.0 - 2.0 * EDGE);
    }
}
