//! Cost against requests, both on logarithmic axes: a line for each platform, the cheapest of either side drawn thick.
//!
//! A platform is told by its colour, by the dash of its side (serverless solid, Kubernetes dashed) and by its name at the
//! end of its line. Costs of nothing lie on the lowest line: a logarithmic axis has no zero.

use super::{
    Chart, Table,
    scale::{log_range, log_share, log_ticks},
    scene::{Align, BOLD, Dash, Label, Point, SMALL, Scene, length, wide},
    theme::Theme,
};
use plimsoll_model::sorting::by_number;
use plimsoll_model::{
    compare::Best,
    explore::{
        break_even::BreakEven,
        sweep::{Curve, FIRST, LAST, POINTS},
    },
    platform::Platform,
    units::{SECONDS_PER_MONTH, Usd},
};
use plimsoll_wording::{explain, format};
use plotters::style::RGBColor;

/// The chart of cost against requests.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curves {
    /// One curve a platform, of a sweep that may still go on.
    pub curves: Vec<Curve>,
    /// Requests a month that the user has entered.
    pub here: Option<f64>,
    /// Where the sides change places, the first and the last.
    pub break_evens: Vec<BreakEven>,
}

impl Curves {
    /// Where the sides change places; two that are the same number to read are one.
    fn marks(&self) -> &[BreakEven] {
        match &self.break_evens[..] {
            [first, .., last]
                if format::to_two_digits(first.per_month)
                    == format::to_two_digits(last.per_month) =>
            {
                std::slice::from_ref(first)
            }
            all => all,
        }
    }
}

impl Chart for Curves {
    fn count(&self) -> usize {
        self.curves.first().map_or(0, |curve| curve.points.len())
    }

    fn reading(&self) -> String {
        // The sentence needs what the user has entered.
        self.here.map_or_else(String::new, |here| {
            explain::break_even(&self.curves, &self.break_evens, here)
        })
    }

    fn read_out(&self, point: usize) -> String {
        read_out(&self.curves, point)
    }

    fn hit(&self, width: f64, x: f64, _: f64) -> Option<usize> {
        nearest(&self.curves, width, x)
    }

    fn height(&self, width: f64) -> f64 {
        if width < NARROW { 360.0 } else { 420.0 }
    }

    fn scene(&self, highlighted: Option<usize>, theme: &Theme, width: f64) -> Scene {
        scene(self, highlighted, theme, width)
    }

    fn legend(&self, scene: &mut Scene, theme: &Theme, y: f64) -> f64 {
        let texts = [
            "Solid: serverless. Dashed: Kubernetes.",
            "Thick: the cheapest of either side.",
        ];
        scene.legend(&texts, theme, y)
    }

    fn table(&self) -> Table {
        let mut heads = vec!["Requests a month".to_owned()];
        let names = self.curves.iter().map(|curve| curve.platform.name());
        heads.extend(names.map(str::to_owned));
        let row = |point: usize| {
            let mut row = vec![format::number(self.curves[0].points[point].0)];
            row.extend(self.curves.iter().map(|curve| match curve.usd(point) {
                Some(usd) => format::usd(Usd::of(usd)),
                None => "\u{2013}".to_owned(),
            }));
            row
        };
        (heads, (0..self.count()).map(row).collect())
    }
}

/// A chart that is less wide than this has short names, CSS pixels.
const NARROW: f64 = 640.0;
/// Space for the dollars.
const LEFT: f64 = 46.0;
/// Space between the end of a line and its name.
const LEAD: f64 = 18.0;
/// Space for the requests.
const BOTTOM: f64 = 40.0;
/// Height of a line of labels.
const LINE: f64 = 15.0;
/// Distance of names.
const NAME: f64 = 13.0;

const SOLID: Dash = Dash::SOLID;
const DASHED: Dash = Dash::new(7.0, 4.0);
const DOTTED: Dash = Dash::new(2.0, 3.0);

