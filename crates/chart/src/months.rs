//! What staying and moving come to, month by month: two lines, solid for staying and dashed for moving, and the month from
//! which moving has paid for itself.

use super::{
    Chart, Table,
    scale::linear_ticks,
    scene::{Align, BOLD, Dash, Label, Point, SMALL, Scene, wide},
    theme::Theme,
};
use plimsoll_model::{
    explore::months::{MONTHS, Months, Way},
    platform::Platform,
    sentence::Word,
    units::Usd,
};
use plimsoll_wording::format;

const LEFT: f64 = 52.0;
const EDGE: f64 = 14.0;
/// Space for two names and the mark, and for the months.
const TOP: f64 = 66.0;
const BOTTOM: f64 = 40.0;
const LINE: f64 = 17.0;
const DASHED: Dash = Dash::new(7.0, 4.0);
const DOTTED: Dash = Dash::new(2.0, 3.0);

impl Chart for Months {
    fn count(&self) -> usize {
        MONTHS
    }

    fn reading(&self) -> String {
        reading(self)
    }

    fn terms(&self) -> String {
        terms(self)
    }

    fn read_out(&self, month: usize) -> String {
        read_out(self, month)
    }

    fn hit(&self, width: f64, x: f64, _: f64) -> Option<usize> {
        month_at(width, x)
    }

    fn height(&self, _: f64) -> f64 {
        HEIGHT
    }

    fn scene(&self, highlighted: Option<usize>, theme: &Theme, width: f64) -> Scene {
        scene(self, highlighted, theme, width)
    }

    fn table(&self) -> Table {
        let ways = [&self.stay, &self.go];
        let mut heads = vec!["Month".to_owned(), "Requests".to_owned()];
        heads.extend(ways.map(|way| name_of(self, way.platform)));
        heads.push("Saved so far".to_owned());
        let usd = |usd: Option<f64>| match usd {
            Some(usd) => format::usd(Usd::of(usd)),
            None => "\u{2013}".to_owned(),
        };
        let row = |n: usize| {
            let mut row = vec![(n + 1).to_string(), format::number(self.requests[n])];
            let saved = self.saved(n).map(Usd::get);
            row.extend([ways[0].spent[n], ways[1].spent[n], saved].map(usd));
            row
        };
        (heads, (0..self.done()).map(row).collect())
    }
}

/// The height of the chart, CSS pixels.
const HEIGHT: f64 = 340.0;

/// The month, counted from zero, nearest to a place across the chart in CSS pixels; none beside the lines.
fn month_at(width: f64, x: f64) -> Option<usize> {
    let frame = Frame::new(width, 1.0);
    let month = libm::round((x - frame.left) / (frame.right - frame.left) * MONTHS as f64);
    (1.0..=MONTHS as f64)
        .contains(&month)
        .then(|| month as usize - 1)
}

/// What a way is called.
fn name_of(months: &Months, platform: Platform) -> String {
    let verb = match (months.moving, platform == months.stay.platform) {
        (true, true) => "Staying on ",
        (true, false) => "Moving to ",
        (false, _) => "Starting on ",
    };
    String::from(verb) + platform.name()
}

/// A month in words, counted from zero.
fn read_out(months: &Months, month: usize) -> String {
    let Some(requests) = months.requests.get(month) else {
        return String::new();
    };
    let words = [Word::Number((month + 1) as f64), Word::Number(*requests)];
    let mut text = format::said("Month {}, {} requests", &words);
    for way in [&months.stay, &months.go] {
        text += ". ";
        text += &name_of(months, way.platform);
        text += &match way.spent[month] {
            Some(usd) => format::said(": {}", &[Word::Money(Usd::of(usd))]),
            None => ": can\u{2019}t, or without a price".to_owned(),
        };
    }
    text + "."
}

/// What the lines begin with and rest on.
fn terms(months: &Months) -> String {
    let inputs = months.inputs();
    let growth = [Word::Number(inputs.growth_percent_per_month)];
    let mut text = format::said(
        "US dollars all in, added up. Requests change by {} % a month.",
        &growth,
    );
    for way in [&months.stay, &months.go] {
        if way.one_off.weeks > 0.0 {
            text += " ";
            text += &name_of(months, way.platform);
            let weeks = Word::Count(way.one_off.weeks, "engineer-week", "engineer-weeks");
            let words = [weeks, Word::Money(way.one_off.cost)];
            text += &format::said(" begins with {}, {}.", &words);
        }
    }
    if months.moving {
        let overlap = inputs.assumptions.move_overlap_months;
        let overlap = [Word::Count(overlap, "month", "months")];
        text += &format::said(" Both platforms run for {}.", &overlap);
    }
    text
}

/// What the lines say, in a sentence or two.
fn reading(months: &Months) -> String {
    let [stay, go] = [&months.stay, &months.go].map(|way| Word::Name(way.platform.name()));
    let of = Word::Number(MONTHS as f64);
    let month = months.payback().map(|month| Word::Number(month as f64));
    let mut text = match (months.moving, month) {
        (true, Some(month)) => format::said("Moving to {} pays back in month {}.", &[go, month]),
        (true, None) => format::said(
            "Moving to {} does not pay back within {} months.",
            &[go, of],
        ),
        (false, Some(month)) => format::said(
            "{} has cost less than {} from month {} on, set-up included.",
            &[go, stay, month],
        ),
        (false, None) => format::said(
            "{} stays cheaper than {} for {} months, set-up included.",
            &[stay, go, of],
        ),
    };
    if let Some(month) = months.held_from {
        text += &format::said(
            " From month {} on requests are held at the end of what can be entered.",
            &[Word::Number(month as f64)],
        );
    }
    text
}

