//! The map: which side wins over any two inputs, all else as the user has it, and where the estimates of engineering time
//! disagree about it.
//!
//! A point holds the best of either side, and by how much the one leads under each calibration of people. Engineering time is
//! priced from hours, so that all calibrations share the bills of a point; and where an axis changes nothing but engineering time,
//! all points along it do. A coarse grid comes first; then only what the borders cross is halved, twice.

use super::{
    flips::Setting, levels::CachedLevels, line::Line, load_line::LoadLine, months::MONTHS,
};
use crate::{
    bill::Line as BillLine,
    compare::{Best, Comparison, compare_for},
    decide::{Answer, Side, left_by_rules},
    inputs::{Calibration, Field, Inputs, Scale, Topic, at},
    people,
    platform::Platform,
    platforms::Case,
    prices::PriceBook,
    units::{Usd, WEEKS_PER_MONTH},
};

/// Intervals of an axis at most: what a border is told to.
const FINE: usize = 32;
/// Intervals between two stops of the coarse grid, which is read out.
const COARSE: usize = 4;
/// Intervals between two stops that begin a shape, on an axis whose points share no bills beside one whose points do.
const DENSE: usize = 2;
/// Numbers that span more than so many times the smallest are spread by factors, though their slider is linear.
const WIDE: f64 = 100.0;

/// One of the two inputs, with the values that are looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The input.
    pub field: &'static Field,
    /// Values in the input's unit, ascending: at least two, round ones but for the ends.
    pub stops: Vec<f64>,
    /// Whether equal steps are equal factors.
    pub is_log: bool,
}

impl Axis {
    /// The axis of an input that may be one, all else as in `inputs`; none where it has a single value.
    fn new(field: &'static Field, inputs: &Inputs) -> Option<Self> {
        let (range, line) = (field.range()?, Line::of(field, inputs)?);
        let wide = range.min > 0.0 && range.max >= WIDE * range.min;
        let is_log = range.scale == Scale::Log || wide;
        let low = if *field == *at::http::requests_per_month {
            LoadLine::begins_at(inputs.http.requests_per_month)
        } else if is_log {
            line.min.max(range.min)
        } else {
            line.min
        };
        let stop = |n: usize| {
            let share = n as f64 / FINE as f64;
            let x = match n {
                0 => low,
                FINE => line.max,
                _ if is_log => rounded(low * libm::pow(line.max / low, share)),
                _ => rounded(low + (line.max - low) * share),
            };
            range.clamp(x)
        };
        let mut stops: Vec<f64> = (0..=FINE).map(stop).collect();
        // Of small whole numbers several stops are the same.
        stops.dedup_by(|next, before| *next <= *before);
        (stops.len() > 1).then_some(Self {
            field,
            stops,
            is_log,
        })
    }

    /// Where a value lies, from 0 to 1; what is outside, on the nearer end.
    pub fn share(&self, x: f64) -> f64 {
        let (low, high) = (self.stops[0], self.stops[self.last()]);
        let x = x.max(low).min(high);
        if self.is_log {
            libm::log(x / low) / libm::log(high / low)
        } else {
            (x - low) / (high - low)
        }
    }

    /// The stops of the coarse grid, by their places.
    pub fn coarse(&self) -> Vec<usize> {
        self.each(COARSE)
    }

    fn each(&self, step: usize) -> Vec<usize> {
        let last = self.last();
        let mut places: Vec<usize> = (0..last).step_by(step).collect();
        places.push(last);
        places
    }

    fn last(&self) -> usize {
        self.stops.len() - 1
    }
}

/// To three significant digits.
fn rounded(x: f64) -> f64 {
    if x == 0.0 {
        return x;
    }
    let step = libm::pow(10.0, libm::floor(libm::log10(x.abs())) - 2.0);
    libm::round(x / step) * step
}

/// Who wins at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// The best of either side, with its dollars a month under the calibration that the inputs choose.
    pub best: Best,
    /// By what share of both totals together serverless leads under each of [`Calibration::ALL`], −1 to 1: below zero Kubernetes
    /// costs less; ±1 where one side alone has anybody.
    pub leads: [f64; Calibration::ALL.len()],
    /// What the rules leave, whatever it costs.
    pub left: Answer,
    chosen: Calibration,
}