/// The point of the curves nearest to a place across the chart, in CSS pixels; none beside the lines.
fn nearest(curves: &[Curve], width: f64, x: f64) -> Option<usize> {
    let frame = Frame::new(width, 0.0, 0, (1.0, 10.0));
    if !(frame.left - LEAD / 2.0..=frame.right + LEAD / 2.0).contains(&x) {
        return None;
    }
    let away = |place: usize, points: &[(f64, Option<f64>)]| (frame.x(points[place].0) - x).abs();
    let points = &curves.first()?.points;
    (0..points.len()).reduce(|best, place| {
        if away(place, points) < away(best, points) {
            place
        } else {
            best
        }
    })
}

/// What every platform costs at a point, the cheapest first and those without a price last.
fn ranked(curves: &[Curve], point: usize) -> Vec<(Platform, Option<f64>)> {
    let usd = |(_, usd): &(Platform, Option<f64>)| usd.unwrap_or(f64::INFINITY);
    let costs = curves
        .iter()
        .map(|curve| (curve.platform, curve.usd(point)));
    let mut ranked: Vec<_> = costs.collect();
    by_number(&mut ranked, usd);
    ranked
}

/// A point in words, with the exact cost of every platform.
fn read_out(curves: &[Curve], point: usize) -> String {
    let Some((requests, _)) = curves.first().and_then(|curve| curve.points.get(point)) else {
        return String::new();
    };
    let mut text = format::number(*requests);
    text += " requests a month, ";
    text += &format::number(requests / SECONDS_PER_MONTH);
    text += " a second: ";
    let mut missing = String::new();
    let mut before = "";
    for (platform, usd) in ranked(curves, point) {
        if let Some(usd) = usd {
            text += before;
            text += platform.name();
            text += " ";
            text += &format::usd(Usd::of(usd));
            before = ", ";
        } else {
            missing += if missing.is_empty() {
                ". Can't run it, or without a price: "
            } else {
                ", "
            };
            missing += platform.name();
        }
    }
    text + &missing + "."
}

fn scene(view: &Curves, highlighted: Option<usize>, theme: &Theme, width: f64) -> Scene {
    let height = view.height(width);
    let all = view.curves.iter().flat_map(|curve| &curve.points);
    let range = log_range(all.filter_map(|(_, usd)| *usd));
    let rows = usize::from(view.here.is_some()) + view.marks().len();
    let mut chart = Drawing {
        scene: Scene::new(width, theme),
        theme,
        view,
        frame: Frame::new(width, height, rows, range),
    };
    chart.axes(height);
    chart.marks();
    if view
        .curves
        .iter()
        .all(|curve| points(curve).next().is_none())
    {
        let frame = &chart.frame;
        let middle = (
            f64::midpoint(frame.left, frame.right),
            f64::midpoint(frame.top, frame.bottom),
        );
        let label = Label::new("Nothing to draw.", middle, Align::Centre, theme.text);
        chart.scene.label(label);
        return chart.scene;
    }
    for curve in &view.curves {
        chart.thin(curve);
    }
    chart.thick(false);
    chart.thick(true);
    chart.crossings();
    if let Some(point) = highlighted {
        chart.highlight(point);
    }
    chart.names();
    chart.scene
}

/// The priced points of a curve: place, requests and dollars.
fn points(curve: &Curve) -> impl Iterator<Item = (usize, f64, f64)> {
    let priced = |(place, (requests, usd)): (usize, &(f64, Option<f64>))| {
        usd.map(|usd| (place, *requests, usd))
    };
    curve.points.iter().enumerate().filter_map(priced)
}

/// Where the lines are, and what the axes show.
#[derive(Clone, Copy, Debug)]
struct Frame {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    /// Dollars at the bottom and at the top.
    usd: (f64, f64),
}

