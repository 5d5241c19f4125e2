//! Which single change of an input gives another recommendation, and how far away it is: at which the answer of today no longer
//! ties with the cheapest. A change that does no more than turn a tie is none.
//!
//! Costs have steps and the rules have thresholds, so that no formula tells. For each number the search goes outward from
//! where it is to the ends of its range, halving intervals: one is left alone only if nothing in it can change the answer,
//! because the rules say the same at both ends and the money that separates the winner from each other platform is more
//! than what happens between them. So the flip that is found is the nearest. Choices are tried one by one.

use super::{
    levels::CachedLevels,
    line::{COARSE, Line},
    walk::{Judgement, Next, Walk, stays_open},
};
use crate::sorting::by_number;
use crate::{
    compare::compare_for,
    decide::{Standing, standing, tie::Slopes},
    inputs::{FIELDS, Field, Inputs, Kind, Range, Scope, Topic, at},
    people,
    platform::Platform,
    platforms::Case,
    prices::PriceBook,
};

/// So many comparisons may look for flips while somebody waits: nine of ten searches end before, at about 1,000.
pub const SOON: usize = 3_000;

/// Intervals up to this share are not looked into where nothing at all changes between their ends.
const UNMOVED: f64 = 1.0 / 2.0;
/// Intervals below this share of a slider are not looked into.
const FINE: f64 = 1.0 / 16_384.0;
/// After so many comparisons on one input two platforms are so much alike that the search takes longer strides.
const PATIENCE: usize = 4_000;
/// The interval that is not looked into then.
const HASTY: f64 = 1.0 / 4_096.0;
/// That share where the size of pods changes: packed first fit, larger ones may take fewer nodes or nodes of a cheaper type.
const PACKED_RIPPLE: f64 = 0.08;
/// Intervals of sizes up to this share of a slider are taken as others are.
const PACKED_FINE: f64 = 1.0 / 2_048.0;
/// Of whole numbers that are no farther apart than this each is looked at.
const FEW: f64 = 8.0;
/// Gaps below this share of a total may close anywhere: whole instances and nodes are small steps of large bills.
const RIPPLE: f64 = 0.000_5;
/// How much of what two totals move the gap between them may leave its trend.
const PLAY: f64 = 0.25;
/// Gaps that differ by less than this share of what two totals change are the same gap.
const ALIKE: f64 = 1e-9;

/// What an input is set to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Setting {
    /// A number.
    Number(f64),
    /// A number is left open.
    Open,
    /// Yes or no.
    Flag(bool),
    /// The option at that place.
    Option(usize),
}

impl Setting {
    /// What a field is set to; none for a set, which has no place here.
    pub fn of(field: &Field, inputs: &Inputs) -> Option<Self> {
        Some(match field.kind {
            Kind::Number { get, .. } => Self::Number(get(inputs)),
            Kind::Optional { get, .. } => get(inputs).map_or(Self::Open, Self::Number),
            Kind::Flag { get, .. } => Self::Flag(get(inputs)),
            Kind::Choice { get, .. } => Self::Option(get(inputs)),
            Kind::Set { .. } => return None,
        })
    }

    /// The inputs with a field set so, and with what others bound inside its bounds.
    pub fn put(self, field: &Field, inputs: &Inputs) -> Inputs {
        let mut inputs = inputs.clone();
        match (field.kind, self) {
            (_, Self::Number(x)) => field.set_number(&mut inputs, x),
            (Kind::Optional { set, .. }, Self::Open) => {
                field.forget_range(&mut inputs);
                set(&mut inputs, None);
            }
            (Kind::Flag { set, .. }, Self::Flag(on)) => set(&mut inputs, on),
            (Kind::Choice { set, .. }, Self::Option(place)) => set(&mut inputs, place),
            _ => {}
        }
        inputs.clamp_dependents();
        inputs
    }
}

/// Where a flip lies from the present value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Above it.
    Up,
    /// Below it.
    Down,
    /// Neither: it is another option, or the number was left open.
    Other,
}

impl Direction {
    /// Every direction.
    pub const ALL: [Self; 3] = [Self::Up, Self::Down, Self::Other];

    /// The name in result files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Other => "other",
        }
    }
}

/// One change that gives another recommendation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flip {
    /// Which input.
    pub field: &'static Field,
    /// What it has to be set to.
    pub to: Setting,
    /// On which side of the present value that lies.
    pub direction: Direction,
    /// The nearest round number from there on that has the same winner; the number itself if none of few digits has.
    pub round: Setting,
    /// Who is recommended then; none where none fits.
    pub winner: Option<Platform>,
    /// The last number at which the answer is still the old one.
    pub still: Option<f64>,
    /// How far away it is, as a share of the input's slider; none for another option, and for a number that was left open and
    /// so has no place on it.
    pub distance: Option<f64>,
}