impl Outcome {
    /// The outcome of a comparison in a case, whose engineering time alone may be other than that of the bills: none where no
    /// platform can run it and is priced, or the rules leave none.
    fn of(case: &Case<'_>, comparison: &Comparison) -> Option<Self> {
        let inputs = case.inputs;
        let chosen = inputs.people.calibration;
        let mut under = Calibration::ALL.map(|_| Best::default());
        for platform in Platform::ALL {
            let Ok(bill) = comparison.quote(platform) else {
                continue;
            };
            if !comparison.is_open(platform, inputs) {
                continue;
            }
            let infrastructure = bill.infrastructure();
            for (best, calibration) in under.iter_mut().zip(Calibration::ALL) {
                let usd = if calibration == chosen {
                    // As the bill adds it up, to the last bit.
                    let lines = people::lines_on(platform, inputs);
                    (infrastructure + lines.iter().map(BillLine::amount).sum::<Usd>()).get()
                } else {
                    let week = weekly(platform, calibration, inputs);
                    infrastructure.get() + week * WEEKS_PER_MONTH * inputs.team.rate_usd_per_hour
                };
                best.offer(platform, usd);
            }
        }
        let outcome = Self {
            best: under[chosen as usize],
            leads: under.map(lead),
            left: left_by_rules(case, comparison),
            chosen,
        };
        let has_winner = outcome.left != Answer::None && outcome.winner().is_some();
        has_winner.then_some(outcome)
    }

    /// The calibration that the inputs choose.
    pub fn chosen(&self) -> Calibration {
        self.chosen
    }

    /// By what share serverless leads under that one, whatever a rule says.
    pub fn lead(&self) -> f64 {
        self.leads[self.chosen as usize]
    }

    /// Whether Kubernetes wins, by the rules or, where they leave both sides, by money under one calibration.
    pub fn is_kubernetes(&self, calibration: Calibration) -> bool {
        match self.left {
            Answer::Any | Answer::None => self.leads[calibration as usize] < 0.0,
            Answer::Only(side) => side == Side::Kubernetes,
            Answer::NoCluster => false,
        }
    }

    /// Whether it is a rule that decides, whatever it costs.
    pub fn is_ruled(&self) -> bool {
        self.left != Answer::Any
    }

    /// The side that wins under every calibration, whether that is Kubernetes; none where they disagree.
    pub fn agreed(&self) -> Option<bool> {
        let wins = self.is_kubernetes(self.chosen);
        let all = Calibration::ALL.into_iter();
        all.map(|other| self.is_kubernetes(other))
            .all(|other| other == wins)
            .then_some(wins)
    }

    /// Who wins under the calibration that the inputs choose; of what is on a map there is always one.
    pub fn winner(&self) -> Option<Platform> {
        let best = if self.is_kubernetes(self.chosen) {
            self.best.kubernetes
        } else {
            self.best.serverless
        };
        best.map(|(platform, _)| platform)
    }

    /// What the winner saves over the best of the other side, US dollars a month under the calibration that the inputs choose; below
    /// zero where a rule decides for the dearer one, none where a side has nobody.
    pub fn saves_usd(&self) -> Option<f64> {
        let [serverless, kubernetes] = self.best.sides();
        let saves = kubernetes? - serverless?;
        Some(if self.is_kubernetes(self.chosen) {
            -saves
        } else {
            saves
        })
    }

    /// Between two, with the money of both in proportion: `share` is 0 at this one.
    fn towards(&self, other: &Self, share: f64) -> Self {
        let nearer = if share < 0.5 { self } else { other };
        Self {
            leads: std::array::from_fn(|n| {
                self.leads[n] + (other.leads[n] - self.leads[n]) * share
            }),
            ..*nearer
        }
    }
}

