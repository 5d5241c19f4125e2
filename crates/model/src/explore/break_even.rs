//! Where two platforms, or the two sides, change places as requests grow.
//!
//! Costs have steps (replicas, nodes), so two may change places more than once: the first and the last change are found. The
//! search goes from either end along the points of a sweep and halves what lies between them wherever the gap could close
//! there. Of the sides the cheapest platform that a team can start on counts.

use super::{
    levels::CachedLevels,
    sweep::{Curve, Sweep},
    walk::{Judgement, Next, Walk, stays_open},
};
use crate::{
    bill::{Bill, CostCategory},
    capacity::breakeven,
    compare::{Best, compare_for},
    inputs::{Gpu, Inputs, Shape},
    platform::Platform,
    platforms::Case,
    prices::{PriceBook, meters},
    units::SECONDS_PER_MONTH,
};

/// A break-even lies between two numbers of requests that differ by no more than this share.
pub const PRECISION: f64 = 1e-6;
/// Between numbers of requests that differ by no more than this share nothing is searched for.
const FINE: f64 = 5e-5;

/// How much of what two totals move the gap between them may leave its trend.
const PLAY: f64 = 0.5;

/// A break-even.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakEven {
    /// From so many requests a month on the platform `above` costs less.
    pub per_month: f64,
    /// Requests per second there, on average over the month.
    pub per_second: f64,
    /// Requests a month at which `below` still costs less: no more than [`PRECISION`] under `per_month`.
    pub still_below: f64,
    /// Dollars a month that `above` costs there.
    pub usd: f64,
    /// Who wins below; of the sides the cheapest of the one that does.
    pub below: Platform,
    /// Who wins above.
    pub above: Platform,
}

/// Who is held against whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contest {
    /// The cheapest serverless platform against the cheapest Kubernetes.
    Sides,
    /// Two platforms; the first wins where they cost the same.
    Pair(Platform, Platform),
}

/// What became of a contest.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Who against whom.
    pub contest: Contest,
    /// The first and the last break-even: one if there is one, none if the same one is the cheaper everywhere.
    pub found: Vec<BreakEven>,
    /// Who is the cheaper at the fewest requests at which both have a price; none if they never have.
    pub at_first: Option<Platform>,
}

/// What is known at one number of requests: it, and the two that are held against each other with their dollars a month,
/// unless one of them can't run the workload or has no price.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Point {
    requests: f64,
    rivals: Option<[(Platform, f64); 2]>,
}

impl Point {
    /// Whether the second of the two wins, if there are two.
    fn second_wins(&self) -> Option<bool> {
        self.rivals.map(|[first, second]| second.1 < first.1)
    }

    fn winner(&self) -> Option<(Platform, f64)> {
        let second = usize::from(self.second_wins()?);
        self.rivals.map(|rivals| rivals[second])
    }

    /// What is to be done between two points of which the near one has not changed places.
    fn judge(&self, far: &Self, start: bool) -> Judgement {
        let (low, high) = (
            self.requests.min(far.requests),
            self.requests.max(far.requests),
        );
        let middle = Judgement::Look(libm::sqrt(low * high));
        let (near, end) = (self.second_wins(), far.second_wins());
        if near == Some(start) && end == Some(!start) {
            let exact = low >= high * (1.0 - PRECISION);
            return if exact { Judgement::Found } else { middle };
        }
        let calm = match (self.rivals, far.rivals) {
            (None, None) => true,
            (Some(here), Some(there)) if near == end => {
                let gap = |[first, second]: [(Platform, f64); 2]| (second.1 - first.1).abs();
                let moved = |n: usize| there[n].1 - here[n].1;
                let tie = gap(here) + gap(there) == 0.0;
                tie || stays_open((gap(here), gap(there)), (moved(0), moved(1)), PLAY)
            }
            _ => false,
        };
        if calm || low >= high * (1.0 - FINE) {
            Judgement::Leave
        } else {
            middle
        }
    }
}

/// The search for the break-evens of a sweep.
#[derive(Clone, Debug)]
pub struct Search {
    inputs: Inputs,
    levels: CachedLevels,
    curves: Vec<Curve>,
    /// What is left, the next one last.
    contests: Vec<Contest>,
    now: Option<Run>,
    outcomes: Vec<Outcome>,
}

/// A contest that is under way.
#[derive(Clone, Debug)]
struct Run {
    outcome: Outcome,
    points: Vec<Point>,
    /// Whether it comes from the many requests, for the last change.
    from_above: bool,
    stage: Stage,
}

/// How far a run has come.
#[derive(Clone, Debug)]
enum Stage {
    /// It looks for where both begin to have a price: between the first point, where one has none, and the second; with the
    /// points after them.
    Edge(Vec<Point>),
    /// It looks for the change; and whether the second wins where it comes from.
    Walk(Walk<Point>, bool),
}

