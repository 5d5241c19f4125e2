//! How a map is laid out: the water first, then the axes, the user's course, and what is written where there is room.

use super::{
    super::{
        Chart,
        contour::{Outline, outlines},
        scene::{Align, Dash, Label, Point, SMALL, Scene, covers},
        theme::Theme,
    },
    WhoWins, short, side,
    water::{mixed, water},
};
use plimsoll_model::sorting::by_number;
use plimsoll_model::{
    explore::map::{Axis, Map, Outcome},
    platform::Platform,
};
use plimsoll_wording::format;
use plotters::style::RGBColor;

/// Space for the values of y.
const LEFT: f64 = 44.0;
/// Space at the right, for the half of a mark.
const RIGHT: f64 = 16.0;
/// Space above, for the name of y.
const TOP: f64 = 22.0;
/// Space below, for the values of x and its name.
const BOTTOM: f64 = 42.0;
/// Radius of the mark.
const MARK: f64 = 8.0;
/// The size of a platform's name, CSS pixels.
const NAME: f64 = 15.0;
/// A platform that wins on a smaller share of the map has no name on it.
const NAMED: f64 = 0.05;
/// Of a saving below that, US dollars a month, nothing is written.
const LEAST_USD: f64 = 10.0;

const DOTTED: Dash = Dash::new(2.0, 3.0);
const COURSE: Dash = Dash::new(6.0, 4.0);

/// Where the map is on the picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

impl Frame {
    pub fn new(view: &WhoWins, width: f64) -> Self {
        Self {
            left: LEFT,
            right: (width - RIGHT).max(LEFT + 40.0),
            top: TOP,
            bottom: view.height(width) - BOTTOM,
        }
    }

    pub fn x(&self, axis: &Axis, x: f64) -> f64 {
        self.left + (self.right - self.left) * axis.share(x)
    }

    pub fn y(&self, axis: &Axis, y: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * axis.share(y)
    }

    /// Where a stop of both axes is.
    pub fn at(&self, map: &Map, [x, y]: [usize; 2]) -> Point {
        (
            self.x(&map.x, map.x.stops[x]),
            self.y(&map.y, map.y.stops[y]),
        )
    }

    /// Whether a point is on the map, or no farther from it than that.
    pub fn contains(&self, (x, y): Point, away: f64) -> bool {
        (self.left - away..=self.right + away).contains(&x)
            && (self.top - away..=self.bottom + away).contains(&y)
    }
}

pub(super) fn scene(
    view: &WhoWins,
    highlighted: Option<usize>,
    theme: &Theme,
    width: f64,
) -> Scene {
    let map = &view.map;
    let all = || (0..map.x.stops.len()).flat_map(|x| (0..map.y.stops.len()).map(move |y| [x, y]));
    if all().all(|[x, y]| map.at(x, y).is_none()) {
        return super::super::nothing(theme, width);
    }
    let frame = Frame::new(view, width);
    let mut drawing = Drawing {
        scene: Scene::new(width, theme),
        theme,
        map,
        frame,
        across: map.x.stops.iter().map(|x| frame.x(&map.x, *x)).collect(),
        up: map.y.stops.iter().map(|y| frame.y(&map.y, *y)).collect(),
        taken: Vec::new(),
    };
    drawing.water();
    drawing.axes();
    drawing.course();
    drawing.ruled();
    drawing.names();
    drawing.soundings();
    if let Some(stop) = highlighted.and_then(|part| view.stop(part)) {
        let at = frame.at(map, stop);
        drawing.scene.circle(at, 5.0, theme.panel, 0.0);
        drawing.scene.circle(at, 5.0, theme.text, 2.0);
    }
    drawing.scene
}

pub(super) struct Drawing<'a> {
    pub scene: Scene,
    pub theme: &'a Theme,
    pub map: &'a Map,
    pub frame: Frame,
    /// Where the stops of x are, and of y.
    across: Vec<f64>,
    up: Vec<f64>,
    /// What no label may cover, each left, top, right and bottom.
    taken: Vec<[f64; 4]>,
}