/// Hours a week that a calibration estimates for a platform; the team's own where it tracks them.
fn weekly(platform: Platform, calibration: Calibration, inputs: &Inputs) -> f64 {
    let hours = |class, inputs: &Inputs| {
        let tracked = || people::hours(class, inputs).total();
        people::under(class, calibration, inputs).unwrap_or_else(tracked)
    };
    people::run(platform, inputs)
        .map(|(class, inputs)| hours(class, &inputs))
        .sum()
}

fn lead(best: Best) -> f64 {
    match best.sides() {
        [Some(serverless), Some(kubernetes)] if serverless + kubernetes > 0.0 => {
            ((kubernetes - serverless) / (kubernetes + serverless)).clamp(-1.0, 1.0)
        }
        [None, Some(_)] => -1.0,
        [Some(_), None] => 1.0,
        _ => 0.0,
    }
}

/// What is known of a point.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Point {
    /// Nothing yet, or what its neighbours tell.
    Between(Option<Outcome>),
    /// What came of it.
    Known(Option<Outcome>),
}

impl Point {
    fn outcome(self) -> Option<Outcome> {
        match self {
            Self::Between(outcome) | Self::Known(outcome) => outcome,
        }
    }
}

/// The first and the last place on either axis of what is not looked into yet.
type Cell = [(usize, usize); 2];

/// The map, as far as it has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// From left to right.
    pub x: Axis,
    /// From the bottom up.
    pub y: Axis,
    /// The user's own values of both, if they have them.
    pub here: Option<[f64; 2]>,
    /// Who wins there, once the first shape is there.
    pub at_here: Option<Outcome>,
    /// Requests a month now and after each of 36 months, where they grow and one of the axes is requests; else nothing.
    pub course: Vec<f64>,
    /// Who wins after so many months, as far as it has come; the first is now.
    pub along: Vec<Option<Outcome>>,
    /// Points share bills all along x, or y.
    shares: [bool; 2],
    points: Vec<Point>,
    cells: Vec<Cell>,
    /// Points to look at, the last first.
    todo: Vec<[usize; 2]>,
    levels: CachedLevels,
    has_shape: bool,
    is_complete: bool,
    comparisons: usize,
}

/// Whether an input may be an axis: a number that a month's bill follows from.
pub fn is_axis(field: &Field) -> bool {
    let elsewhere = [
        at::growth_percent_per_month,
        at::payback_months,
        at::promises::hour_down_usd,
    ];
    field.range().is_some()
        && field.topic != Topic::Invoice
        && !field.path.starts_with("credits.")
        && !elsewhere.contains(&field)
}

impl Map {
    /// A map that has not begun; none where an input has no two values, or both are the same one.
    pub fn new(inputs: &Inputs, x: &'static Field, y: &'static Field) -> Option<Self> {
        if x == y || !is_axis(x) || !is_axis(y) {
            return None;
        }
        // What the other bounds may be as large as that lets it.
        let beside = |other: &Field| {
            let most = other.range().map_or(0.0, |range| range.max);
            Setting::Number(most).put(other, inputs)
        };
        let axes = [Axis::new(x, &beside(y))?, Axis::new(y, &beside(x))?];
        let of_people = [x, y].map(|field| field.topic == Topic::People);
        let shares = [of_people[0] && !of_people[1], of_people[1]];
        let shared = shares.contains(&true);
        let steps = shares.map(|shares| match (shares, shared) {
            (true, _) => 1,
            (false, true) => DENSE,
            (false, false) => COARSE,
        });
        let [columns, rows] = [0, 1].map(|n| axes[n].each(steps[n]));
        let pairs = |places: &[usize]| -> Vec<(usize, usize)> {
            places.windows(2).map(|pair| (pair[0], pair[1])).collect()
        };
        let (wide, high) = (pairs(&columns), pairs(&rows));
        let cells = wide.iter().flat_map(|x| high.iter().map(|y| [*x, *y]));
        let todo = columns.iter().flat_map(|x| rows.iter().map(|y| [*x, *y]));
        let [own_x, own_y] = [x, y].map(|field| field.number(inputs));
        let requests = at::http::requests_per_month;
        let growth = inputs.growth_percent_per_month / 100.0;
        let now = inputs.http.requests_per_month;
        let months = if (x == requests || y == requests) && growth != 0.0 && now > 0.0 {
            MONTHS + 1
        } else {
            0
        };
        let after = |month: usize| {
            let wanted = now * libm::pow(1.0 + growth, month as f64);
            requests.range().map_or(wanted, |range| range.clamp(wanted))
        };
        Some(Self {
            here: own_x.zip(own_y).map(|(x, y)| [x, y]),
            at_here: None,
            course: (0..months).map(after).collect(),
            along: Vec::new(),
            shares,
            points: vec![Point::Between(None); axes[0].stops.len() * axes[1].stops.len()],
            cells: cells.collect(),
            todo: todo.rev().collect(),
            levels: CachedLevels::of(inputs),
            has_shape: false,
            is_complete: false,
            comparisons: 0,
            x: axes[0].clone(),
            y: axes[1].clone(),
        })
    }