impl Frame {
    fn new(width: f64, height: f64, rows: usize, usd: (f64, f64)) -> Self {
        let names = if width < NARROW { 97.0 } else { 154.0 };
        let top = LINE * (rows + 1) as f64 + 8.0;
        Self {
            left: LEFT,
            right: (width - LEAD - names).max(LEFT + 40.0),
            top,
            bottom: (height - BOTTOM).max(top + 40.0),
            usd,
        }
    }

    fn x(&self, requests: f64) -> f64 {
        let share = log_share(requests, (FIRST, LAST));
        self.left + (self.right - self.left) * share
    }

    fn y(&self, usd: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * log_share(usd, self.usd)
    }

    fn at(&self, requests: f64, usd: f64) -> Point {
        (self.x(requests), self.y(usd))
    }
}

fn dash(platform: Platform) -> Dash {
    if platform.is_kubernetes() {
        DASHED
    } else {
        SOLID
    }
}

/// Moves places in ascending order apart by at least `gap`, all between `top` and `bottom` if there is room.
fn spread(places: &mut [f64], gap: f64, top: f64, bottom: f64) {
    let mut up = places.to_vec();
    push_up(&mut up, gap, f64::INFINITY);
    push_down(places, gap, f64::NEG_INFINITY);
    // Half way between both keeps the distances, and each group around where it was.
    for (place, up) in places.iter_mut().zip(up) {
        *place = f64::midpoint(*place, up);
    }
    push_down(places, gap, top);
    push_up(places, gap, bottom);
}

fn push_down(places: &mut [f64], gap: f64, top: f64) {
    let mut least = top;
    for place in places {
        *place = place.max(least);
        least = *place + gap;
    }
}

fn push_up(places: &mut [f64], gap: f64, bottom: f64) {
    let mut most = bottom;
    for place in places.iter_mut().rev() {
        *place = place.min(most);
        most = *place - gap;
    }
}

struct Drawing<'a> {
    scene: Scene,
    theme: &'a Theme,
    view: &'a Curves,
    frame: Frame,
}

