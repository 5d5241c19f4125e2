//! The load line: what serverless and Kubernetes cost over requests a month, both on logarithmic axes, and where they meet.
//!
//! Solid lines are with people and dashed ones the machines alone; a band holds 8 of 10 estimates. Ink is the user's: the upright
//! at the load that they have with what Kubernetes costs and takes more there, and the mark of a ship's load line on the axis.

mod grip;
mod labels;

use super::{
    Chart, Table,
    scale::{log_range, log_share, log_ticks},
    scene::{Align, Dash, Label, Point, Scene, TYPE},
    theme::Theme,
};
use plimsoll_model::{
    decide::PaysOff,
    explore::load_line::{Cost, LoadLine, Side},
    units::Usd,
};
use plimsoll_wording::format;
use plotters::style::RGBColor;

/// The chart of a load line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadLines {
    /// What it shows.
    pub line: LoadLine,
    /// Below how many hours a week which Kubernetes would cost no more, if at any; said where the two don't meet.
    pub pays_off: Option<PaysOff>,
}

/// A chart that is less wide than this says less, CSS pixels.
const NARROW: f64 = 560.0;
/// Space for the dollars.
const LEFT: f64 = 46.0;
/// Space at the right.
const RIGHT: f64 = 14.0;
/// Space above, for the name of the user's load.
const TOP: f64 = 22.0;
/// Space below, for the mark and the requests.
const BOTTOM: f64 = 40.0;
/// How much of a band's colour there is.
const BAND: f64 = 0.17;
/// Radius of the mark.
const MARK: f64 = 8.0;

const MACHINES: Dash = Dash::new(5.0, 3.0);
const DOTTED: Dash = Dash::new(2.0, 3.0);
/// How opaque the ground behind a label is.
const HALO: f64 = 0.75;

/// So many hours, in words where they are hardly any.
fn under(hours: f64) -> String {
    if hours < 0.5 {
        "half an hour".to_owned()
    } else {
        format!("{} hours", format::number(format::to_two_digits(hours)))
    }
}

impl LoadLines {
    /// What Kubernetes costs and takes more at the user's load: dollars of infrastructure a month, and hours a week.
    fn more_here(&self) -> Option<(f64, f64)> {
        let (serverless, kubernetes) = (self.line.side(false)?, self.line.side(true)?);
        let machines = kubernetes.here?.infrastructure - serverless.here?.infrastructure;
        let hours = kubernetes.hours.total() - serverless.hours.total();
        Some((machines, hours))
    }

    /// Whether the bands of the two have dollars in common at the user's load.
    fn overlap(&self) -> bool {
        let [Some(one), Some(other)] = [false, true].map(|side| self.line.side(side)?.here) else {
            return false;
        };
        one.low < other.high && other.low < one.high
    }

    /// The requests at a place across the chart, CSS pixels: what is dragged there.
    pub fn requests_at(&self, width: f64, x: f64) -> f64 {
        let frame = Frame::new(self, width);
        let share = ((x - frame.left) / (frame.right - frame.left)).clamp(0.0, 1.0);
        let (from, to) = frame.requests;
        from * libm::pow(to / from, share)
    }
}

impl Chart for LoadLines {
    fn count(&self) -> usize {
        self.line.requests.len()
    }

    fn reading(&self) -> String {
        let [Some(serverless), Some(kubernetes)] = [false, true].map(|side| self.line.side(side))
        else {
            return String::new();
        };
        let (one, other) = (serverless.platform.name(), kubernetes.platform.name());
        match self.line.meetings[..] {
            [] => {
                let take = self.pays_off.map_or(String::new(), |pays| {
                    let (hours, first) = (under(pays.hours_per_week), pays.platform.name());
                    format!(" {first} would have to take less than {hours} a week.")
                });
                format!(
                    "{one} and {other} don\u{2019}t meet up to 10 billion requests a month.{take}"
                )
            }
            [first, ..] => {
                let first = format::number(format::to_two_digits(first));
                format!("{one} and {other} cost the same at {first} requests a month.")
            }
        }
    }

    fn read_out(&self, point: usize) -> String {
        let Some(requests) = self.line.requests.get(point) else {
            return String::new();
        };
        let sides = self.line.sides.iter().map(|side| {
            let name = side.platform.name();
            match side.costs.get(point).copied().flatten() {
                Some(cost) => {
                    let about = |usd: f64| format::usd_estimated(Usd::of(usd));
                    format!(
                        "{name} {} with people, likely {} to {}, and {} without",
                        about(cost.total),
                        about(cost.low),
                        about(cost.high),
                        format::usd_about(Usd::of(cost.infrastructure))
                    )
                }
                None => format!("{name} can\u{2019}t run it or has no price"),
            }
        });
        let sides: Vec<String> = sides.collect();
        let requests = format::number(*requests);
        format!("{requests} requests a month: {}.", sides.join("; "))
    }