    /// Makes a comparison or two. Whether there is more to do.
    pub fn step(&mut self, inputs: &Inputs, book: &PriceBook) -> bool {
        if self.is_complete {
            return false;
        }
        if let Some(point) = self.next() {
            self.look_at(point, inputs, book);
        } else if !self.has_shape {
            self.at_here = self.outcome_of(inputs, book);
            self.has_shape = true;
            self.fill();
        } else if let Some(requests) = self.course.get(self.along.len()) {
            let mut there = inputs.clone();
            there.http.requests_per_month = *requests;
            let outcome = self.outcome_of(&there, book);
            self.along.push(outcome);
        } else if !self.refine() {
            self.fill();
            self.is_complete = true;
        }
        !self.is_complete
    }

    /// Whether every point can be drawn, though the borders are rough.
    pub fn first_shape(&self) -> bool {
        self.has_shape
    }

    /// Whether there is nothing left to do.
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// How many comparisons it took so far.
    pub fn comparisons(&self) -> usize {
        self.comparisons
    }

    /// The outcome at a stop of either axis, once the first shape is there: what came of it or, away from the borders, what its
    /// neighbours tell. None where nothing can run, or the two values can't be had together.
    pub fn at(&self, x: usize, y: usize) -> Option<Outcome> {
        self.points[self.place([x, y])].outcome()
    }

    fn place(&self, [x, y]: [usize; 2]) -> usize {
        y * self.x.stops.len() + x
    }

    fn is_known(&self, point: [usize; 2]) -> bool {
        matches!(self.points[self.place(point)], Point::Known(_))
    }

    /// The next point that nothing is known of.
    fn next(&mut self) -> Option<[usize; 2]> {
        loop {
            let point = self.todo.pop()?;
            if !self.is_known(point) {
                return Some(point);
            }
        }
    }

    fn outcome_of(&mut self, inputs: &Inputs, book: &PriceBook) -> Option<Outcome> {
        self.comparisons += 1;
        let case = self.levels.case(inputs);
        Outcome::of(&case, &compare_for(&case, book))
    }

    /// The inputs at a point; none where the one value can't be had beside the other.
    fn inputs_at(&self, [x, y]: [usize; 2], inputs: &Inputs) -> Option<Inputs> {
        let (x, y) = ((&self.x, self.x.stops[x]), (&self.y, self.y.stops[y]));
        let mut there = inputs.clone();
        for (axis, value) in [x, y] {
            axis.field.set_number(&mut there, value);
        }
        there.clamp_dependents();
        let stays = |(axis, value): (&Axis, f64)| axis.field.number(&there) == Some(value);
        (stays(x) && stays(y)).then_some(there)
    }