struct Frame {
    left: f64,
    right: f64,
    bottom: f64,
    /// Dollars at the top.
    end: f64,
}

impl Frame {
    fn new(width: f64, end: f64) -> Self {
        Self {
            left: LEFT,
            right: (width - EDGE).max(LEFT + 40.0),
            bottom: HEIGHT - BOTTOM,
            end,
        }
    }

    /// Where the end of so many months is.
    fn x(&self, months: usize) -> f64 {
        self.left + (self.right - self.left) * months as f64 / MONTHS as f64
    }

    fn y(&self, usd: f64) -> f64 {
        self.bottom - (self.bottom - TOP) * usd / self.end
    }

    /// The line of a way, from what is spent before the first month.
    fn line(&self, way: &Way) -> Vec<Point> {
        let before = (self.x(0), self.y(way.one_off.cost.get()));
        let ends = way.spent.iter().enumerate();
        let ends = ends.map_while(|(n, usd)| Some((self.x(n + 1), self.y((*usd)?))));
        core::iter::once(before).chain(ends).collect()
    }
}

fn scene(months: &Months, highlighted: Option<usize>, theme: &Theme, width: f64) -> Scene {
    let mut scene = Scene::new(width, theme);
    let ways = [(&months.stay, Dash::SOLID), (&months.go, DASHED)];
    let largest = ways
        .iter()
        .flat_map(|(way, _)| {
            way.spent
                .iter()
                .flatten()
                .copied()
                .chain([way.one_off.cost.get()])
        })
        .fold(0.0, f64::max);
    let ticks = linear_ticks(largest, 5);
    let frame = Frame::new(width, ticks[ticks.len() - 1]);
    let small = |text: String, at, align| Label::new(text, at, align, theme.muted).small();
    for tick in ticks {
        let y = frame.y(tick);
        scene.hair((frame.left, y), (frame.right, y), theme.grid);
        scene.label(small(
            format::usd_short(tick),
            (frame.left - 6.0, y),
            Align::Right,
        ));
    }
    for month in (0..=MONTHS).step_by(if width < 480.0 { 12 } else { 6 }) {
        let x = frame.x(month);
        scene.hair((x, TOP), (x, frame.bottom), theme.grid);
        scene.label(small(
            month.to_string(),
            (x, frame.bottom + 12.0),
            Align::Centre,
        ));
    }
    scene.label(small(
        "months".into(),
        (frame.right, HEIGHT - 10.0),
        Align::Right,
    ));
    for (n, (way, dash)) in ways.into_iter().enumerate() {
        let colour = theme.series[way.platform as usize];
        scene.line(&frame.line(way), colour, 2.5, dash);
        let y = 9.0 + LINE * n as f64;
        scene.line(&[(6.0, y), (34.0, y)], colour, 2.5, dash);
        let label = Label::new(
            name_of(months, way.platform),
            (40.0, y),
            Align::Left,
            theme.text,
        );
        scene.label(label.small());
    }
    if months.done() == MONTHS
        && let Some(month) = months.payback()
    {
        let x = frame.x(month);
        let y = 9.0 + LINE * 2.0;
        let text = if months.moving {
            "Pays back: month {}"
        } else {
            "Cheaper: month {}"
        };
        let text = format::said(text, &[Word::Number(month as f64)]);
        let half = BOLD * wide(&text, SMALL) / 2.0;
        scene.line(&[(x, y + 8.0), (x, frame.bottom)], theme.text, 1.5, DOTTED);
        let middle = x.min(width - half - 2.0).max(half + 2.0);
        let label = Label::new(text, (middle, y), Align::Centre, theme.text);
        scene.label(label.small().bold(true));
        if let Some(usd) = months.go.spent[month - 1] {
            scene.circle((x, frame.y(usd)), 6.0, theme.text, 2.0);
        }
    }
    if let Some(month) = highlighted.filter(|month| *month < months.done()) {
        let x = frame.x(month + 1);
        scene.hair((x, TOP), (x, frame.bottom), theme.text);
        for (way, _) in ways {
            if let Some(usd) = way.spent[month] {
                scene.circle((x, frame.y(usd)), 4.5, theme.panel, 0.0);
                scene.circle(
                    (x, frame.y(usd)),
                    3.0,
                    theme.series[way.platform as usize],
                    0.0,
                );
            }
        }
    }
    scene
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_belongs_to_the_nearest_month() {
        let frame = Frame::new(600.0, 1.0);
        for month in [0, 1, 20, MONTHS - 1] {
            for off in [-2.0, 0.0, 2.0] {
                assert_eq!(month_at(600.0, frame.x(month + 1) + off), Some(month));
            }
        }
        assert_eq!(month_at(600.0, frame.left), None);
        assert_eq!(month_at(600.0, frame.right + EDGE), None);
        assert_eq!(month_at(600.0, f64::NAN), None);
    }
}