/// The search for every flip, one comparison a step.
#[derive(Clone, Debug)]
pub struct Search {
    inputs: Inputs,
    levels: CachedLevels,
    /// How totals change over the ranges that the user gave: near enough for inputs beside these.
    slopes: Slopes,
    /// Who is recommended as they are.
    advised: Option<Platform>,
    /// What is known of them as they are.
    now: Answer,
    /// What is left to do, the last first.
    tasks: Vec<Task>,
    hunt: Option<Hunt>,
    found: Vec<Flip>,
    comparisons: usize,
}

#[derive(Clone, Copy, Debug)]
enum Task {
    Hunt(&'static Field, Direction),
    Try(&'static Field, Setting),
}

/// What is known of one set of inputs.
#[derive(Clone, Debug, PartialEq)]
struct Answer {
    standing: Standing,
    /// What each platform costs without people, US dollars a month.
    infrastructure: [f64; Platform::ALL.len()],
}

/// What is known at one value of a number.
#[derive(Clone, Debug)]
struct Probe {
    x: f64,
    answer: Answer,
}

/// The search along one input in one direction.
#[derive(Clone, Debug)]
struct Hunt {
    field: &'static Field,
    direction: Direction,
    line: Line,
    /// The value that it goes out from.
    from: f64,
    /// Whether the number was left open, and that value only stands for it.
    open: bool,
    /// What is known there, before the walk begins.
    near: Option<Probe>,
    walk: Option<Walk<Probe>>,
    probes: usize,
}

/// What came of a step.
enum Step {
    More,
    Found(Flip),
    Nothing,
}

impl Search {
    /// A search that has not begun.
    pub fn new(inputs: &Inputs, book: &PriceBook) -> Self {
        let mut levels = CachedLevels::of(inputs);
        let case = levels.case(inputs);
        let comparison = compare_for(&case, book);
        let slopes = Slopes::of(inputs, book, &comparison);
        // The answer to nothing holds nowhere, so that who is recommended is asked for.
        let advised = standing(&case, &comparison, &slopes, None).platform;
        let now = Answer::to(&case, book, &slopes, advised);
        let mut tasks = Vec::new();
        // Where a team is today is no lever; credits count for moves alone.
        let levers = |field: &&Field| {
            let credit = field.path.starts_with("credits.") && inputs.already_on.is_none();
            // A list has what is of a workload; of all of them there are the requests.
            let of_rows = !inputs.workloads.is_empty()
                && field.scope == Scope::Workload
                && field != &at::http::requests_per_month;
            // What was billed last changes no answer.
            !of_rows
                && field.path != at::already_on.path
                && !credit
                && field.topic != Topic::Invoice
        };
        for field in FIELDS.iter().rev().filter(levers) {
            match field.kind {
                Kind::Number { .. } => {
                    tasks.push(Task::Hunt(field, Direction::Down));
                    tasks.push(Task::Hunt(field, Direction::Up));
                }
                Kind::Optional { get, .. } => {
                    if get(inputs).is_some() {
                        tasks.push(Task::Try(field, Setting::Open));
                    }
                    tasks.push(Task::Hunt(field, Direction::Down));
                    tasks.push(Task::Hunt(field, Direction::Up));
                }
                // What is not allowed is compared apart.
                Kind::Set { .. } => {}
                Kind::Flag { get, .. } => tasks.push(Task::Try(field, Setting::Flag(!get(inputs)))),
                Kind::Choice { options, get, .. } => {
                    for place in (0..options.len()).rev() {
                        let no_grid = options[place].0 == "grid" && inputs.traffic.grid.is_empty();
                        if place != get(inputs) && !no_grid {
                            tasks.push(Task::Try(field, Setting::Option(place)));
                        }
                    }
                }
            }
        }
        Self {
            inputs: inputs.clone(),
            levels,
            slopes,
            advised,
            now,
            tasks,
            hunt: None,
            found: Vec::new(),
            comparisons: 1,
        }
    }

    /// Makes one comparison, and a few more where it has found something. Whether there is more to do.
    pub fn step(&mut self, book: &PriceBook) -> bool {
        if let Some(hunt) = &mut self.hunt {
            let (inputs, slopes, advised) = (&self.inputs, &self.slopes, self.advised);
            let (comparisons, levels) = (&mut self.comparisons, &mut self.levels);
            let field = hunt.field;
            let mut probe = |x: f64| {
                *comparisons += 1;
                let inputs = Setting::Number(x).put(field, inputs);
                let answer = Answer::to(&levels.case(&inputs), book, slopes, advised);
                Probe { x, answer }
            };
            match hunt.step(&mut probe) {
                Step::More => return true,
                Step::Found(flip) => self.found.push(flip),
                Step::Nothing => {}
            }
            self.hunt = None;
        } else {
            match self.tasks.pop() {
                None => return false,
                Some(Task::Try(field, to)) => self.attempt(field, to, book),
                Some(Task::Hunt(field, direction)) => {
                    self.hunt = Hunt::new(field, direction, &self.inputs, &self.now);
                }
            }
        }
        self.hunt.is_some() || !self.tasks.is_empty()
    }

    /// Looks at one setting of a field.
    fn attempt(&mut self, field: &'static Field, to: Setting, book: &PriceBook) {
        let inputs = to.put(field, &self.inputs);
        self.comparisons += 1;
        let case = self.levels.case(&inputs);
        let answer = Answer::to(&case, book, &self.slopes, self.advised);
        if !answer.standing.holds {
            self.found.push(Flip {
                field,
                to,
                round: to,
                direction: Direction::Other,
                winner: answer.standing.platform,
                still: None,
                distance: None,
            });
        }
    }

    /// How many comparisons it took so far.
    pub fn comparisons(&self) -> usize {
        self.comparisons
    }

    /// Who is recommended now.
    pub fn now(&self) -> Option<Platform> {
        self.advised
    }

    /// The flips found so far: the hours at which Kubernetes would pay, then the nearest first; after them what has no distance,
    /// in the order of the page.
    pub fn found(&self) -> Vec<Flip> {
        let hours = at::team::ops_hours_per_week::kubernetes;
        let place = |flip: &Flip| match flip.distance {
            _ if flip.field == hours => f64::NEG_INFINITY,
            Some(distance) => distance,
            None => f64::INFINITY,
        };
        let mut found = self.found.clone();
        by_number(&mut found, place);
        found
    }
}

/// Every flip at once, for who can wait.
pub fn all(inputs: &Inputs, book: &PriceBook) -> Vec<Flip> {
    within(inputs, book, usize::MAX)
}

/// The flips that so many comparisons find: all of them, unless two platforms are much alike.
pub fn within(inputs: &Inputs, book: &PriceBook, comparisons: usize) -> Vec<Flip> {
    let mut search = Search::new(inputs, book);
    while search.comparisons() < comparisons && search.step(book) {}
    search.found()
}

impl Answer {
    fn to(case: &Case<'_>, book: &PriceBook, slopes: &Slopes, advised: Option<Platform>) -> Self {
        let comparison = compare_for(case, book);
        let infrastructure = |platform| {
            let bill = comparison.quote(platform).ok();
            bill.map_or(0.0, |bill| bill.infrastructure().get())
        };
        Self {
            standing: standing(case, &comparison, slopes, advised),
            infrastructure: Platform::ALL.map(infrastructure),
        }
    }

    /// Whether the answer can't be another one between two points where it is the same. `packed` is the share of a total by
    /// which packing on nodes may take it back and forth, if it does.
    fn is_calm(&self, other: &Self, packed: Option<f64>) -> bool {
        if self.standing.terms != other.standing.terms {
            return false;
        }
        let Some(winner) = self.standing.platform else {
            return true;
        };
        let change = |platform: Platform| {
            let place = platform as usize;
            self.infrastructure[place] - other.infrastructure[place]
        };
        let packed = packed.filter(|_| self.infrastructure != other.infrastructure);
        let most = change(winner);
        Platform::ALL.into_iter().all(|platform| {
            let place = platform as usize;
            let (a, b) = (
                self.standing.shortfall_usd[place],
                other.standing.shortfall_usd[place],
            );
            let (Some(a), Some(b)) = (a, b) else {
                return true;
            };
            let (here, there) = (self.infrastructure[place], other.infrastructure[place]);
            let on_nodes = winner.is_kubernetes() || platform.is_kubernetes();
            let packed = packed.filter(|_| on_nodes);
            // The same gap at both ends though all moves, or the same share of it: what both bill alike.
            let same = (a - b)
                .abs()
                .min((a * there - b * here).abs() / here.max(there));
            let alike = packed.is_none() && a >= 0.0 && same <= ALIKE * most.abs();
            let ripple = packed.unwrap_or(RIPPLE) * here.max(there);
            alike || (a.min(b) > ripple && stays_open((a, b), (most, change(platform)), PLAY))
        })
    }
}

impl Probe {
    fn winner(&self) -> Option<Platform> {
        self.answer.standing.platform
    }
}

impl Hunt {
    fn new(
        field: &'static Field,
        direction: Direction,
        inputs: &Inputs,
        now: &Answer,
    ) -> Option<Self> {
        let line = Line::of(field, inputs)?;
        let from = present(field, inputs)?;
        let open = field.number(inputs).is_none();
        (from != line.end(direction == Direction::Up)).then(|| Self {
            open,
            field,
            direction,
            line,
            from,
            near: (!open).then(|| Probe {
                x: from,
                answer: now.clone(),
            }),
            walk: None,
            probes: 0,
        })
    }

    /// Goes on by one comparison.
    fn step(&mut self, probe: &mut dyn FnMut(f64) -> Probe) -> Step {
        let changed = |probe: &Probe| !probe.answer.standing.holds;
        let Some(walk) = &mut self.walk else {
            let Some(near) = self.near.take() else {
                let near = probe(self.from);
                // To set an open number to what stands for it is a change already: then nothing lies outward.
                if changed(&near) {
                    return Step::Nothing;
                }
                self.near = Some(near);
                return Step::More;
            };
            let far = probe(self.line.end(self.direction == Direction::Up));
            self.walk = Some(Walk::along(&[near, far]));
            return Step::More;
        };
        let (line, probes) = (&self.line, self.probes);
        let next = walk.next(&mut |near, far| {
            if !changed(far) {
                return judge(line, near, far, probes);
            }
            if line.is_exact(near.x, far.x) {
                Judgement::Found
            } else {
                Judgement::Look(line.middle(near.x, far.x))
            }
        });
        match next {
            Next::Look(x) => {
                self.probes += 1;
                let middle = probe(x);
                let ends = changed(&middle);
                walk.take(middle, ends);
                Step::More
            }
            Next::Found(near, far) => Step::Found(Flip {
                field: self.field,
                to: Setting::Number(far.x),
                round: Setting::Number(round(line, &far, self.direction, probe)),
                direction: self.direction,
                winner: far.winner(),
                still: Some(near.x),
                distance: (!self.open).then(|| line.apart(self.from, far.x)),
            }),
            Next::Nothing => Step::Nothing,
        }
    }
}

/// The value that a number has, or that stands for it where it is left open.
fn present(field: &Field, inputs: &Inputs) -> Option<f64> {
    let number = field.number(inputs);
    number.or_else(|| stand_in(field, field.range()?, inputs))
}

/// What an open number is taken for: the estimate that it replaces, or the value that asks for nothing.
fn stand_in(field: &Field, range: &Range, inputs: &Inputs) -> Option<f64> {
    let hours = |class| Some(range.clamp(people::hours(class, inputs).total()));
    if field == at::team::ops_hours_per_week::kubernetes {
        hours(people::Class::KubernetesManaged)
    } else if field == at::team::ops_hours_per_week::serverless {
        hours(people::Class::Serverless)
    } else if field == at::slo_ms {
        Some(range.max)
    } else if field == at::min_instances {
        Some(range.min)
    } else {
        None
    }
}

/// A number of two to four digits beyond a flip that has its winner.
fn round(line: &Line, flip: &Probe, up: Direction, probe: &mut dyn FnMut(f64) -> Probe) -> f64 {
    let x = flip.x;
    if line.range.whole || x <= 0.0 {
        return x;
    }
    let power = libm::floor(libm::log10(x)) as i32;
    for digits in 2..=4 {
        // Whole powers of ten alone are exact, so that a fraction is divided by one.
        let place = power + 1 - digits;
        let unit = libm::pow(10.0, f64::from(place.abs()));
        let count = if place < 0 { x * unit } else { x / unit };
        let count = if up == Direction::Up {
            count.ceil()
        } else {
            count.floor()
        };
        let round = if place < 0 {
            count / unit
        } else {
            count * unit
        };
        let round = match (line.range.counts_things(), up) {
            (true, Direction::Up) => round.ceil(),
            (true, _) => round.floor(),
            _ => round,
        };
        if (line.min..=line.max).contains(&round)
            && line.range.contains(round)
            && probe(round).winner() == flip.winner()
        {
            return round;
        }
    }
    x
}

/// What is to be done between two values that have the same winner.
fn judge(line: &Line, near: &Probe, far: &Probe, probes: usize) -> Judgement {
    let apart = line.apart(near.x, far.x);
    let fine = if probes < PATIENCE { FINE } else { HASTY };
    let few = line.range.whole && (near.x - far.x).abs() <= FEW;
    let packed = (line.sized && apart > PACKED_FINE).then_some(PACKED_RIPPLE);
    let (here, there) = (&near.answer, &far.answer);
    let calm = || {
        !few && (apart <= COARSE && here.is_calm(there, packed)
            || apart <= UNMOVED && here == there)
    };
    if line.is_exact(near.x, far.x) || apart <= fine || calm() {
        Judgement::Leave
    } else {
        Judgement::Look(line.middle(near.x, far.x))
    }
}