impl Search {
    /// The search for the break-evens of the sides, in a sweep that is complete.
    pub fn new(sweep: &Sweep) -> Self {
        Self::of(sweep.inputs(), &sweep.curves, vec![Contest::Sides])
    }

    /// The search for the break-evens of two platforms, in the curves of a sweep of these inputs that is complete.
    pub fn between(first: Platform, second: Platform, inputs: &Inputs, curves: &[Curve]) -> Self {
        let contest = Contest::Pair(first, second);
        Self::of(inputs.clone(), curves, vec![contest])
    }

    /// The search for the break-evens of the sides, and after them of any two platforms.
    pub fn with_pairs(sweep: &Sweep) -> Self {
        let mut contests = Vec::new();
        for (n, first) in Platform::ALL.into_iter().enumerate() {
            for second in &Platform::ALL[n + 1..] {
                contests.push(Contest::Pair(first, *second));
            }
        }
        contests.push(Contest::Sides);
        Self::of(sweep.inputs(), &sweep.curves, contests)
    }

    fn of(inputs: Inputs, curves: &[Curve], contests: Vec<Contest>) -> Self {
        Self {
            levels: CachedLevels::of(&inputs),
            inputs,
            curves: curves.to_vec(),
            contests,
            now: None,
            outcomes: Vec::new(),
        }
    }

    /// Makes no more than one comparison. Whether there is more to do.
    pub fn step(&mut self, book: &PriceBook) -> bool {
        let Some(mut run) = self.now.take() else {
            if let Some(contest) = self.contests.pop() {
                self.begin(contest);
            }
            return self.now.is_some() || !self.contests.is_empty();
        };
        let contest = run.outcome.contest;
        match &mut run.stage {
            Stage::Edge(path) => {
                let (out, inside) = (path[0].requests, path[1].requests);
                let middle = self.look(contest, libm::sqrt(out * inside), book);
                if middle.rivals.is_some() {
                    path[1] = middle;
                } else {
                    path[0] = middle;
                }
                run.begin_walk();
                self.now = Some(run);
            }
            Stage::Walk(walk, start) => {
                let start = *start;
                match walk.next(&mut |near, far| near.judge(far, start)) {
                    Next::Look(requests) => {
                        let point = self.look(contest, requests, book);
                        walk.take(point, point.second_wins() == Some(!start));
                        self.now = Some(run);
                    }
                    Next::Found(near, far) => self.keep(run, near, far),
                    Next::Nothing => self.outcomes.push(run.outcome),
                }
            }
        }
        self.now.is_some() || !self.contests.is_empty()
    }

    /// Begins a contest with what the sweep knows of it.
    fn begin(&mut self, contest: Contest) {
        let requests = |point: usize| self.curves[0].points[point].0;
        let points: Vec<Point> = (0..self.curves[0].points.len())
            .map(|point| Point {
                requests: requests(point),
                rivals: match contest {
                    Contest::Sides => rivals(Best::at(&self.curves, point)),
                    Contest::Pair(first, second) => {
                        let usd = |platform: Platform| self.curves[platform as usize].usd(point);
                        usd(first)
                            .zip(usd(second))
                            .map(|(a, b)| [(first, a), (second, b)])
                    }
                },
            })
            .collect();
        let outcome = Outcome {
            contest,
            found: Vec::new(),
            at_first: points
                .iter()
                .find_map(Point::winner)
                .map(|(first, _)| first),
        };
        match Run::from(outcome, points, false) {
            Ok(run) => self.now = Some(run),
            Err(outcome) => self.outcomes.push(outcome),
        }
    }

    /// Keeps a break-even; after the first it goes on to the last.
    fn keep(&mut self, run: Run, near: Point, far: Point) {
        let Run {
            mut outcome,
            points,
            from_above,
            ..
        } = run;
        let (low, high) = if from_above { (far, near) } else { (near, far) };
        if let (Some((below, _)), Some((above, usd))) = (low.winner(), high.winner()) {
            let known = outcome.found.first();
            if known.is_none_or(|first| first.per_month <= low.requests) {
                outcome.found.push(BreakEven {
                    per_month: high.requests,
                    per_second: high.requests / SECONDS_PER_MONTH,
                    still_below: low.requests,
                    usd,
                    below,
                    above,
                });
            }
        }
        if from_above {
            self.outcomes.push(outcome);
            return;
        }
        match Run::from(outcome, points, true) {
            Ok(run) => self.now = Some(run),
            Err(outcome) => self.outcomes.push(outcome),
        }
    }

    /// What is known at so many requests.
    fn look(&mut self, contest: Contest, requests: f64, book: &PriceBook) -> Point {
        self.inputs.http.requests_per_month = requests;
        let inputs = &self.inputs;
        let case = self.levels.case(inputs);
        let rivals = match contest {
            Contest::Sides => rivals(Best::of(&compare_for(&case, book), inputs)),
            Contest::Pair(first, second) => {
                let prices = book.in_region(inputs.region);
                let usd = |platform: Platform| {
                    let bill = platform.quote(&case, &prices).ok()?;
                    Some((platform, bill.total().get()))
                };
                usd(first).zip(usd(second)).map(<[_; 2]>::from)
            }
        };
        Point { requests, rivals }
    }