impl Drawing<'_> {
    fn small(&mut self, text: impl Into<String>, at: Point, align: Align) {
        let label = Label::new(text, at, align, self.theme.muted);
        self.scene.label(label.small());
    }

    fn axes(&mut self, height: f64) {
        let (frame, grid) = (self.frame, self.theme.grid);
        let decade = (frame.right - frame.left) / decades_between(FIRST, LAST);
        let each = if decade < 38.0 { 2 } else { 1 };
        let decades = log_ticks(FIRST, LAST);
        for (n, requests) in decades.into_iter().step_by(3).enumerate() {
            let x = frame.x(requests);
            self.scene.hair((x, frame.top), (x, frame.bottom), grid);
            if n % each == 0 {
                let at = (x, frame.bottom + 12.0);
                self.small(format::short(requests), at, Align::Centre);
            }
        }
        let high = frame.bottom - frame.top;
        let decades = decades_between(frame.usd.0, frame.usd.1);
        // 1 and 2 stand closest.
        let all = high / decades * 0.3 >= 18.0;
        for usd in log_ticks(frame.usd.0, frame.usd.1) {
            let decade = libm::log10(usd);
            if all || (decade - libm::round(decade)).abs() < 1e-6 {
                let y = frame.y(usd);
                self.scene.hair((frame.left, y), (frame.right, y), grid);
                let at = (frame.left - 6.0, y);
                self.small(format::usd_short(usd), at, Align::Right);
            }
        }
        self.small("US dollars a month", (6.0, 9.0), Align::Left);
        let at = (frame.right, height - 10.0);
        self.small("requests a month", at, Align::Right);
    }

    /// The lines of the user's own requests and of the break-evens, each with its label in a row of its own.
    fn marks(&mut self) {
        let theme = self.theme;
        let here = self.view.here.map(|requests| {
            let text = String::from("You are here: ") + &format::short(requests);
            (requests, text, theme.accent, SOLID)
        });
        let break_evens = self.view.marks().iter().map(|found| {
            let text = String::from("Break-even: ") + &format::short(found.per_month);
            (found.per_month, text, theme.text, DOTTED)
        });
        let marks: Vec<(f64, String, RGBColor, Dash)> =
            here.into_iter().chain(break_evens).collect();
        for (n, (requests, _, colour, dash)) in marks.iter().enumerate() {
            let x = self.frame.x(*requests);
            let ends = [(x, row(n) + 8.0), (x, self.frame.bottom)];
            self.scene.line(&ends, *colour, 1.5, *dash);
        }
        for (n, (requests, text, colour, _)) in marks.into_iter().enumerate() {
            let half = BOLD * wide(&text, SMALL) / 2.0;
            let middle = self
                .frame
                .x(requests)
                .min(self.scene.width - half - 2.0)
                .max(half + 2.0);
            let y = row(n);
            // The line of a label above would cross this one.
            let behind = [(middle - half, y - 7.0), (middle + half, y + 7.0)];
            self.scene.rect(behind, theme.panel);
            let label = Label::new(text, (middle, y), Align::Centre, colour);
            self.scene.label(label.small().bold(true));
        }
    }

    fn stroke(&mut self, platform: Platform, line: &[Point], width: f64, phase: f64) {
        let colour = self.theme.series[platform as usize];
        let dash = Dash {
            phase,
            ..dash(platform)
        };
        match line {
            [] => {}
            [alone] => self.scene.circle(*alone, width, colour, 0.0),
            _ => self.scene.line(line, colour, width, dash),
        }
    }

    fn thin(&mut self, curve: &Curve) {
        let mut line: Vec<Point> = Vec::new();
        for (requests, usd) in &curve.points {
            if let Some(usd) = usd {
                line.push(self.frame.at(*requests, *usd));
            } else {
                self.stroke(curve.platform, &line, 1.25, 0.0);
                line.clear();
            }
        }
        self.stroke(curve.platform, &line, 1.25, 0.0);
    }

    /// The cheapest of one side, piece by piece of whichever platform it is.
    fn thick(&mut self, kubernetes: bool) {
        let view = self.view;
        let curves = &view.curves;
        let count = view.count();
        let mut owner: Option<Platform> = None;
        let mut line: Vec<Point> = Vec::new();
        for point in 0..count {
            let best = Best::at(curves, point);
            let best = if kubernetes {
                best.kubernetes
            } else {
                best.serverless
            };
            let next = best.map(|(platform, _)| platform);
            if next != owner {
                let crossing = owner
                    .zip(next)
                    .and_then(|(old, new)| self.crossing(old, new, point));
                line.extend(crossing);
                self.piece(owner, &line);
                line.clear();
                line.extend(crossing);
                owner = next;
            }
            if let Some((_, usd)) = best {
                line.push(self.frame.at(curves[0].points[point].0, usd));
            }
        }
        self.piece(owner, &line);
    }

    fn piece(&mut self, owner: Option<Platform>, line: &[Point]) {
        if let (Some(platform), Some(first)) = (owner, line.first()) {
            // Its dashes are those of the thin line below.
            let phase = self.length_before(platform, *first);
            self.stroke(platform, line, 3.0, phase);
        }
    }

    fn curve(&self, platform: Platform) -> Option<&Curve> {
        let mut curves = self.view.curves.iter();
        curves.find(|curve| curve.platform == platform)
    }

    /// Where two lines cross on the way to a point.
    fn crossing(&self, old: Platform, new: Platform, point: usize) -> Option<Point> {
        let place = |platform, point: usize| {
            let curve = self.curve(platform)?;
            Some(self.frame.at(curve.points[point].0, curve.usd(point)?))
        };
        let (from, to) = (place(old, point - 1)?, place(old, point)?);
        let before = place(new, point - 1)?.1 - from.1;
        let after = place(new, point)?.1 - to.1;
        let share = if before == after {
            0.5
        } else {
            before / (before - after)
        };
        Some((
            from.0 + (to.0 - from.0) * share,
            from.1 + (to.1 - from.1) * share,
        ))
    }

    /// How long the line of a platform is up to a place on it.
    fn length_before(&self, platform: Platform, place: Point) -> f64 {
        let mut line = Vec::new();
        for (requests, usd) in self.curve(platform).map_or(&[][..], |curve| &curve.points) {
            let x = self.frame.x(*requests);
            if x >= place.0 {
                break;
            }
            match usd {
                Some(usd) => line.push((x, self.frame.y(*usd))),
                None => line.clear(),
            }
        }
        line.push(place);
        length(&line)
    }

    fn crossings(&mut self) {
        for found in self.view.marks() {
            let at = self.frame.at(found.per_month, found.usd);
            self.scene.circle(at, 6.0, self.theme.text, 2.0);
        }
    }

    fn highlight(&mut self, place: usize) {
        for (n, curve) in self.view.curves.iter().enumerate() {
            let Some((requests, usd)) = curve.points.get(place) else {
                continue;
            };
            let (x, frame) = (self.frame.x(*requests), self.frame);
            if n == 0 {
                let ends = ((x, frame.top), (x, frame.bottom));
                self.scene.hair(ends.0, ends.1, self.theme.text);
            }
            if let Some(usd) = usd {
                let at = (x, frame.y(*usd));
                self.scene.circle(at, 4.5, self.theme.panel, 0.0);
                let colour = self.theme.series[curve.platform as usize];
                self.scene.circle(at, 3.0, colour, 0.0);
            }
        }
    }

    /// Each platform's name at the end of its line; lines that still grow have none.
    fn names(&mut self) {
        let (frame, view, theme) = (self.frame, self.view, self.theme);
        let count = view.count();
        if count < POINTS {
            return;
        }
        let mut thick = [false; Platform::ALL.len()];
        for point in 0..count {
            let best = Best::at(&view.curves, point);
            for (platform, _) in best.serverless.into_iter().chain(best.kubernetes) {
                thick[platform as usize] = true;
            }
        }
        let mut ends: Vec<(Platform, Point)> = Vec::new();
        for curve in &view.curves {
            if let Some((_, requests, usd)) = points(curve).last() {
                ends.push((curve.platform, frame.at(requests, usd)));
            }
        }
        let (top, bottom) = (frame.top + 4.0, frame.bottom + 4.0);
        if ends.len() as f64 * NAME > bottom - top + NAME {
            ends.retain(|(platform, _)| thick[*platform as usize]);
        }
        by_number(&mut ends, |(_, end)| end.1);
        let mut places: Vec<f64> = ends.iter().map(|(_, at)| at.1).collect();
        spread(&mut places, NAME, top, bottom);
        let is_narrow = self.scene.width < NARROW;
        for ((platform, end), y) in ends.into_iter().zip(places) {
            let is_thick = thick[platform as usize];
            let name = if is_narrow {
                platform.short_name()
            } else {
                platform.name()
            };
            let colour = theme.series[platform as usize];
            let lead = [end, (frame.right + LEAD - 4.0, y)];
            let width = if is_thick { 2.0 } else { 1.0 };
            // A line that ends early ends in a dot: more requests than there the platform can't serve.
            if end.0 < frame.right - 1.0 {
                self.scene.circle(end, 2.5, colour, 0.0);
                self.scene.line(&lead, colour, width, DOTTED);
            } else {
                self.scene.line(&lead, colour, width, SOLID);
            }
            let at = (frame.right + LEAD, y);
            let ink = if is_thick { theme.text } else { theme.muted };
            let label = Label::new(name, at, Align::Left, ink).small();
            self.scene.label(label.bold(is_thick && !is_narrow));
        }
    }
}

/// The middle of a row of labels above the lines, the first below the name of the axis.
fn row(n: usize) -> f64 {
    9.0 + LINE * (n + 1) as f64
}

/// How many decades lie between two numbers.
fn decades_between(from: f64, to: f64) -> f64 {
    libm::log10(to / from)
}

#[cfg(test)]
mod tests;