    /// Looks at a point, and at all that share its bills along an axis.
    fn look_at(&mut self, [x, y]: [usize; 2], inputs: &Inputs, book: &PriceBook) {
        let points: Vec<[usize; 2]> = match self.shares {
            [_, true] => (0..self.y.stops.len()).map(|y| [x, y]).collect(),
            [true, false] => (0..self.x.stops.len()).map(|x| [x, y]).collect(),
            [false, false] => vec![[x, y]],
        };
        let all = points
            .into_iter()
            .map(|point| (point, self.inputs_at(point, inputs)));
        let all: Vec<([usize; 2], Option<Inputs>)> = all.collect();
        // The one thing that a bill reads of the people beside their hours: plans for one person, of Railway and Render.
        let alone = |inputs: &Inputs| inputs.team.engineers == 1;
        for is_alone in [false, true] {
            let of_these = |inputs: &&Inputs| alone(inputs) == is_alone;
            let Some(first) = all
                .iter()
                .find_map(|(_, inputs)| inputs.as_ref().filter(of_these))
            else {
                continue;
            };
            let case = self.levels.case(first);
            let comparison = compare_for(&case, book);
            self.comparisons += 1;
            for (point, inputs) in &all {
                if let Some(inputs) = inputs.as_ref().filter(of_these) {
                    let outcome = Outcome::of(&case.with_inputs(inputs), &comparison);
                    let place = self.place(*point);
                    self.points[place] = Point::Known(outcome);
                }
            }
        }
        for (point, _) in all.iter().filter(|(_, inputs)| inputs.is_none()) {
            let place = self.place(*point);
            self.points[place] = Point::Known(None);
        }
    }

    /// Halves what a border crosses. Whether there was anything.
    fn refine(&mut self) -> bool {
        let (mut cells, mut halved) = (Vec::with_capacity(self.cells.len()), false);
        for cell in std::mem::take(&mut self.cells) {
            let [(left, right), (low, high)] = cell;
            if (right - left == 1 && high - low == 1) || !self.is_crossed(cell) {
                cells.push(cell);
                continue;
            }
            halved = true;
            let [columns, rows] = cell.map(halves);
            for x in &columns {
                cells.extend(rows.iter().map(|y| [*x, *y]));
            }
            for x in [left, columns[0].1, right] {
                self.todo.extend([low, rows[0].1, high].map(|y| [x, y]));
            }
        }
        self.cells = cells;
        halved
    }

    /// Whether what is known within a cell, or on its edges, differs.
    fn is_crossed(&self, [(left, right), (low, high)]: Cell) -> bool {
        let state = |outcome: Outcome| match outcome.left {
            Answer::Any => (Answer::Any, outcome.leads.map(|lead| lead < 0.0)),
            // What money says there is not drawn.
            ruled => (ruled, Calibration::ALL.map(|_| false)),
        };
        let mut first = None;
        (low..=high).any(|y| {
            (left..=right).any(|x| match self.points[self.place([x, y])] {
                Point::Known(outcome) => {
                    let state = outcome.map(state);
                    *first.get_or_insert(state) != state
                }
                Point::Between(_) => false,
            })
        })
    }

    /// Tells the points between from the corners of their cells.
    fn fill(&mut self) {
        for cell in 0..self.cells.len() {
            let [(left, right), (low, high)] = self.cells[cell];
            let share = |axis: &Axis, (from, at, to): (usize, usize, usize)| {
                let [from, at, to] = [from, at, to].map(|place| axis.share(axis.stops[place]));
                (at - from) / (to - from)
            };
            for y in low..=high {
                for x in left..=right {
                    if self.is_known([x, y]) {
                        continue;
                    }
                    let across = share(&self.x, (left, x, right));
                    let up = share(&self.y, (low, y, high));
                    let row = |y| between(self.at(left, y), self.at(right, y), across);
                    let outcome = between(row(low), row(high), up);
                    let place = self.place([x, y]);
                    self.points[place] = Point::Between(outcome);
                }
            }
        }
    }
}

/// What lies between two outcomes, at a share of the way.
fn between(one: Option<Outcome>, other: Option<Outcome>, share: f64) -> Option<Outcome> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.towards(&other, share)),
        _ if share < 0.5 => one,
        _ => other,
    }
}

/// The halves of an interval of places; itself where there is no place between.
fn halves((from, to): (usize, usize)) -> Vec<(usize, usize)> {
    let middle = usize::midpoint(from, to);
    if middle == from {
        vec![(from, to)]
    } else {
        vec![(from, middle), (middle, to)]
    }
}