impl Drawing<'_> {
    /// Where what is told of an outcome is below zero; what has none is as it says.
    fn outlines(&self, of: &dyn Fn(Option<Outcome>) -> f64) -> Vec<Outline> {
        outlines((&self.across, &self.up), &|x, y| of(self.map.at(x, y)))
    }

    /// The tints, the borders between them, and what a rule decides.
    fn water(&mut self) {
        let (frame, theme) = (self.frame, self.theme);
        let leads = |outcome: Option<Outcome>, pick: fn(f64, f64) -> f64| {
            outcome.map_or(1.0, |outcome| {
                outcome.leads.into_iter().reduce(pick).unwrap_or(1.0)
            })
        };
        let some = self.outlines(&|outcome| leads(outcome, f64::min));
        let every = self.outlines(&|outcome| leads(outcome, f64::max));
        let chosen = self.outlines(&|outcome| outcome.map_or(1.0, |outcome| outcome.lead()));
        let (left, right, top, bottom) = (frame.left, frame.right, frame.top, frame.bottom);
        let whole = [(left, top), (right, top), (right, bottom), (left, bottom)];
        water(&mut self.scene, theme, &whole, [true, false]);
        for outline in &some {
            water(
                &mut self.scene,
                theme,
                &outline.points,
                [true, !outline.is_hole],
            );
        }
        for outline in &every {
            water(
                &mut self.scene,
                theme,
                &outline.points,
                [outline.is_hole, true],
            );
        }
        for tick in Self::ticks(&self.map.x, 8).1 {
            let x = frame.x(&self.map.x, tick);
            self.scene
                .line(&[(x, top), (x, bottom)], theme.panel, 0.5, Dash::SOLID);
        }
        for tick in Self::ticks(&self.map.y, 6).1 {
            let y = frame.y(&self.map.y, tick);
            self.scene
                .line(&[(left, y), (right, y)], theme.panel, 0.5, Dash::SOLID);
        }
        for (outlines, colour, width) in [
            (&some, theme.muted, 1.0),
            (&every, theme.muted, 1.0),
            (&chosen, theme.text, 2.25),
        ] {
            for border in outlines.iter().flat_map(Outline::borders) {
                self.scene.line(&border, colour, width, Dash::SOLID);
            }
        }
        // What money says beneath a rule, or where there is nothing, is covered up to the next stop.
        let up_to = |is: bool| if is { -1.0 } else { 1e-9 };
        for kubernetes in [false, true] {
            let ruled = self.outlines(&|outcome| {
                up_to(outcome.is_some_and(|outcome| {
                    outcome.is_ruled() && outcome.is_kubernetes(outcome.chosen()) == kubernetes
                }))
            });
            for outline in &ruled {
                water(
                    &mut self.scene,
                    theme,
                    &outline.points,
                    [!kubernetes, kubernetes],
                );
                for border in outline.borders() {
                    self.scene.line(&border, theme.muted, 1.25, DOTTED);
                }
            }
        }
        for outline in self.outlines(&|outcome| up_to(outcome.is_none())) {
            self.scene.area(outline.points.clone(), theme.panel, 1.0);
            for border in outline.borders() {
                self.scene.line(&border, theme.grid, 1.0, Dash::SOLID);
            }
        }
    }

    /// Whether a label would cover nothing and leave the map nowhere.
    fn is_free(&self, label: &Label) -> bool {
        let bounds = label.bounds();
        let [left, top, right, low] = bounds;
        let frame = self.frame;
        frame.contains((left, top), -1.0)
            && frame.contains((right, low), -1.0)
            && !self.taken.iter().any(|taken| covers(bounds, *taken))
            && !self
                .scene
                .labels()
                .any(|other| covers(bounds, other.bounds()))
    }

    /// Writes a label, if there is one. Whether there is.
    fn write(&mut self, label: Option<Label>) -> bool {
        let Some(label) = label else {
            return false;
        };
        if self.theme.patterned {
            // Lines would run through it.
            let [left, top, right, low] = label.bounds();
            self.scene
                .rect([(left, top), (right, low)], self.theme.panel);
        }
        self.scene.label(label);
        true
    }

    /// Writes the first of the labels that is free, if one is.
    fn write_first(&mut self, labels: Vec<Label>) -> bool {
        let free = labels.into_iter().find(|label| self.is_free(label));
        self.write(free)
    }

    /// Writes a label at the stop nearest to a point where it is free and within what is alike, if there is one.
    fn write_near(
        &mut self,
        near: Point,
        label: &dyn Fn(Point) -> Label,
        like: &dyn Fn(Option<Outcome>) -> bool,
    ) -> bool {
        let stops = self
            .across
            .iter()
            .flat_map(|x| self.up.iter().map(|y| (*x, *y)));
        let mut stops: Vec<Point> = stops.collect();
        // Heights count more: text is wider than high.
        let away = |at: &Point| libm::hypot(at.0 - near.0, 2.0 * (at.1 - near.1));
        by_number(&mut stops, away);
        let free = stops
            .into_iter()
            .map(label)
            .find(|label| self.is_free(label) && self.is_within(label, like));
        self.write(free)
    }

    /// The user's place, and where growth takes them.
    fn course(&mut self) {
        let (frame, theme, map) = (self.frame, self.theme, self.map);
        let Some([x, y]) = map.here else {
            return;
        };
        let here = (frame.x(&map.x, x), frame.y(&map.y, y));
        let is_x = map.x.field.path == "http.requests_per_month";
        let after = |requests: f64| {
            if is_x {
                (frame.x(&map.x, requests), here.1)
            } else {
                (here.0, frame.y(&map.y, requests))
            }
        };
        let ink = |text: String, at: Point, align: Align| {
            Label::new(text, at, align, theme.text).small().bold(true)
        };
        let bar = 1.7 * MARK + 1.0;
        self.taken.push([
            here.0 - bar,
            here.1 - MARK - 1.0,
            here.0 + bar,
            here.1 + MARK + 1.0,
        ]);
        let end = map.course.last().map(|requests| after(*requests));
        if let Some(end) = end {
            self.scene.line(&[here, end], theme.text, 1.5, COURSE);
            self.taken.push([
                here.0.min(end.0) - 5.0,
                here.1.min(end.1) - 5.0,
                here.0.max(end.0) + 5.0,
                here.1.max(end.1) + 5.0,
            ]);
        }
        for month in [36, 24, 12] {
            let Some(requests) = map.course.get(month) else {
                continue;
            };
            let (x, y) = after(*requests);
            let text = if month == 36 {
                "36 months"
            } else {
                &month.to_string()
            };
            let (tick, labels) = if is_x {
                let places = [-13.0, 13.0].map(|away| (x, y + away));
                (
                    [(x, y - 5.0), (x, y + 5.0)],
                    places.map(|at| (at, Align::Centre)),
                )
            } else {
                let places = [((x + 9.0, y), Align::Left), ((x - 9.0, y), Align::Right)];
                ([(x - 5.0, y), (x + 5.0, y)], places)
            };
            self.scene.line(&tick, theme.text, 2.0, Dash::SOLID);
            let mut labels: Vec<Label> = labels
                .into_iter()
                .map(|(at, align)| ink(text.to_owned(), at, align))
                .collect();
            if is_x && month == 36 {
                let beside = [((x + 9.0, y), Align::Left), ((x - 9.0, y), Align::Right)];
                labels.extend(beside.map(|(at, align)| ink("36".into(), at, align)));
                labels.extend(
                    [-13.0, 13.0].map(|away| ink("36".into(), (x, y + away), Align::Centre)),
                );
            }
            self.write_first(labels);
        }
        self.scene.mark(here, MARK, theme);
        let unit = |axis: &Axis| axis.field.range().map(|range| range.unit);
        let own = if unit(&map.x) == unit(&map.y) {
            [format::short(x), format::short(y)]
        } else {
            [short(&map.x, x), short(&map.y, y)]
        };
        let long = ["You: ", &own.join(", ")].concat();
        let places = [
            ((here.0, here.1 + 18.0), Align::Centre),
            ((here.0, here.1 - 18.0), Align::Centre),
            ((here.0 - bar, here.1 + 18.0), Align::Left),
            ((here.0 + bar, here.1 + 18.0), Align::Right),
            ((here.0 - bar, here.1 - 18.0), Align::Left),
            ((here.0 + bar, here.1 - 18.0), Align::Right),
            ((here.0 + bar + 3.0, here.1), Align::Left),
            ((here.0 - bar - 3.0, here.1), Align::Right),
        ];
        let labels: Vec<Label> = [long.as_str(), "You"]
            .into_iter()
            .flat_map(|text| places.map(|(at, align)| ink(text.to_owned(), at, align)))
            .collect();
        self.write_first(labels);
    }

    /// Whether all around a label is alike, so that no border runs through it.
    fn is_within(&self, label: &Label, like: &dyn Fn(Option<Outcome>) -> bool) -> bool {
        let [left, top, right, low] = label.bounds();
        // From the last stop before it to the first one behind it; heights fall.
        let columns = (
            self.across.partition_point(|x| *x < left),
            self.across.partition_point(|x| *x < right),
        );
        let rows = (
            self.up.partition_point(|y| *y > low),
            self.up.partition_point(|y| *y > top),
        );
        let range =
            |(from, to): (usize, usize), count: usize| from.saturating_sub(1)..=to.min(count - 1);
        range(columns, self.across.len()).all(|x| {
            let mut rows = range(rows, self.up.len());
            rows.all(|y| like(self.map.at(x, y)))
        })
    }

    /// That a rule decides, and for whom.
    fn ruled(&mut self) {
        let frame = self.frame;
        for kubernetes in [false, true] {
            let like = |outcome: Option<Outcome>| {
                outcome.is_some_and(|outcome| {
                    outcome.is_ruled() && outcome.is_kubernetes(outcome.chosen()) == kubernetes
                })
            };
            let side = side(kubernetes);
            let mut texts = vec![
                format!("a rule, not money, says {side}"),
                format!("a rule: {side}"),
            ];
            if let Some(below) = self.ruled_below(&like) {
                texts.insert(0, format!("{below}: {}", texts[0]));
                texts.insert(1, format!("{below}: a rule"));
            }
            for text in texts {
                let colour = self.ink(kubernetes);
                let label =
                    |(x, y): Point| Label::new(text.clone(), (x, y), Align::Centre, colour).small();
                let near = (
                    f64::midpoint(frame.left, frame.right),
                    f64::midpoint(frame.top, frame.bottom),
                );
                if self.write_near(near, &label, &like) {
                    break;
                }
            }
        }
    }

    /// `fewer than 5 engineers`, where that is all that is ruled: whole rows of things up to a number of them.
    fn ruled_below(&self, is_ruled: &dyn Fn(Option<Outcome>) -> bool) -> Option<String> {
        let (x, y) = (&self.map.x, &self.map.y);
        let row =
            |row: usize| (0..x.stops.len()).map(move |column| is_ruled(self.map.at(column, row)));
        let first = (0..y.stops.len()).find(|n| !row(*n).any(|ruled| ruled))?;
        let below = first.checked_sub(1)?;
        let whole = (0..first).all(|n| row(n).all(|ruled| ruled));
        let rest = (first..y.stops.len()).any(|n| row(n).any(|ruled| ruled));
        let range = y.field.range().filter(|range| range.whole)?;
        let next = y.stops[first] - y.stops[below] == 1.0;
        (whole && !rest && next).then(|| {
            format!(
                "fewer than {} {}",
                format::number(y.stops[first]),
                range.unit
            )
        })
    }

    /// The colour of text on the water of a side.
    fn ink(&self, kubernetes: bool) -> RGBColor {
        mixed(self.theme.side(kubernetes), self.theme.text, 0.3)
    }

    /// The platforms that win, each in the middle of where it does.
    fn names(&mut self) {
        let map = self.map;
        let stops =
            || (0..map.x.stops.len()).flat_map(|x| (0..map.y.stops.len()).map(move |y| (x, y)));
        let mut wins: Vec<(usize, Platform)> = Platform::ALL.map(|platform| (0, platform)).into();
        let is = |outcome: Option<Outcome>, platform| {
            let outcome = outcome.filter(|outcome| outcome.agreed().is_some());
            outcome.and_then(|outcome| outcome.winner()) == Some(platform)
        };
        for (count, platform) in &mut wins {
            *count = stops()
                .filter(|(x, y)| is(map.at(*x, *y), *platform))
                .count();
        }
        by_number(&mut wins, |(count, _)| -(*count as f64));
        let least = NAMED * stops().count() as f64;
        for (count, platform) in wins {
            if (count as f64) < least {
                break;
            }
            let of_it = stops().filter(|(x, y)| is(map.at(*x, *y), platform));
            let (x, y) = of_it.fold((0.0, 0.0), |(a, b), (x, y)| {
                (a + self.across[x], b + self.up[y])
            });
            let near = (x / count as f64, y / count as f64);
            let colour = self.ink(platform.is_kubernetes());
            for (name, size) in [(platform.name(), NAME), (platform.short_name(), SMALL)] {
                let label = |at: Point| Label {
                    size,
                    ..Label::new(name, at, Align::Centre, colour).bold(true)
                };
                if self.write_near(near, &label, &|outcome| is(outcome, platform)) {
                    break;
                }
            }
        }
    }

    /// What the winner saves, at the stops of the coarse grid that have room for it.
    fn soundings(&mut self) {
        let map = self.map;
        for y in map.y.coarse() {
            for x in map.x.coarse() {
                let Some(outcome) = map.at(x, y) else {
                    continue;
                };
                let saves = outcome.saves_usd().filter(|usd| *usd >= LEAST_USD);
                let Some(usd) = saves else {
                    continue;
                };
                let kubernetes = outcome.is_kubernetes(outcome.chosen());
                let text = format::number(format::to_two_digits(usd / 1e3));
                let at = (self.across[x], self.up[y]);
                let label = Label::new(text, at, Align::Centre, self.ink(kubernetes)).small();
                let like = |other: Option<Outcome>| {
                    other.is_some_and(|other| {
                        other.agreed() == outcome.agreed()
                            && other.is_ruled() == outcome.is_ruled()
                            && other.is_kubernetes(other.chosen()) == kubernetes
                    })
                };
                if self.is_free(&label) && self.is_within(&label, &like) {
                    self.write(Some(label));
                }
            }
        }
    }
}