    /// The break-evens of the sides, once they are found.
    pub fn found(&self) -> &[BreakEven] {
        let sides = |outcome: &&Outcome| outcome.contest == Contest::Sides;
        self.outcomes
            .iter()
            .find(sides)
            .map_or(&[], |outcome| &outcome.found)
    }

    /// What became of every contest so far.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }
}

impl Run {
    /// A run from the fewest requests, or from the most; the outcome as it is where nobody has a price.
    fn from(outcome: Outcome, points: Vec<Point>, from_above: bool) -> Result<Self, Outcome> {
        let mut path = points.clone();
        if from_above {
            path.reverse();
        }
        let Some(first) = path.iter().position(|point| point.rivals.is_some()) else {
            return Err(outcome);
        };
        let mut run = Self {
            stage: Stage::Edge(path.split_off(first.saturating_sub(1))),
            outcome,
            points,
            from_above,
        };
        run.begin_walk();
        Ok(run)
    }

    /// Goes on to the walk once the edge is known closely.
    fn begin_walk(&mut self) {
        let Stage::Edge(path) = &self.stage else {
            return;
        };
        let out = usize::from(path[0].rivals.is_none());
        let wide = out == 1 && (path[0].requests / path[1].requests - 1.0).abs() > FINE;
        if let (false, Some(start)) = (wide, path[out].second_wins()) {
            self.stage = Stage::Walk(Walk::along(&path[out..]), start);
        }
    }
}

fn rivals(best: Best) -> Option<[(Platform, f64); 2]> {
    best.serverless.zip(best.kubernetes).map(<[_; 2]>::from)
}

/// Requests a month at which Cloud Run, billed by the request, costs as much as `other`, in closed form. None where the form
/// does not apply: it wants one steady service on one instance, nothing billed around it, no free tier, requests beside
/// whose length a tenth of a second is nothing, and another platform that costs the same with and without load.
///
/// `near` is a number of requests at which the two are held against each other.
pub fn closed_form(other: Platform, near: f64, inputs: &Inputs, book: &PriceBook) -> Option<f64> {
    /// The share of a request below which the rounding of its time is nothing.
    const NOTHING: f64 = 0.001;
    /// Seconds to which the time of requests is rounded up.
    const GRANULARITY_S: f64 = 0.1;
    let mut inputs = inputs.clone();
    inputs.http.requests_per_month = near;
    let quote = |platform: Platform, inputs: &Inputs| {
        let case = Case::of(inputs);
        platform.quote(&case, &book.in_region(inputs.region)).ok()
    };
    let service_s = inputs.http.latency_ms / 1_000.0;
    let simple = inputs.traffic.shape == Shape::Steady
        && inputs.services == 1
        && inputs.instance.startup_s == 0.0
        && inputs.connections.count == 0.0
        && inputs.needs.gpu == Gpu::None
        && service_s * NOTHING >= GRANULARITY_S;
    let by_request = quote(Platform::CloudRun, &inputs)?;
    let there = quote(other, &inputs)?.total();
    inputs.http.requests_per_month = near / 2.0;
    let flat = quote(other, &inputs)?.total() == there;
    let figure = |bill: &Bill, id: &str| {
        let found = bill.figures.iter().find(|figure| figure.id == id);
        found.map(|figure| figure.value)
    };
    // Cloud Run may be the cheaper one by instance, which has no such figure.
    figure(&by_request, "busy_instances")?;
    let one = figure(&by_request, "instances")? <= 1.0
        && figure(&by_request, "min_instances").unwrap_or(0.0) == 0.0;
    // Starting takes time that is billed, too.
    let warm = figure(&by_request, "cold_start_share")? <= 0.005;
    let plain = by_request.lines.iter().all(|line| {
        matches!(line.category, CostCategory::Compute | CostCategory::People)
            && line.unit_price > 0.0
    });
    if !(simple && flat && one && warm && plain) {
        return None;
    }
    let fees: f64 = by_request
        .lines
        .iter()
        .filter(|line| line.meter == meters::CLOUD_RUN_REQUESTS.id().info().id)
        .map(|line| line.amount().get())
        .sum();
    let busy_s = figure(&by_request, "billed_instance_seconds")?;
    let busy = (by_request.subtotal(CostCategory::Compute).get() - fees) / busy_s;
    let always = (there - by_request.subtotal(CostCategory::People)).get() / SECONDS_PER_MONTH;
    let load = breakeven::busy_or_always(always, busy, fees / near, service_s)?;
    Some(load / service_s * SECONDS_PER_MONTH)
}