    fn hit(&self, width: f64, x: f64, _: f64) -> Option<usize> {
        let frame = Frame::new(self, width);
        if !(frame.left - 8.0..=frame.right + 8.0).contains(&x) {
            return None;
        }
        let away = |place: &usize| (frame.x(self.line.requests[*place]) - x).abs();
        (0..self.line.requests.len()).min_by(|a, b| away(a).total_cmp(&away(b)))
    }

    fn height(&self, width: f64) -> f64 {
        if width < NARROW { 270.0 } else { 310.0 }
    }

    fn scene(&self, highlighted: Option<usize>, theme: &Theme, width: f64) -> Scene {
        scene(self, highlighted, theme, width)
    }

    fn legend(&self, scene: &mut Scene, theme: &Theme, y: f64) -> f64 {
        let texts = [
            "Solid: with people. Band: 8 of 10 estimates.",
            "Dashed: machines alone.",
        ];
        scene.legend(&texts, theme, y)
    }

    fn table(&self) -> Table {
        let mut heads = vec!["Requests a month".to_owned()];
        for side in &self.line.sides {
            let name = side.platform.name();
            heads.extend(
                [
                    "infrastructure",
                    "with people",
                    "10 of 100 below",
                    "90 of 100 below",
                ]
                .map(|what| format!("{name}, {what}")),
            );
        }
        let row = |point: usize| {
            let mut row = vec![format::number(self.line.requests[point])];
            for side in &self.line.sides {
                row.extend(side.costs[point].map_or_else(
                    || ["\u{2013}"; 4].map(str::to_owned),
                    |cost| {
                        [cost.infrastructure, cost.total, cost.low, cost.high]
                            .map(|usd| format::usd(Usd::of(usd)))
                    },
                ));
            }
            row
        };
        (heads, (0..self.count()).map(row).collect())
    }
}

fn scene(view: &LoadLines, highlighted: Option<usize>, theme: &Theme, width: f64) -> Scene {
    if view
        .line
        .sides
        .iter()
        .all(|side| side.costs.iter().all(Option::is_none))
    {
        return super::nothing(theme, width);
    }
    let mut drawing = Drawing {
        scene: Scene::new(width, theme),
        theme,
        view,
        frame: Frame::new(view, width),
    };
    drawing.axes();
    // The dearer side lies behind: its band is the wider one.
    for side in view.line.sides.iter().rev() {
        drawing.band(side);
    }
    for side in &view.line.sides {
        drawing.lines(side);
    }
    drawing.meetings();
    drawing.here();
    if let Some(point) = highlighted {
        drawing.highlight(point);
    }
    drawing.grip();
    drawing.names();
    drawing.scene
}

/// Where the lines are, and what the axes show.
#[derive(Clone, Copy, Debug)]
struct Frame {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    requests: (f64, f64),
    usd: (f64, f64),
}

impl Frame {
    fn new(view: &LoadLines, width: f64) -> Self {
        let all = view
            .line
            .sides
            .iter()
            .flat_map(|side| side.costs.iter().flatten());
        let usd = log_range(all.flat_map(|cost| [cost.infrastructure, cost.low, cost.high]));
        let requests = &view.line.requests;
        let ends = (requests.first().copied(), requests.last().copied());
        Self {
            left: LEFT,
            right: (width - RIGHT).max(LEFT + 40.0),
            top: TOP,
            bottom: view.height(width) - BOTTOM,
            requests: (ends.0.unwrap_or(1.0), ends.1.unwrap_or(10.0)),
            usd,
        }
    }

    fn x(&self, requests: f64) -> f64 {
        self.left + (self.right - self.left) * log_share(requests, self.requests)
    }

    fn y(&self, usd: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * log_share(usd, self.usd)
    }

    fn is_narrow(&self) -> bool {
        self.right - self.left < NARROW - LEFT - RIGHT
    }
}

struct Drawing<'a> {
    scene: Scene,
    theme: &'a Theme,
    view: &'a LoadLines,
    frame: Frame,
}

impl Drawing<'_> {
    fn colour(&self, side: &Side) -> RGBColor {
        self.theme.side(side.platform.is_kubernetes())
    }

    fn small(&mut self, text: impl Into<String>, at: Point, align: Align) {
        let label = Label::new(text, at, align, self.theme.muted);
        self.scene.label(label.small());
    }

    fn axes(&mut self) {
        let (frame, grid) = (self.frame, self.theme.grid);
        for usd in log_ticks(frame.usd.0, frame.usd.1) {
            let decade = libm::log10(usd);
            if (decade - libm::round(decade)).abs() > 1e-6 {
                continue;
            }
            let y = frame.y(usd);
            self.scene.hair((frame.left, y), (frame.right, y), grid);
            self.small(format::usd_short(usd), (frame.left - 6.0, y), Align::Right);
        }
        let axis = [(frame.left, frame.bottom), (frame.right, frame.bottom)];
        self.scene.line(&axis, self.theme.text, 1.0, Dash::SOLID);
        let under = frame.bottom + 18.0;
        let decades = libm::log10(frame.requests.1 / frame.requests.0);
        let each = if (frame.right - frame.left) / decades < 40.0 {
            2
        } else {
            1
        };
        for requests in log_ticks(frame.requests.0, frame.requests.1) {
            let decade = libm::log10(requests);
            let x = frame.x(requests);
            let whole = (decade - libm::round(decade)).abs() < 1e-6;
            let long = if whole { 6.0 } else { 3.0 };
            self.scene
                .hair((x, frame.bottom), (x, frame.bottom + long), self.theme.text);
            // The last decade has its number, and of those before it as many as there is room for.
            let to_last = libm::round(libm::log10(frame.requests.1) - decade) as usize;
            if whole && to_last.is_multiple_of(each) {
                let align = if x > frame.right - 20.0 {
                    Align::Right
                } else if x < frame.left + 8.0 {
                    Align::Left
                } else {
                    Align::Centre
                };
                self.small(format::short(requests), (x, under), align);
            }
        }
        self.small("US dollars a month", (6.0, 8.0), Align::Left);
        let at = (frame.right, frame.bottom + 33.0);
        self.small("requests a month", at, Align::Right);
    }

    /// The pieces of a side where it has a bill.
    fn pieces(side: &Side, requests: &[f64]) -> Vec<Vec<(f64, Cost)>> {
        let mut pieces = vec![Vec::new()];
        for (requests, cost) in requests.iter().zip(&side.costs) {
            match (cost, pieces.last_mut()) {
                (Some(cost), Some(piece)) => piece.push((*requests, *cost)),
                (None, Some(piece)) if !piece.is_empty() => pieces.push(Vec::new()),
                _ => {}
            }
        }
        pieces.retain(|piece| piece.len() > 1);
        pieces
    }

    fn band(&mut self, side: &Side) {
        let (frame, colour) = (self.frame, self.colour(side));
        for piece in Self::pieces(side, &self.view.line.requests) {
            let at = |usd: fn(&Cost) -> f64| {
                let piece = piece.iter();
                piece.map(move |(requests, cost)| (frame.x(*requests), frame.y(usd(cost))))
            };
            let up: Vec<Point> = at(|cost| cost.high).collect();
            let down: Vec<Point> = at(|cost| cost.low).collect();
            let around: Vec<Point> = up.iter().chain(down.iter().rev()).copied().collect();
            // Each dot is drawn by itself, which a drag would feel: dots only where there are no colours.
            let (ink, dash) = if self.theme.patterned {
                (colour, DOTTED)
            } else {
                self.scene.area(around, colour, BAND);
                (self.theme.edge(side.platform.is_kubernetes()), Dash::SOLID)
            };
            for edge in [up, down] {
                self.scene.line(&edge, ink, 0.75, dash);
            }
        }
    }

    fn lines(&mut self, side: &Side) {
        let (frame, colour) = (self.frame, self.colour(side));
        let faint = self.view.overlap();
        for piece in Self::pieces(side, &self.view.line.requests) {
            let mut line = |usd: &dyn Fn(&Cost) -> f64, width, dash| {
                let points: Vec<Point> = piece
                    .iter()
                    .map(|(requests, cost)| (frame.x(*requests), frame.y(usd(cost))))
                    .collect();
                self.scene.line(&points, colour, width, dash);
            };
            line(&|cost| cost.infrastructure, 1.25, MACHINES);
            // Where the bands overlap, each estimate shows that the two don't cross under it.
            for people in side.people.iter().filter(|_| faint) {
                line(&|cost| cost.infrastructure + people, 0.5, Dash::SOLID);
            }
            // Without colours the dash tells the sides.
            let told = self.theme.patterned && side.platform.is_kubernetes();
            let dash = if told {
                Dash::new(11.0, 4.0)
            } else {
                Dash::SOLID
            };
            line(&|cost| cost.total, 2.25, dash);
        }
    }

    /// Where the two meet, with the number; or that they don't.
    fn meetings(&mut self) {
        let (frame, ink) = (self.frame, self.theme.text);
        for requests in &self.view.line.meetings {
            let x = frame.x(*requests);
            self.scene
                .line(&[(x, frame.top), (x, frame.bottom)], ink, 1.5, DOTTED);
        }
        if let Some(first) = self.view.line.meetings.first() {
            let number = format::short(*first);
            let long = format!("Load line: both cost the same at {number}");
            let short = format!("Load line: {number}");
            self.beside(&[&long, &short], ink, *first, frame.bottom - 12.0);
        }
    }

    /// The user's load: the upright, what one side costs and takes more there, in its colour, and the mark.
    fn here(&mut self) {
        let (frame, ink) = (self.frame, self.theme.text);
        let here = self.view.line.here;
        let x = frame.x(here);
        self.scene.line(
            &[(x, frame.top - 6.0), (x, frame.bottom)],
            ink,
            1.0,
            Dash::SOLID,
        );
        self.beside(
            &[&format!("You: {}", format::short(here))],
            ink,
            here,
            frame.top - 8.0,
        );
        let costs: Vec<(RGBColor, Cost)> = self
            .view
            .line
            .sides
            .iter()
            .filter_map(|side| Some((self.colour(side), side.here?)))
            .collect();
        if let ([(_, one), (_, other)], Some((machines, hours))) =
            (&costs[..], self.view.more_here())
        {
            let ends = [(x, frame.y(one.total)), (x, frame.y(other.total))];
            self.scene.line(&ends, ink, 4.0, Dash::SOLID);
            let middle = f64::midpoint(ends[0].1, ends[1].1);
            let number = format::number(format::to_two_digits(hours.abs()));
            let usd = format::usd_about(Usd::of(machines.abs()));
            let [takes, costs_more] = [hours, machines].map(|more| more > 0.0);
            let name = |kubernetes| {
                let side = self.view.line.side(kubernetes);
                side.map_or("", |side| side.platform.short_name())
            };
            let (on_one, on_other) = (name(costs_more), name(takes));
            let between = (ends[0].1 - ends[1].1).abs() > 2.0 * TYPE;
            let text = if between {
                let text = format!("{number} h a week more");
                let long = format!("{text} on {on_other}");
                self.beside(&[&long, &text], self.theme.side(takes), here, middle);
                [format!("{usd} more on {on_one}"), format!("{usd} more")]
            } else {
                // No room between the lines: both in one label.
                let word = if takes == costs_more { "more" } else { "less" };
                let text = format!("{usd} more, {number} h a week {word}");
                [format!("{text} on {on_one}"), text]
            };
            let ink = self.theme.side(costs_more);
            let [one, other] = [one, other].map(|cost| frame.y(cost.infrastructure));
            let (upper, lower) = (one.min(other), one.max(other));
            let apart = lower - upper > 2.0 * TYPE;
            let low = frame.bottom - 30.0;
            let places: Vec<f64> = [f64::midpoint(upper, lower), low, lower + 11.0, upper - 11.0]
                .into_iter()
                .zip([apart && between, !between, true, true])
                .filter_map(|(y, is_place)| is_place.then_some(y))
                .collect();
            let labels: Vec<Label> = places
                .into_iter()
                .filter(|y| *y < frame.bottom - MARK - 6.0)
                .flat_map(|y| {
                    let sides = [(x + 8.0, Align::Left), (x - 8.0, Align::Right)];
                    sides.map(|(x, align)| (x, y, align))
                })
                .flat_map(|(x, y, align)| {
                    let label = |text: &String| Label::new(text, (x, y), align, ink);
                    [&text[0], &text[1]].map(|text| label(text).small().bold(true))
                })
                .collect();
            self.first_free(&labels);
        }
        for (colour, cost) in costs {
            self.scene
                .circle((x, frame.y(cost.total)), 4.0, colour, 0.0);
        }
        self.scene.mark((x, frame.bottom), MARK, self.theme);
    }

    fn highlight(&mut self, point: usize) {
        let frame = self.frame;
        let Some(requests) = self.view.line.requests.get(point) else {
            return;
        };
        let x = frame.x(*requests);
        self.scene
            .hair((x, frame.top), (x, frame.bottom), self.theme.muted);
        for side in &self.view.line.sides {
            if let Some(Some(cost)) = side.costs.get(point) {
                let colour = self.colour(side);
                self.scene
                    .circle((x, frame.y(cost.total)), 4.0, colour, 1.5);
            }
        }
    }
}
